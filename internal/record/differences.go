package record

import (
	"cmp"
	"slices"
	"strconv"

	"fener/locale"
	"fener/period"
)

// VictimCounts are every figure of victims that was ever published, in any revision:
// what somebody read can be set against what comes later, whether it was
// withdrawn, corrected or stands. They tell what the differences of published
// figures would give away. The zero value holds nothing.
type VictimCounts struct {
	counts map[string][]victimCount // by what they are a part of
}

// victimCount is one figure, as far as figures can be set against each other.
type victimCount struct {
	ids         []string // of the observation, or of those that it is the sum of
	place       sizedPlace
	first, last period.Date
	of          Attributes // in one word each
	n           int
	sumOf       []victimCount // what it is the sum of; none for a stated figure
	held, fine  bool          // kept from the public; finer than the rule
	fresh       bool          // is about to be published
}

// mostSums and mostSteps bound the search: so many sums of neighbouring figures,
// and so many steps for one whole.
const (
	mostSums  = 500
	mostSteps = 50_000
)

// Clone is a copy that can hear more by itself.
func (p *VictimCounts) Clone() VictimCounts {
	own := VictimCounts{counts: make(map[string][]victimCount, len(p.counts))}
	for of, list := range p.counts {
		own.counts[of] = slices.Clone(list)
	}
	return own
}

// Hear takes in a revision that was published.
func (p *VictimCounts) Hear(id string, o *Observation) {
	of, c, ok := countOf(id, o)
	if !ok {
		return
	}
	if p.counts == nil {
		p.counts = map[string][]victimCount{}
	}
	p.counts[of] = append(p.counts[of], c)
}

// GivesAway says what the reader could work out if an observation were published:
// the ids of figures that together with it, or without it, tell a number of
// victims that is held back or would be. It is empty where nothing is given away.
// The limit is that of the care rule; what cannot be searched through in
// mostSteps counts as given away.
func (p *VictimCounts) GivesAway(id string, o *Observation) []string {
	of, c, ok := countOf(id, o)
	if !ok {
		return nil
	}
	c.fresh = true
	all := append(slices.Clone(p.counts[of]), c)
	open := slices.DeleteFunc(slices.Clone(all), func(c victimCount) bool { return c.held })
	for _, whole := range append(open, sums(open)...) {
		if !whole.fresh && !whole.holds(&c) {
			continue
		}
		parts := slices.DeleteFunc(slices.Clone(open), func(q victimCount) bool { return !whole.holds(&q) || whole.same(&q) })
		for i := range all {
			if h := &all[i]; h.held && whole.holds(h) {
				if found := whole.less(parts, h); found != nil {
					return others(found, id)
				}
			}
		}
		if found := whole.less(parts, nil); found != nil {
			return others(found, id)
		}
		if found := whole.filled(all); found != nil {
			return others(found, id)
		}
	}
	return nil
}

// others are the ids without one, each once.
func others(ids []string, id string) []string {
	list := slices.DeleteFunc(slices.Clone(ids), func(s string) bool { return s == id })
	slices.Sort(list)
	if list = slices.Compact(list); len(list) == 0 {
		return []string{id} // an earlier revision of its own
	}
	return list
}

// countOf reads an observation as a count of victims; ok is false for what is no
// number of persons in a known time.
func countOf(id string, o *Observation) (of string, c victimCount, ok bool) {
	v := o.OfVictims()
	if v == nil || o.Unit == "percent" || days(o.Span()) == 0 || o.Value.Kind != Exact && o.Value.Kind != About {
		return "", c, false
	}
	n, err := strconv.Atoi(o.Value.Low)
	if err != nil || n < 0 {
		return "", c, false
	}
	if of = v.Of; of == "" {
		of = o.Indicator
	}
	return of, victimCount{ids: []string{id}, place: placeOf(o.Place), first: o.Span().First(), last: o.Span().Last(),
		of: o.toldApart(v.Attributes), n: n, held: o.IsHeldBack(), fine: !o.Coarse()}, true
}

// toldApart are an observation's attributes, each in one word for all languages.
func (o *Observation) toldApart(of Attributes) Attributes {
	one := func(own, indicators string, a attribute) string {
		if own == "" {
			own = indicators
		}
		if own == "" && kindsOf(o.Counted)[a] {
			own = o.Counted
		}
		return attributeValue(a, own)
	}
	return Attributes{Sex: one(o.Sex, of.Sex, bySex), Age: one(o.Age, of.Age, byAge), Origin: one(o.Origin, of.Origin, byOrigin), Form: one(o.Form, of.Form, byForm)}
}

// attributeValue is an attribute as it is compared: female, male, child or adult
// where the words are known, and else the folded words.
func attributeValue(a attribute, text string) string {
	words := locale.Fold(text)
	if a != bySex && a != byAge {
		return words
	}
	list := tokens(text)
	for i := range list {
		for value, known := range valueWords[a] {
			if known.has(list[i].word) {
				return value
			}
		}
	}
	return words
}

// holds reports whether one count can be a part of another.
func (c *victimCount) holds(q *victimCount) bool {
	return c.place.holds(q.place) && !q.first.Before(c.first) && !c.last.Before(q.last) &&
		part(c.of.Sex, q.of.Sex) && (part(c.of.Age, q.of.Age) || c.of.Age == "child" && young(q.of.Age)) &&
		part(c.of.Origin, q.of.Origin) && part(c.of.Form, q.of.Form)
}

func part(whole, of string) bool { return whole == "" || whole == of }

// young reports whether all ages of a text, such as 14-17, are below eighteen.
func young(ages string) bool {
	list := tokens(ages)
	for i := range list {
		if list[i].count() >= 18 {
			return false
		}
	}
	return len(list) > 0 && list[0].number
}

func (c *victimCount) same(q *victimCount) bool {
	return c.place == q.place && c.first == q.first && c.last == q.last && c.of == q.of
}

// apart reports whether two counts can be of different persons throughout.
func (c *victimCount) apart(q *victimCount) bool {
	other := func(a, b string) bool { return a != "" && b != "" && a != b }
	return c.place.apart(q.place) || c.last.Before(q.first) || q.last.Before(c.first) || other(c.of.Sex, q.of.Sex) ||
		other(c.of.Age, q.of.Age) && !(c.of.Age == "child" && young(q.of.Age)) && !(q.of.Age == "child" && young(c.of.Age)) ||
		other(c.of.Origin, q.of.Origin) || other(c.of.Form, q.of.Form)
}

// sums are the counts that readers can add up: the two sexes, and periods that
// follow each other.
func sums(open []victimCount) []victimCount {
	var list []victimCount
	for i := range open {
		for j := range open {
			a, b := &open[i], &open[j]
			if both := *a; a.of.Sex == "female" && b.of.Sex == "male" {
				both.of.Sex = ""
				if q := *b; q.place == a.place && q.first == a.first && q.last == a.last && len(list) < mostSums {
					if q.of.Sex = ""; q.of == both.of {
						list = append(list, both.and(b))
					}
				}
			}
		}
	}
	steps := append(slices.Clone(open), list...)
	slices.SortStableFunc(steps, func(a, b victimCount) int { return a.first.Compare(b.first) })
	chains := slices.Clone(steps)
	for i := 0; i < len(chains) && len(list) < mostSums; i++ {
		next := chains[i].last.AddDays(1)
		at, _ := slices.BinarySearchFunc(steps, next, func(c victimCount, d period.Date) int { return c.first.Compare(d) })
		for ; at < len(steps) && steps[at].first == next && len(list) < mostSums; at++ {
			if b := &steps[at]; b.place == chains[i].place && b.of == chains[i].of {
				whole := chains[i].and(b)
				list, chains = append(list, whole), append(chains, whole)
			}
		}
	}
	return list
}

// and is the sum of two counts.
func (c *victimCount) and(q *victimCount) victimCount {
	s := *c
	s.ids = append(slices.Clone(c.ids), q.ids...)
	s.n, s.last = c.n+q.n, q.last
	s.sumOf = []victimCount{*c, *q}
	s.fine, s.fresh = c.fine || q.fine, c.fresh || q.fresh
	return s
}

// less looks for parts of a whole, all of different persons, that leave fewer
// than SmallUnder: of a count that is held back, or, where none is named, of
// anything finer than the rule. Something must be fresh. It returns the ids of
// the figures; nil where there are no such parts.
func (c *victimCount) less(parts []victimCount, held *victimCount) []string {
	s := search{whole: c, held: held, most: c.n - 1, steps: mostSteps}
	var list []*victimCount
	for i := range parts {
		if q := &parts[i]; q.n > 0 && (held == nil || q.apart(held)) {
			list = append(list, q)
		}
	}
	if held != nil {
		s.most = c.n - max(1, held.n)
	}
	if len(c.sumOf) > 0 && !slices.ContainsFunc(list, c.across) && (held == nil || !c.across(held)) {
		return nil // nothing that its summands do not tell by themselves
	}
	slices.SortStableFunc(list, func(a, b *victimCount) int { return cmp.Compare(b.n, a.n) })
	if !s.take(list, 0) {
		return nil
	}
	ids := slices.Clone(c.ids)
	for _, q := range s.taken {
		ids = append(ids, q.ids...)
	}
	if held != nil {
		ids = append(ids, held.ids...)
	}
	return ids
}

// filled finds counts that are held back, of different persons, which add up to
// the whole only if each is as large as one that is held back can be.
func (c *victimCount) filled(all []victimCount) []string {
	ids, fresh := slices.Clone(c.ids), c.fresh
	var largest []*victimCount
	for i := range all {
		h := &all[i]
		if h.held && h.n == SmallUnder-1 && c.holds(h) && !slices.ContainsFunc(largest, func(o *victimCount) bool { return !o.apart(h) }) {
			largest, ids, fresh = append(largest, h), append(ids, h.ids...), fresh || h.fresh
		}
	}
	if !fresh || len(largest) < 2 || c.n != len(largest)*(SmallUnder-1) {
		return nil
	}
	return ids
}

// across reports whether a part lies in no single summand of a sum.
func (c *victimCount) across(q *victimCount) bool {
	return !slices.ContainsFunc(c.sumOf, func(summand victimCount) bool { return summand.holds(q) })
}

// search is the way through the parts of one whole.
type search struct {
	whole, held *victimCount
	most        int // that the parts taken may add up to
	taken       []*victimCount
	steps       int
}

// take tries the parts left, the largest first, each of other persons than those
// taken before.
func (s *search) take(list []*victimCount, sum int) bool {
	if s.steps -= 1 + len(list); s.steps < 0 {
		return true // nobody can say that nothing is given away
	}
	rest, can := 0, s.tells(s.taken)
	if can == telling && s.left(sum) {
		return true
	}
	for _, q := range list {
		rest += q.n
	}
	for i, q := range list {
		if s.whole.n-sum-rest >= SmallUnder || can|s.tells(list[i:]) != telling {
			return false
		}
		rest -= q.n
		if sum+q.n > s.most {
			continue
		}
		var apart []*victimCount
		for _, o := range list[i+1:] {
			if o.apart(q) {
				apart = append(apart, o)
			}
		}
		s.taken = append(s.taken, q)
		if s.take(apart, sum+q.n) {
			return true
		}
		s.taken = s.taken[:len(s.taken)-1]
	}
	return false
}

// What a difference must rest on to tell something new.
const (
	onFresh  = 1 << iota // something that is about to be published
	onFine               // something finer than the rule, or a figure that is held back
	onAcross             // something that no summand of the whole tells by itself
	telling  = onFresh | onFine | onAcross
)

// tells says what of that a difference of the whole and some parts rests on.
func (s *search) tells(parts []*victimCount) (on int) {
	add := func(is bool, what int) {
		if is {
			on |= what
		}
	}
	add(s.whole.fresh || s.held != nil && s.held.fresh, onFresh)
	add(s.whole.fine || s.held != nil, onFine)
	add(len(s.whole.sumOf) == 0 || s.held != nil && s.whole.across(s.held), onAcross)
	for i := 0; i < len(parts) && on != telling; i++ {
		add(parts[i].fresh, onFresh)
		add(parts[i].fine, onFine)
		add(s.whole.across(parts[i]), onAcross)
	}
	return on
}

// left reports whether what parts of a sum leave of the whole tells something. Of
// a figure that is held back, one below the limit tells nothing new, unless it is
// the number itself.
func (s *search) left(sum int) bool {
	n := s.whole.n - sum
	if s.held != nil {
		return n == s.held.n || n >= s.held.n && n < SmallUnder-1
	}
	return n > 0 && n < SmallUnder && len(s.taken) > 0
}
