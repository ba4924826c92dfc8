package figure

// unmarked is the mark of a row that does not meet the filter.
const unmarked = ^uint32(0)

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
			marks[i] = mark(w.rows[i], w.cols[i]) | ^w.selected[i]
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
		judgment := uint32(0)
		for _, o := range order[cut(part, parts):cut(part+1, parts)] {
			judgment += o >> 31
			if m := p.marks[o&^firstOfJudgment]; m != unmarked {
				w.judgment(p, s, judgment, m, o&^firstOfJudgment)
			}
		}
	})
}

// judgment counts a judgment by one of its rows, in the places whose totals do
// not follow from others.
func (w *worker) judgment(p *plan, s spread, judgment, m, row uint32) {
	r, c, code := m>>16, m&(1<<16-1), uint32(1)
	if p.amount != nil {
		code = p.amount[row]
	}
	w.once(p, r*p.noCol+c, judgment, code)
	if s == inRow || s == anywhere {
		w.once(p, p.rowAt+r, judgment, code)
	}
	if s == inColumn || s == anywhere {
		w.once(p, p.colAt+c, judgment, code)
	}
	if s == anywhere {
		w.once(p, p.allAt, judgment, code)
	}
}

// once counts the judgment in the place unless it was already, without a branch.
// Code zero is nothing to measure.
func (w *worker) once(p *plan, place, judgment, code uint32) {
	first := uint32(^alike(w.last[place], judgment) & 1)
	w.last[place] = judgment
	unknown := uint32(alike(code, 0) & 1)
	w.judgments[place*perNumber+unknown] += first
	if p.amount == nil {
		return
	}
	code &= -first // zero is neither measured nor low or high
	if p.in.Measure != Median {
		w.extreme(place, code)
	} else if code != 0 {
		w.measured.add(place, code, isIn)
	}
}
