// Package ledgertest holds the tests that every engine of package ledger passes.
package ledgertest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"

	"fener/internal/ledger"
	"fener/internal/record"
)

// Run runs the suite. open begins a new, empty ledger and sees to it that it is
// closed and removed when the test ends; closing it twice must be harmless.
func Run(t *testing.T, open func(t *testing.T) ledger.Ledger) {
	for _, test := range []struct {
		name string
		run  func(t *testing.T, l ledger.Ledger)
	}{
		{"an empty ledger", testEmpty},
		{"what is appended comes back", testRoundTrip},
		{"commitments and chain can be computed by anyone", testHashes},
		{"a batch is all or nothing", testAtomic},
		{"a conflict names both revisions", testConflicts},
		{"a state follows only where it may", testTransitions},
		{"bad changes name their field", testInvalid},
		{"a batch may build on itself", testBatchBuildsOnItself},
		{"a long sequence of changes", testAppendAll},
		{"a sequence that fails takes everything back", testAppendAllFails},
		{"reading in portions", testRead},
		{"reading some kinds alone", testReadOf},
		{"the history of one thing", testHistory},
		{"a cancelled append leaves nothing", testCancelled},
		{"followers hear of new entries", testFollow},
		{"a follower ends with its context", testFollowEnds},
		{"many writers at once", testManyWriters},
		{"a reader meets no gap while others write", testReadWhileWritten},
		{"one of many edits of the same revision wins", testRace},
		{"erasing leaves a tombstone", testErase},
		{"what cannot be erased", testEraseRefused},
		{"the reason of an erasure can be erased", testEraseReason},
		{"life goes on after an erasure", testAfterErase},
		{"verifying tells its progress", testProgress},
		{"after closing", testClosed},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, open(t)) })
	}
}

// draft returns a new thing as a draft.
func draft(id string) ledger.Change {
	return ledger.Change{
		Kind: "judgment", ID: id, State: record.Draft, By: "officer",
		Why: "entered", Batch: "batch-1", Body: fmt.Appendf(nil, `{"number": %q, "final": false}`, id),
	}
}

// after returns a change of the same thing based on a revision.
func after(base int, id string, state record.State) ledger.Change {
	c := draft(id)
	c.Base, c.State = base, state
	c.Body = fmt.Appendf(nil, `{"number": %q, "change": %d}`, id, base)
	return c
}

func mustAppend(t *testing.T, l ledger.Ledger, changes ...ledger.Change) ledger.Span {
	t.Helper()
	span, err := l.Append(t.Context(), changes)
	if err != nil {
		t.Fatalf("append: %v", err)
	}
	if span.Len() != len(changes) {
		t.Fatalf("append of %d changes gave %v", len(changes), span)
	}
	return span
}

func mustRead(t *testing.T, l ledger.Ledger) []ledger.Entry {
	t.Helper()
	entries, err := l.Read(t.Context(), 0, 1_000_000)
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	return entries
}

// wantEntries checks that the ledger holds so many entries and that it verifies.
func wantEntries(t *testing.T, l ledger.Ledger, want int64) {
	t.Helper()
	head, err := l.Head(t.Context())
	if err != nil {
		t.Fatalf("head: %v", err)
	}
	report, err := l.Verify(t.Context(), nil)
	if err != nil {
		t.Fatalf("verify: %v", err)
	}
	for _, f := range report.Faults {
		t.Errorf("verify: %v", f)
	}
	if head.Seq != want || report.Entries != want || report.Head != head {
		t.Fatalf("the ledger ends with entry %d and %d were verified up to %+v, want %d entries", head.Seq, report.Entries, report.Head, want)
	}
}

func all(changes ...ledger.Change) iter.Seq2[ledger.Change, error] {
	return func(yield func(ledger.Change, error) bool) {
		for _, c := range changes {
			if !yield(c, nil) {
				return
			}
		}
	}
}

func testEmpty(t *testing.T, l ledger.Ledger) {
	head, err := l.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if head.Seq != 0 || len(head.Ledger) != 32 || head.Chain != ledger.Genesis(head.Ledger) || head.At.IsZero() {
		t.Errorf("head of an empty ledger: %+v", head)
	}
	if entries := mustRead(t, l); len(entries) != 0 {
		t.Errorf("an empty ledger holds %v", entries)
	}
	for name, appendNothing := range map[string]func() (ledger.Span, error){
		"Append":    func() (ledger.Span, error) { return l.Append(t.Context(), nil) },
		"AppendAll": func() (ledger.Span, error) { return l.AppendAll(t.Context(), all()) },
	} {
		if span, err := appendNothing(); err != nil || span.Len() != 0 {
			t.Errorf("%s of nothing: %v, %v", name, span, err)
		}
	}
	wantEntries(t, l, 0)
}

func testRoundTrip(t *testing.T, l ledger.Ledger) {
	change := ledger.Change{
		Kind: "court", ID: "gjykata-themelore/prishtinë", State: record.Published,
		By: "Zyrtarja ligjore", Why: "Основни суд, “quoted” 'twice'", Batch: "uvoz-1",
		Body: []byte("{ \"sq\": \"Prishtin\\u00eb\", \"b\": [1.0, 2e0, null],\n\t\"a\": \"\\u0000\" }"),
	}
	given := bytes.Clone(change.Body)
	span := mustAppend(t, l, change)
	if !bytes.Equal(change.Body, given) {
		t.Error("Append changed the caller's body")
	}
	if span != (ledger.Span{First: 1, Last: 1}) {
		t.Errorf("span %v", span)
	}
	e := mustRead(t, l)[0]
	if e.Seq != 1 || e.Kind != change.Kind || e.ID != change.ID || e.Rev != 1 || e.State != change.State ||
		e.By != change.By || e.Why != change.Why || e.Batch != change.Batch || e.Erased {
		t.Errorf("appended %+v, read %+v", change, e)
	}
	if want := `{"a":"\u0000","b":[1,2,null],"sq":"Prishtinë"}`; string(e.Body) != want {
		t.Errorf("body %s, want %s", e.Body, want)
	}
	wantEntries(t, l, 1)
}

func testHashes(t *testing.T, l ledger.Ledger) {
	mustAppend(t, l, draft("a"), draft("b"))
	mustAppend(t, l, after(1, "a", record.Submitted))
	head, err := l.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	chain := ledger.Genesis(head.Ledger)
	salts := map[[ledger.SaltSize]byte]bool{}
	for _, e := range mustRead(t, l) {
		if e.Commitment != ledger.Commit(e.Salt, e.Body) {
			t.Errorf("entry %d: the commitment is not that of salt and body", e.Seq)
		}
		if chain = ledger.Chain(chain, &e); chain != e.Chain {
			t.Errorf("entry %d: the chain does not follow", e.Seq)
		}
		salts[e.Salt] = true
	}
	if len(salts) != 3 {
		t.Errorf("%d salts for 3 entries", len(salts))
	}
	if chain != head.Chain {
		t.Error("the head is not the chain of the last entry")
	}
}

func testAtomic(t *testing.T, l ledger.Ledger) {
	mustAppend(t, l, draft("there"))
	bad := draft("bad")
	bad.Body = []byte(`[]`)
	for name, last := range map[string]ledger.Change{
		"conflict":   draft("there"),
		"transition": after(1, "there", record.Published),
		"invalid":    bad,
	} {
		changes := make([]ledger.Change, 0, 3001)
		for i := range 3000 {
			changes = append(changes, draft(fmt.Sprint(name, i)))
		}
		span, err := l.Append(t.Context(), append(changes, last))
		if err == nil || span.Len() != 0 {
			t.Errorf("%s: span %v, error %v", name, span, err)
		}
	}
	wantEntries(t, l, 1)
	mustAppend(t, l, draft("conflict0"))
	wantEntries(t, l, 2)
}

func testConflicts(t *testing.T, l ledger.Ledger) {
	mustAppend(t, l, draft("a"), after(1, "a", record.Draft), after(2, "a", record.Draft))
	for _, tt := range []struct {
		name    string
		changes []ledger.Change
		want    ledger.ConflictError
	}{
		{"new, but it stands", []ledger.Change{draft("a")}, ledger.ConflictError{Index: 0, ID: "a", Base: 0, Stands: 3}},
		{"from an old one", []ledger.Change{draft("x"), after(1, "a", record.Draft)}, ledger.ConflictError{Index: 1, ID: "a", Base: 1, Stands: 3}},
		{"from one to come", []ledger.Change{after(9, "a", record.Draft)}, ledger.ConflictError{Index: 0, ID: "a", Base: 9, Stands: 3}},
		{"from nothing", []ledger.Change{after(1, "b", record.Draft)}, ledger.ConflictError{Index: 0, ID: "b", Base: 1, Stands: 0}},
		{"twice new", []ledger.Change{draft("c"), draft("c")}, ledger.ConflictError{Index: 1, ID: "c", Base: 0, Stands: 1}},
		{"twice from the same", []ledger.Change{after(3, "a", record.Draft), after(3, "a", record.Draft)}, ledger.ConflictError{Index: 1, ID: "a", Base: 3, Stands: 4}},
		{"new, and more", []ledger.Change{draft("a"), after(1, "a", record.Draft)}, ledger.ConflictError{Index: 0, ID: "a", Base: 0, Stands: 3}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := l.Append(t.Context(), tt.changes)
			tt.want.Kind = "judgment"
			var got *ledger.ConflictError
			if !errors.Is(err, ledger.ErrConflict) || !errors.As(err, &got) {
				t.Fatalf("error %v, want a conflict", err)
			}
			if *got != tt.want {
				t.Errorf("conflict %+v, want %+v", *got, tt.want)
			}
		})
	}
	wantEntries(t, l, 3)
}

func testTransitions(t *testing.T, l ledger.Ledger) {
	states := record.States()
	seq := int64(0)
	for i, from := range states {
		for j, to := range states {
			id := fmt.Sprintf("t-%d-%d", i, j)
			first := draft(id)
			first.State = from
			base := 1
			mustAppendAs(t, l, first, &base, &seq)
			_, err := l.Append(t.Context(), []ledger.Change{after(base, id, to)})
			if from.CanBecome(to) != (err == nil) {
				t.Errorf("%s to %s: error %v", from, to, err)
			}
			if err == nil {
				seq++
				continue
			}
			var got *ledger.TransitionError
			if !errors.Is(err, ledger.ErrTransition) || !errors.As(err, &got) || got.From != from || got.To != to || got.ID != id {
				t.Errorf("%s to %s: error %v", from, to, err)
			}
		}
	}
	withdrawn := draft("never")
	withdrawn.State = record.Withdrawn
	if _, err := l.Append(t.Context(), []ledger.Change{withdrawn}); !errors.Is(err, ledger.ErrTransition) {
		t.Errorf("beginning withdrawn: %v", err)
	}
	wantEntries(t, l, seq)
}

// mustAppendAs appends a thing in a state; withdrawn takes two revisions.
func mustAppendAs(t *testing.T, l ledger.Ledger, first ledger.Change, base *int, seq *int64) {
	t.Helper()
	if first.State != record.Withdrawn {
		mustAppend(t, l, first)
		*seq++
		return
	}
	first.State = record.Draft
	mustAppend(t, l, first, after(1, first.ID, record.Withdrawn))
	*base = 2
	*seq += 2
}

func testCancelled(t *testing.T, l ledger.Ledger) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	_, err := l.AppendAll(ctx, func(yield func(ledger.Change, error) bool) {
		for i := range 5000 {
			if i == 4000 {
				cancel()
			}
			if !yield(draft(fmt.Sprint(i)), nil) {
				return
			}
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
	wantEntries(t, l, 0)
	mustAppend(t, l, draft("after"))
	wantEntries(t, l, 1)
}

func testProgress(t *testing.T, l ledger.Ledger) {
	changes := make([]ledger.Change, 12_000)
	for i := range changes {
		changes[i] = draft(fmt.Sprint(i))
	}
	mustAppend(t, l, changes...)
	var last, calls int64
	if _, err := l.Verify(t.Context(), func(done, total int64) {
		if done < last || total != 12_000 {
			t.Errorf("progress %d of %d after %d", done, total, last)
		}
		last = done
		calls++
	}); err != nil {
		t.Fatal(err)
	}
	if last != 12_000 || calls < 2 {
		t.Errorf("progress ended at %d after %d calls", last, calls)
	}
}

func testClosed(t *testing.T, l ledger.Ledger) {
	mustAppend(t, l, draft("a"))
	followed := make(chan error)
	go func() {
		var last error
		for _, err := range l.Follow(context.WithoutCancel(t.Context()), 0) {
			last = err
			if err == nil {
				followed <- nil
			}
		}
		followed <- last
	}()
	if err := <-followed; err != nil { // it has read the entry and waits
		t.Fatal(err)
	}
	for range 2 {
		if err := l.Close(); err != nil {
			t.Fatalf("closing: %v", err)
		}
	}
	if err := <-followed; !errors.Is(err, ledger.ErrClosed) {
		t.Errorf("the follower ended with %v", err)
	}
	ctx := t.Context()
	for name, use := range map[string]func() error{
		"Append":  func() error { _, err := l.Append(ctx, []ledger.Change{draft("b")}); return err },
		"Read":    func() error { _, err := l.Read(ctx, 0, 1); return err },
		"History": func() error { _, err := l.History(ctx, "judgment", "a"); return err },
		"Head":    func() error { _, err := l.Head(ctx); return err },
		"Verify":  func() error { _, err := l.Verify(ctx, nil); return err },
		"Erase": func() error {
			_, err := l.Erase(ctx, ledger.Order{Kind: "judgment", ID: "a", Revs: []int{1}, By: "b", Why: "w"})
			return err
		},
	} {
		if err := use(); !errors.Is(err, ledger.ErrClosed) {
			t.Errorf("%s after Close: %v", name, err)
		}
	}
}
