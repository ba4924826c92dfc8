package node

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"
)

// Limits of what one connection may cost. A page that is made takes at most 20
// seconds (package site), so writing may take a little longer.
const (
	headTimeout  = 5 * time.Second
	readTimeout  = 10 * time.Second
	writeTimeout = 30 * time.Second
	idleTimeout  = 60 * time.Second
	maxHead      = 16 << 10
	maxBody      = 64 << 10
	maxStreams   = 32 // requests at once over one connection

	stopTimeout = 10 * time.Second // for answers that are under way when the node is told to stop
)

// Listening says where a node listens.
type Listening struct {
	Addr        string // readers; with Domain it is the address for TLS
	Domain      string // asks for certificates for this name by itself; empty: plain HTTP
	Plain       string // with Domain: the address that answers to plain HTTP
	Certificate string // file with a certificate of one's own, read again when it changes; with Domain it takes the place of asking for one
	Key         string // file with its key
	Admin       string // health and metrics; empty: nowhere
	AdminPublic bool   // also where people outside could reach it
	LogRequests bool   // a line for each request, without who asked, and without the query

	Opened func(Opened) // hears the addresses once they are listened at; may be nil
}

// Opened is where a node really listens: a port of 0 is a number by then.
type Opened struct{ URL, Admin string }

// Serve runs the node and listens until ctx is done; it then lets answers that
// are under way end, for ten seconds at most. The node stays open.
func (n *Node) Serve(ctx context.Context, l Listening) error {
	metrics := &Metrics{}
	n.secure = l.Domain != "" || l.Certificate != ""
	fronts, err := n.fronts(l, metrics)
	if err != nil {
		return err
	}
	for i := range fronts {
		if err := fronts[i].listen(); err != nil {
			return errors.Join(err, closeAll(fronts[:i]))
		}
	}
	if l.Opened != nil {
		l.Opened(opened(l, fronts))
	}
	return n.serve(ctx, fronts)
}

// serve runs the node beside its servers. Whatever ends first ends the rest.
// Being told to stop ends the servers and not yet the node: it keeps the view
// open until the answers that are under way have been given.
func (n *Node) serve(ctx context.Context, fronts []*front) error {
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	results := make(chan error, len(fronts)+1)
	for _, f := range fronts {
		go func() { results <- f.serve() }()
	}
	go func() { results <- n.Run(running) }()

	var errs []error
	left := len(fronts) + 1
	select {
	case <-ctx.Done():
	case err := <-results:
		errs, left = append(errs, err), left-1
	}
	n.opts.Log.Info("stopping", "within", stopTimeout.String())
	errs = append(errs, stopAll(running, fronts))
	stop()
	for range left {
		errs = append(errs, <-results)
	}
	return errors.Join(errs...)
}

// A front is one address that is listened at.
type front struct {
	name     string
	server   *http.Server
	listener net.Listener
	tls      bool
}

func (f *front) listen() (err error) {
	f.listener, err = net.Listen("tcp", f.server.Addr)
	if err != nil {
		return fmt.Errorf("listening at %s for %s: %w; choose another address, or stop what listens there", f.server.Addr, f.name, err)
	}
	f.listener = newBounded(f.listener)
	return nil
}

func (f *front) serve() (err error) {
	if f.tls {
		err = f.server.ServeTLS(f.listener, "", "")
	} else {
		err = f.server.Serve(f.listener)
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return fmt.Errorf("serving %s: %w", f.name, err)
}

func closeAll(fronts []*front) error {
	var errs []error
	for _, f := range fronts {
		errs = append(errs, f.listener.Close())
	}
	return errors.Join(errs...)
}

// stopAll stops all servers at once; what is still under way after the time is cut off.
func stopAll(ctx context.Context, fronts []*front) error {
	ctx, cancel := context.WithTimeout(ctx, stopTimeout)
	defer cancel()
	errs := make([]error, len(fronts))
	var wait sync.WaitGroup
	for i, f := range fronts {
		wait.Go(func() {
			if err := f.server.Shutdown(ctx); err != nil {
				errs[i] = f.server.Close()
			}
		})
	}
	wait.Wait()
	return errors.Join(errs...)
}

// fronts are the servers that a node needs.
func (n *Node) fronts(l Listening, m *Metrics) ([]*front, error) {
	public := m.Count(http.NewCrossOriginProtection().Handler(bodies(n)))
	if l.LogRequests {
		public = logRequests(n.opts.Log, public)
	}
	fronts := []*front{{name: "readers", server: newServer(l.Addr, public, n.opts.Log)}}
	if l.Certificate != "" {
		own, err := newOwnCertificate(l.Certificate, l.Key, n.opts.Log, n.opts.Now)
		if err != nil {
			return nil, err
		}
		fronts[0].tls, fronts[0].server.TLSConfig = true, own.config()
		if l.Domain != "" {
			fronts = append(fronts, &front{name: "plain HTTP", server: newServer(l.Plain, redirectTo(l.Domain), n.opts.Log)})
		}
	} else if l.Domain != "" {
		certificates, err := newCertificates(n.opts.Dir, l.Domain)
		if err != nil {
			return nil, err
		}
		fronts[0].tls, fronts[0].server.TLSConfig = true, certificates.TLSConfig()
		plain := newServer(l.Plain, certificates.HTTPHandler(redirectTo(l.Domain)), n.opts.Log)
		fronts = append(fronts, &front{name: "plain HTTP", server: plain})
	}
	if l.Admin != "" {
		if err := privateOnly(l.Admin); err != nil && !l.AdminPublic {
			return nil, err
		}
		fronts = append(fronts, &front{name: "health and metrics", server: newServer(l.Admin, n.Admin(m), n.opts.Log)})
	}
	return fronts, nil
}

func newServer(addr string, h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Addr: addr, Handler: rescued(log, h),
		ReadHeaderTimeout: headTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
		MaxHeaderBytes: maxHead, HTTP2: &http.HTTP2Config{MaxConcurrentStreams: maxStreams}, ErrorLog: withoutAddresses(log),
	}
}

func opened(l Listening, fronts []*front) Opened {
	o := Opened{URL: "http://" + reachable(fronts[0].listener.Addr()) + "/"}
	if fronts[0].tls {
		o.URL = "https://" + reachable(fronts[0].listener.Addr()) + "/"
	}
	if l.Domain != "" {
		o.URL = "https://" + l.Domain + "/"
	}
	if l.Admin != "" {
		o.Admin = "http://" + reachable(fronts[len(fronts)-1].listener.Addr()) + "/"
	}
	return o
}

// reachable is an address that can be typed into a browser on this machine.
func reachable(a net.Addr) string {
	host, port, err := net.SplitHostPort(a.String())
	if err != nil {
		return a.String()
	}
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}
