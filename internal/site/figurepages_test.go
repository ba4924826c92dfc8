package site

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"fener/internal/batch"
	"fener/internal/batch/synthetic"
	"fener/internal/intake"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/law"
	"fener/locale"
	"fener/period"
)

// figurePaths are the pages of figures and courts, with the queries that a reader can come to.
func figurePaths(court string) []string {
	return []string{"", "sentences", "courts", "courts/" + court, "figures", "figures/persons_convicted", "figures/share_below_minimum?by=court",
		"figures/imprisonment_range?by=instance", "figures/imprisonment_median", "figures/fine_lowest?by=offence", "pivot",
		"pivot?measure=share_convicted&rows=year&columns=court", "pivot?measure=persons_judged&rows=outcome&year=2000..2020",
		"pivot?measure=judgments", "rows?measure=persons_convicted", "rows?measure=share_below_minimum&court=" + court}
}

// dataOf are the addresses of a page's data.
func dataOf(path string) (asJSON, asCSV string) {
	address, query, found := strings.Cut(path, "?")
	if found {
		query = "?" + query
	}
	return address + ".json" + query, address + ".csv" + query
}

func tryFigurePages(t *testing.T, h http.Handler, court string, synthetic bool) {
	t.Helper()
	for _, l := range locale.All {
		for _, path := range figurePaths(court) {
			at := "/" + string(l) + "/" + path
			r := get(t, h, at)
			html := body(t, r)
			if r.StatusCode != http.StatusOK {
				t.Errorf("%s: status %d", at, r.StatusCode)
				continue
			}
			if strings.Contains(html, "SYNTHETIC.") != synthetic {
				t.Errorf("%s: says SYNTHETIC: %v, want %v", at, !synthetic, synthetic)
			}
			if len(html) > 64<<10 {
				t.Errorf("%s has %d bytes", at, len(html))
			}
			seen := map[string]bool{}
			for _, m := range ids.FindAllStringSubmatch(html, -1) {
				if seen[m[1]] {
					t.Errorf("%s: the id %q stands twice", at, m[1])
				}
				seen[m[1]] = true
			}
		}
	}
	for _, path := range figurePaths(court)[1:] {
		if path == "pivot" {
			continue // the files say what they were asked, so they must be asked something
		}
		asJSON, asCSV := dataOf(path)
		var document map[string]any
		r := get(t, h, "/en/"+asJSON)
		if err := json.Unmarshal([]byte(body(t, r)), &document); err != nil || r.StatusCode != http.StatusOK || document["synthetic"] != synthetic {
			t.Errorf("%s: %d, synthetic %v, %v", asJSON, r.StatusCode, document["synthetic"], err)
		}
		r = get(t, h, "/en/"+asCSV)
		rows, err := csv.NewReader(strings.NewReader(body(t, r))).ReadAll()
		if err != nil || r.StatusCode != http.StatusOK || len(rows) < 2 && !strings.Contains(path, "rows") {
			t.Errorf("%s: %d with %d rows, %v", asCSV, r.StatusCode, len(rows), err)
		}
	}
}

func TestFigurePagesInEveryLanguage(t *testing.T) {
	tryFigurePages(t, testHandler(t, nil), "basic_court_prishtina", false)
}

func TestFigurePagesOfFiveThousandSyntheticJudgments(t *testing.T) {
	d := newRecord(t)
	for id, court := range synthetic.Courts() {
		d.enter(record.InstitutionKind, id, 0, record.Published, "try", court)
	}
	var table strings.Builder
	if err := synthetic.WriteCSV(&table, 5000, 1); err != nil {
		t.Fatal(err)
	}
	rows := batch.Rows(t.Context(), strings.NewReader(table.String()), batch.Reading{Name: "synthetic.csv", Options: intake.Options{Pack: kosovo(t)}})
	if _, err := batch.Judgments(t.Context(), d.ledger, rows, batch.Options{By: "officer", Why: "try", State: record.Published, Reviewed: true,
		SkipRefused: true, Synthetic: true, Now: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)}); err != nil {
		t.Fatal(err)
	}
	d.catchUp()
	h := testHandler(t, func(c *page.Config) { c.View, c.Seq, c.Synthetic = d.view, d.view.Shown, true })
	tryFigurePages(t, h, "synthetic-court-a", true)
}

// Everything that can be written into an address is answered by a page made for it, and data by data.
func TestHostileParametersOfFigures(t *testing.T) {
	h := testHandler(t, nil)
	script := url.QueryEscape(`"><script>alert(1)</script>`)
	for _, row := range []struct {
		path   string
		status int
	}{
		{"pivot?measure=" + script, 400},
		{"pivot?measure=persons_convicted&rows=" + script, 400},
		{"pivot?measure=persons_convicted&rows=joint", 400},
		{"pivot?measure=persons_convicted&rows=year&columns=year", 400},
		{"pivot?measure=persons_convicted&year=" + script, 400},
		{"pivot?measure=persons_convicted&year=99999999999999999999", 400},
		{"pivot?measure=persons_convicted&term=0", 400}, // a field that the law names
		{"pivot?reasons=0", 400},
		{"pivot?measure=persons_convicted&year=2019..2015", 400},
		{"pivot?measure=persons_convicted&final=maybe", 400},
		{"pivot?measure=persons_convicted&court=" + script, 200}, // a court that nobody knows has no judgments
		{"pivot?measure=persons_convicted&court=%00", 400},
		{"pivot?measure=persons_convicted&offence=" + strings.Repeat("x", 400), 400},
		{"pivot?measure=persons_convicted&court=" + strings.Repeat("x", 512+1), 400},
		{"pivot?measure=%ff%fe", 400},
		{"pivot?measure=persons_convicted&unknown=" + script, 200},
		{"pivot?measure=%zz", 400},
		{"rows", 400},
		{"rows?measure=persons_convicted&page=0", 400},
		{"rows?measure=persons_convicted&page=-1", 400},
		{"rows?measure=persons_convicted&page=9223372036854775808", 400},
		{"rows?measure=persons_convicted&page=9223372036854775807", 400},
		{"rows?measure=persons_convicted&page=1e3", 400},
		{"rows?measure=" + script, 400},
		{"figures/" + script, 404},
		{"figures/..%2f..%2fetc%2fpasswd", 404},
		{"figures/persons_convicted?by=" + script, 400},
		{"figures/persons_convicted?by=joint", 400},
		{"courts/" + script, 404},
		{"courts/' OR 1=1 --", 404},
		{"courts/" + strings.Repeat("x", 512), 400},
	} {
		at := "/en/" + strings.ReplaceAll(row.path, " ", "%20")
		r := get(t, h, at)
		html := body(t, r)
		if r.StatusCode != row.status || strings.Contains(html, "<script>alert") || !strings.Contains(html, "</html>") {
			t.Errorf("%.80s: %d, want a page with %d", row.path, r.StatusCode, row.status)
		}
		asJSON, _ := dataOf(at)
		r = get(t, h, asJSON)
		text := body(t, r)
		var failure struct {
			Error struct{ Kind, Message string }
		}
		if err := json.Unmarshal([]byte(text), &failure); err != nil || r.StatusCode != row.status || (failure.Error.Kind == "") != (row.status == 200) {
			t.Errorf("%.80s as data: %d %q, want %d (%v)", row.path, r.StatusCode, failure.Error.Kind, row.status, err)
		}
	}
}

func TestAWrongParameterIsSaidAtItsFieldAndAboveAll(t *testing.T) {
	h := testHandler(t, nil)
	html := body(t, get(t, h, "/en/pivot?measure=persons_convicted&year=abc&instance=first&joint=yes"))
	for _, want := range []string{
		"<title>Error: Make a table", `role="alert"`, `<a href="#year">“Year of the judgment”`, `id="year" name="year" value="abc"`, `aria-invalid="true" aria-describedby="year-problem"`,
		`<option value="first" selected>`, `<input type="hidden" name="joint" value="yes">`, `name="robots" content="noindex"`,
	} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(html, `<table`) {
		t.Error("a table stands under a question that was not understood")
	}
}

var pivotLink = regexp.MustCompile(`<a href="(/en/rows\?[^"]*)">(?:<span[^>]*>[^<]*</span><span[^>]*>[^<]*</span>|([^<]*))`)

// Each cell leads to exactly the rows that it counts, and what is empty is told from zero.
func TestEveryCellLeadsToItsRows(t *testing.T) {
	h := testHandler(t, nil)
	html := body(t, get(t, h, "/en/pivot?measure=counts_convicted&rows=year&columns=court"))
	cells := pivotLink.FindAllStringSubmatch(html, -1)
	if len(cells) < 8 {
		t.Fatalf("only %d cells lead anywhere", len(cells))
	}
	for _, m := range cells {
		rows := body(t, get(t, h, strings.ReplaceAll(m[1], "&amp;", "&")))
		certain, _, _ := strings.Cut(m[2], " – ") // "2 – 5" leads to the two that are certain
		if want := certain + " row"; m[2] != "" && !strings.Contains(rows, "<caption id=\"rows-caption\">"+want) && !strings.Contains(rows, `<p class="caption">`+want) {
			t.Errorf("the cell %s of %s leads to other rows", m[2], m[1])
		}
	}
	if !strings.Contains(html, `<span aria-hidden="true">–</span><span class="hidden">nothing on record</span>`) {
		t.Error("a year without judgments is not told from a year in which nobody was convicted")
	}
}

// entered is a judgment of one person for trafficking under the code of 2019.
func entered(number string, s record.Sentence) *record.Judgment {
	return &record.Judgment{
		Case: "case-" + number, Numbers: []string{"P 1" + number + "/2021"}, Court: "basic_court_prishtina", Instance: record.FirstInstance,
		Date: period.MustDate("2021-06-01"), Final: law.Yes, Citations: []record.Citation{{Source: "report", Quote: "q"}},
		Defendants: []record.Defendant{{Label: "A.B.", Counts: []record.Count{{Charged: "06/L-074:165(1)", Convicted: "06/L-074:165(1)",
			From: period.MustDate("2020-05-05"), Verdict: law.Convicted, Sentence: s}}}},
	}
}

func prison(years int) law.Imprisonment {
	return law.Imprisonment{State: law.ForTerm, Term: period.Years(years)}
}

func TestTheFirstPageDrawsWhatTheCheckFound(t *testing.T) {
	d := newRecord(t)
	d.enter(record.SourceKind, "report", 0, record.Published, "try", &record.Source{Title: "Report", Address: "https://example.org/r"})
	fine := law.Fine{State: law.FineOfAmount, Cents: 60000}
	for number, s := range []record.Sentence{
		{Imprisonment: prison(6), Fine: fine}, {Imprisonment: prison(4), Fine: fine}, {Imprisonment: prison(2), Fine: fine},
		{Imprisonment: prison(2), Suspended: record.YesNo(law.Yes), Fine: fine}, {Fine: fine},
	} {
		j := entered(fmt.Sprint(number), s)
		d.enter(record.JudgmentKind, "judgment-"+fmt.Sprint(number), 0, record.Published, "try", j)
	}
	report := func(id, indicator, value string) {
		d.enter(record.ObservationKind, id, 0, record.Published, "try", &record.Observation{Indicator: indicator, Place: "Kosovo",
			From: period.MustDate("2021"), To: period.MustDate("2021"), Value: record.ParseStated(value), Citation: record.Citation{Source: "report", Quote: "q"}})
	}
	report("o1", reads.ReportedConvicted, "24")
	report("o2", reads.ReportedSuspended, "7")
	report("o3", reads.ReportedFined, "many") // words are never drawn
	h := testHandler(t, func(c *page.Config) { c.View, c.Seq = d.view, d.view.Shown })
	html := body(t, get(t, h, "/en/"))
	for _, want := range []string{
		"5 sentences on record", "Compared with the minimum of the law: 5; certainly below it: 4", "5 of 24 reported convictions on record", `href="/en/sources/report"`,
		"Suspended: reported totals", ">7</text>", "Totals that sources report", ">Report</a>", ">24</text>", `href="/en/sentences.csv"`,
	} {
		if !strings.Contains(html, want) {
			t.Errorf("the first page lacks %q", want)
		}
	}
	wide, _, _ := strings.Cut(html, `class="narrow"`)
	if n := strings.Count(wide, `class="block"`); n != 2 {
		t.Errorf("%d reported totals are drawn, want 2", n)
	}
	below := regexp.MustCompile(`<path class="dot below" d="([^"]*)"`).FindStringSubmatch(wide)
	if below == nil || strings.Count(below[1], "M") != 4 || strings.Count(wide, "<circle") != 1 {
		t.Errorf("want four triangles below and one circle, got %v and %d circles", below, strings.Count(wide, "<circle"))
	}
	for _, l := range []struct{ path, want string }{
		{"/sq/", "5 dënime në evidencë"}, {"/sr/", "5 евидентираних казни"}, {"/sr-Latn/", "5 evidentiranih kazni"},
	} {
		if html := body(t, get(t, h, l.path)); !strings.Contains(html, l.want) {
			t.Errorf("%s lacks %q", l.path, l.want)
		}
	}
}

func TestAJointSentenceIsOneDot(t *testing.T) {
	d := newRecord(t)
	j := entered("1", record.Sentence{Imprisonment: prison(8)})
	one := j.Defendants[0].Counts[0]
	one.Joint = law.Yes
	j.Defendants[0].Counts = []record.Count{one, one, one}
	d.enter(record.JudgmentKind, "judgment", 0, record.Published, "try", j)
	h := testHandler(t, func(c *page.Config) { c.View, c.Seq = d.view, d.view.Shown })
	html := body(t, get(t, h, "/en/"))
	if !strings.Contains(html, "1 sentence on record") || !regexp.MustCompile(`class="dot [a-z]+ joint"`).MatchString(html) {
		t.Error("a single sentence for three counts is not one hollow mark")
	}
}

func TestFiguresFollowTheLedger(t *testing.T) {
	d := newRecord(t)
	h := testHandler(t, func(c *page.Config) { c.View, c.Seq = d.view, d.view.Shown })
	if html := body(t, get(t, h, "/en/")); !strings.Contains(html, "No data yet") {
		t.Error("an empty record has no page of its own")
	}
	for n := 1; n <= 2; n++ {
		d.enter(record.JudgmentKind, fmt.Sprint("judgment-", n), 0, record.Published, "try", entered(fmt.Sprint(n), record.Sentence{Imprisonment: prison(6)}))
		html := body(t, get(t, h, "/en/figures/persons_convicted"))
		if want := fmt.Sprintf(`<p class="value">%d`, n); !strings.Contains(html, want) || !strings.Contains(html, fmt.Sprintf("position %d", n)) {
			t.Errorf("after %d judgments the figure lacks %s or its position", n, want)
		}
		if !strings.Contains(html, "small number") {
			t.Errorf("%d persons are not said to be few", n)
		}
	}
}

func TestCourtsStandByNameAndSayWhatTheyLack(t *testing.T) {
	h := testHandler(t, nil)
	html := body(t, get(t, h, "/en/courts"))
	last := -1
	for _, name := range []string{"Basic Court of Pristina", "Court of Appeals", "District Court of Peja", "Supreme Court", "Basic Court of Ferizaj"} {
		at := strings.Index(html, ">"+name)
		if at < last {
			t.Errorf("%s stands out of the order of names, or courts without judgments stand before those with some", name)
		}
		last = at
	}
	court := body(t, get(t, h, "/en/courts/basic_court_prishtina"))
	for _, want := range []string{"Gjykata Themelore në Prishtinë", "Osnovni sud u Prištini", "Основни суд у Приштини", "What is missing", "Courts are not ranked"} {
		if !strings.Contains(court, want) {
			t.Errorf("the court's page lacks %q", want)
		}
	}
	if silent := body(t, get(t, h, "/en/courts/basic_court_ferizaj")); !strings.Contains(silent, "No judgment of this court is on record.") {
		t.Error("a court without a judgment does not say so")
	}
}
