package record

import (
	"slices"
	"strings"
	"testing"
)

// FuzzPlainNumber: the short way may answer only what the expressions answer.
func FuzzPlainNumber(f *testing.F) {
	for _, s := range []string{"PKR.nr. 64/21", "P 309/10", "PN.1.S. nr. 49/2023", "Pml.Kzz 92/2016", "PA-II. nr. 2/2020", "PP 898-4/2012", "KI180/24",
		"nr. 5/20", " no 5 / 2020. ", "PKR-nr-64/21", "nr64/21", "Pnr. 64/21", "P.nr.. 64/21", "P nr . 64/21", "1-2-3/20", "P 1/2 3/20", "-4/20", "P1 2/20",
		"2022:19820", "P 1/20 and P 2/20", "P 1/20 e P 2/20", "e P 1/20", "P 1/20, 2/21", "P  1/20 . ", "P 1/20 ..", "P 1/123", "x.BR.7/2019", "P.\t1/20"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if trimmed := strings.TrimSpace(s); trimmed != "" && isOne(trimmed) {
			if parts := numberJoint.Split(trimmed, -1); !slices.Equal(parts, []string{trimmed}) {
				t.Fatalf("%q is taken for one number, it is %q", s, parts)
			}
		}
		prefix, number, year, ok := plainCaseNumber(s)
		if !ok {
			return
		}
		m := caseNumber.FindStringSubmatch(s)
		if m == nil || electronicNumber.MatchString(s) {
			t.Fatalf("%q is taken for a number, %q %q %q", s, prefix, number, year)
		}
		if strings.ReplaceAll(slug(prefix), "-", "") != strings.ReplaceAll(slug(m[1]), "-", "") || number != m[2] || year != m[3] {
			t.Fatalf("%q is taken apart as %q %q %q, it is %q", s, prefix, number, year, m[1:])
		}
	})
}
