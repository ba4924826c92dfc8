package batch

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"fener/internal/ledger"
	"fener/internal/record"
)

// A Memory holds what is on record for a program that publishes again and again: the ledger is read once, and afterwards only what was appended since. It costs
// some fifty bytes for each thing. One publication after the other uses it.
type Memory struct {
	l ledger.Ledger

	mu    sync.Mutex
	known *known // nil until something was read
	seq   int64  // the last entry that was taken in
}

// NewMemory remembers nothing yet.
func NewMemory(l ledger.Ledger) *Memory { return &Memory{l: l} }

// CatchUp reads what was appended since the last time.
func (m *Memory) CatchUp(ctx context.Context) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.catchUp(ctx)
}

// errAnew says that what is remembered must be read anew.
var errAnew = errors.New("batch: texts were erased")

func (m *Memory) catchUp(ctx context.Context) error {
	for {
		if m.known == nil {
			k := newKnown()
			k.lean = true
			var err error
			if k.key, err = m.l.Key(); err != nil && !errors.Is(err, ledger.ErrNoKey) {
				return err
			}
			m.known, m.seq = k, 0
		}
		from := m.seq
		err := eachAfter(ctx, m.l, from, func(e *ledger.Entry) error {
			if e.Kind == ledger.Erasure && from > 0 { // texts that were taken in are gone, and may not be remembered
				return errAnew
			}
			m.seq = e.Seq
			return m.known.hear(e)
		})
		if err == nil {
			return nil
		}
		m.known = nil // a part of an entry may have been taken in
		if !errors.Is(err, errAnew) {
			return err
		}
	}
}

// Publish is what the function Publish does, from what is remembered.
func (m *Memory) Publish(ctx context.Context, opt PublishOptions) (Summary, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return alone(ctx, m.l, func() (Summary, error) {
		if err := m.catchUp(ctx); err != nil {
			return Summary{}, fmt.Errorf("publishing: %w", err)
		}
		return publish(ctx, m.l, opt, m.known.forPublishing())
	})
}

// alone lets nobody publish on another node while an import publishes, where the ledger is shared: each looks at what is public already.
func (o *Options) alone(ctx context.Context, l ledger.Ledger, do func() (Summary, error)) (Summary, error) {
	if o.DryRun || o.State != record.Published {
		return do()
	}
	return alone(ctx, l, do)
}

// alone lets nobody publish on another node meanwhile, where the ledger is shared.
func alone(ctx context.Context, l ledger.Ledger, do func() (Summary, error)) (sum Summary, err error) {
	of, can := l.(interface {
		Alone(ctx context.Context, do func() error) error
	})
	if !can {
		return do()
	}
	err = of.Alone(ctx, func() (err error) {
		sum, err = do()
		return err
	})
	return sum, err
}

// forPublishing is what is known with its own copy of all that publishing takes in before it is appended.
func (k *known) forPublishing() *known {
	own := *k
	own.protected, own.about = maps.Clone(k.protected), maps.Clone(k.about)
	own.victims, own.heldQuotes = k.victims.Clone(), slices.Clip(k.heldQuotes)
	return &own
}
