package live

import (
	"net"
	"net/http"
	"runtime"
	"sync"
	"time"
)

// How many screens may be connected: in all, and for one client. Behind one address can be a whole room.
const (
	mostScreens = 20_000
	mostOfOne   = 1_000
)

// limits counts the screens of all talks.
type limits struct {
	mu  sync.Mutex
	all int
	of  map[string]int
}

func newLimits() *limits { return &limits{of: map[string]int{}} }

// take makes room for a screen; an empty client is counted among all alone.
func (l *limits) take(client string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.all >= mostScreens || client != "" && l.of[client] >= mostOfOne {
		return false
	}
	l.all++
	if client != "" {
		l.of[client]++
	}
	return true
}

func (l *limits) give(client string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all--
	if client == "" {
		return
	}
	if l.of[client]--; l.of[client] <= 0 {
		delete(l.of, client)
	}
}

// Screens is how many screens are connected.
func (r *Rooms) Screens() int {
	r.hubs.mu.Lock()
	defer r.hubs.mu.Unlock()
	return r.hubs.all
}

// heartbeat is how often every screen hears something, so that a connection that is gone is noticed, and a server in front does not end one that is not.
const heartbeat = 15 * time.Second

// A hub sends events to the screens of a talk. What is sent reaches each of them in order. A screen that does not keep up is let go: it connects again and is sent
// the whole.
type hub struct {
	limits *limits
	shards []*shard
	ended  chan struct{}
	once   sync.Once

	mu   sync.Mutex
	turn int
	own  map[*stream]bool
}

// newHub makes a hub. flush is called every while, with what changed often.
func newHub(l *limits, flush func()) *hub {
	h := &hub{limits: l, ended: make(chan struct{}), own: map[*stream]bool{}}
	for range max(2, runtime.GOMAXPROCS(0)) {
		s := newShard(l)
		h.shards = append(h.shards, s)
		go s.run(h.ended)
	}
	go func() {
		votes, beat := time.NewTicker(votesEvery), time.NewTicker(heartbeat)
		defer votes.Stop()
		defer beat.Stop()
		for {
			select {
			case <-votes.C:
				flush()
			case <-beat.C:
				h.send([]byte(": \n\n"))
			case <-h.ended:
				return
			}
		}
	}()
	return h
}

func (h *hub) close() { h.once.Do(func() { close(h.ended) }) }

// send hands an event to every screen that is connected by now. It must be called in the order of events.
func (h *hub) send(event []byte) {
	for _, s := range h.shards {
		s.put(message{event: event})
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for s := range h.own {
		s.put(event)
	}
}

// join connects a screen whose connection is ours alone; first is what it is sent first.
func (h *hub) join(c net.Conn, client string, first []byte) {
	h.mu.Lock()
	s := h.shards[h.turn%len(h.shards)]
	h.turn++
	h.mu.Unlock()
	s.put(message{join: &screen{conn: c, client: client}, event: first})
}

// A stream is a screen whose connection is not ours alone (HTTP/2, TLS): its request's goroutine writes.
type stream struct {
	events chan []byte
	behind chan struct{}
	once   sync.Once
}

// mostBehind is how many events such a screen may lag.
const mostBehind = 256

func (s *stream) put(event []byte) {
	select {
	case s.events <- event:
	default:
		s.once.Do(func() { close(s.behind) })
	}
}

func (h *hub) add() *stream {
	s := &stream{events: make(chan []byte, mostBehind), behind: make(chan struct{})}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.own[s] = true
	return s
}

func (h *hub) drop(s *stream) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.own, s)
}

// streamWrites is how long one event may take to be written to such a screen.
const streamWrites = 10 * time.Second

// follow writes events to a response until its reader goes, lags, or the hub ends.
func (h *hub) follow(w http.ResponseWriter, r *http.Request, s *stream, first []byte) {
	c := http.NewResponseController(w)
	write := func(event []byte) bool {
		if c.SetWriteDeadline(time.Now().Add(streamWrites)) != nil {
			return false
		}
		_, err := w.Write(event)
		return err == nil && c.Flush() == nil
	}
	if !write(first) {
		return
	}
	for {
		select {
		case event := <-s.events:
			if !write(event) {
				return
			}
		case <-s.behind:
			return
		case <-r.Context().Done():
			return
		case <-h.ended:
			return
		}
	}
}
