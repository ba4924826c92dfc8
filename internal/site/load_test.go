package site

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"fener/internal/page"
	"fener/internal/record"
	"fener/law"
	"fener/locale"
	"fener/period"
)

// slowPages take as long as they are held.
func slowSite(t *testing.T, load page.Load) (s *page.Site, h http.Handler, entered chan struct{}, release chan struct{}) {
	t.Helper()
	entered, release = make(chan struct{}, 1000), make(chan struct{})
	slow := page.Page{Pattern: "slow/{n}", Template: "plain", Build: func(r *page.Request) (page.Content, error) {
		entered <- struct{}{}
		<-release
		return buildPlain(r)
	}}
	s, err := newSite(page.Config{Pack: kosovo(t), View: sharedRecord(t), Load: load}, withPages(slow))
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
	s, h, entered, release := slowSite(t, page.Load{Renders: 2, Waiting: 3, Wait: time.Minute, AtOnce: 100, Burst: time.Hour})
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
		if s.Waiting() == 3 || time.Now().After(end) {
			break
		}
	}
	begun := time.Now()
	for _, row := range []struct {
		path string
		want int
	}{
		{"/en/cases", 200}, {"/units", 200}, {"/en/help", 200}, {"/sq/help", 200}, {"/sr/help", 200}, {"/sr-Latn/help", 200},
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
	s, err := New(page.Config{Pack: kosovo(t), View: sharedRecord(t), Load: page.Load{Share: 100 * time.Millisecond, Burst: 20 * time.Millisecond, Clock: clock}})
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

func TestFreeSearchesAreNotKept(t *testing.T) {
	s, err := New(page.Config{Pack: kosovo(t), View: sharedRecord(t), Load: page.Load{Burst: time.Hour}})
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
	s, err := New(page.Config{Pack: kosovo(t), View: sharedRecord(t), Load: page.Load{Burst: time.Hour}, Ledger: shared.record.ledger})
	if err != nil {
		t.Fatal(err)
	}
	h := s.Handler()
	asked := 0
	for _, path := range []string{"sentences", "cases", "cases?year=2013", "rows?measure=persons_convicted", "sources", "conflicts"} {
		for _, ending := range []string{".json", ".csv"} {
			if ending == ".json" && path != "sentences" { // the way to the next page names the language
				continue
			}
			at, query, _ := strings.Cut(path, "?")
			want := ""
			for i, l := range locale.All {
				w := status(h, from("192.0.2.1:1", "/"+string(l)+"/"+at+ending+"?"+query))
				if w.Code != http.StatusOK || i > 0 && w.Body.String() != want {
					t.Errorf("%s%s differs in %s (%d)", path, ending, l, w.Code)
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
	for i := range 500 + 7 {
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
		if doc.Total != 500+7 || len(doc.Sentences) > 500 {
			t.Fatalf("%s: %d of %d", path, len(doc.Sentences), doc.Total)
		}
		if path = doc.Next; path != "" {
			cursor = path
		}
	}
	if len(seen) != 500+7 || parts != 2 {
		t.Errorf("%d sentences in %d parts", len(seen), parts)
	}
	if rows := strings.Count(body(t, get(t, h, "/en/sentences.csv")), "\r\n"); rows != 500+8 {
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
