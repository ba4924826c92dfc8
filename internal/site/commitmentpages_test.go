package site

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"fener/internal/lang"
	"fener/internal/ledger"
	"fener/internal/page"
	"fener/internal/record"
	"fener/locale"
	"fener/period"
)

// twice publishes a thing as the rule of two asks: one person writes it and hands it in, another verifies it.
func (d *testRecord) twice(kind record.Kind, id string, base int, thing any) {
	d.Helper()
	body, err := record.Encode(thing)
	if err != nil {
		d.Fatal(err)
	}
	for i, step := range []struct {
		state record.State
		by    string
	}{{record.Draft, "officer"}, {record.Submitted, "officer"}, {record.Verified, "second"}, {record.Published, "second"}} {
		change := ledger.Change{Kind: kind, ID: id, Base: base + i, State: step.state, By: step.by, Why: "try", Body: body}
		if _, err := d.ledger.Append(d.Context(), []ledger.Change{change}); err != nil {
			d.Fatal(err)
		}
	}
	d.catchUp()
}

const promised = "By June the call will be open."

// promises is a record in which one ministry made commitments, each with what its name says became of it.
func promises(t testing.TB) *testRecord {
	t.Helper()
	d := newRecord(t)
	d.enter(record.SourceKind, "s1", 0, record.Published, "try", &record.Source{Title: "Minutes", Publisher: "Paper", Kind: "article", Language: "en", Published: period.MustDate("2026-01-02"), Address: "https://example.org/m"})
	d.enter(record.InstitutionKind, "moj", 0, record.Published, "try", &record.Institution{Names: record.Names{EN: "Ministry of Justice", SQ: "Ministria e Drejtësisë", SR: "Ministarstvo pravde"}, Type: "ministry"})
	d.enter(record.InstitutionKind, "old", 0, record.Published, "try", &record.Institution{Names: record.Names{EN: "Ministry of Labour"}, Type: "ministry", Successor: "moj"})
	d.enter(record.RuleKind, record.FourEyesID, 0, record.Published, "try", &record.Rule{InForce: true})
	quote := record.Citation{Source: "s1", Quote: promised}
	for id, institution := range map[string]string{"in-time": "moj", "late": "moj", "overdue": "moj", "back": "moj", "alone": "moj", "open": "old", "no-date": "Office of words"} {
		c := &record.Commitment{Institution: institution, What: record.Names{EN: "The call of " + id, SQ: "Thirrja " + id, SR: "Poziv " + id}, By: period.MustDate("2026-06-30"), Said: period.MustDate("2026-01-02"),
			Telling: record.Telling{Citation: quote}}
		switch id {
		case "no-date":
			c.By, c.ByWords = period.Date{}, "before winter"
		case "open":
			c.By = period.MustDate("2026-12-31")
		case "overdue":
			c.Later = []record.Later{{By: period.MustDate("2027-06-30"), Said: period.MustDate("2026-07-02"), Citation: record.Citation{Source: "s1", Quote: "It will be next June."}}}
		}
		d.twice(record.CommitmentKind, id, 0, c)
	}
	outcome := func(of, supports, asOf, kept string, second bool) {
		o := &record.Outcome{Commitment: of, Supports: supports, AsOf: period.MustDate(asOf), Reading: record.Names{EN: "What " + of + " shows in " + asOf}, Citations: []record.Citation{{Source: "s1", Quote: "evidence of " + asOf}}}
		if kept != "" {
			o.Kept = period.MustDate(kept)
		}
		if id := of + "-" + asOf; second {
			d.twice(record.OutcomeKind, id, 0, o)
		} else { // the rule did not hold when it was published
			d.enter(record.RuleKind, record.FourEyesID, 1, record.Published, "try", &record.Rule{})
			d.enter(record.OutcomeKind, id, 0, record.Published, "try", o)
			d.enter(record.RuleKind, record.FourEyesID, 2, record.Published, "try", &record.Rule{InForce: true})
		}
	}
	outcome("in-time", "kept", "2026-06", "2026-06-30", true)
	outcome("late", "kept", "2026-07", "2026-07-01", true)
	outcome("back", "kept", "2026-05", "2026-05-02", true)
	outcome("back", "not_kept", "2026-08", "", true)
	outcome("alone", "kept", "2026-06", "2026-06-01", false)
	d.enter(record.ReplyKind, "r1", 0, record.Published, "try", &record.Reply{Institution: "moj", About: record.CommitmentKind, ID: "overdue", Text: "It is done.", Language: "en", Date: period.MustDate("2026-07-05"), Says: "done"})
	d.enter(record.ReplyKind, "r2", 0, record.Published, "try", &record.Reply{Institution: "moj", About: record.CommitmentKind, ID: "open", Text: "We took it over.", Language: "en", Date: period.MustDate("2026-07-06"), Says: "under_way"})
	d.enter(record.ReplyKind, "r3", 0, record.Published, "try", &record.Reply{Institution: "old", About: record.CommitmentKind, ID: "no-date", Text: "They will do it.", Language: "en", Date: period.MustDate("2026-07-07"), Says: "done"})
	return d
}

func on(day string) func(*page.Config) {
	return func(c *page.Config) {
		c.Load.Clock = func() time.Time { return period.MustDate(day).Time().Add(12 * time.Hour) }
	}
}

func (d *testRecord) servedOn(day string) http.Handler {
	return testHandler(d, func(c *page.Config) {
		c.View, c.Seq, c.Ledger, c.ID = d.view, d.view.Shown, d.ledger, nil
		on(day)(c)
	})
}

// section is a part of a page, from where it begins with an id to its end.
func section(t testing.TB, html, id string) string {
	t.Helper()
	_, rest, found := strings.Cut(html, `<section id="`+id+`">`)
	if !found {
		t.Fatalf("no section %s", id)
	}
	text, _, _ := strings.Cut(rest, "</section>")
	return text
}

// Each answer stands by itself: what is said is not evidence, and a later date is beside the first one.
func TestACommitmentHasThreeAnswers(t *testing.T) {
	d := promises(t)
	h := d.servedOn("2026-09-01")
	for _, row := range []struct{ id, says, supports, timing string }{
		{"in-time", "Nothing on record", "supports that it was kept", "In time"},
		{"late", "Nothing on record", "supports that it was kept", "Late"},
		{"overdue", "Done", "No evidence was confirmed", "Overdue"},
		{"back", "Nothing on record", "supports that it was not kept", "In time"},
		{"alone", "Nothing on record", "No evidence was confirmed", "Overdue"},
		{"open", "Under way", "No evidence was confirmed", "Not due yet"},
		{"no-date", "Nothing on record", "No evidence was confirmed", "No date was said"}, // another body cannot speak for it
	} {
		html := body(t, get(t, h, "/en/commitments/"+row.id))
		for id, want := range map[string]string{"says": row.says, "supports": row.supports, "timing": row.timing} {
			if text := section(t, html, id); !strings.Contains(text, want) {
				t.Errorf("%s, %s lacks %q:%s", row.id, id, want, text)
			}
		}
		if !strings.Contains(html, promised) {
			t.Errorf("%s lacks the words in which it was promised", row.id)
		}
	}
	for path, wants := range map[string][]string{
		"overdue":   {"By when, as first said", "30 June 2026", "Dates named later", "30 June 2027", "It will be next June.", "It alone decides what is in time", "It is done."},
		"back":      {"It has gone back", "What evidence supported before", `id="reading-back-2026-05"`, "evidence of 2026-05"},
		"alone":     {"Read by one person, not confirmed yet", "It is not the standing", "What alone shows in 2026-06"},
		"no-date":   {"before winter", "Nothing is computed from them", "They will do it."},
		"method":    {"When a government ends", "stays with it", "absence", "Overdue"},
		"open.json": {`"timing": "not_due"`, `"on": "2026-09-01"`, `"institution_says": "under_way"`},
	} {
		html := body(t, get(t, h, "/en/commitments/"+path))
		for _, want := range wants {
			if !strings.Contains(strings.ToLower(html), strings.ToLower(want)) {
				t.Errorf("%s lacks %q", path, want)
			}
		}
	}
	if r := get(t, h, "/oembed?url=/en/commitments"); r.StatusCode != http.StatusOK || !strings.Contains(body(t, r), "/en/embed/commitments") {
		t.Errorf("how their picture is shown elsewhere: %d", r.StatusCode)
	}
	if n := strings.Count(body(t, get(t, h, "/en/commitments/overdue")), "It is done."); n != 1 {
		t.Errorf("the reply that stands among the answers is told %d times", n)
	}
	if r := get(t, h, "/en/commitments/nothing"); r.StatusCode != http.StatusNotFound {
		t.Errorf("one that never was: %d", r.StatusCode)
	}
}

// The list, its files, the institution and the first page say the same of each.
func TestCommitmentsAreListed(t *testing.T) {
	d := promises(t)
	h := d.servedOn("2026-09-01")
	html := body(t, get(t, h, "/en/commitments"))
	for _, want := range []string{"7 commitments", "Two people have read evidence on 3", "2 kept", "1 not kept", "1 has gone back", "On 1, one person has read evidence", "For 2, the first date has passed", "<svg"} {
		if !strings.Contains(html, want) {
			t.Errorf("the list lacks %q", want)
		}
	}
	if first, last := strings.Index(html, ">The call of in-time<"), strings.Index(html, ">The call of no-date<"); first < 0 || last < first {
		t.Error("what has no date does not come last")
	}
	for query, want := range map[string]string{"timing=overdue": "2 commitments", "supports=not_kept": "1 commitment", "institution=moj": "5 commitments", "institution=office-of-words": "1 commitment", "timing=late&sort=said": "1 commitment"} {
		if html := body(t, get(t, h, "/en/commitments?"+query)); !strings.Contains(html, want) {
			t.Errorf("%s lacks %q", query, want)
		}
	}
	if r := get(t, h, "/en/commitments?supports=nonsense"); r.StatusCode != http.StatusBadRequest {
		t.Errorf("nonsense: %d", r.StatusCode)
	}
	rows, err := csv.NewReader(get(t, h, "/en/commitments.csv").Body).ReadAll()
	if err != nil || len(rows) != 8 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	var doc struct {
		Commitments []struct {
			ID       string
			Standing struct{ Evidence_supports, Timing string }
		}
	}
	if err := json.Unmarshal(sent(t, get(t, h, "/en/commitments.json")), &doc); err != nil || len(doc.Commitments) != 7 {
		t.Fatalf("%d commitments, %v", len(doc.Commitments), err)
	}
	home := body(t, get(t, h, "/en/"))
	for _, want := range []string{"What was promised in public, and whether it was kept", "7 commitments", "All commitments"} {
		if !strings.Contains(home, want) {
			t.Errorf("the first page lacks %q", want)
		}
	}
	if strings.Contains(home, "No data yet") || strings.Contains(home, "What courts gave") {
		t.Error("a record of promises alone shows what it does not hold")
	}
	mine := body(t, get(t, h, "/en/institutions/moj"))
	if !strings.Contains(mine, "What it said it would do") || !strings.Contains(mine, "The call of overdue") || strings.Contains(mine, "The call of no-date") {
		t.Error("the institution's page has not its own commitments")
	}
	if html := body(t, get(t, h, "/en/search?q=overdue")); !strings.Contains(html, "/en/commitments/overdue") {
		t.Error("search does not find a commitment")
	}
}

// A page is made anew when the day is over, and a page of the past stands at its own day.
func TestWhatIsDueFollowsTheDay(t *testing.T) {
	d := promises(t)
	day := "2026-12-31"
	h := testHandler(d, func(c *page.Config) {
		c.View, c.Seq, c.Ledger, c.ID = d.view, d.view.Shown, d.ledger, nil
		c.Load.Clock = func() time.Time { return period.MustDate(day).Time().Add(12 * time.Hour) }
	})
	files := []string{"/en/commitments/open", "/en/commitments/open.json", "/en/commitments.csv?timing=overdue", "/en/institutions/old", "/en/"}
	before := map[string]string{}
	for _, path := range files {
		before[path] = body(t, get(t, h, path))
	}
	day = "2027-01-01"
	for _, path := range files {
		if body(t, get(t, h, path)) == before[path] {
			t.Errorf("%s is the same on the day after the last", path)
		}
	}
	past := d.pastHandler(on("2027-06-01"))
	at := d.view.Position()
	*d.clock = d.clock.AddDate(0, 2, 0)
	d.enter(record.SourceKind, "s2", 0, record.Published, "try", &record.Source{Title: "Later", Publisher: "Paper", Kind: "article", Language: "en"})
	for query, want := range map[string]string{"": "Overdue", "?as-of=2026-01-02": "Not due yet", "?as-of=2026-02-20": "Not due yet", fmt.Sprintf("?entry=%d", at): "Not due yet"} {
		if html := body(t, askPast(t, past, "/en/commitments/overdue"+query)); !strings.Contains(section(t, html, "timing"), want) {
			t.Errorf("with %q it does not stand as %q", query, want)
		}
	}
	rows := body(t, askPast(t, past, "/en/commitments.csv?as-of=2026-01-02"))
	if strings.Contains(rows, ",overdue,2026-01-02") || !strings.Contains(rows, "not_due,2026-01-02") {
		t.Error("the file of the past does not stand at its day")
	}
}

func TestTheFeedTellsOfDates(t *testing.T) {
	d := promises(t)
	titles := func(day string) (all string) {
		var feed struct {
			Entries []struct {
				ID    string `xml:"id"`
				Title string `xml:"title"`
			} `xml:"entry"`
		}
		if err := xml.Unmarshal(sent(t, get(t, d.servedOn(day), "/en/commitments.atom")), &feed); err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, e := range feed.Entries {
			if seen[e.ID] {
				t.Errorf("%s: two entries have one id", day)
			}
			seen[e.ID] = true
			all += e.Title + "\n"
		}
		return all
	}
	for _, row := range []struct{ day, want, never string }{
		{"2026-05-30", "supports that it was kept: The call of in-time", "Falls due soon: The call of overdue"},
		{"2026-05-31", "Falls due soon: The call of overdue", "Overdue:"},
		{"2026-06-30", "Falls due soon: The call of alone", "Overdue:"},
		{"2026-07-01", "Overdue: The call of overdue", "Overdue: The call of late"},
		{"2026-12-15", "Falls due soon: The call of open", "Overdue: The call of open"},
	} {
		got := titles(row.day)
		if !strings.Contains(got, row.want) {
			t.Errorf("%s lacks %q:\n%s", row.day, row.want, got)
		}
		if strings.Contains(got, row.never) {
			t.Errorf("%s tells %q", row.day, row.never)
		}
	}
}

// A newsroom can keep its talks alone: the first page then is no page of an empty record.
func TestARecordOfTalksAloneHasAFirstPage(t *testing.T) {
	d := newRecord(t)
	h := d.servedOn("2026-09-01")
	if html := body(t, get(t, h, "/en/")); !strings.Contains(html, "No data yet") {
		t.Error("an empty record does not say so")
	}
	d.enter(record.TalkKind, "t1", 0, record.Published, "try", &record.Talk{Names: record.Names{EN: "Who pays for January?", SQ: "Kush e paguan janarin?", SR: "Ko plaća januar?"}, Stage: "announced", Day: period.MustDate("2026-10-01")})
	words, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"en", "sq", "sr", "sr-Latn"} {
		r := get(t, h, "/"+lang+"/")
		html := body(t, r)
		if r.StatusCode != http.StatusOK || strings.Contains(html, `class="state"`) || !strings.Contains(html, `class="changes"`) || strings.Contains(html, `class="tally"`) || strings.Contains(html, words.T(locale.Lang(lang), "home.heading")) || !strings.Contains(html, `href="/`+lang+`/talks/t1"`) {
			t.Errorf("%s: status %d, or the page of an empty record", lang, r.StatusCode)
		}
	}
}
