package node

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"fener/internal/account"
	"fener/internal/batch"
	"fener/internal/desk"
	"fener/internal/live"
	"fener/internal/page"
	"fener/internal/sealed"
	"fener/internal/tables"
	"fener/internal/view"
	"fener/internal/webhook"
)

// deskSide is the desk of a node: who may work there, what they are typing, and their view of everything.
type deskSide struct {
	accounts *account.Store
	work     *desk.Work
	plans    *desk.Plans
	memory   *batch.Memory
	sealed   *sealed.Store // nil: originals are not kept
	rooms    *live.Rooms
	hooks    *webhook.Store
	view     atomic.Pointer[view.View]    // nil until it is folded
	handler  atomic.Pointer[http.Handler] // nil until it is ready
	desk     atomic.Pointer[desk.Desk]
	talks    atomic.Pointer[http.Handler] // what people at a talk see; nil until the site is ready
}

// openDesk opens the accounts and what people were typing; their view is folded later, so that readers do not wait for it.
func (n *Node) openDesk(ctx context.Context) (err error) {
	r := &deskSide{memory: batch.NewMemory(n.ledger)}
	home, err := tables.HomeOf(n.opts.Dir, n.opts.Ledger)
	if err != nil {
		return err
	}
	if n.opts.OriginalsKey != "" {
		if r.sealed, err = sealed.OpenAt(sealed.At(n.opts.Dir, n.copies.Away()), n.opts.OriginalsKey); err != nil {
			return err
		}
	}
	if r.accounts, err = account.OpenIn(ctx, home.Place(account.FileName), n.opts.Now); err != nil {
		return err
	}
	if err := n.sealSecrets(ctx, r.accounts); err != nil {
		return errors.Join(err, r.accounts.Close())
	}
	if r.work, err = desk.OpenWork(ctx, home.Place(desk.WorkName), n.opts.Now); err != nil {
		return errors.Join(err, r.accounts.Close())
	}
	if r.plans, err = desk.OpenPlans(ctx, home.Place(desk.PlansName)); err != nil {
		return errors.Join(err, r.accounts.Close(), r.work.Close())
	}
	if r.rooms, err = live.Open(ctx, live.Options{Place: home.Place(live.FileName), Ledger: n.ledger, Now: n.opts.Now, Log: n.opts.Log}); err != nil {
		return errors.Join(err, r.accounts.Close(), r.work.Close(), r.plans.Close())
	}
	if r.hooks, err = webhook.Open(ctx, filepath.Join(n.opts.Dir, webhook.FileName), n.opts.Now, n.opts.WebhooksHere); err != nil {
		return errors.Join(err, r.accounts.Close(), r.work.Close(), r.plans.Close(), r.rooms.Close())
	}
	if err := r.accounts.Sweep(ctx); err != nil {
		return errors.Join(err, r.accounts.Close(), r.work.Close(), r.plans.Close(), r.rooms.Close(), r.hooks.Close())
	}
	n.desk = r
	return nil
}

// sealSecrets has the secrets of authenticators sealed, and says what came of it.
func (n *Node) sealSecrets(ctx context.Context, accounts *account.Store) error {
	key := n.opts.AccountsKey
	if key == "" {
		key = filepath.Join(n.opts.Dir, account.KeyName)
		n.opts.Log.Warn("the key of the secrets of authenticators lies in the data folder, so that whoever takes the folder opens them; name another place with --accounts-key", "key", key)
	}
	did, err := accounts.SealWith(ctx, key)
	switch {
	case err != nil:
		return err
	case did.Lost > 0:
		n.opts.Log.Warn("the key does not open the secrets of authenticators of some accounts: those people sign in with a recovery code or a passkey and set up their authenticator anew. Where the key lies elsewhere, stop, put it back, and start again",
			"key", key, "accounts", did.Lost, "made", did.NewKey)
	case did.NewKey:
		n.opts.Log.Info("a key for the secrets of authenticators was made; no backup holds it, so keep a copy apart from them", "key", key)
	}
	if did.Sealed > 0 {
		n.opts.Log.Info("secrets of authenticators that an older program wrote are sealed now; backups made before hold them as they were", "accounts", did.Sealed)
	}
	return nil
}

// closeDesk closes what openDesk opened.
func (n *Node) closeDesk() error {
	if n.desk == nil {
		return nil
	}
	return errors.Join(n.desk.hooks.Close(), n.desk.rooms.Close(), n.desk.work.Close(), n.desk.plans.Close(), n.desk.accounts.Close())
}

// FirstLink is the secret of the link by which the first administrator comes in; empty without a desk, or once somebody has an account.
func (n *Node) FirstLink(ctx context.Context) (string, error) {
	if n.desk == nil {
		return "", nil
	}
	return n.desk.accounts.FirstLink(ctx)
}

// runDesk folds the desk's view, lets the desk answer, and follows the ledger until ctx is done.
func (n *Node) runDesk(ctx context.Context) error {
	v, err := view.Open(ctx, view.Options{Path: filepath.Join(n.opts.Dir, view.Desk.FileName()), Scope: view.Desk, Ledger: n.ledger, Pack: n.opts.Pack, Log: n.opts.Log})
	if err != nil {
		return fmt.Errorf("opening the desk's view: %w", err)
	}
	defer func() {
		n.desk.handler.Store(nil)
		n.desk.view.Store(nil)
		if err := v.Close(); err != nil {
			n.opts.Log.Error("closing the desk's view", "error", err)
		}
	}()
	if err := v.CatchUp(ctx); err != nil {
		return endedBy(ctx, fmt.Errorf("folding the desk's view: %w", err))
	}
	n.desk.view.Store(v)
	if err := n.standDesk(); err != nil {
		return err
	}
	n.opts.Log.Info("the desk is ready", "entries", v.Seq())
	ctx, stop := context.WithCancel(ctx)
	published := make(chan struct{})
	go func() {
		defer close(published)
		if err := n.desk.memory.CatchUp(ctx); err != nil && ctx.Err() == nil {
			n.opts.Log.Error("what is on record could not be read for publishing; it is tried again", "error", err)
		}
		n.publishDue(ctx)
	}()
	defer func() {
		stop()
		<-published
	}()
	return n.follow(ctx, v)
}

// publishEvery is how often it is asked whether the time of something that is held back has come.
const publishEvery = 10 * time.Second

// publishDue makes public what is held back until a time, when its time has come, until ctx is done.
func (n *Node) publishDue(ctx context.Context) {
	tick := time.NewTicker(publishEvery)
	defer tick.Stop()
	for {
		if d := n.desk.desk.Load(); d != nil {
			if err := d.PublishDue(ctx); err != nil && ctx.Err() == nil {
				n.opts.Log.Error("what was held back until a time could not be made public; it is tried again", "error", err)
			}
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// Screens is how many screens follow talks now; 0 without a desk.
func (n *Node) Screens() int {
	if n.desk == nil {
		return 0
	}
	return n.desk.rooms.Screens()
}

// standTalks lets the talks of a view answer, in the frame of the site that answers now.
func (n *Node) standTalks(s *page.Site, v *view.View) error {
	if n.desk == nil {
		return nil
	}
	of := clientOf(n.opts.Proxies)
	p, err := live.NewPages(n.desk.rooms, s, v, func(r *http.Request) string {
		if at := of(r); at.IsValid() && !at.IsLoopback() {
			return at.String()
		}
		return ""
	})
	if err != nil {
		return err
	}
	h := p.Handler()
	n.desk.talks.Store(&h)
	return nil
}

// standDesk puts the desk into the frame of the site that answers now.
func (n *Node) standDesk() error {
	if n.desk == nil {
		return nil
	}
	v, s, public := n.desk.view.Load(), n.site.Load(), n.view.Load()
	if v == nil || s == nil || public == nil {
		return nil
	}
	of := clientOf(n.opts.Proxies)
	var take func(context.Context, desk.Taking) (*desk.Taken, error)
	var read desk.DocumentReading
	if n.opts.Program != "" {
		take, read = n.take, n.readDocument
	}
	d, err := desk.New(s, desk.Options{Ledger: n.ledger, View: v, Public: public, Rooms: n.desk.rooms, Accounts: n.desk.accounts, Work: n.desk.work, Plans: n.desk.plans, Hooks: n.desk.hooks, Memory: n.desk.memory, Pack: n.opts.Pack, Now: n.opts.Now, Log: n.opts.Log, Dir: n.opts.Dir, Copies: n.copies, Take: take, Read: read, Redact: n.redact, Sealed: n.desk.sealed, Origin: n.origin(),
		Secure: n.secure || strings.HasPrefix(n.opts.Address, "https://"), Client: func(r *http.Request) string { return of(r).String() }})
	if err != nil {
		return err
	}
	h := d.Handler()
	n.desk.handler.Store(&h)
	n.desk.desk.Store(d)
	return nil
}

// origin is where readers find the site, without a path; empty where nobody said so.
func (n *Node) origin() string {
	u, err := url.Parse(n.opts.Address)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// static are the files that the desk's pages are drawn with.
func (n *Node) static() []fs.FS {
	if n.desk == nil {
		return nil
	}
	return []fs.FS{desk.Static, desk.Pictures, live.Static}
}

// beside lets the desk and the talks answer at their addresses, and the site at all others.
func (n *Node) beside(s http.Handler) http.Handler {
	if n.desk == nil {
		return s
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		of := &n.desk.handler
		switch {
		case desk.Is(r.URL.Path):
		case live.Is(r.URL.Path):
			of = &n.desk.talks
		default:
			s.ServeHTTP(w, r)
			return
		}
		if h := of.Load(); h != nil {
			(*h).ServeHTTP(w, r)
			return
		}
		n.unready.ServeHTTP(w, r)
	})
}

// bodies lets requests of readers carry little, and those of the desk as much as its forms take.
func bodies(h http.Handler) http.Handler {
	readers := http.MaxBytesHandler(h, maxBody)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if desk.Is(r.URL.Path) {
			h.ServeHTTP(w, r) // it bounds them by itself
			return
		}
		readers.ServeHTTP(w, r)
	})
}
