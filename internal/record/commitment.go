package record

import (
	"fmt"

	"fener/period"
)

// The kinds of what was promised, and of what evidence says of it.
const (
	CommitmentKind Kind = "commitment"
	OutcomeKind    Kind = "outcome"
)

// Commitment is what an institution said it would do, by when and in which words. It is the institution's: who governs it later answers for it.
type Commitment struct {
	Institution string      `json:"institution" ref:"institution,words"` // which answers for it
	Who         string      `json:"who,omitempty"`                       // who said it, by office, as the source has it
	What        Names       `json:"what"`                                // what would be done
	By          period.Date `json:"by,omitzero"`                         // the date that was said first; empty: none was
	ByWords     string      `json:"by_words,omitempty"`                  // the date in the source's words, where they say more or less than By
	Said        period.Date `json:"said,omitzero"`
	SaidWords   string      `json:"said_words,omitempty"` // when it was said, where the source leaves it open
	Where       Names       `json:"where,omitzero"`       // on which occasion
	Talk        string      `json:"talk,omitempty" ref:"talk"`
	Question    string      `json:"question,omitempty" ref:"question"`
	Later       []Later     `json:"later,omitempty"` // dates that were named afterwards, in their order; none takes the place of the first
	Telling                 // in which words: Citation.Quote
}

// Later is a date that was named in the place of the first one.
type Later struct {
	By       period.Date `json:"by"`
	Said     period.Date `json:"said,omitzero"`
	Citation Citation    `json:"citation"`
}

// Validate checks a commitment by itself.
func (c *Commitment) Validate(public bool) Faults {
	var fs Faults
	if c.Institution == "" {
		fs.say(FaultEmpty, "", "", "institution", "is empty; write which institution answers for it")
	}
	if c.What == (Names{}) {
		fs.say(FaultEmpty, "", "", "what", "is empty; write what would be done, in one language at least")
	}
	for i, l := range c.Later {
		if l.By.IsZero() {
			fs.say(FaultEmpty, "", "", fmt.Sprintf("later[%d].by", i), "is empty; write the date that was named later")
		}
		if public {
			fs.citations([]Citation{l.Citation}, true)
		}
	}
	for _, at := range c.Texts() {
		fs.text(at.Field, at.Text)
	}
	c.validate(&fs, public, true)
	return fs
}

// Found is how it is found.
func (c *Commitment) Found(string) Found {
	what, _ := c.What.In("en")
	f := c.found(given(", ", what, c.Said.String()), c.What.SQ, c.What.SR, c.What.EN, c.Who, c.Institution, c.Where.EN, c.Where.SQ, c.Where.SR)
	for _, l := range c.Later {
		f.Cites = ids(append(f.Cites, l.Citation.Source)...)
	}
	return f
}

// Texts are what a person wrote into it.
func (c *Commitment) Texts() []Text {
	list := []Text{{"what", c.What.EN, false}, {"what", c.What.SQ, false}, {"what", c.What.SR, false}}
	for _, l := range c.Later {
		list = append(list, quoted(l.Citation)...)
	}
	return c.texts(list...)
}

// Coarsen takes out the words of its source.
func (c *Commitment) Coarsen(Plain) { c.coarsen() }

// CoarsenQuotes takes out the words of the later dates whose sources are shared with the case of a child victim.
func (c *Commitment) CoarsenQuotes(shared func(source string) bool) (changed bool) {
	for i := range c.Later {
		if l := &c.Later[i]; shared(l.Citation.Source) && (l.Citation.Quote != "" || l.Citation.Place != "") {
			l.Citation = Citation{Source: l.Citation.Source}
			changed = true
		}
	}
	return changed
}

// Outcome is what evidence of a time says of a commitment. A later one can say otherwise: what was kept can come to an end.
type Outcome struct {
	Commitment string      `json:"commitment" ref:"commitment"`
	Supports   string      `json:"supports"`         // see OutcomeWords
	AsOf       period.Date `json:"as_of,omitzero"`   // the time of which the evidence speaks
	Kept       period.Date `json:"kept_on,omitzero"` // when it was kept, where the evidence says so
	Rests      []Evidence  `json:"rests,omitempty"`  // things on record that show it
	Citations  []Citation  `json:"citations,omitempty"`
	Reading    Names       `json:"reading,omitzero"` // how the evidence is read, and what it does not show
	Synthetic  bool        `json:"synthetic,omitempty"`
}

// Evidence is a thing on record that shows something.
type Evidence struct {
	Kind Kind   `json:"kind"`
	ID   string `json:"id" ref:"Kind"`
}

// OutcomeWords are what evidence can support. What nothing was found about cannot be checked: that nothing was found shows nothing.
var OutcomeWords = []string{"kept", "partly", "not_kept", "cannot_check"}

// evidenceWords are the kinds of thing that can show something of a commitment.
var evidenceWords = []string{"observation", "judgment", "grant", "payment", "call", "closure", "gap", "event", "service", "source"}

// Validate checks an outcome by itself.
func (o *Outcome) Validate(public bool) Faults {
	var fs Faults
	if o.Commitment == "" {
		fs.say(FaultEmpty, "", "", "commitment", "is empty; write of which commitment the evidence speaks")
	}
	fs.oneOf("supports", o.Supports, true, OutcomeWords)
	if !o.Kept.IsZero() && o.Supports != "kept" && o.Supports != "partly" {
		fs.say(FaultNotKept, "", "", "kept_on", "%s: there is such a day only where evidence supports that it was kept", o.Kept)
	}
	for i, e := range o.Rests {
		fs.oneOf(fmt.Sprintf("rests[%d].kind", i), string(e.Kind), true, evidenceWords)
		if e.ID == "" {
			fs.say(FaultEmpty, "", "", fmt.Sprintf("rests[%d].id", i), "is empty")
		}
	}
	if o.Supports == "cannot_check" && o.Reading == (Names{}) {
		fs.say(FaultEmpty, "", "", "reading", "is empty; write why it cannot be checked")
	}
	if public && o.Supports != "cannot_check" && len(o.Rests) == 0 {
		fs.citations(o.Citations, true)
	} else if len(o.Citations) > 0 {
		fs.citations(o.Citations, public)
	}
	for _, at := range o.Texts() {
		fs.text(at.Field, at.Text)
		fs.place(at.Field, at.Text, true)
	}
	return fs
}

// Found is how it is found.
func (o *Outcome) Found(string) Found {
	reading, _ := o.Reading.In("en")
	text := []string{o.Reading.SQ, o.Reading.SR, o.Reading.EN}
	for _, c := range o.Citations {
		text = append(text, c.Quote)
	}
	return Found{Title: given(": ", given(", ", o.Supports, o.AsOf.String()), cutTitle(reading)), Part: o.Commitment, Text: text, Cites: cited(o.Citations), Synthetic: o.Synthetic}
}

// Texts are what a person wrote into it.
func (o *Outcome) Texts() []Text {
	return append([]Text{{"reading", o.Reading.EN, false}, {"reading", o.Reading.SQ, false}, {"reading", o.Reading.SR, false}}, quoted(o.Citations...)...)
}

// CoarsenQuotes takes out the words of the sources that are shared with the case of a child victim.
func (o *Outcome) CoarsenQuotes(shared func(source string) bool) (changed bool) {
	for i, c := range o.Citations {
		if shared(c.Source) && (c.Quote != "" || c.Place != "") {
			o.Citations[i] = Citation{Source: c.Source}
			changed = true
		}
	}
	return changed
}
