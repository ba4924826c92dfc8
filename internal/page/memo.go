package page

import (
	"sync"
)

// PerSite is one value for each site, made empty when it is first asked for: what a subject keeps from one request to the next.
type PerSite[T any] struct{ _ byte } // of a size, so that each has an address of its own

// Of gives the site's value.
func (p *PerSite[T]) Of(s *Site) *T {
	if kept, ok := s.kept.Load(p); ok {
		return kept.(*T)
	}
	kept, _ := s.kept.LoadOrStore(p, new(T))
	return kept.(*T)
}

// Once is what several pages are made from, read once for each position of the record and not once for each language. Make it with NewOnce and keep it
// in a variable of the package; each site has its own values.
type Once[T any] struct {
	read func(*Request) (T, error)
	kept PerSite[perSeq[T]]
}

// NewOnce is what read reads.
func NewOnce[T any](read func(*Request) (T, error)) *Once[T] { return &Once[T]{read: read} }

// Of gives what was read at the position that the request shows. Whoever gets it must not change it.
func (o *Once[T]) Of(r *Request) (T, error) {
	return o.kept.Of(r.Site).get(r.Seq, func() (T, error) { return o.read(r) })
}

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
