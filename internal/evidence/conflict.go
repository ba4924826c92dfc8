package evidence

import (
	"slices"

	"fener/internal/record"
	"fener/period"
)

// Relation says how an observation's period stands to the one looked at.
type Relation string

// The relations of periods.
const (
	SamePeriod Relation = "same"
	PartOfIt   Relation = "part"     // a half-year in a year
	LongerThan Relation = "longer"   // a period that holds the one looked at
	OverlapsIt Relation = "overlaps" // partly inside, partly outside
	NoPeriod   Relation = "none"     // the source does not say when
)

// Difference is a reason, read off the observations themselves, why two of
// them need not have the same value.
type Difference string

// The differences.
const (
	DifferentPeriod    Difference = "period"
	DifferentUnit      Difference = "unit"
	DifferentCounted   Difference = "counted"   // another set of offences or persons was counted
	DifferentAuthority Difference = "authority" // somebody else counted
	Restated           Difference = "restated"  // one restates the other
	Retold             Difference = "retold"    // one is a retelling of a report that was not read
	Unexplained        Difference = "unexplained"
)

// Beside is one observation on a conflict page: how its period stands to the
// one looked at, and why it may differ from the others.
type Beside struct {
	*Observation
	Relation    Relation
	Differences []Difference
}

// Conflict is everything said about one indicator, place and period.
type Conflict struct {
	Series
	Span     period.Span
	Said     []Beside
	Disagree bool // two of them cover the same period, in the same unit, with different values
}

// Conflict sets side by side every observation of a series whose period meets
// the span, and those without a period.
func (s *Set) Conflict(key Series, span period.Span) Conflict {
	c := Conflict{Series: key, Span: span}
	for _, o := range s.series[key] {
		if r, ok := relate(o.Span(), span); ok {
			c.Said = append(c.Said, Beside{Observation: o, Relation: r})
		}
	}
	for i := range c.Said {
		c.Said[i].Differences = s.differences(c.Said, i)
	}
	c.Disagree = disagree(c.Said)
	return c
}

func relate(said, asked period.Span) (Relation, bool) {
	if said.IsZero() {
		return NoPeriod, true
	}
	if !said.Overlaps(asked) {
		return "", false
	}
	starts := said.First().Compare(asked.First())
	ends := said.Last().Compare(asked.Last())
	switch {
	case starts == 0 && ends == 0:
		return SamePeriod, true
	case starts >= 0 && ends <= 0:
		return PartOfIt, true
	case starts <= 0 && ends >= 0:
		return LongerThan, true
	}
	return OverlapsIt, true
}

// differences compares observation i with each other one that has another value.
func (s *Set) differences(said []Beside, i int) []Difference {
	var list []Difference
	add := func(d Difference) {
		if !slices.Contains(list, d) {
			list = append(list, d)
		}
	}
	o := said[i].Observation
	for j := range said {
		q := said[j].Observation
		if i == j || SameValue(o.Value, q.Value) {
			continue
		}
		known := len(list)
		if !sameSpan(o.Span(), q.Span()) {
			add(DifferentPeriod)
		}
		if o.Unit != q.Unit {
			add(DifferentUnit)
		}
		if o.Counted != q.Counted && o.Counted != "" && q.Counted != "" {
			add(DifferentCounted)
		}
		if o.CountedBy != q.CountedBy && o.CountedBy != "" && q.CountedBy != "" {
			add(DifferentAuthority)
		}
		if slices.Contains(o.Restates, q.ID) || slices.Contains(q.Restates, o.ID) {
			add(Restated)
		}
		if o.Retelling != q.Retelling {
			add(Retold)
		}
		if len(list) == known && known == 0 {
			add(Unexplained)
		}
	}
	if len(list) > 1 {
		list = slices.DeleteFunc(list, func(d Difference) bool { return d == Unexplained })
	}
	return list
}

// sameSpan compares periods by their days: 2017 is the first of January to the
// last of December.
func sameSpan(a, b period.Span) bool { return a.First() == b.First() && a.Last() == b.Last() }

// SameValue reports whether two values say the same; "24" and "around 24" do not.
func SameValue(a, b record.Stated) bool {
	return a.Kind == b.Kind && a.Low == b.Low && a.High == b.High && (a.Kind != record.InWords || a.Text == b.Text)
}

func disagree(said []Beside) bool {
	for i := range said {
		for j := range i {
			a, b := said[i].Observation, said[j].Observation
			if !a.Span().IsZero() && sameSpan(a.Span(), b.Span()) && a.Unit == b.Unit && !SameValue(a.Value, b.Value) {
				return true
			}
		}
	}
	return false
}

// Conflicts lists, for every series, the years for which two observations with
// different values meet. Years are where people look; the page of each shows
// the periods as they are.
func (s *Set) Conflicts() []Conflict {
	var list []Conflict
	for _, key := range s.AllSeries() {
		for _, year := range years(s.series[key]) {
			c := s.Conflict(key, yearSpan(year))
			if c.differs() {
				list = append(list, c)
			}
		}
	}
	return list
}

func (c *Conflict) differs() bool {
	for i := range c.Said {
		if c.Said[i].Relation == NoPeriod || c.Said[i].Value.Kind == record.InWords {
			continue
		}
		for j := range i {
			if c.Said[j].Relation != NoPeriod && c.Said[j].Value.Kind != record.InWords && !SameValue(c.Said[i].Value, c.Said[j].Value) {
				return true
			}
		}
	}
	return false
}

func years(list []*Observation) []int {
	var ys []int
	for _, o := range list {
		if o.Span().IsZero() {
			continue
		}
		for y := o.Span().First().Year(); y <= o.Span().Last().Year() && y != 0; y++ {
			if !slices.Contains(ys, y) {
				ys = append(ys, y)
			}
		}
	}
	slices.Sort(ys)
	return ys
}

// yearSpan is the whole of a year.
func yearSpan(year int) period.Span {
	d, err := period.NewDate(year, 0, 0)
	if err != nil {
		return period.Span{}
	}
	return period.Span{From: d.First(), To: d.Last()}
}

// Gaps are the years between a series' first and last without any observation:
// absence is data, and is drawn as a gap.
func (s *Set) Gaps(key Series) []int {
	ys := years(s.series[key])
	var gaps []int
	for i := 1; i < len(ys); i++ {
		for y := ys[i-1] + 1; y < ys[i]; y++ {
			gaps = append(gaps, y)
		}
	}
	return gaps
}
