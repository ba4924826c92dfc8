package record

import (
	"fmt"
	"strconv"

	"fener/period"
)

// ClaimKind is the kind of a statement made in public.
const ClaimKind Kind = "claim"

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
	Article    string     `json:"article" ref:"article"`
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
	Figure    string      `json:"figure,omitempty"`                     // an indicator computed from the record
	Indicator string      `json:"indicator,omitempty"`                  // or one that is observed
	Related   []string    `json:"related,omitempty"`                    // observed indicators whose statements bear on it in part
	Law       string      `json:"law,omitempty"`                        // or a provision's minimum: "06/L-074:165(1) minimum"
	Told      string      `json:"told,omitempty"`                       // or, beside an indicator or alone, what is told of shelters: a step of money, closure, gap
	Shelter   string      `json:"shelter,omitempty" ref:"shelter"`      // of which shelter or group it is told
	Cause     string      `json:"cause,omitempty"`                      // of a closure or a gap
	By        string      `json:"by,omitempty" ref:"institution,words"` // who gave the money, or who the source says made the closure or the gap; empty: whoever did
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
func (c *Claim) Validate(bool) Faults {
	var fs Faults
	if c.Article == "" {
		fs.say(FaultEmpty, "", "", "article", "is empty; a claim belongs to an article")
	}
	if c.Statement == (Names{}) {
		fs.say(FaultOneLanguage, "", "", "statement", "is empty; write what is claimed in one language at least")
	}
	if len(c.Quote) > MaxQuote {
		fs.say(FaultTooLong, fmt.Sprint(len(c.Quote)), fmt.Sprint(MaxQuote), "quote", "%d bytes; a quotation is at most %d", len(c.Quote), MaxQuote)
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
	if subjects > 1 || subjects == 0 && c.Told == "" || c.Told != "" && c.Figure+c.Law != "" {
		fs.say(FaultOneSubject, "", "", "comparison", "names %d of figure, indicator and law; expected exactly one, or what is told of shelters", subjects)
	}
	c.validateTold(fs)
	if c.To.Before(c.From) {
		fs.say(FaultEndsBefore, c.To.String(), c.From.String(), "comparison.to", "the period ends (%s) before it starts (%s)", c.To, c.From)
	}
	switch c.Operator {
	case Equals, AboutThat, AtLeast, AtMost:
		if c.Value == "" {
			fs.say(FaultEmpty, "", "", "comparison.value", "is empty, which %q needs", c.Operator)
		}
	case FellFrom, RoseFrom:
		if c.Then.IsZero() || c.From.IsZero() {
			fs.say(FaultEmpty, "", "", "comparison.then", "is empty; %q compares two periods, from and then", c.Operator)
		}
	case Exists:
	default:
		fs.say(FaultNotAmong, string(c.Operator), "equals, about, at_least, at_most, fell, rose, exists", "comparison.operator", "%q is unknown: expected equals, about, at_least, at_most, fell, rose or exists", c.Operator)
	}
	if c.Tolerance != "" {
		if t, err := strconv.ParseFloat(c.Tolerance, 64); err != nil || t < 0 || t > 1 {
			fs.say(FaultShare, c.Tolerance, "", "comparison.tolerance", "%q is not a share from 0 to 1", c.Tolerance)
		}
	}
}

// ToldWords are what a claim can be compared with that is told of shelters: a step of money, which stands for that step alone, a closure, or a time without money.
var ToldWords = append(append([]string{}, GrantSteps...), "called", "applied", "paid", "closure", "gap")

// ToldOfTime reports whether what is told is a time, and not a sum.
func (c *Comparison) ToldOfTime() bool { return c.Told == "closure" || c.Told == "gap" }

func (c *Comparison) validateTold(fs *Faults) {
	fs.oneOf("comparison.told", c.Told, false, ToldWords)
	if (c.Told == "") != (c.Shelter == "") {
		fs.say(FaultToldOf, "", "", "comparison.shelter", "told and shelter belong together: write what is told, and of which shelter or group")
	}
	fs.oneOf("comparison.cause", c.Cause, false, WithoutCauses)
	if c.Cause != "" && !c.ToldOfTime() {
		fs.say(FaultNoCause, "", "", "comparison.cause", "only a closure and a gap have a cause")
	}
	if c.By != "" && c.Told == "" {
		fs.say(FaultToldAlone, "", "", "comparison.by", "stands beside told alone")
	}
	if c.ToldOfTime() && c.Indicator == "" && (c.Operator == FellFrom || c.Operator == RoseFrom) {
		fs.say(FaultNotCompared, "", "", "comparison.operator", "closures and gaps are not compared between two periods")
	}
}

// Found is how it is found.
func (c *Claim) Found(string) Found {
	f := Found{Part: c.Article, Synthetic: c.Synthetic}
	for _, title := range []string{c.Statement.SR, c.Statement.SQ, c.Statement.EN} { // English where there is one, as for institutions
		if title != "" {
			f.Title = title
		}
	}
	cmp := &c.Comparison
	f.Text = append([]string{c.Statement.EN, c.Statement.SQ, c.Statement.SR, c.Quote, cmp.Indicator, cmp.Figure, cmp.Law, cmp.Place}, cmp.Related...)
	return f
}

// Texts are what a person wrote into it.
func (c *Claim) Texts() []Text {
	return []Text{{"quote", c.Quote, false}, {"statement", c.Statement.EN, true}, {"statement", c.Statement.SQ, true}, {"statement", c.Statement.SR, true}}
}

// OfFigure is the figure that the claim states in its comparison, as it would be observed.
func (c *Claim) OfFigure(id string) (o *Observation, ok bool) {
	compared := &c.Comparison
	o = &Observation{Indicator: compared.Indicator, Place: compared.Place, From: compared.From, To: compared.To, Value: ParseStated(compared.Value),
		Unit: compared.Unit, CountedBy: id}
	switch compared.Operator {
	case AtLeast:
		o.Value.Kind = NoFewer
	case AtMost:
		o.Value.Kind, o.Value.High = NoMore, o.Value.Low
	}
	return o, compared.Value != "" && IndicatorOf(compared.Indicator) != nil && o.OfVictims() != nil
}

// Coarsen takes out of a claim the words of its article.
func (c *Claim) Coarsen(Plain) { c.Quote, c.Where = "", "" }
