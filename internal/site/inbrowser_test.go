package site

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chromedp/chromedp"

	"fener/internal/needs"
	"fener/internal/page"
	"fener/internal/site/spreadsheet"
	"fener/internal/wasm"
	"fener/law"
	"fener/locale"
)

// sheetContent is a page that shows the part in which a spreadsheet is checked.
type sheetContent struct {
	page.Base
	Part *spreadsheet.Part
}

var sheetPage = page.Page{Pattern: "spreadsheet", Template: "spreadsheet", Free: true, Build: func(r *page.Request) (page.Content, error) {
	return &sheetContent{r.Base("Spreadsheet"), spreadsheet.Of(r)}, nil
}, Files: fstest.MapFS{"templates/spreadsheet.html": {Data: []byte(`{{define "main"}}<h1>Spreadsheet</h1>
<h2>Check</h2>
{{with .Part}}{{template "inbrowser" part $ .}}{{else}}<p>none</p>{{end}}{{end}}`)}}}

func sheetHandler(t *testing.T, pack *law.Pack, checker *wasm.Supply) http.Handler {
	t.Helper()
	s, err := newSite(page.Config{Pack: pack, Checker: checker}, []page.Page{sheetPage})
	if err != nil {
		t.Fatal(err)
	}
	return s.Handler()
}

func TestProgramForBrowsersIsServedUnderItsHash(t *testing.T) {
	program, err := wasm.New([]byte("packed"), []byte("/* Go */"))
	if err != nil {
		t.Fatal(err)
	}
	h := sheetHandler(t, kosovo(t), wasm.Fixed(program))
	text := body(t, get(t, h, "/sr/spreadsheet"))
	for _, want := range []string{program.Script(), `data-worker="` + program.Worker(), `data-program="` + program.Address(), `data-lang="sr"`, `data-law="XK"`, "Провера се учитава"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	for address, policy := range map[string]string{program.Address(): "script-src 'self'", program.Worker(): "script-src 'wasm-unsafe-eval'; connect-src 'self'", program.Script(): "script-src 'self'"} {
		r := get(t, h, address)
		if r.StatusCode != 200 || !strings.Contains(r.Header.Get("Cache-Control"), "immutable") || !strings.Contains(r.Header.Get("Content-Security-Policy"), policy) {
			t.Errorf("%s: %d %v", address, r.StatusCode, r.Header)
		}
		if again := get(t, h, address, "If-None-Match", r.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
			t.Errorf("%s was sent again: %d", address, again.StatusCode)
		}
	}
	if r := get(t, h, wasm.Folder+"program.0000000000.wasm.gz"); r.StatusCode != 404 || r.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("an earlier program: %d %v", r.StatusCode, r.Header)
	}
	if text := body(t, get(t, sheetHandler(t, kosovo(t), nil), "/en/spreadsheet")); !strings.Contains(text, "<p>none</p>") {
		t.Error("without a program the page shows a place for it")
	}
	other, err := law.LoadDir("../../law/packs/xk")
	if err != nil {
		t.Fatal(err)
	}
	if text := body(t, get(t, sheetHandler(t, other, wasm.Fixed(program)), "/en/spreadsheet")); !strings.Contains(text, "<p>none</p>") {
		t.Error("a law from a folder, which the program does not carry, is checked against by it")
	}
}

// In every language the part is accessible in each of its states, fits a telephone, and checks the example.
func TestBrowserSpreadsheetOnAPage(t *testing.T) {
	chromium, axe := needs.Browser(t), accessibility(t)
	packed, script, err := wasm.Compile(t.Context(), filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	program, err := wasm.New(packed, script)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(sheetHandler(t, kosovo(t), wasm.Fixed(program)))
	t.Cleanup(server.Close)
	ctx, stop := context.WithTimeout(t.Context(), 9*time.Minute)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewExecAllocator(ctx, append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.NoSandbox)...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	state := func(want ...string) {
		t.Helper()
		at := ""
		for range 4 * 120 {
			if at = ask[string](t, ctx, `document.querySelector("[data-spreadsheet]").dataset.state || ""`); slices.Contains(want, at) {
				return
			}
			time.Sleep(250 * time.Millisecond)
		}
		t.Fatalf("the part is at %q, want %q", at, want)
	}
	look := func(where string) {
		t.Helper()
		ask[bool](t, ctx, `scrollTo(0, 0), true`) // the masthead lies over whatever it is scrolled to
		// What the report leaves undrawn until it is scrolled to has no true size yet.
		ask[bool](t, ctx, `(document.querySelector("[data-part=report]").shadowRoot?.querySelectorAll("article") || []).forEach((a) => a.style.contentVisibility = "visible"), true`)
		if wide := ask[int](t, ctx, `document.documentElement.scrollWidth`); wide > 320 {
			t.Errorf("%s: %d px wide on a screen of 320", where, wide)
		}
		for _, found := range ask[[]string](t, ctx, axe) {
			t.Errorf("%s: %s", where, found)
		}
		shoot(t, ctx, "light", "/"+where)
		act(t, ctx, chromedp.EmulateViewport(320, 900))
	}
	bad := filepath.Join(t.TempDir(), "bad.csv")
	if err := os.WriteFile(bad, []byte("case,offence_convicted,verdict,imprisonment\nx,165(1),perhaps,many\ny,165(1),convicted,5y\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, l := range locale.All {
		act(t, ctx, chromedp.EmulateViewport(320, 900), chromedp.Navigate(fmt.Sprintf("%s/%s/spreadsheet", server.URL, l)))
		state("begin")
		look(string(l) + "-begin")
		act(t, ctx, chromedp.Click(`[data-part=load]`))
		state("ready")
		for name, file := range map[string]string{"example": "../../examples/kosovo/judgments.csv", "bad": bad} {
			full, err := filepath.Abs(file)
			if err != nil {
				t.Fatal(err)
			}
			act(t, ctx, chromedp.SetUploadFiles(`[data-part=file]`, []string{full}))
			state("working", "answer")
			state("answer")
			look(string(l) + "-" + name)
		}
	}
}
