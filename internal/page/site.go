package page

import (
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"reflect"
	"strings"
	"sync"

	"fener/internal/evidence"
	"fener/internal/lang"
	"fener/internal/page/chart"
	"fener/internal/publish"
	"fener/internal/record"
	"fener/internal/view"
	"fener/internal/wasm"
	"fener/law"
	"fener/locale"
)

// Config is what the site is made from.
type Config struct {
	// Seq is the last entry of the ledger that can have changed what pages show; kept pages are dropped when it rises. Nil means that nothing ever changes.
	Seq func() int64
	// Pack is the law; the pages of provisions and the method show it.
	Pack *law.Pack
	// View is the public record. Nil shows pages without any record; a view of another scope is refused.
	View *view.View
	// Ledger is read, never written, for what was said in public and how claims stood in the past. Nil shows none of it.
	Ledger evidence.Entries
	// ID gives the id of the thing that files name by some words; addresses made of words lead to those of ids by it. Nil: they lead nowhere.
	ID func(kind record.Kind, words string) string
	// Address is where readers find the site, such as "https://fener.example", for what leaves it: citations, feeds, embedded charts. Without it
	// they carry addresses without a host.
	Address string
	// Contact is how readers reach the people behind the site: a mailto: or https: address. Empty shows none.
	Contact string
	// Synthetic puts a banner on every page that says that the data are generated.
	Synthetic bool
	// Proofs says how the proof log stands, whose proofs the pages link to. Nil: it is not signed.
	Proofs func() *publish.LogState
	// Checker gives the program with which a spreadsheet is checked on the reader's computer. Nil: there is none.
	Checker *wasm.Supply
	// Documents opens an archived file by its SHA-256, for pictures that are public. Nil: there are none.
	Documents func(sha256 string) (io.ReadCloser, error)
	// Log receives what went wrong; it never receives an address of a reader or what was searched for.
	Log *slog.Logger
	// CacheBytes bounds the memory for kept pages; zero means 64 MiB.
	CacheBytes int
	// Scratch is a folder for downloads that are too large for memory; empty means the system's.
	Scratch string
	// Past is a folder for the record as it stood at moments that readers ask for; empty means the system's for such files.
	Past string
	// Load bounds what readers may cost.
	Load Load
	// Files says that the site is made to be kept as files: the record stands still meanwhile, so that one moment of it serves many pages, and nothing is compressed.
	Files bool

	// Pages are all pages of the site, of every subject.
	Pages []Page
	// Static are folders "static" with more files that pages are drawn with, beside those of the frame.
	Static []fs.FS
	// Parts are templates that pages of several subjects draw with, beside those of the frame.
	Parts []fs.FS
	// Routes are the addresses that are no pages, by their pattern, such as "/checkpoint".
	Routes map[string]func(*Site, http.ResponseWriter, *http.Request)
	// Calls are numbers to call that stand at the foot of every page; may be nil.
	Calls func(*Request) []Call
	// Moved says where an address leads that no page has any more, below the language; may be nil.
	Moved func(r *http.Request, path string) (to string, ok bool)
}

// Site is the public site. Make it with New.
type Site struct {
	config    Config
	messages  *lang.Catalogues
	assets    *assets
	templates templates
	cache     *Cache
	gate      *gate
	ready     ready
	whole     wholeFiles
	pasts     pasts
	moments   moments // with Files
	pages     []Page
	look      *chart.Look
	cards     map[locale.Lang]func() (*Kept, error)
	described func() (map[string]any, error) // the schemas of the documents by their names, made once
	kept      sync.Map                       // what subjects keep: a *PerSite and its value
}

const defaultCacheBytes = 64 << 20

// New parses templates, styles and messages, and errors when any of them is malformed.
func New(config Config) (*Site, error) {
	if config.Seq == nil {
		config.Seq = func() int64 { return 0 }
	}
	if config.Log == nil {
		config.Log = slog.New(slog.DiscardHandler)
	}
	if config.CacheBytes == 0 {
		config.CacheBytes = defaultCacheBytes
	}
	if config.View != nil && config.View.Scope() != view.Public {
		return nil, fmt.Errorf("the public site was given the %s view: it would show what was not published", config.View.Scope())
	}
	messages, err := lang.Load()
	if err != nil {
		return nil, err
	}
	styles, err := loadAssets(append([]fs.FS{staticFiles}, config.Static...)...)
	if err != nil {
		return nil, err
	}
	look, err := readLook()
	if err != nil {
		return nil, err
	}
	parsed, err := parseTemplates(config.Pages, config.Parts)
	if err != nil {
		return nil, fmt.Errorf("parsing the pages' templates: %w", err)
	}
	s := &Site{
		config: config, messages: messages, assets: styles, templates: parsed,
		cache: NewCache(config.CacheBytes), gate: newGate(config.Load), whole: wholeFiles{dir: config.Scratch, limit: mostWhole}, pages: config.Pages,
		look: look, cards: map[locale.Lang]func() (*Kept, error){},
	}
	s.pasts.site = s
	s.described = sync.OnceValues(func() (map[string]any, error) {
		return schemas(append(s.documents(), reflect.TypeFor[Failure]())...)
	})
	for _, l := range locale.All {
		s.cards[l] = sync.OnceValues(func() (*Kept, error) { return s.makeCard(l) })
	}
	if s.ready, err = s.makeReady(); err != nil {
		return nil, err
	}
	return s, nil
}

// Handler serves the whole public site, with its security headers.
func (s *Site) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /static/", s.assets)
	mux.HandleFunc("GET "+leavePath, s.serveLeave)
	mux.Handle("GET /leave", http.RedirectHandler(leavePath, http.StatusMovedPermanently)) // where it was; the address told what it was for
	mux.HandleFunc("GET "+oembedPath, s.serveOEmbed)
	mux.HandleFunc("GET "+robotsPath, s.serveRobots)
	mux.HandleFunc("GET "+sitemapPath, s.serveSitemap)
	mux.HandleFunc("GET "+sitemapPart, s.serveSitemap)
	mux.HandleFunc("GET "+cataloguePath, s.serveCatalogue)
	mux.HandleFunc("GET "+openAPIPath, s.serveOpenAPI)
	for pattern, serve := range s.config.Routes {
		mux.HandleFunc("GET "+pattern, func(w http.ResponseWriter, r *http.Request) { serve(s, w, r) })
	}
	mux.HandleFunc("GET /{$}", s.serveRoot)
	mux.HandleFunc("/", s.ServeUnknown)
	for _, l := range locale.All {
		prefix := "/" + string(l)
		mux.HandleFunc("GET "+prefix, func(w http.ResponseWriter, r *http.Request) { redirect(w, r, prefix+"/") })
		mux.HandleFunc(prefix+"/", func(w http.ResponseWriter, r *http.Request) {
			s.ServeError(w, r, l, unmatched(r))
		})
		mux.HandleFunc("GET "+prefix+"/"+siteCard, func(w http.ResponseWriter, r *http.Request) { s.serveCard(w, r, l) })
		for _, p := range s.pages {
			for _, pattern := range p.patterns() {
				mux.HandleFunc("GET "+prefix+"/"+pattern, func(w http.ResponseWriter, r *http.Request) {
					s.servePage(w, r, l, p)
				})
			}
		}
	}
	return s.guarded(Secure(mux))
}

// serveRoot sends the reader to the first page in a language of theirs.
func (s *Site) serveRoot(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Vary", "Accept-Language")
	redirect(w, r, "/"+string(Negotiate(r))+"/")
}

// ServeUnknown answers addresses outside the languages, in a language of the reader's.
func (s *Site) ServeUnknown(w http.ResponseWriter, r *http.Request) {
	first, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if l, err := locale.ParseLang(first); err == nil { // /sr-latn/help, typed by hand
		to := "/" + string(l) + "/" + EscapePath(rest)
		if r.URL.RawQuery != "" { // what was searched for or chosen goes with it
			to += "?" + r.URL.RawQuery
		}
		redirect(w, r, to)
		return
	}
	w.Header().Set("Vary", "Accept-Language")
	s.ServeError(w, r, Negotiate(r), unmatched(r))
}

// Negotiate is the language of ours that a reader's browser prefers.
func Negotiate(r *http.Request) locale.Lang { return locale.Negotiate(r.Header.Get("Accept-Language")) }

func redirect(w http.ResponseWriter, r *http.Request, to string) {
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, to, http.StatusFound)
}

// unmatched says why no page took the request: its method, or its address.
func unmatched(r *http.Request) error {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return &Error{Kind: NotAllowed, Cause: fmt.Errorf("method %s on a public page, expected GET or HEAD", r.Method)}
	}
	return NotFoundf("no page has this address")
}
