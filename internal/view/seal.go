package view

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"

	"fener/internal/sqlitefile"
)

// sealForm begins a seal: the digest of a whole file beside the file, made when
// nothing more was to be folded.
const sealForm = "fener view seal 1\n"

const (
	pagesSQL = `SELECT data FROM sqlite_dbpage ORDER BY pgno`
	movedSQL = `PRAGMA data_version`
)

// Why a file cannot be trusted: it is another one than was sealed, or nobody knows.
var (
	errBroken   = errors.New("it is not what was folded")
	errUnsealed = errors.New("nobody knows whether it is what was folded")
)

func sealPath(path string) string { return path + ".seal" }

func sealText(sum hash.Hash) []byte { return fmt.Appendf([]byte(sealForm), "%x\n", sum.Sum(nil)) }

// sealOf is the seal of a file as it lies on the disk. It must not be called while
// this process has the file open by SQLite: closing any handle on it would let go
// of SQLite's locks.
func sealOf(path string) ([]byte, error) {
	if log, err := os.Stat(path + "-wal"); err == nil && log.Size() > 0 {
		return nil, fmt.Errorf("%w: it has a log beside it, as after a crash", errUnsealed)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return nil, err
	}
	return sealText(sum), nil
}

// checkSeal says whether a file is the one that was sealed. One that was never
// sealed may hold anything: whoever can change a file can take its seal away.
func checkSeal(path string) error {
	sealed, err := os.ReadFile(sealPath(path))
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: it has no seal, as after a crash", errUnsealed)
	}
	if err != nil {
		return err
	}
	found, err := sealOf(path)
	if err == nil && !bytes.Equal(found, sealed) {
		err = fmt.Errorf("%w: its seal is another one, so somebody or something changed it", errBroken)
	}
	return err
}

// seal writes down what a file at rest is.
func seal(path string) error {
	text, err := sealOf(path)
	if err != nil {
		return fmt.Errorf("view: seal %s: %w", path, err)
	}
	return writeSeal(path, text)
}

func writeSeal(path string, text []byte) error {
	building := sealPath(path) + ".new"
	if err := os.WriteFile(building, text, 0o600); err != nil {
		return fmt.Errorf("view: seal %s: %w", path, err)
	}
	if err := os.Rename(building, sealPath(path)); err != nil {
		return fmt.Errorf("view: seal %s: %w", path, err)
	}
	return nil
}

// pages is the seal of an open file as a reader sees it, its log included.
func pages(ctx context.Context, db querier) ([]byte, error) {
	sum := sha256.New()
	var data []byte
	err := each(ctx, db, func(row *sql.Rows) error {
		err := row.Scan(&data)
		sum.Write(data)
		return err
	}, pagesSQL)
	if err != nil {
		return nil, err
	}
	return sealText(sum), nil
}

// checkMade says whether a view's file is made of what this program makes, and of
// nothing else.
func checkMade(ctx context.Context, db querier) error {
	want, err := made()
	if err != nil {
		return err
	}
	found, err := sqlitefile.Objects(ctx, db)
	if err != nil {
		return err
	}
	if faults := sqlitefile.Differences(want, found); len(faults) > 0 {
		return fmt.Errorf("%w: %s", errBroken, faults[0])
	}
	return nil
}

// Watch looks whether anybody but this view wrote to its file since it was opened
// or exchanged. What such a file holds is not shown any more; the next fold builds
// it anew.
func (v *View) Watch(ctx context.Context) error {
	if !v.folding.TryLock() {
		return nil // it is written to right now
	}
	defer v.folding.Unlock()
	if v.isClosed() || v.files == nil || v.state == nil {
		return nil
	}
	if now, err := os.Stat(v.opts.Path); err != nil || !os.SameFile(now, v.files.info) {
		v.distrust("its file was removed or replaced")
		return nil
	}
	var version int64
	if err := v.state.conn.QueryRowContext(ctx, movedSQL).Scan(&version); err != nil {
		return fmt.Errorf("view: look who wrote to %s: %w", v.opts.Path, err)
	}
	if version != v.state.version {
		v.distrust("another program wrote to it")
	}
	return nil
}

// Verify reads the whole file and compares it with its seal. One that is being
// folded is left for another time.
func (v *View) Verify(ctx context.Context) error {
	if !v.folding.TryLock() {
		return nil
	}
	defer v.folding.Unlock()
	if v.isClosed() || v.files == nil || v.sealed != v.seq.Load() {
		return nil
	}
	sealed, err := os.ReadFile(sealPath(v.opts.Path))
	if err != nil {
		v.distrust("its seal is gone")
		return nil
	}
	found, err := pages(ctx, v.files.reader)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil && !isDamage(err):
		return fmt.Errorf("view: read all of %s: %w", v.opts.Path, err)
	case err != nil || !bytes.Equal(found, sealed):
		v.distrust("it is not what was folded")
	}
	return nil
}

func (v *View) distrust(why string) {
	if !v.foreign.Swap(true) {
		v.log.Error("the view's file was changed by somebody else; nothing of it is shown, and it is built anew from the ledger", "path", v.opts.Path, "why", why)
		v.bell.Ring()
	}
}

// Trusted reports whether reads show what was folded. While it is false they
// return ErrForeign.
func (v *View) Trusted() bool { return !v.foreign.Load() }

// Seal seals the file as it stands, if everything was folded into it that it
// holds: a process that is killed later then leaves a file that can be trusted. A
// reader that holds the log keeps that for another time.
func (v *View) Seal(ctx context.Context) error {
	v.folding.Lock()
	defer v.folding.Unlock()
	if v.isClosed() || v.state == nil || v.sealed == v.seq.Load() || v.foreign.Load() || v.hurt.Load() {
		return nil
	}
	if done, err := v.state.writer.emptyLog(ctx); err != nil || !done {
		return err
	}
	text, err := pages(ctx, v.files.reader)
	if err != nil {
		return fmt.Errorf("view: read all of %s: %w", v.opts.Path, err)
	}
	if err := writeSeal(v.opts.Path, text); err != nil {
		return err
	}
	v.sealed = v.seq.Load()
	return nil
}
