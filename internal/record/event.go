package record

import "fener/period"

// EventKind is the kind of something that happened around shelters and their money and is none of the other kinds.
const EventKind Kind = "event"

// Event is a dated step that explains the others: a budget adopted, a warning, a law in force, a house opened.
type Event struct {
	What     string      `json:"what"`
	Names    Names       `json:"names"`
	Who      []string    `json:"who,omitempty" ref:"institution,words"`
	Shelters []string    `json:"shelters,omitempty" ref:"shelter"`
	From     period.Date `json:"from,omitzero"` // empty: the source says no date
	To       period.Date `json:"to,omitzero"`
	Telling
}

// EventWhats are the words for what happened.
var EventWhats = []string{"warning", "request", "vote", "decision", "agreement", "not_signed", "opening", "licence", "standard", "protest", "donors_end", "transfer", "programme", "other"}

var eventSheet = &Sheet{
	Name:    "events",
	Columns: append([]string{"id", "what", "name_en", "name_sq", "name_sr", "who", "shelters", "from", "to"}, tellingColumns...),
	Needed:  3,
	Cells:   moneyCells,
	Money:   true,
	Read: func(row *Row) (words, title string, b Body) {
		e := &Event{What: row.Text("what"), Names: row.Names("name"), Who: row.List("who"), Shelters: row.List("shelters"), From: row.Date("from"), To: row.Date("to"), Telling: tellingOf(row)}
		return row.ID(rowWords("event", e.What, e.From.String(), e.Names.EN+e.Names.SQ+e.Names.SR)), "", e
	},
}

// Validate checks an event by itself.
func (e *Event) Validate(public bool) Faults {
	var fs Faults
	fs.oneOf("what", e.What, true, EventWhats)
	if e.Names == (Names{}) {
		fs.say(FaultEmpty, "", "", "names", "are empty; write what happened, in one language at least")
	}
	fs.spanned(e.From, e.To)
	e.validate(&fs, public, false)
	return fs
}

// Found is how it is found.
func (e *Event) Found(string) Found {
	name, _ := e.Names.In("en")
	return e.found(given(": ", e.From.String(), name), append([]string{e.Names.SQ, e.Names.SR}, e.Who...)...)
}

// Texts are what a person wrote into it.
func (e *Event) Texts() []Text {
	return e.texts(Text{"name", e.Names.EN, true}, Text{"name", e.Names.SQ, true}, Text{"name", e.Names.SR, true})
}

// Coarsen takes out the words of its source.
func (e *Event) Coarsen(Plain) { e.coarsen() }

// OfShelters are those that it names.
func (e *Event) OfShelters() []string { return e.Shelters }
