package view

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"runtime"
	"sync"
	"time"

	"fener/internal/ledger"
)

// A querier is what reads need: a pool, or a transaction that shows one moment.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
}

// files are the two handles on one file. Those who read hold it while another
// takes its place, and the last of them closes it.
type files struct {
	writer, reader *sql.DB
	info           os.FileInfo // the file, as the system knows it
	users          int         // who reads from it now
	retired        bool        // another took its place
}

func (f *files) close() error { return errors.Join(f.reader.Close(), f.writer.Close()) } // the last to close folds the log into the file

// openFiles opens the two handles, making the tables where the file is new.
func (v *View) openFiles(ctx context.Context, mode url.Values) error {
	f, id, err := v.openPair(ctx, mode)
	if err != nil {
		return err
	}
	v.gate.Lock()
	defer v.gate.Unlock()
	v.files = f
	v.reached(id.seq, id.shown, id.public.tree.Size())
	return nil
}

func (v *View) openPair(ctx context.Context, mode url.Values) (f *files, id identity, err error) {
	if err := private(v.opts.Path); err != nil {
		return nil, id, err
	}
	f = &files{}
	if f.writer, err = openFile(v.opts.Path, mode); err != nil {
		return nil, id, err
	}
	f.writer.SetMaxOpenConns(1)
	if f.reader, err = openFile(v.opts.Path, looking); err != nil {
		return nil, id, errors.Join(err, f.writer.Close())
	}
	if id, err = v.prepare(ctx, f); err != nil {
		return nil, id, errors.Join(err, f.close())
	}
	return f, id, nil
}

// prepare makes the tables where there are none, and reads what the file is.
func (v *View) prepare(ctx context.Context, f *files) (id identity, err error) {
	var tables int
	if err := f.writer.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema`).Scan(&tables); err != nil {
		return id, fmt.Errorf("view: open %s: %w", v.opts.Path, troubled(v.opts.Path, err))
	}
	if tables == 0 {
		head, err := v.opts.Ledger.Head(ctx)
		if err != nil {
			return id, fmt.Errorf("view: ask where the ledger ends: %w", err)
		}
		id = identity{schema: schemaVersion, scope: v.opts.Scope.String(), pack: v.packHash, ledger: head.Ledger}
		if err := begin(ctx, f.writer, id, v.opts.bulk); err != nil {
			return id, err
		}
	}
	if f.info, err = os.Stat(v.opts.Path); err != nil {
		return id, fmt.Errorf("view: look at %s: %w", v.opts.Path, err)
	}
	if id, err = readIdentity(ctx, f.reader); err != nil {
		return id, fmt.Errorf("view: read %s: %w", v.opts.Path, err)
	}
	return id, nil
}

// acquire takes the files for reading; release gives them back.
func (v *View) acquire() (*files, error) {
	v.gate.Lock()
	defer v.gate.Unlock()
	switch {
	case v.closed:
		return nil, ErrClosed
	case v.files == nil:
		return nil, fmt.Errorf("%w: it is built anew from the ledger", ErrDamaged)
	}
	v.files.users++
	return v.files, nil
}

func (v *View) release(f *files) {
	v.gate.Lock()
	f.users--
	last := f.retired && f.users == 0
	v.gate.Unlock()
	if last {
		v.discard(f)
	}
}

// discard closes files that nobody reads any more and that another took the place of.
func (v *View) discard(f *files) {
	if err := f.close(); err != nil {
		v.log.Warn("closing a view that was replaced", "path", v.opts.Path, "error", err)
	}
}

// exchange puts a finished file in the place of the one in use. Whoever reads goes
// on reading the old one to the end. The caller holds the lock of folding.
func (v *View) exchange(ctx context.Context, from string) error {
	v.gate.Lock()
	defer v.gate.Unlock()
	old := v.files
	v.dropState()
	v.files = nil
	if old != nil {
		old.retired = true
		if runtime.GOOS == "windows" { // where a file that is open keeps its name
			for old.users > 0 {
				v.gate.Unlock()
				time.Sleep(10 * time.Millisecond)
				v.gate.Lock()
			}
		}
		if old.users == 0 {
			v.discard(old)
		}
	}
	if err := replaceFile(from, v.opts.Path); err != nil {
		return err
	}
	f, id, err := v.openPair(ctx, writing)
	if err != nil {
		return err
	}
	v.files, v.sealed = f, -1
	v.reached(id.seq, id.shown, id.public.tree.Size())
	return nil
}

func (v *View) dropState() {
	if v.state != nil {
		_ = v.state.close() // of a file that is thrown away
		v.state = nil
	}
}

// Close closes the view and seals its file. Reads that run end first; closing
// again does nothing.
func (v *View) Close() error {
	v.folding.Lock()
	defer v.folding.Unlock()
	v.gate.Lock()
	if v.closed {
		v.gate.Unlock()
		return nil
	}
	v.closed = true
	f := v.files
	v.files = nil
	for f != nil && f.users > 0 {
		v.gate.Unlock()
		time.Sleep(time.Millisecond)
		v.gate.Lock()
	}
	v.gate.Unlock()
	if f == nil {
		return nil
	}
	var errs []error
	if v.state != nil {
		errs = append(errs, v.state.close())
		v.state = nil
	}
	if errs = append(errs, f.close()); errors.Join(errs...) != nil {
		return errors.Join(errs...)
	}
	if v.opts.bulk || v.sealed == v.seq.Load() || v.foreign.Load() || v.hurt.Load() {
		return nil
	}
	return seal(v.opts.Path)
}

// pin is one moment of a view.
type pin struct {
	prepared             pinned
	using                sync.Mutex // held by who reads by the statements that are prepared
	seq, shown, position int64
}

// Snapshot returns the view as it stands now: everything that is read through it
// is of the same entry, whatever is folded meanwhile. Call release when nothing
// reads it any more.
func (v *View) Snapshot(ctx context.Context) (snapshot *View, release func(), err error) {
	held, err := v.acquire()
	if err != nil {
		return nil, nil, err
	}
	tx, err := held.reader.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		v.release(held)
		return nil, nil, fmt.Errorf("view: hold one moment: %w", err)
	}
	release = func() {
		_ = tx.Rollback() // it only read
		v.release(held)
	}
	p := &View{fold: v.fold, pin: &pin{prepared: pinned{tx: tx, stmts: map[string]*sql.Stmt{}}}}
	err = p.read("hold one moment", func(db querier) error {
		if err := db.QueryRowContext(ctx, seqSQL).Scan(&p.pin.seq); err != nil {
			return err
		}
		if err := db.QueryRowContext(ctx, shownSeqSQL).Scan(&p.pin.shown); err != nil {
			return err
		}
		p.pin.position, err = readPosition(ctx, db)
		return err
	})
	if err != nil {
		release()
		return nil, nil, err
	}
	return p, release, nil
}

// Checkpoint is what to keep elsewhere of the ledger up to the entry that reads
// see.
func (v *View) Checkpoint(ctx context.Context) (k ledger.Kept, err error) {
	err = v.read("read the checkpoint", func(db querier) error {
		id, err := readIdentity(ctx, db)
		if err != nil {
			return err
		}
		k.Checkpoint = id.tree.Checkpoint(id.ledger)
		if n, err := hex.Decode(k.Chain[:], []byte(id.chain)[:min(64, len(id.chain))]); id.seq > 0 && (err != nil || n != len(k.Chain)) {
			return errors.Join(ErrDamaged, fmt.Errorf("meta has no chain: %w", err))
		}
		return nil
	})
	return k, err
}
