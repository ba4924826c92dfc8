package law_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"fener/law"
)

// A pack may come from a stranger (fener check --law). What would take the parser minutes or gigabytes is refused before it is parsed.
func TestHostilePacks(t *testing.T) {
	bomb := "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
	for i := 1; i < 12; i++ {
		bomb += fmt.Sprintf("a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 9), ", "))
	}
	for name, text := range map[string]string{
		"brackets":           "a: " + strings.Repeat("[", 40_000) + strings.Repeat("]", 40_000),
		"braces":             strings.Repeat("{a: ", 20_000) + "1" + strings.Repeat("}", 20_000),
		"aliases of aliases": bomb,
	} {
		for _, file := range []string{"pack.yaml", "code.yaml", "cases-x.yaml"} {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			begun := time.Now()
			pack, err := law.Load(fstest.MapFS{file: {Data: []byte(text)}})
			if err == nil {
				_, err = pack.Cases()
			}
			runtime.ReadMemStats(&after)
			took, memory := time.Since(begun), (after.TotalAlloc-before.TotalAlloc)>>20
			if err == nil || took > 3*time.Second || memory > 200 {
				t.Errorf("%s in %s: %v after %v and %d MB", name, file, err, took, memory)
			}
			if file == "code.yaml" && !strings.Contains(err.Error(), "code.yaml: line 1") && !strings.Contains(err.Error(), "code.yaml: line 2") {
				t.Errorf("%s: the error does not name the place: %v", name, err)
			}
		}
	}
}
