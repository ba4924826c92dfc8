package wasm

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// From a source tree the program is compiled once, when it is first asked for, without anybody waiting; the next process of the same build finds it.
func TestCompiledOnceFromSource(t *testing.T) {
	cache := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", cache)
	t.Setenv("HOME", cache)
	t.Setenv("GOCACHE", goCache)
	t.Setenv("GOMODCACHE", goModCache)
	if Source() == "" {
		t.Skip("the tests were compiled without the place of their source (-trimpath)")
	}
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	s := Open(t.Context(), log)
	begun := time.Now()
	if p, state := s.Program(); p != nil || state != Building || time.Since(begun) > 5*time.Second {
		t.Fatalf("asked for the first time: %v, %v after %v", p, state, time.Since(begun))
	}
	first, state := s.Wait(t.Context())
	if state != Ready {
		t.Fatalf("it is not there: %v", state)
	}
	folder, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	kept, err := filepath.Glob(filepath.Join(folder, "fener", "check-*", "*"))
	if err != nil || len(kept) != 2 {
		t.Fatalf("kept are %q, %v", kept, err)
	}
	before, err := os.Stat(kept[0])
	if err != nil {
		t.Fatal(err)
	}
	again, state := Open(t.Context(), log).Wait(t.Context())
	after, err := os.Stat(kept[0])
	if err != nil || state != Ready || again.Address() != first.Address() || !after.ModTime().Equal(before.ModTime()) {
		t.Errorf("opened again: %v, %v, %v; want what was kept", state, again, err)
	}
	if want := program(t); !bytes.Equal(first.packed, want.packed) {
		t.Errorf("compiled twice, the program differs: %d and %d bytes", len(first.packed), len(want.packed))
	}
}

func TestNoSupplyHasNoProgram(t *testing.T) {
	var none *Supply
	if p, state := none.Program(); p != nil || state != Absent {
		t.Errorf("%v, %v", p, state)
	}
	log := slog.New(slog.DiscardHandler)
	failed := &Supply{log: log, state: Building, done: make(chan struct{}), compile: func() (*Program, error) { return nil, os.ErrNotExist }}
	if p, state := failed.Wait(t.Context()); p != nil || state != Absent {
		t.Errorf("a compiling that fails: %v, %v", p, state)
	}
}

// The go command's own folders, as they were before a test set another home.
var goCache, goModCache = goFolder("GOCACHE"), goFolder("GOMODCACHE")

func goFolder(name string) string {
	at, err := goCommand(context.Background(), ".", "env", name)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(at)
}
