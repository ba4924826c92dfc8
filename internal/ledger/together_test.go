package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"fener/internal/ledger"
	"fener/internal/postgres"
	"fener/internal/postgres/postgrestest"
	"fener/internal/record"
)

// TestAppendsThatAreWrittenTogether lets several appends wait for another node and then be written in one transaction: each gets its own outcome, and what is
// refused of one takes no other along, also where leaves were written for it already.
func TestAppendsThatAreWrittenTogether(t *testing.T) {
	t.Parallel()
	address := postgrestest.Database(t)
	l := openDatabase(t, address)
	mustAppend(t, l, readable("stands"))
	place, err := postgres.ParseAddress(address)
	if err != nil {
		t.Fatal(err)
	}
	db, err := postgres.Open(t.Context(), place)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	other, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Exec(`SELECT * FROM ledger FOR UPDATE`); err != nil {
		t.Fatal(err)
	}

	draft := readable("draft")
	draft.State = record.Draft
	wrong := readable("stands")
	wrong.Base, wrong.State = 1, record.Verified
	gone, leave := context.WithCancel(t.Context())
	outcomes := []struct {
		ctx     context.Context
		changes []ledger.Change
		check   func(ledger.Span, error) bool
	}{
		{t.Context(), []ledger.Change{readable("first")}, kept(1)}, // waits for the other node; the rest waits for it
		{t.Context(), []ledger.Change{readable("a"), draft}, kept(2)},
		{t.Context(), []ledger.Change{readable("b"), readable("a")}, func(s ledger.Span, err error) bool { // its first change is written, and taken back
			var conflict *ledger.ConflictError
			return errors.As(err, &conflict) && conflict.Index == 1 && conflict.Stands == 1 && s.Len() == 0
		}},
		{t.Context(), []ledger.Change{wrong}, func(s ledger.Span, err error) bool { return errors.Is(err, ledger.ErrTransition) && s.Len() == 0 }},
		{gone, []ledger.Change{readable("gone")}, func(s ledger.Span, err error) bool { return errors.Is(err, context.Canceled) && s.Len() == 0 }},
		{t.Context(), []ledger.Change{readable("b")}, kept(1)},
		{t.Context(), []ledger.Change{readable("c"), readable("d"), readable("e")}, kept(3)},
	}
	var group sync.WaitGroup
	spans := make([]ledger.Span, len(outcomes))
	for i, o := range outcomes {
		group.Go(func() {
			span, err := l.Append(o.ctx, o.changes)
			if spans[i] = span; !o.check(span, err) {
				t.Errorf("append %d gave %v, %v", i, span, err)
			}
		})
		time.Sleep(100 * time.Millisecond) // so that they come in this order
	}
	leave()
	if err := other.Rollback(); err != nil {
		t.Fatal(err)
	}
	group.Wait()
	entries, err := l.Read(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	for i, o := range outcomes {
		for n := range spans[i].Len() {
			if e := entries[spans[i].First+int64(n)-1]; e.ID != o.changes[n].ID {
				t.Errorf("append %d: its entry %d is %s", i, e.Seq, e.ID)
			}
		}
	}
	report, err := l.Verify(t.Context(), nil)
	if err != nil || report.Err() != nil || report.Entries != 8 || report.Log.Size() != 7 {
		t.Errorf("%d entries, %d leaves, %v, %v", report.Entries, report.Log.Size(), err, report.Err())
	}
	at := map[time.Time]int{}
	for _, e := range entries {
		at[e.At]++
	}
	if len(at) != 3 {
		t.Errorf("they were written at %d moments, so that they were not written together", len(at))
	}
}

func kept(count int) func(ledger.Span, error) bool {
	return func(s ledger.Span, err error) bool { return err == nil && s.Len() == count }
}

// TestAppendsThatFillTiles writes so many together that the proof log's tiles are filled in the middle of a transaction.
func TestAppendsThatFillTiles(t *testing.T) {
	t.Parallel()
	l := openDatabase(t, postgrestest.Database(t))
	var group sync.WaitGroup
	for w := range 24 {
		group.Go(func() {
			for n := range 4 {
				var changes []ledger.Change
				for i := range 7 {
					changes = append(changes, readable(fmt.Sprintf("w%d-%d-%d", w, n, i)))
				}
				if n%2 == 1 { // refused after its leaves were written
					changes[6] = readable(fmt.Sprintf("w%d-%d-%d", w, n-1, 0))
				}
				if _, err := l.Append(t.Context(), changes); (err == nil) != (n%2 == 0) {
					t.Errorf("%d %d: %v", w, n, err)
				}
			}
		})
	}
	group.Wait()
	wantAll(t, l, nil)
	if tree, err := l.LogTree(t.Context()); err != nil || tree.N != 24*2*7 {
		t.Errorf("%d leaves, %v", tree.N, err)
	}
}

// TestWhoAppendsMayRead appends sequences that read the ledger while they are written, more of them at once than there are connections.
func TestWhoAppendsMayRead(t *testing.T) {
	t.Parallel()
	l := openDatabase(t, postgrestest.Database(t))
	mustAppend(t, l, readable("stands"))
	var group sync.WaitGroup
	for w := range 20 {
		group.Go(func() {
			_, err := l.AppendAll(t.Context(), func(yield func(ledger.Change, error) bool) {
				for i := range 1100 { // more than a portion, so that the second is read inside of the transaction
					if i%500 == 0 {
						if _, err := l.Read(t.Context(), 0, 1); err != nil {
							yield(ledger.Change{}, err)
							return
						}
					}
					c := readable(fmt.Sprintf("w%d-%d", w, i))
					c.State = record.Draft
					if !yield(c, nil) {
						return
					}
				}
			})
			if err != nil {
				t.Errorf("%d: %v", w, err)
			}
		})
	}
	group.Wait()
	if head, err := l.Head(t.Context()); err != nil || head.Seq != 1+20*1100 {
		t.Errorf("%+v, %v", head, err)
	}
}
