package record

import (
	"net/url"
	"strings"

	"fener/period"
)

// SourceKind is the kind of a document that facts come from.
const SourceKind Kind = "source"

// Source is a document that facts come from.
type Source struct {
	Title     string      `json:"title"`
	Publisher string      `json:"publisher,omitempty"`
	Kind      string      `json:"kind,omitempty"` // judgment, law, report, article, release, statistics, letter, other
	Language  string      `json:"language,omitempty"`
	Published period.Date `json:"published,omitzero"`
	Address   string      `json:"address,omitempty"`
	Retells   string      `json:"retells,omitempty" ref:"source"` // id of the source that this one retells
	Archive   *Archive    `json:"archive,omitempty"`
	Note      string      `json:"note,omitempty"`
	Synthetic bool        `json:"synthetic,omitempty"` // generated for trying out; said wherever it is seen
}

// Archive is the archived copy of a source, found by its hash.
type Archive struct {
	SHA256    string `json:"sha256"` // hexadecimal
	Name      string `json:"name"`
	Bytes     int64  `json:"bytes"`
	MediaType string `json:"media_type"`
}

// Validate checks a source.
func (s *Source) Validate(bool) Faults {
	var fs Faults
	if strings.TrimSpace(s.Title) == "" {
		fs.say(FaultEmpty, "", "", "title", "is empty; a source needs a title")
	}
	if s.Address != "" {
		if u, err := url.Parse(s.Address); err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
			fs.say(FaultAddress, s.Address, "", "address", "%q is not a web address beginning with http:// or https://", s.Address)
		}
	}
	if a := s.Archive; a != nil && (len(a.SHA256) != 64 || strings.Trim(a.SHA256, "0123456789abcdef") != "") {
		fs.say(FaultHash, a.SHA256, "", "archive.sha256", "%q is not a SHA-256 in 64 hexadecimal digits", a.SHA256)
	}
	fs.text("note", s.Note)
	return fs
}

// Found is how it is found.
func (s *Source) Found(string) Found {
	return Found{Title: s.Title, Text: []string{s.Title, s.Publisher, s.Kind, s.Published.String(), s.Address, s.Note}, Cites: ids(s.Retells), Synthetic: s.Synthetic}
}

// Texts are what a person wrote into it.
func (s *Source) Texts() []Text { return []Text{{"title", s.Title, true}, {"note", s.Note, false}} }

// SharedSource is itself.
func (s *Source) SharedSource(id string) string { return id }

// Coarsen takes out of a source everything that could name the case it is about.
func (s *Source) Coarsen(Plain) {
	s.Published = year(s.Published)
	s.Title = s.Publisher
	if y := s.Published.String(); y != "" {
		s.Title = strings.TrimPrefix(s.Title+", "+y, ", ")
	}
	if s.Title == "" {
		s.Title = "–"
	}
	s.Address, s.Note, s.Archive = "", "", nil
}
