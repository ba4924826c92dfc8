package law_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"fener/law"
)

// wholePack and wholeCode are a pack without a fault; each row of the tests
// below breaks one thing in them.
const (
	wholePack = `pack: XX
names: {en: Test}
offences:
- {id: a, names: {en: theft}}
- {id: b, names: {en: robbery}}
`
	wholeCode = `instrument: 1/L
kind: criminal_code
names: {en: Code}
in_force:
  {from: 2001-01-01, to: 2009-12-31}
provisions:
- ref: 10(1)
  names: {en: theft}
  offence: a
  variant: basic
  punishment:
    imprisonment:
      from: 1y
      to: 5y
    fine:
      joined: and
      from: 100
      to: 900
  text: A thief is punished.
  language: en
- {ref: "1", names: {en: rules}}
general:
  imprisonment:
    article: "1"
    from: 30d
    to: 20y
  fine:
    article: "1"
    from: 100
    to: 10000
    higher: 50000
    higher_for: [b]
  mitigation:
    known: true
    article: "1"
    grounds:
      plea: "1"
    floors:
    - article: "1"
      minimum: 5y
      floor: 3y
    - article: "1"
      minimum: 1y
      floor: 3m
    fine_floor:
      article: "1"
      amount: 100
  suspension:
    known: true
    article: "1"
    offence_up_to: 5y
    mitigated_article: "1"
    offence_up_to_mitigated: 10y
    sentence_article: "1"
    sentence_up_to: 2y
    verification_article: "1"
    verification_from: 1y
    verification_to: 5y
  replacement_by_fine:
    known: true
    article: "1"
    up_to: 6m
    consent: true
  community_work:
    known: true
    article: "1"
    up_to: 1y
    fine_up_to: 2500
  attempt:
    known: true
    article: "1"
    may_mitigate: true
  joinder:
    known: true
    article: "1"
    to: 20y
    short_article: "1"
    short_up_to: 3y
    short_to: 8y
  juvenile:
    known: true
    article: "1"
    offence_article: "1"
    offence_over: 5y
    from: 6m
    to: 5y
    exceptional: 10y
  publication:
    article: "1"
    within: 60d
`
	nextCode = `instrument: 2/L
kind: criminal_code
names: {en: Second Code}
in_force:
  from: 2010-01-01
provisions:
- {ref: 20(1), names: {en: theft}, offence: a, variant: basic, punishment: {imprisonment: {from: 1y, to: 5y}}}
`
)

func wholeFiles() fstest.MapFS {
	return fstest.MapFS{
		"pack.yaml": {Data: []byte(wholePack)}, "code.yaml": {Data: []byte(wholeCode)},
		"next.yaml": {Data: []byte(nextCode)},
	}
}

// change replaces one text of a file; the files are wrong about themselves
// where it does not stand there exactly once.
func change(t *testing.T, files fstest.MapFS, file, old, into string) {
	t.Helper()
	text := string(files[file].Data)
	if n := strings.Count(text, old); n != 1 {
		t.Fatalf("%s holds %q %d times, expected once", file, old, n)
	}
	files[file] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, into, 1))}
}

func TestAWholePackLoads(t *testing.T) {
	if _, err := law.Load(wholeFiles()); err != nil {
		t.Fatal(err)
	}
}

// Every mistake in a pack is refused with its file, its line and what to write.
func TestABrokenPackIsRefusedByFileAndLine(t *testing.T) {
	for _, c := range []struct{ name, file, old, into, want string }{
		{"a key that nobody knows", "code.yaml", "provisions:", "provison:", `code.yaml:6: provison: unknown key "provison": expected one of`},
		{"a comma that was meant as text", "next.yaml", "names: {en: theft}", "names: {en: theft, of a horse}", "next.yaml:7: provisions[0].names.of a horse: a comma inside braces begins a new key: put a text with a comma into quotes"},
		{"a key without a value", "code.yaml", "kind: criminal_code", "kind:", "code.yaml:2: kind: nothing is written here"},
		{"an empty punishment", "code.yaml", "punishment:\n    imprisonment:\n      from: 1y\n      to: 5y\n    fine:\n      joined: and\n      from: 100\n      to: 900\n", "punishment:\n", "code.yaml:11: provisions[0].punishment: nothing is written here"},
		{"a punishment of nothing", "code.yaml", "punishment:\n    imprisonment:\n      from: 1y\n      to: 5y\n    fine:\n      joined: and\n      from: 100\n      to: 900\n", "punishment: {}\n", "code.yaml:11: provisions[0].punishment: nothing is written here"},
		{"an offence without a punishment", "next.yaml", ", punishment: {imprisonment: {from: 1y, to: 5y}}", "", "next.yaml:7: provisions[0]: 2/L:20(1): punishment is missing: write imprisonment: {from: unknown"},
		{"an offence without a variant", "next.yaml", ", variant: basic", "", "next.yaml:7: provisions[0]: 2/L:20(1): variant is missing: write basic"},
		{"no such group", "next.yaml", "offence: a", "offence: zz", `next.yaml:7: provisions[0].offence: 2/L:20(1): no offence group "zz"`},
		{"a punishment for no offence", "next.yaml", "offence: a, variant: basic, ", "", "next.yaml:7: provisions[0]: 2/L:20(1) prescribes a punishment but names no offence group"},
		{"no minimum written", "code.yaml", "      from: 1y\n", "", "code.yaml:12: provisions[0].punishment.imprisonment: from is missing: write the minimum: a length such as 5y, none"},
		{"no maximum written", "code.yaml", "      to: 5y\n", "", "code.yaml:12: provisions[0].punishment.imprisonment: to is missing: write the maximum"},
		{"life as a minimum", "code.yaml", "from: 1y\n      to", "from: life\n      to", "code.yaml:13: provisions[0].punishment.imprisonment.from: 1/L:10(1): life is no minimum"},
		{"no way to join the fine", "code.yaml", "      joined: and\n", "", "provisions[0].punishment.fine: joined is missing: write and, or"},
		{"a fine below zero", "code.yaml", "from: 100\n      to: 900", "from: -100\n      to: 900", "code.yaml:17: provisions[0].punishment.fine.from: -100 is below zero"},
		{"a fine that ends below its start", "code.yaml", "to: 900", "to: 90", "code.yaml:15: provisions[0].punishment.fine: 1/L:10(1): fine from 100 to 90 ends below its start"},
		{"a fine with cents", "code.yaml", "to: 900", "to: 900.5", "code.yaml:18: provisions[0].punishment.fine.to: 900.5 is no whole number"},
		{"a fine in words", "code.yaml", "to: 900", "to: nine hundred", "code.yaml:18: provisions[0].punishment.fine.to:"},
		{"a range that ends below its start", "code.yaml", "from: 1y\n      to: 5y", "from: 6y\n      to: 5y", "code.yaml:12: provisions[0].punishment.imprisonment: 1/L:10(1): imprisonment from 6y to 5y ends below its start"},
		{"a length that is none", "code.yaml", "from: 1y\n      to: 5y", "from: soon\n      to: 5y", `code.yaml:13: provisions[0].punishment.imprisonment.from: "soon" is not a length`},
		{"a length without its unit", "code.yaml", "sentence_up_to: 2y", "sentence_up_to: 2", `general.suspension.sentence_up_to: "2" is not a length`},
		{"a length of zero", "code.yaml", "sentence_up_to: 2y", "sentence_up_to: 0d", "general.suspension.sentence_up_to: a limit is a length such as 5y, over 5y or under 5y"},
		{"yes is not true", "code.yaml", "consent: true", "consent: yes", "general.replacement_by_fine.consent:"},
		{"a reference that is none", "code.yaml", "ref: 10(1)", "ref: first", `code.yaml:7: provisions[0].ref: "first" is not a reference`},
		{"a provision without a heading", "code.yaml", `{ref: "1", names: {en: rules}}`, `{ref: "1"}`, "code.yaml:21: provisions[1]: names is missing"},
		{"an empty provision", "code.yaml", `- {ref: "1", names: {en: rules}}`, "-", "provisions[1]: nothing is written here"},
		{"a provision twice", "code.yaml", `- {ref: "1", names: {en: rules}}`, "- {ref: \"1\", names: {en: rules}}\n- {ref: \"1\", names: {en: again}}", "code.yaml:22: provisions[2]: 1/L:1 stands twice for the same day, also at 1/L:1 (code.yaml:21)"},
		{"an offence twice", "next.yaml", "- {ref: 20(1)", "- {ref: 20(2), names: {en: theft}, offence: a, variant: basic, punishment: {imprisonment: {from: 1y, to: 5y}}}\n- {ref: 20(1)", "next.yaml:8: provisions[1]: 2/L:20(2) (next.yaml:7) and 2/L:20(1) are both a, basic, on the same day"},
		{"a text without its language", "code.yaml", "  language: en\n", "", "code.yaml:7: provisions[0]: 1/L:10(1) quotes a text: write its language:"},
		{"a language that is none", "code.yaml", "language: en", "language: english", `code.yaml:20: provisions[0].language: "english" is no language`},
		{"a language of nothing", "code.yaml", "  text: A thief is punished.\n", "", "provisions[0].language: 1/L:10(1) names a language but quotes no text"},
		{"a kind that is none", "code.yaml", "kind: criminal_code", "kind: statute-book", `code.yaml:2: kind: "statute-book" is no kind of instrument: expected one of criminal_code`},
		{"no kind", "code.yaml", "kind: criminal_code\n", "", "code.yaml:1: the file: kind is missing: write one of criminal_code"},
		{"no number", "code.yaml", "instrument: 1/L\n", "", "code.yaml:1: the file: instrument is missing: write the number"},
		{"no date", "next.yaml", "in_force:\n  from: 2010-01-01\n", "", "next.yaml:1: in_force: 2/L prescribes punishments: write the day since when"},
		{"a year for a day", "next.yaml", "2010-01-01", "'2010'", "next.yaml:5: in_force.from: 2/L: 2010 is no day: write the full day"},
		{"the end before the start", "next.yaml", "2010-01-01", "2010-01-01\n  to: 2009-01-01", "next.yaml:6: in_force.to: 2/L: in force until 2009-01-01, before its start 2010-01-01"},
		{"two codes on one day", "code.yaml", "2009-12-31", "2010-01-01", "next.yaml:4: in_force: 1/L and 2/L are in force on the same day"},
		{"a gap between two codes", "code.yaml", "2009-12-31", "2009-12-30", "next.yaml:5: in_force.from: between 1/L, in force until 2009-12-30, and 2/L, in force from 2010-01-01, no code would apply"},
		{"an older code without an end", "code.yaml", ", to: 2009-12-31", "", "code.yaml:4: in_force: 1/L: another code follows: write the last day"},
		{"an amendment of nothing", "next.yaml", "kind: criminal_code", "kind: amendment", "next.yaml:2: kind: 2/L is an amendment: write amends:"},
		{"an amendment of what is not there", "next.yaml", "kind: criminal_code", "kind: amendment\namends: 9/L", `next.yaml:3: amends: no instrument "9/L" in the pack`},
		{"an amendment of itself", "next.yaml", "kind: criminal_code", "kind: amendment\namends: 2/L", "next.yaml:3: amends: 2/L cannot amend itself"},
		{"a code that amends", "next.yaml", "kind: criminal_code", "kind: criminal_code\namends: 1/L", "next.yaml:3: amends: 2/L is no amendment"},
		{"one name for two laws", "next.yaml", "kind: criminal_code", "kind: criminal_code\naliases: [Other, 1/L]", `next.yaml:3: aliases[1]: 1/L and 2/L are both called "1/L"`},
		{"a place that is not there", "code.yaml", "  publication:\n    article: \"1\"", "  publication:\n    article: 73(2)", "general.publication.article: cites 73(2), which the file does not hold"},
		{"a rule without its place", "code.yaml", "  publication:\n    article: \"1\"\n", "  publication:\n", "general.publication: article is missing: write the place"},
		{"a rule that nobody says was read", "code.yaml", "  attempt:\n    known: true\n", "  attempt:\n", "general.attempt: known is missing: write known: true where the rule was read"},
		{"a rule that nobody read, with a value", "code.yaml", "  attempt:\n    known: true\n", "  attempt:\n    known: false\n", "general.attempt.may_mitigate: known is false, so nothing may rest on this"},
		{"general bounds without an end", "code.yaml", "    to: 20y\n  fine:", "  fine:", "general.imprisonment: to is missing: write the general maximum"},
		{"general bounds upside down", "code.yaml", "from: 30d\n    to: 20y", "from: 30y\n    to: 20y", "general.imprisonment.to: 20y lies below 30y"},
		{"a fine without an upper bound", "code.yaml", "    to: 10000\n", "", "general.fine: to is missing: write the highest fine"},
		{"a higher fine for nothing", "code.yaml", "    higher_for: [b]\n", "", "general.fine.higher: nothing says for what"},
		{"a higher fine without its amount", "code.yaml", "    higher: 50000\n", "", "general.fine: higher is missing"},
		{"a higher fine that is lower", "code.yaml", "higher: 50000", "higher: 5000", "general.fine.higher: 5000 lies below the ordinary upper bound, 10000"},
		{"a higher fine for no group", "code.yaml", "higher_for: [b]", "higher_for: [zz]", `general.fine.higher_for[0]: no offence group "zz"`},
		{"no floors", "code.yaml", "    floors:\n    - article: \"1\"\n      minimum: 5y\n      floor: 3y\n    - article: \"1\"\n      minimum: 1y\n      floor: 3m\n", "", "general.mitigation.grounds.plea: how far it goes is missing: write floor: none, a length or a part"},
		{"an empty table of floors", "code.yaml", "    floors:\n    - article: \"1\"\n      minimum: 5y\n      floor: 3y\n    - article: \"1\"\n      minimum: 1y\n      floor: 3m\n", "    floors: []\n", "general.mitigation.grounds.plea: how far it goes is missing"},
		{"a floor row without its floor", "code.yaml", "      floor: 3y\n", "", "general.mitigation.floors[0]: floor is missing: write the lowest sentence"},
		{"a floor above its minimum", "code.yaml", "floor: 3y", "floor: 6y", "general.mitigation.floors[0].floor: the floor 6y is above its minimum 5y"},
		{"floors in the wrong order", "code.yaml", "minimum: 1y", "minimum: 6y", "general.mitigation.floors[1].minimum: 6y stands after 5y"},
		{"a ground that is none", "code.yaml", "plea: \"1\"", "kindness: \"1\"", `general.mitigation.grounds.kindness: "kindness" is no ground for mitigation`},
		{"a fine floor of nothing", "code.yaml", "      amount: 100\n", "", "general.mitigation.fine_floor: amount is missing"},
		{"a suspension without its ceiling", "code.yaml", "    offence_up_to: 5y\n", "", "general.suspension: offence_up_to is missing: write the highest maximum"},
		{"a suspension without its longest sentence", "code.yaml", "    sentence_up_to: 2y\n", "", "general.suspension: sentence_up_to is missing"},
		{"a verification time without its end", "code.yaml", "    verification_to: 5y\n", "", "general.suspension: verification_to is missing"},
		{"a verification time upside down", "code.yaml", "verification_from: 1y", "verification_from: 6y", "general.suspension.verification_to: 5y lies below 6y"},
		{"a replacement of any length", "code.yaml", "    up_to: 6m\n", "", "general.replacement_by_fine: up_to is missing"},
		{"community work of any length", "code.yaml", "    up_to: 1y\n", "", "general.community_work: up_to is missing"},
		{"a form with no rule", "code.yaml", "    may_mitigate: true\n", "", "general.attempt: may_mitigate is missing"},
		{"joinder without its bound", "code.yaml", "    short_to: 8y\n", "", "general.joinder: short_to is missing"},
		{"juveniles without a lower bound", "code.yaml", "    from: 6m\n", "", "general.juvenile: from is missing: write the shortest juvenile imprisonment"},
		{"juveniles without an exception", "code.yaml", "    exceptional: 10y\n", "", "general.juvenile: exceptional is missing"},
		{"a ceiling for the offence that mitigation does not raise", "code.yaml", "    offence_up_to_mitigated: 10y\n", "", "general.suspension: offence_up_to_mitigated is missing: write that maximum where mitigation is applied"},
		{"a ceiling that mitigation lowers", "code.yaml", "offence_up_to_mitigated: 10y", "offence_up_to_mitigated: 4y", "general.suspension.offence_up_to_mitigated: 4y lies below 5y"},
		{"a ceiling of mitigated sentences without its place", "code.yaml", "    mitigated_article: \"1\"\n", "", "general.suspension: mitigated_article is missing: write the place"},
		{"a ceiling that mitigation raises where there is none", "code.yaml", "offence_up_to: 5y", "offence_up_to: none", "without a ceiling for the offence, mitigation raises none"},
		{"life as the longest sentence suspended", "code.yaml", "sentence_up_to: 2y", "sentence_up_to: life", "general.suspension.sentence_up_to: life is no ceiling"},
		{"over a length as a ceiling", "code.yaml", "sentence_up_to: 2y", "sentence_up_to: over 2y", "general.suspension.sentence_up_to: over 2y is no ceiling"},
		{"a general minimum that nobody read", "code.yaml", "    from: 30d\n    to: 20y", "    from: unknown\n    to: 20y", "general.imprisonment.from: unknown is no general minimum"},
		{"no general maximum at all", "code.yaml", "    from: 30d\n    to: 20y", "    from: 30d\n    to: none", "general.imprisonment.to: none is no general maximum"},
		{"less than a length as a minimum", "code.yaml", "    from: 30d\n    to: 20y", "    from: under 30d\n    to: 20y", "general.imprisonment.from: under 30d is no minimum"},
		{"more than a length as a maximum", "code.yaml", "    from: 30d\n    to: 20y", "    from: 30d\n    to: over 20y", "general.imprisonment.to: over 20y is no maximum"},
		{"publication at any time", "code.yaml", "    within: 60d\n", "", "general.publication: within is missing"},
		{"a key twice", "code.yaml", "kind: criminal_code", "kind: criminal_code\nkind: other", "code.yaml:3"},
		{"a second document", "code.yaml", "general:\n", "---\ngeneral:\n", "code.yaml:23: a second document begins after the line ---"},
		{"a list for a value", "code.yaml", "kind: criminal_code", "kind: [criminal_code]", "code.yaml:2: kind: expected a single value"},
		{"a value for a list", "code.yaml", "higher_for: [b]", "higher_for: b", "general.fine.higher_for: expected a list"},
		{"merged keys", "next.yaml", "in_force:\n", "in_force:\n  <<: {to: 2012-01-01}\n", "in_force: merged keys (<<) are not read"},
		{"no YAML at all", "code.yaml", wholeCode, "! 0", "code.yaml"},
		{"nothing at all", "code.yaml", wholeCode, " \n", "code.yaml: the file is empty: expected keys and values"},
		{"comments alone", "code.yaml", wholeCode, "# to be written\n", "code.yaml: the file is empty"},
		{"a byte-order mark", "code.yaml", "instrument: 1/L", "\ufeffinstrument: 1/L", "code.yaml: the file begins with a byte-order mark, three invisible bytes that some editors add: save it as UTF-8 without BOM"},
		{"UTF-16", "code.yaml", wholeCode, "\xff\xfei\x00", "code.yaml: the file is saved as UTF-16"},
		{"an older encoding", "code.yaml", "names: {en: Code}", "names: {en: Kod\xeb}", "code.yaml: line 3 holds letters that are not UTF-8"},
		{"no offence groups", "pack.yaml", "offences:\n- {id: a, names: {en: theft}}\n- {id: b, names: {en: robbery}}\n", "", "pack.yaml:1: the file: offences is missing"},
		{"no code of the country", "pack.yaml", "pack: XX\n", "", "pack.yaml:1: the file: pack is missing"},
		{"a group twice", "pack.yaml", "id: b", "id: a", `pack.yaml:5: offences[1].id: offence group "a" stands twice`},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := wholeFiles()
			change(t, files, c.file, c.old, c.into)
			_, err := law.Load(files)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error is\n%v\nexpected it to say\n%s", err, c.want)
			}
			if err != nil && strings.Contains(err.Error(), "%!") {
				t.Errorf("a badly made message: %v", err)
			}
		})
	}
}

// A file that looks as if it belonged to the pack is never silently left out.
func TestFilesThatWouldNotBeReadAreNamed(t *testing.T) {
	for name, want := range map[string]string{
		"amendment.yml":      "amendment.yml: the name does not end in .yaml, so it is not read: rename it to amendment.yaml",
		"amendment.YAML":     "rename it to amendment.yaml",
		"amendment.yaml.txt": "rename it to amendment.yaml",
		"old/code.yaml":      "old/code.yaml: in a folder of its own, so it is not read: move it beside pack.yaml",
		"README.md":          "",
		".#code.yaml":        "",
		"code.yaml~":         "",
	} {
		t.Run(name, func(t *testing.T) {
			files := wholeFiles()
			delete(files, "next.yaml")
			files[name] = &fstest.MapFile{Data: []byte(nextCode)}
			_, err := law.Load(files)
			switch {
			case want == "" && err != nil:
				t.Error(err)
			case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
				t.Errorf("error is %v; expected it to say %s", err, want)
			}
		})
	}
}

// All mistakes of all files are told at once, each with its place.
func TestAllMistakesAreToldAtOnce(t *testing.T) {
	files := wholeFiles()
	change(t, files, "code.yaml", "    sentence_up_to: 2y\n", "")
	change(t, files, "code.yaml", "    short_to: 8y\n", "")
	change(t, files, "next.yaml", "kind: criminal_code\n", "")
	change(t, files, "pack.yaml", "pack: XX\n", "")
	_, err := law.Load(files)
	if err == nil {
		t.Fatal("loaded")
	}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != 4 {
		t.Errorf("%d mistakes told, expected 4:\n%v", len(lines), err)
	}
	for _, line := range lines {
		if !regexp.MustCompile(`^\w+\.yaml:\d+: `).MatchString(line) {
			t.Errorf("no file and line in %q", line)
		}
	}
}

// A worked case is read as strictly as the law.
func TestWorkedCasesAreReadStrictly(t *testing.T) {
	for text, want := range map[string]string{
		"- {name: x, reason: y, facts: {convicted: 10(1)}}":                                        "cases.yaml:1: [0]: expect is missing",
		"- {name: x, facts: {convicted: 10(1)}, expect: {outcomes: [within_range]}}":               "cases.yaml:1: [0]: reason is missing",
		"- {name: x, reason: y, facts: {convict: 10(1)}, expect: {outcomes: [within_range]}}":      `unknown key "convict"`,
		"- {name: x, reason: y, facts: {convicted: 10(1)}, expect: {outcomes: [lawful]}}":          `"lawful" is no outcome`,
		"-\n- {name: x, reason: y, facts: {convicted: 1}, expect: {outcomes: [within_range]}}":     "[0]: nothing is written here",
		"- {name: x, reason: y, facts: {convicted: 10(1)}, expect: {outcomes: []}}":                "outcomes is missing",
		"- {name: x, reason: y, facts: {committed: soon}, expect: {outcomes: [within_range]}}":     "cases.yaml:1: [0].facts.committed:",
		"- {name: x, reason: y, facts: {convicted: 10(1)}, expect: {minimum: 2y}}":                 "outcomes is missing",
		"---\n- {name: x, reason: y, facts: {verdict: x}, expect: {outcomes: [mitigated]}}\n---\n": "",
	} {
		files := wholeFiles()
		delete(files, "next.yaml")
		files["cases.yaml"] = &fstest.MapFile{Data: []byte(text)}
		pack, err := law.Load(files)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := pack.Cases(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error is %v; expected it to say %s", text, err, want)
		}
	}
}

func ExampleLoad() {
	_, err := law.Load(fstest.MapFS{
		"pack.yaml": {Data: []byte("pack: XX\nnames: {en: Example}\noffences:\n- {id: theft, names: {en: Theft}}\n")},
		"code.yaml": {Data: []byte("instrument: 1/2020\nkind: criminal_code\nnames: {en: Code}\nin_force: {from: 2020-01-01}\nprovisions:\n" +
			"- ref: 10(1)\n  names: {en: Theft}\n  offence: theft\n  variant: basic\n  punishment:\n    imprisonment: {from: 1y}\n")},
	})
	fmt.Println(err)
	// Output: code.yaml:11: provisions[0].punishment.imprisonment: to is missing: write the maximum: a length such as 12y, life, general where the provision sets no maximum, unknown where nobody read it
}
