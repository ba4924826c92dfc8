package page

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/url"

	"fener/internal/evidence"
	"fener/internal/publish"
	"fener/internal/record"
	"fener/internal/view"
	"fener/internal/wasm"
	"fener/law"
	"fener/locale"
	"fener/period"
)

// Request is what a page is built from.
type Request struct {
	Site     *Site
	Lang     locale.Lang
	Seq      int64      // the last entry of the ledger that can have changed what the page shows: for keeping what was made, never for readers, since it counts drafts
	Position int64      // the same as readers know it: how many public entries there are
	Query    url.Values // only the parameters that the page declares

	ctx    context.Context
	bare   bool       // the page stands without the record
	held   *view.View // the record at the moment that the page shows; nil: as it is
	moment *moment    // of the past, as the reader asked for it; nil: the page is of today
	page   Page
	path   string // below the language, without .json or .csv
	match  func(string) string
}

// hold lets the whole page read one moment of the record, however many entries come meanwhile.
func (r *Request) hold() (release func(), err error) {
	if r.Site.config.View == nil {
		return func() {}, nil
	}
	take := r.Site.config.View.Snapshot
	if r.Site.config.Files {
		take = r.Site.moments.of(r.Site.config.View)
	}
	if r.held, release, err = take(r.ctx); err != nil {
		return nil, fmt.Errorf("holding one moment of the record: %w", err)
	}
	r.Seq, r.Position = r.held.Shown(), r.held.Position()
	return release, nil
}

// Public is the public record that the page reads; nil where there is none.
func (r *Request) Public() *view.View {
	if r.held != nil || r.bare {
		return r.held
	}
	return r.Site.config.View
}

// Law is the law pack, nil where there is none; Ledger is where what was said in public is read from, nil where nothing is; Log takes what went wrong.
func (r *Request) Law() *law.Pack           { return r.Site.config.Pack }
func (r *Request) Ledger() evidence.Entries { return r.Site.config.Ledger }
func (r *Request) Log() *slog.Logger        { return r.Site.config.Log }

// View is the public record, nil where there is none.
func (s *Site) View() *view.View { return s.config.View }

// Proofs is how the proof log stands; nil where it is not signed.
func (s *Site) Proofs() *publish.LogState {
	if s.config.Proofs == nil {
		return nil
	}
	return s.config.Proofs()
}

// Proof is the address of the proof of a revision of a thing, as readers count them; empty where the log is not signed.
func (r *Request) Proof(kind record.Kind, id string, rev int) string {
	if r.Site.config.Proofs == nil || id == "" || rev < 1 {
		return ""
	}
	return publish.ProofPath(kind, id, rev)
}

// Checker gives the program with which a spreadsheet is checked on the reader's computer; nil where there is none.
func (s *Site) Checker() *wasm.Supply { return s.config.Checker }

// Documents opens an archived file by its SHA-256; nil where there are none.
func (s *Site) Documents() func(sha256 string) (io.ReadCloser, error) { return s.config.Documents }

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
	v, err := r.Record()
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

// Today is the day in universal time, for answers that are not kept: what is kept must not depend on it, unless its page is Daily.
func (r *Request) Today() period.Date { return r.Site.Today() }

// Today is the day in universal time.
func (s *Site) Today() period.Date { return Day(s.gate.Clock()) }

// Daily is the word of a page that says how things stand to the day (Page.Also): it is made anew when a day is over.
func Daily(s *Site) string { return s.Today().String() }

// Day is the day of which the page tells: today, and on a page of the past the day that was asked for, or on which the entry that was asked for became public.
// What depends on it is kept only by pages that are Daily.
func (r *Request) Day() (period.Date, error) {
	switch {
	case r.moment == nil:
		return r.Today(), nil
	case !r.moment.day.IsZero():
		return r.moment.day, nil
	}
	v, err := r.Record()
	if err != nil {
		return period.Date{}, err
	}
	at, err := v.PublishedAt(r.ctx, r.Position)
	if err != nil {
		return period.Date{}, fmt.Errorf("reading when entry %d became public: %w", r.Position, err)
	}
	return Day(at), nil
}

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
