package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The seed's claims against the embedded example, in every language form. Where
// the example was changed on purpose, FENER_UPDATE=1 writes the answers anew:
// read what changed, each standing must be defensible.
func TestTheSeedsClaims(t *testing.T) {
	file := filepath.Join("..", "..", "examples", "kosovo", "claims.yaml")
	for _, l := range []string{"en", "sq", "sr", "sr-Latn"} {
		t.Run(l, func(t *testing.T) {
			got := claimsOutput(t, "--lang", l, file)
			golden := filepath.Join("testdata", "claims."+l+".golden")
			if os.Getenv("FENER_UPDATE") != "" {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Error(diff)
			}
		})
	}
	var report claimsReport
	if err := json.Unmarshal([]byte(claimsOutput(t, "--format", "json", file)), &report); err != nil {
		t.Fatal(err)
	}
	verdicts := map[string]int{}
	for _, c := range report.Articles[0].Claims {
		verdicts[string(c.Verdict)]++
	}
	if report.AsOf.Seq == 0 || verdicts["supported"] == 0 || verdicts["cannot_be_checked"] == 0 {
		t.Errorf("as of %v, verdicts %v", report.AsOf, verdicts)
	}
}

func claimsOutput(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	code := run(t.Context(), append([]string{"claims", "check"}, args...), streams{strings.NewReader(""), &out, &errs, func(string) string { return "" }})
	if code != exitOpen { // none of the seed's claims is contradicted, and some cannot be checked
		t.Fatalf("ended with %d: %s", code, errs.String())
	}
	return out.String()
}
