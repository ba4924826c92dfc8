package intake

import (
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// choose takes the sheets that have a header without an error: every visible
// one, or a hidden one where there is no other. Where no sheet has, the one that
// came nearest says what is missing.
func (w *workbook) choose() (problems []Problem, err error) {
	var good, hidden []*sheetTable
	var nearest *sheetTable
	most := -1
	var passed []string
	for i, info := range w.book.sheets() {
		if w.opt.Sheet != "" && info.name != w.opt.Sheet {
			if w.opt.Account {
				passed = append(passed, info.name)
			}
			continue
		}
		t, n, err := w.table(i, info)
		if err != nil {
			return nil, err
		}
		switch {
		case t == nil:
		case t.lay.refused:
			if n > most {
				most, nearest = n, t
			}
			passed = append(passed, info.name)
		case info.hidden && w.opt.Sheet == "":
			hidden = append(hidden, t)
		default:
			good = append(good, t)
		}
	}
	switch {
	case w.opt.Sheet != "" && len(good) == 0 && nearest == nil:
		p := w.at
		p.Code, p.Found, p.Hint = noSheet, w.opt.Sheet, strings.Join(sheetNames(w.book.sheets()), ", ")
		return nil, &FileError{p}
	case len(good) > 0:
		for _, t := range hidden {
			problems = append(problems, w.doubt(sheetHidden, t.info.name))
		}
	case len(hidden) > 0:
		good = hidden
		for _, t := range hidden {
			problems = append(problems, w.doubt(hiddenRead, t.info.name))
		}
	case nearest != nil:
		good, passed = []*sheetTable{nearest}, nil
	default:
		p := w.at
		p.Code = emptyFile
		return nil, &FileError{p}
	}
	return w.take(good, passed, problems)
}

// take begins with the sheets chosen, and says which they are where that is not plain.
func (w *workbook) take(good []*sheetTable, passed []string, problems []Problem) ([]Problem, error) {
	var filled []*sheetTable
	for _, t := range good {
		if rows, err := w.hasRows(t); err != nil {
			return nil, err
		} else if rows {
			filled = append(filled, t)
		} else if len(good) > 1 {
			passed = append(passed, t.info.name)
		}
	}
	if len(filled) == 0 {
		filled = good[:1]
	}
	var names []string
	for _, t := range filled {
		names = append(names, t.info.name)
	}
	if len(filled) > 1 && w.opt.OneSheet {
		p := w.at
		p.Code, p.Hint = severalSheets, strings.Join(names, ", ")
		return nil, &FileError{p}
	}
	if len(filled) > 1 || len(passed) > 0 {
		p := w.doubt(sheetsRead, strings.Join(names, ", "))
		p.Other = strings.Join(passed, ", ")
		if p.Other == "" {
			p.Other = "–"
		}
		problems = append(problems, p)
	}
	w.tables = filled
	for _, t := range filled {
		for i := range t.problems {
			t.problems[i].Sheet, t.problems[i].Among = t.info.name, len(filled) > 1
		}
		problems = append(problems, t.problems...)
	}
	return problems, nil
}

func (w *workbook) doubt(code Code, found string) Problem {
	p := w.at
	p.Code, p.Kind, p.Found = code, Doubt, excerpt(found)
	return p
}

func sheetNames(list []sheetInfo) (names []string) {
	for _, s := range list {
		names = append(names, s.name)
	}
	return names
}

// table looks for a header in the first rows of a sheet; nil where the sheet is
// empty. n is how many columns it names.
func (w *workbook) table(i int, info sheetInfo) (t *sheetTable, n int, err error) {
	rows, err := w.book.open(i)
	if err != nil {
		return nil, 0, err
	}
	defer rows.close()
	var fields [][]string
	for len(fields) <= headerWithin+sampleRows {
		row, err := rows.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, 0, err
		}
		for len(fields) < row.number-1 && len(fields) <= headerWithin+sampleRows {
			fields = append(fields, nil)
		}
		fields = append(fields, texts(row.cells))
	}
	h, ok := findHeader(fields)
	if !ok {
		return nil, 0, nil
	}
	at := w.at
	at.Row = h.first + 1
	lay, problems := readHeader(at, h.fields, fields[h.first+h.rows:], w.opt.Account)
	if w.opt.Account {
		problems = append(aboveHeaderOf(w.at, 1, fields[:h.first]), problems...)
	}
	t = &sheetTable{index: i, info: info, after: h.first + h.rows, lay: lay, problems: problems}
	t.lay.first = t.after + 1
	for j, c := range lay.columns {
		letters, err := excelize.ColumnNumberToName(j + 1)
		if err != nil {
			return nil, 0, err
		}
		t.lay.letters[c] = letters
	}
	t.lay.letters[colNone] = ""
	for _, j := range rows.hiddenColumns() {
		if j < len(lay.columns) && lay.columns[j] != colNone {
			p := at
			p.Code, p.Kind, p.Column, p.Header = hiddenColumn, Doubt, lay.columns[j].String(), lay.headers[lay.columns[j]]
			t.problems = append(t.problems, p)
		}
	}
	return t, h.known, nil
}

// hasRows reports whether anything stands below a sheet's header.
func (w *workbook) hasRows(t *sheetTable) (bool, error) {
	rows, err := w.book.open(t.index)
	if err != nil {
		return false, err
	}
	defer rows.close()
	for {
		row, err := rows.next()
		if err == io.EOF {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		if row.number > t.after && !blank(texts(row.cells)) {
			return true, nil
		}
	}
}
