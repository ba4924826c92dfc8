package intake

import (
	"strings"

	"fener/locale"
)

// What stands in a file and is read by nobody is named, so that an import loses
// nothing in silence: columns without a name, what stands above the header, and
// remarks on cells.

// nameless names the first cell with a text under each field that has no name in
// the header. cell is the text of a field.
func (d *decoder) nameless(cell func(i int) string) {
	if d.scan != nil {
		return
	}
	for _, i := range d.lay.bare {
		s := strings.TrimSpace(locale.Plain(cell(i)))
		if s == "" || d.told&(1<<min(i, 63)) != 0 {
			continue
		}
		d.told |= 1 << min(i, 63)
		p := d.problem(colNone, strings.ToValidUTF8(s, "�"), namelessColumn, Doubt)
		p.Field, p.Want = i+1, i+1
		d.b.add(p, d.opt.MaxProblems)
	}
}

// aboveHeaderOf names what stands in the rows above a header, of which the first
// has the number given.
func aboveHeaderOf(at Problem, first int, rows [][]string) []Problem {
	var texts []string
	for i, fields := range rows {
		for _, f := range fields {
			if f = oneLine(locale.Plain(f)); f != "" {
				if len(texts) == 0 {
					at.Row = first + i
				}
				texts = append(texts, f)
			}
		}
	}
	if len(texts) == 0 {
		return nil
	}
	at.Code, at.Kind, at.Found = aboveHeader, Doubt, excerpt(strings.Join(texts, " | "))
	return []Problem{at}
}

// remarksOf names the cells of a sheet that somebody put a remark on.
func (w *workbook) remarksOf(t *sheetTable) {
	cells, err := w.rows.remarks()
	if err != nil || len(cells) == 0 { // remarks that cannot be read stop no table
		return
	}
	p := w.doubt(cellRemarks, t.info.name)
	p.Got, p.Other = len(cells), strings.Join(cells[:min(len(cells), listed)], ", ")
	if len(cells) > listed {
		p.Other += ", …"
	}
	w.found = append(w.found, p)
}
