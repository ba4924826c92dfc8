package ledger_test

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fener/internal/ledger"
	"fener/internal/proof"
	"fener/internal/record"

	"golang.org/x/mod/sumdb/tlog"
)

// happening is one thing that happens to a record.
type happening struct {
	name   string
	kind   record.Kind
	id     string
	base   int
	state  record.State
	erase  int    // revision to erase instead
	leaves string // what the log gains
}

// The log has a leaf for everything that readers can see come or go, and none for what they cannot.
func TestEverythingPublicHasALeaf(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir)
	before := int64(0)
	for _, s := range []happening{
		{name: "a draft is nobody's business", id: "a", state: record.Draft},
		{name: "nor is handing it in", id: "a", base: 1, state: record.Submitted},
		{name: "or verifying it", id: "a", base: 2, state: record.Verified},
		{name: "publishing is", id: "a", base: 3, state: record.Published, leaves: "published judgment 1 a"},
		{name: "a correction in the making", id: "a", base: 4, state: record.Draft},
		{name: "withdrawn after it was public", id: "a", base: 5, state: record.Withdrawn, leaves: "withdrawn judgment 2 a"},
		{name: "published again", id: "a", base: 6, state: record.Published, leaves: "published judgment 3 a"},
		{name: "another draft", id: "b", state: record.Draft},
		{name: "withdrawn before anybody saw it", id: "b", base: 1, state: record.Withdrawn},
		{name: "a draft erased", id: "b", erase: 1},
		{name: "what was public is erased", id: "a", erase: 4, leaves: "erased judgment 1 a"},
		{name: "then its withdrawal", id: "a", erase: 6, leaves: "erased judgment 2 a"},
		{name: "the reason of an erasure that was public", kind: ledger.Erasure, id: "4", erase: 1, leaves: "erased judgment 1 a"},
		{name: "another kind", kind: "source", id: "s", state: record.Published, leaves: "published source 1 s"},
	} {
		kind := s.kind
		if kind == "" {
			kind = "judgment"
		}
		var err error
		if s.erase > 0 {
			_, err = l.Erase(t.Context(), ledger.Order{Kind: kind, ID: s.id, Revs: []int{s.erase}, By: "officer", Why: "court order"})
		} else {
			_, err = l.Append(t.Context(), []ledger.Change{{Kind: kind, ID: s.id, Base: s.base, State: s.state, By: "officer", Why: "why", Body: fmt.Appendf(nil, `{"id":%q,"base":%d}`, s.id, s.base)}})
		}
		if err != nil {
			t.Fatalf("%s: %v", s.name, err)
		}
		tree, err := l.LogTree(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if tree.N > before {
			leaf := leafAt(t, l, tree.N-1)
			got = fmt.Sprintf("%s %s %d %s", leaf.Act, leaf.Kind, leaf.Rev, leaf.ID)
			if (leaf.Text != nil) != (leaf.Act == proof.Published) || leaf.Chain == nil {
				t.Errorf("%s: the leaf is %s", s.name, leaf.Encode())
			}
		}
		if want := before + int64(len(strings.Fields(s.leaves))+3)/4; got != s.leaves || tree.N != want {
			t.Errorf("%s: the log gained %q and has %d leaves, want %q and %d", s.name, got, tree.N, s.leaves, want)
		}
		before = tree.N
		report, err := l.Verify(t.Context(), nil)
		if err != nil || report.Err() != nil || report.Log.Root() != tree.Hash {
			t.Fatalf("%s: %v, %v", s.name, err, report.Err())
		}
	}
	for _, secret := range []string{"officer", "court order", "why"} {
		for n := range before {
			if text := string(leafAt(t, l, n).Encode()); strings.Contains(text, secret) {
				t.Errorf("leaf %d says %q: %s", n, secret, text)
			}
		}
	}
}

// leafAt reads one leaf as it is sent.
func leafAt(t *testing.T, l *ledger.Store, n int64) *proof.Leaf {
	t.Helper()
	data, err := l.LogTile(t.Context(), tlog.Tile{H: 8, L: -1, N: n / 256, W: int(n%256) + 1})
	if err != nil {
		t.Fatal(err)
	}
	var last []byte
	for len(data) > 0 {
		size := int(data[0])<<8 | int(data[1])
		last, data = data[2:2+size], data[2+size:]
	}
	leaf, err := proof.ParseLeaf(last)
	if err != nil {
		t.Fatal(err)
	}
	return leaf
}

// published makes a ledger of so many published things, with drafts between them.
func published(t testing.TB, dir string, count int) *ledger.Store {
	t.Helper()
	l := open(t, dir)
	changes := syntheticChanges(0, count)
	for i := range changes {
		changes[i].State = []record.State{record.Published, record.Published, record.Draft}[i%3]
	}
	if _, err := l.AppendAll(t.Context(), func(yield func(ledger.Change, error) bool) {
		for _, c := range changes {
			if !yield(c, nil) {
				return
			}
		}
	}); err != nil {
		t.Fatal(err)
	}
	return l
}

// A log that is made from the entries as they stand is the one that was written with them: equal ledgers have equal logs.
func TestALogMadeAnewIsEqual(t *testing.T) {
	dir := t.TempDir()
	l := published(t, dir, 1000)
	more := syntheticChanges(0, 900)
	for i := range more {
		more[i].Base, more[i].State = 1, []record.State{record.Published, record.Withdrawn, record.Draft}[i%3]
	}
	if _, err := l.Append(t.Context(), more); err != nil {
		t.Fatal(err)
	}
	before, err := l.LogTree(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	db := shell(t, dir)
	if err := errors.Join(ledger.MakeLogAnew(t.Context(), db), db.Close()); err != nil {
		t.Fatal(err)
	}
	l = openOld(t, dir)
	defer l.Close()
	after, err := l.LogTree(t.Context())
	if err != nil || after != before || after.N < 1200 {
		t.Errorf("%d leaves with the root %s, before %d with %s; %v", after.N, after.Hash, before.N, before.Hash, err)
	}
	if report, err := l.Verify(t.Context(), nil); err != nil || report.Err() != nil {
		t.Error(err, report.Err())
	}
}

// A ledger that was begun by an older Fener gets its log when it is opened, twice the same; its entries of the first form give no chain away.
func TestAnOlderLedgerGetsItsLog(t *testing.T) {
	var trees []tlog.Tree
	for range 2 {
		dir := t.TempDir()
		copyFile(t, filepath.Join("testdata", "first-form.db"), filepath.Join(dir, ledger.FileName))
		l := openOld(t, dir)
		tree, err := l.LogTree(t.Context())
		if err != nil || tree.N == 0 {
			t.Fatalf("%d leaves, %v", tree.N, err)
		}
		for n := range tree.N {
			if leaf := leafAt(t, l, n); leaf.Chain != nil {
				t.Errorf("leaf %d gives its chain away", n)
			}
		}
		trees = append(trees, tree)
		l.Close()
	}
	if trees[0] != trees[1] {
		t.Errorf("%v, then %v", trees[0], trees[1])
	}
}

// Every tile of a log, whole or begun, is made of its leaves, and the root over any number of leaves is that of package tlog.
func TestTilesOfEverySize(t *testing.T) {
	l := published(t, t.TempDir(), 1100)
	defer l.Close()
	now, err := l.LogTree(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var tree ledger.Tree
	for n := range now.N {
		tree.AddLeaf(leafAt(t, l, n).Encode())
		if n%97 > 0 && (n+1)%256 > 1 {
			continue
		}
		root, err := l.RootAt(t.Context(), n+1)
		if err != nil || root != tree.Root() {
			t.Fatalf("over %d leaves: %s, %v", n+1, root, err)
		}
		p, err := tlog.ProveRecord(n+1, n/2, l.LogHashes(t.Context(), tlog.Tree{N: n + 1, Hash: root}))
		if err != nil {
			t.Fatalf("over %d leaves: %v", n+1, err)
		}
		if err := tlog.CheckRecord(p, n+1, root, n/2, tlog.RecordHash(leafAt(t, l, n/2).Encode())); err != nil {
			t.Errorf("over %d leaves: %v", n+1, err)
		}
	}
	for _, tile := range []tlog.Tile{{H: 8, L: 0, N: 0, W: 0}, {H: 8, L: 0, N: 9, W: 1}, {H: 8, L: 1, N: 0, W: 3}, {H: 8, L: 2, N: 0, W: 1}, {H: 7, L: 0, N: 0, W: 1},
		{H: 8, L: 0, N: -1, W: 1}, {H: 8, L: 0, N: 0, W: 257}, {H: 8, L: 40, N: 0, W: 1}, {H: 8, L: -1, N: 2, W: 256}} {
		if _, err := l.LogTile(t.Context(), tile); !errors.Is(err, ledger.ErrNotFound) {
			t.Errorf("%+v: %v", tile, err)
		}
	}
}

// What somebody changes in the log by hand is found.
func TestVerifyFindsEditsOfTheLog(t *testing.T) {
	for _, tt := range []struct{ name, edit, says string }{
		{"a leaf removed", `DELETE FROM log_leaves WHERE number = 300`, "without a leaf"},
		{"the last leaves removed", `DELETE FROM log_leaves WHERE number > 600`, "without a leaf"},
		{"a leaf of another text", `UPDATE log_leaves SET leaf = replace(leaf, 'text ', 'text A') WHERE number = 5`, "its leaf in the proof log"},
		{"a leaf of another revision", `UPDATE log_leaves SET leaf = replace(leaf, 'judgment 1', 'judgment 2') WHERE number = 5`, "counts it as revision 2"},
		{"a leaf of another thing", `UPDATE log_leaves SET leaf = (SELECT leaf FROM log_leaves WHERE number = 6) WHERE number = 5`, "says other than the entry"},
		{"a leaf of a draft", `UPDATE log_leaves SET seq = (SELECT seq FROM entries WHERE state = 'draft' LIMIT 1) WHERE number = 1`, "was not public"},
		{"a leaf of nothing", `INSERT INTO log_leaves SELECT max(number) + 1, 999999, leaf FROM log_leaves`, "which is not there"},
		{"a leaf at another place", `UPDATE log_leaves SET number = 100000 WHERE number = 600`, "was expected"},
		{"a tile altered", `UPDATE log_tiles SET hashes = randomblob(8192) WHERE number = 1`, "is not made of its leaves"},
		{"the root of a tile altered", `UPDATE log_tiles SET root = randomblob(32) WHERE number = 0`, "is not made of its leaves"},
		{"a tile removed", `DELETE FROM log_tiles WHERE number = 0`, "is missing"},
		{"a tile too many", `INSERT INTO log_tiles VALUES (0, 77, x'00', x'00')`, "1 tiles more"},
		{"its size", `UPDATE log SET size = size + 1`, "was altered by hand"},
		{"its edge", `UPDATE log SET edge = size || ' ' || (SELECT group_concat(x, ' ') FROM (SELECT lower(hex(randomblob(32))) AS x FROM log_leaves LIMIT 5))`, ""},
		{"no end of it", `DELETE FROM log`, "is missing"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			l := published(t, dir, 1000)
			l.Close()
			edit(t, dir, tt.edit)
			report, err := ledger.Audit(t.Context(), dir, nil, nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range report.Faults {
				if f.What == ledger.FaultLog && strings.Contains(f.Text, tt.says) {
					return
				}
			}
			t.Errorf("it found %v, want %q", report.Faults, tt.says)
		})
	}
}

// A backup has the log as it was, and a restored one goes on with it.
func TestALogGoesThroughABackup(t *testing.T) {
	dir := t.TempDir()
	l := published(t, dir, 700)
	want, err := l.LogTree(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "backup.db")
	if _, err := l.Backup(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	l.Close()
	again := t.TempDir()
	copyFile(t, filepath.Join(dir, ledger.KeyName), filepath.Join(again, ledger.KeyName))
	if _, err := ledger.Restore(t.Context(), file, again); err != nil {
		t.Fatal(err)
	}
	l = openOld(t, again)
	defer l.Close()
	if got, err := l.LogTree(t.Context()); err != nil || got != want {
		t.Fatalf("%v, %v, want %v", got, err, want)
	}
	change := syntheticChanges(5000, 1)
	change[0].State = record.Published
	if _, err := l.Append(t.Context(), change); err != nil {
		t.Fatal(err)
	}
	if report, err := l.Verify(t.Context(), nil); err != nil || report.Err() != nil || report.Log.Size() != want.N+1 {
		t.Error(err, report.Err())
	}
}

// What cannot be committed to is refused before it is public, and is no trouble as a draft.
func TestATextThatCannotBeCommittedTo(t *testing.T) {
	l := open(t, t.TempDir())
	defer l.Close()
	deep := ledger.Change{Kind: "judgment", ID: "a", State: record.Draft, By: "officer", Body: []byte(`{"a":` + strings.Repeat("[", 200) + strings.Repeat("]", 200) + `}`)}
	if _, err := l.Append(t.Context(), []ledger.Change{deep}); err != nil {
		t.Fatal(err)
	}
	deep.ID, deep.State = "b", record.Published
	if _, err := l.Append(t.Context(), []ledger.Change{deep}); !errors.Is(err, ledger.ErrInvalid) {
		t.Errorf("it was published: %v", err)
	}
	if tree, err := l.LogTree(t.Context()); err != nil || tree.N != 0 {
		t.Errorf("%d leaves, %v", tree.N, err)
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// A clock that jumps dates nothing, and no leaf has a time: the log goes on when somebody has said that the clock is right, also where that is back in time.
func TestALogThroughAClockThatJumps(t *testing.T) {
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	l, err := ledger.Open(t.Context(), t.TempDir(), ledger.Options{Now: func() time.Time { return now }, Rand: rand.Reader, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	publish := func(n int) error {
		change := syntheticChanges(n, 1)
		change[0].State = record.Published
		_, err := l.Append(t.Context(), change)
		return err
	}
	if err := publish(0); err != nil {
		t.Fatal(err)
	}
	for _, jump := range []time.Duration{3 * 365 * 24 * time.Hour, -9 * 24 * time.Hour} {
		now = now.Add(jump)
		before, err := l.LogTree(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := publish(int(before.N)); !errors.Is(err, ledger.ErrClock) {
			t.Errorf("after a jump of %s: %v", jump, err)
		}
		if after, err := l.LogTree(t.Context()); err != nil || after != before {
			t.Errorf("a refused entry has a leaf: %v, %v", after, err)
		}
		if _, err := l.TrustClock(t.Context(), "officer", "the clock was repaired"); err != nil {
			t.Fatal(err)
		}
		if err := publish(int(before.N)); err != nil {
			t.Fatal(err)
		}
		if after, err := l.LogTree(t.Context()); err != nil || after.N != before.N+1 {
			t.Errorf("%d leaves, %v, want %d", after.N, err, before.N+1)
		}
	}
	if report, err := l.Verify(t.Context(), nil); err != nil || report.Err() != nil {
		t.Error(err, report.Err())
	}
}
