package reading

import "slices"

// lastTried are the defendants of the last decision before the one at hand that says anything of them.
func lastTried(p *Proposal) []Defendant {
	for i := p.This - 1; i >= 0; i-- {
		if all := p.Decisions[i].Defendants; len(all) > 0 {
			return all
		}
	}
	return nil
}

// imposed reads a sentence that the reasons say the court at hand imposed itself.
func (r *reader) imposed(p *Proposal, d *Decision) {
	before := lastTried(p)
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
		d.Defendants, _ = r.build([]Span{{courts[0].from, r.nextSentence(m.from, r.layout.court.End)}}, inherited)
		for i := range d.Defendants {
			complete(&d.Defendants[i], before)
		}
		if len(d.Defendants) > 0 {
			return
		}
	}
}

const fromEarlier = "taken from the account of the earlier instance"

// complete gives a count that names no offence the one of the earlier instance: the only one there, or the only one with the same prison.
func complete(d *Defendant, before []Defendant) {
	if len(d.Counts) != 1 || d.Counts[0].Article.Found() {
		return
	}
	c := &d.Counts[0]
	for _, b := range before {
		if b.Initials.Value != d.Initials.Value {
			continue
		}
		var fits []Count
		for _, have := range b.Counts {
			if len(b.Counts) == 1 || c.Imprisonment.Found() && have.Imprisonment.Found() && have.Imprisonment.Value == c.Imprisonment.Value {
				fits = append(fits, have)
			}
		}
		if len(fits) != 1 {
			continue
		}
		have := fits[0]
		c.Offence, c.Article, c.Paragraph, c.Code, c.Forms = have.Offence, have.Article, have.Paragraph, have.Code, slices.Clone(have.Forms)
		c.Article.doubt(fromEarlier)
		c.Paragraph.doubt(fromEarlier)
		c.Offence.doubt(fromEarlier)
		c.Code.doubt(fromEarlier)
	}
}

// requalified reads that the court at hand found another offence in the acts: in its headnote for all, in its reasons for those it names. What was
// imposed for it stands in an operative part that a collection does not print, so nothing of it is sure.
func (r *reader) requalified(p *Proposal, d *Decision) {
	before := lastTried(p)
	for _, s := range []Span{r.layout.head, r.layout.court} {
		for _, m := range r.within("requalifies", s) {
			offences := r.offences(Span{m.from, min(r.nextSentence(m.from, s.End), m.to+260)})
			if len(offences) == 0 {
				continue
			}
			who := r.named(Span{r.sentenceStart(m.from), offences[0].from}, before)
			if who == nil && s == r.layout.head {
				who = before
			}
			for _, b := range who {
				count := offences[0].count
				count.Forms = slices.Clone(count.Forms)
				count.Verdict = value(r, Guilty, m.rule.ID, m.from, m.to)
				out := Defendant{Initials: b.Initials, Counts: []Count{count}}
				out.doubtAll("found in the reasons; the operative part is not printed")
				if i := slices.IndexFunc(d.Defendants, func(k Defendant) bool { return k.Initials.Value == b.Initials.Value }); i >= 0 {
					d.Defendants[i] = out
				} else {
					d.Defendants = append(d.Defendants, out)
				}
			}
		}
	}
}

// named are those of the defendants before whom a piece of the text names.
func (r *reader) named(s Span, before []Defendant) (who []Defendant) {
	for _, p := range r.people {
		if !s.holds(p.from) {
			continue
		}
		for _, in := range p.initials {
			for _, b := range before {
				if b.Initials.Value == in.text && !slices.ContainsFunc(who, func(k Defendant) bool { return k.Initials.Value == in.text }) {
					who = append(who, b)
				}
			}
		}
	}
	return who
}
