package intake

import "io"

// NamedRow is one row of a table whose columns have fixed names.
type NamedRow struct {
	Line  int // the row's number in the file; the header is row 1
	cells map[string]string
}

// Field is the text of a cell without spaces around; empty where there is none.
func (r NamedRow) Field(column string) string { return r.cells[column] }

// Named reads a small CSV table that has these columns and no other; the first
// needed of them must be there. A column that is not known is a doubt, one that
// stands twice an error. err is of r alone.
func Named(name string, r io.Reader, columns []string, needed int) ([]NamedRow, []Problem, error) {
	list := make([]tableColumn, len(columns))
	for i, c := range columns {
		list[i] = tableColumn{name: c, essential: i < needed}
	}
	t, err := readTable(name, r, list)
	if err != nil {
		return nil, nil, err
	}
	rows := make([]NamedRow, len(t.rows))
	for i, row := range t.rows {
		rows[i] = NamedRow{row.line, map[string]string{}}
		for c, column := range columns {
			if row.cells[c] != "" {
				rows[i].cells[column] = row.cells[c]
			}
		}
	}
	return rows, t.problems, nil
}
