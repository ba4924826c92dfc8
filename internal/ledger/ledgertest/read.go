package ledgertest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"fener/internal/ledger"
	"fener/internal/record"
)

func testRead(t *testing.T, l ledger.Ledger) {
	for i := range 10 {
		mustAppend(t, l, draft(fmt.Sprint(i)))
	}
	for _, tt := range []struct {
		after       int64
		limit       int
		first, last int64
	}{
		{0, 3, 1, 3}, {3, 3, 4, 6}, {8, 3, 9, 10}, {9, 1, 10, 10}, {0, 100, 1, 10}, {-5, 2, 1, 2},
		{10, 3, 0, 0}, {1 << 60, 3, 0, 0},
	} {
		entries, err := l.Read(t.Context(), tt.after, tt.limit)
		if err != nil {
			t.Fatal(err)
		}
		var first, last int64
		if len(entries) > 0 {
			first, last = entries[0].Seq, entries[len(entries)-1].Seq
		}
		if first != tt.first || last != tt.last {
			t.Errorf("up to %d after %d: %d to %d, want %d to %d", tt.limit, tt.after, first, last, tt.first, tt.last)
		}
	}
	for _, limit := range []int{0, -1} {
		if _, err := l.Read(t.Context(), 0, limit); !errors.Is(err, ledger.ErrInvalid) {
			t.Errorf("limit %d: error %v", limit, err)
		}
	}
}

func testReadOf(t *testing.T, l ledger.Ledger) {
	of := func(kind record.Kind, id string, state record.State) ledger.Change {
		c := draft(id)
		c.Kind, c.State = kind, state
		return c
	}
	mustAppend(t, l, of("judgment", "a", record.Draft), of("source", "s", record.Published), of("judgment", "b", record.Published), of("claim", "c", record.Draft))
	mustAppend(t, l, of("source", "t", record.Draft), of("judgment", "d", record.Draft))
	for _, tt := range []struct {
		kinds []record.Kind
		after int64
		limit int
		want  string
	}{
		{[]record.Kind{"source"}, 0, 9, "[2 5]"},
		{[]record.Kind{"claim", "source"}, 0, 9, "[2 4 5]"},
		{[]record.Kind{"claim", "source"}, 2, 1, "[4]"},
		{[]record.Kind{"claim", "source"}, 5, 9, "[]"},
		{[]record.Kind{"court"}, 0, 9, "[]"},
	} {
		entries, err := l.ReadOf(t.Context(), tt.kinds, tt.after, tt.limit)
		if err != nil {
			t.Fatal(err)
		}
		numbers := []int64{}
		for i := range entries {
			numbers = append(numbers, entries[i].Seq)
		}
		if got := fmt.Sprint(numbers); got != tt.want {
			t.Errorf("up to %d of %v after %d: %s, want %s", tt.limit, tt.kinds, tt.after, got, tt.want)
		}
	}
	for _, kinds := range [][]record.Kind{nil, {}} {
		if _, err := l.ReadOf(t.Context(), kinds, 0, 9); !errors.Is(err, ledger.ErrInvalid) {
			t.Errorf("no kinds: error %v", err)
		}
	}
	for _, tt := range []struct {
		beside []record.Kind
		upTo   int64
		want   int64
	}{{[]record.Kind{"claim"}, 9, 3}, {[]record.Kind{"judgment"}, 9, 2}, {[]record.Kind{"claim"}, 2, 2}, {[]record.Kind{"claim", "source"}, 2, 0}, {[]record.Kind{"source", "judgment"}, 9, 0}} {
		seq, at, err := l.LastBeside(t.Context(), tt.beside, tt.upTo)
		if err != nil || seq != tt.want || at.IsZero() != (tt.want == 0) {
			t.Errorf("the last that is public, not of %v, up to %d: %d at %v, error %v, want %d", tt.beside, tt.upTo, seq, at, err, tt.want)
		}
	}
}

func testHistory(t *testing.T, l ledger.Ledger) {
	other := draft("a")
	other.Kind = "source"
	mustAppend(t, l, draft("a"), other, draft("b"), after(1, "a", record.Submitted))
	history, err := l.History(t.Context(), "judgment", "a")
	if err != nil {
		t.Fatal(err)
	}
	if len(history) != 2 || history[0].Seq != 1 || history[1].Seq != 4 || history[1].Rev != 2 {
		t.Errorf("history %+v", history)
	}
	for _, id := range []string{"", "c", "A", "a' OR '1'='1"} {
		if _, err := l.History(t.Context(), "judgment", id); !errors.Is(err, ledger.ErrNotFound) {
			t.Errorf("history of %q: error %v", id, err)
		}
	}
}

func testFollow(t *testing.T, l ledger.Ledger) {
	const before, later = 1200, 300
	changes := make([]ledger.Change, before)
	for i := range changes {
		changes[i] = draft(fmt.Sprint("before-", i))
	}
	mustAppend(t, l, changes...)

	const followers = 3
	done := make(chan error, followers)
	for range followers {
		go func() {
			want := int64(101)
			for e, err := range l.Follow(t.Context(), 100) {
				if err != nil {
					done <- err
					return
				}
				if e.Seq != want {
					done <- fmt.Errorf("followed entry %d, want %d", e.Seq, want)
					return
				}
				if want++; want > before+later {
					break
				}
			}
			done <- nil
		}()
	}
	for i := range later {
		mustAppend(t, l, draft(fmt.Sprint("later-", i)))
	}
	for range followers {
		select {
		case err := <-done:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(20 * time.Second):
			t.Fatal("a follower did not hear of new entries")
		}
	}
}

func testFollowEnds(t *testing.T, l ledger.Ledger) {
	mustAppend(t, l, draft("a"))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var seen int
	var last error
	for _, err := range l.Follow(ctx, 0) {
		if last != nil {
			t.Fatal("it went on after an error")
		}
		if last = err; err == nil {
			seen++
			cancel()
		}
	}
	if seen != 1 || !errors.Is(last, context.Canceled) {
		t.Errorf("saw %d entries, ended with %v", seen, last)
	}
}
