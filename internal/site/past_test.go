package site

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fener/internal/page"
	"fener/internal/record"
	"fener/law"
	"fener/locale"
	"fener/period"
)

// pastHandler serves a record whose past is kept in a folder of the test's.
func (d *testRecord) pastHandler(change ...func(*page.Config)) http.Handler {
	d.Helper()
	return d.pastSite(change...).Handler()
}

func (d *testRecord) pastSite(change ...func(*page.Config)) *page.Site {
	d.Helper()
	config := page.Config{Pack: kosovo(d), View: d.view, Seq: d.view.Shown, Ledger: d.ledger, ID: d.id, Address: "https://fener.example", Past: d.TempDir()}
	config.Load.Burst = time.Hour
	for _, c := range change {
		c(&config)
	}
	d.past = config.Past
	s, err := New(config)
	if err != nil {
		d.Fatal(err)
	}
	d.Cleanup(func() {
		if err := s.Close(); err != nil {
			d.Error(err)
		}
	})
	return s
}

// ask asks again as long as what is asked for is being prepared.
func askPast(t testing.TB, h http.Handler, path string, headers ...string) *http.Response {
	t.Helper()
	for until := time.Now().Add(time.Minute); ; {
		r := get(t, h, path, headers...)
		if r.StatusCode != http.StatusServiceUnavailable || time.Now().After(until) {
			return r
		}
		time.Sleep(20 * time.Millisecond)
	}
}

var (
	momentForm  = regexp.MustCompile(`<form class="moment.*</form>\s*`)
	momentIn    = regexp.MustCompile(`(?:[?&]|&amp;)(?:entry=\d+|as-of=[\d-]+)`)
	takenAlong  = regexp.MustCompile(`<input type="hidden" name="(?:entry|as-of)" value="[^"]*">`)
	bareQuery   = regexp.MustCompile(`\?"`) // of a list with nothing chosen
	choiceLinks = regexp.MustCompile(`<a\b[^>]*?\bhref="(\?[^"]*)"`)
	mainPart    = regexp.MustCompile(`(?s)<main.*</main>`)
)

// content is a page without what says of which moment it is.
func content(html string) string {
	html = mainPart.FindString(html)
	for _, part := range []*regexp.Regexp{momentForm, momentIn, takenAlong} {
		html = part.ReplaceAllString(html, "")
	}
	return bareQuery.ReplaceAllString(html, `"`)
}

// Every page, its data and its charts show at a past position what they showed then, to the byte, in every language; and they say that they do.
func TestEveryPageAsItStood(t *testing.T) {
	d := newRecord(t).kosovo()
	shared := d
	s := d.pastSite()
	h := s.Handler()
	position := d.view.Position()
	var paths []string
	for _, l := range locale.All {
		for _, path := range []string{"", "cases", "cases?year=2013", "cases/" + shared.id(record.CaseKind, "p-309-2010-prishtina"), "figures", "figures/share_convicted?by=court", "pivot?columns=court&measure=persons_convicted&rows=year",
			"courts", "courts/basic_court_prishtina", "sentences", "reported", "reported/victims_identified", "reported/victims_identified/2017", "claims", "claims/" + shared.id(record.ArticleKind, "small-talk-2018"), "stories",
			"stories/small-talk-2018", "sources", "search?q=prishtin", "missing", "institutions", "institutions/kp_thbd", "changes", "provisions", "provisions/06-L-074/165-1", "method", "about",
			"embed/reported/victims_identified", "rows?measure=persons_convicted", "shelters", "shelters/money", "shelters/" + shared.id(record.ShelterKind, "pvpt"), "shelters/turn-of-the-year"} {
			paths = append(paths, "/"+string(l)+"/"+path)
		}
	}
	for _, path := range []string{"cases.json", "cases.csv", "figures/share_convicted.json", "reported/victims_identified.svg", "reported/victims_identified.json", "reported/victims_identified.csv", "sentences.json", "sources.csv", "changes.atom",
		"figures/share_convicted.bib", "search.json?q=prishtin", "claims.json"} {
		paths = append(paths, "/en/"+path)
	}
	then := map[string]string{}
	for _, path := range paths {
		r := get(t, h, path)
		if then[path] = body(t, r); r.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d", path, r.StatusCode)
		}
	}
	later := judgmentOf("later-case", "PKR.nr. 1/24", "2024-03-04")
	d.enter(record.JudgmentKind, "later", 0, record.Published, "entered", later)
	d.enter(record.SourceKind, "later", 0, record.Published, "entered", &record.Source{Title: "Later prishtine report", Publisher: "Somebody"})
	d.enter(record.ObservationKind, "later", 0, record.Published, "entered", &record.Observation{Indicator: "victims_identified", Place: "Kosovo", From: period.MustDate("2017"), Value: record.ParseStated("99"),
		Unit: "persons", CountedBy: "Somebody", Citation: record.Citation{Source: "later", Quote: "99"}})
	changed := 0
	for _, path := range paths {
		at := path + "?"
		if strings.Contains(path, "?") {
			at = path + "&"
		}
		at += fmt.Sprintf("entry=%d", position)
		r := askPast(t, h, at)
		html, now := body(t, r), body(t, get(t, h, path))
		if r.StatusCode != http.StatusOK || r.Header.Get("X-Robots-Tag") != "noindex" {
			t.Errorf("%s: %d, %q", at, r.StatusCode, r.Header.Get("X-Robots-Tag"))
			continue
		}
		want, got := then[path], html
		if strings.Contains(html, "<main") {
			want, got = content(want), content(html)
			says := strings.Contains(html, `<link rel="canonical" href="https://fener.example`+strings.ReplaceAll(path, "&", "&amp;")+`">`) && strings.Contains(html, `class="now"`)
			if !says && !strings.Contains(path, "/embed/") || !strings.Contains(html, `content="noindex"`) || !strings.Contains(html, `class="banner"`) {
				t.Errorf("%s does not say that it is of the past", at)
			}
		} else {
			want, got = momentIn.ReplaceAllString(want, ""), momentIn.ReplaceAllString(got, "")
			if strings.HasSuffix(path, ".svg") {
				got = withoutMoment(t, want, got)
			}
		}
		for _, link := range choiceLinks.FindAllStringSubmatch(html, -1) { // the ways to choose and to sort stay in the past too
			if !strings.Contains(link[1], "entry=") {
				t.Errorf("%s: the choice %q leads to today", at, link[1])
			}
		}
		if got != want {
			t.Errorf("%s is not what it was:\n%s", at, firstDifference(want, got))
		}
		if strings.TrimSpace(content(now)) != content(html) || !strings.Contains(html, "<main") && now != then[path] {
			changed++
		}
	}
	if changed < len(paths)/3 {
		t.Errorf("only %d of %d pages changed meanwhile; the test shows little", changed, len(paths))
	}
	if kept, bytes, awaited := s.Pasts(); kept != 1 || bytes == 0 || awaited != 0 {
		t.Errorf("%d pasts are kept, in %d bytes, %d awaited", kept, bytes, awaited)
	}
}

// withoutMoment takes the line out of a drawing that says of which moment it is, and the room for it.
func withoutMoment(t *testing.T, want, got string) string {
	t.Helper()
	if !strings.Contains(got, "position") {
		t.Error("the drawing does not say of which moment it is")
	}
	marks := regexp.MustCompile(`<(?:circle|line|path|rect) class="[^"]*"[^>]*>`)
	if a, b := len(marks.FindAllString(want, -1)), len(marks.FindAllString(got, -1)); a != b {
		t.Errorf("the drawing has %d marks, it had %d", b, a)
	}
	return want
}

func firstDifference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("was  %.600s\nis   %.600s", a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines, it was %d", len(b), len(a))
}

func judgmentOf(caseID, number, date string) *record.Judgment {
	return &record.Judgment{Case: caseID, Numbers: []string{number}, Court: "basic_court_prishtina", Instance: record.FirstInstance, Date: period.MustDate(date),
		Defendants: []record.Defendant{{Label: "X.Y.", Counts: []record.Count{{Charged: "06/L-074:165(1)", Convicted: "06/L-074:165(1)", Verdict: law.Convicted, From: period.MustDate("2023-05-06"),
			Sentence: record.Sentence{Imprisonment: law.Imprisonment{State: law.ForTerm, Term: period.Years(2)}}, Quote: "shpallet fajtor"}}}},
		Citations: []record.Citation{{Source: "later", Quote: "shpallet fajtor"}}}
}

// threeDays is a record of which something came on three days.
func threeDays(t *testing.T) *testRecord {
	t.Helper()
	d := newRecord(t)
	for i, day := range []string{"2026-03-01", "2026-03-05", "2026-06-01"} {
		at, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		*d.clock = at.Add(23*time.Hour + 58*time.Minute) // the next is the last minute of the day
		d.enter(record.SourceKind, fmt.Sprint("s", i+1), 0, record.Published, "", &record.Source{Title: fmt.Sprintf("Source number %d", i+1), Publisher: "X"})
	}
	return d
}

func TestADayShowsTheRecordAtItsEnd(t *testing.T) {
	h := threeDays(t).pastHandler()
	for _, row := range []struct {
		path   string
		status int
		says   string
		never  string
	}{
		{"/en/sources?as-of=2026-03-01", 200, "as it stood at the end of 1 March 2026 (position 1 of the record)", "Source number 2"},
		{"/sq/sources?as-of=2026-03-04", 200, "siç ishte në fund të ditës më 4 mars 2026 (pozita 1", "Source number 2"},
		{"/sr/sources?as-of=2026-03-05", 200, "каква је била на крају дана 5. марта 2026. (место 2", "Source number 3"},
		{"/sr-Latn/sources?as-of=2026-05-31", 200, "kakva je bila na kraju dana 31. maja 2026. (mesto 2", "Source number 3"},
		{"/en/sources?as-of=2026-05", 200, "at the end of 31 May 2026", "Source number 3"},
		{"/en/sources?entry=2", 200, "as it stood at position 2", "Source number 3"},
		{"/en/sources?as-of=2026-06-01", 200, "Source number 3", `class="now"`}, // the present
		{"/en/sources?as-of=2099", 200, "Source number 3", `class="now"`},
		{"/en/sources?entry=3", 200, "Source number 3", `class="now"`},
		{"/en/sources?as-of=&entry=", 200, "Source number 3", `class="now"`},
		{"/en/help?as-of=2026-03-01", 200, "help", `class="now"`},
		{"/en/sources?as-of=2026-02-28", 404, "The record begins on 1 March 2026.", "Source number"},
		{"/sr/sources?as-of=2001", 404, "Евиденција почиње 1. марта 2026.</p>", "Source number"},
		{"/en/sources?entry=0", 404, `name="as-of"`, "Source number"},
		{"/en/sources?entry=4", 400, "The last position of the record so far is 3.", "Source number"},
		{"/en/sources?as-of=yesterday", 400, `<input id="as-of" type="date"`, "Source number"},
		{"/sq/sources?as-of=2026-02-30", 400, "Ju lutemi jepni një ditë", "Source number"},
		{"/sr/sources?as-of=-1", 400, "Молимо наведите један дан", "Source number"},
		{"/en/sources?as-of=2026-03-01&entry=1", 400, `<input id="as-of" type="date"`, "Source number"},
		{"/en/sources?entry=1e3", 400, `<input id="as-of" type="date"`, "Source number"},
		{"/en/sources.json?as-of=2026-03-01", 200, `"as_it_stood": "2026-03-01"`, "Source number 2"},
		{"/en/sources.json?entry=1", 200, `"seq": 1`, "as_it_stood"},
		{"/en/sources.json?as-of=soon", 400, `"field": "as-of"`, "Source number"},
		{"/en/sources.json?as-of=2001", 404, `"kind": "not_yet"`, "Source number"},
		{"/en/sources.csv?as-of=2026-03-05", 200, "Source number 2", "Source number 3"},
		{"/en/sources/s3?as-of=2026-03-05", 404, "At that time the record had nothing at this address", "Source number 3"},
		{"/sr/sources/s3?as-of=2026-03-05", 404, "У то време евиденција на овој адреси није имала ништа", "Source number 3"},
	} {
		r := askPast(t, h, row.path)
		html := body(t, r)
		if r.StatusCode != row.status || !strings.Contains(html, row.says) || strings.Contains(html, row.never) {
			t.Errorf("%s: %d, want %d with %q and without %q\n%s", row.path, r.StatusCode, row.status, row.says, row.never, html)
		}
	}
	if name := askPast(t, h, "/en/sources.csv?as-of=2026-03-05").Header.Get("Content-Disposition"); !strings.Contains(name, "sources-as-of-2026-03-05.csv") {
		t.Errorf("the file is named %s", name)
	}
}

// Links and forms of a page of the past lead to pages of that past, but for help, today's page and other sites.
func TestAPageOfThePastLeadsToThatPast(t *testing.T) {
	h := threeDays(t).pastHandler()
	html := body(t, askPast(t, h, "/en/search?q=number&as-of=2026-03-05"))
	hrefs := regexp.MustCompile(`<(?:a|link)\b[^>]*href="(/en[^"]*)"[^>]*>`).FindAllStringSubmatch(html, -1)
	if len(hrefs) < 15 {
		t.Fatalf("only %d links were found", len(hrefs))
	}
	for _, m := range hrefs {
		today := strings.HasPrefix(m[1], "/en/help") || strings.Contains(m[0], `class="now"`)
		if strings.Contains(m[1], "as-of=2026-03-05") == today {
			t.Errorf("%s", m[0])
		}
	}
	for _, want := range []string{`<a class="now" href="/en/search?q=number">`, `href="/sq/search?q=number&amp;as-of=2026-03-05"`, `<input type="hidden" name="as-of" value="2026-03-05">`,
		`<input id="as-of" type="date" name="as-of" value="2026-03-05" required>`, `<link rel="canonical" href="https://fener.example/en/search?q=number">`} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if n := strings.Count(html, `name="as-of"`); n != 2 { // the search and the day
		t.Errorf("%d forms have the day, want 2", n)
	}
}

// A citation and a story lead to the record as it stood when they were made.
func TestCitationsLeadToThePosition(t *testing.T) {
	d := newRecord(t).kosovo()
	h := d.pastHandler()
	at := fmt.Sprintf("?entry=%d", d.view.Position())
	for path, want := range map[string]string{
		"/en/figures/share_convicted.bib":      "url = {https://fener.example/en/figures/share_convicted" + at + "}",
		"/en/figures/share_convicted":          "https://fener.example/en/figures/share_convicted" + at,
		"/en/stories/small-talk-2018":          `<a href="/en/stories/small-talk-2018` + at + `">`,
		"/sq/stories/small-talk-2018.csl.json": "/sq/stories/small-talk-2018" + at,
		"/en/reported/victims_identified.bib":  "/en/reported/victims_identified" + at,
	} {
		if html := body(t, get(t, h, path)); !strings.Contains(html, want) {
			t.Errorf("%s lacks %s", path, want)
		}
	}
	if robots := body(t, get(t, h, "/robots.txt")); !strings.Contains(robots, "Disallow: /*?*as-of=") || !strings.Contains(robots, "Disallow: /*?*entry=") {
		t.Errorf("search engines are led through every day:\n%s", robots)
	}
}

// What is protected, taken back or erased after the past was prepared is gone from it at once, in every form, though the page was kept.
func TestThePastTakesOnTodaysCareAtOnce(t *testing.T) {
	secrets := []string{"Xerx", "xerx", "17 June", "2021-06-17", "17 qershor"}
	for name, since := range map[string]func(d *testRecord){
		"a child became known": func(d *testRecord) {
			d.enter(record.CaseKind, "c", 0, record.Published, "", &record.Case{Numbers: []string{"PKR.nr. 5/21"}, ChildVictim: law.Yes})
		},
		"a child became known in a draft": func(d *testRecord) {
			d.enter(record.CaseKind, "c", 0, record.Draft, "", &record.Case{Numbers: []string{"PKR.nr. 5/21"}, ChildVictim: law.Yes})
		},
		"taken back": func(d *testRecord) {
			d.enter(record.JudgmentKind, "j", 1, record.Withdrawn, "", secretJudgment())
			d.enter(record.ObservationKind, "o", 1, record.Withdrawn, "", secretFigure())
			d.enter(record.SourceKind, "report", 1, record.Withdrawn, "", &record.Source{Title: "In Xerxë", Publisher: "Koha"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := newRecord(t)
			d.enter(record.SourceKind, "report", 0, record.Published, "", &record.Source{Title: "In Xerxë", Publisher: "Koha"})
			d.enter(record.JudgmentKind, "j", 0, record.Published, "", secretJudgment())
			d.enter(record.ObservationKind, "o", 0, record.Published, "", secretFigure())
			d.enter(record.SourceKind, "other", 0, record.Published, "", &record.Source{Title: "Other", Publisher: "Koha"})
			h := d.pastHandler()
			var paths []string
			for _, path := range []string{"cases/c", "cases/c.json", "cases/c.csv", "cases", "sources/report", "sources/report.json", "sources", "sources.csv", "reported/victims_identified", "reported/victims_identified.json",
				"reported/victims_identified/2021", "search?q=xerxe", "changes", "changes.atom", "sentences.json", "findings.atom", "cases/c/1/A.B."} {
				for _, l := range []string{"en", "sq"} {
					sign := "?"
					if strings.Contains(path, "?") {
						sign = "&"
					}
					paths = append(paths, "/"+l+"/"+path+sign+"entry=3")
				}
			}
			shown := 0
			for _, path := range paths {
				html := body(t, askPast(t, h, path))
				if slices.ContainsFunc(secrets, func(s string) bool { return strings.Contains(html, s) }) {
					shown++
				}
			}
			if shown < 10 {
				t.Fatalf("only %d of %d pages showed anything before; the test shows little", shown, len(paths))
			}
			since(d)
			for _, path := range paths {
				html := body(t, askPast(t, h, path))
				for _, s := range secrets {
					if strings.Contains(strings.ReplaceAll(html, `value="xerxe"`, ""), s) && !strings.Contains(path, "q=") {
						t.Errorf("%s holds %q", path, s)
					}
				}
			}
		})
	}
}

func secretJudgment() *record.Judgment {
	j := judgmentOf("c", "PKR.nr. 5/21", "2021-06-17")
	j.Defendants[0].Label = "A.B."
	j.Defendants[0].Counts[0].Quote, j.Citations[0] = "in Xerxë", record.Citation{Source: "report", Quote: "in Xerxë"}
	return j
}

func secretFigure() *record.Observation {
	return &record.Observation{Indicator: "victims_identified", Place: "Kosovo", From: period.MustDate("2021"), Value: record.ParseStated("31"), Unit: "persons", CountedBy: "Police",
		Citation: record.Citation{Source: "report", Quote: "31 in Xerxë"}}
}

// What a site prepared goes when it closes, and nothing is prepared any more.
func TestClosingRemovesThePast(t *testing.T) {
	d := threeDays(t)
	folder := t.TempDir()
	s := d.pastSite(func(c *page.Config) { c.Past = folder })
	h := s.Handler()
	if r := askPast(t, h, "/en/sources?entry=1"); r.StatusCode != http.StatusOK {
		t.Fatal(r.StatusCode)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
		t.Errorf("%v, %v", left, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 0 {
		t.Errorf("closed, there is %v, %v", left, err)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/en/sources?entry=2", nil))
	if w.Code != http.StatusServiceUnavailable {
		t.Errorf("closed, it answers %d", w.Code)
	}
}
