package publish

import (
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fener/internal/ledger"
	"fener/internal/proof"
	"fener/internal/record"
)

// newLedger is a ledger with so many published sources.
func newLedger(t *testing.T, count int) *ledger.Store {
	t.Helper()
	l, err := ledger.Open(t.Context(), t.TempDir(), ledger.Options{Now: time.Now, Rand: rand.Reader, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	grow(t, l, count)
	return l
}

func grow(t *testing.T, l *ledger.Store, count int) {
	t.Helper()
	tree, err := l.LogTree(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for n := range count {
		if _, err := l.Append(t.Context(), []ledger.Change{{Kind: record.SourceKind, ID: fmt.Sprint("s", tree.N+int64(n)), State: record.Published, By: "officer", Body: []byte(`{"title":"SYNTHETIC"}`)}}); err != nil {
			t.Fatal(err)
		}
	}
}

// A server signs what only grew: it goes on with what it signed before, keeps what it signs, and signs nothing under a name that stands for another log.
func TestALogIsSignedAsItGrows(t *testing.T) {
	k, folder := newKeys(t), t.TempDir()
	l := newLedger(t, 3)
	open := func(l *ledger.Store, key string) (*Log, error) {
		return OpenLog(t.Context(), LogOptions{Ledger: l, Key: key, Folder: folder, Log: slog.New(slog.DiscardHandler)})
	}
	log, err := open(l, k.private)
	if err != nil {
		t.Fatal(err)
	}
	if log.State().Signed != nil {
		t.Error("something is seen before anything was signed")
	}
	var sizes []int64
	for _, more := range []int{0, 1, 0, 300} {
		grow(t, l, more)
		if err := log.Update(t.Context()); err != nil {
			t.Fatal(err)
		}
		c, _, err := k.policy(t).Check(log.State().Signed)
		if err != nil {
			t.Fatal(err)
		}
		sizes = append(sizes, c.N)
		head, _ := l.Head(t.Context())
		if kept, text, err := RecallLog(folder, head.Ledger); err != nil || kept.N != c.N || string(text) != string(log.State().Signed) {
			t.Errorf("of %d leaves, %v are kept, %v", c.N, kept, err)
		}
	}
	if fmt.Sprint(sizes) != "[3 4 4 304]" {
		t.Errorf("it signed %v", sizes)
	}
	log, err = open(l, k.private) // a new start
	if err != nil {
		t.Fatal(err)
	}
	if err := log.Update(t.Context()); err != nil || log.State().N != 304 {
		t.Errorf("after a new start: %d, %v", log.State().N, err)
	}
	if _, err := open(newLedger(t, 5), k.private); !errors.Is(err, ledger.ErrRewound) {
		t.Errorf("two records are signed under one name: %v", err)
	}
	other, _, err := proof.NewKey(rand.Reader, "fener.example/log")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := open(l, other); err == nil {
		t.Error("another key signs on under the same name")
	}
	head, _ := l.Head(t.Context())
	path := filepath.Join(folder, head.Ledger+checkpointSuffix)
	if err := os.WriteFile(path, []byte("half a check"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := open(l, k.private); err == nil {
		t.Error("what was kept cannot be read, and it is signed on")
	}
}

// Policies as C2SP has them, and those that are none.
func TestPolicies(t *testing.T) {
	k := newKeys(t)
	const one = "witness.example/one+0b0a7f4b+BAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g" // its hash is wrong
	for _, c := range []struct {
		name, text string
		ok         bool
	}{
		{"a log alone", "log " + k.public + "\nquorum none\n", true},
		{"comments, tabs and empty lines", "# who\n\n\tlog\t" + k.public + " https://x \n quorum none", true},
		{"no quorum", "log " + k.public + "\n", false},
		{"two quorums", "quorum none\nquorum none\n", false},
		{"a quorum of nobody", "quorum somebody\n", false},
		{"a witness with a wrong hash", "witness one " + one + "\nquorum one\n", false},
		{"a log as a witness", "witness one " + k.public + "\nquorum one\n", false},
		{"a log twice", "log " + k.public + "\nlog " + k.public + "\nquorum none\n", false},
		{"a word that is none", "logs " + k.public + "\nquorum none\n", false},
		{"a group of nobody", "group g all x\nquorum g\n", false},
		{"no key", "log x\nquorum none\n", false},
	} {
		if _, err := proof.ParsePolicy(c.text); (err == nil) != c.ok {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
