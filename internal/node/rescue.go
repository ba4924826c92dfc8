package node

import (
	"log/slog"
	"net/http"
	"runtime/debug"
)

// rescued answers with a plain sentence when what is behind it panics, and writes down where. The site has a page for that; this is for all
// else that listens, and for what the site itself cannot mend. An answer that has begun is cut off, so that nobody takes half of it for the whole.
func rescued(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s := &status{ResponseWriter: w}
		defer func() {
			fault := recover()
			if fault == nil {
				return
			}
			if fault == http.ErrAbortHandler {
				panic(fault) // net/http ends the connection without a word
			}
			log.Error("an answer could not be made", "path", r.URL.Path[:min(len(r.URL.Path), 200)], "panic", fault, "stack", string(debug.Stack()))
			if s.code != 0 {
				panic(http.ErrAbortHandler)
			}
			clear(w.Header())
			plain(w, http.StatusInternalServerError, "something went wrong here; it has been written down\n")
		}()
		next.ServeHTTP(s, r)
	})
}
