package intake

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// maxTable is the largest table of evidence, in bytes. It is read as a whole:
// what was said about a country in twenty years has a few hundred rows.
const maxTable = 64 << 20

// tableColumn is a column of a table of evidence: its canonical name, what else
// it may be called, and whether a table without it is of no use.
type tableColumn struct {
	name      string
	also      []string
	essential bool
	aside     bool // for the table's author; not taken
}

// table is a small CSV table, read as a whole.
type table struct {
	at       Problem
	columns  []tableColumn
	headers  []string // as the file writes them, by column
	rows     []tableRow
	problems []Problem
}

// tableRow has its cells by column, without spaces around.
type tableRow struct {
	line  int
	cells []string
}

// readTable reads a CSV table with a header. err is of r alone; what is wrong
// with the table stands in its problems, and with an error among those about
// the header or the file there are no rows.
func readTable(name string, r io.Reader, columns []tableColumn) (*table, error) {
	t := &table{at: Problem{File: name}, columns: columns, headers: make([]string, len(columns))}
	data, err := io.ReadAll(io.LimitReader(r, maxTable+1))
	if err != nil {
		return nil, err
	}
	text, ok := t.text(data)
	if !ok {
		return t, nil
	}
	rec := record{text: text, delim: t.delimiter(text), quotes: true}
	if c := newBlocks(t.at, nil, rec.delim).cut(text); c.open >= 0 {
		p := t.at
		p.Code, p.Row, p.Got = unclosedQuote, c.rows+1, strings.Count(text[:c.open], "\n")+1
		p.Found = excerpt(text[c.open:])
		t.problems = append(t.problems, p)
		return t, nil
	}
	t.read(&rec)
	return t, nil
}

// text is the file's text in UTF-8; false where the file is none that is read.
func (t *table) text(data []byte) (string, bool) {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	refuse := func(code Code) (string, bool) {
		p := t.at
		p.Code, p.Want = code, maxTable>>20
		t.problems = append(t.problems, p)
		return "", false
	}
	_, wide := utf16(data)
	switch code := foreign(data); {
	case len(data) > maxTable:
		return refuse(tableTooBig)
	case code != "":
		return refuse(code)
	case len(bytes.TrimSpace(data)) == 0:
		return refuse(emptyFile)
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), wide, bytes.TrimSpace(data)[0] == '{':
		return refuse(csvOnly)
	case bytes.IndexByte(data, 0) >= 0:
		return refuse(binaryFile)
	}
	text := string(data)
	if !utf8.ValidString(text) {
		p := t.at
		p.Code, p.Kind = readAs1250, Doubt
		t.problems = append(t.problems, p)
		decoded, err := charmap.Windows1250.NewDecoder().String(text)
		if err != nil {
			return refuse(binaryFile)
		}
		text = decoded
	}
	return text, true
}

// delimiter is the sign that makes the most of the header into known columns.
func (t *table) delimiter(text string) byte {
	best, most := byte(','), -1
	for _, d := range []byte{',', ';', '\t'} {
		rec := record{text: text, delim: d, quotes: true}
		rec.next()
		n := 0
		for _, f := range rec.fields {
			if t.column(f) >= 0 {
				n++
			}
		}
		if n > most {
			best, most = d, n
		}
	}
	return best
}

// column is the index of the column with the name given; -1 if there is none.
func (t *table) column(name string) int {
	key := headerKey(name)
	for i, c := range t.columns {
		for _, known := range append([]string{c.name}, c.also...) {
			if key != "" && headerKey(known) == key {
				return i
			}
		}
	}
	return -1
}

func (t *table) read(rec *record) {
	rec.next()
	fields := t.header(rec.fields)
	for _, p := range t.problems {
		if p.Kind == Error {
			return
		}
	}
	for line := 2; rec.next(); line++ {
		switch {
		case blank(rec.fields):
		case len(rec.fields) != len(fields):
			p := t.at
			p.Row, p.Code, p.Want, p.Got = line, raggedRow, len(fields), len(rec.fields)
			t.problems = append(t.problems, p)
		case rec.stray:
			p := t.at
			p.Row, p.Code, p.Got, p.Found = line, badQuote, line, excerpt(rec.strayAt)
			t.problems = append(t.problems, p)
		default:
			row := tableRow{line, make([]string, len(t.columns))}
			for i, f := range rec.fields {
				switch f = strings.TrimSpace(f); {
				case fields[i] >= 0:
					row.cells[fields[i]] = f
				case fields[i] == noName && f != "":
					p := t.at
					p.Row, p.Code, p.Kind, p.Want, p.Found = 1, namelessColumn, Doubt, i+1, excerpt(f)
					t.problems = append(t.problems, p)
					fields[i] = -1 // it was told
				}
			}
			t.rows = append(t.rows, row)
		}
	}
}

// noName is a field without a name in the header.
const noName = -2

// header sorts the fields of the header to columns; a field that names none is below zero.
func (t *table) header(names []string) []int {
	fields := make([]int, len(names))
	for i, name := range names {
		c := t.column(name)
		fields[i] = c
		p := t.at
		p.Row, p.Found, p.Header = 1, excerpt(name), excerpt(name)
		switch {
		case c < 0 && strings.TrimSpace(name) != "":
			p.Code, p.Kind = unknownColumn, Doubt
		case c >= 0 && t.headers[c] != "":
			p.Code, p.Column, p.Hint = doubleColumn, t.columns[c].name, t.headers[c]
		case c >= 0 && t.columns[c].aside:
			t.headers[c], p.Code, p.Kind = p.Header, notTaken, Doubt
		case c >= 0:
			t.headers[c] = p.Header
			continue
		default:
			fields[i] = noName
			continue
		}
		t.problems = append(t.problems, p)
	}
	for i, c := range t.columns {
		if c.essential && t.headers[i] == "" {
			p := t.at
			p.Code, p.Column = missingColumn, c.name
			t.problems = append(t.problems, p)
		}
	}
	return fields
}

// problem is an error in a cell.
func (t *table) problem(row tableRow, column int, code Code) Problem {
	p := t.at
	p.Row, p.Code, p.Column, p.Header = row.line, code, t.columns[column].name, t.headers[column]
	p.Found = excerpt(row.cells[column])
	return p
}

// list splits a cell that names several things.
func list(cell string) (ids []string) {
	for id := range strings.SplitSeq(cell, ";") {
		if id = strings.TrimSpace(id); id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}

// Failed reports whether any of the problems is an error.
func Failed(problems []Problem) bool {
	for _, p := range problems {
		if p.Kind == Error {
			return true
		}
	}
	return false
}
