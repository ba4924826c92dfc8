package chart

import (
	"math"
	"slices"
	"time"

	"fener/period"
)

// plot is where things lie in the picture of the line and the dots.
type plot struct {
	left, right  float64
	top, bottom  float64 // of the lengths: top is the longest, bottom is nothing
	first, last  int
	most, step   float64        // the longest length of the axis and the distance of its ticks, in years
	lane         [lanes]float64 // middle of each lane; zero where it is not drawn
	block        [lanes]float64 // middle of the row of its reported blocks
	size         float64        // radius of a mark
	height, axis float64
	sums         []string // the lines of what sums the picture up
	strips       float64  // top of what the lines stand at through time
}

// x is the place of a moment, given in years: 2013.5 is the middle of 2013.
func (p *plot) x(years float64) float64 {
	span := float64(p.last + 1 - p.first)
	return p.left + (p.right-p.left)*(years-float64(p.first))/span
}

// y is the place of a length in years.
func (p *plot) y(years float64) float64 {
	return p.bottom - (p.bottom-p.top)*min(years, p.most)/p.most
}

// moment is a day as a number of years, its start: 1 January 2013 is 2013.
func moment(d period.Date) float64 {
	t := d.First().Time()
	year := t.Year()
	start := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
	days := start.AddDate(1, 0, 0).Sub(start).Hours() / 24
	return float64(year) + t.Sub(start).Hours()/24/days
}

// end is the moment after a segment's last day, or after the axis where it has none.
func (p *plot) end(d period.Date) float64 {
	if d.IsZero() {
		return float64(p.last + 1)
	}
	return min(moment(d.Last().AddDays(1)), float64(p.last+1))
}

// mark is a dot in its place.
type mark struct {
	Dot
	x, y float64
}

// room is a stretch of the axis in which equal marks stand side by side: a year, cut where a line steps, so that no mark stands under a law that
// was not yet in force.
type room struct {
	year, part int
	y          float64
}

// place puts each dot into its room and spreads those that would cover each other over it, in the order of their dates.
func (p *plot) place(dots []Dot, lines []Line) []mark {
	steps := p.steps(lines)
	rooms := map[room][]Dot{}
	var order []room
	for _, d := range dots {
		year := d.At.Year()
		if year < p.first || year > p.last {
			continue
		}
		k := room{year: year, y: p.height0(d)}
		if d.At.Precision() > period.Year {
			for k.part < len(steps) && steps[k.part] <= moment(d.At) {
				k.part++
			}
		} else {
			k.part = -1 // anywhere in the year
		}
		if rooms[k] == nil {
			order = append(order, k)
		}
		rooms[k] = append(rooms[k], d)
	}
	var marks []mark
	for _, k := range order {
		from, to := float64(k.year), float64(k.year+1)
		if k.part > 0 {
			from = max(from, steps[k.part-1])
		}
		if k.part >= 0 && k.part < len(steps) {
			to = min(to, steps[k.part])
		}
		marks = append(marks, p.spread(rooms[k], p.x(from), p.x(to), k.y)...)
	}
	return marks
}

// height0 is the vertical place of a dot: its length, the top for life, or the middle of its lane.
func (p *plot) height0(d Dot) float64 {
	switch {
	case d.Lane != None:
		return p.lane[d.Lane]
	case d.Life:
		return p.top
	}
	return p.y(d.Years)
}

// spread sets marks side by side around the middle of a stretch, closer than their width only where they would leave it.
func (p *plot) spread(dots []Dot, from, to, y float64) []mark {
	slices.SortStableFunc(dots, func(a, b Dot) int { return a.At.Compare(b.At) })
	gap := 2*p.size + 1
	if n := float64(len(dots) - 1); n > 0 {
		gap = min(gap, max(0, to-from-2*p.size)/n)
	}
	x := (from+to)/2 - gap*float64(len(dots)-1)/2
	marks := make([]mark, len(dots))
	for i, d := range dots {
		marks[i] = mark{d, x + gap*float64(i), y}
	}
	return marks
}

// steps are the moments at which some line changes, in order.
func (p *plot) steps(lines []Line) []float64 {
	var out []float64
	for _, l := range lines {
		for _, s := range l.Segments {
			if !s.From.IsZero() {
				out = append(out, moment(s.From))
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// scale chooses the longest length of the axis and its ticks: every five years, or fewer where sentences are short.
func scale(l *Lines) (most, step float64) {
	most = 6
	for _, d := range l.Dots {
		if d.Lane == None && !d.Life {
			most = max(most, d.Years)
		}
	}
	for _, line := range l.Lines {
		for _, s := range line.Segments {
			if s.Known {
				most = max(most, s.Years+1)
			}
		}
	}
	step = 2.0
	if most > 12 {
		step = 5
	}
	most = math.Ceil(most/step) * step
	if slices.ContainsFunc(l.Dots, func(d Dot) bool { return d.Life }) {
		most += step
	}
	return most, step
}
