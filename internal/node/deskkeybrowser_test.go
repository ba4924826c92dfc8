package node_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// authenticator plugs a security key into the browser, with a PIN or without.
func authenticator(t *testing.T, ctx context.Context, pin bool) (id webauthn.AuthenticatorID) {
	t.Helper()
	if _, err := chromedp.Call(ctx, webauthn.Enable, webauthn.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	made, err := chromedp.Call(ctx, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
		Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal, HasResidentKey: true, HasUserVerification: pin,
		IsUserVerified: pin, AutomaticPresenceSimulation: true}})
	if err != nil {
		t.Fatal(err)
	}
	return made.AuthenticatorID
}

// until waits for an expression to be true of a page.
func until(t *testing.T, ctx context.Context, expression string) {
	t.Helper()
	for range 200 {
		if ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](expression)); err == nil && ok {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("never true at %s: %s\n%s", ask[string](t, ctx, `location.pathname`), expression, ask[string](t, ctx, `document.querySelector("main")?.innerText || ""`))
}

// At first start somebody comes in by the printed link with a passkey alone, signs out, and in again; a key without a PIN is refused.
func TestBrowserPasskeys(t *testing.T) {
	ctx := browserAt(t)
	h := newHouse(t, emptyFolder(t))
	at := strings.Replace(h.url, "127.0.0.1", "localhost", 1) // passkeys belong to names
	secret, err := h.n.FirstLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	bare := authenticator(t, ctx, false)
	act(t, ctx, chromedp.Navigate(at+"/en/desk/welcome/"+secret), chromedp.SendKeys[string]("#name", "Ada Admin"))
	act(t, ctx, chromedp.Click[string](".key button"))
	until(t, ctx, `document.querySelector(".key [role=status]").textContent !== ""`)
	if where := ask[string](t, ctx, `location.pathname`); !strings.Contains(where, "/welcome/") {
		t.Fatalf("a key without a PIN leads to %s", where)
	}
	if _, err := chromedp.Call(ctx, webauthn.RemoveVirtualAuthenticator, webauthn.RemoveVirtualAuthenticatorParams{AuthenticatorID: bare}); err != nil {
		t.Fatal(err)
	}
	authenticator(t, ctx, true)
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(h.log)
		}
	})
	act(t, ctx, chromedp.Click[string](".key button"))
	until(t, ctx, `location.pathname === "/en/desk/" && document.body.innerText.includes("Signed in as Ada Admin")`)

	act(t, ctx, chromedp.Navigate(at+"/en/desk/account"))
	until(t, ctx, `document.body.innerText.includes("made on")`)
	act(t, ctx, chromedp.Click[string](`form[action$="/signout"] button`))
	until(t, ctx, `location.pathname === "/en/desk/signin"`)
	act(t, ctx, chromedp.Navigate(at+"/en/desk/people"))
	until(t, ctx, `!!document.querySelector(".key:not([hidden]) button")`)
	// By the keyboard alone.
	act(t, ctx, chromedp.Focus[string](".key button"), chromedp.KeyEvent(kb.Enter))
	until(t, ctx, `location.pathname === "/en/desk/people" && document.body.innerText.includes("People who work here")`)

	// The only way in cannot be taken away.
	act(t, ctx, chromedp.Navigate(at+"/en/desk/account"))
	act(t, ctx, chromedp.Click[string](`form[action$="/drop"] button`))
	until(t, ctx, `document.body.innerText.includes("only way in")`)
}

// A judgment is entered with script as people do: a court is found by its name, the findings come while it is typed, and what is typed is kept.
func TestBrowserTypingAJudgment(t *testing.T) {
	ctx := browserAt(t)
	h := newHouse(t, emptyFolder(t))
	ada := h.first()
	ada.get("/en/desk/new/institution")
	ada.press("Save as a draft", "names.en", "Basic Court in Pristina", "type", "court")
	court := ada.id()
	becomes(t, ctx, ada)
	act(t, ctx, chromedp.Navigate(h.url+"/en/desk/new/judgment"))
	act(t, ctx, chromedp.SendKeys[string]("#court", "Pristina"))
	until(t, ctx, `[...document.querySelectorAll("datalist option")].some(o => o.value === "`+court+`")`)
	act(t, ctx, chromedp.SendKeys[string](`[id="defendants.0.counts.0.convicted"]`, "04/L-082:171(1)"), chromedp.SendKeys[string](`[id="defendants.0.counts.0.from"]`, "2016"),
		chromedp.SendKeys[string](`[id="date"]`, "3.5.2018"), chromedp.SendKeys[string](`[id="defendants.0.counts.0.sentence.imprisonment"]`, "2 years"))
	act(t, ctx, chromedp.SetValue[string](`[id="defendants.0.counts.0.verdict"]`, "convicted"))
	act(t, ctx, chromedp.SendKeys[string](`[id="defendants.0.label"]`, "L.D."))
	until(t, ctx, `document.getElementById("findings").innerText.replace(/\u00a0/g, " ").includes("the law's minimum was 5 years")`)
	until(t, ctx, `document.getElementById("others").innerText.includes("is kept")`)
	act(t, ctx, chromedp.Navigate(h.url+"/en/desk/"))
	until(t, ctx, `document.body.innerText.includes("Typed and not saved")`)
	act(t, ctx, chromedp.Navigate(h.url+"/en/desk/new/judgment"))
	until(t, ctx, `document.querySelector('[id="defendants.0.label"]').value === "L.D."`)
}
