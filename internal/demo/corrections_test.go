package demo_test

import (
	"testing"

	"fener/internal/record"
	"fener/internal/view"
)

// Nobody corrected anything in the example: what readers see of each thing's past is one revision, whatever was worked on before it was published.
func TestTheExampleShowsNoCorrection(t *testing.T) {
	v := filled(t, 0)
	recent, err := v.Recent(t.Context(), view.MaxLimit)
	if err != nil {
		t.Fatal(err)
	}
	if len(recent) == view.MaxLimit {
		t.Fatalf("%d things and more: the test looks at so many only", len(recent))
	}
	kinds := map[record.Kind]int{}
	for _, m := range recent {
		kinds[m.Kind]++
		past, err := v.History(t.Context(), m.Kind, m.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(past) != 1 {
			t.Errorf("%s %s has %d public revisions", m.Kind, m.ID, len(past))
		}
	}
	if kinds[record.JudgmentKind] == 0 || kinds[record.CaseKind] == 0 {
		t.Errorf("no judgment or no case was looked at: %v", kinds)
	}
}
