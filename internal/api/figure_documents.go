package api

import (
	"strconv"

	"fener/internal/figure"
	"fener/internal/record"
	"fener/law"
	"fener/period"
)

// FigureValue is one figure for machines, with what is needed to judge it.
type FigureValue struct {
	State       figure.State     `json:"state"` // known, no_data, not_known, nothing; only known has a value
	Value       *float64         `json:"value,omitempty"`
	Length      period.Length    `json:"length,omitzero"` // of a length of imprisonment, as imposed
	Low         *float64         `json:"low,omitempty"`   // of a range
	High        *float64         `json:"high,omitempty"`
	Interval    *figure.Interval `json:"interval_95,omitempty"` // of a share: Wilson
	N           int              `json:"n"`
	Denominator int              `json:"denominator"`
	Unknown     int              `json:"unknown"`
	Not         *int             `json:"certainly_not,omitempty"` // of a number or a share
	AtLeast     *float64         `json:"at_least,omitempty"`      // whatever is not known
	AtMost      *float64         `json:"at_most,omitempty"`
	LeftOut     int              `json:"left_out"`
	Small       bool             `json:"small"`
	Persons     figure.Finality  `json:"persons"`
	Period      figure.Years     `json:"period"`
	Rows        string           `json:"rows,omitempty"` // the query that lists the counts behind it
}

// NewFigureValue is a value as a document shows it.
func NewFigureValue(v *figure.Value) FigureValue {
	f := FigureValue{
		State: v.State, Interval: v.Interval, N: v.N, Denominator: v.Denominator, Unknown: v.Unknown, LeftOut: v.LeftOut,
		Small: v.Small, Persons: v.Persons, Period: v.Period, Rows: v.Query.String(),
	}
	if b, ok := v.Limits(); ok {
		not := v.CertainlyNot()
		f.Not, f.AtLeast, f.AtMost = &not, &b.AtLeast, &b.AtMost
	}
	if v.State != figure.Known {
		return f
	}
	if v.Indicator.Measure == figure.Range {
		f.Low, f.High = &v.Low.Number, &v.High.Number
		return f
	}
	f.Value, f.Length = &v.Number, v.Length
	return f
}

// Definition is what a figure counts.
type Definition struct {
	ID         string         `json:"id"`
	Names      Names          `json:"names"`
	Definition Names          `json:"definition"`
	Unit       figure.Unit    `json:"unit"`
	Counted    figure.Unit    `json:"counted"`
	Measure    figure.Measure `json:"measure"`
	Breakdowns []figure.Field `json:"breakdowns"`
}

// NewDefinition is an indicator as a document shows it.
func NewDefinition(in *figure.Indicator) Definition {
	return Definition{in.ID, lawNames(in.Names), lawNames(in.Definition), in.Unit, in.Counted, in.Measure, in.Breakdowns}
}

// Line is one row of a figure laid out by a field.
type Line struct {
	Key   string `json:"key"`
	Names *Names `json:"names,omitempty"` // of a court or a group of offences
	FigureValue
}

// Breakdown is a figure laid out by one field.
type Breakdown struct {
	By   figure.Field `json:"by"`
	Rows []Line       `json:"rows"`
}

// FigureDocument is one figure and its breakdowns.
type FigureDocument struct {
	Head
	AsOf       period.Date `json:"as_of"`
	Definition Definition  `json:"definition"`
	Figure     FigureValue `json:"figure"`
	Breakdowns []Breakdown `json:"breakdowns,omitempty"`
}

// FiguresDocument is the list of all figures.
type FiguresDocument struct {
	Head
	AsOf    period.Date `json:"as_of"`
	Figures []OneFigure `json:"figures"`
}

// OneFigure is a figure in the list.
type OneFigure struct {
	Definition
	Figure FigureValue `json:"figure"`
}

// PivotDocument is a figure laid out by up to two fields.
type PivotDocument struct {
	Head
	AsOf         period.Date       `json:"as_of"`
	Query        map[string]string `json:"query"`
	Definition   Definition        `json:"definition"`
	Rows         []PivotHead       `json:"rows"`
	Columns      []PivotHead       `json:"columns"`
	Cells        [][]FigureValue   `json:"cells"`
	RowTotals    []FigureValue     `json:"row_totals"`
	ColumnTotals []FigureValue     `json:"column_totals"`
	Total        FigureValue       `json:"total"`
}

// PivotHead is one row or column of a pivot.
type PivotHead struct {
	Field figure.Field `json:"field"`
	Key   string       `json:"key"`
	Names *Names       `json:"names,omitempty"`
}

// NamesOf gives the names of what a head of a pivot stands for; nil where it has none.
type NamesOf func(figure.Head) *Names

// NewPivot is a pivot as a document.
func NewPivot(h Head, p *figure.Pivot, names NamesOf) *PivotDocument {
	d := &PivotDocument{Head: h, AsOf: p.AsOf.Date, Query: map[string]string{}, Definition: NewDefinition(p.Indicator), Total: NewFigureValue(&p.Total)}
	for name, values := range p.Query.Values() {
		d.Query[name] = values[0]
	}
	heads := func(list []figure.Head) []PivotHead {
		out := make([]PivotHead, 0, len(list))
		for _, head := range list {
			out = append(out, PivotHead{head.Field, head.Key, names(head)})
		}
		return out
	}
	d.Rows, d.Columns = heads(p.Rows), heads(p.Columns)
	d.RowTotals, d.ColumnTotals = figureValues(p.RowTotals), figureValues(p.ColumnTotals)
	d.Cells = make([][]FigureValue, 0, len(p.Cells))
	for _, row := range p.Cells {
		d.Cells = append(d.Cells, figureValues(row))
	}
	return d
}

func figureValues(list []figure.Value) []FigureValue {
	out := make([]FigureValue, 0, len(list))
	for i := range list {
		out = append(out, NewFigureValue(&list[i]))
	}
	return out
}

// NewBreakdown is a pivot of rows only as a breakdown.
func NewBreakdown(p *figure.Pivot, names NamesOf) Breakdown {
	b := Breakdown{By: p.Query.Rows, Rows: []Line{}}
	for i, head := range p.Rows {
		b.Rows = append(b.Rows, Line{head.Key, names(head), NewFigureValue(&p.RowTotals[i])})
	}
	return b
}

var valueColumns = []string{"state", "value", "low", "high", "interval_low", "interval_high", "n", "denominator", "unknown", "certainly_not", "at_least", "at_most", "left_out",
	"small", "final", "not_final", "final_not_known", "period_from", "period_to", "rows"}

func valueCells(v *figure.Value) []string {
	f := NewFigureValue(v)
	value := decimal(f.Value)
	if f.Value != nil && v.Indicator.Unit == figure.Length {
		value = f.Length.String()
	}
	low, high := decimal(f.Low), decimal(f.High)
	if f.Low != nil && v.Indicator.Unit == figure.Length {
		low, high = v.Low.Length.String(), v.High.Length.String()
	}
	cells := []string{string(f.State), value, low, high, "", ""}
	if f.Interval != nil {
		cells[4], cells[5] = decimal(&f.Interval.Low), decimal(&f.Interval.High)
	}
	not := ""
	if f.Not != nil {
		not = strconv.Itoa(*f.Not)
	}
	return append(cells, strconv.Itoa(f.N), strconv.Itoa(f.Denominator), strconv.Itoa(f.Unknown), not, decimal(f.AtLeast), decimal(f.AtMost), strconv.Itoa(f.LeftOut), strconv.FormatBool(f.Small),
		strconv.Itoa(f.Persons.Final), strconv.Itoa(f.Persons.NotFinal), strconv.Itoa(f.Persons.Unknown), year(f.Period.From), year(f.Period.To), f.Rows)
}

func decimal(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}

func year(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// FigureSheet is a figure and its breakdowns as rows: the whole first, then each breakdown's.
func FigureSheet(in *figure.Indicator, total *figure.Value, breakdowns []*figure.Pivot) *Sheet {
	s := &Sheet{Columns: append([]string{"indicator", "unit", "by", "key"}, valueColumns...)}
	add := func(by, key string, v *figure.Value) {
		s.Rows = append(s.Rows, append([]string{in.ID, string(in.Unit), by, key}, valueCells(v)...))
	}
	add("", "", total)
	for _, p := range breakdowns {
		for i, head := range p.Rows {
			add(head.Field.String(), head.Key, &p.RowTotals[i])
		}
	}
	return s
}

// FiguresSheet lists all figures as rows.
func FiguresSheet(values []figure.Value) *Sheet {
	s := &Sheet{Columns: append([]string{"indicator", "name_en", "name_sq", "name_sr", "unit"}, valueColumns...)}
	for i := range values {
		in := values[i].Indicator
		s.Rows = append(s.Rows, append([]string{in.ID, in.Names.EN, in.Names.SQ, in.Names.SR, string(in.Unit)}, valueCells(&values[i])...))
	}
	return s
}

// PivotSheet is a pivot as rows, one for each cell and total; an empty key stands for all.
func PivotSheet(p *figure.Pivot) *Sheet {
	s := &Sheet{Columns: append([]string{"indicator", "unit", "row_field", "row", "column_field", "column"}, valueColumns...)}
	add := func(row, column figure.Head, v *figure.Value) {
		s.Rows = append(s.Rows, append([]string{p.Indicator.ID, string(p.Indicator.Unit), p.Query.Rows.String(), row.Key,
			p.Query.Columns.String(), column.Key}, valueCells(v)...))
	}
	for i := range p.Rows {
		if i < len(p.Cells) {
			for j := range p.Cells[i] {
				add(p.Rows[i], p.Columns[j], &p.Cells[i][j])
			}
		}
		add(p.Rows[i], figure.Head{}, &p.RowTotals[i])
	}
	for j := range p.Columns {
		add(figure.Head{}, p.Columns[j], &p.ColumnTotals[j])
	}
	add(figure.Head{}, figure.Head{}, &p.Total)
	return s
}

// BehindRow is one count behind a figure.
type BehindRow struct {
	Case         string           `json:"case"`
	Judgment     string           `json:"judgment,omitempty"`
	Court        string           `json:"court,omitempty"`
	Instance     string           `json:"instance"`
	Date         period.Date      `json:"date,omitzero"`
	Final        law.Tri          `json:"final"`
	Defendant    string           `json:"defendant"`
	Count        int              `json:"count"` // from 1, among the defendant's in the judgment
	Charged      string           `json:"charged,omitempty"`
	Convicted    string           `json:"convicted,omitempty"`
	Verdict      law.Verdict      `json:"verdict"`
	Joint        law.Tri          `json:"joint"`
	Imprisonment law.Imprisonment `json:"imprisonment"`
	Suspended    record.YesNo     `json:"suspended"`
	Fine         law.Fine         `json:"fine"`
	Outcomes     []law.Outcome    `json:"outcomes"`
	Below        law.Tri          `json:"below_minimum"`
	Axes         *Axes            `json:"axes"` // null where there is no sentence to check
}

// RowsDocument is one page of the counts behind a figure.
type RowsDocument struct {
	Head
	List
	Query map[string]string `json:"query"`
	Rows  []BehindRow       `json:"rows"`
}

func behindRow(b *Behind) BehindRow {
	c := b.Count
	return BehindRow{
		Case: b.File.Case, Judgment: JudgmentID(b.Judgment, b.File.Coarsened), Court: b.File.Court, Instance: b.File.Instance.String(), Date: b.File.Date, Final: b.File.Final,
		Defendant: b.Defendant, Count: b.N + 1, Charged: c.Charged, Convicted: c.Convicted, Verdict: c.Verdict, Joint: c.Joint,
		Imprisonment: c.Sentence.Imprisonment, Suspended: c.Sentence.Suspended, Fine: c.Sentence.Fine,
		Outcomes: c.Finding.Outcomes.List(), Below: c.Finding.Below, Axes: axesOf(&c.Finding),
	}
}

// NewRows is one page of the counts behind a query's figure as a document.
func NewRows(h Head, q figure.Query, counts []Behind, list List) *RowsDocument {
	d := &RowsDocument{Head: h, List: list,
		Query: map[string]string{}, Rows: []BehindRow{}}
	for name, values := range q.Values() {
		d.Query[name] = values[0]
	}
	for i := range counts {
		d.Rows = append(d.Rows, behindRow(&counts[i]))
	}
	return d
}

// RowsSheet is some of the counts behind a figure as rows.
func RowsSheet(counts []Behind) *Sheet {
	s := &Sheet{Columns: append([]string{"case", "judgment", "court", "instance", "date", "final", "defendant", "count", "charged", "convicted", "verdict",
		"joint", "imprisonment", "suspended", "fine", "outcomes", "below_minimum"}, axisColumns()...)}
	for i := range counts {
		r := behindRow(&counts[i])
		s.Rows = append(s.Rows, append([]string{r.Case, r.Judgment, r.Court, r.Instance, r.Date.String(), r.Final.String(), r.Defendant,
			strconv.Itoa(r.Count), r.Charged, r.Convicted, r.Verdict.String(), r.Joint.String(), r.Imprisonment.String(),
			r.Suspended.String(), r.Fine.String(), counts[i].Count.Finding.Outcomes.String(), r.Below.String()}, axisCells(&counts[i].Count.Finding)...))
	}
	return s
}
