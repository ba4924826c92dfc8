package site

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"fener/internal/page"
	"fener/internal/proof"
	"fener/internal/publish"

	"golang.org/x/mod/sumdb/tlog"
)

// Where the log is signed, what stands, and each revision of it, links to the proof of it, and the page of the checkpoint shows what is signed and who saw it;
// where it is not, nothing leads nowhere and the page says why.
func TestPagesLinkToProofs(t *testing.T) {
	d := newRecord(t).kosovo()
	state := &publish.LogState{Origin: "fener.example/log", PublicKey: "fener.example/log+00000000+AAAA", Signed: []byte("fener.example/log\n7\nroot\n\n— fener.example/log sig\n"),
		Checkpoint: proof.Checkpoint{Origin: "fener.example/log", Tree: tlog.Tree{N: 7}}, Witnesses: []publish.Witnessed{{Name: "library", Size: 7, At: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)}, {Name: "university"}}}
	ask := func(h http.Handler, path string) string {
		t.Helper()
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != http.StatusOK {
			t.Fatalf("%s answers %d", path, w.Code)
		}
		return w.Body.String()
	}
	link := regexp.MustCompile(`href="/log/proof/([a-z]+)/([^/"]+)/([0-9]+)\.tlog-proof"`)
	plain := d.handler()
	signed := testHandler(t, func(c *page.Config) {
		c.View, c.Seq, c.Ledger, c.ID, c.Proofs = d.view, d.view.Shown, d.ledger, d.id, func() *publish.LogState { return state }
	})
	for _, lang := range []string{"en", "sq", "sr", "sr-Latn"} {
		html := ask(signed, "/"+lang+"/checkpoint")
		for _, want := range []string{"fener.example/log&#43;00000000&#43;AAAA", "library", "university", publish.CheckPath, "fener mirror https://fener.example/log/"} {
			if !strings.Contains(html, want) {
				t.Errorf("%s: the page of the checkpoint lacks %q", lang, want)
			}
		}
		if html := ask(plain, "/"+lang+"/checkpoint"); strings.Contains(html, publish.CheckPath) {
			t.Errorf("%s: a log that is not signed is offered to be checked", lang)
		}
	}
	for _, room := range []string{"cases", "claims"} {
		found := regexp.MustCompile(`href="(/en/` + room + `/[0-9a-z-]+)"`).FindStringSubmatch(ask(plain, "/en/"+room))
		if found == nil {
			t.Fatalf("nothing is listed among the %s", room)
		}
		path := found[1]
		html := ask(signed, path)
		if !link.MatchString(html) {
			t.Errorf("%s links to no proof", path)
		}
		if link.MatchString(ask(plain, path)) {
			t.Errorf("%s links to proofs of a log that is not signed", path)
		}
	}
	state.Behind, state.Signed = &publish.Behind{Witness: "library", Size: 9, Ours: 7}, nil
	if html := ask(signed, "/en/checkpoint"); !strings.Contains(html, "An older copy of the record lies here") {
		t.Error("the page does not say that an older copy lies here")
	}
}
