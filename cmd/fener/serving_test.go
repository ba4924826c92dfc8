package main

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// What scripts need to talk to a program that keeps running.
var servingCommands = map[string]func(*testscript.TestScript, bool, []string){
	"start": start, "awaits": awaits, "interrupt": interrupt, "fetch": fetch, "save": save, "status": status, "becomes": becomes,
}

// started is a program in the background, with what it says.
type started struct {
	cmd   *exec.Cmd
	ended chan error
	mu    sync.Mutex
	says  bytes.Buffer
}

func (s *started) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.says.Write(b)
}

func (s *started) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.says.String()
}

// keptEnv is where Setup keeps a script's environment, and startedKey its programs.
type (
	keptEnv    struct{}
	startedKey struct{}
)

func keepEnv(env *testscript.Env) {
	env.Values[keptEnv{}] = env
	env.Values[startedKey{}] = map[string]*started{}
}

func programs(ts *testscript.TestScript) map[string]*started {
	return ts.Value(startedKey{}).(map[string]*started)
}

func find(ts *testscript.TestScript, name string) *started {
	s := programs(ts)[name]
	if s == nil {
		ts.Fatalf("nothing named %q was started", name)
	}
	return s
}

// start runs a program in the background: start NAME [VAR=value...] fener serve ...
func start(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: start NAME [VAR=value...] program...")
	}
	s, env := &started{ended: make(chan error, 1)}, ts.Value(keptEnv{}).(*testscript.Env).Vars
	name, args := args[0], args[1:]
	for strings.Contains(args[0], "=") {
		env, args = append(env, args[0]), args[1:]
	}
	s.cmd = exec.Command(onPath(ts, args[0]), args[1:]...)
	s.cmd.Env, s.cmd.Dir, s.cmd.Stdout, s.cmd.Stderr = env, ts.MkAbs("."), s, s
	ts.Check(s.cmd.Start())
	go func() { s.ended <- s.cmd.Wait() }()
	ts.Defer(func() { _ = s.cmd.Process.Kill() }) // it has ended, or the script failed
	programs(ts)[name] = s
}

// onPath finds a program where the script's own PATH has it: a test may put another fener before this one.
func onPath(ts *testscript.TestScript, name string) string {
	for _, dir := range filepath.SplitList(ts.Getenv("PATH")) {
		if path, err := exec.LookPath(filepath.Join(dir, name)); err == nil {
			return path
		}
	}
	return name
}

// awaits waits until a program says something; the first group becomes $URL.
func awaits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: awaits NAME REGEXP")
	}
	s, want := find(ts, args[0]), regexp.MustCompile("(?m)"+args[1])
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if found := want.FindStringSubmatch(s.text()); found != nil {
			if len(found) > 1 {
				ts.Setenv("URL", strings.TrimSuffix(found[1], "/"))
			}
			return
		}
		select {
		case err := <-s.ended:
			ts.Fatalf("it ended with %v and said:\n%s", err, s.text())
		default:
		}
		if time.Now().After(end) {
			ts.Fatalf("after 30 seconds it has not said %q but:\n%s", args[1], s.text())
		}
	}
}

// interrupt is Ctrl-C; the program must end well, within the time that it gives itself. What it said is then standard output.
func interrupt(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: interrupt NAME")
	}
	s := find(ts, args[0])
	ts.Check(s.cmd.Process.Signal(os.Interrupt))
	select {
	case err := <-s.ended:
		if err != nil {
			ts.Fatalf("it ended with %v and said:\n%s", err, s.text())
		}
	case <-time.After(15 * time.Second):
		ts.Fatalf("it did not end within 15 seconds and said:\n%s", s.text())
	}
	delete(programs(ts), args[0])
	_, err := io.WriteString(ts.Stdout(), s.text())
	ts.Check(err)
}

func ask(ts *testscript.TestScript, address string) (int, string) {
	if strings.HasPrefix(address, "/") {
		address = ts.Getenv("URL") + address
	}
	client := &http.Client{Timeout: 20 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	r, err := client.Get(address)
	ts.Check(err)
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	ts.Check(err)
	return r.StatusCode, string(body)
}

// fetch reads a page below $URL, which must be there and hold each of the texts; with ! none of them.
func fetch(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: [!] fetch /PATH TEXT...")
	}
	code, body := ask(ts, args[0])
	if code != http.StatusOK {
		ts.Fatalf("%s: status %d\n%s", args[0], code, body)
	}
	for _, text := range args[1:] {
		if strings.Contains(body, text) == neg {
			ts.Fatalf("%s: %q is in it: %v\n%s", args[0], text, !neg, body)
		}
	}
}

// becomes waits until a page below $URL holds a text; with ! until it does not.
func becomes(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: [!] becomes /PATH TEXT")
	}
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		code, body := ask(ts, args[0])
		if code == http.StatusOK && strings.Contains(body, args[1]) != neg {
			return
		}
		if time.Now().After(end) {
			ts.Fatalf("%s: status %d, and after 20 seconds %q is in it: %v\n%s", args[0], code, args[1], neg, body)
		}
	}
}

// save writes what an address answers into a file: save /PATH FILE
func save(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: save /PATH FILE")
	}
	code, body := ask(ts, args[0])
	if code != http.StatusOK {
		ts.Fatalf("%s: status %d\n%s", args[0], code, body)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(body), 0o600))
}

// status asks for an address and compares the status: status 404 /en/nothing
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: status CODE /PATH")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	if code, body := ask(ts, args[1]); code != want {
		ts.Fatalf("%s: status %d, want %d\n%s", args[1], code, want, body)
	}
}
