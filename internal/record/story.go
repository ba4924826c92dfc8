package record

import (
	"fmt"
	"regexp"
	"strings"

	"fener/internal/story"
	"fener/period"
)

// StoryKind is a page that a person wrote, into which things on record are placed.
const StoryKind Kind = "story"

// MaxPlaced is how many things one story may place.
const MaxPlaced = 80

// Story is a text in the languages of the record, written in Markdown, with the
// things on record that are placed into it. What is placed is shown as it stands
// when somebody reads it; beside it stands how it stood when the text was written.
type Story struct {
	Name      string      `json:"name"`   // in its address
	Names     Names       `json:"names"`  // its title
	Author    string      `json:"author"` // who wrote it
	Date      period.Date `json:"date"`   // when it was written
	Written   Names       `json:"texts"`  // in Markdown, without the title
	Placed    []Placed    `json:"placed,omitempty"`
	AsOf      period.Date `json:"as_of,omitzero"` // the day of which Was tells
	Synthetic bool        `json:"synthetic,omitempty"`
}

// Placed is one thing that a story places: as the text names it, and which thing
// on record that is. Figures and provisions are no things on record and have no id.
type Placed struct {
	Named  string `json:"named"`                         // as the text has it, without the words of a quotation
	Source string `json:"source,omitempty" ref:"source"` // ids
	Claim  string `json:"claim,omitempty" ref:"claim"`
	Case   string `json:"case,omitempty" ref:"case"`
	Was    string `json:"was,omitempty"` // how it stood on the day AsOf: a figure's value, a claim's standing, how many values were reported
}

var storyName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// maxStoryName is how long the name of a story may be, in bytes.
const maxStoryName = 80

// Validate checks a story by itself; what its text may hold is for package story.
func (s *Story) Validate(bool) Faults {
	var fs Faults
	if !storyName.MatchString(s.Name) || len(s.Name) > maxStoryName {
		fs.say(FaultStoryName, s.Name, fmt.Sprint(maxStoryName), "name", "%.90q is no name for an address; expected lower-case letters, digits and single hyphens, at most %d", s.Name, maxStoryName)
	}
	if strings.TrimSpace(s.Author) == "" {
		fs.say(FaultEmpty, "", "", "author", "is empty; a story says who wrote it")
	}
	if s.Date.Precision() != period.Day {
		fs.say(FaultNeedsDay, s.Date.String(), "", "date", "%s: a story says on which day it was written", s.Date)
	}
	if s.Written == (Names{}) {
		fs.say(FaultOneLanguage, "", "", "texts", "are empty; write it in one language at least")
	}
	for _, of := range []struct{ field, text, title string }{{"sq", s.Written.SQ, s.Names.SQ}, {"sr", s.Written.SR, s.Names.SR}, {"en", s.Written.EN, s.Names.EN}} {
		if (of.text == "") != (of.title == "") {
			fs.say(FaultTitleAndText, "", "", "names."+of.field, "a language has a title and a text, or neither")
		}
		if len(of.text) > story.MaxText {
			fs.say(FaultTooLong, fmt.Sprint(len(of.text)), fmt.Sprint(story.MaxText), "texts."+of.field, "%d bytes; at most %d", len(of.text), story.MaxText)
		}
		if len(of.title) > MaxQuote {
			fs.say(FaultTooLong, fmt.Sprint(len(of.title)), fmt.Sprint(MaxQuote), "names."+of.field, "%d bytes; at most %d", len(of.title), MaxQuote)
		}
	}
	if len(s.Placed) > MaxPlaced {
		fs.say(FaultTooMany, fmt.Sprint(len(s.Placed)), fmt.Sprint(MaxPlaced), "placed", "%d things; at most %d are placed into one story", len(s.Placed), MaxPlaced)
	}
	for i, p := range s.Placed {
		if p.Named == "" || len(p.Named) > MaxQuote {
			fs.add(fmt.Sprintf("placed[%d].named", i), "is empty or longer than %d bytes", MaxQuote)
		}
	}
	return fs
}

// Found is how it is found: by what its author says, not by what is placed, which may
// go off the record.
func (s *Story) Found(string) Found {
	f := Found{Title: s.Names.EN, Text: []string{s.Names.SQ, s.Names.SR, s.Names.EN, s.Author}, Synthetic: s.Synthetic}
	if f.Title == "" {
		f.Title = s.Names.SQ + s.Names.SR
	}
	for _, text := range []string{s.Written.SQ, s.Written.SR, s.Written.EN} {
		f.Text = append(f.Text, story.Parse(text).Plain())
	}
	var sources []string
	for _, p := range s.Placed {
		sources = append(sources, p.Source)
	}
	f.Cites = ids(sources...)
	return f
}

// Texts are what its author wrote.
func (s *Story) Texts() []Text {
	return []Text{{"names", s.Names.EN, true}, {"names", s.Names.SQ, true}, {"names", s.Names.SR, true},
		{"texts", s.Written.EN, false}, {"texts", s.Written.SQ, false}, {"texts", s.Written.SR, false}}
}

// CoarsenQuotes takes out the words of quotations from the sources that are shared
// with the case of a child victim, and their names, which may be words of a title.
func (s *Story) CoarsenQuotes(shared func(source string) bool) (changed bool) {
	held := map[string]string{}
	for i := range s.Placed {
		if p := &s.Placed[i]; p.Source != "" && shared(p.Source) {
			held[p.Named] = p.Source
			p.Named = string(story.Quote) + " " + p.Source
		}
	}
	if len(held) == 0 {
		return false
	}
	for _, text := range []*string{&s.Written.SQ, &s.Written.SR, &s.Written.EN} {
		*text = story.WithoutWords(*text, func(ref *story.Reference) string { return held[ref.Named()] })
	}
	return true
}
