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
	Measure Measure
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
	StepOffenceBroken
	StepNotInPack
	StepNotInCode
	StepNoLawInForce
	StepNoVersion
	StepInWords
	StepSeveralProvisions
	StepArticleIncomplete
	StepFormsIncomplete
	StepBeyondPack
	StepOffenceDateUnknown
	StepUndatedNamed
	StepAlsoCited
	StepUnderLaw
	StepPrescribes
	StepUnread
	StepMostFavourable
	StepFavourableUnclear
	StepAboveOffenceLaw
	StepAmendmentsUnread
	StepOffenderUnknown
	StepForm
	StepFormUnread
	StepMaximumUnread
	StepAboveMaximum
	StepHelperMaximum
	StepNotPrescribed
	StepNoMinimum
	StepBelowGeneral
	StepMinimumMet
	StepBelowMinimum
	StepFloorUnread
	StepFloor
	StepFloorOwn
	StepFloorNone
	StepNoWay
	StepBelowFloor
	StepRelease
	StepLegalGroundUnclear
	StepGround
	StepNoGround
	StepGroundExcluded
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
	StepJointEqual
	StepJointAbove
	StepJointShort
	StepSuspensionUnread
	StepSuspensionOpen
	StepSuspensionClosed
	StepSuspensionMitigated
	StepSuspensionNoGround
	StepSuspensionNotApplied
	StepSuspendedUnknown
	StepTwoForms
	StepKindUnread
	StepKindAllowed
	StepKindClosed
	StepKindBeside
	StepKindBelowMinimum
	StepSuspensionGroundUnknown
	StepSuspensionTooLong
	StepVerificationOut
	StepReplacementUnread
	StepReplacementAllowed
	StepReplacementConsent
	StepWorkOrder
	StepWorkHours
	StepWorkFine
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
	StepAgeUnknown
	StepTooYoung
	StepJuvenileShort
	StepJuvenileLong
	StepJuvenileException
	StepDowngraded
	StepDowngradedUnknown
	StepMeasureOrdered
	StepMeasureMissing
	StepMeasureUnknown
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
	StepOffenceBroken:           {"offence_broken", 1 << Undetermined},
	StepNotInPack:               {"not_in_pack", 1 << Undetermined},
	StepNotInCode:               {"not_in_code", 1 << Undetermined},
	StepNoLawInForce:            {"no_law_in_force", 1 << Undetermined},
	StepNoVersion:               {"no_version", 1 << Undetermined},
	StepInWords:                 {"in_words", every},
	StepSeveralProvisions:       {"several_provisions", 1 << Undetermined},
	StepArticleIncomplete:       {"article_incomplete", 1 << Undetermined},
	StepFormsIncomplete:         {"forms_incomplete", 1 << Undetermined},
	StepBeyondPack:              {"beyond_pack", 1 << Undetermined},
	StepOffenceDateUnknown:      {"offence_date_unknown", 1 << Undetermined},
	StepUndatedNamed:            {"undated_named", every},
	StepAlsoCited:               {"also_cited", every},
	StepUnderLaw:                {"under_law", every},
	StepPrescribes:              {"prescribes", every},
	StepUnread:                  {"unread", 1 << Undetermined},
	StepMostFavourable:          {"most_favourable", every},
	StepFavourableUnclear:       {"favourable_unclear", 1 << Undetermined},
	StepAboveOffenceLaw:         {"above_offence_law", 1 << AboveMaximum},
	StepAmendmentsUnread:        {"amendments_unread", 1 << Undetermined},
	StepOffenderUnknown:         {"offender_unknown", 1 << Undetermined},
	StepForm:                    {"form", every},
	StepFormUnread:              {"form_unread", 1 << Undetermined},
	StepMaximumUnread:           {"maximum_unread", 1 << Undetermined},
	StepAboveMaximum:            {"above_maximum", 1 << AboveMaximum},
	StepHelperMaximum:           {"helper_maximum", 1 << AboveMaximum},
	StepNotPrescribed:           {"not_prescribed", 1 << AboveMaximum},
	StepNoMinimum:               {"no_minimum", 1 << WithinRange},
	StepBelowGeneral:            {"below_general", 1 << BelowFloor},
	StepMinimumMet:              {"minimum_met", 1 << WithinRange},
	StepBelowMinimum:            {"below_minimum", 1<<Mitigated | 1<<Unexplained | 1<<BelowFloor | 1<<Undetermined},
	StepFloorUnread:             {"floor_unread", 1 << Undetermined},
	StepFloor:                   {"floor", 1<<Mitigated | 1<<Unexplained | 1<<BelowFloor},
	StepFloorOwn:                {"floor_own", 1<<Mitigated | 1<<Unexplained | 1<<BelowFloor},
	StepFloorNone:               {"floor_none", 1<<Mitigated | 1<<Unexplained},
	StepNoWay:                   {"no_way", 1 << BelowFloor},
	StepBelowFloor:              {"below_floor", 1 << BelowFloor},
	StepRelease:                 {"release", 1 << Mitigated},
	StepLegalGroundUnclear:      {"legal_ground_unclear", 1 << Undetermined},
	StepGround:                  {"ground", 1 << Mitigated},
	StepNoGround:                {"no_ground", 1 << Unexplained},
	StepGroundExcluded:          {"ground_excluded", 1<<Unexplained | 1<<BelowFloor},
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
	StepJointEqual:              {"joint_equal", 1 << Undetermined},
	StepJointAbove:              {"joint_above", 1 << AboveMaximum},
	StepJointShort:              {"joint_short", every},
	StepSuspensionUnread:        {"suspension_unread", 1 << Undetermined},
	StepSuspensionOpen:          {"suspension_open", 1 << WithinRange},
	StepSuspensionClosed:        {"suspension_closed", 1 << FormNotAllowed},
	StepSuspensionMitigated:     {"suspension_mitigated", 1<<WithinRange | 1<<Mitigated},
	StepSuspensionNoGround:      {"suspension_no_ground", 1 << FormNotAllowed},
	StepSuspensionNotApplied:    {"suspension_not_applied", 1 << FormNotAllowed},
	StepSuspendedUnknown:        {"suspended_unknown", 1 << Undetermined},
	StepTwoForms:                {"two_forms", 1 << Undetermined},
	StepKindUnread:              {"kind_unread", 1 << Undetermined},
	StepKindAllowed:             {"kind_allowed", 1<<WithinRange | 1<<Mitigated | 1<<Unexplained},
	StepKindClosed:              {"kind_closed", 1 << FormNotAllowed},
	StepKindBeside:              {"kind_beside", 1 << FormNotAllowed},
	StepKindBelowMinimum:        {"kind_below_minimum", 1<<Mitigated | 1<<Unexplained | 1<<FormNotAllowed | 1<<Undetermined},
	StepSuspensionGroundUnknown: {"suspension_ground_unknown", 1 << Undetermined},
	StepSuspensionTooLong:       {"suspension_too_long", 1 << FormNotAllowed},
	StepVerificationOut:         {"verification_out", 1 << FormNotAllowed},
	StepReplacementUnread:       {"replacement_unread", 1 << Undetermined},
	StepReplacementAllowed:      {"replacement_allowed", 1<<WithinRange | 1<<Mitigated | 1<<Unexplained},
	StepReplacementConsent:      {"replacement_consent", 1<<WithinRange | 1<<Mitigated | 1<<Unexplained},
	StepWorkOrder:               {"work_order", 1<<WithinRange | 1<<Mitigated | 1<<Unexplained},
	StepWorkHours:               {"work_hours", 1 << FormNotAllowed},
	StepWorkFine:                {"work_fine", 1 << FormNotAllowed},
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
	StepAgeUnknown:              {"age_unknown", 1 << Undetermined},
	StepTooYoung:                {"too_young", 1 << FormNotAllowed},
	StepJuvenileShort:           {"juvenile_short", 1 << BelowFloor},
	StepJuvenileLong:            {"juvenile_long", 1 << AboveMaximum},
	StepJuvenileException:       {"juvenile_exception", 1 << Undetermined},
	StepDowngraded:              {"downgraded", every},
	StepDowngradedUnknown:       {"downgraded_unknown", every},
	StepMeasureOrdered:          {"measure_ordered", every},
	StepMeasureMissing:          {"measure_missing", 1 << Incomplete},
	StepMeasureUnknown:          {"measure_unknown", 1 << Undetermined},
	StepConclusion:              {"conclusion", every},
}

func (k StepKind) String() string { return stepKinds[k].word }

// MarshalText writes the canonical word.
func (k StepKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

func (k StepKind) leadsTo(o Outcome) bool { return stepKinds[k].to.Has(o) }

// trace collects the steps of one run.
type trace struct {
	steps []Step
	under []Under
}

func (t *trace) say(s Step) {
	if t != nil {
		t.steps = append(t.steps, s)
	}
}

// answerUnder keeps the answer under one of the provisions in question.
func (t *trace) answerUnder(r *result, at era) {
	if t != nil {
		axes := r.axes
		axes.Law.set(LawCertain, at.prov)
		t.under = append(t.under, Under{Law: at.prov, Code: at.code, Axes: axes, Outcomes: r.outcomes(), Minimum: r.min, Floor: r.floor,
			Maximum: r.max, BelowMinimum: r.below, Shortfall: r.shortfall})
	}
}

func (c *checker) say(s Step)    { c.trace.say(s) }
func (e *evaluation) say(s Step) { e.trace.say(s) }

// StepKinds lists every kind of step.
func StepKinds() []StepKind {
	all := make([]StepKind, stepCount)
	for i := range all {
		all[i] = StepKind(i)
	}
	return all
}
