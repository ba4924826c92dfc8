package node_test

import (
	"net/http"
	"testing"
)

// Nobody verifies, returns, publishes or withdraws anything but what they looked at: what was changed meanwhile is refused, and nothing is appended.
func TestWhatWasChangedMeanwhileIsNotVerified(t *testing.T) {
	h := newHouse(t, emptyFolder(t))
	ada := h.first()
	ben, cen := ada.invites("Ben Contributor", "contributor"), ada.invites("Cen Verifier", "verifier")
	ben.get("/en/desk/new/source")
	ben.press("Save and hand in", "title", "A report", "publisher", "A ministry", "kind", "report")
	at := ben.thing()
	change := func(title string) int {
		t.Helper()
		ben.get(at + "/edit")
		ben.press("Save and hand in", "title", title)
		ben.sees("Handed in")
		return len(historyOf(t, h, at))
	}
	refused := func(p *person, button string, n int, typed ...string) {
		t.Helper()
		p.press(button, typed...)
		if now := len(historyOf(t, h, at)); p.page.status != http.StatusConflict || now != n {
			t.Errorf("%s: %d, and %d entries were appended", button, p.page.status, now-n)
		}
		p.sees("Ben Contributor changed it", "after you opened it")
	}
	cen.get(at)
	refused(cen, "Verify it", change("A report of last year"))
	cen.get(at)
	refused(cen, "Return it with a note", change("A yearly report"), "why", "The title is wrong")
	ada.get(at)
	refused(ada, "Publish it", change("A report of the ministry"))
	ada.get(at)
	ada.press("Publish it") // the page that shows what becomes public
	refused(ada, "Make it public", change("Another report"))
	ada.get(at)
	refused(ada, "Withdraw it", change("Again another report"), "why", "It is not ours")
	cen.get(at)
	cen.press("Verify it")
	cen.sees("It was verified", "Again another report")
}
