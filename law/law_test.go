package law_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"fener/law"
	"fener/locale"
	"fener/period"
)

func kosovo(t testing.TB) *law.Pack {
	t.Helper()
	pack, err := law.Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	return pack
}

func TestKosovoVerifies(t *testing.T) {
	v := kosovo(t).Verify(nil)
	if v.Cases < 60 {
		t.Errorf("%d worked cases, expected at least 60", v.Cases)
	}
	if v.Points < 10_000 {
		t.Errorf("only %d points of the grid were checked", v.Points)
	}
	for _, p := range v.Problems {
		t.Error(p)
	}
}

// twoCodes is a made-up jurisdiction with two codes that were read in full.
func twoCodes(t testing.TB) *law.Pack {
	t.Helper()
	pack, err := law.LoadDir("testdata/two-codes")
	if err != nil {
		t.Fatal(err)
	}
	return pack
}

func TestTwoReadCodesVerify(t *testing.T) {
	for _, p := range twoCodes(t).Verify(nil).Problems {
		t.Error(p)
	}
}

// The 2019 code in detail, kept apart from the pack's cases
// so that editing the pack cannot lose them.
func TestCode2019InDetail(t *testing.T) {
	pack := kosovo(t)
	years := func(n int) law.Imprisonment {
		return law.Imprisonment{State: law.ForTerm, Term: period.Years(n)}
	}
	fine := law.Fine{State: law.FineOfAmount, Cents: 100_000}
	plea := law.GroundsOf(law.GroundPlea)
	for _, c := range []struct {
		name, offence string
		sentence      law.Sentence
		grounds       law.Grounds
		want          string
	}{
		{"four years after a plea", "165(1)", law.Sentence{Imprisonment: years(4), Fine: fine, Suspended: law.No}, plea, "mitigated"},
		{"three years after a plea, the floor itself", "165(1)", law.Sentence{Imprisonment: years(3), Fine: fine, Suspended: law.No}, plea, "mitigated"},
		{"four years without a ground", "165(1)", law.Sentence{Imprisonment: years(4), Fine: fine, Suspended: law.No}, 0, "unexplained"},
		{"two years", "165(1)", law.Sentence{Imprisonment: years(2), Fine: fine, Suspended: law.No}, plea, "below_floor"},
		{"two years suspended", "165(1)", law.Sentence{Imprisonment: years(2), Fine: fine, Suspended: law.Yes, Verification: period.Years(3)}, plea, "below_floor+form_not_allowed"},
		{"a fine of 600 euros alone", "165(1)", law.Sentence{Fine: law.Fine{State: law.FineOfAmount, Cents: 60_000}}, plea, "form_not_allowed"},
		{"five years without a fine", "165(1)", law.Sentence{Imprisonment: years(5), Suspended: law.No}, 0, "incomplete"},
		{"five years and a fine", "165(1)", law.Sentence{Imprisonment: years(5), Fine: fine, Suspended: law.No}, 0, "within_range"},
		{"thirteen years", "165(1)", law.Sentence{Imprisonment: years(13), Fine: fine, Suspended: law.No}, 0, "above_maximum"},
		{"facilitating prostitution, one year suspended and a fine", "234(1)", law.Sentence{Imprisonment: years(1), Suspended: law.Yes, Verification: period.Years(2), Fine: fine}, 0, "within_range"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := law.Facts{Convicted: pack.Offence(c.offence), Committed: period.Span{From: period.MustDate("2020-05-01")},
				Judged: period.MustDate("2021-05-01"), Verdict: law.Convicted, Sentence: c.sentence, Grounds: c.grounds}
			a, err := law.Check(pack, &f)
			if err != nil {
				t.Fatal(err)
			}
			if got := a.Outcomes.String(); got != c.want {
				t.Errorf("outcomes are %s, expected %s", got, c.want)
			}
		})
	}
}

// A longer sentence is never a worse finding on the minimum.
func TestLongerIsNeverWorseOnTheMinimum(t *testing.T) {
	pack := kosovo(t)
	rank := func(a law.Answer) int {
		switch {
		case a.Outcomes.Has(law.BelowFloor):
			return 3
		case a.Outcomes.Has(law.Unexplained), a.Outcomes.Has(law.Mitigated):
			return 2
		case a.BelowMinimum == law.Yes:
			return 1
		}
		return 0
	}
	for _, code := range pack.Codes() {
		for _, prov := range code.Provisions {
			if prov.Offence == "" {
				continue
			}
			f := law.Facts{Convicted: pack.Offence(prov.Ref.String()), Committed: period.Span{From: code.InForce.From},
				Judged: code.InForce.From.AddDays(300), Verdict: law.Convicted}
			worst := 3
			for months := 1; months <= 300; months++ {
				f.Sentence = law.Sentence{Imprisonment: law.Imprisonment{State: law.ForTerm, Term: period.Months(months)}}
				a, err := law.Check(pack, &f)
				if err != nil {
					t.Fatal(err)
				}
				if r := rank(a); r > worst {
					t.Fatalf("%s: %d months is a worse finding than a shorter sentence: %s", prov.Ref, months, a.Outcomes)
				} else {
					worst = r
				}
			}
		}
	}
}

// Check and Explain agree, and every explanation reads as whole sentences in
// each language form.
func TestExplanationsAreWhole(t *testing.T) {
	kinds := map[string]bool{}
	for _, pack := range []*law.Pack{kosovo(t), twoCodes(t), unitedStates(t), anyCountry(t)} {
		explanationsAreWhole(t, pack, kinds)
	}
	for _, k := range law.StepKinds() {
		if !kinds[k.String()] {
			t.Errorf("no worked case reaches the step %q", k)
		}
	}
}

func explanationsAreWhole(t *testing.T, pack *law.Pack, kinds map[string]bool) {
	hole := regexp.MustCompile(`[{}]|step\.|outcome\.|missing\.|%!`)
	latin := regexp.MustCompile(`[čćšžđ]`)
	cases, err := pack.Cases()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		f := factsOf(t, pack, c)
		short, err := law.Check(pack, &f)
		if err != nil {
			t.Fatal(err)
		}
		full, err := law.Explain(pack, &f)
		if err != nil {
			t.Fatal(err)
		}
		if short.Outcomes != full.Outcomes || short.Missing != full.Missing {
			t.Errorf("%s: Check says %s, Explain %s", c.Name, short.Outcomes, full.Outcomes)
		}
		for _, s := range full.Steps {
			kinds[s.Kind.String()] = true
			for _, l := range locale.All {
				text := s.Text(l)
				if hole.MatchString(text) || text == "" || strings.HasSuffix(text, "..") {
					t.Errorf("%s: step %s in %s reads %q", c.Name, s.Kind, l, text)
				}
				if l == locale.SR && latin.MatchString(text) && s.Quoted == "" {
					t.Errorf("%s: step %s in Cyrillic has Latin letters: %q", c.Name, s.Kind, text)
				}
			}
		}
	}
}

func factsOf(t *testing.T, pack *law.Pack, c *law.WorkedCase) law.Facts {
	t.Helper()
	f, err := c.Facts.Resolve(pack)
	if err != nil {
		t.Fatalf("%s: %v", c.Name, err)
	}
	return f
}

func TestMessagesAreCompleteInEveryLanguage(t *testing.T) {
	all := map[string]map[string]string{}
	for _, name := range []string{"en", "sq", "sr-Latn"} {
		text, err := os.ReadFile(filepath.Join("messages", name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		m := map[string]string{}
		if err := json.Unmarshal(text, &m); err != nil {
			t.Fatal(err)
		}
		all[name] = m
	}
	holes := regexp.MustCompile(`\{[A-Za-z0-9]+\}`)
	for key, en := range all["en"] {
		want := holes.FindAllString(en, -1)
		slices.Sort(want)
		for _, other := range []string{"sq", "sr-Latn"} {
			text, ok := all[other][key]
			if !ok || text == "" {
				t.Errorf("%s: %s is missing", other, key)
				continue
			}
			got := holes.FindAllString(text, -1)
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%s: %s has %v, English has %v", other, key, got, want)
			}
		}
	}
	for _, other := range []string{"sq", "sr-Latn"} {
		for key := range all[other] {
			if _, ok := all["en"][key]; !ok {
				t.Errorf("%s: %s has no English", other, key)
			}
		}
	}
	for _, k := range law.StepKinds() {
		if all["en"]["step."+k.String()] == "" {
			t.Errorf("no sentence for the step %q", k)
		}
	}
}

func TestParseRef(t *testing.T) {
	for text, want := range map[string]string{
		"06/L-074:165(1)":                "06/L-074:165(1)",
		"165(1)":                         "165(1)",
		"165 (4.1)":                      "165(4.1)",
		"165":                            "165",
		"165/1":                          "165(1)",
		"Art. 165 par. 1":                "165(1)",
		"Article 165, paragraph 1":       "165(1)",
		"article 165 paragraph 4.1":      "165(4.1)",
		"neni 165 paragrafi 1":           "165(1)",
		"nga neni 165":                   "",
		"neni 165, par. 4, nënpar. 4.1":  "165(4.1)",
		"član 165 stav 1":                "165(1)",
		"čl. 165. st. 1.":                "165(1)",
		"члан 165 став 1":                "165(1)",
		"2003/25:139":                    "2003/25:139",
		"neni 165 paragrafi 1 i KPRK-së": "165(1)",
		"neni 171 par. 1 i Kodit Penal nr. 04/L-082": "04/L-082:171(1)",
		"член 165":                "",
		"Article 139 of the PCCK": "PCCK:139",
		"trafficking in persons":  "",
		"":                        "",
		"9999(1)":                 "",
	} {
		ref, ok := kosovo(t).ParseRef(text)
		if got := ref.String(); ok != (want != "") || (ok && got != want) {
			t.Errorf("ParseRef(%q) = %q, %v; expected %q", text, got, ok, want)
		}
	}
}

func TestTwoProvisionsOnOneDayAreAnErrorThatNamesBoth(t *testing.T) {
	code := func(number, article, offence, from, to string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("instrument: " + number + "\nkind: criminal_code\nnames: {en: Code}\n" +
			"in_force: {from: " + from + ", to: " + to + "}\nprovisions:\n- {ref: " + article + ", offence: " + offence +
			", variant: basic, names: {en: x}, punishment: {imprisonment: {from: 1y, to: 5y}}, verified: read}\n")}
	}
	base := func() fstest.MapFS {
		return fstest.MapFS{"pack.yaml": {Data: []byte("pack: XX\nnames: {en: Test}\noffences: [{id: a, names: {en: a}}, {id: b, names: {en: b}}]\n")}}
	}
	t.Run("in the pack", func(t *testing.T) {
		fs := base()
		fs["one.yaml"] = code("1/L", "10(1)", "a", "2000-01-01", "2010-12-31")
		fs["two.yaml"] = code("2/L", "11(1)", "a", "2010-12-31", "2020-12-31")
		_, err := law.Load(fs)
		if err == nil || !strings.Contains(err.Error(), "1/L") || !strings.Contains(err.Error(), "2/L") {
			t.Errorf("overlapping codes: %v", err)
		}
	})
	t.Run("for a count", func(t *testing.T) {
		fs := base()
		fs["one.yaml"] = code("1/L", "10(1)", "a", "2000-01-01", "2010-12-31")
		fs["two.yaml"] = code("2/L", "10(1)", "b", "2011-01-01", "2020-12-31")
		pack, err := law.Load(fs)
		if err != nil {
			t.Fatal(err)
		}
		f := law.Facts{Convicted: pack.Offence("10(1)"), Committed: period.Span{From: period.MustDate("2010-06-01")},
			Judged: period.MustDate("2012-01-01"), Sentence: law.Sentence{Imprisonment: law.Imprisonment{State: law.ForTerm, Term: period.Years(2)}}}
		_, err = law.Check(pack, &f)
		if err == nil || !strings.Contains(err.Error(), "1/L:10(1)") || !strings.Contains(err.Error(), "2/L:10(1)") {
			t.Errorf("one article in two codes: %v", err)
		}
	})
}

func FuzzLoad(f *testing.F) {
	f.Add(wholeCode)
	f.Add("instrument: 1/L\ngeneral: {mitigation: {known: true, floors: [{minimum: 5y, floor: 3y}]}}\n")
	f.Add("a: &x [*x]\n--- !t\n? {b: c}\n: ! 0\n")
	f.Fuzz(func(t *testing.T, text string) {
		pack, err := law.Load(fstest.MapFS{
			"pack.yaml": {Data: []byte("pack: XX\nnames: {en: Test}\noffences: [{id: a, names: {en: a}}]\n")},
			"one.yaml":  {Data: []byte(text)}})
		if err != nil {
			return
		}
		facts := law.Facts{Convicted: pack.Offence("1(1)"), Committed: period.Span{From: period.MustDate("2005")},
			Sentence: law.Sentence{Imprisonment: law.Imprisonment{State: law.ForTerm, Term: period.Years(1)}}}
		if a, err := law.Explain(pack, &facts); err == nil {
			for _, s := range a.Steps {
				_ = s.Text(locale.SR)
			}
		}
	})
}

func FuzzOffence(f *testing.F) {
	for _, s := range []string{"06/L-074:165(1)", "neni 165 paragrafi 1", "trafficking in persons; organised crime", "član 139", "165(", "::"} {
		f.Add(s)
	}
	pack, err := law.Kosovo()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		facts := law.Facts{Convicted: pack.Offence(text), Charged: pack.Offence(text), Verdict: law.Convicted}
		a, err := law.Check(pack, &facts)
		if err == nil && a.Outcomes == 0 {
			t.Errorf("%q: no outcome", text)
		}
	})
}
