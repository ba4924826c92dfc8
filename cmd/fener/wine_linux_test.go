package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fener/internal/needs"

	"github.com/rogpeppe/go-internal/testscript"
)

// wine is a Windows of its own in a temporary folder.
type wine struct {
	program string
	prefix  string
	env     []string
}

func newWine(t *testing.T) *wine {
	t.Helper()
	w := &wine{program: needs.Wine(t), prefix: filepath.Join(t.TempDir(), "prefix")}
	// No screen, no chatter, and none of the two programs that Wine offers to fetch.
	w.env = append(os.Environ(), "WINEPREFIX="+w.prefix, "WINEDEBUG=-all", "WINEDLLOVERRIDES=mscoree,mshtml=", "DISPLAY=", "WAYLAND_DISPLAY=")
	w.run(t, w.program, "wineboot", "-i")
	t.Cleanup(func() {
		for _, server := range []string{"/usr/lib/wine/wineserver64", "/usr/lib/wine/wineserver", "wineserver"} {
			if path, err := exec.LookPath(server); err == nil {
				w.run(t, path, "-k", "-w") // of this prefix alone
				return
			}
		}
	})
	w.giveRandomness(t)
	return w
}

func (w *wine) run(t *testing.T, name string, args ...string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), name, args...)
	if t.Context().Err() != nil { // while cleaning up
		command = exec.Command(name, args...)
	}
	command.Env = w.env
	if out, err := command.CombinedOutput(); err != nil && !strings.Contains(name, "wineserver") {
		t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
}

// giveRandomness adds the library that Go's runtime asks for random bytes. Windows has it since version 10, Wine since 9; older ones
// get one that passes the question on to the function that did it before (https://learn.microsoft.com/windows/win32/api/ntsecapi/nf-ntsecapi-rtlgenrandom).
func (w *wine) giveRandomness(t *testing.T) {
	t.Helper()
	library := filepath.Join(w.prefix, "drive_c", "windows", "system32", "bcryptprimitives.dll")
	if _, err := os.Stat(library); err == nil {
		return
	}
	dir := t.TempDir()
	exports, empty, object := filepath.Join(dir, "exports.def"), filepath.Join(dir, "empty.s"), filepath.Join(dir, "empty.o")
	for name, text := range map[string]string{empty: "", exports: "LIBRARY bcryptprimitives.dll\nEXPORTS\nProcessPrng = advapi32.SystemFunction036\n"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	w.run(t, needs.Tool(t, "x86_64-w64-mingw32-as"), "-o", object, empty)
	w.run(t, needs.Tool(t, "x86_64-w64-mingw32-ld"), "-shared", "-e", "0", "-o", library, object, exports)
}

// build makes a program for Windows as the release does, but for the version.
func (w *wine) build(t *testing.T, to string, args ...string) {
	t.Helper()
	build := exec.CommandContext(t.Context(), "go", append([]string{args[0], "-o", to}, args[1:]...)...)
	build.Dir = filepath.Join("..", "..")
	build.Env = append(os.Environ(), "GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %v\n%s", build.Args, err, out)
	}
}

// stayAwake keeps one program waiting for input: with the last one Wine's own programs end, which takes three seconds each time.
func (w *wine) stayAwake(t *testing.T, program string) {
	t.Helper()
	command := exec.Command(w.program, program, "check", "-")
	command.Env = w.env
	in, err := command.StdinPipe()
	if err == nil {
		err = command.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		_ = command.Wait() // an empty file is an error, as it should be
	})
}

// TestWine runs testdata/wine: the Windows program, started as its users do.
func TestWine(t *testing.T) {
	w := newWine(t)
	bin := t.TempDir()
	w.build(t, filepath.Join(bin, "fener.exe"), "build", "-trimpath", "./cmd/fener")
	script := "#!/bin/sh\nexec " + w.program + " " + filepath.Join(bin, "fener.exe") + ` "$@"` + "\n"
	if err := os.WriteFile(filepath.Join(bin, "fener"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	w.stayAwake(t, filepath.Join(bin, "fener.exe"))
	t.Run("what differs between systems", func(t *testing.T) {
		tests := filepath.Join(bin, "disk.test.exe")
		w.build(t, tests, "test", "-c", "./internal/disk")
		w.run(t, w.program, tests)
	})
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "wine"),
		Setup: func(env *testscript.Env) error {
			for _, pair := range w.env {
				if name, value, _ := strings.Cut(pair, "="); strings.HasPrefix(name, "WINE") || strings.HasSuffix(name, "DISPLAY") {
					env.Setenv(name, value)
				}
			}
			env.Setenv("PATH", bin+string(os.PathListSeparator)+env.Getenv("PATH"))
			env.Setenv("LANG", "C.UTF-8")
			env.Setenv("REPOSITORY", root)
			keepEnv(env)
			return nil
		},
		Cmds: scriptCommands(),
	})
}
