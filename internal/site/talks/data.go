package talks

import (
	"strconv"
	"strings"
	"time"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/internal/talk"
	"fener/period"
)

// TalkEntry is a talk in a list.
type TalkEntry struct {
	ID        string      `json:"id"`
	Series    string      `json:"series,omitempty"`
	Names     shown.Names `json:"names"`
	Summary   shown.Names `json:"summary,omitzero"`
	Stage     string      `json:"stage"`
	Pending   bool        `json:"no_new_time,omitempty"` // it was put off, and no new time is on record
	Day       period.Date `json:"day,omitzero"`
	Begins    string      `json:"begins,omitempty"`
	Ends      string      `json:"ends,omitempty"`
	Zone      string      `json:"zone,omitempty"`
	Starts    string      `json:"starts,omitempty"` // with the distance of its clock from universal time
	Place     string      `json:"place,omitempty"`
	Revision  int         `json:"revision"`
	Changed   string      `json:"changed"`
	Synthetic bool        `json:"synthetic,omitempty"`
	Path      string      `json:"path"`
}

func entryOf(t *reads.Talk) TalkEntry {
	e := TalkEntry{ID: t.ID, Series: t.Series, Names: shown.RecordNames(t.Names), Summary: shown.RecordNames(t.Summary), Stage: t.Stage, Pending: t.Course.Pending, Day: t.Day, Begins: t.Begins,
		Ends: t.Ends, Zone: t.Zone, Place: t.Place.Address, Revision: t.Revision, Changed: t.Changed.UTC().Format(time.RFC3339), Synthetic: t.Synthetic, Path: shown.TalkPath(t.ID)}
	if begins, _ := t.Course.Now.At(); !begins.IsZero() {
		e.Starts = begins.Format(time.RFC3339)
	}
	return e
}

// TalksDocument lists the talks, the latest day first, in parts.
type TalksDocument struct {
	page.Head
	page.List
	Talks []TalkEntry `json:"talks"`
}

// Sheet is the talks as rows.
func (d *TalksDocument) Sheet() *page.Sheet {
	s := &page.Sheet{Columns: []string{"talk", "series", "name_sq", "name_sr", "name_en", "stage", "no_new_time", "day", "begins", "ends", "zone", "starts", "place", "revision", "changed", "path"}}
	for _, t := range d.Talks {
		s.Rows = append(s.Rows, []string{t.ID, t.Series, t.Names.SQ, t.Names.SR, t.Names.EN, t.Stage, strconv.FormatBool(t.Pending), t.Day.String(), t.Begins, t.Ends, t.Zone, t.Starts, t.Place,
			strconv.Itoa(t.Revision), t.Changed, t.Path})
	}
	return s
}

func talksData(r *page.Request) (*TalksDocument, error) {
	window, err := r.Paging()
	if err != nil {
		return nil, err
	}
	list, _, err := chosen(r)
	if err != nil {
		return nil, err
	}
	d := &TalksDocument{Head: r.Head("talks"), List: r.List(len(list), window.Offset, window.Limit), Talks: []TalkEntry{}}
	for _, t := range page.Part(list, window.Offset, window.Limit) {
		d.Talks = append(d.Talks, entryOf(t))
	}
	return d, nil
}

// talksWhole sends every talk that the address chooses.
func talksWhole(r *page.Request, send func(*page.Sheet) error) error {
	list, _, err := chosen(r)
	if err != nil {
		return err
	}
	return page.PartsOf(list, func(part []*reads.Talk) (*page.Sheet, error) {
		d := TalksDocument{}
		for _, t := range part {
			d.Talks = append(d.Talks, entryOf(t))
		}
		return d.Sheet(), nil
	}, send)
}

// Question is a question with its answers.
type Question struct {
	ID string `json:"id"`
	*record.Question
	Answers []Answer `json:"answers"`
	Path    string   `json:"path"`
}

// Answer is what was answered.
type Answer struct {
	ID string `json:"id"`
	*record.Answer
}

// TalkDocument is one talk with everything that is on record of it.
type TalkDocument struct {
	page.Head
	Talk      TalkEntry    `json:"talk"`
	Record    *record.Talk `json:"record"`
	Before    *Time        `json:"announced_before,omitempty"` // the time for which it was announced before
	Questions []Question   `json:"questions"`
}

// Time is when a talk was to be held.
type Time struct {
	Day    period.Date `json:"day"`
	Begins string      `json:"begins,omitempty"`
	Zone   string      `json:"zone,omitempty"`
}

func talkData(r *page.Request) (*TalkDocument, error) {
	t, err := one(r, "talk")
	if err != nil {
		return nil, err
	}
	d := &TalkDocument{Head: r.Head("talk"), Talk: entryOf(t), Record: t.Talk, Questions: []Question{}}
	if before := t.Course.Before; before != (talk.When{}) {
		d.Before = &Time{before.Day, before.Begins, before.Zone}
	}
	list, err := reads.QuestionsOf(r, t.ID)
	if err != nil {
		return nil, err
	}
	for _, q := range list {
		one := Question{ID: q.ID, Question: q.Question, Answers: []Answer{}, Path: shown.QuestionPath(list, q)}
		for _, a := range q.Answers {
			one.Answers = append(one.Answers, Answer(a))
		}
		d.Questions = append(d.Questions, one)
	}
	return d, nil
}

// talksCalendar is the calendar of the talks that the address chooses, to be subscribed to.
func talksCalendar(r *page.Request) ([]byte, error) {
	list, _, err := chosen(r)
	if err != nil {
		return nil, err
	}
	of := talk.Feed{Lang: r.Lang.BCP47(), Name: "Fener: " + r.T("talks.title"), URL: r.Absolute(r.URL("talks"))}
	if series := r.Query.Get("series"); series != "" {
		of.Name = series
	}
	entries := make([]talk.Entry, 0, len(list))
	for _, t := range list {
		entries = append(entries, calendarEntry(r, t))
	}
	return talk.Calendar(of, entries)
}

// talkCalendar is one talk, to be put into a calendar.
func talkCalendar(r *page.Request) ([]byte, error) {
	t, err := one(r, "talk")
	if err != nil {
		return nil, err
	}
	e := calendarEntry(r, t)
	if !e.Has() {
		return nil, page.NotFoundf("no day of talk %q is on record: a calendar has no place for it", t.ID)
	}
	return talk.Calendar(talk.Feed{Lang: r.Lang.BCP47()}, []talk.Entry{e})
}

// calendarEntry is a talk as calendars are told of it in the page's language. What everyone must know before they set out stands first.
func calendarEntry(r *page.Request, t *reads.Talk) talk.Entry {
	e := talk.Entry{UID: strings.TrimPrefix(page.FeedID("talk", t.ID), "urn:uuid:"), Stage: t.Stage, Course: t.Course, Revision: t.Revision, Changed: t.Changed, Summary: title(r.Lang, t),
		URL: page.WebAddress(r.Absolute(r.URL(shown.TalkPath(t.ID))))}
	if t.Stage == "cancelled" || t.Course.Pending {
		e.Summary = shown.StageName(r, t) + ": " + e.Summary
	}
	summary, _ := t.Summary.In(r.Lang)
	where, _ := t.Place.Names.In(r.Lang)
	e.Location = joined(", ", where, t.Place.Address)
	spoken := ""
	if len(t.Spoken) > 0 {
		spoken = r.T("talks.spoken") + ": " + shown.LanguageNames(r, t.Spoken)
	}
	synthetic := ""
	if t.Synthetic {
		synthetic = "SYNTHETIC"
	}
	e.Description = joined("\n\n", synthetic, joined(" ", notes(r, t)...), summary, spoken, e.URL)
	e.Categories = []string{t.Series, r.T("talks.category")}
	return e
}

// joined are the texts that are not empty, with something between them.
func joined(between string, texts ...string) string {
	var list []string
	for _, text := range texts {
		if text != "" {
			list = append(list, text)
		}
	}
	return strings.Join(list, between)
}
