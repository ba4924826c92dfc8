package node

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"fener/internal/disk"
)

// bounds are the upper ends of the histogram's buckets, in seconds.
var bounds = [...]float64{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10}

// Metrics counts answers. What is counted says nothing about any reader. The
// zero Metrics is ready.
type Metrics struct {
	byClass [5]atomic.Int64               // 1xx to 5xx
	buckets [len(bounds) + 1]atomic.Int64 // the last one has no upper end
	nanos   atomic.Int64
	busy    atomic.Int64
}

// Count passes requests on and counts their answers.
func (m *Metrics) Count(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := time.Now()
		s := statuses.Get().(*status)
		s.ResponseWriter, s.code = w, http.StatusOK
		m.busy.Add(1)
		defer func() {
			m.busy.Add(-1)
			code := s.code
			if fault := recover(); fault != nil {
				m.add(http.StatusInternalServerError, time.Since(begun))
				panic(fault) // net/http ends the connection and logs it
			}
			s.ResponseWriter = nil
			statuses.Put(s)
			m.add(code, time.Since(begun))
		}()
		next.ServeHTTP(s, r)
	})
}

func (m *Metrics) add(code int, took time.Duration) {
	if class := code/100 - 1; class >= 0 && class < len(m.byClass) {
		m.byClass[class].Add(1)
	}
	seconds, at := took.Seconds(), 0
	for at < len(bounds) && seconds > bounds[at] {
		at++
	}
	m.buckets[at].Add(1)
	m.nanos.Add(int64(took))
}

// status remembers the status of an answer.
type status struct {
	http.ResponseWriter
	code int
}

var statuses = sync.Pool{New: func() any { return new(status) }}

func (s *status) WriteHeader(code int) {
	if s.code = code; code == http.StatusSwitchingProtocols || code >= 200 {
		s.ResponseWriter.WriteHeader(code)
		return
	}
	s.ResponseWriter.WriteHeader(code)
	s.code = http.StatusOK // an early hint; the answer follows
}

func (s *status) Write(b []byte) (int, error) {
	if s.code == 0 {
		s.code = http.StatusOK
	}
	return s.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the writer beneath.
func (s *status) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// write writes everything in the text format of Prometheus, version 0.0.4:
// https://prometheus.io/docs/instrumenting/exposition_formats/. Its client
// library would bring twenty modules for these lines.
func (m *Metrics) write(ctx context.Context, out io.Writer, n *Node) error {
	s, err := n.Standing(ctx)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	head := func(name, kind, help string) { fmt.Fprintf(&b, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind) }
	gauge := func(name, help string, value int64) {
		head(name, "gauge", help)
		fmt.Fprintf(&b, "%s %d\n", name, value)
	}
	head("fener_requests_total", "counter", "Answers by class of status.")
	for class := range m.byClass {
		fmt.Fprintf(&b, "fener_requests_total{class=\"%dxx\"} %d\n", class+1, m.byClass[class].Load())
	}
	head("fener_request_seconds", "histogram", "Time from the request's head to the end of the answer.")
	total := int64(0)
	for i := range m.buckets {
		total += m.buckets[i].Load()
		end := "+Inf"
		if i < len(bounds) {
			end = strconv.FormatFloat(bounds[i], 'g', -1, 64)
		}
		fmt.Fprintf(&b, "fener_request_seconds_bucket{le=%q} %d\n", end, total)
	}
	seconds := math.Round(float64(m.nanos.Load())/1000) / 1e6
	fmt.Fprintf(&b, "fener_request_seconds_sum %s\nfener_request_seconds_count %d\n", strconv.FormatFloat(seconds, 'f', -1, 64), total)
	gauge("fener_requests_busy", "Requests being answered.", m.busy.Load())
	gauge("fener_ready", "1 once the site answers.", boolean(s.Ready))
	gauge("fener_ledger_away", "1 while the database of the ledger does not answer.", boolean(s.Away))
	gauge("fener_ledger_seq", "Number of the ledger's last entry.", s.LedgerSeq)
	gauge("fener_view_seq", "Number of the last entry that readers see.", s.ViewSeq)
	gauge("fener_view_lag_entries", "Entries of the ledger that readers do not see yet.", s.LedgerSeq-s.ViewSeq)
	if free, err := disk.Free(n.opts.Dir); err == nil { // a system that cannot tell is no fault of the node
		gauge("fener_disk_free_bytes", "Room left where the data folder lies.", free)
	}
	gauge("fener_cache_bytes", "Memory of kept pages.", int64(s.CacheBytes))
	gauge("fener_cache_pages", "Kept pages.", int64(s.CachePages))
	gauge("fener_past_kept", "Moments of the past that are kept.", int64(s.PastKept))
	gauge("fener_past_bytes", "Room that their files take.", s.PastBytes)
	gauge("fener_past_awaited", "Moments of the past that wait to be prepared.", int64(s.PastAwaited))
	_, err = b.WriteTo(out)
	return err
}

func boolean(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
