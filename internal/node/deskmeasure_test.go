package node_test

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fener/internal/node"
	"fener/internal/record"
)

// How the desk does over many judgments, and how readers fare beside people at work: FENER_MEASURE=1 FENER_DESK=100000 go test -run TestMeasureTheDesk -v -timeout
// 30m ./internal/node. Pages and saves are timed from outside, one after the other; then 20 people work while 1,000 public requests a second are asked for.
func TestMeasureTheDesk(t *testing.T) {
	if os.Getenv("FENER_MEASURE") == "" {
		t.Skip("set FENER_MEASURE to measure the desk; it takes minutes")
	}
	n := 100_000
	if text := os.Getenv("FENER_DESK"); text != "" {
		if _, err := fmt.Sscan(text, &n); err != nil {
			t.Fatal(err)
		}
	}
	h := newHouse(t, node.DemoFolder(t, time.Now(), n))
	ada := h.first()
	judgments, err := h.n.Ledger().Read(t.Context(), 0, 20_000)
	if err != nil {
		t.Fatal(err)
	}
	var at string
	for _, e := range judgments {
		if e.Kind == record.JudgmentKind {
			at = "/en/desk/thing/judgment/" + e.ID
		}
	}
	timed := func(what string, times int, do func(i int)) {
		var took []time.Duration
		for i := range times {
			from := time.Now()
			do(i)
			took = append(took, time.Since(from))
		}
		slices.Sort(took)
		t.Logf("%-40s median %8.1f ms, the slowest of %d %8.1f ms", what, ms(took[len(took)/2]), times, ms(took[len(took)-1]))
	}
	look := func(path string) func(int) {
		return func(int) {
			if ada.get(path); ada.page.status != http.StatusOK {
				t.Fatalf("%s: %d", path, ada.page.status)
			}
		}
	}
	timed("the first page of the desk", 30, look("/en/desk/"))
	timed("a judgment", 30, look(at))
	timed("the form of a judgment", 30, look(at+"/edit"))
	timed("texts in three languages", 10, look("/en/desk/languages"))
	timed("files", 10, look("/en/desk/upload"))
	ada.get("/en/desk/new/source")
	ada.press("Save as a draft", "title", "SYNTHETIC report", "publisher", "SYNTHETIC")
	source := ada.thing()
	timed("saving, until the next page", 30, func(i int) {
		ada.get(source + "/edit")
		ada.press("Save as a draft", "note", fmt.Sprintf("SYNTHETIC %d", i))
	})
	timed("the page before publishing", 5, func(int) {
		ada.get(source)
		ada.press("Publish it")
	})

	paths := []string{"/en/", "/sq/cases", "/en/courts", "/sr/figures", "/en/sentences", "/sq/shelters"}
	var stop atomic.Bool
	public := func(d time.Duration) (rate float64, p50, p99 time.Duration) {
		var mu sync.Mutex
		var took []time.Duration
		var wg sync.WaitGroup
		from := time.Now()
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		queue := make(chan string, 4000)
		for range 32 {
			wg.Go(func() {
				for path := range queue {
					began := time.Now()
					r, err := http.Get(h.url + path)
					if err != nil {
						t.Error(err)
						return
					}
					_, _ = io.Copy(io.Discard, r.Body)
					_ = r.Body.Close()
					mu.Lock()
					took = append(took, time.Since(began))
					mu.Unlock()
				}
			})
		}
		for i := 0; time.Since(from) < d; {
			<-tick.C
			for ; i < int(time.Since(from).Milliseconds()); i++ { // 1,000 a second
				select {
				case queue <- paths[i%len(paths)]:
				default: // the queue is full: they are not kept up with
				}
			}
		}
		close(queue)
		wg.Wait()
		slices.Sort(took)
		return float64(len(took)) / time.Since(from).Seconds(), took[len(took)/2], took[len(took)*99/100]
	}
	say := func(what string, rate float64, p50, p99 time.Duration) {
		t.Logf("public requests %-25s %5.0f a second, median %6.2f ms, 99th of a hundred %6.2f ms", what, rate, ms(p50), ms(p99))
	}
	rate, p50, p99 := public(15 * time.Second)
	say("alone:", rate, p50, p99)
	var saves atomic.Int64
	var slowest atomic.Int64
	var wg sync.WaitGroup
	people := make([]*person, 20)
	for i := range people {
		people[i] = ada.invites(fmt.Sprintf("Worker%d Person", i), "contributor")
		people[i].get("/en/desk/new/source")
		people[i].press("Save as a draft", "title", fmt.Sprintf("SYNTHETIC report %d", i), "publisher", "SYNTHETIC")
	}
	for _, p := range people {
		mine := p.thing()
		wg.Go(func() {
			for k := 0; !stop.Load(); k++ {
				p.get(mine + "/edit")
				time.Sleep(2 * time.Second) // they type
				from := time.Now()
				p.press("Save as a draft", "note", fmt.Sprintf("SYNTHETIC %d", k))
				saves.Add(1)
				for took := int64(time.Since(from)); ; {
					old := slowest.Load()
					if took <= old || slowest.CompareAndSwap(old, took) {
						break
					}
				}
			}
		})
	}
	rate, p50, p99 = public(30 * time.Second)
	stop.Store(true)
	wg.Wait()
	say("beside 20 people:", rate, p50, p99)
	t.Logf("20 people saved %d times meanwhile; the slowest took %.0f ms with the page that follows", saves.Load(), ms(time.Duration(slowest.Load())))
	if strings.Contains(h.log.String(), "level=ERROR") {
		t.Error(h.log)
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
