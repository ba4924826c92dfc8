package ledger

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"fener/internal/disk"
	"fener/internal/sqlitefile"
)

// What is copied is rows, into tables made anew. A copy of the file would take
// along whatever lies in it beside them: a trigger, a table, a freed page.
const (
	attachSQL      = `ATTACH $1 AS source`
	copyEntriesSQL = `INSERT INTO main.entries (` + columns + `) SELECT ` + columns + ` FROM source.entries ORDER BY seq`
	copyLeavesSQL  = `INSERT INTO main.log_leaves (number, seq, leaf) SELECT number, seq, leaf FROM source.log_leaves ORDER BY number`
	copyTilesSQL   = `INSERT INTO main.log_tiles (level, number, root, hashes) SELECT level, number, root, hashes FROM source.log_tiles ORDER BY level, number`
	copyLogSQL     = `UPDATE main.log SET (size, edge) = (SELECT size, edge FROM source.log WHERE one = 1) WHERE one = 1`
	copyHeadSQL    = `INSERT INTO main.ledger (one, name, seq, at, chain, key_hash) SELECT one, name, seq, at, chain, key_hash FROM source.ledger`
)

// Backup writes a copy of the ledger to a file, verifies it and returns where
// it ends. Appends go on meanwhile. The file appears under its name only when it
// is whole, verified and on the disk; a file of that name is never replaced.
//
// The copy holds no trace of what was erased before, but everything that is
// erased later.
func (l *Store) Backup(ctx context.Context, path string) (head Head, err error) {
	if err := l.open(); err != nil {
		return head, err
	}
	if _, err := os.Lstat(path); err == nil {
		return head, faultf(ErrExists, nil, "%s is there already; a backup never replaces a file: choose another name", path)
	}
	building := path + ".new"
	if err := sqlitefile.Remove(building); err != nil {
		return head, faultf(ErrFolder, err, "removing %s, which an earlier attempt left", building)
	}
	defer func() { err = errors.Join(err, sqlitefile.Remove(building)) }()
	if err := l.engine.backup(ctx, building); err != nil {
		return head, l.explain(err, "copying to "+building)
	}
	if head, err = Inspect(ctx, building); err != nil {
		return head, err
	}
	if err := moveIntoPlace(building, path); err != nil {
		return head, faultf(ErrFolder, err, "moving the backup to %s", path)
	}
	return head, nil
}

func (f *fileEngine) backup(ctx context.Context, path string) error {
	return copyRows(ctx, f.path, forCopying, path)
}

// copyRows writes the rows of a ledger, as they stand at this moment, into a new
// file.
func copyRows(ctx context.Context, from string, mode fileMode, to string) (err error) {
	source, err := disk.Address(from, parameters[mode]) // one from the root is never taken for another address
	if err != nil {
		return faultf(ErrFolder, err, "finding %s", from)
	}
	db, err := makeTables(ctx, to)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, explain(db.Close(), to, "closing it")) }()
	if _, err := db.ExecContext(ctx, attachSQL, source); err != nil {
		return explain(err, from, "opening it to copy")
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return explain(err, to, "beginning the copy")
	}
	defer func() { _ = tx.Rollback() }() // after a commit this does nothing
	for _, statement := range []string{copyHeadSQL, copyEntriesSQL, copyLeavesSQL, copyTilesSQL, copyLogSQL} {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return explain(err, to, "copying the entries of "+from)
		}
	}
	if err := tx.Commit(); err != nil {
		return explain(err, to, "writing the copy")
	}
	return emptyLog(ctx, db, to)
}

// reserve makes an empty file that only this user can read; SQLite fills it.
func reserve(path string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	return file.Close()
}

// Inspect verifies a ledger file that nobody has open, a backup for instance,
// without touching it, and returns where it ends. The error matches ErrDamaged,
// ErrNoLedger, ErrNewer or ErrOlder when the file is not a ledger that holds.
func Inspect(ctx context.Context, path string) (head Head, err error) {
	db, err := openChecked(ctx, path, forLooking)
	if err != nil {
		return head, err
	}
	defer func() { err = errors.Join(err, explain(db.Close(), path, "closing it")) }()
	report, err := verify(ctx, db, &fileEngine{path: path}, nil, nil)
	if err != nil {
		return head, explain(err, path, "verifying")
	}
	if err := report.Err(); err != nil {
		return report.Head, faultf(ErrDamaged, err, "%s does not hold", path)
	}
	return report.Head, nil
}

// Restore puts a backup in place as the ledger of a data folder, which is made
// if there is none, and returns where it ends. The backup is verified before
// anything is written, and its copy before it is put in place. A ledger that is
// there is never replaced: move it away first, and keep it.
//
// Errors: ErrUnfitting with the fault found, ErrExists, ErrInUse, ErrFolder.
func Restore(ctx context.Context, path, dir string) (head Head, err error) {
	if _, err := Inspect(ctx, path); err != nil {
		return head, faultf(ErrUnfitting, err, "%s was not restored", path)
	}
	if err := makeFolder(dir); err != nil {
		return head, faultf(ErrFolder, err, "making the folder %s", dir)
	}
	if err := refuseLinks(dir); err != nil {
		return head, err
	}
	lock, err := lockFolder(dir)
	if err != nil {
		return head, err
	}
	defer func() { err = errors.Join(err, lock.release()) }()
	closeToOthers(dir)

	target := filepath.Join(dir, FileName)
	if _, err := os.Lstat(target); err == nil {
		return head, faultf(ErrExists, nil, "%s is there already and may hold entries that the backup lacks; move it away first, and keep it", target)
	}
	if err := refuseLeftovers(target); err != nil {
		return head, err
	}
	building := target + ".new"
	if err := sqlitefile.Remove(building); err != nil {
		return head, faultf(ErrFolder, err, "removing %s, which an earlier attempt left", building)
	}
	defer func() { err = errors.Join(err, sqlitefile.Remove(building)) }()
	if err := copyRows(ctx, path, forLooking, building); err != nil {
		return head, err
	}
	if head, err = Inspect(ctx, building); err != nil {
		return head, err
	}
	if err := moveIntoPlace(building, target); err != nil {
		return head, faultf(ErrFolder, err, "moving the restored ledger to %s", target)
	}
	return head, nil
}
