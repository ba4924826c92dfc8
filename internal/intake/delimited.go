package intake

import (
	"bufio"
	"bytes"
	"io"
	"regexp"
	"strings"
)

// delimited is CSV: a header, then rows of as many fields, with one of the
// delimiters between them (RFC 4180, and what spreadsheets make of it).
type delimited struct {
	*blocks
	opt   Options
	ev    *evidence
	lay   layout
	first Batch // the rest of the block that held the header

	above      [][]string // the rows up to the header, and the number of the first
	aboveFirst int
}

func openDelimited(at Problem, br *bufio.Reader, head []byte, opt Options, ev *evidence) (source, []Problem, error) {
	var r io.Reader = br
	if line, _, _ := bytes.Cut(head, []byte("\n")); bytes.IndexByte(bytes.TrimSuffix(line, []byte("\r")), '\r') >= 0 {
		r = &lineFeeds{r: br} // lines of old systems
		head = bytes.ReplaceAll(bytes.ReplaceAll(head, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
	}
	s := &delimited{blocks: newBlocks(at, r, delimiter(string(head))), opt: opt, ev: ev}
	if _, err := s.blocks.next(&s.first); err != nil {
		return nil, nil, err
	}
	in := &s.first.input
	top := s.top()
	h, ok := findHeader(top.fields)
	if !ok {
		at.Code = emptyFile
		return nil, nil, &FileError{at}
	}
	at.Row = in.row + h.first
	if quotedWhole(h.fields) {
		at.Code, at.Found = quotedRows, excerpt(h.fields[0])
		return nil, nil, &FileError{at}
	}
	last := h.first + h.rows - 1
	lay, problems := readHeader(at, h.fields, top.fields[last+1:], opt.Account)
	s.above, s.aboveFirst = top.fields[:last+1], in.row
	in.text = in.text[min(top.ends[last], len(in.text)):] // a last row may lack its line break
	in.row += last + 1
	in.line += top.lines[last]
	lay.first = in.row
	s.lay = lay
	s.lay.width = s.width(len(h.fields))
	if opt.Account {
		problems = append(aboveHeaderOf(at, in.row-last-1, top.fields[:h.first]), problems...)
	}
	return s, problems, nil
}

// top is the first rows of a table, with where each ends and how many lines
// stand before that.
type top struct {
	fields      [][]string
	ends, lines []int
}

func (s *delimited) top() (t top) {
	in := &s.first.input
	rec := record{text: in.text, delim: s.delim, quotes: in.quotes}
	lines := 0
	for len(t.fields) <= headerWithin+sampleRows && rec.next() {
		fields := make([]string, len(rec.fields))
		for i, f := range rec.fields {
			fields[i] = strings.ToValidUTF8(f, "�")
		}
		if marked(fields) != 0 {
			fields = nil
		}
		lines += rec.lines
		t.fields, t.ends, t.lines = append(t.fields, fields), append(t.ends, rec.pos), append(t.lines, lines)
	}
	return t
}

// width is how many fields the rows have. Programs that end each row with the
// delimiter give every row one empty field more than the header, or the header
// more than the rows; a row that alone has another number is ragged.
func (s *delimited) width(header int) int {
	in := &s.first.input
	rec := record{text: in.text, delim: s.delim, quotes: in.quotes}
	width, rows := 0, 0
	for rows < 200 && rec.next() {
		if len(rec.fields) == 1 && strings.TrimSpace(rec.fields[0]) == "" {
			continue
		}
		if rows++; rows == 1 {
			width = len(rec.fields)
		}
		if len(rec.fields) != width || width > header && !blank(rec.fields[header:]) {
			return header
		}
	}
	if width == 0 {
		return header
	}
	for i := width; i < header; i++ {
		if s.lay.columns[i] != colNone || s.lay.named[i] {
			return header
		}
	}
	s.lay.unsure = rows == 1 && width != header
	return width
}

// quotedWhole reports whether a line stands in quotes as a whole, as a table
// does that was saved as a table of one column.
func quotedWhole(fields []string) bool {
	if len(fields) != 1 {
		return false
	}
	for _, d := range delimiters {
		if known(strings.Split(fields[0], string(d))) >= leastKnown {
			return true
		}
	}
	return false
}

var delimiters = []byte{',', ';', '\t', '|'}

// delimiter is the sign that makes the most of the first lines into columns,
// or the one that the file names itself.
func delimiter(head string) byte {
	if end := strings.LastIndexByte(head, '\n'); end > 0 {
		head = head[:end+1]
	}
	best, most := byte(','), -1
	for _, d := range delimiters {
		rec := record{text: head, delim: d, quotes: true}
		for n := 0; n < headerWithin && rec.next(); n++ {
			if named := marked(rec.fields); named != 0 {
				return named
			}
			if score := known(rec.fields)*100 + min(len(rec.fields), 99); score > most {
				best, most = d, score
			}
		}
	}
	return best
}

// marked is the delimiter that a line such as "sep=;" names, which some
// spreadsheets write before the header; 0 where the line is another.
func marked(fields []string) byte {
	if len(fields) == 0 || len(fields) > 2 {
		return 0
	}
	first, ok := strings.CutPrefix(strings.ToLower(strings.Trim(fields[0], "\ufeff \"")), "sep=")
	switch {
	case !ok:
		return 0
	case first == "" && len(fields) == 2: // the delimiter itself divides the line
		return ','
	case len(first) == 1:
		return first[0]
	case first == "\\t":
		return '\t'
	}
	return 0
}

func (s *delimited) next(b *Batch) (bool, error) {
	if s.first.input.text != "" || len(s.first.Problems) > 0 {
		b.input, b.Problems = s.first.input, append(b.Problems, s.first.Problems...)
		s.first = Batch{}
		return true, nil
	}
	return s.blocks.next(b)
}

func (s *delimited) newDecoder() *decoder { return newDecoder(s.at.File, s.opt, &s.lay, s.ev) }

func (s *delimited) refused() bool { return s.lay.refused }

func (s *delimited) end(uint64) []Problem { return nil }

func (s *delimited) close() {}

func (s *delimited) decode(d *decoder, b *Batch) {
	in := &b.input
	rec := record{text: in.text, delim: s.delim, quotes: in.quotes, fields: d.fields}
	number, line := in.row, in.line
	d.checked = in.invalid
	columns, width := s.lay.columns, s.lay.width
	for start := 0; rec.next(); start = rec.pos {
		whole := len(rec.fields) == width
		if !whole && !rec.stray && s.divided(d, b, number, in.text[start:min(rec.pos, len(in.text))]) {
			number++
			line += rec.lines
			continue
		}
		d.begin(b, number)
		if whole {
			d.setAll(columns, rec.fields)
			if len(rec.fields) > len(columns) && !blank(rec.fields[len(columns):]) {
				d.ragged(len(columns), len(rec.fields))
			}
			if len(d.errs) > 0 && s.lay.unsure {
				d.errs = d.errs[:0]
				d.ragged(len(columns), len(rec.fields))
			}
		} else if !blank(rec.fields) {
			// Empty fields at the end are no excuse: a decimal comma in a
			// row of empty fields moves them there.
			d.ragged(width, len(rec.fields))
		}
		if rec.stray {
			d.strayQuote(line, rec.strayAt)
		}
		d.finish(rec.fields)
		number++
		line += rec.lines
	}
	d.fields = rec.fields
}

// setAll reads the fields of a row.
func (d *decoder) setAll(columns []column, fields []string) {
	for i, c := range columns {
		if c != colNone && i < len(fields) && fields[i] != "" {
			d.set(c, fields[i])
		}
	}
	d.nameless(func(i int) string {
		if i >= len(fields) {
			return ""
		}
		return fields[i]
	})
}

// rowBreaks end a row in some programs, though not in this file.
var rowBreaks = regexp.MustCompile("\r+|\u2028|\u2029|\v|\f")

// divided reads a row that another sign than a line feed divides into rows,
// each of the right width. They share its number.
func (s *delimited) divided(d *decoder, b *Batch, number int, row string) bool {
	row = strings.TrimRight(row, "\r\n")
	if rowBreaks.FindStringIndex(row) == nil {
		return false
	}
	var rows [][]string
	for _, part := range rowBreaks.Split(row, -1) {
		rec := record{text: part, delim: s.delim, quotes: true}
		if strings.TrimSpace(part) == "" {
			continue
		}
		if rec.next(); len(rec.fields) != s.lay.width || rec.stray {
			return false
		}
		rows = append(rows, rec.fields)
	}
	for _, fields := range rows {
		d.begin(b, number)
		d.setAll(s.lay.columns, fields)
		d.finish(fields)
	}
	return true
}

func (d *decoder) ragged(want, got int) {
	p := d.problem(colNone, "", raggedRow, Error)
	p.Want, p.Got = want, got
	d.errs = append(d.errs, p)
}

func (d *decoder) strayQuote(line int, text string) {
	p := d.problem(colNone, strings.ToValidUTF8(text, "�"), badQuote, Error)
	p.Got = line
	d.errs = append(d.errs, p)
}

// record reads the rows of a text one after the other. It is by hand because
// encoding/csv can neither begin in the middle of a file nor go on after an
// error in a row, and because fields that share the block's memory cost nothing.
type record struct {
	text    string
	delim   byte
	quotes  bool
	pos     int
	fields  []string
	lines   int // how many lines the row had
	stray   bool
	strayAt string // the field with a quote that is neither doubled nor an end
}

// next reads the next row into fields; false at the end of the text.
func (r *record) next() bool {
	r.fields, r.lines, r.stray = r.fields[:0], 1, false
	if r.pos >= len(r.text) {
		return false
	}
	rest := r.text[r.pos:]
	end := strings.IndexByte(rest, '\n')
	line := rest
	if end >= 0 {
		line = rest[:end]
	}
	if r.quotes && strings.IndexByte(line, '"') >= 0 {
		r.quoted()
		return true
	}
	r.pos += len(line) + 1
	line = strings.TrimSuffix(line, "\r")
	fields, start, delim := r.fields, 0, r.delim
	for i := 0; i < len(line); i++ {
		if line[i] == delim {
			fields = append(fields, line[start:i])
			start = i + 1
		}
	}
	r.fields = append(fields, line[start:])
	return true
}

// quoted reads a row that has quotes in it.
func (r *record) quoted() {
	for {
		rest := r.text[r.pos:]
		field := strings.TrimLeft(rest, " ")
		if field != "" && field[0] == '"' {
			field = r.quotedField(field)
		} else {
			field = rest[:r.plainEnd(rest)]
			r.pos += len(field)
			field = strings.TrimSuffix(field, "\r")
		}
		r.fields = append(r.fields, field)
		if r.pos >= len(r.text) || r.text[r.pos] == '\n' {
			r.pos++
			return
		}
		r.pos++ // the delimiter
	}
}

func (r *record) plainEnd(s string) int {
	for i := 0; i < len(s); i++ {
		if s[i] == r.delim || s[i] == '\n' {
			return i
		}
	}
	return len(s)
}

// quotedField reads a field that begins with a quote and moves to its end.
func (r *record) quotedField(s string) string {
	end, stray := closes(s, 1, r.delim)
	if end < 0 { // only in a header's first line, which sniffing cuts out
		r.pos = len(r.text)
		return s[1:]
	}
	if stray {
		r.stray, r.strayAt = true, s[:end+1]
	}
	field := s[1:end]
	r.lines += strings.Count(field, "\n")
	r.pos = len(r.text) - len(s) + end + 1
	r.pos += r.plainEnd(r.text[r.pos:])
	if strings.Contains(field, `""`) {
		field = strings.ReplaceAll(field, `""`, `"`)
	}
	return field
}

// lineFeeds turns carriage returns, alone or before a line feed, into line feeds.
type lineFeeds struct {
	r     io.Reader
	after bool // a carriage return came last
}

func (l *lineFeeds) Read(p []byte) (int, error) {
	for {
		n, err := l.r.Read(p)
		out := 0
		for _, c := range p[:n] {
			if c == '\n' && l.after {
				l.after = false
				continue
			}
			if l.after = c == '\r'; l.after {
				c = '\n'
			}
			p[out] = c
			out++
		}
		if out > 0 || err != nil || n == 0 {
			return out, err
		}
	}
}
