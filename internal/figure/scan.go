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

	// The person being gathered: the runs before the last one, and the last.
	before []run
	last   run

	selected         [block]uint16 // rows of the block that meet the filter
	person           [block]uint32 // of every row of the block
	words            [block]word   // from here on, of the rows selected
	outcomes         [block]uint16
	flags            [block]uint8
	codes            [block]uint32 // to be measured
	rowCode, colCode [block]uint16 // outcomes as their set
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
	w.persons, w.before, w.last = 0, w.before[:0], run{}
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
		for ; from < to && !p.base.never; from += block {
			w.block(p, from, min(from+block, to), marks)
		}
		w.endPerson(p)
	})
}

func (w *worker) block(p *plan, from, to int, marks []uint32) {
	rows := w.choose(p, from, to)
	for j, k := range rows {
		w.words[j&(block-1)], w.outcomes[j&(block-1)] = p.c.word[from+int(k)], p.c.outcomes[from+int(k)]
	}
	w.flag(p, from, rows)
	w.code(&p.rows, from, rows, &w.rowCode)
	w.code(&p.cols, from, rows, &w.colCode)
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
		persons += wd & 1
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
func (w *worker) code(d *dimension, from int, rows []uint16, codes *[block]uint16) {
	switch {
	case d.field == NoField:
		clear(codes[:len(rows)])
	case d.field == Outcome:
		copy(codes[:len(rows)], w.outcomes[:])
	case d.column != nil:
		column := d.column[from:]
		for j, k := range rows {
			codes[j&(block-1)] = column[k]
		}
	default:
		shift, mask := d.place.shift, word(1)<<d.place.width-1
		for j, wd := range w.words[:len(rows)] {
			codes[j] = uint16(wd >> (shift & 31) & mask)
		}
	}
}

// gather puts the rows into runs. The rows of a person are neighbours, so a
// person is counted when the next one comes, and no set of persons is kept.
func (w *worker) gather(p *plan, from int, rows []uint16) {
	years := p.c.year[from:]
	last := &w.last
	flags, seen := last.flags, last.seen
	for j, k := range rows {
		j &= block - 1
		person, codes := w.person[k&(block-1)], uint32(w.rowCode[j])<<16|uint32(w.colCode[j])
		if person != last.person || codes != last.codes {
			last.flags, last.seen = flags, seen|uint64(flags&isMade)<<56
			if person != last.person {
				w.endPerson(p)
			} else {
				w.before = append(w.before, *last)
			}
			*last = run{person: person, codes: codes}
			flags, seen = 0, 0
		}
		flags |= w.flags[j]
		seen |= p.sights[years[k]]
		if p.byRow {
			last.count(w.flags[j], w.codes[j])
		}
	}
	last.flags, last.seen = flags, seen|uint64(flags&isMade)<<56
}

// cells are the cells that a row of these codes belongs to.
func (p *plan) cells(r, c uint32, into *[4]uint32) []uint32 {
	width, total := uint32(p.width), p.totals
	last := width - 1
	switch p.levels {
	case inTotal:
		into[0] = total + last
		return into[:1]
	case inTotal | inRowTotal:
		into[0], into[1] = r*width+last, total+last
		return into[:2]
	case inTotal | inColumnTotal:
		into[0], into[1] = total+c, total+last
		return into[:2]
	}
	into[0], into[1], into[2], into[3] = r*width+c, r*width+last, total+c, total+last
	return into[:4]
}
