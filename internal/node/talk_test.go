package node_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"fener/internal/live"
	"fener/internal/record"
)

// announces enters a talk and publishes it; path is its own page, without the language.
func (p *person) announces(title string) (path string) {
	p.t.Helper()
	p.get("/en/desk/new/talk")
	p.press("Save and hand in", "names.en", title, "day", "2027-05-03", "begins", "18:00", "guests.0.name", "Guest One", "guests.0.role.en", "officer")
	p.sees("Handed in")
	id := p.id()
	p.press("Publish it")
	p.press("Make it public")
	p.sees("It is public")
	return "/talks/" + id
}

// asks sends a question as a browser with script does.
func (p *person) asks(path, words string) *answered {
	p.t.Helper()
	p.get("/en" + path + "/take-part")
	form, _ := find(p.page.root, "Send the question")
	if form == nil {
		p.t.Fatalf("no form at %s (%d): %s", p.page.at, p.page.status, squeezed(text(p.page.root)))
	}
	values := fieldsOf(form)
	values.Set("words", words)
	values.Set("stamp", live.Stamp(values.Get("form")))
	return p.send(attr(form, "action"), values)
}

// heard is what a screen was sent.
type heard struct {
	name string
	data map[string]any
}

// listens connects a screen and gives what it is sent.
func (h *house) listens(path string) <-chan heard {
	h.t.Helper()
	ctx, stop := context.WithCancel(h.t.Context())
	h.t.Cleanup(stop)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, h.url+"/en"+path+"/live", nil)
	if err != nil {
		h.t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		h.t.Fatal(err)
	}
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "text/event-stream" || answer.Header.Get("Set-Cookie") != "" {
		h.t.Fatalf("the stream: %d %v", answer.StatusCode, answer.Header)
	}
	out := make(chan heard, 100)
	go func() {
		defer answer.Body.Close()
		defer close(out)
		lines := bufio.NewScanner(answer.Body)
		lines.Buffer(nil, 1<<20)
		name := ""
		for lines.Scan() {
			if of, is := strings.CutPrefix(lines.Text(), "event: "); is {
				name = of
			}
			if data, is := strings.CutPrefix(lines.Text(), "data: "); is {
				one := heard{name: name}
				if json.Unmarshal([]byte(data), &one.data) == nil {
					out <- one
				}
			}
		}
	}()
	return out
}

// until waits for something that a screen is sent.
func (h *house) until(what string, from <-chan heard, is func(heard) bool) heard {
	h.t.Helper()
	for {
		select {
		case one, open := <-from:
			if !open {
				h.t.Fatalf("the stream ended before %s", what)
			}
			if is(one) {
				return one
			}
		case <-time.After(10 * time.Second):
			h.t.Fatalf("%s does not come: %s", what, h.log)
		}
	}
}

func TestATalkFromItsAnnouncementToItsAnswers(t *testing.T) {
	h := newHouse(t, emptyFolder(t))
	ada := h.first()
	mod, inter := ada.invites("Mo Moderator", "moderator", "editor"), ada.invites("Ina Interpreter", "interpreter")
	path := mod.announces("Talking about sentences")
	desk := "/en/desk" + path

	reader, other := h.browser("a reader"), h.browser("another reader")
	reader.get("/en" + path + "/take-part")
	reader.sees("Talking about sentences", "Questions cannot be sent in yet")
	mod.get(desk)
	mod.press("Open for questions")
	mod.sees("open for questions")
	screen := h.listens(path)
	if first := h.until("the state", screen, func(heard) bool { return true }); first.name != "state" || first.data["stage"] != "open" {
		t.Fatalf("a screen is first sent %+v", first)
	}

	// Nothing of a question is seen before a moderator let it in.
	reader.asks(path, "Why was nobody sent to prison?")
	reader.sees("It was received and waits", "Why was nobody sent to prison?")
	asked := reader.page.at
	other.asks(path, "  why was NOBODY sent to prison ")
	other.sees("Others ask the same")
	if other.get("/en" + path + "/take-part"); strings.Contains(other.page.body, "prison") {
		t.Error("a question that waits is shown")
	}
	mod.get(desk)
	mod.sees("1 question waits", "asked by 1 more")
	mod.press("Let it in")
	mod.sees("0 questions wait")
	came := h.until("the question", screen, func(one heard) bool { return one.data["question"] != nil })
	if words := came.data["question"].(map[string]any)["words"].(map[string]any)["sq"].(map[string]any); words["text"] != "Why was nobody sent to prison?" || words["lang"] != "en" {
		t.Errorf("an Albanian screen shows %v", words)
	}
	reader.get(asked)
	reader.sees("It was let in", "Question 1")

	// An interpreter puts it beside; the original stays.
	inter.get(desk + "/interpret")
	inter.press("Put it on the screens", "sq", "Pse nuk u dënua askush me burgim?")
	inter.sees("It is on the screens")
	came = h.until("the translation", screen, func(one heard) bool { return one.data["question"] != nil })
	if words := came.data["question"].(map[string]any)["words"].(map[string]any); words["sq"].(map[string]any)["original"] != "Why was nobody sent to prison?" || words["en"].(map[string]any)["text"] != "Why was nobody sent to prison?" {
		t.Errorf("after the translation: %v", words)
	}
	if inter.get(desk); inter.page.status != http.StatusForbidden {
		t.Errorf("an interpreter at the moderator's desk: %d", inter.page.status)
	}

	// Support counts once, however often it is sent.
	form := h.rooms().NewForm(t, path)
	for range 3 {
		answer := reader.send("/en"+path+"/support", url.Values{"ballot": {form}, "stamp": {live.Stamp(form)}, "n": {"1"}})
		if answer.status != http.StatusOK {
			t.Fatalf("support: %d %s", answer.status, squeezed(text(answer.root)))
		}
	}
	reader.sees("1 person wants this answered", "You support this")

	// The talk is held: what is spoken about is on every screen, and the audience comes before the panel.
	mod.get(desk)
	mod.press("The talk begins")
	h.until("the beginning", screen, func(one heard) bool { return one.data["stage"] == "live" })
	mod.get(desk)
	mod.press("Speak about it now")
	h.until("what is spoken about", screen, func(one heard) bool { return one.data["now"] == float64(1) })
	mod.press("Guest One wants to speak")
	mod.press("Put on the list", "name", "second row")
	reader.get("/en" + path + "/room")
	reader.sees("Why was nobody sent to prison?", "Number 2: second row")
	if said := text(reader.page.root); strings.Index(said, "second row") > strings.Index(said, "Guest One (panel)") {
		t.Error("the panel stands before the audience")
	}

	// Afterwards: what was answered is on the record, in the talk's own page, and a commitment can be made of it.
	mod.get(desk)
	mod.press("The talk is over")
	mod.get(desk + "/answers")
	mod.press("Publish the answer", "given", "promised", "by", "0", "en", "The officer said that it would be looked into by the autumn.")
	mod.sees("The answer is public")
	h.until("the answer", screen, func(one heard) bool {
		q, is := one.data["question"].(map[string]any)
		return is && q["given"] == "promised"
	})
	reader.get(asked)
	reader.sees("It was put, and what became of it stands on the talk's page")
	entries := h.published(t, "question")
	if len(entries) != 1 || !strings.Contains(entries[0], `"supported":1`) {
		t.Errorf("on record: %v", entries)
	}
}

// rooms gives forms as pages carry them.
func (h *house) rooms() formsOf { return formsOf{h} }

type formsOf struct{ *house }

// NewForm is a fresh form of a talk's page.
func (f formsOf) NewForm(t *testing.T, path string) string {
	t.Helper()
	p := f.browser("")
	p.get("/en" + path + "/take-part")
	form, _ := find(p.page.root, "Send the question")
	if form == nil {
		t.Fatalf("no form at %s", p.page.at)
	}
	return fieldsOf(form).Get("form")
}

// published are the bodies of what stands of a kind in public.
func (h *house) published(t *testing.T, kind record.Kind) (list []string) {
	t.Helper()
	stands := map[string]string{}
	entries, err := h.n.Ledger().Read(t.Context(), 0, 10000)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Kind == kind && e.State == record.Published {
			stands[e.ID] = string(e.Body)
		}
	}
	for _, body := range stands {
		list = append(list, body)
	}
	return list
}

// What is too long, reaches a person or is made of marks is answered in words, and what was typed is there still.
func TestWhatIsWrongWithAQuestionIsSaid(t *testing.T) {
	h := newHouse(t, emptyFolder(t))
	mod := h.first().invites("Mo Moderator", "moderator", "editor")
	path := mod.announces("Talking about sentences")
	mod.get("/en/desk" + path)
	mod.press("Open for questions")
	reader := h.browser("a reader")

	reader.asks(path, "Call her at 044 123 456, will you?")
	reader.sees("A telephone number, an address or a link stands in it")
	if reader.page.status != http.StatusUnprocessableEntity || !strings.Contains(reader.page.body, "Call her at 044 123 456, will you?</textarea>") {
		t.Errorf("a telephone number: %d, and what was typed is gone", reader.page.status)
	}
	reader.asks(path, strings.Repeat("long ", 200))
	reader.sees("at most 500 letters")
	reader.asks(path, strings.Repeat("x", 1<<20))
	reader.sees("longer than any question")
	if reader.page.status != http.StatusRequestEntityTooLarge {
		t.Errorf("1 MB: %d", reader.page.status)
	}
	const marks = `<script>alert(1)</script><img src=x onerror=alert(1)> why?`
	reader.asks(path, marks)
	reader.sees("It was received", marks)
	if strings.Contains(reader.page.body, "<img src=x") || strings.Contains(reader.page.body, "<script>alert") {
		t.Error("what was asked is marks on the page")
	}
	mod.get("/en/desk" + path)
	mod.sees(marks)
	mod.press("Let it in")
	for _, of := range []string{"/en" + path + "/take-part", "/en" + path + "/room", "/en/desk" + path, "/en/desk" + path + "/interpret", "/en/desk" + path + "/answers"} {
		if mod.get(of); strings.Contains(mod.page.body, "<img src=x") || mod.page.status != http.StatusOK {
			t.Errorf("%s: %d, or what was asked is marks on it", of, mod.page.status)
		}
	}
	// A form of another page, of another talk, or none at all.
	for _, form := range []string{"", "x", strings.Repeat("A", 35)} {
		reader.send("/en"+path+"/ask", url.Values{"form": {form}, "stamp": {"1"}, "language": {"en"}, "words": {"Why?"}})
		reader.sees("The page was open for too long", "Why?")
	}
	// Without work: sooner than anybody types, it must be sent once more.
	reader.get("/en" + path + "/take-part")
	reader.press("Send the question", "words", "Why so quick?")
	reader.sees("That was too quick", "Why so quick?")
}
