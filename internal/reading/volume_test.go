package reading

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const labelled = "../../../shared/judgments/labelled"

// labelledTexts are the texts of the labelled decisions; the test is skipped where they are not there.
func labelledTexts(t testing.TB) map[string]string {
	t.Helper()
	names, _ := filepath.Glob(filepath.Join(labelled, "*.txt"))
	if len(names) == 0 {
		t.Skipf("no labelled decisions in %s", labelled)
	}
	all := map[string]string{}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all[strings.TrimSuffix(filepath.Base(name), ".txt")] = string(b)
	}
	return all
}

// A volume of decisions comes apart at their heads, with and without page breaks, one language after the other.
func TestSplitFindsTheDecisionsOfAVolume(t *testing.T) {
	texts := labelledTexts(t)
	for _, join := range []string{"\n", "\n\f"} {
		var b strings.Builder
		var want []Span
		for _, prefix := range []string{"sq_", "sr_"} {
			for _, name := range sortedKeys(texts) {
				if !strings.HasPrefix(name, prefix) {
					continue
				}
				from := b.Len()
				b.WriteString(texts[name])
				b.WriteString(join)
				want = append(want, Span{from, b.Len()})
			}
		}
		got := Split(b.String())
		if len(got) != len(want) {
			t.Errorf("join %q: %d decisions, want %d", join, len(got), len(want))
		}
		for _, w := range want {
			hit := false
			for _, g := range got {
				if d := g.Start - w.Start; d >= 0 && d < 120 {
					hit = true
				}
			}
			if !hit {
				t.Errorf("join %q: no decision begins at %q", join, strings.Join(strings.Fields(b.String()[w.Start:w.Start+120]), " "))
			}
		}
	}
}

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
