package law

import "fener/period"

// General is the general part of a code as dated parameters of a closed set of
// rule shapes. A shape that is absent, or has Known false, was not read: what
// depends on it is undetermined. Each shape cites the provisions it rests on;
// their texts stand among the instrument's provisions.
type General struct {
	Imprisonment      *ImprisonmentBounds `yaml:"imprisonment"`
	Fine              *FineBounds         `yaml:"fine"`
	Mitigation        *Mitigation         `yaml:"mitigation"`
	Suspension        *Suspension         `yaml:"suspension"`
	ReplacementByFine *Replacement        `yaml:"replacement_by_fine"`
	ReplacementByWork *Replacement        `yaml:"replacement_by_work"`
	CommunityWork     *CommunityWork      `yaml:"community_work"`
	Attempt           *Participation      `yaml:"attempt"`
	Assistance        *Participation      `yaml:"assistance"`
	Incitement        *Participation      `yaml:"incitement"`
	CoPerpetration    *Citation           `yaml:"co_perpetration"`
	Joinder           *Joinder            `yaml:"joinder"`
	Mandatory         []MandatoryMeasure  `yaml:"mandatory"`
	Kinds             []KindRule          `yaml:"kinds"`
	MostFavourable    *Citation           `yaml:"most_favourable"`
	Release           *Citation           `yaml:"release"`
	PrescribedOnly    *Citation           `yaml:"prescribed_only"`
	Juvenile          *Juvenile           `yaml:"juvenile"`
	Reasons           *Citation           `yaml:"reasons"`
	PleaAgreement     *Citation           `yaml:"plea_agreement"`
	Publication       *Publication        `yaml:"publication"`
}

// Citation is a rule that has no parameters beyond the place it stands in.
type Citation struct {
	Article string `yaml:"article"`
	at      *Provision
}

// ImprisonmentBounds are the general minimum and maximum of imprisonment.
//
// To is life where a term of years has no upper bound of its own.
type ImprisonmentBounds struct {
	Citation `yaml:",inline"`
	From     Limit `yaml:"from"`
	To       Limit `yaml:"to"`
}

// FineBounds are the general bounds of a fine, in the pack's currency. Higher is the upper
// bound for the groups named, and for any offence committed for gain.
type FineBounds struct {
	Citation     `yaml:",inline"`
	From         int64    `yaml:"from"`
	To           int64    `yaml:"to"`
	Higher       int64    `yaml:"higher"`
	HigherFor    []string `yaml:"higher_for"`     // offence groups
	HigherIfGain bool     `yaml:"higher_if_gain"` // whether gain raises the bound for any offence
}

// Mitigation is when a court may go below a minimum, and how far.
type Mitigation struct {
	Citation  `yaml:",inline"`
	Grounds   map[string]GroundRule  `yaml:"grounds"`    // by ground
	Floors    []FloorRow             `yaml:"floors"`     // highest minimum first
	FineAlone string                 `yaml:"fine_alone"` // place: a fine instead, where no minimum is prescribed
	FineFloor *FineFloor             `yaml:"fine_floor"`
	Known     bool                   `yaml:"known"`
	grounds   [mostWords]*GroundRule // by ground
	own       bool                   // some ground has a floor or offences of its own
	fineAlone *Provision
}

// FloorRow is one row of the table of floors: where the minimum is at least
// Minimum, the sentence may be mitigated down to Floor.
type FloorRow struct {
	Citation `yaml:",inline"`
	Minimum  period.Length `yaml:"minimum"`
	Floor    period.Length `yaml:"floor"`
}

// FineFloor is the lowest fine that mitigation allows, in the pack's currency.
type FineFloor struct {
	Citation `yaml:",inline"`
	Amount   int64 `yaml:"amount"`
}

// Suspension is when a sentence may be suspended: the offence's maximum is at
// most OffenceUpTo, or at most OffenceUpToMitigated where mitigation is
// applied, and the sentence imposed is at most SentenceUpTo (or a fine).
type Suspension struct {
	Citation                         `yaml:",inline"`
	OffenceUpTo                      Limit         `yaml:"offence_up_to"`
	Mitigated                        string        `yaml:"mitigated_article"`
	OffenceUpToMitigated             Limit         `yaml:"offence_up_to_mitigated"`
	Ceiling                          string        `yaml:"sentence_article"`
	SentenceUpTo                     Limit         `yaml:"sentence_up_to"`
	Verification                     string        `yaml:"verification_article"`
	VerificationFrom                 period.Length `yaml:"verification_from"`
	VerificationTo                   period.Length `yaml:"verification_to"`
	Known                            bool          `yaml:"known"`
	mitigated, ceiling, verification *Provision
}

// Replacement is when short imprisonment may be replaced.
type Replacement struct {
	Citation `yaml:",inline"`
	UpTo     Limit `yaml:"up_to"`
	Consent  bool  `yaml:"consent"` // the convicted person must consent
	Known    bool  `yaml:"known"`
}

// CommunityWork is when a community work order may be imposed as an alternative
// punishment: for a fine up to FineUpTo or imprisonment up to UpTo.
type CommunityWork struct {
	Citation `yaml:",inline"`
	UpTo     Limit `yaml:"up_to"`
	FineUpTo int64 `yaml:"fine_up_to"`
	HoursTo  int   `yaml:"hours_to"` // 0 = not read
	Known    bool  `yaml:"known"`
}

// Participation is how a form other than the completed offence is punished.
type Participation struct {
	Citation    `yaml:",inline"`
	MayMitigate bool `yaml:"may_mitigate"` // the law itself allows a milder punishment
	Milder      bool `yaml:"milder"`       // the law demands a milder punishment than the perpetrator's
	Known       bool `yaml:"known"`
}

// MandatoryMeasure is a measure that the law demands beside the punishment.
type MandatoryMeasure struct {
	Citation    `yaml:",inline"`
	Measure     string   `yaml:"measure"`
	Offences    []string `yaml:"offences"`     // offence groups
	ChildVictim bool     `yaml:"child_victim"` // only where a victim was a child
	measure     Measure
}

// KindRule is where a kind of punishment beside imprisonment and fine may be
// imposed. One that was not read leaves the form open.
type KindRule struct {
	Citation   `yaml:",inline"`
	Measure    string `yaml:"measure"`
	Instead    bool   `yaml:"instead"`     // it can stand alone, in the place of imprisonment
	ClosedFrom Limit  `yaml:"closed_from"` // not for offences whose maximum is this or more, nor life; none: for any
	NotBeside  string `yaml:"not_beside"`  // place: never beside imprisonment; empty: no such rule
	Known      bool   `yaml:"known"`
	measure    Measure
	notBeside  *Provision
}

// Joinder is how single sentences for several offences are joined.
type Joinder struct {
	Citation     `yaml:",inline"`
	To           period.Length `yaml:"to"`          // upper bound of a single sentence
	ShortUpTo    period.Length `yaml:"short_up_to"` // where every part is at most this
	ShortTo      period.Length `yaml:"short_to"`    // the single sentence is at most this
	ShortArticle string        `yaml:"short_article"`
	Known        bool          `yaml:"known"`
	short        *Provision
}

// Juvenile is how juvenile offenders are imprisoned: the offence's minimum
// does not bind, its maximum does.
type Juvenile struct {
	Citation       `yaml:",inline"`
	OffenceOver    period.Length `yaml:"offence_over"` // only for offences punishable by more than this
	OffenceArticle string        `yaml:"offence_article"`
	Age            uint8         `yaml:"age"` // only from this age on; 0: no such rule
	From           period.Length `yaml:"from"`
	To             period.Length `yaml:"to"`
	Exceptional    period.Length `yaml:"exceptional"` // upper bound in cases the code names
	Known          bool          `yaml:"known"`
	offence        *Provision
}

// Publication is the duty to publish judgments.
type Publication struct {
	Citation   `yaml:",inline"`
	Within     period.Length `yaml:"within"`
	Exceptions string        `yaml:"exceptions_article"`
	exceptions *Provision
}
