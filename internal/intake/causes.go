package intake

import (
	"strconv"
	"strings"

	"fener/locale"
)

// Cause is one thing wrong in many places of a file, so that it can be told once.
type Cause struct {
	First Problem
	Rest  []Problem // the same in other rows, or of other columns
}

// Group puts problems with one cause together, in the order of their first.
func Group(problems []Problem) []Cause {
	type key struct {
		file, sheet, column, hint string
		code                      Code
		kind                      Kind
		header                    bool
	}
	at := map[key]int{}
	var causes []Cause
	for _, p := range problems {
		k := key{file: p.File, sheet: p.Sheet, column: p.Column, code: p.Code, kind: p.Kind, header: p.Column == "" && p.Header != ""}
		switch p.Code {
		case nearColumn, missingColumn, absentColumn, doubleColumn:
			k.hint = p.Found + "\x00" + p.Hint // each has an advice of its own
		}
		i, ok := at[k]
		if !ok {
			at[k] = len(causes)
			causes = append(causes, Cause{First: p})
			continue
		}
		causes[i].Rest = append(causes[i].Rest, p)
	}
	return causes
}

// listed is how many places of a cause are named.
const listed = 8

// Text says what is wrong and where: the first place in full, and the others
// with what stands there.
func (c Cause) Text(l locale.Lang) string {
	text := c.First.Text(l)
	if len(c.Rest) > 0 {
		summary := Problem{Got: len(c.Rest) + 1}
		names := c.First.Column == "" && c.First.Header != ""
		var places []string
		for _, p := range c.Rest[:min(len(c.Rest), listed)] {
			switch {
			case names:
				places = append(places, p.value("found"))
			case p.Found != "" && p.Found != c.First.Found:
				places = append(places, strconv.Itoa(p.Row)+" ("+p.value("found")+")")
			default:
				places = append(places, strconv.Itoa(p.Row))
			}
		}
		if len(c.Rest) > listed {
			places = append(places, "…")
		}
		key := "also.rows"
		if names {
			key = "also.names"
		}
		summary.Other = strings.Join(places, ", ")
		text += " " + summary.fill(l, key)
	}
	if hasWords[c.First.Code] && c.First.Column != "" {
		text += " " + c.First.fill(l, "see_words")
	}
	return text
}

// hasWords are the problems whose column has more words than its message names.
var hasWords = map[Code]bool{badYesNo: true, crossMark: true, badVerdict: true, badGround: true, badForm: true, badOffender: true, badLength: true, badFine: true, badDate: true, badReplaced: true}
