package figure

// A group is a range of rows whose persons are counted alike. Persons with as
// many counts stand together, so that they are counted without asking of each
// row whether the next is someone else's: a wrong guess of the processor costs
// more than a person.
type group struct {
	from, to int
	size     int  // counts of each person; zero for more than three
	agreeing bool // a person's counts agree on year, court, instance and final
	sets     bool // some count of each person has several outcomes
}

// agreed are the fields in which the counts of one person mostly agree, because
// they are of one judgment.
var agreed = [...]Field{Year, Court, Instance, Final}

// arrange puts the rows that stand into groups and leaves the others out.
func (c *Columns) arrange() {
	order := c.inGroups()
	place := make([]uint32, len(c.id)) // of each row in the new order, plus one
	for to, from := range order {
		place[from] = uint32(to) + 1
	}
	for _, p := range place {
		if p > 0 {
			c.listed = append(c.listed, p-1)
		}
	}
	c.arrangeJudgments(place)
	c.id, c.word, c.outcomes, c.sight = reorder(c.id, order), reorder(c.word, order), reorder(c.outcomes, order), reorder(c.sight, order)
	c.term, c.fine, c.days = reorder(c.term, order), reorder(c.fine, order), reorder(c.days, order)
	for f := range c.axes {
		c.axes[f].narrow, c.axes[f].wide = reorder(c.axes[f].narrow, order), reorder(c.axes[f].wide, order)
	}
}

func reorder[T any](column []T, order []uint32) []T {
	if column == nil {
		return nil
	}
	out := make([]T, len(order))
	for i, from := range order {
		out[i] = column[from]
	}
	return out
}

// arrangeJudgments brings byJudgment to the new places of the rows, and finds
// the fields in which the counts of each judgment agree.
func (c *Columns) arrangeJudgments(place []uint32) {
	for _, f := range agreed {
		c.ofJudgment[f] = true
	}
	kept, mark, first := 0, uint32(0), 0
	for _, o := range c.byJudgment {
		mark |= o & firstOfJudgment
		row := int(o &^ firstOfJudgment)
		if place[row] == 0 {
			continue
		}
		if mark != 0 {
			first = row
		}
		for _, f := range agreed {
			c.ofJudgment[f] = c.ofJudgment[f] && c.axes[f].at(row) == c.axes[f].at(first)
		}
		c.byJudgment[kept] = (place[row] - 1) | mark
		kept, mark = kept+1, 0
	}
	c.byJudgment = c.byJudgment[:kept]
}

// kinds is how many kinds of group there are: four sizes, agreeing or not, with
// sets or without.
const kinds = 4 * 2 * 2

// inGroups lists the rows that stand, group by group, and notes the groups. In
// a group they keep their order.
func (c *Columns) inGroups() []uint32 {
	kindOf := make([]uint8, 0, len(c.id)) // of each person
	var rows [kinds]int
	c.eachPerson(func(counts []uint32) {
		k := c.kind(counts)
		kindOf = append(kindOf, k)
		rows[k] += len(counts)
	})
	total := 0
	var next [kinds]int
	for k, n := range rows {
		next[k] = total
		total += n
		if n > 0 {
			c.persons = append(c.persons, group{from: next[k], to: total, size: (k>>2 + 1) % 4, agreeing: k&1 == 1, sets: k&2 != 0})
		}
	}
	order, person := make([]uint32, total), 0
	c.eachPerson(func(counts []uint32) {
		k := kindOf[person]
		person++
		c.word[counts[0]] = atPerson.set(c.word[counts[0]], 1)
		next[k] += copy(order[next[k]:], counts)
	})
	return order
}

// eachPerson calls do with the rows that stand of each person that has any.
func (c *Columns) eachPerson(do func(counts []uint32)) {
	var counts []uint32
	for row, w := range c.word {
		if atPerson.of(w) == 1 && len(counts) > 0 {
			do(counts)
			counts = counts[:0]
		}
		if atSuperseded.of(w) == 0 {
			counts = append(counts, uint32(row))
		}
	}
	if len(counts) > 0 {
		do(counts)
	}
}

// kind is the kind of group that a person belongs to.
func (c *Columns) kind(counts []uint32) uint8 {
	k := uint8(min(len(counts), 4)-1)<<2 | 1
	first := int(counts[0])
	for _, row := range counts {
		if outcomes := c.outcomes[row]; outcomes&(outcomes-1) != 0 {
			k |= 2
		}
		for _, f := range agreed {
			if c.axes[f].at(int(row)) != c.axes[f].at(first) {
				k &^= 1
			}
		}
	}
	return k
}
