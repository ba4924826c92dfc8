package intake

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"fener/law"
	"fener/locale"
)

// Description is what is read of one column.
type Description struct {
	Name  string   // the canonical name
	Names []string // what else it may be called
	Vague []string // names that count where no other column has a better one
	Words []WordsFor
	Forms string // what else is read, in the language asked for
}

// WordsFor are the words that mean one value.
type WordsFor struct {
	Value string // as the check writes it
	Words []string
}

// ColumnNames are the canonical names of all columns.
func ColumnNames() (names []string) {
	for c := colCase; c < columnCount; c++ {
		names = append(names, c.String())
	}
	return names
}

// SourceColumns are the columns of a table of sources.
func SourceColumns() []string { return namesOf(sourceColumns) }

// ObservationColumns are the columns of a table of observations.
func ObservationColumns() []string { return namesOf(observationColumns) }

func namesOf(columns []tableColumn) (names []string) {
	for _, c := range columns {
		names = append(names, c.name)
	}
	return names
}

// Describe says what is read of the column of any of its names; ok is false
// where the name is not understood.
func Describe(name string, l locale.Lang) (d Description, ok bool) {
	c := understood(strings.TrimSpace(locale.Plain(name))).c
	if c == colNone {
		return d, false
	}
	d = Description{Name: c.String(), Names: headers[c][1:], Forms: c.forms(l)}
	d.Vague = append(d.Vague, vagueNames[c]...)
	d.Words = c.words()
	return d, true
}

// forms is what the column's problem says should be written.
func (c column) forms(l locale.Lang) string {
	code := map[column]Code{
		colJudgmentDate: badDate, colOffenceFrom: badDate, colOffenceTo: badDate, colVerdict: badVerdict, colJoint: badYesNo,
		colImprisonment: badLength, colSuspended: badYesNo, colVerification: badLength, colFine: badFine, colReplacedBy: badReplaced,
		colWorkHours: badHours, colMitigation: badGround, colReasonsGiven: badYesNo, colForm: badForm, colOffender: badOffender,
		colAge: badAge, colChildVictim: badYesNo, colFinal: badYesNo, colCount: badCount,
	}[c]
	if code == "" {
		return ""
	}
	forms := Problem{Code: code, Column: c.String()}.Expected(l)
	if yesNoLists[c] != nil {
		forms += " " + Problem{}.fill(l, "marks_read")
	}
	return forms
}

// words are the words that are read in a column, by their value.
func (c column) words() []WordsFor {
	yesNo := func(t law.Tri) string { return cmp.Or(t.String(), "unknown") }
	switch c {
	case colVerdict:
		return byValue(func(v law.Verdict) string { return cmp.Or(v.String(), "unknown") }, verdictWords)
	case colForm:
		return byValue(func(v law.Form) string { return cmp.Or(v.String(), "unknown") }, formWords)
	case colOffender:
		return byValue(func(v law.Offender) string { return cmp.Or(v.String(), "unknown") }, offenderWords)
	case colMitigation:
		return byValue(func(v law.Grounds) string { return cmp.Or(v.String(), "unknown") }, groundWords)
	case colReplacedBy:
		return byValue(func(v law.Replaced) string { return v.String() }, replacedWords)
	case colSuspended:
		return byValue(yesNo, suspendedTri, triWords)
	case colFinal:
		return byValue(yesNo, finalTri, triWords)
	case colChildVictim:
		return byValue(yesNo, childTri, triWords)
	case colJoint, colReasonsGiven:
		return byValue(yesNo, triWords)
	case colImprisonment:
		return truths(map[string][]map[string]bool{"life": {lifeWords}, "none": {noneWords, noPrison}, "unknown": {unknownWords, missingWords}})
	case colFine:
		return truths(map[string][]map[string]bool{"none": {noneWords, noFine}, "yes": {yesWords}, "unknown": {unknownWords, missingWords}})
	}
	return nil
}

// byValue turns lists of words round. The words stand as they are looked up:
// without marks and capitals, and in Latin letters.
func byValue[T comparable](name func(T) string, lists ...map[string]T) []WordsFor {
	all := map[string][]string{}
	for _, list := range lists {
		for word, value := range list {
			if word != "" && !slices.Contains(all[name(value)], word) {
				all[name(value)] = append(all[name(value)], word)
			}
		}
	}
	return sorted(all)
}

func truths(lists map[string][]map[string]bool) []WordsFor {
	all := map[string][]string{}
	for value, sets := range lists {
		for _, set := range sets {
			for word := range set {
				if word != "" {
					all[value] = append(all[value], word)
				}
			}
		}
	}
	return sorted(all)
}

func sorted(all map[string][]string) (out []WordsFor) {
	for _, value := range slices.Sorted(maps.Keys(all)) {
		slices.Sort(all[value])
		out = append(out, WordsFor{value, slices.Compact(all[value])})
	}
	return out
}
