package report

import (
	"unsafe"

	"fener/law"
	"fener/period"
)

// block is some columns side by side whose cells are a function of few values. A million rows have few different such values, so a block is
// rendered once for each and kept; without a key it is rendered for every row.
type block struct {
	columns []column
	key     func(*finding) (blockKey, bool) // false: this row's cells depend on more than the key holds
}

// blockKey is everything that the cells of a block are a function of.
type blockKey struct {
	a, b, c, d uint64
	law        *law.Provision
}

// blocks are all columns, in order: what the row is, the answer by axis, the law's limits, what was imposed, what is on record, what is in doubt.
var blocks = named([]block{
	{rowColumns(), nil},
	{append(append(axisColumns(), outcomeColumns()...), judgedColumns()...), axesKey},
	{limitsColumns(), limitsKey},
	{imposedColumns(), imposedKey},
	{sentenceColumns(), sentenceKey},
	{recordColumns(), recordKey},
	{placeColumns(), nil},
})

// columns are those of the blocks.
var columns = func() (all []column) {
	for _, b := range blocks {
		all = append(all, b.columns...)
	}
	return all
}()

// named gives each column what follows from its name.
func named(all []block) []block {
	for i := range all {
		for j := range all[i].columns {
			c := &all[i].columns[j]
			if c.is.key == "" {
				c.is.key = "column." + c.name
			}
			c.key = append(appendJSON([]byte{','}, c.name), ':')
		}
	}
	return all
}

// kept are the renderings of a block that a worker keeps: each key has one place, and takes it from whichever other key had it.
type kept [1 << keptBits]struct {
	key  blockKey
	text []byte // empty: nothing kept
}

const keptBits = 11

// place spreads keys over the places of kept by multiplying with odd numbers (the golden ratio's, and primes'), of which the high bits are good.
func (k *blockKey) place() int {
	h := k.a*0x9e3779b97f4a7c15 ^ k.b*0xc2b2ae3d27d4eb4f ^ k.c*0x165667b19e3779f9 ^ k.d*0xd6e8feb86659fd93 ^ uint64(uintptr(unsafe.Pointer(k.law)))*0xa0761d6478bd642f
	h ^= h >> 29
	return int(h * 0x9e3779b97f4a7c15 >> (64 - keptBits))
}

// cells appends the cells of a row, each by cell.
func (r *Report) cells(s *scratch, b []byte, f *finding, cell func(*scratch, []byte, *column, *finding) []byte) []byte {
	for i := range blocks {
		bl := &blocks[i]
		start := len(b)
		if bl.key != nil {
			if key, ok := bl.key(f); ok {
				slot := &s.kept[i][key.place()]
				if slot.key != key || len(slot.text) == 0 {
					slot.key, slot.text = key, append(slot.text[:0], r.blockCells(s, b, f, bl, cell)[start:]...)
				}
				b = append(b, slot.text...)
				continue
			}
		}
		b = r.blockCells(s, b, f, bl, cell)
	}
	return b
}

func (r *Report) blockCells(s *scratch, b []byte, f *finding, bl *block, cell func(*scratch, []byte, *column, *finding) []byte) []byte {
	for j := range bl.columns {
		b = cell(s, b, &bl.columns[j], f)
	}
	return b
}

// packed is a length in 32 bits: lengths end at 200 years, in months and in days.
func packed(l period.Length) uint64 {
	years, months, days := l.Parts()
	return uint64(years*12+months)<<18 | uint64(days)
}

func packedLimit(l law.Limit) uint64 { return uint64(l.State)<<32 | packed(l.Length) }

// answeredBit tells answers apart that have no sentence to check, where most cells are empty.
func answeredBit(f *finding) uint64 {
	if f.answered() {
		return 1
	}
	return 0
}

func axesKey(f *finding) (blockKey, bool) {
	a := &f.answer
	x := &a.Axes
	axes := uint64(x.Term.Is)
	for _, is := range [...]uint8{uint8(x.Ground.Is), uint8(x.Reasons.Is), uint8(x.Form.Is), uint8(x.Fine.Is), uint8(x.Measures.Is), uint8(x.Law.Is),
		uint8(a.BelowMinimum), uint8(a.Downgraded)} {
		axes = axes<<4 | uint64(is)
	}
	return blockKey{a: axes, b: uint64(a.Outcomes), c: uint64(a.Missing)}, true
}

// limitsKey holds one law; several are too many different sets to keep.
func limitsKey(f *finding) (blockKey, bool) {
	a := &f.answer
	laws := a.Laws()
	if len(laws) > 1 || len(laws) == 1 && laws[0] != a.Law {
		return blockKey{}, false
	}
	return blockKey{a: packedLimit(a.Minimum), b: packedLimit(a.Floor), c: packedLimit(a.Maximum),
		d: uint64(a.Verified)<<2 | uint64(len(laws))<<1 | answeredBit(f), law: a.Law}, true
}

func imposedKey(f *finding) (blockKey, bool) {
	return blockKey{a: packedLimit(f.answer.Imposed), b: packed(f.answer.Shortfall), c: answeredBit(f)}, true
}

func sentenceKey(f *finding) (blockKey, bool) {
	s := &f.row.Facts.Sentence
	other := uint64(0)
	if s.Other {
		other = 1
	}
	return blockKey{a: packed(s.Verification)<<8 | uint64(s.Suspended)<<6 | uint64(s.ReplacedBy)<<4 | uint64(s.Fine.State)<<2 | other<<1 | answeredBit(f),
		b: uint64(s.Fine.Cents), c: uint64(s.Replacing)<<20 | uint64(s.WorkHours), d: uint64(s.Measures)}, s.Replacing < 1<<40 && s.WorkHours < 1<<20
}

func recordKey(f *finding) (blockKey, bool) {
	x := &f.row.Facts
	rest := uint64(x.Age)
	for _, v := range [...]uint8{uint8(x.Reasons), uint8(x.Form), uint8(x.Offender), uint8(x.ChildVictim), uint8(f.row.Final)} {
		rest = rest<<8 | uint64(v)
	}
	return blockKey{a: uint64(x.Grounds), b: rest, c: answeredBit(f)}, true
}
