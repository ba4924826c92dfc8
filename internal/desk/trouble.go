package desk

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"fener/internal/archive"
	"fener/internal/bucket"
	"fener/internal/ledger"
	"fener/internal/page"
	"fener/internal/postgres"
	"fener/internal/view"
	"fener/locale"
)

// troubleContent says what could not be done.
type troubleContent struct {
	page.Base
	Title, Says, Next string
	Back              page.Link
}

// trouble answers with what went wrong, in the words of whoever asked.
func (v *visit) trouble(err error) {
	key, status := "", 0
	var tooLarge *http.MaxBytesError
	switch {
	case errors.Is(err, errDone):
		return
	case errors.Is(err, errSignIn):
		v.lost()
		return
	case errors.Is(err, errForbidden):
		key, status = "forbidden", http.StatusForbidden
	case errors.Is(err, errNothing), errors.Is(err, ledger.ErrNotFound), errors.Is(err, view.ErrNotFound):
		key, status = "nothing", http.StatusNotFound
	case errors.As(err, &tooLarge):
		key, status = "too_large", http.StatusRequestEntityTooLarge
	case errors.Is(err, archive.ErrAway), errors.Is(err, bucket.ErrAway), errors.Is(err, bucket.ErrKeys): // before the next, which any error of a network is
		key, status = "documents", http.StatusServiceUnavailable
		v.opts.Log.Error("the documents are not reached", "page", v.r.Pattern, "error", err)
	case errors.Is(err, ledger.ErrAway), errors.Is(err, ledger.ErrInUse), postgres.Away(err):
		key, status = "away", http.StatusServiceUnavailable
	case errors.Is(err, ledger.ErrUnsure):
		key, status = "unsure", http.StatusServiceUnavailable
		v.opts.Log.Error("nobody knows whether something was kept", "page", v.r.Pattern, "error", err)
	default:
		var asked *page.Error
		if errors.As(err, &asked) && asked.Kind == page.BadRequest {
			key, status = "bad", http.StatusBadRequest
			break
		}
		key, status = "fault", http.StatusInternalServerError
		v.opts.Log.Error("a page of the desk could not be made", "page", v.r.Pattern, "error", err)
	}
	c := &troubleContent{Base: v.base(v.T("desk.trouble." + key)), Title: v.T("desk.trouble." + key), Says: v.T("desk.trouble." + key + "_says"), Back: page.Link{Text: v.T("desk.nav.home"), Href: v.at("")}}
	if shown := v.show(status, "trouble", c); shown != nil {
		v.opts.Log.Error("the page of an error could not be made", "error", shown)
		http.Error(v.w, http.StatusText(status), status)
	}
}

// noSession answers where a session could not be read or kept: nobody knows then who asks.
func (d *Desk) noSession(w http.ResponseWriter, r *http.Request, err error) {
	l := locale.SQ
	for _, one := range locale.All {
		if strings.HasPrefix(r.URL.Path, "/"+string(one)+"/") {
			l = one
		}
	}
	(&visit{Desk: d, Request: d.pages.Request(r, l), w: w, r: r}).trouble(fmt.Errorf("a session could not be read or kept: %w", err))
}
