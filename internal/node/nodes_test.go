package node_test

import (
	"crypto/rand"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"fener/internal/demo"
	"fener/internal/ledger"
	"fener/internal/node"
	"fener/internal/postgres/postgrestest"
	"fener/internal/record"
)

// askTo asks a node's address and gives the status and the text.
func askTo(t *testing.T, url string) (int, string) {
	t.Helper()
	c := &http.Client{Timeout: 10 * time.Second}
	a, err := c.Get(url)
	if err != nil {
		return 0, err.Error()
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	if err != nil {
		return a.StatusCode, err.Error()
	}
	return a.StatusCode, string(text)
}

// within asks again and again until something holds.
func within(t *testing.T, limit time.Duration, what string, holds func() bool) time.Duration {
	t.Helper()
	began := time.Now()
	for !holds() {
		if time.Since(began) > limit {
			t.Fatalf("within %s it did not come about that %s", limit, what)
		}
		time.Sleep(20 * time.Millisecond)
	}
	return time.Since(began)
}

// shared begins a ledger in a database and fills it with the example.
func shared(t *testing.T, address string) {
	t.Helper()
	l, err := ledger.Open(t.Context(), address, ledger.Options{Now: func() time.Time { return noon }, Rand: rand.Reader, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := demo.Fill(t.Context(), l, demo.Options{Pack: node.LawOfKosovo(t), Now: noon}); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
}

func following(address string) func(*node.Options) {
	return func(o *node.Options) { o.Ledger = address }
}

func sharedSource(n int) ledger.Change {
	return ledger.Change{Kind: record.SourceKind, ID: fmt.Sprint("src-node-", n), State: record.Published, By: "desk", Why: "entered",
		Body: fmt.Appendf(nil, `{"title":"SYNTHETIC report %d","publisher":"SYNTHETIC","kind":"report","language":"en","accessed":"2026-03-01"}`, n)}
}

// TestNodesShareALedger is two nodes on one database: what is appended at one is seen at the other, one that is killed takes nothing along, and while the
// database is away readers go on reading and nothing is acknowledged that is not kept.
func TestNodesShareALedger(t *testing.T) {
	server := postgrestest.Start(t)
	address := server.Database(t)
	shared(t, address)
	between := postgrestest.Between(t, server.Host())
	apart := strings.Replace(address, server.Host(), between.Addr, 1)
	a := serve(t, t.TempDir(), node.Listening{}, following(address))
	b := serve(t, t.TempDir(), node.Listening{}, following(apart))
	for _, n := range []*running{a, b} {
		<-n.Warmed()
	}
	shows := func(n *running, seq int64) bool {
		_, text := askTo(t, n.admin+"metrics")
		return strings.Contains(text, fmt.Sprintf("\nfener_view_seq %d\n", seq))
	}
	kept := map[string]bool{}
	number := 0
	enter := func(n *running) (int64, error) {
		number++
		c := sharedSource(number)
		span, err := n.Ledger().Append(t.Context(), []ledger.Change{c})
		if err == nil {
			kept[c.ID] = true
		}
		return span.Last, err
	}
	t.Run("seen on the other", func(t *testing.T) {
		for _, pair := range [][2]*running{{a, b}, {b, a}, {a, b}} {
			seq, err := enter(pair[0])
			if err != nil {
				t.Fatal(err)
			}
			took := within(t, 2*time.Second, "the other node shows it", func() bool { return shows(pair[1], seq) })
			t.Logf("after %s", took)
		}
	})
	t.Run("a partition", func(t *testing.T) {
		time.Sleep(time.Second) // what pages need is read ahead of their readers
		between.Cut()
		seq, err := enter(a)
		if err != nil {
			t.Fatalf("the node with the database: %v", err)
		}
		if _, err := enter(b); err == nil {
			t.Error("the node without the database acknowledged something")
		}
		if code, text := askTo(t, b.admin+"readyz"); code != http.StatusOK || !strings.Contains(text, "does not answer") {
			t.Errorf("readyz says %d %s", code, text)
		}
		if code, _ := askTo(t, b.admin+"healthz"); code != http.StatusServiceUnavailable {
			t.Errorf("healthz says %d", code)
		}
		if code, text := askTo(t, b.url+"en/"); code != http.StatusOK {
			t.Errorf("a page says %d %s", code, text[:min(len(text), 300)])
		}
		if shows(b, seq) {
			t.Error("it shows what it cannot know")
		}
		between.Mend()
		within(t, 5*time.Second, "the node shows what it missed", func() bool { return shows(b, seq) })
		if _, err := enter(b); err != nil {
			t.Errorf("after it: %v", err)
		}
	})
	t.Run("the database is killed and comes back", func(t *testing.T) {
		time.Sleep(time.Second)
		server.Kill(t)
		for _, n := range []*running{a, b} {
			if _, err := enter(n); err == nil {
				t.Error("something was acknowledged without a database")
			}
			if code, text := askTo(t, n.url+"en/"); code != http.StatusOK {
				t.Errorf("a page says %d %s", code, text[:min(len(text), 300)])
			}
		}
		server.Again(t)
		within(t, 10*time.Second, "the nodes are healthy", func() bool {
			first, _ := askTo(t, a.admin+"healthz")
			second, _ := askTo(t, b.admin+"healthz")
			return first == http.StatusOK && second == http.StatusOK
		})
		seq, err := enter(a)
		if err != nil {
			t.Fatal(err)
		}
		within(t, 5*time.Second, "the other node shows it", func() bool { return shows(b, seq) })
	})
	t.Run("one node is lost", func(t *testing.T) {
		if err := a.stop(); err != nil {
			t.Error(err)
		}
		seq, err := enter(b)
		if err != nil {
			t.Fatal(err)
		}
		within(t, 2*time.Second, "it shows it itself", func() bool { return shows(b, seq) })
	})
	missing := 0
	for id := range kept {
		if _, err := b.Ledger().History(t.Context(), record.SourceKind, id); err != nil {
			missing++
			t.Errorf("%s was acknowledged: %v", id, err)
		}
	}
	report, err := b.Ledger().Verify(t.Context(), nil)
	if err != nil || report.Err() != nil || missing > 0 {
		t.Errorf("%v, %v", err, report.Err())
	}
}

// TestTheDeskWithoutItsDatabase enters something while the database is away: it is told in words, what was typed can be sent again, and nothing is there twice.
func TestTheDeskWithoutItsDatabase(t *testing.T) {
	server := postgrestest.Start(t)
	address := server.Database(t)
	between := postgrestest.Between(t, server.Host())
	l, err := ledger.Open(t.Context(), address, ledger.Options{Now: time.Now, Rand: rand.Reader, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	h := newHouse(t, t.TempDir(), following(strings.Replace(address, server.Host(), between.Addr, 1)))
	ada := h.first()
	typed := []string{"title", "SYNTHETIC report", "publisher", "SYNTHETIC", "kind", "report", "published", "3.5.2018"}
	form := func() *answered { return ada.get("/en/desk/new/source") }
	before := form()
	between.Cut()
	ada.press("Save as a draft", typed...)
	if ada.page.status != http.StatusServiceUnavailable || !strings.Contains(text(ada.page.root), "Nothing was saved, and nothing is lost") {
		t.Errorf("while it was away: %d\n%s", ada.page.status, squeezed(text(ada.page.root)))
	}
	if strings.Contains(ada.page.body, server.Password()) || strings.Contains(h.log.String(), server.Password()) {
		t.Error("the password of the database was told")
	}
	between.Mend()
	ada.page = before // as the browser's way back
	ada.press("Save as a draft", typed...)
	if ada.page.status != http.StatusOK {
		t.Errorf("once it was back: %d\n%s", ada.page.status, squeezed(text(ada.page.root)))
	}
	entries, err := l.Read(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	sources := 0
	for _, e := range entries {
		if e.Kind == record.SourceKind {
			sources++
		}
	}
	if sources != 1 {
		t.Errorf("%d sources are on record", sources)
	}
}
