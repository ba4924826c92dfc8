package ledgertest

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"fener/internal/ledger"
	"fener/internal/record"
)

func testInvalid(t *testing.T, l ledger.Ledger) {
	for _, tt := range []struct {
		name, field string
		spoil       func(c *ledger.Change)
	}{
		{"no kind", "Kind", func(c *ledger.Change) { c.Kind = "" }},
		{"an erasure by hand", "Kind", func(c *ledger.Change) { c.Kind = ledger.Erasure }},
		{"no id", "ID", func(c *ledger.Change) { c.ID = "" }},
		{"a long id", "ID", func(c *ledger.Change) { c.ID = strings.Repeat("a", ledger.MaxID+1) }},
		{"an id that is not UTF-8", "ID", func(c *ledger.Change) { c.ID = "a\xff" }},
		{"an id with a NUL", "ID", func(c *ledger.Change) { c.ID = "a\x00b" }},
		{"an unknown state", "State", func(c *ledger.Change) { c.State = "final" }},
		{"a base below zero", "Base", func(c *ledger.Change) { c.Base = -1 }},
		{"nobody", "By", func(c *ledger.Change) { c.By = "" }},
		{"a line break in the reason", "Why", func(c *ledger.Change) { c.Why = "a\nb" }},
		{"a long reason", "Why", func(c *ledger.Change) { c.Why = strings.Repeat("ë", ledger.MaxWhy) }},
		{"a long batch", "Batch", func(c *ledger.Change) { c.Batch = strings.Repeat("b", ledger.MaxBatch+1) }},
		{"no body", "Body", func(c *ledger.Change) { c.Body = nil }},
		{"half a body", "Body", func(c *ledger.Change) { c.Body = []byte(`{"a":`) }},
		{"a body that is a list", "Body", func(c *ledger.Change) { c.Body = []byte(`[1]`) }},
		{"a name twice", "Body", func(c *ledger.Change) { c.Body = []byte(`{"a":1,"a":2}`) }},
		{"a number that would change", "Body", func(c *ledger.Change) { c.Body = []byte(`{"a":9007199254740993}`) }},
		{"a body of two megabytes", "Body", func(c *ledger.Change) {
			c.Body = fmt.Appendf(nil, `{"a":%q}`, strings.Repeat("a", 2<<20))
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := draft("spoilt")
			tt.spoil(&c)
			_, err := l.Append(t.Context(), []ledger.Change{draft("good"), c})
			var got *ledger.InvalidError
			if !errors.Is(err, ledger.ErrInvalid) || !errors.As(err, &got) {
				t.Fatalf("error %v, want an invalid change", err)
			}
			if got.Index != 1 || got.Field != tt.field || got.Cause == nil {
				t.Errorf("error %+v, want field %s of the second change", got, tt.field)
			}
		})
	}
	if _, err := l.Append(t.Context(), make([]ledger.Change, ledger.MaxAppend+1)); !errors.Is(err, ledger.ErrInvalid) {
		t.Errorf("too many changes: %v", err)
	}
	wantEntries(t, l, 0)
}

func testBatchBuildsOnItself(t *testing.T, l ledger.Ledger) {
	mustAppend(t, l,
		draft("a"), draft("b"),
		after(1, "a", record.Submitted), after(2, "a", record.Verified), after(3, "a", record.Published),
	)
	mustAppend(t, l, after(4, "a", record.Published), after(1, "b", record.Withdrawn), draft("c"))
	wantEntries(t, l, 8)
}

func testAppendAll(t *testing.T, l ledger.Ledger) {
	const things = 4000
	span, err := l.AppendAll(t.Context(), func(yield func(ledger.Change, error) bool) {
		// Every thing is made early and changed late, in another portion.
		for base, state := range []record.State{record.Draft, record.Submitted} {
			for i := range things {
				c := after(base, fmt.Sprint("thing-", i), state)
				if !yield(c, nil) {
					return
				}
			}
		}
	})
	if err != nil || span != (ledger.Span{First: 1, Last: 2 * things}) {
		t.Fatalf("span %v, error %v", span, err)
	}
	wantEntries(t, l, 2*things)
	entries := mustRead(t, l)
	for i, e := range entries {
		if want := fmt.Sprint("thing-", i%things); e.ID != want || e.Rev != 1+i/things || !e.At.Equal(entries[0].At) {
			t.Fatalf("entry %d is %s revision %d of %v, want %s", e.Seq, e.ID, e.Rev, e.At, want)
		}
	}
}

func testAppendAllFails(t *testing.T, l ledger.Ledger) {
	errSheet := errors.New("row 4,500 cannot be read")
	for _, at := range []int{0, 1, 1500, 4500} {
		span, err := l.AppendAll(t.Context(), func(yield func(ledger.Change, error) bool) {
			for i := range at {
				if !yield(draft(fmt.Sprint(i)), nil) {
					return
				}
			}
			yield(ledger.Change{}, errSheet)
		})
		if !errors.Is(err, errSheet) || span.Len() != 0 {
			t.Errorf("failing at %d: span %v, error %v", at, span, err)
		}
	}
	// A conflict far into the sequence names the place there.
	_, err := l.AppendAll(t.Context(), func(yield func(ledger.Change, error) bool) {
		for i := range 6000 {
			if !yield(draft(fmt.Sprint(i%5000)), nil) {
				return
			}
		}
	})
	var conflict *ledger.ConflictError
	if !errors.As(err, &conflict) || conflict.Index != 5000 || conflict.ID != "0" || conflict.Stands != 1 {
		t.Errorf("error %v, want a conflict at change 5001", err)
	}
	wantEntries(t, l, 0)
}

func testManyWriters(t *testing.T, l ledger.Ledger) {
	const writers, appends, batch = 8, 20, 5
	var group sync.WaitGroup
	for w := range writers {
		group.Go(func() {
			for a := range appends {
				changes := make([]ledger.Change, batch)
				for i := range changes {
					changes[i] = draft(fmt.Sprintf("w%d-%d-%d", w, a, i))
				}
				span, err := l.Append(t.Context(), changes)
				if err != nil {
					t.Errorf("append: %v", err)
					return
				}
				read, err := l.Read(t.Context(), span.First-1, batch)
				if err != nil || len(read) != batch || read[0].ID != changes[0].ID || read[batch-1].ID != changes[batch-1].ID {
					t.Errorf("a batch did not stay together: %v, %v", read, err)
				}
			}
		})
	}
	group.Wait()
	wantEntries(t, l, writers*appends*batch)
	entries := mustRead(t, l)
	for i := 1; i < len(entries); i++ {
		if entries[i].Seq != entries[i-1].Seq+1 || entries[i].At.Before(entries[i-1].At) {
			t.Fatalf("entry %d of %v follows entry %d of %v", entries[i].Seq, entries[i].At, entries[i-1].Seq, entries[i-1].At)
		}
	}
}

// testReadWhileWritten follows the ledger while several append: every entry comes once, in its place, and not before all that come before it.
func testReadWhileWritten(t *testing.T, l ledger.Ledger) {
	const writers, appends, batch = 4, 15, 3
	var group sync.WaitGroup
	for w := range writers {
		group.Go(func() {
			for a := range appends {
				changes := make([]ledger.Change, batch)
				for i := range changes {
					changes[i] = draft(fmt.Sprintf("w%d-%d-%d", w, a, i))
				}
				if _, err := l.Append(t.Context(), changes); err != nil {
					t.Errorf("append: %v", err)
					return
				}
			}
		})
	}
	defer group.Wait()
	seq := int64(0)
	for e, err := range l.Follow(t.Context(), 0) {
		if err != nil || e.Seq != seq+1 {
			t.Fatalf("entry %d came behind entry %d: %v", e.Seq, seq, err)
		}
		if seq = e.Seq; seq == writers*appends*batch {
			return
		}
	}
}

func testRace(t *testing.T, l ledger.Ledger) {
	mustAppend(t, l, draft("a"))
	const rounds, editors = 10, 6
	for round := range rounds {
		wins := make(chan int, editors)
		var group sync.WaitGroup
		for editor := range editors {
			group.Go(func() {
				_, err := l.Append(t.Context(), []ledger.Change{after(round+1, "a", record.Draft)})
				var conflict *ledger.ConflictError
				switch {
				case err == nil:
					wins <- editor
				case !errors.As(err, &conflict) || conflict.Base != round+1 || conflict.Stands != round+2:
					t.Errorf("round %d: %v", round, err)
				}
			})
		}
		group.Wait()
		if len(wins) != 1 {
			t.Fatalf("round %d: %d of %d edits of one revision were taken", round, len(wins), editors)
		}
	}
	wantEntries(t, l, 1+rounds)
}
