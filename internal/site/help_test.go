package site

import (
	"net/http"
	"strings"
	"testing"

	"fener/internal/page"
)

func TestTheNeutralPage(t *testing.T) {
	h := testHandler(t, func(c *page.Config) { c.Synthetic = true })
	r := get(t, h, "/units", "Accept-Language", "sr-Latn")
	html := body(t, r)
	if r.StatusCode != http.StatusOK || r.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%d, %q: want 200 and not stored", r.StatusCode, r.Header.Get("Cache-Control"))
	}
	for _, want := range []string{`<html lang="sr-Latn">`, "Merne jedinice", "<td>100</td><td>62,1</td>", "<td>-10</td><td>14,0</td>"} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	for _, not := range []string{"<a ", "<script", "Fener", "fener", "lantern", "SYNTHETIC", "/sr-Latn/"} {
		if strings.Contains(html, not) {
			t.Errorf("the neutral page has %q, which tells where the reader was or leads back", not)
		}
	}
}
