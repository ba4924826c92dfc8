package view_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/view"
)

// During a repair readers see the whole record as it was, never the half that is
// built so far: an existing case was answered as if it had never been.
func TestARepairNeverShowsHalfARecord(t *testing.T) {
	const judgments = 12_000
	d := filled(t, judgments)
	first, last := cases(t, judgments)
	o := d.options(view.Public)
	var v *view.View
	asked := 0
	o.Progress = func(int64, int64) {
		asked++
		for _, id := range []string{first, last} {
			if _, err := v.Case(t.Context(), id); err != nil || v.Seq() != judgments {
				t.Errorf("while it is built anew, case %s is %v and the view ends with entry %d", id, err, v.Seq())
			}
		}
	}
	v, err := view.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	view.Hurt(v)
	if err := v.CatchUp(t.Context()); err != nil || asked < 3 {
		t.Fatalf("%v, asked %d times", err, asked)
	}
	whole(t, v, judgments)
}

// cases are those of the first and the last of so many SYNTHETIC judgments.
func cases(t *testing.T, judgments int) (first, last string) {
	t.Helper()
	changes := syntheticChanges(t, judgments)
	return strings.TrimSuffix(changes[0].ID, "-first"), strings.TrimSuffix(changes[judgments-1].ID, "-first")
}

// A repair that fails leaves what was there, and can be tried again: the first
// that could not remove the file crashed the server at the second.
func TestARepairThatFailsCanBeTriedAgain(t *testing.T) {
	const judgments = 6000
	d := filled(t, judgments)
	v := d.open(view.Public)
	first, _ := cases(t, 1)
	inTheWay := d.options(view.Public).Path + ".new"
	if err := os.MkdirAll(inTheWay+"/full", 0o700); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		view.Hurt(v)
		if err := v.CatchUp(t.Context()); err == nil {
			t.Fatal("it was built although something lies in the way")
		}
		if _, err := v.Case(t.Context(), first); err != nil {
			t.Errorf("after a repair that failed, a case is %v", err)
		}
	}
	if err := os.RemoveAll(inTheWay); err != nil {
		t.Fatal(err)
	}
	d.catchUp(v)
	whole(t, v, judgments)
}

// Whatever a page reads through a snapshot is of one entry, while others are folded.
func TestASnapshotIsOneMoment(t *testing.T) {
	d := newDesk(t)
	d.enter(record.JudgmentKind, "first", 0, record.Published, judgment("first", "2021-05-06", "A.B.", "6y"))
	v := d.open(view.Public)
	now, release, err := v.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		id := fmt.Sprint("later-", i)
		d.enter(record.JudgmentKind, id, 0, record.Published, judgment(id, "2021-05-06", "A.B.", "6y"))
		d.catchUp(v)
		counts := 0
		if err := now.EachCount(t.Context(), func(*view.CountRow) error { counts++; return nil }); err != nil || counts != 1 || now.Seq() != 1 {
			t.Fatalf("after %d more the moment has %d counts at entry %d, %v", i+1, counts, now.Seq(), err)
		}
		if c, err := now.Checkpoint(t.Context()); err != nil || c.Size != 1 {
			t.Errorf("its checkpoint is %v, %v", c, err)
		}
	}
	view.Hurt(v) // not even an exchange of the file takes the moment away
	d.catchUp(v)
	if _, err := now.Thing(t.Context(), record.JudgmentKind, "first"); err != nil {
		t.Error(err)
	}
	if _, err := now.Thing(t.Context(), record.JudgmentKind, "later-0"); !errors.Is(err, view.ErrNotFound) {
		t.Errorf("the moment knows what came later: %v", err)
	}
	release()
	if v.Seq() != 4 {
		t.Errorf("the view ends with %d", v.Seq())
	}
}

func TestSnapshotsWhileFolding(t *testing.T) {
	d := newDesk(t)
	v := d.open(view.Public)
	ctx, stop := context.WithCancel(t.Context())
	var wait sync.WaitGroup
	for range 3 {
		wait.Go(func() {
			for ctx.Err() == nil {
				now, release, err := v.Snapshot(t.Context())
				if err != nil {
					t.Error(err)
					return
				}
				counts := 0
				if err := now.EachCount(t.Context(), func(*view.CountRow) error { counts++; return nil }); err != nil || int64(counts) != now.Seq() {
					t.Errorf("%d counts as of entry %d, %v", counts, now.Seq(), err)
				}
				release()
			}
		})
	}
	changes := syntheticChanges(t, 100)
	for i := range changes {
		appendAll(t, d, changes[i:i+1])
		if i%20 == 19 {
			view.Hurt(v)
		}
		d.catchUp(v)
	}
	stop()
	wait.Wait()
}

// The log of SQLite holds copies of what was taken away until it is emptied. A
// reader can hold it; then it is tried again until it is empty.
func TestErasedTextLeavesTheLogOnceReadersAreGone(t *testing.T) {
	const words = "Wordsnobodymayfind"
	d := newDesk(t)
	var log bytes.Buffer
	d.log = slog.New(slog.NewTextHandler(&log, nil))
	j := judgment("erased", "2021-05-06", "A.B.", "6y")
	j.Note = words
	d.enter(record.JudgmentKind, "erased", 0, record.Published, j)
	v := d.open(view.Public)
	path := d.options(view.Public).Path
	reading, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(10)")
	if err != nil {
		t.Fatal(err)
	}
	defer reading.Close()
	tx, err := reading.Begin()
	if err != nil {
		t.Fatal(err)
	}
	var n int
	if err := tx.QueryRow(`SELECT count(*) FROM things`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	view.Impatient(t, v)
	d.erase(record.JudgmentKind, "erased", 1)
	d.catchUp(v)
	if !strings.Contains(log.String(), "tried again") {
		t.Errorf("nothing says that the log is held: %q", log.String())
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	d.catchUp(v)
	for _, suffix := range []string{"", "-wal"} {
		data, err := os.ReadFile(path + suffix)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte(words)) || bytes.Contains(data, []byte(strings.ToLower(words))) {
			t.Errorf("view%s still holds the erased words", suffix)
		}
	}
}

// The tree over the entries is carried along by the fold, in place or apart.
func TestCheckpointsOfTheView(t *testing.T) {
	d := filled(t, 6000) // more than one batch: built apart
	v := d.open(view.Public)
	appendAll(t, d, syntheticChanges(t, 6010)[6000:])
	d.enter("note", "draft", 0, record.Draft, map[string]string{"id": "draft"}) // counts although the public never sees it
	d.catchUp(v)
	report, err := d.ledger.Verify(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if c, err := v.Checkpoint(t.Context()); err != nil || c.Checkpoint != report.Checkpoint() || c.Chain != report.Head.Chain || c.Size != 6011 {
		t.Errorf("the view says %v, %v, the ledger %v", c, err, report.Checkpoint())
	}
}

// An entry that was edited in the ledger's file is not folded; what was folded stays.
func TestWhatWasEditedInTheLedgerIsNotFolded(t *testing.T) {
	d := newDesk(t)
	d.enter(record.JudgmentKind, "one", 0, record.Published, judgment("one", "2021-05-06", "A.B.", "6y"))
	v := d.open(view.Public)
	d.enter(record.JudgmentKind, "two", 0, record.Published, judgment("two", "2021-05-06", "A.B.", "6y"))
	shell(t, d.dir+"/"+ledger.FileName, `UPDATE entries SET body = replace(body, '"A.B."', '"X.Y."') WHERE seq = 2`)
	if err := v.CatchUp(t.Context()); !errors.Is(err, ledger.ErrDamaged) {
		t.Errorf("folded with %v", err)
	}
	if _, err := v.Thing(t.Context(), record.JudgmentKind, "one"); err != nil || v.Seq() != 1 {
		t.Errorf("what was folded before is %v at entry %d", err, v.Seq())
	}
	if _, err := view.Rebuild(t.Context(), view.Options{Path: d.dir + "/other.db", Ledger: d.ledger, Pack: d.pack}); !errors.Is(err, ledger.ErrDamaged) {
		t.Errorf("rebuilt with %v", err)
	}
}

// shell runs statements on a file as somebody with a SQLite shell would.
func shell(t *testing.T, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

// eventually waits for what another goroutine does.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if holds() {
			return
		}
	}
	t.Fatalf("%s did not come", what)
}
