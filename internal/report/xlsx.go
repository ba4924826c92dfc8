package report

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// The sheets of a workbook.
const (
	sheetFindings = "findings"
	sheetCodebook = "codebook"
)

// What a sheet and a cell can hold.
const (
	mostSheetRows  = excelize.TotalRows
	mostCellLetter = excelize.TotalCellChars
)

// workbook is the XLSX form while it grows: rows are rendered in parallel as lengths and texts, and written in order with their types.
type workbook struct {
	*Report
	file   *excelize.File
	stream *excelize.StreamWriter
	row    int
	date   int // the style of a day
	cells  []any
}

func (r *Report) startXLSX() error {
	w := &workbook{Report: r, file: excelize.NewFile(), row: 1, cells: make([]any, len(columns))}
	r.render, r.sink, r.end, r.tidy = r.rows(r.xlsxLine), w.sink, w.end, w.file.Close
	form := "yyyy-mm-dd"
	var err error
	if w.date, err = w.file.NewStyle(&excelize.Style{CustomNumFmt: &form}); err != nil {
		return err
	}
	if err := w.file.SetSheetName(w.file.GetSheetName(0), sheetFindings); err != nil {
		return err
	}
	// No used range: it is written before the rows are known, and readers believe it.
	if err := w.file.SetSheetDimension(sheetFindings, ""); err != nil {
		return err
	}
	if w.stream, err = w.file.NewStreamWriter(sheetFindings); err != nil {
		return err
	}
	head := make([]any, len(columns))
	for i := range columns {
		head[i] = columns[i].name
	}
	if err := w.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	return w.stream.SetRow("A1", head)
}

// xlsxLine appends each cell as CSV has it, unquoted, with its length before it.
func (r *Report) xlsxLine(s *scratch, b []byte, f *finding) []byte {
	for i := range columns {
		c := &columns[i]
		switch c.kind {
		case textCell:
			s.joined = append(s.joined[:0], c.text(r, f)...)
		case listCell:
			s.joined = s.joined[:0]
			s.items = c.list(r, s.items[:0], f)
			for n, item := range s.items {
				if n > 0 {
					s.joined = append(s.joined, c.sep...)
				}
				s.joined = append(s.joined, item...)
			}
		default:
			s.joined = r.csvCell(s, s.joined[:0], c, f)
		}
		b = append(binary.AppendUvarint(b, uint64(len(s.joined))), s.joined...)
	}
	return b
}

func (w *workbook) sink(out []byte) error {
	for len(out) > 0 {
		for i := range columns {
			n, size := binary.Uvarint(out)
			end := size + int(n)
			w.cells[i] = w.cell(&columns[i], string(out[size:end]))
			out = out[end:]
		}
		if last := len(w.cells) - 1; w.cells[last] == nil {
			w.cells[last] = "" // so that every row is as wide as the head
		}
		if w.row++; w.row > mostSheetRows {
			return fmt.Errorf("a sheet of a workbook holds %d rows and no more: write csv, or check the files one by one", mostSheetRows-1)
		}
		if err := w.stream.SetRow("A"+strconv.Itoa(w.row), w.cells); err != nil {
			return err
		}
	}
	return nil
}

// cell is a cell with its type. Numbers are numbers, whole days are dates, and texts that could be run as formulas are made harmless.
func (w *workbook) cell(c *column, text string) any {
	if text == "" {
		return nil
	}
	switch c.kind {
	case flagCell:
		return text == "TRUE"
	case numberCell, moneyCell:
		if n, err := strconv.ParseFloat(text, 64); err == nil {
			return n
		}
	case dateCell:
		if day, err := time.Parse(time.DateOnly, text); err == nil && day.Year() > 1900 {
			return excelize.Cell{StyleID: w.date, Value: day}
		}
	}
	if startsFormula(text[0]) {
		text = "'" + text
	}
	if utf8.RuneCountInString(text) > mostCellLetter {
		text = string([]rune(text)[:mostCellLetter-1]) + "…"
	}
	return text
}

// end adds the codebook and writes the file.
func (w *workbook) end() error {
	if err := w.stream.Flush(); err != nil {
		return err
	}
	if _, err := w.file.NewSheet(sheetCodebook); err != nil {
		return err
	}
	if err := w.file.SetSheetDimension(sheetCodebook, ""); err != nil {
		return err
	}
	book, err := w.file.NewStreamWriter(sheetCodebook)
	if err != nil {
		return err
	}
	entries, err := codebook()
	if err != nil {
		return err
	}
	for i, line := range append([][]string{codebookHead()}, lines(entries)...) {
		cells := make([]any, len(line))
		for j, text := range line {
			cells[j] = text
		}
		if err := book.SetRow("A"+strconv.Itoa(i+1), cells); err != nil {
			return err
		}
	}
	if err := book.Flush(); err != nil {
		return err
	}
	return w.file.Write(w.to)
}
