package law_test

import (
	"strings"
	"testing"

	"fener/law"
	"fener/locale"
)

// What is known begins the summary, in each language and for each of the pack's worked cases; only what is open follows.
func TestKnownBeginsTheSummary(t *testing.T) {
	pack, err := law.Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	worked, err := pack.Cases()
	if err != nil {
		t.Fatal(err)
	}
	said, shorter := 0, 0
	for _, c := range worked {
		facts, err := c.Facts.Resolve(pack)
		if err != nil {
			t.Fatal(err)
		}
		given, err := law.Explain(pack, &facts)
		if err != nil {
			continue // two provisions on one date
		}
		for _, l := range locale.All {
			known, summary := given.Known(l), given.Summary(l)
			if !strings.HasPrefix(summary, known) || (known == "") != (summary == "") {
				t.Errorf("%s in %s: %q does not begin %q", c.Name, l, known, summary)
			}
			if known != "" {
				said++
			}
			if len(known) < len(summary) {
				shorter++
			}
		}
	}
	if said == 0 || shorter == 0 {
		t.Errorf("%d answers say something, %d of them are shorter without what is open", said, shorter)
	}
}
