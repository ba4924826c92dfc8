package page

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"sync"
	"time"

	"fener/internal/disk"
	"fener/internal/view"
)

// Bounds of what the past may cost. A past is a view of its own: a file of about the size of today's, and what pages are made from in memory.
const (
	mostPasts    = 2                     // kept at once
	mostAwaited  = 4                     // moments that wait to be prepared
	mostOfOne    = 2                     // of them, for one client
	mostPatient  = 16                    // readers who wait for one that may be ready at once
	pastPatience = time.Second           // how long they do
	pastIdle     = 10 * time.Minute      // after which one that nobody asks for goes
	pastShare    = 16                    // part of the memory for kept pages that one may take
	pastAgain    = 5                     // seconds after which to ask again
	pastEntry    = 60 * time.Microsecond // what an entry takes to prepare, about
)

// pasts are the moments of the past that are kept, prepared one after the other beside what is served.
type pasts struct {
	site *Site
	days days

	mu      sync.Mutex
	dir     string     // where their files lie; empty before the first
	kept    []*past    // what was asked for longest ago stands first
	awaited []*awaited // the first of them is being prepared, if any is
	care    perSeq[*view.Care]
	patient int
	busy    bool // somebody prepares
	made    int  // how many were prepared, for names of files
	ended   bool
	end     context.CancelFunc
	done    sync.WaitGroup
}

// past is the record as it stood when it had so many public entries.
type past struct {
	position int64
	view     *view.View
	site     *Site // over that view
	uses     int   // guarded by pasts.mu
	dropped  bool
	idle     *time.Timer
}

// awaited is a moment that somebody asked for.
type awaited struct {
	position int64
	whose    netip.Prefix
	ready    chan struct{}
	err      error
}

// take gives the record as it stood at a position; leave must follow. Where it has to be prepared the error says so after a short while.
func (p *pasts) take(r *http.Request, position int64) (*past, error) {
	care, err := p.today(r.Context())
	if err != nil {
		return nil, err
	}
	waits, err := p.find(r, position, care)
	if waits == nil {
		return p.held(position, care, err)
	}
	if p.wait(r.Context(), waits) {
		return p.held(position, care, waits.err)
	}
	return nil, &Error{Kind: Preparing, Again: pastAgain}
}

// today is what today's record keeps back.
func (p *pasts) today(ctx context.Context) (*view.Care, error) {
	return p.care.get(p.site.config.Seq(), func() (*view.Care, error) { return p.site.config.View.Care(context.WithoutCancel(ctx)) })
}

// held takes a kept past into use.
func (p *pasts) held(position int64, care *view.Care, err error) (*past, error) {
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	at := slices.IndexFunc(p.kept, func(k *past) bool { return k.position == position })
	if at < 0 || !p.kept[at].view.Kept().Same(care) || !p.kept[at].view.Whole() {
		return nil, &Error{Kind: Preparing, Again: pastAgain}
	}
	k := p.kept[at]
	p.kept = append(slices.Delete(p.kept, at, at+1), k)
	k.uses++
	k.idle.Reset(pastIdle)
	return k, nil
}

// find says what to wait for; nil where the past is kept. What keeps back less than today's record does goes before anything is read from it.
func (p *pasts) find(r *http.Request, position int64, care *view.Care) (*awaited, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ended {
		return nil, &Error{Kind: Unready}
	}
	p.drop(func(k *past) bool { return !k.view.Kept().Same(care) || !k.view.Whole() })
	if slices.ContainsFunc(p.kept, func(k *past) bool { return k.position == position }) {
		return nil, nil
	}
	whose, own := p.site.gate.whose(r), 0
	for _, a := range p.awaited {
		if a.position == position {
			return a, nil
		}
		if a.whose == whose {
			own++
		}
	}
	if len(p.awaited) >= mostAwaited || own >= mostOfOne {
		return nil, &Error{Kind: Busy, Again: 2 * pastAgain}
	}
	if err := p.charge(r, position); err != nil {
		return nil, err
	}
	a := &awaited{position: position, whose: whose, ready: make(chan struct{})}
	p.awaited = append(p.awaited, a)
	if !p.busy {
		p.busy = true
		ctx, end := context.WithCancel(context.Background())
		p.end = end
		p.done.Go(func() { p.prepare(ctx) })
	}
	return a, nil
}

// charge puts on the client's account about what preparing takes, but never so much that the page itself would be refused afterwards.
func (p *pasts) charge(r *http.Request, position int64) error {
	g := p.site.gate
	visit, err := g.enter(r)
	if err != nil {
		return err
	}
	visit.spend(min(time.Duration(position)*pastEntry, g.Burst/3))
	visit.leave()
	return nil
}

// wait waits a little, so that what is prepared in no time needs no second visit.
func (p *pasts) wait(ctx context.Context, a *awaited) bool {
	p.mu.Lock()
	if p.patient >= mostPatient {
		p.mu.Unlock()
		return false
	}
	p.patient++
	p.mu.Unlock()
	defer func() {
		p.mu.Lock()
		p.patient--
		p.mu.Unlock()
	}()
	patience := time.NewTimer(pastPatience)
	defer patience.Stop()
	select {
	case <-a.ready:
		return true
	case <-patience.C:
	case <-ctx.Done():
	}
	return false
}

// prepare prepares what is awaited, one after the other. After each it rests as long as that took, so that moments without end take half of a processor
// at the most.
func (p *pasts) prepare(ctx context.Context) {
	for {
		p.mu.Lock()
		if len(p.awaited) == 0 || p.ended {
			p.busy = false
			p.mu.Unlock()
			return
		}
		a := p.awaited[0]
		p.mu.Unlock()
		begun := time.Now()
		made, err := p.make(ctx, a.position)
		p.settle(a, made, err)
		debug.FreeOSMemory() // what folding left is as much as the past itself
		select {
		case <-time.After(time.Since(begun)):
		case <-ctx.Done():
		}
	}
}

// settle keeps what was prepared and tells those who wait.
func (p *pasts) settle(a *awaited, made *past, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.awaited = p.awaited[1:]
	a.err = err
	close(a.ready)
	if err != nil {
		return
	}
	for len(p.kept) >= mostPasts {
		oldest := p.kept[0]
		p.drop(func(k *past) bool { return k == oldest })
	}
	made.idle = time.AfterFunc(pastIdle, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.drop(func(k *past) bool { return k == made && k.uses == 0 })
	})
	p.kept = append(p.kept, made)
	if p.ended {
		p.drop(func(*past) bool { return true })
	}
}

// make folds one past into a file of its own.
func (p *pasts) make(ctx context.Context, position int64) (made *past, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("panic: %v\n%s", fault, debug.Stack())
		}
		if err != nil && ctx.Err() == nil && kindOf(err).Kind == ServerError { // told here, since those who asked may have gone
			p.site.config.Log.Error("the record as it stood could not be prepared", "position", position, "error", err)
			err = &Error{Kind: Busy, Again: fullAgain}
		}
	}()
	path, err := p.place()
	if err != nil {
		return nil, err
	}
	v := p.site.config.View
	if free, err := disk.Free(filepath.Dir(path)); err == nil && free < 2*v.Size() { // a system that cannot tell is no fault of ours
		return nil, &Error{Kind: Busy, Again: fullAgain, Cause: errors.New("there is too little room on the disk for the record as it stood")}
	}
	care, err := v.Care(ctx)
	if err != nil {
		return nil, err
	}
	of, err := v.Past(ctx, path, position, care)
	if err != nil {
		return nil, err
	}
	made = &past{position: position, view: of, site: p.site.over(of)}
	if err := made.site.warm(ctx, &moment{entry: position}); err != nil && ctx.Err() == nil {
		p.site.config.Log.Error("the first page of the record as it stood could not be made", "position", position, "error", err)
	}
	return made, nil
}

// place is where the next file is to lie.
func (p *pasts) place() (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.dir == "" {
		if p.site.config.Past != "" {
			if err := os.MkdirAll(p.site.config.Past, 0o700); err != nil {
				return "", fmt.Errorf("making a place for the record as it stood: %w", err)
			}
		}
		dir, err := os.MkdirTemp(p.site.config.Past, "fener-past-")
		if err != nil {
			return "", fmt.Errorf("making a place for the record as it stood: %w", err)
		}
		p.dir = dir
	}
	p.made++
	return filepath.Join(p.dir, strconv.Itoa(p.made)+".db"), nil
}

// drop takes pasts out of the list and removes those that nobody reads. The caller holds the lock.
func (p *pasts) drop(which func(*past) bool) {
	left := p.kept[:0]
	for _, k := range p.kept {
		if !which(k) {
			left = append(left, k)
			continue
		}
		k.dropped = true
		k.idle.Stop()
		if k.uses == 0 {
			p.remove(k)
		}
	}
	clear(p.kept[len(left):])
	p.kept = left
}

func (p *pasts) leave(k *past) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if k.uses--; k.uses == 0 && k.dropped {
		p.remove(k)
	}
}

func (p *pasts) remove(k *past) {
	k.site.whole.empty()
	err := k.view.Close()
	if _, removed := view.Remove(k.view.Path()); err != nil || removed != nil {
		p.site.config.Log.Error("the file of the record as it stood could not be removed", "error", errors.Join(err, removed))
	}
}

// Close ends what the site prepares of the past and removes its files; one that is still being read goes when it was. The site answers on, but for the past.
func (s *Site) Close() error {
	s.moments.close()
	p := &s.pasts
	p.mu.Lock()
	p.ended = true
	if p.end != nil {
		p.end()
	}
	p.drop(func(*past) bool { return true })
	dir := p.dir
	p.mu.Unlock()
	p.done.Wait()
	if dir == "" {
		return nil
	}
	return disk.RemoveAll(dir)
}

// Pasts says how many moments of the past are kept, in how many bytes on the disk, and how many wait to be prepared.
func (s *Site) Pasts() (kept int, bytes int64, awaited int) {
	s.pasts.mu.Lock()
	defer s.pasts.mu.Unlock()
	for _, k := range s.pasts.kept {
		bytes += k.view.Size()
	}
	return len(s.pasts.kept), bytes, len(s.pasts.awaited)
}
