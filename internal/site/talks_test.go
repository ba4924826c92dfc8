package site

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"

	"fener/internal/page"
	"fener/internal/record"
	"fener/period"
)

func TestTalkPages(t *testing.T) {
	h := testHandler(t, nil)
	for _, row := range []struct {
		name, path string
		has, lacks []string
	}{
		{"one that is open", "/en/talks/" + openTalk, []string{"Open for questions", "Sunday, 30 March 2031, 18:00 to 20:00 (Central European summer time, UTC&#43;2)", `href="/en/talks/` + openTalk + `/take-part"`,
			`href="/en/talks/` + openTalk + `.ics">Add to calendar`, "How to get there", "from Albanian into Serbian", "into English", "SYNTHETIC Moderator", "SYNTHETIC embassy", "Exhibition: "}, []string{"How many came", "Recording"}},
		{"silence is shown", "/en/talks/" + openTalk, []string{"did not answer the invitation", "declined", "will come, as they said", `What came of the invitation"><span class="gap">not known`}, nil},
		{"one that was held", "/en/talks/" + heldTalk, []string{"Held, answers are published", "How many came</dt><dd>40", "https://example.org/recording", "SYNTHETIC What was said.", "3 questions", `id="question-3"`, "No answer is on record.",
			"an answer was promised", "31 people supported it.", "1 question that was joined to it"}, []string{"take-part", "Add to calendar", "is not known: neither"}},
		{"a question in its own words", "/sq/talks/" + heldTalk, []string{"SYNTHETIC Kush e mbylli strehimoren?", "Siç e përktheu përkthyesi:"}, []string{"Siç u pyet:"}},
		{"a question as an interpreter put it", "/en/talks/" + heldTalk, []string{"As an interpreter put it.", `As it was asked: <span lang="sq">SYNTHETIC Kush e mbylli strehimoren?`}, nil},
		{"put off without a new day", "/en/talks/" + putOffTalk, []string{"Put off, no new day yet", "This talk was put off. A new day is not known yet.", "was announced for: Saturday, 1 February 2031", "Corrected"}, []string{"take-part"}},
		{"moved", "/en/talks/" + movedTalk, []string{"This talk has a new time. It was announced for Tuesday, 7 January 2031", "Tuesday, 6 May 2031"}, nil},
		{"called off", "/en/talks/" + offTalk, []string{"This talk was called off."}, []string{"Add to calendar"}},
		{"of which little is known", "/en/talks/" + bareTalk, []string{"December 2016", "What was said there is not known", "Who was asked to come is not on record.", `<dt>Moderator</dt><dd><span class="gap">not known`, `How many came</dt><dd><span class="gap">`}, nil},
		{"the talk that the record began with", "/en/talks/small-talk-2018", []string{"Tackling sex trafficking", "Friday, 23 November 2018, at 18:00 (Central European time, UTC&#43;1)", "What was said there is not known", "Adile Basha Shaqiri"}, nil},
		{"in Cyrillic", "/sr/talks/" + openTalk, []string{"недеља, 30. март 2031", "средњоевропско летње време", "на позив није одговорено"}, nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := get(t, h, row.path)
			html := body(t, r)
			if r.StatusCode != http.StatusOK {
				t.Fatalf("%d", r.StatusCode)
			}
			for _, want := range row.has {
				if !strings.Contains(html, want) {
					t.Errorf("the page lacks %q", want)
				}
			}
			for _, no := range row.lacks {
				if strings.Contains(html, no) {
					t.Errorf("the page has %q", no)
				}
			}
		})
	}
}

func TestTalksToComeStandFirst(t *testing.T) {
	html := body(t, get(t, testHandler(t, nil), "/en/talks"))
	at := -1
	for _, id := range []string{openTalk, offTalk, movedTalk, putOffTalk, longTalk, heldTalk, bareTalk} {
		i := strings.Index(html, "/en/talks/"+id+`"`)
		if i <= at {
			t.Errorf("%s stands at %d, before the one that comes before it", id, i)
		}
		at = i
	}
	// As the record stood is of that day: nothing was on it then.
	if r := get(t, testHandler(t, nil), "/en/talks?as-of=2019"); r.StatusCode != http.StatusNotFound {
		t.Errorf("%d before the record began", r.StatusCode)
	}
}

// A day goes by and nothing is entered: what was to come is over.
func TestTheDayDecidesWhatIsToCome(t *testing.T) {
	d := newRecord(t)
	d.enter(record.TalkKind, "1", 0, record.Published, "SYNTHETIC", announced("announced", "2031-03-30"))
	now := time.Date(2031, 3, 30, 23, 0, 0, 0, time.UTC)
	h := testHandler(t, func(c *page.Config) {
		c.View, c.Seq, c.Ledger = d.view, d.view.Shown, d.ledger
		c.Load.Clock = func() time.Time { return now }
	})
	const none = "No talk that is still to come"
	if html := body(t, get(t, h, "/en/talks")); strings.Contains(html, none) {
		t.Error("on its day it is over")
	}
	now = now.Add(2 * time.Hour)
	if html := body(t, get(t, h, "/en/talks")); !strings.Contains(html, none) {
		t.Error("on the day after it is still to come")
	}
}

func TestNoTalkIsOnRecord(t *testing.T) {
	h := newRecord(t).handler()
	if html := body(t, get(t, h, "/sq/talks")); !strings.Contains(html, `class="state"`) {
		t.Error("the page does not say that nothing is on record")
	}
	if text := body(t, get(t, h, "/en/talks.ics")); !strings.Contains(text, "BEGIN:VTIMEZONE") || strings.Contains(text, "VEVENT") {
		t.Errorf("the calendar is %s", text)
	}
	if r := get(t, h, "/en/talks/none"); r.StatusCode != http.StatusNotFound {
		t.Errorf("%d for a talk that never was", r.StatusCode)
	}
}

func TestTalksAsCalendar(t *testing.T) {
	h := testHandler(t, nil)
	r := get(t, h, "/sq/talks.ics")
	if kind := r.Header.Get("Content-Type"); kind != "text/calendar; charset=utf-8" {
		t.Errorf("the type is %q", kind)
	}
	cal, err := ics.ParseCalendar(strings.NewReader(body(t, r)))
	if err != nil {
		t.Fatal(err)
	}
	status := map[string]string{}
	for _, e := range cal.Events() {
		status[strings.TrimPrefix(e.GetProperty(ics.ComponentPropertyUrl).Value, "https://fener.example/sq/talks/")] = e.GetProperty(ics.ComponentPropertyStatus).Value
	}
	for id, want := range map[string]string{openTalk: "CONFIRMED", putOffTalk: "TENTATIVE", offTalk: "CANCELLED", movedTalk: "CONFIRMED", bareTalk: ""} {
		if status[id] != want {
			t.Errorf("%s is %q, expected %q", id, status[id], want)
		}
	}
	one := func(path string) *ics.VEvent {
		cal, err := ics.ParseCalendar(strings.NewReader(body(t, get(t, h, path))))
		if err != nil || len(cal.Events()) != 1 {
			t.Fatalf("%s: %v", path, err)
		}
		return cal.Events()[0]
	}
	sq, en := one("/sq/talks/"+movedTalk+".ics"), one("/en/talks/"+movedTalk+".ics")
	if sq.Id() != en.Id() || sq.Id() == "" {
		t.Errorf("a talk is %q in one language and %q in another", sq.Id(), en.Id())
	}
	for _, want := range []struct{ property, value string }{{"SEQUENCE", "1"}, {"DTSTART", "20310506T180000"}, {"DTEND", "20310506T200000"}, {"SUMMARY", "SYNTHETIC What became of what was promised?"},
		{"LOCATION", "SYNTHETIC House of Youth, second floor, Prishtina"}} {
		if got := en.GetProperty(ics.ComponentProperty(want.property)).Value; got != want.value {
			t.Errorf("%s is %q, expected %q", want.property, got, want.value)
		}
	}
	if r := get(t, h, "/en/talks/"+bareTalk+".ics"); r.StatusCode != http.StatusNotFound || !strings.Contains(body(t, r), `"not_found"`) {
		t.Errorf("%d for the calendar of a talk whose day nobody knows", r.StatusCode)
	}
}

func TestTalksAsData(t *testing.T) {
	h := testHandler(t, nil)
	var list struct {
		Total int `json:"total"`
		Talks []struct {
			ID     string `json:"id"`
			Starts string `json:"starts"`
		} `json:"talks"`
	}
	if err := json.Unmarshal([]byte(body(t, get(t, h, "/en/talks.json"))), &list); err != nil || list.Total != len(list.Talks) || list.Total < 12 {
		t.Fatalf("%d of %d talks, %v", len(list.Talks), list.Total, err)
	}
	if i := slices.IndexFunc(list.Talks, func(t struct {
		ID     string `json:"id"`
		Starts string `json:"starts"`
	}) bool {
		return t.ID == openTalk
	}); i < 0 || list.Talks[i].Starts != "2031-03-30T18:00:00+02:00" {
		t.Errorf("the talk of the day on which summer time begins starts otherwise: %+v", list.Talks)
	}
	var one struct {
		Talk      struct{ Stage string }
		Questions []struct {
			N       int
			Path    string
			Answers []struct{ Given string }
		}
	}
	if err := json.Unmarshal([]byte(body(t, get(t, h, "/en/talks/"+heldTalk+".json"))), &one); err != nil || len(one.Questions) != 3 || one.Questions[0].Answers[0].Given != "promised" ||
		one.Questions[2].Path != "talks/"+heldTalk+"#question-3" {
		t.Errorf("%+v, %v", one, err)
	}
	if rows := strings.Split(strings.TrimSpace(body(t, get(t, h, "/en/talks.csv"))), "\n"); len(rows) != list.Total+1 {
		t.Errorf("%d rows of %d talks", len(rows), list.Total)
	}
}

// Every revision is news, the latest first, and keeps its id.
func TestTalksAsFeed(t *testing.T) {
	h := testHandler(t, nil)
	var feed struct {
		Entries []struct {
			ID    string `xml:"id"`
			Title string `xml:"title"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal([]byte(body(t, get(t, h, "/en/talks.atom"))), &feed); err != nil {
		t.Fatal(err)
	}
	var titles []string
	seen := map[string]bool{}
	for _, e := range feed.Entries {
		if seen[e.ID] {
			t.Errorf("the id %s stands twice", e.ID)
		}
		seen[e.ID] = true
		titles = append(titles, e.Title)
	}
	first, then := slices.Index(titles, "Put off, no new day yet: SYNTHETIC What became of what was promised?"), slices.Index(titles, "Open for questions: SYNTHETIC What became of what was promised?")
	if first < 0 || then < first {
		t.Errorf("the feed tells of %q", titles)
	}
}

func TestManyQuestions(t *testing.T) {
	d := newRecord(t)
	d.enter(record.TalkKind, "1", 0, record.Published, "SYNTHETIC", announced("held", "2019-10-27"))
	for n := 1; n <= 45; n++ {
		d.enter(record.QuestionKind, heldQuestion(n), 0, record.Published, "SYNTHETIC", &record.Question{Talk: "1", N: n, Language: "en", When: "before", Synthetic: true,
			Words: record.Names{EN: "SYNTHETIC " + strings.Repeat("lantern ", 20) + strings.Repeat("x", n)}})
	}
	h := d.handler()
	for _, row := range []struct {
		path   string
		status int
		first  string
	}{
		{"/en/talks/1", 200, "question-1"}, {"/en/talks/1?page=3", 200, "question-41"}, {"/en/talks/1?page=4", 400, ""}, {"/en/talks/1?page=x", 400, ""},
	} {
		r := get(t, h, row.path)
		html := body(t, r)
		if _, rest, _ := strings.Cut(html, `class="asked" id="`); r.StatusCode != row.status || !strings.HasPrefix(rest, row.first) {
			t.Errorf("%s: %d, begins with %.12q", row.path, r.StatusCode, rest)
		}
		if len(html) > 60<<10 {
			t.Errorf("%s has %d bytes", row.path, len(html))
		}
	}
	// A search leads to the part of the page in which the question stands.
	if html := body(t, get(t, h, "/en/search?q="+strings.Repeat("x", 45))); !strings.Contains(html, `href="/en/talks/1?page=3#question-45"`) {
		t.Errorf("the search does not lead to the question:\n%s", html)
	}
}

func TestBriefsArePublicWhenThoseWhoHoldTheTalkWantIt(t *testing.T) {
	d := newRecord(t).kosovo()
	open := announced("announced", "2031-03-30")
	d.enter(record.TalkKind, "1", 0, record.Published, "SYNTHETIC", open)
	shut := announced("announced", "2031-04-30")
	shut.Briefs = false
	d.enter(record.TalkKind, "2", 0, record.Published, "SYNTHETIC", shut)
	h := d.handler()
	for path, status := range map[string]int{
		"talks/1/brief/kp_thbd": 200, "talks/1/brief/mpms": 200, "talks/1/brief/kgjk": 404, "talks/1/brief/none": 404, "talks/2/brief/kp_thbd": 404, "talks/3/brief/kp_thbd": 404,
	} {
		if r := get(t, h, "/en/"+path); r.StatusCode != status {
			t.Errorf("%s: %d, expected %d", path, r.StatusCode, status)
		}
	}
	html := body(t, get(t, h, "/en/talks/1/brief/mpms"))
	for _, want := range []string{"Ministry of Labour and Social Welfare", "What it answers for", "Others say", "As of: ", "What it said it would do", `href="/en/institutions/mpms"`, "/en/commitments/"} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if html := body(t, get(t, h, "/en/talks/2")); strings.Contains(html, "/brief/") {
		t.Error("a talk leads to a page of evidence that is not public")
	}
}

func TestATalkThatWasTakenBack(t *testing.T) {
	d := newRecord(t)
	d.enter(record.TalkKind, "1", 0, record.Published, "SYNTHETIC", announced("announced", "2031-03-30"))
	d.enter(record.TalkKind, "1", 1, record.Withdrawn, "SYNTHETIC reason", announced("announced", "2031-03-30"))
	h := d.handler()
	for _, ending := range []string{"", ".ics", ".json", "/poster", "/brief/kp_thbd"} {
		if r := get(t, h, "/en/talks/1"+ending); r.StatusCode != http.StatusGone {
			t.Errorf("talks/1%s: %d, expected %d", ending, r.StatusCode, http.StatusGone)
		}
	}
	if r := get(t, h, "/en/embed/talks/1"); r.StatusCode != http.StatusGone {
		t.Errorf("the box: %d", r.StatusCode)
	}
}

func TestTheBoxOfATalk(t *testing.T) {
	h := testHandler(t, nil)
	r := get(t, h, "/en/embed/talks/"+openTalk)
	if policy := r.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-ancestors *") {
		t.Errorf("others may not show it: %s", policy)
	}
	if html := body(t, r); strings.Contains(html, "<nav") || strings.Contains(html, "<script") {
		t.Errorf("the box has a navigation or a script:\n%s", html)
	}
	var told struct{ Title, HTML string }
	if err := json.Unmarshal([]byte(body(t, get(t, h, "/oembed?url=https%3A%2F%2Ffener.example%2Fen%2Ftalks%2F"+openTalk))), &told); err != nil ||
		told.Title != "SYNTHETIC What became of what was promised?" || !strings.Contains(told.HTML, "https://fener.example/en/embed/talks/"+openTalk) {
		t.Errorf("%+v, %v", told, err)
	}
	if r := get(t, h, "/oembed?url=https%3A%2F%2Ffener.example%2Fen%2Ftalks%2Fnone"); r.StatusCode != http.StatusNotFound {
		t.Errorf("%d for a talk that never was", r.StatusCode)
	}
}

// The poster of a site that does not know its address says so, and shows no code that leads nowhere.
func TestAPosterWithoutAnAddress(t *testing.T) {
	h := testHandler(t, func(c *page.Config) { c.Address = "" })
	html := body(t, get(t, h, "/en/talks/"+openTalk+"/poster"))
	if strings.Contains(html, `class="qr"`) || !strings.Contains(html, "does not know its own address") {
		t.Errorf("the poster:\n%s", html)
	}
	if strings.Contains(html, "Ministry of Justice") {
		t.Error("a poster names who declined to come")
	}
}

// A page of evidence sets beside a figure what others say of the same time in the same unit, and adds nothing up.
func TestABriefShowsWhereFiguresConflict(t *testing.T) {
	d := newRecord(t).kosovo()
	talk := announced("announced", "2031-03-30")
	talk.Guests = []record.Guest{{Speaker: record.Speaker{Institution: "government"}}}
	d.enter(record.TalkKind, "1", 0, record.Published, "SYNTHETIC", talk)
	source := d.id(record.SourceKind, "tip-2022")
	for id, o := range map[string]*record.Observation{
		"own":         {CountedBy: "Government of Kosovo", Value: record.Stated{Kind: record.Exact, Text: "4711", Low: "4711"}, Unit: "persons"},
		"other":       {CountedBy: "SYNTHETIC counter", Value: record.Stated{Kind: record.Exact, Text: "4712", Low: "4712"}, Unit: "persons"},
		"other-unit":  {CountedBy: "SYNTHETIC counter", Value: record.Stated{Kind: record.Exact, Text: "4713", Low: "4713"}, Unit: "cases"},
		"other-times": {CountedBy: "SYNTHETIC counter", Value: record.Stated{Kind: record.Exact, Text: "4714", Low: "4714"}, Unit: "persons"},
	} {
		o.Indicator, o.Place, o.From, o.To, o.Synthetic = "arrests_trafficking", "Kosovo", period.MustDate("2029"), period.MustDate("2029"), true
		if id == "other-times" {
			o.From, o.To = period.MustDate("2028"), period.MustDate("2028")
		}
		o.Citation = record.Citation{Source: source, Quote: "SYNTHETIC " + o.Value.Text}
		d.enter(record.ObservationKind, "synthetic-"+id, 0, record.Published, "SYNTHETIC", o)
	}
	html := body(t, get(t, d.handler(), "/en/talks/1/brief/government"))
	if !strings.Contains(html, "4711") || !strings.Contains(html, "4712 (SYNTHETIC counter)") {
		t.Error("what others say does not stand beside the figure")
	}
	for _, no := range []string{"4713", "4714"} {
		if strings.Contains(html, no) {
			t.Errorf("%s, of another unit or time, stands beside the figure", no)
		}
	}
}

// An address made of the words by which files name a talk leads to it, with whatever follows, also where the talk stands in no source.
func TestTalksAreFoundByTheirWords(t *testing.T) {
	d := newRecord(t)
	id := d.id(record.TalkKind, "synthetic-words")
	d.enter(record.TalkKind, id, 0, record.Published, "SYNTHETIC", announced("announced", "2031-03-30"))
	h := d.handler()
	for _, rest := range []string{"", ".ics", ".json", "/poster"} {
		r := get(t, h, "/sq/talks/synthetic-words"+rest)
		if to := r.Header.Get("Location"); r.StatusCode != http.StatusFound || to != "/sq/talks/"+id+rest {
			t.Errorf("talks/synthetic-words%s: %d to %q", rest, r.StatusCode, to)
		}
	}
}

// That the day of a talk has passed does not say that it was held.
func TestAPassedDayDoesNotSayThatATalkWasHeld(t *testing.T) {
	html := body(t, get(t, testHandler(t, nil), "/en/talks"))
	if !strings.Contains(html, "Announced; whether it was held is not known") {
		t.Error("no talk of the past, of which nobody says that it was held, says that this is not known")
	}
}
