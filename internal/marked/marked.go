// Package marked writes a table from outside back as a workbook in which what is wrong is marked and explained, so that it can be corrected
// there and read again.
package marked

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"fener/internal/intake"
	"fener/locale"
)

// Column is what an explained table has beyond its own columns.
const Column = "error"

// errorNames are what the column of explanations is called, by us or by a person.
var errorNames = []string{Column, "gabim", "greska"}

// mostMarked is how many cells get a remark of their own; the last column
// explains them all.
const mostMarked = 2000

// A Mark is what is wrong, or in doubt, at a place of a table.
type Mark struct {
	Sheet string
	Row   int
	Field int // from 1; 0: the row as a whole
	Doubt bool
	Text  string
}

// Write writes a table as a workbook in which every cell with a problem is
// coloured (an error red, a doubt yellow) and explained, beside it and in a last
// column. The rest stands as it was, so that the table can be corrected and read
// again. Texts that a spreadsheet would run get an apostrophe before them.
func Write(name string, file io.Reader, out io.Writer, problems []intake.Problem, l locale.Lang, opt intake.Options) error {
	marks := make([]Mark, len(problems))
	for i := range problems {
		p := &problems[i]
		marks[i] = Mark{p.Sheet, p.Row, p.Field, p.Kind == intake.Doubt, p.What(l) + " " + p.Expected(l)}
	}
	return write(out, marks, func(m *marker) error { return intake.Whole(name, file, opt, m.row) })
}

// Forms writes files of several sheets as one workbook in the same way. Columns that marks name by Column instead of a place are found by it.
func Forms(forms *intake.Forms, files []intake.FormFile, out io.Writer, marks []FormMark) error {
	return write(out, nil, func(m *marker) error {
		begun := map[string]bool{}
		return forms.Whole(files, func(s *intake.FormSheet, row intake.WholeRow) error {
			if !begun[s.Name] {
				begun[s.Name] = true
				for _, one := range marks {
					if one.Sheet == s.Name {
						if one.Column != "" && s.Form != "" {
							one.Field = s.Place(one.Column)
						}
						m.at[spot{s.Name, one.Row}] = append(m.at[spot{s.Name, one.Row}], one.Mark)
					}
				}
			}
			return m.row(row)
		})
	})
}

// A FormMark is a mark at a column of a form.
type FormMark struct {
	Mark
	Column string
}

func write(out io.Writer, marks []Mark, rows func(*marker) error) error {
	book := excelize.NewFile()
	defer book.Close()
	m := marker{book: book, at: map[spot][]Mark{}}
	for _, one := range marks {
		m.at[spot{one.Sheet, one.Row}] = append(m.at[spot{one.Sheet, one.Row}], one)
	}
	var err error
	if m.styles, err = newStyles(book); err != nil {
		return fmt.Errorf("writing the table back: %w", err)
	}
	if err := rows(&m); err != nil {
		return fmt.Errorf("writing the table back: %w", err)
	}
	if err := m.endSheet(); err != nil {
		return fmt.Errorf("writing the table back: %w", err)
	}
	if err := book.Write(out); err != nil {
		return fmt.Errorf("writing the table back: %w", err)
	}
	return nil
}

type spot struct {
	sheet string
	row   int
}

type styles struct{ wrong, doubtful, explained int }

func newStyles(book *excelize.File) (s styles, err error) {
	fill := func(colour string) (int, error) {
		return book.NewStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	}
	if s.wrong, err = fill("FFC7CE"); err != nil {
		return s, err
	}
	if s.doubtful, err = fill("FFEB9C"); err != nil {
		return s, err
	}
	s.explained, err = book.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	return s, err
}

// marker writes the sheets one after the other.
type marker struct {
	book   *excelize.File
	at     map[spot][]Mark
	styles styles

	stream   *excelize.StreamWriter
	from, to string // the sheet's name in the file, and in the new workbook
	begun    int    // how many sheets
	column   int    // of the explanations, from 0; -1: no header yet
	comments []excelize.Comment
}

func (m *marker) row(r intake.WholeRow) error {
	if m.stream == nil || r.Sheet != m.from {
		if err := m.newSheet(r.Sheet); err != nil {
			return err
		}
	}
	wrong := m.at[spot{r.Sheet, r.Row}]
	if r.Header {
		m.column = len(r.Cells)
		if n := m.column - 1; n >= 0 && slices.Contains(errorNames, locale.Fold(strings.TrimSpace(r.Cells[n]))) {
			m.column = n
		}
	}
	if m.column >= 0 && len(r.Cells) == m.column+1 {
		r.Cells = r.Cells[:m.column] // what was explained the last time
	}
	cells := make([]any, 0, len(r.Cells)+1)
	for i, text := range r.Cells {
		cell := excelize.Cell{Value: Harmless(text)}
		if n, err := strconv.ParseFloat(text, 64); err == nil && i < len(r.Numbers) && r.Numbers[i] {
			cell.Value = n
		}
		cells = append(cells, cell)
	}
	var texts []string
	for i := range wrong {
		p := &wrong[i]
		style := m.styles.wrong
		if p.Doubt {
			style = m.styles.doubtful
		}
		if !slices.Contains(texts, p.Text) {
			texts = append(texts, p.Text)
		}
		for len(cells) < p.Field { // a cell that is missing is marked where it should be
			cells = append(cells, excelize.Cell{})
		}
		for at := range cells {
			if p.Field == 0 || p.Field == at+1 {
				c := cells[at].(excelize.Cell)
				if c.StyleID != m.styles.wrong {
					c.StyleID = style
				}
				cells[at] = c
			}
		}
		m.remark(p, r.Row)
	}
	explained := Harmless(strings.Join(texts, " | "))
	if r.Header {
		explained = Column
	}
	if explained != "" {
		for len(cells) < m.column {
			cells = append(cells, nil)
		}
		cells = append(cells, excelize.Cell{StyleID: m.styles.explained, Value: explained})
	}
	first, err := excelize.CoordinatesToCellName(1, r.Row)
	if err != nil {
		return err
	}
	return m.stream.SetRow(first, cells)
}

// remark keeps an explanation for its cell.
func (m *marker) remark(p *Mark, row int) {
	if p.Field == 0 || len(m.comments) >= mostMarked {
		return
	}
	cell, err := excelize.CoordinatesToCellName(p.Field, row)
	if err != nil {
		return
	}
	for i := range m.comments {
		if m.comments[i].Cell == cell {
			m.comments[i].Text += "\n" + p.Text
			return
		}
	}
	m.comments = append(m.comments, excelize.Comment{Cell: cell, Author: "Fener", Text: p.Text, Width: 320, Height: 120})
}

// newSheet ends the sheet at hand and begins another.
func (m *marker) newSheet(name string) error {
	if err := m.endSheet(); err != nil {
		return err
	}
	m.from, m.to, m.column = name, m.free(name), -1
	var err error
	if m.begun++; m.begun == 1 {
		err = m.book.SetSheetName("Sheet1", m.to)
	} else {
		_, err = m.book.NewSheet(m.to)
	}
	if err != nil {
		return err
	}
	m.stream, err = m.book.NewStreamWriter(m.to)
	return err
}

// free is a name that a sheet can have, and that none has yet.
func (m *marker) free(name string) string {
	name = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) || r < ' ' {
			return ' '
		}
		return r
	}, name), " '")
	if name == "" {
		name = "Sheet1"
	}
	const longest = 31 // letters of a sheet's name
	for n := 1; ; n++ {
		end := ""
		if n > 1 {
			end = " " + strconv.Itoa(n)
		}
		short := []rune(name)
		one := string(short[:min(len(short), longest-len(end))]) + end
		if at, err := m.book.GetSheetIndex(one); err == nil && (at < 0 || m.begun == 0) {
			return one
		}
	}
}

func (m *marker) endSheet() error {
	if m.stream == nil {
		return nil
	}
	if err := m.stream.Flush(); err != nil {
		return err
	}
	for _, c := range m.comments {
		if err := m.book.AddComment(m.to, c); err != nil {
			return err
		}
	}
	m.comments = nil
	return nil
}

// Harmless keeps a text from being run as a formula, here or where the table is
// saved and opened next.
func Harmless(s string) string {
	if s != "" && strings.IndexByte("=+-@\t\r", s[0]) >= 0 {
		return "'" + s
	}
	return s
}
