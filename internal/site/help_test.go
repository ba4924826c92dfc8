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

// How to reach the people behind the site stands at the foot of every page, where they say it.
func TestReadersCanReachThePeopleBehindTheSite(t *testing.T) {
	with := testHandler(t, func(c *page.Config) { c.Contact = "mailto:desk@example.org" })
	if html := body(t, get(t, with, "/en/cases")); !strings.Contains(html, `href="mailto:desk@example.org"`) {
		t.Error("the address does not stand on the page")
	}
	if html := body(t, get(t, testHandler(t, nil), "/en/cases")); strings.Contains(html, "mailto:") {
		t.Error("an address stands on the page though none was given")
	}
}

// The help page shows the numbers on record with their dates, says which are old, and dials them; the first stands on every page.
func TestHelpLinesAreShownWithTheirDate(t *testing.T) {
	h := testHandler(t, nil)
	html := body(t, get(t, h, "/en/help"))
	for _, want := range []string{`href="tel:192"`, `href="tel:080011112"`, "The source is old", "26 October 2018", "116 111 is the line of Albania"} {
		if !strings.Contains(html, want) {
			t.Errorf("the help page lacks %s", want)
		}
	}
	if strings.Contains(html, "+381") || strings.Contains(html, `tel:116111`) {
		t.Error("a number is shown that is not to be called")
	}
	if html := body(t, get(t, h, "/sr/cases")); !strings.Contains(html, `href="tel:192"`) {
		t.Error("no number stands at the foot of the page")
	}
}
