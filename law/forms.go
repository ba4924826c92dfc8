package law

import "fener/period"

// suspended checks a suspended sentence (06/L-074, Articles 48 and 49): how
// heavy the offence may be, how long the sentence, how long the verification.
func (e *evaluation) suspended() {
	rule := e.general.Suspension
	if rule == nil || !rule.Known {
		e.r.lack(MissingSuspensionRule)
		e.say(Step{Kind: StepSuspensionUnread, Law: e.prov.Instrument, At: citedBy(rule)})
		return
	}
	e.r.rests(rule.at)
	switch e.terms.suspension {
	case suspensionClosed:
		e.r.add(FormNotAllowed)
		e.say(Step{Kind: StepSuspensionClosed, At: rule.mitigated, A: e.terms.max, B: setLimit(rule.OffenceUpToMitigated)})
	case suspensionMitigated:
		e.suspendedWithMitigation(rule)
	case suspensionOpen:
		e.say(Step{Kind: StepSuspensionOpen, At: rule.at, A: e.terms.max, B: setLimit(rule.OffenceUpTo)})
	case suspensionUnread:
		e.r.lack(MissingSuspensionRule)
		e.say(Step{Kind: StepMaximumUnread, At: e.prov})
	}
	if s := &e.facts.Sentence; s.Imprisonment.State == ForTerm && s.Imprisonment.Term.Compare(rule.SentenceUpTo) > 0 {
		e.r.add(FormNotAllowed)
		e.say(Step{Kind: StepSuspensionTooLong, At: rule.ceiling, A: imposed(s.Imprisonment), B: setLimit(rule.SentenceUpTo)})
	}
	if v := e.facts.Sentence.Verification; !v.IsZero() && (v.Compare(rule.VerificationFrom) < 0 || v.Compare(rule.VerificationTo) > 0) {
		e.r.add(FormNotAllowed)
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
// only where mitigation is applied (06/L-074, Article 49, paragraph 2).
func (e *evaluation) suspendedWithMitigation(rule *Suspension) {
	step := Step{At: rule.mitigated, A: e.terms.max, B: setLimit(rule.OffenceUpToMitigated)}
	switch {
	case e.grounds.Any():
		step.Kind = StepSuspensionMitigated
	case e.grounds == NoGround:
		e.r.add(FormNotAllowed)
		step.Kind = StepSuspensionNoGround
	default:
		e.r.lack(MissingMitigationGround)
		step.Kind = StepSuspensionGroundUnknown
	}
	e.say(step)
}

// replaced checks imprisonment replaced by a fine or by community work
// (06/L-074, Articles 44, 45 and 57).
func (e *evaluation) replaced() {
	rule := e.general.ReplacementByFine
	if e.facts.Sentence.ReplacedBy == ReplacedByWork {
		rule = e.general.ReplacementByWork
	}
	if rule == nil || !rule.Known {
		e.r.lack(MissingReplacementRule)
		e.say(Step{Kind: StepReplacementUnread, Law: e.prov.Instrument})
		return
	}
	at, upTo := rule.at, rule.UpTo
	term := e.facts.Sentence.Imprisonment
	if w := e.general.CommunityWork; e.facts.Sentence.ReplacedBy == ReplacedByWork && w != nil && w.Known &&
		(term.State != ForTerm || term.Term.Compare(upTo) > 0) {
		at, upTo = w.at, w.UpTo // a community work order reaches further than a replacement
	}
	e.r.rests(at)
	possible, known := e.terms.replaceable(upTo)
	switch {
	case !known:
		e.r.lack(MissingFloorRule)
		e.say(Step{Kind: StepFloorUnread, Law: e.prov.Instrument, At: e.mitigationAt()})
	case !possible:
		e.r.add(FormNotAllowed)
		e.say(Step{Kind: StepReplacementFloor, At: at, A: e.terms.floor, B: setLimit(upTo)})
	case term.State == ForLife || term.State == ForTerm && term.Term.Compare(upTo) > 0:
		e.r.add(FormNotAllowed)
		e.say(Step{Kind: StepReplacementTooLong, At: at, A: imposed(term), B: setLimit(upTo)})
	case term.State == ForTerm:
		e.say(Step{Kind: StepReplacementAllowed, At: at, A: imposed(term), B: setLimit(upTo)})
	}
}

// withoutImprisonment checks a sentence that holds no imprisonment.
func (e *evaluation) withoutImprisonment() {
	s := &e.facts.Sentence
	switch {
	case s.Fine.Imposed():
		e.fineAlone()
	case s.WorkHours > 0 || s.ReplacedBy == ReplacedByWork:
		e.workAlone()
	default:
		e.r.lack(MissingPunishment)
		kind := StepPunishmentUnknown
		if s.Other {
			kind = StepOtherMeasure
		}
		e.say(Step{Kind: kind})
	}
}

// fineAlone checks a fine as the only punishment. It is lawful where the
// provision gives the choice, where no minimum is prescribed and mitigation
// applies (06/L-074, Article 72, paragraph 1.7), and where it replaced
// imprisonment of up to six months (Article 44).
func (e *evaluation) fineAlone() {
	m := e.general.Mitigation
	switch {
	case e.prov.Punishment.Imprisonment == nil || e.terms.fine == FineOr:
		e.r.below = No
		e.say(Step{Kind: StepFineChoice, At: e.prov})
		e.fineBounds()
	case e.terms.min.State == LimitNone && m != nil && m.fineAlone != nil:
		e.r.below = No
		e.r.rests(m.fineAlone)
		e.say(Step{Kind: StepFineInstead, At: m.fineAlone})
		e.mitigation()
		e.fineBounds()
	case e.terms.min.State == LimitUnknown:
		e.r.lack(MissingProvisionText)
	default:
		e.fineInsteadOfMinimum()
	}
}

// longestReplaceable is the longest imprisonment that any rule read so far lets
// be replaced (06/L-074, Article 57). Where a code's own rule was not read, a
// fine alone is certainly below a minimum longer than this.
var longestReplaceable = period.Years(1)

func (e *evaluation) fineInsteadOfMinimum() {
	rule := e.general.ReplacementByFine
	if e.terms.floor.State == LimitUnknown || rule == nil || !rule.Known {
		if e.terms.min.Length.Compare(longestReplaceable) > 0 {
			e.r.below = Yes
			e.r.shortfall = e.terms.min.Length
			e.say(Step{Kind: StepFineBelowMinimum, At: e.prov, B: e.terms.min})
		}
		e.r.lack(MissingFloorRule)
		e.r.lack(MissingReplacementRule)
		e.say(Step{Kind: StepFloorUnread, Law: e.prov.Instrument, At: e.mitigationAt()})
		e.say(Step{Kind: StepReplacementUnread, Law: e.prov.Instrument})
		return
	}
	e.r.rests(rule.at)
	if possible, _ := e.terms.replaceable(rule.UpTo); possible {
		e.r.lack(MissingReplacementBasis)
		e.say(Step{Kind: StepFineMayReplace, At: rule.at, A: e.terms.floor, B: setLimit(rule.UpTo)})
		return
	}
	e.r.below = Yes
	e.r.shortfall = e.terms.min.Length
	e.r.add(FormNotAllowed)
	e.say(Step{Kind: StepFineAloneClosed, At: e.prov, A: e.terms.floor, B: e.terms.min})
	e.fineBounds()
}

// workAlone checks community work as the only punishment on record: it stands
// for a term that is not (06/L-074, Article 57).
func (e *evaluation) workAlone() {
	rule := e.general.CommunityWork
	if rule == nil || !rule.Known {
		e.r.lack(MissingReplacementRule)
		e.say(Step{Kind: StepReplacementUnread, Law: e.prov.Instrument})
		return
	}
	e.r.rests(rule.at)
	switch possible, known := e.terms.replaceable(rule.UpTo); {
	case !known:
		e.r.lack(MissingFloorRule)
		e.say(Step{Kind: StepFloorUnread, Law: e.prov.Instrument, At: e.mitigationAt()})
	case possible:
		e.r.lack(MissingTerm)
		e.say(Step{Kind: StepWorkTermUnknown, At: rule.at, B: setLimit(rule.UpTo)})
	default:
		e.r.add(FormNotAllowed)
		e.r.below = Yes
		e.r.shortfall = e.terms.min.Length
		e.say(Step{Kind: StepReplacementFloor, At: rule.at, A: e.terms.floor, B: setLimit(rule.UpTo)})
	}
}
