package view_test

import (
	"fmt"
	"testing"

	"fener/internal/record"
	"fener/internal/view"
	"fener/period"
)

func TestEvidenceIsFoundAndRestsOnItsSource(t *testing.T) {
	d := newDesk(t)
	cited := record.Citation{Source: "report", Quote: "quarante victims were identified"}
	things := []struct {
		kind  record.Kind
		id    string
		thing any
	}{
		{record.SourceKind, "report", record.Source{Title: "A report"}},
		{record.ObservationKind, "victims-2017-h1", record.Observation{Indicator: "victims_identified", Place: "Kosovo", Value: record.ParseStated("16"),
			From: period.MustDate("2017-01-01"), To: period.MustDate("2017-06-30"), Citation: cited}},
		{record.ArticleKind, "article", record.Article{Title: "Small talk", Source: "report"}},
		{record.ClaimKind, "article-1", record.Claim{Article: "article", N: 1, Statement: record.Names{SQ: "shtatë u dënuan me kusht"},
			Comparison: record.Comparison{Indicator: "traffickers_suspended_sentence", Operator: record.Exists}}},
		{record.ReplyKind, "reply", record.Reply{Institution: "police", About: record.ClaimKind, ID: "article-1", Text: "counted otherwise",
			Language: "en", Date: period.MustDate("2026-01-02"), Citation: &cited}},
	}
	for _, one := range things {
		d.enter(one.kind, one.id, 0, record.Published, one.thing)
	}
	v := d.open(view.Public)
	for _, c := range []struct{ text, want string }{
		{"victims_identified", "observation victims-2017-h1 victims_identified, Kosovo, 2017-01-01..2017-06-30: 16"},
		{"quarante", "observation victims-2017-h1 victims_identified, Kosovo, 2017-01-01..2017-06-30: 16"},
		{"small talk", "article article Small talk"},
		{"shtate kusht", "claim article-1 shtatë u dënuan me kusht"},
		{"counted otherwise", "reply reply police, 2026-01-02"},
	} {
		hits, err := v.Search(t.Context(), c.text, 5)
		if err != nil || len(hits) != 1 {
			t.Errorf("%q: %+v, %v", c.text, hits, err)
			continue
		}
		if got := fmt.Sprintf("%s %s %s", hits[0].Kind, hits[0].ID, hits[0].Title); got != c.want {
			t.Errorf("%q finds %s, want %s", c.text, got, c.want)
		}
	}
	source, err := v.Source(t.Context(), "report")
	if err != nil {
		t.Fatal(err)
	}
	resting := ""
	for _, r := range source.Rests {
		resting += string(r.Kind) + " " + r.ID + "; "
	}
	if want := "article article; observation victims-2017-h1; reply reply; "; resting != want {
		t.Errorf("on the source rest %s, want %s", resting, want)
	}

	// What is withdrawn is found no more and rests on nothing.
	d.enter(record.ObservationKind, "victims-2017-h1", 1, record.Withdrawn, things[1].thing)
	d.catchUp(v)
	if hits, err := v.Search(t.Context(), "quarante", 5); err != nil || len(hits) != 0 {
		t.Errorf("withdrawn, and found: %+v, %v", hits, err)
	}
	if source, err = v.Source(t.Context(), "report"); err != nil || len(source.Rests) != 2 {
		t.Errorf("withdrawn, and still resting: %+v, %v", source.Rests, err)
	}
}
