package reading

import (
	"slices"
	"strings"
)

// listNumbers lists every number once, with what it belongs to.
func (r *reader) listNumbers(p *Proposal) {
	seen := map[string]int{}
	this := r.thisNumber()
	for i := range r.numbers {
		n := r.numbers[i]
		if k, ok := seen[n.key]; ok {
			if have := &p.Numbers[k]; !have.Date.Found() {
				have.Date = r.dateValue(n)
			} else if later := r.dateValue(n); later.Found() && later.Value != have.Date.Value && n.date.from >= n.to {
				have.Date.doubt("the same number has another date elsewhere")
				for i := range p.Decisions {
					if d := &p.Decisions[i]; d.Number.Value == have.Number.Value {
						d.Date.doubt("its number has another date elsewhere")
					}
				}
			}
			continue
		}
		out := Number{Number: r.numberValue(n), Date: r.dateValue(n)}
		out.Instance = value(r, n.instance, out.Number.Rule, n.from, n.to)
		switch {
		case this != nil && n.key == this.key:
			out.This = true
			out.Court, out.Date = p.Decisions[p.This].Court, p.Decisions[p.This].Date
			if in := p.Decisions[p.This].Instance; in.Found() {
				out.Instance = in
			}
		case n.instance != Prosecution && !r.told(n) && !n.civil && !r.record(n) && len(r.within("annulment", Span{max(0, n.from-130), n.to + 130})) > 0:
			out.Instance.doubt("an annulment is told beside it: it may be of an earlier trial")
		case n.instance != Prosecution && !r.told(n):
			out.Instance.Value = OtherCase
			if !n.civil && !r.record(n) {
				out.Instance.doubt("it stands outside the account of this case")
			}
		}
		if n.instance == Prosecution && !r.told(n) && !r.layout.request.holds(n.from) && n.from > r.layout.court.Start+4000 {
			out.Number.doubt("it stands outside the account of this case")
		}
		if n.instance == Prosecution && slices.ContainsFunc(p.Numbers, func(k Number) bool { return nearly(k.Number.Value, out.Number.Value) }) {
			out.Number.doubt("another number differs in its letters only: one may be a slip")
		}
		for k := range p.Decisions {
			if d := &p.Decisions[k]; d.Number.Found() && d.Number.Value == out.Number.Value && !out.This {
				out.Court, out.Instance = d.Court, d.Instance
			}
		}
		if in := out.Instance.Value; !out.Court.Found() && (in == Appeal || in == Supreme) {
			out.Court = r.onlyCourt(in)
		}
		seen[n.key] = len(p.Numbers)
		p.Numbers = append(p.Numbers, out)
	}
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

// nearly says that two numbers have one number and year, and other letters.
func nearly(a, b string) bool {
	digits := func(s string) string { return strings.TrimLeftFunc(s, func(c rune) bool { return c < '0' || c > '9' }) }
	return a != b && digits(a) == digits(b)
}
