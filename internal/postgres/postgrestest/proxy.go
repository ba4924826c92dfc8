package postgrestest

import (
	"bytes"
	"net"
	"sync"
	"testing"
)

// A Proxy stands between a program and its database, and can come between them.
type Proxy struct {
	Addr string // where the program is to connect

	to    string
	mu    sync.Mutex
	down  bool
	conns map[net.Conn]bool

	text    []byte // what the program is waited for to say; nil: nothing
	forward bool   // whether the database hears it before the connection breaks
	heard   chan struct{}
}

// Between stands before a host until the test ends.
func Between(t testing.TB, host string) *Proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{Addr: l.Addr().String(), to: host, conns: map[net.Conn]bool{}}
	t.Cleanup(func() {
		l.Close()
		p.Cut()
	})
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go p.carry(c)
		}
	}()
	return p
}

// Cut breaks every connection and takes no new one.
func (p *Proxy) Cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.down = true
	for c := range p.conns {
		c.Close()
	}
	clear(p.conns)
}

// Mend lets the two talk again.
func (p *Proxy) Mend() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.down = false
}

// BreakAt breaks the connection on which the program says a text, once: before the database hears it, or after it has answered and before the program hears
// that. The channel is closed when it has happened; where stay is set, no connection is taken from then on (Mend).
func (p *Proxy) BreakAt(text string, heard, stay bool) <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.text, p.forward, p.heard = []byte(text), heard, make(chan struct{})
	done := p.heard
	if stay {
		p.heard = make(chan struct{})
		go func(broken chan struct{}) {
			<-broken
			p.Cut()
			close(done)
		}(p.heard)
	}
	return done
}

// matches reports whether what was said is what is waited for, and then waits no more.
func (p *Proxy) matches(said []byte) (forward bool, broken chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.text == nil || !bytes.Contains(said, p.text) {
		return false, nil
	}
	p.text = nil
	return p.forward, p.heard
}

func (p *Proxy) carry(near net.Conn) {
	defer near.Close()
	far, err := net.Dial("tcp", p.to)
	if err != nil {
		return
	}
	defer far.Close()
	p.mu.Lock()
	if p.down {
		p.mu.Unlock()
		return
	}
	p.conns[near], p.conns[far] = true, true
	p.mu.Unlock()
	ended, silent := make(chan struct{}, 2), make(chan chan struct{}, 1)
	go func() {
		defer func() { ended <- struct{}{} }()
		room := make([]byte, 64<<10)
		for {
			n, err := near.Read(room)
			if err != nil {
				return
			}
			forward, broken := p.matches(room[:n])
			if broken != nil && !forward {
				close(broken)
				return
			}
			if broken != nil {
				silent <- broken
			}
			if _, err := far.Write(room[:n]); err != nil {
				return
			}
		}
	}()
	go func() {
		defer func() { ended <- struct{}{} }()
		room := make([]byte, 64<<10)
		for {
			n, err := far.Read(room)
			select {
			case broken := <-silent: // it has answered
				close(broken)
				return
			default:
			}
			if err != nil {
				return
			}
			if _, err := near.Write(room[:n]); err != nil {
				return
			}
		}
	}()
	<-ended
}
