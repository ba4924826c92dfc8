package view_test

import (
	"errors"
	"strings"
	"testing"

	"fener/internal/record"
	"fener/internal/record/example"
	"fener/internal/view"
)

// Every kind goes all the way: a draft that the public does not see, published and found, corrected with its history, withdrawn and gone.
func TestEveryKindGoesAllTheWay(t *testing.T) {
	for _, def := range record.Definitions {
		t.Run(string(def.Kind), func(t *testing.T) {
			body, err := example.Body(def.Kind)
			if err != nil {
				t.Fatal(err)
			}
			words := body.Found("x").Text[0]
			if faults := body.Validate(true); len(faults) > 0 {
				t.Fatalf("the example is not valid: %v", faults)
			}
			d := newDesk(t)
			public := d.open(view.Public)
			d.enter(def.Kind, "x", 0, record.Draft, body)
			d.catchUp(public)
			if _, err := public.Thing(t.Context(), def.Kind, "x"); !errors.Is(err, view.ErrNotFound) {
				t.Errorf("a draft: the public reads %v", err)
			}
			for base, state := range []record.State{record.Submitted, record.Verified, record.Published, record.Published} {
				d.enter(def.Kind, "x", base+1, state, body)
			}
			d.catchUp(public)
			thing, err := public.Thing(t.Context(), def.Kind, "x")
			if err != nil || thing.Gone != view.Standing || thing.Title != body.Found("x").Title {
				t.Fatalf("published: %+v, %v", thing, err)
			}
			if history, err := public.History(t.Context(), def.Kind, "x"); err != nil || len(history) != 2 {
				t.Errorf("%d revisions in public, %v", len(history), err)
			}
			hits, err := public.Search(t.Context(), words, 10)
			if err != nil || len(hits) != 1 {
				t.Errorf("search finds %v, %v", hits, err)
			}
			read, known, err := record.Read(def.Kind, thing.Body)
			if err != nil || !known || read.Found("x").Title != thing.Title {
				t.Errorf("its body is read as %v, %v, %v", read, known, err)
			}
			d.enter(def.Kind, "x", 5, record.Withdrawn, body)
			d.catchUp(public)
			if thing, err := public.Thing(t.Context(), def.Kind, "x"); err != nil || thing.Gone != view.Withdrawn || strings.Contains(string(thing.Body), "SYNTHETIC") {
				t.Errorf("withdrawn: %+v, %v", thing, err)
			}
			if hits, err := public.Search(t.Context(), words, 10); err != nil || len(hits) != 0 {
				t.Errorf("withdrawn, search finds %v, %v", hits, err)
			}
		})
	}
}
