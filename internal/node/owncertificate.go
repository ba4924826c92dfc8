package node

import (
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"sync"
	"time"
)

// ownCertificate is a certificate and its key in files that somebody else renews. Changed files are read again by themselves; a pair that does not
// fit, as while the two are being written, leaves the one before in place.
type ownCertificate struct {
	certificate, key string
	log              *slog.Logger
	now              func() time.Time

	mu      sync.Mutex
	kept    *tls.Certificate
	stamps  [2]fileStamp
	looked  time.Time
	refused [2]fileStamp // complained of already
}

type fileStamp struct {
	at   time.Time
	size int64
}

// lookAgain is how often the files are looked at.
const lookAgain = 10 * time.Second

func newOwnCertificate(certificate, key string, log *slog.Logger, now func() time.Time) (*ownCertificate, error) {
	c := &ownCertificate{certificate: certificate, key: key, log: log, now: now}
	stamps, err := c.stat()
	if err != nil {
		return nil, err
	}
	if err := c.load(stamps); err != nil {
		return nil, err
	}
	c.looked = now()
	return c, nil
}

func (c *ownCertificate) stat() (stamps [2]fileStamp, err error) {
	for i, name := range []string{c.certificate, c.key} {
		info, err := os.Stat(name)
		if err != nil {
			return stamps, fmt.Errorf("reading the certificate: %w", err)
		}
		if !info.Mode().IsRegular() {
			return stamps, fmt.Errorf("reading the certificate: %s is no file", name)
		}
		stamps[i] = fileStamp{info.ModTime(), info.Size()}
	}
	return stamps, nil
}

func (c *ownCertificate) load(stamps [2]fileStamp) error {
	pair, err := tls.LoadX509KeyPair(c.certificate, c.key)
	if err != nil {
		return fmt.Errorf("the certificate %s and the key %s cannot be used together: %w; expected PEM, the site's own certificate before those that it was signed with",
			c.certificate, c.key, err)
	}
	if pair.Leaf != nil && c.now().After(pair.Leaf.NotAfter) {
		c.log.Error("the certificate has run out; readers' browsers will refuse the site", "certificate", c.certificate, "ran_out", pair.Leaf.NotAfter)
	}
	c.kept, c.stamps = &pair, stamps
	return nil
}

// get gives the certificate as it is now.
func (c *ownCertificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.now()
	if now.Sub(c.looked) < lookAgain {
		return c.kept, nil
	}
	c.looked = now
	stamps, err := c.stat()
	if err == nil && stamps == c.stamps {
		return c.kept, nil
	}
	if err == nil {
		err = c.load(stamps)
	}
	switch {
	case err == nil:
		c.log.Info("the certificate was read again", "until", c.kept.Leaf.NotAfter)
	case stamps != c.refused:
		c.refused = stamps
		c.log.Error("the certificate was changed and cannot be used; the one before still is", "error", err)
	}
	return c.kept, nil
}

func (c *ownCertificate) config() *tls.Config {
	return &tls.Config{GetCertificate: c.get, MinVersion: tls.VersionTLS12}
}

// errPublicAdmin is why health and metrics are not shown at an address.
var errPublicAdmin = errors.New("anybody could read health and metrics there: use an address of this machine such as 127.0.0.1:9090, or one of a private network, or add --admin-public")

// privateOnly refuses an address that people outside could reach.
func privateOnly(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("the address %q for health and metrics: %w", addr, err)
	}
	if host == "localhost" {
		return nil
	}
	if a, err := netip.ParseAddr(host); err == nil && (a.IsLoopback() || a.Unmap().IsPrivate() || a.IsLinkLocalUnicast()) {
		return nil
	}
	return fmt.Errorf("%s: %w", addr, errPublicAdmin)
}
