package record

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

// Every term of HTCDS stands in the standard's own list, and every attribute that an indicator has of victims has its line in the table.
func TestTermsStandInTheStandardsOwnLists(t *testing.T) {
	text, err := os.ReadFile("testdata/htcds.json")
	if err != nil {
		t.Fatal(err)
	}
	var standard struct{ Lists map[string][]string }
	if err := json.Unmarshal(text, &standard); err != nil {
		t.Fatal(err)
	}
	table, err := Terms()
	if err != nil {
		t.Fatal(err)
	}
	has, found := map[string]bool{}, 0
	for _, line := range table {
		has[line.Of+"|"+line.Code] = true
		switch line.Scheme {
		case HTCDS:
			if line.Term == "" {
				continue
			}
			if found++; !slices.Contains(standard.Lists[line.Field], line.Term) {
				t.Errorf("%s %s: HTCDS has no %s %q", line.Of, line.Code, line.Field, line.Term)
			}
		case "IC-TIP":
			if line.Term != "" {
				t.Errorf("a code of IC-TIP, which nobody could read: %+v", line)
			}
		default:
			t.Errorf("nobody knows the scheme %q", line.Scheme)
		}
	}
	if found == 0 {
		t.Error("no term of HTCDS in the table")
	}
	list, err := Indicators()
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range list {
		if in.Victims == nil {
			continue
		}
		for of, code := range map[string]string{"exploitation": in.Victims.Form, "victims_sex": in.Victims.Sex} {
			if code != "" && !has[of+"|"+code] {
				t.Errorf("%s: the table of terms says nothing of %s %q", in.ID, of, code)
			}
		}
	}
}

func TestTermsThatSayTooLittleAreRefused(t *testing.T) {
	head := strings.Join(termColumns, ",") + "\n"
	for name, line := range map[string]string{
		"another column":         "",
		"twice":                  "a,b,HTCDS,f,T,exact,survey,\na,b,HTCDS,f,T,exact,survey,\n",
		"an unknown match":       "a,b,HTCDS,f,T,same,survey,\n",
		"an unknown source":      "a,b,HTCDS,f,T,exact,hearsay,\n",
		"a term without a field": "a,b,HTCDS,,T,exact,survey,\n",
		"none, without a why":    "a,b,HTCDS,,,none,survey,\n",
		"a match without a term": "a,b,HTCDS,f,,exact,survey,\n",
		"no match, and a term":   "a,b,HTCDS,f,T,none,survey,why\n",
	} {
		text := head + line
		if line == "" {
			text = "of,code\n"
		}
		if _, err := readTerms([]byte(text)); err == nil {
			t.Errorf("%s: passes", name)
		}
	}
}

func TestWhatIsToldApartInTermsOfHTCDS(t *testing.T) {
	for _, c := range []struct {
		name string
		of   Observation
		want string
	}{
		{"all victims", Observation{Indicator: "victims_identified"}, ""},
		{"forced labour, by the indicator", Observation{Indicator: "victims_forced_labour"}, "vic_TypeOfExploitation=ForcedLabour"},
		{"girls and women, by the observation", Observation{Indicator: "victims_forced_labour", Attributes: Attributes{Sex: "female"}}, "prs_Gender=Feminine vic_TypeOfExploitation=ForcedLabour"},
		{"a form in words that the table lacks", Observation{Indicator: "victims_identified", Attributes: Attributes{Form: "in a private household"}}, ""},
		{"children: the standard has no word", Observation{Indicator: "victims_children"}, ""},
	} {
		if got := c.of.InHTCDS().String(); got != c.want {
			t.Errorf("%s: %q, expected %q", c.name, got, c.want)
		}
	}
	for kind, want := range map[string]string{"police": "org_Type=LawEnforcement", "court": "", "": ""} {
		if got := (&Institution{Type: kind}).InHTCDS().String(); got != want {
			t.Errorf("an institution of the kind %q: %q, expected %q", kind, got, want)
		}
	}
}
