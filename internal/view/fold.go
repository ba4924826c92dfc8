package view

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// CatchUp folds every entry that the ledger holds by now. It can be stopped at
// any moment by its context and goes on from the last whole batch next time. A
// file that is damaged is built anew beside it; readers see it as it was until
// the new one is whole.
func (v *View) CatchUp(ctx context.Context) error {
	v.folding.Lock()
	defer v.folding.Unlock()
	if v.isClosed() {
		return ErrClosed
	}
	anew, err := v.worthBuilding(ctx)
	if err != nil {
		return err
	}
	if anew {
		if err := v.renew(ctx); err != nil {
			return err
		}
	}
	err = v.foldAll(ctx)
	for errors.Is(err, errMoved) {
		id, readErr := readIdentity(ctx, v.files.reader)
		if readErr != nil {
			return errors.Join(err, readErr)
		}
		v.reached(id.seq, id.shown, id.public.tree.Size())
		err = v.foldAll(ctx)
	}
	if err != nil && isDamage(err) && ctx.Err() == nil {
		v.hurt.Store(true)
		v.log.Warn("the view's file is damaged; it is built anew from the ledger, nothing is lost", "path", v.opts.Path, "error", err)
		if err := v.renew(ctx); err != nil {
			return err
		}
		err = v.foldAll(ctx)
	}
	if err == nil && v.state != nil {
		err = v.state.writer.clean(ctx)
	}
	return err
}

func (v *View) isClosed() bool {
	v.gate.Lock()
	defer v.gate.Unlock()
	return v.closed
}

// worthBuilding reports whether the file must be built anew, or is empty and has
// so much to take in that building it apart is quicker.
func (v *View) worthBuilding(ctx context.Context) (bool, error) {
	if v.opts.bulk || v.anew() || v.files == nil {
		return !v.opts.bulk, nil
	}
	if v.Seq() > 0 {
		return false, nil
	}
	head, err := v.opts.Ledger.Head(ctx)
	if err != nil {
		return false, fmt.Errorf("view: ask where the ledger ends: %w", err)
	}
	return head.Seq > batchEntries, nil
}

// renew builds the file anew beside the old one and puts it in its place. Nothing
// is taken away before, so what fails half-way can be tried again.
func (v *View) renew(ctx context.Context) error {
	fresh, err := build(ctx, v.opts)
	if err != nil {
		return err
	}
	if err := fresh.finish(ctx); err != nil {
		return errors.Join(err, removeFile(fresh.opts.Path))
	}
	if err := v.exchange(ctx, fresh.opts.Path); err != nil {
		v.hurt.Store(true) // what stands in its place is not known
		return err
	}
	v.hurt.Store(false)
	v.foreign.Store(false)
	v.bell.Ring()
	return nil
}

// foldAll reads batches and writes them, the next one being read while one is
// written.
func (v *View) foldAll(ctx context.Context) error {
	f, err := v.start(ctx)
	if err != nil {
		return err
	}
	// What happened in a batch that failed is not known to the reader of the
	// ledger, so both begin anew after a fault.
	if err := v.run(ctx, f); err != nil {
		v.state = nil
		return errors.Join(err, f.close())
	}
	return nil
}

func (v *View) start(ctx context.Context) (*folding, error) {
	if v.state != nil {
		return v.state, nil
	}
	conn, err := v.files.writer.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("view: open %s for writing: %w", v.opts.Path, err)
	}
	var version int64
	if err := conn.QueryRowContext(ctx, movedSQL).Scan(&version); err != nil {
		return nil, errors.Join(fmt.Errorf("view: open %s for writing: %w", v.opts.Path, err), conn.Close())
	}
	id, err := readIdentity(ctx, conn)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("view: read what it holds: %w", err), conn.Close())
	}
	care, err := readCare(ctx, conn)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("view: read which cases have a child victim: %w", err), conn.Close())
	}
	children, err := readChildren(ctx, conn)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("view: read whose findings rest on a child victim: %w", err), conn.Close())
	}
	w, err := newWriter(ctx, v, conn, id.public)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("view: %w", err), conn.Close())
	}
	if v.Seq() == 0 {
		if err := w.indexPack(ctx); err != nil {
			return nil, errors.Join(err, w.close(), conn.Close())
		}
	}
	v.state = &folding{conn: conn, version: version, writer: w,
		reader: &reader{scope: v.opts.Scope, entries: v.opts.Ledger, checker: v.checker, log: v.log, care: care, child: children, tree: id.tree, past: v.opts.past}}
	return v.state, nil
}

func (v *View) run(ctx context.Context, f *folding) error {
	total := int64(0)
	if v.opts.Progress != nil {
		head, err := v.opts.Ledger.Head(ctx)
		if err != nil {
			return fmt.Errorf("view: ask where the ledger ends: %w", err)
		}
		total = head.Seq
	}
	read, stop := context.WithCancel(ctx)
	defer stop()
	type result struct {
		batch *batch
		err   error
	}
	ready := make(chan result, 1)
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		for after := v.Seq(); ; {
			b, err := f.reader.next(read, after)
			select {
			case ready <- result{b, err}:
			case <-read.Done():
				return
			}
			if b == nil || err != nil {
				return
			}
			after = b.entries[len(b.entries)-1].Seq
		}
	}()
	defer func() { stop(); <-finished }()
	for {
		var r result
		select {
		case r = <-ready:
		case <-ctx.Done():
			return ctx.Err()
		}
		if r.err != nil || r.batch == nil {
			return r.err
		}
		if err := f.writer.batch(ctx, r.batch); err != nil {
			return err
		}
		v.reached(r.batch.entries[len(r.batch.entries)-1].Seq, cmp.Or(r.batch.shows(), v.Shown()), f.writer.counted.tree.Size())
		v.bell.Ring()
		if v.opts.Progress != nil {
			v.opts.Progress(v.Seq(), max(total, v.Seq()))
		}
	}
}

// Run folds entries as they are appended, until ctx is done or the ledger is
// closed; it then returns that error. The file being damaged does not end it.
func (v *View) Run(ctx context.Context) error {
	for {
		if err := v.CatchUp(ctx); err != nil {
			return err
		}
		if err := v.await(ctx); err != nil {
			return err
		}
	}
}

// await returns when there is something to fold: a new entry, or a file to be
// built anew. Meanwhile it looks after the file.
func (v *View) await(ctx context.Context) error {
	follow, stop := context.WithCancel(ctx)
	var wait sync.WaitGroup
	defer wait.Wait()
	defer stop()
	wait.Go(func() {
		v.lookAfter(follow)
		stop()
	})
	for e, err := range v.opts.Ledger.Follow(follow, v.Seq()) {
		switch {
		case err != nil && v.anew() && ctx.Err() == nil:
			return nil
		case err != nil:
			return fmt.Errorf("view: follow the ledger: %w", err)
		case e.Seq > v.Seq():
			return nil
		}
	}
	return ctx.Err()
}

// anew reports whether the file must be built anew.
func (v *View) anew() bool { return v.hurt.Load() || v.foreign.Load() }

// How often a view at rest looks after its file.
const (
	watchEvery  = 2 * time.Second  // who else wrote to it; costs a few microseconds
	sealAfter   = 20 * time.Second // without a new entry
	verifyEvery = time.Hour        // all of it against its seal
)

// lookAfter returns when the file must be built anew, or ctx is done.
func (v *View) lookAfter(ctx context.Context) {
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for rested := watchEvery; ; {
		wake := v.bell.Next()
		if v.anew() {
			return
		}
		select {
		case <-wake:
			continue
		case <-ctx.Done():
			return
		case <-tick.C:
			errs := []error{v.Watch(ctx), v.tidyLog(ctx)}
			if rested%sealAfter == 0 {
				errs = append(errs, v.Seal(ctx))
			}
			if rested%verifyEvery == 0 {
				errs = append(errs, v.Verify(ctx))
			}
			rested += watchEvery
			if err := errors.Join(errs...); err != nil && ctx.Err() == nil {
				v.log.Error("looking after the view's file", "path", v.opts.Path, "error", err)
			}
		}
	}
}

// tidyLog tries again to empty a log that a reader held.
func (v *View) tidyLog(ctx context.Context) error {
	if !v.folding.TryLock() {
		return nil
	}
	defer v.folding.Unlock()
	if v.state == nil {
		return nil
	}
	return v.state.writer.clean(ctx)
}

// WaitFor returns when reads can see an entry. It folds by itself what Run has
// not folded yet, so that it ends also where nobody runs. It errors where the
// ledger does not hold the entry.
func (v *View) WaitFor(ctx context.Context, seq int64) error {
	for v.Seq() < seq {
		before := v.Seq()
		if err := v.CatchUp(ctx); err != nil {
			return err
		}
		if v.Seq() == before && v.Seq() < seq {
			return fmt.Errorf("view: entry %d is awaited, but the ledger ends with %d: %w", seq, v.Seq(), ErrNotFound)
		}
	}
	return nil
}

// Changed returns a channel that is closed at the next batch: a page cache or
// the columns of figures wait on it instead of asking again and again.
func (v *View) Changed() <-chan struct{} { return v.bell.Next() }
