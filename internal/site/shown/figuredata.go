package shown

import (
	"strconv"

	"fener/internal/figure"
	"fener/internal/page"
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
	return Definition{in.ID, LawNames(in.Names), LawNames(in.Definition), in.Unit, in.Counted, in.Measure, in.Breakdowns}
}

// OneFigure is a figure in the list.
type OneFigure struct {
	Definition
	Figure FigureValue `json:"figure"`
}

// NamesOf gives the names of what a head of a pivot stands for; nil where it has none.
type NamesOf func(figure.Head) *Names

var ValueColumns = []string{"state", "value", "low", "high", "interval_low", "interval_high", "n", "denominator", "unknown", "certainly_not", "at_least", "at_most", "left_out",
	"small", "final", "not_final", "final_not_known", "period_from", "period_to", "rows"}

// ValueCells are a value as cells under ValueColumns.
func ValueCells(v *figure.Value) []string {
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
		strconv.Itoa(f.Persons.Final), strconv.Itoa(f.Persons.NotFinal), strconv.Itoa(f.Persons.Unknown), Year(f.Period.From), Year(f.Period.To), f.Rows)
}

func decimal(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}

// Year writes a year; empty where there is none.
func Year(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// FiguresSheet lists all figures as rows.
func FiguresSheet(values []figure.Value) *page.Sheet {
	s := &page.Sheet{Columns: append([]string{"indicator", "name_en", "name_sq", "name_sr", "unit"}, ValueColumns...)}
	for i := range values {
		in := values[i].Indicator
		s.Rows = append(s.Rows, append([]string{in.ID, in.Names.EN, in.Names.SQ, in.Names.SR, string(in.Unit)}, ValueCells(&values[i])...))
	}
	return s
}
