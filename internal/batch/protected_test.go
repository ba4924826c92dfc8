package batch_test

import (
	"strings"
	"testing"

	"fener/internal/batch"
	"fener/internal/ledger"
	"fener/internal/record"
	"fener/law"
)

// enterCase appends one revision of a case whose entry says so much of a child.
func (im *importer) enterCase(id string, base int, state record.State, child law.Tri, label string) {
	im.Helper()
	body, err := record.Encode(&record.Case{Numbers: []string{"P 77/20"}, ChildVictim: child, Note: "SYNTHETIC note"})
	if err != nil {
		im.Fatal(err)
	}
	change := ledger.Change{Kind: record.CaseKind, ID: id, Base: base, State: state, By: "tester", Batch: label, Body: body}
	if _, err := im.led.Append(im.Context(), []ledger.Change{change}); err != nil {
		im.Fatal(err)
	}
}

// isProtected reads the whole history of a case as the public view does.
func (im *importer) isProtected(id string) bool {
	im.Helper()
	history, err := im.led.History(im.Context(), record.CaseKind, id)
	if err != nil {
		im.Fatal(err)
	}
	var p record.Protection
	for i := range history {
		if p, err = p.Hear(history[i].State, history[i].Rev, history[i].Body); err != nil {
			im.Fatal(err)
		}
	}
	return bool(p)
}

func TestAProtectionIsNotLiftedByAccident(t *testing.T) {
	file := func(line string) string { return "- id: c\n  numbers: [P 77/20]\n" + line }
	t.Run("the file without the line", func(t *testing.T) {
		im := newImporter(t)
		im.enterCase("c", 0, record.Published, law.Yes, "B1")
		im.must(im.take(batch.Cases, file("  note: another\n"), published))
		if !im.isProtected("c") || !strings.Contains(im.public()["case c"], `"child_victim":"yes"`) {
			t.Errorf("the case reads %s", im.public()["case c"])
		}
	})
	t.Run("the file with no", func(t *testing.T) {
		im := newImporter(t)
		im.enterCase("c", 0, record.Draft, law.Yes, "B1")
		_, err := im.take(batch.Cases, file("  child_victim: no\n"), published)
		if err == nil || !im.isProtected("c") {
			t.Errorf("it was taken in: %v", err)
		}
	})
	t.Run("an undo", func(t *testing.T) {
		im := newImporter(t)
		im.enterCase("c", 0, record.Published, law.NotKnown, "B1")
		im.enterCase("c", 1, record.Published, law.Yes, "B2")
		if _, err := batch.Undo(t.Context(), im.led, "B2", batch.UndoOptions{By: "tester", Now: noon}); err != nil {
			t.Fatal(err)
		}
		if !im.isProtected("c") || !strings.Contains(im.public()["case c"], `"child_victim":"yes"`) {
			t.Errorf("after the undo the case reads %s", im.public()["case c"])
		}
	})
}

func TestLiftingAProtectionIsAnActOfItsOwn(t *testing.T) {
	im := newImporter(t)
	im.enterCase("c", 0, record.Published, law.Yes, "B1")
	opt := batch.LiftOptions{By: "A. Editor", Second: "B. Lawyer", Why: "the victim was an adult; see the judgment", Now: noon}
	preview, err := batch.Lift(t.Context(), im.led, "c", batch.LiftOptions{DryRun: true})
	if err != nil || len(preview.Laid) == 0 || preview.Laid[0].Text != "SYNTHETIC note" || !im.isProtected("c") {
		t.Fatalf("the preview is %+v, %v", preview, err)
	}
	for name, change := range map[string]func(*batch.LiftOptions){
		"nobody":        func(o *batch.LiftOptions) { o.By = "" },
		"one person":    func(o *batch.LiftOptions) { o.Second = "" },
		"the same":      func(o *batch.LiftOptions) { o.Second = "a. editor " },
		"without a why": func(o *batch.LiftOptions) { o.Why = " " },
	} {
		bad := opt
		change(&bad)
		if _, err := batch.Lift(t.Context(), im.led, "c", bad); err == nil || !im.isProtected("c") {
			t.Errorf("%s: it was lifted", name)
		}
	}
	done, err := batch.Lift(t.Context(), im.led, "c", opt)
	if err != nil || done.Batch == "" || im.isProtected("c") {
		t.Fatalf("it was not lifted: %+v, %v", done, err)
	}
	// What is said again protects again, and taking that back does not lift again.
	im.enterCase("c", 2, record.Draft, law.Yes, "B9")
	if _, err := batch.Undo(t.Context(), im.led, "B9", batch.UndoOptions{By: "tester", Now: noon}); err != nil {
		t.Fatal(err)
	}
	if !im.isProtected("c") {
		t.Error("an undo brought the lifting back")
	}
}

// A table of judgments that says that a child is among the victims protects its case.
func TestAChildVictimOfATableProtects(t *testing.T) {
	const columns = "case,court,judgment_date,defendant,offence_convicted,verdict,imprisonment,child_victim,source\n"
	row := func(defendant, child string) string {
		return "P 77/20,Basic Court of Prizren,2020-05-04," + defendant + ",06/L-074:165(1),convicted,5y," + child + ",SYNTHETIC report\n"
	}
	for _, c := range []struct {
		name      string
		before    law.Tri // what the record says of the case
		rows      string
		protected bool
		want      string // what is said
	}{
		{"yes, and no case on record", law.NotKnown, row("A.B.", "yes"), true, ""},
		{"no, and no case on record", law.NotKnown, row("A.B.", "no"), false, ""},
		{"yes against no", law.No, row("A.B.", "yes"), true, ""},
		{"no against yes", law.Yes, row("A.B.", "no"), true, "still_protected"},
		{"rows that disagree", law.NotKnown, row("A.B.", "no") + row("C.D.", "yes"), true, "child_disagrees"},
		{"one row that says nothing", law.NotKnown, row("A.B.", "") + row("C.D.", "yes"), true, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			im := newImporter(t)
			id := im.id(record.CaseKind, "p-77-2020-prizren")
			im.institutions()
			if c.before != law.NotKnown {
				im.enterCase(id, 0, record.Draft, c.before, "B1")
			}
			im.must(im.judgments(columns + c.rows))
			if got := im.isProtected(id); got != c.protected {
				t.Errorf("protected: %v, want %v", got, c.protected)
			}
			if said := im.said(); !strings.Contains(said, c.want) {
				t.Errorf("%s is not said:\n%s", c.want, said)
			}
			end := im.head()
			im.must(im.judgments(columns + c.rows))
			if im.head() != end {
				t.Errorf("the same file changed something:\n%s", im.said())
			}
		})
	}
}
