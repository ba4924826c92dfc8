package intake

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"unicode/utf8"
)

// delimited is CSV: a header, then rows of as many fields, with one of the
// delimiters between them (RFC 4180, and what spreadsheets make of it).
type delimited struct {
	*blocks
	opt   Options
	lay   layout
	first Batch // the rest of the block that held the header
}

func openDelimited(at Problem, br *bufio.Reader, head []byte, opt Options) (source, []Problem, error) {
	var r io.Reader = br
	if bytes.IndexByte(head, '\n') < 0 && bytes.IndexByte(head, '\r') >= 0 {
		r = lineFeeds{br} // lines of old systems
		head = bytes.ReplaceAll(head, []byte("\r"), []byte("\n"))
	}
	s := &delimited{blocks: newBlocks(at, r, delimiter(string(head))), opt: opt}
	if _, err := s.blocks.next(&s.first); err != nil {
		return nil, nil, err
	}
	in := &s.first.input
	rec := record{text: in.text, delim: s.delim, quotes: in.quotes}
	for rec.next() && blank(rec.fields) || rec.separator() {
		in.row++
		in.line += rec.lines
	}
	at.Row = in.row
	if in.invalid {
		for i := range rec.fields {
			rec.fields[i] = strings.ToValidUTF8(rec.fields[i], "�")
		}
	}
	lay, problems := readHeader(at, rec.fields)
	if err := firstError(problems); err != nil {
		return nil, append(s.first.Problems, problems...), err
	}
	in.row++
	in.line += rec.lines
	in.text = in.text[min(rec.pos, len(in.text)):] // a last row may lack its line break
	s.lay = lay
	return s, problems, nil
}

// delimiter is the sign that makes the most of the first line into columns.
func delimiter(head string) byte {
	line := ""
	for line = range strings.Lines(head) {
		if _, marked := strings.CutPrefix(line, "sep="); strings.TrimSpace(line) != "" && !marked {
			break
		}
	}
	best, most := byte(','), -1
	for _, d := range []byte{',', ';', '\t'} {
		rec := record{text: line, delim: d, quotes: true}
		rec.next()
		if n := known(rec.fields)*100 + len(rec.fields); n > most {
			best, most = d, n
		}
	}
	return best
}

func blank(fields []string) bool {
	for _, f := range fields {
		if strings.TrimSpace(f) != "" {
			return false
		}
	}
	return true
}

func (s *delimited) next(b *Batch) (bool, error) {
	if s.first.input.text != "" || len(s.first.Problems) > 0 {
		b.input, b.Problems = s.first.input, append(b.Problems, s.first.Problems...)
		s.first = Batch{}
		return true, nil
	}
	return s.blocks.next(b)
}

func (s *delimited) newDecoder() *decoder { return newDecoder(s.at.File, s.opt, &s.lay, parseDate) }

func (s *delimited) end(uint64) []Problem { return nil }

func (s *delimited) close() {}

func (s *delimited) decode(d *decoder, b *Batch) {
	in := &b.input
	rec := record{text: in.text, delim: s.delim, quotes: in.quotes, fields: d.fields}
	number, line := in.row, in.line
	d.checked = in.invalid
	columns := s.lay.columns
	for rec.next() {
		d.begin(b, number)
		if len(rec.fields) == len(columns) {
			for i, field := range rec.fields {
				if field != "" && columns[i] != colNone {
					d.set(columns[i], field)
				}
			}
		} else if !blank(rec.fields) {
			// Empty fields at the end are no excuse: a decimal comma in a
			// row of empty fields moves them there.
			d.ragged(len(columns), len(rec.fields))
		}
		if rec.stray {
			d.strayQuote(line, rec.strayAt)
		}
		d.finish()
		number++
		line += rec.lines
	}
	d.fields = rec.fields
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

// separator reports whether the row is the "sep=;" that some spreadsheets
// write before the header, and moves on if so.
func (r *record) separator() bool {
	return len(r.fields) > 0 && len(r.fields[0]) <= 4+utf8.UTFMax && strings.HasPrefix(r.fields[0], "sep=") && r.pos < len(r.text)
}

// lineFeeds turns carriage returns into line feeds.
type lineFeeds struct{ r io.Reader }

func (l lineFeeds) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	for i := range p[:n] {
		if p[i] == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}
