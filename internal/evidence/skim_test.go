package evidence_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"fener/internal/evidence"
	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
)

// What a view has read is skimmed, and everything is as if it had been read: standings, their past, and what a child's case keeps back, whatever was
// entered before the view read and after it.
func TestSkimmingFindsWhatReadingFinds(t *testing.T) {
	pack, err := law.Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	observe := func(b *book, id, value, source string, state record.State) {
		o := suspended(value, source)
		o.Note = "SYNTHETIC in Xerxë"
		b.enter(b.change(record.ObservationKind, id, state, o))
	}
	judge := func(b *book, id, inCase, source string) {
		b.enter(b.change(record.JudgmentKind, id, record.Published, record.Judgment{Case: inCase, Citations: []record.Citation{{Source: source}}}))
	}
	child := func(b *book, id string, state record.State, says law.Tri) {
		if state == record.Published && b.states[id] == record.Draft { // it goes the whole way
			for _, step := range []record.State{record.Submitted, record.Verified} {
				b.enter(b.change(record.CaseKind, id, step, record.Case{Numbers: []string{"P 1/20"}, ChildVictim: law.Yes}))
			}
		}
		b.states[id] = state
		c := record.Case{Numbers: []string{"P 1/20"}, ChildVictim: says}
		if says == law.No {
			c.LiftedAt = b.revs[id] + 1
		}
		b.enter(b.change(record.CaseKind, id, state, c))
	}
	before := []struct {
		name string
		do   func(b *book)
	}{
		{"nothing", func(*book) {}},
		{"claims and figures", func(b *book) { observe(b, "o", "7", "police", record.Published); judge(b, "j", "c", "court") }},
		{"a case of a child", func(b *book) {
			observe(b, "o", "7", "police", record.Published)
			judge(b, "j", "c", "police")
			child(b, "c", record.Published, law.Yes)
		}},
		{"a draft that says it is a child's", func(b *book) {
			observe(b, "o", "7", "police", record.Published)
			judge(b, "j", "c", "police")
			child(b, "c", record.Draft, law.Yes)
		}},
		{"a case that is an adult's", func(b *book) {
			judge(b, "j", "c", "police")
			child(b, "c", record.Published, law.NotKnown)
			observe(b, "o", "9", "police", record.Published)
		}},
		{"taken back", func(b *book) {
			observe(b, "o", "7", "police", record.Published)
			observe(b, "o", "7", "police", record.Withdrawn)
		}},
		{"erased", func(b *book) {
			observe(b, "o", "7", "police", record.Published)
			if _, err := b.Erase(b.Context(), ledger.Order{Kind: record.ObservationKind, ID: "o", Revs: []int{1}, By: "tester", Why: "a court's order"}); err != nil {
				b.Fatal(err)
			}
		}},
	}
	after := []struct {
		name string
		do   func(b *book)
	}{
		{"nothing", func(*book) {}},
		{"a judgment", func(b *book) { judge(b, "later", "d", "own") }},
		{"a judgment in a case that is protected", func(b *book) { judge(b, "later", "c", "own") }},
		{"a case of a child", func(b *book) { child(b, "c", record.Published, law.Yes) }},
		{"a draft of it", func(b *book) { child(b, "c", record.Draft, law.Yes) }},
		{"its protection is lifted", func(b *book) { child(b, "c", record.Published, law.No) }},
		{"another figure", func(b *book) { observe(b, "p", "8", "police", record.Published) }},
		{"a source comes later", func(b *book) {
			b.enter(b.change(record.SourceKind, "court", record.Published, record.Source{Title: "SYNTHETIC in Xerxë"}))
		}},
	}
	for _, first := range before {
		for _, then := range after {
			t.Run(first.name+", then "+then.name, func(t *testing.T) {
				b := newBook(t)
				b.article()
				first.do(b)
				v, err := view.Open(t.Context(), view.Options{Path: filepath.Join(t.TempDir(), "view.db"), Ledger: b.Store, Pack: pack})
				if err != nil {
					t.Fatal(err)
				}
				defer v.Close()
				if err := v.CatchUp(t.Context()); err != nil {
					t.Fatal(err)
				}
				seen, err := v.Care(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				then.do(b)
				skimmed, err := evidence.Fold(t.Context(), evidence.Options{Scope: view.Public, Entries: b, Seen: seen})
				if err != nil {
					t.Fatal(err)
				}
				if got, want := told(skimmed.Set()), told(b.fold(view.Public).Set()); got != want {
					t.Errorf("skimmed:\n%s\nread:\n%s", got, want)
				}
			})
		}
	}
}

// told is all that a set says of what the tests enter.
func told(s *evidence.Set) string {
	seq, _ := s.Position()
	text := fmt.Sprintln(seq)
	for _, id := range []string{"own", "police", "court"} {
		text += fmt.Sprintf("%s: %+v\n", id, s.Source(id))
	}
	for _, id := range []string{"o", "p"} {
		text += fmt.Sprintf("%s: %+v\n", id, s.Observation(id))
	}
	standing, ok := s.Standing("claim")
	return text + fmt.Sprintf("%t %+v\n%s", ok, standing.Verdict, past(s))
}
