package record

import (
	"slices"
	"strings"

	"fener/period"
)

// HelpLineKind is the kind of a way to help: a number to call, or a body that helps and names none.
const HelpLineKind Kind = "helpline"

// HelpLine is who helps whom, and how to reach them, as a source says it at a time. A number can change without a word, so each carries the day of its
// source, and what is old is said to be old.
type HelpLine struct {
	Names     Names       `json:"names"`              // who answers
	Does      string      `json:"does"`               // emergency, help_line, advocates, legal_aid, complaints, compensation, police, shelter, children
	Number    string      `json:"number,omitempty"`   // as it is dialled; empty where no source gives one
	Hours     Names       `json:"hours,omitzero"`     // when somebody answers
	For       Names       `json:"for,omitzero"`       // whom it is for
	Published period.Date `json:"published,omitzero"` // when the source said so
	Citation  Citation    `json:"citation"`
	Note      Names       `json:"note,omitzero"` // what is in doubt
	Synthetic bool        `json:"synthetic,omitempty"`
}

// HelpLineYears is after how many years a number is said to be old.
const HelpLineYears = 4

// helpDoes are the kinds of help.
var helpDoes = []string{"emergency", "help_line", "advocates", "legal_aid", "complaints", "compensation", "police", "shelter", "children"}

// helpLineSheet is a table of help lines, one in each row.
var helpLineSheet = &Sheet{
	Name: "helplines",
	Columns: []string{"id", "does", "name_en", "name_sq", "name_sr", "number", "hours_en", "hours_sq", "hours_sr", "for_en", "for_sq", "for_sr", "published",
		"source", "place", "quote", "note_en", "note_sq", "note_sr"},
	Needed: 3,
	Read: func(row *Row) (words, title string, b Body) {
		h := &HelpLine{Names: row.Names("name"), Does: row.Text("does"), Number: row.Text("number"), Hours: row.Names("hours"), For: row.Names("for"),
			Published: row.Date("published"), Citation: row.Citation(), Note: row.Names("note")}
		if words = row.Text("id"); words == "" {
			words = Slug(h.Found("").Title)
		}
		return words, "", h
	},
}

// Validate asks for a name, a kind of help, and, of what is published, a quotation in which the number stands: a wrong number is worse than none.
func (h *HelpLine) Validate(public bool) Faults {
	var fs Faults
	if h.Names == (Names{}) {
		fs.say(FaultOneLanguage, "", "", "names", "are empty; write who answers, in one language at least")
	}
	if !slices.Contains(helpDoes, h.Does) {
		fs.say(FaultNotAmong, string(h.Does), strings.Join(helpDoes, ", "), "does", "%q is no kind of help: expected one of %s", h.Does, strings.Join(helpDoes, ", "))
	}
	if h.Number != "" {
		if d := digits(h.Number); len(d) < 3 || len(d) > 15 || strings.Trim(h.Number, "+ 0123456789") != "" {
			fs.say(FaultTelephone, h.Number, "", "number", "%q is no telephone number: expected 3 to 15 digits, with spaces and a + at most", h.Number)
		} else if !strings.Contains(digits(h.Citation.Quote), d) {
			fs.say(FaultNotQuoted, h.Number, "", "number", "%q does not stand in the quotation of its source", h.Number)
		}
	}
	fs.citations([]Citation{h.Citation}, public)
	for _, text := range []string{h.Note.EN, h.Note.SQ, h.Note.SR} {
		fs.text("note", text)
	}
	return fs
}

// Found is how it is found.
func (h *HelpLine) Found(string) Found {
	name, _ := h.Names.In("en")
	return Found{Title: given(": ", name, h.Number), Text: []string{h.Names.EN, h.Names.SQ, h.Names.SR, h.Number, h.For.EN, h.For.SQ, h.For.SR, h.Citation.Quote}, Cites: ids(h.Citation.Source), Synthetic: h.Synthetic}
}

// Texts are what a person wrote into it beside public names and numbers.
func (h *HelpLine) Texts() []Text {
	return []Text{{"note", h.Note.EN, true}, {"note", h.Note.SQ, true}, {"note", h.Note.SR, true}}
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}
