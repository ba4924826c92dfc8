package intake

import (
	"encoding/xml"
	"io"
	"strconv"
)

// xlsxRows reads the rows of one sheet.
type xlsxRows struct {
	book   *xlsxBook
	name   string // of the sheet's part
	part   io.ReadCloser
	xml    *xml.Decoder
	merges *merges
	hidden []int
	number int
	cells  []cell

	skipped int // where the last empty cell ends; cells need not say where they stand
}

func (r *xlsxRows) hiddenColumns() []int { return r.hidden }
func (r *xlsxRows) close()               { _ = r.part.Close() } // nothing was written

func (r *xlsxRows) next() (sheetRow, error) {
	for {
		t, err := r.xml.RawToken()
		if err != nil {
			return sheetRow{}, err
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "col":
			r.column(&e)
		case "row":
			row, err := r.row(&e)
			if err != nil {
				return row, err
			}
			if len(row.cells) > 0 {
				return row, nil
			}
		}
	}
}

func (r *xlsxRows) column(e *xml.StartElement) {
	if !isTrue(attr(e, "hidden")) {
		return
	}
	from, _ := strconv.Atoi(attr(e, "min"))
	to, _ := strconv.Atoi(attr(e, "max"))
	for i := from; i > 0 && i <= min(to, from+200); i++ {
		r.hidden = append(r.hidden, i-1)
	}
}

func (r *xlsxRows) row(e *xml.StartElement) (sheetRow, error) {
	r.number++
	if n, err := strconv.Atoi(attr(e, "r")); err == nil && n > 0 {
		r.number = n
	}
	r.cells, r.skipped = r.cells[:0], 0
	row := sheetRow{number: r.number, hidden: isTrue(attr(e, "hidden"))}
	for {
		t, err := r.xml.RawToken()
		if err != nil {
			return row, unexpected(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local != "c" {
				continue
			}
			at, _ := cellPlace(attr(&t, "r"))
			if at < 0 {
				at = max(len(r.cells), r.skipped)
			}
			c, err := r.cell(&t)
			if err != nil {
				return row, unexpected(err)
			}
			if c.text == "" {
				r.skipped = at + 1
				continue
			}
			r.blankUpTo(at)
			if at < len(r.cells) {
				r.cells[at] = c
			} else {
				r.cells = append(r.cells, c)
			}
		case xml.EndElement:
			if t.Name.Local == "row" {
				row.cells = r.cells
				row.filled = r.merges.fill(&row)
				r.cells = row.cells
				return row, nil
			}
		}
	}
}

func (r *xlsxRows) blankUpTo(n int) {
	for len(r.cells) < n {
		r.cells = append(r.cells, cell{})
	}
}

func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// ourAuthor is who signs the remarks in a table that was written back with its
// problems marked.
const ourAuthor = "Fener"

// remarks reads the part that holds a sheet's remarks; those of ours are left out.
func (r *xlsxRows) remarks() (cells []string, err error) {
	all, err := r.book.relations(r.name)
	if err != nil {
		return nil, err
	}
	for _, rel := range all {
		if rel.kind != "comments" {
			continue
		}
		var authors []string
		err = r.book.walk(rel.target, func(d *xml.Decoder, e *xml.StartElement) error {
			switch e.Name.Local {
			case "author":
				t, err := d.RawToken()
				name, _ := t.(xml.CharData)
				authors = append(authors, string(name))
				return err
			case "comment":
				by, err := strconv.Atoi(attr(e, "authorId"))
				if ours := err == nil && by >= 0 && by < len(authors) && authors[by] == ourAuthor; !ours && len(cells) < mostListed {
					cells = append(cells, attr(e, "ref"))
				}
			}
			return nil
		})
	}
	return cells, err
}

// cell reads one cell up to its end.
func (r *xlsxRows) cell(e *xml.StartElement) (c cell, err error) {
	kind := attr(e, "t")
	var style int
	if s := attr(e, "s"); s != "" {
		style, _ = strconv.Atoi(s)
	}
	var value, formula []byte
	var into *[]byte
	hasFormula, hasValue := false, false
	for {
		t, err := r.xml.RawToken()
		if err != nil {
			return c, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "v":
				into, hasValue = &value, true
			case "f":
				into, hasFormula = &formula, true
			case "is":
				if c.text, err = richText(r.xml, "is"); err != nil {
					return c, err
				}
				into = nil
			default:
				into = nil
			}
		case xml.EndElement:
			into = nil
			if t.Name.Local == "c" {
				r.finish(&c, kind, style, value, formula, hasFormula && (!hasValue || len(value) == 0 && kind != "str"))
				return c, nil
			}
		case xml.CharData:
			if into != nil {
				*into = append(*into, t...)
			}
		}
	}
}

func (r *xlsxRows) finish(c *cell, kind string, style int, value, formula []byte, unsaved bool) {
	text := string(value)
	switch {
	case unsaved:
		c.kind, c.text = formulaCell, "="+string(formula)
		return
	case kind == "inlineStr":
		return
	case kind == "s":
		if i, err := strconv.Atoi(text); err == nil && i >= 0 && i < len(r.book.texts) {
			text = r.book.texts[i]
		}
	case kind == "b":
		c.kind = boolCell
		text = map[string]string{"1": "TRUE", "0": "FALSE", "true": "TRUE", "false": "FALSE"}[text]
	case kind == "e":
		c.kind = errorCell
	case kind == "d":
		c.kind = dateCell
	case kind == "str":
		text = unescapeX(text)
	case text != "":
		c.kind = numberCell
	}
	if (c.kind == numberCell || c.kind == dateCell) && style >= 0 && style < len(r.book.formats) {
		c.format = r.book.formats[style]
	}
	c.text = text
}
