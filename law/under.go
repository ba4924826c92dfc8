package law

import "fener/period"

// under checks the count under one provision; nil where the pack does not hold
// the offence's version in the code.
func (c *checker) under(prov *Provision, code *Instrument) result {
	if prov == nil {
		c.say(Step{Kind: StepNoVersion, Law: code})
		return undetermined(MissingProvisionText)
	}
	t := &prov.terms
	r := result{min: t.min, floor: t.floor, max: t.max, law: prov, verified: prov.Verified}
	c.say(Step{Kind: StepPrescribes, At: prov})
	if prov.Verified == Unread {
		c.say(Step{Kind: StepUnread, At: prov})
	}
	if t.min.State == LimitUnknown && t.max.State == LimitUnknown && t.fine == FineUnknown {
		r.lack(MissingProvisionText)
		return r
	}
	e := evaluation{pack: c.pack, facts: c.facts, trace: c.trace, prov: prov, terms: t, general: &prov.Instrument.General, r: r}
	e.grounds = c.facts.Grounds | e.ownGround()
	switch {
	case c.facts.Offender == JuvenileOffender:
		e.juvenile()
	case c.facts.Joint == Yes:
		e.joint()
	default:
		e.adult()
	}
	if e.r.outcomes == 0 {
		e.r.add(WithinRange)
	}
	return e.r
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
	r       result
}

// ownGround is the ground for mitigation that the form of the offence brings
// with it: attempt and assistance may be punished more mildly by law.
func (e *evaluation) ownGround() Grounds {
	rule := (*Participation)(nil)
	switch e.facts.Form {
	case Attempt:
		rule = e.general.Attempt
	case Assistance:
		rule = e.general.Assistance
	case Incitement:
		rule = e.general.Incitement
	default:
		return 0
	}
	if rule == nil || !rule.Known {
		e.say(Step{Kind: StepFormUnread, Form: e.facts.Form, Law: e.prov.Instrument})
		return 0
	}
	e.say(Step{Kind: StepForm, Form: e.facts.Form, At: rule.at})
	e.r.rests(rule.at)
	if rule.MayMitigate {
		return GroundsOf(GroundLaw)
	}
	return 0
}

func (e *evaluation) adult() {
	s := &e.facts.Sentence
	switch s.Imprisonment.State {
	case ForTerm:
		e.term(s.Imprisonment.Term)
	case ForLife:
		e.life()
	case ForUnknownTerm:
		e.unknownTerm()
	case NoImprisonment:
		e.withoutImprisonment()
		return
	}
	if s.Suspended == Yes {
		e.suspended()
	}
	if s.ReplacedBy != NotReplaced {
		e.replaced()
	}
	e.fineBeside()
}

// term checks a term of imprisonment against maximum, minimum and floor.
func (e *evaluation) term(n period.Length) {
	imposed := Limit{State: LimitSet, Length: n}
	if e.terms.min.State != LimitSet || n.Compare(e.terms.min.Length) >= 0 {
		e.maximum(imposed)
	}
	switch e.terms.min.State {
	case LimitUnknown:
		e.r.lack(MissingProvisionText)
	case LimitNone:
		e.generalMinimum(n)
	case LimitSet:
		if n.Compare(e.terms.min.Length) >= 0 {
			e.r.below = No
			e.say(Step{Kind: StepMinimumMet, At: e.prov, A: imposed, B: e.terms.min})
			return
		}
		e.r.below = Yes
		e.r.shortfall = e.terms.min.Length.Minus(n)
		e.say(Step{Kind: StepBelowMinimum, At: e.prov, A: imposed, B: e.terms.min, C: setLimit(e.r.shortfall)})
		e.belowMinimum(imposed)
	}
}

// maximum checks a term against the provision's maximum. Where that is life, a
// term in years is still bound by the general maximum of imprisonment.
func (e *evaluation) maximum(imposed Limit) {
	most, at := e.terms.max, e.prov
	if b := e.general.Imprisonment; most.State == LimitLife && b != nil {
		most, at = setLimit(b.To), b.at
	}
	switch most.State {
	case LimitUnknown, LimitLife:
		e.r.lack(MissingMaximum)
		e.say(Step{Kind: StepMaximumUnread, At: e.prov})
	case LimitSet:
		if imposed.Length.Compare(most.Length) > 0 {
			e.r.rests(at)
			e.r.add(AboveMaximum)
			e.say(Step{Kind: StepAboveMaximum, At: at, A: imposed, B: most})
		}
	case LimitNone:
		e.r.lack(MissingProvisionText)
	}
}

// generalMinimum applies where the provision prescribes no minimum.
func (e *evaluation) generalMinimum(n period.Length) {
	e.r.below = No
	if b := e.general.Imprisonment; b != nil && n.Compare(b.From) < 0 {
		e.r.rests(b.at)
		e.r.add(BelowFloor)
		e.r.below, e.r.shortfall = Yes, b.From.Minus(n)
		e.r.min, e.r.floor = setLimit(b.From), setLimit(b.From)
		e.say(Step{Kind: StepBelowGeneral, At: b.at, A: Limit{State: LimitSet, Length: n}, B: setLimit(b.From)})
		return
	}
	e.say(Step{Kind: StepNoMinimum, At: e.prov})
}

// belowMinimum decides between mitigated, unexplained and below the floor.
func (e *evaluation) belowMinimum(imposed Limit) {
	row := e.terms.floorRow
	if row == nil {
		e.r.lack(MissingFloorRule)
		e.say(Step{Kind: StepFloorUnread, Law: e.prov.Instrument, At: e.mitigationAt()})
		return
	}
	e.r.rests(row.at)
	e.say(Step{Kind: StepFloor, At: row.at, A: e.terms.min, B: e.terms.floor})
	if imposed.Length.Compare(row.Floor) < 0 {
		e.belowFloor(imposed)
		return
	}
	e.mitigation()
}

func (e *evaluation) mitigationAt() *Provision {
	if m := e.general.Mitigation; m != nil {
		return m.at
	}
	return nil
}

// belowFloor: only release from punishment (06/L-074, Article 73, paragraph 2)
// lifts the limits of mitigation.
func (e *evaluation) belowFloor(imposed Limit) {
	release := e.general.Release
	switch {
	case release != nil && e.grounds.Has(GroundRelease):
		e.r.rests(release.at)
		e.r.add(Mitigated)
		e.say(Step{Kind: StepRelease, At: release.at})
	case release != nil && e.facts.Grounds.Has(GroundLaw) && (e.facts.Form == FormUnsaid || e.facts.Form == Completed):
		e.r.lack(MissingLegalGround)
		e.say(Step{Kind: StepLegalGroundUnclear, At: release.at, A: imposed, B: e.terms.floor})
	default:
		e.r.add(BelowFloor)
		e.say(Step{Kind: StepBelowFloor, At: e.terms.floorRow.at, A: imposed, B: e.terms.floor})
	}
}

// mitigation: between floor and minimum, a ground on record decides.
func (e *evaluation) mitigation() {
	m := e.general.Mitigation
	if !e.grounds.Any() {
		e.r.add(Unexplained)
		kind := StepGroundUnknown
		if e.grounds == NoGround {
			kind = StepNoGround
		}
		e.r.rests(m.at)
		e.say(Step{Kind: kind, At: m.at})
		e.reasons()
		return
	}
	e.r.add(Mitigated)
	if e.trace != nil {
		for _, g := range e.grounds.List() {
			e.say(Step{Kind: StepGround, Ground: g, At: e.groundAt(m, g)})
		}
	}
	e.reasons()
}

func (e *evaluation) groundAt(m *Mitigation, g Ground) *Provision {
	if at := m.grounds[g]; at != nil {
		return at
	}
	if g == GroundRelease && e.general.Release != nil {
		return e.general.Release.at
	}
	return m.at
}

// reasons reminds of the duty to give reasons for going below a minimum; it
// changes no outcome.
func (e *evaluation) reasons() {
	if e.trace == nil || e.facts.Reasons != No {
		return
	}
	for _, in := range e.pack.Instruments {
		if rule := in.General.Reasons; rule != nil && !e.facts.Judged.IsZero() && in.InForce.Range().Contains(e.facts.Judged) {
			e.say(Step{Kind: StepReasonsMissing, At: rule.at})
			return
		}
	}
	e.say(Step{Kind: StepNoReasons})
}

func (e *evaluation) life() {
	switch e.terms.max.State {
	case LimitLife:
		e.r.below = No
		e.say(Step{Kind: StepLifeAllowed, At: e.prov})
	case LimitUnknown:
		e.r.below = No
		e.r.lack(MissingMaximum)
		e.say(Step{Kind: StepMaximumUnread, At: e.prov})
	default:
		e.r.below = No
		e.r.add(AboveMaximum)
		e.say(Step{Kind: StepAboveMaximum, At: e.prov, A: Limit{State: LimitLife}, B: e.terms.max})
	}
}

func (e *evaluation) unknownTerm() {
	e.r.lack(MissingTerm)
	e.say(Step{Kind: StepTermUnknown})
	if e.terms.max.State == LimitUnknown {
		e.r.lack(MissingMaximum)
	}
}

// joint: each part of a joint sentence is at most the joint one, so a joint
// sentence below the count's minimum or floor proves it for the count (06/L-074,
// Article 76); all else about the part is undetermined.
func (e *evaluation) joint() {
	e.r.lack(MissingOwnSentence)
	if j := e.general.Joinder; j != nil {
		e.say(Step{Kind: StepJoint, At: j.at})
	} else {
		e.say(Step{Kind: StepJoint, Law: e.prov.Instrument})
	}
	s := &e.facts.Sentence
	if s.Imprisonment.State != ForTerm || e.terms.min.State != LimitSet {
		return
	}
	imposed := Limit{State: LimitSet, Length: s.Imprisonment.Term}
	if imposed.Length.Compare(e.terms.min.Length) >= 0 {
		e.say(Step{Kind: StepJointMinimum, At: e.prov, A: imposed, B: e.terms.min})
		return
	}
	e.r.below = Yes
	e.r.shortfall = e.terms.min.Length.Minus(imposed.Length)
	e.say(Step{Kind: StepJointBelow, At: e.prov, A: imposed, B: e.terms.min, C: setLimit(e.r.shortfall)})
	switch row := e.terms.floorRow; {
	case row == nil:
		e.r.lack(MissingFloorRule)
		e.say(Step{Kind: StepFloorUnread, Law: e.prov.Instrument, At: e.mitigationAt()})
	case imposed.Length.Compare(row.Floor) < 0:
		e.r.rests(row.at)
		e.say(Step{Kind: StepFloor, At: row.at, A: e.terms.min, B: e.terms.floor})
		e.belowFloor(imposed)
	}
}
