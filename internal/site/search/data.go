package search

import (
	"strconv"

	"fener/internal/page"
	"fener/internal/record"
)

// SearchDocument is what a search found.
type SearchDocument struct {
	page.Head
	Query string  `json:"query"`
	Limit int     `json:"limit"` // of the results from the record; more words find fewer
	Found []Found `json:"found"`
}

// Found is one result.
type Found struct {
	Kind    record.Kind `json:"kind"` // case, indicator, claim, observation, provision, institution, source, article, reply
	ID      string      `json:"id"`
	Title   string      `json:"title"`
	Exact   bool        `json:"exact,omitempty"`   // the case number that was searched for
	Snippet string      `json:"snippet,omitempty"` // the piece of the record in which the words stand
	Path    string      `json:"path,omitempty"`
}

// Sheet is what was found as rows.
func (d *SearchDocument) Sheet() *page.Sheet {
	s := &page.Sheet{Columns: []string{"kind", "id", "title", "exact", "snippet", "path"}}
	for _, f := range d.Found {
		s.Rows = append(s.Rows, []string{string(f.Kind), f.ID, f.Title, strconv.FormatBool(f.Exact), f.Snippet, f.Path})
	}
	return s
}
