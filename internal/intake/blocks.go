package intake

import (
	"errors"
	"io"
	"strings"
	"unsafe"
)

const (
	blockSize  = 256 << 10 // fits in a core's cache together with its rows
	longestRow = 1 << 20
)

// input is what a source gives to decode: a block of whole rows of text, or
// rows of a workbook.
type input struct {
	text    string
	row     int  // the number of the first row
	line    int  // the number of the first line; rows with line breaks have several
	quotes  bool // there are quotes in the text
	invalid bool // some of it is not UTF-8

	table *sheetTable // of a workbook
	rows  []sheetRow
}

// emptied keeps the memory for cells.
func (in input) emptied() input { return input{rows: in.rows[:0]} }

// blocks cuts a text into blocks of whole rows.
type blocks struct {
	r     io.Reader
	at    Problem
	delim byte // between fields; 0 where quotes mean nothing, as in JSON Lines
	coded coded
	buf   []byte
	kept  int // bytes in buf that the last block left over
	eof   bool
	row   int
	line  int
}

func newBlocks(at Problem, r io.Reader, delim byte) *blocks {
	return &blocks{r: r, at: at, delim: delim, buf: make([]byte, blockSize), row: 1, line: 1}
}

// next reads the next block; more is false at the end.
func (bl *blocks) next(b *Batch) (more bool, err error) {
	for {
		if err := bl.fill(); err != nil {
			return false, err
		}
		data := bl.buf[:bl.kept]
		if len(data) == 0 {
			return false, nil
		}
		c := bl.cut(unsafe.String(&data[0], len(data)))
		if bl.eof && c.open < 0 {
			if c.end < len(data) {
				c.rows++
			}
			c.end = len(data)
		}
		switch {
		case c.end > 0:
			return true, bl.take(b, c)
		case bl.eof || len(data) >= longestRow:
			return false, bl.endless(c, data)
		case len(bl.buf) < longestRow:
			bl.buf = append(bl.buf, make([]byte, len(bl.buf))...)
		}
	}
}

func (bl *blocks) fill() error {
	if bl.eof || bl.kept == len(bl.buf) {
		return nil
	}
	n, err := io.ReadFull(bl.r, bl.buf[bl.kept:])
	bl.kept += n
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		bl.eof = true
		return nil
	}
	return err
}

// endless refuses a row that never ends, or not within what a row may have.
func (bl *blocks) endless(c cut, data []byte) error {
	p := bl.at
	p.Row, p.Code, p.Want = bl.row, rowTooLong, longestRow>>20
	p.Found = excerpt(strings.ToValidUTF8(string(data[:min(len(data), longestFound)]), "�"))
	if c.open >= 0 {
		p.Code = unclosedQuote
		p.Got = bl.line + strings.Count(string(data[:c.open]), "\n")
		p.Found = excerpt(strings.ToValidUTF8(string(data[c.open:min(len(data), c.open+longestFound)]), "�"))
	}
	return &FileError{p}
}

// take gives the block to b and keeps the rest.
func (bl *blocks) take(b *Batch, c cut) error {
	in := &b.input
	in.text, in.row, in.line, in.quotes = string(bl.buf[:c.end]), bl.row, bl.line, c.quotes
	bl.kept = copy(bl.buf, bl.buf[c.end:bl.kept])
	bl.row += c.rows
	bl.line += strings.Count(in.text, "\n")
	if i := strings.IndexByte(in.text, 0); i >= 0 {
		if binary(in.text) {
			p := bl.at
			p.Row, p.Code = in.row+strings.Count(in.text[:i], "\n"), binaryFile
			return &FileError{p}
		}
		in.invalid = true // a slip in a cell, which is named with its row
	}
	return bl.decode(b)
}

// cut says where a block of text ends after a whole row.
type cut struct {
	end, rows int
	quotes    bool
	open      int // where a quote opens that does not close; -1: none
}

// cut finds the last end of a row. Line breaks between quotes end no row.
func (bl *blocks) cut(s string) cut {
	c := cut{open: -1}
	if bl.delim == 0 {
		c.lines(s, 0)
		return c
	}
	for pos := 0; ; {
		q := strings.IndexByte(s[pos:], '"')
		if q < 0 {
			c.lines(s[pos:], pos)
			return c
		}
		q += pos
		c.quotes = true
		if !opens(s, q, bl.delim) {
			c.lines(s[pos:q], pos)
			pos = q + 1
			continue
		}
		c.lines(s[pos:q], pos)
		end, _ := closes(s, q+1, bl.delim)
		if end < 0 {
			c.open = q
			return c
		}
		pos = end + 1
	}
}

func (c *cut) lines(s string, at int) {
	if i := strings.LastIndexByte(s, '\n'); i >= 0 {
		c.end = at + i + 1
		c.rows += strings.Count(s, "\n")
	}
}

// opens reports whether the quote at q begins a field: before it stands, but
// for spaces, a delimiter or a line break. Other quotes are part of a text.
func opens(s string, q int, delim byte) bool {
	for q--; q >= 0 && s[q] == ' '; q-- {
	}
	return q < 0 || s[q] == delim || s[q] == '\n'
}

// closes finds the quote that ends a quoted field; -1 where there is none.
// A quote within, neither doubled nor followed by a delimiter or a line break,
// is a slip (stray), but not the end.
func closes(s string, from int, delim byte) (end int, stray bool) {
	for {
		q := strings.IndexByte(s[from:], '"')
		if q < 0 {
			return -1, stray
		}
		q += from
		after := q + 1
		if after < len(s) && s[after] == '"' {
			from = after + 1
			continue
		}
		for after < len(s) && s[after] == ' ' {
			after++
		}
		if after == len(s) || s[after] == delim || s[after] == '\n' || s[after] == '\r' {
			return q, stray
		}
		stray, from = true, q+1
	}
}
