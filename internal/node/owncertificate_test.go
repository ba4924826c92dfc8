package node

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// certify writes a new certificate for this machine, and its key.
func certify(t *testing.T, certificate, key string, serial int64) *x509.Certificate {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	of := &x509.Certificate{SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: "fener.example"}, NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, of, of, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	for name, block := range map[string]*pem.Block{certificate: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "PRIVATE KEY", Bytes: secret}} {
		if name == "" {
			continue
		}
		if err := os.WriteFile(name, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func TestOwnCertificate(t *testing.T) {
	dir := t.TempDir()
	cert, key := filepath.Join(dir, "site.pem"), filepath.Join(dir, "site.key")
	var log Logged
	if _, err := newOwnCertificate(cert, key, nil, time.Now); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("without files: %v", err)
	}
	certify(t, cert, key, 1)
	n := exampleNode(t, &log)
	now := time.Now()
	own, err := newOwnCertificate(cert, key, n.opts.Log, func() time.Time { return now })
	n.Close()
	if err != nil {
		t.Fatal(err)
	}
	serial := func() int64 {
		c, err := own.get(nil)
		if err != nil {
			t.Fatal(err)
		}
		return c.Leaf.SerialNumber.Int64()
	}
	later := func() { now = now.Add(lookAgain) }
	stamp := func(d time.Duration) { // file systems may write times in seconds only
		for _, name := range []string{cert, key} {
			if err := os.Chtimes(name, now.Add(d), now.Add(d)); err != nil {
				t.Fatal(err)
			}
		}
	}
	certify(t, cert, key, 2)
	stamp(time.Second)
	if got := serial(); got != 1 {
		t.Errorf("read again at once: %d", got)
	}
	if later(); serial() != 2 {
		t.Error("the renewed certificate is not used")
	}
	certify(t, cert, "", 3) // only one of the two is written yet
	stamp(2 * time.Second)
	later()
	if got := serial(); got != 2 || strings.Count(log.String(), "was changed and") != 1 {
		t.Errorf("half a pair: certificate %d, log\n%s", got, log.String())
	}
	later()
	if serial(); strings.Count(log.String(), "was changed and") != 1 {
		t.Error("the same complaint stands in the log twice")
	}
	if err := os.Remove(cert); err != nil {
		t.Fatal(err)
	}
	if later(); serial() != 2 {
		t.Error("without a file the one before is not used")
	}
	certify(t, cert, key, 4)
	if later(); serial() != 4 {
		t.Error("the mended pair is not used")
	}
}

// Over TLS with a certificate of one's own readers get HTTP/2, with as many requests at once as are allowed, and the header that keeps them to TLS.
func TestHTTP2(t *testing.T) {
	dir := t.TempDir()
	cert, key := filepath.Join(dir, "site.pem"), filepath.Join(dir, "site.key")
	roots := x509.NewCertPool()
	roots.AddCert(certify(t, cert, key, 1))
	n := exampleNode(t, io.Discard)
	defer n.Close()
	ctx, stop := context.WithCancel(context.Background())
	opened, ended := make(chan Opened, 1), make(chan error, 1)
	go func() {
		ended <- n.Serve(ctx, Listening{Addr: "127.0.0.1:0", Certificate: cert, Key: key, Opened: func(o Opened) { opened <- o }})
	}()
	url := (<-opened).URL
	<-n.Ready()
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, ForceAttemptHTTP2: true}}
	var wait sync.WaitGroup
	for i := range 4 * maxStreams { // more than one connection takes at once: the client waits, and none is lost
		wait.Go(func() {
			r, err := client.Get(url + []string{"en/", "sq/help", "sr/courts", "leave"}[i%4])
			if err != nil {
				t.Error(err)
				return
			}
			defer r.Body.Close()
			if _, err := io.Copy(io.Discard, r.Body); err != nil || r.StatusCode != http.StatusOK || r.ProtoMajor != 2 || r.Header.Get("Strict-Transport-Security") == "" {
				t.Errorf("%s over %s: %v, HSTS %q", r.Status, r.Proto, err, r.Header.Get("Strict-Transport-Security"))
			}
		})
	}
	wait.Wait()
	client.CloseIdleConnections()
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestAdminStaysPrivate(t *testing.T) {
	n := &Node{opts: Options{}}
	for addr, ok := range map[string]bool{"127.0.0.1:9090": true, "[::1]:9090": true, "localhost:9090": true, "10.1.2.3:9090": true, "192.168.1.5:9090": true,
		":9090": false, "0.0.0.0:9090": false, "[::]:9090": false, "203.0.113.9:9090": false, "fener.example:9090": false} {
		if err := privateOnly(addr); (err == nil) != ok {
			t.Errorf("%s: %v", addr, err)
		}
		_, err := n.fronts(Listening{Addr: "127.0.0.1:0", Admin: addr, AdminPublic: true}, &Metrics{})
		if err != nil {
			t.Errorf("%s, said to be meant: %v", addr, err)
		}
		if _, err := n.fronts(Listening{Addr: "127.0.0.1:0", Admin: addr}, &Metrics{}); errors.Is(err, errPublicAdmin) == ok {
			t.Errorf("%s: %v", addr, err)
		}
	}
}
