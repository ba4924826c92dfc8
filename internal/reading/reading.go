// Package reading proposes, from the text of a court's decision, what a person would otherwise type: numbers, courts, dates, defendants by initials,
// counts and sentences. It decides nothing: every value carries the words it rests on, their place, the rule that found them and whether they
// leave a doubt. Rules are data (rules/*.yaml); no model is used. docs/reading.md tells how it works and how well.
package reading

import "fener/period"

// Span is a place in a text, in bytes.
type Span struct{ Start, End int }

// Quote is what a value rests on: the words as they stand in the text, but for full names of persons, which are reduced to initials.
type Quote struct {
	Text string
	Span
}

// Value is one proposed value. The zero Value means that the text does not say.
type Value[T any] struct {
	Value T
	Quote Quote
	Rule  string // the rule that found it; empty when there is no value
	Sure  bool   // nothing in the text speaks against it
	Doubt string // why it is not sure, in English; empty when it is
}

// Found says whether the text gave a value.
func (v Value[T]) Found() bool { return v.Rule != "" }

// doubt makes a value unsure, unless there is no reason; the first reason stays.
func (v *Value[T]) doubt(why string) {
	if v.Rule != "" && v.Sure && why != "" {
		v.Sure, v.Doubt = false, why
	}
}

// Kind is what sort of text it is.
type Kind string

// The kinds of text.
const (
	Criminal    Kind = "criminal"
	NotCriminal Kind = "not criminal" // a civil or administrative decision
	NoDecision  Kind = "no decision"
)

// Instance is the step a case is at.
type Instance string

// The instances, and what else a number can belong to.
const (
	First       Instance = "first"
	Appeal      Instance = "appeal"
	Supreme     Instance = "supreme"
	Prosecution Instance = "prosecution" // an indictment, or what the prosecution wrote later
	OtherCase   Instance = "other case"  // an earlier conviction, a civil case
)

// Number is a case number, with no space but one between a letter and a digit; its quotation has it as written.
type Number struct {
	Number   Value[string]
	Instance Value[Instance]
	This     bool // of the decision at hand
	Court    Value[string]
	Date     Value[period.Date]
}

// Effect is what a decision did.
type Effect string

// The effects.
const (
	Convicted    Effect = "convicted"
	Acquitted    Effect = "acquitted"
	Rejected     Effect = "charge rejected" // also proceedings discontinued
	Upheld       Effect = "upheld"          // the appeal or request was refused
	Modified     Effect = "modified"
	Annulled     Effect = "annulled" // and sent back
	Inadmissible Effect = "inadmissible"
	Corrected    Effect = "corrected" // a ruling that puts slips right
	Measure      Effect = "juvenile measure"
)

// Form is a form of committing an offence that the punishment depends on.
type Form string

// The forms.
const (
	Attempt        Form = "attempt"
	CoPerpetration Form = "co_perpetration"
	Aiding         Form = "aiding"
	Incitement     Form = "incitement"
	Continued      Form = "continued"
)

// Verdict is what was decided on a count.
type Verdict string

// The verdicts.
const (
	Guilty       Verdict = "guilty"
	NotGuilty    Verdict = "acquitted"
	ChargeRefus  Verdict = "charge rejected"
	Discontinued Verdict = "discontinued"
	Responsible  Verdict = "juvenile responsible"
)

// Sentence is what was imposed for one count, or for several together.
type Sentence struct {
	Imprisonment   Value[period.Length]
	Suspended      Value[bool]
	Verification   Value[period.Length] // how long the condition of a suspended sentence lasts
	Fine           Value[int64]         // cents
	ReplacedByFine Value[int64]         // cents that imprisonment was replaced by
	Community      Value[int]           // hours of community work
	Accessory      []Value[string]      // accessory punishments and measures, in the text's words
}

// Count is one offence a defendant was tried for.
type Count struct {
	Offence   Value[string] // in the text's words
	Article   Value[string]
	Paragraph Value[string] // the first one named
	Code      Value[string]
	Forms     []Value[Form]
	Verdict   Value[Verdict]
	Sentence
	Joint bool // punished together with other counts, with no sentence of its own
}

// Defendant is a person tried, by initials. Initials are empty where the text has none.
type Defendant struct {
	Initials Value[string]
	Counts   []Count
	Single   Sentence      // the aggregate sentence
	Credit   Value[string] // detention counted towards the sentence, in the text's words
}

// Decision is a decision of one instance: the one at hand, or one that it tells of.
type Decision struct {
	Instance   Value[Instance]
	Court      Value[string]
	Number     Value[string]
	Date       Value[period.Date]
	Effect     Value[Effect]
	Plea       Value[bool] // on an agreement or a confession of guilt
	Defendants []Defendant
	Mitigation []Ground
	Gravity    []Ground // grounds of aggravation
	Below      []Ground // reasons for going below the minimum
}

// Ground is a ground for a lighter or a heavier sentence, in the text's words, with the articles named beside it.
type Ground struct {
	Ground   Value[string]
	Articles Value[string]
}

// Aside is a sum or a term that stands beside a sentence and belongs to none: costs, the victims' fund, a civil claim, prison in default of payment.
type Aside struct {
	Amount Value[int64] // cents
	What   string       // costs, victims fund, civil claim, default, instalment
}

// Proposal is what a text says, as far as the rules read it.
type Proposal struct {
	Language  string // sq, sr, en; empty when it is none of them
	Kind      Kind
	Problems  []string // what stands in the way of reading it, in English
	Numbers   []Number
	Decisions []Decision // in the order of the instances
	This      int        // the decision at hand in Decisions; -1 when there is none
	Asides    []Aside
	Published Value[string] // where or when it was announced in public
	Final     Value[string] // what it says of being final
	Names     []Span        // full names of persons, to be redacted
}

// Propose reads the text of one decision. Page breaks are form feeds. It takes time in proportion to the text, whatever stands in it.
func Propose(text string) Proposal {
	p := Proposal{This: -1, Kind: NoDecision}
	e := makeEven(text)
	lang, problem := tellLanguage(e)
	if lang == nil {
		p.Problems = append(p.Problems, problem)
		return p
	}
	p.Language = lang.Language
	r := newReader(e, lang)
	p.Kind = r.kind()
	if p.Kind == NoDecision {
		p.Problems = append(p.Problems, "no decision of a court is recognised: no case number, court or heading stands at its beginning")
		return p
	}
	if p.Kind == NotCriminal {
		p.Problems = append(p.Problems, "this looks like a civil or administrative decision: only its number, court and date are read")
	}
	r.read(&p)
	return p
}
