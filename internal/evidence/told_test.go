package evidence_test

import (
	"fmt"
	"strings"
	"testing"

	"fener/internal/evidence"
	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
	"fener/period"
)

func amount(t *testing.T, text string) *record.Amount {
	t.Helper()
	a, _, err := record.ParseAmount(text, "")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func toldIn(source string) record.Telling {
	return record.Telling{Citation: record.Citation{Source: source, Quote: "SYNTHETIC in Xerxë"}}
}

// shelters: two houses, the group of both, one that is not named and can be none but them, one that could be another too, and a wider group.
var shelters = map[string]*record.Shelter{
	"a": {Means: "one"}, "b": {Means: "one"}, "c": {Means: "one"},
	"both":   {Means: "group", Members: []string{"a", "b"}},
	"closed": {Means: "unnamed", Members: []string{"a", "b"}},
	"any":    {Means: "unnamed", Members: []string{"a", "c"}},
	"all":    {Means: "group", Members: []string{"a", "b", "c"}},
	"houses": {Means: "group"},
}

// The claim of each row is made in the article "press", whose source is "press".
func TestAClaimIsComparedWithWhatIsToldOfShelters(t *testing.T) {
	year := period.MustDate
	shut := func(of, from, lasted, source string, change ...func(*record.Closure)) record.Body {
		l, err := period.ParseLength(lasted)
		if err != nil {
			t.Fatal(err)
		}
		c := &record.Closure{Without: record.Without{Shelters: []string{of}, From: year(from), To: year(from), Lasted: l, Cause: "late_call"}, Telling: toldIn(source)}
		for _, f := range change {
			f(c)
		}
		return c
	}
	sum := func(of, step, from, text, source string, change ...func(*record.Grant)) record.Body {
		g := &record.Grant{Shelters: []string{of}, Funders: []string{"government"}, Step: step, From: year(from), To: year(from), Amount: amount(t, text), Telling: toldIn(source)}
		for _, f := range change {
			f(g)
		}
		return g
	}
	paid := func(of, from, to, text, source string) record.Body {
		return &record.Payment{Shelters: []string{of}, Funders: []string{"government"}, From: year(from), To: year(to), Amount: amount(t, text), Telling: toldIn(source)}
	}
	because := func(cause string) func(*record.Closure) { return func(c *record.Closure) { c.Cause = cause } }
	some := func(c *record.Closure) { c.Some = true }
	closed := record.Comparison{Told: "closure", Shelter: "both", From: year("2017"), Operator: record.Exists}
	month := record.Comparison{Told: "closure", Shelter: "closed", From: year("2017"), Operator: record.Equals, Value: "1", Unit: "months"}
	late := record.Comparison{Told: "closure", Shelter: "closed", Cause: "late_call", From: year("2017"), Operator: record.Exists}
	made := late
	made.By = "ministry"
	got := record.Comparison{Told: "reported", Shelter: "both", By: "government", From: year("2017"), Operator: record.AboutThat, Value: "72000", Tolerance: "0.05", Unit: "EUR"}
	paidAtLeast := record.Comparison{Told: "paid", Shelter: "a", From: year("2017"), Operator: record.AtLeast, Value: "50000", Unit: "EUR"}
	paidAtMost := record.Comparison{Told: "paid", Shelter: "a", From: year("2017"), Operator: record.AtMost, Value: "50000", Unit: "EUR"}
	fell := record.Comparison{Told: "reported", Shelter: "both", From: year("2015"), Then: year("2017"), Operator: record.FellFrom, Unit: "EUR"}
	gapped := record.Comparison{Told: "gap", Shelter: "a", From: year("2018"), Operator: record.Exists}
	for _, row := range []struct {
		rule string
		cmp  record.Comparison
		told []record.Body
		want string
	}{
		{"nobody tells of a closure", closed, nil, "cannot_be_checked: nothing"},
		{"the article's own closure supports nothing", closed, []record.Body{shut("closed", "2017", "1 month", "press")}, "cannot_be_checked: alone; itself"},
		{"nor does a retelling of it", closed, []record.Body{shut("closed", "2017", "", "copy")}, "cannot_be_checked: alone; retells"},
		{"another tells of one that is not named and can be none but these", closed, []record.Body{shut("closed", "2017", "", "report")}, "supported: evidence; supports"},
		{"of one of them by name", closed, []record.Body{shut("b", "2017-03", "", "report")}, "supported: evidence; supports"},
		{"of one that could be another", closed, []record.Body{shut("any", "2017", "", "report")}, "cannot_be_checked: not_comparable; unlike shelter"},
		{"of some of more shelters", closed, []record.Body{shut("all", "2017", "", "report", some)}, "cannot_be_checked: not_comparable; unlike shelter"},
		{"of all of more shelters", closed, []record.Body{shut("all", "2017", "", "report")}, "supported: evidence; supports"},
		{"of shelters of which nobody says which they are", closed, []record.Body{shut("houses", "2017", "", "report")}, "cannot_be_checked: nothing"},
		{"of another shelter", closed, []record.Body{shut("c", "2017", "", "report")}, "cannot_be_checked: nothing"},
		{"of another year", closed, []record.Body{shut("a", "2018", "", "report")}, "cannot_be_checked: nothing"},
		{"a quotation that nobody could verify", closed, []record.Body{shut("a", "2017", "", "report", func(c *record.Closure) { c.Doubtful = true })},
			"cannot_be_checked: not_comparable; unlike quotation"},

		{"a month is told", month, []record.Body{shut("closed", "2017", "1 month", "report")}, "supported: evidence; supports"},
		{"that it closed is told, and not for how long", month, []record.Body{shut("closed", "2017", "", "report")}, "cannot_be_checked: part; part"},
		{"three months are told of the same", month, []record.Body{shut("closed", "2017", "3 months", "report")}, "contradicted: evidence; contradicts"},
		{"of one of a group another time may be another's", record.Comparison{Told: "closure", Shelter: "both", From: year("2017"), Operator: record.Equals, Value: "1", Unit: "months"},
			[]record.Body{shut("a", "2017", "3 months", "report")}, "cannot_be_checked: not_comparable; unlike shelter"},
		{"the cause is told", late, []record.Body{shut("closed", "2017", "", "report")}, "supported: evidence; supports"},
		{"another cause is told", late, []record.Body{shut("closed", "2017", "", "report", because("no_money"))}, "cannot_be_checked: part; part"},
		{"no cause is told", late, []record.Body{shut("closed", "2017", "", "report", because(""))}, "cannot_be_checked: part; part"},

		{"who made it is told", made, []record.Body{shut("closed", "2017", "", "report", func(c *record.Closure) { c.Answering = "ministry" })}, "supported: evidence; supports"},
		{"who made it is not told", made, []record.Body{shut("closed", "2017", "", "report")}, "cannot_be_checked: part; part"},

		{"the sum is told by the article alone", got, []record.Body{sum("both", "reported", "2017", "around 72,000 EUR", "press")}, "cannot_be_checked: alone; itself"},
		{"another reports it", got, []record.Body{sum("both", "reported", "2017", "72,500 EUR", "report")}, "supported: evidence; supports"},
		{"another reports more", got, []record.Body{sum("both", "reported", "2017", "90,000 EUR", "report")}, "contradicted: evidence; contradicts"},
		{"it was promised: another step", got, []record.Body{sum("both", "promised", "2017", "72,000 EUR", "report")}, "cannot_be_checked: not_comparable; unlike step"},
		{"one of them got less: allowed", got, []record.Body{sum("a", "reported", "2017", "40,000 EUR", "report")}, "cannot_be_checked: part; part"},
		{"one of them got more than both are said to have", got, []record.Body{sum("a", "reported", "2017", "90,000 EUR", "report")}, "contradicted: evidence; contradicts"},
		{"more shelters got it together", got, []record.Body{sum("all", "reported", "2017", "72,000 EUR", "report")}, "cannot_be_checked: not_comparable; unlike shelter"},
		{"another currency", got, []record.Body{sum("both", "reported", "2017", "72,000 USD", "report")}, "cannot_be_checked: not_comparable; unlike unit"},
		{"from somebody else", got, []record.Body{sum("both", "reported", "2017", "20,000 EUR", "report", func(g *record.Grant) { g.Funders = []string{"embassy"} })},
			"cannot_be_checked: not_comparable; unlike funder"},
		{"for a building", got, []record.Body{sum("both", "reported", "2017", "72,000 EUR", "report", func(g *record.Grant) { g.Purpose = "building" })},
			"cannot_be_checked: not_comparable; unlike kind"},
		{"signed for, whatever the word for the step", got, []record.Body{sum("both", "reported", "2017", "72,000 EUR", "report", func(g *record.Grant) { g.Signed = year("2017-02-01") })},
			"cannot_be_checked: not_comparable; unlike step"},

		{"parts of the year reach the sum", paidAtLeast, []record.Body{paid("a", "2017-01", "2017-06", "30,000 EUR", "report"), paid("a", "2017-07", "2017-12-30", "25,000 EUR", "report")},
			"supported: evidence; supports, supports"},
		{"parts of the year do not reach it, and there may be more", paidAtLeast, []record.Body{paid("a", "2017-01", "2017-06", "30,000 EUR", "report")}, "cannot_be_checked: part; part"},
		{"parts of the year are above the most", paidAtMost, []record.Body{paid("a", "2017-01", "2017-06", "30,000 EUR", "report"), paid("a", "2017-07", "2017-12-30", "25,000 EUR", "report")},
			"contradicted: evidence; contradicts, contradicts"},
		{"parts that overlap are not added", paidAtLeast, []record.Body{paid("a", "2017-01", "2017-07", "30,000 EUR", "report"), paid("a", "2017-07", "2017-12-30", "25,000 EUR", "report")},
			"cannot_be_checked: not_comparable; unlike one_part, unlike one_part"},
		{"parts of two sources are not added", paidAtLeast, []record.Body{paid("a", "2017-01", "2017-06", "30,000 EUR", "report"), paid("a", "2017-07", "2017-12-30", "25,000 EUR", "other")},
			"cannot_be_checked: part; part, part"},

		{"one source tells both years", fell, []record.Body{sum("both", "reported", "2015", "100,000 EUR", "report"), sum("both", "reported", "2017", "72,000 EUR", "report")},
			"supported: evidence; supports, supports"},
		{"it rose", fell, []record.Body{sum("both", "reported", "2015", "72,000 EUR", "report"), sum("both", "reported", "2017", "100,000 EUR", "report")},
			"contradicted: evidence; contradicts, contradicts"},
		{"two sources tell a year each", fell, []record.Body{sum("both", "reported", "2015", "100,000 EUR", "report"), sum("both", "reported", "2017", "72,000 EUR", "other")},
			"cannot_be_checked: not_comparable; unlike one_amount, unlike one_amount"},

		{"a gap is stated", gapped, []record.Body{&record.Gap{Without: record.Without{Shelters: []string{"both"}, From: year("2018-01"), To: year("2018-02")}, Telling: toldIn("report")}},
			"supported: evidence; supports"},
		{"a gap was feared", gapped, []record.Body{&record.Gap{Without: record.Without{Shelters: []string{"a"}, From: year("2018-01")}, Feared: true, Telling: toldIn("report")}},
			"cannot_be_checked: nothing"},
		{"at the beginning of every year", gapped, []record.Body{&record.Gap{Without: record.Without{Shelters: []string{"both"}, From: year("2016"), To: year("2023")}, Yearly: true, Telling: toldIn("report")}},
			"supported: evidence; supports"},
	} {
		t.Run(row.rule, func(t *testing.T) {
			s := evidence.NewSet(nil)
			s.PutArticle("press", record.Article{Source: "press"})
			s.PutSource("copy", record.Source{Retells: "press"})
			for id, b := range shelters {
				s.PutTold(record.Thing{Kind: record.ShelterKind, ID: id}, b)
			}
			for i, b := range row.told {
				s.PutTold(record.Thing{Kind: "told", ID: fmt.Sprint(i)}, b)
			}
			st := s.Judge(&record.Claim{Article: "press", Comparison: row.cmp})
			said := fmt.Sprintf("%s: %s", st.Verdict, st.Why)
			for i, e := range st.Evidence {
				said += []string{"; ", ", "}[min(i, 1)] + strings.TrimSpace(string(e.Bearing)+" "+string(e.Cause))
			}
			if said != row.want {
				t.Errorf("%s, want %s", said, row.want)
			}
		})
	}
}

// A claim is judged anew when what is told of shelters changes, and what shares a source with a child victim's case is handed out without its words.
func TestWhatIsToldOfSheltersComesFromTheLedger(t *testing.T) {
	b := newBook(t)
	shut := record.Closure{Without: record.Without{Shelters: []string{"a"}, From: period.MustDate("2017")}, Telling: toldIn("report")}
	b.enter(b.change(record.SourceKind, "press", record.Published, record.Source{Title: "SYNTHETIC", Publisher: "Koha"}))
	b.enter(b.change(record.SourceKind, "report", record.Published, record.Source{Title: "SYNTHETIC", Publisher: "Koha"}))
	b.enter(b.change(record.ShelterKind, "a", record.Published, record.Shelter{Means: "one"}))
	b.enter(b.change(record.ArticleKind, "article", record.Published, record.Article{Title: "SYNTHETIC", Source: "press"}))
	b.enter(b.change(record.ClaimKind, "c", record.Published, record.Claim{Article: "article", N: 1, Statement: record.Names{EN: "SYNTHETIC it closed"},
		Comparison: record.Comparison{Told: "closure", Shelter: "a", From: period.MustDate("2017"), Operator: record.Exists}}))
	k := b.fold(view.Public)
	standing := func() evidence.Verdict {
		t.Helper()
		if err := k.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		st, _ := k.Set().Standing("c")
		return st.Verdict
	}
	before := k.Set()
	if got := standing(); got != evidence.CannotBe {
		t.Errorf("while nobody tells of it: %s", got)
	}
	b.enter(b.change(record.ClosureKind, "draft", record.Draft, shut))
	if got := standing(); got != evidence.CannotBe {
		t.Errorf("by a draft that nobody can read: %s", got)
	}
	b.enter(b.change(record.ClosureKind, "shut", record.Published, shut))
	if got := standing(); got != evidence.Supported {
		t.Errorf("when a report tells of it: %s", got)
	}
	if before.Told(record.Thing{Kind: record.ClosureKind, ID: "shut"}) != nil {
		t.Error("a set that was handed out is changed")
	}
	b.enter(b.change(record.SourceKind, "report", record.Published, record.Source{Title: "SYNTHETIC", Publisher: "Koha", Retells: "press"}))
	if got := standing(); got != evidence.CannotBe {
		t.Errorf("when the report turns out to retell the article: %s", got)
	}
	b.enter(b.change(record.JudgmentKind, "j", record.Published, record.Judgment{Case: "p", Citations: []record.Citation{{Source: "report"}}}))
	b.enter(b.change(record.CaseKind, "p", record.Published, record.Case{Numbers: []string{"P 1/20"}, ChildVictim: law.Yes}))
	standing()
	told, ok := evidence.TellingOf(k.Set().Told(record.Thing{Kind: record.ClosureKind, ID: "shut"}))
	if !ok || strings.Contains(fmt.Sprintf("%+v", told), "Xerx") {
		t.Errorf("the public reads %+v", told)
	}
	b.enter(b.change(record.ClosureKind, "shut", record.Withdrawn, shut))
	standing()
	if k.Set().Told(record.Thing{Kind: record.ClosureKind, ID: "shut"}) != nil {
		t.Error("what was withdrawn still stands")
	}
}
