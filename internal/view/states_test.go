package view_test

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
	"fener/period"
)

func TestThePublicSeesOnlyWhatIsPublished(t *testing.T) {
	d := newDesk(t)
	j := judgment("pkr-64-2021", "2021-05-06", "A.B.", "2y")
	d.enter(record.JudgmentKind, "j", 0, record.Draft, j)
	public, desk := d.open(view.Public), d.open(view.Desk)
	step := func(base int, state record.State) {
		d.enter(record.JudgmentKind, "j", base, state, j)
		d.catchUp(public)
		d.catchUp(desk)
	}
	absent := func(when string) {
		t.Helper()
		if _, err := public.Judgment(t.Context(), "j"); !errors.Is(err, view.ErrNotFound) {
			t.Errorf("%s: the public reads %v", when, err)
		}
		if _, err := public.Case(t.Context(), "pkr-64-2021"); !errors.Is(err, view.ErrNotFound) {
			t.Errorf("%s: the public reads its case: %v", when, err)
		}
		if list, err := public.Recent(t.Context(), 10); err != nil || len(list) != 0 {
			t.Errorf("%s: the public hears of %v, %v", when, list, err)
		}
	}
	for base, state := range []record.State{record.Draft, record.Submitted, record.Verified} {
		if base > 0 {
			step(base, state)
		}
		absent(string(state))
		if got, err := desk.Thing(t.Context(), record.JudgmentKind, "j"); err != nil || got.State != state {
			t.Errorf("the desk reads %v, %v; expected %s", got, err, state)
		}
	}
	step(3, record.Published)
	if got, err := public.Judgment(t.Context(), "j"); err != nil || got.Rev != 1 || got.Files[0].Counts[0].Finding.Outcomes == 0 {
		t.Fatalf("published, the public reads %+v, %v", got, err)
	}
	j.Note = "a correction in the making"
	step(4, record.Draft)
	if got, err := public.Judgment(t.Context(), "j"); err != nil || got.Rev != 1 || got.Note != "" {
		t.Errorf("with a draft in the making the public reads %+v, %v", got, err)
	}
	if got, err := desk.Judgment(t.Context(), "j"); err != nil || got.Rev != 5 || got.Note != j.Note {
		t.Errorf("with a draft in the making the desk reads %+v, %v", got, err)
	}
	if history, err := public.History(t.Context(), record.JudgmentKind, "j"); err != nil || len(history) != 1 {
		t.Errorf("the public history is %v, %v", history, err)
	}
}

func TestNoByteOfADraftIsInThePublicFile(t *testing.T) {
	d := newDesk(t)
	j := judgment("secret-case", "2021-05-06", "A.B.", "2y")
	j.Note = "unpublished xyzzy words"
	d.enter(record.JudgmentKind, "secret-judgment", 0, record.Draft, j)
	d.enter(record.JudgmentKind, "secret-judgment", 1, record.Withdrawn, j)
	if err := d.open(view.Public).Close(); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(d.options(view.Public).Path)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"secret", "xyzzy"} {
		if bytes.Contains(file, []byte(text)) {
			t.Errorf("the public file holds %q of a draft", text)
		}
	}
}

func TestWithdrawingLeavesATombstone(t *testing.T) {
	d := newDesk(t)
	d.enter(record.SourceKind, "birn-2021", 0, record.Published, source("Court report"))
	d.enter(record.JudgmentKind, "j", 0, record.Published, judgment("c", "2021-05-06", "A.B.", "2y"))
	public := d.open(view.Public)
	d.enter(record.JudgmentKind, "j", 1, record.Withdrawn, judgment("c", "2021-05-06", "A.B.", "2y"))
	d.catchUp(public)
	rebuilt := rebuiltBeside(t, d, view.Public)
	for name, v := range map[string]*view.View{"followed": public, "built later": rebuilt} {
		var gone *view.GoneError
		if _, err := v.Judgment(t.Context(), "j"); !errors.As(err, &gone) || gone.Gone != view.Withdrawn || gone.Why == "" || gone.At.IsZero() || gone.Title != "" {
			t.Errorf("%s: reading it gives %v", name, err)
		}
		if _, err := v.Case(t.Context(), "c"); !errors.Is(err, view.ErrGone) {
			t.Errorf("%s: reading its case gives %v", name, err)
		}
		if rows, total, err := v.Cases(t.Context(), view.CaseFilter{}); err != nil || total != 0 || len(rows) != 0 {
			t.Errorf("%s: lists have %v, %v", name, rows, err)
		}
		if list, err := v.Search(t.Context(), "pkr 64/21", 10); err != nil || len(list) != 0 {
			t.Errorf("%s: search finds %v, %v", name, list, err)
		}
		if s, err := v.Source(t.Context(), "birn-2021"); err != nil || len(s.Rests) != 0 {
			t.Errorf("%s: on its source rest %v, %v", name, s, err)
		}
		if u, err := v.Usage(t.Context(), "06/L-074:165(1)", view.Page{}); err != nil || u.Total != 0 || len(u.Counts) != 0 {
			t.Errorf("%s: under its provision stand %+v, %v", name, u, err)
		}
		if h, err := v.History(t.Context(), record.JudgmentKind, "j"); err != nil || len(h) != 2 || len(h[0].Body) == 0 || len(h[1].Body) != 0 {
			t.Errorf("%s: its history is %+v, %v", name, h, err)
		}
	}
	d.enter(record.JudgmentKind, "j", 2, record.Published, judgment("c", "2021-05-06", "A.B.", "3y"))
	d.catchUp(public)
	if f, err := public.Case(t.Context(), "c"); err != nil || len(f.Judgments) != 1 {
		t.Errorf("published again its case is %+v, %v", f, err)
	}
}

// rebuiltBeside folds the same ledger into another file.
func rebuiltBeside(t *testing.T, d *desk, scope view.Scope) *view.View {
	t.Helper()
	o := d.options(scope)
	o.Path += ".beside"
	v, err := view.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = v.Close() })
	d.catchUp(v)
	return v
}

func TestErasingRemovesTheText(t *testing.T) {
	for name, scope := range map[string]view.Scope{"public": view.Public, "desk": view.Desk} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			j := judgment("c", "2021-05-06", "A.B.", "2y")
			j.Note = "erasable"
			d.enter(record.JudgmentKind, "standing", 0, record.Published, j)
			d.enter(record.JudgmentKind, "corrected", 0, record.Published, j)
			j.Note = ""
			d.enter(record.JudgmentKind, "corrected", 1, record.Published, j)
			followed := d.open(scope)
			d.erase(record.JudgmentKind, "standing", 1)
			d.erase(record.JudgmentKind, "corrected", 1)
			d.catchUp(followed)
			for name, v := range map[string]*view.View{"followed": followed, "built later": rebuiltBeside(t, d, scope)} {
				var gone *view.GoneError
				if _, err := v.Judgment(t.Context(), "standing"); !errors.As(err, &gone) || gone.Gone != view.Erased || gone.Why != "court order" {
					t.Errorf("%s: the standing one reads %v", name, err)
				}
				if f, err := v.Case(t.Context(), "c"); err != nil || len(f.Judgments) != 1 || f.Judgments[0].ID != "corrected" {
					t.Errorf("%s: the case reads %+v, %v", name, f, err)
				}
				for id, revisions := range map[string]int{"standing": 1, "corrected": 2} {
					h, err := v.History(t.Context(), record.JudgmentKind, id)
					if err != nil || len(h) != revisions || h[0].Gone != view.Erased || len(h[0].Body) != 0 {
						t.Errorf("%s: the history of %s is %+v, %v", name, id, h, err)
					}
				}
				if list, err := v.Search(t.Context(), "erasable", 9); err != nil || len(list) != 0 {
					t.Errorf("%s: search finds %v, %v", name, list, err)
				}
			}
			if err := followed.Close(); err != nil {
				t.Fatal(err)
			}
			file, err := os.ReadFile(d.options(scope).Path)
			if err != nil || bytes.Contains(file, []byte("erasable")) {
				t.Errorf("the file still holds the erased word (%v)", err)
			}
		})
	}
}

func TestHistorySaysWhatChanged(t *testing.T) {
	d := newDesk(t)
	d.enter(record.SourceKind, "s", 0, record.Published, source("Court report"))
	d.enter(record.SourceKind, "s", 1, record.Published, &record.Source{Title: "Court report, corrected", Language: "en"})
	h, err := d.open(view.Public).History(t.Context(), record.SourceKind, "s")
	if err != nil || len(h) != 2 {
		t.Fatalf("%v, %v", h, err)
	}
	want := []view.FieldChange{{Field: "language", After: `"en"`}, {Field: "publisher", Before: `"BIRN"`},
		{Field: "title", Before: `"Court report"`, After: `"Court report, corrected"`}}
	if diff := cmp.Diff(want, h[1].Changes); diff != "" {
		t.Error(diff)
	}
	if h[0].By != "officer" || h[0].Why == "" || h[0].Rev != 1 || h[1].Seq != 2 {
		t.Errorf("the revisions are %+v", h)
	}
}

func TestAKindThatNobodyKnowsIsKept(t *testing.T) {
	d := newDesk(t)
	d.enter("lantern", "first", 0, record.Published, map[string]string{"light": "amber"})
	v := d.open(view.Public)
	if got, err := v.Thing(t.Context(), "lantern", "first"); err != nil || string(got.Body) != `{"light":"amber"}` {
		t.Errorf("read %v, %v", got, err)
	}
	if list, total, err := v.Things(t.Context(), "lantern", view.Page{}); err != nil || total != 1 || len(list) != 1 {
		t.Errorf("listed %v, %d, %v", list, total, err)
	}
}

func TestABodyThatCannotBeReadStopsNothing(t *testing.T) {
	d := newDesk(t)
	d.enter(record.JudgmentKind, "broken", 0, record.Published, map[string]any{"case": "c", "defendants": "three"})
	d.enter(record.JudgmentKind, "whole", 0, record.Published, judgment("c", "2021-05-06", "A.B.", "2y"))
	v := d.open(view.Public)
	if f, err := v.Case(t.Context(), "c"); err != nil || len(f.Judgments) != 1 {
		t.Errorf("the case reads %+v, %v", f, err)
	}
	if got, err := v.Thing(t.Context(), record.JudgmentKind, "broken"); err != nil || len(got.Body) != 0 {
		t.Errorf("the broken one reads %+v, %v", got, err)
	}
	d.enter(record.JudgmentKind, "broken", 1, record.Published, judgment("c", "2021-06-06", "C.D.", "2y"))
	d.catchUp(v)
	if f, err := v.Case(t.Context(), "c"); err != nil || len(f.Judgments) != 2 {
		t.Errorf("corrected, the case reads %+v, %v", f, err)
	}
}

func TestACaseWithAChildVictimIsCoarse(t *testing.T) {
	j := judgment("c", "2021-05-06", "A.B.", "2y")
	j.Note, j.Defendants[0].Counts[0].To = "në fshatin Xerxë", period.MustDate("2020-06-07")
	child := &record.Case{Numbers: []string{"PKR.Nr.64/2021"}, ChildVictim: law.Yes, Indicted: period.MustDate("2020-11-12"), Note: "në fshatin Xerxë",
		Citations: []record.Citation{{Source: "birn-2021", Quote: "më 12 nëntor"}}}
	known := &record.Case{Numbers: child.Numbers, Indicted: child.Indicted, Note: child.Note, Citations: child.Citations}
	enter := map[string]func(d *desk, v func() *view.View){
		"the case first": func(d *desk, v func() *view.View) {
			d.enter(record.CaseKind, "c", 0, record.Published, child)
			d.enter(record.JudgmentKind, "j", 0, record.Published, j)
		},
		"the judgment first, in one batch": func(d *desk, v func() *view.View) {
			d.enter(record.JudgmentKind, "j", 0, record.Published, j)
			d.enter(record.CaseKind, "c", 0, record.Published, child)
		},
		"found out later, with a history": func(d *desk, v func() *view.View) {
			d.enter(record.CaseKind, "c", 0, record.Published, known)
			d.enter(record.JudgmentKind, "j", 0, record.Published, j)
			d.enter(record.JudgmentKind, "j", 1, record.Published, j)
			d.catchUp(v())
			d.enter(record.CaseKind, "c", 1, record.Published, child)
		},
		"its entry withdrawn": func(d *desk, v func() *view.View) {
			d.enter(record.CaseKind, "c", 0, record.Published, child)
			d.enter(record.CaseKind, "c", 1, record.Withdrawn, child)
			d.catchUp(v())
			d.enter(record.JudgmentKind, "j", 0, record.Published, j)
		},
		"a draft over what is public": func(d *desk, v func() *view.View) {
			d.enter(record.CaseKind, "c", 0, record.Published, known)
			d.enter(record.JudgmentKind, "j", 0, record.Published, j)
			d.catchUp(v())
			d.enter(record.CaseKind, "c", 1, record.Draft, child)
		},
		"published again without the word": func(d *desk, v func() *view.View) {
			d.enter(record.CaseKind, "c", 0, record.Published, child)
			d.enter(record.JudgmentKind, "j", 0, record.Published, j)
			d.catchUp(v())
			d.enter(record.CaseKind, "c", 1, record.Published, known)
		},
		"its entry erased": func(d *desk, v func() *view.View) {
			d.enter(record.CaseKind, "c", 0, record.Published, known)
			d.enter(record.JudgmentKind, "j", 0, record.Published, j)
			d.catchUp(v())
			d.erase(record.CaseKind, "c", 1)
		},
	}
	for name, fill := range enter {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			var open *view.View
			fill(d, func() *view.View {
				if open == nil {
					open = d.open(view.Public)
				}
				return open
			})
			v := open
			if v == nil {
				v = d.open(view.Public)
			}
			d.catchUp(v)
			for _, v := range []*view.View{v, rebuiltBeside(t, d, view.Public)} {
				f, err := v.Case(t.Context(), "c")
				if err != nil || len(f.Judgments) != 1 || !f.Coarsened || !f.Judgments[0].Coarsened {
					t.Fatalf("the case reads %+v, %v", f, err)
				}
				got := f.Judgments[0]
				if got.Date != period.MustDate("2021") || got.Defendants[0].Counts[0].From != period.MustDate("2020") {
					t.Errorf("its dates are %s and %s", got.Date, got.Defendants[0].Counts[0].From)
				}
				err = v.EachCount(t.Context(), func(r *view.CountRow) error {
					if r.ChildVictim != law.Yes || r.Date.Precision() > period.Year || r.Indicted.Precision() > period.Year {
						t.Errorf("figures count %+v", r)
					}
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			}
			if err := v.Close(); err != nil {
				t.Fatal(err)
			}
			file, err := os.ReadFile(d.options(view.Public).Path)
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range []string{"2021-05-06", "2020-03-04", "2020-06-07", "2020-11-12", "Xerx", "xerx", "Gjakov", "gjakove", "lapushnik", "nentor", "p. 3"} {
				if strings.Contains(string(file), text) {
					t.Errorf("the public file holds %q", text)
				}
			}
		})
	}
}
