package law

// fineBeside checks the fine that the provision joins to imprisonment.
func (e *evaluation) fineBeside() {
	x := &e.r.axes.Fine
	fine := e.facts.Sentence.Fine
	switch {
	case e.terms.fine == FineUnknown:
		x.lack(FineUnread, e.prov, MissingFineRule)
		e.say(Step{Kind: StepFineRuleUnread, At: e.prov})
	case fine.State == FineNotKnown:
		x.lack(FineUnclear, e.prov, MissingFine)
		e.say(Step{Kind: StepFineNotKnown, At: e.prov})
	case e.terms.fine == NoFine && fine.Imposed():
		e.fineBounds()
		if x.Is != FineOutOfBounds {
			x.lack(FineUnread, e.onlyPrescribed(), MissingFineRule)
		}
		e.say(Step{Kind: StepFineNotPrescribed, At: e.prov})
	case fine.Imposed():
		e.fineBounds()
	case e.terms.fine == FineAnd:
		x.set(FineMissing, e.prov)
		e.say(Step{Kind: StepFineMissing, At: e.prov})
	case e.terms.fine == FineOr || e.terms.fine == FineMay:
		x.set(FineComplete, e.prov)
	default:
		x.set(FineNone, e.prov)
	}
}

// fineBounds checks a fine's amount against the bounds of the provision or of
// the general part (06/L-074, Article 43, paragraph 1).
func (e *evaluation) fineBounds() {
	fine := e.facts.Sentence.Fine
	if fine.State != FineOfAmount {
		e.r.axes.Fine.lack(FineUnclear, e.prov, MissingFineAmount)
		e.say(Step{Kind: StepFineAmountUnknown})
		return
	}
	t := e.terms
	e.amount(fine.Cents, fineRange{t.fineFrom, t.fineTo, t.fineFromAt, t.fineToAt, t.fineGain})
}

// replacingFine checks the fine that replaced imprisonment: the general bounds
// of a fine bind it too.
func (e *evaluation) replacingFine() {
	s := &e.facts.Sentence
	if s.ReplacedBy != ReplacedByFine {
		return
	}
	b := e.general.Fine
	switch {
	case s.Replacing == 0:
		e.replacing.Missing |= 1 << MissingFineAmount
		e.say(Step{Kind: StepFineAmountUnknown})
	case b == nil:
		e.replacing.Missing |= 1 << MissingFineRule
		e.say(Step{Kind: StepFineRuleUnread, At: e.prov})
	default:
		to := b.To
		gain := b.HigherIfGain
		for _, id := range b.HigherFor {
			if id == e.prov.Offence {
				to, gain = b.Higher, false
			}
		}
		beside := e.r.axes.Fine
		e.amount(s.Replacing, fineRange{b.From * 100, to * 100, b.at, b.at, gain})
		e.replacing, e.r.axes.Fine = e.r.axes.Fine, beside
	}
}

// bothFines joins what is known of the fine beside imprisonment and of the one
// that replaced it: what is out of bounds or missing stands first.
func (e *evaluation) bothFines() {
	x, y := &e.r.axes.Fine, &e.replacing
	if y.Is == FineOutOfBounds {
		*x = *y
		return
	}
	if x.Is == FineMissing || x.Is == FineOutOfBounds {
		return
	}
	x.Missing |= y.Missing
	if x.Is == FineNone && y.Is == FineComplete {
		*x = *y
	}
	if y.Missing != 0 && (x.Is == FineNone || x.Is == FineComplete) {
		x.Is = FineUnclear
	}
}

// fineRange is what a fine may be, in cents; -1 stands for a bound nobody read.
type fineRange struct {
	from, to     int64
	fromAt, toAt *Provision
	gain         bool // above to is lawful only for offences committed for gain
}

func (e *evaluation) amount(cents int64, b fineRange) {
	x := &e.r.axes.Fine
	if m := e.general.Mitigation; m != nil && m.FineFloor != nil && e.grounds.Any() && m.FineFloor.Amount*100 < b.from {
		b.from, b.fromAt = m.FineFloor.Amount*100, m.FineFloor.at
	}
	switch {
	case b.to >= 0 && cents > b.to && b.gain && cents <= e.general.Fine.Higher*100:
		x.lack(FineUnclear, b.toAt, MissingGain)
		e.say(Step{Kind: StepFineGain, At: b.toAt, Cents: cents, Low: b.to, Bound: e.general.Fine.Higher * 100})
	case b.to >= 0 && cents > b.to:
		e.r.rests(b.toAt)
		x.set(FineOutOfBounds, b.toAt)
		e.say(Step{Kind: StepFineHigh, At: b.toAt, Cents: cents, Bound: b.to})
	case b.from >= 0 && cents < b.from:
		e.r.rests(b.fromAt)
		x.set(FineOutOfBounds, b.fromAt)
		e.say(Step{Kind: StepFineLow, At: b.fromAt, Cents: cents, Bound: b.from})
	case b.from < 0 || b.to < 0:
		x.lack(FineUnread, e.prov, MissingFineRule)
		e.say(Step{Kind: StepFineRuleUnread, At: e.prov})
	default:
		e.r.rests(b.fromAt)
		x.set(FineComplete, b.toAt)
		e.say(Step{Kind: StepFineWithin, At: b.toAt, Cents: cents, Low: b.from, Bound: b.to})
	}
}

// onlyPrescribed is the rule that only the prescribed punishment may be imposed
// (06/L-074, Article 70, paragraph 1), or the provision itself where the code's
// was not read.
func (e *evaluation) onlyPrescribed() *Provision {
	if rule := e.general.PrescribedOnly; rule != nil {
		return rule.at
	}
	return e.prov
}
