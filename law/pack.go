// Package law holds jurisdictions' law as data (law packs) and checks whether a
// sentence is one that the law in force allows, naming the provision for every
// step. It is public: another program can import it and needs nothing else of
// Fener's. It does no input or output beyond reading a pack.
//
// The test it applies is the Supreme Court of Kosovo's (Pml.nr.52/2024,
// 13.02.2024): a court exceeds its powers when it goes below the special
// minimum further than mitigation allows, above the maximum, or imposes a kind
// of punishment that cannot be imposed for the offence.
package law

import "fener/period"

// Pack is one jurisdiction's law as data.
type Pack struct {
	Code        string        `yaml:"pack"`     // ISO 3166-1 alpha-2, or XK for Kosovo
	Names       Names         `yaml:"names"`    // the jurisdiction's names
	Currency    string        `yaml:"currency"` // of fines, ISO 4217; EUR where absent
	Longest     period.Length `yaml:"longest"`  // the longest term of years that any law of the country has had; none: not said
	References  References    `yaml:"references"`
	Grounds     []Declared    `yaml:"grounds"`  // for mitigation, beyond those that every pack knows
	Measures    []Declared    `yaml:"measures"` // likewise
	Offences    []*Offences   `yaml:"offences"`
	Instruments []*Instrument `yaml:"-"` // by date in force
	cases       func() ([]*WorkedCase, error)
	codes       []*Instrument // instruments that prescribe punishments, by date in force
	reasons     []*Instrument // instruments with a duty to give reasons

	longestReplaceable period.Length // the longest imprisonment that any rule read so far lets be replaced
	lines              map[version]timeline
	groups             map[string]*Offences
	words              map[string][]*Offences // folded words to what they can mean
	byRef              map[Ref][]*Provision   // with instrument, and without for codes
	aliases            map[string]*Instrument // folded numbers and aliases
	at                 *jurisdiction
}

// jurisdiction is what texts need to know of the pack that a law belongs to.
type jurisdiction struct {
	currency money
	cite     Names // how a place is named; empty: by the words of the language
}

// Verified says how far a person has read the text that a datum rests on.
type Verified uint8

// The verification states, weakest first, so that the smaller one governs.
const (
	Unread   Verified = iota // nobody read it; a value, if any, is hearsay
	PartRead                 // part was read, or a court or report that states it
	Read                     // the official text was read
)

// Offences is a group of provisions on one kind of offence through all codes.
type Offences struct {
	ID          string   `yaml:"id"`
	Names       Names    `yaml:"names"`
	Trafficking bool     `yaml:"trafficking"` // trafficking in persons itself, for downgrading
	Words       []string `yaml:"words"`       // how sources write it, in any language
}

// Instrument is a code or law with the dates it was in force.
type Instrument struct {
	Number     string        `yaml:"instrument"` // 06/L-074
	Aliases    []string      `yaml:"aliases"`    // other ways sources write the number
	Kind       string        `yaml:"kind"`       // criminal_code, regulation, juvenile_code, procedure_code, amendment, other
	Names      Names         `yaml:"names"`
	Gazette    string        `yaml:"gazette"`
	InForce    InForce       `yaml:"in_force"`
	Amends     string        `yaml:"amends"`
	Source     Source        `yaml:"source"`
	Verified   Verified      `yaml:"verified"`
	Note       string        `yaml:"note"`
	Complete   []string      `yaml:"complete"`    // articles of which every paragraph that prescribes a punishment is here
	CompleteTo period.Date   `yaml:"complete_to"` // the last day for which amendments were looked for; zero: while in force
	Provisions []*Provision  `yaml:"provisions"`
	General    General       `yaml:"general"`
	amends     *Instrument   // what Amends names
	at         *jurisdiction // that it belongs to

	readTo          period.Date // the last day on which the code is known to be as it stands here
	unreadAmendment *Provision  // what may have changed it afterwards; nil where no particular text is known
}

// ReadTo is the last day on which the code is known to be as it stands in the
// pack; zero where nothing is known to have changed it. A law that amends it
// and was not read ends it on the day before.
func (in *Instrument) ReadTo() period.Date { return in.readTo }

// UnreadAmendment is the text that may have changed the code after ReadTo; nil
// where no particular one is known.
func (in *Instrument) UnreadAmendment() *Provision { return in.unreadAmendment }

// InForce is when an instrument or one version of a provision applies.
type InForce struct {
	From     period.Date `yaml:"from"`
	To       period.Date `yaml:"to"`
	Verified Verified    `yaml:"verified"` // how far the dates themselves were read
	Note     string      `yaml:"note"`
}

// Range is the dates as a range for comparing.
func (f InForce) Range() period.Range { return period.Range{From: f.From, To: f.To} }

// Source is where a text was read.
type Source struct {
	Title   string `yaml:"title"`
	Address string `yaml:"address"`
}

// Provision is one place in an instrument: a paragraph that prescribes a
// punishment for an offence, or one that holds a rule of the general part.
type Provision struct {
	Place      string      `yaml:"ref"` // 165(1)
	Names      Names       `yaml:"names"`
	Offence    string      `yaml:"offence"` // the group it belongs to; empty for a rule
	Variant    string      `yaml:"variant"` // basic, child, group ...: matches versions across codes
	Punishment *Punishment `yaml:"punishment"`
	Text       string      `yaml:"text"`     // as quoted from the source, in Language
	Language   string      `yaml:"language"` // of Text
	Verified   Verified    `yaml:"verified"`
	Source     Source      `yaml:"source"`   // the instrument's, where empty
	InForce    InForce     `yaml:"in_force"` // the instrument's, where empty
	Note       string      `yaml:"note"`

	Ref        Ref         `yaml:"-"`
	Instrument *Instrument `yaml:"-"`
	group      *Offences
	terms      terms // compiled by the loader
}

// Punishment is what a provision prescribes.
type Punishment struct {
	Imprisonment *ImprisonmentRange `yaml:"imprisonment"` // absent: none prescribed
	Fine         *FineRange         `yaml:"fine"`         // absent: none prescribed
	money        money              // of the pack
}

// ImprisonmentRange is a prescribed term. From may be none (no special
// minimum), To may be general (no special maximum) or life; either may be
// unknown.
type ImprisonmentRange struct {
	From Limit `yaml:"from"`
	To   Limit `yaml:"to"`
}

// FineRange is a prescribed fine: joined to imprisonment by "and" or "or",
// alone, or unknown. Amounts in whole units of the pack's currency; the general
// part's where absent.
type FineRange struct {
	Joined Joined `yaml:"joined"`
	From   *int64 `yaml:"from"`
	To     *int64 `yaml:"to"`
}

// Joined says how a fine stands beside imprisonment.
type Joined uint8

// The ways a fine can stand in a provision.
const (
	NoFine Joined = iota
	FineAnd
	FineOr
	FineMay     // it may be added to imprisonment
	FineUnknown // nobody read whether the provision has a fine
)

// LimitState says what a limit of a sentence is.
type LimitState uint8

// The states of a limit.
const (
	LimitUnknown LimitState = iota // nobody read it
	LimitNone                      // read, and there is none
	LimitSet                       // Length holds it
	LimitLife                      // imprisonment for life
)

// Limit is a minimum, floor or maximum, or what was imposed against it.
type Limit struct {
	State  LimitState
	Length period.Length
	Edge   Edge // whether the length itself still counts
}

// Edge says whether a limit's length itself lies inside: "five years or more"
// or "more than five years".
type Edge int8

// The edges of a limit; the zero value is the length itself and beyond.
const (
	EdgeUnder Edge = iota - 1 // less than the length
	EdgeAt                    // the length itself
	EdgeOver                  // more than the length
)
