package ledger_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fener/internal/ledger"
	"fener/internal/needs"
)

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
