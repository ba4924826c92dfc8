package view

import "fener/law"

// Axes are the answer to a count one question at a time, without the provisions
// that each rests on: those stand in the explanation (see View.Explain).
type Axes struct {
	Term     law.TermAnswer
	Ground   law.GroundAnswer
	Reasons  law.ReasonsAnswer
	Form     law.FormAnswer
	Fine     law.FineAnswer
	Measures law.MeasureAnswer
	Law      law.LawAnswer
	Open     uint8 // a bit for each law.AxisName that is open for lack of something
}

// everyAxis is Open where nothing could be checked.
const everyAxis = 1<<(law.LawAxis+1) - 1

func axesOf(x *law.Axes) Axes {
	a := Axes{Term: x.Term.Is, Ground: x.Ground.Is, Reasons: x.Reasons.Is, Form: x.Form.Is, Fine: x.Fine.Is, Measures: x.Measures.Is, Law: x.Law.Is}
	for _, axis := range x.List() {
		if axis.Missing != 0 {
			a.Open |= 1 << axis.Name
		}
	}
	return a
}

// Word is the canonical word of an axis; empty where the question does not arise.
func (a *Axes) Word(n law.AxisName) string {
	return [...]string{a.Term.String(), a.Ground.String(), a.Reasons.String(), a.Form.String(), a.Fine.String(), a.Measures.String(), a.Law.String()}[n]
}

// IsOpen reports whether something is lacking for the axis.
func (a *Axes) IsOpen(n law.AxisName) bool { return a.Open&(1<<n) != 0 }

// The questions that figures and pages ask of a finding are answered yes where
// it certainly is so, no where it certainly is not, and not known where it may
// be. A code that may have been amended by a text that nobody has checked makes
// nothing certain.

// BelowMinimum is whether the sentence lies below the statutory minimum.
func (f *Finding) BelowMinimum() law.Tri { return f.certainly(f.Below) }

// BelowFloor is whether the sentence lies below what mitigation allows.
func (f *Finding) BelowFloor() law.Tri {
	switch f.Axes.Term {
	case law.TermBelowFloor:
		return f.certainly(law.Yes)
	case law.TermWithin, law.TermBelowMinimum, law.TermAboveMaximum:
		return f.certainly(law.No)
	case law.TermUnknown:
		if f.Below == law.No {
			return f.certainly(law.No)
		}
	}
	return law.NotKnown
}

// AboveMaximum is whether the sentence lies above the maximum.
func (f *Finding) AboveMaximum() law.Tri {
	switch f.Axes.Term {
	case law.TermAboveMaximum:
		return f.certainly(law.Yes)
	case law.TermUnknown:
		if f.Below != law.Yes {
			return law.NotKnown
		}
	}
	return f.certainly(law.No)
}

// Unexplained is whether the sentence is milder than the law prescribes, within
// what mitigation allows, with no ground for it on record.
func (f *Finding) Unexplained() law.Tri {
	a := &f.Axes
	mayBeMilder := a.Term == law.TermFloorUnread || a.Term == law.TermUnknown && f.Below != law.No ||
		a.IsOpen(law.FormAxis) && f.Imposed.State == law.LimitNone
	switch {
	case f.Outcomes.Has(law.Unexplained):
		return f.certainly(law.Yes)
	case mayBeMilder && a.Ground != law.GroundOnRecord:
		return law.NotKnown
	}
	return f.certainly(law.No)
}

// certainly weakens an answer that rests on a code which may have been amended.
func (f *Finding) certainly(t law.Tri) law.Tri {
	if f.Missing.Has(law.MissingAmendments) {
		return law.NotKnown
	}
	return t
}

// Answers is what some counts came to, put together for lists: the answers on
// the term, and what else certainly is wrong.
type Answers uint16

// The answers beside those on the term, which stand at the place of their value.
const (
	FormNotAllowed Answers = 1 << (iota + 8)
	FineMissing
	FineOutOfBounds
	MeasureMissing
	NotConvicted
)

// Answers is what the count came to.
func (f *Finding) Answers() Answers {
	if f.Outcomes.Has(law.NotConvicted) {
		return NotConvicted
	}
	set := Answers(1) << f.Axes.Term
	if f.Axes.Form == law.FormDisallowed {
		set |= FormNotAllowed
	}
	switch f.Axes.Fine {
	case law.FineMissing:
		set |= FineMissing
	case law.FineOutOfBounds:
		set |= FineOutOfBounds
	}
	if f.Axes.Measures == law.MeasuresMissing {
		set |= MeasureMissing
	}
	return set
}

// Terms are the answers on the term, what is known before what is not.
func (a Answers) Terms() []law.TermAnswer {
	var list []law.TermAnswer
	for t := law.TermWithin; t <= law.TermAboveMaximum; t++ {
		if a&(1<<t) != 0 {
			list = append(list, t)
		}
	}
	if a&1 != 0 {
		list = append(list, law.TermUnknown)
	}
	return list
}

// Compared is whether the term could be compared with the minimum of the law.
func (f *Finding) Compared() bool { return f.BelowMinimum() != law.NotKnown }
