package site

import (
	"net/http"
	"strings"
	"testing"

	"fener/internal/page"
	"fener/internal/site/answer"
	"fener/law"
	"fener/locale"
)

func kosovo(t testing.TB) *law.Pack {
	t.Helper()
	pack, err := law.Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	return pack
}

// Every law and provision has an address of its own that leads to it, and its page can be made in every language.
func TestEveryProvisionHasItsPage(t *testing.T) {
	h, pack := testHandler(t, nil), kosovo(t)
	seen := map[string]law.Ref{}
	for _, in := range pack.Instruments {
		if answer.FindInstrument(pack, strings.TrimPrefix(answer.InstrumentPath(in.Number), "provisions/")) != in {
			t.Errorf("%s leads to another law", answer.InstrumentPath(in.Number))
		}
		paths := []string{answer.InstrumentPath(in.Number)}
		for _, v := range in.Provisions {
			path := answer.ProvisionPath(v.Ref)
			if other, ok := seen[path]; ok && other != v.Ref {
				t.Errorf("%s and %s have one address, %s", other, v.Ref, path)
			}
			seen[path] = v.Ref
			paths = append(paths, path)
		}
		for _, path := range paths {
			for _, l := range locale.All {
				r := get(t, h, "/"+string(l)+"/"+path)
				if html := body(t, r); r.StatusCode != http.StatusOK || strings.Count(html, "<h1>") != 1 {
					t.Errorf("/%s/%s: %d\n%s", l, path, r.StatusCode, html)
				}
			}
			if r := get(t, h, "/en/"+path+".json"); r.StatusCode != http.StatusOK {
				t.Errorf("/en/%s.json: %d", path, r.StatusCode)
			}
		}
	}
}

func TestAProvisionSaysWhatALawyerAsks(t *testing.T) {
	h := testHandler(t, nil)
	for _, row := range []struct {
		path string
		want []string
	}{
		{"/en/provisions", []string{"Article 165, paragraph 1", "imprisonment from 5 years to 12 years and a fine", "not yet checked here against the official text", "Constitution"}},
		{"/en/provisions/06-L-074/165-1", []string{
			"Article 165, paragraph 1 (06/L-074)", "Trafficking in persons, basic form", "from 14 April 2019", `lang="sq">Kushdo që merr pjesë`,
			"3 years", `href="/en/provisions/06-L-074/72-1.2"`, "Can the sentence be suspended?", `href="/en/provisions/06-L-074/49-2"`,
			"imprisonment of at least 5 years", "this page", `href="/en/provisions/UNMIK-REG-2003-25/139-1"`, `rel="noreferrer"`,
		}},
		{"/en/provisions/06-L-074/165-1", []string{"Read and complete up to 4 December 2023; later amendments are not yet checked here", `href="/en/provisions/08-L-188"`}},
		{"/sq/provisions/06-L-074/165-1", []string{"I lexuar dhe i plotë deri më 4 dhjetor 2023; ndryshimet e mëvonshme ende nuk janë kontrolluar këtu"}},
		{"/sr-Latn/provisions/06-L-074", []string{"Do 4. decembra 2023. pročitano i potpuno; kasnije izmene ovde još nisu proverene"}},
		{"/sr/provisions/06-L-074", []string{"До 4. децембра 2023. прочитано и потпуно; касније измене овде још нису проверене"}},
		{"/en/provisions", []string{"Read and complete up to 4 December 2023"}},
		{"/en/provisions/06-L-074.json", []string{`"read_to": "2023-12-04"`}},
		{"/en/provisions/04-L-082/171-1", []string{"This provision was not yet checked here against the official text", "Not known: the rule was not yet checked here"}},
		{"/en/provisions/06-L-074/72-1.2", []string{"Floor: a minimum of five years or more can go down to three years"}},
		{"/sr/provisions/06-L-074/165-1", []string{"Члан 165, став 1 (06/L-074)", "Трговина људима"}},
		{"/en/provisions/06-L-074/235-1", []string{"Only where mitigation is applied"}},
		{"/en/provisions/04-L-129/0", []string{"Deletes Articles 37, 38 and 39; entry into force (04/L-129)"}},
		{"/en/provisions/04-L-273", []string{"No provision of it is on record."}},
		{"/en/provisions/06-L-074.csv", []string{"06/L-074:165(1),06/L-074,2019-04-14,,165(1)", ",5y,12y,and,5y,3y,06/L-074:72(1.2),12y,no,no,read,sq,"}},
		{"/en/provisions/06-L-074/165-1.json", []string{`"floor": "3y"`, `"floor_rule": "06/L-074:72(1.2)"`, `"suspended": "no"`}},
	} {
		html := body(t, get(t, h, row.path))
		for _, want := range row.want {
			if !strings.Contains(html, want) {
				t.Errorf("%s lacks %s", row.path, want)
			}
		}
	}
	if html := body(t, get(t, h, "/en/provisions/UNMIK-REG-2003-25/139-1")); strings.Contains(html, "later amendments are not yet checked") {
		t.Error("a code that was repealed before is said to be amended afterwards")
	}
	if html := body(t, get(t, h, "/en/provisions/06-L-074/72-1.2")); strings.Contains(html, "What follows for a sentence") {
		t.Error("a rule is shown as if it prescribed a punishment")
	}
}

func TestHostileProvisionAddresses(t *testing.T) {
	h := testHandler(t, nil)
	for _, path := range []string{
		"/en/provisions/none", "/en/provisions/06-L-074/999", "/en/provisions/06-L-074/165-1%27--", "/en/provisions/..%2f..%2fetc/x",
		"/en/provisions/%3Cscript%3E/1", "/en/provisions/06-L-074/" + strings.Repeat("9", 400), "/en/provisions/06-L-074/%00", "/en/provisions/%ff/%fe",
	} {
		for _, ending := range []string{"", ".json"} {
			r := get(t, h, path+ending)
			if html := body(t, r); r.StatusCode != http.StatusNotFound && r.StatusCode != http.StatusBadRequest || strings.Contains(html, "<script>") {
				t.Errorf("%s%s: %d\n%s", path, ending, r.StatusCode, html)
			}
		}
	}
}

func TestLawPagesWithoutALaw(t *testing.T) {
	h := testHandler(t, func(c *page.Config) { c.Pack = nil })
	if r := get(t, h, "/en/provisions"); r.StatusCode != http.StatusOK || !strings.Contains(body(t, r), "No law is loaded here.") {
		t.Errorf("%d without a law", r.StatusCode)
	}
}
