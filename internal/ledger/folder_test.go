package ledger_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"fener/internal/ledger"
	"fener/internal/needs"
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

func TestOneLedgerHasOneLock(t *testing.T) {
	dir := written(t)
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	held := openOld(t, dir)
	opts := options()
	opts.Create = false
	if _, err := ledger.Open(t.Context(), link, opts); !errors.Is(err, ledger.ErrInUse) {
		t.Errorf("the same folder by a link: %v", err)
	}
	held.Close()
	for name, make := range map[string]func(from, to string) error{"a link": os.Symlink, "a hard link": os.Link} {
		for _, file := range []string{ledger.FileName, "LOCK"} {
			other := t.TempDir()
			if err := make(filepath.Join(dir, file), filepath.Join(other, file)); err != nil {
				t.Fatal(err)
			}
			opts.Create = file == "LOCK"
			if _, err := ledger.Open(t.Context(), other, opts); !errors.Is(err, ledger.ErrFolder) {
				t.Errorf("%s to %s of another folder: %v", name, file, err)
			}
			if err := os.Remove(filepath.Join(other, file)); err != nil {
				t.Fatal(err)
			}
		}
	}
	openOld(t, dir).Close() // and nothing of it is left
}

// A file that was removed can be written to the end by who has it open.
func TestALedgerThatIsGoneIsNoticed(t *testing.T) {
	for name, away := range map[string]func(dir string) error{
		"the file removed": func(dir string) error { return os.Remove(filepath.Join(dir, ledger.FileName)) },
		"the folder moved": func(dir string) error { return os.Rename(dir, dir+"-old") },
		"another file in its place": func(dir string) error {
			data, err := os.ReadFile(filepath.Join(dir, ledger.FileName))
			if err == nil {
				err = os.Remove(filepath.Join(dir, ledger.FileName))
			}
			return errors.Join(err, os.WriteFile(filepath.Join(dir, ledger.FileName), data, 0o600))
		},
		"the lock removed": func(dir string) error { return os.Remove(filepath.Join(dir, "LOCK")) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			l := openNew(t, dir)
			defer l.Close()
			if _, err := l.Append(t.Context(), syntheticChanges(0, 1)); err != nil {
				t.Fatal(err)
			}
			if err := away(dir); err != nil {
				t.Fatal(err)
			}
			if _, err := l.Head(t.Context()); err == nil {
				t.Error("asked where it ends, it answers as if nothing had happened")
			}
			if span, err := l.Append(t.Context(), syntheticChanges(1, 1)); err == nil {
				t.Errorf("appended %v to a ledger that is gone", span)
			}
		})
	}
}

func TestTroublesThatAreNotTheFiles(t *testing.T) {
	long := filepath.Join(t.TempDir(), strings.Repeat("a-long-name/", 45))
	if _, err := ledger.Open(t.Context(), long, options()); !errors.Is(err, ledger.ErrFolder) || !strings.Contains(err.Error(), "SQLite opens at most") {
		t.Errorf("a long path: %v", err)
	}
	if _, err := ledger.Open(t.Context(), filepath.Join(t.TempDir(), strings.Repeat("x", 300)), options()); !errors.Is(err, ledger.ErrFolder) || !strings.Contains(err.Error(), "too long") {
		t.Errorf("a long name: %v", err)
	}
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

// A folder that was made must be on the disk before its ledger is.
func TestBeginningSyncsTheFoldersAbove(t *testing.T) {
	strace := needs.Tool(t, "strace")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	above := t.TempDir()
	dir := filepath.Join(above, "one", "two")
	cmd := exec.CommandContext(t.Context(), strace, "-f", "-y", "-e", "trace=fsync", self)
	cmd.Env = append(os.Environ(), childTask+"=hold", childFolder+"="+dir)
	var trace bytes.Buffer
	cmd.Stderr = &trace
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %s", err, trace.String())
	}
	for _, folder := range []string{above, filepath.Join(above, "one"), dir} {
		if !strings.Contains(trace.String(), "<"+folder+">)") {
			t.Errorf("%s was not synced", folder)
		}
	}
}
