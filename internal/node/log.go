package node

import (
	"log"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// Nothing here writes down who read what. net/http's own complaints name the
// address that a connection came from, so they pass through withoutAddresses;
// lines about requests hold the path and neither the query, which may be a
// search for somebody, nor anything about the reader.

// addresses matches IPv4 and IPv6 addresses with or without a port.
var addresses = regexp.MustCompile(`\[[0-9A-Fa-f:.%\w]+\](?::\d+)?|\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b|\b(?:[0-9A-Fa-f]{0,4}:){3,}[0-9A-Fa-f.]*`)

type addressless struct{ log *slog.Logger }

func (a addressless) Write(line []byte) (int, error) {
	text, stack, _ := strings.Cut(strings.TrimSpace(string(line)), "\n")
	says := []any{"says", addresses.ReplaceAllString(text, "(address)")}
	if stack != "" { // of a panic: without it nobody can find the fault
		says = append(says, "stack", addresses.ReplaceAllString(stack, "(address)"))
	}
	a.log.Warn("http", says...)
	return len(line), nil
}

// withoutAddresses is a logger for net/http.
func withoutAddresses(to *slog.Logger) *log.Logger { return log.New(addressless{to}, "", 0) }

// logRequests writes a line for each request.
func logRequests(to *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := time.Now()
		s := &status{ResponseWriter: w, code: http.StatusOK}
		defer func() {
			to.Info("request", "method", r.Method, "path", r.URL.Path[:min(len(r.URL.Path), 200)], "status", s.code, "ms", float64(time.Since(begun).Microseconds())/1000)
		}()
		next.ServeHTTP(s, r)
	})
}
