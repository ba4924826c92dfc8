package api

import (
	"net/url"
	"strconv"

	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
	"fener/period"
)

// SourcePath is the address of a source's page below the language.
func SourcePath(id string) string { return "sources/" + url.PathEscape(id) }

// Source is a document that facts come from.
type Source struct {
	ID        string          `json:"id"`
	Title     string          `json:"title"`
	Publisher string          `json:"publisher,omitempty"`
	Kind      string          `json:"kind,omitempty"`
	Language  string          `json:"language,omitempty"`
	Published period.Date     `json:"published,omitzero"`
	Address   string          `json:"address,omitempty"`
	Archive   *record.Archive `json:"archived_copy,omitempty"`
	Synthetic bool            `json:"synthetic,omitempty"`
	Path      string          `json:"path"`
}

func sourceOf(id string, s record.Source) Source {
	return Source{ID: id, Title: s.Title, Publisher: s.Publisher, Kind: s.Kind, Language: s.Language, Published: s.Published, Address: s.Address,
		Archive: s.Archive, Synthetic: s.Synthetic, Path: SourcePath(id)}
}

// SourceEntry is a source in a list, with how much rests on it.
type SourceEntry struct {
	Source
	Cited int `json:"cited"`
}

// SourcesDocument is a list of sources.
type SourcesDocument struct {
	Head
	List
	Sources []SourceEntry `json:"sources"`
}

// Sources is a page of the list of sources.
func Sources(head Head, rows []view.SourceRow, list List) SourcesDocument {
	d := SourcesDocument{Head: head, List: list, Sources: []SourceEntry{}}
	for _, s := range rows {
		d.Sources = append(d.Sources, SourceEntry{sourceOf(s.ID, s.Source), s.Cited})
	}
	return d
}

// Sheet is the list as rows.
func (d *SourcesDocument) Sheet() *Sheet {
	s := &Sheet{Columns: []string{"source", "title", "publisher", "kind", "language", "published", "address", "archived_sha256", "cited", "path"}}
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
	Head
	Source Source    `json:"source"`
	Rests  []Resting `json:"rests"`
}

// SourceWith is the document of one source.
func SourceWith(head Head, f *view.SourceFile, rests []Resting) SourceDocument {
	if rests == nil {
		rests = []Resting{}
	}
	return SourceDocument{Head: head, Source: sourceOf(f.ID, f.Source), Rests: rests}
}

// Sheet is what rests on the source as rows, one for each quotation.
func (d *SourceDocument) Sheet() *Sheet {
	s := &Sheet{Columns: []string{"source", "kind", "title", "place", "quote", "path"}}
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

// SearchDocument is what a search found.
type SearchDocument struct {
	Head
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

// HitPath is the address of what a search found; empty where it has no page.
func HitPath(h view.Hit) string {
	switch h.Kind {
	case record.CaseKind:
		return CasePath(h.ID)
	case record.SourceKind:
		return SourcePath(h.ID)
	case view.ProvisionKind:
		if ref, ok := law.ParseRef(h.ID); ok {
			return ProvisionPath(ref)
		}
	}
	return ""
}

// Sheet is what was found as rows.
func (d *SearchDocument) Sheet() *Sheet {
	s := &Sheet{Columns: []string{"kind", "id", "title", "exact", "snippet", "path"}}
	for _, f := range d.Found {
		s.Rows = append(s.Rows, []string{string(f.Kind), f.ID, f.Title, strconv.FormatBool(f.Exact), f.Snippet, f.Path})
	}
	return s
}
