package chart

import (
	"slices"
	"strconv"
	"strings"
)

const (
	sumRow    = 22
	overhang  = 2.0 // of a letter such as j before its place
	stripRow  = 31  // a line's name, and under it what it says through time
	laneRow   = 22
	blockRow  = 22
	axisRow   = 24
	unitRow   = 20
	leftRoom  = 26
	tickWidth = 34 // a year on the axis, with the distance to the next
)

// layout finds the place of everything.
func (l *Lines) layout(f form) *plot {
	p := &plot{left: leftRoom, right: f.width - 6, first: l.First, last: max(l.Last, l.First), size: 3.6}
	lengths := 270.0
	if f.class == narrow.class {
		lengths, p.size = 230, 3.2
	}
	p.most, p.step = scale(l)
	p.sums = wrap(l.Sum, sumSize, true, f.width-2*overhang)
	p.strips = 0
	if len(p.sums) > 0 {
		p.strips = float64(len(p.sums))*sumRow + 10
	}
	p.top = p.strips + float64(len(l.Lines))*stripRow + unitRow + 8
	p.bottom = p.top + lengths
	at := p.bottom
	for lane := None + 1; lane < lanes; lane++ {
		if slices.ContainsFunc(l.Dots, func(d Dot) bool { return d.Lane == lane }) || l.Lanes[lane] != "" {
			p.lane[lane] = at + 12 + laneRow/2
			at += 12 + laneRow
		}
	}
	for lane := range lanes {
		if slices.ContainsFunc(l.Reported, func(r Reported) bool { return r.Lane == lane }) {
			p.block[lane] = at + 12 + blockRow/2
			at += 12 + blockRow
		}
	}
	p.axis = at + 4
	p.height = p.axis + axisRow
	return p
}

func (l *Lines) draw(f form) *drawing {
	p := l.layout(f)
	d := &drawing{form: f, height: p.height}
	for i, words := range p.sums {
		d.text(overhang, float64(i)*sumRow+16, "start", "sum", words)
	}
	l.drawGrid(d, p)
	for i, line := range l.Lines {
		l.drawStrip(d, p, line, p.strips+float64(i)*stripRow)
	}
	for _, line := range l.Lines {
		drawLine(d, p, line)
	}
	l.drawReported(d, p)
	if l.Dense() {
		drawDensity(d, p, l.Dots)
	} else {
		drawMarks(d, p, p.place(l.Dots, l.Lines))
	}
	return d
}

// drawGrid draws the axes: lengths as fine lines, years as ticks, the lanes under the lengths.
func (l *Lines) drawGrid(d *drawing, p *plot) {
	d.text(0, p.top-12, "start", "", shorten(l.Unit, letterSize, false, d.width))
	life := slices.ContainsFunc(l.Dots, func(dot Dot) bool { return dot.Life })
	for v := p.step; v <= p.most; v += p.step {
		words := strconv.Itoa(int(v))
		if life && v == p.most {
			words = "∞"
			if fits(l.Life, leftRoom-6) {
				words = l.Life
			}
		}
		d.add(`<path class="grid" d="M%v %vH%v"/>`, p.left, p.y(v), p.right)
		d.text(p.left-6, p.y(v)+4, "end", "", words)
	}
	d.add(`<path class="axis" d="M%v %vH%v"/>`, p.left, p.bottom, p.right)
	d.text(p.left-6, p.bottom+4, "end", "", "0")
	for lane, y := range p.lane {
		if y > 0 {
			d.add(`<path class="grid" d="M%v %vH%v"/>`, p.left, y+laneRow/2, p.right)
			d.text(p.left, y-laneRow/2+2, "start", "", shorten(l.Lanes[lane], letterSize, false, p.right-p.left))
		}
	}
	d.add(`<path class="axis" d="M%v %vH%v"/>`, p.left, p.axis, p.right)
	for year := p.firstTick(); year <= p.last; year += p.every() {
		x := p.x(float64(year))
		d.add(`<path class="axis" d="M%v %vv5"/>`, x, p.axis)
		d.label(x, p.axis+18, "middle", "", strconv.Itoa(year))
	}
}

// every is the distance between the years named on the axis.
func (p *plot) every() int {
	year := (p.right - p.left) / float64(p.last+1-p.first)
	for _, n := range []int{1, 2, 5} {
		if year*float64(n) >= tickWidth+10 {
			return n
		}
	}
	return 10
}

// firstTick is the first year that the axis names, far enough from the edge for the whole number to be seen.
func (p *plot) firstTick() int {
	n := p.every()
	year := (p.first + n - 1) / n * n
	for p.x(float64(year)) < tickWidth/2 {
		year += n
	}
	return year
}

// drawStrip says above the picture what a line stands at through time, so that no words lie among the marks.
func (l *Lines) drawStrip(d *drawing, p *plot, line Line, top float64) {
	d.add(`<path class="%v" d="M0 %vh20"/>`, ruleClass(line, false), top+9)
	d.text(p.left, top+13, "start", "name", shorten(line.Name, letterSize, true, p.right-p.left))
	y := top + 24
	for _, s := range joinUnread(line.Segments) {
		from, to := p.x(max(moment(s.From), float64(p.first))), p.x(p.end(s.To))
		if to-from < 3 {
			continue
		}
		words := s.Says
		if !s.Known {
			words = l.Unread
		}
		if !fits(words, to-from-8) {
			words = s.Short
		}
		class := "span"
		if !s.Known {
			class = "span unread"
		}
		d.add(`<path class="%v" d="M%v %vv-8v4H%v"/>`, class, from+0.5, y+4, to-1)
		if words != "" && fits(words, to-from-4) {
			middle, half := (from+to)/2, width(words, letterSize, false)/2+2
			d.add(`<path class="back" d="M%v %vH%v"/>`, middle-half, y, middle+half)
			d.text(middle, y+4, "middle", "", words)
		}
	}
}

// joinUnread makes one stretch of segments that follow each other and that nobody has read.
func joinUnread(segments []Segment) []Segment {
	var out []Segment
	for _, s := range segments {
		if n := len(out); n > 0 && !s.Known && !out[n-1].Known {
			out[n-1].To = s.To
			continue
		}
		out = append(out, s)
	}
	return out
}

func ruleClass(line Line, doubtful bool) string {
	class := "rule"
	if line.Floor {
		class += " floor"
	}
	if doubtful {
		class += " doubtful"
	}
	return class
}

// drawLine draws a limit as steps: level while a law is in force, upright on the day that another one takes its place, broken where it is not read.
func drawLine(d *drawing, p *plot, line Line) {
	for i, s := range line.Segments {
		from, to := max(moment(s.From), float64(p.first)), p.end(s.To)
		if !s.Known || to <= from {
			continue
		}
		d.add(`<path class="%v" d="M%v %vH%v`, ruleClass(line, s.Doubtful), p.x(from), p.y(s.Years), p.x(to))
		if i+1 < len(line.Segments) && line.Segments[i+1].Known {
			d.add(`V%v`, p.y(line.Segments[i+1].Years))
		}
		d.WriteString(`"/>`)
	}
}

// drawReported draws each reported total as a block over its period, with its number.
func (l *Lines) drawReported(d *drawing, p *plot) {
	for lane, y := range p.block {
		if y == 0 {
			continue
		}
		name := l.LinesWords.Reported
		if l.Lanes[lane] != "" {
			name = l.Lanes[lane] + ": " + name
		}
		d.text(p.left, y-blockRow/2+2, "start", "", shorten(name, letterSize, false, p.right-p.left))
		for _, r := range sameSpan(l.Reported) {
			if int(r.Lane) != lane || r.From.Year() < p.first || r.From.Year() > p.last {
				continue
			}
			to := r.To
			if to.IsZero() {
				to = r.From
			}
			from, wide := p.x(moment(r.From)), p.x(p.end(to))-p.x(moment(r.From))
			d.add(`<rect class="block" x="%v" y="%v" width="%v" height="14"/>`, from, y-4, wide)
			if width(r.Value, letterSize, true) <= wide {
				d.label(from+wide/2, y+7, "middle", "count", r.Value)
			} else if !d.label(from+wide+3, y+7, "start", "count", r.Value) {
				d.label(from-3, y+7, "end", "count", r.Value)
			}
		}
	}
}

// sameSpan puts what several said of one period into one block, each value once and none merged: "7 / 8".
func sameSpan(reported []Reported) []Reported {
	var out []Reported
	for _, r := range reported {
		i := slices.IndexFunc(out, func(o Reported) bool { return o.Lane == r.Lane && o.From == r.From && o.To == r.To })
		switch {
		case i < 0:
			out = append(out, r)
		case !slices.Contains(strings.Split(out[i].Value, " / "), r.Value):
			out[i].Value += " / " + r.Value
		}
	}
	return out
}

var shapes = [standings]string{Open: "open", Meets: "meets", Below: "below", Other: "other"}

// drawMarks draws each sentence, one group for each look, so that the look is written once.
func drawMarks(d *drawing, p *plot, marks []mark) {
	for standing := range standings {
		for _, joint := range []bool{false, true} {
			var path strings.Builder
			var circles strings.Builder
			for _, m := range marks {
				if m.Standing != standing || m.Joint != joint {
					continue
				}
				if standing == Meets {
					circles.WriteString(`<circle cx="` + number(m.x) + `" cy="` + number(m.y) + `" r="` + number(p.size) + `"/>`)
					continue
				}
				path.WriteString(outline(standing, m.x, m.y, p.size))
			}
			class := "dot " + shapes[standing]
			if joint {
				class += " joint"
			}
			if path.Len() > 0 {
				d.add(`<path class="%v" d="`, class)
				d.WriteString(path.String() + `"/>`)
			}
			if circles.Len() > 0 {
				d.add(`<g class="%v">`, class)
				d.WriteString(circles.String() + "</g>")
			}
		}
	}
}

// outline is the shape of a mark around a place, as a path.
func outline(s Standing, x, y, r float64) string {
	n := number
	switch s {
	case Below:
		w := r * 1.2
		return "M" + n(x-w) + " " + n(y-r*0.8) + "h" + n(2*w) + "l-" + n(w) + " " + n(r*2) + "z"
	case Other:
		w := r * 0.85
		return "M" + n(x-w) + " " + n(y-w) + "l" + n(2*w) + " " + n(2*w) + "m0-" + n(2*w) + "l-" + n(2*w) + " " + n(2*w)
	}
	w := r * 1.2
	return "M" + n(x-w) + " " + n(y) + "l" + n(w) + "-" + n(w) + " " + n(w) + " " + n(w) + "-" + n(w) + " " + n(w) + "z"
}
