package sources

import (
	"strconv"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/shown"
	"fener/internal/view"
)

// SourceEntry is a source in a list, with how much rests on it.
type SourceEntry struct {
	shown.Source
	Cited int `json:"cited"`
}

// SourcesDocument is a list of sources.
type SourcesDocument struct {
	page.Head
	page.List
	Sources []SourceEntry `json:"sources"`
}

// sourcesDocument is a page of the list of sources.
func sourcesDocument(head page.Head, rows []view.SourceRow, list page.List) SourcesDocument {
	d := SourcesDocument{Head: head, List: list, Sources: []SourceEntry{}}
	for _, s := range rows {
		d.Sources = append(d.Sources, SourceEntry{shown.SourceOf(s.ID, s.Source), s.Cited})
	}
	return d
}

// Sheet is the list as rows.
func (d *SourcesDocument) Sheet() *page.Sheet {
	s := &page.Sheet{Columns: []string{"source", "title", "publisher", "kind", "language", "published", "address", "archived_sha256", "cited", "path"}}
	for _, e := range d.Sources {
		hash := ""
		if e.Archive != nil {
			hash = e.Archive.SHA256
		}
		s.Rows = append(s.Rows, []string{e.ID, e.Title, e.Publisher, e.Kind, e.Language, e.Published.String(), e.Address, hash, strconv.Itoa(e.Cited), e.Path})
	}
	return s
}

// Resting is a thing that rests on a source: what it is, and the short quotations that tie it to the source.
type Resting struct {
	Kind   record.Kind `json:"kind"`
	Title  string      `json:"title"`
	Path   string      `json:"path,omitempty"`
	Quotes []Quotation `json:"quotations,omitempty"`
}

// Quotation is a place in a source, in its own words.
type Quotation struct {
	Place string `json:"place,omitempty"`
	Quote string `json:"quote,omitempty"`
}

// SourceDocument is one source and everything that rests on it.
type SourceDocument struct {
	page.Head
	Source shown.Source `json:"source"`
	Rests  []Resting    `json:"rests"`
}

// sourceDocument is the document of one source.
func sourceDocument(head page.Head, f *view.SourceFile, rests []Resting) SourceDocument {
	if rests == nil {
		rests = []Resting{}
	}
	return SourceDocument{Head: head, Source: shown.SourceOf(f.ID, f.Source), Rests: rests}
}

// Sheet is what rests on the source as rows, one for each quotation.
func (d *SourceDocument) Sheet() *page.Sheet {
	s := &page.Sheet{Columns: []string{"source", "kind", "title", "place", "quote", "path"}}
	for _, r := range d.Rests {
		quotes := r.Quotes
		if len(quotes) == 0 {
			quotes = []Quotation{{}}
		}
		for _, q := range quotes {
			s.Rows = append(s.Rows, []string{d.Source.ID, string(r.Kind), r.Title, q.Place, q.Quote, r.Path})
		}
	}
	return s
}
