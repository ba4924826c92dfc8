package wasm

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"
)

// State says whether the program is at hand.
type State uint8

// The states. Absent stays: pages then say how to get the command.
const (
	Absent State = iota
	Building
	Ready
)

// Supply gives the program, and compiles it where that is possible and it was asked for. A nil Supply has none. It is for use by several goroutines.
type Supply struct {
	compile func() (*Program, error) // nil: what there is is there already
	log     *slog.Logger

	mu      sync.Mutex
	state   State
	program *Program
	begun   bool
	done    chan struct{} // closed when compiling ended
}

// Open is the supply of this process: the program that it carries, or else one compiled from its source when first asked for. ctx ends the
// compiling. log hears why there is none.
func Open(ctx context.Context, log *slog.Logger) *Supply {
	s := &Supply{log: log, done: make(chan struct{})}
	packed, execScript, carried := carriedProgram()
	if carried {
		s.settle(New(packed, execScript))
		return s
	}
	root := Source()
	cache, err := os.UserCacheDir()
	if root == "" || err != nil {
		s.settle(nil, nil)
		return s
	}
	s.compile = func() (*Program, error) { return cached(ctx, root, filepath.Join(cache, "fener")) }
	s.state = Building
	return s
}

// Fixed is a supply of a program that is at hand.
func Fixed(p *Program) *Supply { return &Supply{state: Ready, program: p} }

// Program is the program, nil unless it is Ready. It never waits: the first call begins the compiling, where there is something to compile.
func (s *Supply) Program() (*Program, State) {
	if s == nil {
		return nil, Absent
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state == Building && !s.begun {
		s.begun = true
		go func() { s.settle(s.compile()) }()
	}
	return s.program, s.state
}

// Wait begins as Program does, and waits until the program is there or will not be.
func (s *Supply) Wait(ctx context.Context) (*Program, State) {
	if _, state := s.Program(); state == Building {
		select {
		case <-s.done:
		case <-ctx.Done():
		}
	}
	return s.Program()
}

// settle ends the waiting with a program, or with none.
func (s *Supply) settle(p *Program, err error) {
	if err != nil && !errors.Is(err, context.Canceled) {
		s.log.Warn("the check in the browser is not there", "error", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.program, s.state = p, Ready; p == nil {
		s.state = Absent
	}
	close(s.done)
}

// old is how long a compiled program that nobody asked for is kept.
const old = 30 * 24 * time.Hour

// cached is the program that was compiled for this very process before, or compiles it. What the process was compiled from is known by its own bytes.
func cached(ctx context.Context, root, folder string) (*Program, error) {
	key, err := ownKey()
	if err != nil {
		return nil, err
	}
	at := filepath.Join(folder, "check-"+key)
	names := [2]string{filepath.Join(at, "program.wasm.gz"), filepath.Join(at, "wasm_exec.js")}
	packed, err1 := os.ReadFile(names[0])
	execScript, err2 := os.ReadFile(names[1])
	if err1 == nil && err2 == nil {
		now := time.Now()
		_ = os.Chtimes(at, now, now) // it was asked for; where that cannot be noted it is compiled again one day
		return New(packed, execScript)
	}
	if packed, execScript, err = Compile(ctx, root); err != nil {
		return nil, fmt.Errorf("compiling the check for browsers: %w", err)
	}
	if err := keep(folder, at, map[string][]byte{"program.wasm.gz": packed, "wasm_exec.js": execScript}); err != nil {
		return nil, fmt.Errorf("keeping the check for browsers: %w", err)
	}
	return New(packed, execScript)
}

// keep writes a folder of files under a name that it has only when it is whole, and takes away old ones beside it.
func keep(folder, at string, files map[string][]byte) (err error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	part, err := os.MkdirTemp(folder, "part-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(part)) }()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(part, name), content, 0o644); err != nil {
			return err
		}
	}
	if err := os.RemoveAll(at); err != nil {
		return err
	}
	if err := os.Rename(part, at); err != nil {
		return err
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > old {
			_ = os.RemoveAll(filepath.Join(folder, e.Name())) // the next one tries again
		}
	}
	return nil
}

// ownKey names this process's program and the Go that it is compiled with.
func ownKey() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	h := sha256.New()
	h.Write([]byte(runtime.Version()))
	if _, err := io.Copy(h, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)[:10]), nil
}
