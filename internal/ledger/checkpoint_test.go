package ledger_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fener/internal/ledger"

	"golang.org/x/mod/sumdb/tlog"
)

// shell opens a ledger's file as somebody with a SQLite shell would.
func shell(t *testing.T, dir string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, ledger.FileName))
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	return db
}

// holds reports whether a file has words in it, wherever they lie.
func holds(t *testing.T, path, words string) bool {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Contains(string(data), words)
}

// checkpoint is what a ledger says of itself, for keeping elsewhere.
func checkpoint(t *testing.T, dir string) ledger.Checkpoint {
	t.Helper()
	report, err := ledger.Audit(t.Context(), dir, nil, nil)
	if err != nil || !report.OK() {
		t.Fatalf("%v, %v", report.Faults, err)
	}
	return report.Checkpoint()
}

// forge rewrites a ledger as somebody would who knows its whole form: every
// commitment, every link and the end are made to hold again.
func forge(t *testing.T, dir string, change func(e *ledger.Entry) (keep bool)) {
	t.Helper()
	l := openOld(t, dir)
	head, err := l.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	entries, err := l.Read(t.Context(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	db := shell(t, dir)
	defer db.Close()
	exec := func(query string, args ...any) {
		if _, err := db.Exec(query, args...); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
	exec(`DELETE FROM entries`)
	chain, seq, at := ledger.Genesis(head.Ledger), int64(0), head.At
	for _, e := range entries {
		if !change(&e) {
			continue
		}
		seq++
		e.Seq = seq
		var salt, body, whySalt, why any
		if !e.Erased {
			e.Commitment = ledger.Commit(e.Salt, e.Body)
			salt, body = e.Salt[:], string(e.Body)
		}
		if !e.WhyErased {
			e.WhyCommitment = ledger.Commit(e.WhySalt, []byte(e.Why))
			whySalt, why = e.WhySalt[:], e.Why
		}
		e.Chain = ledger.Chain(chain, &e)
		chain, at = e.Chain, e.At
		exec(`INSERT INTO entries VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`, e.Seq, e.At.Format("2006-01-02T15:04:05.000000Z"), string(e.Kind), e.ID, e.Rev,
			string(e.State), e.By, e.Batch, e.Commitment[:], e.WhyCommitment[:], e.Chain[:], whySalt, why, salt, body)
	}
	exec(`UPDATE ledger SET seq = ?, at = ?, chain = ?`, seq, at.Format("2006-01-02T15:04:05.000000Z"), chain[:])
	if err := ledger.MakeLogAnew(t.Context(), db); err != nil {
		t.Fatal(err)
	}
}

func openOld(t *testing.T, dir string) *ledger.Store {
	t.Helper()
	opts := options()
	opts.Create = false
	l, err := ledger.Open(t.Context(), dir, opts)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Each of these ledgers verifies by itself: whoever can write the file can make
// all its hashes anew. Only what was kept elsewhere tells.
func TestACheckpointFindsWhatTheLedgerCannotShowByItself(t *testing.T) {
	everything := func(*ledger.Entry) bool { return true }
	for _, tt := range []struct {
		name   string
		change func(e *ledger.Entry) bool
		says   string
	}{
		{"one word rewritten", func(e *ledger.Entry) bool {
			if e.Seq == 3 {
				e.Body = []byte(`{"id":"other"}`)
			}
			return true
		}, "entries 1 to 7 are not those"},
		{"another author", func(e *ledger.Entry) bool {
			if e.Seq == 5 {
				e.By = "nobody"
			}
			return true
		}, "entries 1 to 7 are not those"},
		{"another time", func(e *ledger.Entry) bool {
			if e.Seq == 7 {
				e.At = e.At.Add(time.Second)
			}
			return true
		}, "entries 1 to 7 are not those"},
		{"its end cut off", func(e *ledger.Entry) bool { return e.Seq < 7 }, "names 7 entries and the ledger has 6: its end was cut off"},
		{"all cut off", func(e *ledger.Entry) bool { return false }, "names 7 entries and the ledger has 0"},
		{"an erasure forged in the place of an entry", func(e *ledger.Entry) bool {
			switch e.Seq {
			case 5:
				e.Erased, e.Body, e.Salt = true, nil, [ledger.SaltSize]byte{}
				e.WhyErased, e.Why, e.WhySalt = true, "", [ledger.SaltSize]byte{}
			case 7:
				e.Kind, e.ID, e.Body = ledger.Erasure, "5", []byte(`{"id":"a","kind":"judgment","rev":3,"seq":5}`)
			}
			return true
		}, "entries 1 to 7 are not those"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := written(t)
			forge(t, dir, everything)
			kept := checkpoint(t, dir)
			forge(t, dir, tt.change)
			if report, err := ledger.Audit(t.Context(), dir, nil, nil); err != nil || !report.OK() {
				t.Fatalf("the forgery shows without a checkpoint: %v, %v", report.Faults, err)
			}
			report, err := ledger.Audit(t.Context(), dir, []ledger.Checkpoint{kept}, nil)
			if err != nil || !hasFault(report, 0, ledger.FaultCheckpoint, tt.says) {
				t.Errorf("faults %v, %v, want one that says %q", report.Faults, err, tt.says)
			}
		})
	}
}

func TestCheckpointsNarrowDownWhatWasRewritten(t *testing.T) {
	dir := t.TempDir()
	var kept []ledger.Checkpoint
	for i := range 5 {
		l := openNew(t, dir)
		if _, err := l.Append(t.Context(), syntheticChanges(i*10, 10)); err != nil {
			t.Fatal(err)
		}
		l.Close()
		kept = append(kept, checkpoint(t, dir))
	}
	if report, err := ledger.Audit(t.Context(), dir, kept, nil); err != nil || !report.OK() {
		t.Fatalf("an untouched ledger does not fit its own checkpoints: %v, %v", report.Faults, err)
	}
	forge(t, dir, func(e *ledger.Entry) bool {
		if e.Seq == 25 {
			e.Why = "something else"
		}
		return true
	})
	report, err := ledger.Audit(t.Context(), dir, kept, nil)
	if err != nil || len(report.Faults) != 3 || !hasFault(report, 0, ledger.FaultCheckpoint, "entries 21 to 30 are not those") {
		t.Errorf("faults %v, %v, want that entries 21 to 30 differ, and two later checkpoints", report.Faults, err)
	}
}

// A later erasure is what it says, so it fits every checkpoint; the report names it.
func TestErasuresFitAndAreNamed(t *testing.T) {
	dir := written(t)
	kept := checkpoint(t, dir)
	l := openOld(t, dir)
	if _, err := l.Erase(t.Context(), ledger.Order{Kind: "judgment", ID: "a", Revs: []int{2}, By: "somebody", Why: "says who"}); err != nil {
		t.Fatal(err)
	}
	l.Close()
	report, err := ledger.Audit(t.Context(), dir, []ledger.Checkpoint{kept}, nil)
	if err != nil || !report.OK() {
		t.Fatalf("%v, %v", report.Faults, err)
	}
	want := ledger.Erasing{Erased: ledger.Erased{Seq: 3, Kind: "judgment", ID: "a", Rev: 2}, By: 8, Author: "somebody", Why: "says who"}
	if got := report.Erasures; len(got) != 2 || got[1] != want {
		t.Errorf("erasures %+v, want the last to be %+v", got, want)
	}
}

func TestAnotherLedgersCheckpoint(t *testing.T) {
	report, err := ledger.Audit(t.Context(), written(t), []ledger.Checkpoint{checkpoint(t, written(t))}, nil)
	if err != nil || !hasFault(report, 0, ledger.FaultCheckpoint, "another one lies in its place") {
		t.Errorf("faults %v, %v", report.Faults, err)
	}
}

func openNew(t *testing.T, dir string) *ledger.Store {
	t.Helper()
	l, err := ledger.Open(t.Context(), dir, options())
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// The root is that of a transparency log, so that what proves things about one
// proves them about the other.
func TestTheTreeIsATransparencyLogs(t *testing.T) {
	var tree ledger.Tree
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
		var out []tlog.Hash
		for _, i := range at {
			out = append(out, stored[i])
		}
		return out, nil
	})
	for n := range int64(70) {
		want, err := tlog.TreeHash(n, reader)
		if err != nil {
			t.Fatal(err)
		}
		if n > 0 && tree.Root() != want || tree.Size() != n {
			t.Fatalf("the root of %d entries is %x, want %x", n, tree.Root(), want)
		}
		e := ledger.Entry{Seq: n + 1, Kind: "judgment", ID: fmt.Sprint(n), Rev: 1, State: "draft", By: "x", At: time.Unix(n, 0)}
		tree.Add(&e)
		hashes, err := tlog.StoredHashes(n, ledger.Leaf(&e), reader)
		if err != nil {
			t.Fatal(err)
		}
		stored = append(stored, hashes...)
	}
}

func TestParseCheckpoint(t *testing.T) {
	const good = "fener/ledger/0123456789abcdef0123456789abcdef\n12\nqJ0Ln3X9E5yYk5o7n4l7jJ1m0oYyqf0k2j1w5v3l9kA=\n"
	c, err := ledger.ParseCheckpoint(good)
	if err != nil || c.String() != good {
		t.Fatalf("%v, %v", c, err)
	}
	for _, more := range []string{good + "\n— somebody Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n", strings.ReplaceAll(good, "\n", "\r\n")} {
		if got, err := ledger.ParseCheckpoint(more); err != nil || got != c {
			t.Errorf("%q: %v, %v", more, got, err)
		}
	}
	for _, bad := range []string{"", "fener/ledger/x\n1\n\n", strings.Replace(good, "12", "012", 1), strings.Replace(good, "12", "-1", 1), strings.Replace(good, "=", "", 1),
		strings.Replace(good, "fener", "other", 1), good[:60]} {
		if got, err := ledger.ParseCheckpoint(bad); err == nil || !strings.Contains(err.Error(), "checkpoint") {
			t.Errorf("%q was read as %v, %v", bad, got, err)
		}
	}
}
