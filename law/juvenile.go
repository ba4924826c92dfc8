package law

// juvenile checks juvenile imprisonment (Juvenile Justice Code 06/L-006,
// Articles 34 and 35): the offence's minimum does not bind, its maximum does.
func (e *evaluation) juvenile() {
	rule := e.juvenileRule()
	if rule == nil {
		e.r.lack(MissingJuvenileRule)
		e.say(Step{Kind: StepJuvenileUnread})
		return
	}
	e.r.rests(rule.at)
	e.r.rests(rule.offence)
	e.r.min, e.r.floor = setLimit(rule.From), setLimit(rule.From)
	s := &e.facts.Sentence
	if s.Imprisonment.State != ForTerm || s.Suspended == Yes || s.ReplacedBy != NotReplaced {
		e.r.lack(MissingJuvenileMeasures)
		e.say(Step{Kind: StepJuvenileMeasures, At: rule.at})
		return
	}
	if e.facts.Joint == Yes {
		e.r.lack(MissingOwnSentence)
		e.say(Step{Kind: StepJoint, Law: e.prov.Instrument})
		return
	}
	e.say(Step{Kind: StepJuvenileMinimum, At: rule.at, A: setLimit(rule.From), B: setLimit(rule.To)})
	if e.terms.max.State == LimitSet && e.terms.max.Length.Compare(rule.OffenceOver) <= 0 {
		e.r.add(FormNotAllowed)
		e.say(Step{Kind: StepJuvenileOffence, At: rule.offence, A: e.terms.max, B: setLimit(rule.OffenceOver)})
	}
	e.juvenileTerm(rule)
}

func (e *evaluation) juvenileTerm(rule *Juvenile) {
	n := e.facts.Sentence.Imprisonment.Term
	given := Limit{State: LimitSet, Length: n}
	e.r.below = No
	switch {
	case n.Compare(rule.From) < 0:
		e.r.below = Yes
		e.r.shortfall = rule.From.Minus(n)
		e.r.add(BelowFloor)
		e.say(Step{Kind: StepJuvenileShort, At: rule.at, A: given, B: setLimit(rule.From)})
	case n.Compare(rule.Exceptional) > 0:
		e.r.add(AboveMaximum)
		e.say(Step{Kind: StepJuvenileLong, At: rule.at, A: given, B: setLimit(rule.Exceptional)})
	case n.Compare(rule.To) > 0:
		e.r.lack(MissingJuvenileException)
		e.say(Step{Kind: StepJuvenileException, At: rule.at, A: given, B: setLimit(rule.To), C: setLimit(rule.Exceptional)})
	}
	switch e.terms.max.State {
	case LimitUnknown:
		e.r.lack(MissingMaximum)
		e.say(Step{Kind: StepMaximumUnread, At: e.prov})
	case LimitSet:
		e.r.max = e.terms.max
		if n.Compare(e.terms.max.Length) > 0 {
			e.r.add(AboveMaximum)
			e.say(Step{Kind: StepAboveMaximum, At: e.prov, A: given, B: e.terms.max})
		}
	}
}

// juvenileRule is the rule in force on the day of the judgment, or of the
// offence where the judgment's day is not on record.
func (e *evaluation) juvenileRule() *Juvenile {
	day := e.facts.Judged.First()
	if day.IsZero() {
		day = e.facts.Committed.First()
	}
	if day.IsZero() {
		return nil
	}
	for _, in := range e.pack.Instruments {
		if rule := in.General.Juvenile; rule != nil && rule.Known && in.InForce.Range().Contains(day) {
			return rule
		}
	}
	return nil
}
