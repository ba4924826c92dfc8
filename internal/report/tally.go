package report

import (
	"math/bits"

	"fener/law"
)

// Question is something that may be wrong with a sentence. Every answer says of it: certainly, possibly, certainly not, or that it does not arise.
type Question uint8

// The questions, the term's first.
const (
	BelowMinimum Question = iota
	BelowFloor
	AboveMaximum
	NoGround
	NoReasons
	FormNotAllowed
	FineWrong
	MeasuresMissing
	questions
)

var questionWords = [questions]string{"below_minimum", "below_floor", "above_maximum", "no_ground", "no_reasons", "form_not_allowed", "fine_wrong", "measures_missing"}

// Bounds count answers to one question: what holds certainly, what may hold because something is not known, and what certainly does not hold.
type Bounds struct{ Yes, Open, No int }

// Asked is to how many counts the question arose.
func (b Bounds) Asked() int { return b.Yes + b.Open + b.No }

func (b *Bounds) add(t law.Tri) {
	switch t {
	case law.Yes:
		b.Yes++
	case law.No:
		b.No++
	default:
		b.Open++
	}
}

// Group counts findings of one kind: of individual counts, or of totals that reports state.
type Group struct {
	N            int     // findings
	Outcomes     [16]int // by law.Outcome; a finding can have several
	NotConvicted int     // findings with no sentence to check; to the others the questions were put
	SeveralLaws  int     // findings for which more than one law is in question, or none is known
	Bounds       [questions]Bounds
}

func (g *Group) add(a *law.Answer) {
	g.N++
	for set := a.Outcomes; set != 0; set &= set - 1 {
		g.Outcomes[bits.TrailingZeros16(uint16(set))]++
	}
	if a.Outcomes.Has(law.NotConvicted) {
		g.NotConvicted++
		return
	}
	x := &a.Axes
	if x.Law.Is != law.LawCertain {
		g.SeveralLaws++
	}
	g.Bounds[BelowMinimum].add(a.BelowMinimum)
	g.Bounds[BelowFloor].add(belowFloor(a))
	g.Bounds[AboveMaximum].add(aboveMaximum(a))
	if x.Ground.Is != law.GroundNotAsked {
		g.Bounds[NoGround].add(among(x.Ground.Is, law.GroundNone, law.GroundUnknown))
	}
	if x.Reasons.Is != law.ReasonsNotAsked {
		g.Bounds[NoReasons].add(among(x.Reasons.Is, law.ReasonsNotGiven, law.ReasonsUnknown))
	}
	g.Bounds[FormNotAllowed].add(among(x.Form.Is, law.FormDisallowed, law.FormUnread, law.FormUnclear))
	if x.Fine.Is == law.FineOutOfBounds {
		g.Bounds[FineWrong].Yes++
	} else {
		g.Bounds[FineWrong].add(among(x.Fine.Is, law.FineMissing, law.FineUnread, law.FineUnclear))
	}
	if x.Measures.Is != law.MeasuresNotAsked {
		g.Bounds[MeasuresMissing].add(among(x.Measures.Is, law.MeasuresMissing, law.MeasuresUnknown))
	}
}

// among is yes for the one answer, not known for those that leave it open, and no for every other.
func among[A comparable](is, yes A, open ...A) law.Tri {
	if is == yes {
		return law.Yes
	}
	for _, o := range open {
		if is == o {
			return law.NotKnown
		}
	}
	return law.No
}

// belowFloor uses that what is not below the minimum is not below the floor either.
func belowFloor(a *law.Answer) law.Tri {
	if a.Axes.Term.Is != law.TermBelowFloor && a.BelowMinimum == law.No {
		return law.No
	}
	return among(a.Axes.Term.Is, law.TermBelowFloor, law.TermFloorUnread, law.TermUnknown)
}

// aboveMaximum uses that what is below the minimum is not above the maximum.
func aboveMaximum(a *law.Answer) law.Tri {
	if a.BelowMinimum == law.Yes {
		return law.No
	}
	return among(a.Axes.Term.Is, law.TermAboveMaximum, law.TermUnknown)
}

func (g *Group) join(o *Group) {
	g.N, g.NotConvicted, g.SeveralLaws = g.N+o.N, g.NotConvicted+o.NotConvicted, g.SeveralLaws+o.SeveralLaws
	for i, n := range o.Outcomes {
		g.Outcomes[i] += n
	}
	for i, n := range o.Bounds {
		b := &g.Bounds[i]
		b.Yes, b.Open, b.No = b.Yes+n.Yes, b.Open+n.Open, b.No+n.No
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
