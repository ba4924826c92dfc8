package reads

import (
	"slices"
	"sync"

	"fener/internal/figure"
)

// remembered are answers that pages ask for again and again: each figure by each of its breakdowns, of all courts or of one. What a reader puts
// together is not among them, so nobody can fill it from outside.
type remembered struct {
	mu     sync.Mutex
	pivots map[figure.Query]*figure.Pivot
	cells  int
}

// mostRemembered bounds the values that are remembered: some 400 bytes each.
const mostRemembered = 40_000

// Fixed answers a query that a page of ours always asks in the same way, and computes it once for all languages. The caller may arrange it.
func (f *Figures) Fixed(q figure.Query) (*figure.Pivot, error) {
	f.fixed.mu.Lock()
	p := f.fixed.pivots[q]
	f.fixed.mu.Unlock()
	if p == nil {
		var err error
		if p, err = f.Pivot(q); err != nil {
			return nil, err
		}
		f.fixed.keep(q, p)
	}
	own := *p
	own.Rows, own.Columns = slices.Clone(p.Rows), slices.Clone(p.Columns)
	own.RowTotals, own.ColumnTotals = slices.Clone(p.RowTotals), slices.Clone(p.ColumnTotals)
	own.Cells = make([][]figure.Value, len(p.Cells))
	for i := range p.Cells {
		own.Cells[i] = slices.Clone(p.Cells[i])
	}
	return &own, nil
}

func (r *remembered) keep(q figure.Query, p *figure.Pivot) {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 1 + len(p.RowTotals) + len(p.ColumnTotals) + len(p.Rows)*len(p.Columns)
	if r.cells+n > mostRemembered || r.pivots[q] != nil {
		return
	}
	if r.pivots == nil {
		r.pivots = map[figure.Query]*figure.Pivot{}
	}
	r.pivots[q], r.cells = p, r.cells+n
}

// FixedFigure is Fixed for the one value of a query without rows and columns.
func (f *Figures) FixedFigure(q figure.Query) (figure.Value, error) {
	q.Rows, q.Columns = figure.NoField, figure.NoField
	p, err := f.Fixed(q)
	if err != nil {
		return figure.Value{}, err
	}
	return p.Total, nil
}
