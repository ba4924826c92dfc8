package node_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// linkTo is where the link of these words leads.
func (p *person) linkTo(words string) string {
	p.t.Helper()
	for n := range p.page.root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "a" && strings.TrimSpace(plain(text(n))) == words {
			return attr(n, "href")
		}
	}
	p.t.Fatalf("%s: no link %q at %s:\n%s", p.name, words, p.page.at, squeezed(text(p.page.root)))
	return ""
}

// signsIn comes in again after a session has ended.
func (p *person) signsIn() {
	p.t.Helper()
	p.get("/en/desk/signin")
	p.press("Sign in", "login", strings.ToLower(strings.Fields(p.name)[0]), "password", password, "code", p.code())
	p.get("/en/desk/")
	p.sees("Signed in as " + p.name)
}

// makesPublic hands a thing in, lets somebody else verify it, and publishes it.
func (p *person) makesPublic(verifier *person) (path string) {
	p.t.Helper()
	p.sees("Handed in")
	path = p.thing()
	verifier.get(path)
	if form, _ := find(verifier.page.root, "Verify it"); form != nil {
		verifier.press("Verify it")
	}
	p.get(path)
	p.press("Publish it")
	p.press("Make it public")
	p.sees("It is public")
	return path
}

// What was promised at a talk becomes a commitment, falls overdue, is replied to, and evidence that a second person confirmed says what became of it. A later date takes
// nothing from the first.
func TestAPromiseFromTheTalkToItsEvidence(t *testing.T) {
	h := newHouse(t, emptyFolder(t))
	reader := h.browser("a reader")
	followAPromise(t, h, func(path string, words ...string) {
		t.Helper()
		reader.get(path)
		reader.sees(words...)
	})
}

// followAPromise goes from the announcement to the evidence; look is how a reader looks at each step.
func followAPromise(t *testing.T, h *house, look func(path string, words ...string)) {
	t.Helper()
	ada := h.first()
	mod, ver := ada.invites("Mo Moderator", "moderator", "editor"), ada.invites("Vera Verifier", "verifier")
	ada.get("/en/desk/rule")
	ada.press("From now on, two people")

	mod.get("/en/desk/new/institution")
	mod.press("Save and hand in", "names.en", "Ministry of Lanterns", "type", "ministry")
	mod.makesPublic(ver)
	ministry := mod.id()
	mod.get("/en/desk/new/source")
	mod.press("Save and hand in", "title", "Recording of the talk", "kind", "other", "published", "2026-11-01")
	source := mod.id()
	mod.get("/en/desk/new/talk")
	mod.press("Save and hand in", "names.en", "Talking about shelters", "day", "2026-11-01", "stage", "open", "guests.0.name", "Guest One", "guests.0.institution", ministry)
	mod.makesPublic(ver)
	path := "/talks/" + mod.id()
	h.browser("a reader").asks(path, "When will the shelter have its money?")
	mod.get("/en/desk" + path)
	mod.sees("The evidence, one page for each institution", "Readers do not see these pages")
	mod.get(mod.linkTo("Ministry of Lanterns"))
	mod.sees("Ministry of Lanterns", "Talking about shelters")
	if mod.page.status != http.StatusOK {
		t.Errorf("the evidence at the desk: %d", mod.page.status)
	}
	closed := h.browser("a reader")
	if closed.get("/en" + path + "/brief/" + ministry); closed.page.status != http.StatusNotFound {
		t.Errorf("a reader sees the evidence before it is public: %d", closed.page.status)
	}
	mod.get("/en/desk" + path)
	mod.press("Let it in")
	mod.get("/en/desk" + path + "/answers")
	mod.press("Publish the answer", "given", "promised", "by", "0", "en", "By the end of the month.")

	mod.get(mod.linkTo("Make a commitment of it"))
	due := h.clock.now().AddDate(0, 0, 3)
	mod.press("Save and hand in", "what.en", "The shelter is paid", "by", due.Format(time.DateOnly), "citation.source", source, "citation.quote", "it will be paid within days")
	mod.sees("Ministry of Lanterns")
	commitment := mod.makesPublic(ver)
	id := commitment[strings.LastIndex(commitment, "/")+1:]
	public := "/en/commitments/" + id
	h.publicAt(t, public, "The shelter is paid")
	look(public, "Not due yet", "it will be paid within days")

	// The day passes.
	h.clock.add(10 * 24 * time.Hour)
	for _, p := range []*person{ada, mod, ver} { // sessions have ended meanwhile
		p.signsIn()
	}
	look(public, "Overdue")

	// A later date stands beside the first and changes nothing.
	mod.get(commitment + "/edit")
	mod.press("Add: Later date")
	mod.press("Save and hand in", "later.0.by", "2027-06-30", "later.0.citation.source", source, "later.0.citation.quote", "rather by the summer")
	mod.makesPublic(ver)
	h.publicAt(t, public, "rather by the summer")
	look(public, "Overdue", "30 June 2027")

	// The institution replies.
	inst := ada.invitesFor(ministry, "Ivo Institution", "institution")
	inst.get("/en/desk/new/reply")
	inst.press("Save and hand in", "about", "commitment", "id", id, "says", "under_way", "text", "The payment is being prepared.", "language", "en", "date", h.clock.now().Format(time.DateOnly))
	inst.sees("Handed in")
	reply := inst.thing()
	mod.get(reply)
	mod.press("Publish it")
	mod.press("Make it public")
	h.publicAt(t, public, "The payment is being prepared.")

	// Evidence counts once a second person has confirmed it.
	mod.get("/en/desk/new/outcome")
	mod.press("Save and hand in", "commitment", id, "supports", "kept", "as_of", h.clock.now().Format(time.DateOnly), "kept_on", h.clock.now().Format(time.DateOnly), "citations.0.source", source, "citations.0.quote", "it was paid",
		"reading.en", "The recording of a later talk says so.")
	mod.sees("Handed in")
	outcome := mod.thing()
	mod.get(outcome)
	if strings.Contains(text(mod.page.root), "Publish it") {
		t.Error("evidence that one person read can be published under the rule of two")
	}
	ver.get(outcome)
	ver.press("Verify it")
	mod.get(outcome)
	mod.press("Publish it")
	mod.press("Make it public")
	h.publicAt(t, public, "The recording of a later talk says so.")
	look(public, "Kept", "Late", "Under way")
	look("/en"+path, "The shelter is paid", "By the end of the month.")
	look("/en/institutions/"+ministry, "The shelter is paid")
}
