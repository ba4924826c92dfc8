package record

import (
	"strconv"
	"strings"

	"fener/period"
)

// The kinds of the record that concern evidence.
const (
	ObservationKind Kind = "observation"
	ArticleKind     Kind = "article"
	ClaimKind       Kind = "claim"
	ReplyKind       Kind = "reply"
)

// Observation is a figure that somebody reported, kept as it was said. Two
// observations are never merged and never averaged.
type Observation struct {
	Indicator  string      `json:"indicator"` // id of what is counted, such as victims_identified
	Place      string      `json:"place"`     // as the source limits it: Kosovo, Pristina district
	From       period.Date `json:"from,omitzero"`
	To         period.Date `json:"to,omitzero"`
	Value      Stated      `json:"value"`
	Unit       string      `json:"unit,omitempty"`
	Counted    string      `json:"counted,omitempty"`    // what was counted, in words
	CountedBy  string      `json:"counted_by,omitempty"` // who counted, in words or the id of an institution
	Attributes             // of the victims counted, beside those that the indicator has
	Published  period.Date `json:"published,omitzero"`
	Citation   Citation    `json:"citation"`
	Restates   []string    `json:"restates,omitempty"`  // earlier observations that this one restates
	Retelling  bool        `json:"retelling,omitempty"` // the source retells a report that was not itself read
	Reason     string      `json:"reason,omitempty"`    // why it differs from others, where the record knows it
	Note       string      `json:"note,omitempty"`
	Doubtful   bool        `json:"doubtful,omitempty"` // the quotation could not be verified; shown and marked, never drawn
	Synthetic  bool        `json:"synthetic,omitempty"`
}

// Span is the period that the observation covers.
func (o *Observation) Span() period.Span { return period.Span{From: o.From, To: o.To} }

// Validate checks an observation by itself.
func (o *Observation) Validate(public bool) Faults {
	var fs Faults
	if o.Indicator == "" {
		fs.add("indicator", "is empty; an observation is of something")
	}
	if o.Place == "" {
		fs.add("place", "is empty; write the place that the source limits its figure to")
	}
	if o.To.Before(o.From) {
		fs.add("to", "the period ends (%s) before it starts (%s)", o.To, o.From)
	}
	o.Value.validate(&fs)
	fs.citations([]Citation{o.Citation}, public && !o.Doubtful)
	fs.text("note", o.Note)
	fs.text("reason", o.Reason)
	return fs
}

// Identity is what makes two observations the same statement: what, where,
// when, and which source said it. Two with one identity and different values
// are an error, unless one restates the other.
func (o *Observation) Identity() string {
	parts := []string{o.Indicator, o.Place, o.From.String(), o.To.String(), o.Unit, o.Counted, o.Citation.Source, o.Citation.Place}
	if o.Attributes != (Attributes{}) {
		parts = append(parts, o.Sex, o.Age, o.Origin, o.Form)
	}
	return strings.Join(parts, "|")
}

// Article is a piece that makes claims: one statement after another.
type Article struct {
	Title     string      `json:"title"`
	Author    string      `json:"author,omitempty"`
	Published period.Date `json:"published,omitzero"`
	Source    string      `json:"source"` // the article itself as a source
	Synthetic bool        `json:"synthetic,omitempty"`
}

// Operator compares what is claimed with what is on record.
type Operator string

// The operators of a comparison.
const (
	Equals    Operator = "equals"
	AboutThat Operator = "about" // within Tolerance, a share of the value claimed
	AtLeast   Operator = "at_least"
	AtMost    Operator = "at_most"
	FellFrom  Operator = "fell" // from the value of period one to that of period two
	RoseFrom  Operator = "rose"
	Exists    Operator = "exists" // an observation or figure of this kind is on record
)

// Claim is a statement of fact made in public, tied to one comparison. A
// person writes it; a statement that holds several facts is several claims.
type Claim struct {
	Article    string     `json:"article"`
	N          int        `json:"n"`         // place in the article, from 1
	Statement  Names      `json:"statement"` // paraphrase in the languages of the record
	Quote      string     `json:"quote,omitempty"`
	Where      string     `json:"where,omitempty"` // place in the article
	Comparison Comparison `json:"comparison"`
	Synthetic  bool       `json:"synthetic,omitempty"`
}

// Comparison is what decides a claim: an indicator over a place and period,
// an operator and a value.
type Comparison struct {
	Figure    string      `json:"figure,omitempty"`    // an indicator computed from the record
	Indicator string      `json:"indicator,omitempty"` // or one that is observed
	Related   []string    `json:"related,omitempty"`   // observed indicators whose statements bear on it in part
	Law       string      `json:"law,omitempty"`       // or a provision's minimum: "06/L-074:165(1) minimum"
	Place     string      `json:"place,omitempty"`
	From      period.Date `json:"from,omitzero"`
	To        period.Date `json:"to,omitzero"`
	Then      period.Date `json:"then,omitzero"` // for fell and rose: the later period
	Operator  Operator    `json:"operator"`
	Value     string      `json:"value,omitempty"`     // a decimal number, or a length for a law's minimum
	Tolerance string      `json:"tolerance,omitempty"` // for about: a share such as 0.05
	Unit      string      `json:"unit,omitempty"`
}

// Validate checks a claim by itself; whether its indicator exists is for the
// reader who knows the indicators.
func (c *Claim) Validate() Faults {
	var fs Faults
	if c.Article == "" {
		fs.add("article", "is empty; a claim belongs to an article")
	}
	if c.Statement == (Names{}) {
		fs.add("statement", "is empty; write what is claimed in one language at least")
	}
	if len(c.Quote) > MaxQuote {
		fs.add("quote", "%d bytes; a quotation is at most %d", len(c.Quote), MaxQuote)
	}
	c.Comparison.validate(&fs)
	return fs
}

func (c *Comparison) validate(fs *Faults) {
	subjects := 0
	for _, s := range []string{c.Figure, c.Indicator, c.Law} {
		if s != "" {
			subjects++
		}
	}
	if subjects != 1 {
		fs.add("comparison", "names %d of figure, indicator and law; expected exactly one", subjects)
	}
	if c.To.Before(c.From) {
		fs.add("comparison.to", "the period ends (%s) before it starts (%s)", c.To, c.From)
	}
	switch c.Operator {
	case Equals, AboutThat, AtLeast, AtMost:
		if c.Value == "" {
			fs.add("comparison.value", "is empty, which %q needs", c.Operator)
		}
	case FellFrom, RoseFrom:
		if c.Then.IsZero() || c.From.IsZero() {
			fs.add("comparison.then", "is empty; %q compares two periods, from and then", c.Operator)
		}
	case Exists:
	default:
		fs.add("comparison.operator", "%q is unknown: expected equals, about, at_least, at_most, fell, rose or exists", c.Operator)
	}
	if c.Tolerance != "" {
		if t, err := strconv.ParseFloat(c.Tolerance, 64); err != nil || t < 0 || t > 1 {
			fs.add("comparison.tolerance", "%q is not a share from 0 to 1", c.Tolerance)
		}
	}
}

// Reply is an institution's answer to a published record, shown beside it.
type Reply struct {
	Institution string      `json:"institution"` // who replies
	About       Kind        `json:"about"`       // kind of the thing replied to
	ID          string      `json:"id"`          // and its id
	Text        string      `json:"text"`
	Language    string      `json:"language"`
	Date        period.Date `json:"date"`
	Citation    *Citation   `json:"citation,omitempty"` // where it was given, if in public
	Synthetic   bool        `json:"synthetic,omitempty"`
}

// Validate checks a reply by itself.
func (r *Reply) Validate() Faults {
	var fs Faults
	for _, f := range []struct{ field, value string }{{"institution", r.Institution}, {"id", r.ID}, {"text", strings.TrimSpace(r.Text)}, {"language", r.Language}} {
		if f.value == "" {
			fs.add(f.field, "is empty")
		}
	}
	if r.About == "" || !r.About.Valid() {
		fs.add("about", "%q is no kind of record", r.About)
	}
	if r.Date.Precision() != period.Day {
		fs.add("date", "%s: a reply has a day", r.Date)
	}
	fs.text("text", r.Text)
	return fs
}
