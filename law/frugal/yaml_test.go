package frugal_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"fener/law/frugal"
)

// Each text made the parser take seconds or gigabytes; all are refused, or parse cheaply, within the time and memory that stand here.
func TestHostileYAML(t *testing.T) {
	repeat := strings.Repeat
	bomb := "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
	for i := 1; i < 12; i++ {
		bomb += fmt.Sprintf("a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(repeat(fmt.Sprintf("*a%d, ", i-1), 9), ", "))
	}
	var keys, stairs, steps, flow strings.Builder
	flow.WriteString("a: {")
	for i := range 30_000 {
		fmt.Fprintf(&keys, "k%d: v\n", i)
		fmt.Fprintf(&flow, "k%d: v, ", i)
		if i < 300 {
			stairs.WriteString(repeat(" ", i) + "a:\n")
			steps.WriteString(repeat(" ", i) + "-\n")
		}
	}
	for _, row := range []struct{ name, text, says string }{
		{"brackets", repeat("[", 40_000) + repeat("]", 40_000), "nested deep"},
		{"brackets that are not closed", repeat("[", 80_000), "nested deep"},
		{"braces", repeat("{a: ", 20_000) + "1" + repeat("}", 20_000), "nested deep"},
		{"lists in lists on one line", repeat("- ", 40_000) + "a", "nested deep"},
		{"keys in keys on one line", repeat("? ", 40_000) + "a", "nested deep"},
		{"stairs", stairs.String(), "nested deep"},
		{"stairs of lists", steps.String(), "nested deep"},
		{"aliases of aliases", bomb, "aliases"},
		{"many keys", keys.String(), "keys beside each other"},
		{"many keys in braces", flow.String(), "keys beside each other"},
		{"many documents", repeat("---\na: 1\n", 10_000), "documents"},
		{"many signs", repeat("- a\n", 200_000), "words and signs"},
		{"large", "a: |\n" + repeat("  text\n", 1<<20), "bytes"},
		{"large in one line", "a: \"" + repeat(`x\n`, 3<<20), "bytes"},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		begun := time.Now()
		err := frugal.YAML([]byte(row.text))
		took := time.Since(begun)
		runtime.ReadMemStats(&after)
		var e *frugal.Error
		if !errors.As(err, &e) || !strings.Contains(err.Error(), row.says) {
			t.Errorf("%s: %v, want that it says %q", row.name, err, row.says)
		}
		memory := (after.TotalAlloc - before.TotalAlloc) >> 20
		t.Logf("%-30s %8d bytes  %8v  %4d MB", row.name, len(row.text), took.Round(time.Microsecond), memory)
		if took > 3*time.Second || memory > 400 {
			t.Errorf("%s: %v and %d MB to refuse %d bytes", row.name, took, memory, len(row.text))
		}
	}
}

// What is really written stays below every budget: the law packs, the examples, and what people do in notes.
func TestHonestYAML(t *testing.T) {
	texts := map[string]string{
		"brackets in words": "- quote: \"" + strings.Repeat("[L.D.] and [", 100) + "\"\n- note: |\n    " + strings.Repeat("[ { [ ", 100) + "\n- plain: text " + strings.Repeat("[x ", 100) + "\n",
		"two aliases":       "a: &a {x: 1}\nb: *a\nc: *a\n",
		"a list of many":    strings.Repeat("- id: x\n  statement: some words\n  value: 12\n", 5_000),
		"nothing":           "",
	}
	found := 0
	err := filepath.WalkDir("../..", func(path string, d os.DirEntry, err error) error {
		if err == nil && d.IsDir() && strings.HasPrefix(d.Name(), ".") && d.Name() != ".." && path != "../.." {
			return filepath.SkipDir
		}
		if err != nil || filepath.Ext(path) != ".yaml" || strings.Contains(path, "node_modules") || strings.Contains(path, "testdata") {
			return err
		}
		text, err := os.ReadFile(path)
		texts[path] = string(text)
		found++
		return err
	})
	if err != nil || found < 5 {
		t.Fatalf("%d files were found: %v", found, err)
	}
	for name, text := range texts {
		if err := frugal.YAML([]byte(text)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzYAML(f *testing.F) {
	for _, s := range []string{"a: [b, {c: d}]\n- x", "? a\n: b", "*a &b !c", "- - -\n  - x: |\n   y", "---\n...\n---"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { _ = frugal.YAML([]byte(s)) }) // it must return, whatever it is given
}
