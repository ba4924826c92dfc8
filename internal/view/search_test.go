package view_test

import (
	"fmt"
	"strings"
	"testing"

	"fener/internal/record"
	"fener/internal/view"
)

func TestSearchFindsEverySpelling(t *testing.T) {
	d := newDesk(t)
	d.enter(record.SourceKind, "report", 0, record.Published, &record.Source{Title: "Đorđević: Trgovina ljudima na Kosovu", Publisher: "Gjykata e Gjakovës", Note: "çështje"})
	d.enter(record.InstitutionKind, "court", 0, record.Published, &record.Institution{Type: "court",
		Names: record.Names{SQ: "Gjykata Themelore në Prishtinë", SR: "Osnovni sud u Prištini", EN: "Basic Court of Pristina"}})
	j := judgment("pkr-64-2021", "2021-05-06", "A.B.", "2y")
	d.enter(record.JudgmentKind, "j", 0, record.Published, j)
	other := judgment("pp-898-4-2012", "2012-05-06", "A.B.", "2y")
	other.Numbers = []string{"PP 898-4/2012", "2022:19820"}
	d.enter(record.JudgmentKind, "other", 0, record.Published, other)
	v := d.open(view.Public)
	for text, want := range map[string]string{
		"PKR.Nr.64/2021":               "case pkr-64-2021",
		"pkr 64/21":                    "case pkr-64-2021",
		"PKR. br. 64/21":               "case pkr-64-2021",
		"64/21":                        "case pkr-64-2021",
		"Gjakovë pkr nr 64/2021":       "case pkr-64-2021",
		"898-4/12":                     "case pp-898-4-2012",
		"2022:19820":                   "case pp-898-4-2012",
		"pkr 65/21":                    "",
		"djordjevic":                   "source report",
		"Dordevic trgovina":            "source report",
		"Ђорђевић":                     "source report",
		"трговина људима":              "source report",
		"ceshtje":                      "source report",
		"Prishtine":                    "institution court",
		"prishtinë gjyk":               "institution court",
		"Приштини":                     "institution court",
		"pristi":                       "institution court",
		"basic court":                  "institution court",
		"gjakove fajto":                "case pkr-64-2021|case pp-898-4-2012",
		"neni 165 paragrafi 1":         "provision 06/L-074:165(1)",
		"06/L-074:165(1)":              "provision 06/L-074:165(1)",
		"":                             "",
		`" OR search:* NEAR(`:          "",
		"xyzzy":                        "",
		"'; DROP TABLE things; --":     "",
		strings.Repeat("gjykata ", 99): "*",
	} {
		list, err := v.Search(t.Context(), text, 20)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		got := hits(list)
		for one := range strings.SplitSeq(want, "|") {
			if one != "*" && !strings.Contains(got+"\n", one+"\n") && one != "" || want == "" && got != "" {
				t.Errorf("%q finds %q, expected %q", text, got, want)
			}
		}
	}
}

func TestAnExactNumberComesFirst(t *testing.T) {
	d := newDesk(t)
	j := judgment("pkr-64-2021", "2021-05-06", "A.B.", "2y")
	d.enter(record.JudgmentKind, "j", 0, record.Published, j)
	later := judgment("pkr-99-2021", "2021-06-06", "A.B.", "2y")
	later.Numbers, later.Note = []string{"PKR 99/21"}, "joined with PKR 64/2021"
	d.enter(record.JudgmentKind, "later", 0, record.Published, later)
	v := d.open(view.Public)
	list, err := v.Search(t.Context(), "PKR 64/21", 20)
	if err != nil || len(list) == 0 || list[0].ID != "pkr-64-2021" || !list[0].Exact {
		t.Errorf("found %v, %v", list, err)
	}
	if ids, err := v.CaseOf(t.Context(), "PKR.nr. 64/2021"); err != nil || len(ids) != 1 || ids[0] != "pkr-64-2021" {
		t.Errorf("the case of the number is %v, %v", ids, err)
	}
}

// However much there is of one kind, what there is of another is found.
func TestNoKindBuriesAnother(t *testing.T) {
	d := newDesk(t)
	d.enter(record.SourceKind, "report", 0, record.Published, &record.Source{Title: "A report"})
	d.enter(record.InstitutionKind, "police", 0, record.Published, &record.Institution{Type: "police", Role: "writes a report each year", Names: record.Names{EN: "Police"}})
	for i := range 120 {
		id := fmt.Sprintf("o%03d", i)
		d.enter(record.ObservationKind, id, 0, record.Published, &record.Observation{Indicator: "victims", Place: "Kosovo", Value: record.ParseStated(fmt.Sprint(i)),
			Citation: record.Citation{Source: "report", Quote: "as the report says"}})
	}
	v := d.open(view.Public)
	list, err := v.Search(t.Context(), "report", 20)
	count := map[record.Kind]int{}
	for _, h := range list {
		count[h.Kind]++
	}
	if err != nil || len(list) != 20 || count[record.SourceKind] != 1 || count[record.InstitutionKind] != 1 || count[record.ObservationKind] != 18 {
		t.Errorf("found %v, %v", count, err)
	}
}

func TestSearchIsBounded(t *testing.T) {
	d := newDesk(t)
	for i := range 30 {
		j := judgment("c"+string(rune('a'+i%26))+string(rune('a'+i/26)), "2021-05-06", "A.B.", "2y")
		d.enter(record.JudgmentKind, j.Case, 0, record.Published, j)
	}
	v := d.open(view.Public)
	if list, err := v.Search(t.Context(), "fajtor", 7); err != nil || len(list) != 7 {
		t.Errorf("found %d, %v", len(list), err)
	}
}

func FuzzSearch(f *testing.F) {
	d := newDesk(f)
	d.enter(record.JudgmentKind, "j", 0, record.Published, judgment("c", "2021-05-06", "A.B.", "2y"))
	v := d.open(view.Public)
	for _, s := range []string{"pkr 64/21", `"`, "a*", "NEAR(a b)", "ЂЂ", "\x00", "{search}: a", "x AND", "-1", "÷"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := v.Search(t.Context(), text, 5); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		if _, _, err := v.Cases(t.Context(), view.CaseFilter{Text: text}); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	})
}
