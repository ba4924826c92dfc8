package intake

import "strings"

// layout says which column each field of a row belongs to.
type layout struct {
	columns []column
	headers [columnCount]string // as the file writes them
	letters [columnCount]string // the columns' letters in a workbook
}

// essential are the columns without which nothing can be said about a count.
var essential = []column{colOffenceConvicted, colVerdict}

// telling are the columns whose absence says something about every row.
var telling = []column{colImprisonment, colFine}

// readHeader maps the fields of a header and lists what is wrong with it. The
// layout is of use only where none of the problems is an error.
func readHeader(at Problem, fields []string) (layout, []Problem) {
	l := layout{columns: make([]column, len(fields))}
	var problems []Problem
	report := func(code Code, kind Kind, c column, field string, hint string) {
		p := at
		p.Code, p.Kind, p.Column, p.Found, p.Hint = code, kind, c.String(), excerpt(field), hint
		p.Header = p.Found
		problems = append(problems, p)
	}
	for i, field := range fields {
		c, ok := byHeader[headerKey(field)]
		if !ok {
			continue
		}
		if l.headers[c] != "" {
			report(doubleColumn, Error, c, field, l.headers[c])
			continue
		}
		l.columns[i], l.headers[c] = c, excerpt(field)
	}
	for i, field := range fields {
		if key := headerKey(field); l.columns[i] == colNone && byHeader[key] == colNone && !remarks[key] && strings.TrimSpace(field) != "" {
			name, c, near := nearest(key)
			switch {
			case near && l.headers[c] == "":
				report(nearColumn, Error, colNone, field, name)
			default:
				report(unknownColumn, Doubt, colNone, field, "")
			}
		}
	}
	return l, append(problems, l.missing(at)...)
}

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
		if byHeader[headerKey(f)] != colNone {
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
