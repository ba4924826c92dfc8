package law

// Axes are the answer to checking a count, one question at a time: what is
// known on one axis is said whatever is unknown on another.
type Axes struct {
	Term     Axis[TermAnswer]    // imprisonment against minimum, floor and maximum
	Ground   Axis[GroundAnswer]  // a ground for going below; asked only where the sentence is milder than the law prescribes
	Reasons  Axis[ReasonsAnswer] // whether the judgment gives the reasons that a milder or alternative sentence needs
	Form     Axis[FormAnswer]    // suspended, fine alone, replaced, community work
	Fine     Axis[FineAnswer]    // the fine that the law adds, and its bounds
	Measures Axis[MeasureAnswer] // what else the law makes mandatory
	Law      Axis[LawAnswer]     // whether one law governs
}

// Axis is the answer on one axis with what it rests on.
type Axis[A comparable] struct {
	Is       A
	At       *Provision // the provision that the answer rests on; nil where none does
	Verified Verified   // how far its text was read
	Missing  MissingSet // for lack of what the answer is open; empty where it is decided
}

// set is an answer that rests on a provision.
func (x *Axis[A]) set(is A, at *Provision) {
	x.Is, x.At, x.Verified = is, at, Read
	if at != nil {
		x.Verified = at.Verified
	}
}

// lack leaves an answer open for lack of something.
func (x *Axis[A]) lack(is A, at *Provision, m Missing) {
	x.set(is, at)
	x.Missing |= 1 << m
}

// TermAnswer says how imprisonment stands to the range of the law.
type TermAnswer uint8

// The answers on the term. Zero is not known.
const (
	TermUnknown      TermAnswer = iota
	TermWithin                  // not below the minimum, not above the maximum
	TermBelowMinimum            // below the minimum, not below the floor
	TermBelowFloor              // below what mitigation allows
	TermFloorUnread             // below the minimum; whether below the floor is not known
	TermAboveMaximum            // above the maximum
	termAnswers      = iota
)

// GroundAnswer says whether a ground for going below is on record. The zero
// value means that the question does not arise.
type GroundAnswer uint8

// The answers on the ground.
const (
	GroundNotAsked GroundAnswer = iota
	GroundOnRecord
	GroundNone    // the judgment names none
	GroundUnknown // nothing is on record
	groundAnswers = iota
)

// ReasonsAnswer says whether a judgment gives reasons for a milder or an
// alternative sentence. The zero value means that the question does not arise.
type ReasonsAnswer uint8

// The answers on the reasons.
const (
	ReasonsNotAsked ReasonsAnswer = iota
	ReasonsGiven
	ReasonsNotGiven
	ReasonsUnknown
	reasonsAnswers = iota
)

// FormAnswer says whether the law allows the form of the punishment.
type FormAnswer uint8

// The answers on the form. Zero is not known.
const (
	FormUnclear    FormAnswer = iota
	FormPlain                 // imprisonment to be served, with or without a fine
	FormAllowed               // suspended, replaced, a fine alone: and the law allows it
	FormDisallowed            // and the law does not
	FormUnread                // the rule has not been read
	formAnswers    = iota
)

// FineAnswer says how the fine stands to what the law adds.
type FineAnswer uint8

// The answers on the fine. Zero is not known.
const (
	FineUnclear     FineAnswer = iota
	FineComplete               // what the law adds was imposed, within its bounds
	FineMissing                // the law adds one, and none was imposed
	FineOutOfBounds            // under or over what the law allows
	FineUnread                 // the rule has not been read
	FineNone                   // none prescribed, and none imposed
	fineAnswers     = iota
)

// MeasureAnswer says whether what else the law makes mandatory was ordered. The
// zero value means that nothing is.
type MeasureAnswer uint8

// The answers on measures.
const (
	MeasuresNotAsked MeasureAnswer = iota
	MeasuresOrdered
	MeasuresMissing
	MeasuresUnknown
	measureAnswers = iota
)

// LawAnswer says whether one law governs.
type LawAnswer uint8

// The answers on the law. Zero: no law of the pack is known to govern.
const (
	LawUnknown LawAnswer = iota
	LawCertain
	LawSeveral // the answer under each stands in Answer.Under
	lawAnswers = iota
)

// The canonical words. Empty ones are null in JSON and empty in CSV.
var (
	termAnswerWords    = []string{"unknown", "within", "below_minimum", "below_floor", "below_minimum_floor_unread", "above_maximum"}
	groundAnswerWords  = []string{"", "on_record", "none", "unknown"}
	reasonsAnswerWords = []string{"", "given", "not_given", "unknown"}
	formAnswerWords    = []string{"unknown", "plain", "allowed", "not_allowed", "unread"}
	fineAnswerWords    = []string{"unknown", "complete", "missing", "out_of_bounds", "unread", "none"}
	measureAnswerWords = []string{"", "ordered", "missing", "unknown"}
	lawAnswerWords     = []string{"unknown", "certain", "several"}
)

func (a TermAnswer) String() string    { return word(termAnswerWords, int(a)) }
func (a GroundAnswer) String() string  { return word(groundAnswerWords, int(a)) }
func (a ReasonsAnswer) String() string { return word(reasonsAnswerWords, int(a)) }
func (a FormAnswer) String() string    { return word(formAnswerWords, int(a)) }
func (a FineAnswer) String() string    { return word(fineAnswerWords, int(a)) }
func (a MeasureAnswer) String() string { return word(measureAnswerWords, int(a)) }
func (a LawAnswer) String() string     { return word(lawAnswerWords, int(a)) }

// MarshalText writes the canonical word.
func (a TermAnswer) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// MarshalText writes the canonical word.
func (a GroundAnswer) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// MarshalText writes the canonical word.
func (a ReasonsAnswer) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// MarshalText writes the canonical word.
func (a FormAnswer) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// MarshalText writes the canonical word.
func (a FineAnswer) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// MarshalText writes the canonical word.
func (a MeasureAnswer) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// MarshalText writes the canonical word.
func (a LawAnswer) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// AxisName names an axis, for tables of help, columns and fields.
type AxisName uint8

// The axes, in the order in which they are shown: the term before all.
const (
	TermAxis AxisName = iota
	GroundAxis
	ReasonsAxis
	FormAxis
	FineAxis
	MeasuresAxis
	LawAxis
)

var axisWords = []string{"term", "ground", "reasons", "form", "fine", "measures", "law"}

func (n AxisName) String() string { return word(axisWords, int(n)) }

// AxisNames lists the axes in the order in which they are shown.
func AxisNames() []AxisName {
	return []AxisName{TermAxis, GroundAxis, ReasonsAxis, FormAxis, FineAxis, MeasuresAxis, LawAxis}
}

// Words are the canonical words of the axis, in the order of their values. An
// empty word is the value of a question that does not arise.
func (n AxisName) Words() []string {
	return [][]string{termAnswerWords, groundAnswerWords, reasonsAnswerWords, formAnswerWords, fineAnswerWords, measureAnswerWords, lawAnswerWords}[n]
}

// AxisView is one axis of an answer without its type, for tables.
type AxisView struct {
	Name     AxisName
	Word     string // canonical; empty where the question does not arise
	At       *Provision
	Verified Verified
	Missing  MissingSet
}

// List is the axes one by one, in the order in which they are shown.
func (x *Axes) List() [7]AxisView {
	return [7]AxisView{
		{TermAxis, x.Term.Is.String(), x.Term.At, x.Term.Verified, x.Term.Missing},
		{GroundAxis, x.Ground.Is.String(), x.Ground.At, x.Ground.Verified, x.Ground.Missing},
		{ReasonsAxis, x.Reasons.Is.String(), x.Reasons.At, x.Reasons.Verified, x.Reasons.Missing},
		{FormAxis, x.Form.Is.String(), x.Form.At, x.Form.Verified, x.Form.Missing},
		{FineAxis, x.Fine.Is.String(), x.Fine.At, x.Fine.Verified, x.Fine.Missing},
		{MeasuresAxis, x.Measures.Is.String(), x.Measures.At, x.Measures.Verified, x.Measures.Missing},
		{LawAxis, x.Law.Is.String(), x.Law.At, x.Law.Verified, x.Law.Missing},
	}
}

// missing is all that some axis is open for lack of.
func (x *Axes) missing() MissingSet {
	return x.Term.Missing | x.Ground.Missing | x.Reasons.Missing | x.Form.Missing | x.Fine.Missing | x.Measures.Missing | x.Law.Missing
}

// outcomes derives the set of outcomes from the axes. milder says that a ground
// is needed although the term is not below a minimum: a fine instead of
// imprisonment where none is prescribed. unimposed says that no imprisonment
// was imposed: then the form says what is wrong, and the term does not say it again.
func (x *Axes) outcomes(milder, unimposed bool) Outcomes {
	var set Outcomes
	switch {
	case x.Term.Is == TermAboveMaximum:
		set |= 1 << AboveMaximum
	case x.Term.Is == TermBelowFloor && !unimposed:
		set |= 1 << BelowFloor
	case x.Term.Is == TermBelowMinimum && !unimposed, milder:
		if x.Ground.Is == GroundOnRecord {
			set |= 1 << Mitigated
		} else {
			set |= 1 << Unexplained
		}
	}
	if x.Form.Is == FormDisallowed {
		set |= 1 << FormNotAllowed
	}
	if x.Fine.Is == FineMissing || x.Fine.Is == FineOutOfBounds || x.Measures.Is == MeasuresMissing {
		set |= 1 << Incomplete
	}
	if x.missing() != 0 {
		set |= 1 << Undetermined
	}
	if set == 0 {
		set = 1 << WithinRange
	}
	return set
}

// MarshalText writes the canonical word.
func (n AxisName) MarshalText() ([]byte, error) { return []byte(n.String()), nil }
