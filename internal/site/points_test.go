package site

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"fener/internal/page"
)

// A figure's page begins with what the figure tells, and the highest year it names is the highest of its rows.
func TestAFigureBeginsWithItsMainPoints(t *testing.T) {
	h := testHandler(t, nil)
	var d struct {
		Breakdowns []struct {
			By   string `json:"by"`
			Rows []struct {
				Key   string   `json:"key"`
				Value *float64 `json:"value"`
			} `json:"rows"`
		} `json:"breakdowns"`
	}
	if err := json.Unmarshal([]byte(body(t, get(t, h, "/en/figures/judgments.json?by=year"))), &d); err != nil || len(d.Breakdowns) != 1 {
		t.Fatalf("%d breakdowns, want the one by year (%v)", len(d.Breakdowns), err)
	}
	most, year := 0.0, ""
	for _, row := range d.Breakdowns[0].Rows {
		if v := row.Value; v != nil && *v > most && row.Key != "none" {
			most, year = *v, row.Key
		}
	}
	if year == "" {
		t.Fatal("no year has a value")
	}
	text := body(t, get(t, h, "/en/figures/judgments"))
	points, _, _ := strings.Cut(text, `class="figure"`)
	if want := fmt.Sprintf("Highest in a year: %.0f, in %s.", most, year); !strings.Contains(points, want) {
		t.Errorf("the figure does not begin with %q", want)
	}
	for _, want := range []string{"On record: ", "Figures near this one"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	// The share stands beside the number with the same condition.
	share := body(t, get(t, h, "/en/figures/share_suspended"))
	if _, related, _ := strings.Cut(share, "Figures near this one"); !strings.Contains(strings.SplitN(related, "</ul>", 2)[0], `/en/figures/persons_suspended"`) {
		t.Error("the share of suspended sentences does not lead to their number")
	}
}

// Where nothing is on record nothing is said of it, and no year of one value is called the highest.
func TestAnEmptyFigureHasNoMainPoints(t *testing.T) {
	for name, h := range map[string]func(c *page.Config){"without a record": func(c *page.Config) { c.View = nil }} {
		if text := body(t, get(t, testHandler(t, h), "/en/figures/judgments")); strings.Contains(text, "Highest in a year") || strings.Contains(text, "On record:") {
			t.Errorf("%s: the page says what it cannot know", name)
		}
	}
}

// Every word that a page leads to is explained where it leads, in every language.
func TestTermsLeadToTheirPlace(t *testing.T) {
	h := testHandler(t, nil)
	for _, l := range []string{"sq", "sr", "sr-Latn", "en"} {
		words := body(t, get(t, h, "/"+l+"/glossary"))
		led := 0
		for _, path := range []string{"method", "cases/p-309-2010-prishtina", "cases/p-309-2010-prishtina/1/L.D.", "figures/judgments"} {
			for _, part := range strings.Split(body(t, get(t, h, "/"+l+"/"+path)), `href="/`+l+`/glossary#`)[1:] {
				id, _, _ := strings.Cut(part, `"`)
				led++
				if !strings.Contains(words, `<dt id="`+id+`">`) {
					t.Errorf("/%s/%s leads to the word %q, which is not explained", l, path, id)
				}
			}
		}
		if led < 15 {
			t.Errorf("%s: only %d words lead to their place", l, led)
		}
	}
}
