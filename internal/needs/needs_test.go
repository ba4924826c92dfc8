package needs

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// spy stands in for a running test and records how it ended; like the real one it ends the goroutine.
type spy struct {
	testing.TB
	ended string
}

func (s *spy) Helper()               {}
func (s *spy) Skipf(string, ...any)  { s.ended = "skipped"; runtime.Goexit() }
func (s *spy) Fatalf(string, ...any) { s.ended = "failed"; runtime.Goexit() }

func run(f func(testing.TB) string) (ended, path string) {
	s := &spy{ended: "went on"}
	done := make(chan struct{})
	go func() {
		defer close(done)
		path = f(s)
	}()
	<-done
	return s.ended, path
}

func TestTool(t *testing.T) {
	bin := t.TempDir()
	program := filepath.Join(bin, "lantern")
	if err := os.WriteFile(program, []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin)

	for _, row := range []struct {
		name, tool, ci, ended, path string
	}{
		{"present", "lantern", "", "went on", program},
		{"present in CI", "lantern", "true", "went on", program},
		{"absent on one's own machine", "no-such-program", "", "skipped", ""},
		{"absent in CI", "no-such-program", "true", "failed", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Setenv("CI", row.ci)
			ended, path := run(func(tb testing.TB) string { return Tool(tb, row.tool) })
			if ended != row.ended || path != row.path {
				t.Errorf("got %q %q, want %q %q", ended, path, row.ended, row.path)
			}
		})
	}
}

func TestTheBrowserRunIsApart(t *testing.T) {
	t.Setenv("CI", "true")
	t.Setenv(BrowserEnv, "")
	if ended, _ := run(Browser); ended != "skipped" {
		t.Errorf("outside the browser run the test %s, want skipped", ended)
	}
	t.Setenv(BrowserEnv, "1")
	t.Setenv("PATH", t.TempDir())
	if ended, _ := run(Browser); ended != "failed" {
		t.Errorf("in the browser run of CI without a browser the test %s, want failed", ended)
	}
}

func TestTheWineRunIsApart(t *testing.T) {
	t.Setenv("CI", "true")
	t.Setenv(WineEnv, "")
	if ended, _ := run(Wine); ended != "skipped" {
		t.Errorf("outside of the run it is %s, want skipped", ended)
	}
}
