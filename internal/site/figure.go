package site

import (
	"errors"
	"fmt"
	"slices"

	"fener/internal/api"
	"fener/internal/figure"
	"fener/internal/record"
	"fener/internal/site/chart"
	"fener/locale"
)

var figurePage = Page{
	Pattern: "figures/{indicator}", Template: "figure", Params: []string{"by"},
	Build: buildFigure, JSON: figureJSON, CSV: figureCSV, Cite: citeFigure, Embed: "embed/figures/{indicator}",
}

type figureContent struct {
	Base
	Figure  Figure
	Facts   []Summary
	Notes   []string
	Ways    []NavLink // the fields it can be laid out by
	Chart   Chart
	Pivot   string
	Warning string
	Export  Export

	Corrected []changePart // judgments behind the figures that were corrected lately
}

// isNoData tells whether an error is that there is no record to read.
func isNoData(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == NoData
}

func findIndicator(r *Request) (*figure.Indicator, error) {
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
	return nil, NotFoundf("no figure %q", id)
}

// by is the field that the figure is laid out by: the one asked for, or the first it has.
func (r *Request) by(in *figure.Indicator) (figure.Field, error) {
	asked := r.Query.Get("by")
	if asked == "" {
		if len(in.Breakdowns) == 0 {
			return figure.NoField, nil
		}
		return in.Breakdowns[0], nil
	}
	var f figure.Field
	if err := f.UnmarshalText([]byte(asked)); err != nil || !slices.Contains(in.Breakdowns, f) {
		return f, &Error{Kind: BadRequest, Field: "by", Detail: r.T("figure.bad_by"), Cause: fmt.Errorf("%s by %.60q", in.ID, asked)}
	}
	return f, nil
}

func buildFigure(r *Request) (Content, error) {
	in, err := findIndicator(r)
	if err != nil {
		return nil, err
	}
	by, err := r.by(in)
	if err != nil {
		return nil, err
	}
	of, err := r.reading()
	if err != nil {
		return nil, err
	}
	pivot, err := of.figures.Fixed(figure.Query{Measure: in.ID, Rows: by})
	if err != nil {
		return nil, fmt.Errorf("computing %s by %s: %w", in.ID, by, err)
	}
	pivot.ByName(r.Lang, func(h figure.Head) string { return r.headText(of, h).Text })
	total := &pivot.Total
	name := in.Names.In(r.Lang)
	p := &figureContent{Base: r.Base(name, Link{Text: r.T("figures.title"), Href: r.URL("figures")})}
	p.Description = in.Definition.In(r.Lang)
	p.Figure = Figure{
		Value: r.valueText(total), Unit: r.unitText(in), Says: in.Definition.In(r.Lang), Period: r.period(total),
		CountedBy: Link{Text: r.T("figure.by_record")}, Source: Link{Text: r.T("figure.judgments_on_record"), Href: r.URL("cases")},
		AsOf: r.asOf(of), Rows: r.rowsURL(figure.Query{Measure: in.ID}),
	}
	p.Facts = r.figureFacts(total)
	if r.smallText(total) != "" {
		p.Warning = r.T("figure.small_says")
	}
	for _, f := range in.Breakdowns {
		way := NavLink{Link: Link{Text: r.fieldName(f), Href: r.URL("figures/"+in.ID) + "?by=" + f.String()}}
		if f == by {
			way.Current = "true"
		}
		p.Ways = append(p.Ways, way)
	}
	p.Chart = r.breakdown(of, pivot)
	p.Pivot = r.URL("pivot") + "?" + pivot.Query.String()
	if p.Corrected, _, err = r.correctedParts(0, mostCorrected, record.JudgmentKind, record.CaseKind); err != nil {
		return nil, err
	}
	p.Export, err = r.export(citeFigure)
	return p, err
}

// mostCorrected is how many corrections are noted beside a figure.
const mostCorrected = 3

// figureFacts are what is needed to judge a value.
func (r *Request) figureFacts(v *figure.Value) []Summary {
	line := func(key, text string) Summary { return Summary{r.T(key), Link{Text: text}} }
	var out []Summary
	if v.Indicator.Measure == figure.ShareOf {
		out = append(out, line("figure.counted", r.T("figure.n_of", "n", v.N, "of", v.Denominator)))
		out = append(out, line("figure.interval", dashed(r.intervalText(v))))
	} else if v.Indicator.Value != figure.NoAmount {
		out = append(out, line("figure.measured", r.T("figure.n_of", "n", v.N, "of", v.Denominator)))
	}
	if v.Bounds != nil {
		out = append(out, line("figure.certain", r.T("figure.certain_says", "n", v.N, "unknown", v.Unknown, "not", v.CertainlyNot())))
		if v.Indicator.Measure == figure.ShareOf {
			out = append(out, line("figure.bounds", r.boundsText(v)))
		}
	}
	if v.LeftOut > 0 {
		out = append(out, line("figure.left_out", locale.Integer(r.Lang, int64(v.LeftOut))))
	}
	if f := v.Persons; f.Final+f.NotFinal+f.Unknown > 0 {
		out = append(out, line("figure.finality", r.T("figure.finality_says", "final", f.Final, "open", f.NotFinal, "unknown", f.Unknown)))
	}
	return out
}

// mostBars is how many rows of a breakdown are drawn; more are only listed.
const mostBars = 32

// breakdown is a figure laid out by one field: a picture, and the same as a table.
func (r *Request) breakdown(of *reading, p *figure.Pivot) Chart {
	in := p.Indicator
	field := r.fieldName(p.Query.Rows)
	title := r.T("figure.by", "figure", in.Names.In(r.Lang), "field", field)
	c := Chart{ID: "by", Title: title, Says: r.T("figure.by_says", "n", len(p.Rows)), Table: r.breakdownTable(of, p, title),
		Source: Link{Text: r.T("figure.judgments_on_record"), Href: r.URL("cases")}, AsOf: r.asOf(of)}
	if p.Query.Rows == figure.Court {
		c.Notes = append(c.Notes, r.T("figure.not_ranked"))
	}
	if len(p.Rows) == 0 || len(p.Rows) > mostBars {
		return c
	}
	words := chart.Words{ID: "by", Title: title, Says: c.Says}
	if in.Measure == figure.Range {
		c.Picture = r.ranges(of, p, words)
	} else {
		c.Picture = r.bars(of, p, words)
	}
	if in.Measure == figure.ShareOf {
		c.Notes = append(c.Notes, r.T("figure.whisker"))
	}
	return c
}

func (r *Request) breakdownTable(of *reading, p *figure.Pivot, caption string) Table {
	share := p.Indicator.Measure == figure.ShareOf
	t := Table{ID: "by-table", Caption: caption, Empty: r.T("error.no_data.says"), Note: r.T("pivot.signs"),
		Columns: []Column{{Head: r.fieldName(p.Query.Rows)}, {Head: r.T("figures.value"), Unit: r.unitText(p.Indicator), Number: true}}}
	if share {
		t.Columns = append(t.Columns, Column{Head: r.T("figure.interval"), Number: true})
	}
	t.Columns = append(t.Columns, Column{Head: r.T("figures.behind"), Number: true}, Column{Head: r.T("figures.note")})
	add := func(head Link, v *figure.Value) {
		row := []Link{head, {Text: r.cellText(v)}}
		if share {
			row = append(row, Link{Text: dashed(r.intervalText(v))})
		}
		behind := Link{Text: dashed(r.ofText(v))}
		if v.State != figure.NoData {
			behind.Href = r.rowsURL(v.Query)
		}
		t.Rows = append(t.Rows, append(row, behind, Link{Text: dashed(r.remarks(v))}))
	}
	for i, h := range p.Rows {
		add(r.headText(of, h), &p.RowTotals[i])
	}
	if len(p.Rows) > 0 {
		add(Link{Text: r.T("pivot.all")}, &p.Total)
	}
	return t
}

func citeFigure(r *Request) (*api.Cited, error) {
	in, err := findIndicator(r)
	if err != nil {
		return nil, err
	}
	return r.cited(in.Names.In(r.Lang), "figures/"+in.ID)
}

func figureJSON(r *Request) (any, error) {
	in, pivots, of, err := breakdowns(r)
	if err != nil {
		return nil, err
	}
	d := &api.FigureDocument{Head: r.Head("figure"), AsOf: of.changed, Definition: api.NewDefinition(in), Figure: api.NewFigureValue(&pivots[0].Total)}
	for _, p := range pivots {
		if p.Query.Rows != figure.NoField {
			d.Breakdowns = append(d.Breakdowns, api.NewBreakdown(p, r.namesOf(of)))
		}
	}
	return d, nil
}

func figureCSV(r *Request) (*api.Sheet, error) {
	in, pivots, _, err := breakdowns(r)
	if err != nil {
		return nil, err
	}
	return api.FigureSheet(in, &pivots[0].Total, pivots), nil
}

// breakdowns are a figure by every field it can be laid out by, or by the one asked for.
func breakdowns(r *Request) (*figure.Indicator, []*figure.Pivot, *reading, error) {
	in, err := findIndicator(r)
	if err != nil {
		return nil, nil, nil, err
	}
	of, err := r.reading()
	if err != nil {
		return nil, nil, nil, err
	}
	fields := in.Breakdowns
	if r.Query.Get("by") != "" {
		f, err := r.by(in)
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
		p, err := of.figures.Fixed(figure.Query{Measure: in.ID, Rows: f})
		if err != nil {
			return nil, nil, nil, fmt.Errorf("computing %s by %s: %w", in.ID, f, err)
		}
		out = append(out, p)
	}
	return in, out, of, nil
}
