package node

import (
	"net"
	"net/http"
	"net/netip"
	"testing"
)

func TestWhoAsks(t *testing.T) {
	proxies, err := ParseProxies("10.0.0.5, 2001:db8::/64")
	if err != nil {
		t.Fatal(err)
	}
	of := clientOf(proxies)
	for _, row := range []struct {
		name, peer string
		says       []string
		want       string
	}{
		{"straight from outside", "203.0.113.9:1", nil, "203.0.113.9"},
		{"from outside, with a header of their own", "203.0.113.9:1", []string{"192.0.2.1"}, "203.0.113.9"},
		{"through a server on this machine", "127.0.0.1:1", []string{"203.0.113.9"}, "203.0.113.9"},
		{"the same, with what the reader wrote further left", "127.0.0.1:1", []string{"192.0.2.1, 203.0.113.9"}, "203.0.113.9"},
		{"the same in two lines", "[::1]:1", []string{"192.0.2.1", "203.0.113.9"}, "203.0.113.9"},
		{"through two of ours", "127.0.0.1:1", []string{"192.0.2.1, 203.0.113.9, 10.0.0.5"}, "203.0.113.9"},
		{"through one that nobody named", "127.0.0.1:1", []string{"203.0.113.9, 10.0.0.6"}, "10.0.0.6"},
		{"on this machine", "127.0.0.1:1", nil, "127.0.0.1"},
		{"a header that is no address", "127.0.0.1:1", []string{"unknown"}, "127.0.0.1"},
		{"an older address written as a newer one", "[::ffff:203.0.113.9]:1", nil, "203.0.113.9"},
	} {
		r := &http.Request{RemoteAddr: row.peer, Header: http.Header{}}
		if row.says != nil {
			r.Header["X-Forwarded-For"] = row.says
		}
		if got := of(r).String(); got != row.want {
			t.Errorf("%s: %s, want %s", row.name, got, row.want)
		}
	}
	if _, err := ParseProxies("proxy.example"); err == nil {
		t.Error("a name was taken for an address")
	}
}

func TestConnectionsAreBounded(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b := newBounded(l)
	defer b.Close()
	b.total = 2
	one, other := netip.MustParseAddr("203.0.113.9"), netip.MustParseAddr("203.0.113.10")
	b.each = 1
	if !b.take(one) || b.take(one) || !b.take(other) || b.take(netip.MustParseAddr("203.0.113.11")) {
		t.Error("one client has more than its share, or all have more than there is")
	}
	b.give(one)
	b.give(other)
	accepted := make(chan net.Conn, 3)
	go func() {
		for {
			c, err := b.Accept()
			if err != nil {
				close(accepted)
				return
			}
			accepted <- c
		}
	}()
	var dialled []net.Conn
	for range 3 {
		c, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		dialled = append(dialled, c)
	}
	first := <-accepted
	<-accepted
	if _, err := dialled[2].Read(make([]byte, 1)); err == nil {
		t.Error("the third connection was not closed")
	}
	first.Close()
	first.Close() // counts once
	b.mu.Lock()
	all, of := b.all, len(b.of)
	b.mu.Unlock()
	if all != 1 || of != 1 {
		t.Errorf("%d connections are counted, of %d", all, of)
	}
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	(<-accepted).Close()
}
