package intake

import (
	"strings"
	"unicode"

	fact "fener/internal/record" // the name record is a row of CSV here
	"fener/locale"
)

// formDecoder reads the rows of one sheet.
type formDecoder struct {
	reader   *formReader
	sheet    *FormSheet
	dates    dateReader
	date1904 bool
	inBook   bool

	problems []Problem // of the row at hand
	hidden   []int
}

func (d *formDecoder) wrong(row *sheetRow, field int, code Code, kind Kind, found string) *Problem {
	p := d.reader.problem(d.sheet.Name, code, kind)
	p.Row, p.Field, p.Found = row.number, field+1, excerpt(found)
	if field >= 0 && field < len(d.sheet.fields) && d.sheet.fields[field] >= 0 {
		p.Column = d.sheet.form.Columns[d.sheet.fields[field]].Name
	}
	if d.inBook && field >= 0 {
		p.Cell = placeName(field, row.number)
	}
	d.problems = append(d.problems, p)
	return &d.problems[len(d.problems)-1]
}

// row reads one row. What is wrong with it is told with its place; such a row is left out.
func (d *formDecoder) row(in *sheetRow) {
	d.problems = nil
	if d.passed(in) {
		return
	}
	fields := d.sheet.fields
	if row := in; row.stray != "" {
		d.wrong(row, -1, badQuote, Error, row.stray).Got = row.number
	} else if !d.inBook && len(row.cells) > len(fields) {
		p := d.wrong(row, -1, raggedRow, Error, "")
		p.Want, p.Got = len(fields), len(row.cells)
	}
	out := FormRow{Form: d.sheet.Form, Sheet: d.sheet.Name, Line: in.number, form: d.sheet.form, cells: make([]string, len(d.sheet.form.Columns))}
	for i := range in.cells {
		if c := &in.cells[i]; strings.TrimSpace(c.text) != "" {
			d.cell(in, i, c, &out)
		}
	}
	for _, i := range in.filled {
		if i < len(fields) && fields[i] >= 0 && d.sheet.form.Columns[fields[i]].Cell.Is == fact.CellSum {
			d.wrong(in, i, mergedSum, Error, in.cells[i].text)
		}
	}
	if in.hidden {
		d.hidden = append(d.hidden, in.number)
	}
	for _, p := range d.problems {
		d.reader.tell(p)
	}
	if !Failed(d.problems) {
		d.reader.out.Rows = append(d.reader.out.Rows, out)
	}
}

// passed reports whether a row is none: without anything in a column of the form, or the example that came with the workbook, which is told.
func (d *formDecoder) passed(in *sheetRow) bool {
	empty := true
	for i := range in.cells {
		if i >= len(d.sheet.fields) || d.sheet.fields[i] < 0 && d.sheet.fields[i] != noName {
			continue
		}
		text := strings.TrimSpace(in.cells[i].text)
		if empty = empty && text == ""; text == "" || d.sheet.fields[i] < 0 {
			continue
		}
		if d.sheet.form.Columns[d.sheet.fields[i]].Name == "id" && d.reader.forms.example[wordKey(text)] {
			p := d.reader.problem(d.sheet.Name, exampleRow, Doubt)
			p.Got, p.Found = in.number, excerpt(text)
			d.reader.tell(p)
			return true
		}
	}
	return empty
}

// cell reads one cell into its column.
func (d *formDecoder) cell(in *sheetRow, i int, c *cell, out *FormRow) {
	if i >= len(d.sheet.fields) || d.sheet.fields[i] == noName {
		text, _ := c.shown(colNone, d.date1904)
		d.wrong(in, i, namelessColumn, Doubt, text).Want = i + 1
		return
	}
	at := d.sheet.fields[i]
	if at < 0 {
		return
	}
	switch {
	case c.kind == formulaCell:
		d.wrong(in, i, formulaUnsaved, Error, c.text)
		return
	case c.kind == errorCell, errorValues[strings.ToUpper(c.text)]:
		d.wrong(in, i, errorValue, Error, c.text)
		return
	}
	column := &d.sheet.form.Columns[at]
	to := colNone
	switch column.Cell.Is {
	case fact.CellDate:
		to = colJudgmentDate
	case fact.CellSum:
		to = colFine
	}
	text, made := c.shown(to, d.date1904)
	if !made.IsZero() {
		d.wrong(in, i, dateInText, Doubt, text).Other = made.String()
	}
	text = cleaned(text, column.Cell.Many)
	switch {
	case text == "":
	case column.Cell.Is == fact.CellDate:
		text = d.date(in, i, c, text)
	case column.Cell.Is == fact.CellWord, column.Cell.Is == fact.CellYesNo:
		value, ok := d.sheet.form.words[at][wordKey(text)]
		if !ok {
			p := d.wrong(in, i, notAmong, Error, text)
			p.words = &column.Choice
		}
		text = value
	}
	out.cells[at] = text
}

// cleaned is a cell's text without what is not seen, and without the apostrophe that keeps it from being a formula. Lines of a list part what it names.
func cleaned(text string, list bool) string {
	text = strings.TrimSpace(text)
	if len(text) > 1 && text[0] == '\'' && strings.IndexByte("=+-@", text[1]) >= 0 {
		text = text[1:]
	}
	if strings.ContainsAny(text, "\n\r\t") {
		between := " "
		if list {
			between = "; "
		}
		text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' || r == '\t' }), between)
	}
	if strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
		text = strings.TrimSpace(locale.Plain(text))
	}
	return text
}

// date is a day, a month or a year as the record takes it.
func (d *formDecoder) date(in *sheetRow, i int, c *cell, text string) string {
	read := d.dates.parse
	if c.kind == numberCell {
		read = d.dates.parseSerial(d.date1904)
	}
	p := read(text)
	if p.code != "" {
		wrong := d.wrong(in, i, p.code, p.kind, text)
		wrong.Other, wrong.Hint = p.other, p.hint
	}
	return p.value.String()
}

// end tells what only the whole sheet shows.
func (d *formDecoder) end() {
	if len(d.hidden) > 0 {
		p := d.reader.problem(d.sheet.Name, hiddenRows, Doubt)
		p.Found, p.Got, p.Other = excerpt(d.sheet.Name), len(d.hidden), firstNumbers(d.hidden)
		d.reader.tell(p)
	}
}

// ordersOf is what the dates of a sheet that can be read in one way only say of the others: whether the day or the month stands first.
func ordersOf(f *form, s *FormSheet, rows []sheetRow) func() dayOrder {
	order := orderUnknown
	for i := range rows {
		for j := range rows[i].cells {
			if j >= len(s.fields) || s.fields[j] < 0 || f.Columns[s.fields[j]].Cell.Is != fact.CellDate || rows[i].cells[j].kind != textCell {
				continue
			}
			switch told := tells(locale.Plain(rows[i].cells[j].text)); {
			case told == orderUnknown || told == order:
			case order == orderUnknown:
				order = told
			default:
				order = ordersDiffer
			}
		}
	}
	return func() dayOrder { return order }
}
