package figure

import (
	"runtime"
	"sync"
)

// block is how many rows are worked on at a time: what is gathered of them
// stays in the processor's nearest cache. Persons with up to three counts fill
// it without a rest.
const block = 6 * 256

// numbers kept for each place
const (
	perClass  = 16 // persons by class
	perFlags  = 8  // rows by whether they are looked at, counted, not known
	perRange  = 2  // the lowest code, negated, and the highest
	perNumber = 2  // judgments counted, and not known
)

// worker counts one part of the rows.
type worker struct {
	persons   [spreads]lanes // by how their counts can lie
	counts    [spreads]lanes
	extremes  numbers
	judgments numbers
	seen      []uint64 // by cell
	measured  measured
	byCode    numbers

	slots   []slot // see touch
	touched []uint32
	who     uint32
	last    []uint32 // judgment counted last, by place

	selected  [block]uint32 // all bits set for a row that meets the filter
	flags     [block]uint8
	rows      [block]uint32 // codes
	cols      [block]uint32
	cells     [block]uint32 // places
	all       [block]uint32
	codes     [block]uint32 // to be measured
	marks     [block]uint32 // of rows of judgments
	judged    [block]uint32 // which judgment
	taken     [block]uint32 // codes of judgments not counted before
	rowSet    [16]uint32
	columnSet [16]uint32
}

// workers are kept for the next query, because their numbers are many.
var workers = sync.Pool{New: func() any { return new(worker) }}

func (p *plan) worker() *worker {
	w := workers.Get().(*worker)
	for s := range spreads {
		w.persons[s].reset()
		w.counts[s].reset()
	}
	w.extremes, w.judgments, w.slots, w.last = w.extremes[:0], w.judgments[:0], w.slots[:0], w.last[:0]
	w.seen = cleared(w.seen, int(p.noCell)+1)
	w.measured.clear()
	w.byCode = w.byCode[:0]
	if p.byCode {
		w.byCode.prepare(&p.places, int(p.codes))
	}
	if p.amount != nil && p.in.Measure != Median {
		w.extremes.prepare(&p.places, perRange)
	}
	return w
}

// cleared is the list with n zero values.
func cleared[T any](list []T, n int) []T {
	if cap(list) < n {
		return make([]T, n)
	}
	list = list[:n]
	clear(list)
	return list
}

// smallPart is the number of rows from which a second worker is worth its start.
const smallPart = 1 << 15

// parts is the number of workers for n rows.
func parts(n int) int { return max(1, min(runtime.GOMAXPROCS(0), 4, n/smallPart)) }

// inParts runs the work of each part at the same time. The caller hands the
// workers back to the pool.
func (p *plan) inParts(n int, work func(w *worker, part, parts int)) []*worker {
	all := make([]*worker, parts(n))
	var wg sync.WaitGroup
	for j := range all {
		all[j] = p.worker()
		if j == len(all)-1 {
			work(all[j], j, len(all)) // on this goroutine
			break
		}
		wg.Go(func() { work(all[j], j, len(all)) })
	}
	wg.Wait()
	return all
}

// scan counts the persons and the rows that meet the filter.
func (p *plan) scan() []*worker {
	return p.inParts(len(p.c.id), func(w *worker, part, parts int) {
		for i := range p.c.persons {
			g := &p.c.persons[i]
			from, to := p.c.cut(g, part, parts), p.c.cut(g, part+1, parts)
			w.group(p, g, from, to)
		}
	})
}

// cut is where a part of a group begins, with a person.
func (c *Columns) cut(g *group, part, parts int) int {
	i := (g.to - g.from) * part / parts
	if g.size > 0 {
		return g.from + i/g.size*g.size
	}
	for i += g.from; i > g.from && i < g.to && atPerson.of(c.word[i]) == 0; {
		i++
	}
	return i
}

// group counts the persons of a part of a group.
func (w *worker) group(p *plan, g *group, from, to int) {
	if p.base.never || from == to {
		if p.marks != nil {
			for i := range p.marks[from:to] {
				p.marks[from+i] = unmarked
			}
		}
		return
	}
	one := g.size == 1
	s := spreadOf(one || p.rows.field == NoField || p.rows.agree && g.agreeing, one || p.cols.field == NoField || p.cols.agree && g.agreeing)
	scattered := g.size == 0 || g.sets && (p.rows.field == Outcome || p.cols.field == Outcome)
	if scattered {
		s = anywhere
	}
	w.persons[s].prepare(&p.places, perClass)
	if p.byRow {
		w.counts[inCell].prepare(&p.places, perFlags)
	}
	if scattered {
		w.scattered(p, from, to)
		return
	}
	for ; from < to; from += block {
		w.block(p, g.size, s, from, min(block, to-from))
	}
}

// block counts the n rows from there on.
func (w *worker) block(p *plan, size int, s spread, from, n int) {
	flags, any := w.choose(p, from, n)
	if any {
		w.locate(p, s, from, n)
		w.count(p, size, s, from, flags)
	}
	if p.marks != nil {
		w.mark(p, from, n, any)
	}
}

// choose finds the rows that meet the filter, without a branch for each, and
// gives the flags of all rows, none for those that do not.
func (w *worker) choose(p *plan, from, n int) (flags []uint8, any bool) {
	flags = p.flags[from : from+n]
	if p.base.isOpen() {
		return flags, true
	}
	t, selected, found := &p.base, w.selected[:n], uint32(0)
	outcomes := p.c.outcomes[from : from+n]
	for i, wd := range p.c.word[from : from+n] {
		hit := uint32(0)
		if wd&t.mask^t.want|word(outcomes[i]&t.need^t.need) == 0 {
			hit = ^uint32(0)
		}
		selected[i] = hit
	}
	for _, s := range t.spans {
		codes := w.codes[:n]
		s.column.read(from, codes)
		for i, c := range codes {
			hit := uint32(0)
			if c-uint32(s.low) <= uint32(s.high-s.low) {
				hit = ^uint32(0)
			}
			selected[i] &= hit
		}
	}
	for i, f := range flags {
		w.flags[i] = f & uint8(selected[i])
		found |= selected[i]
	}
	return w.flags[:n], found != 0
}

// locate finds the places of the rows, as far as the spread needs them.
func (w *worker) locate(p *plan, s spread, from, n int) {
	rows, cols, cells := w.rows[:n], w.cols[:n], w.cells[:n]
	marked := p.marks != nil
	if marked || s == inRow || s == anywhere {
		p.rows.read(from, rows)
	}
	if marked || s == inColumn || s == anywhere {
		p.cols.read(from, cols)
	}
	p.readCells(from, cells)
	if p.base.isOpen() {
		if s == anywhere {
			clear(w.all[:n])
		}
		return
	}
	for i, in := range w.selected[:n] {
		rows[i], cols[i], cells[i] = rows[i]&in|p.noRow&^in, cols[i]&in|p.noCol&^in, cells[i]&in|p.noCell&^in
		w.all[i] = 1 &^ in
	}
}

func (d *dimension) read(from int, codes []uint32) {
	if d.column == nil {
		clear(codes)
		return
	}
	d.column.read(from, codes)
}

// readCells writes the cells of the rows from there on.
func (p *plan) readCells(from int, cells []uint32) {
	rows, cols, to := p.rows.column, p.cols.column, from+len(cells)
	switch {
	case rows == nil:
		p.cols.read(from, cells)
	case cols == nil:
		rows.read(from, cells)
	case rows.wide == nil && cols.wide == nil:
		combine(cells, rows.narrow[from:to], cols.narrow[from:to], p.noCol)
	case rows.wide == nil:
		combine(cells, rows.narrow[from:to], cols.wide[from:to], p.noCol)
	case cols.wide == nil:
		combine(cells, rows.wide[from:to], cols.narrow[from:to], p.noCol)
	default:
		combine(cells, rows.wide[from:to], cols.wide[from:to], p.noCol)
	}
}

func combine[R, C uint8 | uint16](cells []uint32, rows []R, cols []C, width uint32) {
	rows, cols = rows[:len(cells)], cols[:len(cells)]
	for i := range cells {
		cells[i] = uint32(rows[i])*width + uint32(cols[i])
	}
}

// count counts the persons and rows of a block in their places.
func (w *worker) count(p *plan, size int, s spread, from int, flags []uint8) {
	persons, n := w.persons[s], len(flags)
	rows, columns, all := persons.from(p.rowAt, perClass), persons.from(p.colAt, perClass), persons.from(p.allAt, perClass)
	switch s {
	case inCell:
		countWhole(size, persons, w.cells[:n], flags, p.class)
	case inRow:
		countApart(size, persons, w.cells[:n], flags, p.class)
		countWhole(size, rows, w.rows[:n], flags, p.class)
	case inColumn:
		countApart(size, persons, w.cells[:n], flags, p.class)
		countWhole(size, columns, w.cols[:n], flags, p.class)
	default:
		countApart(size, persons, w.cells[:n], flags, p.class)
		countApart(size, rows, w.rows[:n], flags, p.class)
		countApart(size, columns, w.cols[:n], flags, p.class)
		countWhole(size, all, w.all[:n], flags, p.class)
	}
	if p.seen == nil {
		seen := w.seen
		for i, sight := range p.c.sight[from : from+n] {
			seen[w.cells[i]] |= sights[sight]
		}
	}
	if p.byRow {
		countRows(w.counts[inCell], w.cells[:n], flags)
	}
	if p.byRow && p.amount != nil {
		w.measure(p, from, flags)
	}
}

// measure notes the amounts of the rows that have one.
func (w *worker) measure(p *plan, from int, flags []uint8) {
	which := uint8(isIn)
	if p.in.Measure != Median {
		which |= isJoint
	}
	codes := w.codes[:len(flags)]
	for i, code := range p.amount[from : from+len(flags)] {
		codes[i] = code & -uint32(^alike(uint32(flags[i]&which), 0)&1)
	}
	w.note(p, w.cells[:len(flags)], codes)
}

// note notes codes in their places; zero is none.
func (w *worker) note(p *plan, places, codes []uint32) {
	codes = codes[:len(places)]
	switch {
	case p.in.Measure != Median:
		for i, place := range places {
			e := w.extremes.of(place, perRange)
			e[0], e[1] = max(e[0], -codes[i]), max(e[1], codes[i])
		}
	case p.byCode:
		byCode, n := w.byCode, p.codes
		for i, place := range places {
			byCode[place*n+codes[i]]++
		}
	default:
		w.measured.take(places, codes)
	}
}
