package ledger_test

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fener/internal/ledger"
	"fener/internal/record"
)

// deadline bounds the life of a child whose parent died.
func deadline() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), time.Minute)
}

func holdUntilEndOfInput(dir string, in io.Reader, out io.Writer) error {
	ctx, stop := deadline()
	defer stop()
	l, err := ledger.Open(ctx, dir, options())
	if err != nil {
		return err
	}
	fmt.Fprintln(out, os.Getpid())
	if _, err := io.Copy(io.Discard, in); err != nil {
		return err
	}
	return l.Close()
}

func TestSecondProcessIsRefused(t *testing.T) {
	dir := t.TempDir()
	cmd, out, in := child(t, "hold", dir)
	pid, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	_, err = ledger.Open(t.Context(), dir, options())
	if !errors.Is(err, ledger.ErrInUse) || !strings.Contains(err.Error(), "process "+strings.TrimSpace(pid)) || !strings.Contains(err.Error(), dir) {
		t.Errorf("opening beside process %s: %v", pid, err)
	}
	if _, err := ledger.Restore(t.Context(), filepath.Join(written(t), ledger.FileName), dir); !errors.Is(err, ledger.ErrInUse) {
		t.Errorf("restoring beside process %s: %v", pid, err)
	}
	// Looking is allowed.
	opts := options()
	opts.ReadOnly = true
	l, err := ledger.Open(t.Context(), dir, opts)
	if err != nil {
		t.Fatalf("reading beside process %s: %v", pid, err)
	}
	defer l.Close()
	in.Close()
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	open(t, dir) // the folder is free again
}

func TestTheSameProcessIsRefusedToo(t *testing.T) {
	dir := t.TempDir()
	open(t, dir)
	if _, err := ledger.Open(t.Context(), dir, options()); !errors.Is(err, ledger.ErrInUse) {
		t.Errorf("opening twice: %v", err)
	}
}

func TestReadOnlyFollowsAnotherHandle(t *testing.T) {
	dir := t.TempDir()
	writer := open(t, dir)
	opts := options()
	opts.ReadOnly, opts.Poll = true, 5*time.Millisecond
	reader, err := ledger.Open(t.Context(), dir, opts)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	if _, err := reader.Append(t.Context(), syntheticChanges(0, 1)); !errors.Is(err, ledger.ErrReadOnly) {
		t.Errorf("appending: %v", err)
	}
	order := ledger.Order{Kind: "judgment", ID: "a", Revs: []int{1}, By: "b", Why: "w"}
	if _, err := reader.Erase(t.Context(), order); !errors.Is(err, ledger.ErrReadOnly) {
		t.Errorf("erasing: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	time.AfterFunc(30*time.Millisecond, func() {
		if _, err := writer.Append(ctx, syntheticChanges(0, 3)); err != nil {
			t.Errorf("append: %v", err)
		}
	})
	for e, err := range reader.Follow(ctx, 0) {
		if err != nil {
			t.Fatal(err)
		}
		if e.Seq == 3 {
			break
		}
	}
}

func TestAnAppendWakesFollowersAtOnce(t *testing.T) {
	opts := options()
	opts.Poll = time.Hour // so that looking again cannot be what finds the entries
	l, err := ledger.Open(t.Context(), t.TempDir(), opts)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if _, err := l.Append(ctx, syntheticChanges(0, 1)); err != nil {
		t.Fatal(err)
	}
	for e, err := range l.Follow(ctx, 0) {
		if err != nil {
			t.Fatal(err)
		}
		if e.Seq == 20 {
			break
		}
		// The next entry comes while the follower waits for it.
		time.AfterFunc(time.Millisecond, func() {
			if _, err := l.Append(ctx, syntheticChanges(int(e.Seq), 1)); err != nil {
				t.Errorf("append: %v", err)
			}
		})
	}
}

func TestFilesThatAreNoLedger(t *testing.T) {
	whole, err := os.ReadFile(filepath.Join(written(t), ledger.FileName))
	if err != nil {
		t.Fatal(err)
	}
	garbage := []byte(strings.Repeat("not a ledger at all. ", 1000))
	other := filepath.Join(t.TempDir(), "other.db")
	db, err := sql.Open("sqlite", other)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`CREATE TABLE a (b)`); err != nil {
		t.Fatal(err)
	}
	db.Close()
	foreign, err := os.ReadFile(other)
	if err != nil {
		t.Fatal(err)
	}
	broken := append([]byte(nil), whole...)
	for i := 4096; i < len(broken); i++ {
		broken[i] ^= 0x5a
	}
	for name, content := range map[string][]byte{
		"empty":                         {},
		"cut off in the header":         whole[:60],
		"cut off in the middle":         whole[:len(whole)/2],
		"cut off in the last page":      whole[:len(whole)-100],
		"garbage":                       garbage,
		"another program's SQLite file": foreign,
		"all but the first page broken": broken,
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, ledger.FileName)
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			for _, readOnly := range []bool{false, true} {
				opts := options()
				opts.ReadOnly = readOnly
				l, err := ledger.Open(t.Context(), dir, opts)
				if err == nil {
					l.Close()
				}
				if !errors.Is(err, ledger.ErrDamaged) || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "left as it is") {
					t.Errorf("opened with %v", err)
				}
			}
			if _, err := ledger.Restore(t.Context(), path, t.TempDir()); !errors.Is(err, ledger.ErrUnfitting) {
				t.Errorf("restored with %v", err)
			}
			if after, err := os.ReadFile(path); err != nil || string(after) != string(content) {
				t.Errorf("the file was changed (%v)", err)
			}
		})
	}
}

func TestNewerAndOlderFormsAreRefused(t *testing.T) {
	dir := written(t)
	edit(t, dir, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1)`)
	before, err := os.ReadFile(filepath.Join(dir, ledger.FileName))
	if err != nil {
		t.Fatal(err)
	}
	for _, readOnly := range []bool{false, true} {
		opts := options()
		opts.ReadOnly = readOnly
		_, err := ledger.Open(t.Context(), dir, opts)
		if !errors.Is(err, ledger.ErrNewer) || !strings.Contains(err.Error(), "form 99") {
			t.Errorf("a newer ledger (read only: %v): %v", readOnly, err)
		}
	}
	if _, err := ledger.Restore(t.Context(), filepath.Join(dir, ledger.FileName), t.TempDir()); !errors.Is(err, ledger.ErrNewer) {
		t.Errorf("restoring a newer ledger: %v", err)
	}
	if after, err := os.ReadFile(filepath.Join(dir, ledger.FileName)); err != nil || string(after) != string(before) {
		t.Errorf("opening a newer ledger changed it (%v)", err)
	}

	older := written(t)
	edit(t, older, `DELETE FROM goose_db_version WHERE version_id > 0`)
	opts := options()
	opts.ReadOnly = true
	if _, err := ledger.Open(t.Context(), older, opts); !errors.Is(err, ledger.ErrOlder) {
		t.Errorf("an older ledger for reading: %v", err)
	}
}

func TestFoldersThatCannotBeUsed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ledger.Open(t.Context(), filepath.Join(file, "data"), options()); !errors.Is(err, ledger.ErrFolder) {
		t.Errorf("a folder inside a file: %v", err)
	}
	if _, err := ledger.Open(t.Context(), file, options()); !errors.Is(err, ledger.ErrFolder) {
		t.Errorf("a file as a folder: %v", err)
	}
	opts := options()
	opts.Create = false
	for name, dir := range map[string]string{"an empty folder": t.TempDir(), "no folder": filepath.Join(t.TempDir(), "none")} {
		if _, err := ledger.Open(t.Context(), dir, opts); !errors.Is(err, ledger.ErrNoLedger) {
			t.Errorf("%s: %v", name, err)
		}
	}
	l := open(t, t.TempDir())
	if _, err := l.Backup(t.Context(), filepath.Join(file, "backup")); !errors.Is(err, ledger.ErrFolder) {
		t.Errorf("a backup into a file: %v", err)
	}
}

func TestPathsWithOddLetters(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "të dhënat?mode=ro&a=%20#1 ;'\"")
	l := open(t, dir)
	if _, err := l.Append(t.Context(), syntheticChanges(0, 3)); err != nil {
		t.Fatal(err)
	}
	backup := filepath.Join(dir, "копија 100%?.db")
	if head, err := l.Backup(t.Context(), backup); err != nil || head.Seq != 3 {
		t.Errorf("backup: %+v, %v", head, err)
	}
	for _, path := range []string{filepath.Join(dir, ledger.FileName), backup} {
		if _, err := os.Stat(path); err != nil {
			t.Error(err)
		}
	}
}

func TestClockSetBack(t *testing.T) {
	now := time.Date(2024, 3, 31, 1, 59, 59, 999_999_999, time.FixedZone("CET", 3600))
	opts := options()
	opts.Now = func() time.Time { return now }
	l, err := ledger.Open(t.Context(), t.TempDir(), opts)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	want := time.Date(2024, 3, 31, 0, 59, 59, 999_999_000, time.UTC)
	for i, step := range []time.Duration{0, -time.Hour, time.Second} {
		now = now.Add(step)
		if i == 2 {
			now = now.Add(time.Hour)
			want = want.Add(time.Second)
		}
		if _, err := l.Append(t.Context(), syntheticChanges(i, 1)); err != nil {
			t.Fatal(err)
		}
		entries, err := l.Read(t.Context(), int64(i), 1)
		if err != nil || !entries[0].At.Equal(want) || entries[0].At.Location() != time.UTC {
			t.Errorf("after %v: %v, %v, want %v", step, entries, err, want)
		}
	}
	if report, err := l.Verify(t.Context(), nil); err != nil || !report.OK() {
		t.Errorf("report %+v, %v", report, err)
	}
}

func TestRandomnessThatEnds(t *testing.T) {
	opts := options()
	opts.Rand = strings.NewReader(strings.Repeat("x", 32+16+20))
	l, err := ledger.Open(t.Context(), t.TempDir(), opts)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := l.Append(t.Context(), syntheticChanges(0, 1)); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("appending with half a salt: %v", err)
	}
}

func TestReopenGoesOn(t *testing.T) {
	dir := written(t)
	l := open(t, dir)
	change := ledger.Change{Kind: "judgment", ID: "a", Base: 3, State: record.Published, By: "officer", Body: []byte(`{}`)}
	span, err := l.Append(t.Context(), []ledger.Change{change})
	if err != nil || span.First != 8 {
		t.Errorf("span %v, %v", span, err)
	}
	if report, err := l.Verify(t.Context(), nil); err != nil || !report.OK() {
		t.Errorf("report %+v, %v", report, err)
	}
}
