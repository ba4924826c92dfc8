package page

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"fener/internal/view"
	"fener/locale"
)

// PageSize is how many rows of a list a page shows: what keeps a full one under 60 KB in Cyrillic, which takes two bytes for a letter.
const PageSize = 30

// maxPages keeps an address from asking for a page that no list can have.
const maxPages = 1_000_000

// Record is the public record; without one there is nothing to show.
func (r *Request) Record() (*view.View, error) {
	if v := r.Public(); v != nil {
		return v, nil
	}
	return nil, &Error{Kind: NoData}
}

// Wrong is the error of a query parameter that makes no sense; name is the message that names it.
func (r *Request) Wrong(field, name string) error {
	return &Error{Kind: BadRequest, Field: field, Detail: r.T("query.wrong", "field", r.T(name))}
}

// Paging reads which part of a list is asked for.
func (r *Request) Paging() (view.Page, error) {
	p := view.Page{Limit: PageSize}
	if text := r.Query.Get("page"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > maxPages {
			return p, r.Wrong("page", "paging.page")
		}
		p.Offset = (n - 1) * PageSize
	}
	return p, nil
}

// Cursor names a place in a list, as it stands at one position of the record.
func (r *Request) Cursor(place int) string {
	return strconv.FormatInt(r.Position, 10) + "-" + strconv.Itoa(place)
}

// PositionOf is where an entry of the ledger stands in the record, as the public counts it.
func (r *Request) PositionOf(seq int64) (int64, error) {
	position, err := r.Public().PositionOf(r.Context(), seq)
	if err != nil {
		return 0, fmt.Errorf("reading where entry %d stands in the public record: %w", seq, err)
	}
	return position, nil
}

// After reads from which place of a list on an address asks; total is how long the list is. A list that has grown or shrunk since its first part
// was given would have gaps, so whoever comes with the cursor of another position is told to begin again.
func (r *Request) After(total int) (int, error) {
	text := r.Query.Get("after")
	if text == "" {
		return 0, nil
	}
	at, place, found := strings.Cut(text, "-")
	position, wrong := strconv.ParseInt(at, 10, 64)
	n, err := strconv.Atoi(place)
	if !found || wrong != nil || err != nil || n < 0 {
		return 0, r.Wrong("after", "paging.page")
	}
	if position != r.Position {
		return 0, &Error{Kind: Conflict, Field: "after", Detail: r.T("paging.grown")}
	}
	return min(n, total), nil
}

// Pager says which part of a list a page shows, and leads to the parts beside it.
type Pager struct {
	Says  string
	Links []Link
}

// Pager leads through a list of which the page shows some rows.
func (r *Request) Pager(pattern string, p view.Page, total int) Pager {
	return r.PagerOf(pattern, p.Offset/PageSize+1, (total+PageSize-1)/PageSize)
}

// PagerOf leads through the parts of a list; path is the address below the language.
func (r *Request) PagerOf(pattern string, n, pages int) Pager {
	pages = max(1, pages)
	if pages == 1 && n == 1 {
		return Pager{}
	}
	out := Pager{Says: r.T("paging.of", "n", n, "pages", pages)}
	to := func(key string, n int) {
		if n < 1 || n > pages {
			return
		}
		query := url.Values{}
		for name, values := range r.Query {
			query[name] = values
		}
		query.Set("page", strconv.Itoa(n))
		out.Links = append(out.Links, Link{Text: r.T(key), Href: r.URL(pattern) + "?" + query.Encode()})
	}
	to("paging.before", min(n-1, pages))
	to("paging.after", n+1)
	return out
}

// Gone maps what a view says of a thing that is not there to what the reader is told.
func Gone(err error) error {
	var tomb *view.GoneError
	switch {
	case errors.As(err, &tomb):
		return &Error{Kind: Withdrawn, Cause: err, Tombstone: &Tombstone{What: tomb.ID, When: Day(tomb.At), Why: tomb.Why, Rev: tomb.Rev}}
	case errors.Is(err, view.ErrNotFound):
		return &Error{Kind: NotFound, Cause: err}
	}
	return err
}

// Dated is a date as the page writes it, nothing where it is not known.
func (r *Request) Dated(d view.Date) string {
	if d.IsZero() {
		return ""
	}
	return locale.Date(r.Lang, d)
}
