package reading

import "strings"

// own reads what the decision at hand decides: from its operative part, or, in a collection that prints none, from what the court says.
func (r *reader) own(p *Proposal) {
	d := &p.Decisions[p.This]
	if !r.layout.digest {
		r.operative(p, d)
		r.partsTold(p)
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
	if d.Effect.Value == Modified && len(d.Defendants) == 0 {
		r.requalified(p, d)
	}
}

// hearsay reads a text without headings that tells of one decision, such as what a newspaper wrote of it. Nothing in it is sure.
func (r *reader) hearsay(d *Decision) {
	d.Defendants, _ = r.build([]Span{{0, len(r.low)}}, nil)
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
	d.Defendants, asides = r.build([]Span{s}, carry)
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

// grounds reads the grounds for a lighter or heavier sentence from the reasons.
func (r *reader) grounds(d *Decision, s Span) {
	for field, to := range map[string]*[]Ground{"mitigation": &d.Mitigation, "gravity": &d.Gravity, "below": &d.Below} {
		for _, m := range r.within(field, s) {
			from, end := m.group("value")
			if from < 0 {
				from, end = m.from, m.to
			}
			_, absent := r.first("ground.absent", Span{max(0, m.from-24), m.from})
			if _, none := r.first("ground.none", Span{from, from + 16}); none || absent {
				continue
			}
			if stop, ok := r.first("ground.stop", Span{from, end}); ok {
				end = stop.from
			}
			for end > from && strings.IndexByte(" ,", r.low[end-1]) >= 0 {
				end--
			}
			if end-from < 5 {
				continue
			}
			g := Ground{Ground: value(r, r.written(from, end), m.rule.ID, from, end)}
			g.Ground.doubt(m.rule.Doubt)
			if a, ok := r.first("ground.article", Span{m.from, min(len(r.low), m.to+160)}); ok {
				g.Articles = value(r, r.written(a.from, a.to), a.rule.ID, a.from, a.to)
			}
			*to = append(*to, g)
		}
	}
}
