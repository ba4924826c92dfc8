package page

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"fener/internal/disk"
	"fener/internal/ledger"
	"fener/internal/view"
	"fener/locale"
	"fener/period"
)

// Kind is what a reader can be told about an error. Each has a page of its own.
type Kind int

// The kinds of error. The zero value is the safe one: our fault, nothing told.
const (
	ServerError  Kind = iota // the page could not be made
	NotFound                 // there is nothing at this address
	NotPublished             // it exists and is not public
	Withdrawn                // it was published and taken back
	Conflict                 // it was changed in the meantime
	NoData                   // the record holds nothing
	BadRequest               // the address makes no sense
	NotAllowed               // the address is only for reading
	Unready                  // the record is still being read
	Busy                     // more is being made than there is room for
	TooMuch                  // more was made for this reader lately than for one
	Preparing                // the record as it stood is being read
	NotYet                   // the record had not begun
)

// Error is an error with what a reader may be told about it.
type Error struct {
	Kind      Kind
	Detail    string     // shown to the reader, in their language; may be empty
	Field     string     // the query parameter that it is about, if any
	Tombstone *Tombstone // with Withdrawn
	Again     int        // with Busy, TooMuch and Preparing: after how many seconds to come again
	Instead   Content    // a page to show in place of the error's own, such as the form that was filled in wrongly; may be nil
	Template  string     // of Instead
	Cause     error      // never shown
}

// Tombstone is what remains visible of something withdrawn.
type Tombstone struct {
	What string // its identifier
	When period.Date
	Why  string
	Rev  int // its last revision
}

func (e *Error) Error() string {
	name := shown[e.Kind].name
	if e.Cause == nil {
		return name
	}
	return name + ": " + e.Cause.Error()
}

func (e *Error) Unwrap() error { return e.Cause }

// NotFoundf is an error of the kind NotFound; the words say what was looked for and are not shown.
func NotFoundf(format string, args ...any) error {
	return &Error{Kind: NotFound, Cause: fmt.Errorf(format, args...)}
}

// shown maps each kind to its status and messages. This is the one place where that is decided.
var shown = map[Kind]struct {
	name, title, says, next string
	status                  int
}{
	ServerError:  {"server error", "error.server.title", "error.server.says", "error.server.next", http.StatusInternalServerError},
	NotFound:     {"not found", "error.not_found.title", "error.not_found.says", "error.not_found.next", http.StatusNotFound},
	NotPublished: {"not published", "error.not_published.title", "error.not_published.says", "error.not_published.next", http.StatusNotFound},
	Withdrawn:    {"withdrawn", "error.withdrawn.title", "error.withdrawn.says", "error.withdrawn.next", http.StatusGone},
	Conflict:     {"conflict", "error.conflict.title", "error.conflict.says", "error.conflict.next", http.StatusConflict},
	NoData:       {"no data", "error.no_data.title", "error.no_data.says", "error.no_data.next", http.StatusOK},
	BadRequest:   {"bad request", "error.bad_request.title", "error.bad_request.says", "error.bad_request.next", http.StatusBadRequest},
	NotAllowed:   {"method not allowed", "error.bad_request.title", "error.bad_request.says", "error.bad_request.next", http.StatusMethodNotAllowed},
	Unready:      {"unready", "error.unready.title", "error.unready.says", "error.unready.next", http.StatusServiceUnavailable},
	Busy:         {"busy", "error.busy.title", "error.busy.says", "error.busy.next", http.StatusServiceUnavailable},
	Preparing:    {"preparing", "error.preparing.title", "error.preparing.says", "error.preparing.next", http.StatusServiceUnavailable},
	NotYet:       {"not yet", "error.not_yet.title", "error.not_yet.says", "error.not_yet.next", http.StatusNotFound},
	TooMuch:      {"too much", "error.too_much.title", "error.too_much.says", "error.too_much.next", http.StatusTooManyRequests},
}

// fullAgain is after how many seconds to come again where the disk is full.
const fullAgain = 60

// kindOf maps any error to what the reader is told. Errors of the rooms below are added here, each by errors.Is on its own kind.
func kindOf(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, ledger.ErrAway) { // of buildLimit; the few pages that ask the ledger itself
		return &Error{Kind: Busy, Cause: err, Again: unreadyAgain}
	}
	if disk.Full(err) { // of a download's file: pages need none
		return &Error{Kind: Busy, Cause: err, Again: fullAgain}
	}
	if errors.Is(err, context.Canceled) { // what it was made from went away while it was made, as at a stop: it is worth asking again
		return &Error{Kind: Unready, Cause: err}
	}
	if errors.Is(err, view.ErrForeign) || errors.Is(err, view.ErrDamaged) { // it is built anew
		return &Error{Kind: Unready, Cause: err}
	}
	return &Error{Kind: ServerError, Cause: err}
}

type errorContent struct {
	Base
	Says, Next, Detail string
	Tombstone          []Summary
	Ask                *Moment // the form for another day
}

// ServeError shows the page of an error and logs it, once, where it is ours.
func (s *Site) ServeError(w http.ResponseWriter, r *http.Request, l locale.Lang, err error) {
	e := kindOf(err)
	if e.Kind == ServerError || disk.Full(e.Cause) {
		s.config.Log.Error("a page could not be made", "page", r.Pattern, "lang", string(l), "error", err)
	}
	w.Header().Set("Cache-Control", "no-store")
	switch e.Kind {
	case NotAllowed:
		w.Header().Set("Allow", "GET, HEAD")
	case Unready:
		w.Header().Set("Retry-After", strconv.Itoa(unreadyAgain))
	case Busy, TooMuch, Preparing:
		w.Header().Set("Retry-After", strconv.Itoa(max(1, e.Again)))
	}
	words := shown[e.Kind]
	if isData(r.URL.Path) {
		s.serveProblem(w, l, e)
		return
	}
	if e.Kind == Preparing { // the page opens by itself
		w.Header().Set("Refresh", strconv.Itoa(max(1, e.Again)))
	}
	if refusal, ok := s.ready.refusals[e.Kind]; ok { // made beforehand: refusing must cost next to nothing
		w.Header().Set("Content-Type", mediaTypes[asPage])
		w.WriteHeader(words.status)
		w.Write(refusal[l]) // an error here means that the reader has gone
		return
	}
	template, content := "error", Content(s.errorContent(r.URL.Path, l, e))
	if e.Instead != nil {
		template, content = e.Template, e.Instead
		content.base().NoIndex = true
	}
	body, err := s.errorPage(r, template, content)
	if refused := kindOf(err); err != nil && (refused.Kind == Busy || refused.Kind == TooMuch) {
		s.ServeError(w, r, l, refused)
		return
	}
	if err != nil {
		s.config.Log.Error("the page of an error could not be made", "kind", words.name, "error", err)
		http.Error(w, s.messages.T(l, words.title), words.status)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(words.status)
	w.Write(body) // an error here means that the reader has gone
}

// errorPage makes the page of an error. It costs what other pages cost and counts as they do: nothing is easier to ask for than what is not there.
func (s *Site) errorPage(r *http.Request, template string, content Content) (body []byte, err error) {
	visit, err := s.gate.enter(r)
	if err != nil {
		return nil, err
	}
	defer visit.leave()
	err = visit.take(r.Context(), func() error {
		body, err = s.templates.render(template, content)
		return err
	})
	return body, err
}

func (s *Site) errorContent(path string, l locale.Lang, e *Error) *errorContent {
	words := shown[e.Kind]
	request := &Request{Site: s, Lang: l, path: belowLanguage(path)}
	p := &errorContent{
		Base: request.Base(request.T(words.title)),
		Says: request.T(words.says), Next: request.T(words.next), Detail: e.Detail,
	}
	p.NoIndex, p.Home = true, false
	if e.Field == asOfParam || e.Field == entryParam {
		p.Ask = request.newMoment()
	}
	if s.isPast() && e.Kind == NotFound && p.Detail == "" {
		p.Detail = request.T("moment.not_there")
	}
	if t := e.Tombstone; t != nil {
		p.Tombstone = []Summary{
			{Term: request.T("tombstone.what"), Text: Link{Text: t.What}},
			{Term: request.T("tombstone.when"), Text: Link{Text: locale.Date(l, t.When)}},
			{Term: request.T("tombstone.why"), Text: Link{Text: t.Why}},
			{Term: request.T("tombstone.rev"), Text: Link{Text: locale.Integer(l, int64(t.Rev))}},
		}
	}
	return p
}

// belowLanguage is the path without its language, so that switching the language keeps the place on pages of errors too. What is no
// address of the site leads to the first page.
func belowLanguage(path string) string {
	for _, l := range locale.All {
		prefix := "/" + string(l) + "/"
		if len(path) > len(prefix) && path[:len(prefix)] == prefix && len(path) <= maxPath {
			return path[len(prefix):]
		}
	}
	return ""
}

// IsNoData tells whether an error is that there is no record to read.
func IsNoData(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == NoData
}
