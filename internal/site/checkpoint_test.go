package site

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"fener/internal/ledger"
)

// The page and the file say what `fener ledger checkpoint` says, of the entries that are shown.
func TestTheCheckpointIsTheLedgers(t *testing.T) {
	d := newRecord(t).kosovo()
	report, err := d.ledger.Verify(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	want := report.Checkpoint().String()
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
		page := ask("/" + lang + "/checkpoint")
		for _, line := range strings.Split(strings.TrimSpace(want), "\n") {
			if !strings.Contains(page, strings.ReplaceAll(line, "+", "&#43;")) {
				t.Errorf("%s: the page lacks %q", lang, line)
			}
		}
	}
}
