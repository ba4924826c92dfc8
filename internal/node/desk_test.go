package node_test

import (
	"net/url"
	"strings"
	"testing"
)

// A legal officer enters a judgment with its source, a colleague returns it, it is corrected, verified, published and read in public with its finding, corrected in public,
// and the history tells the story.
func TestAJudgmentFromItsSourceToThePublic(t *testing.T) {
	h := newHouse(t, emptyFolder(t))
	ada := h.first()
	ben, cen := ada.invites("Ben Contributor", "contributor"), ada.invites("Cen Verifier", "verifier")
	ada.get("/en/desk/rule")
	ada.press("From now on, two people")
	ada.sees("In force since")

	ben.get("/en/desk/new/institution")
	ben.press("Save and hand in", "names.en", "Basic Court in Pristina", "names.sq", "Gjykata Themelore në Prishtinë", "type", "court")
	court := ben.id()
	ben.get("/en/desk/new/source")
	ben.press("Save and hand in", "title", "Judgment PKR 7/2018", "publisher", "Basic Court in Pristina", "kind", "judgment", "published", "3.5.2018")
	ben.sees("Handed in")
	source := ben.id()
	ben.get("/en/desk/new/case")
	ben.press("Save and hand in", "numbers", "PKR nr. 7/2018", "citations.0.source", source, "citations.0.quote", "in the case PKR no. 7/2018")
	kase := ben.id()
	ben.get("/en/desk/new/judgment")
	ben.press("Save and hand in", "case", kase, "court", court, "instance", "first", "date", "3.5.2018", "final", "yes", "citations.0.source", source, "citations.0.quote", "is sentenced to two years",
		"defendants.0.label", "Luan Drenica", "defendants.0.counts.0.convicted", "04/L-082:171(1)", "defendants.0.counts.0.verdict", "convicted", "defendants.0.counts.0.from", "2016",
		"defendants.0.counts.0.sentence.imprisonment", "2 vjet", "defendants.0.counts.0.quote", "is sentenced to two years")
	if ben.page.status != 422 {
		t.Fatalf("a name in place of initials: %d at %s", ben.page.status, ben.page.at)
	}
	ben.sees("neither initials nor a number")
	ben.press("Save and hand in", "defendants.0.label", "L.D.")
	ben.sees("Handed in", "You wrote this")
	judgment := ben.thing()

	// The verifier compares it with its source, finds the year wrong, and returns it.
	cen.get("/en/desk/")
	cen.sees("Waiting to be verified")
	cen.get(judgment)
	cen.press("Return it with a note", "why", "The judgment says 2017")
	cen.sees("Draft", "The judgment says 2017")
	ben.get("/en/desk/")
	ben.sees("returned")
	ben.get(judgment + "/edit")
	ben.press("Save and hand in", "defendants.0.counts.0.from", "2017", "why", "The year of the offence")
	ben.sees("Handed in", "2016 → 2017")
	if ben.get(judgment); strings.Contains(text(ben.page.root), "Verify it") {
		t.Error("whoever wrote it can verify it")
	}
	for _, path := range []string{"/en/desk/thing/source/" + source, "/en/desk/thing/institution/" + court, "/en/desk/thing/case/" + kase, judgment} {
		cen.get(path)
		cen.press("Verify it")
		cen.sees("It was verified")
	}

	// Nothing is public yet; then the editor publishes what belongs together.
	reader := h.browser("a reader")
	if reader.get("/en/cases"); strings.Contains(reader.page.body, "7/2018") {
		t.Error("a reader sees what is not published")
	}
	ada.get(judgment)
	ada.press("Publish it")
	ada.sees("What becomes public", "Judgment PKR 7/2018")
	ada.press("Make it public")
	ada.sees("It is public")
	h.publicAt(t, "/en/cases", "7/2018")
	reader.get("/en/cases/" + kase)
	reader.sees("L.D.", "the law's minimum was 5 years", "verified by a second person before it was published")
	reader.get("/en/about")
	reader.sees("The record refuses anything else")

	// A correction in public goes the same way.
	ben.get(judgment + "/edit")
	ben.press("Save and hand in", "defendants.0.counts.0.sentence.imprisonment", "2 years 6 months", "why", "The judgment says two years and six months")
	ben.sees("What this would change in public")
	cen.get(judgment)
	cen.press("Verify it")
	ada.get(judgment)
	ada.press("Publish it")
	ada.press("Make it public")
	h.publicAt(t, "/en/cases/"+kase, "2 years 6 months")

	// The court answers, for itself and nobody else, and reads nothing of what is being written.
	ina := ada.invitesFor(court, "Ina Court", "institution")
	ina.get("/en/desk/new/reply?about=judgment&id=" + judgment[strings.LastIndexByte(judgment, '/')+1:])
	ina.press("Save and hand in", "institution", "somebody_else", "text", "The judgment was appealed.", "language", "en", "date", "1.6.2018")
	ina.sees("You answer for another institution")
	ina.press("Save and hand in", "institution", court)
	ina.sees("Handed in")
	reply := ina.thing()
	if ina.get(judgment); ina.page.status != 403 {
		t.Errorf("somebody from outside reads a judgment at the desk: %d", ina.page.status)
	}
	if ina.get(judgment + "/edit"); ina.page.status != 403 {
		t.Errorf("somebody from outside opens a judgment's form: %d", ina.page.status)
	}
	ivo := ada.invitesFor("somebody_else", "Ivo Elsewhere", "institution")
	for _, path := range []string{reply, reply + "/edit"} {
		if ivo.get(path); ivo.page.status != 403 {
			t.Errorf("another institution reads %s: %d", path, ivo.page.status)
		}
	}
	for _, act := range []string{"takeback", "submit", "withdraw", "publish", "edit"} {
		if ivo.send(reply+"/"+act, url.Values{"rev": {"2"}, "why": {"x"}, "base": {"2"}, "text": {"x"}}); ivo.page.status != 403 {
			t.Errorf("another institution does %s to a reply: %d", act, ivo.page.status)
		}
	}
	ada.get(reply)
	ada.press("Publish it")
	ada.press("Make it public")
	h.publicAt(t, "/en/cases/"+kase, "The judgment was appealed.")

	history, err := h.n.Ledger().History(t.Context(), "judgment", judgment[strings.LastIndexByte(judgment, '/')+1:])
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, e := range history {
		told = append(told, string(e.State)+" "+strings.Fields(e.By)[0])
	}
	want := "draft Ben, submitted Ben, draft Cen, draft Ben, submitted Ben, verified Cen, published Ada, draft Ben, submitted Ben, verified Cen, published Ada"
	if got := strings.Join(told, ", "); got != want {
		t.Errorf("the history tells\n%s, want\n%s", got, want)
	}
	if _, err := h.n.Ledger().Verify(t.Context(), nil); err != nil {
		t.Error(err)
	}
}
