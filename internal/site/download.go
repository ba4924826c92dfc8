package site

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"fener/internal/api"
)

// A list that a page shows in parts is whole as CSV: it is read and sent part by part, so that neither its length nor a slow reader takes
// memory, and it is not kept. A reader who takes a part too slowly is cut off, and no more are served at once than leave room for pages.
const (
	partRows      = 500              // rows read at a time
	partTime      = 30 * time.Second // for a reader to take one part
	mostDownloads = 4                // whole lists sent at once
	downloadWait  = 10 * time.Second // for one of them to end
)

// errWholeList is why a download is asked to come again.
var errWholeList = errors.New("as many lists are being sent as may be at once")

// wholeLists are the places for downloads.
type wholeLists chan struct{}

func (l wholeLists) enter(ctx context.Context) error {
	wait := time.NewTimer(downloadWait)
	defer wait.Stop()
	select {
	case l <- struct{}{}:
		return nil
	case <-wait.C:
		return &Error{Kind: Busy, Cause: errWholeList}
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (l wholeLists) leave() { <-l }

// serveWhole sends a whole list as CSV.
func (s *Site) serveWhole(w http.ResponseWriter, r *http.Request, p Page, request *Request) {
	if _, err := request.paging(); err != nil { // a page makes no difference, and nonsense is still refused
		s.serveError(w, r, request.Lang, err)
		return
	}
	request.Query.Del("page")
	if err := s.whole.enter(r.Context()); err != nil {
		s.serveError(w, r, request.Lang, err)
		return
	}
	defer s.whole.leave()
	request.ctx = r.Context() // nobody else waits for it
	out := api.NewSheetWriter(w, s.config.Synthetic)
	begun := false
	err := p.Parts(request, func(part *api.Sheet) error {
		// The writer without a deadline is that of a test; there it is not needed.
		if err := http.NewResponseController(w).SetWriteDeadline(time.Now().Add(partTime)); err != nil && !errors.Is(err, http.ErrNotSupported) {
			return err
		}
		if !begun {
			begun = true
			w.Header().Set("Content-Type", mediaTypes[asCSV])
			w.Header().Set("Cache-Control", "public, no-cache")
			asCSV.headers(w.Header(), request.path+asCSV.ending())
		}
		if r.Method == http.MethodHead {
			return errHeadOnly
		}
		return out.Write(part)
	})
	switch {
	case err == nil, errors.Is(err, errHeadOnly), r.Context().Err() != nil:
	case !begun:
		s.serveError(w, r, request.Lang, err)
	default: // the reader must see that the file is not whole
		s.config.Log.Error("a list broke off while it was sent", "page", p.Pattern, "error", err)
		panic(http.ErrAbortHandler)
	}
}

var errHeadOnly = errors.New("only the head was asked for")

// parts reads a list from its beginning, so many rows at a time, and sends each part.
func parts[T any](ctx context.Context, read func(after *T) ([]T, error), sheet func([]T) *api.Sheet, send func(*api.Sheet) error) error {
	var last *T
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		rows, err := read(last)
		if err != nil {
			return fmt.Errorf("reading a list for a download: %w", err)
		}
		if len(rows) > 0 || last == nil { // also an empty list has its columns
			if err := send(sheet(rows)); err != nil {
				return err
			}
		}
		if len(rows) < partRows {
			return nil
		}
		last = &rows[len(rows)-1]
	}
}

// next is the address of a document's next page, empty on the last.
func (r *Request) next(shown, total, number int) string {
	if shown >= total {
		return ""
	}
	query := url.Values{}
	for name, values := range r.Query {
		query[name] = values
	}
	query.Set("page", strconv.Itoa(number+1))
	return r.absolute(r.URL(escapePath(r.path))) + asJSON.ending() + "?" + query.Encode()
}

// list says which part of a list a document holds.
func (r *Request) list(total, offset, limit int) api.List {
	return api.List{Total: total, Offset: offset, Limit: limit, Next: r.next(offset+limit, total, offset/limit+1)}
}

// isWhole tells whether an address gives a list that is sent part by part.
func (p Page) isWhole(f form) bool { return f == asCSV && p.Parts != nil }
