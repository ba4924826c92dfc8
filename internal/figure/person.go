package figure

// endPerson adds the person whose rows were gathered to the cells.
func (w *worker) endPerson(p *plan) {
	if w.last.person == 0 {
		return
	}
	if len(w.before) > 0 || p.hasOutcomes {
		w.before = append(w.before, w.last)
		w.scattered(p)
		w.before = w.before[:0]
		return
	}
	r, c := w.last.codes>>16, w.last.codes&0xffff
	width, total := uint32(p.width), p.totals
	w.put(p, total+width-1, &w.last)
	if p.levels&inRowTotal != 0 {
		w.put(p, r*width+width-1, &w.last)
	}
	if p.levels&inColumnTotal != 0 {
		w.put(p, total+c, &w.last)
	}
	if p.levels&inCell != 0 {
		w.put(p, r*width+c, &w.last)
	}
}

// put adds a person to a cell that all the person's rows in it are known of.
func (w *worker) put(p *plan, cell uint32, r *run) {
	t := &w.tallies[cell]
	t.endPerson(r.flags, p.byRow)
	t.seen |= r.seen
	if p.byRow {
		t.rows(r)
	}
}

// touch adds a run to a cell that may hold another run of the same person. The
// cell gathers the flags, and settle counts the person.
func (w *worker) touch(p *plan, cell uint32, r *run) {
	t := &w.tallies[cell]
	if t.person != r.person {
		t.person, t.state = r.person, 0
		w.cells = append(w.cells, cell)
	}
	t.state |= r.flags
	t.seen |= r.seen
	if p.byRow {
		t.rows(r)
	}
}

// settle counts the person in the cells touched.
func (w *worker) settle(p *plan) {
	for _, cell := range w.cells {
		w.tallies[cell].endPerson(w.tallies[cell].state, p.byRow)
	}
	w.cells = w.cells[:0]
}

// scattered adds a person whose rows have different codes, or several outcomes.
// Where all have the same code, and in the total, the person is added once.
func (w *worker) scattered(p *plan) {
	whole := w.before[0]
	sameRow, sameCol := true, true
	for i := range w.before[1:] {
		r := &w.before[i+1]
		sameRow = sameRow && r.codes>>16 == whole.codes>>16
		sameCol = sameCol && r.codes&0xffff == whole.codes&0xffff
		whole.join(r)
	}
	rowCode, oneRow := p.rows.single(whole.codes >> 16)
	colCode, oneCol := p.cols.single(whole.codes & 0xffff)
	width, total := uint32(p.width), p.totals
	last := width - 1
	w.put(p, total+last, &whole)
	if p.levels&inRowTotal != 0 {
		if sameRow && oneRow {
			w.put(p, rowCode*width+last, &whole)
		} else {
			w.spread(p, true, false)
		}
	}
	if p.levels&inColumnTotal != 0 {
		if sameCol && oneCol {
			w.put(p, total+colCode, &whole)
		} else {
			w.spread(p, false, true)
		}
	}
	if p.levels&inCell != 0 {
		w.spread(p, true, true)
	}
}

// spread adds each run to its cells, or to its row or column total.
func (w *worker) spread(p *plan, rows, cols bool) {
	// Two runs in turn differ, so they cannot meet in a cell; with outcomes, or
	// in a total, or with three, they can.
	apart := len(w.before) == 1 || len(w.before) == 2 && !p.hasOutcomes
	var rs, cs [17]uint32
	for i := range w.before {
		r := &w.before[i]
		for _, row := range p.rows.expand(r.codes>>16, rows, &rs) {
			for _, col := range p.cols.expand(r.codes&0xffff, cols, &cs) {
				if cell := row*uint32(p.width) + col; apart {
					w.put(p, cell, r)
				} else {
					w.touch(p, cell, r)
				}
			}
		}
	}
	w.settle(p)
}

// single is the code that a run's code stands for; one is false where it is a
// set of several outcomes.
func (d *dimension) single(code uint32) (_ uint32, one bool) {
	if d.field == Outcome {
		return outcomeCode(code)
	}
	return code, true
}

// expand are the codes that a run's code stands for along the dimension, or the
// code of the total.
func (d *dimension) expand(code uint32, own bool, codes *[17]uint32) []uint32 {
	switch {
	case !own || d.field == NoField:
		codes[0] = uint32(d.size)
	case d.field == Outcome:
		return outcomeCodes(uint16(code), codes)
	default:
		codes[0] = code
	}
	return codes[:1]
}
