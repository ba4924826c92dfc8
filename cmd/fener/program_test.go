package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// fener runs the program and gives its exit code and all that it said.
func fener(t *testing.T, args ...string) (code int, says string) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "fener", args...).CombinedOutput()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		t.Fatal(err)
	}
	if ended != nil {
		code = ended.ExitCode()
	}
	return code, string(out)
}

func want(t *testing.T, code int, text string, args ...string) {
	t.Helper()
	if got, says := fener(t, args...); got != code || !strings.Contains(says, text) {
		t.Errorf("fener %v: ended with %d, want %d with %q:\n%s", args, got, code, text, says)
	}
}

func judgmentsFile(t *testing.T, name string, from, to int) string {
	t.Helper()
	var all bytes.Buffer
	for round := from; round < to; round++ {
		file := killedFile(round)
		if round > from {
			_, file, _ = bytes.Cut(file, []byte("\n"))
		}
		all.Write(file)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, all.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
