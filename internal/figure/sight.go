package figure

import (
	"math/bits"
	"sync"
)

// A sight is a set of the years seen, a bit for each of up to 62, and of whether
// a generated count was. With more than 62 different years on record, neighbours
// share a bit, and the period of a figure is stated that much wider.
const (
	sightYears = 62
	sightMade  = 1 << 63
)

// sightCode is a row's sight as a byte: the place of the year's bit plus one, zero
// without a year, and sightCodeMade of a generated count.
func (c *Columns) sightCode(year uint16, made bool) uint8 {
	code := uint8(0)
	if year > 0 {
		code = 1 + uint8(int(year-1)/c.yearsPerBit())
	}
	if made {
		code |= sightCodeMade
	}
	return code
}

const sightCodeMade = 1 << 7

// sights are the sights by their bytes.
var sights = func() (table [256]uint64) {
	for code := range table {
		if at := code &^ sightCodeMade; at > 0 && at <= sightYears {
			table[code] = 1 << (at - 1)
		}
		if code&sightCodeMade != 0 {
			table[code] |= sightMade
		}
	}
	return table
}()

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

// keptSights keeps the sights of each layout without a filter: whatever is
// counted, they are the same.
type keptSights struct {
	lock sync.Mutex
	kept map[[2]Field][]uint64
}

// mostKeptSights bounds the places of a layout that is kept, so that all of them
// take a few megabytes at most.
const mostKeptSights = 1 << 12

// of are the sights of the plan's layout, nil where they are not kept.
func (k *keptSights) of(p *plan) []uint64 {
	if !p.base.isOpen() {
		return nil
	}
	k.lock.Lock()
	defer k.lock.Unlock()
	return k.kept[[2]Field{p.rows.field, p.cols.field}]
}

func (k *keptSights) keep(p *plan, seen []uint64) {
	if !p.base.isOpen() || p.number > mostKeptSights {
		return
	}
	k.lock.Lock()
	defer k.lock.Unlock()
	if k.kept == nil {
		k.kept = map[[2]Field][]uint64{}
	}
	k.kept[[2]Field{p.rows.field, p.cols.field}] = seen
}
