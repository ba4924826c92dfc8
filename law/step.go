package law

import "fener/period"

// Step is one sentence of an explanation: what was found, and the provision it
// was found in. Text gives it in a language.
type Step struct {
	Kind    StepKind
	At      *Provision  // the provision that says so; nil where none does
	Law     *Instrument // the law meant, where no single provision is
	A, B, C Limit       // lengths, in the order in which the sentence has them
	Cents   int64       // the fine imposed
	Low     int64       // lower bound of the fine, cents
	Bound   int64       // upper bound of the fine, cents
	Date    period.Date
	Quoted  string // an offence as written in the source
	Quoted2 string
	Count   int
	Several bool // one of several laws in question
	Verdict Verdict
	Form    Form
	Ground  Ground
	Result  Outcomes   // of a conclusion
	Missing MissingSet // of a conclusion
}

// StepKind names a step's sentence.
type StepKind uint8

// The kinds of step, in the order in which the check can reach them.
const (
	StepNotConvicted StepKind = iota
	StepVerdictUnknown
	StepVerdictInferred
	StepOffenceUnknown
	StepNotInPack
	StepNotInCode
	StepNoLawInForce
	StepNoVersion
	StepInWords
	StepSeveralProvisions
	StepOffenceDateUnknown
	StepUndatedNamed
	StepUnderLaw
	StepPrescribes
	StepUnread
	StepMostFavourable
	StepFavourableUnclear
	StepForm
	StepFormUnread
	StepMaximumUnread
	StepAboveMaximum
	StepNoMinimum
	StepBelowGeneral
	StepMinimumMet
	StepBelowMinimum
	StepFloorUnread
	StepFloor
	StepBelowFloor
	StepRelease
	StepLegalGroundUnclear
	StepGround
	StepNoGround
	StepGroundUnknown
	StepReasonsMissing
	StepNoReasons
	StepLifeAllowed
	StepTermUnknown
	StepPunishmentUnknown
	StepOtherMeasure
	StepJoint
	StepJointMinimum
	StepJointBelow
	StepSuspensionUnread
	StepSuspensionOpen
	StepSuspensionClosed
	StepSuspensionMitigated
	StepSuspensionNoGround
	StepSuspensionGroundUnknown
	StepSuspensionTooLong
	StepVerificationOut
	StepReplacementUnread
	StepReplacementAllowed
	StepReplacementTooLong
	StepReplacementFloor
	StepWorkTermUnknown
	StepFineChoice
	StepFineInstead
	StepFineBelowMinimum
	StepFineMayReplace
	StepFineAloneClosed
	StepFineRuleUnread
	StepFineMissing
	StepFineNotKnown
	StepFineNotPrescribed
	StepFineAmountUnknown
	StepFineLow
	StepFineHigh
	StepFineWithin
	StepFineGain
	StepJuvenileUnread
	StepJuvenileMeasures
	StepJuvenileMinimum
	StepJuvenileOffence
	StepJuvenileShort
	StepJuvenileLong
	StepJuvenileException
	StepDowngraded
	StepDowngradedUnknown
	StepConclusion
	stepCount
)

// every marks steps that belong to each outcome.
const every = Outcomes(1<<outcomeCount - 1)

// stepKinds holds each step's canonical word and the outcomes it leads to.
var stepKinds = [stepCount]struct {
	word string
	to   Outcomes
}{
	StepNotConvicted:            {"not_convicted", 1 << NotConvicted},
	StepVerdictUnknown:          {"verdict_unknown", 1 << Undetermined},
	StepVerdictInferred:         {"verdict_inferred", every},
	StepOffenceUnknown:          {"offence_unknown", 1 << Undetermined},
	StepNotInPack:               {"not_in_pack", 1 << Undetermined},
	StepNotInCode:               {"not_in_code", 1 << Undetermined},
	StepNoLawInForce:            {"no_law_in_force", 1 << Undetermined},
	StepNoVersion:               {"no_version", 1 << Undetermined},
	StepInWords:                 {"in_words", every},
	StepSeveralProvisions:       {"several_provisions", 1 << Undetermined},
	StepOffenceDateUnknown:      {"offence_date_unknown", 1 << Undetermined},
	StepUndatedNamed:            {"undated_named", every},
	StepUnderLaw:                {"under_law", every},
	StepPrescribes:              {"prescribes", every},
	StepUnread:                  {"unread", 1 << Undetermined},
	StepMostFavourable:          {"most_favourable", every},
	StepFavourableUnclear:       {"favourable_unclear", 1 << Undetermined},
	StepForm:                    {"form", every},
	StepFormUnread:              {"form_unread", 1 << Undetermined},
	StepMaximumUnread:           {"maximum_unread", 1 << Undetermined},
	StepAboveMaximum:            {"above_maximum", 1 << AboveMaximum},
	StepNoMinimum:               {"no_minimum", 1 << WithinRange},
	StepBelowGeneral:            {"below_general", 1 << BelowFloor},
	StepMinimumMet:              {"minimum_met", 1 << WithinRange},
	StepBelowMinimum:            {"below_minimum", 1<<Mitigated | 1<<Unexplained | 1<<BelowFloor | 1<<Undetermined},
	StepFloorUnread:             {"floor_unread", 1 << Undetermined},
	StepFloor:                   {"floor", 1<<Mitigated | 1<<Unexplained | 1<<BelowFloor},
	StepBelowFloor:              {"below_floor", 1 << BelowFloor},
	StepRelease:                 {"release", 1 << Mitigated},
	StepLegalGroundUnclear:      {"legal_ground_unclear", 1 << Undetermined},
	StepGround:                  {"ground", 1 << Mitigated},
	StepNoGround:                {"no_ground", 1 << Unexplained},
	StepGroundUnknown:           {"ground_unknown", 1 << Unexplained},
	StepReasonsMissing:          {"reasons_missing", 1<<Mitigated | 1<<Unexplained},
	StepNoReasons:               {"no_reasons", 1<<Mitigated | 1<<Unexplained},
	StepLifeAllowed:             {"life_allowed", 1 << WithinRange},
	StepTermUnknown:             {"term_unknown", 1 << Undetermined},
	StepPunishmentUnknown:       {"punishment_unknown", 1 << Undetermined},
	StepOtherMeasure:            {"other_measure", 1 << Undetermined},
	StepJoint:                   {"joint", 1<<Undetermined | 1<<BelowFloor},
	StepJointMinimum:            {"joint_minimum", 1 << Undetermined},
	StepJointBelow:              {"joint_below", 1<<BelowFloor | 1<<Undetermined},
	StepSuspensionUnread:        {"suspension_unread", 1 << Undetermined},
	StepSuspensionOpen:          {"suspension_open", 1 << WithinRange},
	StepSuspensionClosed:        {"suspension_closed", 1 << FormNotAllowed},
	StepSuspensionMitigated:     {"suspension_mitigated", 1<<WithinRange | 1<<Mitigated},
	StepSuspensionNoGround:      {"suspension_no_ground", 1 << FormNotAllowed},
	StepSuspensionGroundUnknown: {"suspension_ground_unknown", 1 << Undetermined},
	StepSuspensionTooLong:       {"suspension_too_long", 1 << FormNotAllowed},
	StepVerificationOut:         {"verification_out", 1 << FormNotAllowed},
	StepReplacementUnread:       {"replacement_unread", 1 << Undetermined},
	StepReplacementAllowed:      {"replacement_allowed", 1<<WithinRange | 1<<Mitigated | 1<<Unexplained},
	StepReplacementTooLong:      {"replacement_too_long", 1 << FormNotAllowed},
	StepReplacementFloor:        {"replacement_floor", 1 << FormNotAllowed},
	StepWorkTermUnknown:         {"work_term_unknown", 1 << Undetermined},
	StepFineChoice:              {"fine_choice", 1 << WithinRange},
	StepFineInstead:             {"fine_instead", 1<<Mitigated | 1<<Unexplained},
	StepFineBelowMinimum:        {"fine_below_minimum", 1 << Undetermined},
	StepFineMayReplace:          {"fine_may_replace", 1 << Undetermined},
	StepFineAloneClosed:         {"fine_alone_closed", 1 << FormNotAllowed},
	StepFineRuleUnread:          {"fine_rule_unread", 1 << Undetermined},
	StepFineMissing:             {"fine_missing", 1 << Incomplete},
	StepFineNotKnown:            {"fine_not_known", 1 << Undetermined},
	StepFineNotPrescribed:       {"fine_not_prescribed", 1 << Undetermined},
	StepFineAmountUnknown:       {"fine_amount_unknown", 1 << Undetermined},
	StepFineLow:                 {"fine_low", 1 << Incomplete},
	StepFineHigh:                {"fine_high", 1 << Incomplete},
	StepFineWithin:              {"fine_within", 1 << WithinRange},
	StepFineGain:                {"fine_gain", 1 << Undetermined},
	StepJuvenileUnread:          {"juvenile_unread", 1 << Undetermined},
	StepJuvenileMeasures:        {"juvenile_measures", 1 << Undetermined},
	StepJuvenileMinimum:         {"juvenile_minimum", every},
	StepJuvenileOffence:         {"juvenile_offence", 1 << FormNotAllowed},
	StepJuvenileShort:           {"juvenile_short", 1 << BelowFloor},
	StepJuvenileLong:            {"juvenile_long", 1 << AboveMaximum},
	StepJuvenileException:       {"juvenile_exception", 1 << Undetermined},
	StepDowngraded:              {"downgraded", every},
	StepDowngradedUnknown:       {"downgraded_unknown", every},
	StepConclusion:              {"conclusion", every},
}

func (k StepKind) String() string { return stepKinds[k].word }

// MarshalText writes the canonical word.
func (k StepKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

func (k StepKind) leadsTo(o Outcome) bool { return stepKinds[k].to.Has(o) }

// trace collects the steps of one run.
type trace struct{ steps []Step }

func (t *trace) say(s Step) {
	if t != nil {
		t.steps = append(t.steps, s)
	}
}

func (c *checker) say(s Step)    { c.trace.say(s) }
func (e *evaluation) say(s Step) { e.trace.say(s) }

// conclude closes the explanation with what follows from it.
func (c *checker) conclude(r result) {
	c.say(Step{Kind: StepConclusion, Result: r.outcomes, Missing: r.missing, At: r.law})
}

// StepKinds lists every kind of step.
func StepKinds() []StepKind {
	all := make([]StepKind, stepCount)
	for i := range all {
		all[i] = StepKind(i)
	}
	return all
}
