package node_test

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fener/internal/ledger"
	"fener/internal/node"
	"fener/internal/record"
)

// guarded is a node that keeps checkpoints in a folder of its own.
func guarded(t *testing.T, dir, kept string, log *node.Logged) (*node.Node, error) {
	t.Helper()
	return node.Open(t.Context(), node.Options{
		Dir: dir, Pack: node.LawOfKosovo(t), Now: func() time.Time { return noon }, Rand: rand.Reader, Log: slog.New(slog.NewJSONHandler(log, nil)), Checkpoints: kept,
	})
}

// served runs a node until its checkpoint is kept, and stops it.
func served(t *testing.T, dir, kept string) error {
	t.Helper()
	n, err := guarded(t, dir, kept, &node.Logged{})
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- n.Run(ctx) }()
	select {
	case <-n.Warmed():
		stop()
		err = <-ended
	case err = <-ended:
		stop()
	}
	return errors.Join(err, n.Close())
}

// enter appends so many things to a ledger at rest.
func enter(t *testing.T, dir, name string, count int) {
	t.Helper()
	l, err := ledger.Open(t.Context(), dir, ledger.Options{Now: func() time.Time { return noon }, Rand: rand.Reader, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for i := range count {
		change := ledger.Change{Kind: "note", ID: fmt.Sprint(name, i), State: record.Published, By: "officer", Body: []byte(`{}`)}
		if _, err := l.Append(t.Context(), []ledger.Change{change}); err != nil {
			t.Fatal(err)
		}
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// An older ledger, or one that was rewritten, is not served: whatever lies in the
// folder beside it can be removed with it, but not what was kept elsewhere.
func TestAnotherLedgerThanWasSeenIsNotServed(t *testing.T) {
	for name, tt := range map[string]struct {
		after func(t *testing.T, dir string)
		says  string
	}{
		"an older copy":              {func(*testing.T, string) {}, "it ends with entry 5, and it was seen to end with entry 8"},
		"an older copy that went on": {func(t *testing.T, dir string) { enter(t, dir, "other-", 9) }, "its entry 8 is not the one that was seen there"},
	} {
		t.Run(name, func(t *testing.T) {
			dir, kept := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "kept")
			file := filepath.Join(dir, ledger.FileName)
			enter(t, dir, "first-", 5)
			old := filepath.Join(t.TempDir(), "old.db")
			copyFile(t, file, old)
			enter(t, dir, "second-", 3)
			if err := served(t, dir, kept); err != nil {
				t.Fatal(err)
			}
			if err := served(t, dir, kept); err != nil {
				t.Fatalf("the same ledger again: %v", err)
			}
			if err := os.RemoveAll(dir); err != nil { // the view goes with it, so that only the checkpoint tells
				t.Fatal(err)
			}
			if err := os.Mkdir(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			copyFile(t, old, file)
			tt.after(t, dir)
			err := served(t, dir, kept)
			if !errors.Is(err, ledger.ErrRewound) || !strings.Contains(err.Error(), tt.says) || !strings.Contains(err.Error(), "fener ledger accept") {
				t.Errorf("served with %v, want an error that says %q", err, tt.says)
			}
		})
	}
}

// Entries before the last were rewritten, with every hash made anew but the last
// chain kept as it was: the whole ledger is read beside the readers, and it shows.
func TestAnAlteredLedgerIsToldByHealth(t *testing.T) {
	for name, tt := range map[string]struct {
		harm func(t *testing.T, dir string)
		says string
	}{
		"an edited text": {func(t *testing.T, dir string) {
			statement(t, dir, `UPDATE entries SET body = '{"x":1}' WHERE seq = 3`)
		}, "does not hold"},
		"an added table": {func(t *testing.T, dir string) { statement(t, dir, `CREATE TABLE copies (t TEXT)`) }, "does not hold"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			enter(t, dir, "first-", 5)
			r := serve(t, dir, node.Listening{})
			healthy(t, r, http.StatusOK, "ok")
			tt.harm(t, dir)
			if err := node.VerifyNow(r.Node, t.Context()); err != nil {
				t.Fatal(err)
			}
			healthy(t, r, http.StatusInternalServerError, tt.says)
			if !strings.Contains(r.log.String(), "the ledger does not hold") {
				t.Errorf("the log says %s", r.log)
			}
		})
	}
	t.Run("the file removed", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "data")
		enter(t, dir, "first-", 5)
		r := serve(t, dir, node.Listening{})
		if err := os.Remove(filepath.Join(dir, ledger.FileName)); err != nil {
			t.Fatal(err)
		}
		healthy(t, r, http.StatusInternalServerError, "cannot be read")
	})
}

func healthy(t *testing.T, r *running, code int, says string) {
	t.Helper()
	if got, text, _ := get(t, r.admin+"healthz"); got != code || !strings.Contains(text, says) {
		t.Errorf("healthz answers %d %q, want %d %q", got, text, code, says)
	}
}

func statement(t *testing.T, dir, text string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, ledger.FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(text); err != nil {
		t.Fatal(err)
	}
}

// What somebody wrote into the view is not served, kept pages included, until it
// was folded anew.
func TestAnEditedViewIsNotServed(t *testing.T) {
	dir := node.DemoFolder(t, noon, 0)
	r := serve(t, dir, node.Listening{})
	page := r.url + "en/sources"
	_, before, _ := get(t, page)
	db, err := sql.Open("sqlite", filepath.Join(dir, "view-public.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`UPDATE things SET body = replace(body, 'a', 'b'), title = 'SAID BY NOBODY'`); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if strings.Contains(r.log.String(), "changed by somebody else") {
			break
		}
		if time.Now().After(end) {
			t.Fatal("it was not noticed")
		}
	}
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		code, after, _ := get(t, page)
		if code == http.StatusOK && after == before {
			return
		}
		if strings.Contains(after, "SAID BY NOBODY") {
			t.Fatal("what nobody said was shown")
		}
		if time.Now().After(end) {
			t.Fatalf("it answers %d", code)
		}
	}
}
