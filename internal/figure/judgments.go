package figure

// countJudgments goes through the rows in the order of judgments and adds to
// the tallies how many there are in each cell, and what a range is of. A
// judgment is counted once in a cell, however many of its counts lie there. The
// marks are of the rows that meet the filter; of those to be measured they are
// left, with the kinds of cell in which they are.
func (p *plan) countJudgments(into *worker, marks []uint32) {
	order := p.c.byJudgment
	cuts := parts(len(order), func(i int) bool { return order[i]&firstOfJudgment != 0 })
	w := p.inParts(cuts, func(w *worker, from, to int) {
		judgment := uint32(0)
		for _, o := range order[from:to] {
			judgment += o >> 31
			row := o &^ firstOfJudgment
			m := marks[row]
			switch {
			case m == 0:
			case judgment == w.judged && m == w.judgedMark: // as the row before
				marks[row] = 0
			default:
				w.judged, w.judgedMark = judgment, m
				marks[row] = w.judgment(p, row, judgment, m)
			}
		}
	})
	for i := range into.tallies {
		into.tallies[i].merge(&w.tallies[i])
	}
	workers.Put(w)
}

// judgment counts a judgment by one of its rows and gives what is left of the
// row's mark.
func (w *worker) judgment(p *plan, row, judgment, m uint32) uint32 {
	r, c, _ := unmark(m)
	code, width := p.codeToMeasure(row), uint32(p.width)
	levels := uint32(0)
	if w.once(p, p.totals+width-1, judgment, code) {
		levels |= inTotal
	}
	if p.levels&inRowTotal != 0 && w.once(p, r*width+width-1, judgment, code) {
		levels |= inRowTotal
	}
	if p.levels&inColumnTotal != 0 && w.once(p, p.totals+c, judgment, code) {
		levels |= inColumnTotal
	}
	if p.levels&inCell != 0 && w.once(p, r*width+c, judgment, code) {
		levels |= inCell
	}
	if code == 0 || levels == 0 {
		return 0
	}
	return mark(r, c, levels)
}

// codeToMeasure is the code of a row's amount; zero for none.
func (p *plan) codeToMeasure(row uint32) uint32 {
	if p.amount == nil {
		return 0
	}
	return p.amount[row]
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
