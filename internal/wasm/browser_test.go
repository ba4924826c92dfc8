package wasm

import (
	"bytes"
	"context"
	"fmt"
	"html/template"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"

	"fener/internal/browser"
	"fener/internal/intake/synthetic"
	"fener/internal/needs"
)

// strict is the policy of every page of the site (internal/page, which stands above).
const strict = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// tab is a browser's tab with the page in it.
type tab struct {
	*testing.T
	ctx      context.Context
	requests atomic.Int64
	server   *httptest.Server
	folder   string // of downloads
}

// openTab starts Chromium and opens testdata/page.html under the site's policy.
func openTab(t *testing.T) *tab {
	t.Helper()
	found, p := needs.Browser(t), program(t)
	b := &tab{T: t, folder: t.TempDir()}
	text := template.Must(template.ParseFiles("testdata/page.html"))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b.requests.Add(1)
		w.Header().Set("Content-Security-Policy", strict)
		if r.URL.Path != "/" {
			p.ServeHTTP(w, r)
			return
		}
		if err := text.Execute(w, map[string]any{"Program": p, "Most": MostBytes, "Shown": MostShown}); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(server.Close)
	b.server = server
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(found), chromedp.NoSandbox,
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"))
	ctx, stop := context.WithTimeout(t.Context(), 9*time.Minute)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(stop)
	b.ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	b.do(chromedp.Navigate(server.URL))
	return b
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.Fatal(err)
	}
}

func ask[T any](b *tab, expression string) T {
	b.Helper()
	given, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatalf("%.80s: %v", expression, err)
	}
	return given
}

// wait waits until the page has one of the states.
func (b *tab) wait(states ...string) {
	b.Helper()
	state := ""
	for range 4 * 180 {
		state = ask[string](b, `document.querySelector("[data-spreadsheet]").dataset.state || ""`)
		for _, s := range states {
			if s == state {
				return
			}
		}
		time.Sleep(250 * time.Millisecond)
	}
	b.Fatalf("the page is at %q, want %q: %s", state, states, ask[string](b, `document.body.innerText`))
}

func (b *tab) load() {
	b.Helper()
	b.wait("begin")
	b.do(chromedp.Click(`[data-part=load]`))
	b.wait("ready")
}

func (b *tab) choose(file string) {
	b.Helper()
	full, err := filepath.Abs(file)
	if err != nil {
		b.Fatal(err)
	}
	b.do(chromedp.SetUploadFiles(`[data-part=file]`, []string{full}))
}

// offline ends the server: from here on whatever is asked for fails, for the page and for its worker.
func (b *tab) offline() { b.server.Close() }

func TestBrowserChecksAFileWithoutANetwork(t *testing.T) {
	b := openTab(t)
	b.wait("begin")
	if n := b.requests.Load(); n > 3 { // the page, its script, perhaps an icon
		t.Errorf("%d requests before anything was asked for", n)
	}
	b.load()
	b.offline()

	const file = "../../examples/kosovo/judgments.csv"
	b.choose(file)
	b.wait("answer", "failed")
	answer, _ := answered(t, job{File: file, Request: browser.Request{Name: filepath.Base(file), Lang: "en", Format: "csv"}})
	if got := ask[string](b, `document.querySelector("[data-part=summary]").textContent`); got != answer.Summary {
		t.Errorf("the summary is %q, want %q", got, answer.Summary)
	}
	if got := ask[int](b, `document.querySelector("[data-part=report]").shadowRoot.querySelectorAll("table.rows tbody tr").length`); got != answer.Counts+answer.Reported {
		t.Errorf("%d rows are shown, want %d", got, answer.Counts+answer.Reported)
	}
	if got := ask[string](b, `getComputedStyle(document.querySelector("[data-part=report]").shadowRoot.querySelector("article")).borderTopStyle`); got != "solid" {
		t.Errorf("the report has no style: %q", got)
	}
	if got := ask[string](b, `document.querySelector("[data-part=report]").shadowRoot.querySelector("[data-style]").style.getPropertyValue("--sure")`); !strings.HasSuffix(got, "%") {
		t.Errorf("the bars have no length: %q", got)
	}
	ask[bool](b, `document.querySelector("[data-part=report]").shadowRoot.querySelector("table.rows tbody a").click(), true`)
	if got := ask[string](b, `document.querySelector("[data-part=report]").shadowRoot.activeElement.tagName`); got != "ARTICLE" {
		t.Errorf("the link of a row leads to %q", got)
	}
	for _, format := range []string{"csv", "jsonl", "html", "xlsx"} {
		b.download(file, format)
	}
	if left := ask[int](b, `(async () => (await caches.keys()).length + localStorage.length + sessionStorage.length + (await navigator.serviceWorker.getRegistrations()).length +
		(await indexedDB.databases()).length)()`); left != 0 {
		t.Errorf("%d things are kept in the browser", left)
	}
}

// download saves the report in a form and compares it with the command's.
func (b *tab) download(file, format string) {
	b.Helper()
	allow := cdpbrowser.SetDownloadBehaviorParams{Behavior: cdpbrowser.SetDownloadBehaviorBehaviorAllow, DownloadPath: b.folder}
	if _, err := chromedp.Call(b.ctx, cdpbrowser.SetDownloadBehavior, allow); err != nil {
		b.Fatal(err)
	}
	b.do(chromedp.Click(`[data-save=` + format + `]`))
	_, want := answered(b.T, job{File: file, Request: browser.Request{Name: filepath.Base(file), Lang: "en", Format: format}})
	name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)) + "-checked." + format
	var got []byte
	for range 4 * 60 {
		if got, _ = os.ReadFile(filepath.Join(b.folder, name)); len(got) > 0 {
			break
		}
		time.Sleep(250 * time.Millisecond)
	}
	b.wait("answer")
	if len(got) == 0 || !bytes.Equal(contents(b.T, got), contents(b.T, want)) {
		b.Errorf("%s has %d bytes, want the %d of the command", name, len(got), len(want))
	}
}

// The program may be compiled in the worker alone, under its own policy.
func TestBrowserPagePolicyStaysStrict(t *testing.T) {
	b := openTab(t)
	if ask[bool](b, `WebAssembly.compile(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])).then(() => true, () => false)`) {
		t.Error("the page may compile WebAssembly")
	}
	if ask[bool](b, `fetch("/").then(() => true, () => false)`) {
		t.Error("the page may connect")
	}
	b.load()
}

func TestBrowserStopsAndRefuses(t *testing.T) {
	b := openTab(t)
	b.load()
	b.offline()
	dir := t.TempDir()
	var table bytes.Buffer
	if err := synthetic.WriteCSV(&table, 150_000, 1); err != nil {
		t.Fatal(err)
	}
	large := append(table.Bytes(), make([]byte, MostBytes)...)
	for name, content := range map[string][]byte{"long.csv": table.Bytes(), "large.csv": large, "no.csv": []byte("%PDF-1.7\n"),
		"hostile.csv": []byte("case,offence_convicted,verdict,imprisonment\n\"<img src=x onerror=document.title='run'>\",165(1),convicted,5y\n")} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for range 3 { // the same file again, and at once: the next worker may not be ready yet
		b.choose(filepath.Join(dir, "long.csv"))
		b.wait("working")
		b.do(chromedp.Click(`[data-part=stop]`))
		b.wait("ready")
	}

	b.choose(filepath.Join(dir, "large.csv"))
	b.wait("failed")
	if why := ask[string](b, `document.querySelector("[data-why]:not([hidden])").dataset.why`); why != "large" {
		t.Errorf("a file that is too large fails with %q", why)
	}
	b.do(chromedp.Click(`[data-part=again]`))

	b.choose(filepath.Join(dir, "no.csv"))
	b.wait("answer")
	if got := ask[string](b, `document.querySelector("[data-part=problems]").textContent`); !strings.Contains(got, "PDF") {
		t.Errorf("of a PDF the page says %q", got)
	}
	b.choose(filepath.Join(dir, "hostile.csv"))
	b.wait("answer")
	if title := ask[string](b, `document.title`); title != "Check" {
		t.Errorf("something of the file ran: %q", title)
	}
	if got := ask[int](b, `document.querySelector("[data-part=report]").shadowRoot.querySelectorAll("img, script").length`); got != 0 {
		t.Errorf("%d elements of the file stand in the report", got)
	}
}

// With FENER_MEASURE=1 it says how long loading and checking take in the browser, and the same natively.
func TestBrowserMeasures(t *testing.T) {
	if os.Getenv("FENER_MEASURE") == "" {
		t.Skip("a measurement: FENER_MEASURE=1 FENER_BROWSER=1 go test -run TestBrowserMeasures -v ./internal/wasm")
	}
	b := openTab(t)
	begun := time.Now()
	b.load()
	t.Logf("loaded in %v, %d bytes", time.Since(begun).Round(10*time.Millisecond), program(t).Size())
	for _, rows := range []int{10, 10_000, 100_000} {
		var table bytes.Buffer
		if err := synthetic.WriteCSV(&table, rows, 1); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), fmt.Sprintf("rows%d.csv", rows))
		if err := os.WriteFile(file, table.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		begun = time.Now()
		b.choose(file)
		b.wait("working", "answer")
		b.wait("answer")
		took := time.Since(begun)
		begun = time.Now()
		answered(t, job{File: file, Request: browser.Request{Name: "x", Lang: "en", Format: "csv"}})
		t.Logf("%d rows, %d bytes: %v in the browser, %v natively", rows, table.Len(), took.Round(10*time.Millisecond), time.Since(begun).Round(time.Millisecond))
		for _, format := range []string{"jsonl", "html", "xlsx"} {
			begun = time.Now()
			b.do(chromedp.Click(`[data-save=` + format + `]`))
			b.wait("working", "answer", "failed")
			b.wait("answer", "failed")
			t.Logf("%d rows as %s: %v, %s", rows, format, time.Since(begun).Round(10*time.Millisecond),
				ask[string](b, `document.querySelector("[data-spreadsheet]").dataset.state`))
		}
	}
}
