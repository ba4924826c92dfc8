package batch

import (
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/locale"

	"github.com/google/go-cmp/cmp"
)

func TestMessagesAreComplete(t *testing.T) {
	all := catalogues()
	keys := slices.Sorted(maps.Keys(all[locale.EN]))
	if len(keys) < 40 {
		t.Fatalf("only %d messages", len(keys))
	}
	marks := regexp.MustCompile(`\{\w+\}`)
	for _, l := range []locale.Lang{locale.SQ, locale.SRLatn} {
		if diff := cmp.Diff(keys, slices.Sorted(maps.Keys(all[l]))); diff != "" {
			t.Errorf("%s: %s", l, diff)
		}
		for _, key := range keys {
			in, en := marks.FindAllString(all[l][key], -1), marks.FindAllString(all[locale.EN][key], -1)
			slices.Sort(in)
			slices.Sort(en)
			if !slices.Equal(in, en) {
				t.Errorf("%s %s: placeholders %v, in English %v", l, key, in, en)
			}
		}
	}
	source, err := os.ReadFile("reason.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`Code = "(\w+)"`).FindAllStringSubmatch(string(source), -1) {
		if _, ok := all[locale.EN]["reason."+m[1]]; !ok {
			t.Errorf("the code %s has no message", m[1])
		}
	}
}

func TestCyrillicLeavesWhatWasFoundAlone(t *testing.T) {
	got := Reason{Code: DoubtCourt, Detail: "Basic Court"}.Text(locale.SR)
	if !strings.Contains(got, "Basic Court") || !strings.Contains(got, "суд") {
		t.Error(got)
	}
}

func TestPath(t *testing.T) {
	for _, row := range []struct {
		from, to record.State
		want     []record.State
	}{
		{"", record.Published, []record.State{record.Published}},
		{record.Draft, record.Published, []record.State{record.Submitted, record.Verified, record.Published}},
		{record.Withdrawn, record.Verified, []record.State{record.Draft, record.Submitted, record.Verified}},
		{record.Published, record.Published, []record.State{record.Published}},
		{record.Published, record.Verified, []record.State{record.Draft, record.Submitted, record.Verified}},
		{record.Withdrawn, record.Withdrawn, nil},
		{"", record.Withdrawn, nil},
	} {
		got := Path(row.from, row.to)
		if !slices.Equal(got, row.want) {
			t.Errorf("Path(%q, %q) = %v, want %v", row.from, row.to, got, row.want)
		}
	}
	for _, from := range record.States() {
		for _, to := range record.States() {
			at := from
			for i, s := range Path(from, to) {
				if !at.CanBecome(s) || s == record.Published && to != record.Published {
					t.Errorf("Path(%q, %q): step %d is %s", from, to, i, s)
				}
				at = s
			}
		}
	}
}

func TestCourts(t *testing.T) {
	c := newCourts()
	for id, in := range map[string]*record.Institution{
		"supreme_court":         {Names: record.Names{EN: "Supreme Court", SQ: "Gjykata Supreme e Kosovës", SR: "Vrhovni sud"}, Type: "court"},
		"court_of_appeals":      {Names: record.Names{EN: "Court of Appeals", SQ: "Gjykata e Apelit e Kosovës", SR: "Apelacioni sud Kosova"}, Type: "court"},
		"basic_court_prishtina": {Names: record.Names{EN: "Basic Court of Pristina", SQ: "Gjykata Themelore në Prishtinë"}, Type: "court"},
		"basic_court_peja":      {Names: record.Names{EN: "Basic Court of Peja/Peć"}, Type: "court", Aliases: []string{"Court number five"}},
		"basic_court_gjakova":   {Names: record.Names{EN: "Basic Court of Gjakova/Đakovica"}, Type: "court"},
		"district_court_peja":   {Names: record.Names{EN: "District Court of Peja"}, Type: "court"},
		"dept_general":          {Names: record.Names{EN: "General Department"}, Type: "court department"},
		"moj":                   {Names: record.Names{EN: "Ministry of Justice"}, Type: "ministry"},
	} {
		c.add(id, in)
	}
	for text, want := range map[string]string{
		"Pristina": "basic_court_prishtina", "Prishtinë": "basic_court_prishtina", "Priština": "basic_court_prishtina", "Приштина": "basic_court_prishtina",
		"Gjykata Themelore Prishtinë": "basic_court_prishtina", "Osnovni sud u Prištini": "basic_court_prishtina", "Basic court in Prishtina": "basic_court_prishtina",
		"Peja": "", "Basic Court of Peć": "basic_court_peja", "Gjykata e Qarkut në Pejë": "district_court_peja", "court number five": "basic_court_peja",
		"Court of Appeals": "court_of_appeals", "Gjykata e Apelit": "court_of_appeals", "Apelacioni sud": "court_of_appeals", "Appeals Court of Kosovo": "court_of_appeals",
		"Gjykata Supreme": "supreme_court", "Vrhovni sud Kosova": "supreme_court", "Đakovica": "basic_court_gjakova",
		"District Court": "", "District Court of Prizren": "", "Ministry of Justice": "", "General Department": "", "": "", "court": "",
	} {
		if got := c.find(text); got != want {
			t.Errorf("find(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestParseSource(t *testing.T) {
	for text, want := range map[string][4]string{
		"Title of it. Publisher (P), 2013-04-29. http://example.org/a?b=c":                 {"Title of it", "Publisher (P)", "2013-04-29", "http://example.org/a?b=c"},
		"Text: U.N. Mission on Convictions. UNMIK, via X, 2001-02-07. https://e.org/1.htm": {"Text: U.N. Mission on Convictions", "UNMIK, via X", "2001-02-07", "https://e.org/1.htm"},
		"Women and Justice: Ap.-Kz. Nr. 466/2011 (2012). Cornell. https://e.org":           {"Women and Justice: Ap.-Kz. Nr. 466/2011 (2012)", "Cornell", "", "https://e.org"},
		"https://e.org/only": {"https://e.org/only", "", "", "https://e.org/only"},
		"A title alone":      {"A title alone", "", "", ""},
		"Report of 2017":     {"Report of 2017", "", "", ""},
		"2017":               {"2017", "", "", ""},
	} {
		s := ParseSource(text)
		if got := [4]string{s.Title, s.Publisher, s.Published.String(), s.Address}; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
		if faults := s.Validate(false); len(faults) > 0 {
			t.Errorf("%q: %v", text, faults)
		}
	}
}

func TestChainsKeepCourtsApart(t *testing.T) {
	k := newKnown()
	k.key = &ledger.IDKey{1}
	c := newCases(k.id)
	for _, court := range []string{"basic_court_prizren", "basic_court_prishtina", "court_of_appeals", "supreme_court"} {
		c.court(court)
	}
	c.add(k.id(record.CaseKind, "p-309-2010-prishtina"), []string{"P 309/10", "P 340/10", "PAKR 52/14"})
	c.add(k.id(record.CaseKind, "the-bar"), []string{"P 7/10"})
	for _, row := range []struct {
		keys  []string
		court string
		want  int
	}{
		{[]string{"p-309-2010"}, "basic_court_prishtina", 1},
		{[]string{"p-309-2010"}, "basic_court_prizren", 0},
		{[]string{"p-340-2010"}, "basic_court_prizren", 0},
		{[]string{"pakr-52-2014"}, "court_of_appeals", 1},
		{[]string{"pakr-52-2014"}, "supreme_court", 1},
		{[]string{"p-1-2010"}, "basic_court_prishtina", 0},
		{[]string{"p-7-2010"}, "basic_court_prizren", 1}, // a case that a file named otherwise may be anywhere
	} {
		if got := c.find(row.keys, row.court, "own"); len(got) != row.want {
			t.Errorf("find(%v, %s) = %v", row.keys, row.court, got)
		}
	}
}

func TestDifferences(t *testing.T) {
	got, err := differences([]byte(`{"a":1,"b":{"c":[true,"x"]},"d":"gone"}`), []byte(`{"a":1,"b":{"c":[true,"y","z"]}}`))
	want := []Difference{{"b.c[1]", "x", "y"}, {"b.c[2]", "", "z"}, {"d", "gone", ""}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

func TestPreviews(t *testing.T) {
	it := &Item{Kind: record.JudgmentKind, ID: "x", Class: Doubtful, As: Changed, Lines: []int{2, 3, 4, 7},
		Doubts: []Reason{{Code: DoubtNoDate, Line: 2}, {Code: DoubtNoDate, Line: 2}}, Differences: []Difference{{"date", "2020", "\x1b[31m"}}}
	for _, l := range locale.All {
		var text, lines strings.Builder
		for _, p := range []Preview{TextPreview(&text, l), JSONPreview(&lines, l)} {
			if err := p.Item(it); err != nil {
				t.Fatal(err)
			}
			if err := p.Summary(Summary{Classes: map[Class]int{Doubtful: 1}, DryRun: true}); err != nil {
				t.Fatal(err)
			}
		}
		if strings.Contains(text.String(), "{") || strings.Contains(text.String(), "\x1b") || !strings.Contains(text.String(), "2-4, 7") {
			t.Errorf("%s: %s", l, text.String())
		}
		for line := range strings.Lines(lines.String()) {
			var any map[string]any
			if err := json.Unmarshal([]byte(line), &any); err != nil {
				t.Errorf("%s: %v: %s", l, err, line)
			}
		}
	}
}
