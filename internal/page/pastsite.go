package page

import (
	"context"
	"slices"
	"sync"
	"time"

	"fener/internal/view"
	"fener/locale"
)

// over is this site over a past: the same pages, bounds and words, but what is kept of it, which goes with it.
func (s *Site) over(v *view.View) *Site {
	config := s.config
	config.View = v
	if s.config.Ledger != nil {
		config.Ledger = v.Entries()
	}
	config.Calls = func(r *Request) (calls []Call) { // nobody in danger is told a number of the past
		if s.config.Calls == nil {
			return nil
		}
		err := s.Own(func(own *Request) error {
			own.Lang = r.Lang
			calls = s.config.Calls(own)
			return nil
		})
		if err != nil {
			s.config.Log.Error("the numbers to call could not be read", "error", err)
		}
		return calls
	}
	return &Site{config: config, messages: s.messages, assets: s.assets, templates: s.templates, cache: NewCache(s.config.CacheBytes / pastShare), gate: s.gate,
		ready: s.ready, whole: wholeFiles{dir: s.config.Scratch, limit: mostWhole / pastShare}, pages: s.pages, look: s.look, cards: s.cards}
}

// isPast tells whether the site is one over a past.
func (s *Site) isPast() bool { return s.pasts.site == nil }

// warm makes the first page once: what it rests on is one pass over the whole record, which no reader's account should have to bear.
func (s *Site) warm(ctx context.Context, m *moment) error {
	at := slices.IndexFunc(s.pages, func(p Page) bool { return p.Pattern == "" })
	if at < 0 {
		return nil
	}
	ctx, stop := context.WithTimeout(ctx, wholeLimit)
	defer stop()
	r := &Request{Site: s, Lang: locale.EN, ctx: ctx, page: s.pages[at], moment: m, match: func(string) string { return "" }}
	release, err := r.hold()
	if err != nil {
		return err
	}
	defer release()
	_, err = s.body(s.pages[at], asPage, r)
	return err
}

// days remembers which position the end of a day leads to. Of a day before that of the last entry it stays the same, and there are not many.
type days struct {
	mu    sync.Mutex
	at    map[time.Time]int64
	last  int64 // the position that lastAt is of
	first time.Time
	ended time.Time
}

func (d *days) position(ctx context.Context, v *view.View, last int64, end time.Time) (int64, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.last != last {
		first, err := v.PublishedAt(ctx, 1)
		if err != nil {
			return 0, err
		}
		if d.ended, err = v.PublishedAt(ctx, last); err != nil {
			return 0, err
		}
		d.first, d.last = first, last
	}
	switch {
	case !d.first.Before(end):
		return 0, nil
	case d.ended.Before(end):
		return last, nil
	}
	if position, ok := d.at[end]; ok {
		return position, nil
	}
	position, err := v.PositionOn(ctx, end)
	if err != nil {
		return 0, err
	}
	if d.at == nil {
		d.at = map[time.Time]int64{}
	}
	d.at[end] = position
	return position, nil
}
