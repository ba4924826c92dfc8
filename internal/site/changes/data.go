package changes

import (
	"strconv"

	"fener/internal/page"
)

// Changed is a correction or withdrawal of something that was published. Its words are in the language of the address.
type Changed struct {
	Kind   string         `json:"kind"`
	What   string         `json:"what"`
	Rev    int            `json:"revision"`
	At     int64          `json:"position"` // of the record, for whoever follows it with since
	When   string         `json:"when"`
	Why    string         `json:"why,omitempty"`
	Gone   string         `json:"gone,omitempty"`
	Fields []ChangedField `json:"fields,omitempty"`
	Path   string         `json:"path,omitempty"`
}

// ChangedField is one thing that a correction changed.
type ChangedField struct {
	Field  string `json:"field"`
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
}

// ChangesDocument lists what changed after it was published.
type ChangesDocument struct {
	page.Head
	page.List
	Changes []Changed `json:"changes"`
}

// Sheet is the list as rows, one for each field that changed.
func (d *ChangesDocument) Sheet() *page.Sheet {
	s := &page.Sheet{Columns: []string{"kind", "what", "revision", "position", "when", "why", "gone", "field", "before", "after", "path"}}
	for _, c := range d.Changes {
		fields := c.Fields
		if len(fields) == 0 {
			fields = []ChangedField{{}}
		}
		for _, f := range fields {
			s.Rows = append(s.Rows, []string{c.Kind, c.What, strconv.Itoa(c.Rev), strconv.FormatInt(c.At, 10), c.When, c.Why, c.Gone, f.Field, f.Before, f.After, c.Path})
		}
	}
	return s
}
