package view_test

import (
	"errors"
	"strings"
	"testing"

	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
	"fener/period"
)

// bodies hold an example of each kind, with a word that only it has.
func bodies() map[record.Kind]record.Body {
	cited := record.Citation{Source: "s", Quote: "said so"}
	return map[record.Kind]record.Body{
		record.SourceKind:      &record.Source{Title: "Wordsource report"},
		record.InstitutionKind: &record.Institution{Names: record.Names{EN: "Wordinstitution"}, Type: "court"},
		record.CaseKind:        &record.Case{Numbers: []string{"P 77/2021"}, Note: "wordcase"},
		record.JudgmentKind: &record.Judgment{Case: "c", Numbers: []string{"P 78/2021"}, Note: "wordjudgment", Citations: []record.Citation{cited},
			Defendants: []record.Defendant{{Label: "A.B.", Counts: []record.Count{{Convicted: "06/L-074:165(1)", Verdict: law.Convicted}}}}},
		record.ObservationKind: &record.Observation{Indicator: "arrests_trafficking", Place: "Kosovo", From: period.MustDate("2019-01-01"), To: period.MustDate("2019-12-31"),
			Value: record.ParseStated("12"), Unit: "persons", CountedBy: "Police", Note: "wordobservation", Citation: cited},
		record.ArticleKind:  &record.Article{Title: "Wordarticle", Source: "s"},
		record.ClaimKind:    &record.Claim{Article: "a", N: 1, Statement: record.Names{EN: "Wordclaim"}, Comparison: record.Comparison{Indicator: "arrests_trafficking", Operator: record.Exists}},
		record.ReplyKind:    &record.Reply{Institution: "i", About: record.SourceKind, ID: "s", Text: "wordreply", Language: "en", Date: period.MustDate("2021-02-03")},
		record.HelpLineKind: &record.HelpLine{Names: record.Names{EN: "Wordhelpline"}, Does: "emergency", Number: "192", Citation: record.Citation{Source: "s", Quote: "call 192"}},
		record.StoryKind: &record.Story{Name: "one", Names: record.Names{EN: "Wordstory"}, Author: "a", Date: period.MustDate("2021-02-03"),
			Written: record.Names{EN: "Text.\n\n{{quote s \"words\"}}\n"}, Placed: []record.Placed{{Named: "quote s", Source: "s"}}},
	}
}

// Every kind goes all the way: a draft that the public does not see, published and found, corrected with its history, withdrawn and gone.
func TestEveryKindGoesAllTheWay(t *testing.T) {
	all := bodies()
	for _, def := range record.Definitions {
		t.Run(string(def.Kind), func(t *testing.T) {
			body := all[def.Kind]
			if body == nil {
				t.Fatal("there is no example of this kind; add one to bodies")
			}
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
			hits, err := public.Search(t.Context(), "word"+string(def.Kind), 10)
			if err != nil || len(hits) != 1 {
				t.Errorf("search finds %v, %v", hits, err)
			}
			read, known, err := record.Read(def.Kind, thing.Body)
			if err != nil || !known || read.Found("x").Title != thing.Title {
				t.Errorf("its body is read as %v, %v, %v", read, known, err)
			}
			d.enter(def.Kind, "x", 5, record.Withdrawn, body)
			d.catchUp(public)
			if thing, err := public.Thing(t.Context(), def.Kind, "x"); err != nil || thing.Gone != view.Withdrawn || strings.Contains(string(thing.Body), "word") {
				t.Errorf("withdrawn: %+v, %v", thing, err)
			}
			if hits, err := public.Search(t.Context(), "word"+string(def.Kind), 10); err != nil || len(hits) != 0 {
				t.Errorf("withdrawn, search finds %v, %v", hits, err)
			}
		})
	}
}
