package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"fener/internal/account"
	"fener/internal/archive"
	"fener/internal/bucket"
	"fener/internal/disk"
	"fener/internal/node"
	"fener/internal/proof"
	"fener/internal/wasm"
)

// serving is what `fener serve` and `fener demo` have in common.
type serving struct {
	node.Listening
	dataFolder
	checkpoints string        // where the last checkpoint is kept; empty: nowhere
	key         string        // by which the proof log is signed; empty: it is not
	policy      *proof.Policy // its witnesses; may be nil
	proxies     []netip.Prefix
	contact     string // how readers reach the people behind the site
	address     string // where readers find the site, for what leaves it
	progress    func(done, total int64)
	ready       func(node.Opened) // hears once the site answers; may be nil
	log         *slog.Logger
	desk        bool   // people sign in and work here
	documents   string // where the archived copies lie; empty: as before
	accounts    string // the file with the key of the secrets of authenticators; empty: one in the data folder
	originals   string // the file with the key of sealed originals; empty: none are kept
}

// serveCommand keeps the site running until it is told to stop.
func serveCommand(ctx context.Context, c *command, args []string) (int, error) {
	var s serving
	f := c.flags("fener serve")
	s.where(c, f)
	f.StringVar(&s.Addr, "listen", "", "address for readers")
	f.StringVar(&s.Domain, "domain", "", "name for automatic TLS")
	f.StringVar(&s.address, "address", "", "where readers find the site")
	f.StringVar(&s.contact, "contact", "", "how readers reach the people behind the site")
	f.StringVar(&s.Plain, "listen-plain", ":80", "with --domain: address for plain HTTP")
	proxies := f.String("proxy", "", "addresses of web servers in front")
	f.StringVar(&s.Certificate, "cert", "", "file with a certificate of one's own")
	f.StringVar(&s.Key, "key", "", "file with its key")
	f.BoolVar(&s.AdminPublic, "admin-public", false, "let --admin be reached from outside")
	f.StringVar(&s.Admin, "admin", "", "address for health and metrics")
	checkpoints := c.checkpointsFlag(f)
	logKey := f.String("log-key", c.env(logKeyVariable), "file with the key of the proof log")
	logPolicy := f.String("log-policy", "", "file with the witnesses of the proof log")
	accounts := f.String("accounts-key", "", "file with the key of the secrets of authenticators")
	f.StringVar(&s.originals, "originals-key", "", "file with the key of sealed originals")
	f.StringVar(&s.documents, "documents", c.env(documentsVariable), "where the documents lie: s3://BUCKET/PREFIX")
	public := f.Bool("public", false, "only what is public: nobody signs in here")
	f.BoolVar(&s.LogRequests, "log-requests", false, "a line for each request")
	rest, err := c.parse(f, args, true)
	switch {
	case err != nil:
		return exitUsage, err
	case len(rest) > 0:
		return exitUsage, wrongUse("serve takes no %q; the folder is named with --data", rest[0])
	case s.dir == "":
		return exitUsage, wrongUse("which data folder? Name it with --data DIR (fener init DIR makes one)")
	case s.checkLedger() != nil:
		return exitUsage, s.checkLedger()
	case (s.Certificate == "") != (s.Key == ""):
		return exitUsage, wrongUse("--cert and --key go together: one names the file with the certificate, the other that with its key")
	case s.Addr == "" && s.Domain == "" && s.Certificate == "":
		s.Addr = "127.0.0.1:8080"
	case s.Addr == "":
		s.Addr = ":443"
	}
	if s.address == "" && s.Domain != "" {
		s.address = "https://" + s.Domain
	}
	if s.contact != "" && !strings.HasPrefix(s.contact, "mailto:") && !strings.HasPrefix(s.contact, "https://") {
		return exitUsage, wrongUse("--contact %s is no address that a reader can open: expected mailto:NAME@HOST or one that begins with https://", s.contact)
	}
	if s.proxies, err = node.ParseProxies(*proxies); err != nil {
		return exitUsage, err
	}
	s.log = slog.New(slog.NewJSONHandler(c.err, nil))
	if s.desk = !*public; s.desk && !s.protected() {
		s.desk = false
		s.log.Warn("nobody can sign in: readers come without TLS, so that passwords could be read on the way; name --domain, --cert, or with a web server in front --address https://...", "listen", s.Addr)
	}
	if s.checkpoints, err = s.outside(*checkpoints); err != nil {
		return exitUsage, err
	}
	if s.originals != "" {
		if err := outsideOf(s.dir, s.originals); err != nil {
			return exitUsage, wrongUse("--originals-key %s lies in the data folder, so that whoever takes the folder opens the originals: name another place", s.originals)
		}
	}
	if s.accounts, err = c.accountsKey(s.dir, *accounts); err != nil {
		return exitUsage, err
	}
	if err := s.logKey(*logKey, *logPolicy); err != nil {
		return exitUsage, err
	}
	s.Opened = func(o node.Opened) {
		fmt.Fprintf(c.out, "Fener answers at %s\n", o.URL)
		s.log.Info("listening", "url", o.URL, "admin", o.Admin)
	}
	return s.run(ctx, c)
}

// protected reports whether what people type at the desk cannot be read on its way: by TLS here or in front of it, or because it does not leave the machine.
func (s *serving) protected() bool {
	return s.Domain != "" || s.Certificate != "" || strings.HasPrefix(s.address, "https://") || loopback(s.Addr) == nil
}

// accountsKey is the file with the key of the secrets of authenticators: the named one, or the usual one; empty where the system has no place for it.
func (c *command) accountsKey(dir, named string) (string, error) {
	key := named
	if key == "" {
		if key = c.stateFolder("fener/keys"); key == "" {
			return "", nil
		}
		if os.MkdirAll(key, disk.PrivateFolder) != nil { // a service without a home of its own
			return "", nil
		}
		key = filepath.Join(key, account.KeyName)
	}
	key, err := filepath.Abs(key)
	if err != nil {
		return "", err
	}
	switch err := outsideOf(dir, key); {
	case err == nil:
		return key, nil
	case named == "": // everything of this user lies in the data folder
		return "", nil
	}
	return "", wrongUse("--accounts-key %s lies in the data folder, so that whoever takes the folder opens the secrets of authenticators: name another place", named)
}

// outside makes sure that what is kept of a ledger is not kept where the ledger lies.
func (s *serving) outside(checkpoints string) (string, error) {
	if checkpoints == "" {
		s.log.Warn("no folder is known in which to keep the last checkpoint, so an older ledger in the place of a newer one may not be noticed; name one with --checkpoints")
		return "", nil
	}
	kept, err := filepath.Abs(checkpoints)
	if err != nil {
		return "", err
	}
	if err := outsideOf(s.dir, kept); errors.Is(err, errInside) {
		return "", wrongUse("--checkpoints %s lies in the data folder, so that whoever puts back an older folder puts back its checkpoint too: name another place", checkpoints)
	}
	return kept, nil
}

func (s *serving) run(ctx context.Context, c *command) (code int, err error) {
	pack, err := c.pack()
	if err != nil {
		return exitUnreadable, err
	}
	program, err := os.Executable()
	if err != nil {
		s.log.Warn("no files can be handed in: this program does not know where it lies", "error", err)
	}
	copies, keys, err := s.copies(c)
	if err != nil {
		return exitUnreadable, err
	}
	n, err := node.Open(ctx, node.Options{Dir: s.dir, Ledger: s.ledger, Documents: copies, DocumentKeys: keys, Pack: pack, Now: time.Now, Rand: rand.Reader, Log: s.log,
		Address: s.address, Contact: s.contact, Proxies: s.proxies, Progress: s.progress, Built: built(), Checkpoints: s.checkpoints, LogKey: s.key, LogPolicy: s.policy, Desk: s.desk, AccountsKey: s.accounts, OriginalsKey: s.originals, Program: program,
		Checker: wasm.Open(ctx, s.log)})
	if err != nil {
		return exitUnreadable, err
	}
	if err := s.invite(ctx, c, n); err != nil {
		return exitUnreadable, errors.Join(err, n.Close())
	}
	go collectLess(ctx, c.env("GOGC"), n.Warmed())
	if s.ready != nil {
		opened := make(chan node.Opened, 1)
		s.Opened = func(o node.Opened) { opened <- o }
		go func() {
			select {
			case <-n.Ready():
				s.ready(<-opened)
			case <-ctx.Done():
			}
		}()
	}
	if err := errors.Join(n.Serve(ctx, s.Listening), n.Close()); err != nil {
		return exitUnreadable, err
	}
	s.log.Info("stopped")
	return exitDone, nil
}

// copies are the archived copies that are served, and what a process needs to reach them.
func (s *serving) copies(c *command) (*archive.Store, []string, error) {
	if s.documents != "" && !bucket.Is(s.documents) {
		return nil, nil, wrongUse("--documents is s3://BUCKET/PREFIX; documents in the data folder need no such word (fener documents move --to %s brings them there)", inFolder)
	}
	copies, err := archive.Settle(s.dir, strings.TrimSuffix(s.documents, "/"), c.env)
	if err != nil || copies.Away() == nil {
		return copies, nil, err
	}
	var keys []string
	for _, name := range bucket.Variables {
		if value := c.env(name); value != "" {
			keys = append(keys, name+"="+value)
		}
	}
	return copies, keys, nil
}

// invite says on the terminal, and nowhere else, how the first administrator comes in, once the address is known.
func (s *serving) invite(ctx context.Context, c *command, n *node.Node) error {
	secret, err := n.FirstLink(ctx)
	if err != nil || secret == "" {
		return err
	}
	opened := s.Opened
	s.Opened = func(o node.Opened) {
		if opened != nil {
			opened(o)
		}
		base := o.URL
		if s.address != "" {
			base = strings.TrimSuffix(s.address, "/") + "/"
		}
		fmt.Fprintf(c.out, "Nobody has an account yet. The first administrator comes in by this link, which works once, until tomorrow:\n%s%s/desk/welcome/%s\n", base, c.lang, secret)
	}
	return nil
}

// collectLess lets garbage lie while the first pages are made, unless GOGC says what is wanted: at 100,000 judgments that took 0.8 s of processor
// time instead of 1.1, for 80 MB more.
func collectLess(ctx context.Context, wanted string, until <-chan struct{}) {
	if wanted != "" {
		return
	}
	usual := debug.SetGCPercent(400)
	select {
	case <-until:
	case <-ctx.Done():
	}
	debug.SetGCPercent(usual)
}

// loopback refuses an address that others could reach.
func loopback(addr string) error {
	for _, host := range []string{"127.0.0.1:", "localhost:", "[::1]:"} {
		if strings.HasPrefix(addr, host) {
			return nil
		}
	}
	return wrongUse("the demonstration is for this machine only: --listen takes an address such as 127.0.0.1:8080, not %q", addr)
}
