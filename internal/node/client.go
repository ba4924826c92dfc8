package node

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
)

// clientOf tells who asks: the other end of the connection or, where that is a web server of ours in front, whom that server says it asks for.
// A server on this machine counts as ours, because nobody from outside can come from there; others are named. What readers themselves write into
// the header stands further left and is not believed.
func clientOf(proxies []netip.Prefix) func(*http.Request) netip.Addr {
	ours := func(a netip.Addr) bool {
		if a.IsLoopback() {
			return true
		}
		for _, p := range proxies {
			if p.Contains(a) {
				return true
			}
		}
		return false
	}
	return func(r *http.Request) netip.Addr {
		at, err := netip.ParseAddrPort(r.RemoteAddr)
		if err != nil {
			return netip.Addr{}
		}
		client := at.Addr().Unmap()
		for i := len(r.Header["X-Forwarded-For"]) - 1; i >= 0; i-- {
			parts := strings.Split(r.Header["X-Forwarded-For"][i], ",")
			for j := len(parts) - 1; j >= 0; j-- {
				said, err := netip.ParseAddr(strings.TrimSpace(parts[j]))
				if err != nil || !ours(client) {
					return client
				}
				client = said.Unmap()
			}
		}
		return client
	}
}

// ParseProxies reads the addresses of web servers in front, such as "10.0.0.5, 2001:db8::/64".
func ParseProxies(text string) (list []netip.Prefix, err error) {
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		p, err := netip.ParsePrefix(part)
		if a, single := netip.ParseAddr(part); single == nil {
			p, err = a.Prefix(a.BitLen())
		}
		if err != nil {
			return nil, fmt.Errorf("%q is no address of a web server in front; expected one such as 10.0.0.5, or a network such as 10.0.0.0/24", part)
		}
		list = append(list, p)
	}
	return list, nil
}

// Connections that may be open: in all, and for one client. Each takes up to some 60 KB with TLS.
const (
	mostConnections = 4096
	mostOfOne       = 256
)

// bounded takes no more connections than there is room for; those beyond are closed at once. This machine's own are not counted for one client:
// a web server in front comes from there, with everybody's.
type bounded struct {
	net.Listener
	mu    sync.Mutex
	all   int
	of    map[netip.Addr]int
	total int
	each  int
}

func newBounded(l net.Listener) *bounded {
	return &bounded{Listener: l, of: map[netip.Addr]int{}, total: mostConnections, each: mostOfOne}
}

func (b *bounded) Accept() (net.Conn, error) {
	for {
		c, err := b.Listener.Accept()
		if err != nil {
			return nil, err
		}
		at, err := netip.ParseAddrPort(c.RemoteAddr().String())
		who := at.Addr().Unmap().WithZone("")
		if err != nil || who.IsLoopback() {
			who = netip.Addr{}
		}
		if b.take(who) {
			return &counted{Conn: c, gone: sync.OnceFunc(func() { b.give(who) })}, nil
		}
		c.Close() // there is nothing to say to a reader who cannot be listened to
	}
}

func (b *bounded) take(who netip.Addr) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.all >= b.total || who.IsValid() && b.of[who] >= b.each {
		return false
	}
	b.all++
	b.of[who]++
	return true
}

func (b *bounded) give(who netip.Addr) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.all--
	if b.of[who]--; b.of[who] == 0 {
		delete(b.of, who)
	}
}

type counted struct {
	net.Conn
	gone func()
}

// Plain is the connection itself.
func (c *counted) Plain() net.Conn { return c.Conn }

// Apart takes a connection out of the count: it is no longer the server's, and whoever has it bounds how many there are.
func (c *counted) Apart() { c.gone() }

func (c *counted) Close() error {
	c.gone()
	return c.Conn.Close()
}
