package site

import (
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew instead of comparing")

// The style guide as bytes: a change to a component shows here, and is looked at before it is accepted with -update.
func TestComponentsLookAsAgreed(t *testing.T) {
	const golden = "testdata/components.en.golden.html"
	hash := regexp.MustCompile(`\.[0-9a-f]{10}\.`)
	_, html, _ := strings.Cut(body(t, get(t, testHandler(t, nil), "/en/_components")), "<main")
	main, _, found := strings.Cut(html, "</main>") // the navigation around it grows with every page
	if !found {
		t.Fatal("the style guide has no main part")
	}
	got := "<main" + hash.ReplaceAllString(main, ".HASH.") + "</main>\n"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatalf("%v: run go test ./internal/site -update", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the components changed; look at them, then run go test ./internal/site -update:\n%s", diff)
	}
}
