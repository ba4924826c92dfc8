package evidence

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"fener/internal/record"
	"fener/locale"
	"fener/period"
)

func cmpSpan(cmp *record.Comparison) period.Span {
	return period.Span{From: cmp.From, To: cmp.To}
}

// compare sets a stated value against the one claimed. A censored value decides
// only what it can: "<5" contradicts 7 and says nothing of 3. Words are for a
// person to judge.
func compare(cmp *record.Comparison, o *Observation) (Bearing, Cause) {
	claimed, claimsLength := lasting(cmp.Value, cmp.Unit)
	stated, statesLength := lasting(o.Value.Text, o.Unit)
	if o.Unit == tierUnit {
		return compareTiers(cmp, o), ""
	}
	switch {
	case claimsLength && statesLength:
		return compareLengths(cmp, stated, claimed), ""
	case o.Value.Kind == record.InWords && !statesLength:
		return Worded, ""
	case claimsLength != statesLength:
		return Unlike, OtherKind
	}
	number, err := strconv.ParseFloat(cmp.Value, 64)
	if err != nil {
		return Unlike, OtherKind
	}
	low, high := bounds(o.Value)
	return decide(cmp, number, low, high), ""
}

// tierUnit is of the tiers of the US reports, "Tier 2": names, not amounts.
const tierUnit = "tier"

// compareTiers compares names: "2" is "Tier 2", and "Tier 2 Watch List" is another.
func compareTiers(cmp *record.Comparison, o *Observation) Bearing {
	name := func(s string) string {
		words := strings.Fields(locale.Fold(s))
		return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "tier" || w == "niveli" || w == "nivel" || w == "nivo" }), " ")
	}
	switch {
	case cmp.Operator != record.Equals:
		return Worded
	case name(cmp.Value) == name(o.Value.Text):
		return Supports
	}
	return Contradicts
}

// lasting reads a value as a length of time: "5 years 6 months" of any unit, or
// a number of days, months or years.
func lasting(value, unit string) (period.Length, bool) {
	text, ok := record.ParseLasting(value, unit)
	if !ok {
		return period.Length{}, false
	}
	length, err := period.ParseLength(text)
	return length, err == nil
}

// comparableUnits reports whether an observation is in the unit that is
// claimed. Lengths of time are comparable in whatever unit.
func comparableUnits(cmp *record.Comparison, o *Observation) bool {
	unit := o.Unit
	if known, ok := record.ParseUnit(unit); ok {
		unit = known
	}
	return cmp.Unit == "" || unit == cmp.Unit || unit == "words" || record.Lasting(unit) && record.Lasting(cmp.Unit)
}

// bounds are the lowest and highest number that a stated value can mean; NaN
// where it is in words. "About" is read as within a tenth, as a bound for
// contradicting only.
func bounds(v record.Stated) (low, high float64) {
	number := func(s string) float64 {
		f, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return math.NaN()
		}
		return f
	}
	switch v.Kind {
	case record.Exact:
		n := number(v.Low)
		return n, n
	case record.About:
		n := number(v.Low)
		return n * (1 - aboutShare), n * (1 + aboutShare)
	case record.MoreThan:
		return math.Nextafter(number(v.Low), math.Inf(1)), math.Inf(1)
	case record.NoFewer:
		return number(v.Low), math.Inf(1)
	case record.Fewer:
		return 0, math.Nextafter(number(v.High), math.Inf(-1))
	case record.NoMore:
		return 0, number(v.High)
	case record.Range:
		return number(v.Low), number(v.High)
	}
	return math.NaN(), math.NaN()
}

// aboutShare is how far from its number a value stated as "about" is taken to
// reach. Sources round to the nearest ten or thousand; a tenth is generous, so
// that rounding alone contradicts nobody.
const aboutShare = 0.1

func decide(cmp *record.Comparison, claimed, low, high float64) Bearing {
	from, to := claimed, claimed
	switch cmp.Operator {
	case record.AboutThat:
		share := aboutShare
		if t, err := strconv.ParseFloat(cmp.Tolerance, 64); err == nil {
			share = t
		}
		from, to = claimed*(1-share), claimed*(1+share)
	case record.AtLeast:
		to = math.Inf(1)
	case record.AtMost:
		from = math.Inf(-1)
	}
	switch {
	case low >= from && high <= to:
		return Supports
	case high < from || low > to:
		return Contradicts
	}
	return Part // the stated value allows it and does not prove it
}

func compareLengths(cmp *record.Comparison, stated, claimed period.Length) Bearing {
	order := stated.Compare(claimed)
	switch cmp.Operator {
	case record.Equals:
		if order == 0 {
			return Supports
		}
		return Contradicts
	case record.AboutThat:
		return decide(cmp, claimed.NominalDays(), stated.NominalDays(), stated.NominalDays())
	case record.AtLeast:
		if order >= 0 {
			return Supports
		}
		return Contradicts
	case record.AtMost:
		if order <= 0 {
			return Supports
		}
		return Contradicts
	}
	return Unlike
}

// judgeFigure compares a claim with what the record itself holds. A record that
// is not known to be complete can show that there were at least so many; it
// can never show that there were not more.
func (s *Set) judgeFigure(cmp *record.Comparison) Standing {
	if s.Figures == nil {
		return Standing{Verdict: CannotBe, Why: WhyNothing}
	}
	held, ok := s.Figures(cmp.Figure, cmp.Place, cmpSpan(cmp))
	if !ok {
		return Standing{Verdict: CannotBe, Why: WhyUnknown}
	}
	claimed, err := strconv.ParseFloat(cmp.Value, 64)
	if err != nil && cmp.Operator != record.Exists {
		return Standing{Verdict: CannotBe, Why: WhyNoComparison}
	}
	e := Evidence{Text: held.Text, Bearing: Held}
	low, high := held.limits()
	switch {
	case cmp.Operator == record.Exists && held.Value > 0:
		e.Bearing = Supports
	case cmp.Operator != record.Exists:
		if b := decide(cmp, claimed, low, high); b != Part {
			e.Bearing = b
		}
	}
	st := Standing{Evidence: []Evidence{e}}
	switch e.Bearing {
	case Supports:
		st.Verdict, st.Why = Supported, WhyRecord
	case Contradicts:
		st.Verdict, st.Why = Contradicted, WhyRecord
	default:
		st.Verdict, st.Why = CannotBe, WhyIncomplete
	}
	return st
}

// limits are the lowest and highest value that a complete record could show.
func (r *Recorded) limits() (low, high float64) {
	low, high = r.Value, r.Value
	if r.Complete {
		return low, high
	}
	if r.Bound != AtLeastThat {
		low = math.Inf(-1)
	}
	if r.Bound != AtMostThat {
		high = math.Inf(1)
	}
	return low, high
}
