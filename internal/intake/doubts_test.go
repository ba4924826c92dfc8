package intake

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fener/locale"
)

// The list of doubts holds every code that the reading of judgments gives out as one: whoever adds one finds it missing here.
func TestEveryDoubtIsListed(t *testing.T) {
	source := ""
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "claims") || strings.HasPrefix(name, "form") || slices.Contains([]string{"observations.go", "sources.go", "table.go", "stated.go", "comparison.go"}, name) {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		source += string(text)
	}
	codes, err := os.ReadFile("codes.go")
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]Code{}
	for _, m := range regexp.MustCompile(`(\w+)\s+Code = "(\w+)"`).FindAllStringSubmatch(string(codes), -1) {
		byName[m[1]] = Code(m[2])
	}
	found := 0
	for line := range strings.Lines(source) {
		if !strings.Contains(line, "Doubt") && !strings.Contains(line, "wonder(") && !strings.Contains(line, ".doubt(") && !strings.Contains(line, "doubt: true") {
			continue
		}
		for _, word := range regexp.MustCompile(`\w+`).FindAllString(line, -1) {
			if c, ok := byName[word]; ok && !strings.Contains(line, "doubtCodes") {
				found++
				if !slices.Contains(doubtCodes, c) {
					t.Errorf("%s is a doubt and stands not in doubtCodes: %s", c, strings.TrimSpace(line))
				}
			}
		}
	}
	if found < 8 {
		t.Errorf("only %d doubts were found in the code, so nothing was compared", found)
	}
	for _, c := range doubtCodes {
		for _, l := range locale.All {
			if c.Text(l) == "" {
				t.Errorf("%s has no text in %s", c, l)
			}
		}
	}
}
