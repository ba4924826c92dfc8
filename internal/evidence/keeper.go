package evidence

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
)

// Entries is what a keeper needs of the ledger: to read it, never to write.
type Entries interface {
	Read(ctx context.Context, after int64, limit int) ([]ledger.Entry, error)
	Follow(ctx context.Context, after int64) iter.Seq2[ledger.Entry, error]
}

// Options are what a keeper is made with. The zero Scope is the public's.
type Options struct {
	Scope   view.Scope
	Entries Entries
	Pack    *law.Pack
	Figures Figures    // as of now; may be nil. The caller sees to it that it has read as far as the keeper is asked to
	Care    *view.Care // what today keeps back, where the entries end at a past moment; nil: what the entries say
	Seen    *view.Care // what a public view that has read the same ledger keeps back; nil: every entry is read. See skim
	Log     *slog.Logger
}

// A Keeper keeps a set in step with a ledger at one scope. Its methods may be
// called from several goroutines at once.
//
// The public scope takes in published entries only, as the view does: the last
// published revision stands while a later draft is in the making, and what was
// withdrawn or erased goes. The desk's takes in the newest revision of
// everything. Entries that were appended together are one publication: claims
// are judged once after it, and of all claims only those that it bears on.
type Keeper struct {
	opts  Options
	log   *slog.Logger
	ready atomic.Pointer[Set] // what readers get; never changed

	folding sync.Mutex // guards all below
	guard   *guard
	set     *Set // being worked on; readers get copies
	now     publication
	due     map[string]bool // claims that the publication bears on
	sources map[string]bool // sources that it made a retelling, or no longer one
	touched moment          // the last entry that bore on what the record computes
	figures bool            // it has done so since the keeper caught up
	erased  map[int64]bool  // entries that were read without their text
}

// A publication is entries that were appended together.
type publication struct {
	seq   int64 // of its first entry
	at    time.Time
	last  time.Time // of its last entry so far
	batch string    // of that entry
}

// A moment is an entry and its time.
type moment struct {
	seq int64
	at  time.Time
}

func (p *publication) holds(e *ledger.Entry) bool {
	return p.seq > 0 && (p.last.Equal(e.At) || p.batch != "" && p.batch == e.Batch)
}

// Fold makes a keeper and reads the ledger to its end.
func Fold(ctx context.Context, o Options) (*Keeper, error) {
	k := &Keeper{opts: o, log: o.Log}
	if k.log == nil {
		k.log = slog.New(slog.DiscardHandler)
	}
	k.restart()
	k.ready.Store(NewSet(o.Pack))
	if err := k.skim(ctx); err != nil {
		return nil, err
	}
	return k, k.CatchUp(ctx)
}

func (k *Keeper) restart() {
	k.set = NewSet(k.opts.Pack)
	k.set.Figures = k.opts.Figures
	k.guard = newGuard(k.opts.Care)
	k.now, k.touched, k.figures = publication{}, moment{}, false
	k.due, k.sources, k.erased = map[string]bool{}, map[string]bool{}, map[int64]bool{}
}

// Set is what was said as of the last time that the keeper caught up. It is
// never changed: a reader takes it once for a page and can go on reading it
// while newer entries are folded into another one.
func (k *Keeper) Set() *Set { return k.ready.Load() }

// readAtOnce is how many entries are read and decoded at a time.
const readAtOnce = 5000

// errTurned means that a case turned out to be that of a child victim, or not to be, of which not every entry was read.
var errTurned = errors.New("evidence: the protection of a case changed")

// errErased means that a text which had a part in the standings was erased.
var errErased = errors.New("evidence: an erased text had a part in past standings")

// CatchUp folds every entry that the ledger holds by now. After an error the
// next call begins anew; readers keep the set that they have.
//
// After an erasure it folds the whole ledger again, so that nothing, not even a
// past standing, rests on what was erased.
func (k *Keeper) CatchUp(ctx context.Context) error {
	k.folding.Lock()
	defer k.folding.Unlock()
	before := k.set.seq
	err := k.read(ctx)
	for errors.Is(err, errErased) || errors.Is(err, errTurned) {
		k.restart()
		err = k.read(ctx)
	}
	if err != nil {
		k.restart()
		return err
	}
	if k.set.seq != before || k.ready.Load().seq != k.set.seq {
		k.ready.Store(k.handed())
	}
	return nil
}

func (k *Keeper) read(ctx context.Context) error {
	for {
		entries, err := k.opts.Entries.Read(ctx, k.set.seq, readAtOnce)
		if err != nil {
			return fmt.Errorf("evidence: read the ledger after entry %d: %w", k.set.seq, err)
		}
		if len(entries) == 0 {
			k.judge()
			k.judgeFigures()
			return nil
		}
		things := k.decode(entries)
		for i := range entries {
			if k.opts.Scope == view.Public && k.guard.hear(&entries[i]) {
				return errTurned
			}
			if err := k.take(&entries[i], things[i]); err != nil {
				return err
			}
		}
	}
}

// take folds one entry.
func (k *Keeper) take(e *ledger.Entry, thing any) error {
	if !k.now.holds(e) {
		k.judge()
		k.now = publication{seq: e.Seq, at: e.At}
	}
	k.now.last, k.now.batch = e.At, e.Batch
	k.set.seq, k.set.at = e.Seq, e.At
	if e.Erased {
		k.erased[e.Seq] = true
	}
	switch {
	case e.Kind == ledger.Erasure:
		return k.erase(e)
	case k.shows(e.State):
		k.put(e, thing)
	}
	return nil
}

// shows reports whether the scope takes in entries in a state.
func (k *Keeper) shows(state record.State) bool {
	return k.opts.Scope == view.Desk || state == record.Published || state == record.Withdrawn
}

// Follow catches up whenever entries are appended, until ctx is done or the
// ledger is closed; it then returns that error. changed, if not nil, is called
// after each time.
func (k *Keeper) Follow(ctx context.Context, changed func(*Set)) error {
	for {
		if err := k.CatchUp(ctx); err != nil {
			return err
		}
		if changed != nil {
			changed(k.Set())
		}
		if err := k.await(ctx); err != nil {
			return err
		}
	}
}

func (k *Keeper) await(ctx context.Context) error {
	for _, err := range k.opts.Entries.Follow(ctx, k.Set().seq) {
		if err != nil {
			return fmt.Errorf("evidence: follow the ledger: %w", err)
		}
		return nil
	}
	return ctx.Err()
}

// Refigure judges anew the claims about what the record computes. The caller
// calls it when Figures can answer for more of the ledger than when the keeper
// caught up.
func (k *Keeper) Refigure() {
	k.folding.Lock()
	defer k.folding.Unlock()
	k.figures = true
	k.judgeFigures()
	k.ready.Store(k.handed())
}

// handed is the set as readers get it.
func (k *Keeper) handed() *Set {
	set := k.set.clone()
	if k.opts.Scope == view.Public {
		return k.guard.coarsen(set)
	}
	return set
}
