package chart

import (
	"html/template"
	"math"
	"slices"
	"strconv"

	"fener/period"
)

// Exactness says how exactly a reported value was stated, and so how it is drawn.
type Exactness uint8

// The ways in which a value is stated.
const (
	Exactly Exactness = iota // a bar over its period
	Roughly                  // a broken bar
	Between                  // a box from the lowest to the highest
	Above                    // a bar with an arrow up
	Under                    // a bar with an arrow down: a censored value is no number
	exactness
)

// Observed is one value that somebody reported, over the period it was reported for.
type Observed struct {
	From, To  period.Date // To unknown: From's
	Low, High float64     // High counts only for Between and Under
	Stated    Exactness
	Label     string // the value as it was stated
	Retold    bool   // by somebody who retells a report: hollow
}

// height is the value that the mark stands at.
func (o *Observed) height() float64 {
	if o.Stated == Under || o.Stated == Between {
		return o.High
	}
	return o.Low
}

// Series is everything reported of one thing in one unit. Each value is a mark of its own, as wide as its period, and none is joined to another.
type Series struct {
	Words
	Unit        string // over the vertical axis
	First, Last int    // years of the horizontal axis
	Marks       []Observed
	Empty       []int  // years without any value, shaded
	EmptyWords  string // in a stretch of them where it has room
	Tick        func(v float64) string
}

// SVG draws the chart.
func (s *Series) SVG() template.HTML {
	return both(s.Words, func(f form) *drawing { return s.draw(f) })
}

const (
	seriesHeight = 220
	seriesTop    = 42 // the unit, and room for the highest value's label
	labelHeight  = 13
)

func (s *Series) draw(f form) *drawing {
	most := 0.0
	for i := range s.Marks {
		most = max(most, s.Marks[i].height())
	}
	step := TickStep(most)
	most = max(step, math.Ceil(most/step)*step)
	p := &plot{right: f.width - 8, first: s.First, last: max(s.First, s.Last), most: most, step: step, top: seriesTop, bottom: seriesTop + seriesHeight}
	for v := 0.0; v <= most+step/2; v += step {
		p.left = max(p.left, width(s.Tick(v), letterSize, false)+8)
	}
	p.axis = p.bottom
	p.height = p.bottom + axisRow
	d := &drawing{form: f, height: p.height}
	d.text(0, 12, "start", "", shorten(s.Unit, letterSize, false, d.width))
	s.drawEmpty(d, p)
	for v := 0.0; v <= most+step/2; v += step {
		d.add(`<path class="grid" d="M%v %vH%v"/>`, p.left, p.y(v), p.right)
		d.text(p.left-6, p.y(v)+4, "end", "", s.Tick(v))
	}
	d.add(`<path class="axis" d="M%v %vH%v"/>`, p.left, p.bottom, p.right)
	if s.First == s.Last { // one year: its months
		for month := 1.0; month < 12; month++ {
			d.add(`<path class="axis" d="M%v %vv3"/>`, p.x(float64(s.First)+month/12), p.axis)
		}
	}
	for year := (p.first + p.every() - 1) / p.every() * p.every(); year <= p.last; year += p.every() {
		x := (p.x(float64(year)) + p.x(float64(year+1))) / 2 // a year is a stretch, and its name stands in the middle of it
		d.add(`<path class="axis" d="M%v %vv5"/>`, p.x(float64(year)), p.axis)
		d.label(min(max(x, p.left), p.right-tickWidth/2+4), p.axis+18, "middle", "", strconv.Itoa(year))
	}
	s.drawMarks(d, p)
	return d
}

// drawEmpty shades the years of which nothing was reported, so that nobody takes them for years in which nothing happened.
func (s *Series) drawEmpty(d *drawing, p *plot) {
	for i := 0; i < len(s.Empty); {
		k := i
		for k+1 < len(s.Empty) && s.Empty[k+1] == s.Empty[k]+1 {
			k++
		}
		from, to := p.x(float64(s.Empty[i])), p.x(float64(s.Empty[k]+1))
		d.add(`<rect class="empty" x="%v" y="%v" width="%v" height="%v"/>`, from, p.top, to-from, p.bottom-p.top)
		if s.EmptyWords != "" && fits(s.EmptyWords, to-from-4) {
			d.text((from+to)/2, p.bottom-8, "middle", "", s.EmptyWords)
		}
		i = k + 1
	}
}

// drawMarks draws each value over its period, and its label wherever there is room beside it. A label that finds none is left to the table.
func (s *Series) drawMarks(d *drawing, p *plot) {
	marks := slices.Clone(s.Marks)
	slices.SortStableFunc(marks, func(a, b Observed) int { return int(moment(a.From)*400) - int(moment(b.From)*400) })
	taken := slices.Clone(d.taken)
	for i := range marks {
		from, to := p.across(&marks[i])
		y := p.y(marks[i].height())
		taken = append(taken, box{from, y - 3, to, y + 3})
		switch middle := (from + to) / 2; marks[i].Stated {
		case Above:
			taken = append(taken, box{middle - 5, y - 16, middle + 5, y})
		case Under:
			taken = append(taken, box{middle - 5, y, middle + 5, y + 16})
		}
	}
	for i := range marks {
		m := &marks[i]
		from, to := p.across(m)
		drawObserved(d, p, m, from, to)
		y, half := p.y(m.height()), width(m.Label, letterSize, true)/2+1
		middle := min(max((from+to)/2, p.left+half), p.right-half)
		for _, at := range [][2]float64{{middle, y - 6}, {middle, y + 16}, {to + half + 5, y + 4}, {from - half - 5, y + 4}, {middle, y - 19}, {middle, y + 29}, {middle + half + 7, y - 6}, {middle + half + 7, y + 16}} {
			b := box{at[0] - half, at[1] - labelHeight + 3, at[0] + half, at[1] + 2}
			if b.left < p.left-2 || b.right > d.width || b.bottom > p.bottom || b.top < 14 || slices.ContainsFunc(taken, b.meets) {
				continue
			}
			taken = append(taken, b)
			d.text(at[0], at[1], "middle", "count", m.Label)
			break
		}
	}
}

// across is where a value's period begins and ends. A single day is still seen.
func (p *plot) across(m *Observed) (from, to float64) {
	end := m.To
	if end.IsZero() {
		end = m.From
	}
	from, to = p.x(max(moment(m.From), float64(p.first))), p.x(p.end(end))
	if to-from < 3 {
		to = from + 3
	}
	return from, to
}

func drawObserved(d *drawing, p *plot, m *Observed, from, to float64) {
	class := "obs"
	if m.Retold {
		class += " retold"
	}
	y, wide := p.y(m.height()), to-from
	switch m.Stated {
	case Between:
		d.add(`<rect class="%v between" x="%v" y="%v" width="%v" height="%v"/>`, class, from, y, wide, max(3, p.y(m.Low)-y))
	case Roughly:
		d.add(`<path class="%v rough" d="M%v %vh%v"/>`, class, from, y, wide)
	default:
		d.add(`<rect class="%v" x="%v" y="%v" width="%v" height="5"/>`, class, from, y-2.5, wide)
	}
	middle := (from + to) / 2
	switch m.Stated {
	case Above:
		d.add(`<path class="arrow" d="M%v %vv-12m-4 4l4-4 4 4"/>`, middle, y-3)
	case Under:
		d.add(`<path class="arrow" d="M%v %vv12m-4-4l4 4 4-4"/>`, middle, y+3)
	}
}

// box is a piece of the picture that is taken.
type box struct{ left, top, right, bottom float64 }

func (b box) meets(c box) bool {
	return b.left < c.right && c.left < b.right && b.top < c.bottom && c.top < b.bottom
}

// SeriesKey is the mark of a way of stating a value, to stand before its words in the key of a chart.
func SeriesKey(e Exactness, retold bool) template.HTML {
	d := &drawing{form: form{class: "mark", width: 16}}
	p := &plot{top: 3, bottom: 14, most: 1}
	m := &Observed{Stated: e, Retold: retold, Low: 0.5, High: 0.5}
	if e == Between {
		m.Low, m.High = 0.1, 0.9
	}
	drawObserved(d, p, m, 1, 15)
	return d.mark()
}
