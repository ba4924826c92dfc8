package node_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"fener/internal/record"
)

// A made-up judgment, in the words that courts use. SYNTHETIC.
const judgmentText = `GJYKATA THEMELORE NË PRISHTINË
Departamenti për Krime të Rënda
PKR.Nr.64/2018

Gjykata Themelore në Prishtinë, në çështjen penale kundër të akuzuarve A.B. dhe C.D., për shkak të veprës penale trafikim me njerëz nga neni 171 paragrafi 1 i KPRK-së, me datë 12.03.2019 mori këtë

A K T G J Y K I M

I akuzuari A.B., është fajtor, për shkak se ka kryer veprën penale trafikim me njerëz nga neni 171 paragrafi 1 i KPRK-së.

Prandaj gjykata e shpall fajtor dhe e gjykon me dënim me burgim në kohëzgjatje prej 2 (dy) viteve dhe dënim me gjobë në shumë prej 500 (pesëqind) euro.

A r s y e t i m

Mbrojtës i të akuzuarit ishte avokati Lumturije Krasniqi.
`

// waits asks for a page again until the document was read.
func (p *person) waits(path string) {
	p.t.Helper()
	for range 60 {
		p.get(path)
		if !strings.Contains(text(p.page.root), "is being read") {
			return
		}
		time.Sleep(500 * time.Millisecond)
	}
	p.t.Fatalf("%s is still being read", path)
}

// A document that was handed in is shown beside what is proposed of it; nothing is taken over before somebody decided on each, none without words that the document
// has; what was taken over stands in the form of a judgment with its quotations, and comes onto the record like any other.
func TestAJudgmentIsConfirmedFromItsDocument(t *testing.T) {
	h := newHouse(t, emptyFolder(t))
	ada := h.first()
	ben := ada.invites("Ben Contributor", "contributor")
	ben.get("/en/desk/new/institution")
	ben.press("Save and hand in", "names.en", "Basic Court in Pristina", "names.sq", "Gjykata Themelore në Prishtinë", "type", "court")
	court := ben.id()
	ben.hands("document", "aktgjykim.txt", []byte(judgmentText))
	at, _, _ := strings.Cut(ben.page.at, "?")
	ben.waits(at)
	ben.sees("Beside the document", "PKR.Nr.64/2018", "2 (dy) viteve")
	if ada.get(at); ada.page.status != http.StatusNotFound {
		t.Errorf("somebody else opens a document that was handed in: %d", ada.page.status)
	}
	head, err := h.n.Ledger().Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	form, _ := find(ben.page.root, "Go on with what was taken over")
	if form == nil {
		t.Fatal(squeezed(text(ben.page.root)))
	}
	fields := fieldsOf(form)
	if fields.Get("court") != court {
		t.Errorf("the court on record is not found by its name: %q", fields.Get("court"))
	}
	proposed := map[string]string{}
	for name, values := range fields {
		if path, is := strings.CutPrefix(name, "value."); is && len(values) > 0 {
			proposed[path] = values[0]
		}
	}
	for path, want := range map[string]string{"numbers": "PKR.Nr.64/2018", "instance": "first", "date": "2019-03-12", "defendants.0.label": "A.B.", "defendants.0.counts.0.verdict": "convicted",
		"defendants.0.counts.0.sentence.imprisonment": "2y", "defendants.0.counts.0.sentence.fine": "500"} {
		if proposed[path] != want {
			t.Errorf("%s: %q is proposed; want %q", path, proposed[path], want)
		}
	}
	decide := func(how string) url.Values {
		sent := url.Values{}
		for name, values := range fields {
			if !strings.HasPrefix(name, "decide.") {
				sent[name] = values
			}
		}
		for path := range proposed {
			sent.Set("decide."+path, how)
		}
		return sent
	}
	fine := "defendants.0.counts.0.sentence.fine"
	for what, change := range map[string]func(url.Values){
		"one is left open":           func(v url.Values) { v.Del("decide." + fine) },
		"one has no words":           func(v url.Values) { v.Set("quote."+fine, " ") },
		"one has other words":        func(v url.Values) { v.Set("quote."+fine, "dënim me gjobë në shumë prej 5000 euro") },
		"one has no value":           func(v url.Values) { v.Set("value."+fine, "") },
		"everything is left out":     func(v url.Values) { copyOf(v, decide("reject")) },
		"a decision that is nothing": func(v url.Values) { v.Set("decide."+fine, "perhaps") },
	} {
		sent := decide("accept")
		change(sent)
		if ben.send(attr(form, "action"), sent); ben.page.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", what, ben.page.status)
		}
	}
	if now, err := h.n.Ledger().Head(t.Context()); err != nil || now.Seq != head.Seq {
		t.Fatalf("%d entries were appended before everything was decided on (%v)", now.Seq-head.Seq, err)
	}
	sent := decide("accept")
	sent.Set("value."+fine, "600") // it is corrected
	ben.send(attr(form, "action"), sent)
	ben.sees("New", "PKR.Nr.64/2018")
	ben.press("Save as a draft", "defendants.0.counts.0.from", "2018", "defendants.0.counts.0.convicted", "04/L-082:171(1)")
	ben.sees("It was saved", "2y", "600")
	judgment := historyOf(t, h, ben.thing())
	body, _, err := record.Read(record.JudgmentKind, judgment[0].Body)
	if err != nil {
		t.Fatal(err)
	}
	j := body.(*record.Judgment)
	if c := j.Defendants[0].Counts[0]; !strings.Contains(c.Quote, "2 (dy) viteve") || j.Citations[0].Source == "" || !strings.Contains(j.Citations[0].Quote, "PKR.Nr.64/2018") || j.Case == "" || strings.Contains(string(judgment[0].Body), "Krasniqi") {
		t.Errorf("the judgment stands as %s", judgment[0].Body)
	}
	ben.get(at)
	ben.press("Remove the document")
	if ben.get(at); ben.page.status != http.StatusNotFound {
		t.Errorf("a document that was removed is still there: %d", ben.page.status)
	}
}

func copyOf(into, from url.Values) {
	for name, values := range from {
		into[name] = values
	}
}

// What is no document, or none that can be read, says so; nothing is lost and nothing is entered.
func TestWhatIsNoDocumentSaysSo(t *testing.T) {
	h := newHouse(t, emptyFolder(t))
	ada := h.first()
	for name, of := range map[string]struct {
		content string
		says    string
	}{
		"an old Word file": {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 2000) + "W\x00o\x00r\x00d\x00D\x00o\x00c\x00u\x00m\x00e\x00n\x00t\x00" + strings.Repeat("\x00", 2000), "Word before 2007"},
		"nothing":          {"", "The file is empty"},
		"a broken PDF":     {"%PDF-1.7\n1 0 obj << /Type /Catalog", "damaged"},
		"a letter":         {"Dear Sir,\nI write to you about the weather in October.\n", "No judgment was recognised"},
	} {
		ada.hands("document", "file.pdf", []byte(of.content))
		ada.waits(ada.page.at)
		if said := text(ada.page.root); !strings.Contains(said, of.says) {
			t.Errorf("%s: %s", name, squeezed(said))
		}
	}
	if head, err := h.n.Ledger().Head(t.Context()); err != nil || head.Seq != 0 {
		t.Errorf("%d entries were appended (%v)", head.Seq, err)
	}
}
