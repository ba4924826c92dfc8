package figure

import "fener/period"

// AsOf says how far the record was read for a snapshot: up to which entry, as
// the public counts them, and on which day.
type AsOf struct {
	Seq  int64
	Date period.Date
}

// Columns is one snapshot of every count on record, column by column. It is
// never changed after Build and may be read by any number of goroutines.
//
// Rows of judgments that a later one superseded count for nothing, so they are
// left out. The others stand in the order that persons are counted in fastest
// (see group); the order in which they are listed is kept beside.
//
// A count takes some 50 bytes, and one more for each indicator that was asked
// for (see flagColumns). Codes are indices into sorted tables, of which
// the first stands for not on record, so that an order of codes is an order of
// values.
type Columns struct {
	asOf      AsOf
	synthetic bool
	rows      int // superseded ones among them

	id       []int64
	word     []word
	outcomes []uint16             // law.Outcomes; noFinding where there is none
	axes     [Fine + 1]codeColumn // by field; of several outcomes the first
	sight    []uint8              // see sights
	term     []uint32             // imprisonment for a term
	fine     []uint32
	days     []uint32 // from indictment to judgment

	years    []int
	courts   []string
	groups   []string
	offences []string
	terms    []period.Length
	fines    []int64 // euro cents
	dayss    []int64

	// persons are the rows in groups of persons that are counted alike.
	persons []group
	// listed has the rows in the order of case, defendant, judgment.
	listed []uint32
	// byJudgment has the counts of a judgment as neighbours, the first of them
	// marked. ofJudgment are the fields in which they all agree.
	byJudgment []uint32
	ofJudgment [Fine + 1]bool

	flags  flagColumns
	sights keptSights
}

// firstOfJudgment marks the first count of a judgment in byJudgment.
const firstOfJudgment = 1 << 31

// noFinding stands in the outcomes of a count that was not checked.
const noFinding = 1 << 15

// codeColumn is a column of codes, in bytes where they suffice.
type codeColumn struct {
	narrow []uint8
	wide   []uint16
}

// newCodeColumn keeps a column of that many different codes.
func newCodeColumn(codes []uint16, distinct int) codeColumn {
	if distinct > 1<<8 {
		return codeColumn{wide: codes}
	}
	a := codeColumn{narrow: make([]uint8, len(codes))}
	for i, c := range codes {
		a.narrow[i] = uint8(c)
	}
	return a
}

// at is the code of a row.
func (a *codeColumn) at(row int) uint16 {
	if a.wide != nil {
		return a.wide[row]
	}
	return uint16(a.narrow[row])
}

// read writes the codes of the rows from there on, as many as codes holds.
func (a *codeColumn) read(from int, codes []uint32) {
	if a.wide != nil {
		for i, c := range a.wide[from : from+len(codes)] {
			codes[i] = uint32(c)
		}
		return
	}
	for i, c := range a.narrow[from : from+len(codes)] {
		codes[i] = uint32(c)
	}
}

func (a *codeColumn) bytes() int { return len(a.narrow) + 2*len(a.wide) }

// Len is the number of counts, superseded ones among them.
func (c *Columns) Len() int { return c.rows }

// AsOf says how far the record was read.
func (c *Columns) AsOf() AsOf { return c.asOf }

// Synthetic reports whether any count was generated.
func (c *Columns) Synthetic() bool { return c.synthetic }

// Bytes is the memory that the columns take now, without the texts of their
// tables.
func (c *Columns) Bytes() int {
	n := len(c.id)
	c.flags.lock.Lock()
	bytes := len(c.flags.of) * n
	c.flags.lock.Unlock()
	for f := range c.axes {
		bytes += c.axes[f].bytes()
	}
	return bytes + n*(8+8+2+1+4*3) + 4*(len(c.listed)+len(c.byJudgment))
}
