package evidence

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/view"
)

// A Skimmer is a ledger that can be asked for some kinds of thing alone.
type Skimmer interface {
	ReadOf(ctx context.Context, kinds []record.Kind, after int64, limit int) ([]ledger.Entry, error)
	LastBeside(ctx context.Context, kinds []record.Kind, upTo int64) (seq int64, at time.Time, err error)
}

// skimmed are the kinds that the set holds, and what takes their words away.
var skimmed = append(slices.Sorted(maps.Keys(holders)), ledger.Erasure)

// skim reads only what the set holds as far as a public view has read the ledger: most of a record are judgments, and of those the keeper needs
// only what they keep back, which the view knows. It is what makes the first page after a start wait. What comes after is read whole.
func (k *Keeper) skim(ctx context.Context) error {
	seen := k.opts.Seen
	from, can := k.opts.Entries.(Skimmer)
	if seen == nil || !can || k.opts.Scope != view.Public {
		return nil
	}
	for more := true; more; {
		entries, err := from.ReadOf(ctx, skimmed, k.set.seq, readAtOnce)
		if err != nil {
			return fmt.Errorf("evidence: read what was said after entry %d: %w", k.set.seq, err)
		}
		more = len(entries) == readAtOnce
		if i := slices.IndexFunc(entries, func(e ledger.Entry) bool { return e.Seq > seen.Seq() }); i >= 0 {
			entries, more = entries[:i], false
		}
		things := k.decode(entries)
		for i := range entries {
			if err := k.take(&entries[i], things[i]); err != nil {
				k.restart() // something was erased while this read: the whole is read
				return nil
			}
		}
	}
	seq, at, err := from.LastBeside(ctx, skimmed, seen.Seq())
	if err != nil {
		return fmt.Errorf("evidence: find what bore on figures last: %w", err)
	}
	if seq > 0 {
		k.figures = true
		if seq > k.touched.seq {
			k.touched = moment{seq, at}
		}
		if seq > k.set.seq {
			k.set.at = at
		}
	}
	k.judge()
	k.guard.trust(seen)
	k.set.seq = seen.Seq()
	return nil
}
