package figures

import (
	"fener/internal/cube"
	"fener/internal/figure"
	"fener/internal/page"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
)

// figureCube is the figure by the field that is asked for, or by the first it has.
func figureCube(r *page.Request) (*cube.Cube, error) {
	in, by, of, p, err := askedFigure(r)
	if err != nil {
		return nil, err
	}
	return cubeOf(r, of, p, "figures/"+in.ID+"?by="+by.String()), nil
}

// pivotCube is the table that is asked for.
func pivotCube(r *page.Request) (*cube.Cube, error) {
	p, of, err := askedPivot(r)
	if err != nil {
		return nil, err
	}
	return cubeOf(r, of, p, "pivot?"+p.Query.String()), nil
}

// cubeOf is a pivot with its totals as a cube. A total has a category of its own in each dimension, since it is no sum: it counts a person once.
func cubeOf(r *page.Request, of *reads.Reading, p *figure.Pivot, path string) *cube.Cube {
	in := p.Indicator
	head := r.Head("cube")
	c := &cube.Cube{
		ID: in.ID, Language: r.Lang.BCP47(), Contents: in.Names.In(r.Lang), Title: in.Names.In(r.Lang), Source: "Fener: " + r.T("figure.judgments_on_record"),
		Address: r.Absolute(r.URL(path)), Updated: of.Changed.String(), MeasuresLabel: r.T("cube.measures"),
		Fener: cube.Fener{Seq: head.Seq, AsItStood: head.AsItStood, Synthetic: head.Synthetic, Notice: head.Notice, Definition: in.Definition.In(r.Lang), Query: map[string]string{}},
	}
	for name, values := range p.Query.Values() {
		c.Fener.Query[name] = values[0]
	}
	c.Notes = append(c.Notes, in.Definition.In(r.Lang))
	c.Notes = append(c.Notes, shown.FilterTexts(r, of, p.Query.Filter)...)
	c.Notes = append(c.Notes, r.T("cube.note_total"))
	if !isAmount(in) {
		c.Notes = append(c.Notes, r.T("cube.note_unknown"))
	}
	if head.Notice != "" {
		c.Notes = append(c.Notes, head.Notice)
		c.Title = "SYNTHETIC: " + c.Title
	}
	for _, s := range []cube.State{cube.Small, cube.NoData, cube.NotKnown, cube.Nothing} {
		label := r.T("figure.small_says")
		if s != cube.Small {
			key := "figure.state." + string(s)
			label = r.T(key)
		}
		c.States = append(c.States, cube.StateLabel{State: s, Label: label})
	}
	c.Dimensions = dimensions(r, of, p)
	for _, d := range c.Dimensions {
		c.Title = r.T("figure.by", "figure", c.Title, "field", d.Label)
	}
	c.Measures = measures(r, in)
	eachValue(p, func(v *figure.Value) {
		for _, m := range c.Measures {
			c.Cells = append(c.Cells, cell(v, m.Code))
		}
	})
	return c
}

// dimensions are the fields that a pivot is laid out by, each with all of its values and its total first.
func dimensions(r *page.Request, of *reads.Reading, p *figure.Pivot) []cube.Dimension {
	var out []cube.Dimension
	add := func(f figure.Field, heads []figure.Head) {
		if f == figure.NoField {
			return
		}
		d := cube.Dimension{ID: f.String(), Label: shown.FieldName(r, f), Categories: []cube.Category{{Code: cube.Total, Label: r.T("pivot.all")}}}
		for _, h := range heads {
			d.Categories = append(d.Categories, cube.Category{Code: h.Key, Label: shown.HeadText(r, of, h).Text})
		}
		out = append(out, d)
	}
	add(p.Query.Rows, p.Rows)
	add(p.Query.Columns, p.Columns)
	return out
}

// eachValue goes through a pivot's values in the order of its dimensions: the whole, its columns, then each row and its columns.
func eachValue(p *figure.Pivot, do func(*figure.Value)) {
	row := func(total *figure.Value, cells []figure.Value) {
		do(total)
		for j := range cells {
			do(&cells[j])
		}
	}
	columns := p.ColumnTotals
	if p.Query.Columns == figure.NoField {
		columns = nil
	}
	if p.Query.Rows == figure.NoField {
		row(&p.Total, columns)
		return
	}
	row(&p.Total, columns)
	for i := range p.Rows {
		var cells []figure.Value
		if i < len(p.Cells) {
			cells = p.Cells[i]
		}
		row(&p.RowTotals[i], cells)
	}
}

// isAmount tells whether a figure is measured: a length, a sum, days.
func isAmount(in *figure.Indicator) bool {
	return in.Measure != figure.Number && in.Measure != figure.ShareOf
}

// measures are what a cell of an indicator tells.
func measures(r *page.Request, in *figure.Indicator) []cube.Measure {
	unit, decimals := unitOf(r, in.Unit)
	counted, _ := unitOf(r, in.Counted)
	of := func(code string) cube.Measure {
		key := "cube." + code
		return cube.Measure{Code: code, Label: r.T(key), Unit: unit, Decimals: decimals}
	}
	count := func(code string) cube.Measure {
		key := "cube." + code
		return cube.Measure{Code: code, Label: r.T(key), Unit: counted}
	}
	switch in.Measure {
	case figure.Number:
		return []cube.Measure{of("value"), of("at_least"), of("at_most"), count("denominator"), count("unknown")}
	case figure.ShareOf:
		return []cube.Measure{of("value"), of("interval_low"), of("interval_high"), of("at_least"), of("at_most"), count("n"), count("denominator"), count("unknown")}
	case figure.Range:
		return []cube.Measure{of("low"), of("high"), count("n"), count("denominator"), count("left_out")}
	}
	return []cube.Measure{of("value"), count("n"), count("denominator"), count("left_out")}
}

// unitOf is a unit in words, and how many decimals of it are worth showing.
func unitOf(r *page.Request, u figure.Unit) (words string, decimals int) {
	switch u {
	case figure.Share:
		return r.T("cube.share"), 3
	case figure.Length, figure.InDays:
		return r.T("cube.days"), 0
	case figure.Euros:
		return r.T("cube.euros"), 2
	}
	key := "unit." + string(u)
	return r.T(key), 0
}

// cell is what a value tells by one measure. Of a cell without data even what was counted has the state of the value: nobody counted there.
func cell(v *figure.Value, measure string) cube.Cell {
	f := shown.NewFigureValue(v)
	count := func(n int) *float64 { x := float64(n); return &x }
	var x *float64
	switch measure {
	case "value":
		x = f.Value
	case "low":
		x = f.Low
	case "high":
		x = f.High
	case "interval_low":
		if f.Interval != nil {
			x = &f.Interval.Low
		}
	case "interval_high":
		if f.Interval != nil {
			x = &f.Interval.High
		}
	case "at_least":
		x = f.AtLeast
	case "at_most":
		x = f.AtMost
	case "n":
		x = count(f.N)
	case "denominator":
		x = count(f.Denominator)
	case "unknown":
		x = count(f.Unknown)
	case "left_out":
		x = count(f.LeftOut)
	}
	if v.State == figure.NoData {
		x = nil
	}
	out := cube.Cell{Value: x}
	switch {
	case x == nil && v.State == figure.Known:
		out.State = cube.Nothing
	case x == nil:
		out.State = cube.State(v.State)
	case f.Small && v.State == figure.Known:
		out.State = cube.Small
	}
	return out
}

// figureSets are all figures as they stand in the catalogue.
func figureSets() ([]page.DataSet, error) {
	all, err := figure.Indicators()
	if err != nil {
		return nil, err
	}
	var out []page.DataSet
	for _, in := range all {
		out = append(out, page.DataSet{Path: "figures/" + in.ID, Name: in.Names.In, States: in.Definition.In})
	}
	return out, nil
}
