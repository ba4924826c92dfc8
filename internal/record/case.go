package record

import (
	"strings"

	"fener/law"
	"fener/period"
)

// CaseKind is the kind of a court file through its instances.
const CaseKind Kind = "case"

// Case is one court file through its instances. A judgment belongs to a case
// by its id; an entry of this kind exists only where there is more to say.
type Case struct {
	Numbers     []string    `json:"numbers"`                // as written, of all instances
	ChildVictim law.Tri     `json:"child_victim,omitzero"`  // then nothing finer than court and year is public
	Indicted    period.Date `json:"indicted,omitzero"`      // date of the indictment
	Form        string      `json:"exploitation,omitempty"` // form of exploitation, as the source calls it
	Note        string      `json:"note,omitempty"`
	Citations   []Citation  `json:"citations,omitempty"`
	Synthetic   bool        `json:"synthetic,omitempty"`

	// LiftedAt is the revision by which somebody lifted the protection of a child
	// victim, in an act of its own; see Protection.
	LiftedAt int `json:"protection_lifted_at_revision,omitempty"`
}

// Validate checks a case.
func (c *Case) Validate(bool) Faults {
	var fs Faults
	fs.text("note", c.Note)
	fs.citations(c.Citations, false)
	return fs
}

// Found is how it is found.
func (c *Case) Found(id string) Found {
	f := Found{Title: strings.Join(c.Numbers, ", "), Part: id, Numbers: c.Numbers, Cites: cited(c.Citations), Synthetic: c.Synthetic}
	f.Text = []string{f.Title, c.Form, c.Note}
	for _, citation := range c.Citations {
		f.Text = append(f.Text, citation.Quote)
	}
	return f
}

// Texts are what a person wrote into it.
func (c *Case) Texts() []Text {
	return append([]Text{{"note", c.Note, false}, {"exploitation", c.Form, false}}, quoted(c.Citations...)...)
}

// CaseOf is itself.
func (c *Case) CaseOf(id string) string { return id }

// Coarsen leaves nothing finer than the year, and none of the words in which a place, a day or a person could stand.
func (c *Case) Coarsen(Plain) {
	c.Indicted, c.Form, c.Note, c.Citations = year(c.Indicted), "", "", withoutWords(c.Citations)
}
