package sheet

import (
	"fmt"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"

	"fener/internal/record"
	"fener/locale"
)

// lastRow is how far down lists and formats reach in a sheet to be filled in.
const lastRow = 2000

// Template writes a workbook to be filled in: how it is done, and a sheet for each of the kinds with its columns, lists of words and an example. All of it is
// in a language; command is how the workbook is read.
func Template(w io.Writer, l locale.Lang, kinds []*record.Definition, command string) error {
	t := &template{book: excelize.NewFile(), lang: l, kinds: kinds, ranges: map[string]string{}}
	defer t.book.Close()
	if err := t.write(command); err != nil {
		return fmt.Errorf("writing the template: %w", err)
	}
	if err := t.book.Write(w); err != nil {
		return fmt.Errorf("writing the template: %w", err)
	}
	return nil
}

type template struct {
	book   *excelize.File
	lang   locale.Lang
	kinds  []*record.Definition
	styles styles
	ranges map[string]string // where the words of a column stand
	listed int               // columns of words
}

type styles struct{ title, text, needed, header, example, typed, wrapped, sum int }

func (t *template) write(command string) (err error) {
	if t.styles, err = newStyles(t.book); err != nil {
		return err
	}
	guide, lists := say(t.lang, "sheet.read_first"), say(t.lang, "sheet.lists")
	if err := t.book.SetSheetName("Sheet1", guide); err != nil {
		return err
	}
	if err := t.guide(guide, command); err != nil {
		return err
	}
	for _, d := range t.kinds {
		if _, err := t.book.NewSheet(Title(t.lang, d.Sheet)); err != nil {
			return err
		}
	}
	if _, err := t.book.NewSheet(lists); err != nil {
		return err
	}
	for _, d := range t.kinds {
		if err := t.sheet(d, lists); err != nil {
			return fmt.Errorf("sheet %s: %w", d.Sheet.Name, err)
		}
	}
	return t.book.SetSheetVisible(lists, false)
}

func newStyles(book *excelize.File) (s styles, err error) {
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	fill := func(colour string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
	}
	const asTyped = 49 // the format @: what is typed stays as it is, so that 2017 is a year and no day of 1905
	for _, one := range []struct {
		into *int
		is   excelize.Style
	}{
		{&s.title, excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}, Alignment: top}},
		{&s.text, excelize.Style{Alignment: top}},
		{&s.needed, excelize.Style{Font: &excelize.Font{Bold: true, Color: "FFFFFF"}, Fill: fill("1F3A4D"), Alignment: top}},
		{&s.header, excelize.Style{Font: &excelize.Font{Bold: true, Color: "1F3A4D"}, Fill: fill("DCE6EC"), Alignment: top}},
		{&s.example, excelize.Style{Font: &excelize.Font{Italic: true, Color: "666666"}, Fill: fill("F3F3F3"), NumFmt: asTyped, Alignment: top}},
		{&s.typed, excelize.Style{NumFmt: asTyped, Alignment: &excelize.Alignment{Vertical: "top"}}},
		{&s.wrapped, excelize.Style{NumFmt: asTyped, Alignment: top}},
		{&s.sum, excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "right"}}},
	} {
		if *one.into, err = book.NewStyle(&one.is); err != nil {
			return s, err
		}
	}
	return s, nil
}

// guide writes the first sheet: how the workbook is filled in, and what each sheet is for.
func (t *template) guide(name, command string) error {
	row := 0
	line := func(style int, cells ...any) error {
		row++
		at := "A" + strconv.Itoa(row)
		if err := t.book.SetSheetRow(name, at, &cells); err != nil {
			return err
		}
		return t.book.SetCellStyle(name, at, "B"+strconv.Itoa(row), style)
	}
	if err := line(t.styles.title, "", say(t.lang, "guide.title")); err != nil {
		return err
	}
	for n := 1; n <= 11; n++ {
		text := say(t.lang, "guide."+strconv.Itoa(n), "mark", say(t.lang, "example.mark"), "command", command, "xlsx", "XLSX", "ods", "ODS")
		if err := line(t.styles.text, n, text); err != nil {
			return err
		}
	}
	row++
	for _, d := range t.kinds {
		if err := line(t.styles.text, Title(t.lang, d.Sheet), say(t.lang, "about."+d.Sheet.Name)); err != nil {
			return err
		}
	}
	if err := t.book.SetColWidth(name, "A", "A", 24); err != nil {
		return err
	}
	return t.book.SetColWidth(name, "B", "B", 100)
}

// sheet writes the sheet of a kind: the header with what belongs in each column, the example, and the lists.
func (t *template) sheet(d *record.Definition, lists string) error {
	name := Title(t.lang, d.Sheet)
	sample := example(t.lang, d.Sheet)
	for i, column := range d.Sheet.Columns {
		letters, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := t.column(name, letters, d.Sheet, i, sample[column]); err != nil {
			return fmt.Errorf("column %s: %w", column, err)
		}
		if err := t.choice(name, letters, column, d.Sheet.Cells[column], lists); err != nil {
			return fmt.Errorf("column %s: %w", column, err)
		}
	}
	return t.book.SetPanes(name, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"})
}

func (t *template) column(name, letters string, s *record.Sheet, i int, sample any) error {
	column := s.Columns[i]
	header, width, style := t.styles.header, 18.0, t.styles.typed
	if i < s.Needed {
		header = t.styles.needed
	}
	switch cell := s.Cells[column]; {
	case cell.Is == record.CellSum, column == "capacity", column == "value":
		width, style = 14, t.styles.sum
	case cell.Is == record.CellDate, cell.Is == record.CellYesNo, column == "id":
		width = 14
	case column == "quote", column == "source", column == "note", column == "conditions":
		width, style = 44, t.styles.wrapped
	case cell.Is == record.CellText, cell.Many:
		width = 24
	}
	for _, err := range []error{
		t.book.SetColWidth(name, letters, letters, width),
		t.book.SetColStyle(name, letters, style),
		t.book.SetCellValue(name, letters+"1", Header(t.lang, column)),
		t.book.SetCellStyle(name, letters+"1", letters+"1", header),
		t.book.SetCellValue(name, letters+"2", sample),
		t.book.SetCellStyle(name, letters+"2", letters+"2", t.styles.example),
		t.book.AddComment(name, excelize.Comment{Cell: letters + "1", Author: "Fener", Text: Note(t.lang, s, column), Width: 300, Height: 110}),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

// Note says what belongs in a column of a sheet.
func Note(l locale.Lang, s *record.Sheet, column string) string {
	for _, key := range []string{"note." + s.Name + "." + column, "note." + column} {
		if text := say(l, key); text != key {
			return text
		}
	}
	return ""
}

// choice lets a column be filled in from a list: of words, or of the marks of another sheet. Neither refuses anything else, since words of other languages
// are understood too, and one cell may name several things.
func (t *template) choice(name, letters, column string, c record.Cell, lists string) error {
	var from string
	switch words := Choices(c); {
	case len(words) > 0:
		var err error
		if from, err = t.words(column, words, lists); err != nil {
			return err
		}
	case c.Is == record.CellThing:
		for _, d := range t.kinds {
			if d.Kind == c.Of[0] {
				from = "'" + Title(t.lang, d.Sheet) + "'!$A$3:$A$" + strconv.Itoa(lastRow)
			}
		}
	}
	if from == "" {
		return nil
	}
	v := excelize.NewDataValidation(true)
	v.SetSqref(letters + "2:" + letters + strconv.Itoa(lastRow))
	v.SetSqrefDropList(from)
	v.ShowErrorMessage = false
	return t.book.AddDataValidation(name, v)
}

// words writes the words of a column into the hidden sheet of lists, once, and says where they stand.
func (t *template) words(column string, words []string, lists string) (string, error) {
	key := column
	if words[0] == "yes" {
		key = "yes"
	}
	if at := t.ranges[key]; at != "" {
		return at, nil
	}
	t.listed++
	letters, err := excelize.ColumnNumberToName(t.listed)
	if err != nil {
		return "", err
	}
	for i, word := range words {
		if err := t.book.SetCellValue(lists, letters+strconv.Itoa(i+1), Word(t.lang, column, word)); err != nil {
			return "", err
		}
	}
	t.ranges[key] = "'" + lists + "'!$" + letters + "$1:$" + letters + "$" + strconv.Itoa(len(words))
	return t.ranges[key], nil
}
