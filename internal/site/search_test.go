package site

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"fener/internal/site/search"
	"fener/locale"
)

// The page knows what the record knows: each kind in its group, with a link and the words of the record, in every language form.
func TestSearchShowsEveryKindWithItsWords(t *testing.T) {
	h := testHandler(t, nil)
	for _, l := range locale.All {
		for _, c := range []struct{ query, href, words string }{
			{"600", "claims/small-talk-2018/5", "was just <strong>600</strong> euros"},
			{"600", "reported/lowest_fine_imposed/2017#lowest-fine-imposed-2017-k20-small-talk-2018", "was just <strong>600</strong> euros"},
			{"shelter", "reported/ngo_shelters_count", ""},
			{"funder of shelters", "institutions/mpms", "<strong>shelters</strong>"},
			{"shelter", "shelters/isf", ""},
			{"MVPT", "shelters/pvpt", "<strong>MVPT</strong>"},
			{"strehimore", "sources/mpms-2018", ""},
			{"strehimore", "reported/ngo_shelters_count", ""},
			{"склоништа", "claims/small-talk-2018/9", "<strong>skloništa</strong>"},
			{"neni 165 paragrafi 1", "provisions/06-L-074/165-1", ""},
			{"small talk", "claims/small-talk-2018", ""},
			{"prishtin", "courts/basic_court_prishtina", ""},
		} {
			r := get(t, h, "/"+string(l)+"/search?q="+url.QueryEscape(c.query))
			html := body(t, r)
			if r.StatusCode != http.StatusOK || !strings.Contains(html, `href="/`+string(l)+"/"+byID(c.href)+`"`) || !strings.Contains(html, c.words) {
				t.Errorf("%s: %s does not show %s with %q", l, c.query, c.href, c.words)
			}
		}
	}
}

// What the page shows stands in the document too, each with its address, and every address has a page.
func TestSearchAsDataLeadsToPages(t *testing.T) {
	h := testHandler(t, nil)
	seen := map[string]bool{}
	for _, query := range []string{"600", "shelter", "kosovo", "gjykata", "2018"} {
		var d search.SearchDocument
		if err := json.Unmarshal([]byte(body(t, get(t, h, "/en/search.json?q="+query))), &d); err != nil {
			t.Fatal(err)
		}
		for _, f := range d.Found {
			if seen[string(f.Kind)] {
				continue
			}
			seen[string(f.Kind)] = true
			path, _, _ := strings.Cut(f.Path, "#")
			if r := get(t, h, "/en/"+path); f.Path == "" || r.StatusCode != http.StatusOK {
				t.Errorf("%s %s leads to %q: %d", f.Kind, f.ID, f.Path, r.StatusCode)
			}
		}
	}
	for _, kind := range []string{"claim", "observation", "indicator", "institution", "source", "case", "article"} {
		if !seen[kind] {
			t.Errorf("nothing of the kind %s was found", kind)
		}
	}
}
