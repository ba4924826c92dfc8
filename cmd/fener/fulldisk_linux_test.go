package main

import (
	"context"
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
)

var openAt = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// A disk that fills up while the record is served takes nothing from readers: help
// and pages answer, kept or not; what needs room is refused as busy, or sent without
// it; and when there is room again everything goes on.
func TestAFullDiskLeavesHelpAndPages(t *testing.T) {
	disk := smallDisk(t, "24m")
	data := filepath.Join(disk, "data")
	want(t, 0, "a new record", "init", data)
	want(t, 0, "Appended", "import", "judgments", "--data", data, "--by", "x", "--state", "published", "--reviewed", judgmentsFile(t, "small.csv", 0, 3))
	address, says := serveUntilTheEnd(t, data)
	ask := func(path string) (status, size int) {
		t.Helper()
		r, err := http.Get(address + path)
		if err != nil {
			t.Fatalf("%s: %v\n%s", path, err, says.text())
		}
		defer r.Body.Close()
		body, err := io.ReadAll(r.Body)
		if err != nil && r.StatusCode == http.StatusOK {
			t.Errorf("%s broke off after %d bytes: %v", path, len(body), err)
		}
		return r.StatusCode, len(body)
	}
	ask("/en/") // is kept now
	filler := filepath.Join(disk, "filler")
	fill(t, filler)
	for _, path := range []string{"/en/help", "/sq/help", "/sr/help", "/leave", "/en/", "/en/cases", "/en/sources", "/en/search?q=synthetic", "/en/figures", "/en/checkpoint", "/checkpoint"} {
		if status, size := ask(path); status != http.StatusOK || size == 0 {
			t.Errorf("on a full disk %s answers %d with %d bytes", path, status, size)
		}
	}
	for _, path := range []string{"/en/cases.csv", "/en/sentences.csv", "/sq/sources.csv"} {
		if status, _ := ask(path); status != http.StatusOK && status != http.StatusServiceUnavailable {
			t.Errorf("on a full disk %s answers %d", path, status)
		}
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/en/cases.csv", "/en/cases?page=2", "/en/help"} {
		if status, _ := ask(path); status != http.StatusOK {
			t.Errorf("with room again %s answers %d", path, status)
		}
	}
	if text := says.text(); strings.Contains(text, "panic") {
		t.Error(text)
	}
}

// serveUntilTheEnd serves a folder, on an address of its own, until the test ends.
func serveUntilTheEnd(t *testing.T, data string) (address string, says *started) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	says = &started{}
	serve := exec.CommandContext(ctx, "fener", "serve", "--data", data, "--listen", "127.0.0.1:0", "--checkpoints", t.TempDir())
	serve.Stdout, serve.Stderr = says, says
	serve.Cancel = func() error { return serve.Process.Signal(syscall.SIGTERM) }
	serve.WaitDelay = 20 * time.Second
	if err := serve.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop()
		_ = serve.Wait() // it ends by the signal, and what it said was looked at
	})
	for range 600 {
		if address = openAt.FindString(says.text()); address != "" {
			if r, err := http.Get(address + "/en/help"); err == nil {
				r.Body.Close()
				if r, err = http.Get(address + "/en/cases"); err == nil {
					r.Body.Close()
					if r.StatusCode == http.StatusOK {
						return address, says
					}
				}
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal(fmt.Sprint("it does not answer: ", says.text()))
	return "", nil
}
