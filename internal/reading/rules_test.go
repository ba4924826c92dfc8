package reading

import (
	"strings"
	"testing"
)

// Every rule finds its example and leaves its counter-example alone, wherever in the sentence it is tried.
func TestRulesKeepTheirExamples(t *testing.T) {
	all, err := languages()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 2 {
		t.Fatalf("%d languages", len(all))
	}
	for _, l := range all {
		for _, rule := range l.Rules {
			matches := func(sentence string) (found string, ok bool) {
				e := makeEven(sentence)
				for _, m := range l.scan(e) {
					if m.rule == rule {
						return e.low[m.from:m.to], true
					}
				}
				return "", false
			}
			if _, ok := matches(rule.Example); !ok {
				t.Errorf("%s does not find its example: %s", rule.ID, rule.Example)
			}
			if found, ok := matches(rule.Not); ok {
				t.Errorf("%s finds %q in its counter-example: %s", rule.ID, found, rule.Not)
			}
			if rule.Gives != "" {
				if found, _ := matches(rule.Example); !strings.Contains(found, rule.Gives) {
					t.Errorf("%s finds %q in its example, want %q", rule.ID, found, rule.Gives)
				}
			}
		}
	}
}
