package page

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"fener/locale"
)

// A list that a page shows in parts is whole as CSV: it is read part by part and written into a file that all readers share, so that neither its
// length nor a slow reader nor a second one costs memory or is read for again.
const (
	PartRows   = 500              // rows read at a time
	wholeLimit = 2 * time.Minute  // for one file
	wholeWait  = 10 * time.Second // for the file that is being written to be done
)

// serveWhole serves the file that holds all rows of a page. Writing one does not take the turn of a page, but files are written one after the other.
func (s *Site) serveWhole(w http.ResponseWriter, r *http.Request, l locale.Lang, p Page, path string, query url.Values, m *moment) {
	if _, err := (&Request{Site: s, Lang: l, Query: query}).Paging(); err != nil { // a page makes no difference, and nonsense is still refused
		s.ServeError(w, r, l, err)
		return
	}
	query.Del("page")
	visit, err := s.gate.enter(r)
	if err != nil {
		s.ServeError(w, r, l, err)
		return
	}
	defer visit.leave() // once it is sent: so many at once for one client
	// The first reader waits for the file. Where there is no deadline to move, as in a test, none is kept.
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(wholeWait + wholeLimit))
	seq, name := s.config.Seq(), path
	if len(query) > 0 {
		name += "?" + query.Encode()
	}
	if p.Worded {
		name = string(l) + "/" + name
	}
	if p.Also != nil {
		name += "\n" + p.Also(s)
		if m != nil {
			name += "\n" + m.query()
		}
	}
	file, done, err := s.whole.get(name, seq, func(to io.Writer) error {
		ctx, stop := context.WithTimeout(context.WithoutCancel(r.Context()), wholeLimit)
		defer stop()
		return visit.takeLong(ctx, func() error {
			of := &Request{Site: s, Lang: l, Seq: seq, Query: query, moment: m, ctx: ctx, page: p, path: strings.TrimSuffix(path, asCSV.ending()), match: p.matcher(r, asCSV)}
			release, err := of.hold()
			if err != nil {
				return err
			}
			defer release()
			return p.Parts(of, NewSheetWriter(to, s.config.Synthetic).Write)
		})
	})
	defer done()
	if err != nil {
		s.ServeError(w, r, l, err)
		return
	}
	w.Header().Set("Cache-Control", "public, no-cache")
	asCSV.headers(w.Header(), path, m)
	file.serve(w, r, mediaTypes[asCSV])
}

// Parts reads a list from its beginning, so many rows at a time, and sends each part.
func Parts[T any](ctx context.Context, read func(after *T) ([]T, error), sheet func([]T) *Sheet, send func(*Sheet) error) error {
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
		if len(rows) < PartRows {
			return nil
		}
		last = &rows[len(rows)-1]
	}
}

// PartsOf sends a list in memory, so many rows at a time; an empty one still has its columns.
func PartsOf[T any](list []T, sheet func([]T) (*Sheet, error), send func(*Sheet) error) error {
	for first := true; first || len(list) > 0; first = false {
		part := list[:min(PartRows, len(list))]
		rows, err := sheet(part)
		if err != nil {
			return fmt.Errorf("making a part of a download: %w", err)
		}
		if err := send(rows); err != nil {
			return err
		}
		list = list[len(part):]
	}
	return nil
}

// next is the address of a document's next page, empty on the last.
func (r *Request) next(some, total, number int) string {
	if some >= total {
		return ""
	}
	query := url.Values{}
	for name, values := range r.Query {
		query[name] = values
	}
	query.Set("page", strconv.Itoa(number+1))
	return r.Kept(r.Absolute(r.URL(EscapePath(r.path))) + asJSON.ending() + "?" + query.Encode())
}

// List says which part of a list a document holds.
func (r *Request) List(total, offset, limit int) List {
	return List{Total: total, Offset: offset, Limit: limit, Next: r.next(offset+limit, total, offset/limit+1)}
}

// isWhole tells whether an address gives a list that is sent part by part.
func (p Page) isWhole(f form) bool { return f == asCSV && p.Parts != nil }
