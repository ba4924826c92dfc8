package batch

import (
	"regexp"
	"strings"

	"fener/internal/record"
	"fener/locale"
	"fener/period"
)

var (
	webAddress = regexp.MustCompile(`https?://[^\s<>"]+`)
	sourceDate = regexp.MustCompile(`[,.;(]\s*(\d{4}(?:-\d{2}(?:-\d{2})?)?|\d{1,2}\.\d{1,2}\.\d{4})\)?\s*[.,;]?\s*$`)
)

// ParseSource takes a source's one-line description apart: "Title. Publisher,
// 2013-04-29. https://example.org/". Publisher, date and address may each be
// missing; a bare address is its own title until somebody gives it a better one.
func ParseSource(text string) *record.Source {
	s := &record.Source{Kind: "other"}
	rest := strings.TrimSpace(text)
	if at := webAddress.FindStringIndex(rest); at != nil {
		s.Address = strings.TrimRight(rest[at[0]:at[1]], ".,;")
		rest = strings.TrimSpace(rest[:at[0]] + " " + rest[at[1]:])
	}
	if m := sourceDate.FindStringSubmatchIndex(rest); m != nil && m[0] > 0 {
		if d, err := period.ParseDate(rest[m[2]:m[3]]); err == nil {
			s.Published, rest = d, rest[:m[0]]
		}
	}
	rest = strings.Trim(rest, " .,;")
	if at := strings.LastIndex(rest, ". "); at > 0 {
		rest, s.Publisher = strings.Trim(rest[:at], " .,;"), strings.TrimSpace(rest[at+2:])
	}
	if s.Title = rest; s.Title == "" {
		s.Title = s.Address
	}
	return s
}

// sources finds a source on record by its id, address or title.
type sources struct {
	id     func(record.Kind, string) string
	titles map[string]string // by id
	byKey  map[string]string
	parsed map[string]parsedSource // texts met before; bounded, see resolve
}

type parsedSource struct {
	id  string
	new *record.Source // nil when it is on record
}

func newSources(id func(record.Kind, string) string) *sources {
	return &sources{id: id, titles: map[string]string{}, byKey: map[string]string{}, parsed: map[string]parsedSource{}}
}

func titleKey(title, publisher string) string {
	return "title " + record.Slug(title) + " " + record.Slug(publisher)
}

func addressKey(address string) string {
	address = strings.TrimPrefix(strings.TrimPrefix(address, "https://"), "http://")
	return "address " + strings.TrimSuffix(strings.TrimPrefix(address, "www."), "/")
}

// add makes a source findable. Its title alone finds it only where the source
// has no address: two pages may have one title.
func (s *sources) add(id string, src *record.Source) {
	clear(s.parsed)
	s.titles[id] = src.Title
	s.byKey["id "+id] = id
	if src.Address != "" {
		s.byKey[addressKey(src.Address)] = id
	}
	for _, key := range []string{titleKey(src.Title, src.Publisher), titleKey(src.Title, "")} {
		if _, taken := s.byKey[key]; !taken {
			s.byKey[key] = id
		}
	}
}

// resolve returns the source that a text means: one on record, or a new one.
// An empty text means none.
func (s *sources) resolve(text string) parsedSource {
	text = strings.TrimSpace(text)
	if p, ok := s.parsed[text]; ok || text == "" {
		return p
	}
	if len(s.parsed) > 10_000 { // a hostile file must not fill the memory
		clear(s.parsed)
	}
	p := s.search(text)
	s.parsed[text] = p
	return p
}

func (s *sources) search(text string) parsedSource {
	for _, id := range []string{text, s.id(record.SourceKind, text)} {
		if id, ok := s.byKey["id "+id]; ok {
			return parsedSource{id: id}
		}
	}
	src := ParseSource(text)
	keys := []string{titleKey(src.Title, src.Publisher), titleKey(text, "")}
	if src.Address != "" {
		keys = []string{addressKey(src.Address)} // an address decides alone
	}
	for _, key := range keys {
		if id, ok := s.byKey[key]; ok {
			return parsedSource{id: id}
		}
	}
	src.Synthetic = strings.HasPrefix(locale.Fold(src.Title), "synthetic")
	return parsedSource{id: s.id(record.SourceKind, sourceName(src)), new: src}
}
