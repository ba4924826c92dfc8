package desk

import (
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"fener/locale"
)

// How often somebody may fail to sign in: so many times in a while from one place, and so many under one name from anywhere.
const (
	triesWhile   = 15 * time.Minute
	triesOfPlace = 10
	triesOfName  = 40
	mostTried    = 10_000 // places and names that are kept at once
)

// tries counts who failed to sign in. It is in memory alone: an address is written nowhere.
type tries struct {
	mu    sync.Mutex
	count map[tryKey]*tried
}

type tryKey struct {
	name bool
	of   string
}

type tried struct {
	n     int
	until time.Time
}

func newTries() *tries { return &tries{count: map[tryKey]*tried{}} }

// keys are what a try counts for: the place that it comes from, and the name.
func (t *tries) keys(place, login string) []tryKey {
	return []tryKey{{false, place}, {true, strings.Join(strings.Fields(locale.Fold(login)), " ")}}
}

func (k tryKey) most() int {
	if k.name {
		return triesOfName
	}
	return triesOfPlace
}

// wait is how long whoever has these keys must wait; zero: they may try.
func (t *tries) wait(keys []tryKey, now time.Time) (wait time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, k := range keys {
		if one := t.count[k]; one != nil && one.n >= k.most() && now.Before(one.until) {
			wait = max(wait, one.until.Sub(now))
		}
	}
	return wait
}

// failed counts a try. The while begins anew with each.
func (t *tries) failed(keys []tryKey, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.count) > mostTried {
		for k, one := range t.count {
			if !now.Before(one.until) {
				delete(t.count, k)
			}
		}
	}
	for _, k := range keys {
		one := t.count[k]
		if one == nil || !now.Before(one.until) {
			if len(t.count) > 2*mostTried { // somebody fills it: nobody new is let in until it empties, and whoever is known is
				continue
			}
			one = &tried{}
			t.count[k] = one
		}
		one.n++
		one.until = now.Add(triesWhile)
	}
}

// forget lets somebody who signed in begin anew. The place does not: whoever has an account could try others' passwords from it for ever.
func (t *tries) forget(keys []tryKey) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, k := range keys {
		if k.name {
			delete(t.count, k)
		}
	}
}

// client tells apart who asks.
func (d *Desk) clientOf(r *http.Request) string {
	if d.opts.Client != nil {
		return d.opts.Client(r)
	}
	return r.RemoteAddr
}

func (v *visit) client() string { return v.clientOf(v.r) }

// seconds is a time for Retry-After.
func seconds(wait time.Duration) string { return strconv.Itoa(int(wait/time.Second) + 1) }
