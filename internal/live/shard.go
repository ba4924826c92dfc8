package live

import (
	"net"
	"time"
)

// A shard writes to a part of a hub's screens: one goroutine for all of them, which waits for none. What a screen's connection does not take at once waits in
// memory, for a while.
type shard struct {
	limits   *limits
	ended    chan struct{}
	messages chan message
	screens  []*screen
	behind   int // screens for which something waits
}

type message struct {
	join  *screen
	event []byte // to everybody; of a join: to that one
}

// screen is one connection.
type screen struct {
	conn   net.Conn
	client string
	raw    *rawWriter // nil where the system offers none
	waits  [][]byte   // what its connection did not take yet; shared with others
	bytes  int        // of that
	since  time.Time  // when it began to wait
}

// How much may wait for a screen, and how long; how often it is tried.
const (
	mostWaits  = 1 << 20
	longest    = 5 * time.Second
	retryEvery = 10 * time.Millisecond
)

func newShard(l *limits) *shard {
	return &shard{limits: l, messages: make(chan message, 1024), ended: make(chan struct{})}
}

func (s *shard) put(m message) {
	select {
	case s.messages <- m:
	case <-s.ended:
		if m.join != nil {
			s.leave(m.join)
		}
	}
}

func (s *shard) run(ended <-chan struct{}) {
	retry := time.NewTicker(retryEvery)
	retry.Stop()
	defer retry.Stop()
	going := false
	for {
		select {
		case m := <-s.messages:
			s.take(m)
		case <-retry.C:
			s.again()
		case <-ended:
			s.end()
			return
		}
		if behind := s.behind > 0; behind != going {
			if going = behind; going {
				retry.Reset(retryEvery)
			} else {
				retry.Stop()
			}
		}
	}
}

// end lets all screens go.
func (s *shard) end() {
	close(s.ended)
	for _, c := range s.screens {
		s.leave(c)
	}
	s.screens = nil
	for {
		select {
		case m := <-s.messages:
			if m.join != nil {
				s.leave(m.join)
			}
		default:
			return
		}
	}
}

func (s *shard) leave(c *screen) {
	_ = c.conn.Close() // it is gone either way
	s.limits.give(c.client)
}

func (s *shard) take(m message) {
	if m.join != nil {
		m.join.raw = rawOf(m.join.conn)
		s.screens = append(s.screens, m.join)
		if !s.write(m.join, m.event) {
			s.drop(len(s.screens) - 1)
		}
		return
	}
	for i := 0; i < len(s.screens); {
		if s.write(s.screens[i], m.event) {
			i++
		} else {
			s.drop(i)
		}
	}
}

// drop lets a screen go; the last one takes its place.
func (s *shard) drop(i int) {
	c, last := s.screens[i], len(s.screens)-1
	if len(c.waits) > 0 {
		s.behind--
	}
	s.leave(c)
	s.screens[i], s.screens[last] = s.screens[last], nil
	s.screens = s.screens[:last]
}

// write sends an event to a screen, or lets it wait; false: the screen is gone or too far behind.
func (s *shard) write(c *screen, event []byte) bool {
	if len(c.waits) == 0 {
		n, ok := c.try(event)
		if !ok {
			return false
		}
		if n == len(event) {
			return true
		}
		event = event[n:]
		c.since = time.Now()
		s.behind++
	}
	c.waits = append(c.waits, event)
	c.bytes += len(event)
	return c.bytes <= mostWaits
}

// try writes as much as the connection takes at once.
func (c *screen) try(event []byte) (n int, ok bool) {
	if c.raw != nil {
		return c.raw.write(event)
	}
	if c.conn.SetWriteDeadline(time.Now().Add(retryEvery)) != nil {
		return 0, false
	}
	n, err := c.conn.Write(event)
	if timeout, is := err.(net.Error); is && timeout.Timeout() {
		return n, true
	}
	return n, err == nil
}

// again tries what waits.
func (s *shard) again() {
	for i := 0; i < len(s.screens); {
		if s.catchUp(s.screens[i]) {
			i++
		} else {
			s.drop(i)
		}
	}
}

func (s *shard) catchUp(c *screen) bool {
	if len(c.waits) == 0 {
		return true
	}
	for len(c.waits) > 0 {
		n, ok := c.try(c.waits[0])
		if !ok {
			return false
		}
		c.bytes -= n
		if n > 0 {
			c.since = time.Now()
		}
		if n < len(c.waits[0]) {
			c.waits[0] = c.waits[0][n:]
			return time.Since(c.since) < longest
		}
		c.waits = c.waits[1:]
	}
	c.waits, c.bytes = nil, 0
	s.behind--
	return true
}
