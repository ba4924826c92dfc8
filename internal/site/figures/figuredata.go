package figures

import (
	"strconv"

	"fener/internal/figure"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/answer"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/law"
	"fener/period"
)

// Line is one row of a figure laid out by a field.
type Line struct {
	Key   string       `json:"key"`
	Names *shown.Names `json:"names,omitempty"` // of a court or a group of offences
	shown.FigureValue
}

// Breakdown is a figure laid out by one field.
type Breakdown struct {
	By   figure.Field `json:"by"`
	Rows []Line       `json:"rows"`
}

// FigureDocument is one figure and its breakdowns.
type FigureDocument struct {
	page.Head
	AsOf       period.Date       `json:"as_of"`
	Definition shown.Definition  `json:"definition"`
	Figure     shown.FigureValue `json:"figure"`
	Breakdowns []Breakdown       `json:"breakdowns,omitempty"`
}

// FiguresDocument is the list of all figures.
type FiguresDocument struct {
	page.Head
	AsOf    period.Date       `json:"as_of"`
	Figures []shown.OneFigure `json:"figures"`
}

// PivotDocument is a figure laid out by up to two fields.
type PivotDocument struct {
	page.Head
	AsOf         period.Date           `json:"as_of"`
	Query        map[string]string     `json:"query"`
	Definition   shown.Definition      `json:"definition"`
	Rows         []PivotHead           `json:"rows"`
	Columns      []PivotHead           `json:"columns"`
	Cells        [][]shown.FigureValue `json:"cells"`
	RowTotals    []shown.FigureValue   `json:"row_totals"`
	ColumnTotals []shown.FigureValue   `json:"column_totals"`
	Total        shown.FigureValue     `json:"total"`
}

// PivotHead is one row or column of a pivot.
type PivotHead struct {
	Field figure.Field `json:"field"`
	Key   string       `json:"key"`
	Names *shown.Names `json:"names,omitempty"`
}

// newPivot is a pivot as a document.
func newPivot(h page.Head, p *figure.Pivot, names shown.NamesOf) *PivotDocument {
	d := &PivotDocument{Head: h, AsOf: p.AsOf.Date, Query: map[string]string{}, Definition: shown.NewDefinition(p.Indicator), Total: shown.NewFigureValue(&p.Total)}
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
	d.Cells = make([][]shown.FigureValue, 0, len(p.Cells))
	for _, row := range p.Cells {
		d.Cells = append(d.Cells, figureValues(row))
	}
	return d
}

func figureValues(list []figure.Value) []shown.FigureValue {
	out := make([]shown.FigureValue, 0, len(list))
	for i := range list {
		out = append(out, shown.NewFigureValue(&list[i]))
	}
	return out
}

// newBreakdown is a pivot of rows only as a breakdown.
func newBreakdown(p *figure.Pivot, names shown.NamesOf) Breakdown {
	b := Breakdown{By: p.Query.Rows, Rows: []Line{}}
	for i, head := range p.Rows {
		b.Rows = append(b.Rows, Line{head.Key, names(head), shown.NewFigureValue(&p.RowTotals[i])})
	}
	return b
}

// figureSheet is a figure and its breakdowns as rows: the whole first, then each breakdown's.
func figureSheet(in *figure.Indicator, total *figure.Value, breakdowns []*figure.Pivot) *page.Sheet {
	s := &page.Sheet{Columns: append([]string{"indicator", "unit", "by", "key"}, shown.ValueColumns...)}
	add := func(by, key string, v *figure.Value) {
		s.Rows = append(s.Rows, append([]string{in.ID, string(in.Unit), by, key}, shown.ValueCells(v)...))
	}
	add("", "", total)
	for _, p := range breakdowns {
		for i, head := range p.Rows {
			add(head.Field.String(), head.Key, &p.RowTotals[i])
		}
	}
	return s
}

// pivotSheet is a pivot as rows, one for each cell and total; an empty key stands for all.
func pivotSheet(p *figure.Pivot) *page.Sheet {
	s := &page.Sheet{Columns: append([]string{"indicator", "unit", "row_field", "row", "column_field", "column"}, shown.ValueColumns...)}
	add := func(row, column figure.Head, v *figure.Value) {
		s.Rows = append(s.Rows, append([]string{p.Indicator.ID, string(p.Indicator.Unit), p.Query.Rows.String(), row.Key,
			p.Query.Columns.String(), column.Key}, shown.ValueCells(v)...))
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
	Suspended    record.YesNo     `json:"suspended" jsonschema:"nullable"`
	Fine         law.Fine         `json:"fine"`
	Outcomes     []law.Outcome    `json:"outcomes"`
	Below        law.Tri          `json:"below_minimum"`
	Axes         *answer.Axes     `json:"axes" jsonschema:"nullable"` // null where there is no sentence to check
}

// RowsDocument is one page of the counts behind a figure.
type RowsDocument struct {
	page.Head
	page.List
	Query map[string]string `json:"query"`
	Rows  []BehindRow       `json:"rows"`
}

func behindRow(b *reads.Behind) BehindRow {
	c := b.Count
	return BehindRow{
		Case: b.File.Case, Judgment: shown.JudgmentID(b.Judgment, b.File.Coarsened), Court: b.File.Court, Instance: b.File.Instance.String(), Date: b.File.Date, Final: b.File.Final,
		Defendant: b.Defendant, Count: b.N + 1, Charged: c.Charged, Convicted: c.Convicted, Verdict: c.Verdict, Joint: c.Joint,
		Imprisonment: c.Sentence.Imprisonment, Suspended: c.Sentence.Suspended, Fine: c.Sentence.Fine,
		Outcomes: c.Finding.Outcomes.List(), Below: c.Finding.Below, Axes: answer.AxesOf(&c.Finding),
	}
}

// newRows is one page of the counts behind a query's figure as a document.
func newRows(h page.Head, q figure.Query, counts []reads.Behind, list page.List) *RowsDocument {
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

// rowsSheet is some of the counts behind a figure as rows.
func rowsSheet(counts []reads.Behind) *page.Sheet {
	s := &page.Sheet{Columns: append([]string{"case", "judgment", "court", "instance", "date", "final", "defendant", "count", "charged", "convicted", "verdict",
		"joint", "imprisonment", "suspended", "fine", "outcomes", "below_minimum"}, answer.AxisColumns()...)}
	for i := range counts {
		r := behindRow(&counts[i])
		s.Rows = append(s.Rows, append([]string{r.Case, r.Judgment, r.Court, r.Instance, r.Date.String(), r.Final.String(), r.Defendant,
			strconv.Itoa(r.Count), r.Charged, r.Convicted, r.Verdict.String(), r.Joint.String(), r.Imprisonment.String(),
			r.Suspended.String(), r.Fine.String(), counts[i].Count.Finding.Outcomes.String(), r.Below.String()}, answer.AxisCells(&counts[i].Count.Finding)...))
	}
	return s
}
