package fener_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Each line of the threat model names a test that shows it, and that test exists.
func TestEveryThreatNamesItsTest(t *testing.T) {
	text, err := os.ReadFile("SECURITY.md")
	if err != nil {
		t.Fatal(err)
	}
	there := testsInTheTree(t)
	named := regexp.MustCompile("`(Test[A-Za-z0-9_]+)`")
	rows := 0
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "|") || strings.HasPrefix(line, "| threat ") || strings.HasPrefix(line, "|---") {
			continue
		}
		rows++
		tests := named.FindAllStringSubmatch(line, -1)
		if len(tests) == 0 {
			t.Errorf("no test is named for: %s", line)
		}
		for _, m := range tests {
			if !there[m[1]] {
				t.Errorf("%s is no test: %s", m[1], line)
			}
		}
	}
	if rows < 45 {
		t.Errorf("only %d threats were found, so the tables were not read", rows)
	}
}

// Of each of those whom the record is defended against it is said what is defended, what is not, and which tests show it; every test that is named anywhere exists.
func TestTheThreatModelIsWhole(t *testing.T) {
	text, err := os.ReadFile("SECURITY.md")
	if err != nil {
		t.Fatal(err)
	}
	there := testsInTheTree(t)
	named := regexp.MustCompile("`(Test[A-Za-z0-9_]+)`")
	for _, m := range named.FindAllStringSubmatch(string(text), -1) {
		if !there[m[1]] {
			t.Errorf("%s is no test", m[1])
		}
	}
	_, against, _ := strings.Cut(string(text), "\n## Against whom\n")
	against, _, _ = strings.Cut(against, "\n## ")
	parts := strings.Split(against, "\n### ")[1:]
	for i, who := range []string{"Traffickers", "A sued official", "A curious neighbour", "A careless or bribed insider", "A seized server"} {
		if i >= len(parts) || !strings.HasPrefix(parts[i], who+"\n") {
			t.Fatalf("nothing is said of: %s", who)
		}
		_, shown, _ := strings.Cut(parts[i], "\nShown by ")
		if !strings.Contains(parts[i], "**Defended.**") || !strings.Contains(parts[i], "**Not defended.**") || len(named.FindAllString(shown, -1)) < 3 {
			t.Errorf("%s: what is defended, what is not, or which tests show it is missing", who)
		}
	}
}

// testsInTheTree are the names of all tests.
func testsInTheTree(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	begins := regexp.MustCompile(`(?m)^func (Test[A-Za-z0-9_]+)\(`)
	err := filepath.WalkDir(".", func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, "_test.go") {
			return nil
		}
		data, err := os.ReadFile(path)
		for _, m := range begins.FindAllSubmatch(data, -1) {
			names[string(m[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}
