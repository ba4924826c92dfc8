package shown

import (
	"net/url"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/answer"
	"fener/period"
)

// SourceTitle names a source; where its title is not on record its id stands in.
func SourceTitle(title, id string) string {
	if title == "" {
		return id
	}
	return title
}

// LanguageText names the language of a source where it is one of ours, and else gives its tag.
func LanguageText(r *page.Request, tag string) string {
	if l := page.WrittenIn(tag); l != "" {
		return answer.LanguageName(r, l)
	}
	return tag
}

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

// SourceOf is a source on record as documents have it.
func SourceOf(id string, s record.Source) Source {
	return Source{ID: id, Title: s.Title, Publisher: s.Publisher, Kind: s.Kind, Language: s.Language, Published: s.Published, Address: s.Address,
		Archive: s.Archive, Synthetic: s.Synthetic, Path: SourcePath(id)}
}
