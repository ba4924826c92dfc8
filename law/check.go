package law

import "fener/period"

// Check answers whether a sentence is one that the law allows. It is pure and
// safe for concurrent use. It errors only where two provisions apply to the
// count on its dates (*AmbiguousError); whatever else is lacking makes the
// answer undetermined.
func Check(p *Pack, f *Facts) (Answer, error) {
	c := checker{pack: p, facts: f}
	return c.run()
}

// Explain is Check with the steps that led to the answer.
func Explain(p *Pack, f *Facts) (Answer, error) {
	c := checker{pack: p, facts: f, trace: &trace{}}
	a, err := c.run()
	a.Steps = c.trace.steps
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
	c.downgrading(&a)
	switch {
	case f.Convicted == nil:
		return c.lacking(a, MissingOffence, Step{Kind: StepOffenceUnknown}), nil
	case !f.Convicted.InPack():
		return c.lacking(a, MissingProvisionText, Step{Kind: StepNotInPack, Quoted: f.Convicted.Text}), nil
	}
	r, err := c.decide(&a)
	if err != nil {
		return Answer{}, err
	}
	a.Outcomes, a.Missing, a.BelowMinimum = r.outcomes, r.missing, r.below
	a.Minimum, a.Floor, a.Maximum, a.Shortfall = r.min, r.floor, r.max, r.shortfall
	a.Verified, a.Law = r.verified, r.law
	return a, nil
}

func (c *checker) lacking(a Answer, m Missing, s Step) Answer {
	a.Outcomes, a.Missing = OutcomesOf(Undetermined), 1<<m
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

// window is the codes that may have been in force when the offence was
// committed (start) and when it was judged (end), as indexes into pack.codes.
type window struct {
	startLo, startHi int
	endLo, endHi     int
	dated            bool // the offence's date is on record
}

// window finds the codes in question; ok is false where no code of the pack
// was in force.
func (c *checker) window() (w window, ok bool) {
	codes, f := c.pack.codes, c.facts
	from, to := f.Committed.First(), f.Committed.From.Last()
	w.dated = !f.Committed.IsZero()
	judged := f.Judged
	w.startLo, w.startHi, w.endLo, w.endHi = len(codes), -1, len(codes), -1
	for i, code := range codes {
		r := code.InForce.Range()
		if r.Meets(rangeOf(from, to, f.Committed)) && !r.From.First().After(judged.Last()) {
			w.startLo, w.startHi = min(w.startLo, i), i
		}
		if r.Meets(period.Range{From: judged.First(), To: judged.Last()}) {
			w.endLo, w.endHi = min(w.endLo, i), i
		}
	}
	return w, w.startHi >= 0 && w.endHi >= 0
}

// decide finds the laws in question and what holds under them.
func (c *checker) decide(a *Answer) (result, error) {
	w, ok := c.window()
	if !ok {
		c.say(Step{Kind: StepNoLawInForce, Date: c.facts.Committed.From})
		return undetermined(MissingLawInForce), nil
	}
	offence := c.facts.Convicted
	if offence.Words {
		c.say(Step{Kind: StepInWords, Quoted: offence.Text})
	}
	options, err := c.options(w)
	if err != nil {
		return result{}, err
	}
	if len(options) == 0 {
		c.say(Step{Kind: StepNotInCode, Quoted: offence.Text, At: offence.options[0].home})
		m := MissingProvisionText
		if offence.named {
			m = MissingLawInForce
		}
		return undetermined(m), nil
	}
	var total result
	for i, opt := range options {
		r := c.underLaws(a, opt, c.narrowed(w, opt))
		if i == 0 {
			total = r
		} else {
			total = merge(total, r, MissingParagraph)
		}
	}
	if len(options) > 1 {
		c.say(Step{Kind: StepSeveralProvisions, Count: len(options)})
	}
	if !w.dated && !offence.named {
		total.outcomes &^= 1 << WithinRange
		total.lack(MissingOffenceDate)
		c.say(Step{Kind: StepOffenceDateUnknown})
	}
	c.conclude(total)
	return total, nil
}

func undetermined(m Missing) result {
	r := result{}
	r.lack(m)
	return r
}

// narrowed fixes the law of an undated offence to the one the source names.
func (c *checker) narrowed(w window, opt option) window {
	if w.dated || !c.facts.Convicted.named {
		return w
	}
	for i, code := range c.pack.codes {
		if code == opt.home.Instrument {
			c.say(Step{Kind: StepUndatedNamed, At: opt.home})
			return window{i, i, i, i, false}
		}
	}
	return w
}

// options keeps what the offence can mean under the codes in question. The
// same article in two of those codes, meaning different offences, is an error.
func (c *checker) options(w window) ([]option, error) {
	offence := c.facts.Convicted
	if len(offence.options) == 1 && c.within(w, offence.options[0].home) {
		return offence.options, nil
	}
	var kept []option
	for _, opt := range offence.options {
		if !offence.Words && !c.within(w, opt.home) {
			continue
		}
		for _, other := range kept {
			if !offence.Words && !offence.named && opt.home.Instrument != other.home.Instrument &&
				opt.home.Ref.Article == other.home.Ref.Article && opt.offence != other.offence {
				return nil, &AmbiguousError{Text: offence.Text, First: other.home, Second: opt.home}
			}
		}
		if !c.covered(kept, opt) && c.anyVersion(w, opt) {
			kept = append(kept, opt)
		}
	}
	return kept, nil
}

// covered reports whether an option's offence and variant are kept already.
func (c *checker) covered(kept []option, opt option) bool {
	for _, k := range kept {
		if k.offence == opt.offence && k.variant == opt.variant && k.home.Instrument != opt.home.Instrument {
			return true
		}
	}
	return false
}

func (c *checker) within(w window, prov *Provision) bool {
	for i := w.startLo; i <= w.endHi; i++ {
		if c.pack.codes[i] == prov.Instrument {
			return true
		}
	}
	return false
}

func (c *checker) anyVersion(w window, opt option) bool {
	for i := w.startLo; i <= w.endHi; i++ {
		if c.pack.codes[i].version(opt) != nil {
			return true
		}
	}
	return false
}

// maxCodes bounds how many codes one count can be judged under.
const maxCodes = 16

// underLaws checks an offence under every code in question, and keeps what
// holds whichever dates the imprecise ones stand for.
func (c *checker) underLaws(a *Answer, opt option, w window) result {
	var results [maxCodes]result
	last := min(w.endHi, maxCodes-1)
	several := w.startLo < last
	for i := w.startLo; i <= last; i++ {
		prov := c.pack.codes[i].version(opt)
		a.consider(prov)
		c.say(Step{Kind: StepUnderLaw, Law: c.pack.codes[i], Several: several})
		results[i] = c.under(prov, c.pack.codes[i])
	}
	if !several {
		return results[w.startLo]
	}
	var total result
	first := true
	for s := w.startLo; s <= min(w.startHi, last); s++ {
		for e := max(s, w.endLo); e <= last; e++ {
			r := c.mostFavourable(results[s : e+1])
			if first {
				total, first = r, false
			} else {
				total = merge(total, r, c.imprecise(w))
			}
		}
	}
	if first {
		return undetermined(MissingLawInForce)
	}
	return total
}

// imprecise names the date for lack of which the law cannot be told.
func (c *checker) imprecise(w window) Missing {
	if w.startLo < w.startHi {
		return MissingOffenceDate
	}
	return MissingJudgmentDate
}

// mostFavourable applies the most favourable law (Criminal Code 06/L-074,
// Article 3): the law that is certainly at most as severe as every other in
// force from the offence to the judgment. Where that cannot be said, only what
// holds under all of them is kept.
func (c *checker) mostFavourable(rs []result) result {
	if len(rs) == 1 {
		return rs[0]
	}
	for i := range rs {
		mildest := rs[i].law != nil
		for j := range rs {
			mildest = mildest && rs[j].law != nil && (i == j || notMoreSevere(rs[i].law, rs[j].law))
		}
		if mildest {
			c.say(Step{Kind: StepMostFavourable, At: rs[i].law})
			return rs[i]
		}
	}
	total := rs[0]
	for _, r := range rs[1:] {
		total = merge(total, r, MissingMostFavourableLaw)
	}
	if !c.unclear {
		c.unclear = true
		c.say(Step{Kind: StepFavourableUnclear})
	}
	return total
}

// downgrading compares the offence charged with the one convicted of.
func (c *checker) downgrading(a *Answer) {
	charged, convicted := c.facts.Charged, c.facts.Convicted
	switch {
	case charged == nil || convicted == nil:
		return
	case !charged.Trafficking() || convicted.Trafficking() || sameGroup(charged, convicted):
		a.Downgraded = No
		return
	case !convicted.InPack():
		c.say(Step{Kind: StepDowngradedUnknown, Quoted: charged.Text, Quoted2: convicted.Text})
		return
	}
	a.Downgraded = No
	if lesser(convicted, charged) {
		a.Downgraded = Yes
		c.say(Step{Kind: StepDowngraded, Quoted: charged.Text, Quoted2: convicted.Text})
	}
}

func sameGroup(a, b *Offence) bool {
	for _, g := range a.groups {
		for _, h := range b.groups {
			if g == h {
				return true
			}
		}
	}
	return false
}

// lesser reports whether some reading of the convicted offence is punishable
// by a lower maximum, or by a lower minimum, than one of the charged offence.
func lesser(convicted, charged *Offence) bool {
	for _, v := range convicted.options {
		for _, h := range charged.options {
			a, b := &v.home.terms, &h.home.terms
			if !v.home.group.Trafficking && h.home.group.Trafficking &&
				(below(a.max, b.max) || below(a.min, b.min)) {
				return true
			}
		}
	}
	return false
}

func below(a, b Limit) bool { return atMost(a, b) && !atMost(b, a) }

func rangeOf(from, to period.Date, s period.Span) period.Range {
	if s.From.IsZero() { // only the end is known: it began at any time before
		return period.Range{To: s.To.Last()}
	}
	return period.Range{From: from, To: to}
}
