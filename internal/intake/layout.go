package intake

import (
	"strings"

	"fener/locale"
)

// layout says which column each field of a row belongs to.
type layout struct {
	columns []column
	headers [columnCount]string // as the file writes them
	letters [columnCount]string // the columns' letters in a workbook
	places  [columnCount]int    // of the columns in a row, from 1
	units   [columnCount]string // what the header says bare numbers are in
	remark  []bool              // which fields are our own explanations from an earlier run
	named   []bool              // which fields have a name, ours or not
	bare    []int               // which fields have none
	first   int                 // the number of the row under the header
	width   int                 // how many fields a row has; the header, where rows do not agree on more
	absent  uint64              // the columns that the file has not, as bits
	unsure  bool                // the width rests on one row
	refused bool                // a column is wrong: rows are read for their own problems, and none is given out
}

// essential are the columns without which nothing can be said about a count.
var essential = []column{colOffenceConvicted, colVerdict}

// telling are the columns whose absence says something about every row.
var telling = []column{colImprisonment, colSuspended, colFine}

// readHeader maps the fields of a header and lists what is wrong with it. Where
// one of the problems is an error the layout is refused, and a column that was
// probably meant is read so that the problems of its cells are told at once.
// sample are some rows below the header; account is Options.Account.
func readHeader(at Problem, fields []string, sample [][]string, account bool) (layout, []Problem) {
	l := layout{columns: make([]column, len(fields)), named: make([]bool, len(fields)), remark: make([]bool, len(fields)), width: len(fields)}
	found := make([]heading, len(fields))
	var problems []Problem
	report := func(code Code, kind Kind, c column, i int, hint string) {
		field := fields[i]
		p := at
		p.Field = i + 1
		p.Code, p.Kind, p.Column, p.Found, p.Hint = code, kind, c.String(), excerpt(oneLine(field)), hint
		p.Header = p.Found
		problems = append(problems, p)
		l.refused = l.refused || kind == Error
	}
	for _, vague := range []bool{false, true} {
		for i, field := range fields {
			if !vague {
				found[i] = recognise(field).taken(account)
			}
			h := found[i]
			switch {
			case h.c == colNone || h.vague != vague:
			case h.c == colNote && l.headers[h.c] != "":
				l.columns[i] = h.c
			case l.headers[h.c] == "":
				l.put(i, h.c, field)
				l.units[h.c] = h.unit
			case vague: // another column says more
				report(otherColumn, Doubt, colNone, i, l.headers[h.c])
			default:
				report(doubleColumn, Error, h.c, i, l.headers[h.c])
			}
		}
	}
	for i, field := range fields {
		h := found[i]
		l.named[i], l.remark[i] = strings.TrimSpace(field) != "", ourRemarks[headerKey(field)]
		if h.c == colNone && !h.own && h.guess == colNone && l.named[i] {
			if h.guess = l.byContent(i, sample); h.guess != colNone {
				h.guessed = h.guess.String()
			}
		}
		switch {
		case h.c != colNone:
		case strings.TrimSpace(locale.Plain(field)) == "":
			l.bare = append(l.bare, i)
		case h.own:
			if account {
				report(notTaken, Doubt, colNone, i, "")
			}
		case h.guess != colNone && l.headers[h.guess] == "":
			l.put(i, h.guess, field)
			report(nearColumn, Error, colNone, i, h.guessed)
		default:
			report(unknownColumn, Doubt, colNone, i, "")
		}
	}
	for c := colCase; c < columnCount; c++ {
		if l.headers[c] == "" {
			l.absent |= 1 << c
		}
	}
	missing := l.missing(at)
	l.refused = l.refused || firstError(missing) != nil
	return l, append(problems, missing...)
}

// taken is the heading as it counts: only an account for the record reads notes.
func (h heading) taken(account bool) heading {
	if h.c == colNote && !account {
		return heading{own: true}
	}
	return h
}

func (l *layout) put(i int, c column, field string) {
	l.columns[i], l.headers[c], l.places[c] = c, excerpt(oneLine(field)), i+1
}

// oneLine is a name without the line breaks that it has in its cell.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// missing lists the columns that a file should have and has not.
func (l *layout) missing(at Problem) (problems []Problem) {
	for _, c := range essential {
		if l.headers[c] == "" {
			at.Code, at.Kind, at.Column = missingColumn, Error, c.String()
			problems = append(problems, at)
		}
	}
	for _, c := range telling {
		if l.headers[c] == "" {
			at.Code, at.Kind, at.Column = absentColumn, Doubt, c.String()
			problems = append(problems, at)
		}
	}
	return problems
}

// known counts the fields that name a column.
func known(fields []string) (n int) {
	for _, f := range fields {
		if len(f) < longestFound && understood(strings.TrimSpace(locale.Plain(f))).c != colNone {
			n++
		}
	}
	return n
}

// firstError is the first problem that stops a file, as an error.
func firstError(problems []Problem) error {
	for _, p := range problems {
		if p.Kind == Error {
			return &FileError{p}
		}
	}
	return nil
}
