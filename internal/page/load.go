package page

import (
	"context"
	"net/http"
	"net/netip"
	"runtime"
	"sync"
	"time"
)

// Load bounds what readers may cost together and each alone. What is kept is sent whatever the load; only what has to be made is bounded. The
// zero Load means the values that stand beside each field.
type Load struct {
	Renders int           // answers made at once: as many as there are processors
	Waiting int           // readers who wait for their turn: 64; whoever comes then is asked to come again
	Wait    time.Duration // the longest that one of them waits: 3 s
	Share   time.Duration // what may be made for one client in each second, in time: 250 ms
	Burst   time.Duration // and at once, after a pause: 5 s
	AtOnce  int           // answers under way for one client: 16

	// Client is who asks. It is kept in memory for as long as what was made for them counts, and is written nowhere. Nil means the address of the
	// connection.
	Client func(*http.Request) netip.Addr
	// Clock measures; nil means time.Now.
	Clock func() time.Time
}

func (l Load) orDefault() Load {
	set := func(n *int, usual int) {
		if *n == 0 {
			*n = usual
		}
	}
	span := func(d *time.Duration, usual time.Duration) {
		if *d == 0 {
			*d = usual
		}
	}
	set(&l.Renders, runtime.GOMAXPROCS(0))
	set(&l.Waiting, 64)
	set(&l.AtOnce, 16)
	span(&l.Wait, 3*time.Second)
	span(&l.Share, 250*time.Millisecond)
	span(&l.Burst, 5*time.Second)
	if l.Client == nil {
		l.Client = peer
	}
	if l.Clock == nil {
		l.Clock = time.Now
	}
	return l
}

// peer is the address that a connection comes from.
func peer(r *http.Request) netip.Addr {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return at.Addr()
}

// gate lets in what has to be made: so much at once, so much for each client.
type gate struct {
	Load
	turns   chan struct{}
	waiting chan struct{}
	long    chan struct{} // the turn of what takes long

	mu      sync.Mutex
	clients map[netip.Prefix]*client
	swept   time.Time
}

// client is what was made for one of them lately.
type client struct {
	spent time.Duration // of the burst, less what has come back since
	at    time.Time
	under int // answers under way
}

func newGate(l Load) *gate {
	l = l.orDefault()
	return &gate{Load: l, turns: make(chan struct{}, l.Renders), waiting: make(chan struct{}, l.Waiting), long: make(chan struct{}, 1), clients: map[netip.Prefix]*client{}}
}

// mostClients bounds the memory for clients, at some 150 bytes each. Beyond it newcomers share one account until others' have been settled.
const mostClients = 50_000

// whose is the account of a reader: an address, or the network of 64 bits that one household has of the newer kind.
func (g *gate) whose(r *http.Request) netip.Prefix {
	a := g.Client(r).Unmap().WithZone("")
	bits := 32
	if a.Is6() {
		bits = 64
	}
	p, err := a.Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return p
}

// enter lets a client's request go on to where answers are made, or says why not. Leave must follow.
func (g *gate) enter(r *http.Request) (*visit, error) {
	whose, now := g.whose(r), g.Clock()
	g.mu.Lock()
	defer g.mu.Unlock()
	g.sweep(now)
	c := g.clients[whose]
	if c == nil {
		if len(g.clients) >= mostClients {
			whose = netip.Prefix{}
			c = g.clients[whose]
		}
		if c == nil {
			c = &client{at: now}
			g.clients[whose] = c
		}
	}
	c.settle(now, g.Share)
	if c.spent >= g.Burst {
		return nil, &Error{Kind: TooMuch, Again: again(time.Duration(float64(c.spent-g.Burst/2) / float64(g.Share) * float64(time.Second)))}
	}
	if c.under >= g.AtOnce {
		return nil, &Error{Kind: TooMuch, Again: 1}
	}
	c.under++
	return &visit{gate: g, client: c}, nil
}

func again(d time.Duration) int { return max(1, min(60, int(d/time.Second)+1)) }

// settle takes off what has come back since the client was last seen.
func (c *client) settle(now time.Time, share time.Duration) {
	if passed := now.Sub(c.at); passed > 0 {
		c.spent = max(0, c.spent-time.Duration(passed.Seconds()*float64(share)))
		c.at = now
	}
}

// sweep forgets, now and then, clients whose account is settled.
func (g *gate) sweep(now time.Time) {
	if now.Sub(g.swept) < 10*time.Second && len(g.clients) < mostClients || now.Sub(g.swept) < time.Second {
		return
	}
	g.swept = now
	for whose, c := range g.clients {
		if c.settle(now, g.Share); c.under == 0 && c.spent == 0 {
			delete(g.clients, whose)
		}
	}
}

// visit is one request on its way to where answers are made.
type visit struct {
	gate   *gate
	client *client
}

func (v *visit) leave() {
	v.gate.mu.Lock()
	defer v.gate.mu.Unlock()
	v.client.under--
}

// spend puts on the client's account what was made for it.
func (v *visit) spend(d time.Duration) {
	v.gate.mu.Lock()
	defer v.gate.mu.Unlock()
	v.client.spent += d
}

// take makes something when it is its turn. Where too many wait already, or it would take too long, it says so at once.
func (v *visit) take(ctx context.Context, build func() error) error {
	g := v.gate
	select {
	case g.turns <- struct{}{}:
	default:
		select {
		case g.waiting <- struct{}{}:
		default:
			return &Error{Kind: Busy, Again: again(g.Wait)}
		}
		ctx, stop := context.WithTimeout(ctx, g.Wait)
		defer stop()
		select {
		case g.turns <- struct{}{}:
			<-g.waiting
		case <-ctx.Done():
			<-g.waiting
			return &Error{Kind: Busy, Again: again(g.Wait)}
		}
	}
	begun := g.Clock()
	defer func() {
		<-g.turns
		v.spend(g.Clock().Sub(begun))
	}()
	return build()
}

// takeLong makes something that takes long. One such thing is made at a time, beside what take makes.
func (v *visit) takeLong(ctx context.Context, build func() error) error {
	g := v.gate
	wait := time.NewTimer(wholeWait)
	defer wait.Stop()
	select {
	case g.long <- struct{}{}:
	case <-wait.C:
		return &Error{Kind: Busy, Again: again(wholeWait)}
	case <-ctx.Done():
		return ctx.Err()
	}
	begun := g.Clock()
	defer func() {
		<-g.long
		v.spend(g.Clock().Sub(begun))
	}()
	return build()
}
