package record

import (
	"slices"
	"strings"

	"fener/period"
)

// Telling is what one source says at one time about a shelter or its money. Two sources that tell of one thing differently are two things on record,
// of which the later names the first as the same; neither is changed to agree with the other.
type Telling struct {
	Published period.Date `json:"published,omitzero"` // when the source said so
	Citation  Citation    `json:"citation"`
	Note      string      `json:"note,omitempty"`     // what is in doubt
	Doubtful  bool        `json:"doubtful,omitempty"` // the quotation could not be verified; shown and marked, never counted
	Synthetic bool        `json:"synthetic,omitempty"`
}

// Told is a body that tells what one source says of shelters and their money.
type Told interface {
	Body
	Tells() *Telling
	// OfShelters are ids of the shelters of which it tells; none where the source does not say, and of a shelter itself.
	OfShelters() []string
	// OnDays are the days of whose money it tells, as far as they are known; none where it tells of no days.
	OnDays() (from, to period.Date)
}

// Tells is what every such body has of its source.
func (t *Telling) Tells() *Telling { return t }

// OnDays is of no days, unless a kind says otherwise.
func (t *Telling) OnDays() (from, to period.Date) { return }

// tellingColumns are the columns of every sheet whose rows each tell what a source says.
var tellingColumns = []string{"published", "source", "place", "quote", "note", "doubtful"}

func tellingOf(row *Row) Telling {
	return Telling{Published: row.Date("published"), Citation: row.Citation(), Note: row.Text("note"), Doubtful: row.Yes("doubtful")}
}

// validate refuses what would tell where a house stands, and with phones how it is called by telephone.
func (t *Telling) validate(fs *Faults, public, phones bool) {
	fs.citations([]Citation{t.Citation}, public && !t.Doubtful)
	fs.text("note", t.Note)
	fs.place("note", t.Note, phones)
	fs.place("quote", t.Citation.Quote, phones)
}

func (t *Telling) texts(more ...Text) []Text {
	return append(append(quoted(t.Citation), Text{"note", t.Note, false}), more...)
}

// SharedSource is its source.
func (t *Telling) SharedSource(string) string { return t.Citation.Source }

// coarsen takes out the words of the source and the day it was published.
func (t *Telling) coarsen() {
	t.Published = year(t.Published)
	t.Citation.Place, t.Citation.Quote, t.Note = "", "", ""
}

// found is how a telling is found, by what it is called and the words in it.
func (t *Telling) found(title string, text ...string) Found {
	return Found{Title: title, Text: append(text, title, t.Citation.Quote, t.Note), Cites: ids(t.Citation.Source), Synthetic: t.Synthetic}
}

// spanned faults a period that ends before it starts.
func (fs *Faults) spanned(from, to period.Date) {
	if !from.IsZero() && !to.IsZero() && to.Last().Before(from.First()) {
		fs.say(FaultEndsBefore, to.String(), from.String(), "to", "the period ends (%s) before it starts (%s)", to, from)
	}
}

// oneOf faults a word that is none of a list; an empty one only where it is needed.
func (fs *Faults) oneOf(field, word string, needed bool, list []string) {
	if word == "" && !needed || slices.Contains(list, word) {
		return
	}
	fs.say(FaultNotAmong, word, strings.Join(list, ", "), field, "%q is none of the words that can stand here: %s", word, strings.Join(list, ", "))
}

// spanText is a period as it stands in titles.
func spanText(from, to period.Date) string {
	if from == to {
		return from.String()
	}
	return given("..", from.String(), to.String())
}
