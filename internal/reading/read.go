package reading

import (
	"slices"
	"strings"
)

// read puts a proposal together from what was found.
func (r *reader) read(p *Proposal) {
	r.people = r.findPeople()
	r.findLayout()
	r.findApart()
	this := r.thisDecision()
	if p.Kind == Criminal && (r.layout.digest || this.Instance.Value != First) {
		r.earlier(p)
	}
	p.Decisions = append(p.Decisions, this)
	p.This = len(p.Decisions) - 1
	if p.Kind == Criminal {
		r.own(p)
	}
	r.listNumbers(p)
	r.order(p)
	for _, n := range r.names {
		p.Names = append(p.Names, r.span(n.from, n.to))
	}
	for _, m := range r.of("published") {
		p.Published = value(r, r.written(m.from, m.to), m.rule.ID, m.from, m.to)
		break
	}
	for _, m := range r.of("final") {
		p.Final = value(r, r.written(m.from, m.to), m.rule.ID, m.from, m.to)
		break
	}
}

// thisNumber is the number of the decision at hand: the first one of a court in the head, or the first in the text.
func (r *reader) thisNumber() *numberAt {
	for i := range r.numbers {
		if n := &r.numbers[i]; n.instance != Prosecution && n.from < max(r.layout.head.End, 700) {
			return n
		}
	}
	return nil
}

// thisDecision reads the head: number, court, date.
func (r *reader) thisDecision() Decision {
	lang := r.lang.Language
	d := Decision{}
	head := r.layout.head
	head.End = min(head.End, head.Start+6000)
	n := r.thisNumber()
	if n != nil {
		d.Number = r.numberValue(*n)
		d.Instance = value(r, n.instance, lang+".number", n.from, n.to)
	}
	court, found := r.headCourt(head, n)
	if found {
		d.Court = r.courtValue(court)
		level := Instance(strings.TrimPrefix(court.rule.Field, "court."))
		if n == nil || n.instance == OtherCase {
			d.Instance = value(r, level, court.rule.ID, court.from, court.to)
		}
	}
	r.thisDate(&d, head, n)
	return d
}

// headCourt is the court whose decision it is: the one of the number's instance where the head names several.
func (r *reader) headCourt(head Span, n *numberAt) (best mention, found bool) {
	for _, field := range []string{"court.supreme", "court.appeal", "court.first"} {
		for _, m := range r.within(field, head) {
			if m.rule.Value == "" {
				continue
			}
			right := n != nil && Instance(strings.TrimPrefix(field, "court.")) == n.instance
			if right {
				return m, true
			}
			if !found || m.from < best.from {
				best, found = m, true
			}
			break
		}
	}
	return best, found
}

// thisDate is the date behind the number of a collection; else the one by which the head says that the decision was made; else the foot's.
func (r *reader) thisDate(d *Decision, head Span, n *numberAt) {
	if n != nil && n.date != nil && !n.date.bad {
		d.Date = r.dateValue(*n)
	}
	taken := func(at dateAt) bool {
		return slices.ContainsFunc(r.numbers, func(k numberAt) bool {
			return k.date != nil && k.date.from == at.from && (n == nil || k.from != n.from)
		})
	}
	made, ok := r.first("made", head)
	var at *dateAt
	for i := range r.dates {
		c := &r.dates[i]
		if !head.holds(c.from) || taken(*c) {
			continue
		}
		if ok && c.from > made.from && (at != nil || c.from-made.to > 60) {
			break
		}
		if ok || len(r.within("dated", Span{max(0, c.from-14), c.from})) > 0 {
			at = c
		}
	}
	foot := r.footDate()
	lang := r.lang.Language
	switch {
	case d.Date.Found():
	case at != nil && !at.bad:
		d.Date = value(r, at.date, lang+".date.head", at.from, at.to)
		if foot != nil && foot.date != at.date {
			d.Date.doubt("the foot of the decision has another date")
		}
	case foot != nil:
		d.Date = value(r, foot.date, lang+".date.foot", foot.from, foot.to)
		if at != nil {
			d.Date.doubt("the head has no date that can be read")
		}
	}
}

// footDate is the date at the end of the reasons, beside the court's name.
func (r *reader) footDate() *dateAt {
	if r.layout.digest {
		return nil
	}
	from := max(r.layout.dispositive.End, len(r.low)-1500)
	for _, m := range r.within("foot", Span{from, len(r.low)}) {
		for i := range r.dates {
			if d := &r.dates[i]; d.from >= m.from && d.from-m.to < 60 && !d.bad {
				return d
			}
		}
	}
	return nil
}

// earlier reads the decisions that the account tells of.
func (r *reader) earlier(p *Proposal) {
	var inherited []Defendant
	sections := r.sections(r.layout.history)
	for i, s := range sections {
		if s.instance == "" && i > 0 {
			s.instance, s.court = sections[i-1].instance, sections[i-1].court
		}
		if s.correct { // a correction is made by the court that is corrected, whatever court its words name
			for k := i - 1; k >= 0; k-- {
				if sections[k].instance == s.instance {
					s.court = sections[k].court
					break
				}
			}
			sections[i] = s
		}
		if s.number != nil && r.isThis(s.number) {
			continue
		}
		d := r.decision(s)
		if !s.correct {
			var asides []Aside
			var carry []Defendant
			if s.instance != First {
				carry = inherited
				if carry == nil {
					carry = []Defendant{}
				}
			}
			d.Defendants, asides = r.build(s.spans(), carry)
			for k := range d.Defendants {
				complete(&d.Defendants[k], carry)
			}
			p.Asides = append(p.Asides, asides...)
		}
		r.effect(&d, s)
		if len(d.Defendants) > 0 {
			inherited = d.Defendants
		}
		if m, ok := r.first("plea", s.Span); ok {
			d.Plea = value(r, true, m.rule.ID, m.from, m.to)
		}
		if !r.twice(p, d) {
			p.Decisions = append(p.Decisions, d)
		}
	}
	if !slices.ContainsFunc(p.Decisions, func(d Decision) bool { return d.Instance.Value == First }) && !r.layout.digest {
		if s, ok := r.headed(); ok { // nothing is told of it but its number, court and date
			p.Decisions = append(p.Decisions, r.decision(s))
		}
	}
}

func (r *reader) isThis(n *numberAt) bool {
	t := r.thisNumber()
	return t != nil && t.key == n.key
}

// twice says whether a decision is in the list already; what it adds is added there.
func (r *reader) twice(p *Proposal, d Decision) bool {
	for i := range p.Decisions {
		have := &p.Decisions[i]
		if !d.Number.Found() || have.Number.Value != d.Number.Value {
			continue
		}
		if len(have.Defendants) == 0 {
			have.Defendants = d.Defendants
		}
		return true
	}
	return false
}

// effect says what an earlier decision did.
func (r *reader) effect(d *Decision, s section) {
	if s.correct {
		for _, m := range r.within("effect", s.Span) {
			if m.rule.Value == string(Corrected) {
				d.Effect = value(r, Corrected, m.rule.ID, m.from, m.to)
				return
			}
		}
		return
	}
	if s.instance == First {
		d.Effect = verdictEffect(d.Defendants)
		if d.Effect.Found() {
			return
		}
	}
	rank := map[Effect]int{Annulled: 4, Modified: 3, Upheld: 2, Inadmissible: 1, Corrected: 0}
	best := -1
	for _, m := range r.within("effect", s.Span) {
		if r.wished(m.from) {
			continue
		}
		if e := Effect(m.rule.Value); rank[e] > best && e != Corrected {
			best = rank[e]
			d.Effect = value(r, e, m.rule.ID, m.from, m.to)
		}
	}
	if !d.Effect.Found() {
		d.Effect = verdictEffect(d.Defendants)
	}
}

// wished says that a verb stands as what somebody asks for: "të ndryshohet".
func (r *reader) wished(at int) bool { return strings.HasSuffix(r.low[:at], " te ") }

// verdictEffect is the effect of a first instance: of the first verdict that convicts, else of the first.
func verdictEffect(all []Defendant) (v Value[Effect]) {
	of := map[Verdict]Effect{Guilty: Convicted, NotGuilty: Acquitted, ChargeRefus: Rejected, Discontinued: Rejected, Responsible: Measure}
	for _, d := range all {
		for _, c := range d.Counts {
			if c.Verdict.Found() && (!v.Found() || c.Verdict.Value == Guilty && v.Value != Convicted) {
				v = Value[Effect]{Value: of[c.Verdict.Value], Quote: c.Verdict.Quote, Rule: c.Verdict.Rule, Sure: c.Verdict.Sure, Doubt: c.Verdict.Doubt}
			}
		}
	}
	return v
}
