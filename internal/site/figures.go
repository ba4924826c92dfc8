package site

import (
	"fmt"
	"slices"

	"fener/internal/api"
	"fener/internal/figure"
)

var figuresPage = Page{
	Pattern: "figures", Template: "figures", Nav: "figures.title",
	Build: buildFigures, JSON: figuresJSON, CSV: figuresCSV,
}

type figuresContent struct {
	Base
	Tables []Table
	State  *State
	AsOf   string
}

// figureGroups are the tables of the list, by what is measured.
var figureGroups = []struct {
	id       string
	measures []figure.Measure
}{
	{"numbers", []figure.Measure{figure.Number}},
	{"shares", []figure.Measure{figure.ShareOf}},
	{"amounts", []figure.Measure{figure.Median, figure.Range, figure.Lowest, figure.Highest}},
}

func buildFigures(r *Request) (Content, error) {
	p := &figuresContent{Base: r.Base(r.T("figures.title"))}
	p.Description = r.T("figures.lede")
	of, err := r.reading()
	if isNoData(err) {
		state := r.NoData()
		p.State = &state
		return p, nil
	}
	if err != nil {
		return nil, err
	}
	values, err := allFigures(of)
	if err != nil {
		return nil, err
	}
	p.AsOf = r.asOf(of)
	for _, g := range figureGroups {
		caption := "figures." + g.id
		t := Table{ID: g.id, Caption: r.T(caption), Columns: []Column{{Head: r.T("figures.figure")}, {Head: r.T("figures.value"), Number: true},
			{Head: r.T("figures.behind"), Number: true}, {Head: r.T("figures.note")}}}
		if g.id == "shares" {
			t.Columns = append(t.Columns[:2:2], append([]Column{{Head: r.T("figure.interval"), Number: true}}, t.Columns[2:]...)...)
		}
		for i := range values {
			if v := &values[i]; slices.Contains(g.measures, v.Indicator.Measure) {
				t.Rows = append(t.Rows, r.figureRow(v, g.id == "shares"))
			}
		}
		p.Tables = append(p.Tables, t)
	}
	return p, nil
}

func (r *Request) figureRow(v *figure.Value, interval bool) []Link {
	row := []Link{{Text: v.Indicator.Names.In(r.Lang), Href: r.URL("figures/" + v.Indicator.ID)}, {Text: r.valueText(v)}}
	if interval {
		row = append(row, Link{Text: dashed(r.intervalText(v))})
	}
	behind := Link{Text: dashed(r.ofText(v))}
	if v.State != figure.NoData && v.N > 0 {
		behind.Href = r.rowsURL(v.Query)
	}
	return append(row, behind, Link{Text: dashed(r.remarks(v))})
}

// dashed shows that there is nothing to say, where an empty cell would read as not known.
func dashed(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// smallText warns of numbers that are too small for a conclusion.
func (r *Request) smallText(v *figure.Value) string {
	if v.State != figure.Known || !v.Small {
		return ""
	}
	return r.T("figure.small")
}

// remarks are what must be said beside a value: that it is small, and of how many it is not known.
func (r *Request) remarks(v *figure.Value) string {
	small := r.smallText(v)
	if v.Unknown == 0 || v.State == figure.NoData {
		return small
	}
	unknown := r.T("figure.unknown_n", "n", v.Unknown)
	if v.Bounds != nil && v.Indicator.Measure == figure.ShareOf {
		unknown += "; " + r.T("figure.between", "range", r.boundsText(v))
	}
	if small == "" {
		return unknown
	}
	return small + "; " + unknown
}

// allFigures computes every indicator over the whole record.
func allFigures(of *reading) ([]figure.Value, error) {
	all, err := figure.Indicators()
	if err != nil {
		return nil, err
	}
	out := make([]figure.Value, 0, len(all))
	for _, in := range all {
		v, err := of.figures.FixedFigure(figure.Query{Measure: in.ID})
		if err != nil {
			return nil, fmt.Errorf("computing %s: %w", in.ID, err)
		}
		v.Query.Measure = in.ID
		out = append(out, v)
	}
	return out, nil
}

func figuresJSON(r *Request) (any, error) {
	of, err := r.reading()
	if err != nil {
		return nil, err
	}
	values, err := allFigures(of)
	if err != nil {
		return nil, err
	}
	d := &api.FiguresDocument{Head: r.Head("figures"), AsOf: of.changed}
	for i := range values {
		d.Figures = append(d.Figures, api.OneFigure{Definition: api.NewDefinition(values[i].Indicator), Figure: api.NewFigureValue(&values[i])})
	}
	return d, nil
}

func figuresCSV(r *Request) (*api.Sheet, error) {
	of, err := r.reading()
	if err != nil {
		return nil, err
	}
	values, err := allFigures(of)
	if err != nil {
		return nil, err
	}
	return api.FiguresSheet(values), nil
}
