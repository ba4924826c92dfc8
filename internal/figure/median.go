package figure

import (
	"slices"
	"sync"
)

// measured lists places with the codes measured there, in any order.
type measured struct {
	places, codes []uint32
}

func (m *measured) clear() { m.places, m.codes = m.places[:0], m.codes[:0] }

// take adds the codes that are not zero, without a branch for each.
func (m *measured) take(places, codes []uint32) {
	n := len(m.places)
	m.places, m.codes = slices.Grow(m.places, len(codes))[:n+len(codes)], slices.Grow(m.codes, len(codes))[:n+len(codes)]
	intoPlaces, intoCodes := m.places[n:], m.codes[n:]
	kept := 0
	for i, code := range codes {
		intoPlaces[kept], intoCodes[kept] = places[i], code
		kept += int(^alike(code, 0) & 1)
	}
	m.places, m.codes = m.places[:n+kept], m.codes[:n+kept]
}

// sorted has the codes measured by place.
type sorted struct {
	starts []uint32 // of each place, and the end of the last
	codes  []uint32
}

// sort puts the codes in the order of n places.
func (m *measured) sort(n int) sorted {
	s := sorted{starts: make([]uint32, n+2), codes: make([]uint32, len(m.codes))}
	for _, place := range m.places {
		s.starts[place+2]++
	}
	for i := 2; i < len(s.starts); i++ {
		s.starts[i] += s.starts[i-1]
	}
	for i, place := range m.places {
		at := s.starts[place+1]
		s.starts[place+1] = at + 1
		s.codes[at] = m.codes[i]
	}
	return s
}

// of are the codes of the places from one up to another.
func (s *sorted) of(from, to uint32) []uint32 { return s.codes[s.starts[from]:s.starts[to]] }

// middle holds the codes in the middle of a place's measured rows: the same
// where their number is odd.
type middle struct{ lower, upper uint32 }

// finder finds middles by counting how often each code occurs: codes are few,
// and nothing need be sorted. Coarse counts let it skip codes that do not occur.
type finder struct {
	fine, coarse []uint32
	few          []uint32
}

const coarseBits = 5

func newFinder(codes int) *finder {
	return &finder{fine: make([]uint32, (codes>>coarseBits+1)<<coarseBits), coarse: make([]uint32, codes>>coarseBits+1)}
}

// fewCodes is up to how many codes sorting them is faster.
const fewCodes = 24

// middle finds the middle of all lists together.
func (f *finder) middle(lists ...[]uint32) middle {
	n := 0
	for _, list := range lists {
		n += len(list)
	}
	switch {
	case n == 0:
		return middle{}
	case n <= fewCodes:
		few := f.few[:0]
		for _, list := range lists {
			few = append(few, list...)
		}
		f.few = few
		slices.Sort(few)
		return middle{few[(n-1)/2], few[n/2]}
	}
	for _, list := range lists {
		for _, code := range list {
			f.fine[code]++
			f.coarse[code>>coarseBits]++
		}
	}
	m := middle{f.at((n - 1) / 2), f.at(n / 2)}
	for _, list := range lists {
		for _, code := range list {
			f.fine[code] = 0
			f.coarse[code>>coarseBits] = 0
		}
	}
	return m
}

// at is the code that stands at a place of the ascending order, from zero.
func (f *finder) at(place int) uint32 {
	code, before := uint32(0), uint32(place)
	for f.coarse[code>>coarseBits] <= before {
		before -= f.coarse[code>>coarseBits]
		code += 1 << coarseBits
	}
	for f.fine[code] <= before {
		before -= f.fine[code]
		code++
	}
	return code
}

// medians finds the middles of all places. What was measured lies in so many
// places as the spread says: other totals are those of their cells together.
func (p *plan) medians(all []*worker, s spread) []middle {
	if p.byCode {
		return p.countedMedians(all, s)
	}
	lists := make([]sorted, len(all))
	var wg sync.WaitGroup
	for i, w := range all {
		wg.Go(func() { lists[i] = w.measured.sort(p.number) })
	}
	wg.Wait()
	found, codes := make([]middle, p.number), int(p.codes)
	both(func() {
		f := newFinder(codes)
		for cell := range p.noCell {
			found[cell] = f.middle(ranges(lists, cell, cell+1)...)
		}
		found[p.allAt] = f.middle(p.allOf(lists, s)...)
	}, func() {
		f := newFinder(codes)
		for r := range p.noRow {
			from, to := r*p.noCol, (r+1)*p.noCol
			if s == inRow || s == anywhere {
				from, to = p.rowAt+r, p.rowAt+r+1
			}
			found[p.rowAt+r] = f.middle(ranges(lists, from, to)...)
		}
		for c := range p.noCol {
			found[p.colAt+c] = f.middle(p.columnOf(lists, c, s)...)
		}
	})
	return found
}

// mostCounted is up to how many numbers it is faster to count, for each place,
// how often each code occurs, than to sort by place what was measured. A variable
// so that tests reach both ways with small tables.
var mostCounted = 1 << 18

// countedMedians finds the middles by counting the codes of all places.
func (p *plan) countedMedians(all []*worker, s spread) []middle {
	whole := all[0].byCode
	for _, w := range all[1:] {
		add(whole, w.byCode)
	}
	whole.complete(&p.places, s, int(p.codes), add)
	found := make([]middle, p.number)
	for place := range found {
		found[place] = middleOf(whole.of(uint32(place), int(p.codes)))
	}
	return found
}

// middleOf is the middle of codes that occur so often; those of code zero were
// not measured.
func middleOf(counts []uint32) middle {
	counts[0] = 0
	n := uint32(0)
	for _, k := range counts {
		n += k
	}
	if n == 0 {
		return middle{}
	}
	var m middle
	lowerAt, upperAt, before := (n-1)/2, n/2, uint32(0)
	for code, k := range counts {
		if before <= lowerAt && lowerAt < before+k {
			m.lower = uint32(code)
		}
		if before += k; before > upperAt {
			m.upper = uint32(code)
			break
		}
	}
	return m
}

// ranges are the codes of the places from one up to another, in each list.
func ranges(lists []sorted, from, to uint32) [][]uint32 {
	out := make([][]uint32, 0, 4)
	for i := range lists {
		out = append(out, lists[i].of(from, to))
	}
	return out
}

// columnOf are the codes of a column.
func (p *plan) columnOf(lists []sorted, c uint32, s spread) [][]uint32 {
	if s == inColumn || s == anywhere {
		return ranges(lists, p.colAt+c, p.colAt+c+1)
	}
	var out [][]uint32
	for r := range p.noRow {
		out = append(out, ranges(lists, r*p.noCol+c, r*p.noCol+c+1)...)
	}
	return out
}

// allOf are the codes of everything.
func (p *plan) allOf(lists []sorted, s spread) [][]uint32 {
	switch s {
	case inRow:
		return ranges(lists, p.rowAt, p.rowAt+p.noRow)
	case inColumn:
		return ranges(lists, p.colAt, p.colAt+p.noCol)
	case anywhere:
		return ranges(lists, p.allAt, p.allAt+1)
	}
	return ranges(lists, 0, p.noCell)
}

// both does two things at the same time.
func both(one, other func()) {
	var wg sync.WaitGroup
	wg.Go(one)
	other()
	wg.Wait()
}
