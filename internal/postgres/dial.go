package postgres

import (
	"context"
	"net"
	"time"
)

// dial connects so that a server that is gone without a word (its machine lost, the network cut) is noticed within half a minute, and not after the two
// hours of the system.
func dial(ctx context.Context, network, address string) (net.Conn, error) {
	d := net.Dialer{
		KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 10 * time.Second, Interval: 5 * time.Second, Count: 3},
		Control:         giveUp,
	}
	return d.DialContext(ctx, network, address)
}
