package node_test

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fener/internal/needs"
	"fener/internal/node"
	"fener/locale"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// browserAt starts Chromium, which can reach nothing but this machine.
func browserAt(t *testing.T) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(needs.Browser(t)), chromedp.NoSandbox, chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"))
	ctx, stop := context.WithTimeout(t.Context(), 10*time.Minute)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	return ctx
}

func act(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

func ask[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	given, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%.80s: %v", expression, err)
	}
	return given
}

// becomes gives the browser the session of a person, also at other names of this machine.
func becomes(t *testing.T, ctx context.Context, p *person, names ...string) {
	t.Helper()
	at, err := url.Parse(p.url)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range p.client.Jar.Cookies(at) {
		for _, name := range append(names, at.Hostname()) {
			if _, err := chromedp.Call(ctx, network.SetCookie, network.SetCookieParams{Name: c.Name, Value: c.Value, URL: "http://" + name + ":" + at.Port()}); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// axeScript looks through a page with axe-core and gives what it finds.
func axeScript(t *testing.T) string {
	t.Helper()
	script, err := os.ReadFile("../../node_modules/axe-core/axe.min.js")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("axe-core is not installed: %v", err)
		}
		t.Skipf("axe-core is not installed; bash scripts/test.sh installs it: %v", err)
	}
	return string(script) + `;axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
		.then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ": " + v.help + ": " + n.html.slice(0, 160) + " " + n.failureSummary)))`
}

// Every page of the desk, in every language, light, and dark in one: axe-core finds nothing, nothing sticks out at 320 px. With FENER_SHOTS=DIR pictures are left.
func TestBrowserDeskPages(t *testing.T) {
	ctx := browserAt(t)
	axe := axeScript(t)
	h := newHouse(t, node.DemoFolder(t, time.Now(), 3))
	ada := h.first()
	ben := ada.invites("Ben Contributor", "contributor", "verifier")
	ben.get("/en/desk/new/grant")
	ben.press("Save and hand in", "amount.text", "72.000", "amount.currency", "EUR", "step", "contracted")
	broken := ben.page.body
	if ben.page.status != 422 || !strings.Contains(broken, `class="problem"`) {
		t.Fatalf("a grant for nobody: %d", ben.page.status)
	}
	ben.get("/en/desk/new/source")
	ben.press("Save and hand in", "title", "A report", "kind", "report", "note", "What it is about")
	thing := strings.TrimPrefix(ben.thing(), "/en/desk/")
	ben.get(ben.thing() + "/edit")
	ben.press("Save as a draft", "title", "A report of the year", "why", "The whole title")
	ada.hands("document", "aktgjykim.txt", []byte(judgmentText))
	read := strings.TrimPrefix(ada.page.at, "/en/desk/")
	ada.waits(ada.page.at)
	becomes(t, ctx, ada)
	for _, scheme := range []string{"light", "dark"} {
		for _, l := range locale.All {
			if scheme == "dark" && l != locale.SR && os.Getenv("FENER_SHOTS") == "" {
				continue
			}
			if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}); err != nil {
				t.Fatal(err)
			}
			for _, path := range []string{"", "new/judgment", "new/grant", "new/claim", thing, thing + "/edit", "people", "rule", "deeds", "languages", "upload", read, read + "/hide", "account", "second", "guide", "nowhere"} {
				at := "/" + string(l) + "/desk/" + path
				act(t, ctx, chromedp.EmulateViewport(320, 900), chromedp.Navigate(h.url+at))
				if wide := ask[int](t, ctx, `document.documentElement.scrollWidth`); wide > 320 {
					t.Errorf("%s is %d px wide on a screen of 320", at, wide)
				}
				for _, found := range ask[[]string](t, ctx, axe) {
					t.Errorf("%s %s: %s", scheme, at, found)
				}
				shoot(t, ctx, scheme, at)
			}
		}
	}
}

func shoot(t *testing.T, ctx context.Context, scheme, path string) {
	t.Helper()
	folder := os.Getenv("FENER_SHOTS")
	if folder == "" {
		return
	}
	for _, width := range []int64{320, 1280} {
		act(t, ctx, chromedp.EmulateViewport(width, 900))
		time.Sleep(300 * time.Millisecond)
		png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
		if err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprintf("%s-%d%s.png", scheme, width, strings.ReplaceAll(path, "/", "-"))
		if err := os.WriteFile(filepath.Join(folder, name), png, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
