package story

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"fener/period"
)

// maxFile is how long a file may be: three languages with their titles.
const maxFile = 3*MaxText + 4096

// MaxText is how long a story's text may be in each language, in bytes.
const MaxText = 40_000

// Words are the same in the three languages; Serbian in Latin script.
type Words struct{ SQ, SR, EN string }

// A File is a story as its file has it.
type File struct {
	Name   string      // in its address
	Author string      // who wrote it
	Date   period.Date // when it was written
	Titles Words
	Texts  Words // in Markdown, without the titles
	Line   int   // on which its text begins
	// References are the placements of all languages in the order of the file, by
	// its lines.
	References []*Reference
}

// Languages are the parts that a file may have, in the order of the record.
var Languages = []string{"sq", "sr", "en"}

// part is the text of one language in a file.
type part struct {
	language string
	line     int // of the line that begins it
	text     []byte
}

// partLine begins the text of a language. Three hyphens alone are a rule in Markdown.
var partLine = regexp.MustCompile(`^---[ \t]+(\S+)[ \t]*$`)

// Read reads a story's file: lines of names and values between two lines of
// three hyphens, then for each language a line such as "--- en", a title after #
// and the text. What is wrong with it comes by its lines, all of it where that is
// possible; Differs is for a person to look at, everything else is refused.
func Read(from io.Reader) (*File, []Problem, error) {
	content, err := io.ReadAll(io.LimitReader(from, maxFile+1))
	if err != nil {
		return nil, nil, fmt.Errorf("reading a story: %w", err)
	}
	f := &File{}
	if len(content) > maxFile {
		return f, []Problem{{Code: TooLarge, Detail: strconv.Itoa(maxFile)}}, nil
	}
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	content = bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n"))
	if line := notText(content); line > 0 {
		return f, []Problem{{Line: line, Code: NotText}}, nil
	}
	problems, body, line := f.header(content)
	parts, wrong := split(body, line)
	problems = append(problems, wrong...)
	if len(parts) > 0 {
		f.Line = parts[0].line
	}
	placed := map[string]map[string]int{}
	for _, p := range parts {
		named, wrong := f.take(p)
		problems = append(problems, wrong...)
		placed[p.language] = named
	}
	problems = append(problems, differing(parts, placed)...)
	slices.SortStableFunc(problems, func(a, b Problem) int { return a.Line - b.Line })
	return f, problems, nil
}

// notText is the first line that is no text, 0 if all is.
func notText(content []byte) int {
	n := 0
	for line := range bytes.Lines(content) {
		n++
		if !utf8.Valid(line) || bytes.ContainsFunc(line, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == 0x7f || unicode.Is(unicode.Cf, r) }) {
			return n
		}
	}
	return 0
}

// header reads the lines at the top, and returns what follows and on which line.
func (f *File) header(content []byte) (problems []Problem, rest []byte, line int) {
	fail := func(format string, args ...any) {
		problems = append(problems, Problem{line, BadHeader, fmt.Sprintf(format, args...)})
	}
	first, rest, _ := bytes.Cut(content, []byte("\n"))
	line = 1
	if strings.TrimSpace(string(first)) != "---" {
		fail("the file begins with a line ---, then story, author and date, then a line ---")
		return problems, content, 1
	}
	given := map[string]bool{}
	for {
		var text []byte
		var more bool
		text, rest, more = bytes.Cut(rest, []byte("\n"))
		line++
		if s := strings.TrimSpace(string(text)); s == "---" {
			break
		} else if s != "" {
			name, value, ok := strings.Cut(s, ":")
			name, value = strings.TrimSpace(name), strings.TrimSpace(value)
			if !ok || given[name] || !f.set(name, value, fail) {
				fail("%q: expected one line each of story: NAME, author: NAME and date: 2026-11-20", shorten(s))
			}
			given[name] = true
		}
		if !more {
			fail("no line --- ends the lines at the top")
			return problems, nil, line
		}
	}
	for _, name := range []string{"story", "author", "date"} {
		if !given[name] {
			fail("%s: is missing", name)
		}
	}
	return problems, rest, line + 1
}

func (f *File) set(name, value string, fail func(string, ...any)) bool {
	switch name {
	case "story":
		f.Name = value
	case "author":
		f.Author = value
	case "date":
		var err error
		if f.Date, err = period.ParseDate(value); err != nil {
			fail("date: %v", err)
		}
	default:
		return false
	}
	return true
}

// split divides what follows the top into the parts of the languages; line is
// that of its first line.
func split(body []byte, line int) (parts []part, problems []Problem) {
	line--
	for text := range bytes.Lines(body) {
		line++
		m := partLine.FindSubmatch(bytes.TrimRight(text, "\n"))
		switch {
		case m == nil && len(parts) == 0:
			if len(bytes.TrimSpace(text)) > 0 && len(problems) == 0 {
				problems = append(problems, Problem{line, NoLanguage, shorten(strings.TrimSpace(string(text)))})
			}
		case m == nil:
			parts[len(parts)-1].text = append(parts[len(parts)-1].text, text...)
		case !slices.Contains(Languages, string(m[1])):
			problems = append(problems, Problem{line, NoLanguage, shorten(string(m[0]))})
			parts = append(parts, part{line: line}) // what follows belongs to it and not to the one before
		default:
			if slices.ContainsFunc(parts, func(p part) bool { return p.language == string(m[1]) }) {
				problems = append(problems, Problem{line, TwiceLanguage, string(m[1])})
			}
			parts = append(parts, part{language: string(m[1]), line: line})
		}
	}
	parts = slices.DeleteFunc(parts, func(p part) bool { return p.language == "" })
	if len(parts) == 0 && len(problems) == 0 {
		problems = append(problems, Problem{line, NoLanguage, ""})
	}
	return parts, problems
}

// take takes one language into the story, and returns what it places, by name
// with the line.
func (f *File) take(p part) (named map[string]int, problems []Problem) {
	title, text, at := cutTitle(p.text)
	if title == "" {
		return nil, []Problem{{p.line, NoTitle, p.language}}
	}
	if p.language == "sr" {
		if word := cyrillicWord(title + " " + text); word != "" {
			problems = append(problems, Problem{p.line, Cyrillic, shorten(word)})
		}
	}
	if strings.TrimSpace(text) == "" {
		return nil, append(problems, Problem{p.line, EmptyText, p.language})
	}
	switch kept := strings.Trim(text, "\n") + "\n"; p.language {
	case "sq":
		f.Titles.SQ, f.Texts.SQ = title, kept
	case "sr":
		f.Titles.SR, f.Texts.SR = title, kept
	case "en":
		f.Titles.EN, f.Texts.EN = title, kept
	}
	parsed := Parse(text)
	for _, wrong := range parsed.Problems() {
		if wrong.Line > 0 {
			wrong.Line += p.line + at
		} else {
			wrong.Line = p.line
		}
		problems = append(problems, wrong)
	}
	named = map[string]int{}
	for _, ref := range parsed.References() {
		ref.Line += p.line + at
		f.References = append(f.References, ref)
		if _, ok := named[ref.Named()]; !ok {
			named[ref.Named()] = ref.Line
		}
	}
	return named, problems
}

// cutTitle takes the title from the first line that is not empty; at is how many
// lines stand before the text that remains.
func cutTitle(text []byte) (title, rest string, at int) {
	for len(text) > 0 {
		line, more, _ := bytes.Cut(text, []byte("\n"))
		at++
		if s := strings.TrimSpace(string(line)); s != "" {
			if title, ok := strings.CutPrefix(s, "# "); ok {
				return strings.TrimSpace(title), strings.TrimRight(string(more), "\n") + "\n", at
			}
			return "", "", at
		}
		text = more
	}
	return "", "", at
}

func cyrillicWord(text string) string {
	for word := range strings.FieldsSeq(text) {
		if strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }) {
			return word
		}
	}
	return ""
}

// differing says what one language places and another does not: a translation
// that lacks a figure is easily overlooked.
func differing(parts []part, placed map[string]map[string]int) (problems []Problem) {
	for _, p := range parts {
		for _, q := range parts {
			var lacking []string
			for name := range placed[p.language] {
				if _, ok := placed[q.language][name]; !ok && placed[q.language] != nil {
					lacking = append(lacking, name)
				}
			}
			slices.Sort(lacking)
			for _, name := range lacking {
				problems = append(problems, Problem{placed[p.language][name], Differs, "{{" + name + "}} (" + q.language + ")"})
			}
		}
	}
	return problems
}
