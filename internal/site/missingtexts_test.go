package site

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"fener/internal/site/missing"
	"fener/locale"
)

// The page of what is missing ranks the texts of the law that counts on record wait for, in every language.
func TestMissingTextsAreRanked(t *testing.T) {
	h := testHandler(t, nil)
	var d missing.MissingDocument
	if err := json.Unmarshal([]byte(body(t, get(t, h, "/en/missing.json"))), &d); err != nil {
		t.Fatal(err)
	}
	var texts []missing.Gap
	for _, g := range d.Missing {
		if g.Kind == "text" {
			texts = append(texts, g)
		}
	}
	if len(texts) < 2 || !slices.IsSortedFunc(texts, func(a, b missing.Gap) int { return b.Counts - a.Counts }) || texts[0].Law == "" || texts[0].What == "" {
		t.Fatalf("the texts are %+v, want several, those that most counts wait for first", texts)
	}
	for _, l := range locale.All {
		html := body(t, get(t, h, "/"+string(l)+"/missing"))
		last := strings.Index(html, `id="texts"`)
		if last < 0 {
			t.Errorf("%s: the page has no table of texts", l)
			continue
		}
		for _, g := range texts {
			if at := strings.Index(html[last:], `href="/`+string(l)+`/`+g.Path+`"`); at < 0 {
				t.Errorf("%s: %s does not stand in its order", l, g.Path)
			}
		}
	}
	if sheet := body(t, get(t, h, "/en/missing.csv")); !strings.Contains(sheet, "law,provision,what,counts,path") || !strings.Contains(sheet, "text,,,,,0,"+texts[0].Law) {
		t.Errorf("the table reads %s", sheet)
	}
}
