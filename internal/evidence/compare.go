package evidence

import (
	"math"
	"strconv"
	"strings"

	"fener/internal/record"
	"fener/law"
	"fener/period"
)

func cmpSpan(cmp *record.Comparison) period.Span {
	return period.Span{From: cmp.From, To: cmp.To}
}

// compare sets a stated value against the one claimed. A censored value or one
// in words decides only what it can: "<5" contradicts 7 and says nothing of 3.
func compare(cmp *record.Comparison, v record.Stated) Bearing {
	if length, err := period.ParseLength(v.Text); err == nil && !length.IsZero() && v.Kind == record.InWords {
		return compareLengths(cmp, length)
	}
	claimed, err := strconv.ParseFloat(cmp.Value, 64)
	if err != nil {
		return Unlike
	}
	low, high := bounds(v)
	if math.IsNaN(low) {
		return Part // in words: it speaks of the matter, not of the amount
	}
	return decide(cmp, claimed, low, high)
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

func compareLengths(cmp *record.Comparison, stated period.Length) Bearing {
	claimed, err := period.ParseLength(cmp.Value)
	if err != nil || claimed.IsZero() {
		return Unlike
	}
	order := stated.Compare(claimed)
	holds := map[record.Operator]bool{record.Equals: order == 0, record.AboutThat: order == 0,
		record.AtLeast: order >= 0, record.AtMost: order <= 0}
	if holds[cmp.Operator] {
		return Supports
	}
	return Contradicts
}

// judgeLaw compares a claim about a minimum with the law in force at the time.
// A provision whose text nobody has read supports nothing.
func (s *Set) judgeLaw(cmp *record.Comparison) Standing {
	place, _, _ := strings.Cut(cmp.Law, " ")
	ref, ok := law.ParseRef(place)
	if !ok || s.Pack == nil {
		return Standing{Verdict: CannotBe, Why: WhyNothing}
	}
	var st Standing
	for _, prov := range s.Pack.Find(ref) {
		if prov.Punishment == nil || prov.Punishment.Imprisonment == nil ||
			(!cmp.From.IsZero() && !prov.InForce.Range().Contains(cmp.From.First())) {
			continue
		}
		e := Evidence{Law: prov.Ref.String(), Text: prov.Punishment.Imprisonment.From.String()}
		switch minimum := prov.Punishment.Imprisonment.From; {
		case prov.Verified == law.Unread || minimum.State == law.LimitUnknown:
			e.Bearing = Unread
		case minimum.State == law.LimitSet:
			e.Bearing = compareLengths(cmp, minimum.Length)
		default:
			e.Bearing = Contradicts
		}
		st.Evidence = append(st.Evidence, e)
	}
	st.Verdict, st.Why = weigh(st.Evidence)
	switch {
	case st.Verdict != CannotBe:
		st.Why = WhyLaw
	case len(st.Evidence) > 0:
		st.Why = WhyUnread
	}
	return st
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
