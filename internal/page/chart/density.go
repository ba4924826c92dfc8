package chart

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// cell is a stretch of years and lengths of the dense picture.
type cell struct {
	column, row int
	lane        Lane
	below       bool
}

// density counts the dots in each cell. Columns are one year wide, or two where the picture is narrow; rows are one year of imprisonment.
func (p *plot) density(dots []Dot) (cells map[cell]int, every int) {
	every = 1
	if (p.right-p.left)/float64(p.last+1-p.first) < 14 {
		every = 2
	}
	cells = map[cell]int{}
	for _, dot := range dots {
		year := dot.At.Year()
		if year < p.first || year > p.last {
			continue
		}
		c := cell{column: (year - p.first) / every, lane: dot.Lane, below: dot.Standing == Below}
		if dot.Lane == None {
			c.row = int(min(dot.Years, p.most-0.001))
			if dot.Life {
				c.row = int(p.most)
			}
		}
		cells[c]++
	}
	return cells, every
}

// drawDensity draws a square, or for what lies below its minimum a triangle, in each cell; its area says how many sentences it stands for.
func drawDensity(d *drawing, p *plot, dots []Dot) {
	cells, every := p.density(dots)
	order, most := make([]cell, 0, len(cells)), 1
	for c, n := range cells {
		order, most = append(order, c), max(most, n)
	}
	slices.SortFunc(order, func(a, b cell) int {
		return cmp.Or(a.column-b.column, int(a.lane)-int(b.lane), a.row-b.row)
	})
	width := (p.right - p.left) / float64(p.last+1-p.first) * float64(every)
	unit := min(width/2-1, p.y(0)-p.y(1), laneRow-4)
	var square, triangle strings.Builder
	for _, c := range order {
		side := max(1, math.Round(unit*math.Sqrt(float64(cells[c])/float64(most)))) // whole units keep the picture light
		y := p.lane[c.lane]
		if c.lane == None {
			y = p.y(float64(c.row) + 0.5)
		}
		from := p.x(float64(p.first + c.column*every))
		middle := (from + min(from+width, p.right)) / 2
		x, n := math.Round(middle+unit/2+0.5-side/2), number
		y = math.Round(y - side/2)
		if c.below {
			x = math.Round(middle - unit/2 - 0.5 - side/2)
			triangle.WriteString("M" + n(x) + " " + n(y) + "h" + n(side) + "l-" + n(side/2) + " " + n(side) + "z")
			continue
		}
		square.WriteString("M" + n(x) + " " + n(y) + "h" + n(side) + "v" + n(side) + "h-" + n(side) + "z")
	}
	for _, look := range []struct{ class, path string }{{"dot meets", square.String()}, {"dot below", triangle.String()}} {
		if look.path != "" {
			d.WriteString(`<path class="` + look.class + `" d="` + look.path + `"/>`)
		}
	}
}
