package site

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
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

	"fener/internal/record"
	"fener/law"
	"fener/locale"
	"fener/period"
)

// slowPages take as long as they are held.
func slowSite(t *testing.T, load Load) (s *Site, h http.Handler, entered chan struct{}, release chan struct{}) {
	t.Helper()
	entered, release = make(chan struct{}, 1000), make(chan struct{})
	slow := Page{Pattern: "slow/{n}", Template: "home", Build: func(r *Request) (Content, error) {
		entered <- struct{}{}
		<-release
		return buildHome(r)
	}}
	s, err := newSite(Config{Pack: kosovo(t), View: sharedRecord(t), Load: load}, withPages(slow))
	if err != nil {
		t.Fatal(err)
	}
	return s, s.Handler(), entered, release
}

func from(client, path string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.RemoteAddr = client
	return r
}

func status(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// While every turn is taken and the queue is full, whatever is kept and all that people in danger need is answered; the rest is told at once, and
// politely, to come again.
func TestUnderLoadKeptPagesAndHelpAnswer(t *testing.T) {
	s, h, entered, release := slowSite(t, Load{Renders: 2, Waiting: 3, Wait: time.Minute, AtOnce: 100, Burst: time.Hour})
	if w := status(h, from("192.0.2.1:1", "/en/cases")); w.Code != http.StatusOK { // kept from now on
		t.Fatal(w.Code)
	}
	var wait sync.WaitGroup
	for i := range 5 {
		wait.Go(func() {
			if w := status(h, from("192.0.2.1:1", fmt.Sprintf("/en/slow/%d", i))); w.Code != http.StatusOK {
				t.Errorf("in its turn: %d", w.Code)
			}
		})
		if i < 2 {
			<-entered
		}
	}
	for end := time.Now().Add(5 * time.Second); ; time.Sleep(time.Millisecond) { // until the queue is full
		if len(s.gate.waiting) == 3 || time.Now().After(end) {
			break
		}
	}
	begun := time.Now()
	for _, row := range []struct {
		path string
		want int
	}{
		{"/en/cases", 200}, {"/leave", 200}, {"/en/help", 200}, {"/sq/help", 200}, {"/sr/help", 200}, {"/sr-Latn/help", 200},
		{"/en/sources", 503}, {"/sr/courts.json", 503}, {"/en/not-there", 503}, {"/en/search?q=x", 503},
		{"/oembed?url=/en/figures/persons_convicted", 503},
	} {
		w := status(h, from("192.0.2.2:1", row.path))
		if w.Code != row.want || (w.Code == 503) != (w.Header().Get("Retry-After") != "") || w.Body.Len() == 0 {
			t.Errorf("%s: %d with %d bytes and Retry-After %q, want %d", row.path, w.Code, w.Body.Len(), w.Header().Get("Retry-After"), row.want)
		}
	}
	if took := time.Since(begun); took > time.Second {
		t.Errorf("refusing took %v", took)
	}
	close(release)
	wait.Wait()
	if w := status(h, from("192.0.2.2:1", "/en/sources")); w.Code != http.StatusOK {
		t.Errorf("after the load: %d", w.Code)
	}
}

// What is made for one client is bounded by its cost, and comes back with time; others are not held back by it, nor the client's own kept pages.
func TestAClientIsBoundedByCost(t *testing.T) {
	now := time.Unix(0, 0)
	var mu sync.Mutex
	clock := func() time.Time { // a millisecond goes by whenever somebody looks
		mu.Lock()
		defer mu.Unlock()
		now = now.Add(time.Millisecond)
		return now
	}
	s, err := New(Config{Pack: kosovo(t), View: sharedRecord(t), Load: Load{Share: 100 * time.Millisecond, Burst: 20 * time.Millisecond, Clock: clock}})
	if err != nil {
		t.Fatal(err)
	}
	h := s.Handler()
	ask := func(client, path string) int { return status(h, from(client, path)).Code }
	made := 0
	for ; made < 100 && ask("[2001:db8:1:2::1]:1", fmt.Sprintf("/en/search?q=prishtin%d", made)) == http.StatusOK; made++ {
	}
	if made < 10 || made == 100 {
		t.Fatalf("%d answers were made for one client before the bound", made)
	}
	w := status(h, from("[2001:db8:1:2::1]:1", "/en/search?q=x"))
	if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), "Too much at once") {
		t.Errorf("%d, Retry-After %q", w.Code, w.Header().Get("Retry-After"))
	}
	for _, row := range []struct {
		why, client, path string
		want              int
	}{
		{"another address of the same household", "[2001:db8:1:2:ffff::9]:1", "/en/cases", 429},
		{"an address that is not there", "[2001:db8:1:2::1]:1", "/en/nothing", 429},
		{"help", "[2001:db8:1:2::1]:1", "/en/help", 200},
		{"another client", "[2001:db8:1:3::1]:1", "/en/cases", 200},
		{"what was kept for the other", "[2001:db8:1:2::1]:1", "/en/cases", 200},
	} {
		if got := ask(row.client, row.path); got != row.want {
			t.Errorf("%s: %d, want %d", row.why, got, row.want)
		}
	}
	mu.Lock()
	now = now.Add(time.Second)
	mu.Unlock()
	if got := ask("[2001:db8:1:2::1]:1", "/en/sources"); got != http.StatusOK {
		t.Errorf("a second later: %d", got)
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

func heap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func TestFreeSearchesAreNotKept(t *testing.T) {
	s, err := New(Config{Pack: kosovo(t), View: sharedRecord(t), Load: Load{Burst: time.Hour}})
	if err != nil {
		t.Fatal(err)
	}
	h := s.Handler()
	for i := range 50 {
		for _, form := range []string{"", ".json", ".csv"} {
			if w := status(h, from("192.0.2.1:1", fmt.Sprintf("/en/search%s?q=word%d", form, i))); w.Code != http.StatusOK {
				t.Fatal(w.Code)
			}
		}
	}
	if pages, bytes := s.Kept(); pages > 0 || bytes > 0 {
		t.Errorf("%d searches are kept in %d bytes", pages, bytes)
	}
}

// Data of pages that say so are the same bytes in every language, and made once.
func TestNeutralDataAreMadeOnceForAllLanguages(t *testing.T) {
	s, err := New(Config{Pack: kosovo(t), View: sharedRecord(t), Load: Load{Burst: time.Hour}, Ledger: shared.record.ledger})
	if err != nil {
		t.Fatal(err)
	}
	h := s.Handler()
	asked := 0
	for _, path := range []string{"sentences", "cases", "cases?year=2013", "rows?measure=persons_convicted", "sources", "conflicts"} {
		for _, f := range []form{asJSON, asCSV} {
			if f == asJSON && path != "sentences" { // the way to the next page names the language
				continue
			}
			at, query, _ := strings.Cut(path, "?")
			want := ""
			for i, l := range locale.All {
				w := status(h, from("192.0.2.1:1", "/"+string(l)+"/"+at+f.ending()+"?"+query))
				if w.Code != http.StatusOK || i > 0 && w.Body.String() != want {
					t.Errorf("%s%s differs in %s (%d)", path, f.ending(), l, w.Code)
				}
				want = w.Body.String()
			}
			asked++
		}
	}
	if pages, _ := s.Kept(); pages > asked {
		t.Errorf("%d documents are kept for %d addresses", pages, asked)
	}
}

// The sentences come in parts, each with the way to the next; together they are all, and none is there twice.
func TestSentencesInParts(t *testing.T) {
	d := newRecord(t)
	judgment := &record.Judgment{Case: "case-1", Instance: record.FirstInstance}
	for i := range mostSentences + 7 {
		judgment.Defendants = append(judgment.Defendants, aDefendant(i))
	}
	d.enter(record.JudgmentKind, "j-1", 0, record.Published, "entered", judgment)
	h := d.handler()
	seen, path, parts := map[string]bool{}, "sentences.json", 0
	var cursor string
	for ; path != ""; parts++ {
		var doc struct {
			Total     int
			Next      string
			Sentences []struct{ Defendant string }
		}
		decodeJSON(t, body(t, get(t, h, "/en/"+path)), &doc)
		for _, one := range doc.Sentences {
			seen[one.Defendant] = true
		}
		if doc.Total != mostSentences+7 || len(doc.Sentences) > mostSentences {
			t.Fatalf("%s: %d of %d", path, len(doc.Sentences), doc.Total)
		}
		if path = doc.Next; path != "" {
			cursor = path
		}
	}
	if len(seen) != mostSentences+7 || parts != 2 {
		t.Errorf("%d sentences in %d parts", len(seen), parts)
	}
	if rows := strings.Count(body(t, get(t, h, "/en/sentences.csv")), "\r\n"); rows != mostSentences+8 {
		t.Errorf("%d lines in the file", rows)
	}
	judgment.Defendants = judgment.Defendants[:3]
	d.enter(record.JudgmentKind, "j-1", 1, record.Published, "corrected", judgment)
	if r := get(t, h, "/en/"+cursor); r.StatusCode != http.StatusConflict {
		t.Errorf("a cursor of an older position: %d", r.StatusCode)
	}
	if rows := strings.Count(body(t, get(t, h, "/en/sentences.csv")), "\r\n"); rows != 4 {
		t.Errorf("%d lines in the file after the correction", rows)
	}
	for _, bad := range []string{"x", "1", "-1", "1--1", "1-99999999999999999999"} {
		if r := get(t, h, "/en/sentences.json?after="+bad); r.StatusCode != http.StatusBadRequest {
			t.Errorf("after=%s: %d", bad, r.StatusCode)
		}
	}
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

func aDefendant(i int) record.Defendant {
	return record.Defendant{Label: fmt.Sprint(i + 1), Counts: []record.Count{{Convicted: "06/L-074:165(1)", Verdict: law.Convicted, From: period.MustDate("2020-11-09"),
		Sentence: record.Sentence{Imprisonment: law.Imprisonment{State: law.ForTerm, Term: period.Years(6)}}}}}
}

func decodeJSON(t *testing.T, text string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Fatalf("%v in %.300s", err, text)
	}
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
