package view

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"

	"fener/internal/ledger"
	"fener/internal/sqlitefile"
	"fener/law"
)

// View is one fold of the ledger, open for reading. Its methods may be called
// from several goroutines at once.
type View struct {
	*fold
	pin *pin // the moment that it shows; nil: the newest
}

// fold is what a view and its snapshots share.
type fold struct {
	opts     Options
	checker  *checker
	log      *slog.Logger
	packHash string

	folding sync.Mutex // held by who writes
	state   *folding   // what the writer needs between batches; nil after a fault
	sealed  int64      // entry up to which the file is sealed; -1: it is not

	gate   sync.Mutex // held for a moment, to take the files or exchange them
	files  *files     // nil when closed, and after an exchange that failed half-way
	closed bool

	seq      atomic.Int64
	shown    atomic.Int64
	position atomic.Int64 // of the public
	hurt     atomic.Bool  // a read met damage; the next fold begins anew
	foreign  atomic.Bool  // what the file holds is not what was folded; nothing of it is shown

	bell sqlitefile.Bell // rung after each batch
}

// folding is a writer and a reader of the ledger that go on from batch to batch.
type folding struct {
	conn    *sql.Conn
	version int64 // SQLite's count of what other connections wrote, when this one began
	writer  *writer
	reader  *reader
}

// close gives everything back. A statement that stays open would keep SQLite
// from folding its log into the file.
func (f *folding) close() error {
	return errors.Join(f.writer.close(), f.conn.Close())
}

// Open opens a view, or begins an empty one where there is none. It does not
// fold: call CatchUp before the first read. A file that is damaged, was changed by
// others, is of another schema or another ledger is thrown away with a line in
// the log. After a change of the law pack the view is built anew here, and the
// log says how many findings changed; Rebuild lists them.
//
// A view that knows more than the ledger is no reason to forget it: the error then
// matches ErrRewound, and nothing is changed.
func Open(ctx context.Context, o Options) (*View, error) {
	v := newView(o)
	why, err := v.unfit(ctx)
	if err != nil {
		return nil, err
	}
	switch {
	case why == otherPack:
		v.log.Info("the law pack changed; building the view anew", "path", o.Path)
		changes, err := Rebuild(ctx, o)
		if err != nil {
			return nil, err
		}
		v.log.Info("the view was built anew", "path", o.Path, "entries", changes.Folded, "findings_changed", changes.FindingsInAll)
	case why != "":
		v.log.Warn("the view cannot be used and is built anew from the ledger; nothing is lost", "path", o.Path, "why", why)
		if err := removeFile(o.Path); err != nil {
			return nil, err
		}
	}
	if err := v.openFiles(ctx, writing); err != nil {
		return nil, errors.Join(err, v.Close())
	}
	return v, nil
}

func newView(o Options) *View {
	v := &View{fold: &fold{opts: o, checker: newChecker(o.Pack), log: o.Log, packHash: packHash(o.Pack), sealed: -1}}
	if v.log == nil {
		v.log = slog.New(slog.DiscardHandler)
	}
	return v
}

// otherPack is the one reason for which an old view is worth comparing.
const otherPack = "its findings come from another law pack"

// unfit says why the file cannot be used as it is; empty where it can, or where
// there is none.
func (v *View) unfit(ctx context.Context) (why string, err error) {
	if _, err := os.Stat(v.opts.Path); errors.Is(err, os.ErrNotExist) {
		return "", removeFile(v.opts.Path) // a log without its file must not be taken up
	}
	if _, err := sqlitefile.Look(v.opts.Path); err != nil {
		return err.Error(), nil
	}
	head, err := v.opts.Ledger.Head(ctx)
	if err != nil {
		return "", fmt.Errorf("view: ask where the ledger ends: %w", err)
	}
	broken := checkSeal(v.opts.Path) // before SQLite has it open, see sealOf
	db, err := openFile(v.opts.Path, looking)
	if err != nil {
		return "", err
	}
	defer db.Close()
	id, err := readIdentity(ctx, db)
	if err == nil {
		err = errors.Join(checkMade(ctx, db), touchTables(ctx, db))
	}
	if errors.Is(broken, errBroken) { // then it is no witness of what the ledger held
		err = errors.Join(err, broken)
	}
	if err != nil {
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		return err.Error(), nil
	}
	if why, err = v.compare(ctx, id, head); err != nil || why != "" && why != otherPack {
		return why, err
	}
	if broken != nil {
		return broken.Error(), nil
	}
	v.sealed = id.seq
	return why, nil
}

// compare says why a view with this identity does not fit; empty where it does.
func (v *View) compare(ctx context.Context, id identity, head ledger.Head) (string, error) {
	switch {
	case id.schema != schemaVersion:
		return fmt.Sprintf("it has form %d, this program reads %d", id.schema, schemaVersion), nil
	case id.scope != v.opts.Scope.String():
		return fmt.Sprintf("it is a %s view, not a %s one", id.scope, v.opts.Scope), nil
	}
	if err := rewound(ctx, v.opts.Path, id, head, v.opts.Ledger); err != nil {
		return "", err
	}
	if id.pack != v.packHash {
		return otherPack, nil
	}
	return "", nil
}

// rewound refuses a ledger that is older than a view of it, or another one: what
// the view was folded from existed, and was published.
func rewound(ctx context.Context, path string, id identity, head ledger.Head, entries Entries) error {
	const remedy = "if that was done on purpose, and what is missing may be forgotten, say so: fener ledger accept --data DIR --why REASON"
	switch {
	case id.seq == 0:
		return nil
	case id.ledger != head.Ledger:
		return fmt.Errorf("%w: %s was folded from the ledger %s, and this is %s: %s", ErrRewound, path, id.ledger, head.Ledger, remedy)
	case id.seq > head.Seq:
		return fmt.Errorf("%w: %s holds entry %d, and the ledger ends with %d: its end was cut off, or an older copy lies in its place: %s", ErrRewound, path, id.seq, head.Seq, remedy)
	}
	read, err := entries.Read(ctx, id.seq-1, 1)
	if err != nil {
		return fmt.Errorf("view: read entry %d: %w", id.seq, err)
	}
	if len(read) == 0 || fmt.Sprintf("%x", read[0].Chain) != id.chain {
		return fmt.Errorf("%w: entry %d of the ledger is another one than %s was folded from: it was rewritten, or an older copy lies in its place that went on otherwise: %s",
			ErrRewound, id.seq, path, remedy)
	}
	return nil
}

// reached notes how far the file reaches.
func (v *View) reached(seq, shown, position int64) {
	v.position.Store(position)
	v.shown.Store(shown)
	v.seq.Store(seq)
}

// Scope is which of the two folds this is.
func (v *View) Scope() Scope { return v.opts.Scope }

// Pack is the law pack that the findings come from.
func (v *View) Pack() *law.Pack { return v.opts.Pack }

// Seq is the number of the last entry that reads can see; 0 where there is none.
func (v *View) Seq() int64 {
	if v.pin != nil {
		return v.pin.seq
	}
	return v.seq.Load()
}

// Shown is the number of the last entry that can have changed what reads see: of the public view one that was published, taken back or erased, or
// says of a case whether its victim was a child. What was made from reads is as good as new while it stays, whatever drafts are entered.
func (v *View) Shown() int64 {
	if v.pin != nil {
		return v.pin.shown
	}
	return v.shown.Load()
}

// read runs a function on what reads see. Damage that it meets is marked, so that
// the next fold builds the file anew.
func (v *View) read(doing string, f func(db querier) error) error {
	if v.foreign.Load() {
		return fmt.Errorf("view: %s: %w", doing, ErrForeign)
	}
	var err error
	if v.pin != nil {
		err = v.pin.read(f)
	} else {
		held, acquired := v.acquire()
		if acquired != nil {
			return acquired
		}
		defer v.release(held)
		err = f(held.reader)
	}
	switch {
	case err == nil, errors.Is(err, ErrNotFound), errors.Is(err, ErrGone):
		return err
	case isDamage(err):
		if !v.hurt.Swap(true) {
			v.log.Warn("the view's file is damaged; it is built anew from the ledger, nothing is lost", "path", v.opts.Path, "error", err)
			v.bell.Ring()
		}
		return fmt.Errorf("view: %s: %w (%w; it is built anew from the ledger)", doing, ErrDamaged, err)
	}
	return fmt.Errorf("view: %s: %w", doing, err)
}
