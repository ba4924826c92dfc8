package site

import "sync"

// perSeq keeps what several pages are made from, for the position of the ledger that it was read at: a fold over the whole record is made once
// and not once for each language. The zero perSeq is empty. It is safe for use by many at once.
type perSeq[T any] struct {
	mu    sync.Mutex
	seq   int64
	full  bool
	value T
}

// get gives what is kept for the position, or makes it. What could not be made is not kept, nor what a reader asked for just before the ledger grew:
// an older position never takes the place of a newer one.
func (p *perSeq[T]) get(seq int64, read func() (T, error)) (T, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.full && p.seq == seq {
		return p.value, nil
	}
	value, err := read()
	if err != nil || p.full && seq < p.seq {
		return value, err
	}
	p.value, p.seq, p.full = value, seq, true
	return value, nil
}
