package evidence

import (
	"fmt"
	"testing"

	"fener/internal/record"
	"fener/law"
	"fener/period"
)

func said(indicator, from, to, value, source string) record.Observation {
	return record.Observation{Indicator: indicator, Place: "Kosovo", From: period.MustDate(from), To: period.MustDate(to),
		Value: record.ParseStated(value), Unit: "persons", Citation: record.Citation{Source: source, Quote: value}}
}

// victims2017 is the series that the record disagrees on least understandably:
// three figures for one year, of three periods.
func victims2017() *Set {
	s := NewSet(nil)
	s.PutObservation("h1", said("victims", "2017-01-01", "2017-06-30", "16", "a"))
	s.PutObservation("q3", said("victims", "2017-01-01", "2017-09-30", "22", "b"))
	s.PutObservation("year", said("victims", "2017", "", "32", "c"))
	s.PutObservation("later", said("victims", "2019", "", "26", "c"))
	return s
}

func TestConflictSetsEveryValueBesideTheOthers(t *testing.T) {
	s := victims2017()
	c := s.Conflict(Series{"victims", "Kosovo"}, yearSpan(2017))
	want := []string{"32 same [period]", "22 part [period]", "16 part [period]"}
	if len(c.Said) != len(want) {
		t.Fatalf("%d observations, expected %d", len(c.Said), len(want))
	}
	for i, b := range c.Said {
		if got := fmt.Sprintf("%s %s %v", b.Value, b.Relation, b.Differences); got != want[i] {
			t.Errorf("observation %d is %s, expected %s", i, got, want[i])
		}
	}
	if c.Disagree {
		t.Error("a half-year and a year are said to disagree")
	}
}

func TestSamePeriodAndOtherValueDisagree(t *testing.T) {
	s := NewSet(nil)
	s.PutObservation("tip", said("victims", "2015", "", "28", "tip"))
	s.PutObservation("police", said("victims", "2015-01-01", "2015-12-31", "30", "police"))
	c := s.Conflict(Series{"victims", "Kosovo"}, yearSpan(2015))
	if !c.Disagree || c.Said[0].Differences[0] != Unexplained {
		t.Errorf("28 and 30 for one year: disagree %v, differences %v", c.Disagree, c.Said[0].Differences)
	}
}

func TestGapsAreTheYearsNobodySpokeOf(t *testing.T) {
	if got := fmt.Sprint(victims2017().Gaps(Series{"victims", "Kosovo"})); got != "[2018]" {
		t.Errorf("gaps are %s, expected 2018", got)
	}
}

func TestRemovingAnObservationLeavesNoTrace(t *testing.T) {
	s := victims2017()
	for _, id := range []string{"h1", "q3", "year", "later"} {
		s.RemoveObservation(id)
	}
	if len(s.AllSeries()) != 0 || s.Observation("h1") != nil {
		t.Error("something is left of what was removed")
	}
}

func claim(c record.Comparison) record.Claim {
	if c.Place == "" && c.Law == "" {
		c.Place = "Kosovo"
	}
	return record.Claim{Article: "article", N: 1, Statement: record.Names{EN: "x"}, Comparison: c}
}

func TestStandings(t *testing.T) {
	y := period.MustDate
	equals7 := record.Comparison{Indicator: "suspended", From: y("2017"), Operator: record.Equals, Value: "7", Unit: "persons"}
	fell := record.Comparison{Indicator: "money", Related: []string{"money_trend"}, From: y("2015"), Then: y("2017"), Operator: record.FellFrom}
	for _, c := range []struct {
		name string
		cmp  record.Comparison
		said map[string]record.Observation
		want string
	}{
		{"nothing on record", equals7, nil, "cannot_be_checked nothing"},
		{"the statement itself", equals7, map[string]record.Observation{"o": said("suspended", "2017", "", "7", "own")}, "cannot_be_checked alone"},
		{"a retelling of it", equals7, map[string]record.Observation{"o": said("suspended", "2017", "", "7", "retelling")}, "cannot_be_checked alone"},
		{"another source agrees", equals7, map[string]record.Observation{"o": said("suspended", "2017", "", "7", "other")}, "supported evidence"},
		{"another source differs", equals7, map[string]record.Observation{"o": said("suspended", "2017", "", "9", "other")}, "contradicted evidence"},
		{"sources disagree", equals7, map[string]record.Observation{"o": said("suspended", "2017", "", "7", "other"), "p": said("suspended", "2017", "", "9", "third")}, "cannot_be_checked disagree"},
		{"another period", equals7, map[string]record.Observation{"o": said("suspended", "2017-01-01", "2017-06-30", "3", "other")}, "cannot_be_checked not_comparable"},
		{"a censored value that allows it", record.Comparison{Indicator: "suspended", From: y("2017"), Operator: record.Equals, Value: "3"}, map[string]record.Observation{"o": said("suspended", "2017", "", "<5", "other")}, "cannot_be_checked part"},
		{"a censored value that excludes it", equals7, map[string]record.Observation{"o": said("suspended", "2017", "", "<5", "other")}, "contradicted evidence"},
		{"in words", equals7, map[string]record.Observation{"o": said("suspended", "2017", "", "several", "other")}, "cannot_be_checked words"},
		{"about, near enough", record.Comparison{Indicator: "suspended", From: y("2017"), Operator: record.AboutThat, Value: "72000", Tolerance: "0.05"}, map[string]record.Observation{"o": said("suspended", "2017", "", "70000", "other")}, "supported evidence"},
		{"about, too far", record.Comparison{Indicator: "suspended", From: y("2017"), Operator: record.AboutThat, Value: "72000", Tolerance: "0.05"}, map[string]record.Observation{"o": said("suspended", "2017", "", "60000", "other")}, "contradicted evidence"},
		{"more than is at least", record.Comparison{Indicator: "suspended", From: y("2017"), Operator: record.AtLeast, Value: "300"}, map[string]record.Observation{"o": said("suspended", "2017", "", "more than 300", "other")}, "supported evidence"},
		{"exists", record.Comparison{Indicator: "suspended", From: y("2017"), Operator: record.Exists}, map[string]record.Observation{"o": said("suspended", "2017", "", "temporarily", "other")}, "cannot_be_checked words"},
		{"a fall, the direction from another source", fell, map[string]record.Observation{"o": said("money_trend", "2016", "", "decrease", "other")}, "supported evidence"},
		{"exists, in a part of the period", record.Comparison{Indicator: "suspended", From: y("2013"), To: y("2018"), Operator: record.Exists}, map[string]record.Observation{"o": said("suspended", "2016", "", "3", "other")}, "supported evidence"},
		{"exists, partly outside the period", record.Comparison{Indicator: "suspended", From: y("2013"), To: y("2018"), Operator: record.Exists}, map[string]record.Observation{"o": said("suspended", "2018", "2019", "many", "other")}, "cannot_be_checked not_comparable"},
		{"a fall, trend into its first period", fell, map[string]record.Observation{"o": said("money_trend", "2015", "", "increase", "other")}, "cannot_be_checked not_comparable"},
		{"a fall, contradicted", fell, map[string]record.Observation{"o": said("money_trend", "2016", "", "increase", "other")}, "contradicted evidence"},
		{"a fall, trend of another time", fell, map[string]record.Observation{"o": said("money_trend", "2012", "", "decrease", "other")}, "cannot_be_checked nothing"},
		{"a fall, both amounts from another source", fell, map[string]record.Observation{"o": said("money", "2015", "", "100,000", "other"), "p": said("money", "2017", "", "72,000", "other")}, "supported evidence"},
		{"a fall, amounts of one source that rose", fell, map[string]record.Observation{"o": said("money", "2015", "", "70,000", "other"), "p": said("money", "2017", "", "72,000", "other")}, "contradicted evidence"},
		{"a fall, only its own amounts", fell, map[string]record.Observation{"o": said("money", "2015", "", "just over 100,000", "own"), "p": said("money", "2017", "", "around 72,000", "own")}, "cannot_be_checked alone"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := NewSet(nil)
			s.PutSource("own", record.Source{Title: "the article"})
			s.PutSource("retelling", record.Source{Title: "a retelling", Retells: "own"})
			s.PutArticle("article", record.Article{Title: "the article", Source: "own"})
			for id, o := range c.said {
				s.PutObservation(id, o)
			}
			cl := claim(c.cmp)
			st := s.Judge(&cl)
			if got := fmt.Sprintf("%s %s", st.Verdict, st.Why); got != c.want {
				t.Errorf("standing is %s, expected %s", got, c.want)
			}
		})
	}
}

func TestStandingOnTheLaw(t *testing.T) {
	pack, err := law.Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ ref, value, want string }{
		{"06/L-074:165(1) minimum", "5y", "supported law"},
		{"06/L-074:165(1) minimum", "3y", "contradicted law"},
		{"04/L-082:171(1) minimum", "5y", "cannot_be_checked unread"},
		{"99/L-999:1(1) minimum", "5y", "cannot_be_checked no_provision"},
	} {
		s := NewSet(pack)
		cl := claim(record.Comparison{Law: c.ref, Operator: record.Equals, Value: c.value})
		st := s.Judge(&cl)
		if got := fmt.Sprintf("%s %s", st.Verdict, st.Why); got != c.want {
			t.Errorf("%s is %s: standing is %s, expected %s", c.ref, c.value, got, c.want)
		}
	}
}

// A record that is not complete can show that there were at least so many; it
// can never show that there were not more.
func TestStandingOnTheRecord(t *testing.T) {
	for _, c := range []struct {
		held     float64
		complete bool
		operator record.Operator
		want     string
	}{
		{3, false, record.Equals, "cannot_be_checked incomplete"},
		{9, false, record.Equals, "contradicted record"},
		{9, false, record.AtLeast, "supported record"},
		{3, false, record.AtLeast, "cannot_be_checked incomplete"},
		{3, true, record.AtLeast, "contradicted record"},
		{7, true, record.Equals, "supported record"},
		{0, false, record.Exists, "cannot_be_checked incomplete"},
		{1, false, record.Exists, "supported record"},
	} {
		s := NewSet(nil)
		s.Figures = func(string, string, period.Span) (Recorded, bool) {
			return Recorded{Value: c.held, Complete: c.complete}, true
		}
		cl := claim(record.Comparison{Figure: "suspended", Operator: c.operator, Value: "7"})
		st := s.Judge(&cl)
		if got := fmt.Sprintf("%s %s", st.Verdict, st.Why); got != c.want {
			t.Errorf("%v held (complete %v), claimed %s 7: %s, expected %s", c.held, c.complete, c.operator, got, c.want)
		}
	}
}

func TestOnlyClaimsThatDependOnAnObservationAreRecomputed(t *testing.T) {
	s := NewSet(nil)
	s.PutArticle("article", record.Article{Title: "the article", Source: "own"})
	s.PutClaim("a", claim(record.Comparison{Indicator: "suspended", Operator: record.Exists}))
	s.PutClaim("b", claim(record.Comparison{Indicator: "fined", Operator: record.Exists}))
	s.Recompute(s.ClaimIDs())
	affected := s.PutObservation("o", said("suspended", "2017", "", "7", "other"))
	if fmt.Sprint(affected) != "[a]" {
		t.Fatalf("affected are %v, expected a alone", affected)
	}
	changes := s.Recompute(affected)
	if len(changes) != 1 || changes[0].Before.Verdict != CannotBe || changes[0].After.Verdict != Supported {
		t.Errorf("changes are %+v", changes)
	}
	if again := s.Recompute(affected); len(again) != 0 {
		t.Errorf("nothing changed, and %d changes are reported", len(again))
	}
}

// BenchmarkRecompute measures all standings after a publication with 10,000
// claims and 100,000 SYNTHETIC observations; the aim is under 200 ms.
func BenchmarkRecompute(b *testing.B) {
	s := NewSet(nil)
	s.PutArticle("article", record.Article{Title: "SYNTHETIC", Source: "own"})
	for i := range 100_000 {
		year := fmt.Sprint(2001 + i%25)
		s.PutObservation(fmt.Sprintf("SYNTHETIC-%06d", i), said(fmt.Sprintf("indicator%d", i%2000), year, "", fmt.Sprint(i%97), fmt.Sprintf("s%d", i%50)))
	}
	for i := range 10_000 {
		s.PutClaim(fmt.Sprintf("SYNTHETIC-%05d", i), claim(record.Comparison{Indicator: fmt.Sprintf("indicator%d", i%2000),
			From: period.MustDate(fmt.Sprint(2001 + i%25)), Operator: record.Equals, Value: fmt.Sprint(i % 97)}))
	}
	b.Run("all", func(b *testing.B) {
		ids := s.ClaimIDs()
		for b.Loop() {
			s.Recompute(ids)
		}
	})
	b.Run("one publication", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			s.Recompute(s.PutObservation("SYNTHETIC-new", said(fmt.Sprintf("indicator%d", i%2000), "2017", "", fmt.Sprint(i%9), "s")))
		}
	})
}
