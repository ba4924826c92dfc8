package law

import "fener/period"

// under checks the count under one provision; nil where the pack does not hold
// the offence's version in the code.
func (c *checker) under(prov *Provision, code *Instrument, into *result) {
	if prov == nil {
		c.say(Step{Kind: StepNoVersion, Law: code})
		*into = open(MissingProvisionText)
		return
	}
	t := &prov.terms
	c.say(Step{Kind: StepPrescribes, At: prov})
	if prov.Verified == Unread {
		c.say(Step{Kind: StepUnread, At: prov})
	}
	e := evaluation{pack: c.pack, facts: c.facts, trace: c.trace, prov: prov, terms: t, general: &prov.Instrument.General}
	e.r.min, e.r.floor, e.r.max, e.r.law, e.r.verified = t.min, t.floor, t.max, prov, prov.Verified
	if t.min.State == LimitUnknown && t.max.State == LimitUnknown && t.fine == FineUnknown {
		*into = open(MissingProvisionText)
		into.law, into.verified = prov, prov.Verified
		return
	}
	e.form = c.form()
	if _, unread := e.formOpen(); unread {
		e.r.floor = Limit{} // how the form changes the range was not read
	}
	e.grounds = c.facts.Grounds | e.ownGround()
	switch c.offender() {
	case JuvenileOffender:
		e.juvenile()
	case OffenderUnknown:
		young := e
		young.juvenile()
		e.adult()
		e.say(Step{Kind: StepOffenderUnknown})
		e.r.merge(&young.r, MissingOffender)
		e.r.axes.Law.Missing |= 1 << MissingOffender
	default:
		e.adult()
	}
	*into = e.r
}

// form is the form of the offence on record: as stated, or as the offence's own
// text cites it ("in connection with Article 28"). The two at odds are not known.
func (c *checker) form() Form {
	stated, cited := c.facts.Form, c.facts.Convicted.Form
	switch {
	case cited == FormUnsaid || stated == cited:
		return stated
	case stated == FormUnsaid:
		return cited
	}
	return FormUnknown
}

// adulthood is the age from which the law of adults applies (Juvenile Justice
// Code 06/L-006 speaks of persons who were under eighteen at the time of the
// offence).
const adulthood = 18

// offender is what the law takes the offender for: as stated, or by age where
// only that is on record. The two at odds are not known.
func (c *checker) offender() Offender {
	stated, age := c.facts.Offender, c.facts.Age
	switch {
	case age == 0:
		return stated
	case age < adulthood && stated == AdultOffender, age >= adulthood && stated == JuvenileOffender:
		return OffenderUnknown
	case age < adulthood:
		return JuvenileOffender
	}
	return AdultOffender
}

// evaluation is the check of one count under one provision. It holds what it
// needs of the checker instead of embedding it: promoted methods would tie the
// two into one cycle of calls, and the compiler would put both on the heap.
type evaluation struct {
	pack    *Pack
	facts   *Facts
	trace   *trace
	prov    *Provision
	terms   *terms
	general *General
	grounds Grounds
	form    Form

	replacing Axis[FineAnswer] // of the fine that replaced imprisonment
	r         result
}

// ownGround is the ground for mitigation that the form of the offence brings
// with it: attempt and assistance may be punished more mildly by law.
func (e *evaluation) ownGround() Grounds {
	rule := e.formRule()
	switch {
	case e.form == FormUnsaid || e.form == Completed:
		return 0
	case rule == nil || !rule.Known:
		e.say(Step{Kind: StepFormUnread, Form: e.form, Law: e.prov.Instrument, At: citationOf(rule)})
		return 0
	}
	e.say(Step{Kind: StepForm, Form: e.form, At: rule.at})
	e.r.rests(rule.at)
	if rule.MayMitigate {
		return GroundsOf(GroundLaw)
	}
	return 0
}

func citationOf(rule *Participation) *Provision {
	if rule == nil {
		return nil
	}
	return rule.at
}

// formRule is the rule on the offence's form; nil where there is none.
func (e *evaluation) formRule() *Participation {
	switch e.form {
	case Attempt:
		return e.general.Attempt
	case Assistance:
		return e.general.Assistance
	case Incitement:
		return e.general.Incitement
	}
	return nil
}

// formOpen is what is missing where nobody knows how the form of the offence
// changes the range; ok is false where the range is known.
func (e *evaluation) formOpen() (m Missing, ok bool) {
	switch e.form {
	case FormUnsaid, Completed:
		return 0, false
	case FormUnknown:
		return MissingForm, true
	}
	rule := e.formRule()
	return MissingFormRule, rule == nil || !rule.Known
}

// adult goes through the axes one by one. None of them ends another.
func (e *evaluation) adult() {
	s := &e.facts.Sentence
	switch {
	case e.facts.Joint == Yes:
		e.joint()
		return
	case s.Imprisonment.State == NoImprisonment:
		e.withoutImprisonment()
	default:
		e.imprisonment()
		e.served()
		e.fineBeside()
		e.bothFines()
	}
	if m, ok := e.formOpen(); ok && e.form == FormUnknown {
		e.r.axes.Term.Missing |= 1 << m
	}
	e.measures()
}

func (e *evaluation) imprisonment() {
	switch i := e.facts.Sentence.Imprisonment; i.State {
	case ForTerm:
		e.term(i.Term)
	case ForLife:
		e.life()
	case ForUnknownTerm:
		e.unknownTerm()
	}
}

// term checks a term of imprisonment against maximum, minimum and floor.
func (e *evaluation) term(n period.Length) {
	x := &e.r.axes.Term
	imposed := Limit{State: LimitSet, Length: n}
	if e.prov.Punishment.Imprisonment == nil {
		x.set(TermAboveMaximum, e.prov)
		e.r.below = No
		e.say(Step{Kind: StepNotPrescribed, At: e.prov, A: imposed})
		return
	}
	switch e.terms.min.State {
	case LimitUnknown:
		e.maximum(imposed)
		if x.Is != TermAboveMaximum {
			x.lack(TermUnknown, e.prov, MissingProvisionText)
		}
	case LimitNone:
		e.generalMinimum(n)
	case LimitSet:
		if e.terms.min.reachedBy(n) {
			e.r.below = No
			e.maximum(imposed)
			e.say(Step{Kind: StepMinimumMet, At: e.prov, A: imposed, B: e.terms.min})
			return
		}
		e.r.below = Yes
		e.r.shortfall = e.terms.min.Length.Minus(n)
		e.say(Step{Kind: StepBelowMinimum, At: e.prov, A: imposed, B: e.terms.min, C: setLimit(e.r.shortfall)})
		e.belowMinimum(imposed)
	}
}

// maximum checks a term that is not below the minimum against the provision's
// maximum. Where that is life, a term in years is still bound by the general
// maximum of imprisonment. A helper is punished more mildly than the
// perpetrator, so never with the maximum itself.
func (e *evaluation) maximum(imposed Limit) {
	x := &e.r.axes.Term
	most, at := e.terms.max, e.prov
	if b := e.general.Imprisonment; most.State == LimitLife && b != nil {
		if b.To.State == LimitLife {
			x.set(TermWithin, e.prov) // any term of years is lawful where life is
			return
		}
		most, at = b.To, b.at
	}
	if most.State != LimitSet {
		x.lack(TermUnknown, e.prov, MissingMaximum)
		e.say(Step{Kind: StepMaximumUnread, At: e.prov})
		return
	}
	milder := e.formRule()
	switch {
	case most.exceededBy(imposed.Length):
		e.r.rests(at)
		x.set(TermAboveMaximum, at)
		e.say(Step{Kind: StepAboveMaximum, At: at, A: imposed, B: most})
	case imposed.Length.Compare(most.Length) == 0 && milder != nil && milder.Known && milder.Milder:
		e.r.rests(milder.at)
		x.set(TermAboveMaximum, milder.at)
		e.say(Step{Kind: StepHelperMaximum, At: milder.at, A: imposed, B: most})
	default:
		x.set(TermWithin, e.prov)
	}
}

// generalMinimum applies where the provision prescribes no minimum.
func (e *evaluation) generalMinimum(n period.Length) {
	imposed := Limit{State: LimitSet, Length: n}
	if b := e.general.Imprisonment; b != nil && b.From.State == LimitSet && !b.From.reachedBy(n) {
		e.r.rests(b.at)
		e.r.axes.Term.set(TermBelowFloor, b.at)
		e.r.below, e.r.shortfall = Yes, b.From.Length.Minus(n)
		e.r.min, e.r.floor = b.From, b.From
		e.say(Step{Kind: StepBelowGeneral, At: b.at, A: imposed, B: b.From})
		return
	}
	e.r.below = No
	e.say(Step{Kind: StepNoMinimum, At: e.prov})
	e.maximum(imposed)
}

// belowMinimum decides how far below the minimum a term lies.
func (e *evaluation) belowMinimum(imposed Limit) {
	x := &e.r.axes.Term
	floor, at, known := e.floorOf()
	if m, ok := e.formOpen(); ok {
		x.lack(TermFloorUnread, e.prov, m)
		if known {
			e.ground()
		}
		return
	}
	if !known {
		x.lack(TermFloorUnread, at, MissingFloorRule)
		e.say(Step{Kind: StepFloorUnread, Law: e.prov.Instrument, At: at})
		e.ground()
		return
	}
	e.r.rests(at)
	e.r.floor = floor
	e.sayFloor(floor, at)
	if floor.State == LimitSet && !floor.reachedBy(imposed.Length) {
		e.belowFloor(imposed, floor, at)
		return
	}
	x.set(TermBelowMinimum, at)
	e.ground()
}

// sayFloor says how far mitigation goes, and why.
func (e *evaluation) sayFloor(floor Limit, at *Provision) {
	step := Step{Kind: StepFloorOwn, At: at, B: floor, C: e.terms.min}
	switch row := e.terms.floorRow; {
	case !e.terms.own:
		step.Kind, step.A = StepFloor, setLimit(row.Minimum)
	case len(e.terms.ways) == 0:
		step.Kind = StepNoWay
	case floor.State == LimitNone:
		step.Kind = StepFloorNone
	}
	e.say(step)
}

func (e *evaluation) mitigationAt() *Provision {
	if m := e.general.Mitigation; m != nil {
		return m.at
	}
	return nil
}

// belowFloor: only release from punishment (06/L-074, Article 73, paragraph 2)
// lifts the limits of mitigation.
func (e *evaluation) belowFloor(imposed, floor Limit, at *Provision) {
	x := &e.r.axes.Term
	release := e.general.Release
	switch {
	case release != nil && e.grounds.Has(GroundRelease):
		e.r.rests(release.at)
		x.set(TermBelowMinimum, release.at)
		e.say(Step{Kind: StepRelease, At: release.at})
		e.r.axes.Ground.set(GroundOnRecord, release.at)
		e.reasons()
		return
	case release != nil && e.facts.Grounds.Has(GroundLaw) && (e.form == FormUnsaid || e.form == Completed):
		x.lack(TermFloorUnread, release.at, MissingLegalGround)
		e.say(Step{Kind: StepLegalGroundUnclear, At: release.at, A: imposed, B: floor})
	default:
		x.set(TermBelowFloor, at)
		e.say(Step{Kind: StepBelowFloor, At: at, A: imposed, B: floor})
	}
	e.groundAxis()
	e.reasons()
}

// reasons says whether the judgment gives the reasons that going below a
// minimum, a suspension or an alternative punishment needs (Criminal Procedure
// Code 08/L-032, Article 369, paragraph 8). It leaves nothing open.
func (e *evaluation) reasons() {
	x := &e.r.axes.Reasons
	if x.Is != ReasonsNotAsked {
		return
	}
	rule := e.reasonsRule()
	switch e.facts.Reasons {
	case Yes:
		x.set(ReasonsGiven, rule)
	case NotKnown:
		x.set(ReasonsUnknown, rule)
	case No:
		x.set(ReasonsNotGiven, rule)
		if rule == nil {
			e.say(Step{Kind: StepNoReasons})
			return
		}
		e.say(Step{Kind: StepReasonsMissing, At: rule})
	}
}

// reasonsRule is the duty to give reasons in force on the day of the judgment.
func (e *evaluation) reasonsRule() *Provision {
	if e.facts.Judged.IsZero() {
		return nil
	}
	for _, in := range e.pack.reasons {
		if in.InForce.Range().Contains(e.facts.Judged) {
			return in.General.Reasons.at
		}
	}
	return nil
}

func (e *evaluation) life() {
	x := &e.r.axes.Term
	e.r.below = No
	switch e.terms.max.State {
	case LimitLife:
		x.set(TermWithin, e.prov)
		e.say(Step{Kind: StepLifeAllowed, At: e.prov})
	case LimitUnknown:
		x.lack(TermUnknown, e.prov, MissingMaximum)
		e.say(Step{Kind: StepMaximumUnread, At: e.prov})
	default:
		x.set(TermAboveMaximum, e.prov)
		e.say(Step{Kind: StepAboveMaximum, At: e.prov, A: Limit{State: LimitLife}, B: e.terms.max})
	}
}

func (e *evaluation) unknownTerm() {
	x := &e.r.axes.Term
	x.lack(TermUnknown, e.prov, MissingTerm)
	e.say(Step{Kind: StepTermUnknown})
	if e.terms.max.State == LimitUnknown {
		x.Missing |= 1 << MissingMaximum
	}
}
