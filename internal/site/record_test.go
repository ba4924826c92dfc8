package site

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"fener/internal/page"
	"fener/internal/record"
	"fener/law"
	"fener/period"
)

// The pages of the record, with the example of Kosovo as the demo shows it.
func TestTheRecordInWords(t *testing.T) {
	h := testHandler(t, nil)
	const chain = "/cases/p-309-2010-prishtina"
	const source = "/sources/kosovo-convicts-five-over-human-organ-trafficking-030aa76b"
	for _, row := range []struct {
		path        string
		want, never []string
	}{
		{"/en/cases", []string{"5 cases on record", "P 309/10, P 340/10", "Case without a number on record", "24 May 2018", `href="/en/cases.csv"`}, []string{"no-number-68974293</"}},
		{"/sr/cases", []string{"5 предмета у евиденцији", "24. мај 2018.", "Основни суд у Приштини"}, nil},
		{"/en/cases?year=2013", []string{"2 cases on record", `href="?year=2013" aria-current="true"`}, nil},
		{"/en/cases?year=1999", []string{"No case on record fits this choice."}, nil},
		{"/en" + chain, []string{
			"Not final", "For 2 persons it no longer counts: replaced by Court of appeals, 6 November 2015.", "Defendant L.D.", "removal of organs",
			`href="/en` + chain + `/1/L.D.#j1-L.D.-1"`, "Kosovo Convicts Five Over Human Organ Trafficking", "Tied to this case", "Reason: the example",
		}, []string{"pakr-52-2014", "undetermined", "basic_court"}},
		{"/sr" + chain, []string{"замењено одлуком", "24. мај 2018."}, []string{"2018..", "not_convicted"}},
		{"/en" + chain + "/1/L.D.", []string{"Imprisonment 8 years, fine 10,000 euros", "Only an aggregate punishment for several counts is known.", `id="j1-L.D.-2"`,
			"How this follows", "guilty of organised crime", "No longer counts: replaced by Retrial, 24 May 2018."}, []string{"heaviest form"}},
		{"/en/cases/no-number", []string{"First instance, February 2001", "Trafficking in persons", "Section 2 (UNMIK/REG/2001/4)"}, []string{"<h3>Sources</h3>"}},
		{"/en/sources", []string{"sources on record", "16 Days of Activism 2012"}, nil},
		{"/en" + source, []string{"found guilty of the same charges", "Judgment:", `href="/en` + chain + `"`, `rel="noreferrer"`, "no copy is kept"}, nil},
		{"/en/search?q=309%2F10", []string{"1 result", `href="/en` + chain + `"`}, nil},
		{"/en/search?q=%D0%9F%D1%80%D0%B8%D1%88%D1%82%D0%B8%D0%BD%D0%B0", []string{"Basic Court of Pristina"}, nil},
		{"/en/search?q=zzzz", []string{"Nothing found", "See all cases"}, nil},
		{"/en/search", []string{"Any spelling will do"}, []string{"Nothing found"}},
		{"/en/provisions/UNMIK-REG-2003-25/139-1", []string{"on record", "Defendant L.D.", "replaced by a later judgment"}, nil},
		{"/en/provisions/06-L-074/165-1", []string{"No sentence under this provision is on record."}, nil},
	} {
		html := body(t, get(t, h, row.path))
		for _, want := range row.want {
			if want = byID(want); !strings.Contains(html, want) {
				t.Errorf("%s lacks %s", row.path, want)
			}
		}
		for _, never := range row.never {
			if text := visible(html); strings.Contains(text, never) {
				t.Errorf("%s shows %s", row.path, never)
			}
		}
	}
}

// visible is a page without its addresses.
func visible(html string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(html, `href="`)
		b.WriteString(before)
		if !found {
			return b.String()
		}
		_, html, _ = strings.Cut(rest, `"`)
	}
}

func TestTheRecordAsData(t *testing.T) {
	h := testHandler(t, nil)
	for path, want := range map[string]string{
		"/en/cases.json": `"total": 5`, "/en/cases.json?year=2013": `"total": 2`,
		"/en/cases/p-309-2010-prishtina.json": `"superseded_by": 2`,
		"/en/sources.json":                    `"cited": 2`,
		"/en/sources/kosovo-convicts-five-over-human-organ-trafficking-030aa76b.json": `"quote": "found guilty of the same charges`,
		"/en/search.json?q=309%2F10": `"path": "cases/p-309-2010-prishtina"`,
		"/en/method.json":            `"floor": "3y"`,
		"/sq/about.json":             `"language": "sq"`,
	} {
		r := get(t, h, path)
		got := body(t, r)
		want = byID(want)
		if r.StatusCode != http.StatusOK || !json.Valid([]byte(got)) || !strings.Contains(got, want) {
			t.Errorf("%s: %d, want %s in\n%.600s", path, r.StatusCode, want, got)
		}
	}
	for path, rows := range map[string]int{"/en/cases.csv": 5, "/en/cases/p-309-2010-prishtina.csv": 20, "/en/cases.csv?year=1999": 0, "/en/search.csv?q=309%2F10": 1} {
		got := body(t, get(t, h, path))
		all, err := csv.NewReader(strings.NewReader(got)).ReadAll()
		if err != nil || len(all) != rows+1 {
			t.Errorf("%s: %d rows, want %d (%v)\n%.500s", path, len(all)-1, rows, err, got)
		}
	}
}

// Whatever stands in an address, the answer is a designed page or document, and nothing of it comes back as markup.
func TestHostileAddresses(t *testing.T) {
	h := testHandler(t, nil)
	values := []string{
		`"><script>alert(1)</script>`, "' OR 1=1 --", "1;DROP TABLE cases", "-1", "0", "99999999999999999999", "1e9", "null", "[]", "{}", "../../etc/passwd",
		"\x00", "\xff\xfe", "%", "*", `"`, "NEAR(", "a AND", "AND", "(((", "^", "a*b*", "title:x", strings.Repeat("a ", 200), "javascript:alert(1)", "2013.5", "yes", "\u202e",
	}
	for _, at := range []struct {
		path, param string
		strict      bool // what is not understood is refused
	}{
		{"cases", "court", true}, {"cases", "year", true}, {"cases", "outcome", true}, {"cases", "trafficking", true}, {"cases", "page", true},
		{"sources", "page", true}, {"search", "q", false},
	} {
		for _, value := range values {
			for _, ending := range []string{"", ".json", ".csv"} {
				path := "/en/" + at.path + ending + "?" + at.param + "=" + url.QueryEscape(value)
				r := get(t, h, path)
				html := body(t, r)
				if r.StatusCode != http.StatusOK && r.StatusCode != http.StatusBadRequest {
					t.Errorf("%.120q: %d\n%.300s", path, r.StatusCode, html)
				}
				if at.strict && r.StatusCode == http.StatusOK && !(at.param == "trafficking" && value == "yes") {
					t.Errorf("%.120q was taken", path)
				}
				if r.StatusCode == http.StatusBadRequest && ending != "" && !strings.Contains(html, `"field": "`+at.param+`"`) {
					t.Errorf("%.120q: the error does not name %s:\n%s", path, at.param, html)
				}
				if ending == "" && strings.Contains(html, "<script>alert") {
					t.Errorf("%.120q comes back as markup", path)
				}
			}
		}
	}
	for _, value := range values {
		part := url.PathEscape(value)
		for _, path := range []string{"/en/cases/" + part, "/en/sources/" + part, "/en/cases/p-309-2010-prishtina/" + part + "/L.D.", "/en/cases/p-309-2010-prishtina/1/" + part} {
			if r := get(t, h, path); r.StatusCode != http.StatusNotFound && r.StatusCode != http.StatusBadRequest && r.StatusCode/100 != 3 {
				t.Errorf("%.120q: %d", path, r.StatusCode)
			}
		}
	}
}

// Nothing finer than the court and the year is shown where a child is among the victims, in no form of the page.
func TestAChildIsNotRecognised(t *testing.T) {
	d := newRecord(t)
	d.enter(record.SourceKind, "report", 0, record.Published, "entered", &record.Source{Title: "A report", Publisher: "Somebody"})
	d.enter(record.CaseKind, "case-child", 0, record.Published, "entered", &record.Case{Numbers: []string{"PKR.nr. 5/21"}, ChildVictim: law.Yes, Indicted: period.MustDate("2021-02-03")})
	judgment := &record.Judgment{
		Case: "case-child", Numbers: []string{"PKR.nr. 5/21"}, Court: "basic_court_gjakova", Instance: record.FirstInstance, Date: period.MustDate("2021-06-17"),
		Defendants: []record.Defendant{{Label: "A.B.", Counts: []record.Count{{Convicted: "06/L-074:165(2)", Verdict: law.Convicted, From: period.MustDate("2020-11-09"),
			Sentence: record.Sentence{Imprisonment: law.Imprisonment{State: law.ForTerm, Term: period.Years(2)}, Fine: law.Fine{State: law.FineOfAmount, Cents: 100000}},
			Place:    "page 7", Quote: "in the village of Somewhere"}}}},
		Citations: []record.Citation{{Source: "report", Place: "page 7", Quote: "in the village of Somewhere"}},
	}
	d.enter(record.JudgmentKind, "pkr-5-2021-first-2021-06-17", 0, record.Published, "heard on 17 June", judgment)
	judgment.Date = period.MustDate("2021-06-18")
	d.enter(record.JudgmentKind, "pkr-5-2021-first-2021-06-17", 1, record.Published, "corrected to 18 June", judgment)
	h := d.handler()
	for _, path := range []string{"cases/case-child", "cases/case-child.json", "cases/case-child.csv", "cases/case-child.akn.xml", "cases/case-child/1/A.B.", "cases", "cases.json", "cases.csv",
		"sources/report", "sources/report.json", "search?q=5%2F21", "search.json?q=5%2F21", "provisions/06-L-074/165-2",
		"rows?measure=persons_convicted", "rows.json?measure=persons_convicted", "rows.csv?measure=persons_convicted", "sentences", "sentences.json", "sentences.csv",
		"courts/basic_court_gjakova", "courts/basic_court_gjakova.json", ""} {
		r := get(t, h, "/en/"+path)
		html := body(t, r)
		if r.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", path, r.StatusCode)
		}
		for _, leak := range []string{"2021-06", "June", "November", "2020-11", "village", "page 7", "2021-02", "February"} {
			if strings.Contains(html, leak) {
				t.Errorf("%s shows %q", path, leak)
			}
		}
	}
	html := body(t, get(t, h, "/en/cases/case-child"))
	for _, want := range []string{
		"A child is among the victims", "First instance, 2021", "2 years; the law&#39;s minimum was 5 years", "below what mitigation allows", "whether a measure that the law demands was ordered",
	} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

func TestACorrectionAndAWithdrawalStayVisible(t *testing.T) {
	d := newRecord(t)
	judgment := &record.Judgment{
		Case: "case-1", Numbers: []string{"PKR.nr. 6/21"}, Instance: record.FirstInstance, Date: period.MustDate("2021-06-17"), Final: law.No,
		Defendants: []record.Defendant{{Label: "1", Counts: []record.Count{{Charged: "06/L-074:165(1)", Convicted: "06/L-074:234(1)", Verdict: law.Convicted,
			From: period.MustDate("2020-11-09"), Sentence: record.Sentence{Fine: law.Fine{State: law.FineOfAmount, Cents: 60000}}}}}},
		Citations: []record.Citation{},
	}
	d.enter(record.JudgmentKind, "j-1", 0, record.Published, "entered", judgment)
	judgment.Defendants[0].Counts[0].Sentence.Fine.Cents = 90000
	judgment.Final = law.Yes
	d.enter(record.JudgmentKind, "j-1", 1, record.Published, "the fine was misread", judgment)
	h := d.handler()
	html := body(t, get(t, h, "/en/cases/case-1"))
	for _, want := range []string{
		"Charged with trafficking, convicted of a lesser offence.", "Fine 900 euros", "Reason: the fine was misread",
		"Defendant 1, count 1, Imposed, fine: <del>fine 600 euros</del> → <ins>fine 900 euros</ins>", "Finality: <del>no</del> → <ins>yes</ins>", "First published.",
		"This case has ended",
	} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %q:\n%s", want, html)
		}
	}
	d.enter(record.JudgmentKind, "j-1", 2, record.Withdrawn, "court order", judgment)
	for path, want := range map[string]string{"/en/cases/case-1": "court order", "/en/cases/case-1.json": `"kind": "withdrawn"`} {
		if r := get(t, h, path); r.StatusCode != http.StatusGone || !strings.Contains(body(t, r), want) {
			t.Errorf("%s: %d, want 410 with %s", path, r.StatusCode, want)
		}
	}
}

func TestAnEmptyRecordHasItsPages(t *testing.T) {
	for name, h := range map[string]http.Handler{"empty": newRecord(t).handler(), "without a record": testHandler(t, func(c *page.Config) { c.View = nil })} {
		for _, path := range []string{"cases", "sources", "search", "search?q=x", "provisions/06-L-074/165-1"} {
			if r := get(t, h, "/sq/"+path); r.StatusCode != http.StatusOK {
				t.Errorf("%s: /sq/%s: %d", name, path, r.StatusCode)
			}
		}
	}
}
