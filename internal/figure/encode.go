package figure

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
)

// valueForm is a value as JSON writes it. docs/figures.md explains the fields;
// they are only ever added to. Numbers are plain: a point, no grouping.
type valueForm struct {
	Row          *string   `json:"row,omitempty"`    // in a pivot; absent in a column's total
	Column       *string   `json:"column,omitempty"` // in a pivot; absent in a row's total
	Indicator    string    `json:"indicator"`
	Unit         Unit      `json:"unit"`
	State        State     `json:"state"`
	Value        *float64  `json:"value" jsonschema:"nullable"` // null where the state is not known
	Length       string    `json:"length,omitempty"`
	Low          *float64  `json:"low,omitempty"`
	LowLength    string    `json:"low_length,omitempty"`
	High         *float64  `json:"high,omitempty"`
	HighLength   string    `json:"high_length,omitempty"`
	Interval     *Interval `json:"interval,omitempty"`
	N            int       `json:"n"`
	Denominator  int       `json:"denominator"`
	Unknown      int       `json:"unknown"`
	CertainlyNot *int      `json:"certainly_not,omitempty"` // of a number or a share
	AtLeast      *float64  `json:"at_least,omitempty"`
	AtMost       *float64  `json:"at_most,omitempty"`
	LeftOut      int       `json:"left_out"`
	Small        bool      `json:"small"`
	Persons      Finality  `json:"persons"`
	Period       Years     `json:"period"`
	AsOf         asOfForm  `json:"as_of"`
	Synthetic    bool      `json:"synthetic"`
	Query        string    `json:"query"` // leads to the counts behind the value
}

type asOfForm struct {
	Seq  int64  `json:"seq"`
	Date string `json:"date,omitempty"`
}

func (v *Value) form() valueForm {
	f := valueForm{Indicator: v.Indicator.ID, Unit: v.Indicator.Unit, State: v.State, Interval: v.Interval, N: v.N,
		Denominator: v.Denominator, Unknown: v.Unknown, LeftOut: v.LeftOut, Small: v.Small, Persons: v.Persons,
		Period: v.Period, AsOf: asOfForm{v.AsOf.Seq, v.AsOf.Date.String()}, Synthetic: v.Synthetic, Query: v.Query.String()}
	if b, ok := v.Limits(); ok {
		not := v.CertainlyNot()
		f.CertainlyNot, f.AtLeast, f.AtMost = &not, &b.AtLeast, &b.AtMost
	}
	if v.State != Known {
		return f
	}
	if v.Indicator.Measure == Range {
		f.Low, f.LowLength = &v.Low.Number, v.Low.Length.String()
		f.High, f.HighLength = &v.High.Number, v.High.Length.String()
	}
	f.Value, f.Length = &v.Number, v.Length.String()
	return f
}

// MarshalJSON writes the value with everything needed to judge it.
func (v Value) MarshalJSON() ([]byte, error) { return json.Marshal(v.form()) }

// JSONSchemaAlias is what a value is written as, for descriptions of documents.
func (v Value) JSONSchemaAlias() any { return valueForm{} }

// MarshalJSON writes the pivot as a list of values: the cells row by row, each
// row followed by its total, then the totals of the columns, then that of all.
func (p *Pivot) MarshalJSON() ([]byte, error) {
	type pivotForm struct {
		Query     string      `json:"query"`
		Indicator string      `json:"indicator"`
		Unit      Unit        `json:"unit"`
		Rows      Field       `json:"rows"`
		Columns   Field       `json:"columns"`
		AsOf      asOfForm    `json:"as_of"`
		Synthetic bool        `json:"synthetic"`
		Values    []valueForm `json:"values"`
	}
	return json.Marshal(pivotForm{Query: p.Query.String(), Indicator: p.Indicator.ID, Unit: p.Indicator.Unit, Rows: p.Query.Rows,
		Columns: p.Query.Columns, AsOf: asOfForm{p.AsOf.Seq, p.AsOf.Date.String()}, Synthetic: p.Synthetic, Values: p.forms()})
}

// forms are all values of the pivot in the order of the files.
func (p *Pivot) forms() []valueForm {
	var list []valueForm
	add := func(v *Value, row, column *string) {
		f := v.form()
		f.Row, f.Column = row, column
		list = append(list, f)
	}
	for i := range p.Rows {
		for j := range p.Columns {
			add(&p.Cells[i][j], &p.Rows[i].Key, &p.Columns[j].Key)
		}
		add(&p.RowTotals[i], &p.Rows[i].Key, nil)
	}
	for j := range p.Columns {
		add(&p.ColumnTotals[j], nil, &p.Columns[j].Key)
	}
	add(&p.Total, nil, nil)
	return list
}

var csvHeader = []string{"row", "column", "indicator", "unit", "state", "value", "length", "low", "low_length", "high", "high_length",
	"interval_low", "interval_high", "n", "denominator", "unknown", "certainly_not", "at_least", "at_most", "left_out", "small", "final", "not_final", "final_not_known",
	"from", "to", "as_of_seq", "as_of", "synthetic", "query"}

// WriteCSV writes the value as a header and one line.
func (v Value) WriteCSV(w io.Writer) error { return writeCSV(w, []valueForm{v.form()}) }

// WriteCSV writes the pivot as a header and a line for each value, in the order
// of the JSON form. Totals leave row, column or both empty.
func (p *Pivot) WriteCSV(w io.Writer) error { return writeCSV(w, p.forms()) }

func writeCSV(w io.Writer, list []valueForm) error {
	out := csv.NewWriter(w)
	lines := [][]string{csvHeader}
	for i := range list {
		lines = append(lines, list[i].line())
	}
	if err := out.WriteAll(lines); err != nil {
		return fmt.Errorf("figure: write CSV: %w", err)
	}
	return nil
}

func (f *valueForm) line() []string {
	number := func(x *float64) string {
		if x == nil {
			return ""
		}
		return strconv.FormatFloat(*x, 'f', -1, 64)
	}
	text := func(s *string) string {
		if s == nil {
			return ""
		}
		return inert(*s)
	}
	year := func(y int) string {
		if y == 0 {
			return ""
		}
		return strconv.Itoa(y)
	}
	not := ""
	if f.CertainlyNot != nil {
		not = strconv.Itoa(*f.CertainlyNot)
	}
	low, high := "", ""
	if f.Interval != nil {
		low, high = number(&f.Interval.Low), number(&f.Interval.High)
	}
	return []string{text(f.Row), text(f.Column), f.Indicator, string(f.Unit), string(f.State), number(f.Value), f.Length,
		number(f.Low), f.LowLength, number(f.High), f.HighLength, low, high, strconv.Itoa(f.N), strconv.Itoa(f.Denominator),
		strconv.Itoa(f.Unknown), not, number(f.AtLeast), number(f.AtMost), strconv.Itoa(f.LeftOut), strconv.FormatBool(f.Small), strconv.Itoa(f.Persons.Final),
		strconv.Itoa(f.Persons.NotFinal), strconv.Itoa(f.Persons.Unknown), year(f.Period.From), year(f.Period.To),
		strconv.FormatInt(f.AsOf.Seq, 10), f.AsOf.Date, strconv.FormatBool(f.Synthetic), f.Query}
}

// inert keeps a spreadsheet from reading a text as a formula: an offence is as
// its source wrote it, and may begin with anything.
func inert(s string) string {
	if s != "" && (s[0] == '=' || s[0] == '+' || s[0] == '-' || s[0] == '@') {
		return "'" + s
	}
	return s
}
