package figure

import (
	"math/bits"

	"fener/law"
)

// Flags of a row, or'ed together over the rows of a person in a cell.
const (
	isOf      = 1 << iota // looked at
	isIn                  // counted, or measured
	isUnknown             // not known whether; or left out of a measure
	isFinal               // behind the figure, and final
	isUnclear             // behind the figure, and not known whether final
	isOpen                // behind the figure, and not final
	isJoint               // measured, for several counts together
	isMade                // generated
)

// finalFlag is the flag by the recorded state final.
var finalFlag = [4]uint8{law.NotKnown: isUnclear, law.Yes: isFinal, law.No: isOpen}

// A class says all that a figure needs of one person in one cell: how the person
// counts and, of those behind the figure, whether the judgment is final.
const (
	classNone    = 0 // met the filter only
	classOf      = 1 // and two more by finality
	classIn      = 4 // and two more
	classUnknown = 7 // and two more
	ofAlone      = 10
	unknownAlone = 11
	classes      = 12
)

// The finality within a class.
const (
	plusFinal = iota
	plusUnclear
	plusOpen
)

// classOfFlags is the class by a person's flags. Someone with a count that is
// counted and another of which it is not known is counted; someone with a
// judgment that is not final is not final. Where amounts are measured, a joint
// sentence is counted once per person, under classIn.
var classOfFlags = func() (table [256]uint8) {
	for flags := range table {
		finality, behind := uint8(plusFinal), flags&(isOpen|isUnclear|isFinal) != 0
		switch {
		case flags&isOpen != 0:
			finality = plusOpen
		case flags&isUnclear != 0:
			finality = plusUnclear
		}
		c := uint8(classNone)
		switch {
		case flags&(isIn|isJoint) != 0 && behind:
			c = classIn + finality
		case flags&isUnknown != 0 && behind:
			c = classUnknown + finality
		case flags&isUnknown != 0:
			c = unknownAlone
		case flags&isOf != 0 && behind:
			c = classOf + finality
		case flags&isOf != 0:
			c = ofAlone
		case behind: // judgments, which have a count of their own
			c = classIn + finality
		}
		table[flags] = c
	}
	return table
}()

// tally gathers what one cell needs. The first line of the processor's cache
// holds all that persons need.
type tally struct {
	persons [classes]uint32 // by class
	seen    uint64          // years and more, see sight
	person  uint32          // being gathered; see worker.touch
	state   uint8           // that person's flags

	rowCounts        // counts or judgments, not persons
	joint     uint32 // persons with a joint sentence
	judgment  uint32 // the last one counted
	_         [9]uint32
}

// A sight is a set of the years seen, a bit for each of up to 62, and of whether
// a generated count was. With more than 62 different years on record, neighbours
// share a bit, and the period of a figure is stated that much wider.
const (
	sightYears = 62
	sightMade  = 1 << 63
)

// sight is the bit of a year's code; none for code 0.
func (c *Columns) sight(code uint16) uint64 {
	if code == 0 {
		return 0
	}
	return 1 << (int(code-1) / c.yearsPerBit())
}

func (c *Columns) yearsPerBit() int { return max(1, (len(c.years)-1+sightYears-1)/sightYears) }

// period is the first and the last year of a sight.
func (c *Columns) period(seen uint64) Years {
	seen &^= sightMade
	if seen == 0 {
		return Years{}
	}
	per := c.yearsPerBit()
	first, last := bits.TrailingZeros64(seen)*per+1, (bits.Len64(seen)-1)*per+per
	return Years{c.years[first], c.years[min(last, len(c.years)-1)]}
}

// run is what neighbouring rows of one person with the same codes have together.
type run struct {
	codes uint32 // along the rows in the high half, the columns in the low
	flags uint8
	seen  uint64
	rowCounts
}

// rowCounts are what is counted and measured row by row.
type rowCounts struct {
	of, in, unknown uint32 // rows with the flag
	low, high       uint32 // codes measured; low negated, so that zero is none
}

// count adds what is counted row by row.
func (r *rowCounts) count(flags uint8, code uint32) {
	r.of += uint32(flags & isOf)
	r.in += uint32(flags & isIn / isIn)
	r.unknown += uint32(flags & isUnknown / isUnknown)
	r.low, r.high = max(r.low, -code), max(r.high, code)
}

// join adds what was counted in other rows.
func (r *rowCounts) join(o *rowCounts) {
	r.of += o.of
	r.in += o.in
	r.unknown += o.unknown
	r.low, r.high = max(r.low, o.low), max(r.high, o.high)
}

// endPerson counts a person by the flags of all rows in this cell.
func (t *tally) endPerson(flags uint8, byRow bool) {
	class := classOfFlags[flags]
	if class < classes {
		t.persons[class]++
	}
	if byRow {
		t.joint += uint32(flags & isJoint / isJoint)
	}
}

// merge adds what another worker gathered of other persons.
func (t *tally) merge(o *tally) {
	for class, n := range o.persons {
		t.persons[class] += n
	}
	t.seen |= o.seen
	t.joint += o.joint
	t.join(&o.rowCounts)
}

// isEmpty reports whether no row met the filter.
func (t *tally) isEmpty() bool { return t.persons == [classes]uint32{} }

// byPerson are the persons looked at, counted and not known.
func (t *tally) byPerson() (of, in, unknown uint32) {
	for class, n := range t.persons {
		switch {
		case class >= classIn && class < classIn+3:
			in += n
		case class >= classUnknown && class < classUnknown+3, class == unknownAlone:
			unknown += n
		case class != classNone:
			of += n
		}
	}
	return of + in + unknown, in, unknown
}

// finality is how many persons behind the figure have a final judgment.
func (t *tally) finality() Finality {
	var f Finality
	for _, class := range [...]int{classOf, classIn, classUnknown} {
		f.Final += int(t.persons[class+plusFinal])
		f.Unknown += int(t.persons[class+plusUnclear])
		f.NotFinal += int(t.persons[class+plusOpen])
	}
	return f
}
