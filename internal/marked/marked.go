// Package marked writes a table from outside back as a workbook in which what is wrong is marked and explained, so that it can be corrected
// there and read again.
package marked

import (
	"fmt"
	"io"
	"slices"
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

// Write writes a table as a workbook in which every cell with a problem is
// coloured (an error red, a doubt yellow) and explained, beside it and in a last
// column. The rest stands as it was, so that the table can be corrected and read
// again. Texts that a spreadsheet would run get an apostrophe before them.
func Write(name string, file io.Reader, out io.Writer, problems []intake.Problem, l locale.Lang, opt intake.Options) error {
	book := excelize.NewFile()
	defer book.Close()
	m := marker{book: book, lang: l, at: map[spot][]intake.Problem{}}
	for _, p := range problems {
		m.at[spot{p.Sheet, p.Row}] = append(m.at[spot{p.Sheet, p.Row}], p)
	}
	var err error
	if m.styles, err = newStyles(book); err != nil {
		return fmt.Errorf("writing the table back: %w", err)
	}
	if err := intake.Whole(name, file, opt, m.row); err != nil {
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
	lang   locale.Lang
	at     map[spot][]intake.Problem
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
	for _, text := range r.Cells {
		cells = append(cells, excelize.Cell{Value: Harmless(text)})
	}
	var texts []string
	for i := range wrong {
		p := &wrong[i]
		style := m.styles.wrong
		if p.Kind == intake.Doubt {
			style = m.styles.doubtful
		}
		text := p.What(m.lang) + " " + p.Expected(m.lang)
		if !slices.Contains(texts, text) {
			texts = append(texts, text)
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
		m.remark(p, r.Row, text)
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
func (m *marker) remark(p *intake.Problem, row int, text string) {
	if p.Field == 0 || len(m.comments) >= mostMarked {
		return
	}
	cell, err := excelize.CoordinatesToCellName(p.Field, row)
	if err != nil {
		return
	}
	for i := range m.comments {
		if m.comments[i].Cell == cell {
			m.comments[i].Text += "\n" + text
			return
		}
	}
	m.comments = append(m.comments, excelize.Comment{Cell: cell, Author: "Fener", Text: text, Width: 320, Height: 120})
}

// newSheet ends the sheet at hand and begins another.
func (m *marker) newSheet(name string) error {
	if err := m.endSheet(); err != nil {
		return err
	}
	m.from, m.to, m.column = name, name, -1
	if m.to == "" {
		m.to = "Sheet1"
	}
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
