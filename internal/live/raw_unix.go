//go:build unix

package live

import (
	"errors"
	"net"
	"syscall"
)

// A rawWriter writes to a connection without waiting for it.
type rawWriter struct {
	conn  syscall.RawConn
	event []byte // what is written now
	n     int
	err   error
	step  func(fd uintptr) bool // made once: a function for each write would be garbage for each screen
}

// rawOf is the raw side of a connection; nil where it has none, as under TLS.
func rawOf(c net.Conn) *rawWriter {
	if under, is := c.(interface{ Plain() net.Conn }); is {
		c = under.Plain()
	}
	tcp, is := c.(*net.TCPConn)
	if !is {
		return nil
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return nil
	}
	w := &rawWriter{conn: raw}
	w.step = func(fd uintptr) bool {
		w.n, w.err = syscall.Write(int(fd), w.event)
		return true // never wait
	}
	return w
}

// write writes as much as the connection takes at once; ok is false where it is gone.
func (w *rawWriter) write(event []byte) (n int, ok bool) {
	w.event, w.n, w.err = event, 0, nil
	err := w.conn.Write(w.step)
	w.event = nil
	switch {
	case err != nil:
		return 0, false
	case errors.Is(w.err, syscall.EAGAIN), errors.Is(w.err, syscall.EINTR):
		return 0, true
	}
	return max(w.n, 0), w.err == nil
}
