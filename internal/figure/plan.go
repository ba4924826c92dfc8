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
	column    *codeColumn
	low, high uint16
}

// meets reports whether the row meets the test, apart from its spans.
func (t *test) meets(w word, outcomes uint16) bool {
	return w&t.mask == t.want && outcomes&t.need == t.need
}

// isOpen reports whether every row meets the test.
func (t *test) isOpen() bool { return !t.never && t.mask == 0 && t.need == 0 && len(t.spans) == 0 }

// selects reports whether a row meets the whole test.
func (t *test) selects(c *Columns, row int) bool {
	if t.never || !t.meets(c.word[row], c.outcomes[row]) {
		return false
	}
	for _, s := range t.spans {
		if code := s.column.at(row); code < s.low || code > s.high {
			return false
		}
	}
	return true
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
	s.column = &c.axes[field]
	if field == Year {
		if value != None {
			from, to, _ := years(value)
			low, high := sort.SearchInts(c.years, from), sort.SearchInts(c.years, to+1)-1
			s.low, s.high = uint16(low), uint16(max(high, 0))
			return s, low <= high
		}
		return s, true
	}
	keys := c.keys(field)
	if value == None {
		return s, true
	}
	i, found := slices.BinarySearch(keys, value)
	s.low, s.high = uint16(i), uint16(i)
	return s, found
}

// keys are those of a field of ids or texts, by code.
func (c *Columns) keys(field Field) []string {
	switch field {
	case Court:
		return c.courts
	case OffenceGroup:
		return c.groups
	}
	return c.offences
}

// dimension is a field laid out as rows or columns. Its codes run from 0 to
// size-1, and size stands for the total. No field has one code, that of all.
type dimension struct {
	field  Field
	column *codeColumn
	size   int
	agree  bool // the counts of a person mostly have one code; see agreed
}

func (c *Columns) dimension(f Field) dimension {
	d := dimension{field: f, agree: f == NoField || slices.Contains(agreed[:], f)}
	switch f {
	case NoField:
		return d
	case Year:
		d.size = len(c.years)
	case Court, OffenceGroup, Offence:
		d.size = len(c.keys(f))
	default:
		d.size = len(f.Values())
	}
	d.column = &c.axes[f]
	return d
}

// codes is the number of codes.
func (d *dimension) codes() int { return max(d.size, 1) }

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
	return c.keys(d.field)[code]
}

// maxCells bounds a pivot, totals included: what nobody can read is not made.
const maxCells = 1 << 16

// plan is a query compiled for a snapshot.
type plan struct {
	c          *Columns
	in         *Indicator
	query      Query
	base       test // the filter
	of         test // conditions only, to be met beside base
	counted    test
	unknown    []test
	rows, cols dimension
	places
	flags  []uint8 // of every row
	class  *[256]uint8
	amount []uint32 // what a median or a range is of
	codes  uint32   // how many there are of the amount
	byCode bool     // how a median is found; see mostCounted
	byRow  bool     // rows are counted or measured, not persons
	marks  []uint32 // of every row, where judgments are counted; see mark
	seen   []uint64 // the sights of all places, where they are known already
}

func (c *Columns) plan(q Query) (*plan, error) {
	in, err := q.indicator()
	if err != nil {
		return nil, fmt.Errorf("figure: %w", err)
	}
	p := &plan{c: c, in: in, query: q, rows: c.dimension(q.Rows), cols: c.dimension(q.Columns)}
	p.places = newPlaces(p.rows.codes(), p.cols.codes())
	if cells := (p.rows.size + 1) * (p.cols.size + 1); cells > maxCells {
		return nil, fmt.Errorf("figure: %w", &ParamError{Param: columnsParam, Found: q.Columns.String(),
			Expected: fmt.Sprintf("fields with fewer values: %d by %d are more than the %d cells that a table may have", p.rows.size, p.cols.size, maxCells)})
	}
	p.base = c.compile(q.Filter, true)
	of, ok := in.Of.filter(Filter{})
	p.of = c.compile(of, ok)
	p.counted = c.compile(in.Filter.filter(of))
	for _, u := range in.Unknown {
		p.unknown = append(p.unknown, c.compile(u.filter(of)))
	}
	p.measure()
	return p, nil
}

// measure sets what is counted or measured.
func (p *plan) measure() {
	p.byRow, p.class = p.in.Counted == Counts, &classOfFlags
	if p.byRow && p.in.Measure.ofAmount() {
		p.class = &amountClassOfFlags
	}
	switch p.in.Value {
	case OfTerm:
		p.amount, p.codes = p.c.term, uint32(len(p.c.terms))
	case OfFine:
		p.amount = p.c.fine
	case OfDays:
		p.amount, p.codes = p.c.days, uint32(len(p.c.dayss))
	}
	most := mostCounted
	if p.in.Counted == Judgments && p.judgmentSpread() != inCell {
		most *= 8 // nearly every row is measured, and in several places
	}
	p.byCode = p.in.Measure == Median && p.number*int(p.codes) <= most
}
