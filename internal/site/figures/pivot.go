package figures

import (
	"errors"
	"fmt"
	"net/url"
	"slices"

	"fener/internal/figure"
	"fener/internal/page"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/locale"
)

var pivotPage = page.Page{
	Pattern: "pivot", Template: "pivot", Params: pivotParams(),
	Build: buildPivot, JSON: page.DocumentOf(pivotJSON), CSV: pivotCSV, Cube: pivotCube,
}

// pivotFilters are the fields that the form offers to filter by; the address takes all.
var pivotFilters = []figure.Field{figure.Year, figure.Court, figure.Instance, figure.OffenceGroup, figure.Outcome, figure.Verdict, figure.Final, figure.Term, figure.Form, figure.Fine}

func pivotParams() []string { return figure.Params() }

type pivotContent struct {
	page.Base
	Problem *Problem
	Choices []FormField
	Filters []FormField
	Says    string
	Limits  []string // what the query is limited to, in words
	Table   *PivotTable
	TooMany string
	AsOf    string
	Hidden  []Hidden // parameters of the query that the form does not offer
}

// Problem is what is wrong with what was asked: shown first, with a link to the field it is about.
type Problem struct {
	Field, Text string
}

// FormField is one field of a form: a list to choose from, or a text where there is none.
type FormField struct {
	ID, Label, Hint string
	Value           string
	Options         []FieldOption
	Problem         string
}

// FieldOption is one entry of a list to choose from.
type FieldOption struct {
	Value, Text string
	Chosen      bool
}

// Hidden is a parameter that a form carries along.
type Hidden struct{ Name, Value string }

// PivotTable is a table of figures of which every cell leads to its rows.
type PivotTable struct {
	Caption string
	Corner  string
	Columns []page.Link
	Rows    []PivotRow
	Note    string
}

// PivotRow is one row of a pivot, with its total as the last cell.
type PivotRow struct {
	Head  page.Link
	Total bool
	Cells []PivotCell
}

// PivotCell is a value, or a sign for the lack of one with words for whoever does not see the sign.
type PivotCell struct {
	Text, Spoken, Href string
	Small              bool
}

func buildPivot(r *page.Request) (page.Content, error) {
	p := &pivotContent{Base: r.Base(r.T("pivot.title"))}
	p.Description = r.T("pivot.lede")
	of, err := reads.Numbers(r)
	if err != nil {
		return nil, err
	}
	p.AsOf = shown.AsOf(r, of)
	asked := r.Query
	if asked.Get("measure") == "" {
		asked = url.Values{"measure": {"persons_convicted"}, "rows": {"year"}}
		for name, value := range r.Query {
			asked[name] = value
		}
		p.DataOf(asked)
	}
	q, err := figure.Parse(asked)
	var pivot *figure.Pivot
	if err == nil {
		pivot, err = of.Figures.Pivot(q)
	}
	var wrong *figure.ParamError
	if err != nil && !errors.As(err, &wrong) {
		return nil, fmt.Errorf("computing a pivot: %w", err)
	}
	if err := pivotForm(r, p, of, asked, wrong); err != nil {
		return nil, err
	}
	if wrong != nil {
		p.WithoutData()
		p.Title = r.T("pivot.error_title", "title", p.Title)
		return nil, &page.Error{Kind: page.BadRequest, Field: wrong.Param, Detail: p.Problem.Text, Cause: wrong, Instead: p, Template: "pivot"}
	}
	pivot.ByName(r.Lang, func(h figure.Head) string { return shown.HeadText(r, of, h).Text })
	p.Says = pivot.Indicator.Definition.In(r.Lang)
	p.Limits = shown.FilterTexts(r, of, q.Filter)
	if cells := (len(pivot.Rows) + 1) * (len(pivot.Columns) + 1); cells > mostCells {
		p.TooMany = r.T("pivot.too_many", "n", cells)
		return p, nil
	}
	p.Table = pivotTable(r, of, pivot)
	return p, nil
}

// mostCells keeps the page light enough for a telephone; the files have no such bound.
const mostCells = 240

// pivotForm fills the form with what is asked for, and says at the field what is wrong with it.
func pivotForm(r *page.Request, p *pivotContent, of *reads.Reading, asked url.Values, wrong *figure.ParamError) error {
	all, err := figure.Indicators()
	if err != nil {
		return err
	}
	measure := FormField{ID: "measure", Label: r.T("pivot.measure")}
	axes := []figure.Field{figure.Year, figure.Court, figure.Instance, figure.OffenceGroup, figure.Outcome, figure.Verdict, figure.Final, figure.Term, figure.Form, figure.Fine}
	for _, in := range all {
		measure.Options = append(measure.Options, FieldOption{Value: in.ID, Text: in.Names.In(r.Lang)})
	}
	p.Choices = []FormField{measure}
	for _, name := range []string{"rows", "columns"} {
		c := FormField{ID: name, Label: paramName(r, name), Options: []FieldOption{{Text: r.T("pivot.nothing")}}}
		for _, f := range axes {
			c.Options = append(c.Options, FieldOption{Value: f.String(), Text: shown.FieldName(r, f)})
		}
		p.Choices = append(p.Choices, c)
	}
	for _, f := range pivotFilters {
		c := FormField{ID: f.String(), Label: shown.FieldName(r, f)}
		if f == figure.Year {
			c.Hint = r.T("pivot.year_hint", "one", "2017", "range", "2015..2019")
		} else if c.Options, err = filterOptions(r, of, f); err != nil {
			return err
		}
		p.Filters = append(p.Filters, c)
	}
	offered := map[string]bool{}
	for _, list := range [][]FormField{p.Choices, p.Filters} {
		for i := range list {
			c := &list[i]
			offered[c.ID] = true
			c.Value = asked.Get(c.ID)
			for j := range c.Options {
				c.Options[j].Chosen = c.Options[j].Value == c.Value
			}
			if wrong != nil && wrong.Param == c.ID {
				c.Problem = r.T("pivot.wrong", "field", c.Label)
				p.Problem = &Problem{Field: c.ID, Text: c.Problem}
			}
		}
	}
	for _, name := range figure.Params() {
		if value := asked.Get(name); value != "" && !offered[name] && (wrong == nil || wrong.Param != name) {
			p.Hidden = append(p.Hidden, Hidden{name, value})
		}
	}
	if wrong != nil && p.Problem == nil {
		p.Problem = &Problem{Field: "measure", Text: r.T("pivot.wrong", "field", wrong.Param)}
	}
	return nil
}

// filterOptions are the values of a field that anything on record has.
func filterOptions(r *page.Request, of *reads.Reading, f figure.Field) ([]FieldOption, error) {
	p, err := of.Figures.Fixed(figure.Query{Measure: "counts_judged", Rows: f})
	if err != nil {
		return nil, fmt.Errorf("listing the values of %s: %w", f, err)
	}
	p.ByName(r.Lang, func(h figure.Head) string { return shown.HeadText(r, of, h).Text })
	out := []FieldOption{{Text: r.T("pivot.any")}}
	for _, h := range p.Rows {
		out = append(out, FieldOption{Value: h.Key, Text: shown.HeadText(r, of, h).Text})
	}
	return out, nil
}

func pivotTable(r *page.Request, of *reads.Reading, p *figure.Pivot) *PivotTable {
	t := &PivotTable{Caption: p.Indicator.Names.In(r.Lang), Note: r.T("pivot.signs")}
	if p.Query.Rows != figure.NoField {
		t.Corner = shown.FieldName(r, p.Query.Rows)
	}
	for _, h := range p.Columns {
		t.Columns = append(t.Columns, shown.HeadText(r, of, h))
	}
	t.Columns = append(t.Columns, page.Link{Text: r.T("pivot.all")})
	for i, h := range p.Rows {
		row := PivotRow{Head: shown.HeadText(r, of, h)}
		if i < len(p.Cells) {
			for j := range p.Cells[i] {
				row.Cells = append(row.Cells, pivotCell(r, &p.Cells[i][j]))
			}
		}
		row.Cells = append(row.Cells, pivotCell(r, &p.RowTotals[i]))
		t.Rows = append(t.Rows, row)
	}
	total := PivotRow{Head: page.Link{Text: r.T("pivot.all")}, Total: true}
	for j := range p.ColumnTotals {
		total.Cells = append(total.Cells, pivotCell(r, &p.ColumnTotals[j]))
	}
	total.Cells = append(total.Cells, pivotCell(r, &p.Total))
	t.Rows = append(t.Rows, total)
	return t
}

func pivotCell(r *page.Request, v *figure.Value) PivotCell {
	c := PivotCell{Text: shown.CellText(r, v), Small: v.State == figure.Known && v.Small && v.Indicator.Measure != figure.Number}
	if v.State != figure.Known && v.Bounds == nil {
		c.Spoken = shown.ValueText(r, v)
	}
	if v.State != figure.NoData {
		c.Href = shown.RowsURL(r, v.Query)
	}
	return c
}

// askedPivot reads the query of an address for the files, which have no form to show an error in.
func askedPivot(r *page.Request) (*figure.Pivot, *reads.Reading, error) {
	of, err := reads.Numbers(r)
	if err != nil {
		return nil, nil, err
	}
	q, err := figure.Parse(r.Query)
	if err != nil {
		return nil, nil, wrongParam(r, err)
	}
	p, err := of.Figures.Pivot(q)
	if err != nil {
		return nil, nil, wrongParam(r, err)
	}
	p.ByName(locale.EN, func(h figure.Head) string { return h.Key })
	return p, of, nil
}

// wrongParam says which parameter of an address is wrong.
func wrongParam(r *page.Request, err error) error {
	var wrong *figure.ParamError
	if !errors.As(err, &wrong) {
		return err
	}
	name := wrong.Param
	if slices.Contains(append(figure.Params(), "page"), name) {
		name = paramName(r, name)
	}
	return &page.Error{Kind: page.BadRequest, Field: wrong.Param, Detail: r.T("pivot.wrong", "field", name), Cause: err}
}

// paramName names a parameter of a query in words.
func paramName(r *page.Request, name string) string {
	var f figure.Field
	if f.UnmarshalText([]byte(name)) == nil { // some are named by the law's own words
		return shown.FieldName(r, f)
	}
	key := "pivot." + name
	return r.T(key)
}

func pivotJSON(r *page.Request) (*PivotDocument, error) {
	p, of, err := askedPivot(r)
	if err != nil {
		return nil, err
	}
	return newPivot(r.Head("pivot"), p, shown.HeadNames(r, of)), nil
}

func pivotCSV(r *page.Request) (*page.Sheet, error) {
	p, _, err := askedPivot(r)
	if err != nil {
		return nil, err
	}
	return pivotSheet(p), nil
}
