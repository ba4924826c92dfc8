package figures

import (
	"fmt"
	"slices"

	"fener/internal/figure"
	"fener/internal/page"
	"fener/internal/page/chart"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/locale"
)

var figurePage = page.Page{
	Pattern: "figures/{indicator}", Template: "figure", Params: []string{"by"},
	Addresses: func(_ *page.Request, from, n int) ([]string, int, error) {
		list, err := figure.Indicators()
		if err != nil {
			return nil, 0, err
		}
		var all []string
		for _, in := range list {
			all = append(all, "figures/"+in.ID)
		}
		return page.AddressPart(all, from, n)
	},
	DataSets: figureSets,
	Build:    buildFigure, JSON: page.DocumentOf(figureJSON), CSV: figureCSV, Cube: figureCube, Cite: citeFigure, Picture: figureChart, Embed: "embed/figures/{indicator}",
}

type figureContent struct {
	page.Base
	Figure  page.Figure
	Points  []string    // what it tells, in a few sentences
	Related []page.Link // figures near it
	Facts   []page.Summary
	Notes   []string
	Ways    []page.NavLink // the fields it can be laid out by
	Chart   page.Chart
	Pivot   string
	Export  page.Export

	Corrected []shown.ChangePart // judgments behind the figures that were corrected lately
}

func findIndicator(r *page.Request) (*figure.Indicator, error) {
	all, err := figure.Indicators()
	if err != nil {
		return nil, err
	}
	id := r.PathValue("indicator")
	for _, in := range all {
		if in.ID == id {
			return in, nil
		}
	}
	return nil, page.NotFoundf("no figure %q", id)
}

// by is the field that the figure is laid out by: the one asked for, or the first it has.
func by(r *page.Request, in *figure.Indicator) (figure.Field, error) {
	asked := r.Query.Get("by")
	if asked == "" {
		if len(in.Breakdowns) == 0 {
			return figure.NoField, nil
		}
		return in.Breakdowns[0], nil
	}
	var f figure.Field
	if err := f.UnmarshalText([]byte(asked)); err != nil || !slices.Contains(in.Breakdowns, f) {
		return f, &page.Error{Kind: page.BadRequest, Field: "by", Detail: r.T("figure.bad_by"), Cause: fmt.Errorf("%s by %.60q", in.ID, asked)}
	}
	return f, nil
}

// askedFigure is the figure that the address names, laid out by the field that it asks for, or by the first the figure has.
func askedFigure(r *page.Request) (in *figure.Indicator, f figure.Field, of *reads.Reading, pivot *figure.Pivot, err error) {
	if in, err = findIndicator(r); err != nil {
		return nil, f, nil, nil, err
	}
	if f, err = by(r, in); err != nil {
		return nil, f, nil, nil, err
	}
	if of, err = reads.Numbers(r); err != nil {
		return nil, f, nil, nil, err
	}
	pivot, err = laidOut(r, of, in, f)
	return in, f, of, pivot, err
}

func buildFigure(r *page.Request) (page.Content, error) {
	in, by, of, pivot, err := askedFigure(r)
	if err != nil {
		return nil, err
	}
	total := &pivot.Total
	name := in.Names.In(r.Lang)
	p := &figureContent{Base: r.Base(name, page.Link{Text: r.T("figures.title"), Href: r.URL("figures")})}
	p.Description = in.Definition.In(r.Lang)
	p.Figure = page.Figure{
		Value: shown.ValueText(r, total), Unit: shown.UnitText(r, in), Says: in.Definition.In(r.Lang), Period: shown.Period(r, total),
		CountedBy: page.Link{Text: r.T("figure.by_record")}, Source: page.Link{Text: r.T("figure.judgments_on_record"), Href: r.URL("cases")},
		AsOf: shown.AsOf(r, of), Rows: shown.RowsURL(r, figure.Query{Measure: in.ID}),
	}
	p.Facts = figureFacts(r, total)
	if p.Points, err = mainPoints(r, of, in, total); err != nil {
		return nil, err
	}
	if p.Related, err = relatedFigures(r, in); err != nil {
		return nil, err
	}
	for _, f := range in.Breakdowns {
		way := page.NavLink{Link: page.Link{Text: shown.FieldName(r, f), Href: r.URL("figures/"+in.ID) + "?by=" + f.String()}}
		if f == by {
			way.Current = "true"
		}
		p.Ways = append(p.Ways, way)
	}
	if p.Chart = breakdown(r, of, pivot, "by"); p.Chart.Picture != "" {
		p.Chart.Downloads = r.PictureLinks()
	}
	p.Pivot = r.URL("pivot") + "?" + pivot.Query.String()
	if p.Corrected, err = shown.CorrectedParts(r, mostCorrected, record.JudgmentKind, record.CaseKind); err != nil {
		return nil, err
	}
	p.Export, err = r.Export(citeFigure)
	if p.Chart.Picture == "" { // nothing to be shown elsewhere
		p.Export.Frame = ""
		p.WithoutEmbed()
	}
	return p, err
}

// laidOut is a figure by one field, its rows in the order of their names.
func laidOut(r *page.Request, of *reads.Reading, in *figure.Indicator, by figure.Field) (*figure.Pivot, error) {
	pivot, err := of.Figures.Fixed(figure.Query{Measure: in.ID, Rows: by})
	if err != nil {
		return nil, fmt.Errorf("computing %s by %s: %w", in.ID, by, err)
	}
	pivot.ByName(r.Lang, func(h figure.Head) string { return shown.HeadText(r, of, h).Text })
	return pivot, nil
}

// figureChart is the figure's picture as the page shows it.
func figureChart(r *page.Request) (page.Chart, error) {
	_, _, of, pivot, err := askedFigure(r)
	if err != nil {
		return page.Chart{}, err
	}
	return breakdown(r, of, pivot, "by"), nil
}

// mostCorrected is how many corrections are noted beside a figure.
const mostCorrected = 3

// figureFacts are what is needed to judge a value.
func figureFacts(r *page.Request, v *figure.Value) []page.Summary {
	entry := func(key, text string) page.Summary { return page.Summary{Term: r.T(key), Text: page.Link{Text: text}} }
	var out []page.Summary
	if v.Indicator.Measure == figure.ShareOf {
		out = append(out, entry("figure.counted", r.T("figure.n_of", "n", v.N, "of", v.Denominator)))
		out = append(out, entry("figure.interval", page.Dashed(shown.IntervalText(r, v))))
	} else if v.Indicator.Value != figure.NoAmount {
		out = append(out, entry("figure.measured", r.T("figure.n_of", "n", v.N, "of", v.Denominator)))
	}
	if v.Bounds != nil {
		out = append(out, entry("figure.certain", r.T("figure.certain_says", "n", v.N, "unknown", v.Unknown, "not", v.CertainlyNot())))
		if v.Indicator.Measure == figure.ShareOf {
			out = append(out, entry("figure.bounds", shown.BoundsText(r, v)))
		}
	}
	if v.LeftOut > 0 {
		out = append(out, entry("figure.left_out", locale.Integer(r.Lang, int64(v.LeftOut))))
	}
	if f := v.Persons; f.Final+f.NotFinal+f.Unknown > 0 {
		out = append(out, entry("figure.finality", r.T("figure.finality_says", "final", f.Final, "open", f.NotFinal, "unknown", f.Unknown)))
	}
	return out
}

// mostBars is how many rows of a breakdown are drawn; more are only listed.
const mostBars = 32

// known is how many rows have a value that can be drawn.
func known(p *figure.Pivot) int {
	n := 0
	for i := range p.RowTotals {
		if p.RowTotals[i].State == figure.Known {
			n++
		}
	}
	return n
}

// breakdown is a figure laid out by one field: a picture, and the same as a table; id is its place on the page.
func breakdown(r *page.Request, of *reads.Reading, p *figure.Pivot, id string) page.Chart {
	in := p.Indicator
	field := shown.FieldName(r, p.Query.Rows)
	title := r.T("figure.by", "figure", in.Names.In(r.Lang), "field", field)
	c := page.Chart{ID: id, Title: title, Says: r.T("figure.by_says", "n", len(p.Rows)), Table: breakdownTable(r, of, p, title, id+"-table"),
		Source: page.Link{Text: r.T("figure.judgments_on_record"), Href: r.URL("cases")}, AsOf: shown.AsOf(r, of)}
	if p.Query.Rows == figure.Court {
		c.Notes = append(c.Notes, r.T("figure.not_ranked"))
	}
	if known(p) < chart.Least || len(p.Rows) > mostBars {
		return c
	}
	words := chart.Words{ID: id, Title: title, Says: c.Says}
	switch {
	case p.Query.Rows == figure.Year:
		var left int
		if c.Picture, left = columns(r, p, words); left > 0 {
			c.Notes = append(c.Notes, r.T("figure.no_year", "n", left))
		}
	case in.Measure == figure.Range:
		c.Picture = ranges(r, of, p, words)
	default:
		c.Picture = bars(r, of, p, words)
	}
	if in.Measure == figure.ShareOf {
		c.Notes = append(c.Notes, r.T("figure.whisker"))
	}
	return c
}

func breakdownTable(r *page.Request, of *reads.Reading, p *figure.Pivot, caption, id string) page.Table {
	share := p.Indicator.Measure == figure.ShareOf
	t := page.Table{ID: id, Caption: caption, Empty: r.T("error.no_data.says"), Note: r.T("pivot.signs"),
		Columns: []page.Column{{Head: shown.FieldName(r, p.Query.Rows)}, {Head: r.T("figures.value"), Unit: shown.UnitText(r, p.Indicator), Number: true}}}
	if share {
		t.Columns = append(t.Columns, page.Column{Head: r.T("figure.interval"), Number: true})
	}
	t.Columns = append(t.Columns, page.Column{Head: r.T("figures.behind"), Number: true}, page.Column{Head: r.T("figures.note")})
	add := func(head page.Link, v *figure.Value) {
		row := []page.Link{head, {Text: shown.CellText(r, v)}}
		if share {
			row = append(row, page.Link{Text: page.Dashed(shown.IntervalText(r, v))})
		}
		behind := page.Link{Text: page.Dashed(shown.OfText(r, v))}
		if v.State != figure.NoData {
			behind.Href = shown.RowsURL(r, v.Query)
		}
		t.Rows = append(t.Rows, append(row, behind, page.Link{Text: page.Dashed(shown.Remarks(r, v))}))
	}
	for i, h := range p.Rows {
		add(shown.HeadText(r, of, h), &p.RowTotals[i])
	}
	if len(p.Rows) > 0 {
		add(page.Link{Text: r.T("pivot.all")}, &p.Total)
	}
	return t
}

func citeFigure(r *page.Request) (*page.Cited, error) {
	in, err := findIndicator(r)
	if err != nil {
		return nil, err
	}
	return r.Cited(in.Names.In(r.Lang), "figures/"+in.ID)
}

func figureJSON(r *page.Request) (*FigureDocument, error) {
	in, pivots, of, err := breakdowns(r)
	if err != nil {
		return nil, err
	}
	d := &FigureDocument{Head: r.Head("figure"), AsOf: of.Changed, Definition: shown.NewDefinition(in), Figure: shown.NewFigureValue(&pivots[0].Total)}
	for _, p := range pivots {
		if p.Query.Rows != figure.NoField {
			d.Breakdowns = append(d.Breakdowns, newBreakdown(p, shown.HeadNames(r, of)))
		}
	}
	return d, nil
}

func figureCSV(r *page.Request) (*page.Sheet, error) {
	in, pivots, _, err := breakdowns(r)
	if err != nil {
		return nil, err
	}
	return figureSheet(in, &pivots[0].Total, pivots), nil
}

// breakdowns are a figure by every field it can be laid out by, or by the one asked for.
func breakdowns(r *page.Request) (*figure.Indicator, []*figure.Pivot, *reads.Reading, error) {
	in, err := findIndicator(r)
	if err != nil {
		return nil, nil, nil, err
	}
	of, err := reads.Numbers(r)
	if err != nil {
		return nil, nil, nil, err
	}
	fields := in.Breakdowns
	if r.Query.Get("by") != "" {
		f, err := by(r, in)
		if err != nil {
			return nil, nil, nil, err
		}
		fields = []figure.Field{f}
	}
	if len(fields) == 0 {
		fields = []figure.Field{figure.NoField}
	}
	var out []*figure.Pivot
	for _, f := range fields {
		p, err := of.Figures.Fixed(figure.Query{Measure: in.ID, Rows: f})
		if err != nil {
			return nil, nil, nil, fmt.Errorf("computing %s by %s: %w", in.ID, f, err)
		}
		out = append(out, p)
	}
	return in, out, of, nil
}
