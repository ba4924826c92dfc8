package figure

import "fener/law"

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

// What a person counts as where amounts are measured: the finality in two bits,
// zero for someone not behind the figure, and whether there is a joint sentence.
const (
	finalityMask = 3
	withJoint    = 4
)

var amountClassOfFlags = func() (table [256]uint8) {
	for flags := range table {
		switch {
		case flags&isOpen != 0:
			table[flags] = 1 + plusOpen
		case flags&isUnclear != 0:
			table[flags] = 1 + plusUnclear
		case flags&isFinal != 0:
			table[flags] = 1 + plusFinal
		}
		if flags&isJoint != 0 {
			table[flags] |= withJoint
		}
	}
	return table
}()

// tally is what one cell needs.
type tally struct {
	persons [classes]uint32 // by class
	seen    uint64          // years and more, see sight

	rowCounts        // counts or judgments, not persons
	joint     uint32 // persons with a joint sentence
}

// rowCounts are what is counted and measured row by row.
type rowCounts struct {
	of, in, unknown uint32 // rows with the flag
	low, high       uint32 // codes measured; low negated, so that zero is none
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
