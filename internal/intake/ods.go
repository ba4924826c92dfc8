package intake

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode"

	"fener/locale"
)

// odsBook reads ODS, the sheets of LibreOffice. No library for it is kept up,
// and what is needed of the format is one part with rows and cells.
type odsBook struct {
	content *zip.File
	list    []sheetInfo
}

const odsType = "application/vnd.oasis.opendocument.spreadsheet"

func openODS(content []byte) (book, error) {
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, err
	}
	b := &odsBook{}
	for _, f := range z.File {
		if f.Name == "content.xml" {
			b.content = f
		}
	}
	if b.content == nil {
		return nil, errNoPart
	}
	return b, b.readSheets()
}

func (b *odsBook) sheets() []sheetInfo { return b.list }
func (b *odsBook) date1904() bool      { return false } // dates are written as such
func (b *odsBook) close()              {}

// readSheets lists the sheets. A style says which nobody sees.
func (b *odsBook) readSheets() error {
	r, err := b.content.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	d := newXML(r)
	hidden := map[string]bool{}
	style, depth := "", 0
	for {
		t, err := d.RawToken()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch {
			case t.Name.Local == "style" && t.Name.Space == "style":
				style = attr(&t, "name")
			case t.Name.Local == "table-properties":
				hidden[style] = attr(&t, "display") == "false"
			case t.Name.Local == "table" && t.Name.Space == "table":
				if depth++; depth == 1 {
					b.list = append(b.list, sheetInfo{attr(&t, "name"), hidden[attr(&t, "style-name")]})
				}
			}
		case xml.EndElement:
			if t.Name.Local == "table" && t.Name.Space == "table" {
				depth--
			}
		}
	}
}

func (b *odsBook) open(i int) (sheetRows, error) {
	part, err := b.content.Open()
	if err != nil {
		return nil, err
	}
	r := &odsRows{part: part, xml: newXML(part), spans: map[int]odsSpan{}}
	for seen := 0; ; {
		t, err := r.xml.RawToken()
		if err != nil {
			_ = part.Close()
			return nil, unexpected(err)
		}
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "table" && e.Name.Space == "table" {
			if seen == i {
				return r, nil
			}
			seen++
			if err := r.skipTable(); err != nil {
				_ = part.Close()
				return nil, err
			}
		}
	}
}

// skipTable reads to the end of a table, and of the tables in it.
func (r *odsRows) skipTable() error {
	for depth := 1; depth > 0; {
		t, err := r.xml.RawToken()
		if err != nil {
			return unexpected(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local == "table" && t.Name.Space == "table" {
				depth++
			}
		case xml.EndElement:
			if t.Name.Local == "table" && t.Name.Space == "table" {
				depth--
			}
		}
	}
	return nil
}

// odsSpan is a cell that goes on over the rows below.
type odsSpan struct {
	value cell
	left  int
}

type odsRows struct {
	part   io.ReadCloser
	xml    *xml.Decoder
	number int
	hidden []int
	column int // of the columns that were declared
	spans  map[int]odsSpan
	again  int // how often the row is still to be given
	row    sheetRow
	noted  []string // the cells with a remark
}

func (r *odsRows) hiddenColumns() []int       { return r.hidden }
func (r *odsRows) remarks() ([]string, error) { return r.noted, nil }
func (r *odsRows) close()                     { _ = r.part.Close() } // nothing was written

// mostRepeated bounds how often a row with cells is repeated.
const mostRepeated = 1 << 16

func (r *odsRows) next() (sheetRow, error) {
	if r.again > 0 {
		r.again--
		r.number++
		r.row.number = r.number
		return r.row, nil
	}
	depth := 0
	for {
		t, err := r.xml.RawToken()
		if err != nil {
			return sheetRow{}, unexpected(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "table-column":
				r.declare(&t)
			case "table":
				depth++ // a table inside a cell of another kind of part
			case "table-row":
				row, more, err := r.read(&t)
				if err != nil || more {
					return row, err
				}
			}
		case xml.EndElement:
			if t.Name.Local == "table" {
				if depth == 0 {
					return sheetRow{}, io.EOF
				}
				depth--
			}
		}
	}
}

func repeated(e *xml.StartElement, name string) int {
	if n, err := strconv.Atoi(attr(e, name)); err == nil && n > 0 {
		return n
	}
	return 1
}

func (r *odsRows) declare(e *xml.StartElement) {
	n := repeated(e, "number-columns-repeated")
	if v := attr(e, "visibility"); v == "collapse" || v == "filter" {
		for i := r.column; i < min(r.column+n, r.column+200); i++ {
			r.hidden = append(r.hidden, i)
		}
	}
	r.column += n
}

// read reads a row; more is false where it is empty.
func (r *odsRows) read(e *xml.StartElement) (row sheetRow, more bool, err error) {
	times := repeated(e, "number-rows-repeated")
	r.number++
	v := attr(e, "visibility")
	row = sheetRow{number: r.number, hidden: v == "collapse" || v == "filter"}
	for {
		t, err := r.xml.RawToken()
		if err != nil {
			return row, false, unexpected(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local != "table-cell" && t.Name.Local != "covered-table-cell" {
				continue
			}
			if err = r.cells(&row, &t); err != nil {
				return row, false, unexpected(err)
			}
		case xml.EndElement:
			if t.Name.Local != "table-row" {
				continue
			}
			for len(row.cells) > 0 && row.cells[len(row.cells)-1].text == "" {
				row.cells = row.cells[:len(row.cells)-1]
			}
			if len(row.cells) == 0 {
				r.number += times - 1
				return row, false, nil
			}
			r.row, r.again = row, min(times, mostRepeated)-1
			return row, true, nil
		}
	}
}

// cells reads one cell, as often as it is repeated, behind the others. Empty
// ones at the end are left out.
func (r *odsRows) cells(row *sheetRow, e *xml.StartElement) error {
	at := len(row.cells)
	c, noted, err := r.cell(e)
	if err != nil {
		return err
	}
	if noted && len(r.noted) < mostListed {
		r.noted = append(r.noted, placeName(at, r.number))
	}
	n := repeated(e, "number-columns-repeated")
	for range min(n, mostColumns-min(at, mostColumns)) {
		one := c
		if span := r.spans[at]; e.Name.Local == "covered-table-cell" && span.left > 0 {
			one = span.value
			row.filled = append(row.filled, at)
			r.spans[at] = odsSpan{span.value, span.left - 1}
		} else if down := repeated(e, "number-rows-spanned"); down > 1 && c.text != "" {
			r.spans[at] = odsSpan{c, down - 1}
		}
		row.cells = append(row.cells, one)
		at++
		if n > 64 && one.text == "" && at > 1024 {
			break
		}
	}
	return nil
}

var errCell = errors.New("a cell does not end")

// cell reads a cell: its value, what it shows, and whether it has a remark.
func (r *odsRows) cell(e *xml.StartElement) (c cell, noted bool, err error) {
	var shown strings.Builder
	depth, aside, paragraphs := 1, 0, 0
	for depth > 0 {
		t, err := r.xml.RawToken()
		if err != nil {
			return c, noted, errors.Join(errCell, err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth++
			switch t.Name.Local {
			case "annotation":
				aside, noted = depth, true
			case "p":
				if paragraphs++; paragraphs > 1 && aside == 0 {
					shown.WriteByte('\n')
				}
			case "s":
				shown.WriteString(strings.Repeat(" ", min(repeated(&t, "c"), 64)))
			case "tab":
				shown.WriteByte('\t')
			case "line-break":
				shown.WriteByte('\n')
			}
		case xml.EndElement:
			if aside == depth {
				aside, paragraphs = 0, 0
			}
			depth--
		case xml.CharData:
			if aside == 0 && paragraphs > 0 {
				shown.Write(t)
			}
		}
	}
	c.text = shown.String()
	c.value(e)
	return c, noted, nil
}

// value takes the typed value of a cell that shows c.text.
func (c *cell) value(e *xml.StartElement) {
	text := c.text
	switch attr(e, "value-type") {
	case "float", "percentage", "currency":
		c.kind, c.text = numberCell, attr(e, "value")
		c.format = formatShown(text, attr(e, "currency"))
	case "date":
		c.kind, c.text = dateCell, attr(e, "date-value")
		c.format = dateShown(text)
	case "boolean":
		c.kind, c.text = boolCell, strings.ToUpper(attr(e, "boolean-value"))
	case "":
		if formula := attr(e, "formula"); formula != "" && text == "" {
			c.kind, c.text = formulaCell, strings.TrimPrefix(formula, "of:")
		}
	}
	if errorValues[text] {
		c.kind, c.text = errorCell, text
	}
}

// formatShown is what a number shows around its digits.
func formatShown(text, currency string) *numberFormat {
	first := strings.IndexFunc(text, unicode.IsDigit)
	last := strings.LastIndexFunc(text, unicode.IsDigit)
	f := &numberFormat{}
	if first >= 0 {
		f.before, f.after = wordsOnly(text[:first]), wordsOnly(strings.TrimSuffix(text[last+1:], "%"))
	}
	if f.before == "" && f.after == "" {
		f.after = currency
	}
	if f.before == "" && f.after == "" {
		return nil
	}
	f.before, f.after = f.before+" ", " "+f.after
	return f
}

// dateShown tells which parts of a date a cell shows.
func dateShown(text string) *numberFormat {
	d, ok := dateReader{}.written(strings.TrimSpace(locale.Plain(text)))
	if !ok {
		return nil
	}
	_, m, day := d.Parts()
	return &numberFormat{date: true, year: true, month: m != 0, day: day != 0}
}
