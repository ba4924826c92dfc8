package proposed

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/xuri/excelize/v2"
)

// own begins the names of columns that imports name and do not read.
const own = "note: "

// head is the names of all columns: each with its quotation behind it, where it has one.
func head() []string {
	var names []string
	for i, name := range columnNames {
		names = append(names, name)
		if quoted(i) {
			names = append(names, own+name)
		}
	}
	return append(names, own+"not sure", own+"file")
}

// line is a row under the head. unsure are the places of what is not sure, from 0.
func (r *Row) line() (line []string, unsure []int) {
	var doubts []string
	for i := range r.Cells {
		c := &r.Cells[i]
		if c.Doubt != "" {
			unsure = append(unsure, len(line))
			doubts = append(doubts, columnNames[i]+": "+c.Doubt)
		}
		line = append(line, c.Value)
		if quoted(i) {
			line = append(line, c.beside())
		}
	}
	return append(line, strings.Join(doubts, "; "), filepath.Base(r.File)), unsure
}

// beside is what stands beside a value: the words and their page.
func (c *Cell) beside() string {
	if c.Quote == "" {
		return c.Doubt
	}
	text := "“" + c.Quote + "”"
	if c.Page > 0 {
		text += fmt.Sprintf(", page %d", c.Page)
	}
	return text
}

// CSV writes the rows as a table.
func (s *Set) CSV(out io.Writer) error {
	w := csv.NewWriter(out)
	err := w.Write(head())
	for i := range s.Rows {
		line, _ := s.Rows[i].line()
		for j := range line {
			line[j] = harmless(line[j])
		}
		err = errors.Join(err, w.Write(line))
	}
	w.Flush()
	if err := errors.Join(err, w.Error()); err != nil {
		return fmt.Errorf("writing what was read: %w", err)
	}
	return nil
}

// harmless keeps a spreadsheet from running the words of a stranger's document as a formula: an apostrophe before them makes them text, and
// imports leave it out.
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

// JSONLines writes a line for each row, each decision and all that was not read.
func (s *Set) JSONLines(out io.Writer) error {
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	var err error
	for i := range s.Rows {
		err = errors.Join(err, lines.Encode(struct {
			Row *Row `json:"row"`
		}{&s.Rows[i]}))
	}
	for i := range s.Decisions {
		err = errors.Join(err, lines.Encode(struct {
			Decision *Decision `json:"decision"`
		}{&s.Decisions[i]}))
	}
	for i := range s.Unread {
		err = errors.Join(err, lines.Encode(struct {
			Unread *Unread `json:"unread"`
		}{&s.Unread[i]}))
	}
	if err != nil {
		return fmt.Errorf("writing what was read: %w", err)
	}
	return nil
}

// The sheets of the workbook. Imports read the first one.
const (
	SheetRows      = "judgments"
	sheetDecisions = "decisions"
	sheetUnread    = "not read"
)

// XLSX writes the rows as a workbook in which what is not sure is coloured, with a sheet of the decisions and one of what was not read.
func (s *Set) XLSX(out io.Writer) (err error) {
	book := excelize.NewFile()
	defer func() { err = errors.Join(err, book.Close()) }()
	w := &workbook{book: book}
	if err := w.all(s); err != nil {
		return fmt.Errorf("writing what was read: %w", err)
	}
	if err := book.Write(out); err != nil {
		return fmt.Errorf("writing what was read: %w", err)
	}
	return nil
}

type workbook struct {
	book                   *excelize.File
	title, unsure, wrapped int // styles
}

func (w *workbook) all(s *Set) error {
	var err error
	top := &excelize.Alignment{WrapText: true, Vertical: "top"}
	if w.title, err = w.book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: top}); err != nil {
		return err
	}
	if w.unsure, err = w.book.NewStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFEB9C"}}, Alignment: top}); err != nil {
		return err
	}
	if w.wrapped, err = w.book.NewStyle(&excelize.Style{Alignment: top}); err != nil {
		return err
	}
	if err := w.book.SetSheetName("Sheet1", SheetRows); err != nil {
		return err
	}
	var lines [][]string
	var unsure [][]int
	for i := range s.Rows {
		line, not := s.Rows[i].line()
		lines, unsure = append(lines, line), append(unsure, not)
	}
	if err := w.sheet(SheetRows, head(), lines, unsure); err != nil {
		return err
	}
	lines = nil
	for i := range s.Decisions {
		d := &s.Decisions[i]
		chain := ""
		if d.Chain > 0 {
			chain = fmt.Sprint(d.Chain)
		}
		lines = append(lines, []string{filepath.Base(d.File), yesText(d.This), d.Number.Value, d.Court.Value, d.Date.Value, d.Instance.Value, d.Effect.Value, fmt.Sprint(d.Counts), chain, filepath.Base(d.SameAs)})
		if d.SameAs == "" {
			lines[len(lines)-1][9] = ""
		}
	}
	if err := w.sheet(sheetDecisions, []string{"document", "this one", "its number", "by", "on", "step", "what it did", "rows", "chain of one case", "same as"}, lines, nil); err != nil {
		return err
	}
	lines = nil
	for _, u := range s.Unread {
		lines = append(lines, []string{filepath.Base(u.File), u.Pages, u.Why})
	}
	return w.sheet(sheetUnread, []string{"document", "where", "why"}, lines, nil)
}

// sheet writes one sheet: a head, and lines in which some cells are coloured.
func (w *workbook) sheet(name string, head []string, lines [][]string, unsure [][]int) error {
	if i, err := w.book.GetSheetIndex(name); err != nil || i < 0 {
		if _, err := w.book.NewSheet(name); err != nil {
			return err
		}
	}
	to, err := w.book.NewStreamWriter(name)
	if err != nil {
		return err
	}
	if err := to.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for i, column := range head {
		width := 16.0
		if strings.HasPrefix(column, own) || column == "quote" || column == "why" {
			width = 40
		}
		if err := to.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := to.SetRow("A1", w.cells(head, nil, w.title)); err != nil {
		return err
	}
	for i, line := range lines {
		var coloured []int
		if unsure != nil {
			coloured = unsure[i]
		}
		if err := to.SetRow(fmt.Sprintf("A%d", i+2), w.cells(line, coloured, w.wrapped)); err != nil {
			return err
		}
	}
	return to.Flush()
}

func (w *workbook) cells(line []string, coloured []int, style int) []any {
	cells := make([]any, len(line))
	for i, text := range line {
		cells[i] = excelize.Cell{StyleID: style, Value: text}
	}
	for _, i := range coloured {
		cells[i] = excelize.Cell{StyleID: w.unsure, Value: line[i]}
	}
	return cells
}
