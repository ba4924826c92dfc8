package chart

import (
	"html/template"
	"math"
)

// Range is the lowest, the median and the highest of some values.
type Range struct {
	Label             string
	Low, Median, High float64
	NoMedian          bool   // only the ends are known
	None              bool   // there are no values
	Says              string // "lowest 6 months, median 3 years, highest 8 years"
}

// Ranges are small pictures of ranges under each other on one scale that begins at nothing.
type Ranges struct {
	Words
	Ranges []Range
	Tick   func(v float64) string // what stands under a place of the scale
}

const rangeRow = 56

// SVG draws the chart in the order of the ranges given.
func (r *Ranges) SVG() template.HTML { return both(r.Words, r.draw) }

func (r *Ranges) draw(f form) *drawing {
	left, right, most := 8.0, f.width-14, 0.0
	for _, v := range r.Ranges {
		most = max(most, v.High)
	}
	step := TickStep(most)
	most = max(step, math.Ceil(most/step)*step)
	d := &drawing{form: f, height: float64(len(r.Ranges))*rangeRow + 30}
	bottom := d.height - 22
	x := func(v float64) float64 { return left + (right-left)*v/most }
	for v := 0.0; v <= most+step/2; v += step {
		anchor := "middle"
		if v == 0 {
			anchor = "start"
		}
		if v > most-step/2 {
			anchor = "end"
		}
		d.add(`<path class="grid" d="M%v 0V%v"/>`, x(v), bottom)
		d.label(x(v), bottom+16, anchor, "", r.Tick(v))
	}
	for i, v := range r.Ranges {
		top := float64(i) * rangeRow
		d.text(left, top+15, "start", "name", shorten(v.Label, letterSize, true, right-left))
		d.text(left, top+30, "start", "value", shorten(v.Says, letterSize, false, right-left))
		if v.None {
			d.add(`<path class="span unread" d="M%v %vH%v"/>`, left, top+42, right)
			continue
		}
		d.add(`<path class="whisker" d="M%v %vv10m0-5H%vm0-5v10"/>`, x(v.Low), top+37, x(v.High))
		if v.NoMedian {
			continue
		}
		d.add(`<g class="dot meets"><circle cx="%v" cy="%v" r="5"/></g>`, x(v.Median), top+42)
	}
	return d
}

// TickStep is a round distance that cuts a scale into two to five parts.
func TickStep(most float64) float64 {
	if most <= 0 {
		return 1
	}
	for unit := math.Pow(10, math.Floor(math.Log10(most))-1); ; unit *= 10 {
		for _, n := range []float64{1, 2, 5} {
			if most/(unit*n) <= 5 {
				return unit * n
			}
		}
	}
}
