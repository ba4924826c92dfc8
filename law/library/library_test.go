// Package library_test proves that other programs can use the law: it has tests only, and a folder of its own because they compile a
// whole module three times.
package library_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestTheLawIsALibrary does what docs/law-library.md says, in a module of its own: with a copy beside it, vendored, and copied in.
func TestTheLawIsALibrary(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "law-library.md"))
	if err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	shell, program, says := blocks(string(page), "sh"), blocks(string(page), "go"), blocks(string(page), "text")
	if len(shell) != 2 || len(program) != 1 || len(says) != 1 {
		t.Fatalf("the page has %d blocks of commands, %d programs and %d answers, want 2, 1 and 1", len(shell), len(program), len(says))
	}
	const report = "example.org/report/"
	for _, row := range []struct {
		name     string
		commands []string
		program  string
	}{
		{"a copy beside", []string{shell[0]}, program[0]},
		{"a copy inside", []string{shell[0], "go mod vendor && rm -r ../fener"}, program[0]},
		{"packages of one's own", []string{"go mod init example.org/report", shell[1]}, strings.ReplaceAll(program[0], `"fener/`, `"`+report)},
	} {
		t.Run(row.name, func(t *testing.T) {
			dir := t.TempDir()
			module := filepath.Join(dir, "report")
			if err := os.Mkdir(module, 0o700); err != nil {
				t.Fatal(err)
			}
			copyTracked(t, root, filepath.Join(dir, "fener"))
			if err := os.WriteFile(filepath.Join(module, "main.go"), []byte(row.program), 0o600); err != nil {
				t.Fatal(err)
			}
			for _, command := range append(row.commands, "go run .") {
				out := within(t, module, command)
				if command == "go run ." && (out != says[0]) {
					t.Errorf("it says:\n%s\nnot, as the page does:\n%s", out, says[0])
				}
			}
		})
	}
}

// blocks are the code blocks of a page in one language.
func blocks(page, language string) []string {
	var all []string
	for _, part := range strings.Split(page, "```"+language+"\n")[1:] {
		block, _, _ := strings.Cut(part, "```")
		all = append(all, block)
	}
	return all
}

// copyTracked copies what a release of the source holds: what git knows of, and what is new.
func copyTracked(t *testing.T, from, to string) {
	t.Helper()
	list := within(t, from, "git ls-files --cached --others --exclude-standard -- go.mod go.sum law locale period")
	for name := range strings.Lines(list) {
		name = strings.TrimSpace(name)
		text, err := os.ReadFile(filepath.Join(from, name))
		if os.IsNotExist(err) {
			continue // removed and not committed yet
		}
		if err != nil {
			t.Fatal(err)
		}
		target := filepath.Join(to, name)
		if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(target, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// within runs a command in a folder and gives what it prints.
func within(t *testing.T, dir, command string) string {
	t.Helper()
	shell := exec.CommandContext(t.Context(), "sh", "-e", "-c", command)
	shell.Dir = dir
	shell.Env = append(os.Environ(), "GOWORK=off")
	var out, errs bytes.Buffer
	shell.Stdout, shell.Stderr = &out, &errs
	if err := shell.Run(); err != nil {
		t.Fatalf("%s: %v\n%s%s", command, err, errs.String(), out.String())
	}
	return out.String()
}
