package page

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"fener/locale"
)

// ready is what answers whatever happens: made at the start, never dropped, in need of no record, no disk and no turn.
type ready struct {
	pages    map[pageIn]*readyPage
	leave    map[locale.Lang][]byte
	refusals map[Kind]map[locale.Lang][]byte
}

// readyPage is answered as it was made last, whatever happens; where the record has moved on it is made anew beside that.
type readyPage struct {
	mu     sync.Mutex
	kept   *Kept
	seq    int64
	making bool
}

// answer is the page as it stands, and whether the caller is to renew it.
func (p *readyPage) answer(seq int64) (kept *Kept, renew bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.seq != seq && !p.making {
		p.making, renew = true, true
	}
	return p.kept, renew
}

func (p *readyPage) renewed(kept *Kept, seq int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.making = false
	if kept != nil {
		p.kept, p.seq = kept, seq
	}
}

type pageIn struct {
	path string
	lang locale.Lang
}

// makeReady makes the pages for people in danger, and those that refuse all else.
func (s *Site) makeReady() (ready, error) {
	out := ready{pages: map[pageIn]*readyPage{}, leave: map[locale.Lang][]byte{}, refusals: map[Kind]map[locale.Lang][]byte{Busy: {}, TooMuch: {}, Preparing: {}}}
	for _, l := range locale.All {
		for _, p := range s.pages {
			if !p.Always {
				continue
			}
			if strings.Contains(p.Pattern, "{") || len(p.Params)+len(p.PageParams) > 0 {
				return out, fmt.Errorf("the page %q cannot be made at the start: its address leaves something open", p.Pattern)
			}
			kept, seq, err := s.always(p, l)
			if err != nil { // the record cannot be read: the page stands without it
				s.config.Log.Error("a page that must always answer was made without the record", "page", p.Pattern, "error", err)
				kept, err = s.build(p, asPage, &Request{Site: s, Lang: l, ctx: context.Background(), page: p, path: p.Pattern, bare: true})
			}
			if err != nil {
				return out, fmt.Errorf("making the page %q: %w", p.Pattern, err)
			}
			out.pages[pageIn{p.Pattern, l}] = &readyPage{kept: kept, seq: seq}
		}
		var err error
		if out.leave[l], err = s.leavePage(l); err != nil {
			return out, err
		}
		for kind, pages := range out.refusals {
			if pages[l], err = s.templates.render("error", s.errorContent("", l, &Error{Kind: kind})); err != nil {
				return out, err
			}
		}
	}
	return out, nil
}

// always makes a page that must always answer, and says of which position of the ledger.
func (s *Site) always(p Page, l locale.Lang) (kept *Kept, seq int64, err error) {
	seq = s.config.Seq()
	err = s.Own(func(r *Request) error {
		r.Lang, r.page, r.path = l, p, p.Pattern
		kept, err = s.build(p, asPage, r)
		return err
	})
	return kept, seq, err
}

// renew makes such a page anew, beside the answers that are given meanwhile.
func (s *Site) renew(of *readyPage, p Page, l locale.Lang) {
	var kept *Kept
	var seq int64
	defer func() {
		if fault := recover(); fault != nil {
			s.config.Log.Error("a page that must always answer could not be made", "page", p.Pattern, "error", fault)
		}
		of.renewed(kept, seq)
	}()
	made, at, err := s.always(p, l)
	if err != nil {
		s.config.Log.Error("a page that must always answer could not be made", "page", p.Pattern, "error", err)
		return
	}
	kept, seq = made, at
}
