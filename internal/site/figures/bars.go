package figures

import (
	"html/template"
	"math"

	"fener/internal/figure"
	"fener/internal/page"
	"fener/internal/page/chart"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/locale"
	"fener/period"
)

// bars draws one bar for each row of a pivot: shares on a scale from nothing to all, with their intervals, and everything else up to its
// highest value.
func bars(r *page.Request, of *reads.Reading, p *figure.Pivot, words chart.Words) template.HTML {
	in, most := p.Indicator, 1.0
	if in.Measure != figure.ShareOf {
		most = scaleTop(in, highest(p.RowTotals))
	}
	b := &chart.Bars{Words: words}
	for i, share := range []float64{0, 0.5, 1} {
		b.Ticks[i] = tick(r, in, share*most)
	}
	if most == 1 && in.Measure != figure.ShareOf {
		b.Ticks[1] = "" // there is no half of a person
	}
	for i, h := range p.Rows {
		v := &p.RowTotals[i]
		bar := chart.Bar{Label: shown.HeadText(r, of, h).Text, None: v.State != figure.Known, Says: shown.ValueText(r, v)}
		if v.State == figure.Known {
			bar.Value = v.Number / most
		}
		if v.Interval != nil {
			bar.Low, bar.High = v.Interval.Low, v.Interval.High
			if !bar.None {
				bar.Says += " (" + shown.OfText(r, v) + ")"
			}
		} else {
			bar.Exact = true
		}
		b.Bars = append(b.Bars, bar)
	}
	return b.SVG()
}

// highest is the end of the scale: the highest of the values, or one where there is none.
func highest(values []figure.Value) float64 {
	most := 0.0
	for i := range values {
		if values[i].State == figure.Known {
			most = max(most, values[i].Number, values[i].High.Number)
		}
	}
	if most == 0 {
		return 1
	}
	return most
}

// scaleTop is the end of a scale of which a half can be named in round words: whole years, even numbers.
func scaleTop(in *figure.Indicator, most float64) float64 {
	if in.Unit == figure.Length {
		twoYears := period.Years(2).NominalDays()
		return math.Ceil(most/twoYears) * twoYears
	}
	unit := math.Pow(10, math.Floor(math.Log10(most))) / 5
	if most <= 1 {
		return 1
	}
	return max(2, math.Ceil(most/max(unit, 2))*max(unit, 2))
}

// ranges draws the lowest and the highest of each row of a pivot.
func ranges(r *page.Request, of *reads.Reading, p *figure.Pivot, words chart.Words) template.HTML {
	in := p.Indicator
	c := &chart.Ranges{Words: words, Tick: func(v float64) string { return tick(r, in, v*rangeUnit(in)) }}
	for i, h := range p.Rows {
		v := &p.RowTotals[i]
		c.Ranges = append(c.Ranges, chart.Range{Label: shown.HeadText(r, of, h).Text, None: v.State != figure.Known, NoMedian: true, Says: shown.ValueText(r, v),
			Low: v.Low.Number / rangeUnit(in), High: v.High.Number / rangeUnit(in)})
	}
	return c.SVG()
}

// rangeUnit is what one step of the scale is worth: lengths are drawn in years.
func rangeUnit(in *figure.Indicator) float64 {
	if in.Unit == figure.Length {
		return period.Years(1).NominalDays()
	}
	return 1
}

// tick is what stands at a place of a scale.
func tick(r *page.Request, in *figure.Indicator, v float64) string {
	switch {
	case in.Unit == figure.Length && v == 0:
		return "0"
	case in.Unit == figure.Length:
		return locale.Length(r.Lang, period.FromNominalDays(v))
	case in.Unit == figure.Share:
		return locale.Percent(r.Lang, v)
	case v == math.Trunc(v):
		return locale.Integer(r.Lang, int64(v))
	}
	return locale.Decimal(r.Lang, v, 1)
}
