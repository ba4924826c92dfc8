package shown

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// ecliForm is what the annex of the Council conclusions 2011/C 127/01 says of the parts of an ECLI.
var ecliForm = regexp.MustCompile(`^[A-Z]+:[A-Z]{2}:[A-Z][A-Z0-9]{0,6}:[0-9]{4}:[A-Z0-9.]{1,25}$`)

func TestJudgmentsHaveIdentifiersInTheShapeOfECLI(t *testing.T) {
	for _, c := range []struct {
		name, country, court string
		year                 int
		id                   string
		none                 bool
	}{
		{"a basic court", "xk", "basic_court_prishtina", 2017, "0z3kq9w2m1abc", false},
		{"a court of one word", "XK", "court", 2003, "1", false},
		{"a court whose id is a number", "xk", "7", 2003, "1", false},
		{"no country", "", "supreme_court", 2017, "0z3kq9w2m1abc", true},
		{"no court on record", "xk", "", 2017, "0z3kq9w2m1abc", true},
		{"no year on record", "xk", "supreme_court", 0, "0z3kq9w2m1abc", true},
		{"an id that is kept back", "xk", "supreme_court", 2017, "", true},
		{"an id of words, as older ledgers have them", "xk", "supreme_court", 2017, "p-309-2010-prishtina", true},
	} {
		got := JudgmentIdentifier(c.country, c.court, c.year, c.id)
		if c.none {
			if got != "" {
				t.Errorf("%s: %q, expected none", c.name, got)
			}
			continue
		}
		if !ecliForm.MatchString(got) || strings.HasPrefix(got, "ECLI") {
			t.Errorf("%s: %q has not the shape, or claims to be one", c.name, got)
		}
		for _, written := range []string{got, strings.ToLower(got)} { // the conclusions make no difference of letters
			if id, ok := JudgmentMeant(written); !ok || id != c.id {
				t.Errorf("%s: %q leads to %q", c.name, written, id)
			}
		}
	}
	for _, wrong := range []string{"", "ECLI:XK:BCP1234:2017:1", "FENER:XK:BCP1234:17:1", "FENER:XK:BCP12345:2017:1", "FENER:XK:BCP1234:2017:", "FENER:XK:BCP1234:2017:a/b"} {
		if id, ok := JudgmentMeant(wrong); ok {
			t.Errorf("%q leads to %q", wrong, id)
		}
	}
}

// Each court on record in the facts of Kosovo has a code of its own.
func TestCourtsHaveCodesOfTheirOwn(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "shared", "facts", "kosovo", "institutions.csv"))
	if err != nil {
		t.Skipf("no facts of Kosovo beside the project: %v", err)
	}
	of := map[string]string{}
	for line := range strings.Lines(string(text)) {
		id, _, _ := strings.Cut(line, ",")
		code := courtCode(id)
		if other, taken := of[code]; taken {
			t.Errorf("%s and %s have one code, %s", id, other, code)
		}
		of[code] = id
	}
	if len(of) < 20 {
		t.Errorf("only %d were looked at", len(of))
	}
}
