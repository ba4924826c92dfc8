package page

import (
	"context"
	"sync"

	"fener/internal/view"
)

// moments are moments of a record that stands still: one serves page after page, by statements that were prepared for the first.
type moments struct {
	mu   sync.Mutex
	free []heldMoment
	shut bool
}

type heldMoment struct {
	view    *view.View
	release func()
}

// of is view.View.Snapshot, which gives a moment that is held already where there is one.
func (m *moments) of(v *view.View) func(context.Context) (*view.View, func(), error) {
	return func(ctx context.Context) (*view.View, func(), error) {
		m.mu.Lock()
		if n := len(m.free); n > 0 {
			held := m.free[n-1]
			m.free = m.free[:n-1]
			m.mu.Unlock()
			return held.view, func() { m.back(held) }, nil
		}
		m.mu.Unlock()
		taken, release, err := v.Snapshot(context.WithoutCancel(ctx)) // its transaction outlives the page
		if err != nil {
			return nil, nil, err
		}
		held := heldMoment{taken, release}
		return taken, func() { m.back(held) }, nil
	}
}

func (m *moments) back(held heldMoment) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.shut {
		held.release()
		return
	}
	m.free = append(m.free, held)
}

// close lets go of all; one that a page still reads goes when it was read.
func (m *moments) close() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.shut = true
	for _, held := range m.free {
		held.release()
	}
	m.free = nil
}
