//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// pipe makes a pipe with a name, which keeps its reader waiting for ever.
func pipe(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// waiting is a command that waits, and cannot go on before somebody writes.
type waiting struct {
	name  string
	args  []string
	stdin bool // it waits for standard input
}

// TestEveryWaitingCommandStopsAtTheFirstSignal: what waits for input, or for readers, ends when it is told to, and says so.
func TestEveryWaitingCommandStopsAtTheFirstSignal(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	want(t, 0, "a new record", "init", data)
	temporary := t.TempDir()
	for _, w := range []waiting{
		{"check standard input", []string{"check", "-"}, true},
		{"check a pipe", []string{"check", pipe(t, "rows.csv")}, false},
		{"check a pipe, all or nothing", []string{"check", "--strict", pipe(t, "rows.csv")}, false},
		{"check into a file", []string{"check", "-", "--out", filepath.Join(temporary, "out.html"), "--format", "html"}, true},
		{"import standard input", []string{"import", "judgments", "--data", data, "--by", "x", "-"}, true},
		{"import a pipe", []string{"import", "observations", "--data", data, "--by", "x", pipe(t, "rows.csv")}, false},
		{"import cases", []string{"import", "cases", "--data", data, "--by", "x", pipe(t, "cases.yaml")}, false},
		{"check claims", []string{"claims", "check", pipe(t, "claims.yaml")}, false},
		{"check claims from standard input", []string{"claims", "check", "-"}, true},
	} {
		for _, sent := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
			t.Run(w.name+", "+sent.String(), func(t *testing.T) { stops(t, w, sent, temporary) })
		}
	}
	want(t, 0, "0 entries", "ledger", "verify", "--data", data)
}

// stops tries again with more patience where a busy machine had not let the command begin before the signal came.
func stops(t *testing.T, w waiting, sent syscall.Signal, temporary string) {
	for patience := 400 * time.Millisecond; patience < 10*time.Second; patience *= 2 {
		if stopsAfter(t, w, sent, temporary, patience) {
			return
		}
	}
	t.Error("it was stopped each time before it had begun")
}

// stopsAfter reports false where the signal came before the command listened for it: nothing was tried then.
func stopsAfter(t *testing.T, w waiting, sent syscall.Signal, temporary string, patience time.Duration) bool {
	command := exec.CommandContext(t.Context(), "fener", w.args...)
	command.Env = append(os.Environ(), "TMPDIR="+temporary, "LANG=C")
	var says bytes.Buffer
	command.Stdout, command.Stderr = &says, &says
	if w.stdin {
		in, out, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		defer out.Close()
		command.Stdin = in
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(patience) // until it waits; where it does not yet, it has to stop all the same
	if err := command.Process.Signal(sent); err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	var ended *exec.ExitError
	if err := command.Wait(); err != nil && !errors.As(err, &ended) {
		t.Fatal(err)
	}
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
	if status, ok := command.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() && status.Signal() == sent {
		return false
	}
	if code := command.ProcessState.ExitCode(); code != exitSignal+int(sent) || !strings.Contains(says.String(), "stopped") {
		t.Errorf("ended with %d, want %d:\n%s", code, exitSignal+int(sent), says.String())
	}
	if left, err := os.ReadDir(temporary); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	return true
}

// TestASecondSignalEndsAtOnce whatever a command does meanwhile.
func TestASecondSignalEndsAtOnce(t *testing.T) {
	hold := make(chan struct{})
	defer close(hold)
	begun := time.Now()
	go func() {
		for range 2 {
			time.Sleep(50 * time.Millisecond)
			_ = syscall.Kill(os.Getpid(), syscall.SIGTERM) // this test's own process, where ended listens
		}
	}()
	code := ended(io.Discard, func(context.Context) int { <-hold; return exitDone })
	if code != exitSignal+int(syscall.SIGTERM) || time.Since(begun) > 5*time.Second {
		t.Errorf("ended with %d after %v", code, time.Since(begun))
	}
}

// TestWhatIsNoFileIsRefusedAtOnce: opening a pipe would wait, reading a device would never end.
func TestWhatIsNoFileIsRefusedAtOnce(t *testing.T) {
	data, dir, fifo := filepath.Join(t.TempDir(), "data"), t.TempDir(), pipe(t, "report.pdf")
	want(t, 0, "a new record", "init", data)
	small := judgmentsFile(t, "small.csv", 0, 1)
	for _, what := range []string{fifo, "/dev/zero", dir} {
		expected := "an ordinary file is expected here"
		if what == dir {
			expected = dir + " is a folder; a file is expected here"
		}
		want(t, 3, expected, "source", "add", "--data", data, "--by", "x", "--title", "A report", what)
		want(t, 3, expected, "restore", what, "--data", filepath.Join(t.TempDir(), "restored"))
		want(t, 3, "is", "check", small, "--out", what)
		if what != fifo {
			want(t, 3, expected, "check", what)
			want(t, 3, expected, "import", "judgments", "--data", data, "--by", "x", what)
			want(t, 3, expected, "claims", "check", what)
		}
	}
	if info, err := os.Stat("/dev/zero"); err != nil || info.Mode().IsRegular() {
		t.Fatalf("/dev/zero was replaced: %v", err)
	}
	want(t, 3, "është dosje; këtu pritet një skedar", "check", dir, "--lang", "sq")
	want(t, 3, "је фасцикла; овде се очекује датотека", "check", dir, "--lang", "sr")
}

// TestALinkToAReportStaysOne: the report goes to the file that the link leads to.
func TestALinkToAReportStaysOne(t *testing.T) {
	dir, small := t.TempDir(), judgmentsFile(t, "small.csv", 0, 1)
	report, link := filepath.Join(dir, "report.csv"), filepath.Join(dir, "link.csv")
	if err := errors.Join(os.WriteFile(report, nil, 0o600), os.Symlink(report, link)); err != nil {
		t.Fatal(err)
	}
	want(t, 0, "", "check", "--format", "csv", "--out", link, small)
	if to, err := os.Readlink(link); err != nil || to != report {
		t.Errorf("the link leads to %q: %v", to, err)
	}
	if text, err := os.ReadFile(report); err != nil || len(text) == 0 {
		t.Errorf("the report has %d bytes: %v", len(text), err)
	}
}
