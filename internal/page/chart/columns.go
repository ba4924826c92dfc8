package chart

import (
	"html/template"
	"strconv"
)

// Column is what stands at one year.
type Column struct {
	Year      int
	Value     float64
	Low, High float64 // of the interval; for a Range its ends
	Exact     bool    // not an estimate: no whisker is drawn
	Range     bool    // only Low and High are known: no bar is drawn
	None      bool    // there is nothing to draw for the year
	Says      string  // over the column where it has room: "43%"
}

// Tick is a named place of a scale.
type Tick struct {
	At   float64
	Says string
}

// Columns are amounts by year: time runs to the right, as long as it is, and a year that has no column stays empty.
type Columns struct {
	Words
	Columns []Column
	Ticks   []Tick // of the scale, the lowest first; the last is its end
}

const (
	columnsHeight = 210
	columnsTop    = 18 // room for what the highest column says
)

// SVG draws the chart.
func (c *Columns) SVG() template.HTML { return both(c.Words, c.draw) }

func (c *Columns) draw(f form) *drawing {
	p := &plot{right: f.width - 4, top: columnsTop, bottom: columnsTop + columnsHeight, most: 1}
	for i, column := range c.Columns {
		if i == 0 || column.Year < p.first {
			p.first = column.Year
		}
		p.last = max(p.last, column.Year)
	}
	for _, tick := range c.Ticks {
		p.left = min(max(p.left, width(tick.Says, letterSize, false)+8), f.width/3)
		p.most = tick.At
	}
	p.height = p.bottom + axisRow
	d := &drawing{form: f, height: p.height}
	for _, tick := range c.Ticks {
		d.add(`<path class="grid" d="M%v %vH%v"/>`, p.left, p.y(tick.At), p.right)
		d.label(p.left-6, p.y(tick.At)+4, "end", "", shorten(tick.Says, letterSize, false, p.left-6))
	}
	d.add(`<path class="axis" d="M%v %vH%v"/>`, p.left, p.bottom, p.right)
	p.nameYears(d)
	for i := range c.Columns {
		p.drawColumn(d, &c.Columns[i])
	}
	for i := range c.Columns { // what one says lies over no other
		column := &c.Columns[i]
		if !column.None {
			middle, half := (p.x(float64(column.Year))+p.x(float64(column.Year+1)))/2, p.columnWidth()/2
			d.taken = append(d.taken, box{middle - half, p.y(column.top()), middle + half, p.bottom})
		}
	}
	for i := range c.Columns {
		column := &c.Columns[i]
		d.label((p.x(float64(column.Year))+p.x(float64(column.Year+1)))/2, p.y(column.top())-5, "middle", "value", column.Says)
	}
	return d
}

// top is the highest value of the column that is drawn.
func (c *Column) top() float64 {
	switch {
	case c.None:
		return 0
	case c.Exact:
		return c.Value
	}
	return c.High
}

// nameYears names as many years under the axis as have room, each in the middle of its stretch.
func (p *plot) nameYears(d *drawing) {
	year := p.x(float64(p.first+1)) - p.x(float64(p.first))
	every := 1
	for _, n := range []int{1, 2, 5, 10, 20, 50, 100} {
		if every = n; year*float64(n) >= width("2000", letterSize, false)+6 {
			break
		}
	}
	for y := (p.first + every - 1) / every * every; y <= p.last; y += every {
		middle := p.x(float64(y)) + year/2
		d.add(`<path class="axis" d="M%v %vv5"/>`, middle, p.bottom)
		d.label(middle, p.bottom+18, "middle", "", strconv.Itoa(y))
	}
}

// columnWidth leaves room between the columns.
func (p *plot) columnWidth() float64 {
	return min((p.x(float64(p.first+1))-p.x(float64(p.first)))*0.7, 44)
}

func (p *plot) drawColumn(d *drawing, c *Column) {
	from, to := p.x(float64(c.Year)), p.x(float64(c.Year+1))
	middle, wide := (from+to)/2, p.columnWidth()
	switch {
	case c.None:
		d.add(`<path class="span unread" d="M%v %vh%v"/>`, middle-wide/2, p.bottom-3, wide)
		return
	case !c.Range:
		d.add(`<rect class="bar" x="%v" y="%v" width="%v" height="%v"/>`, middle-wide/2, p.y(c.Value), wide, p.bottom-p.y(c.Value))
	}
	if !c.Exact {
		half := min(wide/2, 4)
		d.add(`<path class="whisker" d="M%v %vh%vm-%v 0V%vm-%v 0h%v"/>`, middle-half, p.y(c.High), 2*half, half, p.y(c.Low), half, 2*half)
	}
}
