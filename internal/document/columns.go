package document

import (
	"cmp"
	"math"
	"slices"
)

// When the runs of a page are taken as columns side by side.
const (
	leastLines  = 4    // lines that each column has at least
	leastColumn = 0.18 // its width, as a part of the page's
	leastGutter = 0.8  // the width of the gutter, in heights of a letter
	prose       = 0.55 // of a column's width that the line in the middle fills: less is a table
	mostRuns    = 4000 // on a page: more is no text, and looking at it would take long
)

// columnsOf parts a page into the pieces that are read one after the other. A page without columns is one piece.
func columnsOf(runs []run, unit, width float64) [][]run {
	if len(runs) < 2*leastLines || len(runs) > mostRuns {
		return [][]run{runs}
	}
	best := band{}
	step := max(unit/2, width/400, 1)
	left, right := extent(runs)
	for x := left + leastColumn*width; x <= right-leastColumn*width; x += step {
		for _, b := range bandsAt(runs, x, unit) {
			if b.worth(unit, width) && b.runs() > best.runs() {
				best = b
			}
		}
	}
	if best.runs() == 0 {
		return [][]run{runs}
	}
	var above, below []run
	for i := range runs {
		switch {
		case runs[i].base <= best.top:
			above = append(above, runs[i])
		case runs[i].base >= best.bottom:
			below = append(below, runs[i])
		}
	}
	var pieces [][]run
	for _, piece := range [][]run{above, best.left, best.right, below} {
		if len(piece) > 0 {
			pieces = append(pieces, columnsOf(piece, unit, width)...)
		}
	}
	return pieces
}

// margins parts what stands above and below all else, at most two lines with a wide gap between: a line under one column is none of it.
func margins(runs []run, unit float64) (top, between, bottom []run) {
	runs = slices.Clone(runs)
	slices.SortStableFunc(runs, func(a, b run) int { return cmp.Compare(a.base, b.base) })
	var rows []int // where each line begins
	for i := range runs {
		if i == 0 || runs[i].base-runs[rows[len(rows)-1]].base >= 0.8*unit {
			rows = append(rows, i)
		}
	}
	if len(rows) < leastLines {
		return nil, runs, nil
	}
	far := func(row int) bool { return runs[rows[row]].base-runs[rows[row]-1].base > marginGap*unit } // from the line above
	from, to := 0, len(runs)
	for n := 1; n <= 2 && from == 0; n++ {
		if far(n) {
			from = rows[n]
		}
	}
	for n := 1; n <= 2 && to == len(runs); n++ {
		if far(len(rows) - n) {
			to = rows[len(rows)-n]
		}
	}
	return runs[:from], runs[from:max(from, to)], runs[max(from, to):]
}

// marginGap is how far running lines stand from the text at least, in heights of a letter: nearly two lines.
const marginGap = 4

// band is what lies between two runs that cross a gutter, above and below.
type band struct {
	top, bottom float64
	left, right []run
}

func (b *band) runs() int { return len(b.left) + len(b.right) }

// bandsAt parts the page at the runs that a gutter at x would cut.
func bandsAt(runs []run, x, unit float64) []band {
	half := leastGutter * unit / 2
	var cuts []float64
	for i := range runs {
		if runs[i].box.Left < x+half && runs[i].box.Right > x-half {
			cuts = append(cuts, runs[i].base)
		}
	}
	if len(cuts) > len(runs)/2 {
		return nil
	}
	slices.Sort(cuts)
	bands := make([]band, len(cuts)+1)
	for i := range bands {
		bands[i].top, bands[i].bottom = math.Inf(-1), math.Inf(1)
		if i > 0 {
			bands[i].top = cuts[i-1]
		}
		if i < len(cuts) {
			bands[i].bottom = cuts[i]
		}
	}
	for i := range runs {
		r := &runs[i]
		at, exact := slices.BinarySearch(cuts, r.base)
		switch {
		case r.box.Right <= x-half && !exact:
			bands[at].left = append(bands[at].left, *r)
		case r.box.Left >= x+half && !exact:
			bands[at].right = append(bands[at].right, *r)
		case exact: // it stands beside a run that crosses, so it belongs to that line
		}
	}
	return bands
}

// worth reports whether a band is two columns of text, and no table, no list with numbers before it, and no two signatures.
func (b *band) worth(unit, width float64) bool {
	if len(b.left) < leastLines || len(b.right) < leastLines || !isProse(b.left, unit, width) || !isProse(b.right, unit, width) {
		return false
	}
	leftTop, leftBottom := heights(b.left)
	rightTop, rightBottom := heights(b.right)
	together := min(leftBottom, rightBottom) - max(leftTop, rightTop)
	return together > 0.4*min(leftBottom-leftTop, rightBottom-rightTop)
}

// isProse reports whether runs are the lines of a column.
func isProse(runs []run, unit, width float64) bool {
	left, right := extent(runs)
	if right-left < leastColumn*width {
		return false
	}
	lines := slices.Clone(runs)
	slices.SortFunc(lines, func(a, b run) int { return cmp.Compare(a.base, b.base) })
	var widths []float64
	last := math.Inf(-1)
	for i := range lines {
		if lines[i].base-last < 0.8*unit { // on the same line
			widths[len(widths)-1] += lines[i].width()
			continue
		}
		widths, last = append(widths, lines[i].width()), lines[i].base
	}
	if len(widths) < leastLines {
		return false
	}
	slices.Sort(widths)
	return widths[len(widths)/2] >= prose*(right-left)
}

func extent(runs []run) (left, right float64) {
	left, right = math.Inf(1), math.Inf(-1)
	for i := range runs {
		left, right = min(left, runs[i].box.Left), max(right, runs[i].box.Right)
	}
	return left, right
}

func heights(runs []run) (top, bottom float64) {
	top, bottom = math.Inf(1), math.Inf(-1)
	for i := range runs {
		top, bottom = min(top, runs[i].box.Top), max(bottom, runs[i].box.Bottom)
	}
	return top, bottom
}
