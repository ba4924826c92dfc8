package view_test

import (
	"fmt"
	"testing"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
)

// revise enters revisions of a note one after the other, in these states.
func (d *desk) revise(id string, base int, states ...record.State) {
	d.t.Helper()
	for _, state := range states {
		d.enter("note", id, base, state, map[string]string{"id": id, "text": fmt.Sprint(id, base)})
		base++
	}
}

// What the public can count is the same however many drafts there are: positions, revisions, and the checkpoint's size. Each step says where the
// public stands after it.
func TestDraftsAreNotCountedInPublic(t *testing.T) {
	d := newDesk(t)
	v := d.open(view.Public)
	work := []record.State{record.Draft, record.Submitted, record.Verified}
	for _, step := range []struct {
		name string
		do   func()
		want int64
	}{
		{"drafts", func() { d.revise("a", 0, work...); d.revise("b", 0, record.Draft) }, 0},
		{"published", func() { d.revise("a", 3, record.Published) }, 1},
		{"a draft of what is published", func() { d.revise("a", 4, work...) }, 1},
		{"published again, and another in a row", func() { d.revise("a", 7, record.Published); d.revise("c", 0, record.Published) }, 3},
		{"what was never published is withdrawn", func() { d.revise("b", 1, record.Withdrawn) }, 3},
		{"a draft is erased", func() { d.erase("note", "a", 1) }, 3},
		{"what was published is erased", func() { d.erase("note", "a", 4) }, 4},
		{"and what stands of it", func() { d.erase("note", "a", 8) }, 5},
		{"it is published anew", func() { d.revise("a", 8, record.Published) }, 6},
		{"withdrawn", func() { d.revise("c", 1, record.Withdrawn) }, 7},
		{"erased after that", func() { d.erase("note", "c", 1) }, 8},
		{"drafts at the end", func() { d.revise("e", 0, record.Draft, record.Submitted) }, 8},
	} {
		step.do()
		d.catchUp(v)
		c, err := v.PublicCheckpoint(t.Context())
		if err != nil || v.Position() != step.want || c.Size != step.want {
			t.Errorf("%s: at %d, the checkpoint has %d, %v; want %d", step.name, v.Position(), c.Size, err, step.want)
		}
		report, err := ledger.Audit(t.Context(), d.dir, []ledger.Checkpoint{c}, nil)
		if err != nil || !report.OK() || report.Log.Size() != step.want {
			t.Errorf("%s: the ledger held against the public checkpoint: %v, %v; %d leaves in the proof log", step.name, report.Faults, err, report.Log.Size())
		}
	}
	if thing, err := v.Thing(t.Context(), "note", "a"); err != nil || thing.Rev != 3 {
		t.Errorf("it is revision %d to the public, %v; want 3", thing.Rev, err)
	}
	history, err := v.History(t.Context(), "note", "a")
	for i := range history {
		if history[i].Rev != i+1 {
			t.Errorf("revision %d comes as number %d", history[i].Rev, i+1)
		}
	}
	if err != nil || len(history) != 3 {
		t.Errorf("the public sees %d revisions, %v; want 3", len(history), err)
	}
	again := rebuiltBeside(t, d, view.Public)
	a, errA := v.PublicCheckpoint(t.Context())
	b, errB := again.PublicCheckpoint(t.Context())
	if a != b || errA != nil || errB != nil || again.Position() != v.Position() {
		t.Errorf("folded entry by entry %v, at once %v (%v, %v)", a, b, errA, errB)
	}
	snapshot, release, err := v.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	d.revise("f", 0, record.Published)
	d.catchUp(v)
	if snapshot.Position() != 8 || v.Position() != 9 {
		t.Errorf("the moment that was held is at %d, the view at %d; want 8 and 9", snapshot.Position(), v.Position())
	}
}

// An entry of the ledger has a place in what the public counts; one that it does not see, the place of the next that it does.
func TestPositionOfAnEntry(t *testing.T) {
	d := newDesk(t)
	work := []record.State{record.Draft, record.Submitted, record.Verified}
	d.revise("draft", 0, record.Draft, record.Draft)                       // 1, 2
	d.revise("a", 0, record.Published, record.Published, record.Published) // 3, 4, 5
	d.revise("draft", 2, record.Draft)                                     // 6
	d.revise("a", 3, record.Published)                                     // 7
	d.revise("a", 4, work...)                                              // 8, 9, 10
	d.revise("a", 7, record.Published)                                     // 11
	d.revise("draft", 3, record.Draft)                                     // 12
	v, desk := d.open(view.Public), d.open(view.Desk)
	for seq, want := range []int64{1: 1, 2: 1, 3: 1, 4: 2, 5: 3, 6: 4, 7: 4, 8: 5, 9: 5, 10: 5, 11: 5, 12: 6} {
		if got, err := v.PositionOf(t.Context(), int64(seq)); seq > 0 && (got != want || err != nil) {
			t.Errorf("entry %d has position %d, %v; want %d", seq, got, err, want)
		}
	}
	if got, err := desk.PositionOf(t.Context(), 8); got != 8 || err != nil || desk.Position() != 12 {
		t.Errorf("the desk counts everything, and has entry 8 as %d, %v, and stands at %d", got, err, desk.Position())
	}
}

// What was made from reads stays as good as new while drafts are entered, and no longer once something was published, taken back or erased, or a draft said that a
// case is that of a child. The desk sees every draft.
func TestDraftsLeaveWhatIsShown(t *testing.T) {
	d := newDesk(t)
	public, inside := d.open(view.Public), d.open(view.Desk)
	child := func(base int, state record.State, says law.Tri) {
		d.enter(record.CaseKind, "c", base, state, record.Case{Numbers: []string{"P 1/20"}, ChildVictim: says})
	}
	for _, step := range []struct {
		name string
		do   func()
		want bool // that something else may be shown
	}{
		{"a draft", func() { d.revise("a", 0, record.Draft) }, false},
		{"verified", func() { d.revise("a", 1, record.Submitted, record.Verified) }, false},
		{"published", func() { d.revise("a", 3, record.Published) }, true},
		{"a draft of what is published", func() { d.revise("a", 4, record.Draft) }, false},
		{"many drafts", func() { d.revise("b", 0, record.Draft, record.Draft, record.Draft) }, false},
		{"a case", func() { child(0, record.Draft, law.NotKnown) }, false},
		{"a draft says that it is a child's", func() { child(1, record.Draft, law.Yes) }, true},
		{"another draft says so too", func() { child(2, record.Draft, law.Yes) }, false},
		{"a draft is erased", func() { d.erase("note", "b", 1) }, true},
		{"withdrawn", func() { d.revise("a", 5, record.Withdrawn) }, true},
		{"drafts at the end", func() { d.revise("e", 0, record.Draft) }, false},
	} {
		before, seen := public.Shown(), inside.Shown()
		step.do()
		d.catchUp(public)
		d.catchUp(inside)
		if got := public.Shown() != before; got != step.want {
			t.Errorf("%s: in public from %d to %d", step.name, before, public.Shown())
		}
		if inside.Shown() == seen || inside.Shown() != inside.Seq() {
			t.Errorf("%s: at the desk %d of %d", step.name, inside.Shown(), inside.Seq())
		}
		held, release, err := public.Snapshot(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if held.Shown() != public.Shown() || held.Seq() != public.Seq() {
			t.Errorf("%s: a moment of it shows %d of %d, expected %d of %d", step.name, held.Shown(), held.Seq(), public.Shown(), public.Seq())
		}
		release()
	}
	last := public.Shown()
	if err := public.Close(); err != nil {
		t.Fatal(err)
	}
	if again := d.open(view.Public); again.Shown() != last {
		t.Errorf("opened again it shows %d, expected %d", again.Shown(), last)
	}
}
