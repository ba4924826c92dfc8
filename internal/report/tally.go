package report

import (
	"math/bits"

	"fener/law"
)

// Group counts findings of one kind: of individual counts, or of totals that reports state.
type Group struct {
	N        int     // findings
	Outcomes [16]int // by law.Outcome; a finding can have several
	Below    int     // below the minimum
	Open     int     // of these, undetermined whether that was allowed
}

func (g *Group) add(a *law.Answer) {
	g.N++
	for set := a.Outcomes; set != 0; set &= set - 1 {
		g.Outcomes[bits.TrailingZeros16(uint16(set))]++
	}
	if a.BelowMinimum == law.Yes {
		g.Below++
		if a.Outcomes.Has(law.Undetermined) {
			g.Open++
		}
	}
}

func (g *Group) join(o *Group) {
	g.N, g.Below, g.Open = g.N+o.N, g.Below+o.Below, g.Open+o.Open
	for i, n := range o.Outcomes {
		g.Outcomes[i] += n
	}
}

// Tally counts what was checked. Counts and Reported are never added up, and neither are the statements in Reported: they can overlap.
type Tally struct {
	Counts   Group // individual counts
	Reported Group // statements of reports about totals
	Errors   int   // errors in the files; rows with one were not checked, and neither were ambiguous ones
	Doubts   int
	Unlisted int // errors and doubts beyond the number that is listed
}

// Has reports whether any finding has one of the outcomes.
func (t *Tally) Has(wanted law.Outcomes) bool {
	for _, o := range wanted.List() {
		if t.Counts.Outcomes[o]+t.Reported.Outcomes[o] > 0 {
			return true
		}
	}
	return false
}

func (t *Tally) add(f *finding) {
	if f.row.Count.Reported {
		t.Reported.add(&f.answer)
	} else {
		t.Counts.add(&f.answer)
	}
	if f.ambiguous != nil {
		t.Errors++
	}
}

func (t *Tally) join(o *Tally) {
	t.Counts.join(&o.Counts)
	t.Reported.join(&o.Reported)
	t.Errors += o.Errors
}
