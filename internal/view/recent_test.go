package view_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"fener/internal/record"
	"fener/internal/view"
)

// TestRecentIsInTheOrderOfTheLedger: what was revised and what was begun are
// found by two indexes, and come out as one list.
func TestRecentIsInTheOrderOfTheLedger(t *testing.T) {
	d := newDesk(t)
	r := rand.New(rand.NewPCG(5, 6))
	last, revs := map[string]int64{}, map[string]int{}
	for seq := int64(1); seq <= 60; seq++ {
		id := fmt.Sprintf("s-%d", r.IntN(30))
		d.enter(record.SourceKind, id, revs[id], record.Published, &record.Source{Title: fmt.Sprintf("title %d", seq)})
		revs[id]++
		last[id] = seq
	}
	want := make([]string, 0, len(last))
	for id := range last {
		want = append(want, id)
	}
	slices.SortFunc(want, func(a, b string) int { return cmp.Compare(last[b], last[a]) })
	v := d.open(view.Public)
	for _, limit := range []int{1, 2, 5, 13, len(want)} {
		list, err := v.Recent(t.Context(), limit)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, m := range list {
			got = append(got, m.ID)
		}
		if !slices.Equal(got, want[:limit]) {
			t.Errorf("the last %d are %v instead of %v", limit, got, want[:limit])
		}
	}
}
