package main

import (
	"bufio"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// The memory that a serving program may have taken from the system, without the pages of files that the system can drop: half of what
// docs/operations.md asks of the machine.
const mostAnonymous = 1 << 30

// dearAddresses are what makes the program work: searches that nobody keeps, tables, lists deep down, downloads, checks. %d is a number never asked before.
var dearAddresses = []string{
	"/en/search?q=burgim+%d", "/sr/search?q=P+%d", "/sq/search?q=gjobe%d", "/en/figures/pivot?rows=court&columns=year&from=%d", "/en/cases?page=%d", "/sq/cases?court=basic_court_of_pristina&page=%d",
	"/en/sentences.json?cursor=%d", "/sr-Latn/courts?year=%d", "/en/cases.csv?x=%d", "/en/check?offence=165(1)&convicted=2021-01-01&verdict=guilty&imprisonment=%d+months",
	"/en/figures/persons_convicted.png?n=%d", "/sr/figures/persons_convicted?year=%d", "/en/provisions?n=%d", "/en/nothing/%d", "/en/reported?topic=%d", "/sentences.csv?n=%d",
}

// Whatever readers ask for together, all of it different and from everywhere, the program answers those who need help, and takes no more memory than it may.
//
// FENER_LOAD=100000 sets how many generated judgments are on record, FENER_LOAD_FOR how long it goes on; docs/performance.md has the figures.
func TestMemoryUnderLoad(t *testing.T) {
	judgments, lasting := "500", 8*time.Second
	if n := os.Getenv("FENER_LOAD"); n != "" {
		judgments, lasting = n, 20*time.Minute
	}
	if text := os.Getenv("FENER_LOAD_FOR"); text != "" {
		var err error
		if lasting, err = time.ParseDuration(text); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), "fener", "demo", "--data", filepath.Join(t.TempDir(), "data"), "--synthetic", judgments, "--listen", "127.0.0.1:0")
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = cmd.Process.Signal(syscall.SIGINT)
		_ = cmd.Wait()
	}()
	url := addressOf(t, out)

	var answers [6]atomic.Int64 // by the hundreds of their status
	var most, failed, helpless atomic.Int64
	end := time.Now().Add(lasting)
	var wait sync.WaitGroup
	client := &http.Client{Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	for worker := range 48 {
		wait.Go(func() {
			random := mathrand.New(mathrand.NewPCG(7, uint64(worker)))
			for time.Now().Before(end) {
				address := fmt.Sprintf(dearAddresses[random.IntN(len(dearAddresses))], random.IntN(1_000_000))
				code, err := asked(client, url+address, fmt.Sprintf("203.%d.%d.%d", random.IntN(250), random.IntN(250), random.IntN(250)))
				if err != nil {
					failed.Add(1)
					continue
				}
				answers[code/100].Add(1)
			}
		})
	}
	wait.Go(func() {
		for ; time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
			if n := anonymous(t, cmd.Process.Pid); n > most.Load() {
				most.Store(n)
			}
			if code, err := asked(client, url+"/sq/help", "198.51.100.7"); err != nil || code != http.StatusOK {
				helpless.Add(1)
			}
		}
	})
	wait.Wait()
	t.Logf("%s judgments, %v: answers 2xx %d, 4xx %d, 5xx %d, none %d; anonymous memory at the most %d MiB", judgments, lasting, answers[2].Load(), answers[4].Load(), answers[5].Load(),
		failed.Load(), most.Load()>>20)
	if answers[2].Load() == 0 || most.Load() == 0 {
		t.Error("nothing was answered, or nothing measured")
	}
	if most.Load() > mostAnonymous {
		t.Errorf("%d bytes of memory, of %d that it may take", most.Load(), int64(mostAnonymous))
	}
	if helpless.Load() > 0 {
		t.Errorf("%d times nobody who needs help was answered", helpless.Load())
	}
	if failed.Load() > answers[2].Load()/100 {
		t.Errorf("%d requests got no answer at all", failed.Load())
	}
}

// addressOf waits until the program says where it answers, and reads on, so that it is never held up by its own words.
func addressOf(t *testing.T, out io.Reader) string {
	t.Helper()
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if rest, ok := strings.CutPrefix(lines.Text(), "Open "); ok {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			address, _, _ := strings.Cut(rest, " ")
			return strings.TrimSuffix(address, "/")
		}
	}
	t.Fatal("it ended and never said where it answers")
	return ""
}

func asked(client *http.Client, address, from string) (status int, err error) {
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return 0, err
	}
	r.Header.Set("X-Forwarded-For", from)
	answer, err := client.Do(r)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, answer.Body)
	return answer.StatusCode, err
}

// anonymous is the memory of a process that no file stands behind, in bytes.
func anonymous(t *testing.T, pid int) int64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Error(err)
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "RssAnon:"); ok {
			n, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64)
			if err != nil {
				t.Error(err)
			}
			return n << 10
		}
	}
	t.Error("the system does not tell how much memory a process has")
	return 0
}
