package node

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fener/internal/ledger"
	"fener/internal/view"
)

// How often the ledger is read as a whole, and how soon after new entries their
// checkpoint is kept.
const (
	verifyEvery = 24 * time.Hour
	keepAfter   = 10 * time.Second
)

// recall reads the checkpoint that was kept of a ledger and holds the ledger
// against it.
func recall(ctx context.Context, led *ledger.Store, dir string) (*ledger.Kept, error) {
	if dir == "" {
		return nil, nil
	}
	head, err := led.Head(ctx)
	if err != nil {
		return nil, err
	}
	kept, err := ledger.Remembered(dir, head.Ledger)
	if err != nil || kept == nil {
		return nil, err
	}
	return kept, led.HoldAgainst(ctx, kept)
}

// verifyAtLatest is how long after the start the ledger is verified at the latest, whether or not the first pages are made.
const verifyAtLatest = 5 * time.Second

// guard verifies the whole ledger beside the readers, at the start and every day,
// and keeps its checkpoint as it grows. It returns when ctx is done, or with an
// error when the ledger is not the one whose checkpoint was kept.
func (n *Node) guard(ctx context.Context, v *view.View) error {
	verify := time.NewTimer(verifyAtLatest) // the first readers are answered before: reading the whole ledger takes both processors
	warmed := n.warmed
	defer verify.Stop()
	defer n.keep(context.WithoutCancel(ctx), v)
	for {
		changed := v.Changed()
		select {
		case <-warmed:
			warmed = nil
			verify.Reset(0)
		case <-verify.C:
			if err := n.verify(ctx); err != nil {
				return endedBy(ctx, err)
			}
			n.keep(ctx, v)
			verify.Reset(verifyEvery)
		case <-changed:
			select {
			case <-time.After(keepAfter):
				n.keep(ctx, v)
			case <-ctx.Done():
				return nil
			}
		case <-ctx.Done():
			return nil
		}
	}
}

// verify reads the whole ledger. What does not hold in it is logged and told by
// /healthz; readers see what was folded before. Entries other than those that were
// seen before are an error. One verification follows the other, so that what stands told is what the last one that began has found.
func (n *Node) verify(ctx context.Context) error {
	n.verifying.Lock()
	defer n.verifying.Unlock()
	var against []ledger.Checkpoint
	if n.kept != nil {
		against = append(against, n.kept.Checkpoint)
	}
	report, err := n.ledger.VerifyAgainst(ctx, against, nil)
	if err == nil {
		err = report.Err()
	}
	if err == nil {
		n.fault.Store(nil)
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	n.fault.Store(&err)
	for i := range report.Faults[:min(len(report.Faults), 10)] {
		n.opts.Log.Error("the ledger does not hold", "fault", report.Faults[i].String())
	}
	if len(report.Faults) == 0 {
		n.opts.Log.Error("the ledger could not be verified", "error", err)
	}
	for _, f := range report.Faults {
		if f.What == ledger.FaultCheckpoint {
			return fmt.Errorf("%w: %s; find out why and put the right one back, or say that it is meant (fener ledger accept --data DIR --why REASON)", ledger.ErrRewound, f.Text)
		}
	}
	return nil
}

// keep keeps the checkpoint of what the view holds, which was read entry by entry
// and held against its commitments.
func (n *Node) keep(ctx context.Context, v *view.View) {
	if n.opts.Checkpoints == "" || n.fault.Load() != nil {
		return
	}
	now, err := v.Checkpoint(ctx)
	if err == nil && n.kept != nil && now.Size <= n.kept.Size {
		return
	}
	if err == nil {
		err = ledger.Remember(n.opts.Checkpoints, now)
	}
	switch {
	case err == nil:
		n.kept = &now
	case errors.Is(err, view.ErrForeign), errors.Is(err, view.ErrDamaged): // it is built anew, and kept then
	default:
		n.opts.Log.Error("the checkpoint could not be kept; an older ledger in the place of this one may not be noticed", "folder", n.opts.Checkpoints, "error", err)
	}
}
