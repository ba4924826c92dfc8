package node_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fener/internal/ledger"
	"fener/internal/node"
	"fener/internal/proof"
	"fener/internal/publish"
	"fener/internal/record"
	"fener/locale"

	"github.com/chromedp/chromedp"
)

// A stranger who has the public key, the page and what was kept last year tells, without a network, whether a printed figure is the one in the record,
// whether it still stands, and that a forged one is none.
func TestBrowserAStrangerChecksAPrintedFigure(t *testing.T) {
	ctx := browserAt(t)
	private, public := logKey(t)
	policy, err := proof.PolicyOf(public)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	begin(t, dir)
	n := serve(t, dir, node.Listening{}, signed(private, t.TempDir()))
	figure := func(base int, value string) {
		t.Helper()
		body := fmt.Appendf(nil, `{"indicator":"convicted","value":{"kind":"exact","low":%q,"text":%q},"unit":"persons","from":"2024-01-01","to":"2024-12-31","counted_by":"SYNTHETIC council","citation":{"source":"s1","quote":"SYNTHETIC"}}`, value, value)
		if _, err := n.Ledger().Append(t.Context(), []ledger.Change{{Kind: record.ObservationKind, ID: "o1", Base: base, State: record.Published, By: "officer", Why: "why", Body: body}}); err != nil {
			t.Fatal(err)
		}
	}
	source(t, n, "s1", "SYNTHETIC report")
	figure(0, "12")
	for i := range 600 {
		source(t, n, fmt.Sprint("more-", i), "SYNTHETIC")
	}
	awaitCheckpoint(t, n.url, policy, 602)

	kept := t.TempDir()
	save := func(path, name string) string {
		t.Helper()
		code, text, _ := get(t, n.url+strings.TrimPrefix(path, "/"))
		if code != http.StatusOK {
			t.Fatalf("%s: %d %s", path, code, text)
		}
		file := filepath.Join(kept, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	page, file := save(publish.CheckPath, "check.html"), save("log/proof/observation/o1.tlog-proof", "figure.tlog-proof")
	follow := func(name string) string {
		t.Helper()
		m := &publish.Mirror{URL: n.url + "log/", Dir: filepath.Join(kept, name), Policy: policy, Client: http.DefaultClient, Now: time.Now}
		if _, err := m.Follow(t.Context()); err != nil {
			t.Fatal(err)
		}
		return m.Dir
	}
	lastYear := follow("last-year")
	figure(1, "13")
	awaitCheckpoint(t, n.url, policy, 603)
	thisYear := follow("this-year")
	act(t, ctx, chromedp.Navigate(n.url+strings.TrimPrefix(publish.CheckPath, "/")))
	if got := ask[string](t, ctx, "document.title"); !strings.HasSuffix(got, " — Fener") { // its script ran under the policy that it is served with
		t.Errorf("served, the page is called %q", got)
	}
	if err := n.stop(); err != nil { // from here on there is no record to ask
		t.Fatal(err)
	}

	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	cut := filepath.Join(kept, "cut.tlog-proof")
	if err := os.WriteFile(cut, text[:len(text)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	forged := filepath.Join(kept, "forged.tlog-proof")
	if err := os.WriteFile(forged, forge(t, text), 0o600); err != nil {
		t.Fatal(err)
	}
	_, other := logKey(t)
	for _, c := range []struct {
		name, key, file, printed, mirror string
		verdict, printedSays, stands     string
		why                              string
	}{
		{"the figure as it was printed", public, file, "12", "", "PROVED", "What was printed is what was published", "", ""},
		{"another figure", public, file, "21", "", "PROVED", "No field", "", ""},
		{"it stood last year", public, file, "12", lastYear, "PROVED", "What was printed is what was published", "It is what stands, by the mirror of 602 leaves.", ""},
		{"it was corrected since", public, file, "12", thisYear, "PROVED", "What was printed is what was published", "It does not stand any more. Since then: published 2", ""},
		{"a forged figure", public, forged, "99", "", "NOT PROVED", "", "", "The text is not the one that was logged"},
		{"somebody else's key", other, file, "12", "", "NOT PROVED", "", "", "was not signed by this key"},
		{"half a key", public[:20], file, "12", "", "NOT PROVED", "", "", "no public key"},
		{"another file", public, page, "12", "", "NOT PROVED", "", "", "no proof file"},
		{"half a file", public, cut, "12", "", "NOT PROVED", "", "", "no proof file"},
	} {
		act(t, ctx, chromedp.Navigate("file://"+page))
		chooseEnglish(t, ctx)
		act(t, ctx, chromedp.SetValue("#key", c.key), chromedp.SetValue("#printed", c.printed), chromedp.SetUploadFiles("#file", []string{c.file}))
		if c.mirror != "" {
			act(t, ctx, chromedp.SetUploadFiles("#mirror", []string{c.mirror}))
		}
		act(t, ctx, chromedp.Click("#check"), chromedp.WaitVisible(`p[id=verdict]`))
		for id, want := range map[string]string{"verdict": c.verdict, "printed-says": c.printedSays, "stands": c.stands, "why": c.why} {
			got := ask[string](t, ctx, `(document.getElementById("`+id+`") || {textContent: ""}).textContent`)
			if id == "verdict" && got != want || !strings.Contains(got, want) || want == "" && got != "" {
				t.Errorf("%s: %s says %q, want %q (%s)", c.name, id, got, want, ask[string](t, ctx, `document.getElementById("result").textContent.slice(0, 300)`))
			}
		}
	}
	for i, l := range locale.All {
		got := ask[string](t, ctx, fmt.Sprintf(`[...document.querySelectorAll("nav button")][%d].click(), document.documentElement.lang + " " + document.getElementById("title").textContent`, []int{0, 1, 2, 3}[i]))
		if !strings.HasPrefix(got, ask[string](t, ctx, "document.documentElement.lang")+" ") || strings.HasSuffix(got, " ") {
			t.Errorf("in %s it is called %q", l, got)
		}
	}
}

func chooseEnglish(t *testing.T, ctx context.Context) {
	t.Helper()
	act(t, ctx, chromedp.Click(`nav button[lang="en"]`))
}

// forge changes the figure in a proof file as somebody would who knows its form.
func forge(t *testing.T, text []byte) []byte {
	t.Helper()
	f, err := proof.ParseFile(text)
	if err != nil {
		t.Fatal(err)
	}
	changed := false
	for i := range f.Said.Shown.Fields {
		if v := &f.Said.Shown.Fields[i]; v.Value == `"12"` {
			v.Value, changed = `"99"`, true
		}
	}
	out, err := f.Encode()
	if err != nil || !changed || bytes.Equal(out, text) {
		t.Fatalf("nothing was forged: %v", err)
	}
	return out
}
