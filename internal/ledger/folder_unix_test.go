//go:build unix

package ledger_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"fener/internal/ledger"
)

// The folder holds drafts. Whoever made it, and whatever it allowed, only this
// user may look into it from the first opening on.
func TestNobodyElseCanRead(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	old := syscall.Umask(0)
	defer syscall.Umask(old)
	for _, step := range []string{"begun in a folder that was open to all", "opened again after somebody opened it to all"} {
		chmodAll(t, dir, 0o777, 0o666)
		l := openNew(t, dir)
		if _, err := l.Append(t.Context(), syntheticChanges(len(step), 1)); err != nil {
			t.Fatal(err)
		}
		if err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := e.Info()
			if err == nil && info.Mode().Perm()&0o077 != 0 {
				t.Errorf("%s: %s has mode %v", step, path, info.Mode())
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		l.Close()
	}
	copied := filepath.Join(t.TempDir(), "copy.db")
	l := openNew(t, dir)
	defer l.Close()
	if _, err := l.Backup(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(copied); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the copy has mode %v, %v", info.Mode(), err)
	}
}

func chmodAll(t *testing.T, dir string, folder, file fs.FileMode) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if err := os.Chmod(filepath.Join(dir, e.Name()), file); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(dir, folder); err != nil {
		t.Fatal(err)
	}
}

func TestTooManyFilesOpen(t *testing.T) {
	dir := written(t)
	var before, none syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &before); err != nil {
		t.Fatal(err)
	}
	none = before
	none.Cur = 3
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &none); err != nil {
		t.Fatal(err)
	}
	_, err := ledger.Open(t.Context(), dir, options())
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &before); err != nil {
		t.Fatal(err)
	}
	if !errors.Is(err, ledger.ErrFolder) || !strings.Contains(err.Error(), "too many files open") {
		t.Errorf("without a file to spare: %v", err)
	}
	openOld(t, dir).Close()
}
