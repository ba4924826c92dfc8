package law

// fineBeside checks the fine that the provision joins to imprisonment.
func (e *evaluation) fineBeside() {
	fine := e.facts.Sentence.Fine
	switch e.terms.fine {
	case FineUnknown:
		e.r.lack(MissingFineRule)
		e.say(Step{Kind: StepFineRuleUnread, At: e.prov})
	case FineAnd:
		switch fine.State {
		case FineNotImposed:
			e.r.add(Incomplete)
			e.say(Step{Kind: StepFineMissing, At: e.prov})
		case FineNotKnown:
			e.r.lack(MissingFine)
			e.say(Step{Kind: StepFineNotKnown, At: e.prov})
		default:
			e.fineBounds()
		}
	case FineOr:
		if fine.Imposed() {
			e.fineBounds()
		}
	case NoFine:
		if fine.Imposed() {
			e.r.lack(MissingFineRule)
			e.say(Step{Kind: StepFineNotPrescribed, At: e.prov})
			e.fineBounds()
		}
	}
}

// fineBounds checks a fine's amount against the bounds of the provision or of
// the general part (06/L-074, Article 43, paragraph 1).
func (e *evaluation) fineBounds() {
	fine := e.facts.Sentence.Fine
	if fine.State != FineOfAmount {
		e.r.lack(MissingFineAmount)
		e.say(Step{Kind: StepFineAmountUnknown})
		return
	}
	t := e.terms
	if t.fineFrom < 0 || t.fineTo < 0 {
		if t.fineTo >= 0 && fine.Cents > t.fineTo {
			e.r.add(Incomplete)
			e.say(Step{Kind: StepFineHigh, At: t.fineToAt, Cents: fine.Cents, Bound: t.fineTo})
			return
		}
		e.r.lack(MissingFineRule)
		e.say(Step{Kind: StepFineRuleUnread, At: e.prov})
		return
	}
	e.r.rests(t.fineFromAt)
	switch {
	case fine.Cents < t.fineFrom:
		e.r.add(Incomplete)
		e.say(Step{Kind: StepFineLow, At: t.fineFromAt, Cents: fine.Cents, Bound: t.fineFrom})
	case fine.Cents <= t.fineTo:
		e.say(Step{Kind: StepFineWithin, At: t.fineToAt, Cents: fine.Cents, Low: t.fineFrom, Bound: t.fineTo})
	case t.fineGain && fine.Cents <= e.general.Fine.Higher*100:
		e.r.lack(MissingGain)
		e.say(Step{Kind: StepFineGain, At: t.fineToAt, Cents: fine.Cents, Low: t.fineTo, Bound: e.general.Fine.Higher * 100})
	default:
		e.r.add(Incomplete)
		e.say(Step{Kind: StepFineHigh, At: t.fineToAt, Cents: fine.Cents, Bound: t.fineTo})
	}
}
