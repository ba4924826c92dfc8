package law_test

import (
	"testing"

	"fener/law"
	"fener/period"
)

// The text that most counts wait for stands first, and a count that waits for none adds nothing.
func TestReadingList(t *testing.T) {
	pack, err := law.Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	fact := func(offence, committed, judged string, years int) *law.Facts {
		return &law.Facts{Convicted: pack.Offence(offence), Committed: period.Span{From: period.MustDate(committed)}, Judged: period.MustDate(judged), Verdict: law.Convicted,
			Sentence: law.Sentence{Imprisonment: law.Imprisonment{State: law.ForTerm, Term: period.Years(years)}, Suspended: law.No, Fine: law.Fine{State: law.FineOfAmount, Cents: 100000}}, Grounds: law.NoGround}
	}
	list := law.NewReadingList(pack)
	list.Add(fact("06/L-074:165(1)", "2020-01-02", "2021-02-03", 6)) // the code is known then
	if got := list.Ranked(); len(got) > 0 {
		t.Fatalf("a count that is decided waits for %+v", got)
	}
	for range 3 {
		list.Add(fact("06/L-074:165(1)", "2024-01-02", "2024-12-03", 6)) // after the amendment
	}
	list.Add(fact("04/L-082:171(1)", "2016-01-02", "2017-02-03", 3))
	got := list.Ranked()
	if len(got) < 2 || got[0].Law.Number != "06/L-074" || got[0].What != law.MissingAmendments || got[0].Counts != 3 {
		t.Errorf("ranked %+v, want the amendment first, for three counts", got)
	}
	older := false
	for _, w := range got[1:] {
		older = older || w.Law.Number == "04/L-082" && w.Counts == 1
	}
	if !older || list.Counts() != 5 {
		t.Errorf("ranked %+v of %d, want the code of 2013 for one of five counts", got, list.Counts())
	}
}
