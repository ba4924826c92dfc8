package intake

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"fener/locale"
)

// Kind says whether a problem stops its row.
type Kind uint8

// The kinds of problems. A row with an error is not checked; one with a doubt
// is, and the doubt stands beside the answer.
const (
	Error Kind = iota
	Doubt
)

func (k Kind) String() string {
	if k == Doubt {
		return "doubt"
	}
	return "error"
}

// Code names a problem for programs; it never changes once published.
type Code string

// Problem is one thing wrong or in doubt, with its place in the file.
type Problem struct {
	File   string
	Sheet  string // the sheet of a workbook
	Among  bool   // several sheets are read, so that messages name the sheet
	Line   bool   // Row is a line of a text and Column a field in it
	Row    int    // as a person counts, the header being row 1; 0: the file as a whole
	Cell   string // C7, in a workbook
	Column string // the column's canonical name; empty: the row as a whole
	Field  int    // the column's place in the row, from 1; 0: not known
	Header string // the column's name as the file writes it
	Found  string // the text found, cut where it is very long
	Kind   Kind
	Code   Code
	Other  string // what the message compares with, such as the other date
	Hint   string // what would put it right, such as the other reading of a date
	Want   int    // a number expected
	Got    int    // a number found

	words *Spoken // what the message names, in each language
}

// Text says in one or two sentences where the problem is, what was found and
// what was expected.
func (p Problem) Text(l locale.Lang) string {
	return p.where(l) + ": " + p.What(l) + " " + p.Expected(l)
}

// What says what is wrong, without the place.
func (p Problem) What(l locale.Lang) string { return p.fill(l, string(p.Code)) }

// Expected says what should stand there, or what to do.
func (p Problem) Expected(l locale.Lang) string { return p.fill(l, string(p.Code)+".expected") }

func (p Problem) where(l locale.Lang) string {
	key := "where"
	if p.Among {
		key += ".sheet"
	}
	switch {
	case p.Line:
		key += ".line"
	case p.Row > 0:
		key += ".row"
	}
	if p.Column != "" || p.Header != "" {
		key += ".column"
	}
	if p.Cell != "" {
		key += ".cell"
	}
	return p.fill(l, key)
}

func (p Problem) fill(l locale.Lang, key string) string {
	var b strings.Builder
	for _, piece := range catalogue(l)[key] {
		if piece.name == "" {
			b.WriteString(piece.text)
			continue
		}
		if piece.name == "words" && p.words != nil {
			b.WriteString((*p.words)[l])
			continue
		}
		b.WriteString(p.value(piece.name))
	}
	return b.String()
}

// value is what a placeholder of a message stands for. Texts from the file
// are quoted, which makes control characters in them harmless on a terminal.
func (p Problem) value(name string) string {
	switch name {
	case "file":
		return printable(p.File)
	case "sheet":
		return printable(p.Sheet)
	case "row":
		return strconv.Itoa(p.Row)
	case "cell":
		return p.Cell
	case "column":
		if p.Header != "" {
			return printable(p.Header)
		}
		return p.Column
	case "canonical":
		return p.Column
	case "found":
		return strconv.Quote(p.Found)
	case "other":
		return printable(p.Other)
	case "places": // was quoted piece by piece
		return p.Other
	case "hint":
		return printable(p.Hint)
	case "want":
		return strconv.Itoa(p.Want)
	case "got":
		return strconv.Itoa(p.Got)
	}
	return ""
}

func printable(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return strconv.Quote(s)
	}
	return s
}

// longestFound is how many bytes of a text a problem repeats.
const longestFound = 120

// excerpt is a text short enough for a message, and a copy, so that a kept
// problem does not keep the block it was found in.
func excerpt(s string) string {
	if len(s) <= longestFound {
		return strings.Clone(s)
	}
	end := longestFound
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "…"
}
