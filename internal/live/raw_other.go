//go:build !unix

package live

import "net"

// A rawWriter writes to a connection without waiting for it; there is none on this system, and connections are written to with a short deadline.
type rawWriter struct{}

func rawOf(net.Conn) *rawWriter { return nil }

func (*rawWriter) write([]byte) (int, bool) { return 0, false }
