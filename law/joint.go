package law

// joint checks what a single sentence for several offences says about one of
// them (06/L-074, Article 76): each part is at most the whole, so a whole below
// the count's minimum or floor proves it for the count, and a form that is
// closed for the whole is closed. All else about the part is open.
func (e *evaluation) joint() {
	j := e.general.Joinder
	step := Step{Kind: StepJoint, Law: e.prov.Instrument}
	if j != nil {
		step = Step{Kind: StepJoint, At: j.at}
	}
	e.say(step)
	s := &e.facts.Sentence
	switch s.Imprisonment.State {
	case NoImprisonment:
		e.r.unimposed = true
		e.jointWithoutImprisonment()
	case ForTerm:
		e.jointTerm()
		e.jointForm()
	default:
		e.r.axes.Term.lack(TermUnknown, nil, MissingOwnSentence)
		e.jointForm()
	}
	e.jointFine()
	e.measures()
}

// jointTerm: the whole against the minimum, the floor and the general bound of
// a single sentence (Article 76, paragraph 2.2).
func (e *evaluation) jointTerm() {
	x := &e.r.axes.Term
	whole := imposed(e.facts.Sentence.Imprisonment)
	x.lack(TermUnknown, nil, MissingOwnSentence)
	if j := e.general.Joinder; j != nil && j.Known && whole.Length.Compare(j.To) > 0 {
		e.r.rests(j.at)
		*x = Axis[TermAnswer]{}
		x.set(TermAboveMaximum, j.at)
		e.say(Step{Kind: StepJointAbove, At: j.at, A: whole, B: setLimit(j.To)})
		return
	}
	if j := e.general.Joinder; j != nil && j.Known && j.short != nil && whole.Length.Compare(j.ShortTo) > 0 {
		e.say(Step{Kind: StepJointShort, At: j.short, A: setLimit(j.ShortUpTo), B: setLimit(j.ShortTo)})
	}
	if e.terms.min.State != LimitSet {
		return
	}
	switch whole.Length.Compare(e.terms.min.Length) {
	case 0:
		// Each part is smaller than the whole, so either the part is below the
		// minimum or the single sentence is not greater than it: which, only the
		// judgment tells.
		e.say(Step{Kind: StepJointEqual, At: e.jointAt(), A: whole, B: e.terms.min})
		return
	case 1:
		e.say(Step{Kind: StepJointMinimum, At: e.prov, A: whole, B: e.terms.min})
		return
	}
	e.r.below = Yes
	e.r.shortfall = e.terms.min.Length.Minus(whole.Length)
	e.say(Step{Kind: StepJointBelow, At: e.prov, A: whole, B: e.terms.min, C: setLimit(e.r.shortfall)})
	floor, at, known := e.floorOf()
	m, formOpen := e.formOpen()
	switch {
	case formOpen:
		x.lack(TermFloorUnread, e.prov, m)
	case !known:
		x.lack(TermFloorUnread, at, MissingFloorRule)
		e.say(Step{Kind: StepFloorUnread, Law: e.prov.Instrument, At: at})
	case floor.State == LimitSet && !floor.reachedBy(whole.Length):
		e.r.rests(at)
		e.sayFloor(floor, at)
		*x = Axis[TermAnswer]{}
		e.belowFloor(whole, floor, at)
		return
	case floor.State == LimitNone:
		e.r.rests(at)
		e.sayFloor(floor, at)
		*x = Axis[TermAnswer]{}
		x.set(TermBelowMinimum, at)
		e.ground()
		return
	default:
		x.lack(TermFloorUnread, at, MissingOwnSentence)
	}
	e.groundAxis()
}

func (e *evaluation) jointAt() *Provision {
	if j := e.general.Joinder; j != nil {
		return j.at
	}
	return nil
}

// jointForm: the whole is served, suspended or replaced, and each part with it.
// The ceiling of a suspended sentence names joinder (Article 49, paragraph 3).
func (e *evaluation) jointForm() { e.served() }

// jointWithoutImprisonment: where the whole holds no imprisonment, the count
// brought none.
func (e *evaluation) jointWithoutImprisonment() {
	s := &e.facts.Sentence
	switch kind := e.insteadOfImprisonment(); {
	case kind != nil:
		e.kindAlone(kind)
		e.otherKinds()
	case s.Fine.Imposed():
		e.fineAlone()
		e.suspendedFine()
	case s.WorkHours > 0 || s.ReplacedBy == ReplacedByWork:
		e.workAlone()
	default:
		e.nothingImposed()
	}
}

// jointFine: a joint fine says what no part of it was: none, if none was
// imposed, or too little, if even the whole is.
func (e *evaluation) jointFine() {
	x := &e.r.axes.Fine
	fine := e.facts.Sentence.Fine
	if !fine.Imposed() {
		if e.facts.Sentence.Imprisonment.State != NoImprisonment {
			e.fineBeside()
		}
		e.bothFines()
		return
	}
	*x = Axis[FineAnswer]{}
	if t := e.terms; t.fine == FineAnd && fine.State == FineOfAmount && t.fineFrom >= 0 && fine.Cents < t.fineFrom {
		x.set(FineOutOfBounds, t.fineFromAt)
		e.say(Step{Kind: StepFineLow, At: t.fineFromAt, Cents: fine.Cents, Bound: t.fineFrom})
		return
	}
	x.lack(FineUnclear, nil, MissingOwnSentence)
}
