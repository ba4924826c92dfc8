package law

import (
	"math/bits"
	"strings"
)

// Outcome is one answer of checking a count.
type Outcome uint8

// The outcomes. Several may stand together, except the first and the last.
const (
	WithinRange    Outcome = iota // everything imposed is what the law prescribes
	Mitigated                     // below the minimum, not below the floor, a ground on record
	Unexplained                   // below the minimum, not below the floor, no ground on record
	BelowFloor                    // below what mitigation allows
	FormNotAllowed                // suspended, fine alone or replaced where the law does not allow it
	Incomplete                    // a punishment the law adds is missing, or a fine out of bounds
	AboveMaximum                  // above the maximum
	Undetermined                  // facts or rules are lacking; Missing lists them
	NotConvicted                  // no sentence to check
	outcomeCount
)

var outcomeWords = []string{"within_range", "mitigated", "unexplained", "below_floor", "form_not_allowed",
	"incomplete", "above_maximum", "undetermined", "not_convicted"}

func (o Outcome) String() string { return word(outcomeWords, int(o)) }

// MarshalText writes the canonical word.
func (o Outcome) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// UnmarshalText reads an outcome's canonical word.
func (o *Outcome) UnmarshalText(b []byte) error {
	i, err := parseWord("outcome", outcomeWords, b)
	*o = Outcome(i)
	return err
}

// AllOutcomes lists every outcome in the order in which they are shown.
func AllOutcomes() []Outcome {
	all := make([]Outcome, outcomeCount)
	for i := range all {
		all[i] = Outcome(i)
	}
	return all
}

// Outcomes is a set of outcomes.
type Outcomes uint16

// OutcomesOf is the set of those given.
func OutcomesOf(os ...Outcome) Outcomes {
	var s Outcomes
	for _, o := range os {
		s |= 1 << o
	}
	return s
}

// Has reports whether o is in the set.
func (s Outcomes) Has(o Outcome) bool { return s&(1<<o) != 0 }

// Len is the number of outcomes in the set.
func (s Outcomes) Len() int { return bits.OnesCount16(uint16(s)) }

// List is the set in the order in which outcomes are shown.
func (s Outcomes) List() []Outcome {
	list := make([]Outcome, 0, s.Len())
	for o := range outcomeCount {
		if s.Has(o) {
			list = append(list, o)
		}
	}
	return list
}

// AppendText appends the outcomes' words joined by "+".
func (s Outcomes) AppendText(b []byte) ([]byte, error) {
	first := true
	for o := range outcomeCount {
		if !s.Has(o) {
			continue
		}
		if !first {
			b = append(b, '+')
		}
		first = false
		b = append(b, outcomeWords[o]...)
	}
	return b, nil
}

func (s Outcomes) String() string {
	b, _ := s.AppendText(nil)
	return string(b)
}

// ParseOutcomes reads words joined by "+" or ",".
func ParseOutcomes(text string) (Outcomes, error) {
	var s Outcomes
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '+' || r == ',' || r == ' ' }) {
		var o Outcome
		if err := o.UnmarshalText([]byte(w)); err != nil {
			return 0, err
		}
		s |= 1 << o
	}
	return s, nil
}

// Missing is one fact that is not on record, or one rule nobody has read, for
// lack of which a finding is undetermined.
type Missing uint8

// What can be missing.
const (
	MissingOffence           Missing = iota // the offence convicted of
	MissingOffenceDate                      // when the offence was committed
	MissingJudgmentDate                     // the day of the judgment
	MissingVerdict                          // the verdict
	MissingPunishment                       // what was imposed
	MissingTerm                             // the length of the imprisonment
	MissingOwnSentence                      // the count's own part of a joint sentence
	MissingParagraph                        // which paragraph of the offence
	MissingProvisionText                    // the provision's text, or the provision is not in the pack
	MissingFloorRule                        // the limits of mitigation
	MissingSuspensionRule                   // when a sentence may be suspended
	MissingReplacementRule                  // when imprisonment may be replaced
	MissingMaximum                          // the maximum
	MissingFineRule                         // whether and how much fine the law adds
	MissingFine                             // whether a fine was imposed
	MissingFineAmount                       // the amount of the fine
	MissingReplacementBasis                 // whether the fine replaced imprisonment of up to six months
	MissingMitigationGround                 // whether mitigation was applied
	MissingLegalGround                      // which law allowed the mitigation
	MissingGain                             // whether the offence was committed for gain
	MissingJuvenileRule                     // the law on juveniles in force
	MissingJuvenileException                // whether the exceptional upper bound applied
	MissingJuvenileMeasures                 // which measures are open for a juvenile
	MissingMostFavourableLaw                // which of several laws is the most favourable
	MissingLawInForce                       // the law named was not in force
	MissingSuspended                        // whether the sentence was suspended
	MissingFormImposed                      // whether it was suspended or replaced: the record says both
	MissingForm                             // the form of the offence
	MissingFormRule                         // how the form of the offence is punished
	MissingOffender                         // whether the offender was a juvenile
	MissingAge                              // the offender's age
	MissingMeasure                          // whether a mandatory measure was ordered
	MissingKindRule                         // where the kind of punishment may be imposed
	MissingAmendments                       // later amendments of the code
	missingCount
)

var missingWords = []string{"offence", "offence_date", "judgment_date", "verdict", "punishment", "term", "own_sentence",
	"paragraph", "provision_text", "floor_rule", "suspension_rule", "replacement_rule", "maximum", "fine_rule", "fine",
	"fine_amount", "replacement_basis", "mitigation_ground", "legal_ground", "gain", "juvenile_rule",
	"juvenile_exception", "juvenile_measures", "most_favourable_law", "law_in_force", "suspended", "form_imposed", "form",
	"form_rule", "offender", "age", "measure", "kind_rule", "amendments"}

func (m Missing) String() string { return word(missingWords, int(m)) }

// MarshalText writes the canonical word.
func (m Missing) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// MissingSet is a set of what is missing.
type MissingSet uint64

// Has reports whether m is missing.
func (s MissingSet) Has(m Missing) bool { return s&(1<<m) != 0 }

// List is the set in the order of the constants.
func (s MissingSet) List() []Missing {
	list := make([]Missing, 0, bits.OnesCount64(uint64(s)))
	for m := range missingCount {
		if s.Has(m) {
			list = append(list, m)
		}
	}
	return list
}

// AppendText appends the words joined by "+".
func (s MissingSet) AppendText(b []byte) ([]byte, error) {
	first := true
	for m := range missingCount {
		if !s.Has(m) {
			continue
		}
		if !first {
			b = append(b, '+')
		}
		first = false
		b = append(b, missingWords[m]...)
	}
	return b, nil
}

func (s MissingSet) String() string {
	b, _ := s.AppendText(nil)
	return string(b)
}
