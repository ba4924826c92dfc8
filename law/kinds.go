package law

// otherKinds looks at the kinds of punishment of which the code says where they
// are allowed, such as semi-liberty and probation.
func (e *evaluation) otherKinds() {
	if !e.facts.Sentence.Measures.Any() {
		return
	}
	for i := range e.general.Kinds {
		if k := &e.general.Kinds[i]; e.facts.Sentence.Measures.Has(k.measure) {
			e.reasons()
			e.kind(k)
		}
	}
}

// kind says whether the law allows a kind of punishment for the offence, and
// beside what else was imposed.
func (e *evaluation) kind(k *KindRule) {
	step := Step{At: k.at, Measure: k.measure, Law: e.prov.Instrument, A: e.terms.max, B: k.ClosedFrom}
	switch {
	case !k.Known:
		e.formIs(FormUnread, k.at, MissingKindRule)
		step.Kind = StepKindUnread
	case k.notBeside != nil && e.facts.Sentence.Imprisonment.State != NoImprisonment:
		e.r.rests(k.notBeside)
		e.formIs(FormDisallowed, k.notBeside)
		step.Kind, step.At = StepKindBeside, k.notBeside
	case k.ClosedFrom.State == LimitSet && e.terms.max.State == LimitUnknown:
		e.formIs(FormUnread, k.at, MissingMaximum)
		step.Kind = StepMaximumUnread
	case k.closedFor(e.terms.max):
		e.r.rests(k.at)
		e.formIs(FormDisallowed, k.at)
		step.Kind = StepKindClosed
	default:
		e.r.rests(k.at)
		e.formIs(FormAllowed, k.at)
		step.Kind = StepKindAllowed
	}
	e.say(step)
}

// closedFor reports whether an offence with the maximum given is too grave for
// the kind of punishment.
func (k *KindRule) closedFor(maximum Limit) bool {
	if k.ClosedFrom.State != LimitSet {
		return false
	}
	return maximum.State == LimitLife || maximum.State == LimitSet && k.ClosedFrom.reachedBy(maximum.Length)
}

// insteadOfImprisonment is the rule on a kind of punishment that was imposed and
// can stand in the place of imprisonment; nil where there is none.
func (e *evaluation) insteadOfImprisonment() *KindRule {
	for i := range e.general.Kinds {
		if k := &e.general.Kinds[i]; k.Instead && e.facts.Sentence.Measures.Has(k.measure) {
			return k
		}
	}
	return nil
}

// kindAlone checks the term where no imprisonment was imposed and another kind
// of punishment stands in its place: it is milder than any minimum.
func (e *evaluation) kindAlone(k *KindRule) {
	e.r.unimposed = true
	x := &e.r.axes.Term
	switch {
	case e.terms.min.State == LimitUnknown:
		x.lack(TermUnknown, e.prov, MissingProvisionText)
		return
	case e.terms.min.State == LimitNone:
		e.r.below = No
		x.set(TermWithin, e.prov)
		e.say(Step{Kind: StepNoMinimum, At: e.prov})
		return
	}
	e.r.below, e.r.shortfall = Yes, e.terms.min.Length
	e.say(Step{Kind: StepKindBelowMinimum, At: e.prov, Measure: k.measure, B: e.terms.min})
	switch floor, at, known := e.floorOf(); {
	case !known:
		x.lack(TermFloorUnread, at, MissingFloorRule)
		e.say(Step{Kind: StepFloorUnread, Law: e.prov.Instrument, At: at})
		e.groundAxis()
	case floor.State == LimitNone:
		e.r.rests(at)
		e.r.milder, e.r.floor = true, floor
		x.set(TermBelowMinimum, at)
		e.sayFloor(floor, at)
		e.ground()
	default:
		e.r.rests(at)
		x.set(TermBelowFloor, at)
		e.sayFloor(floor, at)
		e.groundAxis()
	}
}
