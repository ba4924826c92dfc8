package intake

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// ErrNoTable means that a file has no rows and columns to write back.
var ErrNoTable = errors.New("only a table (CSV or a workbook) can be written back with its problems marked")

// WholeRow is a row of a table as it stands: titles and the header as well.
type WholeRow struct {
	Sheet string // of a workbook
	Row   int    // as a person counts
	// Header tells that the row is the header, or its last where it has two.
	Header bool
	Cells  []string
	// Numbers tells which cells hold a plain number, where a workbook says so.
	Numbers []bool
}

// Whole shows every row of the tables that Each would read, in their order. It
// errors with a *FileError where the file cannot be read, ErrNoTable where it is
// no table, and the first error of visit and r.
func Whole(name string, r io.Reader, opt Options, visit func(WholeRow) error) error {
	from := &rewinder{r: r}
	defer from.close()
	src, _, err := open(name, from, opt)
	if err != nil {
		return err
	}
	defer src.close()
	switch src := src.(type) {
	case *delimited:
		return src.whole(visit)
	case *workbook:
		for _, t := range src.tables {
			if err := src.wholeSheet(t, visit); err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("%s: %w", name, ErrNoTable)
}

func (s *delimited) whole(visit func(WholeRow) error) error {
	for i, fields := range s.above {
		if !blank(fields) {
			if err := visit(WholeRow{Row: i + s.aboveFirst, Header: i == len(s.above)-1, Cells: fields}); err != nil {
				return err
			}
		}
	}
	b := &Batch{}
	for {
		b.reset()
		more, err := s.next(b)
		if err != nil || !more {
			return err
		}
		rec := record{text: b.input.text, delim: s.delim, quotes: b.input.quotes}
		for row := b.input.row; rec.next(); row++ {
			if blank(rec.fields) {
				continue
			}
			if err := visit(WholeRow{Row: row, Cells: rec.fields}); err != nil {
				return err
			}
		}
	}
}

func (w *workbook) wholeSheet(t *sheetTable, visit func(WholeRow) error) error {
	rows, err := w.book.open(t.index)
	if err != nil {
		return err
	}
	defer rows.close()
	for {
		row, err := rows.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return w.damaged(err, row.number)
		}
		cells := make([]string, len(row.cells))
		for j := range row.cells {
			c := colNone
			if row.number > t.after && j < len(t.lay.columns) {
				c = t.lay.columns[j]
			}
			cells[j], _ = row.cells[j].shown(c, w.ev.date1904)
		}
		if err := visit(WholeRow{Sheet: t.info.name, Row: row.number, Header: row.number == t.after, Cells: cells}); err != nil {
			return err
		}
	}
}

// HeaderRow finds the header of a CSV table by its beginning: the number of the
// row, and the sign between its fields.
func HeaderRow(head []byte) (row int, delim byte) {
	text := strings.TrimPrefix(string(head), "\uFEFF")
	delim = delimiter(text)
	s := delimited{blocks: newBlocks(Problem{}, nil, delim)}
	s.first.input = input{text: text, row: 1, line: 1, quotes: true}
	h, ok := findHeader(s.top().fields)
	if !ok {
		return 1, delim
	}
	return h.first + h.rows, delim
}
