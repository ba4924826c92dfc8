package figure

import (
	"fmt"
	"sync"

	"fener/locale"
)

// Pivot is the answer to a query: one indicator laid out by up to two fields.
// Rows and columns stand in the order of years, of ids, or of the law's words,
// with what is not on record last. Nothing sorts them by value: courts are not
// ranked.
type Pivot struct {
	Query     Query
	Indicator *Indicator
	AsOf      AsOf

	Rows, Columns []Head
	Cells         [][]Value // by row and column; empty unless both are laid out
	RowTotals     []Value   // of each row
	ColumnTotals  []Value
	Total         Value

	Synthetic bool
}

// Head is one row's or column's value of the field, such as 2017 of Year. The
// heads of years run on from the first to the last, so that a gap is seen.
type Head struct {
	Field Field
	Key   string

	code int
}

// absent is the code of a year between others that no row has.
const absent = -1

// Pivot answers a query. Totals count each person and judgment once, so cells
// can add up to more than their total: a person judged in two years stands in
// both. Numbers of counts add up, except by outcome. Errors are those of a
// query that does not fit, *ParamError among them.
func (c *Columns) Pivot(q Query) (*Pivot, error) {
	p, err := c.plan(q)
	if err != nil {
		return nil, err
	}
	p.flags, p.seen = c.flagsOf(p), c.sights.of(p)
	if p.in.Counted == Judgments {
		kept := takeMarks(len(c.id))
		defer marksPool.Put(kept)
		p.marks = *kept
	}
	all := p.scan()
	r := p.join(all)
	counted, s := all, inCell
	if p.in.Counted == Judgments {
		counted, s = p.countJudgments(), p.judgmentSpread()
		p.joinJudgments(&r, counted)
		all = append(all, counted...)
	}
	if p.in.Measure == Median {
		r.middles = p.medians(counted, s)
	}
	out := p.lay(&r)
	for _, w := range all {
		workers.Put(w)
	}
	return out, nil
}

// marksPool keeps the marks for the next query.
var marksPool = sync.Pool{New: func() any { return new([]uint32) }}

func takeMarks(n int) *[]uint32 {
	m := marksPool.Get().(*[]uint32)
	if cap(*m) < n {
		*m = make([]uint32, n)
	}
	*m = (*m)[:n] // the scan sets each
	return m
}

// Figure is the one value of a query without rows and columns.
func (c *Columns) Figure(q Query) (Value, error) {
	q.Rows, q.Columns = NoField, NoField
	p, err := c.Pivot(q)
	if err != nil {
		return Value{}, err
	}
	return p.Total, nil
}

// lay makes the pivot of what was counted.
func (p *plan) lay(r *result) *Pivot {
	at := func(row, col int) Value {
		place, m := p.place(row, col), middle{}
		if r.middles != nil {
			m = r.middles[place]
		}
		t := r.tally(p, place)
		return p.value(&t, m, Query{})
	}
	onRecord := func(row, col int) bool { return !isNone(r.persons.of(p.place(row, col), perClass)) }
	out := &Pivot{Query: p.query, Indicator: p.in, AsOf: p.c.asOf}
	out.Rows = p.heads(&p.rows, func(code int) bool { return onRecord(code, p.cols.size) })
	out.Columns = p.heads(&p.cols, func(code int) bool { return onRecord(p.rows.size, code) })
	cell := func(row, col Head) Value {
		q := Query{Measure: p.in.ID, Filter: p.query.Filter.with(row.Field, row.Key).with(col.Field, col.Key)}
		var v Value
		if row.code == absent || col.code == absent {
			v = p.value(&tally{}, middle{}, q)
		} else {
			v = at(row.code, col.code)
		}
		v.Query = q
		return v
	}
	allRows, allColumns := Head{code: p.rows.size}, Head{code: p.cols.size}
	for _, col := range out.Columns {
		out.ColumnTotals = append(out.ColumnTotals, cell(allRows, col))
	}
	for _, row := range out.Rows {
		out.RowTotals = append(out.RowTotals, cell(row, allColumns))
		if len(out.Columns) == 0 {
			continue
		}
		cells := make([]Value, len(out.Columns))
		for j, col := range out.Columns {
			cells[j] = cell(row, col)
		}
		out.Cells = append(out.Cells, cells)
	}
	out.Total = cell(allRows, allColumns)
	out.Synthetic = out.Total.Synthetic
	return out
}

// heads are the values of a dimension that anything on record has, in order,
// with the years between.
func (p *plan) heads(d *dimension, onRecord func(code int) bool) []Head {
	var list []Head
	add := func(code int) {
		if !onRecord(code) {
			return
		}
		if n := len(list); d.field == Year && code != 0 && n > 0 {
			for y := p.c.years[list[n-1].code] + 1; y < p.c.years[code]; y++ {
				list = append(list, Head{Year, fmt.Sprint(y), absent})
			}
		}
		list = append(list, Head{d.field, d.key(p.c, code), code})
	}
	first := 1 // code 0 is not on record, except of outcomes
	if d.field == Outcome {
		first = 0
	}
	for code := first; code < d.size; code++ {
		add(code)
	}
	if first == 1 && d.size > 0 {
		add(0)
	}
	return list
}

// ByName puts the rows and columns of courts and offence groups into the
// alphabetical order of their names, which the caller knows. What is not on
// record stays last.
func (p *Pivot) ByName(l locale.Lang, name func(Head) string) {
	rows, columns := order(l, p.Rows, name), order(l, p.Columns, name)
	p.Rows, p.RowTotals, p.Cells = arrange(p.Rows, rows), arrange(p.RowTotals, rows), arrange(p.Cells, rows)
	p.Columns, p.ColumnTotals = arrange(p.Columns, columns), arrange(p.ColumnTotals, columns)
	for i := range p.Cells {
		p.Cells[i] = arrange(p.Cells[i], columns)
	}
}

func order(l locale.Lang, heads []Head, name func(Head) string) []int {
	places := make([]int, len(heads))
	for i := range places {
		places[i] = i
	}
	if n := len(heads); n > 0 && (heads[0].Field == Court || heads[0].Field == OffenceGroup) {
		if heads[n-1].Key == None {
			n--
		}
		locale.Sort(l, places[:n], func(i int) string { return name(heads[i]) })
	}
	return places
}

func arrange[T any](items []T, places []int) []T {
	if len(items) != len(places) {
		return items // cells of a pivot in one dimension
	}
	out := make([]T, len(items))
	for i, from := range places {
		out[i] = items[from]
	}
	return out
}
