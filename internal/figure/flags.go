package figure

import "fener/law"

// flag sets the flags of the rows selected, and the codes to be measured.
func (w *worker) flag(p *plan, from int, rows []uint16) {
	n := len(rows)
	for j, wd := range w.words[:n] {
		w.flags[j] = uint8(atSynthetic.of(wd)) * isMade
	}
	switch {
	case p.in.Measure.ofAmount():
		amount := p.amount[from:]
		for j, k := range rows {
			f, code := p.amountFlags(w.words[j], w.outcomes[j], amount[k])
			w.flags[j] |= f
			w.codes[j] = code
		}
	case p.in.Counted == Judgments: // persons only; the judgments have a scan of their own
		for j, wd := range w.words[:n] {
			w.flags[j] |= finalFlag[atFinal.of(wd)&3]
		}
	default:
		w.numberFlags(p, n)
	}
}

// numberFlags sets the flags for a number or a share, condition by condition
// over the whole block and without a branch for each row.
func (w *worker) numberFlags(p *plan, n int) {
	if p.of.mask == 0 && p.of.need == 0 && !p.of.never { // often all are looked at
		for j := range w.flags[:n] {
			w.flags[j] |= isOf
		}
	} else {
		w.raise(&p.of, n, isOf)
	}
	for i := range p.unknown {
		w.raise(&p.unknown[i], n, isUnknown)
	}
	w.raise(&p.counted, n, isIn)
	behind := uint8(isIn)
	if p.in.Measure == ShareOf {
		behind = isOf
	}
	for j, wd := range w.words[:n] {
		f := w.flags[j]
		f &^= f & isIn << 1 // what is counted is known
		hit := uint8(0)
		if f&behind != 0 {
			hit = 0xff
		}
		w.flags[j] = f | finalFlag[atFinal.of(wd)&3]&hit
	}
}

// raise sets a flag on the rows that meet a condition.
func (w *worker) raise(t *test, n int, flag uint8) {
	if t.never {
		return
	}
	mask, want, need := t.mask, t.want, t.need
	outcomes := w.outcomes[:n]
	for j, wd := range w.words[:n] {
		hit := uint8(0)
		if wd&mask^want|word(outcomes[j]&need^need) == 0 {
			hit = flag
		}
		w.flags[j] |= hit
	}
}

// amountFlags are those of a row for a median or a range, with the code to
// measure, zero for none. A joint sentence is counted once per person, and a
// median leaves it out, because it is not the sentence for this count.
func (p *plan) amountFlags(w word, outcomes uint16, code uint32) (uint8, uint32) {
	if p.counted.never || !p.counted.meets(w, outcomes) {
		return 0, 0
	}
	joint := p.in.Counted == Counts && law.Tri(atJoint.of(w)) == law.Yes
	switch {
	case joint && p.in.Measure == Median:
		return isJoint, 0
	case code == 0:
		return isUnknown, 0
	case joint:
		return isJoint | finalFlag[atFinal.of(w)&3], code
	}
	return isIn | finalFlag[atFinal.of(w)&3], code
}
