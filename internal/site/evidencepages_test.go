package site

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"fener/internal/page"
	"fener/internal/record"
	"fener/law"
	"fener/period"
)

// The pages of the evidence, with the example of Kosovo as the demo shows it.
func TestTheEvidenceInWords(t *testing.T) {
	h := testHandler(t, nil)
	for _, row := range []struct {
		path        string
		want, never []string
	}{
		{"/en/reported/victims", []string{"Victims identified", "2018–2021", `href="/en/reported/victims_identified"`, `href="/en/conflicts"`}, []string{"2002–2006"}},
		{"/sr/reported/victims", []string{"Идентификоване жртве", "Хапшења"}, []string{"victims identified"}},
		{"/en/reported/victims_identified", []string{"never added, averaged or joined by a line", "102", "January 2007 – September 2007", "Doubtful", "That is not zero",
			"The citation as BibTeX and CSL-JSON", "@misc{fener-reported-victims-identified-", "https://fener.example/en/reported/victims_identified", "position "},
			[]string{"average of"}},
		{"/en/reported/victims_identified/2015", []string{"28", "30", "Doubtful: the quotation could not be verified."}, nil},
		{"/en/reported/victims_identified/2017", []string{"None of them is the number", `<span class="value">16</span>`, `<span class="value">22</span>`, `<span class="value">32</span>`,
			"January 2017 – June 2017", "January 2017 – September 2017", "a part of the period", "the same period", "16 for January to June, 22 for January to September, 32 for the year",
			"Sources state different values for the same period"}, nil},
		{"/en/reported/victims_identified/2012", []string{`<span class="value">54</span>`, `<span class="value">56</span>`, "January 2012 – August 2012"}, nil},
		{"/en/reported/victims_identified/2019", []string{`<span class="value">26</span>`, `<span class="value">15</span>`, "January 2019 – September 2019"}, nil},
		{"/en/reported/victims_identified/2024", []string{`<span class="value">14</span>`, "A retelling", "more", "Easily taken for the same"}, nil},
		{"/en/reported/arrests_trafficking/2019", []string{`<span class="value">31</span>`, ">197<", "Easily taken for the same", "197 in all"}, nil},
		{"/en/reported/shelter_closure_months/2017", []string{`<span class="value">3</span>`, "months"}, nil},
		{"/en/reported/convictions_trend", []string{"“"}, []string{`class="obs`}},
		{"/en/reported/tip_tier", []string{"Tier 2", "17 reported values"}, []string{"Show this chart", "oembed"}},
		{"/en/institutions/mpms", []string{"it counted", "reported values counted by it"}, []string{"0 reported values"}},
		{"/en/conflicts", []string{"102 · 32 · 16 · 22", `href="/en/reported/victims_identified/2017"`, "the same period", "30 (?)"}, nil},
		{"/en/missing", []string{"Traffickers convicted", ">24<", "2002–2006", "Basic Court of Ferizaj", "2014–2017"}, []string{"basic_court_ferizaj</"}},
		{"/en/", []string{"0 of 24 reported convictions on record", "Everything that is missing"}, nil},
		{"/en/claims", []string{"Small Talk: Tackling sex trafficking", "Cannot be checked"}, nil},
		{"/en/claims/small-talk-2018", []string{"Kosovo’s law", "Supported", "Rests on this statement alone", "The statement itself; proves nothing"}, nil},
		{"/sq/claims/small-talk-2018/7", []string{"I mbështetur", `"@type":"ClaimReview"`}, nil},
		{"/en/institutions/mpms", []string{"Ministarstvo rada i socijalne zaštite", "Министарство рада", "No reply of this institution"}, nil},
		{"/en/sources/k20-small-talk-2018", []string{"Traffickers only fined, 2017: 7", "seven more were only fined"}, nil},
		{"/en/figures/persons_convicted", []string{"Show this chart in another page", "&lt;iframe src=&#34;https://fener.example/en/embed/figures/persons_convicted", "application/json&#43;oembed"}, nil},
	} {
		r := get(t, h, row.path)
		html := strings.ReplaceAll(body(t, r), "Kosovo&#39;s law", "Kosovo’s law")
		if r.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", row.path, r.StatusCode)
		}
		for _, want := range row.want {
			if !strings.Contains(html, want) {
				t.Errorf("%s lacks %s", row.path, want)
			}
		}
		for _, never := range row.never {
			if strings.Contains(visible(html), never) {
				t.Errorf("%s shows %s", row.path, never)
			}
		}
	}
}

// Every value of a year stands on its page in the same size, each with a quotation or the word that there is none.
func TestNoValueOfAYearStandsOut(t *testing.T) {
	h := testHandler(t, nil)
	for _, year := range []string{"2007", "2012", "2015", "2017", "2018", "2019", "2022"} {
		html := body(t, get(t, h, "/en/reported/victims_identified/"+year))
		cards := strings.Split(html, `<article class="said`)[1:]
		values := strings.Count(html, `<span class="value">`)
		if len(cards) < 2 || values != len(cards) {
			t.Errorf("%s: %d cards with %d values, want as many values as cards and two at least", year, len(cards), values)
		}
		for _, card := range cards {
			card, _, _ = strings.Cut(card, "</article>")
			if !strings.Contains(card, "<blockquote>") {
				t.Errorf("%s: a value without its quotation: %.200s", year, card)
			}
		}
		if strings.Contains(html, `class="figure"`) {
			t.Errorf("%s shows one value as the figure of the page", year)
		}
	}
}

func TestTheEvidenceAsData(t *testing.T) {
	h := testHandler(t, nil)
	var year struct {
		Disagree bool `json:"same_period_different_values"`
		Said     []struct {
			Value  struct{ Text string }
			Period string `json:"period_is"`
			Source struct{ Title string }
		} `json:"reported"`
	}
	if err := json.Unmarshal([]byte(body(t, get(t, h, "/en/reported/victims_identified/2017.json"))), &year); err != nil {
		t.Fatal(err)
	}
	if !year.Disagree || len(year.Said) < 6 {
		t.Errorf("2017: %+v", year)
	}
	for _, path := range []string{"reported", "reported/victims_identified", "reported/victims_identified/2017", "conflicts", "missing", "claims", "claims/small-talk-2018",
		"claims/small-talk-2018/7", "institutions", "institutions/mpms", "changes"} {
		r := get(t, h, "/sr/"+path+".json")
		text := body(t, r)
		var document map[string]any
		if err := json.Unmarshal([]byte(text), &document); err != nil || r.StatusCode != http.StatusOK || document["document"] == "" {
			t.Errorf("%s.json: %d, %v\n%.200s", path, r.StatusCode, err, text)
		}
		r = get(t, h, "/sr/"+path+".csv")
		if text := body(t, r); r.StatusCode != http.StatusOK || strings.Count(text, "\n") < 1 {
			t.Errorf("%s.csv: %d\n%.200s", path, r.StatusCode, text)
		}
	}
}

var reviewPart = regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`)

func TestClaimReviewIsJSONAndRatesInWords(t *testing.T) {
	h := testHandler(t, nil)
	for _, path := range []string{"/en/claims/small-talk-2018/1", "/sr/claims/small-talk-2018/3", "/sq/claims/small-talk-2018/7"} {
		m := reviewPart.FindStringSubmatch(body(t, get(t, h, path)))
		if m == nil {
			t.Fatalf("%s has no review", path)
		}
		var review struct {
			Context string `json:"@context"`
			Type    string `json:"@type"`
			URL     string
			Claim   string `json:"claimReviewed"`
			Rating  map[string]any
			Review  map[string]any `json:"reviewRating"`
		}
		if err := json.Unmarshal([]byte(m[1]), &review); err != nil {
			t.Fatalf("%s: %v\n%s", path, err, m[1])
		}
		if review.Context != "https://schema.org" || review.Type != "ClaimReview" || review.URL != "https://fener.example"+byID(path) || review.Claim == "" {
			t.Errorf("%s: %+v", path, review)
		}
		if _, numbered := review.Review["ratingValue"]; numbered || review.Review["alternateName"] == "" {
			t.Errorf("%s rates %v, want words and no number", path, review.Review)
		}
	}
}

// atom is what RFC 4287 demands of a feed.
type atom struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Author  struct {
		Name string `xml:"name"`
	} `xml:"author"`
	Entries []struct {
		ID      string `xml:"id"`
		Title   string `xml:"title"`
		Updated string `xml:"updated"`
		Link    struct {
			Href string `xml:"href,attr"`
		} `xml:"link"`
		Summary string `xml:"summary"`
	} `xml:"entry"`
}

func readFeed(t *testing.T, h http.Handler, path string) atom {
	t.Helper()
	r := get(t, h, path)
	text := body(t, r)
	var f atom
	if err := xml.Unmarshal([]byte(text), &f); err != nil || r.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d, %v\n%.300s", path, r.StatusCode, err, text)
	}
	if kind := r.Header.Get("Content-Type"); !strings.HasPrefix(kind, "application/atom+xml") {
		t.Errorf("%s is %q", path, kind)
	}
	seen := map[string]bool{}
	check := func(id, title, updated string) {
		if !strings.HasPrefix(id, "urn:uuid:") || len(id) != len("urn:uuid:00000000-0000-0000-0000-000000000000") || seen[id] || title == "" {
			t.Errorf("%s: id %q, title %q", path, id, title)
		}
		if _, err := time.Parse(time.RFC3339, updated); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		seen[id] = true
	}
	check(f.ID, f.Title, f.Updated)
	for _, e := range f.Entries {
		check(e.ID, e.Title, e.Updated)
		if !strings.HasPrefix(e.Link.Href, "https://fener.example/") {
			t.Errorf("%s: an entry leads to %q", path, e.Link.Href)
		}
	}
	return f
}

func TestFeeds(t *testing.T) {
	h := testHandler(t, nil)
	for _, l := range []string{"sq", "sr", "sr-Latn", "en"} {
		if f := readFeed(t, h, "/"+l+"/findings.atom"); len(f.Entries) == 0 {
			t.Errorf("%s: no findings", l)
		}
		readFeed(t, h, "/"+l+"/changes.atom")
	}
}

// said fills a record with one indicator, reported by two sources, and a claim about it.
func saidRecord(t *testing.T) *testRecord {
	d := newRecord(t)
	for _, id := range []string{"report", "paper", "press"} {
		d.enter(record.SourceKind, id, 0, record.Published, "entered", &record.Source{Title: "The " + id, Publisher: "Somebody <b>", Language: "en"})
	}
	d.enter(record.InstitutionKind, "police", 0, record.Published, "entered", &record.Institution{Names: record.Names{EN: "The Police", SQ: "Policia"}, Type: "police"})
	d.enter(record.ArticleKind, "piece", 0, record.Published, "entered", &record.Article{Title: "A piece", Source: "press", Published: period.MustDate("2020-03-01")})
	d.enter(record.ClaimKind, "piece-1", 0, record.Published, "entered", &record.Claim{Article: "piece", N: 1, Statement: record.Names{EN: "There were 20 </script> victims."},
		Comparison: record.Comparison{Indicator: "victims_identified", Place: "Kosovo", From: period.MustDate("2019"), Operator: record.Equals, Value: "20", Unit: "persons"}})
	d.enter(record.ObservationKind, "o-report", 0, record.Published, "entered", observedIn("report", "20"))
	d.enter(record.ReplyKind, "r-1", 0, record.Published, "entered", &record.Reply{Institution: "police", About: record.ObservationKind, ID: "o-report",
		Text: "Ne numëruam ndryshe.", Language: "sq", Date: period.MustDate("2021-05-06")})
	return d
}

func observedIn(source, value string) *record.Observation {
	return &record.Observation{Indicator: "victims_identified", Place: "Kosovo", From: period.MustDate("2019-01-01"), To: period.MustDate("2019-12-31"),
		Value: record.ParseStated(value), Unit: "persons", CountedBy: "The Police", Citation: record.Citation{Source: source, Quote: value + " victims"}}
}

func TestACorrectedObservationAndAClaimThatFellSayWhatTheyWere(t *testing.T) {
	d := saidRecord(t)
	h := d.handler()
	if html := body(t, get(t, h, "/en/claims/piece/1")); !strings.Contains(html, "Supported") || strings.Contains(html, "20 </script> victims") {
		t.Errorf("the claim is not supported, or its words are markup:\n%s", html)
	}
	d.enter(record.ObservationKind, "o-report", 1, record.Published, "the report was misread", observedIn("report", "26"))
	for path, want := range map[string][]string{
		"/en/claims/piece/1":                       {"Contradicted", "Until 2 January 2026 it was: supported", "How it stood before"},
		"/en/reported/victims_identified/2019":     {`<span class="value">26</span>`, "Corrected on 2 January 2026.", "Reason: the report was misread", "Ne numëruam ndryshe.", "The Police", "6 May 2021"},
		"/en/changes":                              {"the report was misread", "Victims identified, 2019"},
		"/sq/institutions/police":                  {"Ne numëruam ndryshe.", `href="/sq/reported/victims_identified/2019#o-report"`},
		"/en/institutions/police.json":             {`"counted_by_it"`, "o-report"},
		"/en/reported/victims_identified/2019.bib": {"@misc{fener-reported-victims-identified-2019-", "https://fener.example/en/reported/victims_identified/2019"},
	} {
		html := body(t, get(t, h, path))
		for _, text := range want {
			if !strings.Contains(html, text) {
				t.Errorf("%s lacks %s\n%.4000s", path, text, html)
			}
		}
	}
	f := readFeed(t, h, "/en/changes.atom")
	if len(f.Entries) != 1 || !strings.Contains(f.Entries[0].Summary, "the report was misread") {
		t.Errorf("the feed of corrections: %+v", f.Entries)
	}
	var csl []map[string]any
	if err := json.Unmarshal([]byte(body(t, get(t, h, "/en/reported/victims_identified.csl.json"))), &csl); err != nil || len(csl) != 1 || csl[0]["type"] != "dataset" {
		t.Errorf("CSL-JSON: %v, %v", csl, err)
	}
}

func TestTheFeedsKeepACaseWithAChildToItsYear(t *testing.T) {
	d := newRecord(t)
	d.enter(record.CaseKind, "case-child", 0, record.Published, "entered", &record.Case{Numbers: []string{"PKR.nr. 5/21"}, ChildVictim: law.Yes})
	judgment := &record.Judgment{Case: "case-child", Instance: record.FirstInstance, Date: period.MustDate("2021-06-17"), Defendants: []record.Defendant{{Label: "1"}}}
	d.enter(record.JudgmentKind, "j", 0, record.Published, "heard on 17 June", judgment)
	judgment.Date = period.MustDate("2021-06-18")
	d.enter(record.JudgmentKind, "j", 1, record.Published, "corrected to 18 June", judgment)
	d.enter(record.JudgmentKind, "pkr-5-2021-first-2021-06-19", 0, record.Published, "entered", judgment)
	d.enter(record.JudgmentKind, "pkr-5-2021-first-2021-06-19", 1, record.Withdrawn, "court order of 19 June", judgment)
	h := d.handler()
	for _, path := range []string{"", "changes", "changes.json", "changes.csv", "changes.atom", "findings", "findings.atom", "figures/persons_convicted"} {
		html := body(t, get(t, h, "/en/"+path))
		for _, leak := range []string{"17 June", "18 June", "19 June", "2021-06"} {
			if strings.Contains(html, leak) {
				t.Errorf("%s shows %q", path, leak)
			}
		}
	}
}

func TestEmbedding(t *testing.T) {
	h := testHandler(t, nil)
	for _, path := range []string{"/en/embed/reported/victims_identified", "/sr/embed/figures/persons_convicted"} {
		r := get(t, h, path)
		html := body(t, r)
		policy := r.Header.Get("Content-Security-Policy")
		if r.StatusCode != http.StatusOK || !strings.Contains(policy, "frame-ancestors *") || strings.Contains(policy, "script-src") || r.Header.Get("X-Frame-Options") != "" {
			t.Errorf("%s: %d with %q and %q", path, r.StatusCode, policy, r.Header.Get("X-Frame-Options"))
		}
		if r.Header.Get("Set-Cookie") != "" || strings.Contains(html, "<script") || !strings.Contains(html, "<svg") || !strings.Contains(html, `target="_blank"`) {
			t.Errorf("%s sets a cookie, runs script, draws nothing or does not lead back", path)
		}
	}
	for _, path := range []string{"/en/", "/en/reported/victims_identified", "/en/embed/reported/nothing", "/en/claims/small-talk-2018/1"} {
		r := get(t, h, path)
		if policy := r.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-ancestors 'none'") || r.Header.Get("X-Frame-Options") != "DENY" {
			t.Errorf("%s can be framed: %q", path, policy)
		}
	}
}

func TestOEmbed(t *testing.T) {
	h := testHandler(t, nil)
	ask := func(address, more string) (*http.Response, string) {
		r := get(t, h, "/oembed?url="+url.QueryEscape(address)+more)
		return r, body(t, r)
	}
	for _, address := range []string{"https://fener.example/en/reported/victims_identified", "http://example.com/sq/figures/persons_convicted", "/en/reported/victims_identified"} {
		r, text := ask(address, "&maxwidth=300")
		var given struct {
			Version, Type, HTML, Title string
			Width                      int
		}
		if err := json.Unmarshal([]byte(text), &given); err != nil || r.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d, %v\n%s", address, r.StatusCode, err, text)
		}
		if given.Version != "1.0" || given.Type != "rich" || given.Width != 300 || given.Title == "" || !strings.HasPrefix(given.HTML, `<iframe src="https://fener.example/`) {
			t.Errorf("%s: %+v", address, given)
		}
		if r.Header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: other sites cannot read the answer", address)
		}
	}
	for _, hostile := range []string{
		"", "https://evil.example/en/reported/victims_identified", "https://fener.example@evil.example/en/reported/victims_identified", "javascript:alert(1)",
		"//evil.example/en/reported/victims_identified", "https://fener.example/en/reported/%3Cscript%3Ealert(1)%3C%2Fscript%3E", "https://fener.example/xx/reported/victims_identified",
		"https://fener.example/en/reported/../../etc/passwd", "https://fener.example/en/reported/nothing", "https://fener.example/en/cases/x", "https://fener.example/en/embed/reported",
		"https://fener.example/en/reported/" + strings.Repeat("a", 600), "data:text/html,x", "file:///etc/passwd", "https://fener.example:99/en/reported/victims_identified", "%zz", "\x00",
	} {
		r, text := ask(hostile, "")
		if r.StatusCode != http.StatusNotFound && r.StatusCode != http.StatusBadRequest || strings.Contains(text, "<") || strings.Contains(text, "evil") {
			t.Errorf("%.100q: %d %s", hostile, r.StatusCode, text)
		}
		if r.Header.Get("Content-Type") != "application/json" {
			t.Errorf("%.100q is answered as %q", hostile, r.Header.Get("Content-Type"))
		}
	}
	if r, _ := ask("/en/reported/victims_identified", "&format=xml"); r.StatusCode != http.StatusNotImplemented {
		t.Errorf("XML: %d, want 501", r.StatusCode)
	}
	if r, _ := ask(strings.Repeat("a", 5000), ""); r.StatusCode != http.StatusBadRequest {
		t.Errorf("5,000 letters: %d, want 400", r.StatusCode)
	}
}

func TestHostileAddressesOfTheEvidence(t *testing.T) {
	h := testHandler(t, nil)
	for _, part := range []string{"x", "<script>alert(1)</script>", "..", "%00", strings.Repeat("9", 300), "-1", "2017 ", "0", "99999", "٢٠١٧", "20 17", "'; DROP TABLE things"} {
		escaped := url.PathEscape(part)
		for _, path := range []string{"reported/" + escaped, "reported/victims_identified/" + escaped, "claims/" + escaped, "claims/small-talk-2018/" + escaped, "institutions/" + escaped,
			"embed/reported/" + escaped, "embed/figures/" + escaped} {
			for _, ending := range []string{"", ".json", ".csv"} {
				r := get(t, h, "/en/"+path+ending)
				html := body(t, r)
				if r.StatusCode != http.StatusNotFound && r.StatusCode != http.StatusBadRequest && r.StatusCode/100 != 3 {
					t.Errorf("%.100q: %d", path+ending, r.StatusCode)
				}
				if strings.Contains(html, "<script>alert") {
					t.Errorf("%.100q comes back as markup", path)
				}
			}
		}
	}
	for _, path := range []string{"reported/victims_identified", "reported/victims_identified/2017", "conflicts", "claims/small-talk-2018", "institutions/mpms", "changes"} {
		for _, html := range []string{"0", "-1", "x", "1e9", "99999999999"} {
			if r := get(t, h, "/en/"+path+"?page="+html); r.StatusCode != http.StatusBadRequest {
				t.Errorf("%s?page=%s: %d, want 400", path, html, r.StatusCode)
			}
		}
		if r := get(t, h, "/en/"+path+"?page=900000"); r.StatusCode != http.StatusOK {
			t.Errorf("%s?page=900000: %d, want an empty part", path, r.StatusCode)
		}
	}
}

func TestWithoutEvidenceThePagesSaySo(t *testing.T) {
	for name, h := range map[string]http.Handler{"empty": newRecord(t).handler(), "without a record": testHandler(t, func(c *page.Config) { c.View = nil }),
		"without a ledger": testHandler(t, func(c *page.Config) { c.Ledger = nil })} {
		for _, path := range []string{"reported", "claims", "missing", "conflicts", "institutions", "changes", "findings", "changes.atom", "findings.atom"} {
			if r := get(t, h, "/sq/"+path); r.StatusCode != http.StatusOK {
				t.Errorf("%s: /sq/%s: %d\n%.500s", name, path, r.StatusCode, body(t, r))
			}
		}
	}
}
