package node_test

import (
	"crypto/rand"
	"net/http"
	"strings"
	"testing"
	"time"

	"fener/internal/ledger"
	"fener/internal/postgres/postgrestest"
)

// goesTo is the same browser at another node: a load balancer sent it there.
func (p *person) goesTo(h *house) *person {
	moved := *p
	moved.house = h
	return &moved
}

// reads waits until a page says something.
func (p *person) reads(path, words string) {
	p.t.Helper()
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if p.get(path); strings.Contains(plain(text(p.page.root)), words) {
			return
		}
	}
	p.sees(words)
}

// numbered fails unless each change that a screen was sent has the number after the one before.
func numbered(t *testing.T, name string, last *float64, one heard) {
	t.Helper()
	v := one.data["v"].(float64)
	if one.name == "change" && v != *last+1 {
		t.Errorf("%s is sent change %v after %v", name, v, *last)
	}
	*last = v
}

// Two nodes are one desk and one talk: who signed in at one works at the other, what is asked at one stands on the moderator's page and on the screens at the other, and what
// is lost with a node is the node.
func TestTwoNodesAreOneDesk(t *testing.T) {
	server := postgrestest.Start(t)
	address := server.Database(t)
	led, err := ledger.Open(t.Context(), address, ledger.Options{Now: time.Now, Rand: rand.Reader, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := led.Close(); err != nil {
		t.Fatal(err)
	}
	a, b := newHouse(t, t.TempDir(), following(address)), newHouse(t, t.TempDir(), following(address))
	ada := a.first()
	if link, err := b.n.FirstLink(t.Context()); err != nil || link != "" {
		t.Errorf("the second node invites an administrator of its own: %q, %v", link, err)
	}
	modA := ada.invites("Mo Moderator", "moderator", "editor")
	modB := modA.goesTo(b)
	modB.get("/en/desk/")
	modB.sees("Signed in as Mo Moderator")
	path := modA.announces("Talking about sentences")
	desk := "/en/desk" + path
	modB.reads(desk, "Talking about sentences") // at the other node
	modB.press("Open for questions")
	reader, other := a.browser("a reader"), b.browser("another reader")
	reader.reads("/en"+path+"/take-part", "Send the question")
	other.reads("/en"+path+"/take-part", "Send the question")
	screens := []<-chan heard{a.listens(path), b.listens(path)}
	last := make([]float64, 2)
	on := func(what string, is func(heard) bool) {
		t.Helper()
		for i, screen := range screens {
			if screen != nil {
				[]*house{a, b}[i].until(what, screen, func(one heard) bool {
					numbered(t, []string{"the first node's screen", "the second node's screen"}[i], &last[i], one)
					return is(one)
				})
			}
		}
	}
	on("the state", func(one heard) bool { return one.name == "state" })

	reader.asks(path, "Why was nobody sent to prison?")
	reader.sees("It was received and waits")
	asked := reader.page.at
	modB.reads(desk, "1 question waits")
	other.asks(path, "why was nobody sent to PRISON") // the same, at the other node
	other.sees("Others ask the same")
	modA.reads(desk, "asked by 1 more")
	modB.get(desk)
	modB.press("Let it in")
	modB.sees("0 questions wait")
	on("the question", func(one heard) bool { return one.data["question"] != nil })
	followed := reader.goesTo(b)
	followed.reads(asked, "Why was nobody sent to prison?")
	modA.reads(desk, "0 questions wait")

	// The first node is lost; who was signed in there goes on at the second, and numbers go on.
	if err := a.stop(); err != nil {
		t.Error(err)
	}
	screens[0] = nil
	modB.get("/en/desk/")
	modB.sees("Signed in as Mo Moderator")
	other.asks(path, "Who pays for the shelters?")
	modB.reads(desk, "1 question waits")
	modB.press("Let it in")
	on("the second question", func(one heard) bool {
		q, is := one.data["question"].(map[string]any)
		return is && q["n"] == 2.0
	})

	// Without the database readers read on, and it is said that nothing is kept; then all goes on.
	time.Sleep(time.Second) // what pages need is read ahead of their readers
	server.Kill(t)
	if other.get("/en/"); other.page.status != http.StatusOK {
		t.Errorf("a public page says %d", other.page.status)
	}
	if modB.get(desk); modB.page.status != http.StatusServiceUnavailable {
		t.Errorf("the desk says %d", modB.page.status)
	}
	modB.sees("The record cannot be reached just now")
	if other.asks(path, "How long do trials take?"); other.page.status != http.StatusServiceUnavailable {
		t.Errorf("asking says %d", other.page.status)
	}
	other.sees("This cannot be kept just now")
	server.Again(t)
	modB.reads(desk, "0 questions wait")
	other.asks(path, "How long do trials take?")
	modB.reads(desk, "1 question waits")
}
