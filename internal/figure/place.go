package figure

// places numbers everything that a pivot counts in: its cells row by row, the
// total of each row and of each column, and the total of all. After each of the
// four stands one place more, for rows that do not meet the filter: counting
// those too costs less than a branch.
type places struct {
	nrows, ncols         int
	rowAt, colAt, allAt  uint32
	number               int
	noCell, noRow, noCol uint32 // counted from the beginning of their kind
}

func newPlaces(nrows, ncols int) places {
	p := places{nrows: nrows, ncols: ncols, noCell: uint32(nrows * ncols), noRow: uint32(nrows), noCol: uint32(ncols)}
	p.rowAt = p.noCell + 1
	p.colAt = p.rowAt + p.noRow + 1
	p.allAt = p.colAt + p.noCol + 1
	p.number = int(p.allAt) + 2
	return p
}

// spread says in how many places the counts of one person, or of one judgment,
// can lie. Where it is few, totals are sums, and need no counting of their own.
type spread uint8

const (
	inCell   spread = iota // all in one cell
	inRow                  // in cells of one row
	inColumn               // in cells of one column
	anywhere
	spreads
)

// spreadOf is the spread of those whose counts all have one code along the rows,
// or along the columns.
func spreadOf(oneRow, oneColumn bool) spread {
	switch {
	case oneRow && oneColumn:
		return inCell
	case oneRow:
		return inRow
	case oneColumn:
		return inColumn
	}
	return anywhere
}

// numbers are a few numbers for each place, such as how many persons there are
// of each class.
type numbers []uint32

// prepare makes n numbers for each place, all zero, unless that was done.
func (n *numbers) prepare(p *places, each int) {
	if len(*n) == 0 {
		*n = cleared(*n, p.number*each)
	}
}

// lanes are numbers twice over, to be added up: who adds to a number waits until
// the sum before is written, so neighbours add to one lane each.
type lanes [2]numbers

func (l *lanes) prepare(p *places, each int) {
	l[0].prepare(p, each)
	l[1].prepare(p, each)
}

func (l *lanes) reset() { l[0], l[1] = l[0][:0], l[1][:0] }

// from are the lanes from a place on.
func (l *lanes) from(place uint32, each int) lanes {
	return lanes{l[0][int(place)*each:], l[1][int(place)*each:]}
}

// of are the numbers of one place.
func (n numbers) of(place uint32, each int) []uint32 {
	return n[int(place)*each : (int(place)+1)*each]
}

// add adds up number by number.
func add(into, from []uint32) {
	from = from[:len(into)]
	for i := range into {
		into[i] += from[i]
	}
}

// highest keeps the higher one, number by number.
func highest(into, from []uint32) {
	from = from[:len(into)]
	for i := range into {
		into[i] = max(into[i], from[i])
	}
}

// complete fills the totals that follow from what was counted in a spread.
func (n numbers) complete(p *places, s spread, each int, join func(into, from []uint32)) {
	if s == anywhere || len(n) == 0 {
		return
	}
	for r := range uint32(p.nrows) {
		row := n.of(p.rowAt+r, each)
		for c := range uint32(p.ncols) {
			cell := n.of(r*p.noCol+c, each)
			if s != inRow {
				join(row, cell)
			}
			if s != inColumn {
				join(n.of(p.colAt+c, each), cell)
			}
		}
		if s != inColumn {
			join(n.of(p.allAt, each), row)
		}
	}
	if s == inColumn {
		for c := range uint32(p.ncols) {
			join(n.of(p.allAt, each), n.of(p.colAt+c, each))
		}
	}
}
