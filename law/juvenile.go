package law

import "fener/period"

// juvenile checks juvenile imprisonment (Juvenile Justice Code 06/L-006,
// Articles 34 and 35): only from sixteen, and only for grave offences; the
// offence's minimum does not bind, its maximum does. The law on juveniles of
// the day of the offence counts as much as that of the day of the judgment.
func (e *evaluation) juvenile() {
	rule := e.juvenileRule()
	if rule == nil {
		e.juvenileOpen(MissingJuvenileRule, nil)
		e.say(Step{Kind: StepJuvenileUnread})
		return
	}
	e.r.rests(rule.at)
	e.r.rests(rule.offence)
	e.r.min, e.r.floor = setLimit(rule.From), setLimit(rule.From)
	s := &e.facts.Sentence
	switch {
	case s.Imprisonment.State != ForTerm || s.Suspended == Yes || s.ReplacedBy != NotReplaced:
		e.juvenileOpen(MissingJuvenileMeasures, rule.at)
		e.say(Step{Kind: StepJuvenileMeasures, At: rule.at})
		return
	case e.facts.Joint == Yes:
		e.juvenileOpen(MissingOwnSentence, nil)
		e.say(Step{Kind: StepJoint, Law: e.prov.Instrument})
		return
	}
	e.say(Step{Kind: StepJuvenileMinimum, At: rule.at, A: setLimit(rule.From), B: setLimit(rule.To)})
	e.juvenileAge(rule)
	if e.terms.max.State == LimitSet && e.terms.max.Length.Compare(rule.OffenceOver) <= 0 {
		e.formIs(FormDisallowed, rule.offence)
		e.say(Step{Kind: StepJuvenileOffence, At: rule.offence, A: e.terms.max, B: setLimit(rule.OffenceOver)})
	}
	if s.Suspended == NotKnown {
		e.formIs(FormUnclear, nil, MissingSuspended)
		e.say(Step{Kind: StepSuspendedUnknown})
	}
	e.formIs(FormAllowed, rule.at)
	e.juvenileTerm(rule)
	e.juvenileFine()
}

func (e *evaluation) juvenileOpen(m Missing, at *Provision) {
	e.r.axes.Term.lack(TermUnknown, at, m)
	e.formIs(FormUnclear, at, m)
	e.r.axes.Fine.lack(FineUnclear, at, m)
}

// juvenileFine: whether a fine may or must stand beside juvenile imprisonment
// is in none of the articles read, so one that was imposed is open.
func (e *evaluation) juvenileFine() {
	x := &e.r.axes.Fine
	switch fine := e.facts.Sentence.Fine; {
	case fine.Imposed():
		x.lack(FineUnread, nil, MissingJuvenileMeasures)
	case fine.State == FineNotKnown:
		x.lack(FineUnclear, nil, MissingFine)
	default:
		x.set(FineNone, nil)
	}
}

// juvenileAge: imprisonment is open from an age that the code names. Without
// the age on record nobody can say whether it was.
func (e *evaluation) juvenileAge(rule *Juvenile) {
	switch age := e.facts.Age; {
	case rule.Age == 0:
	case age == 0:
		e.formIs(FormUnclear, rule.offence, MissingAge)
		e.say(Step{Kind: StepAgeUnknown, At: rule.offence, Count: int(rule.Age)})
	case age < rule.Age:
		e.formIs(FormDisallowed, rule.offence)
		e.say(Step{Kind: StepTooYoung, At: rule.offence, Count: int(age), Low: int64(rule.Age)})
	}
}

func (e *evaluation) juvenileTerm(rule *Juvenile) {
	x := &e.r.axes.Term
	n := e.facts.Sentence.Imprisonment.Term
	given := Limit{State: LimitSet, Length: n}
	e.r.below = No
	if e.terms.max.State == LimitSet {
		e.r.max = e.terms.max
	}
	switch {
	case n.Compare(rule.From) < 0:
		e.r.below = Yes
		e.r.shortfall = rule.From.Minus(n)
		x.set(TermBelowFloor, rule.at)
		e.say(Step{Kind: StepJuvenileShort, At: rule.at, A: given, B: setLimit(rule.From)})
	case n.Compare(rule.Exceptional) > 0:
		x.set(TermAboveMaximum, rule.at)
		e.say(Step{Kind: StepJuvenileLong, At: rule.at, A: given, B: setLimit(rule.Exceptional)})
	case e.terms.max.State == LimitSet && n.Compare(e.terms.max.Length) > 0:
		x.set(TermAboveMaximum, e.prov)
		e.say(Step{Kind: StepAboveMaximum, At: e.prov, A: given, B: e.terms.max})
	case e.terms.max.State == LimitUnknown:
		x.lack(TermUnknown, e.prov, MissingMaximum)
		e.say(Step{Kind: StepMaximumUnread, At: e.prov})
	case n.Compare(rule.To) > 0:
		x.lack(TermUnknown, rule.at, MissingJuvenileException)
		e.say(Step{Kind: StepJuvenileException, At: rule.at, A: given, B: setLimit(rule.To), C: setLimit(rule.Exceptional)})
	default:
		x.set(TermWithin, rule.at)
	}
}

// juvenileRule is the rule that was in force both on the day of the offence and
// on the day of the judgment, as far as the two are on record; nil where one of
// them lies outside what was read.
func (e *evaluation) juvenileRule() *Juvenile {
	committed, judged := e.facts.Committed, e.facts.Judged
	if committed.IsZero() && judged.IsZero() {
		return nil
	}
	for _, in := range e.pack.Instruments {
		rule := in.General.Juvenile
		if rule == nil || !rule.Known {
			continue
		}
		covers := func(day period.Date) bool {
			return day.IsZero() || !day.First().Before(in.InForce.From.First()) && !in.InForce.To.Last().Before(day.Last())
		}
		if covers(judged) && covers(committed.From) && covers(committed.To) {
			return rule
		}
	}
	return nil
}
