package record

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fener/law"
	"fener/period"
)

func TestNumberKeyIsOneForAllSpellings(t *testing.T) {
	for _, row := range []struct{ key, spellings string }{
		{"pkr-64-2021", "PKR.nr. 64/21|PKR.Nr.64/2021|pkr 64/21|PKR nr 64/2021|P.K.R. Nr. 64/21|PKR. br. 64/21"},
		{"p-309-2010", "P 309/10|P.Nr.309/2010|P. No. 309/10|p.nr 309 / 10"},
		{"p-1970-2024", "P.Nr.1970/2024"},
		{"pa1-2089-2024", "PA1.Nr.2089/2024|PA1. nr. 2089/24"},
		{"pn1s-49-2023", "PN.1.S. nr. 49/2023|PN1S 49/23"},
		{"pmlkzz-92-2016", "Pml.Kzz 92/2016|Pml. Kzz. 92/16|PML.KZZ nr. 92/2016"},
		{"paii-2-2020", "PA-II. nr. 2/2020|PA II nr. 2/20"},
		{"apkz-466-2011", "Ap.-Kz. Nr. 466/2011|AP-KZ 466/11"},
		{"pp-898-4-2012", "PP 898-4/2012"},
		{"ki-180-2024", "KI180/24|KI 180/2024"},
		{"2022-19820", "2022:19820"},
		{"p-12-1999", "P 12/99"},
	} {
		for s := range strings.SplitSeq(row.spellings, "|") {
			if got, ok := NumberKey(s); got != row.key || !ok {
				t.Errorf("NumberKey(%q) = %q, %v; expected %q", s, got, ok, row.key)
			}
		}
	}
}

func TestNumberKeyOfOtherTexts(t *testing.T) {
	for _, s := range []string{"", "PML.Nr.88/202", "unknown", "64", "../../etc/passwd"} {
		if key, ok := NumberKey(s); ok || strings.ContainsAny(key, "./ ") {
			t.Errorf("NumberKey(%q) = %q, %v; expected no case number", s, key, ok)
		}
	}
}

func TestCaseNumbers(t *testing.T) {
	for text, want := range map[string][]string{
		"P 309/10 and P 340/10":       {"P 309/10", "P 340/10"},
		"P 309/10, P 340/10":          {"P 309/10", "P 340/10"},
		"P.nr. 1/20 dhe P.nr. 2/20":   {"P.nr. 1/20", "P.nr. 2/20"},
		"Ap.-Kz. Nr. 466/2011":        {"Ap.-Kz. Nr. 466/2011"},
		"":                            nil,
		"P 1/20 i P 2/20; PAKR 52/14": {"P 1/20", "P 2/20", "PAKR 52/14"},
	} {
		if diff := cmp.Diff(want, CaseNumbers(text)); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func FuzzNumberKey(f *testing.F) {
	f.Add("PKR.nr. 64/21")
	f.Fuzz(func(t *testing.T, s string) {
		key, ok := NumberKey(s)
		if strings.Trim(key, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			t.Errorf("key %q of %q is not fit for an address", key, s)
		}
		if again, _ := NumberKey(strings.ToUpper(s)); ok && again != key && isASCII(s) {
			t.Errorf("letter case changes the key of %q: %q and %q", s, key, again)
		}
	})
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > 127 }) < 0
}

func TestLabelsAreInitialsOrNumbers(t *testing.T) {
	for label, good := range map[string]bool{
		"L.D.": true, "A.D": false, "L. D.": true, "LD": true, "Sh.H.": true, "1": true, "12": true, "D1": true, "Ç.B.": true,
		"Lutfi D.": false, "L. Dervishi": false, "": false, "defendant": false,
	} {
		if GoodLabel(label) != good {
			t.Errorf("GoodLabel(%q) = %v", label, !good)
		}
	}
}

func TestCareWarnsOfWhatCouldIdentify(t *testing.T) {
	for text, want := range map[string]CareCode{
		"the court heard that Arta Berisha was":              CareName,
		"number 1234567890 of the identity card":             CareNumber,
		"reached at +383 44 123 456":                         CarePhone,
		"wrote to someone@example.org":                       CareEmail,
		"[L.D.] was sentenced to seven years and six months": "",
		"the Basic Court of Pristina found":                  "",
		"A judgment. The Supreme Court annulled it.":         "",
	} {
		found := Care("note", text)
		if want == "" && len(found) > 0 || want != "" && (len(found) == 0 || found[0].Code != want) {
			t.Errorf("Care(%q) = %v, expected %q", text, found, want)
		}
	}
}

func medicus() Judgment {
	return Judgment{
		Case: "p-309-2010-prishtina", Numbers: []string{"P 309/10"}, Court: "basic_court_prishtina", Instance: FirstInstance,
		Date: period.MustDate("2013-04-29"), Final: law.No,
		Defendants: []Defendant{{Label: "L.D.", Counts: []Count{{
			Charged: "2003/25:139", Convicted: "trafficking in persons", From: period.MustDate("2008"), To: period.MustDate("2008"),
			Verdict: law.Convicted, Joint: law.Yes, Grounds: law.GroundsOf(law.GroundPlea, law.GroundLaw),
			Sentence: Sentence{Imprisonment: law.Imprisonment{State: law.ForTerm, Term: period.Years(8)}, Fine: law.Fine{State: law.FineOfAmount, Cents: 1_000_050}},
		}}}},
		Citations: []Citation{{Source: "birn", Quote: "sentenced him to eight years"}},
	}
}

func TestJudgmentSurvivesItsJSON(t *testing.T) {
	want := medicus()
	body, err := Encode(want)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"imprisonment":"8y"`, `"fine":"10000.50"`, `"mitigation":"law+plea"`, `"joint":"yes"`, `"instance":"first"`} {
		if !strings.Contains(string(body), part) {
			t.Errorf("%s is not in %s", part, body)
		}
	}
	var got Judgment
	if err := Decode(body, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b period.Date) bool { return a == b }), cmp.Comparer(func(a, b period.Length) bool { return a == b })); diff != "" {
		t.Error(diff)
	}
}

// No field of any kind can hold a victim's or a defendant's name.
func TestNoFieldHoldsAName(t *testing.T) {
	body, err := json.Marshal(medicus())
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]any
	if err := json.Unmarshal(body, &fields); err != nil {
		t.Fatal(err)
	}
	for name := range fields {
		if strings.Contains(name, "victim") || strings.Contains(name, "name") {
			t.Errorf("a judgment has the field %q", name)
		}
	}
}

func TestValidateNamesThePlace(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Judgment)
		want   string
	}{
		"name for a label": {func(j *Judgment) { j.Defendants[0].Label = "Lutfi D." }, "defendants[0].label"},
		"offence after judgment": {func(j *Judgment) {
			c := &j.Defendants[0].Counts[0]
			c.From, c.To = period.MustDate("2014"), period.Date{}
		}, "defendants[0].counts[0].from"},
		"period ends before":      {func(j *Judgment) { j.Defendants[0].Counts[0].To = period.MustDate("2007") }, "defendants[0].counts[0].to"},
		"acquitted and punished":  {func(j *Judgment) { j.Defendants[0].Counts[0].Verdict = law.Acquitted }, "defendants[0].counts[0].sentence"},
		"no case":                 {func(j *Judgment) { j.Case = "" }, "case"},
		"nobody judged":           {func(j *Judgment) { j.Defendants = nil }, "defendants"},
		"published, no quotation": {func(j *Judgment) { j.Citations[0].Quote = " " }, "citations[0].quote"},
		"published, no source":    {func(j *Judgment) { j.Citations = nil }, "citations"},
		"a copied text":           {func(j *Judgment) { j.Citations[0].Quote = strings.Repeat("x", MaxQuote+1) }, "citations[0].quote"},
	} {
		t.Run(name, func(t *testing.T) {
			j := medicus()
			c.change(&j)
			faults := j.Validate(true)
			if len(faults) == 0 || faults[0].Field != c.want {
				t.Errorf("faults are %v, expected one at %s", faults, c.want)
			}
		})
	}
	good := medicus()
	if faults := good.Validate(true); len(faults) > 0 {
		t.Errorf("a good judgment has faults: %v", faults)
	}
}

func TestParseInstance(t *testing.T) {
	for text, want := range map[string]Instance{
		"first instance": FirstInstance, "first instance (retrial)": Retrial, "appeal": Appeal, "Supreme Court": SupremeCourt,
		"shkalla e parë": FirstInstance, "Gjykata e Apelit": Appeal, "Vrhovni sud": SupremeCourt, "Апелациони суд": Appeal, "": InstanceUnknown,
	} {
		if got, ok := ParseInstance(text); got != want || !ok {
			t.Errorf("ParseInstance(%q) = %s, %v; expected %s", text, got, ok, want)
		}
	}
	if _, ok := ParseInstance("somewhere"); ok {
		t.Error("an unknown word is taken as an instance")
	}
}

// What a claim is compared with that is told of shelters says of which, and only what has a cause has one.
func TestAClaimNamesWhatIsToldOfWhich(t *testing.T) {
	for _, row := range []struct {
		name string
		cmp  Comparison
		want string
	}{
		{"a closure of a shelter", Comparison{Told: "closure", Shelter: "s", Cause: "late_call", By: "ministry", Operator: Exists}, ""},
		{"a sum beside an indicator", Comparison{Indicator: "i", Told: "paid", Shelter: "s", By: "ministry", Operator: AtLeast, Value: "1", Unit: "EUR"}, ""},
		{"of nobody", Comparison{Told: "closure", Operator: Exists}, "comparison.shelter"},
		{"a shelter of which nothing is told", Comparison{Indicator: "i", Shelter: "s", Operator: Exists}, "comparison.shelter"},
		{"no such step", Comparison{Told: "granted", Shelter: "s", Operator: Exists}, "comparison.told"},
		{"a sum with a cause", Comparison{Told: "paid", Shelter: "s", Cause: "late_call", Operator: Exists}, "comparison.cause"},
		{"no such cause", Comparison{Told: "gap", Shelter: "s", Cause: "rain", Operator: Exists}, "comparison.cause"},
		{"a giver of nothing", Comparison{Indicator: "i", By: "ministry", Operator: Exists}, "comparison.by"},
		{"a closure that fell", Comparison{Told: "closure", Shelter: "s", Operator: FellFrom, From: period.MustDate("2015"), Then: period.MustDate("2017")}, "comparison.operator"},
		{"a law beside it", Comparison{Law: "04/L-082:171(1)", Told: "closure", Shelter: "s", Operator: Exists}, "comparison"},
		{"nothing", Comparison{Operator: Exists}, "comparison"},
	} {
		c := Claim{Article: "a", Statement: Names{EN: "SYNTHETIC"}, Comparison: row.cmp}
		var fields []string
		for _, f := range c.Validate(true) {
			fields = append(fields, f.Field)
		}
		if got := strings.Join(fields, " "); got != row.want {
			t.Errorf("%s: %q is wrong, want %q", row.name, got, row.want)
		}
	}
}
