package chart

import "html/template"

// Bar is one share with its interval, all between 0 and 1.
type Bar struct {
	Label     string
	Value     float64
	Low, High float64 // of the interval
	Exact     bool    // not an estimate: no whisker is drawn
	None      bool    // there is nothing to take a share of: no bar is drawn, only what it says
	Says      string  // at the end of the bar: "43% (3 of 7)"
}

// Bars are shares under each other, each with a whisker from the low to the high end of its interval.
type Bars struct {
	Words
	Bars  []Bar
	Ticks [3]string // what stands under 0, a half and 1
}

const (
	barRow     = 44
	gapToValue = 14
	leastName  = 60 // room that a name keeps, however long its value is
)

// SVG draws the chart in the order of the bars given, which is never an order of size.
func (b *Bars) SVG() template.HTML { return both(b.Words, b.draw) }

func (b *Bars) draw(f form) *drawing {
	left, right := 4.0, f.width-14
	d := &drawing{form: f, height: float64(len(b.Bars))*barRow + 30}
	bottom := d.height - 22
	x := func(share float64) float64 { return left + (right-left)*min(max(share, 0), 1) }
	for i := range b.Ticks {
		d.add(`<path class="grid" d="M%v 0V%v"/>`, x(float64(i)/2), bottom)
	}
	for _, end := range []struct {
		i      int
		anchor string
	}{{0, "start"}, {2, "end"}, {1, "middle"}} { // the half gives way to the ends
		d.label(x(float64(end.i)/2), bottom+16, end.anchor, "", b.Ticks[end.i])
	}
	for i, bar := range b.Bars {
		top := float64(i) * barRow
		words := shorten(bar.Says, letterSize, false, right-left-leastName)
		label := shorten(bar.Label, letterSize, true, right-left-gapToValue-width(words, letterSize, false))
		d.text(left, top+15, "start", "name", label)
		d.text(right, top+15, "end", "value", words)
		if bar.None {
			d.add(`<path class="span unread" d="M%v %vH%v"/>`, left, top+29, right)
			continue
		}
		d.add(`<rect class="bar" x="%v" y="%v" width="%v" height="12"/>`, left, top+23, x(bar.Value)-left)
		if bar.Exact {
			continue
		}
		d.add(`<path class="whisker" d="M%v %vv8m0-4H%vm0-4v8"/>`, x(bar.Low), top+25, x(bar.High))
	}
	return d
}
