package site

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"fener/internal/record"
	"fener/law"
)

// choicesOf are the choices of a list's page: where each leads, and how many entries it is said to leave.
func choicesOf(t *testing.T, text string) map[string]string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for n := range doc.Descendants() {
		if n.Data != "a" || n.Parent == nil || n.Parent.Parent == nil || n.Parent.Parent.Parent == nil || n.Parent.Parent.Parent.Data != "details" {
			continue
		}
		for _, a := range n.Attr {
			if words := strings.Fields(readText(n)); a.Key == "href" && strings.HasPrefix(a.Val, "?") && len(words) > 0 {
				out[a.Val] = words[len(words)-1]
			}
		}
	}
	return out
}

// leaves is how many entries a list has at an address, as its data say.
func leaves(t *testing.T, h http.Handler, list, query string) string {
	t.Helper()
	var d struct {
		Total        *int
		Institutions []struct{}
		Provisions   []struct{}
	}
	text := body(t, get(t, h, list+".json"+query))
	if err := json.Unmarshal([]byte(text), &d); err != nil {
		t.Fatalf("%s.json%s: %v\n%.300s", list, query, err, text)
	}
	if d.Total != nil {
		return strconv.Itoa(*d.Total)
	}
	return strconv.Itoa(len(d.Institutions) + len(d.Provisions))
}

var captionNumber = regexp.MustCompile(`<(?:caption[^>]*|p)>([\d,]+) `)

// eachChoiceIsTrue follows each choice of a list and counts what is there: in its data, and as the page says. It gives how many there were.
func eachChoiceIsTrue(t *testing.T, h http.Handler, path string) (counted int) {
	t.Helper()
	list, _, _ := strings.Cut(path, "?")
	choices := choicesOf(t, body(t, get(t, h, path)))
	for to, count := range choices {
		r := get(t, h, list+to)
		text := body(t, r)
		if r.StatusCode != http.StatusOK {
			t.Errorf("%s leads to %s: %d", path, to, r.StatusCode)
			continue
		}
		if _, err := strconv.Atoi(count); err != nil { // an order, which leaves all
			continue
		}
		counted++
		if n := leaves(t, h, list, to); n != count {
			t.Errorf("%s: %s is said to leave %s, its data have %s", path, to, count, n)
		}
		if m := captionNumber.FindStringSubmatch(text); to != "?" && (m == nil || m[1] != count) { // where nothing is chosen, some pages show an overview
			t.Errorf("%s: %s is said to leave %s, its page says %v", path, to, count, m)
		}
	}
	return counted
}

// What stands beside a choice is what the list holds when it is followed, also under other choices.
func TestEachChoiceLeavesWhatItSays(t *testing.T) {
	h := testHandler(t, nil)
	for _, path := range []string{"/en/cases", "/en/cases?year=2013", "/en/sources", "/en/sources?language=sq&sort=cited", "/en/institutions", "/en/institutions?type=court",
		"/en/provisions", "/en/provisions?read=read&sort=minimum", "/en/provisions?law=06%2FL-074&offence=trafficking", "/en/claims", "/en/claims?standing=contradicted", "/en/claims?standing=supported", "/en/claims?sort=evidence",
		"/en/reported/all", "/en/reported/all?topic=shelters", "/en/reported/all?year=2017&by=Kosovo+Police&sort=name"} {
		least := 3
		if strings.HasPrefix(path, "/en/claims") { // the example has one article, and no claim that is contradicted
			least = 2
		}
		if n := eachChoiceIsTrue(t, h, path); n < least {
			t.Errorf("%s offers only %d choices", path, n)
		}
	}
	for _, path := range []string{"sources?kind=nothing", "sources?sort=x", "institutions?type=x", "institutions?sort=x", "cases?sort=x", "provisions?law=x", "provisions?read=x", "provisions?offence=x", "provisions?sort=x",
		"claims?standing=x", "claims?article=x", "claims?sort=x", "claims?page=x", "reported/all?topic=x", "reported/all?year=1066", "reported/all?by=x", "reported/all?sort=x", "reported/all?page=0",
		"changes?kind=x", "changes?change=x", "changes?sort=x"} {
		at, query, _ := strings.Cut(path, "?")
		for _, ending := range []string{"", ".json", ".csv"} {
			if r := get(t, h, "/en/"+at+ending+"?"+query); r.StatusCode != http.StatusBadRequest {
				t.Errorf("%s%s?%s: %d, want 400", at, ending, query, r.StatusCode)
			}
		}
	}
}

// An empty record has no choice, and refuses what nothing has, so that no address of it is kept.
func TestAnEmptyListRefusesAChoice(t *testing.T) {
	h := newRecord(t).handler()
	for _, path := range []string{"claims?standing=x", "claims?article=x", "reported/all?year=2017", "changes?kind=x", "changes?change=x"} {
		if r := get(t, h, "/en/"+path); r.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %d, want 400", path, r.StatusCode)
		}
	}
	for _, path := range []string{"claims", "claims?standing=supported", "reported/all", "reported/all?topic=shelters", "changes", "changes?kind=source", "changes?change=withdrawn"} {
		if r := get(t, h, "/en/"+path); r.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", path, r.StatusCode)
		}
	}
}

// corrected is a record of which a source and an institution were corrected, and one source each withdrawn and left alone.
func corrected(t *testing.T) *testRecord {
	d := newRecord(t)
	source := func(title string) *record.Source {
		return &record.Source{Title: title, Publisher: "Somebody", Language: "en", Synthetic: true}
	}
	for _, id := range []string{"a", "b", "c"} {
		d.enter(record.SourceKind, id, 0, record.Published, "entered", source("Source "+id))
	}
	d.enter(record.InstitutionKind, "court", 0, record.Published, "entered", &record.Institution{Names: record.Names{EN: "A court"}, Type: "court", Synthetic: true})
	d.enter(record.SourceKind, "a", 1, record.Published, "a wrong title", source("Source A"))
	d.enter(record.InstitutionKind, "court", 1, record.Published, "a wrong name", &record.Institution{Names: record.Names{EN: "The court"}, Type: "court", Synthetic: true})
	d.enter(record.SourceKind, "b", 1, record.Withdrawn, "it was never published", source("Source b"))
	return d
}

// Corrections are chosen by what was changed and how, on the page, as data, and as a feed of their own.
func TestCorrectionsAreChosen(t *testing.T) {
	h := corrected(t).handler()
	for _, path := range []string{"/en/changes", "/en/changes?kind=source", "/en/changes?change=corrected&sort=oldest"} {
		if n := eachChoiceIsTrue(t, h, path); n < 4 {
			t.Errorf("%s offers only %d choices", path, n)
		}
	}
	for query, want := range map[string][]string{"": {"b", "The court", "Source A"}, "?sort=oldest": {"Source A", "The court", "b"}, "?kind=source": {"b", "Source A"},
		"?since=0": {"b", "The court", "Source A"}, "?since=5": {"b", "The court"}, "?since=6&sort=oldest": {"b"}, "?since=7": nil,
		"?change=withdrawn": {"b"}, "?kind=source&change=corrected": {"Source A"}, "?kind=institution&change=withdrawn": nil} {
		rows := cellsOfCSV(t, body(t, get(t, h, "/en/changes.csv"+query)))
		var got []string
		for _, row := range rows[1:] {
			got = append(got, row[1])
		}
		if !slices.Equal(got, want) {
			t.Errorf("changes.csv%s: %q, want %q", query, got, want)
		}
	}
	for _, since := range []string{"-1", "x", "99999999999999999999"} {
		if r := get(t, h, "/en/changes.json?since="+since); r.StatusCode != 400 {
			t.Errorf("since %s answers %d, want 400", since, r.StatusCode)
		}
	}
	if got := body(t, get(t, h, "/en/changes.json?since=6")); !strings.Contains(got, `"position": 7,`) || !strings.Contains(got, `"seq": 7,`) || !strings.Contains(got, `"total": 1,`) {
		t.Errorf("whoever followed up to 6 gets\n%s", got)
	}
	page := body(t, get(t, h, "/en/changes?kind=institution&change=withdrawn"))
	if !strings.Contains(page, "No correction or withdrawal fits this choice.") {
		t.Error("a choice that leaves nothing does not say so")
	}
	all, chosen := body(t, get(t, h, "/en/changes.atom")), body(t, get(t, h, "/en/changes.atom?kind=source&sort=oldest"))
	if strings.Count(all, "<entry>") != 3 || strings.Count(chosen, "<entry>") != 2 || !strings.Contains(chosen, `href="https://fener.example/en/changes.atom?kind=source"`) {
		t.Errorf("the feed of sources:\n%s", chosen)
	}
	if at := strings.Index(chosen, "Source: b<"); at < 0 || at > strings.Index(chosen, "Source A") {
		t.Error("a feed does not begin with what is newest")
	}
	id := regexp.MustCompile(`<id>[^<]*</id>`)
	if id.FindString(all) == id.FindString(chosen) {
		t.Error("two feeds have one id")
	}
}

// cellsOfCSV are the rows of a file.
func cellsOfCSV(t *testing.T, text string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(rows) == 0 {
		t.Fatalf("%v\n%.300s", err, text)
	}
	return rows
}

// The numbers of how an article's claims stand lead to those claims, and to no others.
func TestTheNumbersOfAnArticleLeadToItsClaims(t *testing.T) {
	h := testHandler(t, nil)
	text := body(t, get(t, h, "/en/claims"))
	links := regexp.MustCompile(`<a href="/en/claims(\?article=[^"]+)">(\d+)</a>`).FindAllStringSubmatch(text, -1)
	if len(links) < 2 {
		t.Fatalf("only %d numbers lead anywhere", len(links))
	}
	for _, link := range links {
		query := html.UnescapeString(link[1])
		if n := leaves(t, h, "/en/claims", query); n != link[2] {
			t.Errorf("%s: %s claims, its list has %s", query, link[2], n)
		}
	}
}

// A choice of two things at once takes what has both: a figure of that year by that counter, not a subject that has one of each.
func TestAFigureIsChosenByYearAndCounter(t *testing.T) {
	h := testHandler(t, nil)
	rows := cellsOfCSV(t, body(t, get(t, h, "/en/reported/all.csv?year=2017&by=Kosovo+Police")))
	from, to, by := slices.Index(rows[0], "from"), slices.Index(rows[0], "to"), slices.Index(rows[0], "counted_by")
	if len(rows) < 2 {
		t.Fatal("no figure")
	}
	for _, row := range rows[1:] {
		if row[from][:4] > "2017" || row[to] != "" && row[to][:4] < "2017" || !strings.Contains(row[by], "Police") {
			t.Errorf("%s to %s, counted by %s", row[from], row[to], row[by])
		}
	}
	whole := cellsOfCSV(t, body(t, get(t, h, "/en/reported/all.csv")))
	if n := leaves(t, h, "/en/reported/all", ""); n != strconv.Itoa(len(whole)-1) {
		t.Errorf("%d figures as CSV, %s in all", len(whole)-1, n)
	}
	text := body(t, get(t, h, "/en/reported"))
	if !strings.Contains(text, `href="/en/reported/all?year=2017"`) || !strings.Contains(body(t, get(t, h, "/en/reported/shelters")), `href="/en/reported/all?topic=shelters"`) {
		t.Error("the pages of topics do not lead to their figures")
	}
}

// The heaviest minimum stands first, and what prescribes none last.
func TestProvisionsByTheirMinimum(t *testing.T) {
	h := testHandler(t, nil)
	var d struct {
		Provisions []struct {
			Prescribes *struct {
				From law.Limit `json:"imprisonment_from"`
			}
		}
	}
	if err := json.Unmarshal([]byte(body(t, get(t, h, "/en/provisions.json?sort=minimum"))), &d); err != nil || len(d.Provisions) < 100 {
		t.Fatal(err, len(d.Provisions))
	}
	set := 0
	for i, v := range d.Provisions {
		if v.Prescribes == nil || v.Prescribes.From.State != law.LimitSet {
			continue
		}
		set++
		if before := d.Provisions[max(0, i-1)].Prescribes; before == nil || before.From.State == law.LimitSet && before.From.Length.Compare(v.Prescribes.From.Length) < 0 {
			t.Errorf("provision %d has a heavier minimum than the one before it", i)
		}
	}
	if set < 10 {
		t.Errorf("only %d minimums", set)
	}
}

// The order of a list is that of its address, and its data follow the choice.
func TestListsAreSorted(t *testing.T) {
	h := testHandler(t, nil)
	last := 1 << 30
	for _, row := range cellsOf(t, body(t, get(t, h, "/en/sources?sort=cited")), "sources")[1:] {
		n, err := strconv.Atoi(row[len(row)-1])
		if err != nil || n > last {
			t.Fatalf("%q after %d (%v)", row, last, err)
		}
		last = n
	}
	newest, oldest := cellsOf(t, body(t, get(t, h, "/en/cases")), "cases"), cellsOf(t, body(t, get(t, h, "/en/cases?sort=oldest")), "cases")
	if len(newest) != len(oldest) || newest[1][0] != oldest[len(oldest)-1][0] {
		t.Errorf("oldest first ends with %q, newest first begins with %q", oldest[len(oldest)-1], newest[1])
	}
	all, courts := body(t, get(t, h, "/en/institutions.csv")), body(t, get(t, h, "/en/institutions.csv?type=court"))
	if n, m := strings.Count(all, "\n"), strings.Count(courts, "\n"); m < 2 || m >= n {
		t.Errorf("%d lines of courts of %d of all institutions", m, n)
	}
	if n, m := strings.Count(body(t, get(t, h, "/en/sources.csv")), "\n"), strings.Count(body(t, get(t, h, "/en/sources.csv?language=sq")), "\n"); m < 2 || m >= n {
		t.Errorf("%d lines of Albanian sources of %d of all", m, n)
	}
}
