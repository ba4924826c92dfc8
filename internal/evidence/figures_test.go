package evidence

import (
	"fmt"
	"testing"

	"fener/internal/figure"
	"fener/internal/record"
	"fener/law"
	"fener/period"
)

// columns hold one person of 2017 who was only fined, 800 euros.
func columns(t *testing.T) *figure.Columns {
	t.Helper()
	b := figure.NewBuilder(figure.AsOf{Seq: 1}, 1)
	row := figure.Row{ID: 1, Case: "c", Judgment: "j", Defendant: "A.B.", Judged: period.MustDate("2017-05-04"), Trafficked: law.Yes, OffenceGroup: "trafficking", Verdict: law.Convicted}
	row.Sentence.Fine = law.Fine{State: law.FineOfAmount, Cents: 80_000}
	if err := b.Add(&row); err != nil {
		t.Fatal(err)
	}
	return b.Build()
}

func TestClaimsOnFiguresOfTheRecord(t *testing.T) {
	c := columns(t)
	s := NewSet(nil)
	s.Figures = RecordedIn(func() *figure.Columns { return c })
	for _, row := range []struct {
		figure, place, from string
		operator            record.Operator
		value, want         string
	}{
		{"persons_fined_only", "Kosovo", "2017", record.AtLeast, "1", "supported record"},
		{"persons_fined_only", "", "2017", record.Equals, "0", "contradicted record"},
		{"persons_fined_only", "", "2017", record.Equals, "7", "cannot_be_checked incomplete"},
		{"persons_fined_only", "", "", record.AtLeast, "1", "supported record"},
		{"fine_lowest", "", "2017", record.Equals, "600", "cannot_be_checked incomplete"},
		{"fine_lowest", "", "2017", record.Equals, "900", "contradicted record"},
		{"fine_lowest", "", "2017", record.AtMost, "800", "supported record"},
		{"fine_lowest", "", "2016", record.Equals, "600", "cannot_be_checked incomplete"},
		{"share_fined_only", "", "2017", record.AtLeast, "0.5", "cannot_be_checked incomplete"},
		{"persons_fined_only", "Prizren", "2017", record.AtLeast, "1", "cannot_be_checked unknown_indicator"},
		{"persons_fined_only", "", "2017-03", record.AtLeast, "1", "cannot_be_checked unknown_indicator"},
		{"no_such_figure", "", "2017", record.AtLeast, "1", "cannot_be_checked unknown_indicator"},
	} {
		cl := claim(record.Comparison{Figure: row.figure, Operator: row.operator, Value: row.value})
		cl.Comparison.Place, cl.Comparison.From = row.place, period.MustDate(row.from)
		st := s.Judge(&cl)
		if got := fmt.Sprintf("%s %s", st.Verdict, st.Why); got != row.want {
			t.Errorf("%s of %q in %q %s %s: %s, want %s (%v)", row.figure, row.place, row.from, row.operator, row.value, got, row.want, st.Evidence)
		}
	}
}

func TestADraftIsJudgedBesideTheRecord(t *testing.T) {
	s := NewSet(nil)
	s.PutObservation("o", said("suspended", "2017", "", "7", "own"))
	cl := claim(record.Comparison{Indicator: "suspended", From: period.MustDate("2017"), Operator: record.Equals, Value: "7"})
	if got := s.Judge(&cl).Why; got != WhyNoArticle {
		t.Errorf("without the article: %s", got)
	}
	if got := s.Draft("article", record.Article{Source: "own"}).Judge(&cl).Why; got != WhyAlone {
		t.Errorf("the article's own figure: %s", got)
	}
	if got := s.Draft("article", record.Article{Source: "another"}).Judge(&cl).Verdict; got != Supported {
		t.Errorf("another article: %s", got)
	}
	if s.Article("article") != nil {
		t.Error("the draft came into the set")
	}
}
