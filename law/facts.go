package law

import "fener/period"

// Facts is what is on record about one count: one offence that one defendant
// was judged for. Zero values mean not on record, except in Sentence, where
// they mean not imposed; whether a sentence was suspended is not on record
// until somebody says yes or no.
type Facts struct {
	Charged   *Offence    // the offence charged; nil: not on record
	Convicted *Offence    // the offence convicted of; nil: not on record
	Committed period.Span // when the offence was committed
	Judged    period.Date // the day of the judgment
	Verdict   Verdict
	Joint     Tri // only a single sentence for several counts is known
	Sentence  Sentence
	Grounds   Grounds // grounds for mitigation on record
	Reasons   Tri     // whether the judgment gives reasons for going below
	Form      Form
	Offender  Offender

	Age         uint8 // the offender's age in whole years at the time of the offence; 0: not on record
	ChildVictim Tri   // whether a victim was under eighteen
}

// Tri is yes, no or not known.
type Tri uint8

// The values of Tri; the zero value is not known.
const (
	NotKnown Tri = iota
	Yes
	No
)

// Verdict is what a court decided on a count.
type Verdict uint8

// The verdicts. VerdictOther is a case ended in another way.
const (
	VerdictUnknown Verdict = iota
	Convicted
	Acquitted
	Rejected
	Annulled
	VerdictOther
)

// Form is how the offence was committed. FormUnsaid is read as completed, as
// judgments name the form only where it is another; FormUnknown is on record
// where somebody says that it is not known.
type Form uint8

// The forms of an offence.
const (
	FormUnsaid Form = iota
	Completed
	Attempt
	Assistance
	Incitement
	FormUnknown
)

// Offender is what the law takes the offender for. OffenderUnsaid is read as
// an adult, unless an age says otherwise; OffenderUnknown is on record where
// somebody says that it is not known.
type Offender uint8

// The offenders the law distinguishes.
const (
	OffenderUnsaid Offender = iota
	AdultOffender
	JuvenileOffender
	OffenderUnknown
)

// Ground is a ground for mitigation (Criminal Code 06/L-074, Articles 71, 73).
type Ground uint8

// The grounds for mitigation.
const (
	GroundLaw           Ground = iota // the law says that the punishment may be milder
	GroundCircumstances               // particularly mitigating circumstances
	GroundPlea                        // a guilty plea
	GroundPleaAgreement               // a plea agreement
	GroundRelease                     // the law authorises release from punishment
)

var grounds = &vocabulary{what: "ground for mitigation", words: []string{"law", "circumstances", "plea", "plea_agreement", "release"}}

// AllGrounds lists every ground that is known, for help and for readers.
func AllGrounds() []Ground {
	list := make([]Ground, len(grounds.list()))
	for i := range list {
		list[i] = Ground(i)
	}
	return list
}

// Grounds is what is on record about grounds for mitigation: nothing (the zero
// value), that there is none, or a set of them.
type Grounds uint64

// NoGround is on record where the judgment names no ground.
const NoGround Grounds = noneBit

// GroundsOf is the set of the grounds given.
func GroundsOf(gs ...Ground) Grounds {
	var set Grounds
	for _, g := range gs {
		set |= 1 << g
	}
	return set
}

// Has reports whether the ground is on record.
func (s Grounds) Has(g Ground) bool { return s&(1<<g) != 0 }

// List is the set in the order of the vocabulary.
func (s Grounds) List() []Ground {
	var list []Ground
	for i := range grounds.list() {
		if s.Has(Ground(i)) {
			list = append(list, Ground(i))
		}
	}
	return list
}

// Any reports whether some ground is on record.
func (s Grounds) Any() bool { return s&^NoGround != 0 }

// Sentence is what a judgment imposed for a count.
type Sentence struct {
	Imprisonment Imprisonment
	Suspended    Tri           // not known where nothing says so
	Verification period.Length // of a suspended sentence; zero: not on record
	Fine         Fine
	ReplacedBy   Replaced // what imprisonment was replaced by
	Replacing    int64    // the fine that replaced imprisonment, in cents; zero: not on record
	WorkHours    int      // community work, ordered alone or as the replacement
	Measures     Measures // kinds of punishment beside imprisonment and fine that a pack declares
	Other        bool     // another measure, such as compulsory treatment
}

// IsZero reports whether nothing was imposed, or nothing is on record.
func (s Sentence) IsZero() bool {
	if s.Suspended == No {
		s.Suspended = NotKnown
	}
	return s == Sentence{}
}

// ImprisonmentState says what is on record about imprisonment.
type ImprisonmentState uint8

// The states of imprisonment in a sentence.
const (
	NoImprisonment ImprisonmentState = iota
	ForTerm                          // Length holds the term
	ForLife                          // for life
	ForUnknownTerm                   // imposed, the term is not on record
)

// Imprisonment is imprisonment as imposed.
type Imprisonment struct {
	State ImprisonmentState
	Term  period.Length
}

// FineState says what is on record about a fine.
type FineState uint8

// The states of a fine in a sentence.
const (
	FineNotImposed    FineState = iota
	FineOfAmount                // Cents holds it
	FineAmountUnknown           // imposed, the amount is not on record
	FineNotKnown                // whether one was imposed is not on record
)

// Fine is a fine as imposed, in euro cents.
type Fine struct {
	State FineState
	Cents int64
}

// Imposed reports whether a fine is on record as imposed.
func (f Fine) Imposed() bool { return f.State == FineOfAmount || f.State == FineAmountUnknown }

// Replaced says what imprisonment was replaced by.
type Replaced uint8

// The replacements of imprisonment.
const (
	NotReplaced Replaced = iota
	ReplacedByFine
	ReplacedByWork
)
