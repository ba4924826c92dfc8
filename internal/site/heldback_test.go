package site

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"fener/internal/page"
	"fener/internal/record"
	"fener/locale"
	"fener/period"
)

// One girl in a town in a month stands on record, was corrected, was claimed in an article and replied to. Nothing that the public
// can ask for says how many, in which words, or where in the source.
func TestAVictimsFigureFinerThanTheRuleIsHeldBack(t *testing.T) {
	d := newRecord(t)
	const why = "arsyejafshehur"
	girl := record.Observation{Indicator: "victims_identified", Place: "Peja municipality", From: period.MustDate("2024-05"), Value: record.ParseStated("3"),
		Unit: "persons", CountedBy: "Kosovo Police", Attributes: record.Attributes{Sex: "femergjinia", Age: "moshafshehur", Origin: "romaperkatesia"}, Note: "shenimifshehur",
		Citation: record.Citation{Source: "police", Place: "faqjafshehur", Quote: "fjaletefshehura"}}
	words := girl
	words.Value, words.Unit, words.Place = record.ParseStated("vlerafshehur"), "words", "Gjakova"
	d.enter(record.SourceKind, "police", 0, record.Published, "", record.Source{Title: "Police statistics", Publisher: "Kosovo Police", Published: period.MustDate("2025-01-01")})
	d.enter(record.ObservationKind, "one", 0, record.Published, why, girl)
	girl.Value = record.ParseStated("4")
	d.enter(record.ObservationKind, "one", 1, record.Published, why, girl)
	d.enter(record.ObservationKind, "other", 0, record.Published, why, words)
	grew := girl
	grew.Place, grew.Value = "Prizren", record.ParseStated("2")
	d.enter(record.ObservationKind, "grew", 0, record.Published, "", grew)
	grew.Value, grew.Attributes, grew.Note, grew.Citation = record.ParseStated("12"), record.Attributes{}, "", record.Citation{Source: "police", Quote: "twelve"}
	d.enter(record.ObservationKind, "grew", 1, record.Published, why, grew) // "it was two" says what stood before
	whole := girl
	whole.Place, whole.From, whole.Value, whole.Attributes, whole.Note = "Kosovo", period.MustDate("2024"), record.ParseStated("31"), record.Attributes{}, "a note"
	whole.Citation = record.Citation{Source: "police", Quote: "31 viktima, prej tyre dy vajza"}
	d.enter(record.ObservationKind, "whole", 0, record.Published, "", whole)
	d.enter(record.SourceKind, "talk", 0, record.Published, "", record.Source{Title: "A talk"})
	d.enter(record.ArticleKind, "talk", 0, record.Published, "", record.Article{Title: "A talk", Source: "talk"})
	d.enter(record.ClaimKind, "talk-1", 0, record.Published, "", record.Claim{Article: "talk", N: 1, Statement: record.Names{EN: "More than thirty"},
		Comparison: record.Comparison{Indicator: "victims_identified", Place: "Peja municipality", From: period.MustDate("2024-05"), Operator: record.AtMost, Value: "30"}})
	h := testHandler(t, func(c *page.Config) { c.View, c.Ledger, c.Seq = d.view, d.ledger, d.view.Shown })

	paths := []string{"reported", "reported/victims_identified", "reported/victims_identified/2024", "embed/reported/victims_identified", "conflicts", "missing", "claims",
		"claims/talk", "claims/talk/1", "sources", "sources/police", "changes", "search?q=peja", "search?q=fjaletefshehura", "search?q=vlerafshehur", "search?q=victims", "institutions", ""}
	secret := []string{why, "femergjinia", "moshafshehur", "romaperkatesia", "shenimifshehur", "faqjafshehur", "vlerafshehur", "dy vajza",
		`"text": "4"`, `"text": "3"`, `"low": "4"`, `"low": "3"`, `class="value">4<`, `class="value">3<`, ",4,exact", ",3,exact", `: "supported"`}
	answered := 0
	for _, l := range locale.All {
		for _, path := range paths {
			for _, form := range []string{"", ".json", ".csv", ".atom", ".bib"} {
				at, query, _ := strings.Cut(path, "?")
				at = strings.TrimSuffix("/"+string(l)+"/"+at+form+"?"+query, "?")
				r := get(t, h, at)
				html := body(t, r)
				if r.StatusCode == http.StatusOK {
					answered++
				}
				for _, s := range secret {
					if strings.Contains(html, s) && !strings.Contains(path, s) {
						t.Errorf("%s holds %q", at, s)
					}
				}
				if strings.Contains(html, "fjaletefshehura") && !strings.Contains(path, "fjaletefshehura") {
					t.Errorf("%s holds the quotation", at)
				}
			}
		}
	}
	if answered < 100 {
		t.Errorf("only %d pages and files answered", answered)
	}
	if o := body(t, get(t, h, "/oembed?url="+url.QueryEscape("https://fener.example/en/embed/reported/victims_identified"))); strings.Contains(o, "fjaletefshehura") {
		t.Error("oEmbed holds the quotation")
	}
	for path, want := range map[string][]string{
		"/en/reported/victims_identified/2024":      {"held back: may tell of fewer than 5", `href="/en/method#victims"`, `<span class="value">31</span>`},
		"/sr/reported/victims_identified/2024":      {"задржано: може да ода мање од 5"},
		"/sq/reported/victims_identified":           {"e fshehur: mund të tregojë më pak se 5", "/sq/method#victims"},
		"/en/reported/victims_identified/2024.json": {`"kind": "held_back"`, `"id": "one"`},
		"/en/reported/victims_identified.csv":       {"held_back"},
		"/en/claims/talk/1":                         {"Cannot be checked", "the figure is held back", "held back: may tell of fewer than 5"},
		"/en/sources/police":                        {"held back: may tell of fewer than 5"},
	} {
		html := body(t, get(t, h, path))
		for _, w := range want {
			if !strings.Contains(html, w) {
				t.Errorf("%s does not say %q", path, w)
			}
		}
	}
	if found := body(t, get(t, h, "/en/search.json?q=vlerafshehur")); strings.Contains(found, `"observation"`) {
		t.Error("search finds a figure by a value that is held back")
	}
}

// The example itself: what it holds back stands nowhere, and its quotations beside do not tell it either.
func TestTheExampleHoldsBackWhatTheRuleSays(t *testing.T) {
	h := testHandler(t, nil)
	for _, path := range []string{"reported/victims_male_labour", "reported/victims_male_labour.json", "reported/victims_male_labour.csv", "reported/victims_male_labour/2012",
		"reported/victims_children", "reported/victims_children/2021", "reported/victims_children.json", "reported/victims_sex_trafficking/2021", "reported/victims_sex_trafficking.csv",
		"sources/tip-2022", "sources/tip-2022.json", "sources/kosovalive360-2017", "sources/kosovalive360-2017.csv", "search.json?q=boys", "search?q=meshkujve"} {
		r := get(t, h, "/en/"+path)
		html := body(t, r)
		if r.StatusCode != http.StatusOK {
			t.Errorf("%s answers %d", path, r.StatusCode)
		}
		for _, s := range []string{"two boys", "Numri i meshkujve të trafikuar"} {
			if strings.Contains(html, s) {
				t.Errorf("%s holds %q", path, s)
			}
		}
	}
	for path, want := range map[string]string{"victims_male_labour/2012": "held back: may tell of fewer than 5", "victims_children/2021": "held back: may tell of fewer than 5", "victims_male/2018": `<span class="value">1</span>`,
		"victims_forced_begging/2021": `<span class="value">3</span>`, "victims_sex_trafficking/2021": `<span class="value">19</span>`} {
		if html := body(t, get(t, h, "/en/reported/"+path)); !strings.Contains(html, want) {
			t.Errorf("%s does not say %q", path, want)
		}
	}
}

func TestTheLimitsStandOnTheMethodPage(t *testing.T) {
	h := testHandler(t, nil)
	for l, want := range map[string]string{
		"en": "fewer than 5 persons; at least 181 days; attributes: 1; a whole country", "sq": "më pak se 5 persona; së paku 181 ditë; veçori: 1; një vend i tërë",
		"sr-Latn": "manje od 5 lica; bar 181 dana; obeležja: 1; cela zemlja", "sr": "мање од 5 лица; бар 181 дана; обележја: 1; цела земља",
	} {
		if html := body(t, get(t, h, "/"+l+"/method")); !strings.Contains(html, want) || !strings.Contains(html, `id="victims"`) {
			t.Errorf("/%s/method does not say %q", l, want)
		}
	}
	if html := body(t, get(t, h, "/en/method.json")); !strings.Contains(html, `"fewer_than": 5`) || !strings.Contains(html, `"shortest_period_days": 181`) {
		t.Error("the method's data do not hold the limits")
	}
}
