package view_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
	"fener/period"
)

// pastAt folds the record as it stood at a position, with the care of now.
func (d *desk) pastAt(v *view.View, position int64) *view.View {
	d.t.Helper()
	care, err := v.Care(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	p, err := v.Past(d.t.Context(), filepath.Join(d.t.TempDir(), "past.db"), position, care)
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { _ = p.Close() })
	return p
}

// told is all that a view says of the courts, its sources and what changed.
func told(t *testing.T, v *view.View) string {
	t.Helper()
	var b strings.Builder
	say := func(what any, err error) {
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%+v\n", what)
	}
	rows, _, err := v.Cases(t.Context(), view.CaseFilter{})
	say(rows, err)
	recent, err := v.Recent(t.Context(), 50)
	say(recent, err)
	for i := range rows {
		c, err := v.Case(t.Context(), rows[i].ID)
		say(c, err)
	}
	sources, _, err := v.Sources(t.Context(), view.Page{})
	say(sources, err)
	found, err := v.Search(t.Context(), "64/21", 9)
	say(hits(found), err)
	say(v.Position(), v.EachCount(t.Context(), func(r *view.CountRow) error { say(r, nil); return nil }))
	return b.String()
}

// At each of its positions the past says what the public read then, whatever was drafted between and entered since.
func TestThePastIsWhatWasReadThen(t *testing.T) {
	d := newDesk(t)
	v := d.open(view.Public)
	then := map[int64]string{}
	for _, do := range []func(){
		func() { d.enter(record.SourceKind, "birn-2021", 0, record.Published, source("Court report")) },
		func() { d.enter(record.SourceKind, "draft", 0, record.Draft, source("Not yet")) },
		func() {
			d.enter(record.JudgmentKind, "j", 0, record.Published, judgment("c", "2021-05-06", "A.B.", "2y"))
		},
		func() {
			for base, state := range []record.State{1: record.Draft, record.Submitted, record.Verified} {
				if base > 0 {
					d.enter(record.JudgmentKind, "j", base, state, judgment("c", "2021-05-06", "A.B.", "9y"))
				}
			}
		},
		func() {
			d.enter(record.JudgmentKind, "j", 4, record.Published, judgment("c", "2021-05-06", "A.B.", "6y"))
		},
		func() {
			d.enter(record.JudgmentKind, "k", 0, record.Published, judgment("other", "2022-05-06", "C.D.", "2y"))
		},
		func() {
			d.enter(record.JudgmentKind, "k", 1, record.Withdrawn, judgment("other", "2022-05-06", "C.D.", "2y"))
		},
		func() {
			d.enter(record.JudgmentKind, "k", 2, record.Published, judgment("other", "2022-05-06", "C.D.", "3y"))
		},
	} {
		do()
		d.catchUp(v)
		then[v.Position()] = told(t, v)
	}
	if len(then) != 6 {
		t.Fatalf("there were %d positions", len(then))
	}
	for position, want := range then {
		p := d.pastAt(v, position)
		if got := told(t, p); got != want {
			t.Errorf("position %d reads\n%s\nit was\n%s", position, got, want)
		}
		if !p.Whole() || p.Seq() > v.Seq() {
			t.Errorf("position %d: whole %t, entry %d", position, p.Whole(), p.Seq())
		}
	}
}

func TestADayLeadsToAPosition(t *testing.T) {
	d := newDesk(t)
	v := d.open(view.Public)
	for i := range 9 { // the clock goes on by a minute at each
		state := record.Published
		if i%3 == 1 {
			state = record.Draft
		}
		d.enter(record.SourceKind, fmt.Sprint("s", i), 0, state, source("s"))
	}
	d.catchUp(v)
	for position := int64(1); position <= v.Position(); position++ {
		at, err := v.PublishedAt(t.Context(), position)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range []struct {
			moment time.Time
			want   int64
		}{{at, position - 1}, {at.Add(time.Microsecond), position}} {
			if got, err := v.PositionOn(t.Context(), row.moment); err != nil || got != row.want {
				t.Errorf("before %v there were %d entries, %v, want %d", row.moment, got, err, row.want)
			}
		}
	}
	care, err := v.Care(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "past.db")
	if _, err := v.Past(t.Context(), path, 0, care); !errors.Is(err, view.ErrNotYet) {
		t.Errorf("before the first entry: %v", err)
	}
	if _, err := v.Past(t.Context(), path, v.Position()+1, care); !errors.Is(err, view.ErrNotFound) {
		t.Errorf("after the last entry: %v", err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a past that is none left a file")
	}
}

// story is one without anything placed in it.
func story(words string) *record.Story {
	return &record.Story{Name: "s", Author: "X", Date: period.MustDate("2026-01-01"), Names: record.Names{EN: "A story"}, Written: record.Names{EN: words}}
}

// No past moment shows more than today's pages do: what is protected, taken back, erased or held back today is so at every position, in every byte of its
// file. Before it was, the past showed it, which is what makes this a test.
func TestThePastShowsNoMoreThanToday(t *testing.T) {
	fine := judgment("c", "2021-05-06", "A.B.", "2y")
	fine.Note = "xyzzy in a village"
	figure := func(words string) *record.Observation {
		return &record.Observation{Indicator: "victims_identified", Place: "Kosovo", From: period.MustDate("2021"), Value: record.ParseStated("31"), Unit: "persons",
			Citation: record.Citation{Source: "birn-2021", Quote: words}}
	}
	begin := func(d *desk) {
		d.enter(record.SourceKind, "birn-2021", 0, record.Published, &record.Source{Title: "Plugh of a girl", Publisher: "BIRN"})
		d.enter(record.CaseKind, "c", 0, record.Published, &record.Case{Numbers: []string{"PKR.Nr.64/2021"}, Note: "xyzzy"})
		d.enter(record.JudgmentKind, "j", 0, record.Published, fine)
		d.enter(record.ObservationKind, "o", 0, record.Published, figure("plover of many"))
		d.enter(record.StoryKind, "s", 0, record.Published, story("frobozz was said"))
	}
	for name, row := range map[string]struct {
		since  func(d *desk)
		secret []string
		never  bool  // it was never shown
		tells  error // of the judgment, at the end of what was first entered
		until  int64 // the position from which today's record has the words too; 0: it has not
	}{
		"a child became known in a draft": {since: func(d *desk) {
			d.enter(record.CaseKind, "c", 1, record.Draft, &record.Case{Numbers: []string{"PKR.Nr.64/2021"}, ChildVictim: law.Yes})
		}, secret: []string{"xyzzy", "2021-05-06", "2020-03-04", "Gjakov", "gjakove", "Llapushnik", "Plugh", "plover"}},
		"its entry was erased, so nobody knows": {since: func(d *desk) { d.erase(record.CaseKind, "c", 1) },
			secret: []string{"xyzzy", "2021-05-06", "Gjakov", "Plugh", "plover"}},
		"another case of a child came to rest on the source": {since: func(d *desk) {
			d.enter(record.CaseKind, "later", 0, record.Published, &record.Case{Numbers: []string{"P 9/22"}, ChildVictim: law.Yes, Citations: []record.Citation{{Source: "birn-2021"}}})
		}, secret: []string{"Plugh", "plover"}},
		"the judgment was taken back": {since: func(d *desk) { d.enter(record.JudgmentKind, "j", 1, record.Withdrawn, fine) },
			secret: []string{"xyzzy in", "2021-05-06", "Gjakov"}, tells: view.ErrGone},
		"the judgment was corrected and taken back": {since: func(d *desk) {
			d.enter(record.JudgmentKind, "j", 1, record.Published, judgment("c", "2021-05-06", "A.B.", "3y"))
			d.enter(record.JudgmentKind, "j", 2, record.Withdrawn, fine)
		}, secret: []string{"xyzzy in", "2021-05-06", "Gjakov"}, tells: view.ErrGone},
		"the judgment was erased": {since: func(d *desk) { d.erase(record.JudgmentKind, "j", 1) },
			secret: []string{"xyzzy in", "2021-05-06", "Gjakov"}, tells: view.ErrGone},
		"the judgment was corrected and what stood before erased": {since: func(d *desk) {
			d.enter(record.JudgmentKind, "j", 1, record.Published, judgment("c", "2021-05-06", "A.B.", "3y"))
			d.erase(record.JudgmentKind, "j", 1)
		}, secret: []string{"xyzzy in"}, tells: view.ErrGone},
		"a draft": {since: func(d *desk) { d.enter(record.SourceKind, "d", 0, record.Draft, source("grue")) }, secret: []string{"grue"}, never: true},
		"a story was corrected after something was taken back": {since: func(d *desk) {
			d.enter(record.ObservationKind, "o", 1, record.Withdrawn, figure("plover of many"))
			d.enter(record.StoryKind, "s", 1, record.Published, story("nothing was said"))
		}, secret: []string{"frobozz"}, until: 7},
		"a figure of few": {since: func(d *desk) {
			few := figure("snark")
			few.Place, few.From, few.Value = "Peja municipality", period.MustDate("2021-05"), record.ParseStated("2")
			d.enter(record.ObservationKind, "few", 0, record.Published, few)
			few.Value = record.ParseStated("3")
			d.enter(record.ObservationKind, "few", 1, record.Published, few)
		}, secret: []string{"snark"}, never: true},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			begin(d)
			v := d.open(view.Public)
			first := v.Position()
			for _, word := range row.secret {
				if shown := holds(t, d.pastAt(v, first), word); shown == row.never {
					t.Fatalf("before, the past held %q: %t", word, shown)
				}
			}
			row.since(d)
			d.enter(record.SourceKind, "last", 0, record.Published, source("The last"))
			d.catchUp(v)
			if row.until == 0 {
				row.until = v.Position() + 1
			}
			for position := int64(1); position < row.until; position++ {
				p := d.pastAt(v, position)
				for _, word := range row.secret {
					if holds(t, p, word) {
						t.Errorf("at position %d the file holds %q", position, word)
					}
				}
			}
			_, err := d.pastAt(v, first).Judgment(t.Context(), "j")
			if !errors.Is(err, row.tells) {
				t.Errorf("the judgment then: %v, want %v", err, row.tells)
			}
		})
	}
}

// holds reports whether a view's file holds a word, in any case.
func holds(t *testing.T, v *view.View, word string) bool {
	t.Helper()
	file, err := os.ReadFile(v.Path())
	if err != nil {
		t.Fatal(err)
	}
	return strings.Contains(strings.ToLower(string(file)), strings.ToLower(word))
}

// What was taken off the record since has today's tombstone in the past: when, and why.
func TestThePastHasTodaysTombstones(t *testing.T) {
	for name, since := range map[string]func(d *desk){
		"withdrawn": func(d *desk) {
			d.enter(record.JudgmentKind, "j", 1, record.Withdrawn, judgment("c", "2021-05-06", "A.B.", "2y"))
		},
		"erased": func(d *desk) { d.erase(record.JudgmentKind, "j", 1) },
		"erased, and corrected": func(d *desk) {
			d.enter(record.JudgmentKind, "j", 1, record.Published, judgment("c", "2021-05-06", "A.B.", "3y"))
			d.erase(record.JudgmentKind, "j", 1)
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.enter(record.JudgmentKind, "j", 0, record.Published, judgment("c", "2021-05-06", "A.B.", "2y"))
			v := d.open(view.Public)
			was, err := v.Judgment(t.Context(), "j")
			if err != nil {
				t.Fatal(err)
			}
			since(d)
			d.catchUp(v)
			p := d.pastAt(v, 1)
			var gone *view.GoneError
			if _, err := p.Judgment(t.Context(), "j"); !errors.As(err, &gone) || gone.Why == "" || !gone.At.After(was.At) {
				t.Errorf("the past says %v", err)
			}
			if rows, total, err := p.Cases(t.Context(), view.CaseFilter{}); err != nil || total != 0 {
				t.Errorf("lists of the past have %v, %v", rows, err)
			}
		})
	}
}

// A moment's care is the same until something is protected, taken back or erased, or no longer.
func TestCareTellsWhenAPastIsOutOfDate(t *testing.T) {
	d := newDesk(t)
	v := d.open(view.Public)
	d.enter(record.JudgmentKind, "j", 0, record.Published, judgment("c", "2021-05-06", "A.B.", "2y"))
	d.catchUp(v)
	care, err := v.Care(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		name string
		do   func()
		same bool
	}{
		{"a judgment came", func() {
			d.enter(record.JudgmentKind, "k", 0, record.Published, judgment("other", "2022-05-06", "C.D.", "2y"))
		}, true},
		{"a judgment was corrected", func() {
			d.enter(record.JudgmentKind, "k", 1, record.Published, judgment("other", "2022-05-06", "C.D.", "3y"))
		}, true},
		{"a draft came", func() { d.enter(record.SourceKind, "s", 0, record.Draft, source("s")) }, true},
		{"what stood before was erased", func() { d.erase(record.JudgmentKind, "k", 1) }, false},
		{"a judgment was taken back", func() {
			d.enter(record.JudgmentKind, "k", 2, record.Withdrawn, judgment("other", "2022-05-06", "C.D.", "3y"))
		}, false},
		{"a child became known", func() {
			d.enter(record.CaseKind, "c", 0, record.Verified, &record.Case{Numbers: []string{"P 1/21"}, ChildVictim: law.Yes})
		}, false},
		{"the protection was lifted", func() {
			d.enter(record.CaseKind, "c", 1, record.Published, &record.Case{Numbers: []string{"P 1/21"}, ChildVictim: law.No, LiftedAt: 2})
		}, false},
	} {
		step.do()
		d.catchUp(v)
		now, err := v.Care(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if now.Same(care) != step.same {
			t.Errorf("%s: the same is %t", step.name, !step.same)
		}
		care = now
	}
}
