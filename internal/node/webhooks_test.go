package node_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
	"golang.org/x/net/html"
)

// toldOf is what a program hears.
type toldOf struct {
	Type string
	Data struct {
		Position int64
		Changes  []struct {
			Position               int64
			Act, Kind, ID, Address string
			Revision               int
		}
	}
}

// An administrator registers a program's address; the program hears of what becomes public, is corrected and withdrawn, when readers can see it, and of no draft. What
// is wrong with it is said at the desk.
func TestAProgramIsToldOfWhatIsPublic(t *testing.T) {
	h := newHouse(t, emptyFolder(t))
	ada := h.first()
	ben := ada.invites("Ben Contributor", "contributor")
	heard, broken, secret := make(chan toldOf, 100), atomic.Bool{}, atomic.Pointer[string]{}
	all := atomic.Pointer[string]{}
	program := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		for secret.Load() == nil {
			time.Sleep(time.Millisecond)
		}
		signer, err := standardwebhooks.NewWebhook(*secret.Load())
		if err != nil || signer.VerifyIgnoringTimestamp(body, r.Header) != nil { // the clock of the house is ahead
			t.Errorf("a message that the library of Standard Webhooks does not take: %s", body)
		}
		if broken.Load() {
			w.WriteHeader(http.StatusGone)
			return
		}
		var m toldOf
		if err := json.Unmarshal(body, &m); err != nil {
			t.Error(err)
		}
		text := string(body)
		if before := all.Load(); before != nil {
			text = *before + text
		}
		all.Store(&text)
		heard <- m
	}))
	defer program.Close()
	next := func() toldOf {
		t.Helper()
		select {
		case m := <-heard:
			return m
		case <-time.After(time.Minute):
			t.Fatalf("nothing is heard: %s", h.log)
		}
		return toldOf{}
	}

	ada.get("/en/desk/webhooks")
	ada.sees("No address is registered")
	for _, wrong := range []string{"ftp://example.org/", "https://192.168.1.1/", "https://ada:secret@example.org/"} {
		if ada.press("Register it", "address", wrong); ada.page.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", wrong, ada.page.status)
		}
		ada.sees("This is no address to which messages can go")
	}
	ada.press("Register it", "address", program.URL+"/fener")
	for n := range ada.page.root.Descendants() {
		if n.Type == html.ElementNode && attr(n, "id") == "secret" {
			words := text(n)
			secret.Store(&words)
		}
	}
	if secret.Load() == nil || !strings.HasPrefix(*secret.Load(), "whsec_") {
		t.Fatalf("no secret is shown: %s", squeezed(text(ada.page.root)))
	}
	if m := next(); m.Type != "record.registered" || len(m.Data.Changes) != 0 {
		t.Errorf("the first message is %+v", m)
	}
	for range 2000 { // it hears before what it answers is written down
		if ada.get("/en/desk/webhooks"); strings.Contains(ada.page.body, "It last took a message on") {
			break
		}
		time.Sleep(25 * time.Millisecond)
	}
	ada.sees("It last took a message on", "registered by Ada Admin")
	if strings.Contains(ada.page.body, *secret.Load()) {
		t.Error("the secret is shown again")
	}

	ben.get("/en/desk/new/source")
	ben.press("Save as a draft", "title", "A draft that is no business of anybody", "publisher", "A ministry")
	draft := ben.id()
	ada.get("/en/desk/new/source")
	ada.press("Save as a draft", "title", "A report", "publisher", "A ministry")
	source := ada.thing()
	ada.press("Publish it")
	ada.press("Make it public")
	m := next()
	if len(m.Data.Changes) != 1 {
		t.Fatalf("%+v", m)
	}
	c := m.Data.Changes[0]
	if m.Type != "record.changed" || c.Act != "published" || c.Kind != "source" || !strings.HasSuffix(source, "/"+c.ID) || c.Revision != 1 || c.Address != "/en/sources/"+c.ID {
		t.Errorf("%+v", m)
	}
	reader := h.browser("a reader")
	if reader.get(c.Address); reader.page.status != http.StatusOK { // at the moment at which it is heard
		t.Errorf("%s answers %d", c.Address, reader.page.status)
	}
	reader.get("/en/sources.json")
	var head struct{ Seq int64 }
	if err := json.Unmarshal([]byte(reader.page.body), &head); err != nil || head.Seq != m.Data.Position || c.Position != head.Seq {
		t.Errorf("the record is at %d (%v), the message says %d and %d", head.Seq, err, m.Data.Position, c.Position)
	}

	ada.get(source)
	ada.press("Withdraw it", "why", "It was another report")
	if m := next(); len(m.Data.Changes) != 1 || m.Data.Changes[0].Act != "withdrawn" || m.Data.Changes[0].Position != c.Position+1 {
		t.Errorf("%+v", m)
	}
	for _, kept := range []string{draft, "A draft", "A report", "another report", "Ada", "ministry"} {
		if strings.Contains(*all.Load(), kept) {
			t.Errorf("the program hears %q: %s", kept, *all.Load())
		}
	}

	// What it takes no more is said, also on the first page of the desk.
	broken.Store(true)
	ada.get("/en/desk/new/source")
	ada.press("Save as a draft", "title", "A third report", "publisher", "A ministry")
	ada.press("Publish it")
	ada.press("Make it public")
	for range 2000 {
		if ada.get("/en/desk/"); strings.Contains(ada.page.body, "no longer told of changes") {
			break
		}
		time.Sleep(25 * time.Millisecond)
	}
	ada.sees("A program is no longer told of changes")
	for _, l := range []string{"sq", "sr", "sr-Latn"} {
		if ada.get("/" + l + "/desk/webhooks"); ada.page.status != http.StatusOK || !strings.Contains(ada.page.body, program.URL) {
			t.Errorf("%s: %d", l, ada.page.status)
		}
	}
	ada.get("/en/desk/webhooks")
	ada.sees("it says that it wants no more (410)")
	broken.Store(false)
	ada.press("Tell it again")
	if m := next(); len(m.Data.Changes) != 1 || m.Data.Changes[0].Act != "published" {
		t.Errorf("what it missed: %+v", m)
	}
	ada.get("/en/desk/webhooks")
	ada.press("Remove it")
	ada.sees("No address is registered")

	for _, who := range []*person{ben, reader} {
		if who.get("/en/desk/webhooks"); who.page.status == http.StatusOK && who != reader || strings.Contains(who.page.body, "Register it") {
			t.Errorf("%s sees who is told: %d", who.name, who.page.status)
		}
	}
	if ben.send("/en/desk/webhooks", url.Values{"do": {"add"}, "address": {program.URL}}); ben.page.status != http.StatusForbidden {
		t.Errorf("a contributor registers an address: %d", ben.page.status)
	}
}
