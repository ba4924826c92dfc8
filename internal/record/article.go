package record

import (
	"fener/period"
)

// ArticleKind is the kind of a piece that makes claims.
const ArticleKind Kind = "article"

// Article is a piece that makes claims: one statement after another.
type Article struct {
	Title     string      `json:"title"`
	Author    string      `json:"author,omitempty"`
	Published period.Date `json:"published,omitzero"`
	Source    string      `json:"source" ref:"source"` // the article itself as a source
	Synthetic bool        `json:"synthetic,omitempty"`
}

// Validate finds nothing wrong: what an article must have, its file is asked for.
func (a *Article) Validate(bool) Faults { return nil }

// Found is how it is found.
func (a *Article) Found(string) Found {
	return Found{Title: a.Title, Text: []string{a.Title, a.Author, a.Published.String()}, Cites: ids(a.Source), Synthetic: a.Synthetic}
}

// Texts are what a person wrote into it.
func (a *Article) Texts() []Text { return []Text{{"title", a.Title, true}} }

// SharedSource is its source.
func (a *Article) SharedSource(string) string { return a.Source }

// Coarsen takes out of an article what names it.
func (a *Article) Coarsen(Plain) {
	a.Published = year(a.Published)
	a.Title, a.Author = "–", ""
	if y := a.Published.String(); y != "" {
		a.Title = y
	}
}
