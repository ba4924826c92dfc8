package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fener/law"
)

// docs/check.md names every column, field, outcome and missing fact that the program writes.
func TestTheGuideIsTrue(t *testing.T) {
	content, err := os.ReadFile(filepath.Join("..", "..", "docs", "check.md"))
	if err != nil {
		t.Fatal(err)
	}
	guide := string(content)
	var words []string
	for _, o := range law.AllOutcomes() {
		words = append(words, o.String())
	}
	for m := law.Missing(0); m.String() != "invalid"; m++ {
		words = append(words, m.String())
	}
	csvHead, _, _ := strings.Cut(output(t, "csv"), "\n")
	words = append(words, strings.Split(csvHead, ",")...)
	var object map[string]any
	if err := json.Unmarshal([]byte(output(t, "jsonl")), &object); err != nil {
		t.Fatal(err)
	}
	words = append(words, keysOf(object)...)
	if len(words) < 80 {
		t.Fatalf("only %d words to look for", len(words))
	}
	for _, w := range words {
		if !strings.Contains(guide, "`"+w+"`") {
			t.Errorf("docs/check.md does not name %q", w)
		}
	}
}

func output(t *testing.T, format string) string {
	t.Helper()
	in := "offence_convicted,verdict,imprisonment,fine,count\n165(1),convicted,5y,500,1+\n"
	var out, errs bytes.Buffer
	code := run(context.Background(), []string{"check", "-", "--format", format}, streams{strings.NewReader(in), &out, &errs, func(string) string { return "" }})
	if code != exitDone {
		t.Fatalf("ended with %d: %s", code, errs.String())
	}
	return out.String()
}

func TestNearest(t *testing.T) {
	for _, c := range []struct{ word, want string }{{"chekc", "check"}, {"cehck", "check"}, {"lwa", "law"}, {"verison", "version"}, {"publish", ""}, {"x", ""}} {
		got := nearest(c.word, []string{"check", "help", "law", "version"})
		if c.want == "" && got != "" || c.want != "" && got != "; did you mean "+c.want+"?" {
			t.Errorf("nearest to %q is %q, want %q", c.word, got, c.want)
		}
	}
}
