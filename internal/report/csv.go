package report

import (
	"strconv"
	"strings"

	"fener/law"
)

// csvColumns are the columns of the CSV form, in order.
var csvColumns = []string{"file", "row", "case", "court", "judgment_date", "defendant", "count", "offence", "outcomes", "below_minimum",
	"minimum", "floor", "maximum", "imposed", "suspended", "fine", "shortfall", "provision", "verified", "downgraded", "missing", "laws",
	"final", "doubts"}

func (r *Report) startCSV() error {
	r.render = r.rows(r.csvLine)
	_, err := r.to.Write([]byte(strings.Join(csvColumns, ",") + "\n"))
	return err
}

func (r *Report) csvLine(_ *scratch, b []byte, f *finding) []byte {
	row, a := f.row, &f.answer
	b = append(appendCSV(b, r.file), ',')
	b = append(strconv.AppendInt(b, int64(row.Line), 10), ',')
	b = append(appendCSV(b, row.Case), ',')
	b = append(appendCSV(b, row.Court), ',')
	b, _ = row.Facts.Judged.AppendText(b) // a Date always has a text, as has a set of outcomes
	b = append(b, ',')
	b = append(appendCSV(b, row.Defendant), ',')
	if row.Count.Reported {
		b = strconv.AppendInt(b, int64(row.Count.N), 10)
		if row.Count.AtLeast {
			b = append(b, '+')
		}
	}
	b = append(b, ',')
	b = append(appendCSV(b, offence(row)), ',')
	b, _ = a.Outcomes.AppendText(b)
	b = append(b, ',')
	b = append(appendTri(b, a.BelowMinimum), ',')
	b = append(appendLimit(b, a.Minimum), ',')
	b = append(appendLimit(b, a.Floor), ',')
	b = append(appendLimit(b, a.Maximum), ',')
	b = append(appendLimit(b, a.Imposed), ',')
	if t := row.Facts.Sentence.Suspended; t != law.NotKnown {
		b = append(b, t.String()...)
	}
	b = append(b, ',')
	b = append(appendFine(b, row.Facts.Sentence.Fine), ',')
	b, _ = a.Shortfall.AppendText(b)
	b = append(b, ',')
	b = append(append(b, r.provision(a)...), ',')
	b = append(append(b, a.Verified.String()...), ',')
	b = append(appendTri(b, a.Downgraded), ',')
	b, _ = a.Missing.AppendText(b)
	b = append(b, ',')
	for i, p := range a.Laws() {
		if i > 0 {
			b = append(b, '+')
		}
		b = append(b, r.refs[p]...)
	}
	b = append(b, ',')
	b = append(appendTri(b, row.Final), ',')
	if list := r.doubts(f); list != nil {
		b = appendCSV(b, strings.Join(list, " | "))
	}
	return append(b, '\n')
}
