package site

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"fener/internal/page"
	"fener/locale"
	"fener/period"
)

func years(n int) period.Length { return period.Years(n) }

// failPages raise each kind of error at /{lang}/fail/...
var failPages = []page.Page{
	{Pattern: "fail/{kind}", Template: "guide", Build: func(r *page.Request) (page.Content, error) {
		switch r.PathValue("kind") {
		case "withdrawn":
			return nil, &page.Error{Kind: page.Withdrawn, Tombstone: &page.Tombstone{What: "judgment <1>", When: period.MustDate("2026-03-02"), Why: "court order", Rev: 3}}
		case "conflict":
			return nil, &page.Error{Kind: page.Conflict, Detail: "revision 2 & 3"}
		case "not-published":
			return nil, &page.Error{Kind: page.NotPublished}
		case "no-data":
			return nil, &page.Error{Kind: page.NoData}
		case "panic":
			panic("the secret is out")
		case "template": // the wrong struct for its template
			return &plainContent{r.Base("x")}, nil
		}
		return nil, errors.New("the secret path /var/lib/x is broken")
	}},
}

func testHandler(t testing.TB, change func(*page.Config)) http.Handler {
	t.Helper()
	config := page.Config{Pack: kosovo(t), View: sharedRecord(t), Address: "https://fener.example"}
	config.Load.Burst = time.Hour // tests ask for more than one reader may
	config.Ledger, config.Seq = shared.record.ledger, config.View.Seq
	if change != nil {
		change(&config)
	}
	pages := append(withPages(failPages...), page.In(os.DirFS("testdata"), guidePage)...)
	s, err := newSite(config, pages)
	if err != nil {
		t.Fatal(err)
	}
	return s.Handler()
}

func get(t testing.TB, h http.Handler, path string, headers ...string) *http.Response {
	t.Helper()
	return do(t, h, http.MethodGet, path, headers...)
}

func do(t testing.TB, h http.Handler, method, path string, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, byID(path), nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

// body is an answer as it is read: no-break spaces, which package page puts into pages and tests, are spaces.
func body(t testing.TB, r *http.Response) string {
	t.Helper()
	if strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") && r.Header.Get("Content-Encoding") == "" {
		return strings.ReplaceAll(string(sent(t, r)), "\u00a0", " ")
	}
	return string(sent(t, r))
}

// sent is an answer byte for byte.
func sent(t testing.TB, r *http.Response) []byte {
	t.Helper()
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// samples are addresses of pages whose pattern leaves something open.
var samples = []string{
	"api/cases.CaseDocument", "cases/p-309-2010-prishtina", "cases/no-number", "cases/p-309-2010-prishtina/1/L.D.", "cases?year=2013&outcome=undetermined", "cases?year=1999",
	"sources/kosovo-convicts-five-over-human-organ-trafficking-030aa76b", "search?q=prishtin", "search?q=309%2F10", "search?q=zzzz",
	"provisions/06-L-074", "provisions/UNMIK-REG-2003-25/139-1", "provisions/06-L-074/165-1", "provisions/04-L-082/171-1", "provisions/06-L-074/72-1.2", "provisions/04-L-273",
	"reported/victims_identified", "reported/victims_identified/2017", "reported/victims_identified/2012", "reported/arrests_trafficking/2019",
	"reported/shelter_closure_months/2017", "reported/convictions_trend", "reported/ngo_shelter_government_funding_total", "reported/tip_tier",
	"stories/small-talk-2018", "claims/small-talk-2018", "claims/small-talk-2018/1", "claims/small-talk-2018/6", "institutions/kp_thbd", "institutions/basic_court_prishtina",
	"courts/basic_court_prishtina", "courts/basic_court_ferizaj", "figures/share_convicted?by=court", "figures/imprisonment_range?by=instance",
	"figures/imprisonment_median?by=offence_group", "pivot?measure=persons_convicted&rows=year&columns=court", "rows?measure=persons_convicted",
	"shelters/pvpt", "shelters/pvpt?day=2018-01-15", "shelters/hope-and-homes", "shelters/ngo-trafficking-shelters", "shelters/ngo-shelter-closed-2017", "shelters/isf", "shelters/pvpt/told",
	"shelters/pvpt/what-if", "shelters/ten-shelters-2023", "calls/call-2017", "calls/call-2023-11", "funders/moj", "funders/mpms", "funders/municipality-of-ferizaj",
	"provisions?read=read&sort=minimum", "claims?standing=supported", "reported/all?topic=shelters&year=2017", "changes?kind=judgment", "shelters/pvpt/money",
	"talks/" + openTalk, "talks/" + heldTalk, "talks/" + putOffTalk, "talks/" + movedTalk, "talks/" + offTalk, "talks/" + bareTalk, "talks/" + openTalk + "/poster", "talks/" + bareTalk + "/poster", "talks/" + openTalk + "/brief/kp_thbd", "talks/" + openTalk + "/brief/mpms", "talks/" + longTalk, "talks/small-talk-2018",
	"commitments/call-november-2023", "commitments/prosecute-and-punish-2022", "commitments/permanent-line-2019", "commitments?timing=overdue", "commitments?institution=moj&sort=said",
	"check?" + seed, "check?offence_convicted=06%2FL-074%3A165%281%29&offence_from=2020-05&judgment_date=2021&verdict=convicted&imprisonment=2y&suspended=yes&verification=3y&fine=unknown&mitigation=plea&form=attempt",
	"check?offence_convicted=organised+crime&offence_from=2012&offence_to=2020&judgment_date=2021&verdict=convicted", "check?verdict=acquitted",
}

// everyPath lists each page in each language.
func everyPath() []string {
	var out []string
	for _, l := range locale.All {
		for _, path := range samples {
			out = append(out, "/"+string(l)+"/"+path)
		}
		for _, p := range append([]page.Page{guidePage}, Pages()...) {
			if !strings.Contains(p.Pattern, "{") && p.Pattern != "rows" && !p.Frame { // rows says of which figure only in its query
				out = append(out, "/"+string(l)+"/"+p.Pattern)
			}
		}
	}
	for i := range out {
		out[i] = byID(out[i])
	}
	return out
}

var ids = regexp.MustCompile(`\sid="([^"]*)"`)

func TestEveryPageInEveryLanguage(t *testing.T) {
	h := testHandler(t, nil)
	for _, path := range everyPath() {
		t.Run(path, func(t *testing.T) {
			r := get(t, h, path)
			html := body(t, r)
			if r.StatusCode != http.StatusOK {
				t.Fatalf("status %d", r.StatusCode)
			}
			tag, _, _ := strings.Cut(path[1:], "/")
			l, err := locale.ParseLang(tag)
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range []string{
				`<html lang="` + l.BCP47() + `">`, `<main id="main"`, `href="#main"`, `href="/units"`, `href="/` + tag + `/help"`, "</html>",
			} {
				if !strings.Contains(html, want) {
					t.Errorf("the page lacks %s", want)
				}
			}
			seen := map[string]bool{}
			for _, m := range ids.FindAllStringSubmatch(html, -1) {
				if seen[m[1]] {
					t.Errorf("the id %q stands twice", m[1])
				}
				seen[m[1]] = true
			}
			if n := strings.Count(html, "<h1"); n != 1 {
				t.Errorf("%d headings of the first level, want 1", n)
			}
		})
	}
}

// A page asks nobody else for anything, and has nothing in it that the content policy would refuse.
func TestPagesKeepToThemselves(t *testing.T) {
	h := testHandler(t, nil)
	loads := regexp.MustCompile(`(?:src|srcset|data|poster|action)="([^"]*)"|<link rel="(?:stylesheet|icon)"[^>]*href="([^"]*)"`)
	inline := regexp.MustCompile(`<style|\sstyle="|\son[a-z]+="|<script(?:>|(?: src="[^"]*")?>[^<])|javascript:|<iframe|<object|<embed`)
	for _, path := range append(everyPath(), "/units", "/en/nowhere") {
		html := body(t, get(t, h, path))
		for _, m := range loads.FindAllStringSubmatch(html, -1) {
			if address := m[1] + m[2]; !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") {
				t.Errorf("%s loads %q", path, address)
			}
		}
		if found := inline.FindString(html); found != "" {
			t.Errorf("%s has %q, which the content policy refuses", path, found)
		}
	}
}

func TestHeaders(t *testing.T) {
	h := testHandler(t, nil)
	for _, path := range []string{"/", "/en/", "/en/help", "/en/nowhere", "/nowhere", "/units", "/static/none.css", "/en/fail/server"} {
		r := get(t, h, path)
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
			"X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin",
		} {
			if got := r.Header.Get(name); !strings.HasPrefix(got, want) {
				t.Errorf("%s: %s is %q, want %q", path, name, got, want)
			}
		}
		if strings.Contains(r.Header.Get("Content-Security-Policy"), "unsafe") {
			t.Errorf("%s: the content policy is not strict", path)
		}
		if c := r.Header.Get("Set-Cookie"); c != "" {
			t.Errorf("%s sets the cookie %q", path, c)
		}
		if r.Header.Get("Cache-Control") == "" {
			t.Errorf("%s does not say how it may be kept", path)
		}
	}
}

func TestFirstVisitIsSentToALanguage(t *testing.T) {
	h := testHandler(t, nil)
	for _, row := range []struct{ path, accept, to string }{
		{"/", "", "/sq/"}, {"/", "en-GB,en;q=0.8", "/en/"}, {"/", "sr", "/sr/"}, {"/", "sr-Latn-XK", "/sr-Latn/"}, {"/", "bs", "/sr-Latn/"},
		{"/en", "sq", "/en/"}, {"/sr-Latn", "", "/sr-Latn/"},
		{"/sr-latn/help", "", "/sr-Latn/help"}, {"/sr-cyrl/search?q=sud", "", "/sr/search?q=sud"}, {"/SQ/", "", "/sq/"}, {"/SQ//evil.example", "", "/SQ/evil.example"},
	} {
		r := get(t, h, row.path, "Accept-Language", row.accept)
		if got := r.Header.Get("Location"); r.StatusCode/100 != 3 || got != row.to {
			t.Errorf("%s with %q: %d to %q, want %q", row.path, row.accept, r.StatusCode, got, row.to)
		}
	}
	if vary := get(t, h, "/").Header.Get("Vary"); vary != "Accept-Language" {
		t.Errorf("Vary is %q: a shared cache would send everyone to one language", vary)
	}
}

func TestSwitchingTheLanguageKeepsThePlace(t *testing.T) {
	h := testHandler(t, nil)
	for _, row := range []struct{ path, want string }{
		{"/en/help", `href="/sr-Latn/help"`},
		{"/sq/", `href="/en/"`},
		{"/en/_components?year=2017&x=1", `href="/sq/_components?year=2017"`},
		{"/en/no/such%20page", `href="/sq/no/such%20page"`},
		{"/en/fail/withdrawn", `href="/sr/fail/withdrawn"`},
	} {
		if html := body(t, get(t, h, row.path)); !strings.Contains(html, row.want) {
			t.Errorf("%s lacks %s", row.path, row.want)
		}
	}
}

func TestErrorsHavePages(t *testing.T) {
	var log bytes.Buffer
	h := testHandler(t, func(c *page.Config) { c.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	for _, row := range []struct {
		path   string
		status int
		want   string
		logged bool
	}{
		{"/en/nowhere", 404, "Page not found", false},
		{"/sq/nowhere", 404, "Faqja nuk u gjet", false},
		{"/sr/nowhere", 404, "Страница није нађена", false},
		{"/sr-Latn/nowhere", 404, "Stranica nije nađena", false},
		{"/nowhere", 404, "Faqja nuk u gjet", false},
		{"/en/fail/withdrawn", 410, "2 March 2026", false},
		{"/en/fail/withdrawn", 410, "judgment &lt;1&gt;", false},
		{"/en/fail/conflict", 409, "revision 2 &amp; 3", false},
		{"/en/fail/not-published", 404, "Not published", false},
		{"/en/fail/no-data", 200, "No data yet", false},
		{"/en/fail/server", 500, "Something went wrong", true},
		{"/en/fail/panic", 500, "Something went wrong", true},
		{"/en/fail/template", 500, "Something went wrong", true},
		{"/en/_components?year=%zz", 400, "This address cannot be read", false},
		{"/en/_components?year=" + strings.Repeat("9", 512+1), 400, "This address cannot be read", false},
		{"/en/fail/" + strings.Repeat("x", 512), 400, "This address cannot be read", false},
	} {
		log.Reset()
		r := get(t, h, row.path)
		html := body(t, r)
		if r.StatusCode != row.status || !strings.Contains(html, row.want) {
			t.Errorf("%.60s: %d, want %d with %q in\n%s", row.path, r.StatusCode, row.status, row.want, html)
		}
		if strings.Contains(html, "secret") {
			t.Errorf("%s shows the inner cause", row.path)
		}
		if !strings.Contains(html, `name="robots" content="noindex"`) || r.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s may be indexed or kept", row.path)
		}
		if got := strings.Count(log.String(), "level=ERROR"); got > 1 || (got == 1) != row.logged {
			t.Errorf("%.60s: %d lines logged, want one: %v\n%s", row.path, got, row.logged, log.String())
		}
	}
}

func TestPublicPagesAreOnlyForReading(t *testing.T) {
	h := testHandler(t, nil)
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete} {
		r := do(t, h, method, "/en/help")
		if r.StatusCode != http.StatusMethodNotAllowed || r.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %d, Allow %q", method, r.StatusCode, r.Header.Get("Allow"))
		}
	}
	r := do(t, h, http.MethodHead, "/en/help")
	if r.StatusCode != http.StatusOK || body(t, r) != "" || r.ContentLength < 1000 {
		t.Errorf("HEAD: %d with %d bytes announced", r.StatusCode, r.ContentLength)
	}
}

func TestSyntheticDataSaySo(t *testing.T) {
	synthetic := testHandler(t, func(c *page.Config) { c.Synthetic = true })
	plain := testHandler(t, nil)
	for _, path := range []string{"/en/", "/sq/help", "/sr/nowhere"} {
		if !strings.Contains(body(t, get(t, synthetic, path)), "SYNTHETIC.") {
			t.Errorf("%s does not say SYNTHETIC", path)
		}
		if strings.Contains(body(t, get(t, plain, path)), "SYNTHETIC.") {
			t.Errorf("%s says SYNTHETIC over real data", path)
		}
	}
}

func TestWeight(t *testing.T) {
	const sent, limit = 30 << 10, 64 << 10 // what a reader's line carries, with styles and script, and the page itself as it is read
	h := testHandler(t, nil)
	addresses := regexp.MustCompile(`(?:src|href)="(/static/[^"]+)"`)
	for _, path := range everyPath() {
		html := body(t, get(t, h, path))
		total := len(body(t, get(t, h, path, "Accept-Encoding", "gzip")))
		for _, m := range addresses.FindAllStringSubmatch(html, -1) {
			r := get(t, h, m[1])
			if r.StatusCode != http.StatusOK || !strings.Contains(r.Header.Get("Cache-Control"), "immutable") {
				t.Errorf("%s: %d, %s", m[1], r.StatusCode, r.Header.Get("Cache-Control"))
			}
			body(t, r)
			total += len(body(t, get(t, h, m[1], "Accept-Encoding", "gzip")))
		}
		if total > sent || len(html) > limit {
			t.Errorf("%s weighs %d bytes as sent with its styles, want at most %d, and has %d, want at most %d", path, total, sent, len(html), limit)
		}
	}
}

func TestCompression(t *testing.T) {
	h := testHandler(t, nil)
	plain := string(sent(t, get(t, h, "/en/help")))
	for _, row := range []struct {
		accept string
		gzip   bool
	}{{"gzip", true}, {"br, gzip;q=0.5", true}, {"gzip;q=0", false}, {"gzip; q=0.0", false}, {"br", false}, {"", false}} {
		r := get(t, h, "/en/help", "Accept-Encoding", row.accept)
		if got := r.Header.Get("Content-Encoding") == "gzip"; got != row.gzip {
			t.Errorf("%q: compressed %v", row.accept, got)
			continue
		}
		if !row.gzip {
			continue
		}
		z, err := gzip.NewReader(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		unpacked, err := io.ReadAll(z)
		if err != nil || string(unpacked) != plain {
			t.Errorf("%q: unpacks to something else (%v)", row.accept, err)
		}
	}
}

func TestAKeptPageIsNotSentAgain(t *testing.T) {
	h := testHandler(t, nil)
	for _, accept := range []string{"", "gzip"} {
		first := get(t, h, "/en/help", "Accept-Encoding", accept)
		tag := first.Header.Get("ETag")
		again := get(t, h, "/en/help", "Accept-Encoding", accept, "If-None-Match", `"other", W/`+tag)
		if again.StatusCode != http.StatusNotModified || body(t, again) != "" {
			t.Errorf("%q: %d for a copy that still holds", accept, again.StatusCode)
		}
		if changed := get(t, h, "/en/help", "Accept-Encoding", accept, "If-None-Match", `"other"`); changed.StatusCode != http.StatusOK {
			t.Errorf("%q: %d for a copy that does not hold", accept, changed.StatusCode)
		}
	}
}

func BenchmarkKeptPage(b *testing.B) {
	h := testHandler(b, nil)
	for b.Loop() {
		if r := get(b, h, "/en/help", "Accept-Encoding", "gzip"); r.StatusCode != http.StatusOK {
			b.Fatal(r.StatusCode)
		}
	}
}

func BenchmarkRenderedPage(b *testing.B) {
	h := testHandler(b, func(c *page.Config) { c.CacheBytes = 1 }) // nothing is kept
	for b.Loop() {
		get(b, h, "/en/method")
	}
}

func TestThePageOfTheNavigationIsMarkedInIt(t *testing.T) {
	if html := body(t, get(t, testHandler(t, nil), "/sr/_components")); !strings.Contains(html, `<a href="/sr/_components" aria-current="page">Треба вам помоћ?</a>`) {
		t.Error("the style guide's page is not marked in the navigation")
	}
}
