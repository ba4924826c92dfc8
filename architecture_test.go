// Package fener_test holds the rules that span all packages: which may import which, how they are named, how long files are.
package fener_test

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const (
	module     = "fener"
	linesLimit = 450
)

var bannedNames = []string{"util", "utils", "common", "helper", "helpers", "model", "models", "type", "types", "core"}

// pkg is what the rules look at: a package's path below the module ("" for the root) and everything it or its tests import.
type pkg struct {
	path    string
	dir     string
	files   []string
	imports []string
}

func TestArchitecture(t *testing.T) {
	order := readOrder(t)
	packages := listPackages(t)
	if len(packages) < 3 {
		t.Fatalf("only %d packages listed, so the rules were not really tried", len(packages))
	}
	for _, p := range packages {
		for _, broken := range breaches(order, p) {
			t.Error(broken)
		}
		for _, file := range p.files {
			content, err := os.ReadFile(filepath.Join(p.dir, file))
			if err != nil {
				t.Fatal(err)
			}
			if n := bytes.Count(content, []byte("\n")); n > linesLimit {
				t.Errorf("%s/%s has %d lines, more than %d: split it by what it holds", p.path, file, n, linesLimit)
			}
		}
	}
}

// breaches says how one package breaks the order or the naming rule; nothing when it does not.
func breaches(order []string, p pkg) []string {
	var out []string
	for _, part := range strings.Split(p.path, "/") {
		if slices.Contains(bannedNames, part) {
			out = append(out, fmt.Sprintf("package %s: the name %q says nothing about what it holds", p.path, part))
		}
	}
	if p.path == "" { // the root holds only tests of the whole
		return out
	}
	from, room := roomOf(order, p.path)
	if from < 0 {
		return append(out, fmt.Sprintf("package %s is in no room: give it a place in the order in ARCHITECTURE.md", p.path))
	}
	for _, imported := range p.imports {
		to, target := roomOf(order, imported)
		if to < 0 {
			out = append(out, fmt.Sprintf("package %s imports %s, which is in no room of ARCHITECTURE.md", p.path, imported))
		}
		if to == from && target != room {
			out = append(out, fmt.Sprintf("package %s imports %s, which stands beside it in ARCHITECTURE.md: what two rooms need stands below both", p.path, target))
		}
		if to >= 0 && to < from {
			out = append(out, fmt.Sprintf("package %s imports upward: %s stands above %s in ARCHITECTURE.md", p.path, target, room))
		}
	}
	return out
}

// roomOf finds the line of the order that a package belongs to: its own, or that of the nearest folder above it; -1 when there is none. A line may
// name several rooms that stand beside each other.
func roomOf(order []string, path string) (line int, room string) {
	line = -1
	for i, rooms := range order {
		for _, r := range strings.Fields(rooms) {
			if (path == r || strings.HasPrefix(path, r+"/")) && len(r) > len(room) {
				line, room = i, r
			}
		}
	}
	return line, room
}

func TestBreachesAreCaught(t *testing.T) {
	order := []string{"cmd/fener", "internal/site", "internal/site/cases internal/site/claims", "internal/page", "internal/view", "law", "period"}
	for _, row := range []struct {
		name string
		p    pkg
		want string
	}{
		{"downward", pkg{path: "internal/site", imports: []string{"internal/view", "law", "period"}}, ""},
		{"its own sub-package", pkg{path: "law", imports: []string{"law/pack"}}, ""},
		{"a sub-package and its room", pkg{path: "law/pack", imports: []string{"law"}}, ""},
		{"upward", pkg{path: "law", imports: []string{"internal/view"}}, "imports upward: internal/view stands above law"},
		{"upward from a sub-package", pkg{path: "law/pack", imports: []string{"internal/page/chart"}}, "imports upward"},
		{"a room and the frame", pkg{path: "internal/site/cases", imports: []string{"internal/page", "internal/page/chart"}}, ""},
		{"the house and a room", pkg{path: "internal/site", imports: []string{"internal/site/cases"}}, ""},
		{"a room and the room beside it", pkg{path: "internal/site/cases", imports: []string{"internal/site/claims"}}, "stands beside it"},
		{"a room and the house", pkg{path: "internal/site/cases", imports: []string{"internal/site"}}, "imports upward"},
		{"one step up", pkg{path: "period", imports: []string{"law"}}, "imports upward"},
		{"no room", pkg{path: "internal/misc"}, "is in no room"},
		{"a like name is not a room", pkg{path: "lawyer"}, "is in no room"},
		{"importing what has no room", pkg{path: "law", imports: []string{"internal/misc"}}, "which is in no room"},
		{"a banned name", pkg{path: "internal/site/util"}, `the name "util"`},
		{"the root may import all", pkg{path: "", imports: []string{"law"}}, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := strings.Join(breaches(order, row.p), "; ")
			if row.want == "" && got != "" || !strings.Contains(got, row.want) {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

// Every module that the code or its tests import has its line of reason in CONTRIBUTING.md.
func TestEveryDependencyHasAReason(t *testing.T) {
	contributing, err := os.ReadFile("CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	out := goList(t, "-f", `{{range .Imports}}{{.}}{{"\n"}}{{end}}{{range .TestImports}}{{.}}{{"\n"}}{{end}}{{range .XTestImports}}{{.}}{{"\n"}}{{end}}`)
	imported := strings.Fields(out)
	slices.Sort(imported)
	for _, path := range slices.Compact(imported) {
		first, _, _ := strings.Cut(path, "/")
		if !strings.Contains(first, ".") || strings.HasPrefix(path, module+"/") {
			continue // the standard library, or ours
		}
		if lines := reasons(string(contributing), path); lines != 1 {
			t.Errorf("%s is imported and has %d lines in the table of CONTRIBUTING.md, want exactly one", path, lines)
		}
	}
}

// reasons counts the table rows whose module holds the imported package.
func reasons(table, imported string) int {
	n := 0
	for line := range strings.Lines(table) {
		rest, ok := strings.CutPrefix(line, "| `")
		if !ok {
			continue
		}
		dependency, _, _ := strings.Cut(rest, "`")
		if imported == dependency || strings.HasPrefix(imported, dependency+"/") {
			n++
		}
	}
	return n
}

// readOrder reads the block marked "order" in ARCHITECTURE.md, top to bottom.
func readOrder(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	_, block, found := strings.Cut(string(text), "```order\n")
	block, _, closed := strings.Cut(block, "```")
	order := strings.Split(strings.TrimSpace(block), "\n")
	if !found || !closed || len(order) < 10 {
		t.Fatalf("ARCHITECTURE.md has no block ```order with the list of rooms (read %d)", len(order))
	}
	return order
}

func listPackages(t *testing.T) []pkg {
	t.Helper()
	out := goList(t, "-f", `{{.ImportPath}}|{{.Dir}}|{{join .GoFiles " "}}|{{join .Imports " "}} {{join .TestImports " "}} {{join .XTestImports " "}}`)
	var packages []pkg
	lines := bufio.NewScanner(strings.NewReader(out))
	for lines.Scan() {
		parts := strings.SplitN(lines.Text(), "|", 4)
		if len(parts) != 4 {
			t.Fatalf("cannot read this line of go list: %q", lines.Text())
		}
		p := pkg{path: ours(parts[0]), dir: parts[1], files: strings.Fields(parts[2])}
		for _, imported := range strings.Fields(parts[3]) {
			if strings.HasPrefix(imported, module+"/") {
				p.imports = append(p.imports, ours(imported))
			}
		}
		packages = append(packages, p)
	}
	return packages
}

func ours(importPath string) string {
	return strings.TrimPrefix(strings.TrimPrefix(importPath, module), "/")
}

// goList runs go list over the module. Broken packages are listed too (-e): the compiler reports them better than this test would.
func goList(t *testing.T, args ...string) string {
	t.Helper()
	cmd := exec.Command("go", append(append([]string{"list", "-e"}, args...), "./...")...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	return string(out)
}
