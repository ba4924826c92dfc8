package report

import (
	"fener/internal/lang"
	"fener/law"
	"fener/locale"
	"fener/period"
)

// kind is what a column's cells are, and with it how each form of the answer writes them.
type kind uint8

const (
	textCell   kind = iota // free text: from the file, or in the language of the report
	wordCell               // one of the column's codes; empty where the question does not arise
	triCell                // yes, no or unknown; empty where the question does not arise
	flagCell               // true or false, always known
	numberCell             // a whole number, or empty
	moneyCell              // an amount with two decimals, or empty
	dateCell               // a day, a month or a year, or empty
	limitCell              // a length, life, none or unknown; empty where the question does not arise
	lengthCell             // a length, or empty
	fineCell               // euros, yes, unknown, or empty
	listCell               // texts joined by a separator; a list in JSON
)

// column is one column of the answer. The table of columns makes the CSV, the flat fields of JSON Lines, the XLSX, the codebook and the
// Table Schema, so that none of them can say what another does not.
type column struct {
	name  string
	kind  kind
	is    explanation
	sep   string        // between the items of a list
	codes func() []code // the words that can stand in it, also those that a law pack brings; nil: free

	text   func(*Report, *finding) string
	word   func(*finding) string
	tri    func(*finding) (law.Tri, bool) // false: the question does not arise
	flag   func(*finding) bool
	number func(*finding) (int64, bool)
	date   func(*finding) period.Date
	limit  func(*finding) (law.Limit, bool)
	length func(*finding) period.Length
	fine   func(*finding) law.Fine
	list   func(*Report, []string, *finding) []string

	key []byte // `,"name":` of JSON, ready to write
}

// code is a word that programs read, and what it means.
type code struct {
	word string
	text func(locale.Lang) string // nil: the catalogue's code.WORD
}

// explanation is the message that says what a column holds, with the column it belongs to or the word it is about.
type explanation struct {
	key string
	arg func(*lang.Catalogues, locale.Lang) string // fills {of}; nil: the message has none
}

// explain says in a language what the column holds.
func (c *column) explain(words *lang.Catalogues, l locale.Lang) string {
	if c.is.arg == nil {
		return words.T(l, c.is.key)
	}
	return words.T(l, c.is.key, "of", c.is.arg(words, l))
}

// meaning says in a language what a code means.
func (c *code) meaning(words *lang.Catalogues, l locale.Lang) string {
	if c.text != nil {
		return c.text(l)
	}
	key := "code." + c.word
	return words.T(l, key)
}

// answered reports whether there was a sentence to check.
func (f *finding) answered() bool { return !f.answer.Outcomes.Has(law.NotConvicted) }

func textColumn(name string, get func(*Report, *finding) string) column {
	return column{name: name, kind: textCell, text: get}
}

func wordColumn(name string, codes func() []code, get func(*finding) string) column {
	return column{name: name, kind: wordCell, codes: codes, word: get}
}

func triColumn(name string, get func(*finding) (law.Tri, bool)) column {
	return column{name: name, kind: triCell, codes: triCodes, tri: get}
}

// stated is a column of what is on record: always asked.
func stated(name string, get func(*finding) law.Tri) column {
	return triColumn(name, func(f *finding) (law.Tri, bool) { return get(f), true })
}

func flagColumn(name string, get func(*finding) bool) column {
	return column{name: name, kind: flagCell, codes: flagCodes, flag: get}
}

func numberColumn(name string, get func(*finding) (int64, bool)) column {
	return column{name: name, kind: numberCell, number: get}
}

func dateColumn(name string, get func(*finding) period.Date) column {
	return column{name: name, kind: dateCell, date: get}
}

func listColumn(name, sep string, codes func() []code, get func(*Report, []string, *finding) []string) column {
	return column{name: name, kind: listCell, sep: sep, codes: codes, list: get}
}

// limitColumns are a limit as text, its state, and its months and days as numbers.
func limitColumns(name string, get func(*finding) law.Limit, states func() []code, state func(*finding) string) []column {
	if state == nil {
		state = func(f *finding) string { return limitState(get(f)) }
	}
	asked := func(f *finding) string {
		if !f.answered() {
			return ""
		}
		return state(f)
	}
	length := func(f *finding) (period.Length, bool) {
		l := get(f)
		return l.Length, l.State == law.LimitSet && f.answered()
	}
	return append([]column{
		{name: name, kind: limitCell, limit: func(f *finding) (law.Limit, bool) { return get(f), f.answered() }},
		{name: name + "_state", kind: wordCell, codes: states, word: asked, is: about("column.state", name)},
	}, partColumns(name, length)...)
}

// lengthColumns are a length as text, and its months and days as numbers.
func lengthColumns(name string, get func(*finding) period.Length) []column {
	return append([]column{{name: name, kind: lengthCell, length: get}}, partColumns(name, func(f *finding) (period.Length, bool) {
		n := get(f)
		return n, !n.IsZero()
	})...)
}

// partColumns are a length's whole months and the days beyond them: together they are the length, and neither is turned into the other.
func partColumns(name string, get func(*finding) (period.Length, bool)) []column {
	return []column{
		{name: name + "_months", kind: numberCell, is: about("column.months", name), number: func(f *finding) (int64, bool) {
			n, ok := get(f)
			years, months, _ := n.Parts()
			return int64(years*12 + months), ok
		}},
		{name: name + "_days", kind: numberCell, is: about("column.days", name), number: func(f *finding) (int64, bool) {
			n, ok := get(f)
			_, _, days := n.Parts()
			return int64(days), ok
		}},
	}
}

// about is an explanation that names another column.
func about(key, name string) explanation {
	return explanation{key, func(*lang.Catalogues, locale.Lang) string { return name }}
}

func limitState(l law.Limit) string {
	switch l.State {
	case law.LimitSet:
		return "term"
	case law.LimitLife:
		return "life"
	case law.LimitNone:
		return "none"
	}
	return "unknown"
}
