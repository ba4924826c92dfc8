package figure

import (
	"runtime"
	"sync"
)

// block is how many rows are worked on at a time: what is gathered of them
// stays in the processor's nearest cache.
const block = 1024

// worker goes through one part of the columns.
type worker struct {
	tallies []tally
	persons uint32

	runs []run // of the person being gathered; see gather
	n    int   // how many of them there are, none before the first person
	who  uint32

	judged     uint32 // the judgment counted last
	judgedMark uint32

	selected         [block]uint16 // rows of the block that meet the filter
	person           [block]uint32 // of every row of the block
	flags            [block]uint8  // from here on, of the rows selected
	codes            [block]uint32 // to be measured
	rowCode, colCode [block]uint16 // several outcomes as a set
	cells            []uint32      // touched by a scattered person
}

// workers are kept for the next query, because their tallies are large.
var workers = sync.Pool{New: func() any { return new(worker) }}

func (p *plan) worker() *worker {
	w := workers.Get().(*worker)
	cells := (p.rows.size + 1) * p.width
	if cap(w.tallies) < cells {
		w.tallies = make([]tally, cells)
	}
	w.tallies = w.tallies[:cells]
	clear(w.tallies)
	w.persons, w.n, w.who, w.judged = 0, 0, 0, 0
	if w.runs == nil {
		w.runs = make([]run, 8)
	}
	return w
}

// smallPart is the number of rows from which a second worker is worth its start.
const smallPart = 1 << 15

// parts splits n things into a few ranges of about the same size; a range may
// begin only where begins says so.
func parts(n int, begins func(i int) bool) []int {
	k := max(1, min(runtime.GOMAXPROCS(0), 4, n/smallPart))
	cuts := []int{0}
	for j := 1; j < k; j++ {
		i := max(n*j/k, cuts[len(cuts)-1])
		for i < n && !begins(i) {
			i++
		}
		cuts = append(cuts, i)
	}
	return append(cuts, n)
}

// inParts runs the work over each range at the same time and gives the tallies
// of all together. The caller hands the worker back to the pool.
func (p *plan) inParts(cuts []int, work func(w *worker, from, to int)) *worker {
	all := make([]*worker, len(cuts)-1)
	var wg sync.WaitGroup
	for j := range all {
		all[j] = p.worker()
		do := func() {
			work(all[j], cuts[j], cuts[j+1])
		}
		if j == len(all)-1 {
			do() // on this goroutine
		} else {
			wg.Go(do)
		}
	}
	wg.Wait()
	for _, w := range all[1:] {
		for i := range w.tallies {
			all[0].tallies[i].merge(&w.tallies[i])
		}
		workers.Put(w)
	}
	return all[0]
}

// scan goes through all rows. Marks, if any, are set for the rows to be
// measured by a median.
func (p *plan) scan(marks []uint32) *worker {
	cuts := parts(p.c.Len(), func(i int) bool { return atPerson.of(p.c.word[i]) == 1 })
	return p.inParts(cuts, func(w *worker, from, to int) {
		if marks != nil {
			clear(marks[from:to])
		}
		for ; from < to && !p.base.never; from += block {
			w.block(p, from, min(from+block, to), marks)
		}
		w.endPerson(p)
	})
}

func (w *worker) block(p *plan, from, to int, marks []uint32) {
	rows := w.choose(p, from, to)
	w.flag(p, from, rows)
	w.code(p.c, &p.rows, from, rows, &w.rowCode)
	w.code(p.c, &p.cols, from, rows, &w.colCode)
	w.gather(p, from, rows)
	if marks != nil {
		w.mark(p, from, rows, marks)
	}
}

// choose selects the rows of the block that meet the filter, without a branch
// for each, and numbers the persons.
func (w *worker) choose(p *plan, from, to int) []uint16 {
	words, outcomes := p.c.word[from:to], p.c.outcomes[from:to]
	n, persons := 0, w.persons
	for k, wd := range words {
		persons += uint32(wd & 1)
		w.person[k&(block-1)] = persons
		w.selected[n&(block-1)] = uint16(k)
		hit := 0
		if wd&p.base.mask^p.base.want|word(outcomes[k]&p.base.need^p.base.need) == 0 {
			hit = 1
		}
		n += hit
	}
	w.persons = persons
	for _, s := range p.base.spans {
		column, kept := s.column[from:to], 0
		for _, k := range w.selected[:n] {
			w.selected[kept] = k
			hit := 0
			if column[k]-s.low <= s.high-s.low {
				hit = 1
			}
			kept += hit
		}
		n = kept
	}
	return w.selected[:n]
}

// code writes the codes of the rows along one dimension.
func (w *worker) code(c *Columns, d *dimension, from int, rows []uint16, codes *[block]uint16) {
	switch {
	case d.field == NoField:
		clear(codes[:len(rows)])
	case d.field == Outcome:
		outcomes := c.outcomes[from:]
		for j, k := range rows {
			codes[j&(block-1)] = outcomeCodes[outcomeSet(outcomes[k])&(1<<outcomeBits-1)]
		}
	case d.column != nil:
		column := d.column[from:]
		for j, k := range rows {
			codes[j&(block-1)] = column[k]
		}
	default:
		shift, mask := d.place.shift, word(1)<<d.place.width-1
		words := c.word[from:]
		for j, k := range rows {
			codes[j&(block-1)] = uint16(words[k] >> (shift & 63) & mask)
		}
	}
}

// gather puts the rows into runs. The rows of a person are neighbours, so a
// person is counted when the next one comes, and no set of persons is kept.
func (w *worker) gather(p *plan, from int, rows []uint16) {
	years, byRow := p.c.year[from:], p.byRow
	r := &w.runs[max(w.n-1, 0)]
	flags, seen := r.flags, r.seen
	for j, k := range rows {
		j &= block - 1
		person, codes := w.person[k&(block-1)], uint32(w.rowCode[j])<<16|uint32(w.colCode[j])
		if person != w.who || codes != r.codes {
			r.flags, r.seen = flags, seen|uint64(flags&isMade)<<56
			if person != w.who {
				w.endPerson(p)
				w.who = person
			}
			r = w.begin(codes, byRow)
			flags, seen = 0, 0
		}
		flags |= w.flags[j]
		seen |= p.sights[years[k]]
		if byRow && w.flags[j]&(isOf|isIn|isUnknown|isJoint) != 0 {
			r.count(w.flags[j], w.codes[j])
		}
	}
	r.flags, r.seen = flags, seen|uint64(flags&isMade)<<56
}

// begin begins the person's next run, in its place: runs are not copied.
func (w *worker) begin(codes uint32, byRow bool) *run {
	if w.n == len(w.runs) {
		w.runs = append(w.runs, make([]run, w.n)...)
	}
	r := &w.runs[w.n]
	w.n++
	r.codes = codes
	if byRow {
		r.rowCounts = rowCounts{}
	}
	return r
}
