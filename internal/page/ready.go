package page

import (
	"context"
	"fmt"
	"strings"

	"fener/locale"
)

// ready is what answers whatever happens: made at the start, never dropped, in need of no record, no disk and no turn.
type ready struct {
	pages    map[pageIn]*Kept
	leave    map[locale.Lang][]byte
	refusals map[Kind]map[locale.Lang][]byte
}

type pageIn struct {
	path string
	lang locale.Lang
}

// makeReady makes the pages for people in danger, and those that refuse all else.
func (s *Site) makeReady() (ready, error) {
	out := ready{pages: map[pageIn]*Kept{}, leave: map[locale.Lang][]byte{}, refusals: map[Kind]map[locale.Lang][]byte{Busy: {}, TooMuch: {}}}
	for _, l := range locale.All {
		for _, p := range s.pages {
			if !p.Always {
				continue
			}
			if strings.Contains(p.Pattern, "{") || len(p.Params) > 0 {
				return out, fmt.Errorf("the page %q cannot be made at the start: its address leaves something open", p.Pattern)
			}
			kept, err := s.build(p, asPage, &Request{Site: s, Lang: l, ctx: context.Background(), page: p, path: p.Pattern})
			if err != nil {
				return out, fmt.Errorf("making the page %q: %w", p.Pattern, err)
			}
			out.pages[pageIn{p.Pattern, l}] = kept
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
