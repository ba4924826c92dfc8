package site

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"fener/internal/needs"
)

// browser starts Chromium against the site, both ended with the test. It can reach nothing but the site.
func browser(t *testing.T) (ctx context.Context, address string) {
	t.Helper()
	program := needs.Browser(t)
	server := httptest.NewServer(testHandler(t, nil))
	t.Cleanup(server.Close)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox,
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"))
	ctx, stop := context.WithTimeout(t.Context(), 15*time.Minute)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	return ctx, server.URL
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

func prefer(t *testing.T, ctx context.Context, scheme string) {
	t.Helper()
	_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
	if err != nil {
		t.Fatal(err)
	}
}

// framePaths are charts for other sites.
var framePaths = []string{"/en/embed/reported/victims_identified", "/sr/embed/figures/share_convicted", "/sq/embed/reported/ngo_shelter_government_funding_total", "/en/embed/talks/" + openTalk, "/sr/embed/talks/" + putOffTalk}

var brokenPaths = []string{"/sr/check?verdict=convicted&offence_from=soon&fine=-600&mitigation=kindness&age=7", "/sr-Latn/pivot?measure=persons_convicted&year=abc", "/en/nowhere", "/sr/cases?as-of=soon", "/sq/cases?as-of=2001", "/sq/fail/withdrawn", "/sr/fail/conflict", "/sr-Latn/fail/server"}

// Every page, in every language, light, and dark in one (in all with FENER_SHOTS): axe-core finds nothing, nothing sticks out at 320 px, the policy refuses nothing.
// With FENER_SHOTS=DIR it also leaves pictures at three widths to be looked at; FENER_ONLY=talks looks at addresses with that word alone.
func TestBrowserPages(t *testing.T) {
	ctx, address := browser(t)
	axe := accessibility(t)
	for _, scheme := range []string{"light", "dark"} {
		for _, path := range slices.Concat(everyPath(), framePaths, []string{"/units"}, brokenPaths) {
			if !strings.Contains(path, os.Getenv("FENER_ONLY")) {
				continue
			}
			// What is dark differs by colour alone: one language, the one with the longest letters, tells.
			if scheme == "dark" && !strings.HasPrefix(path, "/sr/") && os.Getenv("FENER_SHOTS") == "" {
				continue
			}
			prefer(t, ctx, scheme)
			act(t, ctx, chromedp.EmulateViewport(320, 900), chromedp.Navigate(address+path))
			if wide := ask[int](t, ctx, `document.documentElement.scrollWidth`); wide > 320 {
				t.Errorf("%s is %d px wide on a screen of 320", path, wide)
			}
			for _, found := range ask[[]string](t, ctx, axe) {
				t.Errorf("%s %s: %s", scheme, path, found)
			}
			shoot(t, ctx, scheme, path)
		}
	}
}

// accessibility is the expression that runs axe-core on a page and gives a line for each thing it finds.
func accessibility(t *testing.T) string {
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

func shoot(t *testing.T, ctx context.Context, scheme, path string) {
	t.Helper()
	folder := os.Getenv("FENER_SHOTS")
	if folder == "" {
		return
	}
	for _, width := range []int64{320, 768, 1280} {
		act(t, ctx, chromedp.EmulateViewport(width, 900))
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

// waitFor waits until the tab shows the path, and says what it shows when it does not come.
func waitFor(t *testing.T, ctx context.Context, path string) {
	t.Helper()
	var at string
	for range 100 {
		at, _ = chromedp.Run(ctx, chromedp.Evaluate[string](`document.readyState === "complete" ? location.pathname : ""`))
		if at == path {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("the tab shows %q, want %q", at, path)
}

// waitForLoad waits until a page that a click led to has come.
func waitForLoad(t *testing.T, ctx context.Context) {
	t.Helper()
	time.Sleep(150 * time.Millisecond)
	for range 100 {
		if ready, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`document.readyState === "complete"`)); err == nil && ready {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("no page came")
}

func TestBrowserLeavesByKeyAndDoesNotComeBack(t *testing.T) {
	ctx, address := browser(t)
	act(t, ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(address+"/en/"), chromedp.Navigate(address+"/en/help"))
	act(t, ctx, chromedp.KeyEvent(kb.Shift), chromedp.KeyEvent(kb.Shift), chromedp.KeyEvent("a"), chromedp.KeyEvent(kb.Shift))
	if at := ask[string](t, ctx, `location.pathname`); at != "/en/help" {
		t.Fatalf("left for %s though Shift was not pressed three times in a row", at)
	}
	act(t, ctx, chromedp.KeyEvent(kb.Shift), chromedp.KeyEvent(kb.Shift))
	waitFor(t, ctx, "/units")
	ask[bool](t, ctx, `history.back(), true`)
	waitFor(t, ctx, "/units") // where /en/ was
	time.Sleep(300 * time.Millisecond)
	waitFor(t, ctx, "/units")

	act(t, ctx, chromedp.Navigate(address+"/en/help"))
	waitFor(t, ctx, "/en/help") // whoever opens it anew means to
}

func TestBrowserLeavesByLink(t *testing.T) {
	for _, row := range []struct {
		name   string
		script bool
	}{{"with script", true}, {"without script", false}} {
		t.Run(row.name, func(t *testing.T) {
			ctx, address := browser(t)
			act(t, ctx, chromedp.Navigate("about:blank"))
			if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !row.script}); err != nil {
				t.Fatal(err)
			}
			act(t, ctx, chromedp.Navigate(address+"/sq/help"), chromedp.Click[string](`a.leave`))
			waitFor(t, ctx, "/units")
		})
	}
}

func TestBrowserKeyboardReachesTheContentFirst(t *testing.T) {
	ctx, address := browser(t)
	act(t, ctx, chromedp.Navigate(address+"/en/_components"), chromedp.KeyEvent(kb.Tab))
	if first := ask[string](t, ctx, `document.activeElement.className`); first != "skip" {
		t.Errorf("the first stop is %q, want the skip link", first)
	}
	act(t, ctx, chromedp.KeyEvent(kb.Enter))
	if now := ask[string](t, ctx, `document.activeElement.id`); now != "main" {
		t.Errorf("the skip link leads to %q, want main", now)
	}
}
