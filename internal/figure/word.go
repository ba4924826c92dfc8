package figure

import (
	"fener/internal/record"
	"fener/law"
)

// word packs everything about a count that has few values into 64 bits, so that
// any number of conditions is one mask and one comparison.
type word = uint64

// place is where a field stands in a word.
type place struct{ shift, width uint8 }

func (p place) mask() word       { return (1<<p.width - 1) << p.shift }
func (p place) of(w word) uint16 { return uint16(w >> p.shift & (1<<p.width - 1)) }
func (p place) set(w word, v uint16) word {
	return w&^p.mask() | word(v)<<p.shift&p.mask()
}

// The places. Two bits hold yes, no or not known.
var (
	atPerson     = place{0, 1} // the count is the first of its person
	atSuperseded = place{1, 1}
	atSynthetic  = place{syntheticAt, 1}
	atVerdict    = place{3, 3}
	atInstance   = place{6, 3}
	atFinal      = place{finalAt, 2}
	atJoint      = place{jointAt, 2}
	atBelow      = place{13, 2}
	atDowngraded = place{15, 2}
	atTrafficked = place{17, 2}
	atSuspended  = place{19, 2}
	atFineOnly   = place{21, 2}
	atCleared    = place{23, 2}
	atImprisoned = place{25, 2}
	atFined      = place{27, 2}
	atFloor      = place{29, 2}
	atMaximum    = place{31, 2}
	atUnexplain  = place{33, 2}
	atTerm       = place{35, 3}
	atGround     = place{38, 2}
	atReasons    = place{40, 2}
	atForm       = place{42, 3}
	atFine       = place{45, 3}
	atMeasures   = place{48, 2}
	atLaw        = place{50, 2}
)

// Where the fields stand that every row is asked for; constants are faster.
const (
	syntheticAt = 2
	finalAt     = 9
	jointAt     = 11
)

// finalOf is the flag of a word's recorded state final.
func finalOf(w word) uint8 { return finalFlag[w>>finalAt&3] }

// madeOf is the flag of a generated count.
func madeOf(w word) uint8 { return uint8(w>>syntheticAt&1) * isMade }

// pack makes the word of a row, as far as the row alone tells.
func pack(r *Row) word {
	var w word
	put := func(p place, v uint16) { w = p.set(w, v) }
	put(atSuperseded, uint16(bit(r.Superseded)))
	put(atSynthetic, uint16(bit(r.Synthetic)))
	put(atVerdict, uint16(r.Verdict))
	put(atInstance, uint16(r.Instance))
	put(atFinal, uint16(r.Final))
	put(atJoint, uint16(r.Joint))
	put(atBelow, uint16(r.Below))
	put(atDowngraded, uint16(r.Downgraded))
	put(atTrafficked, uint16(r.Trafficked))
	s := punishment(r)
	put(atSuspended, uint16(s.suspended))
	put(atImprisoned, uint16(s.imprisoned))
	put(atFined, uint16(s.fine))
	put(atFloor, uint16(r.BelowFloor))
	put(atMaximum, uint16(r.AboveMaximum))
	put(atUnexplain, uint16(r.Unexplained))
	packAxes(put, r)
	put(atFineOnly, uint16(s.fineOnly))
	return w
}

// packAxes puts the answers on the axes. Where there was no sentence to check,
// those that would read as not known say so.
func packAxes(put func(place, uint16), r *Row) {
	x := &r.Axes
	put(atGround, uint16(x.Ground))
	put(atReasons, uint16(x.Reasons))
	put(atMeasures, uint16(x.Measures))
	if r.Outcomes.Has(law.NotConvicted) {
		put(atTerm, uint16(len(termWords)-1))
		put(atForm, uint16(len(formWords)-1))
		put(atFine, uint16(len(fineWords)-1))
		put(atLaw, uint16(len(lawWords)-1))
		return
	}
	put(atTerm, uint16(x.Term))
	put(atForm, uint16(x.Form))
	put(atFine, uint16(x.Fine))
	put(atLaw, uint16(x.Law))
}

// punished says what is on record about the kinds of punishment of a count.
type punished struct{ imprisoned, suspended, fine, fineOnly law.Tri }

// punishment tells a conviction whose sentence is not on record, of which
// nothing is known, from a count that brought no punishment.
func punishment(r *Row) punished {
	s := r.Sentence
	if r.Verdict == law.Convicted && s.IsZero() || r.Verdict == law.VerdictUnknown {
		return punished{}
	}
	if r.Verdict != law.Convicted {
		return punished{law.No, law.No, law.No, law.No}
	}
	p := punished{
		imprisoned: yesNo(s.Imprisonment.State != law.NoImprisonment),
		suspended:  s.Suspended,
		fine:       yesNo(s.Fine.Imposed()),
	}
	if p.imprisoned == law.No && p.fine == law.No {
		p.suspended = law.No // nothing that could be suspended
	}
	if s.Fine.State == law.FineNotKnown {
		p.fine = law.NotKnown
	}
	alone := p.imprisoned == law.No && s.WorkHours == 0 && s.ReplacedBy == law.NotReplaced
	switch {
	case !alone || p.fine == law.No:
		p.fineOnly = law.No
	case p.fine == law.Yes:
		p.fineOnly = law.Yes
	}
	return p
}

// settlePerson sets what only all counts of a person tell together, over those
// that stand: whether the person was cleared, and whether only fined.
func settlePerson(words []word) {
	var imprisoned, convicted, acquitted, unknown, open bool
	for _, w := range words {
		if atSuperseded.of(w) == 1 {
			continue
		}
		imprisoned = imprisoned || law.Tri(atImprisoned.of(w)) == law.Yes
		switch law.Verdict(atVerdict.of(w)) {
		case law.Convicted:
			convicted = true
		case law.Acquitted:
			acquitted = true
		case law.VerdictUnknown:
			unknown = true
		case law.Annulled, law.VerdictOther:
			open = true
		}
	}
	cleared := yesNo(acquitted)
	switch {
	case convicted || open:
		cleared = law.No
	case unknown:
		cleared = law.NotKnown
	}
	for i, w := range words {
		w = atCleared.set(w, uint16(cleared))
		if imprisoned {
			w = atFineOnly.set(w, uint16(law.No))
		}
		words[i] = w
	}
}

func yesNo(b bool) law.Tri {
	if b {
		return law.Yes
	}
	return law.No
}

func bit(b bool) uint8 {
	if b {
		return 1
	}
	return 0
}

// A word holds three bits of verdict and of instance; both must fit.
var (
	_ = [8 - law.VerdictOther]struct{}{}
	_ = [8 - record.ConstitutionalCourt]struct{}{}
)
