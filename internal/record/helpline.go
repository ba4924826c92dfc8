package record

import (
	"slices"
	"strings"

	"fener/period"
)

// HelplineKind is the kind of a place that a person can turn to, as a source gives it. Its ids are words, since it names nobody.
const HelplineKind Kind = "helpline"

// Helpline is where somebody can call or write for help, as one source gave it at
// one time. Two sources that give one number are two: neither replaces the other,
// and the newer one is shown first.
type Helpline struct {
	Names       Names         `json:"names"`
	Institution string        `json:"institution,omitempty" ref:"institution"` // who answers
	Service     string        `json:"service"`                                 // one of HelplineServices
	Numbers     []string      `json:"numbers,omitempty"`                       // as the source prints them, the first one first
	Contact     string        `json:"contact,omitempty"`                       // where to write, of an office
	Free        bool          `json:"free,omitempty"`                          // the source says that calling costs nothing
	Hours       Names         `json:"hours,omitzero"`
	ForWhom     Names         `json:"for_whom,omitzero"`
	Languages   []string      `json:"languages,omitempty"` // codes: sq, sr, en, rom, tr, bs
	AsOf        period.Date   `json:"as_of,omitzero"`      // of the source; empty where it is not dated
	Citation    Citation      `json:"citation"`
	Doubt       HelplineDoubt `json:"doubt,omitempty"` // why it must be asked before it is printed
	Note        string        `json:"note,omitempty"`
	Synthetic   bool          `json:"synthetic,omitempty"`
}

// HelplineServices are what a person gets there, the most urgent first.
var HelplineServices = []string{"police", "help", "child", "advocate", "legal_aid", "complaint", "compensation", "office"}

// helplineLanguages are the languages that people in Kosovo are answered in.
var helplineLanguages = []string{"sq", "sr", "en", "rom", "tr", "bs"}

// A HelplineDoubt says why a help line may not answer.
type HelplineDoubt string

// The doubts.
const (
	OldNumber     HelplineDoubt = "old"         // newer sources give another, or nothing newer was found
	NoNumber      HelplineDoubt = "no_number"   // the source gives none
	NotYetOpen    HelplineDoubt = "planned"     // the source says that it is to come
	UndatedNumber HelplineDoubt = "undated"     // nobody knows of when the source is
	OtherSpelling HelplineDoubt = "other_digit" // another source prints it otherwise
)

// HelplineDoubts lists them.
var HelplineDoubts = []HelplineDoubt{OldNumber, NoNumber, NotYetOpen, UndatedNumber, OtherSpelling}

// helplineSheet is a table of help lines, one statement of one source in each row.
var helplineSheet = &Sheet{
	Name: "helplines",
	Columns: []string{"id", "name_en", "service", "name_sq", "name_sr", "institution", "numbers", "contact", "free", "hours_en", "hours_sq", "hours_sr",
		"for_whom_en", "for_whom_sq", "for_whom_sr", "languages", "as_of", "source", "place", "quote", "doubt", "note"},
	Needed: 3,
	Read: func(row *Row) (words, title string, b Body) {
		h := &Helpline{Names: row.Names("name"), Institution: row.Text("institution"), Service: row.Text("service"), Numbers: row.List("numbers"),
			Contact: row.Text("contact"), Free: row.Yes("free"), Hours: row.Names("hours"), ForWhom: row.Names("for_whom"), Languages: row.List("languages"),
			AsOf: row.Date("as_of"), Citation: row.Citation(), Doubt: HelplineDoubt(row.Text("doubt")), Note: row.Text("note")}
		return row.Text("id"), "", h
	},
}

// Validate checks a help line by itself. A number that somebody in need calls must
// be one that its source gives, or be said to be in doubt.
func (h *Helpline) Validate(public bool) Faults {
	var fs Faults
	if h.Names == (Names{}) {
		fs.add("names", "are empty; a help line needs a name in one language at least")
	}
	if !slices.Contains(HelplineServices, h.Service) {
		fs.add("service", "%q is unknown: expected one of %s", h.Service, strings.Join(HelplineServices, ", "))
	}
	for _, n := range h.Numbers {
		if strings.Trim(n, "0123456789 +-/") != "" || !strings.ContainsAny(n, "0123456789") {
			fs.add("numbers", "%q is no telephone number: expected digits and spaces, several divided by semicolons", n)
		}
	}
	for _, l := range h.Languages {
		if !slices.Contains(helplineLanguages, l) {
			fs.add("languages", "%q is unknown: expected some of %s", l, strings.Join(helplineLanguages, ", "))
		}
	}
	if h.Doubt != "" && !slices.Contains(HelplineDoubts, h.Doubt) {
		fs.add("doubt", "%q is unknown: expected one of %v", h.Doubt, HelplineDoubts)
	}
	switch {
	case len(h.Numbers) == 0 && h.Contact == "" && h.Doubt != NoNumber && h.Doubt != NotYetOpen:
		fs.add("numbers", "is empty, and so is the contact; say in doubt whether the source gives none (no_number) or the line is to come (planned)")
	case len(h.Numbers) > 0 && h.Doubt == NoNumber:
		fs.add("doubt", "says that there is no number, and one stands there")
	}
	if h.AsOf.IsZero() && h.Doubt == "" {
		fs.add("as_of", "is empty; say of when the source is, or in doubt that nobody knows (undated)")
	}
	fs.citations([]Citation{h.Citation}, public)
	fs.text("note", h.Note)
	return fs
}

// Found is how it is found.
func (h *Helpline) Found(string) Found {
	title := h.Names.EN
	if title == "" {
		title = h.Names.SQ + h.Names.SR
	}
	text := append([]string{h.Names.EN, h.Names.SQ, h.Names.SR, h.Service, h.ForWhom.EN, h.ForWhom.SQ, h.ForWhom.SR, h.Institution, h.Contact}, h.Numbers...)
	return Found{Title: title, Text: text, Cites: ids(h.Citation.Source), Synthetic: h.Synthetic}
}

// Texts are what a person wrote into it. Its numbers are an office's and no person's.
func (h *Helpline) Texts() []Text { return append(quoted(h.Citation), Text{"note", h.Note, false}) }

// SharedSource is its source.
func (h *Helpline) SharedSource(string) string { return h.Citation.Source }

// Coarsen takes out of a help line the words of its source. Whom to call stays: it
// names nobody, and somebody may need it.
func (h *Helpline) Coarsen(Plain) {
	h.AsOf = year(h.AsOf)
	h.Citation.Place, h.Citation.Quote, h.Note = "", "", ""
}
