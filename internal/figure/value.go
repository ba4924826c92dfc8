package figure

import (
	"math"

	"fener/internal/record"
	"fener/period"
)

// SmallUnder is the number under which a figure is said to be small: with fewer
// than five, one judgment more or less moves a share by twenty points or more.
const SmallUnder = record.SmallUnder

// State says whether there is a value.
type State string

// The states. Zero is a value; the others say why there is none.
const (
	Known    State = "known"
	NoData   State = "no_data"   // no judgment on record for this
	NotKnown State = "not_known" // judgments on record, but not what is asked of any
	Nothing  State = "nothing"   // judgments on record, none with anything to measure
)

// Quantity is an amount in the indicator's unit.
type Quantity struct {
	Number float64       // persons, counts, judgments, a share of 1, days, euros; nominal days of a length
	Length period.Length // of a length, as imposed; of a median between two, to the nearest month
}

// Value is one figure with what is needed to judge it.
type Value struct {
	Indicator *Indicator
	Query     Query // one cell's, without rows and columns; Rows lists what is behind it
	State     State

	Quantity            // where the state is Known; of a range, the lowest
	Low, High Quantity  // of a range
	Interval  *Interval // of a share: Wilson, 95 %

	N           int     // what was counted or measured
	Denominator int     // of what: those looked at of whom it is known
	Unknown     int     // those looked at of whom it is not known, so that it may be so
	LeftOut     int     // sentences or judgments that a measure had to leave out
	Bounds      *Bounds // of a number or a share: what it is at least and at most; nil where nothing is open
	Small       bool    // too few for a conclusion: see SmallUnder

	Persons Finality
	Period  Years
	AsOf    AsOf

	Synthetic bool // generated counts are among those looked at
}

// Bounds are what a figure is at least and at most, whatever is not known: those
// of whom it is certain, and all of whom it is not certain that it is not so. A
// share is of 1, of all those looked at.
type Bounds struct {
	AtLeast float64 `json:"at_least"`
	AtMost  float64 `json:"at_most"`
}

// CertainlyNot is the number of those of whom it is certain that it is not so.
func (v *Value) CertainlyNot() int { return v.Denominator - v.N }

// Limits are the bounds of a number or a share also where nothing is open, and
// then the value twice. ok is false for everything else and where there is no
// value at all.
func (v *Value) Limits() (b Bounds, ok bool) {
	switch {
	case v.Bounds != nil:
		return *v.Bounds, true
	case v.State == Known && !v.Indicator.Measure.ofAmount():
		return Bounds{v.Number, v.Number}, true
	}
	return Bounds{}, false
}

// Finality says how many of the persons behind a figure have a judgment whose
// recorded state is final, is not, or is not known.
type Finality struct {
	Final    int `json:"final"`
	NotFinal int `json:"not_final"`
	Unknown  int `json:"not_known"`
}

// Years are the first and the last year of the judgments looked at; zero where
// none is dated.
type Years struct {
	From int `json:"from,omitempty"`
	To   int `json:"to,omitempty"`
}

// value makes a figure of a tally; the middle is only read for a median.
func (p *plan) value(t *tally, m middle, q Query) Value {
	c := p.c
	of, in, unknown := t.of, t.in, t.unknown
	if p.in.Counted == Persons {
		of, in, unknown = t.byPerson()
	}
	v := Value{Indicator: p.in, Query: q, AsOf: c.asOf, Synthetic: t.seen&sightMade != 0,
		N: int(in), Unknown: int(unknown), Denominator: int(of) - int(unknown), Persons: t.finality()}
	v.Period = c.period(t.seen)
	if p.in.Measure.ofAmount() {
		p.fillAmount(&v, t, m)
	} else {
		p.fillNumber(&v, int(of))
	}
	if t.isEmpty() {
		v.State = NoData
	}
	return v
}

func (p *plan) fillNumber(v *Value, of int) {
	v.Bounds = p.bounds(v, of)
	v.State = Known
	share := p.in.Measure == ShareOf
	switch {
	case of > 0 && v.Denominator == 0:
		v.State = NotKnown
	case share && of == 0:
		v.State = Nothing
	case share:
		v.Number = float64(v.N) / float64(v.Denominator)
		i := Wilson(v.N, v.Denominator)
		v.Interval = &i
		v.Small = v.Denominator < SmallUnder
	default:
		v.Number = float64(v.N)
		v.Small = v.N < SmallUnder
	}
}

// bounds are those of a number or a share of which something is not known.
func (p *plan) bounds(v *Value, of int) *Bounds {
	if v.Unknown == 0 || of == 0 {
		return nil
	}
	b := &Bounds{float64(v.N), float64(v.N + v.Unknown)}
	if p.in.Measure == ShareOf {
		b.AtLeast, b.AtMost = b.AtLeast/float64(of), b.AtMost/float64(of)
	}
	return b
}

func (p *plan) fillAmount(v *Value, t *tally, m middle) {
	v.LeftOut, v.Unknown = v.Unknown, 0
	if p.in.Measure == Median {
		v.LeftOut += int(t.joint)
	} else {
		v.N += int(t.joint)
	}
	v.Denominator = v.N + v.LeftOut
	switch {
	case v.Denominator == 0:
		v.State = Nothing
		return
	case v.N == 0:
		v.State = NotKnown
		return
	}
	v.State, v.Small = Known, v.N < SmallUnder
	low, high := p.quantity(-t.low), p.quantity(t.high)
	switch p.in.Measure {
	case Median:
		v.Quantity = between(p.quantity(m.lower), p.quantity(m.upper), p.in.Value)
	case Highest:
		v.Quantity = high
	case Lowest:
		v.Quantity = low
	case Range:
		v.Quantity, v.Low, v.High = low, low, high
	}
}

// quantity is what a code stands for.
func (p *plan) quantity(code uint32) Quantity {
	switch p.in.Value {
	case OfTerm:
		term := p.c.terms[code]
		return Quantity{Number: trim(term.NominalDays()), Length: term}
	case OfFine:
		return Quantity{Number: float64(p.c.fines[code]-1) / 100}
	}
	return Quantity{Number: float64(p.c.dayss[code] - 1)}
}

// between is the median of two values in the middle.
func between(a, b Quantity, of Amount) Quantity {
	if a == b {
		return a
	}
	q := Quantity{Number: trim((a.Number + b.Number) / 2)}
	if of == OfTerm {
		q.Length = period.FromNominalDays(q.Number)
	}
	return q
}

// trim takes away digits that only arithmetic made: 3652.4249999999997.
func trim(f float64) float64 { return math.Round(f*1e7) / 1e7 }
