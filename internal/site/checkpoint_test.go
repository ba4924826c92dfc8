package site

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"fener/internal/ledger"
)

// The page and the file have the checkpoint of what is public, and the ledger holds against it whatever drafts there are.
func TestTheCheckpointIsThatOfThePublicRecord(t *testing.T) {
	d := newRecord(t).kosovo()
	d.drafts("some", 20)
	kept, err := d.view.PublicCheckpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	report, err := d.ledger.VerifyAgainst(t.Context(), []ledger.Checkpoint{kept}, nil)
	if err != nil || report.Err() != nil || kept.Size != d.view.Position() {
		t.Fatalf("%v, %v, of %d entries at %d", err, report.Err(), kept.Size, d.view.Position())
	}
	want := kept.String()
	h := d.handler()
	ask := func(path string) string {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != http.StatusOK {
			t.Fatalf("%s answers %d", path, w.Code)
		}
		return w.Body.String()
	}
	if got := ask("/checkpoint"); got != want {
		t.Errorf("the file is %q, want %q", got, want)
	}
	if _, err := ledger.ParseCheckpoint(ask("/checkpoint")); err != nil {
		t.Error(err)
	}
	for _, lang := range []string{"sq", "sr", "sr-Latn", "en"} {
		html := ask("/" + lang + "/checkpoint")
		for _, entry := range strings.Split(strings.TrimSpace(want), "\n") {
			if !strings.Contains(html, strings.ReplaceAll(entry, "+", "&#43;")) {
				t.Errorf("%s: the page lacks %q", lang, entry)
			}
		}
	}
}
