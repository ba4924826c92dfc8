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
// A count takes some 47 bytes, and one more for each indicator that was asked
// for (see flagColumns). Codes are indices into sorted tables, of which
// the first stands for not on record, so that an order of codes is an order of
// values.
type Columns struct {
	asOf      AsOf
	synthetic bool

	id       []int64
	word     []word
	outcomes []uint16 // law.Outcomes; noFinding where there is none
	year     []uint16
	court    []uint16
	group    []uint16
	offence  []uint16
	term     []uint32 // imprisonment for a term
	fine     []uint32
	days     []uint32 // from indictment to judgment

	years    []int
	courts   []string
	groups   []string
	offences []string
	terms    []period.Length
	fines    []int64 // euro cents
	dayss    []int64

	// Rows in other orders. byJudgment has the counts of a judgment as
	// neighbours, the first of them marked. byTerm and byDays are in ascending
	// order and leave out rows without the value.
	byJudgment []uint32
	byTerm     []uint32
	byDays     []uint32

	flags flagColumns
}

// firstOfJudgment marks the first count of a judgment in byJudgment.
const firstOfJudgment = 1 << 31

// noFinding stands in the outcomes of a count that was not checked.
const noFinding = 1 << 15

// Len is the number of counts, superseded ones among them.
func (c *Columns) Len() int { return len(c.id) }

// AsOf says how far the record was read.
func (c *Columns) AsOf() AsOf { return c.asOf }

// Synthetic reports whether any count was generated.
func (c *Columns) Synthetic() bool { return c.synthetic }

// Bytes is the memory that the columns take now, without the texts of their
// tables.
func (c *Columns) Bytes() int {
	n := len(c.id)
	c.flags.lock.Lock()
	kept := len(c.flags.of) * n
	c.flags.lock.Unlock()
	return kept + n*(8+8+2*5+4*3) + 4*(len(c.byJudgment)+len(c.byTerm)+len(c.byDays))
}
