package figure

import (
	"fmt"
	"slices"
	"sort"
	"strconv"
)

// test is a filter compiled for the columns.
type test struct {
	never      bool // conditions that exclude each other
	mask, want word
	need       uint16 // outcomes that must all stand
	spans      []span
}

// span asks for a code of one column from low to high.
type span struct {
	column    []uint16
	low, high uint16
}

// meets reports whether the row meets the test, apart from its spans.
func (t *test) meets(w word, outcomes uint16) bool {
	return w&t.mask == t.want && outcomes&t.need == t.need
}

// compile makes a test of a filter; ok is false where its conditions exclude
// each other.
func (c *Columns) compile(f Filter, ok bool) test {
	t := test{never: !ok}
	for field := Year; field < fieldCount; field++ {
		value := f.values[field]
		switch known := field.Values(); {
		case value == "":
		case field == Outcome:
			t.need |= outcomeBit(slices.Index(known, value))
		case known != nil:
			p := field.place()
			t.mask |= p.mask()
			t.want = p.set(t.want, uint16(slices.Index(known, value)))
		default:
			s, found := c.span(field, value)
			t.never = t.never || !found
			t.spans = append(t.spans, s)
		}
	}
	return t
}

// outcomeBit is the bit of the i-th of the outcomes' words.
func outcomeBit(i int) uint16 {
	if outcomeWords[i] == None {
		return noFinding
	}
	return 1 << i
}

// span is the codes of a value; found is false where no row has it.
func (c *Columns) span(field Field, value string) (s span, found bool) {
	if field == Year {
		s.column = c.year
		if value != None {
			from, to, _ := years(value)
			low, high := sort.SearchInts(c.years, from), sort.SearchInts(c.years, to+1)-1
			s.low, s.high = uint16(low), uint16(max(high, 0))
			return s, low <= high
		}
		return s, true
	}
	column, keys := c.keyed(field)
	s.column = column
	if value == None {
		return s, true
	}
	i, found := slices.BinarySearch(keys, value)
	s.low, s.high = uint16(i), uint16(i)
	return s, found
}

// keyed are the column and the keys of a field of ids or texts.
func (c *Columns) keyed(field Field) (column []uint16, keys []string) {
	switch field {
	case Court:
		return c.court, c.courts
	case OffenceGroup:
		return c.group, c.groups
	}
	return c.offence, c.offences
}

// dimension is a field laid out as rows or columns. Its codes run from 0 to
// size-1, and size stands for the total.
type dimension struct {
	field  Field
	column []uint16 // of fields with a column of their own
	place  place    // of fields in the word
	size   int
}

func (c *Columns) dimension(f Field) dimension {
	d := dimension{field: f}
	switch f {
	case NoField:
	case Year:
		d.column, d.size = c.year, len(c.years)
	case Court, OffenceGroup, Offence:
		column, keys := c.keyed(f)
		d.column, d.size = column, len(keys)
	default:
		d.place, d.size = f.place(), len(f.Values())
	}
	return d
}

// key is the value of the field that a code stands for.
func (d *dimension) key(c *Columns, code int) string {
	switch {
	case d.field.Values() != nil:
		return d.field.Values()[code]
	case code == 0:
		return None
	case d.field == Year:
		return strconv.Itoa(c.years[code])
	}
	_, keys := c.keyed(d.field)
	return keys[code]
}

// maxCells bounds a pivot, totals included: what nobody can read is not made.
const maxCells = 1 << 16

// plan is a query compiled for a snapshot.
type plan struct {
	c          *Columns
	in         *Indicator
	query      Query
	base       test // the filter, and not superseded
	of         test // conditions only, to be met beside base
	counted    test
	unknown    []test
	rows, cols dimension
	width      int      // of a row of cells: the columns and their total
	totals     uint32   // where the column totals begin
	flags      []uint8  // of every row, for a number or a share
	sights     []uint64 // by year code
	amount     []uint32 // what a median or a range is of
	order      []uint32 // the rows by amount
	levels     uint32   // which of the four kinds of cell there are
	byRow      bool     // rows are counted or measured, not persons
}

// The four kinds of cell, as bits of a mark.
const (
	inCell = 1 << iota
	inRowTotal
	inColumnTotal
	inTotal
)

func (c *Columns) plan(q Query) (*plan, error) {
	in, err := q.indicator()
	if err != nil {
		return nil, fmt.Errorf("figure: %w", err)
	}
	p := &plan{c: c, in: in, query: q, rows: c.dimension(q.Rows), cols: c.dimension(q.Columns), levels: inTotal}
	p.width = p.cols.size + 1
	p.totals = uint32(p.rows.size * p.width)
	for code := range c.years {
		p.sights = append(p.sights, c.sight(uint16(code)))
	}
	if cells := (p.rows.size + 1) * p.width; cells > maxCells {
		return nil, fmt.Errorf("figure: %w", &ParamError{Param: columnsParam, Found: q.Columns.String(),
			Expected: fmt.Sprintf("fields with fewer values: %d by %d are more than the %d cells that a table may have", p.rows.size, p.cols.size, maxCells)})
	}
	for _, l := range []struct {
		with  bool
		level uint32
	}{{q.Rows != NoField, inRowTotal}, {q.Columns != NoField, inColumnTotal}, {q.Rows != NoField && q.Columns != NoField, inCell}} {
		if l.with {
			p.levels |= l.level
		}
	}
	p.base = c.compile(q.Filter, true)
	p.base.mask |= atSuperseded.mask()
	of, ok := in.Of.filter(Filter{})
	p.of = c.compile(of, ok)
	p.counted = c.compile(in.Filter.filter(of))
	for _, u := range in.Unknown {
		p.unknown = append(p.unknown, c.compile(u.filter(of)))
	}
	p.measure()
	if p.amount == nil && in.Counted != Judgments {
		p.flags = c.flagsOf(p)
	}
	return p, nil
}

// measure sets what is counted or measured.
func (p *plan) measure() {
	p.byRow = p.in.Counted == Counts
	switch p.in.Value {
	case OfTerm:
		p.amount, p.order = p.c.term, p.c.byTerm
	case OfFine:
		p.amount = p.c.fine
	case OfDays:
		p.amount, p.order = p.c.days, p.c.byDays
	}
}
