package node_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fener/internal/live"
)

// How a talk holds many screens: FENER_MEASURE=1 go test -run TestMeasureATalk -v -timeout 20m ./internal/node. The screens are another process (this test started again),
// on the same machine: FENER_SCREENS of them, 5,000 where it is not set.

// screensTask starts this test as the process of screens: address and path of a stream, and how many.
const screensTask = "FENER_TEST_SCREENS"

func init() {
	if task := os.Getenv(screensTask); task != "" {
		if err := beScreens(task); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
}

// arrivals are when changes came to screens, by their number.
type arrivals struct {
	mu   sync.Mutex
	at   map[int64][]int64
	lost atomic.Int64
}

// beScreens connects many screens, says so, and answers each line "NUMBER TIME" with how many got a change of that number and how long after the time, in microseconds: the
// median, the 99th of a hundred, the last.
func beScreens(task string) error {
	address, rest, _ := strings.Cut(task, " ")
	path, count, _ := strings.Cut(rest, " ")
	n, err := strconv.Atoi(count)
	if err != nil {
		return err
	}
	got := &arrivals{at: map[int64][]int64{}}
	connected := make(chan error, n)
	slots := make(chan struct{}, 64)
	for range n {
		go func() {
			slots <- struct{}{}
			got.screen(address, path, func(err error) { <-slots; connected <- err })
		}()
	}
	for range n {
		if err := <-connected; err != nil {
			return err
		}
	}
	fmt.Println("connected")
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var v, from int64
		if _, err := fmt.Sscanf(lines.Text(), "%d %d", &v, &from); err != nil {
			return err
		}
		got.mu.Lock()
		times := slices.Clone(got.at[v])
		got.mu.Unlock()
		slices.Sort(times)
		if len(times) == 0 {
			fmt.Println("0 0 0 0", got.lost.Load())
			continue
		}
		of := func(part float64) int64 { return (times[int(part*float64(len(times)-1))] - from) / 1000 }
		fmt.Println(len(times), of(0.5), of(0.99), of(1), got.lost.Load())
	}
	return nil
}

func (a *arrivals) screen(address, path string, told func(error)) {
	conn, err := net.Dial("tcp", address)
	if err == nil {
		_, err = fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\n\r\n", path, address)
	}
	if err != nil {
		told(err)
		return
	}
	defer conn.Close()
	lines := bufio.NewReaderSize(conn, 4096)
	var last, v int64
	first := true
	for {
		line, err := lines.ReadSlice('\n')
		if err == bufio.ErrBufferFull {
			continue
		}
		if err != nil {
			if first {
				told(err)
			}
			a.lost.Add(1)
			return
		}
		if id, is := bytes.CutPrefix(line, []byte("id: ")); is {
			v, _ = strconv.ParseInt(string(bytes.TrimSpace(id)), 10, 64)
			now := time.Now().UnixNano()
			if first {
				first = false
				told(nil)
			} else if v != last+1 {
				a.lost.Add(1)
			}
			last = v
			a.mu.Lock()
			a.at[v] = append(a.at[v], now)
			a.mu.Unlock()
		}
	}
}

// sendsData sends values as a page's script does.
func (p *person) sendsData(path string, values url.Values) *answered {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, p.url+path, strings.NewReader(values.Encode()))
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept", "application/json")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return p.do(r)
}

func TestMeasureATalk(t *testing.T) {
	if os.Getenv("FENER_MEASURE") == "" {
		t.Skip("FENER_MEASURE=1 measures")
	}
	screens := 5000
	if text := os.Getenv("FENER_SCREENS"); text != "" {
		screens, _ = strconv.Atoi(text)
	}
	h := newHouse(t, emptyFolder(t))
	ada := h.first()
	mod := ada.invites("Mo Moderator", "moderator", "editor")
	path := mod.announces("Talking about sentences")
	mod.get("/en/desk" + path)
	mod.press("Open for questions")
	reader := h.browser("a reader")
	for i := range 40 {
		reader.asks(path, fmt.Sprintf("SYNTHETIC question %d that is as long as questions are at such talks, more or less?", i))
	}
	memory := func() int64 { // what lives on the heap and on stacks
		debug.FreeOSMemory()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc + m.StackInuse)
	}
	mod.get("/en/desk" + path)
	mod.press("Let it in")
	before := memory()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	at, err := url.Parse(h.url)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(ctx, self)
	cmd.Env = append(os.Environ(), screensTask+"="+at.Host+" /en"+path+"/live "+strconv.Itoa(screens))
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() || lines.Text() != "connected" {
		t.Fatalf("the screens say %q", lines.Text())
	}
	t.Logf("%d screens connected in %.1f s; the server has %d", screens, time.Since(began).Seconds(), h.n.Screens())
	time.Sleep(2 * time.Second)
	t.Logf("memory on heap and stacks: %.1f MB before, %.1f KB for each screen", float64(before)/(1<<20), float64(memory()-before)/float64(screens)/1024)

	watch := h.listens(path)
	first := h.until("the state", watch, func(heard) bool { return true })
	v := int64(first.data["v"].(float64))
	said := func(from time.Time) (n int, p50, p99, most, lost int64) {
		fmt.Fprintf(in, "%d %d\n", v, from.UnixNano())
		if !lines.Scan() {
			t.Fatal("the screens have ended")
		}
		if _, err := fmt.Sscan(lines.Text(), &n, &p50, &p99, &most, &lost); err != nil {
			t.Fatal(err)
		}
		return
	}
	var worst99, worst int64
	var all []int64
	for range 30 { // a question is let in: from the press of the button on, record and disk included
		mod.get("/en/desk" + path)
		from := time.Now()
		mod.press("Let it in")
		one := h.until("the question", watch, func(one heard) bool { return one.data["question"] != nil })
		v = int64(one.data["v"].(float64))
		time.Sleep(700 * time.Millisecond)
		n, p50, p99, most, lost := said(from)
		if n != screens || lost != 0 {
			t.Errorf("change %d came to %d of %d screens; %d lost in all", v, n, screens, lost)
		}
		all = append(all, p50)
		worst99, worst = max(worst99, p99), max(worst, most)
	}
	slices.Sort(all)
	t.Logf("a question let in, from the button to the screens: median %d ms, the 99th of a hundred at most %d ms, the last screen at most %d ms", all[len(all)/2]/1000, worst99/1000, worst/1000)

	// 500 questions and 5,000 votes in a minute, from forms whose work is done already.
	const questions, votes = 500, 5000
	forms := make([]string, questions+votes)
	stamps := make([]string, len(forms))
	var wait sync.WaitGroup
	var next atomic.Int64
	page := h.browser("")
	page.get("/en" + path + "/take-part")
	for range 4 {
		wait.Go(func() {
			p := h.browser("")
			for i := next.Add(1) - 1; i < int64(len(forms)); i = next.Add(1) - 1 {
				p.get("/en" + path + "/take-part")
				form, _ := find(p.page.root, "Send the question")
				forms[i] = fieldsOf(form).Get("form")
				stamps[i] = live.Stamp(forms[i])
			}
		})
	}
	wait.Wait()
	next.Store(0)
	began = time.Now()
	var bad atomic.Int64
	times := make([]time.Duration, len(forms))
	for range 8 {
		wait.Go(func() {
			p := h.browser("")
			for i := int(next.Add(1) - 1); i < len(forms); i = int(next.Add(1) - 1) {
				if ahead := time.Duration(i)*time.Minute/time.Duration(len(forms)) - time.Since(began); ahead > 0 {
					time.Sleep(ahead)
				}
				from := time.Now()
				if i%11 == 0 {
					p.sendsData("/en"+path+"/ask", url.Values{"form": {forms[i]}, "stamp": {stamps[i]}, "language": {"en"}, "words": {fmt.Sprintf("SYNTHETIC question in the minute, number %d?", i)}})
				} else {
					p.sendsData("/en"+path+"/support", url.Values{"ballot": {forms[i]}, "stamp": {stamps[i]}, "n": {strconv.Itoa(1 + i%20)}})
				}
				times[i] = time.Since(from)
				if p.page.status >= 400 {
					bad.Add(1)
				}
			}
		})
	}
	wait.Wait()
	slices.Sort(times)
	t.Logf("%d questions and %d votes with %d screens connected: %.1f s, %d not taken; an answer: median %d ms, the 99th of a hundred %d ms",
		questions, votes, screens, time.Since(began).Seconds(), bad.Load(), times[len(times)/2].Milliseconds(), times[len(times)*99/100].Milliseconds())
	if bad.Load() > 0 {
		t.Errorf("%d were not taken", bad.Load())
	}
}
