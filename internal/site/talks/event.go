package talks

import (
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"time"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/internal/talk"
)

// Event is a talk as search engines read it (https://schema.org/Event). What is not known is left out.
type Event struct {
	Context     string        `json:"@context"`
	Type        string        `json:"@type"`
	Name        string        `json:"name"`
	Description string        `json:"description,omitempty"`
	URL         string        `json:"url,omitempty"`
	Image       string        `json:"image,omitempty"`
	Start       string        `json:"startDate,omitempty"`
	End         string        `json:"endDate,omitempty"`
	Previous    string        `json:"previousStartDate,omitempty"`
	Status      string        `json:"eventStatus"`
	Attendance  string        `json:"eventAttendanceMode,omitempty"`
	Location    *Place        `json:"location,omitempty"`
	Performers  []Participant `json:"performer,omitempty"`
	Sponsors    []Participant `json:"sponsor,omitempty"`
	Languages   []string      `json:"inLanguage,omitempty"`
	Series      *EventSeries  `json:"superEvent,omitempty"`
}

// Place is where an event is held.
type Place struct {
	Type    string `json:"@type"`
	Name    string `json:"name,omitempty"`
	Address string `json:"address,omitempty"`
}

// Participant is a person or an organization with a part in an event.
type Participant struct {
	Type  string       `json:"@type"`
	Name  string       `json:"name"`
	Title string       `json:"jobTitle,omitempty"`
	Of    *Participant `json:"affiliation,omitempty"`
}

// EventSeries is what an event belongs to.
type EventSeries struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

// eventOf is a talk as search engines read it.
func eventOf(r *page.Request, t *reads.Talk) (template.JS, error) {
	b, err := json.Marshal(newEvent(r, t)) // it escapes <, > and &, so that nothing in it can end the element
	if err != nil {
		return "", fmt.Errorf("writing what search engines read of talk %q: %w", t.ID, err)
	}
	return template.JS(b), nil
}

func newEvent(r *page.Request, t *reads.Talk) Event {
	e := Event{Context: "https://schema.org", Type: "Event", Name: title(r.Lang, t), URL: r.Absolute(r.URL(shown.TalkPath(t.ID))), Status: eventStatus(t)}
	e.Description, _ = t.Summary.In(r.Lang)
	if p := pictureOf(r, t); p != nil {
		e.Image = r.Absolute(p.Address)
	}
	e.Start, e.End = eventTimes(t.Course.Shown())
	if e.Status == eventRescheduled {
		e.Previous, _ = eventTimes(t.Course.Before)
	}
	if name, _ := t.Place.Names.In(r.Lang); name != "" || t.Place.Address != "" {
		e.Attendance = "https://schema.org/OfflineEventAttendanceMode"
		e.Location = &Place{"Place", name, t.Place.Address}
	}
	for i := range t.Guests {
		if p := performer(r, &t.Guests[i]); p != nil {
			e.Performers = append(e.Performers, *p)
		}
	}
	for _, s := range t.Supporters {
		e.Sponsors = append(e.Sponsors, Participant{Type: "Organization", Name: shown.InstitutionNamed(r, s.Name).Text})
	}
	e.Languages = slices.DeleteFunc(slices.Clone(t.Spoken), func(l string) bool { return l == "other" })
	if t.Series != "" {
		e.Series = &EventSeries{"EventSeries", t.Series}
	}
	return e
}

const eventRescheduled = "https://schema.org/EventRescheduled"

// eventStatus is the stage of a talk among the states that schema.org knows.
func eventStatus(t *reads.Talk) string {
	switch {
	case t.Stage == "cancelled":
		return "https://schema.org/EventCancelled"
	case t.Course.Pending:
		return "https://schema.org/EventPostponed"
	case t.Course.Before.OnDay():
		return eventRescheduled
	}
	return "https://schema.org/EventScheduled"
}

// eventTimes are a begin and an end with the distance from universal time, or a day alone.
func eventTimes(w talk.When) (start, end string) {
	begins, ends := w.At()
	if begins.IsZero() {
		return w.Day.String(), ""
	}
	if !ends.IsZero() {
		end = ends.Format(time.RFC3339)
	}
	return begins.Format(time.RFC3339), end
}

// performer is a guest who is to speak or spoke; nil for one who does not come, or of whom that is not known.
func performer(r *page.Request, g *record.Guest) *Participant {
	if g.Answer != "accepted" && g.Answer != "came" {
		return nil
	}
	var of *Participant
	if name := shown.InstitutionNamed(r, g.Institution).Text; name != "" {
		of = &Participant{Type: "Organization", Name: name}
	}
	if g.Name == "" {
		return of
	}
	p := &Participant{Type: "Person", Name: g.Name, Of: of}
	p.Title, _ = g.Role.In(r.Lang)
	return p
}
