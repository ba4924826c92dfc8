package law

import "fener/period"

// form puts an answer on the axis of the form. What the law does not allow
// stands whatever else is open, and what is open stands before what is allowed.
func (e *evaluation) formIs(is FormAnswer, at *Provision, lacks ...Missing) {
	x := &e.r.axes.Form
	if x.Is == FormDisallowed || is == FormAllowed && x.Missing != 0 {
		return
	}
	if x.Missing != 0 && is == FormUnclear && x.Is == FormUnread {
		is, at = FormUnread, x.At
	}
	before := x.Missing
	x.set(is, at)
	if is == FormDisallowed {
		x.Missing = 0
		return
	}
	x.Missing = before
	for _, m := range lacks {
		x.Missing |= 1 << m
	}
}

// served says in which form imprisonment was imposed, and whether the law
// allows it: to be served, suspended, or replaced.
func (e *evaluation) served() {
	s := &e.facts.Sentence
	if s.Suspended == Yes && s.ReplacedBy != NotReplaced {
		e.formIs(FormUnclear, nil, MissingFormImposed)
		e.say(Step{Kind: StepTwoForms})
	}
	switch {
	case s.Suspended == Yes:
		e.suspended()
	case s.Suspended == NotKnown && s.ReplacedBy == NotReplaced:
		e.formIs(FormUnclear, nil, MissingSuspended)
		e.say(Step{Kind: StepSuspendedUnknown})
	}
	if s.ReplacedBy != NotReplaced {
		e.replaced()
	}
	if s.Suspended == No && s.ReplacedBy == NotReplaced {
		e.formIs(FormPlain, e.prov)
	}
	e.otherKinds()
}

// suspended checks a suspended sentence (06/L-074, Articles 48 and 49): how
// heavy the offence may be, how long the sentence, how long the verification.
func (e *evaluation) suspended() {
	e.reasons()
	rule := e.general.Suspension
	if rule == nil || !rule.Known {
		e.formIs(FormUnread, citedBy(rule), MissingSuspensionRule)
		e.say(Step{Kind: StepSuspensionUnread, Law: e.prov.Instrument, At: citedBy(rule)})
		return
	}
	e.r.rests(rule.at)
	switch e.terms.suspension {
	case suspensionClosed:
		e.formIs(FormDisallowed, rule.mitigated)
		e.say(Step{Kind: StepSuspensionClosed, At: rule.mitigated, A: e.terms.max, B: rule.OffenceUpToMitigated})
	case suspensionMitigated:
		e.suspendedWithMitigation(rule)
	case suspensionOpen:
		e.formIs(FormAllowed, rule.at)
		e.say(Step{Kind: StepSuspensionOpen, At: rule.at, A: e.terms.max, B: rule.OffenceUpTo})
	case suspensionUnread:
		e.formIs(FormUnread, e.prov, MissingSuspensionRule)
		e.say(Step{Kind: StepMaximumUnread, At: e.prov})
	}
	e.suspensionBounds(rule)
}

// suspensionBounds are the bounds of the sentence and of the verification
// period. The ceiling of the sentence binds a single sentence for several
// offences too (Article 49, paragraph 3: "for one offence or for several in
// joinder"), and a verification period is bound for a suspended fine as well.
func (e *evaluation) suspensionBounds(rule *Suspension) {
	s := &e.facts.Sentence
	switch {
	case s.Imprisonment.State == ForLife || s.Imprisonment.State == ForTerm && rule.SentenceUpTo.exceededBy(s.Imprisonment.Term):
		e.formIs(FormDisallowed, rule.ceiling)
		e.say(Step{Kind: StepSuspensionTooLong, At: rule.ceiling, A: imposed(s.Imprisonment), B: rule.SentenceUpTo})
	case s.Imprisonment.State == ForUnknownTerm:
		e.formIs(FormUnclear, rule.ceiling, MissingTerm)
	}
	if v := s.Verification; !v.IsZero() && (v.Compare(rule.VerificationFrom) < 0 || v.Compare(rule.VerificationTo) > 0) {
		e.formIs(FormDisallowed, rule.verification)
		e.say(Step{Kind: StepVerificationOut, At: rule.verification, A: setLimit(v), B: setLimit(rule.VerificationFrom), C: setLimit(rule.VerificationTo)})
	}
}

func citedBy(s *Suspension) *Provision {
	if s == nil {
		return nil
	}
	return s.at
}

// suspendedWithMitigation: an offence over the first ceiling may be suspended
// only where the provisions on mitigation are applied (06/L-074, Article 49,
// paragraph 2): the sentence is milder than the law prescribes. A ground that
// was there and led to nothing is not enough.
func (e *evaluation) suspendedWithMitigation(rule *Suspension) {
	step := Step{At: rule.mitigated, A: e.terms.max, B: rule.OffenceUpToMitigated}
	is, lacks := FormUnclear, []Missing{MissingMitigationGround}
	switch applied := e.mitigationApplied(); {
	case applied == No:
		is, lacks, step.Kind = FormDisallowed, nil, StepSuspensionNotApplied
	case e.grounds == NoGround:
		is, lacks, step.Kind = FormDisallowed, nil, StepSuspensionNoGround
	case applied == NotKnown:
		step.Kind = StepSuspensionGroundUnknown
	case e.grounds.Any():
		is, lacks, step.Kind = FormAllowed, nil, StepSuspensionMitigated
	default:
		step.Kind = StepSuspensionGroundUnknown
	}
	e.formIs(is, rule.mitigated, lacks...)
	e.say(step)
}

// mitigationApplied says whether the sentence is milder than the law prescribes.
func (e *evaluation) mitigationApplied() Tri {
	s := &e.facts.Sentence
	switch {
	case e.facts.Joint == Yes:
		return NotKnown
	case s.Imprisonment.State == NoImprisonment:
		return Yes // something milder than imprisonment was imposed for an offence that carries it
	case s.Imprisonment.State != ForTerm || e.terms.min.State == LimitUnknown || e.terms.min.State == LimitNone:
		return NotKnown
	}
	return e.r.below
}

// replaced checks imprisonment replaced by a fine or by community work
// (06/L-074, Articles 44, 45 and 57).
func (e *evaluation) replaced() {
	e.reasons()
	rule := e.general.ReplacementByFine
	if e.facts.Sentence.ReplacedBy == ReplacedByWork {
		rule = e.general.ReplacementByWork
	}
	if rule == nil || !rule.Known {
		e.formIs(FormUnread, replacementAt(rule), MissingReplacementRule)
		e.say(Step{Kind: StepReplacementUnread, Law: e.prov.Instrument})
		e.replacingFine()
		return
	}
	at, upTo, allowed := rule.at, rule.UpTo, StepReplacementAllowed
	if rule.Consent {
		allowed = StepReplacementConsent
	}
	term := e.facts.Sentence.Imprisonment
	if w := e.general.CommunityWork; e.facts.Sentence.ReplacedBy == ReplacedByWork && w != nil && w.Known &&
		(term.State != ForTerm || upTo.exceededBy(term.Term)) {
		at, upTo, allowed = w.at, w.UpTo, StepWorkOrder // an order for community work reaches further than a replacement
	}
	e.r.rests(at)
	possible, known := e.terms.replaceable(upTo)
	switch {
	case term.State == ForLife || term.State == ForTerm && upTo.exceededBy(term.Term):
		e.formIs(FormDisallowed, at)
		e.say(Step{Kind: StepReplacementTooLong, At: at, A: imposed(term), B: upTo})
	case !known:
		e.formIs(FormUnread, at, MissingFloorRule)
		e.say(Step{Kind: StepFloorUnread, Law: e.prov.Instrument, At: e.mitigationAt()})
	case !possible:
		e.formIs(FormDisallowed, at)
		e.say(Step{Kind: StepReplacementFloor, At: at, A: e.terms.floor, B: upTo})
	case term.State == ForTerm:
		e.formIs(FormAllowed, at)
		e.say(Step{Kind: allowed, At: at, A: imposed(term), B: upTo})
	default:
		e.formIs(FormUnclear, at, MissingTerm)
	}
	e.workHours()
	e.replacingFine()
}

func replacementAt(r *Replacement) *Provision {
	if r == nil {
		return nil
	}
	return r.at
}

// workHours bounds community work, where the code's bound was read.
func (e *evaluation) workHours() {
	w := e.general.CommunityWork
	if n := e.facts.Sentence.WorkHours; w != nil && w.Known && w.HoursTo > 0 && n > w.HoursTo {
		e.formIs(FormDisallowed, w.at)
		e.say(Step{Kind: StepWorkHours, At: w.at, Count: n, Low: int64(w.HoursTo)})
	}
}

// withoutImprisonment checks a sentence that holds no imprisonment.
func (e *evaluation) withoutImprisonment() {
	e.r.unimposed = true
	s := &e.facts.Sentence
	switch kind := e.insteadOfImprisonment(); {
	case kind != nil:
		e.kindAlone(kind)
		e.fineBeside()
	case s.Fine.Imposed():
		e.fineAlone()
		e.suspendedFine()
	case s.WorkHours > 0 || s.ReplacedBy == ReplacedByWork:
		e.workAlone()
		e.fineOfWork()
	default:
		e.nothingImposed()
	}
	e.otherKinds()
}

// nothingImposed: a conviction of which no punishment is on record.
func (e *evaluation) nothingImposed() {
	kind := StepPunishmentUnknown
	if s := &e.facts.Sentence; s.Other || s.Measures.Any() {
		kind = StepOtherMeasure
	}
	e.r.axes.Term.lack(TermUnknown, nil, MissingPunishment)
	e.formIs(FormUnclear, nil, MissingPunishment)
	e.r.axes.Fine.lack(FineUnclear, nil, MissingPunishment)
	e.say(Step{Kind: kind})
}

// suspendedFine: a fine can be suspended too (06/L-074, Article 49, paragraph 3).
func (e *evaluation) suspendedFine() {
	switch e.facts.Sentence.Suspended {
	case Yes:
		e.suspended()
	case NotKnown:
		if e.r.axes.Form.Is != FormDisallowed {
			e.formIs(FormUnclear, nil, MissingSuspended)
			e.say(Step{Kind: StepSuspendedUnknown})
		}
	}
}

// fineAlone checks a fine as the only punishment. It is lawful where the
// provision gives the choice, where no minimum is prescribed and mitigation
// applies (06/L-074, Article 72, paragraph 1.7), and where it replaced
// imprisonment of up to six months (Article 44).
func (e *evaluation) fineAlone() {
	m := e.general.Mitigation
	x := &e.r.axes.Term
	switch {
	case e.prov.Punishment.Imprisonment == nil || e.terms.fine == FineOr:
		e.r.below = No
		x.set(TermWithin, e.prov)
		e.formIs(FormAllowed, e.prov)
		e.say(Step{Kind: StepFineChoice, At: e.prov})
		e.fineBounds()
	case e.terms.min.State == LimitNone && m != nil && m.fineAlone != nil:
		e.r.below, e.r.milder = No, true
		e.r.rests(m.fineAlone)
		x.set(TermWithin, m.fineAlone)
		e.formIs(FormAllowed, m.fineAlone)
		e.say(Step{Kind: StepFineInstead, At: m.fineAlone})
		e.ground()
		e.fineBounds()
	case e.terms.min.State == LimitUnknown:
		x.lack(TermUnknown, e.prov, MissingProvisionText)
		e.formIs(FormUnclear, e.prov, MissingProvisionText)
		e.fineBeside()
	default:
		e.fineInsteadOfMinimum()
	}
	if w := e.general.CommunityWork; e.facts.Sentence.WorkHours > 0 && w != nil && w.Known && w.FineUpTo > 0 &&
		e.facts.Sentence.Fine.State == FineOfAmount && e.facts.Sentence.Fine.Cents > w.FineUpTo*100 {
		e.formIs(FormDisallowed, w.at)
		e.say(Step{Kind: StepWorkFine, At: w.at, Cents: e.facts.Sentence.Fine.Cents, Bound: w.FineUpTo * 100})
	}
}

// fineInsteadOfMinimum: a fine alone where the law prescribes a minimum. Where
// a code's own rules were not read, the fine is certainly below a minimum longer
// than any imprisonment that a rule of the pack lets be replaced.
func (e *evaluation) fineInsteadOfMinimum() {
	e.reasons()
	x := &e.r.axes.Term
	rule := e.general.ReplacementByFine
	if e.terms.floor.State == LimitUnknown || rule == nil || !rule.Known {
		if longest := e.pack.longestReplaceable; e.terms.min.State == LimitSet && e.terms.min.Length.Compare(longest) > 0 {
			e.r.below = Yes
			e.r.shortfall = e.terms.min.Length
			x.lack(TermFloorUnread, e.prov, MissingFloorRule)
			e.say(Step{Kind: StepFineBelowMinimum, At: e.prov, B: e.terms.min})
		} else {
			x.lack(TermUnknown, e.prov, MissingFloorRule)
		}
		e.formIs(FormUnread, replacementAt(rule), MissingFloorRule, MissingReplacementRule)
		e.say(Step{Kind: StepFloorUnread, Law: e.prov.Instrument, At: e.mitigationAt()})
		e.say(Step{Kind: StepReplacementUnread, Law: e.prov.Instrument})
		e.fineBeside()
		return
	}
	e.r.rests(rule.at)
	if possible, _ := e.terms.replaceable(rule.UpTo); possible {
		x.lack(TermUnknown, rule.at, MissingReplacementBasis)
		e.formIs(FormUnclear, rule.at, MissingReplacementBasis)
		e.say(Step{Kind: StepFineMayReplace, At: rule.at, A: e.terms.floor, B: rule.UpTo})
		e.fineBounds()
		return
	}
	e.noneImposed(rule.at)
	e.say(Step{Kind: StepFineAloneClosed, At: e.prov, A: e.terms.floor, B: e.terms.min})
	e.fineBounds()
}

// noneImposed: no imprisonment, where the law leaves no way around it.
func (e *evaluation) noneImposed(at *Provision) {
	e.r.below = Yes
	e.r.shortfall = e.terms.min.Length
	e.r.axes.Term.set(TermBelowFloor, e.prov)
	e.formIs(FormDisallowed, at)
	e.groundAxis()
}

// fineOfWork: an order for community work may stand for imprisonment, for a fine
// or for both (06/L-074, Article 57), so what it leaves of a fine that the law
// adds is open.
func (e *evaluation) fineOfWork() {
	x := &e.r.axes.Fine
	switch {
	case e.terms.fine == NoFine:
		x.set(FineNone, e.prov)
	case e.r.axes.Form.Is == FormDisallowed:
		x.set(FineUnclear, nil)
	default:
		x.lack(FineUnclear, nil, MissingTerm)
	}
}

// workAlone checks community work as the only punishment on record: it stands
// for a term that is not (06/L-074, Article 57).
func (e *evaluation) workAlone() {
	e.reasons()
	x := &e.r.axes.Term
	rule := e.general.CommunityWork
	if rule == nil || !rule.Known {
		x.lack(TermUnknown, nil, MissingReplacementRule)
		e.formIs(FormUnread, nil, MissingReplacementRule)
		e.say(Step{Kind: StepReplacementUnread, Law: e.prov.Instrument})
		return
	}
	e.r.rests(rule.at)
	switch possible, known := e.terms.replaceable(rule.UpTo); {
	case !known:
		x.lack(TermUnknown, rule.at, MissingFloorRule)
		e.formIs(FormUnread, rule.at, MissingFloorRule)
		e.say(Step{Kind: StepFloorUnread, Law: e.prov.Instrument, At: e.mitigationAt()})
	case possible:
		x.lack(TermUnknown, rule.at, MissingTerm)
		e.formIs(FormUnclear, rule.at, MissingTerm)
		e.say(Step{Kind: StepWorkTermUnknown, At: rule.at, B: rule.UpTo})
	default:
		e.noneImposed(rule.at)
		e.say(Step{Kind: StepReplacementFloor, At: rule.at, A: e.terms.floor, B: rule.UpTo})
	}
	e.workHours()
}

// longestOf is the longest imprisonment that any rule of the pack lets be
// replaced by a fine or by work.
func longestOf(instruments []*Instrument) (longest period.Length) {
	for _, in := range instruments {
		g := &in.General
		for _, r := range []*Replacement{g.ReplacementByFine, g.ReplacementByWork} {
			if r != nil && r.Known && r.UpTo.Length.Compare(longest) > 0 {
				longest = r.UpTo.Length
			}
		}
		if w := g.CommunityWork; w != nil && w.Known && w.UpTo.Length.Compare(longest) > 0 {
			longest = w.UpTo.Length
		}
	}
	return longest
}
