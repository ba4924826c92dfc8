package figure

import (
	"runtime"
	"sync"
)

// A mark says of a row that is measured where it belongs: its code along the
// rows, its code along the columns, and in which kinds of cell it is counted.
// Zero is a row that is not measured.
func mark(r, c, levels uint32) uint32 { return r<<18 | c<<4 | levels }

func unmark(m uint32) (r, c, levels uint32) { return m >> 18, m >> 4 & (1<<14 - 1), m & 15 }

// mark sets the marks of the rows to be measured.
func (w *worker) mark(p *plan, from int, rows []uint16, marks []uint32) {
	for j, k := range rows {
		if w.flags[j]&isIn != 0 {
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
	*m = (*m)[:n]
	clear(*m)
	return m
}

// middle finds the codes in the middle of a cell's measured rows, which come in
// ascending order.
type middle struct {
	seen             uint32
	lowerAt, upperAt uint32 // counted from zero; the same where the number is odd
	lower, upper     uint32
}

// medians goes through the rows in ascending order and notes for each cell the
// codes that stand in the middle. No list of a cell's values is kept, and
// nothing is sorted.
func (p *plan) medians(tallies []tally, marks []uint32) []middle {
	found := make([]middle, len(tallies))
	for i := range found {
		n := tallies[i].in
		found[i].lowerAt, found[i].upperAt = (max(n, 1)-1)/2, n/2
	}
	// Two goroutines, each with cells of its own.
	first, second := p.levels&(inCell|inTotal), p.levels&(inRowTotal|inColumnTotal)
	if runtime.GOMAXPROCS(0) < 2 || second == 0 {
		p.middles(found, marks, p.levels)
		return found
	}
	var wg sync.WaitGroup
	wg.Go(func() { p.middles(found, marks, first) })
	p.middles(found, marks, second)
	wg.Wait()
	return found
}

func (p *plan) middles(found []middle, marks []uint32, want uint32) {
	width, total := uint32(p.width), p.totals
	last := width - 1
	for _, row := range p.order {
		r, c, levels := unmark(marks[row])
		levels &= want
		if levels&inCell != 0 {
			p.pass(&found[r*width+c], row)
		}
		if levels&inRowTotal != 0 {
			p.pass(&found[r*width+last], row)
		}
		if levels&inColumnTotal != 0 {
			p.pass(&found[total+c], row)
		}
		if levels&inTotal != 0 {
			p.pass(&found[total+last], row)
		}
	}
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
