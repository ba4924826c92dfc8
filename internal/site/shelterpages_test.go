package site

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"fener/internal/record"
	"fener/locale"
	"fener/period"
)

// The pages of shelters with the example of Kosovo: what its sources say, and no more.
func TestSheltersInWords(t *testing.T) {
	h := testHandler(t, nil)
	for _, row := range []struct {
		path        string
		want, never []string
	}{
		{"/en/shelters", []string{"are on record by name", "Center for Protection of Victims", "The two NGO shelters for victims of trafficking, together", `href="/en/shelters/turn-of-the-year"`, `href="/en/funders/mpms"`}, nil},
		{"/en/shelters/pvpt", []string{"Without money, January 2019 – February 2019: about 59 days.", "Closed for some time, 2017.", "Whether it was this shelter is not said.", "Lasted: 1 month.",
			`href="/en/calls/call-2017"`, "about 72,000 euros", "what part this shelter got is not said", "Prishtina", `<a href="#y2017"`},
			[]string{"Without money, 2017", "days. Cause: the call"}},
		{"/en/shelters/pvpt?day=2018-01-15", []string{"15 January 2018: ", "Bridged", "It stands so for", "Money to bridge this time", "65,000.00 euro", "Perhaps: there was no money"}, nil},
		{"/en/shelters/pvpt?day=2010-05-05", []string{"5 May 2010: ", "Not known", "That does not mean that there was no money."}, []string{"<h3>5 May 2010: Without"}},
		{"/en/shelters/pvpt?day=1999-01-01", []string{"Nothing on record reaches this day."}, nil},
		{"/sr/shelters/pvpt?day=15.01.2018", []string{"15. јануар 2018: ", "Премошћено"}, []string{"2018.:"}},
		{"/en/shelters/ngo-shelter-closed-2017", []string{"Sources do not name this shelter.", "Hope and Homes"}, nil},
		{"/en/shelters/ngo-trafficking-shelters", []string{"never divided among them", "more than 100,000 euros", "about 72,000 euros"}, []string{"172,000", "50,000 euros"}},
		{"/en/shelters/turn-of-the-year", []string{"2015/16", "Perhaps without money"}, []string{"<strong>Without money</strong> <span class=\"when\">January 2016"}},
		{"/en/calls/call-2023-11", []string{"did not open, as a source says", "did not come, as a source says", "November 2023"}, nil},
		{"/en/calls/call-2017", []string{"What names this call", "1 month"}, nil},
		{"/en/funders/mpms", []string{"How late its calls were", "What this institution answers for", "awarded"}, nil},
		{"/en/funders/municipality-of-ferizaj", []string{"Told without a sum"}, []string{"What this institution answers for"}},
		{"/en/institutions/mpms", []string{"Money for shelters", `href="/en/funders/mpms"`}, nil},
		{"/en/shelters/money", []string{"sums that sources state", "are never added to each other", `href="?prices=2024"`}, []string{"In prices of"}},
		{"/en/shelters/money?prices=2024", []string{"In prices of 2024", "about 92,059 euros", "Kosovo,XKX,2024", "World Bank"}, nil},
		{"/en/shelters/pvpt/what-if", []string{"No call can be moved for this shelter"}, []string{"<form class=\"ask"}},
		{"/en/", []string{"are on record by name", "sums for shelters:", `href="/en/shelters"`, "are different things"}, []string{"day by day yet"}},
	} {
		r := get(t, h, row.path)
		html := body(t, r)
		if r.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d", row.path, r.StatusCode)
		}
		for _, want := range row.want {
			if want = byID(want); !strings.Contains(html, want) {
				t.Errorf("%s lacks %s", row.path, want)
			}
		}
		for _, never := range row.never {
			if strings.Contains(html, never) {
				t.Errorf("%s shows %s", row.path, never)
			}
		}
	}
}

// What is public stands in the forms of others too, where there is something that they take; what is left out is said.
func TestTheFormsOfOthersStandAtTheirAddresses(t *testing.T) {
	h := testHandler(t, nil)
	for _, lang := range []string{"en", "sq", "sr", "sr-Latn"} {
		if r := get(t, h, "/"+lang+"/shelters/ftm"); r.StatusCode != http.StatusOK || !strings.Contains(body(t, r), "shelters/ftm.jsonl") {
			t.Errorf("%s: status %d, or the page does not lead to its file", lang, r.StatusCode)
		}
	}
	var one struct{ Releases []any }
	if err := json.Unmarshal([]byte(body(t, get(t, h, "/en/shelters/ocds.json"))), &one); err != nil || len(one.Releases) == 0 {
		t.Errorf("OCDS: %d releases, %v", len(one.Releases), err)
	}
	lines := strings.Split(strings.TrimSpace(body(t, get(t, h, "/en/shelters/ftm.jsonl"))), "\n")
	for _, line := range lines {
		if !json.Valid([]byte(line)) || !strings.Contains(line, `"schema"`) {
			t.Fatalf("no entity: %s", line)
		}
	}
	if r := get(t, h, "/en/shelters/360giving.json"); r.StatusCode != http.StatusNotFound { // no source gives a day, a sum and a shelter by name
		t.Errorf("360Giving without a grant that it takes: status %d", r.StatusCode)
	}
}

// Pages of shelters stay short in every language, whatever stands on them: a full one is under 60 KB in Cyrillic too.
func TestSheltersPagesAreShort(t *testing.T) {
	h := testHandler(t, nil)
	looked := 0
	for _, path := range everyPath() {
		for _, l := range locale.All {
			for _, room := range []string{"/shelters", "/calls", "/funders"} {
				if !strings.HasPrefix(path, "/"+string(l)+room) {
					continue
				}
				looked++
				if html := body(t, get(t, h, path)); len(html) > 60_000 {
					t.Errorf("%s takes %d bytes", path, len(html))
				}
			}
		}
	}
	if looked < 40 {
		t.Errorf("only %d pages were looked at", looked)
	}
}

// dayLinks are the ways from a calendar to its words.
var dayLinks = regexp.MustCompile(`<a href="#(y\d+)" aria-label="([^"]+)"`)

// Each row of a calendar leads to its days in words, by keyboard and by touch; no state is told by the picture alone.
func TestEveryRowOfACalendarLeadsToWords(t *testing.T) {
	h := testHandler(t, nil)
	for _, path := range []string{"/en/shelters/pvpt", "/sq/shelters/hope-and-homes", "/sr/shelters/turn-of-the-year"} {
		html := body(t, get(t, h, path))
		rows := dayLinks.FindAllStringSubmatch(html, -1)
		if len(rows) < 8 {
			t.Errorf("%s: only %d rows lead anywhere", path, len(rows))
		}
		for _, row := range rows {
			if !strings.Contains(html, `<dt id="`+row[1]+`"`) {
				t.Errorf("%s: %s leads nowhere", path, row[1])
			}
		}
	}
}

// dated is a telling of a made-up source.
func dated(quote string) record.Telling {
	return record.Telling{Citation: record.Citation{Source: "report", Place: "p. 1", Quote: quote}, Synthetic: true}
}

// money is a made-up sum in euros.
func money(t *testing.T, text string) *record.Amount {
	t.Helper()
	a, _, err := record.ParseAmount(text, "EUR")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// madeUp is a record of one shelter whose call came late, with two sources that disagree on its grant, a service of few, and a shelter that asks for no place.
func madeUp(t *testing.T) *testRecord {
	d := newRecord(t)
	day := period.MustDate
	enter := func(kind record.Kind, id string, body any) {
		d.enter(kind, id, 0, record.Published, "entered", body)
	}
	enter(record.SourceKind, "report", &record.Source{Title: "A report", Publisher: "Somebody", Language: "en", Synthetic: true})
	enter(record.InstitutionKind, "old-ministry", &record.Institution{Names: record.Names{EN: "The old ministry"}, Type: "ministry", Successor: "new-ministry", Synthetic: true})
	enter(record.InstitutionKind, "new-ministry", &record.Institution{Names: record.Names{EN: "The new ministry"}, Type: "ministry", Synthetic: true})
	enter(record.ShelterKind, "house", &record.Shelter{Names: record.Names{EN: "SYNTHETIC house"}, Means: "one", Sort: "semi_open", Runs: "ngo", NoPlace: true, Telling: dated("a house")})
	enter(record.ShelterKind, "silent", &record.Shelter{Names: record.Names{EN: "SYNTHETIC silent house"}, Means: "one", Sort: "other", Telling: dated("another house")})
	enter(record.CallKind, "call-before", &record.Call{Names: record.Names{EN: "Call of 2020"}, Funders: []string{"old-ministry"}, From: day("2020-01-01"), To: day("2020-12-31"), Opened: day("2020-01-02"), Telling: dated("call of 2020")})
	enter(record.CallKind, "call", &record.Call{Names: record.Names{EN: "Call of 2021"}, Funders: []string{"new-ministry"}, Shelters: []string{"house"}, From: day("2021-01-01"), To: day("2021-12-31"), Planned: day("2020-12-01"),
		Opened: day("2021-01-20"), Decided: day("2021-02-20"), Telling: dated("call of 2021")})
	enter(record.GrantKind, "grant", &record.Grant{Funders: []string{"new-ministry"}, Shelters: []string{"house"}, Step: "contracted", Purpose: "running", Call: "call", Signed: day("2021-03-01"), From: day("2021-03-01"),
		To: day("2021-12-31"), Amount: money(t, "30600"), Telling: dated("thirty thousand six hundred from March")})
	enter(record.GrantKind, "grant-other", &record.Grant{Funders: []string{"new-ministry"}, Shelters: []string{"house"}, Step: "contracted", From: day("2021-04-01"), To: day("2021-12-31"), Amount: money(t, "30600"),
		SameGrant: "grant", Telling: dated("the contract runs from April")})
	enter(record.GapKind, "gap", &record.Gap{Without: record.Without{Shelters: []string{"house"}, From: day("2021-01-01"), To: day("2021-02-28"), Cause: "late_call", Call: "call"}, Telling: dated("nothing for two months")})
	enter(record.ClosureKind, "closure", &record.Closure{Without: record.Without{Shelters: []string{"house"}, From: day("2021-02-01"), To: day("2021-02-14"), Cause: "late_call", Call: "call"}, Telling: dated("shut for a fortnight")})
	few := record.ParseStated("3")
	enter(record.ServiceKind, "few", &record.Service{Shelter: "house", Counts: "people", From: day("2021"), To: day("2021"), Value: few, Telling: dated("three women lived there")})
	return d
}

// A day without money, one that sources disagree on, one that is paid for, and a closure, are told as they are, with the call that made them.
func TestAShelterWhoseCallCameLate(t *testing.T) {
	h := madeUp(t).handler()
	html := body(t, get(t, h, "/en/shelters/house"))
	for _, want := range []string{"Without money, January 2021 – February 2021: 59 days.", "Cause: the call for applications came late.", `<a href="/en/calls/call">Call of 2021</a>`, "Closed, 1 February 2021 – 14 February 2021: 14 days.",
		"Another source here tells of the same money.", "not shown, as the shelter asks", `href="/en/shelters/house/what-if?call=call"`, "Sources disagree", "nothing for two months"} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(html, "61,200") {
		t.Error("one grant, of which two sources tell, is counted twice")
	}
	for day, want := range map[string]string{"2021-02-05": "Without money", "2021-03-15": "Sources disagree", "2021-06-01": "Paid for", "2020-12-31": "Not known"} {
		answer := body(t, get(t, h, "/en/shelters/house?day="+day))
		if _, after, found := strings.Cut(answer, `role="status"`); !found || !strings.Contains(after[:min(600, len(after))], want) {
			t.Errorf("%s is not said to be %q", day, want)
		}
	}
	silent := body(t, get(t, h, "/en/shelters/silent"))
	if !strings.Contains(silent, "No source on record says how a single day") || strings.Contains(silent, "Without money") || strings.Contains(silent, `id="calendar"`) {
		t.Error("a shelter of which nobody wrote is said to be without money, or drawn")
	}
}

// How late a call was is counted against its plan, the time that it pays for, and the call of the year before, by whoever did the work then.
func TestHowLateACallWas(t *testing.T) {
	h := madeUp(t).handler()
	html := body(t, get(t, h, "/en/calls/call"))
	for _, want := range []string{"50 days late", "19 days late", "the call of the year before", `href="/en/calls/call-before"`, "its own plan", "18 days late", "on the day"} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	funder := body(t, get(t, h, "/en/funders/new-ministry"))
	for _, want := range []string{"31 to 90 days late", "up to 30 days late", "Call of 2020", "Call of 2021", `href="/en/funders/old-ministry"`} {
		if !strings.Contains(funder, want) {
			t.Errorf("the page of who gives lacks %s", want)
		}
	}
	if r := get(t, h, "/en/funders/nobody"); r.StatusCode != http.StatusNotFound {
		t.Errorf("somebody who gave nothing has a page: %d", r.StatusCode)
	}
}

// The address is the question, the answer is arithmetic, and nothing of it is kept.
func TestWhatIfTheCallHadOpenedOnTime(t *testing.T) {
	h := madeUp(t).handler()
	r := get(t, h, "/en/shelters/house/what-if?call=call&opened=2020-12-01")
	html := body(t, r)
	for _, want := range []string{"50 days", "10 January 2021 – 31 December 2021", "100 euros", "85.96 euros", "Without money", "Its sum stays the same."} {
		if !strings.Contains(html, want) {
			t.Errorf("the answer lacks %s", want)
		}
	}
	if r.StatusCode != http.StatusOK || !strings.Contains(r.Header.Get("Cache-Control"), "no-store") || !strings.Contains(html, `content="noindex"`) {
		t.Errorf("status %d, kept as %q", r.StatusCode, r.Header.Get("Cache-Control"))
	}
	var d struct {
		Gained int    `json:"days_gained"`
		ADay   string `json:"a_day"`
		OfThem map[string]int
	}
	if err := json.Unmarshal([]byte(body(t, get(t, h, "/en/shelters/house/what-if.json?call=call&opened=2020-12-01"))), &d); err != nil || d.Gained != 50 || d.ADay != "100" {
		t.Errorf("as data: %+v, %v", d, err)
	}
	for query, field := range map[string]string{"call=call&opened=soon": "opened", "call=call&opened=2020": "opened", "call=call&opened=2022-01-01": "opened", "call=none&opened=2020-01-01": "call",
		"call=call-before&opened=2019-12-01": "call", "call=call&opened=" + url.QueryEscape(`"><script>alert(1)</script>`): "opened"} {
		r := get(t, h, "/en/shelters/house/what-if?"+query)
		html := body(t, r)
		if r.StatusCode != http.StatusBadRequest || !strings.Contains(html, `href="#`+field+`"`) || strings.Contains(html, "<script>alert") {
			t.Errorf("%s: status %d, and the page does not lead to %s", query, r.StatusCode, field)
		}
		if r := get(t, h, "/en/shelters/house/what-if.json?"+query); r.StatusCode != http.StatusBadRequest || !strings.Contains(body(t, r), `"field": "`+field+`"`) {
			t.Errorf("%s as data: status %d", query, r.StatusCode)
		}
	}
}

// Few people in one house are held back, on its page and in every form of it.
func TestFewPeopleInAShelterAreHeldBack(t *testing.T) {
	h := madeUp(t).handler()
	for _, path := range []string{"shelters/house", "shelters/house.json", "shelters/house.csv", "shelters/house/told", "shelters/house/told.json", "shelters/house/told.csv", "shelters", "shelters.json"} {
		text := body(t, get(t, h, "/en/"+path))
		if strings.Contains(text, "three women") || strings.Contains(text, `"text": "3"`) {
			t.Errorf("%s gives away how few there were", path)
		}
	}
	if told := body(t, get(t, h, "/en/shelters/house/told")); !strings.Contains(told, "fewer than 5") && !strings.Contains(told, "held back") {
		t.Error("the page does not say that a figure is held back")
	}
}

func TestADayThatIsNoneIsSaidSo(t *testing.T) {
	h := testHandler(t, nil)
	for _, day := range []string{"soon", "2018", "2018-02-31", "99999999", `"><script>alert(1)</script>`, "-1", "\u202e"} {
		r := get(t, h, "/en/shelters/pvpt?day="+url.QueryEscape(day))
		html := body(t, r)
		if r.StatusCode != http.StatusBadRequest || !strings.Contains(html, `href="#day"`) || !strings.Contains(html, `aria-invalid="true"`) || strings.Contains(html, "<script>alert") {
			t.Errorf("%q: status %d", day, r.StatusCode)
		}
	}
	if r := get(t, h, "/en/shelters/turn-of-the-year?shelter=nowhere"); r.StatusCode != http.StatusBadRequest {
		t.Errorf("a shelter that is none: status %d", r.StatusCode)
	}
}

// What the pages show is data too, and every form tells the same.
func TestSheltersAsData(t *testing.T) {
	h := testHandler(t, nil)
	for path, want := range map[string]string{
		"/en/shelters.json": `"step": "awarded"`, "/en/shelters/pvpt.json": `"state": "without"`, "/en/shelters/turn-of-the-year.json": `"turns"`, "/en/calls/call-2023-11.json": `"never": true`,
		"/en/funders/moj.json": `"calls"`, "/en/shelters/pvpt/told.json": `"told"`,
	} {
		r := get(t, h, path)
		if text := body(t, r); r.StatusCode != http.StatusOK || !json.Valid([]byte(text)) || !strings.Contains(text, want) {
			t.Errorf("%s: status %d, lacks %s", path, r.StatusCode, want)
		}
	}
	for path, column := range map[string]string{"/en/shelters.csv": "step", "/en/shelters/pvpt.csv": "state", "/en/shelters/turn-of-the-year.csv": "state", "/en/calls/call-2023-11.csv": "never", "/en/funders/moj.csv": "step",
		"/en/shelters/pvpt/told.csv": "quote", "/en/shelters/money.csv": "amount_kind"} {
		rows, err := csv.NewReader(strings.NewReader(body(t, get(t, h, path)))).ReadAll()
		if err != nil || len(rows) < 2 || !strings.Contains(strings.Join(rows[0], ","), column) {
			t.Errorf("%s: %d rows, %v", path, len(rows), err)
		}
	}
	var d struct {
		Days []struct {
			From, To period.Date
			Days     int
		}
	}
	if err := json.Unmarshal([]byte(body(t, get(t, h, "/en/shelters/pvpt.json"))), &d); err != nil || len(d.Days) == 0 {
		t.Fatal(err)
	}
	for i := 1; i < len(d.Days); i++ {
		if d.Days[i].From != d.Days[i-1].To.AddDays(1) {
			t.Errorf("between %s and %s lies a hole", d.Days[i-1].To, d.Days[i].From)
		}
	}
}

// Without shelters on record the pages say so.
func TestNoSheltersOnRecord(t *testing.T) {
	h := newRecord(t).handler()
	for _, path := range []string{"shelters", "shelters/turn-of-the-year", "shelters/money", "shelters.json", "shelters.csv", ""} {
		if r := get(t, h, "/sq/"+path); r.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d", path, r.StatusCode)
		}
	}
	for _, path := range []string{"shelters/none", "calls/none", "funders/none", "shelters/none/told", "shelters/none/what-if"} {
		if r := get(t, h, "/sq/"+path); r.StatusCode != http.StatusNotFound {
			t.Errorf("%s: status %d", path, r.StatusCode)
		}
	}
}
