package node_test

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"fener/internal/live"
	"fener/locale"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// waits waits until an expression is true in a window.
func waits(t *testing.T, ctx context.Context, what, expression string) {
	t.Helper()
	for range 200 {
		if ask[bool](t, ctx, `!!(`+expression+`)`) {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatalf("%s does not come; the page reads:\n%s", what, squeezed(ask[string](t, ctx, `document.querySelector("main").innerText`)))
}

// A talk in several windows: asked with the keyboard, let in, translated, spoken about, supported; what is typed stays, nothing jumps, and all windows of a browser have one stream.
func TestBrowserATalk(t *testing.T) {
	reader := browserAt(t)
	h := newHouse(t, emptyFolder(t))
	ada := h.first()
	mod := ada.invites("Mo Moderator", "moderator", "editor")
	path := mod.announces("Talking about sentences")
	mod.get("/en/desk" + path)
	mod.press("Open for questions")
	mod.get("/en/desk" + path)
	mod.press("The talk begins")
	window := func() context.Context {
		ctx, stop := chromedp.NewContext(reader)
		t.Cleanup(stop)
		return ctx
	}
	act(t, reader, chromedp.Navigate(h.url+"/en"+path+"/take-part"))
	second, room := window(), window()
	act(t, second, chromedp.Navigate(h.url+"/sr"+path+"/take-part"))
	act(t, room, chromedp.Navigate(h.url+"/sq"+path+"/room"))
	desk := browserAt(t)
	becomes(t, desk, mod)
	act(t, desk, chromedp.Navigate(h.url+"/en/desk"+path))

	// By keyboard alone; the browser does the work.
	act(t, reader, chromedp.Focus[string]("#words"), chromedp.KeyEvent("Why was nobody sent to prison?"), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter))
	waits(t, reader, "what became of the question", `document.querySelector("h1")?.textContent === "What became of your question"`)
	if cookies := ask[string](t, reader, `document.cookie`); cookies != "" {
		t.Errorf("asking leaves the cookie %q", cookies)
	}
	waits(t, desk, "the question at the moderator's desk", `document.querySelector(".waiting li")`)
	act(t, reader, chromedp.Navigate(h.url+"/en"+path+"/take-part"), chromedp.Focus[string]("#words"), chromedp.KeyEvent("I am still typing"))

	act(t, desk, chromedp.Click[string](`.waiting button[value="accept"]`), chromedp.WaitVisible[string](`button[value="now"]`))
	waits(t, reader, "that there is a new question", `!document.querySelector('[data-part="fresh"]').hidden`)
	if ask[bool](t, reader, `!!document.querySelector(".asked li")`) {
		t.Error("the list jumped under the reader's finger")
	}
	act(t, reader, chromedp.Click[string](`[data-part="fresh"] button`), chromedp.WaitVisible[string](".asked li"))
	if typed := ask[string](t, reader, `document.querySelector("#words").value`); typed != "I am still typing" {
		t.Errorf("what was typed is now %q", typed)
	}
	act(t, desk, chromedp.Click[string](`button[value="now"]`))
	waits(t, room, "the question on the room's screen", `document.querySelector(".big").textContent.includes("Why was nobody sent to prison?")`)
	waits(t, second, "the question in another window", `document.querySelector('[data-part="now"]').textContent.includes("Why was nobody sent to prison?")`)
	if lang := ask[string](t, room, `document.querySelector(".big .words").lang`); lang != "en" {
		t.Errorf("English words on an Albanian screen are marked %q", lang)
	}

	// An interpreter, by another person's browser, while the moderator chooses why something is kept out.
	mod.get("/en/desk" + path + "/interpret")
	mod.press("Put it on the screens", "sr", "Zašto niko nije poslat u zatvor?")
	waits(t, second, "the translation", `document.querySelector('[data-part="now"]').textContent.includes("Зашто нико није послат у затвор?")`)

	// Support, with one touch, once; and the other window of the same browser counts as the same.
	act(t, reader, chromedp.Click[string](".asked li button"))
	waits(t, reader, "the support", `document.querySelector('.asked [data-part="supported"]').textContent === "1 person wants this answered"`)
	act(t, second, chromedp.Navigate(h.url+"/sr"+path+"/take-part"), chromedp.WaitVisible[string](".asked li button"))
	if !ask[bool](t, second, `document.querySelector(".asked li button").disabled`) {
		t.Error("a second window could support it again")
	}
	waits(t, second, "the count in Serbian", `document.querySelector('.asked [data-part="supported"]').textContent.startsWith("1 особа")`)

	// Seven windows of one browser have one connection.
	for range 4 {
		act(t, window(), chromedp.Navigate(h.url+"/en"+path+"/take-part"))
	}
	for range 3 { // connections that are gone are noticed when something is written to them
		time.Sleep(300 * time.Millisecond)
		mod.get("/en/desk" + path)
		mod.press("Put on the list", "name", "second row")
	}
	time.Sleep(300 * time.Millisecond)
	if n := h.n.Screens(); n > 2 { // the readers' browser, and the desk's
		t.Errorf("seven windows hold %d streams", n)
	}
	// A projector that is loaded again in the middle shows what is spoken about.
	act(t, room, chromedp.Reload(), chromedp.WaitVisible[string](".big .words"))

	// Leaving the page leaves nothing behind.
	act(t, reader, chromedp.Click[string](".leave"))
	time.Sleep(500 * time.Millisecond)
	act(t, reader, chromedp.Navigate(h.url+"/en/about"))
	if left := ask[int](t, reader, `localStorage.length`); left != 0 {
		t.Errorf("%d things are left in the browser", left)
	}
}

// The rest of the way in a browser: what was promised at a talk, that it falls overdue, what the institution says, and what evidence shows that a second person confirmed.
func TestBrowserAPromise(t *testing.T) {
	ctx := browserAt(t)
	h := newHouse(t, emptyFolder(t))
	followAPromise(t, h, func(path string, words ...string) {
		t.Helper()
		act(t, ctx, chromedp.Navigate(h.url+path))
		said := plain(ask[string](t, ctx, `document.querySelector("main").innerText`))
		for _, w := range words {
			if !strings.Contains(said, w) {
				t.Errorf("%s does not say %q:\n%s", path, w, squeezed(said))
			}
		}
	})
}

// Every page of a talk: axe-core finds nothing, nothing sticks out at 320 px. With FENER_SHOTS=DIR pictures are left.
func TestBrowserTalkPages(t *testing.T) {
	ctx := browserAt(t)
	axe := axeScript(t)
	h := newHouse(t, emptyFolder(t))
	ada := h.first()
	mod := ada.invites("Mo Moderator", "moderator", "editor")
	path := mod.announces("Talking about sentences")
	mod.get("/en/desk" + path)
	mod.press("Open for questions")
	guest := h.browser("a reader")
	guest.asks(path, "Why was nobody sent to prison in the year of which the report speaks?")
	asked := strings.TrimPrefix(guest.page.at, "/en")
	mod.get("/en/desk" + path)
	mod.press("Let it in")
	mod.press("Speak about it now")
	guest.asks(path, "Unbroken"+strings.Repeat("words", 90)) // the longest that a page must hold
	mod.get("/en/desk" + path)
	mod.press("Let it in")
	guest.asks(path, "Does the only girl of Ana Berisha in the second class still live in the shelter?")
	guest.asks(path, "What is done for those who were released?")
	mod.get("/en/desk" + path)
	mod.press("The talk begins")
	mod.get("/en/desk" + path)
	mod.press("Guest One wants to speak")
	ballot := h.rooms().NewForm(t, path)
	guest.send("/en"+path+"/support", url.Values{"ballot": {ballot}, "stamp": {live.Stamp(ballot)}, "n": {"1"}})
	if guest.page.status != http.StatusOK {
		t.Fatalf("support: %d", guest.page.status)
	}
	becomes(t, ctx, mod)
	for _, scheme := range []string{"light", "dark"} {
		for _, l := range locale.All {
			if scheme == "dark" && l != locale.SR && os.Getenv("FENER_SHOTS") == "" {
				continue
			}
			if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}); err != nil {
				t.Fatal(err)
			}
			for _, at := range []string{path + "/take-part", path + "/take-part?ballot=" + ballot, asked, path + "/room", "/talks/nowhere/take-part", path + "/asked/wrong", "/desk/talks", "/desk" + path, "/desk" + path + "/interpret", "/desk" + path + "/answers"} {
				at = "/" + string(l) + at
				act(t, ctx, chromedp.EmulateViewport(320, 900), chromedp.Navigate(h.url+at))
				if wide := ask[int](t, ctx, `document.documentElement.scrollWidth`); wide > 320 {
					t.Errorf("%s is %d px wide on a screen of 320", at, wide)
				}
				for _, found := range ask[[]string](t, ctx, axe) {
					t.Errorf("%s %s: %s", scheme, at, found)
				}
				name, _, _ := strings.Cut(strings.ReplaceAll(strings.ReplaceAll(at, strings.TrimPrefix(path, "/talks/"), "ID"), ballot, "B"), "?")
				if strings.Contains(at, "ballot") {
					name += "-ballot"
				}
				shoot(t, ctx, scheme, name)
			}
		}
	}
}
