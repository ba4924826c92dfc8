package law

import "fener/period"

// Check answers whether a sentence is one that the law allows, axis by axis. It
// is pure and safe for concurrent use. It errors only where two provisions
// apply to the count on its dates (*AmbiguousError); whatever else is lacking
// leaves an axis open.
func Check(p *Pack, f *Facts) (Answer, error) {
	c := checker{pack: p, facts: f}
	return c.run()
}

// Explain is Check with the steps that led to the answer, and the answer under
// each law in question.
func Explain(p *Pack, f *Facts) (Answer, error) {
	c := checker{pack: p, facts: f, trace: &trace{}}
	a, err := c.run()
	a.Steps, a.Under = c.trace.steps, c.trace.under
	return a, err
}

// checker holds one run of the check.
type checker struct {
	pack    *Pack
	facts   *Facts
	trace   *trace // nil without steps
	unclear bool   // it was said that the most favourable law cannot be told
}

func (c *checker) run() (Answer, error) {
	f := c.facts
	a := Answer{Imposed: imposed(f.Sentence.Imprisonment)}
	switch f.Verdict {
	case Acquitted, Rejected, Annulled, VerdictOther:
		a.Outcomes = OutcomesOf(NotConvicted)
		a.Verified = Read
		c.say(Step{Kind: StepNotConvicted, Verdict: f.Verdict})
		return a, nil
	case VerdictUnknown:
		if f.Sentence.IsZero() {
			return c.lacking(a, MissingVerdict, Step{Kind: StepVerdictUnknown}), nil
		}
		c.say(Step{Kind: StepVerdictInferred})
	}
	switch {
	case f.Convicted == nil:
		return c.lacking(a, MissingOffence, Step{Kind: StepOffenceUnknown}), nil
	case !f.Convicted.InPack() && f.Convicted.Broken != "":
		return c.lacking(a, MissingOffence, Step{Kind: StepOffenceBroken, Quoted: f.Convicted.Broken, Quoted2: f.Convicted.Near}), nil
	case !f.Convicted.InPack():
		c.downgrading(&a)
		return c.lacking(a, MissingProvisionText, Step{Kind: StepNotInPack, Quoted: f.Convicted.Text}), nil
	}
	c.downgrading(&a)
	r, err := c.decide(&a)
	if err != nil {
		return Answer{}, err
	}
	c.answer(&a, &r)
	return a, nil
}

// answer takes a result over, with the set of outcomes derived from its axes.
func (c *checker) answer(a *Answer, r *result) {
	a.Axes, a.Outcomes, a.Missing = r.axes, r.outcomes(), r.axes.missing()
	a.BelowMinimum, a.Minimum, a.Floor, a.Maximum, a.Shortfall = r.below, r.min, r.floor, r.max, r.shortfall
	a.Verified, a.Law = r.verified, r.law
	c.say(Step{Kind: StepConclusion, Result: a.Outcomes, Missing: a.Missing, At: r.law})
}

func (c *checker) lacking(a Answer, m Missing, s Step) Answer {
	r := open(m)
	a.Axes, a.Outcomes, a.Missing = r.axes, r.outcomes(), r.axes.missing()
	c.say(s)
	return a
}

func imposed(i Imprisonment) Limit {
	switch i.State {
	case ForTerm:
		return Limit{State: LimitSet, Length: i.Term}
	case ForLife:
		return Limit{State: LimitLife}
	case ForUnknownTerm:
		return Limit{}
	}
	return Limit{State: LimitNone}
}

// decide finds the laws in question and what holds under them.
func (c *checker) decide(a *Answer) (result, error) {
	offence := c.facts.Convicted
	var kept [maxOptions]reading
	n, err := c.options(&kept)
	if err != nil {
		return result{}, err
	}
	if n == 0 && c.noLaw() {
		c.say(Step{Kind: StepNoLawInForce, Date: c.facts.Committed.From})
		return open(MissingLawInForce), nil
	}
	if offence.Words {
		c.say(Step{Kind: StepInWords, Quoted: offence.Text})
	}
	if n == 0 {
		c.say(Step{Kind: StepNotInCode, Quoted: offence.Text, At: offence.options[0].home})
		m := MissingProvisionText
		if offence.named {
			m = MissingLawInForce
		}
		return open(m), nil
	}
	var total result
	for i := range kept[:n] {
		if i == 0 {
			c.underLaws(a, &kept[i], &total)
			continue
		}
		var r result
		c.underLaws(a, &kept[i], &r)
		total.merge(&r, MissingParagraph)
	}
	if n > 1 {
		c.say(Step{Kind: StepSeveralProvisions, Count: n})
		total.axes.Law.Is = LawSeveral
	}
	c.otherParagraphs(&total, kept[:n])
	if c.facts.Committed.IsZero() && !offence.named {
		total.axes.Law.Is = LawSeveral
		total.axes.Law.Missing |= 1 << MissingOffenceDate
		c.say(Step{Kind: StepOffenceDateUnknown})
	}
	for _, ref := range offence.Beside {
		c.say(Step{Kind: StepAlsoCited, Quoted: ref.String()})
	}
	return total, nil
}

// otherParagraphs leaves open what a paragraph that is not on record could
// change: an article cited without one, of which not all are in the pack.
func (c *checker) otherParagraphs(total *result, kept []reading) {
	if c.facts.Convicted.beyond {
		c.say(Step{Kind: StepBeyondPack, Quoted: c.facts.Convicted.Text})
		rest := open(MissingProvisionText)
		total.merge(&rest, MissingProvisionText)
	}
	for i := range kept {
		at := kept[i].incomplete()
		switch {
		case at == nil:
		case c.facts.Convicted.Words:
			c.say(Step{Kind: StepFormsIncomplete, At: at})
			total.graverForms()
			return
		default:
			c.say(Step{Kind: StepArticleIncomplete, At: at})
			rest := open(MissingParagraph)
			rest.unimposed = total.unimposed
			rest.axes.Ground, rest.axes.Reasons, rest.axes.Law = total.axes.Ground, total.axes.Reasons, total.axes.Law
			total.merge(&rest, MissingParagraph)
			total.axes.Law.Missing |= 1 << MissingParagraph
			return
		}
	}
}

// incomplete is a provision in question of an article that the source names
// without a paragraph, and of which not all paragraphs are in the pack.
func (r *reading) incomplete() *Provision {
	if !r.whole {
		return nil
	}
	for i := r.window.startLo; i <= r.window.endHi; i++ {
		if p := r.line[i].prov; p != nil && p.Ref.Paragraph != "" && !p.Instrument.complete(p.Ref.Article) {
			return p
		}
	}
	return nil
}

// graverForms opens upwards what the forms on record say of an offence given in
// words. The forms that are not on record are graver than the basic one, so a
// term below its minimum is below theirs; a term within its range or above its
// maximum says nothing of them.
func (total *result) graverForms() {
	x := &total.axes.Term
	switch x.Is {
	case TermBelowFloor:
	case TermBelowMinimum:
		x.Is = TermFloorUnread
		x.Missing |= 1 << MissingParagraph
	case TermFloorUnread:
		x.Missing |= 1 << MissingParagraph
	default:
		x.Is, x.At = TermUnknown, nil
		x.Missing |= 1 << MissingParagraph
		if total.below == No {
			total.below = NotKnown
		}
	}
	if f := &total.axes.Form; f.Is == FormAllowed {
		f.Is, f.At = FormUnclear, nil
		f.Missing |= 1 << MissingParagraph
	}
	if f := &total.axes.Fine; f.Is != FineOutOfBounds && f.Is != FineUnclear && f.Is != FineUnread {
		f.Is, f.At = FineUnclear, nil
		f.Missing |= 1 << MissingParagraph
	}
	total.max, total.floor = Limit{}, Limit{}
	total.axes.Law.Missing |= 1 << MissingParagraph
}

// noLaw reports whether no code of the pack was in force on the count's dates.
func (c *checker) noLaw() bool {
	f := c.facts
	start, end := false, false
	committed := rangeOf(f.Committed.First(), f.Committed.From.Last(), f.Committed)
	judged := period.Range{From: f.Judged.First(), To: f.Judged.Last()}
	for _, code := range c.pack.codes {
		r := code.InForce.Range()
		start = start || r.Meets(committed) && !r.From.First().After(judged.To)
		end = end || r.Meets(judged)
	}
	return !start || !end
}

// maxOptions bounds how many readings of an offence are followed.
const maxOptions = 24

// reading is something that the offence can mean, with the eras in question.
type reading struct {
	*option
	window window
}

// options keeps what the offence can mean under the codes in question. The
// same article in two of those codes, meaning different offences, is an error.
func (c *checker) options(kept *[maxOptions]reading) (n int, err error) {
	offence := c.facts.Convicted
	for i := range offence.options {
		opt := &offence.options[i]
		w := opt.line.window(c.facts)
		if w.empty() || !offence.Words && !c.within(opt, w) {
			continue
		}
		covered := false
		for k := range kept[:n] {
			other := kept[k].option
			if !offence.Words && !offence.named && opt.home.Instrument != other.home.Instrument &&
				opt.home.Ref.Article == other.home.Ref.Article && opt.offence != other.offence {
				return 0, &AmbiguousError{Text: offence.Text, First: other.home, Second: opt.home}
			}
			covered = covered || opt.version == other.version
		}
		if !covered && opt.line.holds(w) && n < maxOptions {
			kept[n] = reading{opt, c.narrowed(opt, w)}
			n++
		}
	}
	return n, nil
}

// within reports whether the code that a reference names is one in question.
func (c *checker) within(opt *option, w window) bool {
	for i := w.startLo; i <= w.endHi; i++ {
		if opt.line[i].code == opt.home.Instrument {
			return true
		}
	}
	return false
}

// maxEras bounds under how many provisions one count can be judged.
const maxEras = 16

// underLaws checks an offence under every provision in question, and keeps
// what holds whichever dates the imprecise ones stand for.
func (c *checker) underLaws(a *Answer, opt *reading, total *result) {
	w := opt.window
	if c.facts.Committed.IsZero() && c.facts.Convicted.named {
		c.say(Step{Kind: StepUndatedNamed, At: opt.home})
	}
	if w.startLo == w.endHi {
		at := &opt.line[w.startLo]
		a.consider(at.prov)
		c.say(Step{Kind: StepUnderLaw, Law: at.code})
		c.under(at.prov, at.code, total)
		c.trace.answerUnder(total, *at)
		total.axes.Law.set(LawCertain, total.law)
		c.amendments(total, at.code)
		return
	}
	var results [maxEras]result
	last := min(w.endHi, w.startLo+maxEras-1)
	for i := w.startLo; i <= last; i++ {
		at := &opt.line[i]
		a.consider(at.prov)
		c.say(Step{Kind: StepUnderLaw, Law: at.code, Several: true})
		r := &results[i-w.startLo]
		c.under(at.prov, at.code, r)
		c.trace.answerUnder(r, *at)
	}
	c.among(results[:last-w.startLo+1], w, last, total)
	c.amendments(total, opt.line[last].code)
}

// narrowed fixes the law of an undated offence to the one the source names.
func (c *checker) narrowed(opt *option, w window) window {
	if !c.facts.Committed.IsZero() || !c.facts.Convicted.named {
		return w
	}
	return opt.line.of(opt.home.Instrument)
}

// among decides between the provisions in question, for every pair of days on
// which the offence may have been committed and judged.
func (c *checker) among(results []result, w window, last int, total *result) {
	first := true
	for s := w.startLo; s <= min(w.startHi, last); s++ {
		for e := max(s, w.endLo); e <= last; e++ {
			if first {
				c.mostFavourable(results[s-w.startLo:e+1-w.startLo], total)
				first = false
				continue
			}
			var r result
			c.mostFavourable(results[s-w.startLo:e+1-w.startLo], &r)
			total.merge(&r, c.imprecise(w))
		}
	}
	if first {
		*total = open(MissingLawInForce)
		return
	}
	if total.law == nil {
		total.axes.Law.Is = LawSeveral
	} else {
		total.axes.Law.set(LawCertain, total.law)
	}
}

// imprecise names the date for lack of which the law cannot be told.
func (c *checker) imprecise(w window) Missing {
	if w.startLo < w.startHi {
		return MissingOffenceDate
	}
	return MissingJudgmentDate
}

// amendments leaves the law open where it may have been amended by the day of
// the judgment, by a text that nobody has read.
func (c *checker) amendments(total *result, code *Instrument) {
	if code.readTo.IsZero() {
		return
	}
	f := c.facts
	if f.Judged.Last().After(code.readTo) || f.Committed.Last().After(code.readTo) {
		total.axes.Law.Missing |= 1 << MissingAmendments
		total.verified = min(total.verified, PartRead)
		c.say(Step{Kind: StepAmendmentsUnread, Law: code, Date: code.readTo, At: code.unreadAmendment})
	}
}

// mostFavourable applies the most favourable law (Criminal Code 06/L-074,
// Article 3): the law that is certainly at most as severe as every other in
// force from the offence to the judgment. Where that cannot be said, an axis
// keeps what holds under all of them; and a term above the maximum of the day
// of the offence is too severe whatever came later, since a later law can only
// help.
func (c *checker) mostFavourable(rs []result, total *result) {
	if len(rs) == 1 {
		*total = rs[0]
		return
	}
	for i := range rs {
		mildest := rs[i].law != nil
		for j := range rs {
			mildest = mildest && rs[j].law != nil && (i == j || notMoreSevere(rs[i].law, rs[j].law))
		}
		if mildest {
			c.say(Step{Kind: StepMostFavourable, At: rs[i].law})
			*total = rs[i]
			return
		}
	}
	*total = rs[0]
	for i := range rs[1:] {
		total.merge(&rs[i+1], MissingMostFavourableLaw)
	}
	if first := &rs[0].axes.Term; first.Is == TermAboveMaximum && total.axes.Term.Is != TermAboveMaximum {
		total.axes.Term = *first
		c.say(Step{Kind: StepAboveOffenceLaw, At: first.At, A: imposed(c.facts.Sentence.Imprisonment), B: rs[0].max})
	}
	total.axes.Law.Is = LawSeveral
	if !c.unclear {
		c.unclear = true
		c.say(Step{Kind: StepFavourableUnclear, At: rs[len(rs)-1].favourableRule()})
	}
}
