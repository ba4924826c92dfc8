package reading

import (
	"slices"
	"sort"
)

// findApart finds what no verdict or sentence is read from: what the accused did, told between the verdict and the offence, and the earlier
// convictions among the personal data.
func (r *reader) findApart() {
	for _, m := range r.of("facts.from") {
		if end, ok := r.first("facts.to", Span{m.to, len(r.low)}); ok && r.layout.dispositive.holds(m.from) && r.layout.dispositive.holds(end.from) {
			r.masked = append(r.masked, Span{m.to, end.from})
		}
	}
	for _, m := range r.of("record") {
		if p := r.paragraph(m.from); r.layout.dispositive.holds(m.from) {
			r.masked = append(r.masked, Span{m.from, p.End})
		}
	}
	for _, m := range r.of("earlier.clause") {
		if r.layout.dispositive.holds(m.from) {
			r.masked = append(r.masked, Span{m.from, m.to})
		}
	}
	slices.SortFunc(r.masked, func(a, b Span) int { return a.Start - b.Start })
	merged := r.masked[:0]
	for _, s := range r.masked {
		if n := len(merged); n > 0 && s.Start <= merged[n-1].End {
			merged[n-1].End = max(merged[n-1].End, s.End)
		} else {
			merged = append(merged, s)
		}
	}
	r.masked = merged
}

func (r *reader) inApart(i int) bool {
	k := sort.Search(len(r.masked), func(k int) bool { return r.masked[k].Start > i }) - 1
	return k >= 0 && r.masked[k].holds(i)
}
