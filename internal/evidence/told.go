package evidence

import (
	"math"
	"math/big"
	"reflect"
	"slices"
	"strings"

	"fener/internal/record"
	"fener/period"
)

// PutTold lets what is told of shelters and their money, or a shelter, stand in the set in the place of what stood; nothing stands where b is nil. It returns the
// claims that it may bear on.
func (s *Set) PutTold(t record.Thing, b record.Body) []string {
	if b == nil {
		delete(s.told, t)
	} else {
		s.told[t] = b
	}
	return s.affected(nil, toldOfShelters)
}

// Told is what is told of a shelter, or a shelter; nil where the set holds none.
func (s *Set) Told(t record.Thing) record.Body { return s.told[t] }

// coarseCopy is a body without the words of its source. The body itself stays as it is for other sets.
func coarseCopy(b record.Shared) record.Body {
	c := reflect.New(reflect.TypeOf(b).Elem())
	c.Elem().Set(reflect.ValueOf(b).Elem())
	coarse := c.Interface().(record.Shared)
	coarse.Coarsen(nil)
	return coarse
}

// A Telling is what one source tells of a shelter, as far as a claim can be compared with it.
type Telling struct {
	Says     string // a step of money, closure or gap
	Shelters []string
	Funders  []string
	Some     bool // of them only some
	Span     period.Span
	Amount   *record.Amount  // of money
	Without  *record.Without // of a closure or a gap
	record.Telling
	other  bool // money for a building or an activity
	yearly bool
}

// TellingOf is what a body tells of shelters; ok is false where it tells nothing that a claim can be compared with.
func TellingOf(b record.Body) (t Telling, ok bool) {
	switch b := b.(type) {
	case *record.Grant:
		t = Telling{Says: b.Step, Shelters: b.Shelters, Funders: b.Funders, Span: period.Span{From: b.From, To: b.To}, Amount: b.Amount, Telling: b.Telling, other: !runs(b.Purpose)}
		if b.Signs() {
			t.Says = "contracted"
		}
	case *record.Payment:
		t = Telling{Says: "paid", Shelters: b.Shelters, Funders: b.Funders, Span: period.Span{From: b.From, To: b.To}, Amount: b.Amount, Telling: b.Telling, other: !runs(b.Purpose)}
		if t.Span.IsZero() {
			t.Span.From = b.Date
		}
	case *record.Call:
		t = Telling{Says: "called", Shelters: b.Shelters, Funders: b.Funders, Span: period.Span{From: b.From, To: b.To}, Amount: b.Amount, Telling: b.Telling}
	case *record.Application:
		t = Telling{Says: "applied", Shelters: b.Shelters, Span: period.Span{From: b.Date}, Amount: b.Amount, Telling: b.Telling}
	case *record.Closure:
		t = Telling{Says: "closure", Shelters: b.Shelters, Some: b.Some, Span: period.Span{From: b.From, To: b.To}, Without: &b.Without, Telling: b.Telling}
	case *record.Gap:
		t = Telling{Says: "gap", Shelters: b.Shelters, Some: b.Some, Span: period.Span{From: b.From, To: b.To}, Without: &b.Without, Telling: b.Telling, yearly: b.Yearly}
		if b.Feared { // a warning tells of nothing that was
			return t, false
		}
	}
	return t, t.Amount != nil || t.Without != nil
}

func runs(purpose string) bool { return purpose != "building" && purpose != "activity" }

// tellings are what is told of the shelter that a comparison names, with what each does for it, in the order of their things.
func (s *Set) tellings(cmp *record.Comparison, own string) []Evidence {
	if cmp.Told == "" {
		return nil
	}
	asked := s.kin(cmp.Shelter)
	var list []Evidence
	var pairs []Telling
	for thing, b := range s.told {
		t, ok := TellingOf(b)
		if !ok || cmp.ToldOfTime() != (t.Without != nil) || t.Without != nil && t.Says != cmp.Told || !meetsSpan(cmp, t.Span) {
			continue
		}
		of := s.relation(asked, &t)
		if of == nobodys || of == perhaps && t.Says != cmp.Told { // too far off to be of use to a reader
			continue
		}
		e := s.telling(cmp, &t, of, own)
		e.Told, e.Noted = thing, noted(&Observation{Observation: record.Observation{Note: t.Note}})
		list, pairs = append(list, e), append(pairs, t)
	}
	weighToldChange(cmp, list, pairs)
	weighToldSum(cmp, list, pairs)
	slices.SortFunc(list, func(a, b Evidence) int { return strings.Compare(a.Told.String(), b.Told.String()) })
	return list
}

// telling says what one telling does for a comparison.
func (s *Set) telling(cmp *record.Comparison, t *Telling, of relation, own string) Evidence {
	unlike := func(c Cause) Evidence { return Evidence{Bearing: Unlike, Cause: c} }
	switch {
	case own != "" && t.Citation.Source == own:
		return Evidence{Bearing: Itself}
	case own != "" && s.retells(t.Citation.Source, own):
		return Evidence{Bearing: Retelling}
	case t.Doubtful:
		return unlike(DoubtfulQuote)
	case of == perhaps:
		return unlike(OtherShelter)
	case t.Without != nil:
		return without(cmp, t, of)
	case t.Says != cmp.Told:
		return unlike(OtherStep)
	case t.other:
		return unlike(OtherKind)
	case cmp.By != "" && !slices.Equal(t.Funders, []string{cmp.By}):
		return unlike(OtherFunder)
	case cmp.Unit != "" && t.Amount.Currency != cmp.Unit:
		return unlike(OtherUnit)
	case changes(cmp):
		if of == whole && (sameSpan(t.Span, cmpSpan(cmp)) || sameSpan(t.Span, period.Span{From: cmp.Then})) {
			return unlike(OneAmount)
		}
		return unlike(spanCause(t.Span))
	case cmp.Operator == record.Exists && (cmp.From.IsZero() || within(t.Span, cmpSpan(cmp))):
		return Evidence{Bearing: Supports}
	case !cmp.From.IsZero() && !sameSpan(t.Span, cmpSpan(cmp)):
		if of == whole && within(t.Span, cmpSpan(cmp)) {
			return unlike(OnePart)
		}
		return unlike(spanCause(t.Span))
	}
	return money(cmp, t, of)
}

func spanCause(span period.Span) Cause {
	if span.IsZero() {
		return NotDated
	}
	return OtherPeriod
}

// money sets a sum against the one claimed. What a part of the shelters got, all of them got at least. What several got together says nothing of one of them.
func money(cmp *record.Comparison, t *Telling, of relation) Evidence {
	b, cause := compare(cmp, &Observation{Observation: record.Observation{Value: t.Amount.Stated, Unit: t.Amount.Currency}})
	switch each := t.Amount.Per == "shelter"; {
	case each && of == part: // how many of them there are is not said
		return Evidence{Bearing: Unlike, Cause: OtherKind}
	case of == wider && !each:
		return Evidence{Bearing: Unlike, Cause: OtherShelter}
	case of == part:
		low, _ := bounds(t.Amount.Stated)
		if b, ok := reached(cmp, low); ok {
			return Evidence{Bearing: b}
		}
	}
	return Evidence{Bearing: b, Cause: cause}
}

// reached says what it does for a claim that a sum was reached at least; ok is false where the claim or the sum is no number.
func reached(cmp *record.Comparison, low float64) (Bearing, bool) {
	claimed, ok := claimedNumber(cmp)
	if !ok || math.IsNaN(low) {
		return Unlike, false
	}
	return decide(cmp, claimed, low, math.Inf(1)), true
}

func claimedNumber(cmp *record.Comparison) (float64, bool) {
	n, ok := record.Stated{Kind: record.Exact, Low: cmp.Value}.Number()
	return n, ok
}

// without says what the telling of a closure, or of a time without money, does for a claim: that there was one, or how long it was. Another cause, or none,
// or another who made it, bears on a part: there was one, and why is not said, or otherwise.
func without(cmp *record.Comparison, t *Telling, of relation) Evidence {
	if !cmp.From.IsZero() && !t.inside(cmpSpan(cmp)) {
		return Evidence{Bearing: Unlike, Cause: spanCause(t.Span)}
	}
	if changes(cmp) {
		return Evidence{Bearing: Unlike, Cause: OtherKind}
	}
	b := Supports
	if cmp.Operator != record.Exists {
		claimed, ok := lasting(cmp.Value, cmp.Unit)
		if !ok {
			return Evidence{Bearing: Unlike, Cause: OtherKind}
		}
		b = lasted(cmp, t, claimed)
		if b == Contradicts && of != whole { // another of the shelters may have closed for another time
			return Evidence{Bearing: Unlike, Cause: OtherShelter}
		}
	}
	if b == Supports && (cmp.Cause != "" && t.Without.Cause != cmp.Cause || cmp.By != "" && t.Without.Answering != cmp.By) {
		b = Part
	}
	return Evidence{Bearing: b}
}

// lasted compares how long something lasted with how long is claimed. What is known to be a closure and not for how long bears on a part.
func lasted(cmp *record.Comparison, t *Telling, claimed period.Length) Bearing {
	w := t.Without
	switch n, days := w.From.DaysUntil(w.To); {
	case t.yearly:
		return Part
	case !w.Lasted.IsZero() && w.About:
		nominal := w.Lasted.NominalDays()
		return decide(cmp, claimed.NominalDays(), nominal*(1-aboutShare), nominal*(1+aboutShare))
	case !w.Lasted.IsZero():
		return compareLengths(cmp, w.Lasted, claimed)
	case days:
		return compareLengths(cmp, period.Days(n+1), claimed)
	}
	return Part
}

// inside reports whether what is told certainly lies in a period. Of a gap at the beginning of every year, one beginning does.
func (t *Telling) inside(asked period.Span) bool {
	if !t.yearly {
		return within(t.Span, asked)
	}
	for year := t.Span.First().Year(); year <= t.Span.Last().Year(); year++ {
		first, err1 := period.NewDate(year, 1, 1)
		last, err2 := period.NewDate(year, 2, 0)
		if err1 == nil && err2 == nil && within(period.Span{From: first, To: last.Last()}, asked) {
			return true
		}
	}
	return false
}

// weighToldChange sets the sums of two periods against each other, where one independent source tells both at one step.
func weighToldChange(cmp *record.Comparison, list []Evidence, told []Telling) {
	if !changes(cmp) {
		return
	}
	ready := make([]bool, len(list))
	for i := range list {
		ready[i] = list[i].Bearing == Unlike && list[i].Cause == OneAmount
	}
	for i := range list {
		for j := range list {
			a, b := &told[i], &told[j]
			if !ready[i] || !ready[j] || a.Citation.Source != b.Citation.Source || a.Amount.Per != b.Amount.Per || a.Amount.Currency != b.Amount.Currency ||
				!sameSpan(a.Span, cmpSpan(cmp)) || !sameSpan(b.Span, period.Span{From: cmp.Then}) {
				continue
			}
			if bearing := changed(cmp, a.Amount.Stated, b.Amount.Stated); bearing != Unlike {
				list[i].Bearing, list[j].Bearing = bearing, bearing
				list[i].Cause, list[j].Cause = "", ""
			}
		}
	}
}

// weighToldSum adds up what one independent source tells of parts of the period: so much was reached at least, since nobody says that there were no more.
// Parts that overlap are not added, and neither is a sum that is not exact, nor two tellings of one thing.
func weighToldSum(cmp *record.Comparison, list []Evidence, told []Telling) {
	bySource := map[string][]int{}
	for i := range list {
		if list[i].Bearing == Unlike && list[i].Cause == OnePart {
			bySource[told[i].Citation.Source] = append(bySource[told[i].Citation.Source], i)
		}
	}
	for _, at := range bySource {
		total, ok := new(big.Rat), true
		for n, i := range at {
			sum, exact := told[i].Amount.Rat()
			ok = ok && exact && told[i].Amount.Kind == record.Exact && told[i].Amount.Per == "" &&
				!slices.ContainsFunc(at[:n], func(j int) bool { return told[i].Span.Overlaps(told[j].Span) })
			if ok {
				total.Add(total, sum)
			}
		}
		low, _ := total.Float64()
		if b, known := reached(cmp, low); ok && known {
			for _, i := range at {
				list[i].Bearing, list[i].Cause = b, ""
			}
		}
	}
}
