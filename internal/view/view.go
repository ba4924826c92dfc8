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
	"fener/law"
)

// View is one fold of the ledger, open for reading. Its methods may be called
// from several goroutines at once.
type View struct {
	opts     Options
	checker  *checker
	log      *slog.Logger
	packHash string

	folding sync.Mutex // held by who writes
	state   *folding   // what the writer needs between batches; nil after a fault

	gate   sync.RWMutex // held for writing while the file is exchanged
	writer *sql.DB
	reader *sql.DB
	closed bool

	seq  atomic.Int64
	hurt atomic.Bool // a read met damage; the next fold begins anew

	waking sync.Mutex
	wake   chan struct{} // closed and replaced after each batch
}

// folding is a writer and a reader of the ledger that go on from batch to batch.
type folding struct {
	conn   *sql.Conn
	writer *writer
	reader *reader
}

// close gives everything back. A statement that stays open would keep SQLite
// from folding its log into the file.
func (f *folding) close() error {
	return errors.Join(f.writer.close(), f.conn.Close())
}

// Open opens a view, or begins an empty one where there is none. It does not
// fold: call CatchUp before the first read. A file that is damaged, of another
// schema, of another ledger or ahead of this one is thrown away with a line in
// the log. After a change of the law pack the view is built anew here, and the
// log says how many findings changed; Rebuild lists them.
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
	if err := v.openFiles(ctx); err != nil {
		return nil, errors.Join(err, v.Close())
	}
	return v, nil
}

func newView(o Options) *View {
	v := &View{opts: o, checker: newChecker(o.Pack), log: o.Log, packHash: packHash(o.Pack), wake: make(chan struct{})}
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
	if err := look(v.opts.Path); err != nil {
		return err.Error(), nil
	}
	head, err := v.opts.Ledger.Head(ctx)
	if err != nil {
		return "", fmt.Errorf("view: ask where the ledger ends: %w", err)
	}
	db, err := openFile(v.opts.Path, looking)
	if err != nil {
		return "", err
	}
	defer db.Close()
	id, err := readIdentity(ctx, db)
	if err == nil {
		err = touchTables(ctx, db)
	}
	if err != nil {
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		return err.Error(), nil
	}
	return v.compare(ctx, id, head)
}

// compare says why a view with this identity does not fit; empty where it does.
func (v *View) compare(ctx context.Context, id identity, head ledger.Head) (string, error) {
	switch {
	case id.schema != schemaVersion:
		return fmt.Sprintf("it has form %d, this program reads %d", id.schema, schemaVersion), nil
	case id.scope != v.opts.Scope.String():
		return fmt.Sprintf("it is a %s view, not a %s one", id.scope, v.opts.Scope), nil
	case id.ledger != head.Ledger:
		return "it was folded from another ledger", nil
	case id.seq > head.Seq:
		return fmt.Sprintf("it holds entry %d, but the ledger ends with %d", id.seq, head.Seq), nil
	}
	if id.seq > 0 {
		entries, err := v.opts.Ledger.Read(ctx, id.seq-1, 1)
		if err != nil {
			return "", fmt.Errorf("view: read entry %d: %w", id.seq, err)
		}
		if len(entries) == 0 || fmt.Sprintf("%x", entries[0].Chain) != id.chain {
			return fmt.Sprintf("entry %d of the ledger is another one than it was folded from", id.seq), nil
		}
	}
	if id.pack != v.packHash {
		return otherPack, nil
	}
	return "", nil
}

// openFiles opens the two handles, making the tables where the file is new.
func (v *View) openFiles(ctx context.Context) (err error) {
	if v.writer, err = openFile(v.opts.Path, writing); err != nil {
		return err
	}
	v.writer.SetMaxOpenConns(1)
	var tables int
	if err := v.writer.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema`).Scan(&tables); err != nil {
		return fmt.Errorf("view: open %s: %w", v.opts.Path, err)
	}
	if tables == 0 {
		head, err := v.opts.Ledger.Head(ctx)
		if err != nil {
			return fmt.Errorf("view: ask where the ledger ends: %w", err)
		}
		if err := begin(ctx, v.writer, identity{schema: schemaVersion, scope: v.opts.Scope.String(), pack: v.packHash, ledger: head.Ledger}); err != nil {
			return err
		}
	}
	if v.reader, err = openFile(v.opts.Path, looking); err != nil {
		return err
	}
	id, err := readIdentity(ctx, v.reader)
	if err != nil {
		return fmt.Errorf("view: read %s: %w", v.opts.Path, err)
	}
	v.seq.Store(id.seq)
	return nil
}

// Close closes the view. Reads that run end first; closing again does nothing.
func (v *View) Close() error {
	v.folding.Lock()
	defer v.folding.Unlock()
	v.gate.Lock()
	defer v.gate.Unlock()
	if v.closed {
		return nil
	}
	v.closed = true
	return v.closeFiles()
}

// closeFiles closes what is open; the caller holds both locks.
func (v *View) closeFiles() error {
	var errs []error
	if v.state != nil {
		errs = append(errs, v.state.close())
		v.state = nil
	}
	if v.reader != nil {
		errs = append(errs, v.reader.Close())
	}
	if v.writer != nil {
		errs = append(errs, v.writer.Close()) // the last to close folds the log into the file
	}
	v.reader, v.writer = nil, nil
	return errors.Join(errs...)
}

// Scope is which of the two folds this is.
func (v *View) Scope() Scope { return v.opts.Scope }

// Pack is the law pack that the findings come from.
func (v *View) Pack() *law.Pack { return v.opts.Pack }

// Seq is the number of the last entry that reads can see; 0 where there is none.
func (v *View) Seq() int64 { return v.seq.Load() }

// read runs a function on the reading handle. Damage that it meets is marked,
// so that the next fold builds the file anew.
func (v *View) read(doing string, f func(db *sql.DB) error) error {
	v.gate.RLock()
	defer v.gate.RUnlock()
	if v.reader == nil {
		return ErrClosed
	}
	err := f(v.reader)
	switch {
	case err == nil, errors.Is(err, ErrNotFound), errors.Is(err, ErrGone):
		return err
	case isDamage(err):
		if !v.hurt.Swap(true) {
			v.log.Warn("the view's file is damaged; it is built anew from the ledger, nothing is lost", "path", v.opts.Path, "error", err)
			v.wakeAll()
		}
		return fmt.Errorf("view: %s: %w (%w; it is built anew from the ledger)", doing, ErrDamaged, err)
	}
	return fmt.Errorf("view: %s: %w", doing, err)
}
