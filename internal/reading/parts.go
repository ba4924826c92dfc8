package reading

import "strings"

// partsTold adds what the reasons on appeal say that the first instance imposed for one offence, where its aggregate sentence alone was told before:
// "za krivično djelo oduzimanje vozila utvrdio kaznu zatvora u trajanju od dva mjeseca". The offence's name finds the count.
func (r *reader) partsTold(p *Proposal) {
	for i := range p.Decisions {
		d := &p.Decisions[i]
		if d.Instance.Value != First || i == p.This {
			continue
		}
		for k := range d.Defendants {
			if x := &d.Defendants[k]; x.Single.Imprisonment.Found() {
				r.partsOf(x)
			}
		}
	}
}

const nearOffence = 140 // bytes between an offence's name and what was imposed for it

func (r *reader) partsOf(x *Defendant) {
	for _, m := range r.within("prison", r.layout.court.from(r.layout.history.End)) {
		from, to := m.group("dur")
		length, agree, ok := r.lang.length(r.low[from:to])
		if !ok {
			continue
		}
		leads := r.within("offence.lead", Span{max(0, m.from-nearOffence), m.from})
		if len(leads) == 0 || r.aggregate(event{from: m.from, to: m.to}) {
			continue
		}
		words := r.low[leads[len(leads)-1].to:m.from]
		if _, set := r.first("imposed.told", Span{leads[len(leads)-1].to, m.from}); !set {
			continue
		}
		for i := range x.Counts {
			c := &x.Counts[i]
			name := strings.ToLower(makeEven(c.Offence.Value).clean)
			if len(name) < 5 || c.Imprisonment.Found() || !strings.HasPrefix(strings.TrimLeft(words, " -:,\""), name[:min(len(name), 9)]) {
				continue
			}
			c.Imprisonment = value(r, length, m.rule.ID, m.from, m.to)
			c.Imprisonment.doubt("told in the reasons, behind the aggregate sentence")
			if !agree {
				c.Imprisonment.doubt("the digits and the words beside them differ, or one of them cannot be read")
			}
			c.Joint = false
			break
		}
	}
}
