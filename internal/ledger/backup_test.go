package ledger_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"fener/internal/ledger"
	"fener/internal/record"
)

func TestBackupWhileAppending(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir)
	ctx, stop := context.WithCancel(t.Context())
	var group sync.WaitGroup
	group.Go(func() {
		for n := 0; ctx.Err() == nil; n += 100 {
			if _, err := l.Append(t.Context(), syntheticChanges(n, 100)); err != nil {
				t.Errorf("append: %v", err)
				return
			}
		}
	})
	var last int64
	for i := range 5 {
		path := filepath.Join(dir, fmt.Sprintf("backup-%d.db", i))
		head, err := l.Backup(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		if inspected, err := ledger.Inspect(t.Context(), path); err != nil || inspected != head {
			t.Errorf("backup of %+v is %+v, %v", head, inspected, err)
		}
		if head.Seq < last || head.Seq%100 != 0 {
			t.Errorf("backup %d ends with entry %d after %d", i, head.Seq, last)
		}
		last = head.Seq
	}
	stop()
	group.Wait()
	leftovers, err := filepath.Glob(filepath.Join(dir, "backup-*.db?*"))
	if err != nil || len(leftovers) != 0 {
		t.Errorf("left beside the backups: %v, %v", leftovers, err)
	}
}

func TestRestore(t *testing.T) {
	l := open(t, t.TempDir())
	if _, err := l.Append(t.Context(), syntheticChanges(0, 300)); err != nil {
		t.Fatal(err)
	}
	backup := filepath.Join(t.TempDir(), "backup.db")
	head, err := l.Backup(t.Context(), backup)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Backup(t.Context(), backup); !errors.Is(err, ledger.ErrExists) {
		t.Errorf("replacing a backup: %v", err)
	}
	dir := filepath.Join(t.TempDir(), "new", "data")
	restored, err := ledger.Restore(t.Context(), backup, dir)
	if err != nil || restored != head {
		t.Fatalf("restored %+v, %v, want %+v", restored, err, head)
	}
	if _, err := ledger.Restore(t.Context(), backup, dir); !errors.Is(err, ledger.ErrExists) {
		t.Errorf("replacing a ledger: %v", err)
	}
	again := open(t, dir)
	if span, err := again.Append(t.Context(), syntheticChanges(300, 1)); err != nil || span.First != 301 {
		t.Errorf("going on after a restore: %v, %v", span, err)
	}
}

func TestRestoreBesideALostLog(t *testing.T) {
	backup := filepath.Join(written(t), ledger.FileName)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, ledger.FileName+"-wal"), []byte("entries, perhaps"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ledger.Restore(t.Context(), backup, dir); !errors.Is(err, ledger.ErrExists) {
		t.Errorf("restored beside a log: %v", err)
	}
	if _, err := ledger.Open(t.Context(), dir, options()); !errors.Is(err, ledger.ErrExists) {
		t.Errorf("began beside a log: %v", err)
	}
}

// TestDamagedBackupsAreRefused flips one byte at many places. A restore must
// refuse, unless the byte is one that nothing rests on; then what it restores
// must be what was backed up, entry for entry.
func TestDamagedBackupsAreRefused(t *testing.T) {
	l := open(t, t.TempDir())
	if _, err := l.Append(t.Context(), syntheticChanges(0, 40)); err != nil {
		t.Fatal(err)
	}
	backup := filepath.Join(t.TempDir(), "backup.db")
	head, err := l.Backup(t.Context(), backup)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(backup)
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	for at := 0; at < len(whole); at += 997 {
		damaged := bytes.Clone(whole)
		damaged[at] ^= 0x01
		path := filepath.Join(t.TempDir(), "damaged.db")
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		restored, err := ledger.Restore(t.Context(), path, dir)
		if err == nil && restored != head {
			t.Errorf("byte %d: restored up to %+v, want %+v", at, restored, head)
		}
		if err == nil {
			continue
		}
		refused++
		if !errors.Is(err, ledger.ErrUnfitting) {
			t.Errorf("byte %d: %v", at, err)
		}
		if _, err := os.Stat(filepath.Join(dir, ledger.FileName)); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("byte %d: something was put in place (%v)", at, err)
		}
	}
	if refused == 0 {
		t.Error("no damage was found at all")
	}
}

// TestErasedBytesAreGone looks for what was erased in every byte of the folder
// and of a backup.
func TestErasedBytesAreGone(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir)
	const secret = "SECRET-TO-BE-ERASED"
	for i, size := range []int{0, 300, 3000, 100_000} { // within a page, and over many
		changes := syntheticChanges(1000*i, 50)
		changes[25] = ledger.Change{
			Kind: "judgment", ID: fmt.Sprint("erase-", i), State: record.Draft, By: "officer",
			Body: fmt.Appendf(nil, `{"text":%q}`, strings.Repeat("x", size)+secret+strings.Repeat(secret, size/20)),
		}
		if _, err := l.Append(t.Context(), changes); err != nil {
			t.Fatal(err)
		}
	}
	if found := filesHolding(t, dir, secret); len(found) == 0 {
		t.Fatal("what is to be erased is not found before: the test would show nothing")
	}
	salts := map[string]bool{}
	for i := range 4 {
		id := fmt.Sprint("erase-", i)
		history, err := l.History(t.Context(), "judgment", id)
		if err != nil {
			t.Fatal(err)
		}
		salts[string(history[0].Salt[:])] = true
		if _, err := l.Erase(t.Context(), ledger.Order{Kind: "judgment", ID: id, Revs: []int{1}, By: "officer", Why: "court order"}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := l.Backup(t.Context(), filepath.Join(dir, "backup.db")); err != nil {
		t.Fatal(err)
	}
	salts[secret] = true
	for gone := range salts {
		if found := filesHolding(t, dir, gone); len(found) != 0 {
			t.Errorf("%q is still in %v", gone, found)
		}
	}
}

func filesHolding(t *testing.T, dir, text string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(content, []byte(text)) {
			found = append(found, filepath.Base(name))
		}
	}
	return found
}
