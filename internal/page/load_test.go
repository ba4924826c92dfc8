package page

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fener/locale"
)

// Accounts are forgotten when they are settled, and a flood of addresses takes no more memory than is set aside for them.
func TestAFloodOfClients(t *testing.T) {
	now := time.Unix(0, 0)
	var who netip.Addr
	g := newGate(Load{Clock: func() time.Time { return now }, Client: func(*http.Request) netip.Addr { return who }})
	for i := range 3 * mostClients {
		who = netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)})
		v, err := g.enter(nil)
		if err == nil {
			v.spend(time.Millisecond)
			v.leave()
		}
	}
	if len(g.clients) > mostClients+1 {
		t.Errorf("%d clients are remembered", len(g.clients))
	}
	now = now.Add(time.Minute)
	if v, err := g.enter(nil); err != nil {
		t.Error(err)
	} else {
		v.leave()
	}
	if len(g.clients) > 1 {
		t.Errorf("%d clients are remembered after a minute in which nobody came", len(g.clients))
	}
}

// What is counted for kept answers is what they take: a flood of small ones must not take many times what the bound says.
func TestKeptAnswersTakeWhatIsCounted(t *testing.T) {
	const n = 50_000
	before := heap()
	c := NewCache(1 << 40)
	for i := range n {
		_, err := c.Get(fmt.Sprintf("pivot?measure=persons_convicted&rows=year&columns=court&page=%d", i), locale.EN, 1, func() (*Kept, error) {
			return &Kept{contentType: mediaTypes[asPage], plain: make([]byte, 10), gzip: make([]byte, 10), tag: strings.Clone("0123456789abcdef01234567")}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	took := heap() - before
	if counted := int64(c.bytes); took > counted {
		t.Errorf("%d answers take %d bytes and count as %d", n, took, counted)
	}
	runtime.KeepAlive(c)
}

// Whole files are written once however many ask, sent compressed or plain or in parts, and leave nothing on the disk.
func TestWholeFiles(t *testing.T) {
	dir := t.TempDir()
	f := wholeFiles{dir: dir, limit: 1 << 20}
	var written atomic.Int64
	text := strings.Repeat("a row of the record\r\n", 20_000)
	write := func(to io.Writer) error {
		written.Add(1)
		_, err := io.WriteString(to, text)
		return err
	}
	var wait sync.WaitGroup
	for i := range 20 {
		wait.Go(func() {
			w, done, err := f.get("rows.csv", 1, write)
			defer done()
			if err != nil {
				t.Error(err)
				return
			}
			out, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil)
			want, code := text, http.StatusOK
			switch i % 3 {
			case 1:
				r.Header.Set("Range", "bytes=2-4")
				want, code = text[2:5], http.StatusPartialContent
			case 2:
				r.Header.Set("Accept-Encoding", "gzip")
			}
			w.serve(out, r, "text/csv")
			got := out.Body.String()
			if out.Header().Get("Content-Encoding") == "gzip" {
				got = unzipped(t, out.Body.Bytes())
			}
			if out.Code != code || got != want {
				t.Errorf("%d: %d with %d bytes, want %d with %d", i, out.Code, len(got), code, len(want))
			}
		})
	}
	wait.Wait()
	for i := range 10 { // beyond the bound, what was asked for longest ago goes
		_, done, err := f.get(fmt.Sprint(i), 1, write)
		if done(); err != nil {
			t.Fatal(err)
		}
	}
	if f.bytes > f.limit || written.Load() != 11 {
		t.Errorf("%d bytes are kept, written %d times", f.bytes, written.Load())
	}
	if _, done, err := f.get("rows.csv", 2, func(io.Writer) error { return io.ErrShortWrite }); err == nil {
		t.Error("a file that could not be written was given out")
	} else {
		done()
	}
	if f.bytes != 0 || len(f.kept) != 0 {
		t.Errorf("%d bytes in %d files of an older position are kept", f.bytes, len(f.kept))
	}
	if w := dirNames(t, dir); runtime.GOOS != "windows" && len(w) > 0 {
		t.Errorf("left behind: %v", w)
	}
}

// Many who ask for the same page at once, as behind one address of an office, wait for it to be made once; and where the one who makes it has no
// more to spend, another does.
func TestManyWaitForOnePage(t *testing.T) {
	s, h, entered, release := slowSite(t, Load{Renders: 2, AtOnce: 1, Burst: time.Hour})
	var wait sync.WaitGroup
	var bad atomic.Int64
	for range 200 {
		wait.Go(func() {
			if w := status(h, from("192.0.2.1:1", "/en/slow/1")); w.Code != http.StatusOK {
				bad.Add(1)
			}
		})
	}
	<-entered
	if w := status(h, from("192.0.2.1:1", "/en/slow/2")); w.Code != http.StatusTooManyRequests {
		t.Errorf("another page at the same time: %d", w.Code)
	}
	close(release)
	if wait.Wait(); bad.Load() > 0 || len(entered) > 0 {
		t.Errorf("%d of 200 were refused, and the page was made %d times", bad.Load(), 1+len(entered))
	}
	s.gate.Burst = time.Nanosecond
	spent, err := s.gate.enter(from("192.0.2.9:1", "/"))
	if err != nil {
		t.Fatal(err)
	}
	spent.spend(time.Minute)
	spent.leave()
	for range 20 { // those who may not have it made never keep the others from it
		wait.Go(func() { status(h, from("192.0.2.9:1", "/en/slow/3")) })
		wait.Go(func() {
			if w := status(h, from("192.0.2.7:1", "/en/slow/3")); w.Code != http.StatusOK && w.Code != http.StatusTooManyRequests {
				t.Error(w.Code)
			}
		})
	}
	wait.Wait()
	if w := status(h, from("192.0.2.8:1", "/en/slow/3")); w.Code != http.StatusOK {
		t.Errorf("a client who has spent nothing: %d", w.Code)
	}
}

func heap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func unzipped(t *testing.T, packed []byte) string {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Error(err)
		return ""
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Error(err)
	}
	return string(text)
}

func dirNames(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
