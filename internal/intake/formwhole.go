package intake

import (
	fact "fener/internal/record" // the name record is a row of CSV here
)

// Whole shows every row of every sheet of files that can be seen, as Read finds them: instructions too, and sheets that are none of the forms. Each sheet is
// told first, with its form where it has one. It errors with a *FileError where a file cannot be read, and with the first error of visit and the readers.
func (f *Forms) Whole(files []FormFile, visit func(s *FormSheet, row WholeRow) error) error {
	r := &formReader{forms: f, out: &FormsRead{}, several: len(files) > 1, room: mostFormRoom}
	for _, file := range files {
		r.file = file.Name
		if err := r.whole(file, visit); err != nil {
			return err
		}
	}
	return nil
}

func (r *formReader) whole(file FormFile, visit func(s *FormSheet, row WholeRow) error) error {
	opened, err := r.open(file)
	if err != nil {
		return err
	}
	defer opened.close()
	for i := range opened.sheets {
		s := &opened.sheets[i]
		rows, err := s.all(r)
		if err != nil {
			return err
		}
		at, form := r.forms.find(s, rows)
		if form == nil && s.hidden {
			continue
		}
		sheet := FormSheet{Name: s.name}
		if form != nil {
			sheet.Form, sheet.Header, sheet.form = form.Name, rows[at].number, form
			r.header(&sheet, texts(rows[at].cells))
		}
		for j := range rows {
			row := wholeRow(&sheet, &rows[j], s.date1904)
			row.Header = form != nil && j == at
			if err := visit(&sheet, row); err != nil {
				return err
			}
		}
	}
	return nil
}

// wholeRow is a row as people see it; numbers stay numbers, so that they are read again as such.
func wholeRow(s *FormSheet, in *sheetRow, date1904 bool) WholeRow {
	row := WholeRow{Sheet: s.Name, Row: in.number, Cells: make([]string, len(in.cells)), Numbers: make([]bool, len(in.cells))}
	for i := range in.cells {
		c, to := &in.cells[i], colNone
		if i < len(s.fields) && s.fields[i] >= 0 && s.form.Columns[s.fields[i]].Cell.Is == fact.CellDate {
			to = colJudgmentDate
		}
		if c.kind == numberCell && c.format == nil {
			row.Cells[i], row.Numbers[i] = c.text, true
			continue
		}
		row.Cells[i], _ = c.shown(to, date1904)
	}
	return row
}
