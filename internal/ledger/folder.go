package ledger

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"fener/internal/disk"
)

// makeFolder makes a folder and those above it that are missing, each on the disk
// before it returns: a ledger in a folder that a power cut takes back is lost.
func makeFolder(dir string) error {
	absolute, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	var missing []string
	for at := absolute; ; at = filepath.Dir(at) {
		if _, err := os.Stat(at); !errors.Is(err, fs.ErrNotExist) || at == filepath.Dir(at) {
			break
		}
		missing = append(missing, at)
	}
	if err := os.MkdirAll(absolute, 0o700); err != nil {
		return err
	}
	for _, made := range missing {
		if err := disk.SyncFolder(filepath.Dir(made)); err != nil {
			return err
		}
	}
	return nil
}

// refuseLinks refuses a folder in which the lock or the ledger is another name of
// a file elsewhere: two folders could then write to one ledger, each with a lock
// of its own. A folder that is itself reached by a link has one lock all the same.
func refuseLinks(dir string) error {
	for _, name := range []string{LockName, FileName} {
		path := filepath.Join(dir, name)
		info, err := os.Lstat(path)
		if err != nil {
			continue // what is missing is no link; other troubles are told when it is opened
		}
		if !info.Mode().IsRegular() {
			return faultf(ErrFolder, nil, "%s is no file of its own but a link or something else, so that another folder could hold the same ledger; "+
				"put the file itself there, or name the folder in which it lies", path)
		}
		if n := names(info); n > 1 {
			return faultf(ErrFolder, nil, "%s has %d names (hard links), so that another folder could hold the same file; copy it instead (fener backup), and remove the other names", path, n)
		}
	}
	return nil
}

// refuseOwnLedger refuses, for a node whose ledger lies in a database, a folder in which a ledger lies.
func refuseOwnLedger(dir string) error {
	path := filepath.Join(dir, FileName)
	if _, err := os.Lstat(path); err == nil {
		return faultf(ErrExists, nil, "%s is a ledger of its own, and the ledger is said to lie in a database; if it was moved there (fener move), put the file away under another name, "+
			"so that nobody takes it for the record", path)
	}
	return nil
}

// closeToOthers takes from everybody else what they may do in a data folder,
// whatever it allowed before: it holds drafts. Where this user may not change
// that, or the file system knows no such thing, it stays as it is.
func closeToOthers(dir string) {
	restrict(dir, 0o700)
	for _, name := range []string{LockName, KeyName, FileName, FileName + "-wal", FileName + "-shm"} {
		restrict(filepath.Join(dir, name), 0o600)
	}
}

func restrict(path string, mode fs.FileMode) {
	if info, err := os.Lstat(path); err == nil && info.Mode()&fs.ModeSymlink == 0 && info.Mode().Perm()&^mode != 0 {
		_ = os.Chmod(path, info.Mode().Perm()&mode)
	}
}

// present reports whether the ledger's file, and the lock, are still those that
// were opened.
func (f *fileEngine) present() error {
	if now, err := os.Stat(f.path); err != nil || !os.SameFile(now, f.file) {
		return faultf(ErrNoLedger, err, "%s was removed or replaced while it was open; what is appended would be lost, so nothing is: put it back, or stop and look", f.path)
	}
	if f.locked == nil {
		return nil
	}
	path := filepath.Join(filepath.Dir(f.path), LockName)
	if now, err := os.Lstat(path); err != nil || !os.SameFile(now, f.locked) {
		return faultf(ErrInUse, err, "%s was removed or replaced while it was held, so another process may have the folder too; nothing is appended: stop both and start one", path)
	}
	return nil
}
