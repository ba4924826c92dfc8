package figures

import (
	"fmt"
	"slices"

	"fener/internal/figure"
	"fener/internal/page"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
)

var figuresPage = page.Page{
	Pattern: "figures", Data: "figures.title", Template: "figures", Nav: "figures.title",
	Build: buildFigures, JSON: page.DocumentOf(figuresJSON), CSV: figuresCSV,
}

type figuresContent struct {
	page.Base
	Tables []page.Table
	State  *page.State
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

func buildFigures(r *page.Request) (page.Content, error) {
	p := &figuresContent{Base: r.Base(r.T("figures.title"))}
	p.Description = r.T("figures.lede")
	of, err := reads.Numbers(r)
	if page.IsNoData(err) {
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
	p.AsOf = shown.AsOf(r, of)
	for _, g := range figureGroups {
		caption := "figures." + g.id
		t := page.Table{ID: g.id, Caption: r.T(caption), Columns: []page.Column{{Head: r.T("figures.figure")}, {Head: r.T("figures.value"), Number: true},
			{Head: r.T("figures.behind"), Number: true}, {Head: r.T("figures.note")}}}
		if g.id == "shares" {
			t.Columns = append(t.Columns[:2:2], append([]page.Column{{Head: r.T("figure.interval"), Number: true}}, t.Columns[2:]...)...)
		}
		for i := range values {
			if v := &values[i]; slices.Contains(g.measures, v.Indicator.Measure) {
				t.Rows = append(t.Rows, figureRow(r, v, g.id == "shares"))
			}
		}
		p.Tables = append(p.Tables, t)
	}
	return p, nil
}

func figureRow(r *page.Request, v *figure.Value, interval bool) []page.Link {
	row := []page.Link{{Text: v.Indicator.Names.In(r.Lang), Href: r.URL("figures/" + v.Indicator.ID)}, {Text: shown.ValueText(r, v)}}
	if interval {
		row = append(row, page.Link{Text: page.Dashed(shown.IntervalText(r, v))})
	}
	behind := page.Link{Text: page.Dashed(shown.OfText(r, v))}
	if v.State != figure.NoData && v.N > 0 {
		behind.Href = shown.RowsURL(r, v.Query)
	}
	return append(row, behind, page.Link{Text: page.Dashed(shown.Remarks(r, v))})
}

// allFigures computes every indicator over the whole record.
func allFigures(of *reads.Reading) ([]figure.Value, error) {
	all, err := figure.Indicators()
	if err != nil {
		return nil, err
	}
	out := make([]figure.Value, 0, len(all))
	for _, in := range all {
		v, err := of.Figures.FixedFigure(figure.Query{Measure: in.ID})
		if err != nil {
			return nil, fmt.Errorf("computing %s: %w", in.ID, err)
		}
		v.Query.Measure = in.ID
		out = append(out, v)
	}
	return out, nil
}

func figuresJSON(r *page.Request) (*FiguresDocument, error) {
	of, err := reads.Numbers(r)
	if err != nil {
		return nil, err
	}
	values, err := allFigures(of)
	if err != nil {
		return nil, err
	}
	d := &FiguresDocument{Head: r.Head("figures"), AsOf: of.Changed}
	for i := range values {
		d.Figures = append(d.Figures, shown.OneFigure{Definition: shown.NewDefinition(values[i].Indicator), Figure: shown.NewFigureValue(&values[i])})
	}
	return d, nil
}

func figuresCSV(r *page.Request) (*page.Sheet, error) {
	of, err := reads.Numbers(r)
	if err != nil {
		return nil, err
	}
	values, err := allFigures(of)
	if err != nil {
		return nil, err
	}
	return shown.FiguresSheet(values), nil
}
