package figure

import "sync"

// A mark says of a row that is measured where it belongs: its code along the
// rows, its code along the columns, and in which kinds of cell it is counted.
// Zero is a row that is not measured.
func mark(r, c, levels uint32) uint32 { return r<<18 | c<<4 | levels }

func unmark(m uint32) (r, c, levels uint32) { return m >> 18, m >> 4 & (1<<14 - 1), m & 15 }

// mark sets the marks of the rows to be measured, and where judgments are
// counted of all rows that meet the filter.
func (w *worker) mark(p *plan, from int, rows []uint16, marks []uint32) {
	which := uint8(isIn)
	if p.in.Counted == Judgments {
		which = 0
	}
	for j, k := range rows {
		j &= block - 1
		if w.flags[j]&which == which {
			marks[from+int(k)] = mark(uint32(w.rowCode[j]), uint32(w.colCode[j]), p.levels)
		}
	}
}

// marksPool keeps the marks for the next query.
var marksPool = sync.Pool{New: func() any { return new([]uint32) }}

func takeMarks(n int) *[]uint32 {
	m := marksPool.Get().(*[]uint32)
	if cap(*m) < n {
		*m = make([]uint32, n)
	}
	*m = (*m)[:n] // scan clears them, each worker its part
	return m
}

// middle finds the codes in the middle of a cell's measured rows, which come in
// ascending order.
type middle struct {
	seen             uint32
	lowerAt, upperAt uint32 // counted from zero; the same where the number is odd
	lower, upper     uint32
}

// measured is a row that is measured, with its mark.
type measured struct{ mark, row uint32 }

var measuredPool = sync.Pool{New: func() any { return new([]measured) }}

// medians goes through the rows in ascending order and notes for each cell the
// codes that stand in the middle. No list of a cell's values is kept, and
// nothing is sorted.
func (p *plan) medians(tallies []tally, marks []uint32) []middle {
	kept := measuredPool.Get().(*[]measured)
	defer measuredPool.Put(kept)
	if cap(*kept) < len(p.order) {
		*kept = make([]measured, len(p.order))
	}
	list, half := (*kept)[:len(p.order)], len(p.order)/2
	var lower, upper []measured
	both(func() { lower = p.pickMeasured(list[:half], 0, marks) }, func() { upper = p.pickMeasured(list[half:], half, marks) })
	var found, totals []middle
	both(func() { found = p.middles(tallies, lower, upper, p.levels&(inCell|inTotal)) },
		func() { totals = p.middles(tallies, lower, upper, p.levels&(inRowTotal|inColumnTotal)) })
	for i, m := range totals {
		if m.seen > 0 {
			found[i] = m
		}
	}
	return found
}

// both does two things at the same time.
func both(one, other func()) {
	var wg sync.WaitGroup
	wg.Go(one)
	other()
	wg.Wait()
}

// pickMeasured lists the measured rows of a part of the order that begins at
// from, without a branch for each.
func (p *plan) pickMeasured(list []measured, from int, marks []uint32) []measured {
	n := 0
	for _, row := range p.order[from : from+len(list)] {
		m := marks[row]
		list[n] = measured{m, row}
		hit := 0
		if m != 0 {
			hit = 1
		}
		n += hit
	}
	return list[:n]
}

// middles finds the middles of the kinds of cell wanted. Each caller has a list of
// its own: two processors that wrote to neighbouring cells would wait for each
// other at every row.
func (p *plan) middles(tallies []tally, lower, upper []measured, want uint32) []middle {
	if want == 0 {
		return nil
	}
	found := make([]middle, len(tallies))
	for i := range found {
		n := tallies[i].in
		found[i].lowerAt, found[i].upperAt = (max(n, 1)-1)/2, n/2
	}
	width, totals := uint32(p.width), p.totals
	for _, list := range [2][]measured{lower, upper} {
		for _, m := range list {
			r, c, levels := unmark(m.mark)
			levels &= want
			if levels&inCell != 0 {
				p.pass(&found[r*width+c], m.row)
			}
			if levels&inRowTotal != 0 {
				p.pass(&found[r*width+width-1], m.row)
			}
			if levels&inColumnTotal != 0 {
				p.pass(&found[totals+c], m.row)
			}
			if levels&inTotal != 0 {
				p.pass(&found[totals+width-1], m.row)
			}
		}
	}
	return found
}

func (p *plan) pass(m *middle, row uint32) {
	if m.seen == m.lowerAt {
		m.lower = p.amount[row]
	}
	if m.seen == m.upperAt {
		m.upper = p.amount[row]
	}
	m.seen++
}
