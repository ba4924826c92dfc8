package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"fener/internal/needs"

	"golang.org/x/sys/unix"
)

// openTerminal makes a terminal as its user's window does: what is written to the one end appears at the other.
func openTerminal(t *testing.T) (window, inside *os.File) {
	t.Helper()
	window, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		needs.Lacking(t, "no terminal can be made here: %v", err)
	}
	t.Cleanup(func() { window.Close() })
	raw, err := window.SyscallConn() // not Fd, after which closing would not end a read
	if err != nil {
		t.Fatal(err)
	}
	var number int
	var failed error
	err = raw.Control(func(fd uintptr) {
		number, failed = unix.IoctlGetInt(int(fd), unix.TIOCGPTN)
		failed = errors.Join(failed, unix.IoctlSetPointerInt(int(fd), unix.TIOCSPTLCK, 0))
	})
	if err := errors.Join(err, failed); err != nil {
		t.Fatal(err)
	}
	inside, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { inside.Close() })
	return window, inside
}

// atTerminal runs the program at a terminal and gives what the terminal was sent.
func atTerminal(t *testing.T, args ...string) []byte {
	t.Helper()
	window, inside := openTerminal(t)
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	command := exec.CommandContext(ctx, "fener", args...)
	command.Stdin, command.Stdout, command.Stderr = inside, inside, inside
	var seen bytes.Buffer
	read := make(chan error, 1)
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	inside.Close()
	go func() { _, err := seen.ReadFrom(window); read <- err }()
	_ = command.Wait()                                          // the exit code is other tests' business
	if err := <-read; err != nil && !errors.Is(err, unix.EIO) { // so Linux says that nobody has the other end
		t.Fatal(err)
	}
	return seen.Bytes()
}

// TestTextFromOutsideNeverSteersTheTerminal: in tables, previews, errors and names of files.
func TestTextFromOutsideNeverSteersTheTerminal(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	want(t, 0, "a new record", "init", data)
	const attack = "\x1b]0;gone\x07\x1b[2J\u009b31m\u202e"
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(strings.ReplaceAll(text, "ATTACK", attack)), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	rows := write("rows.csv", "case,court,defendant,offence_convicted,offence_from,judgment_date,verdict,imprisonment,fine,mitigation,ATTACK\n"+
		"P ATTACK 1,ATTACK court,A.A.,06/L-074:165(1),2020-05-10,2021-03-01,convicted,2y,5000,none,x\n"+
		"P 2,court,A.A.,ATTACK,2020-05-10,ATTACK,convicted,ATTACK,ATTACK,ATTACK,x\n")
	named := write("ATTACK.csv", "case\nATTACK\n")
	claims := write("claims.yaml", "articles:\n  - title: \"ATTACK\"\n    claims:\n      - text: \"ATTACK\"\n        figure: ATTACK\n")
	pack := filepath.Join(dir, attack)
	for _, args := range [][]string{
		{"check", rows}, {"check", "--steps", rows}, {"check", "--format", "csv", rows}, {"check", "--format", "jsonl", rows}, {"check", named},
		{"import", "judgments", "--data", data, "--by", attack, "--dry-run", rows},
		{"import", "judgments", "--data", data, "--by", "x", "--dry-run", "--format", "jsonl", rows},
		{"import", "cases", "--data", data, "--by", "x", claims},
		{"claims", "check", claims},
		{"source", "add", "--data", data, "--by", "x", "--title", attack, rows}, {"source", "check", "--data", data},
		{"check", "--law", pack, rows}, {"law", "show", attack}, {attack}, {"check", "--" + attack, rows}, {"help", attack},
		{"ledger", "verify", "--data", attack}, {"restore", attack, "--data", data}, {"undo", attack, "--data", data, "--by", "x"},
	} {
		seen := atTerminal(t, args...)
		if len(seen) == 0 {
			t.Errorf("fener %q says nothing", args)
		}
		if bytes.ContainsAny(seen, "\x1b\x07\u009b\u202e") {
			t.Errorf("fener %q sends the terminal %q", args, seen)
		}
	}
}

// TestTheNameAloneOpensTheDemonstration: at a terminal, in the browser, on this machine only; closing the window ends it and takes its
// folder along.
func TestTheNameAloneOpensTheDemonstration(t *testing.T) {
	bin, temporary := t.TempDir(), t.TempDir()
	opened := filepath.Join(bin, "opened")
	browser := "#!/bin/sh\necho \"$1\" >" + opened + ".part && mv " + opened + ".part " + opened + "\n"
	if err := os.WriteFile(filepath.Join(bin, "xdg-open"), []byte(browser), 0o700); err != nil {
		t.Fatal(err)
	}
	window, inside := openTerminal(t)
	command := exec.CommandContext(t.Context(), "fener")
	command.Env = append(os.Environ(), "TMPDIR="+temporary, "DISPLAY=:99", "LC_ALL=sq_XK.UTF-8", "PATH="+bin+":"+os.Getenv("PATH"))
	command.Stdin, command.Stdout, command.Stderr = inside, inside, inside
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	inside.Close()
	var seen bytes.Buffer
	read := make(chan struct{})
	go func() { _, _ = seen.ReadFrom(window); close(read) }() // it ends with the window
	var address []byte
	for end := time.Now().Add(time.Minute); len(address) == 0 && time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		address, _ = os.ReadFile(opened) // it is not there yet
	}
	url := strings.TrimSpace(string(address))
	if !regexp.MustCompile(`^http://127\.0\.0\.1:\d+/sq/$`).MatchString(url) {
		t.Errorf("the browser was sent to %q", url)
	} else if page, err := http.Get(url); err != nil || page.StatusCode != http.StatusOK {
		t.Errorf("the page: %v", err)
	} else {
		_, _ = io.Copy(io.Discard, page.Body) // only that it is there
		page.Body.Close()
	}
	window.Close()
	<-read
	if err := command.Wait(); err != nil {
		t.Errorf("ended with %v", err)
	}
	if says := seen.String(); !strings.Contains(says, "Nuk u dha asnjë komandë") || !strings.Contains(says, "Po hapet http://127.0.0.1:") {
		t.Errorf("it says:\n%s", says)
	}
	if left, err := os.ReadDir(temporary); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
