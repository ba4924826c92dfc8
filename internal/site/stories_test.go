package site

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"fener/internal/batch"
	"fener/internal/page"
	"fener/internal/record"
	"fener/law"
	"fener/locale"
	"fener/period"
)

const storyTop = "---\nstory: a-story\nauthor: SYNTHETIC author\ndate: 2026-01-02\n---\n"

// told takes a story in, or ends the test.
func (d *testRecord) told(text string) {
	d.Helper()
	var refused []string
	options := batch.Options{By: "officer", Why: "a story", State: record.Published, Reviewed: true, Now: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC),
		Item: func(it *batch.Item) error {
			for _, r := range it.Refused {
				refused = append(refused, r.Text(locale.EN))
			}
			return nil
		}}
	if _, err := d.tell(strings.NewReader(text), options); err != nil {
		d.Fatalf("%v: %s", err, strings.Join(refused, "; "))
	}
}

// judgments is how many judgments the record counts, and would with one more.
func (d *testRecord) judgments() (n, more string) {
	d.Helper()
	var doc struct{ Figure struct{ Value int } }
	if err := json.Unmarshal([]byte(body(d, get(d, d.handler(), "/en/figures/judgments.json"))), &doc); err != nil || doc.Figure.Value < 5 {
		d.Fatalf("%d judgments: %v", doc.Figure.Value, err)
	}
	return strconv.Itoa(doc.Figure.Value), strconv.Itoa(doc.Figure.Value + 1)
}

// everyKind places one of everything.
const everyKind = storyTop + `--- en
# A story

There are {{value judgments}} judgments, {{value judgments year=2013}} of 2013.

## One

{{claim small-talk-2018 3}}

{{figure persons_judged by=year}}

{{chart figures/share_convicted by=court}}

## Two

{{chart reported/victims_identified}}

{{said victims_identified 2017}}

{{quote k20-small-talk-2018 "The lowest fine issued was just 600 euros."}}

## Three

{{law 06/L-074:165(1)}}

{{case p-309-2010-prishtina}}
--- sr
# Priča

Presuda: {{value judgments}}, u 2013: {{value judgments year=2013}}.
`

func TestAStoryShowsWhatItPlacesInEveryLanguage(t *testing.T) {
	d := newRecord(t).kosovo()
	d.told(everyKind)
	h := d.handler()
	n, _ := d.judgments()
	for _, row := range []struct {
		lang locale.Lang
		has  []string
		not  []string
	}{
		{locale.EN, []string{
			`<h1>A story</h1>`, `<span class="placed"><a href="/en/figures/judgments">` + n + `</a></span> judgments`, `<a href="/en/rows?measure=judgments&amp;year=2013">`,
			`In 2017 seven traffickers received suspended sentences.</a>`, `Cannot be checked`, `id="placed-2-chart"`, `id="placed-3-chart"`, `class="obs`, `id="placed-5-said"`,
			`The lowest fine issued was just 600 euros.`, `href="/en/provisions/06-L-074/165-1"`, `309/10`, `<a href="#part-2">Two</a>`,
			`The text is as it was written on 2 January 2026.`, `<h2>Sources</h2>`, `SYNTHETIC author`, `BibTeX`,
		}, []string{"{{", "stories.", "taken off the record"}},
		{locale.SQ, []string{`<span lang="en">A story</span>`, `<div class="stack" lang="en"><p>There are <span class="placed" lang="sq"><a href="/sq/figures/judgments">` + n + `</a>`,
			`Ky rrëfim nuk është shkruar në këtë gjuhë (Shqip)`, `Nuk mund të verifikohet`}, []string{"{{", "stories."}},
		{locale.SRLatn, []string{`<h1>Priča</h1>`, `<p>Presuda: <span class="placed">`}, []string{"{{", "stories.", "nije napisana"}},
		{locale.SR, []string{`<h1>Прича</h1>`, `<p>Пресуда: <span class="placed"><a href="/sr/figures/judgments">` + n + `</a></span>, у 2013:`}, []string{"{{", "stories.", "nije", "није написана"}},
	} {
		t.Run(string(row.lang), func(t *testing.T) {
			r := get(t, h, "/"+string(row.lang)+"/stories/a-story")
			html := body(t, r)
			if r.StatusCode != http.StatusOK {
				t.Fatalf("%d: %s", r.StatusCode, html)
			}
			html += body(t, get(t, h, "/"+string(row.lang)+"/stories/a-story?page=2"))
			for _, want := range row.has {
				if !strings.Contains(html, want) {
					t.Errorf("the page lacks %s", want)
				}
			}
			for _, word := range row.not {
				if _, main, _ := strings.Cut(html, "<main"); strings.Contains(strings.ReplaceAll(main, "author = {{Fener}}", ""), word) && !strings.Contains(word, "{{") {
					t.Errorf("the page has %s", word)
				}
			}
		})
	}
}

func TestAStoryAsDataListAndFeed(t *testing.T) {
	d := newRecord(t).kosovo()
	d.told(everyKind)
	h := d.handler()
	var doc struct {
		Story struct {
			Name      string
			Languages []string
		}
		Parts []struct {
			Text   string
			Placed *struct{ Verb, Named, Path, Now, Was string }
		}
		InText []struct{ Named, Now, Was string } `json:"in_text"`
	}
	if err := json.Unmarshal([]byte(body(t, get(t, h, "/en/stories/a-story.json"))), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Story.Name != "a-story" || strings.Join(doc.Story.Languages, " ") != "sr en" {
		t.Errorf("the story is %+v", doc.Story)
	}
	var verbs []string
	for _, p := range doc.Parts {
		if p.Placed == nil {
			continue
		}
		verbs = append(verbs, p.Placed.Verb)
		if p.Placed.Path == "" || p.Placed.Now != p.Placed.Was {
			t.Errorf("placed is %+v", *p.Placed)
		}
	}
	if got := strings.Join(verbs, " "); got != "claim figure chart chart said quote law case" {
		t.Errorf("placed are %s", got)
	}
	n, _ := d.judgments()
	if len(doc.InText) != 2 || doc.InText[0].Now != n || doc.InText[0].Was != n || !strings.Contains(doc.Parts[0].Text, "{{value judgments}}") {
		t.Errorf("in the text stand %+v; it begins %q", doc.InText, doc.Parts[0].Text)
	}
	for path, want := range map[string]string{
		"/en/stories": `href="/en/stories/a-story"`, "/sq/stories": `href="/sq/stories/small-talk-2018"`, "/en/stories.json": `"path": "stories/a-story"`,
		"/en/stories.atom": `https://fener.example/en/stories/a-story`, "/en/stories/a-story.bib": "A story (SYNTHETIC author)", "/en/search?q=judgments+of+2013": `href="/en/stories/a-story"`,
		"/en/changes": `href="/en/stories/a-story"`,
	} {
		if got := body(t, get(t, h, path)); !strings.Contains(got, want) {
			t.Errorf("%s lacks %s", path, want)
		}
	}
}

func TestTheSameStoryIsTheSameBytes(t *testing.T) {
	d := newRecord(t).kosovo()
	d.told(everyKind)
	for _, path := range []string{"/en/stories/a-story", "/sr/stories/a-story", "/en/stories/a-story.json", "/en/stories.atom"} {
		first := body(t, get(t, d.handler(), path))
		for range 3 {
			if again := body(t, get(t, d.handler(), path)); again != first {
				t.Errorf("%s differs from one making to the next", path)
			}
		}
	}
}

// What a story placed changes, and goes away. Where it stood the page says so, and nothing of it can be read anywhere else.
func TestWhatAStoryPlacedMayChangeAndGoAway(t *testing.T) {
	d := newRecord(t).kosovo()
	source, article, claim := d.id(record.SourceKind, "secretslug"), d.id(record.ArticleKind, "secretarticle"), d.id(record.ClaimKind, "secretarticle-1")
	d.enter(record.SourceKind, source, 0, record.Published, "", record.Source{Title: "Secrettitle"})
	d.enter(record.ArticleKind, article, 0, record.Published, "", record.Article{Title: "Secretarticle", Source: source})
	d.enter(record.ClaimKind, claim, 0, record.Published, "", record.Claim{Article: article, N: 1, Statement: record.Names{EN: "Secretclaim"},
		Quote: "secretquote", Comparison: record.Comparison{Indicator: "traffickers_suspended", Place: "Kosovo", From: period.MustDate("2017"), Operator: record.Equals, Value: "7"}})
	d.told(storyTop + "--- en\n# A story\n\nOf {{value judgments}} judgments.\n\n{{claim secretarticle 1}}\n\n{{quote secretslug \"secretwords\"}}\n\nThe end.\n")
	h := d.handler()
	n, more := d.judgments()
	for _, word := range []string{"Secretclaim", "secretquote", "secretwords", "Secrettitle"} {
		if html := body(t, get(t, h, "/en/stories/a-story")); !strings.Contains(html, word) {
			t.Errorf("the page lacks %s", word)
		}
	}

	// One judgment more, and the claim is contradicted by a source that came since.
	d.enter(record.CaseKind, "new", 0, record.Published, "", record.Case{Numbers: []string{"P 99/2020"}})
	d.enter(record.JudgmentKind, "new", 0, record.Published, "", record.Judgment{Case: "new", Date: period.MustDate("2020-05-05"), Instance: record.FirstInstance,
		Defendants: []record.Defendant{{Label: "A.B.", Counts: []record.Count{{Charged: "trafficking", Verdict: law.Acquitted}}}},
		Citations:  []record.Citation{{Source: source, Quote: "acquitted"}}})
	d.enter(record.SourceKind, "police", 0, record.Published, "", record.Source{Title: "Police"})
	d.enter(record.ObservationKind, "nine", 0, record.Published, "", record.Observation{Indicator: "traffickers_suspended", Place: "Kosovo", From: period.MustDate("2017"),
		Value: record.ParseStated("9"), Unit: "persons", CountedBy: "Kosovo Police", Citation: record.Citation{Source: "police", Quote: "nine"}})
	html := body(t, get(t, h, "/en/stories/a-story"))
	for _, want := range []string{more + `</a></span> <span class="small">(On 2 January 2026, when the text was taken in: ` + n + `.)</span>`, "Independent sources disagree", "when the text was taken in: supported."} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %s", want)
		}
	}

	d.enter(record.ClaimKind, claim, 1, record.Withdrawn, "", record.Claim{})
	d.enter(record.JudgmentKind, "new", 1, record.Withdrawn, "", record.Judgment{})
	d.enter(record.ArticleKind, article, 1, record.Withdrawn, "", record.Article{})
	d.enter(record.SourceKind, source, 1, record.Withdrawn, "", record.Source{})
	d.told(storyTop + "--- en\n# A story\n\nOf {{value judgments}} judgments, and a word more.\n") // the correction must not tell what stood there
	d.enter(record.StoryKind, d.id(record.StoryKind, "a-story"), 2, record.Published, "back", storyBefore(t, d))
	html = body(t, get(t, h, "/en/stories/a-story"))
	for _, want := range []string{"A claim stood here that was taken off the record.", "A quotation stood here whose source was taken off the record.", "The end."} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	for _, l := range locale.All {
		for _, path := range []string{"stories/a-story", "stories/a-story.json", "stories", "stories.json", "stories.atom", "changes", "changes.json", "changes.csv", "changes.atom", "search?q=story",
			"search.json?q=secretwords", "search.json?q=secretslug", "stories/a-story.bib"} {
			answer := strings.ToLower(body(t, get(t, h, "/"+string(l)+"/"+path)))
			answer = strings.NewReplacer(`"query": "secretwords"`, "", `"query": "secretslug"`, "").Replace(answer) // what was asked for
			if at := strings.Index(answer, "secret"); at >= 0 {
				t.Errorf("%s %s still says %.60q", l, path, answer[at:])
			}
		}
	}
}

// storyBefore is the first revision of the story.
func storyBefore(t *testing.T, d *testRecord) record.Story {
	t.Helper()
	history, err := d.ledger.History(t.Context(), record.StoryKind, d.id(record.StoryKind, "a-story"))
	if err != nil {
		t.Fatal(err)
	}
	var s record.Story
	if err := record.Decode(history[0].Body, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// A case turns out to have a child victim after a story quoted a source of it: the words go from the story, too, and the case is named
// as coarsely as on its own page.
func TestAStoryKeepsBackWhatTheCaseOfAChildRestsOn(t *testing.T) {
	d := newRecord(t)
	source, owner := d.id(record.SourceKind, "secretslug"), d.id(record.CaseKind, "p-1")
	d.enter(record.SourceKind, source, 0, record.Published, "", record.Source{Title: "Secrettitle", Publisher: "A paper", Published: period.MustDate("2020-03-12")})
	d.enter(record.CaseKind, owner, 0, record.Published, "", record.Case{Numbers: []string{"P 1/2020"}})
	d.enter(record.JudgmentKind, "p-1-first", 0, record.Published, "", record.Judgment{Case: owner, Date: period.MustDate("2020-03-12"), Instance: record.FirstInstance,
		Defendants: []record.Defendant{{Label: "A.B.", Counts: []record.Count{{Charged: "trafficking", Verdict: law.Convicted}}}},
		Citations:  []record.Citation{{Source: source, Quote: "secretjudged"}}})
	d.told(storyTop + "--- en\n# A story\n\nBefore.\n\n{{quote secretslug \"secretwords\"}}\n\n{{case p-1}}\n")
	h := testHandler(t, func(c *page.Config) { c.View, c.Ledger, c.Seq, c.ID = d.view, d.ledger, d.view.Shown, d.id })
	if html := body(t, get(t, h, "/en/stories/a-story")); !strings.Contains(html, "secretwords") || !strings.Contains(html, "12 March 2020") {
		t.Errorf("the story lacks what it placed: %s", html)
	}
	d.enter(record.CaseKind, owner, 1, record.Published, "", record.Case{Numbers: []string{"P 1/2020"}, ChildVictim: law.Yes})
	for _, l := range locale.All {
		for _, path := range []string{"stories/a-story", "stories/a-story.json", "stories.atom", "changes", "search?q=before"} {
			answer := body(t, get(t, h, "/"+string(l)+"/"+path))
			for _, secret := range []string{"secretwords", "secretjudged", "secretslug", "Secrettitle", "March", "mars", "марта", "2020-03-12"} {
				if strings.Contains(answer, secret) {
					t.Errorf("%s %s still says %s", l, path, secret)
				}
			}
		}
	}
	html := body(t, get(t, h, "/en/stories/a-story"))
	for _, want := range []string{"The words are kept back", "A child is among the victims", "2020"} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

func TestAStoryThatIsWithdrawnOrNeverWas(t *testing.T) {
	d := newRecord(t).kosovo()
	h := d.handler()
	if r := get(t, h, "/en/stories/nothing"); r.StatusCode != http.StatusNotFound {
		t.Errorf("a story that never was answers %d", r.StatusCode)
	}
	if r := get(t, h, "/en/stories/small-talk-2018?page=9"); r.StatusCode != http.StatusBadRequest {
		t.Errorf("a page beyond the last answers %d", r.StatusCode)
	}
	d.enter(record.StoryKind, d.id(record.StoryKind, "small-talk-2018"), 1, record.Withdrawn, "an error in it", record.Story{})
	r := get(t, h, "/en/stories/small-talk-2018")
	if html := body(t, r); r.StatusCode != http.StatusGone || !strings.Contains(html, "an error in it") || strings.Contains(html, "point by point") {
		t.Errorf("a withdrawn story answers %d: %s", r.StatusCode, html)
	}
	if html := body(t, get(t, h, "/en/stories")); strings.Contains(html, "small-talk-2018") {
		t.Error("the list still leads to it")
	}
}

// A story of any length stays light, in parts that a reader can turn.
func TestALongStoryComesInPages(t *testing.T) {
	d := newRecord(t).kosovo()
	d.told(storyTop + "--- sr\n# Priča\n\n" + strings.Repeat("## Deo\n\n"+strings.Repeat("Ovo je duga priča. ", 50)+"\n\n", 36))
	h := d.handler()
	html := body(t, get(t, h, "/sr/stories/a-story"))
	if !strings.Contains(html, `href="/sr/stories/a-story?page=2"`) {
		t.Fatal("a long story has no second page")
	}
	if !strings.Contains(html, `<a href="/sr/stories/a-story?page=2#part-`) {
		t.Error("the contents do not lead to headings on other pages")
	}
}
