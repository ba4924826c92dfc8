package webhook

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fener/internal/proof"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
	"golang.org/x/mod/sumdb/tlog"
)

// leaves are a proof log of which only the leaves are asked.
type leaves struct {
	mu   sync.Mutex
	all  [][]byte
	rung chan struct{}
}

func newLeaves(n int) *leaves {
	l := &leaves{rung: make(chan struct{})}
	l.grow(n)
	return l
}

func (l *leaves) grow(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for range n {
		leaf := proof.Leaf{Act: proof.Published, Kind: "judgment", ID: fmt.Sprintf("id%d", len(l.all)+1), Rev: 1}
		l.all = append(l.all, leaf.Encode())
	}
	close(l.rung)
	l.rung = make(chan struct{})
}

func (l *leaves) LogTree(context.Context) (tlog.Tree, error) { return tlog.Tree{N: l.Position()}, nil }

func (l *leaves) Position() int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return int64(len(l.all))
}

func (l *leaves) Changed() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.rung
}

func (l *leaves) LogTile(_ context.Context, t tlog.Tile) (data []byte, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if t.H != 8 || t.L != -1 || int(t.N)*256+t.W > len(l.all) {
		return nil, fmt.Errorf("no tile %+v", t)
	}
	for _, leaf := range l.all[t.N*256 : t.N*256+int64(t.W)] {
		data = append(binary.BigEndian.AppendUint16(data, uint16(len(leaf))), leaf...)
	}
	return data, nil
}

// clock is moved on by hand.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// receiver takes messages as its answer says.
type receiver struct {
	*httptest.Server
	mu      sync.Mutex
	secret  string
	anyTime bool // the clock of the test is ahead of the machine's, which the library asks
	heard   []message
	ids     []string
	faults  []string
	answer  func(w http.ResponseWriter, r *http.Request)
}

func newReceiver(t *testing.T, answer func(w http.ResponseWriter, r *http.Request)) *receiver {
	t.Helper()
	rec := &receiver{answer: answer}
	rec.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		rec.mu.Lock()
		var m message
		if signer, err := standardwebhooks.NewWebhook(rec.secret); err != nil || rec.verify(signer, body, r.Header) != nil || json.Unmarshal(body, &m) != nil {
			rec.faults = append(rec.faults, fmt.Sprintf("%v %s", r.Header, body))
		}
		rec.heard, rec.ids = append(rec.heard, m), append(rec.ids, r.Header.Get("webhook-id"))
		answer := rec.answer
		rec.mu.Unlock()
		if answer != nil {
			answer(w, r)
		}
	}))
	t.Cleanup(rec.Close)
	return rec
}

func (rec *receiver) verify(signer *standardwebhooks.Webhook, body []byte, h http.Header) error {
	if rec.anyTime {
		return signer.VerifyIgnoringTimestamp(body, h)
	}
	return signer.Verify(body, h)
}

func (rec *receiver) says(answer func(w http.ResponseWriter, r *http.Request)) {
	rec.mu.Lock()
	defer rec.mu.Unlock()
	rec.answer = answer
}

// told are the positions of the changes that came, in order, and the ids of the messages.
func (rec *receiver) told(t *testing.T) (positions []int64, ids []string) {
	t.Helper()
	rec.mu.Lock()
	defer rec.mu.Unlock()
	for _, f := range rec.faults {
		t.Errorf("a message that the library of Standard Webhooks does not take: %s", f)
	}
	for _, m := range rec.heard {
		for _, c := range m.Data.Changes {
			positions = append(positions, c.Position)
		}
	}
	return positions, append(ids, rec.ids...)
}

func status(code int) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

// post is a store with a sender that runs until the test ends, or stop is called.
type post struct {
	*Store
	*clock
	*leaves
	stop func()
}

func run(t *testing.T, path string, c *clock, l *leaves, loopback bool) *post {
	t.Helper()
	s, err := Open(t.Context(), path, c.now, loopback)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	sender := &Sender{Store: s, Log: l, Position: l.Position, Changed: l.Changed, Logger: slog.New(slog.DiscardHandler), Within: 2 * time.Second,
		Address: func(_ context.Context, c Change) string { return "https://fener.example/en/" + c.Kind + "/" + c.ID }}
	go func() {
		defer close(done)
		sender.Run(ctx)
	}()
	p := &post{s, c, l, sync.OnceFunc(func() {
		cancel()
		<-done
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})}
	t.Cleanup(p.stop)
	return p
}

func (p *post) add(t *testing.T, rec *receiver) *Hook {
	t.Helper()
	rec.mu.Lock()
	defer rec.mu.Unlock() // the first message waits until the secret is known
	h, secret, err := p.Add(t.Context(), rec.URL+"/told", "Ada", p.Position())
	if err != nil {
		t.Fatal(err)
	}
	rec.secret = secret
	return h
}

// until waits for what a hook is.
func (p *post) until(t *testing.T, id, what string, is func(*Hook) bool) *Hook {
	t.Helper()
	var h *Hook
	for range 4000 {
		var err error
		if h, err = p.hook(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		if h != nil && is(h) {
			return h
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("it is never so that %s: %+v", what, h)
	return nil
}

func newClock() *clock { return &clock{at: time.Now().Truncate(time.Second)} } // the receiver's library asks the machine's clock

// Every change comes once and in order, in messages that stay small, and the signature is one that the library of Standard Webhooks takes.
func TestChangesComeInOrder(t *testing.T) {
	p := run(t, filepath.Join(t.TempDir(), FileName), newClock(), newLeaves(10), true)
	rec := newReceiver(t, nil)
	h := p.add(t, rec)
	p.until(t, h.ID, "it was greeted", func(h *Hook) bool { return !h.Answered.IsZero() })
	p.grow(600)
	p.until(t, h.ID, "all was told", func(h *Hook) bool { return h.Position == 610 })
	positions, ids := rec.told(t)
	if len(positions) != 600 || len(ids) != 13 {
		t.Fatalf("%d changes in %d messages", len(positions), len(ids))
	}
	for i, at := range positions {
		if at != int64(11+i) {
			t.Fatalf("change %d is %d", i, at)
		}
	}
	if m := rec.heard[0]; m.Type != helloType || m.Data.Position != 10 {
		t.Errorf("the greeting is %+v", m)
	}
	if c := rec.heard[1].Data.Changes[0]; c != (Change{11, proof.Published, "judgment", "id11", 1, "https://fener.example/en/judgment/id11"}) {
		t.Errorf("the first change is %+v", c)
	}
}

// A receiver that does not take a message gets the same one again, after pauses that grow, also over a restart; then what came meanwhile. What it lacks is said.
func TestAMessageIsTriedAgainUntilItIsTaken(t *testing.T) {
	path, c, l := filepath.Join(t.TempDir(), FileName), newClock(), newLeaves(1)
	p := run(t, path, c, l, true)
	rec := newReceiver(t, status(http.StatusInternalServerError))
	h := p.add(t, rec)
	h = p.until(t, h.ID, "the first try failed", func(h *Hook) bool { return h.Tries == 1 })
	if h.Failure != Refused || h.Detail != "500" || h.Next.Sub(h.Failing) != pauses[0] {
		t.Errorf("after a try: %+v", h)
	}
	l.grow(3)
	p.stop()
	c.add(10 * time.Second)
	p = run(t, path, c, l, true)
	h = p.until(t, h.ID, "the second try failed", func(h *Hook) bool { return h.Tries == 2 })
	if h.Next.Sub(c.now()) != pauses[1] {
		t.Errorf("the second pause is %s", h.Next.Sub(c.now()))
	}
	rec.says(nil)
	if err := p.Resume(t.Context(), h.ID); err != nil {
		t.Fatal(err)
	}
	p.until(t, h.ID, "all was told", func(h *Hook) bool { return h.Position == 4 && h.Tries == 0 && h.Failure == "" })
	positions, ids := rec.told(t)
	if fmt.Sprint(positions) != "[2 3 4]" || len(ids) != 4 || ids[0] != ids[1] || ids[1] != ids[2] || ids[2] == ids[3] {
		t.Errorf("%v in messages %v", positions, ids)
	}
}

// After a week of failures, or when it says so (410), an address is told nothing more until somebody wants it; what it missed comes then.
func TestAnAddressThatFailsForAWeekIsToldNoMore(t *testing.T) {
	c := newClock()
	p := run(t, filepath.Join(t.TempDir(), FileName), c, newLeaves(0), true)
	dead, ended := newReceiver(t, status(http.StatusBadGateway)), newReceiver(t, status(http.StatusGone))
	dead.anyTime = true
	first, second := p.add(t, dead), p.add(t, ended)
	p.until(t, second.ID, "410 ends it", func(h *Hook) bool { return !h.Stopped.IsZero() && h.Failure == Ended && h.Tries == 1 })
	h := p.until(t, first.ID, "it failed", func(h *Hook) bool { return h.Tries == 1 })
	for tries := 2; h.Stopped.IsZero() && tries < 30; tries++ {
		c.add(h.Next.Sub(c.now()))
		p.Store.wake()
		h = p.until(t, first.ID, "it failed again", func(h *Hook) bool { return h.Tries == tries })
	}
	if h.Stopped.IsZero() || h.Stopped.Sub(h.Failing) < StoppedAfter || h.Stopped.Sub(h.Failing) > StoppedAfter+24*time.Hour || h.Tries > 15 {
		t.Fatalf("it was stopped after %s and %d tries", h.Stopped.Sub(h.Failing), h.Tries)
	}
	_, before := dead.told(t)
	p.grow(2)
	c.add(48 * time.Hour)
	p.Store.wake()
	time.Sleep(100 * time.Millisecond)
	if _, ids := dead.told(t); len(ids) != len(before) {
		t.Error("it is told after it was stopped")
	}
	dead.says(nil)
	if err := p.Resume(t.Context(), first.ID); err != nil {
		t.Fatal(err)
	}
	p.until(t, first.ID, "it was told what it missed", func(h *Hook) bool { return h.Position == 2 })
	if positions, _ := dead.told(t); fmt.Sprint(positions) != "[1 2]" {
		t.Errorf("it heard of %v", positions)
	}
}

// A receiver that hangs keeps nobody else waiting, and one that sends us on is not followed.
func TestReceiversThatHangOrSendOnDoNoHarm(t *testing.T) {
	p := run(t, filepath.Join(t.TempDir(), FileName), newClock(), newLeaves(0), true)
	release := make(chan struct{})
	t.Cleanup(func() { close(release) })
	hanging := newReceiver(t, func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-release:
		case <-r.Context().Done():
		}
	})
	inside := newReceiver(t, nil)
	sending := newReceiver(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, inside.URL, http.StatusTemporaryRedirect)
	})
	well := newReceiver(t, nil)
	hung, sent, good := p.add(t, hanging), p.add(t, sending), p.add(t, well)
	p.until(t, good.ID, "the one that is well was told", func(h *Hook) bool { return !h.Answered.IsZero() })
	p.until(t, hung.ID, "the one that hangs is slow", func(h *Hook) bool { return h.Failure == Slow && h.Tries == 1 })
	p.until(t, sent.ID, "the one that sends on failed", func(h *Hook) bool { return h.Failure == Elsewhere && h.Detail == "307" })
	if _, ids := inside.told(t); len(ids) != 0 {
		t.Error("somebody was followed")
	}
}

// Addresses of networks that are not the internet are refused: at once where they stand there, when they are dialled where a name stands for them.
func TestNobodyInsideIsReached(t *testing.T) {
	p := run(t, filepath.Join(t.TempDir(), FileName), newClock(), newLeaves(0), false)
	for name, address := range map[string]string{
		"no TLS": "http://example.org/", "this machine": "https://127.0.0.1/", "this machine, otherwise": "https://[::1]:8443/", "a private network": "https://10.1.2.3/", "another": "https://192.168.1.1/x",
		"a machine's own data at a host": "https://169.254.169.254/latest/", "an address of both forms": "https://[::ffff:127.0.0.1]/", "translated": "https://[64:ff9b::7f00:1]/", "6to4": "https://[2002:7f00:1::]/",
		"local, of IPv6": "https://[fe80::1]/", "nowhere": "https://0.0.0.0/", "a password": "https://ada:secret@example.org/", "a fragment": "https://example.org/#x", "no host": "https:///x",
		"no address": "::", "another scheme": "file:///etc/passwd", "too long": "https://example.org/" + strings.Repeat("x", MostAddress),
	} {
		if _, _, err := p.Add(t.Context(), address, "Ada", 0); !errors.Is(err, ErrAddress) {
			t.Errorf("%s: %s is taken (%v)", name, address, err)
		}
	}
	called := newReceiver(t, nil)
	_, port, _ := strings.Cut(strings.TrimPrefix(called.URL, "http://"), ":")
	h, _, err := p.Add(t.Context(), "https://localhost:"+port+"/", "Ada", 0)
	if err != nil {
		t.Fatal(err)
	}
	p.until(t, h.ID, "a name of this machine is refused", func(h *Hook) bool { return h.Failure == Inside })
}

func TestThereAreBounds(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), FileName), time.Now, false)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for i := range Most {
		if _, _, err := s.Add(t.Context(), fmt.Sprintf("https://example.org/%d", i), "Ada", 0); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := s.Add(t.Context(), "https://example.org/more", "Ada", 0); !errors.Is(err, ErrMany) {
		t.Errorf("one more than there may be: %v", err)
	}
	list, err := s.Hooks(t.Context())
	if err != nil || len(list) != Most {
		t.Fatalf("%d, %v", len(list), err)
	}
	if err := s.Remove(t.Context(), list[0].ID); err != nil {
		t.Error(err)
	}
	for name, do := range map[string]func(context.Context, string) error{"remove": s.Remove, "resume": s.Resume} {
		if err := do(t.Context(), list[0].ID); !errors.Is(err, ErrNone) {
			t.Errorf("%s of one that is gone: %v", name, err)
		}
	}
}
