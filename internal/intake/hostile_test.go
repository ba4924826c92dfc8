package intake

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
)

// Drafts of articles that made the program take seconds or gigabytes are refused within the time and memory that stand here, in words.
func TestHostileClaims(t *testing.T) {
	bomb := "- id: &a0 [x, x, x, x, x, x, x, x, x]\n"
	for i := 1; i < 12; i++ {
		bomb += fmt.Sprintf("- id: &a%d [%s]\n", i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 9), ", "))
	}
	for name, row := range map[string]struct {
		text string
		code Code
	}{
		"brackets":           {strings.Repeat("[", 40_000) + strings.Repeat("]", 40_000), tooTangled},
		"aliases of aliases": {bomb, tooTangled},
		"stairs":             {strings.Repeat("- ", 40_000) + "a", tooTangled},
		"many signs":         {strings.Repeat("- a\n", 400_000), tooTangled},
		"many mistakes":      {strings.Repeat("- id: x\n  title: a: b\n", 40_000), ""},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		begun := time.Now()
		_, problems, err := Claims("draft.yaml", strings.NewReader(row.text), Known{})
		took := time.Since(begun)
		runtime.ReadMemStats(&after)
		memory := (after.TotalAlloc - before.TotalAlloc) >> 20
		t.Logf("%-20s %8d bytes  %8v  %4d MB", name, len(row.text), took.Round(time.Microsecond), memory)
		if err != nil || len(problems) == 0 || row.code != "" && problems[0].Code != row.code {
			t.Errorf("%s: %v, %v", name, problems, err)
		}
		if took > 20*time.Second || memory > 2000 {
			t.Errorf("%s: %v and %d MB", name, took, memory)
		}
	}
}
