package figures

import (
	"html/template"
	"math"
	"strconv"

	"fener/internal/figure"
	"fener/internal/page"
	"fener/internal/page/chart"
	"fener/internal/site/shown"
	"fener/period"
)

// columns draws a figure by year, with time to the right. It tells how many rows have no year, which only the table shows.
func columns(r *page.Request, p *figure.Pivot, words chart.Words) (picture template.HTML, left int) {
	in := p.Indicator
	c := &chart.Columns{Words: words, Ticks: ticks(r, in, highest(p.RowTotals))}
	for i, h := range p.Rows {
		year, err := strconv.Atoi(h.Key)
		if err != nil {
			left++
			continue
		}
		v := &p.RowTotals[i]
		column := chart.Column{Year: year, None: v.State != figure.Known, Exact: true, Value: v.Number}
		switch {
		case column.None:
		case in.Measure == figure.Range:
			column.Range, column.Exact, column.Low, column.High = true, false, v.Low.Number, v.High.Number
		default:
			if v.Interval != nil {
				column.Exact, column.Low, column.High = false, v.Interval.Low, v.Interval.High
			}
			if in.Unit != figure.Length { // a length takes more room than a year has
				column.Says = shown.ValueText(r, v)
			}
		}
		c.Columns = append(c.Columns, column)
	}
	return c.SVG(), left
}

// ticks are the places of a scale up to a highest value: halves of shares, whole years, round numbers.
func ticks(r *page.Request, in *figure.Indicator, most float64) []chart.Tick {
	var out []chart.Tick
	add := func(at float64) { out = append(out, chart.Tick{At: at, Says: tick(r, in, at)}) }
	switch {
	case in.Measure == figure.ShareOf:
		for _, share := range []float64{0, 0.25, 0.5, 0.75, 1} {
			add(share)
		}
	case in.Unit == figure.Length:
		year := period.Years(1).NominalDays()
		step := math.Max(1, math.Ceil(chart.TickStep(most/year)))
		for n := 0.0; n < most/year+step; n += step {
			add(n * year)
		}
	default:
		step := math.Max(1, chart.TickStep(most))
		for v := 0.0; v < most+step; v += step {
			add(v)
		}
	}
	return out
}
