package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"fener/internal/live"
)

// A server that serves a talk at an address of its own, to be killed.
type talkServer struct {
	t       *testing.T
	data    string
	address string
	path    string // of the talk
	cmd     *exec.Cmd
	says    *started
}

var formField = regexp.MustCompile(`name="form" value="([^"]+)"`)

// start starts the server and waits until it answers.
func (s *talkServer) start(ctx context.Context) {
	s.t.Helper()
	s.says = &started{}
	s.cmd = exec.CommandContext(ctx, "fener", "serve", "--data", s.data, "--listen", s.address)
	s.cmd.Stdout, s.cmd.Stderr = s.says, s.says
	if err := s.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	for range 400 {
		if answer, err := http.Get("http://" + s.address + "/en/" + s.path + "/take-part"); err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return
			}
		}
		time.Sleep(25 * time.Millisecond)
	}
	s.t.Fatalf("it does not answer: %s", s.says.text())
}

func (s *talkServer) kill() {
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait() // it was killed
}

// ask asks a question, and gives its code where the server acknowledged it.
func (s *talkServer) ask(words string) (code string) {
	answer, err := http.Get("http://" + s.address + "/en/" + s.path + "/take-part")
	if err != nil {
		return ""
	}
	page, err := io.ReadAll(answer.Body)
	answer.Body.Close()
	found := formField.FindSubmatch(page)
	if err != nil || found == nil {
		return ""
	}
	form := string(found[1])
	r, err := http.NewRequest(http.MethodPost, "http://"+s.address+"/en/"+s.path+"/ask", strings.NewReader(url.Values{"form": {form}, "stamp": {live.Stamp(form)}, "language": {"en"}, "words": {words}}.Encode()))
	if err != nil {
		return ""
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept", "application/json")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if answer, err = http.DefaultClient.Do(r); err != nil {
		return ""
	}
	defer answer.Body.Close()
	var told struct{ Code string }
	if json.NewDecoder(answer.Body).Decode(&told) != nil || answer.StatusCode != http.StatusCreated {
		return ""
	}
	return told.Code
}

// follow keeps a screen connected as a browser does, and tells each time when it was sent the whole.
func (s *talkServer) follow(ctx context.Context, told chan<- time.Time) {
	for ctx.Err() == nil {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.address+"/en/"+s.path+"/live", nil)
		if err != nil {
			return
		}
		answer, err := http.DefaultClient.Do(r)
		if err == nil {
			lines := bufio.NewScanner(answer.Body)
			lines.Buffer(nil, 1<<20)
			for lines.Scan() {
				if lines.Text() == "event: state" {
					told <- time.Now()
				}
			}
			answer.Body.Close()
		}
		select {
		case <-time.After(300*time.Millisecond + rand.N(2500*time.Millisecond)): // as live.js does
		case <-ctx.Done():
		}
	}
}

// The server is killed in the middle of a talk and started again: what it acknowledged is there, and screens are back with the whole within five seconds.
func TestKilledDuringATalk(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	table := filepath.Join(t.TempDir(), "talks.csv")
	if err := os.WriteFile(table, []byte("id,name_en,stage\nsynthetic-talk,SYNTHETIC talk,live\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"init", data}, {"import", "talks", "--data", data, "--by", "kill", "--state", "published", "--why", "test", table}} {
		if code, says := fener(t, args...); code != 0 {
			t.Fatalf("fener %v: %d %s", args, code, says)
		}
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &talkServer{t: t, data: data, address: free.Addr().String()}
	free.Close()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	s.path = talkPath(t, ctx, s)
	s.start(ctx)

	screens := make(chan time.Time, 1000)
	for range 20 {
		go s.follow(ctx, screens)
	}
	for range 20 {
		<-screens
	}
	codes := map[string]string{}
	var mu sync.Mutex
	rounds := 3
	if os.Getenv("FENER_KILLS") != "" {
		rounds = kills(t) / 10
	}
	for round := range rounds {
		var asking sync.WaitGroup
		stopped := make(chan struct{})
		for worker := range 4 {
			asking.Go(func() {
				for i := 0; ; i++ {
					select {
					case <-stopped:
						return
					default:
					}
					words := fmt.Sprintf("SYNTHETIC question %d of %d in round %d?", i, worker, round)
					if code := s.ask(words); code != "" {
						mu.Lock()
						codes[code] = words
						mu.Unlock()
					}
				}
			})
		}
		time.Sleep(300*time.Millisecond + rand.N(900*time.Millisecond))
		s.kill()
		close(stopped)
		asking.Wait()
		for len(screens) > 0 {
			<-screens
		}
		s.start(ctx)
		back := time.Now()
		for range 20 {
			select {
			case <-screens:
			case <-time.After(10 * time.Second):
				t.Fatal("a screen does not come back")
			}
		}
		if took := time.Since(back); took > 5*time.Second {
			t.Errorf("round %d: all screens are back after %v", round, took)
		}
		for code, words := range codes {
			answer, err := http.Get("http://" + s.address + "/en/" + s.path + "/asked/" + code)
			if err != nil {
				t.Fatal(err)
			}
			page, err := io.ReadAll(answer.Body)
			answer.Body.Close()
			if err != nil || answer.StatusCode != http.StatusOK || !strings.Contains(string(page), words) {
				t.Errorf("round %d: the question %q was acknowledged with %s and is lost: %d", round, words, code, answer.StatusCode)
			}
		}
	}
	if len(codes) < rounds {
		t.Errorf("only %d questions were acknowledged in %d rounds", len(codes), rounds)
	}
	t.Logf("%d kills, %d questions acknowledged, none lost", rounds, len(codes))
	s.kill()
	if code, says := fener(t, "ledger", "verify", "--data", data); code != 0 {
		t.Errorf("the ledger does not hold: %s", says)
	}
}

// talkPath is where the one talk of a folder stands.
func talkPath(t *testing.T, ctx context.Context, s *talkServer) string {
	t.Helper()
	s.says = &started{}
	cmd := exec.CommandContext(ctx, "fener", "serve", "--data", s.data, "--listen", s.address)
	cmd.Stdout, cmd.Stderr = s.says, s.says
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }() // it was killed
	link := regexp.MustCompile(`href="/en/(talks/[0-9a-z]+)`)
	for range 400 {
		if answer, err := http.Get("http://" + s.address + "/en/talks"); err == nil {
			page, _ := io.ReadAll(answer.Body)
			answer.Body.Close()
			if found := link.FindSubmatch(page); found != nil {
				return string(found[1])
			}
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatalf("no talk is shown: %s", s.says.text())
	return ""
}
