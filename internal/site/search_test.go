package site

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"fener/internal/api"
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
			{"shelter", "institutions/mpms", "funder of <strong>shelters</strong>"},
			{"strehimore", "sources/mpms-2018", ""},
			{"strehimore", "reported/ngo_shelters_count", ""},
			{"склоништа", "claims/small-talk-2018/9", "<strong>skloništa</strong>"},
			{"neni 165 paragrafi 1", "provisions/06-L-074/165-1", ""},
			{"small talk", "claims/small-talk-2018", ""},
			{"prishtin", "courts/basic_court_prishtina", ""},
		} {
			r := get(t, h, "/"+string(l)+"/search?q="+url.QueryEscape(c.query))
			page := body(t, r)
			if r.StatusCode != http.StatusOK || !strings.Contains(page, `href="/`+string(l)+"/"+byID(c.href)+`"`) || !strings.Contains(page, c.words) {
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
		var d api.SearchDocument
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

func TestSnippetsShowTheWordsInAnySpelling(t *testing.T) {
	f := finder{words: []string{"strehim", "grate"}, open: false}
	long := strings.Repeat("fjalë ", 60) + "Strehim për gratë " + strings.Repeat("tjetër ", 60)
	got := ""
	for _, p := range f.snippet([]string{"", "Titulli", long}, "Titulli") {
		if p.Found {
			got += "[" + p.Text + "]"
		} else {
			got += p.Text
		}
	}
	if !strings.HasPrefix(got, "… fjalë ") || !strings.Contains(got, "[Strehim] për [gratë]") || !strings.HasSuffix(got, " …") || len(got) > 300 {
		t.Errorf("the snippet is %q", got)
	}
	if p := f.snippet([]string{"Titulli"}, "Titulli"); p != nil {
		t.Errorf("the title alone gives %v", p)
	}
	if p := f.snippet([]string{"x", "Something else."}, "x"); len(p) != 1 || p[0].Found || p[0].Text != "Something else." {
		t.Errorf("a text without the words gives %v", p)
	}
}
