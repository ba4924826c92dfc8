package erase_test

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fener/internal/batch"
	"fener/internal/erase"
	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/record/example"
	"fener/internal/view"
	"fener/law"
)

// enter appends the examples of every kind as drafts; change, which may be nil,
// alters one before.
func (f *folder) enter(change func(record.Kind, record.Body)) (things []record.Thing) {
	f.Helper()
	var changes []ledger.Change
	for _, d := range record.Definitions {
		b := ok(example.Body(d.Kind))
		if change != nil {
			change(d.Kind, b)
		}
		changes = append(changes, ledger.Change{Kind: d.Kind, ID: example.ID(d.Kind), State: record.Draft, By: "tester", Why: "the examples", Body: ok(record.Encode(b))})
		things = append(things, record.Thing{Kind: d.Kind, ID: example.ID(d.Kind)})
	}
	ok(f.led.Append(f.Context(), changes))
	return things
}

// look folds the public view and looks at it.
func (f *folder) look(see func(*view.View)) {
	f.Helper()
	v := ok(view.Open(f.Context(), view.Options{Path: filepath.Join(f.dir, view.Public.FileName()), Ledger: f.led, Pack: f.pack, Log: slog.New(slog.DiscardHandler)}))
	defer v.Close()
	if err := v.CatchUp(f.Context()); err != nil {
		f.Fatal(err)
	}
	see(v)
}

// Every kind goes from a draft to the public and back, and its words can be erased.
func TestEveryKindHasALife(t *testing.T) {
	f := newFolder(t)
	things := f.enter(nil)
	f.look(func(v *view.View) {
		for _, thing := range things {
			if _, err := v.Thing(t.Context(), thing.Kind, thing.ID); !errors.Is(err, view.ErrNotFound) {
				t.Errorf("the draft of %s is public: %v", thing, err)
			}
		}
	})
	if _, err := batch.Publish(t.Context(), f.led, batch.PublishOptions{Things: things, By: "tester", Why: "the examples", Now: f.day, Reviewed: true}); err != nil {
		t.Fatalf("publishing: %v", err)
	}
	f.look(func(v *view.View) {
		for _, thing := range things {
			f.public(v, thing)
		}
	})
	for _, thing := range slices.Backward(things) { // what rests on others goes first
		if _, err := batch.Withdraw(t.Context(), f.led, thing, batch.WithdrawOptions{By: "tester", Why: "a trial", Now: f.day}); err != nil {
			t.Fatalf("withdrawing %s: %v", thing, err)
		}
	}
	f.look(func(v *view.View) {
		for _, thing := range things {
			if got := ok(v.Thing(t.Context(), thing.Kind, thing.ID)); got.Gone != view.Withdrawn || len(got.Body) != 0 {
				t.Errorf("%s was withdrawn, and stands as %+v", thing, got)
			}
			if list, total, err := v.Things(t.Context(), thing.Kind, view.Page{}); err != nil || total != 0 || len(list) != 0 {
				t.Errorf("%s was withdrawn, and %d are listed: %v", thing, total, err)
			}
		}
	})
	var choices []erase.Choice
	for _, thing := range things {
		choices = append(choices, erase.Choice{Thing: thing})
	}
	plan := ok(erase.NewPlan(t.Context(), f.led, choices))
	ok(plan.Do(t.Context(), f.led, erase.Options{Dir: f.dir, By: "officer", Ground: "Decision 12/2026 of the agency", Pack: f.pack}))
	if left := ok(erase.Find(t.Context(), f.led, "synthetic")); len(left) != 0 {
		t.Errorf("what was erased is found: %+v", left)
	}
	if report := ok(f.led.Verify(t.Context(), nil)); !report.OK() {
		t.Errorf("%+v", report)
	}
	for _, name := range []string{view.Public.FileName(), ledger.FileName} {
		if bytes.Contains(ok(os.ReadFile(filepath.Join(f.dir, name))), []byte("SYNTHETIC")) {
			t.Errorf("words that were erased stand in %s", name)
		}
	}
}

// public looks for a published example in every place where things of any kind are.
func (f *folder) public(v *view.View, thing record.Thing) {
	f.Helper()
	b := ok(example.Body(thing.Kind))
	got := ok(v.Thing(f.Context(), thing.Kind, thing.ID))
	if got.Gone != view.Standing || got.Title != b.Found(thing.ID).Title || len(got.Body) == 0 {
		f.Errorf("%s is public as %+v", thing, got)
	}
	if list, total, err := v.Things(f.Context(), thing.Kind, view.Page{}); err != nil || total != 1 || len(list) != 1 || list[0].ID != thing.ID {
		f.Errorf("%s is not the one that is listed: %d, %v", thing, total, err)
	}
	if history := ok(v.History(f.Context(), thing.Kind, thing.ID)); len(history) != 1 || history[0].Rev != 1 || len(history[0].Changes) == 0 {
		f.Errorf("the history of %s in public is %+v", thing, history)
	}
	words := b.Found(thing.ID).Text[0]
	if record.OfCourts(thing.Kind) {
		words, thing = b.Found(thing.ID).Numbers[0], record.Thing{Kind: record.CaseKind, ID: example.ID(record.CaseKind)} // a judgment is found as its case
	}
	hits := ok(v.Search(f.Context(), words, 50))
	if !slices.ContainsFunc(hits, func(h view.Hit) bool { return h.Kind == thing.Kind && h.ID == thing.ID }) {
		f.Errorf("%s is not found by %q: %+v", thing, words, hits)
	}
	for _, source := range b.Found(thing.ID).Cites {
		if source != example.ID(record.SourceKind) {
			continue
		}
		file := ok(v.Source(f.Context(), source))
		if !slices.ContainsFunc(file.Rests, func(r view.Reference) bool { return r.Kind == thing.Kind && r.ID == thing.ID }) {
			f.Errorf("%s does not stand with its source: %+v", thing, file.Rests)
		}
	}
}

// Where a child is among the victims of a case, everything that stands in the
// sources of the case is coarsened with it, of whatever kind it is.
func TestEveryKindIsCoarsened(t *testing.T) {
	f := newFolder(t)
	things := f.enter(func(_ record.Kind, b record.Body) {
		if c, is := b.(*record.Case); is {
			c.ChildVictim, c.LiftedAt = law.Yes, 0
		}
	})
	ok(batch.Publish(t.Context(), f.led, batch.PublishOptions{Things: things, By: "tester", Why: "the examples", Now: f.day, Reviewed: true}))
	f.look(func(v *view.View) {
		for _, thing := range things {
			b := ok(example.Body(thing.Kind))
			coarse, is := b.(record.Coarsened)
			if !is {
				continue
			}
			got := ok(v.Thing(t.Context(), thing.Kind, thing.ID))
			for _, words := range []string{"words of the source", "p. 4", "2020-05-04", "2019-06-17"} {
				if strings.Contains(string(got.Body), words) && !strings.Contains(string(coarsened(coarse)), words) {
					t.Errorf("%s shows %q: %s", thing, words, got.Body)
				}
			}
			if shared, is := b.(record.Shared); is && shared.SharedSource(thing.ID) == example.ID(record.SourceKind) && string(got.Body) == string(ok(ledger.Canonical(ok(record.Encode(ok(example.Body(thing.Kind))))))) {
				t.Errorf("%s stands in the case's source and was not coarsened", thing)
			}
		}
	})
}

// coarsened is a body from which everything was taken that could name somebody.
func coarsened(b record.Coarsened) []byte {
	b.Coarsen(nil)
	return ok(record.Encode(b))
}
