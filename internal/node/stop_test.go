package node

import (
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// exampleNode is a node over the example, not yet running.
func exampleNode(t *testing.T, log io.Writer) *Node {
	t.Helper()
	dir := DemoFolder(t, time.Now(), 0)
	n, err := Open(t.Context(), Options{Dir: dir, Pack: LawOfKosovo(t), Now: time.Now, Rand: rand.Reader, Log: slog.New(slog.NewJSONHandler(log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Readers whose requests are under way when the node is told to stop get their pages, made from the record, however long the node was told to
// stop before: they used to get 500, because the view had been closed under them.
func TestReadersUnderWayAreAnsweredWhileItStops(t *testing.T) {
	var log Logged
	n := exampleNode(t, &log)
	defer n.Close()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	opened, ended := make(chan Opened, 1), make(chan error, 1)
	go func() {
		ended <- n.Serve(ctx, Listening{Addr: "127.0.0.1:0", Admin: "127.0.0.1:0", Opened: func(o Opened) { opened <- o }})
	}()
	url := (<-opened).URL
	<-n.Ready()
	<-n.Warmed()

	paths := []string{"en/cases", "sq/courts", "sr/sources", "en/search?q=prishtin", "en/cases.json", "sr-Latn/changes", "en/pivot?measure=persons_convicted&rows=year"}
	site := *n.handler.Load()
	var waiting sync.WaitGroup
	waiting.Add(len(paths))
	release := make(chan struct{})
	n.answer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		waiting.Done()
		<-release // held open until well after the stop
		site.ServeHTTP(w, r)
	}))
	answers := make(chan string, len(paths))
	for _, path := range paths {
		go func() {
			r, err := http.Get(url + path)
			if err != nil {
				answers <- path + ": " + err.Error()
				return
			}
			defer r.Body.Close()
			if _, err := io.ReadAll(r.Body); err != nil || r.StatusCode != http.StatusOK {
				answers <- path + ": " + r.Status
				return
			}
			answers <- ""
		}()
	}
	waiting.Wait()
	stop()
	for !strings.Contains(log.String(), `"stopping"`) {
		time.Sleep(time.Millisecond)
	}
	time.Sleep(100 * time.Millisecond)
	close(release)
	for range paths {
		if problem := <-answers; problem != "" {
			t.Error(problem)
		}
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if text := log.String(); strings.Contains(text, `"level":"ERROR"`) {
		t.Errorf("an orderly stop logs errors:\n%s", text)
	}
}

// Whatever panics behind a listener, or where nobody listens, is logged with its place and ends nothing but its own answer.
func TestAPanicAnywhereIsAnswered(t *testing.T) {
	panics := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("a fault") })
	late := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "half"); panic("a fault") })
	var log Logged
	n := &Node{opts: Options{Log: slog.New(slog.NewJSONHandler(&log, nil))}} // without a ledger the admin's pages panic
	for name, h := range map[string]http.Handler{"readers": panics, "admin": n.Admin(&Metrics{})} {
		s := newServer("127.0.0.1:0", h, n.opts.Log)
		f := &front{name: name, server: s}
		if err := f.listen(); err != nil {
			t.Fatal(err)
		}
		go f.serve()
		r, err := http.Get("http://" + f.listener.Addr().String() + "/metrics")
		if err != nil {
			t.Errorf("%s: the reader was cut off: %v", name, err)
		} else {
			r.Body.Close()
			if r.StatusCode != http.StatusInternalServerError {
				t.Errorf("%s: %s", name, r.Status)
			}
		}
		if text := log.String(); !strings.Contains(text, "goroutine") {
			t.Errorf("%s: the log does not say where:\n%s", name, text)
		}
		s.Close()
	}
	s := newServer("127.0.0.1:0", late, n.opts.Log)
	f := &front{server: s}
	if err := f.listen(); err != nil {
		t.Fatal(err)
	}
	go f.serve()
	defer s.Close()
	if r, err := http.Get("http://" + f.listener.Addr().String()); err == nil {
		defer r.Body.Close()
		if text, err := io.ReadAll(r.Body); err == nil {
			t.Errorf("half an answer passes for a whole one: %q", text)
		}
	}
	n.answer(panics)
	n.warm(t.Context()) // in a goroutine of its own this ended the program
}
