package view

import (
	"math/rand/v2"
	"testing"

	"fener/law"
)

// randomIndex is an index of n cases, drawn by lot, that no view was asked for.
func randomIndex(n int) *CaseIndex {
	lot := rand.New(rand.NewPCG(1, 2))
	x := &CaseIndex{courts: map[string]uint16{"": 0, "a": 1, "b": 2, "c": 3}, first: []int32{0}}
	for i := range n {
		x.ids = append(x.ids, string(rune('A'+i%26))+"-"+string(rune('0'+i/26%10)))
		for range 1 + lot.IntN(3) {
			x.judgments = append(x.judgments, judgmentChoice{outcomes: law.Outcomes(lot.IntN(8)), court: uint16(lot.IntN(4)), year: uint16(2015 + lot.IntN(4)), trafficking: lot.IntN(2) == 0})
		}
		x.first = append(x.first, int32(len(x.judgments)))
	}
	return x
}

// What stands beside a choice is what the list holds when it is followed, whatever else is chosen.
func TestCountsAreWhatEachChoiceWouldLeave(t *testing.T) {
	x := randomIndex(200)
	outcome := law.AllOutcomes()[0]
	for _, f := range []CaseFilter{{}, {Court: "a"}, {Year: 2016}, {Trafficking: true}, {Outcomes: law.OutcomesOf(outcome)}, {Court: "b", Year: 2017, Trafficking: true}, {Court: "none of them"}} {
		got := x.Counts(f)
		total := func(change func(*CaseFilter)) int {
			g := f
			change(&g)
			_, n := x.Find(g)
			return n
		}
		for court, n := range got.Courts {
			if want := total(func(g *CaseFilter) { g.Court = court }); court != "" && n != want {
				t.Errorf("%+v: court %q is said to leave %d, leaves %d", f, court, n, want)
			}
		}
		for year := 2015; year < 2020; year++ {
			if want := total(func(g *CaseFilter) { g.Year = year }); got.Years[year] != want {
				t.Errorf("%+v: year %d is said to leave %d, leaves %d", f, year, got.Years[year], want)
			}
		}
		for _, o := range law.AllOutcomes() {
			if want := total(func(g *CaseFilter) { g.Outcomes = law.OutcomesOf(o) }); got.Outcomes[o] != want {
				t.Errorf("%+v: outcome %v is said to leave %d, leaves %d", f, o, got.Outcomes[o], want)
			}
		}
		for _, row := range []struct {
			name   string
			n      int
			change func(*CaseFilter)
		}{
			{"any court", got.AnyCourt, func(g *CaseFilter) { g.Court = "" }}, {"any year", got.AnyYear, func(g *CaseFilter) { g.Year = 0 }},
			{"any outcome", got.AnyOutcome, func(g *CaseFilter) { g.Outcomes = 0 }}, {"trafficking or not", got.AnyTrafficking, func(g *CaseFilter) { g.Trafficking = false }},
			{"trafficking", got.Trafficking, func(g *CaseFilter) { g.Trafficking = true }},
		} {
			if want := total(row.change); row.n != want {
				t.Errorf("%+v: %s is said to leave %d, leaves %d", f, row.name, row.n, want)
			}
		}
	}
}

func TestOldestFirstIsTheSameListFromItsEnd(t *testing.T) {
	x := randomIndex(50)
	for _, f := range []CaseFilter{{}, {Court: "a"}} {
		f.Page.Limit = 100
		newest, n := x.Find(f)
		f.Oldest = true
		oldest, m := x.Find(f)
		if n != m || len(newest) != len(oldest) {
			t.Fatalf("%d and %d cases", n, m)
		}
		for i := range newest {
			if newest[i] != oldest[len(oldest)-1-i] {
				t.Fatalf("place %d: %s from one end, %s from the other", i, newest[i], oldest[len(oldest)-1-i])
			}
		}
	}
}

func BenchmarkCaseCounts(b *testing.B) {
	x := randomIndex(100_000)
	for b.Loop() {
		x.Counts(CaseFilter{Court: "a", Year: 2016})
	}
}
