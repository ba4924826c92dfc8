package figure

import (
	"fmt"
	"strconv"
)

// PageSize is the number of rows that Rows gives at a time.
const PageSize = 30

// Page is one page of the counts behind a figure.
type Page struct {
	Number, Pages int     // from 1; Pages is at least 1
	Total         int     // counts behind the figure
	IDs           []int64 // Row.ID, in the order of case, defendant, judgment
}

// Rows are the counts behind the figure of a query, page by page from 1: those
// counted or measured, and for a share those it is a share of. Rows and columns
// of the query do not matter. It errors with a *ParamError where there is no
// such page.
func (c *Columns) Rows(q Query, page int) (Page, error) {
	q.Rows, q.Columns = NoField, NoField
	p, err := c.plan(q)
	if err != nil {
		return Page{}, err
	}
	out := Page{Number: page}
	wanted := min(max(page, 1), c.Len()/PageSize+2) // whatever a page number from outside may be
	first, last := (wanted-1)*PageSize, wanted*PageSize
	for _, row := range c.listed {
		if !p.behind(int(row)) {
			continue
		}
		if out.Total >= first && out.Total < last {
			out.IDs = append(out.IDs, c.id[row])
		}
		out.Total++
	}
	out.Pages = max(1, (out.Total+PageSize-1)/PageSize)
	if page < 1 || page > out.Pages {
		return Page{}, fmt.Errorf("figure: %w", &ParamError{Param: "page", Found: strconv.Itoa(page),
			Expected: fmt.Sprintf("a page from 1 to %d", out.Pages)})
	}
	return out, nil
}

// AllRows are all the counts behind the figure of a query, in the order of Rows.
func (c *Columns) AllRows(q Query) (ids []int64, err error) {
	q.Rows, q.Columns = NoField, NoField
	p, err := c.plan(q)
	if err != nil {
		return nil, err
	}
	for _, row := range c.listed {
		if p.behind(int(row)) {
			ids = append(ids, c.id[row])
		}
	}
	return ids, nil
}

// behind reports whether a row meets the filter and is behind the figure.
func (p *plan) behind(row int) bool {
	if !p.base.selects(p.c, row) {
		return false
	}
	w, outcomes := p.c.word[row], p.c.outcomes[row]
	switch {
	case p.in.Measure.ofAmount():
		_, code := p.amountFlags(w, outcomes, p.amount[row])
		return code != 0
	case p.in.Counted == Judgments:
		return true
	case p.in.Measure == ShareOf:
		return !p.of.never && p.of.meets(w, outcomes)
	}
	return !p.counted.never && p.counted.meets(w, outcomes)
}
