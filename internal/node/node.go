package node

import (
	"context"
	"errors"
	"fener/internal/page"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"fener/internal/archive"
	"fener/internal/ledger"
	"fener/internal/proof"
	"fener/internal/publish"
	"fener/internal/record"
	"fener/internal/relay"
	"fener/internal/site"
	"fener/internal/view"
	"fener/internal/wasm"
	"fener/law"
	"fener/locale"
)

// Options are what a node takes from outside. All but Address and Progress are required.
type Options struct {
	Dir string // the data folder
	// Ledger is the address of the database that the ledger lies in, which other nodes may follow and append to; empty: it lies in Dir.
	Ledger string

	Pack *law.Pack
	Now  func() time.Time // dates entries
	Rand io.Reader        // a cryptographic source
	Log  *slog.Logger     // never hears of readers: no address, no query, no browser

	Proxies  []netip.Prefix          // web servers in front of this one, which say for whom they ask; one on this machine need not be named
	Contact  string                  // how readers reach the people behind the site: a mailto: or https: address; empty shows none
	Address  string                  // where readers find the site, such as "https://fener.example", for citations, feeds and embedded charts
	Progress func(done, total int64) // hears how many of how many entries the view has folded at the start; may be nil

	Desk         bool           // people sign in and work here
	Documents    *archive.Store // the archived copies; nil: those in Dir
	DocumentKeys []string       // NAME=VALUE, what a process needs to reach them
	AccountsKey  string         // the file with the key of the secrets of authenticators, made where there is none; empty: one in Dir, which whoever takes Dir has too
	OriginalsKey string         // the file with the key of sealed originals; empty: none are kept
	WebhooksHere bool           // programs on this machine are told of changes too, without TLS: for tests
	Program      string         // the path of this program, which reads files that are handed in at the desk; empty: none are taken
	Checker      *wasm.Supply   // the check for browsers; nil: pages say how to get the command

	Built       time.Time     // when the program was built, zero where that is not known
	LogKey      string        // the private key by which the proof log is signed; empty: nothing is signed
	LogPolicy   *proof.Policy // the witnesses of the log; nil: none are asked
	Checkpoints string        // a folder outside Dir where the last checkpoint is kept; empty: none is, and an older ledger in the place of a newer one may not be noticed
}

// Node is one running Fener. Its methods may be called from several goroutines.
type Node struct {
	opts   Options
	ledger *ledger.Store
	copies *archive.Store // of sources

	seen      atomic.Int64          // where the ledger ended when it was last asked
	kept      *ledger.Kept          // the last checkpoint that was kept; nil before the first
	verifying sync.Mutex            // held while the whole ledger is read
	fault     atomic.Pointer[error] // what does not hold in the ledger; nil while nothing is known
	unready   http.Handler

	handler atomic.Pointer[http.Handler] // what answers now: the site, or that it is getting ready
	site    atomic.Pointer[page.Site]    // nil until ready
	view    atomic.Pointer[view.View]    // nil until ready
	ready   chan struct{}                // closed once the site answers
	warmed  chan struct{}                // closed once the first pages are made
	settle  sync.Once                    // of ready: Run may be called again
	heat    sync.Once                    // of warmed

	log       *publish.Log // nil: the proof log is not signed here
	checkPage *publish.CheckPage

	desk     *deskSide // nil: nobody signs in here
	confined sync.Once // it was said that readers of files are not confined
	secure   bool      // readers come over TLS
}

// DownloadsFolder is where a data folder has files that are being sent as a whole. They are made from the record, have no name where the system
// allows that, and go when the node does.
const DownloadsFolder = "downloads"

// PastFolder is where a data folder has the record as it stood at moments that readers asked for, of this process alone: what protects somebody since
// is not in a file that an earlier one left.
const PastFolder = "past"

// Open takes the data folder for this process and brings its ledger to the
// current form. Errors are those of ledger.Open: that another process has the
// folder, that a newer Fener made it, that it cannot be written to.
func Open(ctx context.Context, o Options) (*Node, error) {
	waiting, err := site.New(page.Config{Pack: o.Pack, Log: o.Log, Load: page.Load{Client: clientOf(o.Proxies)}})
	if err != nil {
		return nil, err
	}
	place := o.Dir
	if o.Ledger != "" {
		place = o.Ledger
	}
	led, err := ledger.Open(ctx, place, ledger.Options{Now: o.Now, Built: o.Built, Rand: o.Rand, Folder: o.Dir})
	if err != nil {
		return nil, err
	}
	kept, err := recall(ctx, led, o.Checkpoints)
	if err != nil {
		return nil, errors.Join(err, led.Close())
	}
	signing, err := openLog(ctx, led, &o)
	var checks *publish.CheckPage
	if err == nil {
		checks, err = publish.NewCheckPage()
	}
	if err != nil {
		return nil, errors.Join(err, led.Close())
	}
	for _, made := range []string{DownloadsFolder, PastFolder} {
		if err := os.RemoveAll(filepath.Join(o.Dir, made)); err != nil {
			o.Log.Warn("what an earlier process left could not be removed", "folder", made, "error", err)
		}
	}
	n := &Node{opts: o, ledger: led, copies: copiesOf(&o), kept: kept, log: signing, checkPage: checks, unready: waiting.Unready(), ready: make(chan struct{}), warmed: make(chan struct{})}
	if o.Desk {
		if err := n.openDesk(ctx); err != nil {
			return nil, errors.Join(err, led.Close())
		}
	}
	n.answer(n.unready)
	return n, nil
}

func (n *Node) answer(h http.Handler) { n.handler.Store(&h) }

// ServeHTTP answers with the site, or says that it is getting ready.
func (n *Node) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	(*n.handler.Load()).ServeHTTP(w, r)
}

// Ledger is the data folder's ledger.
func (n *Node) Ledger() ledger.Ledger { return n.ledger }

// Ready is closed once the site answers.
func (n *Node) Ready() <-chan struct{} { return n.ready }

// Warmed is closed once the first pages, and what they rest on, are made.
func (n *Node) Warmed() <-chan struct{} { return n.warmed }

// IsReady reports whether the site answers.
func (n *Node) IsReady() bool {
	select {
	case <-n.ready:
		return true
	default:
		return false
	}
}

// Run catches the view up, lets the site answer, and follows the ledger until
// ctx is done; it then returns nil. While it runs, a fault of the view (a full
// disk, say) is logged and tried again: readers go on reading what was folded.
func (n *Node) Run(ctx context.Context) error {
	v, err := n.openView(ctx)
	if err != nil {
		return endedBy(ctx, err)
	}
	defer func() {
		n.view.Store(nil)
		if err := v.Close(); err != nil {
			n.opts.Log.Error("closing the view", "error", err)
		}
	}()
	synthetic, err := n.show(ctx, v)
	if err != nil {
		return endedBy(ctx, err)
	}
	defer func() { n.leave(n.site.Swap(nil)) }()
	n.settle.Do(func() { close(n.ready) })
	n.opts.Log.Info("ready", "entries", v.Seq())

	var wait sync.WaitGroup
	defer wait.Wait()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	wait.Go(func() { n.watch(ctx, v, synthetic) })
	wait.Go(func() { n.relay(ctx) })
	wait.Go(func() { n.sign(ctx, v) })
	wait.Go(func() { n.tidy(ctx) })
	if n.desk != nil {
		wait.Go(func() { n.desk.rooms.Follow(ctx, v) })
		wait.Go(func() { n.tellHooks(ctx, v) })
		wait.Go(func() {
			if err := n.runDesk(ctx); err != nil && ctx.Err() == nil { // readers are served all the same
				n.opts.Log.Error("the desk does not answer; start the service again once this is repaired", "error", err)
			}
		})
	}
	guarded := make(chan error, 1)
	wait.Go(func() {
		guarded <- n.guard(ctx, v)
		stop() // a ledger that is not the one that was seen is not served on
	})
	wait.Go(func() {
		n.warm(ctx)
		n.heat.Do(func() { close(n.warmed) })
	})
	err = n.follow(ctx, v)
	stop()
	return errors.Join(err, <-guarded)
}

// relay lets commands append while the node runs.
func (n *Node) relay(ctx context.Context) {
	s, err := relay.Listen(n.opts.Dir, n.ledger, n.opts.Log)
	if err != nil { // readers are served all the same
		n.opts.Log.Warn("commands must wait until this process has ended", "error", err)
		return
	}
	s.Run(ctx)
}

// openView opens the public view and folds what it lacks.
func (n *Node) openView(ctx context.Context) (*view.View, error) {
	v, err := view.Open(ctx, view.Options{
		Path: filepath.Join(n.opts.Dir, view.Public.FileName()), Scope: view.Public, Ledger: n.ledger, Pack: n.opts.Pack,
		Log: n.opts.Log, Progress: n.opts.Progress,
	})
	if err != nil {
		return nil, fmt.Errorf("opening the public view: %w", err)
	}
	if err := v.CatchUp(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("folding the public view: %w", err), v.Close())
	}
	return v, nil
}

// show lets a site over the view answer, and says whether it calls its data generated.
func (n *Node) show(ctx context.Context, v *view.View) (synthetic bool, err error) {
	if synthetic, err = v.SyntheticAny(ctx); err != nil {
		return false, err
	}
	var ids func(record.Kind, string) string
	if key, err := n.ledger.Key(); err == nil {
		ids = key.ID
	} else if !errors.Is(err, ledger.ErrNoKey) { // pages need none; nothing can be entered until it is back
		n.opts.Log.Error("addresses made of words lead nowhere", "error", err)
	}
	s, err := site.New(page.Config{Seq: v.Shown, ID: ids, Pack: n.opts.Pack, View: v, Ledger: n.ledger, Address: n.opts.Address, Contact: n.opts.Contact, Checker: n.opts.Checker, Proofs: n.logState(),
		Synthetic: synthetic, Static: n.static(), Log: n.opts.Log, Documents: n.document, Scratch: filepath.Join(n.opts.Dir, DownloadsFolder), Past: filepath.Join(n.opts.Dir, PastFolder), Load: page.Load{Client: clientOf(n.opts.Proxies), Clock: n.opts.Now}})
	if err != nil {
		return false, err
	}
	n.view.Store(v)
	if err := n.standTalks(s, v); err != nil {
		return false, err
	}
	before := n.site.Swap(s)
	n.answer(n.beside(n.besideLog(s.Handler())))
	if err := n.standDesk(); err != nil {
		return synthetic, err
	}
	n.leave(before)
	return synthetic, nil
}

// leave removes what a site made of the past that serves no more.
func (n *Node) leave(s *page.Site) {
	if s == nil {
		return
	}
	if err := s.Close(); err != nil {
		n.opts.Log.Error("the record as it stood could not be removed", "error", err)
	}
}

// warm asks for the first page in every language before readers do: what it is made from is one pass over the whole record.
func (n *Node) warm(ctx context.Context) {
	for _, l := range locale.All {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, "/"+string(l)+"/", nil)
		if err != nil || ctx.Err() != nil {
			return
		}
		n.askFor(r)
	}
}

// askFor asks for a page that nobody reads. There is no net/http around it that would keep a panic from ending the program.
func (n *Node) askFor(r *http.Request) {
	defer func() {
		if fault := recover(); fault != nil {
			n.opts.Log.Error("a page could not be made ahead of its readers", "path", r.URL.Path, "panic", fault, "stack", string(debug.Stack()))
		}
	}()
	n.ServeHTTP(nobody{}, r)
}

// nobody reads a page that is made for its own sake.
type nobody struct{}

func (nobody) Header() http.Header         { return http.Header{} }
func (nobody) Write(b []byte) (int, error) { return len(b), nil }
func (nobody) WriteHeader(int)             {}

// watch makes the site anew when what it says of its data as a whole changes, and
// when a view that somebody had changed was built anew; until then nothing of that
// one is shown, kept pages included.
func (n *Node) watch(ctx context.Context, v *view.View, synthetic bool) {
	shown := true
	for {
		changed := v.Changed()
		var err error
		switch now := synthetic; {
		case !v.Trusted():
			n.answer(n.unready)
			shown = false
		default:
			if now, err = v.SyntheticAny(ctx); err == nil && (now != synthetic || !shown) {
				synthetic, err = n.show(ctx, v)
				shown = err == nil
			}
		}
		if err != nil && ctx.Err() == nil {
			n.opts.Log.Error("looking for generated data", "error", err)
		}
		n.readAhead()
		select {
		case <-changed:
		case <-ctx.Done():
			return
		}
	}
}

// Pauses: after a fault of the view, and before a database that is away is asked again.
const (
	retryAfter = 5 * time.Second
	askAfter   = time.Second
)

// follow folds entries as they arrive.
func (n *Node) follow(ctx context.Context, v *view.View) error {
	away := false
	for {
		err := v.Run(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if errors.Is(err, ledger.ErrClosed) {
			return err
		}
		pause := retryAfter
		if errors.Is(err, ledger.ErrAway) { // it is said once, and asked for often
			pause = askAfter
		}
		if !away || !errors.Is(err, ledger.ErrAway) {
			n.opts.Log.Error("the view could not be brought up to date; readers see it as it was, and it is tried again", "error", err)
		}
		away = errors.Is(err, ledger.ErrAway)
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return nil
		}
	}
}

// endedBy is nil where the error comes of being told to stop.
func endedBy(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// Close lets go of the folder. Run must have returned.
func (n *Node) Close() error { return errors.Join(n.closeDesk(), n.ledger.Close()) }

// Standing is where a node stands, for health and metrics.
type Standing struct {
	Ready      bool
	Trusted    bool // the view holds what was folded
	Away       bool // the database that the ledger lies in does not answer; LedgerSeq is then the last that is known
	LedgerSeq  int64
	ViewSeq    int64
	CacheBytes int // of kept pages
	CachePages int

	PastKept    int   // moments of the past that are kept
	PastBytes   int64 // what their files take
	PastAwaited int   // moments that wait to be prepared
}

// Standing reads where the node stands.
func (n *Node) Standing(ctx context.Context) (Standing, error) {
	seq, away, err := n.end(ctx)
	if err != nil {
		return Standing{}, err
	}
	s := Standing{Ready: n.IsReady(), Away: away, LedgerSeq: seq}
	if v := n.view.Load(); v != nil {
		s.ViewSeq, s.Trusted = v.Seq(), v.Trusted()
	}
	if site := n.site.Load(); site != nil {
		s.CachePages, s.CacheBytes = site.Kept()
		s.PastKept, s.PastBytes, s.PastAwaited = site.Pasts()
	}
	return s, nil
}

// endWithin is how long health and metrics wait for a database.
const endWithin = 3 * time.Second

// end reads where the ledger ends; of one whose database is away, where it ended when it was last asked.
func (n *Node) end(ctx context.Context) (seq int64, away bool, err error) {
	asked, stop := context.WithTimeout(ctx, endWithin)
	defer stop()
	head, err := n.ledger.Head(asked)
	switch {
	case err == nil:
		n.seen.Store(head.Seq)
	case errors.Is(err, ledger.ErrAway), n.ledger.Shared() && errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil:
		return n.seen.Load(), true, nil
	}
	return head.Seq, false, err
}

// readAhead reads what pages need of the ledger itself before anybody asks for them, where the ledger lies in a database: pages go on while that is away.
func (n *Node) readAhead() {
	s := n.site.Load()
	if s == nil || !n.ledger.Shared() {
		return
	}
	if err := site.ReadAhead(s); err != nil && !errors.Is(err, ledger.ErrAway) { // the follower tells of that
		n.opts.Log.Error("what was said could not be read ahead of its readers", "error", err)
	}
}
