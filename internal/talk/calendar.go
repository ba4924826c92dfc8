package talk

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	ics "github.com/arran4/golang-ical"
)

// Entry is a talk as calendars are told of it. Its texts are in one language and ready to be read; empty ones are left out.
type Entry struct {
	UID         string // stays the same through all changes, in every language
	Stage       string // see record.TalkStages
	Course      Course
	Revision    int       // how many revisions are public, from 1
	Changed     time.Time // when the last of them was entered
	Summary     string
	Description string
	Location    string
	URL         string
	Categories  []string
}

// Feed is what a calendar says of itself.
type Feed struct {
	Lang string // BCP 47, of all its texts
	Name string // empty for the file of a single talk, which is no calendar of its own
	URL  string
}

// Has reports whether an entry has a place in a calendar: a day is known, if only the one it was put off from.
func (e *Entry) Has() bool { return e.Course.Shown().OnDay() }

// Calendar writes talks as iCalendar (RFC 5545). Entries without a day are left out, since a calendar has no place for them.
//
// Each time stands on the clock of its zone, with the zone's changes of clock over the years that the calendar needs (VTIMEZONE), so that no program has to
// know the zone. A talk that was put off without a new day stays under its old one as tentative, and one that was called off as cancelled: whoever has it
// in a calendar learns of it. SEQUENCE and LAST-MODIFIED come from the revisions on record, so that the same record gives the same bytes.
func Calendar(of Feed, entries []Entry) ([]byte, error) {
	cal := ics.NewCalendarFor("Fener")
	cal.SetVersion("2.0")
	cal.SetProductId("-//Fener//Talks//EN")
	cal.SetCalscale("GREGORIAN")
	cal.SetMethod(ics.MethodPublish)
	if of.Name != "" {
		language := &ics.KeyValues{Key: "LANGUAGE", Value: []string{of.Lang}}
		cal.SetName(plain(of.Name), language)
		cal.SetUrl(of.URL)
		cal.SetRefreshInterval("PT1H") // RFC 7986
		cal.SetXPublishedTTL("PT1H")   // the same for programs from before it
	}
	kept := slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool { return !e.Has() })
	if err := addZones(cal, kept); err != nil {
		return nil, err
	}
	for i := range kept {
		addEvent(cal, of.Lang, &kept[i])
	}
	var b bytes.Buffer
	if err := cal.SerializeTo(&b, ics.WithNewLine("\r\n")); err != nil {
		return nil, fmt.Errorf("writing a calendar: %w", err)
	}
	return b.Bytes(), nil
}

func addEvent(cal *ics.Calendar, lang string, e *Entry) {
	language := &ics.KeyValues{Key: "LANGUAGE", Value: []string{lang}}
	event := cal.AddEvent(e.UID)
	event.SetDtStampTime(e.Changed)
	event.SetLastModifiedAt(e.Changed)
	event.SetSequence(max(e.Revision-1, 0))
	event.SetStatus(status(e))
	addTimes(event, e.Course.Shown())
	for _, text := range []struct {
		property ics.ComponentProperty
		value    string
	}{{ics.ComponentPropertySummary, e.Summary}, {ics.ComponentPropertyDescription, e.Description}, {ics.ComponentPropertyLocation, e.Location}} {
		if value := plain(text.value); value != "" {
			event.SetProperty(text.property, value, language)
		}
	}
	if e.URL != "" {
		event.SetURL(e.URL)
	}
	for _, c := range e.Categories {
		if c = plain(c); c != "" {
			event.AddCategory(c, language)
		}
	}
	if e.Course.Pending || e.Stage == "cancelled" { // nobody's time is taken by what is not held then
		event.SetTimeTransparency(ics.TransparencyTransparent)
	}
}

// status is the status of a talk among those that calendars know.
func status(e *Entry) ics.ObjectStatus {
	switch {
	case e.Stage == "cancelled":
		return ics.ObjectStatusCancelled
	case e.Course.Pending:
		return ics.ObjectStatusTentative
	}
	return ics.ObjectStatusConfirmed
}

const (
	onClock = "20060102T150405"
	onDay   = "20060102"
)

// addTimes writes when it is: with the clock of its zone, or as a whole day where the hour is not known. An end that is not known is not made up.
func addTimes(event *ics.VEvent, w When) {
	begins, ends := w.At()
	if begins.IsZero() {
		event.SetProperty(ics.ComponentPropertyDtStart, w.Day.Time().Format(onDay), ics.WithValue("DATE"))
		return
	}
	event.SetProperty(ics.ComponentPropertyDtStart, begins.Format(onClock), ics.WithTZID(w.Zone))
	if !ends.IsZero() {
		event.SetProperty(ics.ComponentPropertyDtEnd, ends.Format(onClock), ics.WithTZID(w.Zone))
	}
}

// plain is a text as calendars may hold it: lines end alike, and no other control character stands in it.
func plain(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.Map(func(c rune) rune {
		switch {
		case c == '\r':
			return '\n'
		case c != '\n' && unicode.IsControl(c):
			return ' '
		}
		return c
	}, strings.ToValidUTF8(text, "\uFFFD"))
	return strings.TrimSpace(text)
}
