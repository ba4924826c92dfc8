package talk

import (
	"bytes"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"fener/internal/record"
	"fener/period"
)

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateComparable(period.Date{})); diff != "" {
		t.Errorf("%s (- expected, + got):\n%s", what, diff)
	}
}

// revision is a revision of a talk: its stage, day, hour and zone.
func revision(stage, day, begins, ends, zone string) *record.Talk {
	t := &record.Talk{Stage: stage, Begins: begins, Ends: ends, Zone: zone}
	if day != "" {
		t.Day = period.MustDate(day)
	}
	return t
}

const belgrade = "Europe/Belgrade"

func entryOn(day, begins, ends string) Entry {
	return Entry{UID: "1", Stage: "announced", Course: CourseOf([]*record.Talk{revision("announced", day, begins, ends, belgrade)}), Revision: 1,
		Changed: time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC), Summary: "SYNTHETIC"}
}

// course is a talk with what a calendar has to say of it.
type course struct {
	name         string
	revisions    []*record.Talk
	starts, ends string // in universal time
	status       string
	summary      string
	about        string
}

var courses = []course{
	{"the last evening before summer time", []*record.Talk{revision("announced", "2027-03-27", "18:00", "20:00", belgrade)}, "2027-03-27T17:00:00Z", "2027-03-27T19:00:00Z", "CONFIRMED", "", ""},
	{"the evening of the day on which summer time begins", []*record.Talk{revision("open", "2027-03-28", "18:00", "20:00", belgrade)}, "2027-03-28T16:00:00Z", "2027-03-28T18:00:00Z", "CONFIRMED", "", ""},
	{"over the night in which summer time begins", []*record.Talk{revision("open", "2027-03-27", "23:00", "03:30", belgrade)}, "2027-03-27T22:00:00Z", "2027-03-28T01:30:00Z", "CONFIRMED", "", ""},
	{"the evening of the day on which summer time ends", []*record.Talk{revision("held", "2026-10-25", "18:00", "", belgrade)}, "2026-10-25T17:00:00Z", "", "CONFIRMED", "", ""},
	{"the evening before, in summer time still", []*record.Talk{revision("held", "2026-10-24", "18:00", "", belgrade)}, "2026-10-24T16:00:00Z", "", "CONFIRMED", "", ""},
	{"a zone whose clocks never change", []*record.Talk{revision("announced", "2027-01-15", "18:00", "19:30", "Asia/Kolkata")}, "2027-01-15T12:30:00Z", "2027-01-15T14:00:00Z", "CONFIRMED", "", ""},
	{"a day without an hour", []*record.Talk{revision("announced", "2027-05-04", "", "", "")}, "2027-05-04", "", "CONFIRMED", "", ""},
	{"put off, and the old day still on record", []*record.Talk{revision("announced", "2027-02-01", "18:00", "", belgrade), revision("postponed", "2027-02-01", "18:00", "", belgrade)},
		"2027-02-01T17:00:00Z", "", "TENTATIVE", "", ""},
	{"put off, and the old day taken away", []*record.Talk{revision("announced", "2027-02-01", "18:00", "", belgrade), revision("postponed", "", "", "", belgrade)},
		"2027-02-01T17:00:00Z", "", "TENTATIVE", "", ""},
	{"put off to a new day", []*record.Talk{revision("announced", "2027-02-01", "18:00", "", belgrade), revision("postponed", "2027-08-02", "18:00", "", belgrade)},
		"2027-08-02T16:00:00Z", "", "CONFIRMED", "", ""},
	{"put off, and announced again", []*record.Talk{revision("announced", "2027-02-01", "18:00", "", belgrade), revision("postponed", "", "", "", ""), revision("announced", "2027-08-02", "19:00", "", belgrade)},
		"2027-08-02T17:00:00Z", "", "CONFIRMED", "", ""},
	{"called off", []*record.Talk{revision("announced", "2027-02-01", "18:00", "", belgrade), revision("cancelled", "2027-02-01", "18:00", "", belgrade)},
		"2027-02-01T17:00:00Z", "", "CANCELLED", "", ""},
	{"commas, semicolons, backslashes and lines", []*record.Talk{revision("announced", "2027-02-01", "18:00", "", belgrade)}, "2027-02-01T17:00:00Z", "", "CONFIRMED",
		`Law, courts; and "care": who answers?`, "First line, second; third\\fourth.\n\nA new paragraph: 5 \\n is no line."},
	{"long lines in Cyrillic", []*record.Talk{revision("announced", "2027-02-01", "18:00", "", belgrade)}, "2027-02-01T17:00:00Z", "", "CONFIRMED",
		"Трговина људима: шта закон тражи, а шта судови изричу; разговор о пресудама и о ономе што је обећано", strings.Repeat("Ђорђе Ђ и љубав према џемперима. ", 20) + "Ë ç"},
	{"one word that is longer than a line", []*record.Talk{revision("announced", "2027-02-01", "18:00", "", belgrade)}, "2027-02-01T17:00:00Z", "", "CONFIRMED", strings.Repeat("љ", 200), ""},
	{"no day at all", []*record.Talk{revision("announced", "2027-02", "", "", "")}, "", "", "", "", ""},
}

func (c *course) entry() Entry {
	last := c.revisions[len(c.revisions)-1]
	e := Entry{UID: c.name, Stage: last.Stage, Course: CourseOf(c.revisions), Revision: len(c.revisions), Changed: time.Date(2026, 11, 1, 12, 30, 0, 0, time.UTC), Summary: c.summary,
		Description: c.about, Location: "Kino Armata, Prishtinë; kati i parë", URL: "https://fener.example/en/talks/1", Categories: []string{"Small talk, big issues", "talk"}}
	if e.Summary == "" {
		e.Summary = "SYNTHETIC: " + c.name
	}
	return e
}

func TestCalendar(t *testing.T) {
	for i := range courses {
		row := &courses[i]
		t.Run(row.name, func(t *testing.T) {
			e := row.entry()
			b, err := Calendar(Feed{Lang: "en"}, []Entry{e})
			if err != nil {
				t.Fatal(err)
			}
			wellFormed(t, b)
			cal, err := ics.ParseCalendar(bytes.NewReader(b))
			if err != nil {
				t.Fatal(err)
			}
			if row.starts == "" {
				if n := len(cal.Events()); n != 0 {
					t.Errorf("%d events of a talk without a day", n)
				}
				return
			}
			event := cal.Events()[0]
			value := func(p ics.ComponentProperty) string {
				if at := event.GetProperty(p); at != nil {
					return at.Value
				}
				return ""
			}
			same(t, "status", value(ics.ComponentPropertyStatus), row.status)
			same(t, "summary", value(ics.ComponentPropertySummary), e.Summary)
			same(t, "description", value(ics.ComponentPropertyDescription), e.Description)
			same(t, "location", value(ics.ComponentPropertyLocation), e.Location)
			at, ends := e.Course.Shown().At()
			if at.IsZero() {
				same(t, "the day", value(ics.ComponentPropertyDtStart), strings.ReplaceAll(row.starts, "-", ""))
				return
			}
			same(t, "begins", at.UTC().Format("2006-01-02T15:04:05Z"), row.starts)
			same(t, "on the clock", value(ics.ComponentPropertyDtStart), at.Format(onClock))
			if (row.ends == "") != ends.IsZero() || !ends.IsZero() && ends.UTC().Format("2006-01-02T15:04:05Z") != row.ends {
				t.Errorf("ends %s, expected %q", ends.UTC(), row.ends)
			}
		})
	}
}

// wellFormed holds what RFC 5545 asks of every line.
func wellFormed(t *testing.T, b []byte) {
	t.Helper()
	text := string(b)
	if strings.Count(text, "\n") != strings.Count(text, "\r\n") {
		t.Error("a line does not end in CR LF")
	}
	for line := range strings.SplitSeq(text, "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line of %d octets, expected 75 at most: %s", len(line), line)
		}
	}
	if !strings.HasPrefix(text, "BEGIN:VCALENDAR\r\n") || !strings.HasSuffix(text, "END:VCALENDAR\r\n") {
		t.Error("the calendar does not stand in BEGIN and END")
	}
}

func TestTheSameRecordGivesTheSameCalendar(t *testing.T) {
	e := courses[0].entry()
	first, err := Calendar(Feed{Lang: "en"}, []Entry{e})
	if err != nil {
		t.Fatal(err)
	}
	again, err := Calendar(Feed{Lang: "en"}, []Entry{e})
	if err != nil || !bytes.Equal(first, again) {
		t.Errorf("%v\n%s\n%s", err, first, again)
	}
	for _, want := range []string{"SEQUENCE:0\r\n", "LAST-MODIFIED:20261101T123000Z\r\n", "DTSTAMP:20261101T123000Z\r\n"} {
		if !strings.Contains(string(first), want) {
			t.Errorf("no %q in\n%s", want, first)
		}
	}
}

func TestAnEmptyCalendarIsOne(t *testing.T) {
	b, err := Calendar(Feed{Lang: "en", Name: "Talks", URL: "https://fener.example/en/talks"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	wellFormed(t, b)
	for _, want := range []string{"BEGIN:VTIMEZONE", "TZID:Etc/UTC", "REFRESH-INTERVAL;VALUE=DURATION:PT1H"} {
		if !strings.Contains(string(b), want) {
			t.Errorf("no %q in\n%s", want, b)
		}
	}
}

func TestNoControlCharacterReachesACalendar(t *testing.T) {
	e := entryOn("2027-02-01", "18:00", "")
	e.Summary, e.Description = "a\x00b\x1bc\r\nBEGIN:VEVENT", "one\rtwo\u0085three\xff"
	b, err := Calendar(Feed{Lang: "en"}, []Entry{e})
	if err != nil {
		t.Fatal(err)
	}
	wellFormed(t, b)
	if n := strings.Count(string(b), "\r\nBEGIN:VEVENT\r\n"); n != 1 {
		t.Errorf("%d events, expected one:\n%s", n, b)
	}
	if strings.ContainsAny(string(b), "\x00\x1b") {
		t.Errorf("a control character in\n%q", b)
	}
}

func TestAnHourWithoutAZoneIsNoTime(t *testing.T) {
	e := entryOn("2027-02-01", "18:00", "")
	e.Course.Now.Zone = "Europe/Pristina" // is none; the time is then not known, and the day is
	b, err := Calendar(Feed{Lang: "en"}, []Entry{e})
	if err != nil || !strings.Contains(string(b), "DTSTART;VALUE=DATE:20270201") {
		t.Errorf("%v\n%s", err, b)
	}
}
