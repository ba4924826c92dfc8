package reading

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// invented are the made-up decisions in testdata, by name.
func invented(t testing.TB) map[string]string {
	t.Helper()
	names, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatal("no testdata", err)
	}
	all := map[string]string{}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all[strings.TrimSuffix(filepath.Base(name), ".txt")] = string(b)
	}
	return all
}

// facts writes the values of a proposal down, one a line, as a person would read them out.
func facts(p Proposal) []string {
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	for _, n := range p.Numbers {
		say("number %s %s %s this=%v", n.Number.Value, n.Instance.Value, n.Date.Value, n.This)
	}
	sentence := func(who string, s Sentence) {
		if s.Imprisonment.Found() {
			say("%s: prison %s", who, s.Imprisonment.Value)
		}
		if s.Suspended.Found() {
			say("%s: suspended, for %s", who, s.Verification.Value)
		}
		if s.Fine.Found() {
			say("%s: fine %d", who, s.Fine.Value/100)
		}
		if s.ReplacedByFine.Found() {
			say("%s: replaced by %d", who, s.ReplacedByFine.Value/100)
		}
		if s.Community.Found() {
			say("%s: community work %d hours", who, s.Community.Value)
		}
	}
	for _, d := range p.Decisions {
		say("%s, %s, %s: %s", d.Court.Value, d.Number.Value, d.Date.Value, d.Effect.Value)
		for _, x := range d.Defendants {
			for _, c := range x.Counts {
				forms := ""
				for _, f := range c.Forms {
					forms += " " + string(f.Value)
				}
				say("%s: %s %s/%s %s%s: %s", x.Initials.Value, c.Offence.Value, c.Article.Value, c.Paragraph.Value, c.Code.Value, forms, c.Verdict.Value)
				sentence(x.Initials.Value, c.Sentence)
			}
			sentence(x.Initials.Value+" single", x.Single)
		}
	}
	for _, a := range p.Asides {
		say("beside: %s %d", a.What, a.Amount.Value/100)
	}
	return out
}

// The invented decisions, one in each language and script, say what was put into them.
func TestInventedDecisions(t *testing.T) {
	texts := invented(t)
	for name, want := range map[string][]string{
		"sq-first": {
			"number PKR.nr.77/2023 first 2024-03-12 this=true",
			"number PP.I.nr.12/2022 prosecution 2023-01-10 this=false",
			"number P.nr.45/2015 other case 2016-02-03 this=false",
			"Gjykata Themelore në Prizren, PKR.nr.77/2023, 2024-03-12: convicted",
			"A.B.: trafikimi me njerëz 165/1 KPRK co_perpetration: guilty",
			"A.B.: prison 6y",
			"A.B.: fine 10000",
			"S.Xh.: trafikimi me njerëz 165/1 KPRK co_perpetration: acquitted",
			"beside: court flat fee 200",
			"beside: victims fund 50",
		},
		"sq-appeal": {
			"number PAKR.nr.410/2023 appeal 2023-09-20 this=true",
			"number PKR.nr.12/2022 first 2023-03-14 this=false",
			"Gjykata Themelore në Pejë, PKR.nr.12/2022, 2023-03-14: convicted",
			"L.M.: trafikimi me njerëz 165/1 KPRK: guilty",
			"L.M.: prison 5y",
			"L.M.: fine 5000",
			"Gjykata e Apelit e Kosovës, PAKR.nr.410/2023, 2023-09-20: modified",
			"L.M.: trafikimi me njerëz 165/1 KPRK: guilty",
			"L.M.: prison 4y",
			"L.M.: fine 3000",
		},
		"sr-appeal-modified": {
			"number Kž.br.15/2019 appeal 2019-02-14 this=true",
			"number K.br.120/2018 first 2018-11-20 this=false",
			"Osnovni sud u Baru, K.br.120/2018, 2018-11-20: convicted",
			"E.F.: nasilničko ponašanje 399/ Krivični zakonik Crne Gore: guilty",
			"E.F.: prison 8m",
			"Viši sud u Podgorici, Kž.br.15/2019, 2019-02-14: modified",
			"E.F.: nasilničko ponašanje 399/ Krivični zakonik Crne Gore: guilty",
			"E.F.: prison 5m",
		},
		"sq-collection": {
			"number PML.Nr.999/2025 supreme 2025-09-02 this=true",
			"number PKR.Nr.10/2023 first 2024-07-11 this=false",
			"number PAKR.Nr.5/2024 appeal 2024-12-12 this=false",
			"Gjykata Themelore në Pejë, PKR.Nr.10/2023, 2024-07-11: convicted",
			"A.B.: vjedhja e rëndë 315/1 KPRK: guilty",
			"A.B.: prison 1y",
			"A.B.: suspended, for 2y",
			"Gjykata e Apelit e Kosovës, PAKR.Nr.5/2024, 2024-12-12: annulled",
			"Gjykata Supreme e Kosovës, PML.Nr.999/2025, 2025-09-02: inadmissible",
		},
		"sr-appeal-upheld": {
			"number Kž.br.4/2017 appeal 2017-02-16 this=true",
			"number K.br.7/2016 first 2016-09-05 this=false",
			"Osnovni sud u Beranama, K.br.7/2016, 2016-09-05: convicted",
			"A.B.: krađa 239/1 Krivični zakonik Crne Gore: guilty",
			"A.B.: prison 3m",
			"A.B.: suspended, for 1y",
			"Viši sud u Bijelom Polju, Kž.br.4/2017, 2017-02-16: upheld",
			"beside: costs 50",
		},
		"sr-joined": {
			"number Kv.br.99/17 first 2017-05-12 this=true",
			"number K.br.12/15 other case 2015-03-03 this=false",
			"number K.br.44/16 other case 2016-02-01 this=false",
			"Osnovni sud u Baru, Kv.br.99/17, 2017-05-12: modified",
			"A.B. single: prison 1y 1m",
		},
		"sr-first-names": {
			"number K.br.08/1999 first 2014-09-04 this=true",
			"number Kts.br.22/12 prosecution 2012-07-11 this=false",
			"Osnovni sud u Baru, K.br.08/1999, 2014-09-04: acquitted",
			"V.M.: krađa 239/1 Krivični zakonik: acquitted",
		},
		"sr-first-two": {
			"number K.br.91/2018 first 2018-06-15 this=true",
			"number Kt.br.44/18 prosecution 2018-03-02 this=false",
			"number K.br.7/15 other case 2015-02-01 this=false",
			"Osnovni sud u Baru, K.br.91/2018, 2018-06-15: convicted",
			"A.B.: teška krađa 240/1 Krivični zakonik Crne Gore co_perpetration: guilty",
			"A.B.: prison 6m",
			"C.D.: teška krađa 240/1 Krivični zakonik Crne Gore co_perpetration: guilty",
			"C.D.: prison 1y 2m",
			"beside: court flat fee 50",
		},
		"sr-first-cyrillic": {
			"number P.br.115/2019 first 2019-11-14 this=true",
			"number PP.br.33/2019 prosecution 2019-04-05 this=false",
			"number K.br.12/2010 other case 2010-03-03 this=false",
			"Osnovni sud u Gnjilanu, P.br.115/2019, 2019-11-14: convicted",
			"M.P.: trgovina ljudima 171/1 Krivični zakonik Kosova co_perpetration: guilty",
			"M.P.: prison 5y",
			"M.P.: fine 2000",
			"beside: costs 100",
		},
		"en-first": {
			"number P 88/13 first 2014-04-29 this=true",
			"number PPS 41/12 prosecution 2012-10-15 this=false",
			"Basic Court of Prizren, P 88/13, 2014-04-29: convicted",
			"P.M.: Trafficking in Persons 139/1 CCK co_perpetration: guilty",
			"P.M.: prison 3y",
			"P.M.: fine 2000",
			"P.M.: Organised Crime 274/1 CCK: guilty",
			"P.M.: prison 7y",
			"P.M. single: prison 8y",
			"A.G.: Trafficking in Persons 139/1 CCK: acquitted",
			"beside: costs 300",
		},
	} {
		got := facts(Propose(texts[name]))
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s:\n got %s\nwant %s", name, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
		}
	}
}

// checkQuotes: every value has a quotation that stands in the text at its place, and a doubt exactly where it is not sure.
func checkQuotes(t *testing.T, text string, p Proposal) {
	t.Helper()
	p.Each(func(f Field) {
		q := f.Quote
		switch {
		case q.Start < 0 || q.End > len(text) || q.Start >= q.End:
			t.Errorf("%s: quotation at %d to %d of %d", f.Path, q.Start, q.End, len(text))
		case len(p.Names) == 0 && strings.ToValidUTF8(text[q.Start:q.End], "?") != q.Text:
			t.Errorf("%s: quotation %q, the text has %q", f.Path, q.Text, text[q.Start:q.End])
		case !utf8.ValidString(q.Text):
			t.Errorf("%s: quotation is no UTF-8: %q", f.Path, q.Text)
		}
		if f.Sure == (f.Doubt != "") {
			t.Errorf("%s (%s): sure %v, doubt %q", f.Path, f.Rule, f.Sure, f.Doubt)
		}
	})
}

// Each value is found once, under the name of its place.
func TestEachNamesThePlaceOfEachValue(t *testing.T) {
	p := Propose(invented(t)["sq-first"])
	at := map[string]string{}
	p.Each(func(f Field) {
		if _, twice := at[f.Path]; twice {
			t.Errorf("%s comes twice", f.Path)
		}
		at[f.Path] = f.Text
	})
	for path, want := range map[string]string{
		"numbers.0.number":                          "PKR.nr.77/2023",
		"decisions.0.date":                          "2024-03-12",
		"decisions.0.defendants.0.initials":         "A.B.",
		"decisions.0.defendants.0.counts.0.article": "165",
		"decisions.0.defendants.0.counts.0.forms.0": "co_perpetration",
		"decisions.0.defendants.0.counts.0.fine":    "1000000",
		"decisions.0.defendants.1.counts.0.verdict": "acquitted",
		"decisions.0.mitigation.0.ground":           "pranimin e pjesshëm të fajësisë",
		"asides.1.amount":                           "5000",
		"published":                                 "më datë 12.03.2024 mori dhe shpalli publikisht",
	} {
		if at[path] != want {
			t.Errorf("%s is %q, want %q", path, at[path], want)
		}
	}
}

func TestQuotationsStandInTheText(t *testing.T) {
	texts := labelledTexts(t)
	for name, text := range texts {
		p := Propose(text)
		checkQuotes(t, text, p)
		if p.Language != name[:2] || p.Kind != Criminal || p.This < 0 {
			t.Errorf("%s: language %s, %s, decision at hand %d", name, p.Language, p.Kind, p.This)
		}
	}
}

// Full names are reduced before anything is returned, and their places are told for redaction, in other cases of declension too.
func TestFullNamesAreReduced(t *testing.T) {
	for name, persons := range map[string][]string{
		"sq-first":          {"Berisha", "Xhemajli", "Kelmendi"},
		"sr-first-cyrillic": {"Петровић", "Николић"},
		"sr-first-names":    {"VUJIČIĆ", "Vujičić", "Nikčević"},
		"en-first":          {"Markovic", "Gashi"},
	} {
		text := invented(t)[name]
		p := Propose(text)
		everything := fmt.Sprintf("%+v", p)
		hidden := []byte(text)
		for _, s := range p.Names {
			for i := s.Start; i < s.End; i++ {
				hidden[i] = '*'
			}
		}
		for _, person := range persons {
			if strings.Contains(everything, person) {
				t.Errorf("%s: %s stands in what is proposed", name, person)
			}
			if strings.Contains(string(hidden), person) {
				t.Errorf("%s: a place of %s is not told", name, person)
			}
		}
	}
}
