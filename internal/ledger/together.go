package ledger

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// Appends that come while another one is being written to a database are written together, in one transaction: what they cost is mostly its journeys and its
// commit. Each is all or nothing by itself, and one that is refused takes no other along.

const (
	mostTogether = 64               // appends in one transaction
	togetherFor  = 25 * time.Second // for all of them
)

// turnWithin is how long an append waits for another one of this process, as the database lets it wait for those of others.
const turnWithin = 15 * time.Second

// takeTurn waits until nobody else in this process appends to a database. Those who wait must hold no connection: whoever appends may need one to read what
// is to be appended. SQLite has one connection for writing, for which they wait.
func (l *Store) takeTurn(ctx context.Context, doing string) (release func(), err error) {
	if !l.Shared() {
		return func() {}, nil
	}
	late := time.NewTimer(turnWithin)
	defer late.Stop()
	select {
	case l.turn <- struct{}{}:
		return func() { <-l.turn }, nil
	case <-late.C:
		return nil, faultf(ErrInUse, nil, "%s: %s: somebody else has been appending for longer than is waited for; nothing of it was kept: try again", l.path(), doing)
	case <-l.closed:
		return nil, ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// A joined is one append that waits to be written.
type joined struct {
	ctx     context.Context
	portion *prepared
	span    Span
	err     error
	done    chan struct{} // closed once span and err say what came of it
}

// A joining is where they wait.
type joining struct {
	mu      sync.Mutex
	waiting []*joined
	writing bool // somebody writes, and takes those who wait next
}

// together appends a portion, with those of others who come meanwhile.
func (l *Store) together(ctx context.Context, portion *prepared) (Span, error) {
	if l.writer == nil {
		return Span{}, faultf(ErrReadOnly, nil, "%s was opened for reading only", l.path())
	}
	j := &joined{ctx: ctx, portion: portion, done: make(chan struct{})}
	l.join.mu.Lock()
	l.join.waiting = append(l.join.waiting, j)
	if !l.join.writing {
		l.join.writing = true
		go l.writeWaiting()
	}
	l.join.mu.Unlock()
	<-j.done // also for who has gone: it may have been kept
	return j.span, j.err
}

// writeWaiting writes those who wait until nobody does.
func (l *Store) writeWaiting() {
	for {
		l.join.mu.Lock()
		group := l.join.waiting[:min(len(l.join.waiting), mostTogether)]
		l.join.waiting = slices.Clone(l.join.waiting[len(group):])
		l.join.writing = len(group) > 0
		l.join.mu.Unlock()
		if len(group) == 0 {
			return
		}
		if len(group) > 1 {
			l.writeGroup(group)
		} else {
			group[0].alone(l)
		}
		for _, j := range group {
			close(j.done)
		}
	}
}

// alone writes one append in a transaction of its own.
func (j *joined) alone(l *Store) {
	j.span, j.err = l.transact(j.ctx, "appending", func(tx *appendTx) error {
		if err := l.date(tx); err != nil {
			return err
		}
		return tx.write(j.ctx, j.portion, 0)
	})
}

// writeGroup writes several. Where the engine refuses something that is no fault of one of them, each is tried by itself.
func (l *Store) writeGroup(group []*joined) {
	ctx, cancel := context.WithTimeout(context.Background(), togetherFor)
	defer cancel()
	_, err := l.transact(ctx, "appending", func(tx *appendTx) error {
		if err := l.date(tx); err != nil {
			return err
		}
		for _, j := range group {
			if err := j.within(ctx, l, tx); err != nil {
				return err
			}
		}
		return nil
	})
	alone := err != nil && !errors.Is(err, ErrAway) && !errors.Is(err, ErrUnsure) && !errors.Is(err, ErrClosed)
	for _, j := range group {
		switch {
		case alone:
			j.err = nil
			j.alone(l)
		case err != nil:
			j.span, j.err = Span{}, err
		}
	}
}

// within writes one of several into their transaction. What is wrong with it alone is its own error; the one that is returned ends the transaction.
func (j *joined) within(ctx context.Context, l *Store, tx *appendTx) error {
	if j.err = j.ctx.Err(); j.err != nil {
		return nil
	}
	if _, err := tx.sql.ExecContext(ctx, `SAVEPOINT one`); err != nil {
		return &engineError{err}
	}
	head, grows := tx.head, tx.grows.clone()
	err := tx.write(ctx, j.portion, 0)
	var engine *engineError
	switch {
	case errors.As(err, &engine):
		return err
	case err == nil:
		j.span = Span{First: head.Seq + 1, Last: tx.head.Seq}
		_, err = tx.sql.ExecContext(ctx, `RELEASE SAVEPOINT one`)
	default:
		j.err = err
		tx.head, tx.grows = head, grows
		_, err = tx.sql.ExecContext(ctx, `ROLLBACK TO SAVEPOINT one`)
	}
	if err != nil {
		return &engineError{err}
	}
	return nil
}

// clone is the log as it is now, whatever is added to it.
func (g *growing) clone() *growing {
	if g == nil {
		return nil
	}
	return &growing{tree: Tree{size: g.tree.size, edge: slices.Clone(g.tree.edge)}, pending: slices.Clone(g.pending)}
}
