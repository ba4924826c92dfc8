package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// A fileEngine is a ledger in one SQLite file. One process at a time may write.
type fileEngine struct {
	path   string
	opts   Options
	lock   *folderLock // nil when reading only
	writer *sql.DB     // one connection, nil when reading only
	reader *sql.DB
	made   atomic.Int64 // version of the tables when they were last looked at

	touched time.Time   // when the file was last written before it was opened
	file    os.FileInfo // the file that was opened, as the system knows it
	locked  os.FileInfo // and that of the lock; nil when reading only
}

// openFolder opens the ledger in a data folder.
func openFolder(ctx context.Context, dir string, opts Options) (*fileEngine, error) {
	f := &fileEngine{path: filepath.Join(dir, FileName), opts: opts}
	open := f.openForWriting
	if opts.ReadOnly {
		open = f.openForReading
	}
	if err := open(ctx, dir); err != nil {
		return nil, errors.Join(err, f.close())
	}
	return f, nil
}

func (f *fileEngine) openForWriting(ctx context.Context, dir string) (err error) {
	if f.opts.Create {
		if err := makeFolder(dir); err != nil {
			return faultf(ErrFolder, err, "making the folder %s", dir)
		}
	}
	if err := refuseLinks(dir); err != nil {
		return err
	}
	f.touched = timeOf(f.path)
	if f.lock, err = lockFolder(dir); err != nil {
		return err
	}
	if f.locked, err = os.Lstat(filepath.Join(dir, LockName)); err != nil {
		return faultf(ErrFolder, err, "looking at the lock of %s", dir)
	}
	closeToOthers(dir)
	if err := f.createIfAsked(ctx); err != nil {
		return err
	}
	if err := checkHeader(f.path); err != nil {
		return err
	}
	if f.writer, err = openFile(f.path, forWriting); err != nil {
		return err
	}
	if err := migrate(ctx, f.writer, f.path); err != nil {
		return err
	}
	if err := checkMade(ctx, f.writer, f.path); err != nil {
		return err
	}
	if err := f.giveKey(ctx); err != nil {
		return err
	}
	// What a killed process left in the log goes into the file now.
	if err := emptyLog(ctx, f.writer, f.path); err != nil {
		return err
	}
	if f.reader, err = openFile(f.path, forReading); err != nil {
		return err
	}
	return f.checkOpened(ctx)
}

func (f *fileEngine) openForReading(ctx context.Context, _ string) (err error) {
	if f.reader, err = openChecked(ctx, f.path, forReading); err != nil {
		return err
	}
	if err := checkMade(ctx, f.reader, f.path); err != nil {
		return err
	}
	return f.checkOpened(ctx)
}

// checkOpened ends opening: it notes which file was opened and looks at its end.
func (f *fileEngine) checkOpened(ctx context.Context) (err error) {
	if f.file, err = os.Stat(f.path); err != nil {
		return faultf(ErrFolder, err, "looking at %s", f.path)
	}
	return checkEnd(ctx, f.reader, f)
}

func (f *fileEngine) place() string { return f.path }

func (f *fileEngine) explain(err error, doing string) error { return explain(err, f.path, doing) }

// close closes whatever was opened. The lock goes last, so that the next process
// finds the file at rest.
func (f *fileEngine) close() error {
	var errs []error
	if f.reader != nil {
		errs = append(errs, explain(f.reader.Close(), f.path, "closing it"))
	}
	if f.writer != nil {
		errs = append(errs, explain(f.writer.Close(), f.path, "closing it"))
	}
	if f.lock != nil {
		errs = append(errs, f.lock.release())
	}
	return errors.Join(errs...)
}

// A transaction of SQLite reads one moment by itself, and takes the lock for
// writing when it begins (parameters, in file.go).
func (f *fileEngine) moment() *sql.TxOptions     { return &sql.TxOptions{ReadOnly: true} }
func (f *fileEngine) holdingOff() *sql.TxOptions { return f.moment() }
func (f *fileEngine) writing() *sql.TxOptions    { return nil }

func (f *fileEngine) hold(ctx context.Context, tx *sql.Tx) (Head, error) {
	if err := f.checkStill(ctx, tx); err != nil {
		return Head{}, err
	}
	return readHead(ctx, tx, f)
}

func (f *fileEngine) insert(ctx context.Context, tx *sql.Tx, rows []row) (written int, err error) {
	insert, err := tx.PrepareContext(ctx, insertSQL)
	if err != nil {
		return 0, err
	}
	defer insert.Close()
	// The driver starts a goroutine for each statement whose context can end.
	// These are short, so it is enough to look at the context between them.
	whole := context.WithoutCancel(ctx)
	for i := range rows {
		if err := ctx.Err(); err != nil {
			return i, err
		}
		r := &rows[i]
		var body any // NULL where it is erased
		if r.body != nil {
			body = string(r.body)
		}
		result, err := insert.ExecContext(whole, r.seq, r.at, r.kind, r.id, r.rev, r.state, r.author, r.batch,
			r.commitment, r.whyCommitment, r.chain, r.whySalt, r.reason, r.salt, body)
		if isTaken(err) {
			return i, nil
		}
		if err != nil {
			return i, fmt.Errorf("entry %d: %w", r.seq, err)
		}
		if n, err := result.RowsAffected(); err != nil || n != 1 {
			return i, faultf(ErrDamaged, err, "entry %d was not written although nothing failed: something in the file drops it (fener ledger verify shows what); nothing of it was kept", r.seq)
		}
	}
	return len(rows), nil
}

// isTaken reports whether the unique index of kind, id and revision refused an
// entry.
func isTaken(err error) bool {
	var driver *sqlite.Error
	return errors.As(err, &driver) && driver.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE
}

func (f *fileEngine) insertLeaves(ctx context.Context, tx *sql.Tx, leaves []storedLeaf) error {
	insert, err := tx.PrepareContext(ctx, leafSQL)
	if err != nil {
		return err
	}
	defer insert.Close()
	for _, leaf := range leaves {
		if _, err := insert.ExecContext(context.WithoutCancel(ctx), leaf.number, leaf.seq, string(leaf.text)); err != nil {
			return fmt.Errorf("the leaf of entry %d: %w", leaf.seq, err)
		}
	}
	return nil
}

// No other process is woken: it looks by itself.
func (f *fileEngine) notify(context.Context, *sql.Tx) error { return nil }

// A commit of SQLite is done when it says so, and not when it fails.
func (f *fileEngine) unsure(error) bool { return false }

// forget empties SQLite's log, which would otherwise keep a copy of what was erased.
func (f *fileEngine) forget(ctx context.Context) error { return emptyLog(ctx, f.writer, f.path) }

func (f *fileEngine) touchedAt() time.Time { return f.touched }

func (f *fileEngine) ids(context.Context, querier) (*IDKey, error) {
	return readKey(filepath.Dir(f.path))
}

func (f *fileEngine) auditEngine(ctx context.Context, q querier, a *auditor) error {
	for _, pass := range []func() error{
		func() error { return auditForm(ctx, q, a) },
		func() error { return auditKey(ctx, q, a, f) },
		func() error { return auditFile(ctx, q, a) },
	} {
		if err := a.survives(f, pass()); err != nil {
			return err
		}
	}
	return nil
}
