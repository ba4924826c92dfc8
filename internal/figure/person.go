package figure

import "math/bits"

// endPerson adds the person whose rows were gathered to the cells.
func (w *worker) endPerson(p *plan) {
	runs := w.runs[:w.n]
	w.n = 0
	switch {
	case len(runs) == 0:
	case hasSet(runs):
		w.several(p, runs)
	case len(runs) > 1:
		w.scattered(p, runs)
	default:
		r := &runs[0]
		row, col, width := r.codes>>16, r.codes&0xffff, uint32(p.width)
		w.put(p, p.totals+width-1, r)
		if p.levels&inRowTotal != 0 {
			w.put(p, row*width+width-1, r)
		}
		if p.levels&inColumnTotal != 0 {
			w.put(p, p.totals+col, r)
		}
		if p.levels&inCell != 0 {
			w.put(p, row*width+col, r)
		}
	}
}

// put adds a person to a cell, where the run is all that lies in it.
func (w *worker) put(p *plan, cell uint32, r *run) {
	t := &w.tallies[cell]
	t.endPerson(r.flags, p.byRow)
	t.seen |= r.seen
	if p.byRow && r.flags&(isOf|isIn|isUnknown|isJoint) != 0 {
		t.join(&r.rowCounts)
	}
}

// touch adds a run to a cell that may hold another run of the same person. The
// cell gathers the flags, and settle counts the person.
func (w *worker) touch(p *plan, cell uint32, r *run) {
	t := &w.tallies[cell]
	if t.person != w.who {
		t.person, t.state = w.who, 0
		w.cells = append(w.cells, cell)
	}
	t.state |= r.flags
	t.seen |= r.seen
	if p.byRow && r.flags&(isOf|isIn|isUnknown|isJoint) != 0 {
		t.join(&r.rowCounts)
	}
}

// settle counts the person in the cells touched.
func (w *worker) settle(p *plan) {
	for _, cell := range w.cells {
		w.tallies[cell].endPerson(w.tallies[cell].state, p.byRow)
	}
	w.cells = w.cells[:0]
}

// together is all runs of a person in one, and whether their codes are alike
// along the rows and along the columns.
func together(p *plan, runs []run) (whole run, sameRow, sameCol bool) {
	whole.codes, whole.flags, whole.seen = runs[0].codes, runs[0].flags, runs[0].seen
	differ := uint32(0)
	for i := 1; i < len(runs); i++ {
		differ |= runs[i].codes ^ whole.codes
		whole.flags |= runs[i].flags
		whole.seen |= runs[i].seen
	}
	if p.byRow {
		for i := range runs {
			whole.join(&runs[i].rowCounts)
		}
	}
	return whole, differ>>16 == 0, differ&0xffff == 0
}

// scattered adds a person whose rows have different codes. In the total, and
// where all have the same code, the person is added at once.
func (w *worker) scattered(p *plan, runs []run) {
	whole, sameRow, sameCol := together(p, runs)
	width, totals := uint32(p.width), p.totals
	w.put(p, totals+width-1, &whole)
	if p.levels&inRowTotal != 0 {
		if sameRow {
			w.put(p, whole.codes>>16*width+width-1, &whole)
		} else {
			w.spread(p, runs, width, 0, width-1)
		}
	}
	if p.levels&inColumnTotal != 0 {
		if sameCol {
			w.put(p, totals+whole.codes&0xffff, &whole)
		} else {
			w.spread(p, runs, 0, 1, totals)
		}
	}
	if p.levels&inCell != 0 {
		w.spread(p, runs, width, 1, 0)
	}
}

// spread adds each run to the cell at row*byRow + column*byCol + at.
func (w *worker) spread(p *plan, runs []run, byRow, byCol, at uint32) {
	if len(runs) == 2 { // they differ, so they cannot meet in a cell
		for i := range runs {
			r := &runs[i]
			w.put(p, r.codes>>16*byRow+r.codes&0xffff*byCol+at, r)
		}
		return
	}
	for i := range runs {
		r := &runs[i]
		w.touch(p, r.codes>>16*byRow+r.codes&0xffff*byCol+at, r)
	}
	w.settle(p)
}

// several adds a person with counts of several outcomes: such a count stands in
// several cells, and once in each total.
func (w *worker) several(p *plan, runs []run) {
	for i := range runs {
		var rs, cs [17]uint32
		for _, row := range p.rows.expand(runs[i].codes>>16, &rs) {
			for _, col := range p.cols.expand(runs[i].codes&0xffff, &cs) {
				if cell := row*uint32(p.width) + col; len(runs) == 1 {
					w.put(p, cell, &runs[i])
				} else {
					w.touch(p, cell, &runs[i])
				}
			}
		}
	}
	w.settle(p)
}

// expand are the codes that a run's code stands for along the dimension, and
// that of the total.
func (d *dimension) expand(code uint32, codes *[17]uint32) []uint32 {
	if d.field == NoField {
		return append(codes[:0], uint32(d.size))
	}
	return append(expand(code, codes), uint32(d.size))
}

// isSet marks a code that stands for a set of several outcomes; no other code
// is as large (see maxCodes).
const isSet = 1 << 14

// outcomeBits is the number of outcomes, that of no finding included.
const outcomeBits = 10

// outcomeSet is the outcomes of a count with no finding next to the others.
func outcomeSet(outcomes uint16) uint16 {
	return outcomes&(noFinding-1) | outcomes>>15<<(outcomeBits-1)
}

// outcomeCodes are the codes of sets of outcomes: of one its place, of several
// the set itself, marked.
var outcomeCodes = func() (codes [1 << outcomeBits]uint16) {
	for set := range codes {
		if bits.OnesCount(uint(set)) == 1 {
			codes[set] = uint16(bits.TrailingZeros(uint(set)))
		} else {
			codes[set] = isSet | uint16(set)
		}
	}
	return codes
}()

// hasSet reports whether a run's code is a set.
func hasSet(runs []run) bool {
	any := uint32(0)
	for i := range runs {
		any |= runs[i].codes
	}
	return any&(isSet<<16|isSet) != 0
}

// expand lists the codes that a code stands for: itself, unless it is a set.
func expand(code uint32, codes *[17]uint32) []uint32 {
	if code&isSet == 0 {
		return append(codes[:0], code)
	}
	list := codes[:0]
	for set := code &^ isSet; set != 0; set &= set - 1 {
		list = append(list, uint32(bits.TrailingZeros32(set)))
	}
	return list
}
