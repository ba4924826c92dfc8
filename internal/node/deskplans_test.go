package node_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"fener/internal/node"
	"fener/internal/record"
)

// holds enters a source and holds it back until a day and a time.
func (p *person) holds(title, day, clock string) (path string) {
	p.t.Helper()
	p.get("/en/desk/new/source")
	p.press("Save as a draft", "title", title, "publisher", "A ministry", "note", "SYNTHETIC")
	path = p.thing()
	p.press("Publish it")
	p.press("Make it public", "day", day, "time", clock)
	return path
}

// What is held back until a time becomes public by itself when its time has come, and not before; what was changed meanwhile, or whose editor may not publish any
// more, does not, and the desk says so.
func TestWhatIsHeldBackBecomesPublicAtItsTime(t *testing.T) {
	h := newHouse(t, emptyFolder(t))
	ada := h.first()
	eve := ada.invites("Eve Editor", "editor")
	zone, err := time.LoadLocation("Europe/Belgrade")
	if err != nil {
		t.Fatal(err)
	}
	soon := h.clock.now().Add(90 * time.Minute).In(zone)
	day, clock := soon.Format(time.DateOnly), soon.Format("15:04")
	state := func(at string) record.State {
		list := historyOf(t, h, at)
		return list[len(list)-1].State
	}
	for what, of := range map[string][2]string{"a day that is over": {"2001-01-01", ""}, "no day": {"tomorrow", "09:00"}, "no time": {"2199-01-01", "noon"}} {
		at := ada.holds("A report, "+what, of[0], of[1])
		if ada.page.status != http.StatusUnprocessableEntity || state(at) != record.Draft {
			t.Errorf("%s: %d, %s", what, ada.page.status, state(at))
		}
		ada.sees("This is no day and time to come")
	}
	kept := ada.holds("A report that is kept", day, clock)
	ada.sees("It is held back until its time", "Held back until")
	if form, _ := find(ada.page.root, "Publish it"); form != nil {
		t.Error("what is held back can be published")
	}
	changed := ada.holds("A report that is changed", day, clock)
	gone := eve.holds("A report of one who goes", day, clock)
	publish := func() {
		t.Helper()
		if err := node.PublishDueNow(h.n, t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if publish(); state(kept) != record.Draft {
		t.Fatal("it became public before its time")
	}
	ada.get(changed + "/edit")
	ada.press("Save as a draft", "publisher", "Another ministry")
	ada.get("/en/desk/people")
	ada.press("End this account")
	h.clock.add(2 * time.Hour)
	publish()
	if state(kept) != record.Published {
		t.Error("it did not become public at its time")
	}
	ada.signsIn()
	for at, says := range map[string]string{changed: "was changed before", gone: "may not publish any more"} {
		if state(at) == record.Published {
			t.Errorf("%s became public", at)
		}
		ada.get(at)
		ada.sees("It did not become public on", says)
	}
	ada.get("/en/desk/")
	ada.sees("Held back until a time", "A report that is changed")
	ada.get(changed)
	ada.press("End the embargo")
	ada.sees("The embargo is ended", "Publish it")
	ada.get(kept)
	if strings.Contains(text(ada.page.root), "Held back") {
		t.Error("what is public is still called held back")
	}
}

// Somebody writes down by when a thing is to be done; what is late heads the desk until it is public.
func TestWhatIsLateHeadsTheDesk(t *testing.T) {
	h := newHouse(t, emptyFolder(t))
	ada := h.first()
	ada.get("/en/desk/new/source")
	ada.press("Save as a draft", "title", "A late report", "publisher", "A ministry")
	at := ada.thing()
	ada.press("Write it down", "due", "soon")
	ada.sees("This is no day")
	ada.get(at)
	ada.press("Write it down", "due", "2099-03-04")
	ada.sees("The day was written down", "To be done by 4 March 2099")
	ada.get("/en/desk/")
	ada.sees("To be done by a day", "A late report")
	ada.get(at)
	ada.press("Write it down", "due", "2001-03-04")
	ada.get("/en/desk/")
	ada.sees("Overdue", "4 March 2001")
	ada.get(at)
	ada.press("Publish it")
	ada.press("Make it public")
	if ada.get("/en/desk/"); strings.Contains(text(ada.page.root), "Overdue") {
		t.Error("what is public is overdue")
	}
}
