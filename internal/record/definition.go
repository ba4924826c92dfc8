package record

import (
	"slices"
	"strings"
)

// Body is what a revision of a thing says. Each kind has a body of its own type, which says everything that the rest of the program asks of a kind. A field
// that holds the id of another thing says so by a tag: ref:"source", or the name of the field beside it that holds the kind.
type Body interface {
	// Validate is what is wrong with it by itself; public adds what must hold before it is published.
	Validate(public bool) Faults
	// Found is how it is found, in lists and by search; id is the thing's.
	Found(id string) Found
	// Texts are the free texts in which somebody could be named or described.
	Texts() []Text
}

// Found is how a thing is found.
type Found struct {
	Title     string
	Part      string   // id of what it is a part of: a judgment's case, a claim's article
	Numbers   []string // case numbers, found in any spelling
	Text      []string // what search finds it by
	Cites     []string // ids of the sources that it stands on
	Synthetic bool     // generated for trying out
}

// A Text is something that a person wrote into a record.
type Text struct {
	Field, Text string
	Headline    bool // its words begin with capitals, so names are not told by them
}

// InCase is a body that belongs to a court's case, and is coarsened where a child is among its victims.
type InCase interface {
	Coarsened
	CaseOf(id string) string
}

// Shared is a body that stands in a source, and is coarsened with it.
type Shared interface {
	Coarsened
	SharedSource(id string) string
}

// Quoting is a body that quotes several sources, and loses the words of those that are coarsened.
type Quoting interface {
	Body
	CoarsenQuotes(shared func(source string) bool) (changed bool)
}

// Coarsened is a body from which everything that could name somebody can be taken.
type Coarsened interface {
	Body
	Coarsen(Plain)
}

// OfFigures is a body that states a figure, which may be of victims.
type OfFigures interface {
	Body
	OfFigure(id string) (*Observation, bool)
}

// KeptBack is a body of which the public does not read everything.
type KeptBack interface {
	Body
	KeepBack() (silent, changed bool)
	Public() Body // a copy with what the public reads
	IsHeldBack() bool
}

// A Definition is all that the program must be told of a kind. Adding one is a file with its body, and a line in Definitions; docs/adding-a-kind.md goes
// through it.
type Definition struct {
	Kind Kind
	// New is an empty body, to be read into.
	New func() Body
	// Words says that ids are the words by which files mean a thing, and not keyed hashes of them.
	Words bool
	// OfCourts says that it is found by case numbers among cases; everything else has a name of its own, and search looks for each such kind by itself.
	OfCourts bool
	// FourEyes says that a second person must have verified it before it is published at the desk.
	FourEyes bool
	// Sheet is how a table holds such things; nil where no table does, and where one of a form of its own does (package intake).
	Sheet *Sheet
}

// Definitions are the kinds of thing, in the order in which they can be published: what others rest on comes first.
var Definitions = []*Definition{
	{Kind: SourceKind, New: func() Body { return new(Source) }},
	{Kind: InstitutionKind, New: func() Body { return new(Institution) }, Words: true},
	{Kind: CaseKind, New: func() Body { return new(Case) }, OfCourts: true, FourEyes: true},
	{Kind: JudgmentKind, New: func() Body { return new(Judgment) }, OfCourts: true, FourEyes: true},
	{Kind: ObservationKind, New: func() Body { return new(Observation) }},
	{Kind: HelpLineKind, New: func() Body { return new(HelpLine) }, Sheet: helpLineSheet},
	{Kind: PriceKind, New: func() Body { return new(Price) }, Sheet: priceSheet},
	{Kind: ShelterKind, New: func() Body { return new(Shelter) }, Sheet: shelterSheet},
	{Kind: CallKind, New: func() Body { return new(Call) }, Sheet: callSheet},
	{Kind: ApplicationKind, New: func() Body { return new(Application) }, Sheet: applicationSheet},
	{Kind: GrantKind, New: func() Body { return new(Grant) }, FourEyes: true, Sheet: grantSheet},
	{Kind: PaymentKind, New: func() Body { return new(Payment) }, FourEyes: true, Sheet: paymentSheet},
	{Kind: ClosureKind, New: func() Body { return new(Closure) }, FourEyes: true, Sheet: closureSheet},
	{Kind: GapKind, New: func() Body { return new(Gap) }, FourEyes: true, Sheet: gapSheet},
	{Kind: EventKind, New: func() Body { return new(Event) }, Sheet: eventSheet},
	{Kind: ServiceKind, New: func() Body { return new(Service) }, FourEyes: true, Sheet: serviceSheet},
	{Kind: ArticleKind, New: func() Body { return new(Article) }},
	{Kind: ClaimKind, New: func() Body { return new(Claim) }},
	{Kind: TalkKind, New: func() Body { return new(Talk) }, Sheet: talkSheet},
	{Kind: QuestionKind, New: func() Body { return new(Question) }},
	{Kind: AnswerKind, New: func() Body { return new(Answer) }},
	{Kind: CommitmentKind, New: func() Body { return new(Commitment) }, FourEyes: true, Sheet: commitmentSheet},
	{Kind: OutcomeKind, New: func() Body { return new(Outcome) }, FourEyes: true, Sheet: outcomeSheet},
	{Kind: ReplyKind, New: func() Body { return new(Reply) }, Sheet: replySheet},
	{Kind: StoryKind, New: func() Body { return new(Story) }},
	{Kind: RuleKind, New: func() Body { return new(Rule) }},
}

// DefinitionOf is the definition of a kind; nil where this program knows none: a record can be newer than the program.
func DefinitionOf(k Kind) *Definition {
	for _, d := range Definitions {
		if d.Kind == k {
			return d
		}
	}
	return nil
}

// OfCourts reports whether a kind is found by case numbers, among cases.
func OfCourts(k Kind) bool {
	d := DefinitionOf(k)
	return d != nil && d.OfCourts
}

// Order is the place of a kind among Definitions; kinds that nobody knows come first.
func (k Kind) Order() int {
	return slices.IndexFunc(Definitions, func(d *Definition) bool { return d.Kind == k })
}

// Read reads a body of a kind; ok is false where this program knows no such kind.
func Read(k Kind, body []byte) (b Body, ok bool, err error) {
	d := DefinitionOf(k)
	if d == nil {
		return nil, false, nil
	}
	b = d.New()
	return b, true, Decode(body, b)
}

// ids are those of a list that are not empty, each once, in their order.
func ids(list ...string) []string {
	var kept []string
	for _, id := range list {
		if id != "" && !slices.Contains(kept, id) {
			kept = append(kept, id)
		}
	}
	return kept
}

// given joins the parts that are not empty.
func given(between string, parts ...string) string {
	kept := parts[:0]
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, between)
}
