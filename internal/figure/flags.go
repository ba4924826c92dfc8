package figure

import (
	"sync"

	"fener/law"
)

// flagColumns keeps the flags of every row for each indicator: they depend on
// nothing else, and every query needs them. Each is made when it is first asked
// for.
type flagColumns struct {
	lock sync.Mutex
	of   map[*Indicator]*flagColumn
}

type flagColumn struct {
	made  sync.Once
	flags []uint8
}

// flagsOf is the column of the plan's indicator.
func (c *Columns) flagsOf(p *plan) []uint8 {
	c.flags.lock.Lock()
	column := c.flags.of[p.in]
	if column == nil {
		if c.flags.of == nil {
			c.flags.of = map[*Indicator]*flagColumn{}
		}
		column = new(flagColumn)
		c.flags.of[p.in] = column
	}
	c.flags.lock.Unlock()
	column.made.Do(func() {
		flags := make([]uint8, len(c.id))
		for from := 0; from < len(flags); from += block {
			to := min(from+block, len(flags))
			switch {
			case p.amount != nil:
				p.amountFlagsOf(from, flags[from:to])
			case p.in.Counted == Judgments:
				for i, w := range c.word[from:to] {
					flags[from+i] = madeOf(w) | finalOf(w)
				}
			default:
				p.numberFlags(c.word[from:to], c.outcomes[from:to], flags[from:to])
			}
		}
		column.flags = flags
	})
	return column.flags
}

// numberFlags sets the flags for a number or a share, condition by condition
// over the whole block and without a branch for each row.
func (p *plan) numberFlags(words []word, outcomes []uint16, flags []uint8) {
	p.of.raise(words, outcomes, flags, isOf)
	for i := range p.unknown {
		p.unknown[i].raise(words, outcomes, flags, isUnknown)
	}
	p.counted.raise(words, outcomes, flags, isIn)
	behind := uint8(isIn)
	if p.in.Measure == ShareOf {
		behind = isOf
	}
	for i, wd := range words {
		f := flags[i]
		f &^= f & isIn << 1 // what is counted is known
		hit := uint8(0)
		if f&behind != 0 {
			hit = 0xff
		}
		flags[i] = f | finalOf(wd)&hit | madeOf(wd)
	}
}

// raise sets a flag on the rows that meet a condition.
func (t *test) raise(words []word, outcomes []uint16, flags []uint8, flag uint8) {
	if t.never {
		return
	}
	mask, want, need := t.mask, t.want, t.need
	for i, wd := range words {
		hit := uint8(0)
		if wd&mask^want|word(outcomes[i]&need^need) == 0 {
			hit = flag
		}
		flags[i] |= hit
	}
}

// amountFlagsOf sets the flags for a median or a range.
func (p *plan) amountFlagsOf(from int, flags []uint8) {
	for i := range flags {
		row := from + i
		flags[i], _ = p.amountFlags(p.c.word[row], p.c.outcomes[row], p.amount[row])
	}
}

// amountFlags are those of a row for a median or a range, with the code to
// measure, zero for none. A joint sentence is counted once per person, and a
// median leaves it out, because it is not the sentence for this count.
func (p *plan) amountFlags(w word, outcomes uint16, code uint32) (uint8, uint32) {
	made := madeOf(w)
	if p.counted.never || !p.counted.meets(w, outcomes) {
		return made, 0
	}
	joint := p.in.Counted == Counts && law.Tri(w>>jointAt&3) == law.Yes
	switch {
	case joint && p.in.Measure == Median:
		return made | isJoint, 0
	case code == 0:
		return made | isUnknown, 0
	case joint:
		return made | isJoint | finalOf(w), code
	}
	return made | isIn | finalOf(w), code
}
