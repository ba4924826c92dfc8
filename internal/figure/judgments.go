package figure

// countJudgments goes through the rows in the order of judgments and adds to
// the tallies how many there are in each cell, and what a range is of. A
// judgment is counted once in a cell, however many of its counts lie there.
func (p *plan) countJudgments(into *worker, marks []uint32) {
	order := p.c.byJudgment
	cuts := parts(len(order), func(i int) bool { return order[i]&firstOfJudgment != 0 })
	w := p.inParts(cuts, func(w *worker, from, to int) {
		if p.base.never {
			return
		}
		judgment := uint32(0)
		for _, o := range order[from:to] {
			judgment += o >> 31
			row := o &^ firstOfJudgment
			if p.base.meets(p.c.word[row], p.c.outcomes[row]) && p.base.within(row) {
				w.judgment(p, row, judgment, marks)
			}
		}
	})
	for i := range into.tallies {
		into.tallies[i].merge(&w.tallies[i])
	}
	workers.Put(w)
}

func (w *worker) judgment(p *plan, row, judgment uint32, marks []uint32) {
	code := uint32(0)
	if p.amount != nil {
		code = p.amount[row]
	}
	if p.rows.field == Outcome || p.cols.field == Outcome {
		var a, b [17]uint32
		for _, r := range p.rows.codesOf(p.c, row, &a) {
			for _, c := range p.cols.codesOf(p.c, row, &b) {
				w.once(p, r*uint32(p.width)+c, judgment, code)
			}
		}
		return
	}
	r, c := p.rows.codeOf(p.c, row), p.cols.codeOf(p.c, row)
	if judgment == w.judged && r<<16|c == w.judgedCodes { // as the row before
		return
	}
	w.judged, w.judgedCodes = judgment, r<<16|c
	levels, level := uint32(0), p.levels
	var cells [4]uint32
	for _, cell := range p.cells(r, c, &cells) {
		lowest := level & -level
		level ^= lowest
		if w.once(p, cell, judgment, code) {
			levels |= lowest
		}
	}
	if marks != nil && code != 0 {
		marks[row] = mark(r, c, levels)
	}
}

// once counts the judgment in the cell unless it was already.
func (w *worker) once(p *plan, cell, judgment, code uint32) bool {
	t := &w.tallies[cell]
	if t.judgment == judgment {
		return false
	}
	t.judgment = judgment
	if p.amount != nil && code == 0 {
		t.unknown++
		return true
	}
	t.of++
	t.in++
	t.low, t.high = max(t.low, -code), max(t.high, code)
	return true
}

// codeOf is the code of a row along a dimension other than the outcome.
func (d *dimension) codeOf(c *Columns, row uint32) uint32 {
	switch {
	case d.field == NoField:
		return 0
	case d.column != nil:
		return uint32(d.column[row])
	}
	return uint32(d.place.of(c.word[row]))
}

// codesOf are all codes of a row along a dimension, and that of the total.
func (d *dimension) codesOf(c *Columns, row uint32, codes *[17]uint32) []uint32 {
	total := uint32(d.size)
	switch d.field {
	case NoField:
		return append(codes[:0], total)
	case Outcome:
		return append(expand(uint32(outcomeCodes[outcomeSet(c.outcomes[row])]), codes), total)
	}
	return append(codes[:0], d.codeOf(c, row), total)
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
