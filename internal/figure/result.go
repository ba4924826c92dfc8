package figure

// result is all that was counted, by place. It lies in a worker's memory, and is
// read before the worker counts again.
type result struct {
	persons, counts, extremes, judgments numbers
	seen                                 []uint64
	middles                              []middle
}

// join brings together what workers counted of different persons.
func (p *plan) join(all []*worker) result {
	var r result
	r.persons = gather(p, all, perClass, func(w *worker) *[spreads]lanes { return &w.persons })
	if p.byRow {
		r.counts = gather(p, all, perFlags, func(w *worker) *[spreads]lanes { return &w.counts })
	}
	first := all[0]
	r.extremes = first.extremes
	for _, w := range all[1:] {
		highest(r.extremes, w.extremes)
		for cell, seen := range w.seen {
			first.seen[cell] |= seen
		}
	}
	r.extremes.complete(&p.places, inCell, perRange, highest)
	if r.seen = p.seen; r.seen == nil {
		r.seen = p.sightings(first.seen)
		p.c.sights.keep(p, r.seen)
	}
	return r
}

// gather adds up the numbers of all workers, lanes and spreads.
func gather(p *plan, all []*worker, each int, of func(w *worker) *[spreads]lanes) numbers {
	whole := &of(all[0])[anywhere][0]
	whole.prepare(&p.places, each)
	for s := range spreads {
		var sum numbers
		for _, w := range all {
			for _, lane := range of(w)[s] {
				if len(sum) == 0 {
					sum = lane
				} else if len(lane) > 0 {
					add(sum, lane)
				}
			}
		}
		if s != anywhere && len(sum) > 0 {
			sum.complete(&p.places, s, each, add)
			add(*whole, sum)
		}
	}
	return *whole
}

// sightings are the sights of all places.
func (p *plan) sightings(cells []uint64) []uint64 {
	seen := make([]uint64, p.number)
	for r := range p.noRow {
		for c := range p.noCol {
			s := cells[r*p.noCol+c]
			seen[r*p.noCol+c] = s
			seen[p.rowAt+r] |= s
			seen[p.colAt+c] |= s
			seen[p.allAt] |= s
		}
	}
	return seen
}

func isNone(numbers []uint32) bool {
	any := uint32(0)
	for _, n := range numbers {
		any |= n
	}
	return any == 0
}

// joinJudgments adds what workers counted of different judgments.
func (p *plan) joinJudgments(r *result, all []*worker) {
	r.judgments, r.extremes = all[0].judgments, all[0].extremes
	for _, w := range all[1:] {
		add(r.judgments, w.judgments)
		highest(r.extremes, w.extremes)
	}
	s := p.judgmentSpread()
	r.judgments.complete(&p.places, s, perNumber, add)
	r.extremes.complete(&p.places, s, perRange, highest)
}

// place is that of a cell by its codes; the size of a dimension stands for its
// total.
func (p *plan) place(row, col int) uint32 {
	r, c := uint32(row), uint32(col)
	switch {
	case row == p.rows.size && col == p.cols.size:
		return p.allAt
	case row == p.rows.size:
		return p.colAt + c
	case col == p.cols.size:
		return p.rowAt + r
	}
	return r*p.noCol + c
}

// tally is what stands in one place.
func (r *result) tally(p *plan, place uint32) (t tally) {
	t.seen = r.seen[place]
	persons := r.persons.of(place, perClass)
	if p.class == &amountClassOfFlags {
		for class, n := range persons[:2*withJoint] {
			into := classNone
			if f := class & finalityMask; f > 0 {
				into = classIn + f - 1
			}
			t.persons[into] += n
			if class&withJoint != 0 {
				t.joint += n
			}
		}
	} else {
		copy(t.persons[:], persons)
	}
	if len(r.extremes) > 0 {
		e := r.extremes.of(place, perRange)
		t.low, t.high = e[0], e[1]
	}
	if p.byRow {
		for flags, n := range r.counts.of(place, perFlags) {
			t.of += n * uint32(flags&isOf)
			t.in += n * uint32(flags&isIn/isIn)
			t.unknown += n * uint32(flags&isUnknown/isUnknown)
		}
	}
	if len(r.judgments) > 0 {
		n := r.judgments.of(place, perNumber)
		t.of, t.in, t.unknown = n[0], n[0], n[1]
	}
	return t
}
