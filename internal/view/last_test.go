package view_test

import (
	"testing"

	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
)

// TestTheLastDateOfACaseIsTheNewestKnown: in whatever order the judgments come,
// and whether they are folded in one batch, one by one or worked out again.
func TestTheLastDateOfACaseIsTheNewestKnown(t *testing.T) {
	first := given(record.FirstInstance, "", law.Convicted, "A.B.")
	appeal := given(record.Appeal, "2012", law.Convicted, "A.B.")
	for name, order := range map[string][]*record.Judgment{"undated first": {first, appeal}, "undated last": {appeal, first}} {
		for _, together := range []bool{true, false} {
			d := newDesk(t)
			v := d.open(view.Public)
			for i, j := range order {
				d.enter(record.JudgmentKind, "j-"+string(rune('a'+i)), 0, record.Published, j)
				if !together {
					d.catchUp(v)
				}
			}
			check := func(when string) {
				t.Helper()
				d.catchUp(v)
				rows, _, err := v.Cases(t.Context(), view.CaseFilter{})
				if err != nil || len(rows) != 1 || rows[0].Last.String() != "2012" {
					t.Errorf("%s, %s, together %t: %+v, %v", name, when, together, rows, err)
				}
			}
			check("added")
			order[0].Final = law.Yes
			d.enter(record.JudgmentKind, "j-a", 1, record.Published, order[0])
			check("worked out again")
			order[0].Final = law.No
		}
	}
}
