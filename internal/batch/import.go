package batch

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"fener/internal/ledger"
	"fener/internal/record"
)

// chunk is how many changes are handed over at a time.
const chunk = 256

// Judgments plans the judgments that rows make and appends them all or, where
// something is refused, none (see Options.SkipRefused); then the error is a
// *RefusedError. Memory does not grow with the number of rows.
func Judgments(ctx context.Context, l ledger.Ledger, rows iter.Seq2[Row, error], opt Options) (Summary, error) {
	return opt.alone(ctx, l, func() (Summary, error) { return judgments(ctx, l, rows, opt) })
}

func judgments(ctx context.Context, l ledger.Ledger, rows iter.Seq2[Row, error], opt Options) (Summary, error) {
	run, err := begin(ctx, l, opt, record.JudgmentKind)
	if err != nil {
		return Summary{}, err
	}
	counted := func(yield func(Row, error) bool) {
		for row, err := range rows {
			run.sum.Rows++
			if run.opt.Progress != nil && run.sum.Rows%1000 == 0 {
				run.opt.Progress(run.sum.Rows)
			}
			if !yield(row, err) {
				return
			}
		}
	}
	return run.do(ctx, func(take func(plan) error) error {
		for g, err := range run.planner.gather(counted) {
			if err != nil {
				return err
			}
			planned, err := run.planner.judgment(ctx, g)
			if err != nil {
				return err
			}
			if err := take(planned); err != nil {
				return err
			}
		}
		return nil
	})
}

// A run is one import.
type run struct {
	led     ledger.Ledger
	opt     Options
	planner *planner
	sum     Summary
	kinds   []record.Kind // that Summary.Classes counts; none: all
}

// begin begins a run that brings things of kinds.
func begin(ctx context.Context, l ledger.Ledger, opt Options, kinds ...record.Kind) (*run, error) {
	k, err := readKnown(ctx, l, opt.reconcile)
	if err != nil {
		return nil, err
	}
	return beginWith(l, k, opt, kinds...)
}

// beginWith begins with what is known of the record.
func beginWith(l ledger.Ledger, k *known, opt Options, kinds ...record.Kind) (_ *run, err error) {
	if len(kinds) > 0 && k.key == nil { // new things would be named
		_, err := l.Key()
		return nil, err
	}
	if opt, err = opt.withDefaults(k); err != nil {
		return nil, err
	}
	r := &run{led: l, opt: opt, planner: newPlanner(k, l, opt), sum: Summary{DryRun: opt.DryRun, Classes: map[Class]int{}}, kinds: kinds}
	if len(kinds) == 1 {
		r.sum.Kind = kinds[0]
	}
	return r, nil
}

// do runs the planning beside the appending: plans go through a channel in
// chunks, so that both processors have work and memory stays bounded.
func (r *run) do(ctx context.Context, plans func(take func(plan) error) error) (Summary, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	changes := make(chan []ledger.Change, 4)
	planned := make(chan error, 1)
	go func() {
		defer close(changes)
		planned <- r.plan(ctx, plans, changes)
	}()
	span, err := r.append(ctx, changes, planned)
	cancel()
	for range changes { // the planner may still hold a chunk
	}
	if err != nil {
		r.sum.Rejected = errors.As(err, new(*RefusedError))
		return r.sum, err
	}
	if r.opt.DryRun {
		return r.sum, nil
	}
	if r.sum.Entries = span.Len(); r.sum.Entries > 0 {
		r.sum.Batch, r.sum.First, r.sum.Last = r.opt.Batch, span.First, span.Last
	}
	return r.sum, nil
}

// plan feeds the channel; once something was refused it only goes on planning,
// so that everything wrong with the file is heard of.
func (r *run) plan(ctx context.Context, plans func(take func(plan) error) error, changes chan<- []ledger.Change) error {
	var waiting []ledger.Change
	send := func(least int) error {
		if len(waiting) < least || len(waiting) == 0 {
			return nil
		}
		select {
		case changes <- waiting:
			waiting = nil
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	err := plans(func(p plan) error {
		if err := r.count(p); err != nil {
			return err
		}
		if r.opt.DryRun || r.rejected() {
			waiting = nil
			return ctx.Err()
		}
		waiting = append(waiting, p.changes...)
		return send(chunk)
	})
	switch {
	case err != nil:
		return err
	case r.rejected():
		if r.opt.DryRun {
			return nil
		}
		return &RefusedError{r.sum}
	}
	return send(1)
}

func (r *run) rejected() bool { return r.sum.Classes[Refused] > 0 && !r.opt.SkipRefused }

func (r *run) count(p plan) error {
	for _, it := range p.items {
		if len(r.kinds) == 0 || slices.Contains(r.kinds, it.Kind) {
			r.sum.Classes[it.Class]++
		} else if it.Class != Same {
			r.sum.Also++
		}
		if r.opt.Item != nil {
			if err := r.opt.Item(it); err != nil {
				return fmt.Errorf("writing the preview: %w", err)
			}
		}
	}
	return nil
}

// append takes the changes from the channel into one AppendAll. The planner's
// verdict comes last and takes everything back when it is an error.
func (r *run) append(ctx context.Context, changes <-chan []ledger.Change, planned <-chan error) (ledger.Span, error) {
	sequence := func(yield func(ledger.Change, error) bool) {
		for some := range changes {
			for _, c := range some {
				if !yield(c, nil) {
					return
				}
			}
		}
		if err := <-planned; err != nil {
			yield(ledger.Change{}, err)
		}
	}
	return r.led.AppendAll(ctx, sequence)
}
