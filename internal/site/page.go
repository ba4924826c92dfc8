package site

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"fener/internal/api"
	"fener/internal/evidence"
	"fener/internal/view"
	"fener/law"
	"fener/locale"
	"fener/period"
)

// Page describes one page of the site, in all languages.
type Page struct {
	// Pattern is the address below the language, as net/http reads patterns: "cases/{court}/{number}"; "" is the first page.
	Pattern string
	// Template is the name of its file in the folder templates of Files, without .html. No two pages of a site have different ones of one name.
	Template string
	// Files holds the template; In sets it.
	Files fs.FS
	// Nav is the message that names the page in the navigation; empty keeps it out.
	Nav string
	// Foot is the message that names the page at the foot of every page; empty keeps it out.
	Foot string
	// Params are the query parameters the page reads. All others are ignored, so they can neither fill the cache nor reach the page.
	Params []string
	// Free says that readers type freely what the page answers: nobody else is likely to ask the same, so it is not kept.
	Free bool
	// Always says that the page needs no record and must answer whatever happens: it is made at the start, and never anew.
	Always bool
	// Neutral says that the page's data are the same in every language, so they are made once for all.
	Neutral bool
	// DataParams are the query parameters that only its data read.
	DataParams []string
	// Build makes what the template shows. Its errors are mapped to pages by kindOf.
	Build func(r *Request) (Content, error)
	// JSON makes the document that stands at the page's address with .json; nil where there is none.
	JSON func(r *Request) (any, error)
	// CSV makes the rows that stand at the page's address with .csv; nil where there are none.
	CSV func(r *Request) (*api.Sheet, error)
	// Parts sends the whole of a list that the page shows in parts, part by part, to the file at the page's address with .csv, in place of CSV. The file
	// is written once for each position of the ledger, and once for all languages unless its rows are Worded.
	Parts func(r *Request, send func(*api.Sheet) error) error
	// Worded says that rows hold words in the reader's language.
	Worded bool
	// Atom makes the feed that stands at the page's address with .atom; nil where there is none.
	Atom func(r *Request) (*api.Feed, error)
	// Cite makes the citation that stands at the page's address with .bib and .csl.json; nil where the page is not cited by itself.
	Cite func(r *Request) (*api.Cited, error)
	// Embed is the pattern of the page's chart for other sites; empty where it has none.
	Embed string
	// Frame says that other sites may show the page in a frame: it is drawn without navigation, help or script.
	Frame bool
}

// In are the pages of one subject, with the files in which their templates stand.
func In(files fs.FS, pages ...Page) []Page {
	for i := range pages {
		pages[i].Files = files
	}
	return pages
}

func (p Page) pattern() string {
	if p.Pattern == "" {
		return "{$}"
	}
	return p.Pattern
}

// Content is a page's struct: a pointer to a struct that embeds Base.
type Content interface{ base() *Base }

// Request is what a page is built from.
type Request struct {
	Site     *Site
	Lang     locale.Lang
	Seq      int64      // the ledger's entry up to which the page shows the record: for keeping what was made, never for readers, since it counts drafts
	Position int64      // the same as readers know it: how many public entries there are
	Query    url.Values // only the parameters that the page declares

	ctx   context.Context
	held  *view.View // the record at the moment that the page shows; nil: as it is
	page  Page
	path  string // below the language, without .json or .csv
	match func(string) string
}

// hold lets the whole page read one moment of the record, however many entries come meanwhile.
func (r *Request) hold() (release func(), err error) {
	if r.Site.config.View == nil {
		return func() {}, nil
	}
	if r.held, release, err = r.Site.config.View.Snapshot(r.ctx); err != nil {
		return nil, fmt.Errorf("holding one moment of the record: %w", err)
	}
	r.Seq, r.Position = r.held.Seq(), r.held.Position()
	return release, nil
}

// Public is the public record that the page reads; nil where there is none.
func (r *Request) Public() *view.View {
	if r.held != nil {
		return r.held
	}
	return r.Site.config.View
}

// Law is the law pack, nil where there is none; Ledger is where what was said in public is read from, nil where nothing is; Log takes what went wrong.
func (r *Request) Law() *law.Pack           { return r.Site.config.Pack }
func (r *Request) Ledger() evidence.Entries { return r.Site.config.Ledger }
func (r *Request) Log() *slog.Logger        { return r.Site.config.Log }

// Log takes what went wrong.
func (s *Site) Log() *slog.Logger { return s.config.Log }

// Own does something that no reader asked for, at one moment of the record.
func (s *Site) Own(do func(*Request) error) error {
	ctx, stop := context.WithTimeout(context.Background(), buildLimit)
	defer stop()
	r := &Request{Site: s, Lang: locale.EN, ctx: ctx}
	release, err := r.hold()
	if err != nil {
		return err
	}
	defer release()
	return do(r)
}

// Changed is the day of the record's last change; the unknown date where there is none.
func (r *Request) Changed() (period.Date, error) { return changedLast.Of(r) }

var changedLast = NewOnce(func(r *Request) (period.Date, error) {
	v, err := r.publicView()
	if err != nil {
		return period.Date{}, err
	}
	last, err := v.Recent(r.ctx, 1)
	if err != nil {
		return period.Date{}, fmt.Errorf("reading the last change: %w", err)
	}
	if len(last) == 0 {
		return period.Date{}, nil
	}
	return period.DateOf(last[0].At), nil
})

// Pattern is the page's pattern, and Path where it was asked for below the language, without .json or .csv.
func (r *Request) Pattern() string { return r.page.Pattern }
func (r *Request) Path() string    { return r.path }

// Has tells whether there is a message of this key.
func (r *Request) Has(key string) bool { return r.Site.messages.Has(r.Lang, key) }

// Context bounds what a page reads. It does not end when the reader goes away, since others may wait for the same page.
func (r *Request) Context() context.Context { return r.ctx }

// PathValue is the part of the address that a {name} in the pattern matched.
func (r *Request) PathValue(name string) string { return r.match(name) }

// T is a message in the page's language.
func (r *Request) T(key string, args ...any) string { return r.Site.messages.T(r.Lang, key, args...) }

// URL is the address of another page in the same language; path is escaped by the caller with url.PathEscape where it needs to be.
func (r *Request) URL(path string) string { return "/" + string(r.Lang) + "/" + path }

// Base is the part that all pages share: embed it, made by Request.Base, in a page's struct.
type Base struct {
	Lang        locale.Lang
	Title       string
	Description string // one sentence for search engines; may be empty
	Path        string // below the language
	Home        bool
	NoIndex     bool
	Synthetic   bool
	Nav         []NavLink
	Footer      []NavLink
	Languages   []LangLink
	Trail       []Link // from the first page to this one; the last has no Href
	Downloads   []Link // the same as data
	Alternates  []Alternate

	site *Site
}

func (b *Base) base() *Base { return b }

// NavLink is an entry of the navigation. Current is "page" on the page itself, "true" below it, else empty.
type NavLink struct {
	Link
	Current string
}

// LangLink leads to the same page in another language.
type LangLink struct {
	Lang    locale.Lang
	Name    string // the language's name for itself
	Href    string
	Current bool
}

// Base makes the shared part of a page with this title; the trail leads from the first page over the links given to the title.
func (r *Request) Base(title string, trail ...Link) Base {
	b := Base{Lang: r.Lang, Title: title, Path: r.path, Synthetic: r.Site.config.Synthetic, Footer: r.footer(), site: r.Site}
	b.Downloads, b.Alternates = r.downloads()
	query := ""
	if len(r.Query) > 0 {
		query = "?" + r.Query.Encode()
	}
	for _, l := range locale.All {
		b.Languages = append(b.Languages, LangLink{
			Lang: l, Name: l.Name(), Href: "/" + string(l) + "/" + escapePath(r.path) + query, Current: l == r.Lang,
		})
	}
	for _, p := range r.Site.pages {
		if p.Nav != "" {
			b.Nav = append(b.Nav, NavLink{Link{Text: r.T(p.Nav), Href: r.URL(p.Pattern)}, current(p.Pattern, r.path)})
		}
	}
	if r.path == "" {
		b.Home = true
		return b
	}
	b.Trail = append([]Link{{Text: r.T("frame.home"), Href: r.URL("")}}, trail...)
	b.Trail = append(b.Trail, Link{Text: title})
	return b
}

func current(nav, path string) string {
	switch {
	case nav == path:
		return "page"
	case nav != "" && strings.HasPrefix(path, nav+"/"):
		return "true"
	}
	return ""
}

// escapePath escapes each part of a path that net/http has already unescaped.
func escapePath(path string) string {
	return strings.TrimPrefix((&url.URL{Path: "/" + path}).EscapedPath(), "/")
}

// T is a message in the page's language, for templates.
func (b *Base) T(key string, args ...any) string { return b.site.messages.T(b.Lang, key, args...) }

// URL is the address of a page in the same language, for templates.
func (b *Base) URL(path string) string { return "/" + string(b.Lang) + "/" + path }

// Asset is the address of a static file, with the hash of its content in the name.
func (b *Base) Asset(name string) (string, error) { return b.site.assets.address(name) }

// servePage serves a page, or its data, from the cache, rendering it first where needed. Errors are shown and never kept.
func (s *Site) servePage(w http.ResponseWriter, r *http.Request, l locale.Lang, p Page) {
	path := strings.TrimPrefix(r.URL.Path, "/"+string(l)+"/")
	form := p.formOf(path)
	query, err := p.read(r.URL, form)
	if err != nil {
		s.serveError(w, r, l, err)
		return
	}
	if p.isWhole(form) {
		s.serveWhole(w, r, l, p, path, query)
		return
	}
	kept, err := s.answer(r, l, p, form, path, query)
	if err != nil && kindOf(err).Kind == NotFound {
		if to, ok := s.moved(r, path); ok {
			redirect(w, r, "/"+string(l)+"/"+to)
			return
		}
	}
	if err != nil {
		s.serveError(w, r, l, err)
		return
	}
	w.Header().Set("Cache-Control", "public, no-cache")
	form.headers(w.Header(), path)
	if p.Frame && form == asPage {
		frameable(w.Header())
	}
	kept.ServeHTTP(w, r)
}

// answer gives the answer of a page in one of its forms: as it is kept, or made now, which is bounded by the load.
func (s *Site) answer(r *http.Request, l locale.Lang, p Page, f form, path string, query url.Values) (*Kept, error) {
	if p.Always && f == asPage {
		if kept := s.ready.pages[pageIn{path, l}]; kept != nil {
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
		err = s.make(visit, r, l, p, f, path, query, seq, func(of *Request) error {
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
func (s *Site) make(v *visit, r *http.Request, l locale.Lang, p Page, f form, path string, query url.Values, seq int64, build func(*Request) error) error {
	ctx, stop := context.WithTimeout(context.WithoutCancel(r.Context()), buildLimit)
	defer stop()
	return v.take(ctx, func() error {
		of := &Request{
			Site: s, Lang: l, Seq: seq, Query: query,
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
	params := p.Params
	if f != asPage {
		params = slices.Concat(params, p.DataParams)
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
		if len(value) > maxValue {
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
