package node_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fener/internal/ledger"
	"fener/internal/node"
	"fener/internal/record"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func open(t testing.TB, dir string, log io.Writer, more ...func(*node.Options)) *node.Node {
	t.Helper()
	o := node.Options{
		Dir: dir, Pack: node.LawOfKosovo(t), Now: func() time.Time { return noon }, Rand: rand.Reader, Log: slog.New(slog.NewJSONHandler(log, nil)),
	}
	for _, set := range more {
		set(&o)
	}
	n, err := node.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// running is a node that is served until the test ends.
type running struct {
	*node.Node
	url, admin string
	log        *node.Logged
	stop       func() error
}

func serve(t testing.TB, dir string, l node.Listening, more ...func(*node.Options)) *running {
	t.Helper()
	r := &running{log: &node.Logged{}}
	r.Node = open(t, dir, r.log, more...)
	ctx, cancel := context.WithCancel(context.Background())
	opened, ended := make(chan node.Opened, 1), make(chan error, 1)
	l.Addr, l.Admin, l.Opened = "127.0.0.1:0", "127.0.0.1:0", func(o node.Opened) { opened <- o }
	go func() { ended <- r.Serve(ctx, l) }()
	select {
	case o := <-opened:
		r.url, r.admin = o.URL, o.Admin
	case err := <-ended:
		t.Fatal(err)
	}
	r.stop = sync.OnceValue(func() error {
		cancel()
		err := <-ended
		if closed := r.Close(); err == nil {
			err = closed
		}
		return err
	})
	t.Cleanup(func() {
		if err := r.stop(); err != nil {
			t.Error(err)
		}
	})
	select {
	case <-r.Ready():
	case <-time.After(20 * time.Second):
		t.Fatal("not ready after 20 seconds")
	}
	return r
}

func get(t testing.TB, url string) (int, string, http.Header) {
	t.Helper()
	r, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(body), r.Header
}

func TestBeforeItIsReady(t *testing.T) {
	n := open(t, node.DemoFolder(t, noon, 0), io.Discard)
	defer n.Close()
	for path, want := range map[string]int{"/en/": 503, "/en/help": 200, "/units": 200} {
		w := httptest.NewRecorder()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		if err != nil {
			t.Fatal(err)
		}
		n.ServeHTTP(w, r)
		if w.Code != want || (want == 503) != (w.Header().Get("Retry-After") != "") {
			t.Errorf("%s: status %d, want %d; Retry-After %q", path, w.Code, want, w.Header().Get("Retry-After"))
		}
	}
	if n.IsReady() {
		t.Error("ready, although nothing runs")
	}
}

func TestServing(t *testing.T) {
	r := serve(t, node.DemoFolder(t, noon, 0), node.Listening{})
	if code, body, h := get(t, r.url+"en/"); code != 200 || !strings.Contains(body, "<h1") || h.Get("Content-Security-Policy") == "" {
		t.Errorf("status %d, %s", code, body)
	}
	if code, body, _ := get(t, r.admin+"healthz"); code != 200 || body != "ok\n" {
		t.Errorf("health: %d, %q", code, body)
	}
	if code, body, _ := get(t, r.admin+"readyz"); code != 200 || !strings.HasPrefix(body, "ready") {
		t.Errorf("readiness: %d, %q", code, body)
	}
	if code, _, _ := get(t, r.url+"metrics"); code != 404 {
		t.Errorf("metrics are to be had at the readers' address: %d", code)
	}
	if code, _, _ := get(t, r.url+"en/no-such-page"); code != 404 {
		t.Errorf("status %d", code)
	}
	post, err := http.Post(r.url+"en/", "text/plain", strings.NewReader("x"))
	if err != nil {
		t.Fatal(err)
	}
	post.Body.Close()
	if post.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", post.StatusCode)
	}
	_, text, h := get(t, r.admin+"metrics")
	if !strings.HasPrefix(h.Get("Content-Type"), "text/plain; version=0.0.4") {
		t.Errorf("content type %q", h.Get("Content-Type"))
	}
	for name, value := range map[string]string{
		`fener_requests_total{class="2xx"}`: "1", `fener_requests_total{class="4xx"}`: "3", `fener_requests_total{class="5xx"}`: "0",
		`fener_request_seconds_bucket{le="+Inf"}`: "4", `fener_request_seconds_count`: "4", "fener_ready": "1", "fener_view_lag_entries": "0",
	} {
		if !strings.Contains(text, "\n"+name+" "+value+"\n") {
			t.Errorf("no line %q in\n%s", name+" "+value, text)
		}
	}
}

func TestFollowing(t *testing.T) {
	r := serve(t, node.DemoFolder(t, noon, 0), node.Listening{})
	_, before, _ := get(t, r.url+"en/")
	if strings.Contains(before, "SYNTHETIC") {
		t.Fatal("the example is said to be generated")
	}
	body := []byte(`{"title":"SYNTHETIC source","synthetic":true}`)
	var changes []ledger.Change
	for i, s := range []record.State{record.Draft, record.Submitted, record.Verified, record.Published} {
		changes = append(changes, ledger.Change{Kind: record.SourceKind, ID: "synthetic-source", Base: i, State: s, By: "officer", Body: body})
	}
	span, err := r.Ledger().Append(t.Context(), changes)
	if err != nil {
		t.Fatal(err)
	}
	waitFor(t, "a page that says SYNTHETIC", func() bool {
		_, after, _ := get(t, r.url+"en/")
		return strings.Contains(after, "SYNTHETIC")
	})
	s, err := r.Standing(t.Context())
	if err != nil || s.ViewSeq != span.Last || s.LedgerSeq != span.Last {
		t.Errorf("%+v, %v, want entry %d", s, err, span.Last)
	}
}

func waitFor(t *testing.T, what string, there func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !there(); {
		if time.Now().After(end) {
			t.Fatal("did not come: " + what)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func TestSecondProcessIsRefused(t *testing.T) {
	dir := node.DemoFolder(t, noon, 0)
	r := serve(t, dir, node.Listening{})
	_, err := node.Open(t.Context(), node.Options{Dir: dir, Pack: node.LawOfKosovo(t), Now: time.Now, Rand: rand.Reader, Log: slog.New(slog.DiscardHandler)})
	if err == nil || !strings.Contains(err.Error(), "in use by process") {
		t.Errorf("%v", err)
	}
	if err := r.stop(); err != nil {
		t.Fatal(err)
	}
	again := serve(t, dir, node.Listening{})
	if code, _, _ := get(t, again.url+"en/"); code != 200 {
		t.Errorf("after the first one stopped: %d", code)
	}
}

func TestAddressInUse(t *testing.T) {
	dir := node.DemoFolder(t, noon, 0)
	first := serve(t, dir, node.Listening{})
	second := open(t, node.DemoFolder(t, noon, 0), io.Discard)
	defer second.Close()
	taken := strings.TrimSuffix(strings.TrimPrefix(first.url, "http://"), "/")
	if err := second.Serve(t.Context(), node.Listening{Addr: taken}); err == nil || !strings.Contains(err.Error(), taken) {
		t.Errorf("%v", err)
	}
}

// Whoever reads must not appear in the log, whatever goes wrong.
func TestLogHoldsNobody(t *testing.T) {
	r := serve(t, node.DemoFolder(t, noon, 0), node.Listening{LogRequests: true})
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.url+"en/search?q=Agim+Berisha", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("User-Agent", "SecretBrowser/1.0")
	request.Header.Set("X-Forwarded-For", "203.0.113.9")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	waitFor(t, "a line for the request", func() bool { return strings.Contains(r.log.String(), `"msg":"request"`) })
	if err := r.stop(); err != nil {
		t.Fatal(err)
	}
	text := r.log.String()
	for line := range strings.Lines(text) {
		if !json.Valid([]byte(line)) {
			t.Errorf("not JSON: %s", line)
		}
	}
	for _, secret := range []string{"Berisha", "SecretBrowser", "203.0.113.9", "127.0.0.1"} {
		if strings.Contains(text, secret) {
			t.Errorf("%q is in the log:\n%s", secret, text)
		}
	}
	if !strings.Contains(text, `"path":"/en/search"`) {
		t.Errorf("no line for the request:\n%s", text)
	}
}

// A slow reader is cut off by time; a stop waits for answers under way.
func TestStopsWithinItsTime(t *testing.T) {
	r := serve(t, node.DemoFolder(t, noon, 0), node.Listening{})
	begun := time.Now()
	if err := r.stop(); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("stopping took %v with nothing under way", took)
	}
	if _, err := http.Get(r.url); err == nil {
		t.Error("still answers")
	}
}

// BenchmarkFirstPage is the time from opening the folder to the first page, with 100,000 SYNTHETIC judgments and a view that is up to date.
func BenchmarkFirstPage(b *testing.B) {
	dir := node.DemoFolder(b, noon, 100_000)
	once := func() {
		n := open(b, dir, io.Discard)
		ctx, stop := context.WithCancel(context.Background())
		ended := make(chan error, 1)
		go func() { ended <- n.Run(ctx) }()
		select {
		case <-n.Ready():
		case err := <-ended:
			b.Fatal(err)
		}
		w := httptest.NewRecorder()
		n.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/en/", nil))
		b.StopTimer()
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "SYNTHETIC") {
			b.Fatalf("status %d", w.Code)
		}
		stop()
		if err := <-ended; err != nil {
			b.Fatal(err)
		}
		if err := n.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
	once() // folds the view
	for b.Loop() {
		once()
	}
}

// The record as it stood lies in a folder of its own while the node serves it; what an earlier process left there goes at the start, and all of it at the end.
func TestThePastLiesInAFolderOfItsOwn(t *testing.T) {
	dir := node.DemoFolder(t, noon, 0)
	folder := filepath.Join(dir, node.PastFolder)
	left := filepath.Join(folder, "fener-past-1", "1.db")
	if err := errors.Join(os.MkdirAll(filepath.Dir(left), 0o700), os.WriteFile(left, []byte("left"), 0o600)); err != nil {
		t.Fatal(err)
	}
	r := serve(t, dir, node.Listening{})
	if _, err := os.Stat(left); err == nil {
		t.Error("what an earlier process left is still there")
	}
	for end := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		code, html, _ := get(t, r.url+"en/sources?entry=200")
		if code == http.StatusOK && strings.Contains(html, "as it stood at position 200") {
			break
		}
		if code != http.StatusServiceUnavailable || time.Now().After(end) {
			t.Fatalf("%d\n%s", code, html)
		}
	}
	if s, err := r.Standing(t.Context()); err != nil || s.PastKept != 1 || s.PastBytes == 0 {
		t.Errorf("%+v, %v", s, err)
	}
	if _, metrics, _ := get(t, r.admin+"metrics"); !strings.Contains(metrics, "fener_past_kept 1\n") {
		t.Errorf("the metrics do not tell of it:\n%s", metrics)
	}
	if err := r.stop(); err != nil {
		t.Error(err)
	}
	if files, err := os.ReadDir(folder); err == nil && len(files) > 0 {
		t.Errorf("stopped, there lie %v", files)
	}
}
