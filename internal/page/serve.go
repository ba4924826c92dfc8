package page

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"fener/locale"
)

// servePage serves a page, or its data, as it is or as it stood.
func (s *Site) servePage(w http.ResponseWriter, r *http.Request, l locale.Lang, p Page) {
	if m, asked, wrong := momentOf(r.URL); asked && !p.Always && s.config.View != nil {
		s.servePast(w, r, l, p, m, wrong)
		return
	}
	s.serve(w, r, l, p, nil)
}

// serve serves a page, or its data, from the cache, rendering it first where needed. Errors are shown and never kept. The moment is that of a site over a
// past, as the reader asked for it.
func (s *Site) serve(w http.ResponseWriter, r *http.Request, l locale.Lang, p Page, m *moment) {
	path := strings.TrimPrefix(r.URL.Path, "/"+string(l)+"/")
	form := p.formOf(path)
	query, err := p.read(r.URL, form)
	if err != nil {
		s.ServeError(w, r, l, err)
		return
	}
	if p.isWhole(form) {
		s.serveWhole(w, r, l, p, path, query, m)
		return
	}
	kept, err := s.answer(r, l, p, form, path, query, m)
	if err != nil && kindOf(err).Kind == NotFound {
		if to, ok := s.moved(r, path); ok {
			redirect(w, r, "/"+string(l)+"/"+to)
			return
		}
	}
	if err != nil {
		s.ServeError(w, r, l, err)
		return
	}
	w.Header().Set("Cache-Control", "public, no-cache")
	if p.Free && len(query) > 0 {
		w.Header().Set("Cache-Control", "no-store")
	}
	form.headers(w.Header(), path, m)
	if p.Frame && form == asPage {
		frameable(w.Header())
	}
	kept.ServeHTTP(w, r)
}

// answer gives the answer of a page in one of its forms: as it is kept, or made now, which is bounded by the load.
func (s *Site) answer(r *http.Request, l locale.Lang, p Page, f form, path string, query url.Values, m *moment) (*Kept, error) {
	if p.Always && f == asPage {
		if of := s.ready.pages[pageIn{path, l}]; of != nil {
			kept, renew := of.answer(s.config.Seq())
			if renew {
				go s.renew(of, p, l)
			}
			return kept, nil
		}
	}
	in, seq, key := l, s.config.Seq(), path
	if p.Neutral && (f == asJSON || f == asCSV) {
		in = ""
	}
	if len(query) > 0 {
		key += "?" + query.Encode()
	}
	if m != nil {
		key += "\n" + m.query() // no address has a line break
	}
	if p.Also != nil {
		key += "\n" + p.Also(s)
	}
	if kept := s.cache.Have(key, in, seq); kept != nil {
		return kept, nil
	}
	mine := false
	build := func() (kept *Kept, err error) {
		mine = true
		visit, err := s.gate.enter(r)
		if err != nil {
			return nil, err
		}
		defer visit.leave()
		err = s.make(visit, r, l, p, f, path, query, seq, m, func(of *Request) error {
			kept, err = s.build(p, f, of)
			return err
		})
		return kept, err
	}
	if p.Free && len(query) > 0 {
		return build()
	}
	for {
		kept, err := s.cache.Get(key, in, seq, build)
		// Whoever waits for what another makes costs nothing; where that other one had no more to spend, the next makes it.
		if err == nil || mine || kindOf(err).Kind != TooMuch {
			return kept, err
		}
	}
}

// make makes something of a page when it is its turn.
func (s *Site) make(v *visit, r *http.Request, l locale.Lang, p Page, f form, path string, query url.Values, seq int64, m *moment, build func(*Request) error) error {
	ctx, stop := context.WithTimeout(context.WithoutCancel(r.Context()), buildLimit)
	defer stop()
	return v.take(ctx, func() error {
		of := &Request{
			Site: s, Lang: l, Seq: seq, Query: query, moment: m,
			ctx: ctx, page: p, path: strings.TrimSuffix(path, f.ending()), match: p.matcher(r, f),
		}
		release, err := of.hold()
		if err != nil {
			return err
		}
		defer release()
		return build(of)
	})
}

// buildLimit bounds the making of one page.
const buildLimit = 20 * time.Second

const (
	maxPath  = 512
	maxValue = 512
)

var errTooLong = errors.New("the address is longer than any that the site gives out")

// read takes the declared parameters from the query: the first value of each, none of them empty.
func (p Page) read(u *url.URL, f form) (url.Values, error) {
	if len(u.Path) > maxPath {
		return nil, &Error{Kind: BadRequest, Cause: errTooLong}
	}
	query := url.Values{}
	params := slices.Concat(p.Params, p.PageParams)
	if f != asPage {
		params = slices.Concat(p.Params, p.DataParams)
	}
	if len(params) == 0 {
		return query, nil
	}
	given, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return nil, &Error{Kind: BadRequest, Cause: err}
	}
	for _, name := range params {
		value := given.Get(name)
		if slices.Contains(p.Several, name) {
			value = strings.Join(given[name], "+")
		}
		if len(value) > max(maxValue, p.Longest) {
			return nil, &Error{Kind: BadRequest, Cause: errTooLong}
		}
		if value != "" {
			query.Set(name, value)
		}
	}
	return query, nil
}

// moved is where an address leads that no page has any more.
func (s *Site) moved(r *http.Request, path string) (to string, ok bool) {
	if s.config.Moved == nil {
		return "", false
	}
	return s.config.Moved(r, path)
}
