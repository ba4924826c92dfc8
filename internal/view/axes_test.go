package view_test

import (
	"testing"

	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
)

// A finding may rest on a child being among the victims only where the case's
// page says so, and does so in whatever order the record was entered.
func TestFindingsKnowOfAChildVictimWhenTheCaseSaysSo(t *testing.T) {
	child, none := &record.Case{Numbers: []string{"PKR 64/21"}, ChildVictim: law.Yes}, &record.Case{Numbers: []string{"PKR 64/21"}}
	j := judgment("c", "2021-05-06", "A.B.", "6y")
	tests := []struct {
		name string
		fill func(d *desk, v *view.View)
		want law.MeasureAnswer // MeasuresUnknown: the law asks for a ban, and nothing says whether one was ordered
	}{
		{"nothing on record of a child", func(d *desk, _ *view.View) {
			d.enter(record.CaseKind, "c", 0, record.Published, none)
			d.enter(record.JudgmentKind, "j", 0, record.Published, j)
		}, law.MeasuresNotAsked},
		{"the case first", func(d *desk, _ *view.View) {
			d.enter(record.CaseKind, "c", 0, record.Published, child)
			d.enter(record.JudgmentKind, "j", 0, record.Published, j)
		}, law.MeasuresUnknown},
		{"the judgment first", func(d *desk, v *view.View) {
			d.enter(record.JudgmentKind, "j", 0, record.Published, j)
			d.catchUp(v)
			d.enter(record.CaseKind, "c", 0, record.Published, child)
		}, law.MeasuresUnknown},
		{"found out later", func(d *desk, v *view.View) {
			d.enter(record.CaseKind, "c", 0, record.Published, none)
			d.enter(record.JudgmentKind, "j", 0, record.Published, j)
			d.catchUp(v)
			d.enter(record.CaseKind, "c", 1, record.Published, child)
		}, law.MeasuresUnknown},
		{"published again without the word", func(d *desk, v *view.View) {
			d.enter(record.CaseKind, "c", 0, record.Published, child)
			d.enter(record.JudgmentKind, "j", 0, record.Published, j)
			d.catchUp(v)
			d.enter(record.CaseKind, "c", 1, record.Published, none)
		}, law.MeasuresUnknown},
		{"found to be an error", func(d *desk, v *view.View) {
			d.enter(record.CaseKind, "c", 0, record.Published, child)
			d.enter(record.JudgmentKind, "j", 0, record.Published, j)
			d.catchUp(v)
			d.enter(record.CaseKind, "c", 1, record.Published, &record.Case{Numbers: none.Numbers, ChildVictim: law.No})
		}, law.MeasuresNotAsked},
		{"the entry that said so erased", func(d *desk, v *view.View) {
			d.enter(record.CaseKind, "c", 0, record.Published, child)
			d.enter(record.JudgmentKind, "j", 0, record.Published, j)
			d.catchUp(v)
			d.enter(record.CaseKind, "c", 1, record.Published, none)
			d.catchUp(v)
			d.erase(record.CaseKind, "c", 1)
		}, law.MeasuresNotAsked},
		{"its entry erased: nobody can say", func(d *desk, v *view.View) {
			d.enter(record.CaseKind, "c", 0, record.Published, none)
			d.enter(record.JudgmentKind, "j", 0, record.Published, j)
			d.catchUp(v)
			d.erase(record.CaseKind, "c", 1)
		}, law.MeasuresNotAsked},
	}
	for _, scope := range []view.Scope{view.Public, view.Desk} {
		for _, tt := range tests {
			t.Run(scope.String()+": "+tt.name, func(t *testing.T) {
				d := newDesk(t)
				v := d.open(scope)
				tt.fill(d, v)
				d.catchUp(v)
				for _, v := range []*view.View{v, rebuiltBeside(t, d, scope)} {
					f, err := v.Judgment(t.Context(), "j")
					if err != nil {
						t.Fatal(err)
					}
					answer, err := v.Explain(f, &f.Files[0].Counts[0].Count)
					if err != nil {
						t.Fatal(err)
					}
					if got := f.Files[0].Counts[0].Finding.Axes.Measures; got != tt.want || answer.Axes.Measures.Is != tt.want {
						t.Errorf("stored %s, explained %s, expected %q", got, answer.Axes.Measures.Is, tt.want)
					}
					if scope == view.Public && f.ChildVictim == law.Yes && !f.Coarsened {
						t.Error("a finding rests on a child whom the page does not mention")
					}
				}
			})
		}
	}
}

// Each question of a finding is yes or no only where it certainly is.
func TestWhatIsCertainOfAFinding(t *testing.T) {
	tests := []struct {
		name                               string
		finding                            view.Finding
		below, floor, maximum, unexplained law.Tri
	}{
		{"within the range", view.Finding{Below: law.No, Axes: view.Axes{Term: law.TermWithin}}, law.No, law.No, law.No, law.No},
		{"below the minimum, a ground on record", view.Finding{Below: law.Yes, Outcomes: law.OutcomesOf(law.Mitigated), Axes: view.Axes{Term: law.TermBelowMinimum, Ground: law.GroundOnRecord}},
			law.Yes, law.No, law.No, law.No},
		{"below the minimum, none on record", view.Finding{Below: law.Yes, Outcomes: law.OutcomesOf(law.Unexplained), Axes: view.Axes{Term: law.TermBelowMinimum, Ground: law.GroundUnknown}},
			law.Yes, law.No, law.No, law.Yes},
		{"below the floor", view.Finding{Below: law.Yes, Outcomes: law.OutcomesOf(law.BelowFloor), Axes: view.Axes{Term: law.TermBelowFloor}}, law.Yes, law.Yes, law.No, law.No},
		{"below the minimum, floor not read", view.Finding{Below: law.Yes, Axes: view.Axes{Term: law.TermFloorUnread, Ground: law.GroundNone}}, law.Yes, law.NotKnown, law.No, law.NotKnown},
		{"the same with a ground on record", view.Finding{Below: law.Yes, Axes: view.Axes{Term: law.TermFloorUnread, Ground: law.GroundOnRecord}}, law.Yes, law.NotKnown, law.No, law.No},
		{"minimum met, maximum not read", view.Finding{Below: law.No, Axes: view.Axes{Term: law.TermUnknown}}, law.No, law.No, law.NotKnown, law.No},
		{"above the maximum", view.Finding{Below: law.No, Axes: view.Axes{Term: law.TermAboveMaximum}}, law.No, law.No, law.Yes, law.No},
		{"a fine alone, its rule not read", view.Finding{Imposed: law.Limit{State: law.LimitNone}, Axes: view.Axes{Form: law.FormUnread, Open: 1 << law.FormAxis}},
			law.NotKnown, law.NotKnown, law.NotKnown, law.NotKnown},
		{"a code that may have been amended", view.Finding{Below: law.Yes, Missing: 1 << law.MissingAmendments, Axes: view.Axes{Term: law.TermBelowFloor}},
			law.NotKnown, law.NotKnown, law.NotKnown, law.NotKnown},
		{"nothing known", view.Finding{}, law.NotKnown, law.NotKnown, law.NotKnown, law.NotKnown},
	}
	for _, tt := range tests {
		f := &tt.finding
		got := [4]law.Tri{f.BelowMinimum(), f.BelowFloor(), f.AboveMaximum(), f.Unexplained()}
		if want := [4]law.Tri{tt.below, tt.floor, tt.maximum, tt.unexplained}; got != want {
			t.Errorf("%s: below minimum, floor, maximum, unexplained: %v; expected %v", tt.name, got, want)
		}
	}
}
