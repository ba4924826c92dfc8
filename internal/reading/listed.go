package reading

import (
	"slices"
	"strings"
)

// listNumbers lists every number once, with what it belongs to.
func (r *reader) listNumbers(p *Proposal) {
	seen := map[string]int{}
	byDigits := map[string]bool{} // numbers of the prosecution without their letters
	courts := map[Instance]Value[string]{Appeal: r.onlyCourt(Appeal), Supreme: r.onlyCourt(Supreme)}
	for i := range r.numbers {
		n := &r.numbers[i]
		if k, ok := seen[n.key]; ok {
			r.again(p, &p.Numbers[k], n)
			continue
		}
		out := Number{Number: r.numberValue(*n), Date: r.dateValue(*n)}
		r.belongs(p, &out, n)
		if n.instance == Prosecution {
			if byDigits[digitsOf(n.key)] {
				out.Number.doubt("another number differs in its letters only: one may be a slip")
			}
			byDigits[digitsOf(n.key)] = true
		}
		if !out.Court.Found() {
			out.Court = courts[out.Instance.Value]
		}
		seen[n.key] = len(p.Numbers)
		p.Numbers = append(p.Numbers, out)
	}
}

// again takes a number that stands in the list: a date that was missing is filled in, one that differs makes both unsure.
func (r *reader) again(p *Proposal, have *Number, n *numberAt) {
	later := r.dateValue(*n)
	switch {
	case !have.Date.Found():
		have.Date = later
	case later.Found() && later.Value != have.Date.Value && n.date.from >= n.to:
		have.Date.doubt("the same number has another date elsewhere")
		for i := range p.Decisions {
			if d := &p.Decisions[i]; d.Number.Value == have.Number.Value {
				d.Date.doubt("its number has another date elsewhere")
			}
		}
	}
}

// belongs says whose a number is.
func (r *reader) belongs(p *Proposal, out *Number, n *numberAt) {
	const outside = "it stands outside the account of this case"
	this := &p.Decisions[p.This]
	told := r.told(*n)
	out.Instance = value(r, n.instance, out.Number.Rule, n.from, n.to)
	switch {
	case r.isThis(n):
		out.This = true
		out.Court, out.Date = this.Court, this.Date
		if this.Instance.Found() {
			out.Instance = this.Instance
		}
		return
	case told:
	case n.instance == Prosecution:
		if !r.layout.request.holds(n.from) && n.from > r.layout.court.Start+4000 {
			out.Number.doubt(outside)
		}
	case n.civil || r.record(*n):
		out.Instance.Value = OtherCase
	case len(r.within("annulment", Span{max(0, n.from-130), n.to + 130})) > 0:
		out.Instance.doubt("an annulment is told beside it: it may be of an earlier trial")
	default:
		out.Instance.Value = OtherCase
		out.Instance.doubt(outside)
	}
	for k := range p.Decisions {
		if d := &p.Decisions[k]; d.Number.Found() && d.Number.Value == out.Number.Value {
			out.Court, out.Instance = d.Court, d.Instance
		}
	}
}

func digitsOf(key string) string {
	return strings.TrimLeftFunc(key, func(c rune) bool { return c < '0' || c > '9' })
}

// onlyCourt is the court of an instance where the text names one only.
func (r *reader) onlyCourt(i Instance) (court Value[string]) {
	for _, m := range r.of("court." + string(i)) {
		v := r.courtValue(m)
		if v.Found() && court.Found() && place(v.Value) != place(court.Value) {
			return Value[string]{}
		}
		if v.Found() && !court.Found() {
			court = v
		}
	}
	court.doubt("the only court of this instance that the text names")
	return court
}

// told says whether a number stands where decisions of this case are told of: not in personal data, and not in what parties or witnesses say.
func (r *reader) told(n numberAt) bool {
	if n.civil || r.record(n) {
		return false
	}
	if r.layout.digest {
		return r.layout.history.holds(n.from) || r.layout.head.holds(n.from)
	}
	t := r.thisNumber()
	return r.layout.head.holds(n.from) || r.layout.history.holds(n.from) && (t == nil || t.instance != First)
}

// record says whether a number stands behind words for an earlier conviction.
func (r *reader) record(n numberAt) bool {
	return len(r.within("record", Span{max(0, n.from-140), n.from})) > 0
}

// order puts decisions in the order of the instances as they were made; the one at hand is last.
func (r *reader) order(p *Proposal) {
	this := p.Decisions[p.This]
	rest := slices.Delete(p.Decisions, p.This, p.This+1)
	slices.SortStableFunc(rest, func(a, b Decision) int {
		if a.Date.Found() && b.Date.Found() && a.Instance.Value == b.Instance.Value {
			return a.Date.Value.Compare(b.Date.Value)
		}
		return 0
	})
	for i := range rest {
		if d := &rest[i]; d.Date.Found() && this.Date.Found() && this.Date.Value.Before(d.Date.Value) {
			d.Date.doubt("it lies behind the day of the decision at hand")
			for k := range p.Numbers {
				if n := &p.Numbers[k]; n.Number.Value == d.Number.Value {
					n.Date.doubt("it lies behind the day of the decision at hand")
				}
			}
		}
	}
	p.Decisions = append(rest, this)
	p.This = len(p.Decisions) - 1
}
