package ledger

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
)

const copySQL = `VACUUM INTO $1`

// Backup writes a copy of the ledger to a file, verifies it and returns where
// it ends. Appends go on meanwhile. The file appears under its name only when it
// is whole, verified and on the disk; a file of that name is never replaced.
//
// The copy holds no trace of what was erased before, but everything that is
// erased later.
func (l *SQLite) Backup(ctx context.Context, path string) (head Head, err error) {
	if err := l.open(); err != nil {
		return head, err
	}
	if _, err := os.Lstat(path); err == nil {
		return head, faultf(ErrExists, nil, "%s is there already; a backup never replaces a file: choose another name", path)
	}
	building := path + ".new"
	if err := removeFile(building); err != nil {
		return head, faultf(ErrFolder, err, "removing %s, which an earlier attempt left", building)
	}
	defer func() { err = errors.Join(err, removeFile(building)) }()
	if err := reserve(building); err != nil {
		return head, faultf(ErrFolder, err, "writing a backup to %s; its folder must be there and be writable by this user", path)
	}
	if err := l.copyTo(ctx, building); err != nil {
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

// copyTo lets SQLite write the ledger, as it stands at this moment, to an empty
// file. Its own connection does it: the readers' are barred from writing at all.
func (l *SQLite) copyTo(ctx context.Context, path string) (err error) {
	// A path from the root is never taken for an address ("file:...").
	absolute, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	db, err := openFile(l.path(), forCopying)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	_, err = db.ExecContext(ctx, copySQL, absolute)
	return err
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
	defer func() { err = errors.Join(err, db.Close()) }()
	report, err := verify(ctx, db, path, nil)
	if err != nil {
		return head, explain(err, path, "verifying")
	}
	return report.Head, report.Err()
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
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return head, faultf(ErrFolder, err, "making the folder %s", dir)
	}
	lock, err := lockFolder(dir)
	if err != nil {
		return head, err
	}
	defer func() { err = errors.Join(err, lock.release()) }()

	target := filepath.Join(dir, FileName)
	if _, err := os.Lstat(target); err == nil {
		return head, faultf(ErrExists, nil, "%s is there already and may hold entries that the backup lacks; move it away first, and keep it", target)
	}
	if err := refuseLeftovers(target); err != nil {
		return head, err
	}
	building := target + ".new"
	if err := removeFile(building); err != nil {
		return head, faultf(ErrFolder, err, "removing %s, which an earlier attempt left", building)
	}
	defer func() { err = errors.Join(err, removeFile(building)) }()
	if err := copyFile(path, building); err != nil {
		return head, faultf(ErrFolder, err, "copying %s to %s", path, building)
	}
	if head, err = Inspect(ctx, building); err != nil {
		return head, err
	}
	if err := moveIntoPlace(building, target); err != nil {
		return head, faultf(ErrFolder, err, "moving the restored ledger to %s", target)
	}
	return head, nil
}

func copyFile(from, to string) (err error) {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(target, source)
	return errors.Join(err, target.Close())
}
