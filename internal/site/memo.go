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

// get gives what is kept for the position, or makes it. What could not be made is not kept.
func (p *perSeq[T]) get(seq int64, read func() (T, error)) (T, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.full && p.seq == seq {
		return p.value, nil
	}
	value, err := read()
	if err != nil {
		return value, err
	}
	p.value, p.seq, p.full = value, seq, true
	return value, nil
}
