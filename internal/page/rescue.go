package page

import (
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"

	"fener/locale"
)

// guarded shows the page of an error when any code behind an address panics, instead of cutting the reader off. Where a part of the answer has
// gone out already it can only be cut off.
func (s *Site) guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		out := &begun{ResponseWriter: w}
		defer func() {
			fault := recover()
			if fault == nil {
				return
			}
			if fault == http.ErrAbortHandler {
				panic(fault)
			}
			err := fmt.Errorf("panic: %v\n%s", fault, debug.Stack())
			if out.yes {
				s.config.Log.Error("an answer broke off", "page", r.Pattern, "error", err)
				panic(http.ErrAbortHandler)
			}
			clear(w.Header()) // they were the headers of an answer that was not given
			Secure(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.ServeError(w, r, langOf(r), err) })).ServeHTTP(w, r)
		}()
		next.ServeHTTP(out, r)
	})
}

// langOf is the language of an address, or one of the reader's where the address has none.
func langOf(r *http.Request) locale.Lang {
	first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if l, err := locale.ParseLang(first); err == nil {
		return l
	}
	return Negotiate(r)
}

// begun remembers whether any of an answer has gone out.
type begun struct {
	http.ResponseWriter
	yes bool
}

func (b *begun) WriteHeader(code int) {
	b.yes = b.yes || code >= http.StatusOK
	b.ResponseWriter.WriteHeader(code)
}

func (b *begun) Write(p []byte) (int, error) {
	b.yes = true
	return b.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController reach the writer beneath.
func (b *begun) Unwrap() http.ResponseWriter { return b.ResponseWriter }
