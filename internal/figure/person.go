package figure

import "math/bits"

// alike has all bits set where two numbers are one, and none otherwise. They must
// be below 1<<31.
func alike(a, b uint32) uint8 { return uint8((int32(a^b) - 1) >> 31) }

// countApart counts persons of so many rows in the places of their rows, once in
// each place, by the flags of all their rows in it.
func countApart(size int, persons lanes, places []uint32, flags []uint8, class *[256]uint8) {
	switch size {
	case 1:
		countSingles(persons, places, flags, class)
	case 2:
		countPairs(persons, places, flags, class)
	case 3:
		countTriples(persons, places, flags, class)
	}
}

func countSingles(persons lanes, places []uint32, flags []uint8, class *[256]uint8) {
	one, other, flags := persons[0], persons[1], flags[:len(places)]
	i := 1
	for ; i < len(places); i += 2 {
		one[places[i-1]*perClass+uint32(class[flags[i-1]])]++
		other[places[i]*perClass+uint32(class[flags[i]])]++
	}
	if i == len(places) {
		one[places[i-1]*perClass+uint32(class[flags[i-1]])]++
	}
}

// countPairs counts the second row for nothing where its place is the first's.
func countPairs(persons lanes, places []uint32, flags []uint8, class *[256]uint8) {
	one, other, flags := persons[0], persons[1], flags[:len(places)]
	for i := 1; i < len(places); i += 2 {
		a, b, f, g := places[i-1], places[i], flags[i-1], flags[i]
		ab := alike(a, b)
		one[a*perClass+uint32(class[f|g&ab])]++
		other[b*perClass+uint32(class[g])] += uint32(^ab & 1)
	}
}

func countTriples(persons lanes, places []uint32, flags []uint8, class *[256]uint8) {
	one, other, flags := persons[0], persons[1], flags[:len(places)]
	for i := 2; i < len(places); i += 3 {
		a, b, c, f, g, h := places[i-2], places[i-1], places[i], flags[i-2], flags[i-1], flags[i]
		ab, ac, bc := alike(a, b), alike(a, c), alike(b, c)
		one[a*perClass+uint32(class[f|g&ab|h&ac])]++
		other[b*perClass+uint32(class[g|h&bc])] += uint32(^ab & 1)
		one[c*perClass+uint32(class[h])] += uint32(^(ac | bc) & 1)
		one, other = other, one
	}
}

// countWhole counts persons whose rows all have one place, or do not meet the
// filter: their place is the highest number.
func countWhole(size int, persons lanes, places []uint32, flags []uint8, class *[256]uint8) {
	one, other, flags := persons[0], persons[1], flags[:len(places)]
	switch size {
	case 1:
		countSingles(persons, places, flags, class)
	case 2:
		for i := 1; i < len(places); i += 2 {
			one[min(places[i-1], places[i])*perClass+uint32(class[flags[i-1]|flags[i]])]++
			one, other = other, one
		}
	case 3:
		for i := 2; i < len(places); i += 3 {
			one[min(places[i-2], places[i-1], places[i])*perClass+uint32(class[flags[i-2]|flags[i-1]|flags[i]])]++
			one, other = other, one
		}
	}
}

// countRows counts rows by what they say.
func countRows(rows lanes, places []uint32, flags []uint8) {
	const which = isOf | isIn | isUnknown
	one, other, flags := rows[0], rows[1], flags[:len(places)]
	i := 1
	for ; i < len(places); i += 2 {
		one[places[i-1]*perFlags+uint32(flags[i-1]&which)]++
		other[places[i]*perFlags+uint32(flags[i]&which)]++
	}
	if i == len(places) {
		one[places[i-1]*perFlags+uint32(flags[i-1]&which)]++
	}
}

// slot gathers the flags of the person being counted in one place.
type slot struct {
	who   uint32
	flags uint8
}

// scattered counts persons one by one: those of many counts, and those whose
// counts stand in several places because they have several outcomes.
func (w *worker) scattered(p *plan, from, to int) {
	if len(w.slots) == 0 {
		w.slots, w.who = cleared(w.slots, p.number), 0
	}
	w.counts[anywhere].prepare(&p.places, perFlags)
	for row := from; row < to; row++ {
		if atPerson.of(p.c.word[row]) == 1 {
			w.settle(p)
		}
		if p.base.selects(p.c, row) {
			w.scatter(p, row)
		} else if p.marks != nil {
			p.marks[row] = unmarked
		}
	}
	w.settle(p)
}

// scatter counts one row in each of its places.
func (w *worker) scatter(p *plan, row int) {
	flags, sight := p.flags[row], sights[p.c.sight[row]]
	rows, cols := p.rows.expand(p.c, row, &w.rowSet), p.cols.expand(p.c, row, &w.columnSet)
	for _, r := range rows {
		w.touch(p.rowAt+r, flags)
		for _, c := range cols {
			cell := r*p.noCol + c
			w.touch(cell, flags)
			w.seen[cell] |= sight
			if p.byRow && p.amount != nil {
				w.cells[0] = cell
				w.measure(p, row, p.flags[row:row+1])
			}
		}
	}
	for _, c := range cols {
		w.touch(p.colAt+c, flags)
	}
	w.touch(p.allAt, flags)
	if p.marks != nil {
		p.marks[row] = mark(rows[0], cols[0])
	}
}

// touch counts a row in a place, and the person when all rows were seen.
func (w *worker) touch(place uint32, flags uint8) {
	s := &w.slots[place]
	if s.who != w.who {
		*s = slot{who: w.who}
		w.touched = append(w.touched, place)
	}
	s.flags |= flags
	w.counts[anywhere][0][place*perFlags+uint32(flags&(isOf|isIn|isUnknown))]++
}

// settle counts the person in the places touched, and begins the next.
func (w *worker) settle(p *plan) {
	for _, place := range w.touched {
		w.persons[anywhere][0][place*perClass+uint32(p.class[w.slots[place].flags])]++
	}
	w.touched = w.touched[:0]
	w.who++
}

// outcomeBits is the number of outcomes, that of no finding included.
const outcomeBits = 10

// outcomeSet is the outcomes of a count with no finding next to the others.
func outcomeSet(outcomes uint16) uint16 {
	return outcomes&(noFinding-1) | outcomes>>15<<(outcomeBits-1)
}

// expand lists the codes of a row along the dimension: several of outcomes.
func (d *dimension) expand(c *Columns, row int, codes *[16]uint32) []uint32 {
	list := codes[:0]
	switch d.field {
	case NoField:
		return append(list, 0)
	case Outcome:
		for set := outcomeSet(c.outcomes[row]); set != 0; set &= set - 1 {
			list = append(list, uint32(bits.TrailingZeros16(set)))
		}
		return list
	}
	return append(list, uint32(d.column.at(row)))
}
