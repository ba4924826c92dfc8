package site

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fener/internal/ledger"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/view"
)

// slowLedger reads long runs of entries only while nobody holds it up.
type slowLedger struct {
	*ledger.Store
	mu   sync.Mutex
	hold chan struct{} // nil: nobody does
}

func (l *slowLedger) Read(ctx context.Context, after int64, limit int) ([]ledger.Entry, error) {
	l.mu.Lock()
	hold := l.hold
	l.mu.Unlock()
	if hold != nil && limit > 1 {
		select {
		case <-hold:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return l.Store.Read(ctx, after, limit)
}

// slow holds up reading until release is called.
func (l *slowLedger) slow() (release func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	hold := make(chan struct{})
	l.hold = hold
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.hold = nil
		close(hold)
	}
}

// manyPositions is a record of so many sources, whose ledger can be held up.
func manyPositions(t *testing.T, n int) (*testRecord, *slowLedger) {
	t.Helper()
	d := newRecord(t)
	slow := &slowLedger{Store: d.ledger}
	v, err := view.Open(t.Context(), view.Options{Path: filepath.Join(t.TempDir(), "view.db"), Scope: view.Public, Ledger: slow, Pack: kosovo(t), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { v.Close() })
	d.view = v
	for i := range n {
		d.enter(record.SourceKind, fmt.Sprint("s", i+1), 0, record.Published, "", &record.Source{Title: fmt.Sprintf("Source number %d", i+1), Publisher: "X"})
	}
	return d, slow
}

// Whoever asks for one moment after the other waits, is asked to come again and then refused; all else is served meanwhile, and in the end two moments are kept.
func TestMomentsWithoutEndFellNothing(t *testing.T) {
	d, slow := manyPositions(t, 9)
	s := d.pastSite()
	h := s.Handler()
	release := slow.slow()
	for _, row := range []struct {
		client, path string
		status       int
		says         string
		again        bool // by itself
	}{
		{"192.0.2.1:1", "/en/sources?entry=2", 503, "Being prepared", true},
		{"192.0.2.1:1", "/sr/sources?entry=2", 503, "Припрема се", true}, // the same moment
		{"192.0.2.1:1", "/en/sources.json?entry=2", 503, `"kind": "preparing"`, false},
		{"192.0.2.1:1", "/sq/sources?entry=3", 503, "Po përgatitet", true},
		{"192.0.2.1:1", "/en/sources?entry=4", 503, "", false}, // two are enough for one
		{"192.0.2.2:1", "/en/sources?entry=4", 503, "Being prepared", true},
		{"192.0.2.2:1", "/en/sources?entry=5", 503, "Being prepared", true},
		{"192.0.2.3:1", "/en/sources?entry=6", 503, "", false}, // as many wait as may
		{"192.0.2.3:1", "/en/sources", 200, "Source number 9", false},
		{"192.0.2.3:1", "/en/sources?entry=9", 200, "Source number 9", false},
		{"192.0.2.3:1", "/en/help", 200, "help", false},
	} {
		begun := time.Now()
		w := status(h, from(row.client, row.path))
		if w.Code != row.status || !strings.Contains(w.Body.String(), row.says) {
			t.Errorf("%s for %s: %d, want %d with %q\n%s", row.client, row.path, w.Code, row.status, row.says, w.Body)
		}
		if (w.Header().Get("Refresh") != "") != row.again || (w.Header().Get("Retry-After") != "") != (row.status == 503) {
			t.Errorf("%s for %s: Refresh %q, Retry-After %q", row.client, row.path, w.Header().Get("Refresh"), w.Header().Get("Retry-After"))
		}
		if took := time.Since(begun); took > 3*time.Second || row.says == "" && took > 900*time.Millisecond { // what is refused is refused at once
			t.Errorf("%s took %v", row.path, took)
		}
	}
	if _, _, awaited := s.Pasts(); awaited != 4 {
		t.Errorf("%d moments wait, want 4", awaited)
	}
	release()
	for position := 1; position <= 8; position++ {
		html := body(t, askPast(t, h, fmt.Sprintf("/en/sources?entry=%d", position)))
		if !strings.Contains(html, fmt.Sprintf("Source number %d<", position)) || strings.Contains(html, fmt.Sprintf("Source number %d<", position+1)) {
			t.Errorf("at position %d it says %s", position, html)
		}
	}
	if kept, _, awaited := s.Pasts(); kept != 2 || awaited != 0 {
		t.Errorf("%d pasts are kept and %d awaited", kept, awaited)
	}
	files, err := filepath.Glob(filepath.Join(d.past, "*", "*.db"))
	if err != nil || len(files) != 2 {
		t.Errorf("on the disk lie %v, %v", files, err)
	}
}

// Closing does not wait for a past that is being prepared.
func TestClosingEndsWhatIsPrepared(t *testing.T) {
	d, slow := manyPositions(t, 3)
	s := d.pastSite()
	release := slow.slow()
	defer release()
	if r := get(t, s.Handler(), "/en/sources?entry=2"); r.StatusCode != http.StatusServiceUnavailable {
		t.Fatal(r.StatusCode)
	}
	begun := time.Now()
	if err := s.Close(); err != nil || time.Since(begun) > 5*time.Second {
		t.Errorf("closing took %v, %v", time.Since(begun), err)
	}
}

// A past that cannot be prepared is told once in the log, and to readers as something to come again for.
func TestAPastThatCannotBePrepared(t *testing.T) {
	d, _ := manyPositions(t, 3)
	var log bytes.Buffer
	h := d.pastHandler(func(c *page.Config) {
		c.Past = filepath.Join(c.Past, "\x00") // no system has such a folder
		c.Log = slog.New(slog.NewTextHandler(&log, nil))
	})
	r := get(t, h, "/en/sources?entry=1")
	if html := body(t, r); r.StatusCode != http.StatusServiceUnavailable || r.Header.Get("Retry-After") != "60" || strings.Contains(html, "invalid argument") {
		t.Errorf("%d, %s\n%s", r.StatusCode, r.Header.Get("Retry-After"), html)
	}
	if n := strings.Count(log.String(), "level=ERROR"); n != 1 {
		t.Errorf("%d lines:\n%s", n, log.String())
	}
	if r := get(t, h, "/en/sources"); r.StatusCode != http.StatusOK {
		t.Errorf("the present answers %d", r.StatusCode)
	}
}

// While pages of several moments are read, things are protected, taken back and published again; nothing breaks, and no page shows what is gone.
func TestThePastWhileTheRecordChanges(t *testing.T) {
	d, _ := manyPositions(t, 6)
	h := d.pastHandler()
	stop := make(chan struct{})
	var readers sync.WaitGroup
	for i := range 4 {
		readers.Go(func() {
			for n := i; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				path := fmt.Sprintf("/en/%s?entry=%d", []string{"sources", "sources.csv", "sources.json", "sources/s2"}[n%4], 3+n%3)
				if r := get(t, h, path); r.StatusCode == http.StatusInternalServerError {
					t.Errorf("%s: %d\n%s", path, r.StatusCode, body(t, r))
					return
				}
			}
		})
	}
	source := &record.Source{Title: "Source number 2", Publisher: "X"}
	for rev := 1; rev < 9; rev += 2 {
		d.enter(record.SourceKind, "s2", rev, record.Withdrawn, "", source)
		if html := body(t, askPast(t, h, "/en/sources.csv?entry=4")); strings.Contains(html, "Source number 2") || !strings.Contains(html, "Source number 3") {
			t.Errorf("taken back, the past says %s", html)
		}
		d.enter(record.SourceKind, "s2", rev+1, record.Published, "", source)
		if html := body(t, askPast(t, h, "/en/sources.csv?entry=4")); !strings.Contains(html, "Source number 2") {
			t.Errorf("published again, the past says %s", html)
		}
	}
	close(stop)
	readers.Wait()
}
