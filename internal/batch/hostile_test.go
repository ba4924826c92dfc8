package batch

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
)

// Files of cases that made the program take seconds or gigabytes are refused within the time and memory that stand here.
func TestHostileCaseFiles(t *testing.T) {
	bomb := "- numbers: &a0 [x, x, x, x, x, x, x, x, x]\n"
	for i := 1; i < 12; i++ {
		bomb += fmt.Sprintf("- numbers: &a%d [%s]\n", i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 9), ", "))
	}
	for name, text := range map[string]string{
		"brackets":                   strings.Repeat("[", 40_000) + strings.Repeat("]", 40_000),
		"braces in a line of JSON":   "{\"numbers\": [\"1\"]}\n" + strings.Repeat("{\"a\": ", 20_000) + "1" + strings.Repeat("}", 20_000),
		"aliases of aliases":         bomb,
		"a document after another":   strings.Repeat("---\n- numbers: [x]\n", 20_000),
		"nothing but a long comment": "# " + strings.Repeat("x", 8<<20),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		begun := time.Now()
		_, err := ReadCases("cases.yaml", strings.NewReader(text))
		took := time.Since(begun)
		runtime.ReadMemStats(&after)
		memory := (after.TotalAlloc - before.TotalAlloc) >> 20
		t.Logf("%-28s %8d bytes  %8v  %4d MB", name, len(text), took.Round(time.Microsecond), memory)
		if err == nil || !strings.Contains(err.Error(), "cases.yaml") || took > 3*time.Second || memory > 200 {
			t.Errorf("%s: %v after %v and %d MB", name, err, took, memory)
		}
	}
}
