package site

import (
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"fener/internal/page"
)

// The errands of the five readers whom the pages were looked at with, each begun on the first page, on a phone, without script, and done in at most two
// clicks. What is looked for must then be seen. (The judge who checks a sentence is in checkbrowser_test.go.)
func TestBrowserErrandsTakeTwoClicks(t *testing.T) {
	ctx, address := browser(t)
	for _, errand := range []struct {
		name   string
		clicks []string // what is clicked on
		path   string   // where that leads: how its address begins
		seen   string   // an expression that is true of what was looked for
	}{
		{"a survivor finds a number to call", nil, "/en/", `[...document.querySelectorAll('a[href^="tel:"]')].some(a => a.checkVisibility())`},
		{"a survivor sees whom each number is for", []string{`.safety a[href="/en/help"]`}, "/en/help", `document.querySelectorAll('.helpline a[href^="tel:"]').length > 1`},
		{"a judge finds the own court", []string{`main a[href="/en/courts"]`, `main a[href="/en/courts/basic_court_prishtina"]`}, "/en/courts/basic_court_prishtina",
			`!!document.querySelector("#court-figures, table") && document.querySelector("h1").innerText.includes("Basic Court")`},
		{"a journalist finds suspended sentences of 2017", []string{`main a[href*="/reported/traffickers_suspended/2017"]`}, "/en/reported/traffickers_suspended/2017",
			`!!document.querySelector(".said blockquote") && document.querySelector(".said .value").innerText.trim() === "7"`},
		{"a journalist takes the source along", []string{`main a[href*="/reported/traffickers_suspended/2017"]`, `.said .source a`}, "/en/sources/",
			`document.querySelector("main").innerText.includes("Kosovo 2.0") || !!document.querySelector('main a[href^="https://"]')`},
		{"a shelter manager finds the money", []string{`main a[href="/en/reported/ngo_shelter_government_funding_total"]`}, "/en/reported/ngo_shelter_government_funding_total",
			`document.querySelector("main").innerText.includes("100,000") && document.querySelector("main").innerText.includes("72,000")`},
		{"a shelter manager finds the months without", []string{`main a[href="/en/reported/shelter_closure_months"]`}, "/en/reported/shelter_closure_months",
			`document.querySelector("main").innerText.includes("2017")`},
		{"a reader of the magazine sees whether it is true", []string{`main a[href^="/en/claims/"]`}, "/en/claims/",
			`/\d+ claims?:/.test(document.querySelector(".sum").innerText) && document.querySelectorAll("article.claim").length > 5`},
	} {
		t.Run(errand.name, func(t *testing.T) {
			if len(errand.clicks) > 2 {
				t.Fatalf("%d clicks", len(errand.clicks))
			}
			act(t, ctx, chromedp.EmulateViewport(320, 640))
			if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
				t.Fatal(err)
			}
			act(t, ctx, chromedp.Navigate(address+"/en/"))
			for _, on := range errand.clicks {
				if !ask[bool](t, ctx, `!!document.querySelector(`+"`"+on+"`"+`)`) {
					t.Fatalf("nothing to click on at %s: %s", ask[string](t, ctx, `location.pathname`), on)
				}
				act(t, ctx, chromedp.Click[string](on))
				waitForLoad(t, ctx)
			}
			if at := ask[string](t, ctx, `location.pathname`); !strings.HasPrefix(at, errand.path) {
				t.Errorf("led to %s, want %s", at, errand.path)
			}
			if !ask[bool](t, ctx, errand.seen) {
				t.Errorf("at %s it is not seen: %s", ask[string](t, ctx, `location.pathname`), errand.seen)
			}
		})
	}
}

// firstPagePicture is what the README shows.
const firstPagePicture = "../../docs/first-page.png"

// The picture of the first page stands where the README looks for it, and is small; what it shows is not compared. With FENER_PICTURE=1 it is made anew.
func TestBrowserFirstPageForTheReadme(t *testing.T) {
	ctx, _ := browser(t)
	s, err := newSite(page.Config{Pack: kosovo(t), View: sharedRecord(t), Ledger: shared.record.ledger, Seq: shared.record.view.Shown}, Pages()) // without the pages that only tests have
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s.Handler())
	t.Cleanup(server.Close)
	act(t, ctx, chromedp.EmulateViewport(1200, 800), chromedp.Navigate(server.URL+"/en/"))
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	if len(png) < 10<<10 || len(png) > 150<<10 {
		t.Errorf("the picture has %d bytes, want 10 to 150 KB", len(png))
	}
	if os.Getenv("FENER_PICTURE") != "" {
		if err := os.WriteFile(firstPagePicture, png, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.Stat(firstPagePicture)
	if err != nil {
		t.Fatalf("the README shows a picture that is not there; FENER_PICTURE=1 makes it: %v", err)
	}
	if kept.Size() > 150<<10 {
		t.Errorf("the picture has %d bytes, want at most 150 KB", kept.Size())
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil || !strings.Contains(string(readme), "docs/first-page.png") {
		t.Errorf("the README does not show the picture (%v)", err)
	}
}
