package view_test

import (
	"fmt"
	"strings"
	"testing"

	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
	"fener/period"
)

// given is a judgment of one case about some defendants.
func given(instance record.Instance, date string, verdict law.Verdict, labels ...string) *record.Judgment {
	j := judgment("p-309-2010", date, labels[0], "8y")
	j.Instance = instance
	one := j.Defendants[0].Counts[0]
	one.Verdict = verdict
	one.From = period.MustDate("2008")
	if verdict != law.Convicted {
		one.Sentence = record.Sentence{}
	}
	j.Defendants = nil
	for _, l := range labels {
		j.Defendants = append(j.Defendants, record.Defendant{Label: l, Counts: []record.Count{one}})
	}
	return j
}

func TestTheLastJudgmentAboutADefendantCounts(t *testing.T) {
	type entry struct {
		id string
		j  *record.Judgment
	}
	for _, tt := range []struct {
		name    string
		entries []entry
		chain   string // ids in the order of the instances
		counts  string // judgment:defendant of those that are not superseded
	}{
		{"first instance, appeal, annulled by the supreme court, retrial, appeal", []entry{
			{"retrial", given(record.Retrial, "2018-05-24", law.Convicted, "L.D.", "S.H.")},
			{"first", given(record.FirstInstance, "2013-04-29", law.Convicted, "L.D.", "A.D.", "S.H.")},
			{"supreme", given(record.SupremeCourt, "2016-12-15", law.Annulled, "L.D.", "S. H.")},
			{"appeal", given(record.Appeal, "2015-11-06", law.Convicted, "L.D.", "A.D.", "S.H.")},
		}, "first appeal supreme retrial", "appeal:A.D. retrial:L.D. retrial:S.H."},
		{"one year, months lacking", []entry{
			{"appeal", given(record.Appeal, "2020", law.Convicted, "A.B.")},
			{"first", given(record.FirstInstance, "2020-11-02", law.Convicted, "A.B.")},
		}, "first appeal", "appeal:A.B."},
		{"a judgment without a date", []entry{
			{"first", given(record.FirstInstance, "2020-11-02", law.Convicted, "A.B.")},
			{"appeal", given(record.Appeal, "", law.Convicted, "A.B.")},
		}, "first appeal", "appeal:A.B."},
		{"two trials of one case about different people", []entry{
			{"one", given(record.FirstInstance, "2020-11-02", law.Convicted, "A.B.")},
			{"two", given(record.FirstInstance, "2021-11-02", law.Acquitted, "C.D.")},
		}, "one two", "one:A.B. two:C.D."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			for _, e := range tt.entries {
				d.enter(record.JudgmentKind, e.id, 0, record.Published, e.j)
			}
			v := d.open(view.Public)
			f, err := v.Case(t.Context(), "p-309-2010")
			if err != nil {
				t.Fatal(err)
			}
			var chain, shown, counted []string
			for _, j := range f.Judgments {
				chain = append(chain, j.ID)
				for _, d := range j.Files {
					if d.SupersededBy == "" {
						shown = append(shown, j.ID+":"+d.Label)
					}
				}
			}
			err = v.EachCount(t.Context(), func(r *view.CountRow) error {
				if !r.Superseded {
					counted = append(counted, r.Judgment+":"+r.Defendant)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(chain, " "); got != tt.chain {
				t.Errorf("the chain is %s, expected %s", got, tt.chain)
			}
			for what, got := range map[string][]string{"page": shown, "figures": counted} {
				if fmt.Sprint(sorted(got)) != "["+tt.counts+"]" {
					t.Errorf("for the %s %v count, expected %s", what, sorted(got), tt.counts)
				}
			}
		})
	}
}

func TestCountsComeInAStableOrder(t *testing.T) {
	d := newDesk(t)
	for _, id := range []string{"z", "m", "a"} {
		j := judgment("case-"+id, "2021-05-06", "Z.Z.", "6y")
		j.Defendants = append(j.Defendants, record.Defendant{Label: "A.A.", Counts: append(j.Defendants[0].Counts, j.Defendants[0].Counts[0])})
		d.enter(record.JudgmentKind, "j-"+id, 0, record.Published, j)
	}
	var got []string
	err := d.open(view.Public).EachCount(t.Context(), func(r *view.CountRow) error {
		got = append(got, fmt.Sprint(r.Case, " ", r.Defendant, " ", r.N))
		return nil
	})
	want := "case-a A.A. 0,case-a A.A. 1,case-a Z.Z. 0,case-m A.A. 0,case-m A.A. 1,case-m Z.Z. 0,case-z A.A. 0,case-z A.A. 1,case-z Z.Z. 0"
	if strings.Join(got, ",") != want || err != nil {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestACountCarriesEverythingThatFiguresNeed(t *testing.T) {
	d := newDesk(t)
	d.enter(record.CaseKind, "c", 0, record.Published, &record.Case{Numbers: []string{"PKR 64/21"}, Indicted: period.MustDate("2020-11-12"), ChildVictim: law.No})
	j := judgment("c", "2021-05-06", "A.B.", "2y")
	count := &j.Defendants[0].Counts[0]
	count.Grounds, count.Form, count.Offender, count.Joint = law.GroundsOf(law.GroundPlea), law.Completed, law.AdultOffender, law.No
	count.Sentence.Suspended, count.Sentence.Verification = record.YesNo(law.Yes), period.Years(3)
	count.Sentence.ReplacedBy, count.Sentence.WorkHours = law.ReplacedByWork, 120
	j.Synthetic = true
	d.enter(record.JudgmentKind, "j", 0, record.Published, j)
	v := d.open(view.Public)
	answer, err := v.Explain(&view.JudgmentFile{Judgment: *j, ChildVictim: law.NotKnown}, count)
	if err != nil || len(answer.Steps) == 0 {
		t.Fatal(answer, err)
	}
	n := 0
	err = v.EachCount(t.Context(), func(r *view.CountRow) error {
		n++
		switch {
		case r.Case != "c", r.Judgment != "j", r.Defendant != "A.B.", r.N != 0, r.Court != j.Court, r.Instance != j.Instance, r.Date != j.Date, r.Final != law.No,
			r.Charged.Ref != "06/L-074:165(1)", !r.Convicted.Trafficking, len(r.Convicted.Groups) != 1, r.Verdict != law.Convicted,
			r.Sentence != count.Sentence, r.Grounds != count.Grounds, r.Form != count.Form, r.Offender != count.Offender, r.Joint != count.Joint,
			r.From != count.From, r.Indicted != period.MustDate("2020-11-12"), r.ChildVictim != law.No, !r.Synthetic, r.Superseded:
			t.Errorf("counted as %+v", r)
		}
		f := r.Finding
		if f.Outcomes != answer.Outcomes || f.Missing != answer.Missing || f.Minimum != answer.Minimum || f.Floor != answer.Floor || f.Maximum != answer.Maximum ||
			f.Imposed != answer.Imposed || f.Shortfall != answer.Shortfall || f.Verified != answer.Verified || f.Below != answer.BelowMinimum || f.Law != answer.Law.Ref.String() {
			t.Errorf("found %+v, expected %+v", f, answer)
		}
		for _, axis := range answer.Axes.List() {
			if f.Axes.Word(axis.Name) != axis.Word || f.Axes.IsOpen(axis.Name) != (axis.Missing != 0) {
				t.Errorf("%s reads %q (open %t), expected %+v", axis.Name, f.Axes.Word(axis.Name), f.Axes.IsOpen(axis.Name), axis)
			}
		}
		return nil
	})
	if err != nil || n != 1 {
		t.Error(n, err)
	}
	if any, err := v.SyntheticAny(t.Context()); err != nil || !any {
		t.Errorf("nothing synthetic? %v", err)
	}
	if u, err := v.Usage(t.Context(), "06/L-074:165(1)", view.Page{}); err != nil || u.Total != 1 || len(u.Counts) != 1 || u.Counts[0].Judgment != "j" {
		t.Errorf("under its provision stand %+v, %v", u, err)
	}
}

func TestListsChooseAndCount(t *testing.T) {
	d := newDesk(t)
	d.enter(record.InstitutionKind, "court-prishtina", 0, record.Published, &record.Institution{Names: record.Names{SQ: "Gjykata Themelore në Prishtinë", EN: "Basic Court of Pristina"}, Type: "court"})
	for i, date := range []string{"2019-05-06", "2021-05-06", "2021-07-08"} {
		j := judgment(fmt.Sprintf("c%d", i), date, "A.B.", []string{"6y", "2y", "6y"}[i])
		j.Numbers = []string{fmt.Sprintf("PKR %d/21", i+1)}
		if i == 2 {
			j.Court, j.Defendants[0].Counts[0].Charged, j.Defendants[0].Counts[0].Convicted = "court-peja", "06/L-074:231(1)", "06/L-074:231(1)"
		}
		d.enter(record.JudgmentKind, fmt.Sprintf("j%d", i), 0, record.Published, j)
	}
	v := d.open(view.Public)
	for name, row := range map[string]struct {
		filter view.CaseFilter
		want   string
		total  int
	}{
		"everything, newest first": {view.CaseFilter{}, "c2 c1 c0", 3},
		"a court":                  {view.CaseFilter{Court: "court-prishtina"}, "c1 c0", 2},
		"a year":                   {view.CaseFilter{Year: 2021}, "c2 c1", 2},
		"court and year":           {view.CaseFilter{Year: 2021, Court: "court-peja"}, "c2", 1},
		"an outcome":               {view.CaseFilter{Outcomes: law.OutcomesOf(law.BelowFloor)}, "c1", 1},
		"trafficking":              {view.CaseFilter{Trafficking: true}, "c1 c0", 2},
		"a number":                 {view.CaseFilter{Text: "pkr.nr. 2/2021"}, "c1", 1},
		"a word":                   {view.CaseFilter{Text: "Gjakovë"}, "c2 c1 c0", 3},
		"words and a court":        {view.CaseFilter{Text: "fajtor", Court: "court-peja"}, "c2", 1},
		"signs alone":              {view.CaseFilter{Text: "!?"}, "", 0},
		"a page":                   {view.CaseFilter{Page: view.Page{Offset: 1, Limit: 1}}, "c1", 3},
	} {
		rows, total, err := v.Cases(t.Context(), row.filter)
		var ids []string
		for _, r := range rows {
			ids = append(ids, r.ID)
		}
		if got := strings.Join(ids, " "); got != row.want || total != row.total || err != nil {
			t.Errorf("%s: %q of %d, %v; expected %q of %d", name, got, total, err, row.want, row.total)
		}
	}
	courts, err := v.Courts(t.Context())
	if err != nil || len(courts) != 2 || courts[1].Judgments != 2 || courts[1].Names.EN == "" || courts[1].First != 2019 || courts[1].Last != 2021 || courts[0].Names.EN != "" {
		t.Errorf("courts %+v, %v", courts, err)
	}
	if list, err := v.Institutions(t.Context()); err != nil || len(list) != 1 || list[0].Judgments != 2 {
		t.Errorf("institutions %+v, %v", list, err)
	}
	if f, err := v.Case(t.Context(), "c1"); err != nil || f.Judgments[0].CourtName.EN != "Basic Court of Pristina" || f.Title != "PKR 2/21" {
		t.Errorf("case %+v, %v", f, err)
	}
}
