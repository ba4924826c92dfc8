package figure

// unmarked is the mark of a row that does not meet the filter.
const unmarked = 1<<31 - 1

// A mark says where a row belongs: its code along the rows and that along the
// columns. No code takes all of its bits (see maxCodes).
func mark(r, c uint32) uint32 { return r<<16 | c }

// mark sets the marks of a block.
func (w *worker) mark(p *plan, from, n int, any bool) {
	marks := p.marks[from : from+n]
	switch {
	case !any:
		for i := range marks {
			marks[i] = unmarked
		}
	case p.base.isOpen():
		for i := range marks {
			marks[i] = mark(w.rows[i], w.cols[i])
		}
	default:
		for i := range marks {
			marks[i] = mark(w.rows[i], w.cols[i])&w.selected[i] | unmarked&^w.selected[i]
		}
	}
}

// judgmentSpread is in how many places the counts of one judgment can lie.
func (p *plan) judgmentSpread() spread {
	return spreadOf(p.rows.field == NoField || p.c.ofJudgment[p.rows.field], p.cols.field == NoField || p.c.ofJudgment[p.cols.field])
}

// countJudgments goes through the rows in the order of judgments and counts how
// many there are in each place, and notes what is measured of them. A judgment is
// counted once in a place, however many of its counts lie there.
func (p *plan) countJudgments() []*worker {
	order := p.c.byJudgment
	cut := func(part, parts int) int {
		i := len(order) * part / parts
		for i > 0 && i < len(order) && order[i]&firstOfJudgment == 0 {
			i++
		}
		return i
	}
	s := p.judgmentSpread()
	return p.inParts(len(order), func(w *worker, part, parts int) {
		w.judgments.prepare(&p.places, perNumber)
		w.last = cleared(w.last, p.number)
		n, judgment := 0, uint32(0)
		for _, o := range order[cut(part, parts):cut(part+1, parts)] {
			judgment += o >> 31
			row := o &^ firstOfJudgment
			w.marks[n], w.judged[n], w.codes[n] = p.marks[row], judgment, 1
			if p.amount != nil {
				w.codes[n] = p.amount[row]
			}
			n += int(^alike(p.marks[row], unmarked) & 1)
			if n == block {
				w.judge(p, s, n)
				n = 0
			}
		}
		w.judge(p, s, n)
	})
}

// judge counts judgments by n of their rows, in the places whose totals do not
// follow from others.
func (w *worker) judge(p *plan, s spread, n int) {
	rows, cols, cells := w.rows[:n], w.cols[:n], w.cells[:n]
	for i, m := range w.marks[:n] {
		r, c := m>>16, m&(1<<16-1)
		rows[i], cols[i], cells[i], w.all[i] = p.rowAt+r, p.colAt+c, r*p.noCol+c, p.allAt
	}
	w.once(p, cells)
	if s == inRow || s == anywhere {
		w.once(p, rows)
	}
	if s == inColumn || s == anywhere {
		w.once(p, cols)
	}
	if s == anywhere {
		w.once(p, w.all[:n])
	}
}

// once counts each judgment in its place unless it was already, without a branch.
// Code zero is nothing to measure.
func (w *worker) once(p *plan, places []uint32) {
	last, counted, judged, codes, taken := w.last, w.judgments, w.judged[:len(places)], w.codes[:len(places)], w.taken[:len(places)]
	for i, place := range places {
		first := uint32(^alike(last[place], judged[i]) & 1)
		last[place] = judged[i]
		counted[place*perNumber+uint32(alike(codes[i], 0)&1)] += first
		taken[i] = codes[i] & -first
	}
	if p.amount != nil {
		w.note(p, places, taken)
	}
}
