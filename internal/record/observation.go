package record

import (
	"reflect"
	"strings"

	"fener/period"
)

// ObservationKind is the kind of a figure that somebody reported.
const ObservationKind Kind = "observation"

// Observation is a figure that somebody reported, kept as it was said. Two
// observations are never merged and never averaged.
type Observation struct {
	Indicator  string      `json:"indicator"` // id of what is counted, such as victims_identified
	Place      string      `json:"place"`     // as the source limits it: Kosovo, Pristina district
	From       period.Date `json:"from,omitzero"`
	To         period.Date `json:"to,omitzero"`
	Value      Stated      `json:"value"`
	Unit       string      `json:"unit,omitempty"`
	Counted    string      `json:"counted,omitempty"`                            // what was counted, in words
	CountedBy  string      `json:"counted_by,omitempty" ref:"institution,words"` // who counted, in words or the id of an institution
	Attributes             // of the victims counted, beside those that the indicator has
	Published  period.Date `json:"published,omitzero"`
	Citation   Citation    `json:"citation"`
	Restates   []string    `json:"restates,omitempty" ref:"observation"` // earlier observations that this one restates
	Retelling  bool        `json:"retelling,omitempty"`                  // the source retells a report that was not itself read
	Reason     string      `json:"reason,omitempty"`                     // why it differs from others, where the record knows it
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
		fs.say(FaultEmpty, "", "", "indicator", "is empty; an observation is of something")
	}
	if o.Place == "" {
		fs.say(FaultEmpty, "", "", "place", "is empty; write the place that the source limits its figure to")
	}
	if o.To.Before(o.From) {
		fs.say(FaultEndsBefore, o.To.String(), o.From.String(), "to", "the period ends (%s) before it starts (%s)", o.To, o.From)
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

// Found is how it is found.
func (o *Observation) Found(string) Found {
	title := given(": ", given(", ", o.Indicator, o.Place, given("..", o.From.String(), o.To.String())), o.Value.Text)
	return Found{Title: title, Text: []string{title, o.Unit, o.Counted, o.CountedBy, o.Citation.Quote, o.Reason, o.Note}, Cites: ids(o.Citation.Source), Synthetic: o.Synthetic}
}

// Texts are what a person wrote into it.
func (o *Observation) Texts() []Text {
	list := append(quoted(o.Citation), Text{"note", o.Note, false}, Text{"reason", o.Reason, false}, Text{"counted", o.Counted, false})
	if o.Value.Kind == InWords {
		list = append(list, Text{"value", o.Value.Text, false})
	}
	return list
}

// SharedSource is its source.
func (o *Observation) SharedSource(string) string { return o.Citation.Source }

// OfFigure is itself.
func (o *Observation) OfFigure(string) (*Observation, bool) { return o, true }

// Public is a copy of what the public reads.
func (o *Observation) Public() Body {
	read := *o
	read.HoldBack()
	return &read
}

// KeepBack takes out what the public must not read of a figure of victims; silent says that the figure itself was, changed that anything was.
func (o *Observation) KeepBack() (silent, changed bool) {
	before := *o
	silent = o.HoldBack()
	return silent, !reflect.DeepEqual(before, *o)
}

// Coarsen takes out of an observation the words of its source and everything
// finer than a year.
func (o *Observation) Coarsen(Plain) {
	o.From, o.To, o.Published = year(o.From), year(o.To), year(o.Published)
	o.Citation.Place, o.Citation.Quote = "", ""
	o.Counted, o.Reason, o.Note = "", "", ""
}
