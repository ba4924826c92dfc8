package page

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"fener/locale"
)

// A fault behind any address, not only behind pages, is a designed answer with every header that answers carry, and stands in the log with its place.
func TestAPanicBehindAnyAddress(t *testing.T) {
	var log bytes.Buffer
	pages := []Page{{Pattern: "embed/fail/{indicator}", Template: embedTemplate, Files: templateFiles, Frame: true, Build: func(*Request) (Content, error) { panic("a fault") }}}
	s, err := New(Config{Pages: pages, Log: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	s.assets.kept["/static/broken.css"] = nil
	whole := s.Handler()
	panics := s.guarded(Secure(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip") // of the answer that then was not given
		panic("a fault")
	})))
	for _, row := range []struct {
		path, says, kind string
		h                http.Handler
	}{
		{"/oembed?url=/en/fail/x", `"kind": "server_error"`, "application/problem+json", whole},
		{"/static/broken.css", "Something went wrong", "text/html", whole},
		{"/units", "Something went wrong", "text/html", panics},
		{"/", "Something went wrong", "text/html", panics},
		{"/sq/", "Diçka shkoi keq", "text/html", panics},
		{"/en/cases.json", `"kind": "server_error"`, "application/problem+json", panics},
	} {
		log.Reset()
		r := get(row.h, row.path, "Accept-Language", "en")
		html := r.Body.String()
		if r.Code != http.StatusInternalServerError || !strings.Contains(html, row.says) || !strings.HasPrefix(r.Header().Get("Content-Type"), row.kind) {
			t.Errorf("%s: %d, %s\n%.300s", row.path, r.Code, r.Header().Get("Content-Type"), html)
		}
		if r.Header().Get("Content-Security-Policy") == "" || r.Header().Get("Content-Encoding") != "" {
			t.Errorf("%s: headers %v", row.path, r.Header())
		}
		if !strings.Contains(log.String(), "goroutine") {
			t.Errorf("%s: the log does not say where:\n%s", row.path, log.String())
		}
	}
}

// Of an answer that broke off nobody must take the first part for the whole.
func TestAnAnswerThatBrokeOffIsCutOff(t *testing.T) {
	s, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if fault := recover(); fault != http.ErrAbortHandler {
			t.Errorf("ended with %v, want the connection cut", fault)
		}
	}()
	s.guarded(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("half")); panic("a fault") })).
		ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/en/", nil))
}

// A reader who is still there never gets an empty page that says that all is well.
func TestACancelledReadIsNoEmptyPage(t *testing.T) {
	s, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	s.ServeError(w, httptest.NewRequest(http.MethodGet, "/en/cases", nil), locale.EN, errors.Join(errors.New("reading"), context.Canceled))
	if w.Code != http.StatusServiceUnavailable || w.Body.Len() == 0 || w.Header().Get("Retry-After") == "" {
		t.Errorf("%d with %d bytes, Retry-After %q", w.Code, w.Body.Len(), w.Header().Get("Retry-After"))
	}
}

func TestAnOlderPositionReplacesNoNewer(t *testing.T) {
	var p perSeq[string]
	readings := 0
	get := func(seq int64, text string) string {
		got, err := p.get(seq, func() (string, error) { readings++; return text, nil })
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	if got := get(2, "new") + get(1, "old") + get(2, "made again"); got != "newoldnew" || readings != 2 {
		t.Errorf("got %q in %d reads", got, readings)
	}
}
