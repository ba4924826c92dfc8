package reading

import (
	"slices"
)

// own reads what the decision at hand decides: from its operative part, or, in a collection that prints none, from what the court says.
func (r *reader) own(p *Proposal) {
	d := &p.Decisions[p.This]
	if !r.layout.digest {
		r.operative(p, d)
		return
	}
	if r.layout.bare && p.This == 0 && len(r.of("verdict")) > 0 {
		r.hearsay(d)
		return
	}
	r.result(d)
	if d.Effect.Value == Modified {
		r.acquittal(p, d)
	}
	if d.Effect.Value == Modified && len(d.Defendants) == 0 {
		r.imposed(p, d)
	}
}

// hearsay reads a text without headings that tells of one decision, such as what a newspaper wrote of it. Nothing in it is sure.
func (r *reader) hearsay(d *Decision) {
	d.Defendants, _ = r.build(Span{0, len(r.low)}, nil)
	d.Effect = verdictEffect(d.Defendants)
	for i := range d.Defendants {
		d.Defendants[i].doubtAll("told without the operative part")
	}
	if d.Effect.Found() {
		d.Effect.doubt("told without the operative part")
	}
	if !d.Court.Found() {
		for _, m := range r.of("court.first") {
			if m.rule.Value != "" {
				d.Court = r.courtValue(m)
				d.Court.doubt("told without the operative part")
				if !d.Instance.Found() {
					d.Instance = value(r, First, m.rule.ID, m.from, m.to)
				}
				break
			}
		}
	}
}

// operative reads the operative part.
func (r *reader) operative(p *Proposal, d *Decision) {
	s := r.layout.dispositive
	var carry []Defendant
	if d.Instance.Value != First {
		carry = []Defendant{}
		if n := len(p.Decisions); n > 1 {
			carry = p.Decisions[n-2].Defendants
		}
	}
	var asides []Aside
	d.Defendants, asides = r.build(s, carry)
	p.Asides = append(p.Asides, asides...)
	if r.layout.endless {
		for i := range d.Defendants {
			d.Defendants[i].doubtAll("no heading of the reasons ends the operative part")
		}
	}
	r.effect(d, section{Span: s, instance: d.Instance.Value, lead: s})
	if m, ok := r.first("plea", Span{0, len(r.low)}); ok && d.Instance.Value == First {
		d.Plea = value(r, true, m.rule.ID, m.from, m.to)
	}
	r.grounds(d, r.layout.court)
}

// result reads what became of a request from what the court found, and from the article of procedure it names at the end.
func (r *reader) result(d *Decision) {
	s, at := r.layout.court, -1
	for _, m := range r.within("result", s) {
		if d.Effect.Found() && (m.from != at || d.Effect.Value != granted) {
			break
		}
		d.Effect, at = value(r, effectOf(m.rule.Value), m.rule.ID, m.from, m.to), m.from
	}
	if articles := r.within("result.article", s); len(articles) > 0 {
		last := articles[len(articles)-1]
		by := value(r, effectOf(last.rule.Value), last.rule.ID, last.from, last.to)
		switch {
		case !d.Effect.Found(), d.Effect.Value == granted && (by.Value == Modified || by.Value == Annulled):
			d.Effect = by
		case d.Effect.Value != by.Value:
			d.Effect.doubt("the article of procedure at the end says otherwise")
		}
	}
	if d.Effect.Value == granted {
		d.Effect.Value = Modified
		d.Effect.doubt("the request is founded; what follows from it is not said")
	}
}

const granted Effect = "granted"

func effectOf(result string) Effect {
	if result == "refused" {
		return Upheld
	}
	return Effect(result)
}

// acquittal reads that the court at hand acquits: the counts are those of the last decision that has any.
func (r *reader) acquittal(p *Proposal, d *Decision) {
	var said *mention
	for _, s := range []Span{r.layout.head, r.layout.court} {
		for _, m := range r.within("acquits", s) {
			said = &m
			break
		}
	}
	if said == nil {
		return
	}
	v := value(r, NotGuilty, said.rule.ID, said.from, said.to)
	for i := p.This - 1; i >= 0 && len(d.Defendants) == 0; i-- {
		for _, have := range p.Decisions[i].Defendants {
			out := Defendant{Initials: have.Initials}
			for _, c := range have.Counts {
				c.Sentence, c.Joint = Sentence{}, false
				c.Verdict = v
				out.Counts = append(out.Counts, c)
			}
			d.Defendants = append(d.Defendants, out)
		}
	}
	d.Effect = value(r, Acquitted, said.rule.ID, said.from, said.to)
}

// imposed reads a sentence that the reasons say the court at hand imposed itself.
func (r *reader) imposed(p *Proposal, d *Decision) {
	var before []Defendant
	for i := p.This - 1; i >= 0 && len(before) == 0; i-- {
		before = p.Decisions[i].Defendants
	}
	for _, m := range r.within("imposes", r.layout.court) {
		from := r.sentenceStart(m.from)
		courts := r.within("court."+string(d.Instance.Value), Span{from, m.from})
		if len(courts) == 0 || len(r.within("result.asked", Span{from, m.from})) > 0 {
			continue
		}
		inherited := before
		if inherited == nil {
			inherited = []Defendant{}
		}
		d.Defendants, _ = r.build(Span{courts[0].from, r.nextSentence(m.from, r.layout.court.End)}, inherited)
		for i := range d.Defendants {
			complete(&d.Defendants[i], before)
		}
		if len(d.Defendants) > 0 {
			return
		}
	}
}

// complete gives a count that names no offence the one of the earlier instance, where that had one only.
func complete(d *Defendant, before []Defendant) {
	for _, b := range before {
		if len(d.Counts) != 1 || d.Counts[0].Article.Found() || len(b.Counts) != 1 || b.Initials.Value != d.Initials.Value {
			continue
		}
		c, have := &d.Counts[0], b.Counts[0]
		c.Offence, c.Article, c.Paragraph, c.Code, c.Forms = have.Offence, have.Article, have.Paragraph, have.Code, have.Forms
		c.Article.doubt("taken from the account of the earlier instance")
		c.Offence.doubt("taken from the account of the earlier instance")
	}
}

// grounds reads the grounds for a lighter or heavier sentence from the reasons.
func (r *reader) grounds(d *Decision, s Span) {
	for field, to := range map[string]*[]Ground{"mitigation": &d.Mitigation, "gravity": &d.Gravity, "below": &d.Below} {
		for _, m := range r.within(field, s) {
			from, end := m.group("value")
			if from < 0 {
				from, end = m.from, m.to
			}
			g := Ground{Ground: value(r, r.written(from, end), m.rule.ID, from, end)}
			if a, ok := r.first("ground.article", Span{m.from, min(len(r.low), m.to+160)}); ok {
				g.Articles = value(r, r.written(a.from, a.to), a.rule.ID, a.from, a.to)
			}
			*to = append(*to, g)
		}
	}
}

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
		case n.instance != Prosecution && !r.told(n):
			out.Instance.Value = OtherCase
			if !n.civil && !r.record(n) {
				out.Instance.doubt("it stands outside the account of this case")
			}
		}
		if n.instance == Prosecution && !r.told(n) && !r.layout.request.holds(n.from) && n.from > r.layout.court.Start+4000 {
			out.Number.doubt("it stands outside the account of this case")
		}
		for k := range p.Decisions {
			if d := &p.Decisions[k]; d.Number.Found() && d.Number.Value == out.Number.Value && !out.This {
				out.Court, out.Instance = d.Court, d.Instance
			}
		}
		seen[n.key] = len(p.Numbers)
		p.Numbers = append(p.Numbers, out)
	}
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
	p.Decisions = append(rest, this)
	p.This = len(p.Decisions) - 1
}
