package story

import (
	"fmt"
	"strings"
	"testing"
)

const top = "---\nstory: a-name\nauthor: Somebody\ndate: 2026-11-20\n---\n"

func read(t testing.TB, file string) (*File, []Problem) {
	t.Helper()
	f, problems, err := Read(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return f, problems
}

func told(problems []Problem) string {
	var list []string
	for _, p := range problems {
		list = append(list, fmt.Sprintf("%d %s", p.Line, p.Code))
	}
	return strings.Join(list, ", ")
}

func TestReadAStory(t *testing.T) {
	f, problems := read(t, "\ufeff"+strings.ReplaceAll(top+`
--- en

# A title

Of {{value persons_convicted year=2017}} persons.

{{claim small-talk-2018 3}}

--- sq
# Një titull
Prej {{value persons_convicted year=2017}}.

{{claim small-talk-2018 3}}
`, "\n", "\r\n"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if f.Name != "a-name" || f.Author != "Somebody" || f.Date.String() != "2026-11-20" || f.Titles != (Words{EN: "A title", SQ: "Një titull"}) {
		t.Errorf("the top was read as %+v", f)
	}
	if want := "Of {{value persons_convicted year=2017}} persons.\n\n{{claim small-talk-2018 3}}\n"; f.Texts.EN != want {
		t.Errorf("the text is %q, want %q", f.Texts.EN, want)
	}
	var list []string
	for _, ref := range f.References {
		list = append(list, fmt.Sprintf("%d %s", ref.Line, ref.Named()))
	}
	want := "11 value persons_convicted year=2017; 13 claim small-talk-2018 3; 17 value persons_convicted year=2017; 19 claim small-talk-2018 3"
	if got := strings.Join(list, "; "); got != want {
		t.Errorf("placed is\n%s\nwant\n%s", got, want)
	}
}

// Every row is refused at its line.
func TestWhatAStoryMustNotHold(t *testing.T) {
	text := func(lines string) string { return top + "--- en\n# Title\n" + lines } // lines begin with line 8
	for _, row := range []struct{ name, file, want string }{
		{"no top", "# Title\n", "1 story_header, 1 story_no_language"},
		{"a top without end", "---\nstory: a\nauthor: b\ndate: 2026-01-01\n", "4 story_no_language, 5 story_header"},
		{"no date", "---\nstory: a\nauthor: b\n---\n--- en\n# T\nt\n", "4 story_header"},
		{"an impossible date", "---\nstory: a\nauthor: b\ndate: 2026-02-30\n---\n--- en\n# T\nt\n", "4 story_header"},
		{"a line of the top that nobody knows", "---\nstory: a\nauthor: b\ndate: 2026-01-01\nmood: c\n---\n--- en\n# T\nt\n", "5 story_header"},
		{"a name twice", "---\nstory: a\nstory: c\nauthor: b\ndate: 2026-01-01\n---\n--- en\n# T\nt\n", "3 story_header"},
		{"no language", top + "# Title\n\nText\n", "6 story_no_language"},
		{"a language of others", top + "--- de\n# Titel\nText\n--- en\n# T\nt\n", "6 story_no_language"},
		{"Cyrillic is derived, not a part of its own", top + "--- sr-Cyrl\n# T\nt\n", "6 story_no_language"},
		{"a language twice", top + "--- en\n# T\nt\n--- en\n# T\nt\n", "9 story_twice"},
		{"no title", top + "--- en\n\nText\n", "6 story_no_title"},
		{"no text", top + "--- en\n# Title\n\n", "6 story_empty"},
		{"Serbian in Cyrillic", top + "--- sr\n# Naslov\nОво је текст\n", "6 story_cyrillic"},
		{"bytes that are no text", text("a\xff\n"), "8 story_not_text"},
		{"control characters", text("a\x1b[31m\n"), "8 story_not_text"},
		{"signs that turn the text around", text("a\u202eb\n"), "8 story_not_text"},
		{"a script", text("Text\n\n<script>alert(1)</script>\n"), "10 story_html"},
		{"a script in a sentence", text("Text <script>alert(1)</script>\n"), "8 story_html, 8 story_html"},
		{"an element with a handler", text("Text\n<b onclick=x>bold</b>\n"), "9 story_html, 9 story_html"},
		{"a comment", text("a <!-- b -->\n"), "8 story_html"},
		{"an image", text("![a](https://example.org/a.png)\n"), "8 story_picture"},
		{"an image by reference", text("![a]\n\n[a]: https://example.org/a.png\n"), "8 story_picture"},
		{"a link that runs", text("\n[a](javascript:alert(1))\n"), "9 story_link"},
		{"the same in disguise", text("[a](JaVaScRiPt&colon;alert(1)) [b](&#106;avascript:alert(1))\n"), "8 story_link, 8 story_link"},
		{"a link with data", text("[a](data:text/html;base64,PHNjcmlwdD4=)\n"), "8 story_link"},
		{"a link to a host without a scheme", text("[a](//example.org)\n"), "8 story_link"},
		{"a link with somebody's password", text("[a](https://me:secret@example.org)\n"), "8 story_link"},
		{"a link that runs, between angle brackets", text("<javascript:alert(1)>\n"), "8 story_link"},
		{"an address for letters", text("<somebody@example.org>\n"), "8 story_link"},
		{"a heading like the title", text("# Again\n"), "8 story_heading"},
		{"a heading too small", text("#### Small\n"), "8 story_heading"},
		{"lists in lists in lists", text(strings.Repeat(" ", 44) + "- a\n"), "8 story_too_deep"},
		{"quotations in quotations", text(strings.Repeat(">", 60) + " a\n"), "8 story_too_deep"},
		{"a paragraph without end", text("a\n\n" + strings.Repeat("word\n", maxParagraph/5+1)), "10 story_paragraph"},
		{"a placement nobody knows", text("{{picture a}}\n"), "8 story_unknown"},
		{"an empty one", text("{{}}\n"), "8 story_unknown"},
		{"no figure named", text("{{figure}}\n"), "8 story_arguments"},
		{"an option of another", text("{{figure persons_convicted year=2017}}\n"), "8 story_arguments"},
		{"a claim by no number", text("{{claim small-talk-2018 third}}\n"), "8 story_arguments"},
		{"a quotation without words", text("{{quote some-source}}\n"), "8 story_arguments"},
		{"words that do not end", text(`{{quote some-source "the words}}` + "\n"), "8 story_arguments"},
		{"a chart from elsewhere", text("{{chart https://example.org/a.svg}}\n"), "8 story_arguments"},
		{"a claim in a sentence", text("As in {{claim small-talk-2018 3}} above\n"), "8 story_not_alone"},
		{"a claim in a list", text("- {{claim small-talk-2018 3}}\n"), "8 story_not_alone"},
		{"a placement left open", text("There were {{value persons_convicted\n"), "8 story_not_in_line"},
		{"a figure that one language lacks", top + "--- en\n# T\n{{figure judgments}}\n--- sq\n# T\nt\n", "8 story_differs"},
		{"too long in one language", text(strings.Repeat("word\n\n", MaxText/6+1)), "6 story_too_large"},
		{"too long", top + strings.Repeat("a", maxFile), "0 story_too_large"},
	} {
		t.Run(row.name, func(t *testing.T) {
			if _, problems := read(t, row.file); told(problems) != row.want {
				t.Errorf("%v, want %s", problems, row.want)
			}
		})
	}
}

func TestOfVeryManyProblemsTheFirstAreTold(t *testing.T) {
	if problems := Parse(strings.Repeat("{{\n\n", 2000)).Problems(); len(problems) != maxProblems || problems[1].Line != 3 {
		t.Errorf("%d problems are told, want %d; the second at line %d", len(problems), maxProblems, problems[1].Line)
	}
}

func TestWhatIsFineInAStory(t *testing.T) {
	for _, text := range []string{
		"a *b* **c** `d` [e](claims/small-talk-2018) [f](https://example.org/?a=b&c=d#e) <https://example.org>\n",
		"## Part\n\n### Point\n\n- a\n  - b\n    - c\n\n1. d\n\n> quoted\n\n---\n\n    code\n",
		strings.Repeat("-", 70) + "\n",
		"`{{claim small-talk-2018 3}}` and \\{{not placed}}\n",
		"{{value persons_convicted}} begins a line\n",
		"text\n{{figure judgments}}\ntext\n",
		"{{quote k20-small-talk-2018 \"There is a minimum penalty\"}}\n",
		"{{quote k20-small-talk-2018 “There is a minimum penalty”}}\n",
		"a < b and 3 > 2, AT&T\n",
	} {
		if _, problems := read(t, top+"--- en\n# Title\n"+text); len(problems) > 0 {
			t.Errorf("%q: %v", text, problems)
		}
	}
}

func TestWordsTakenOutOfAQuotation(t *testing.T) {
	text := "Before\n\n{{quote one \"secret words\"}}\n{{quote other \"kept words\"}}\nAfter\n"
	got := WithoutWords(text, func(r *Reference) string { return map[string]string{"one": "id-of-one"}[r.Args[0]] })
	want := "Before\n\n{{quote id-of-one \"…\"}}\n{{quote other \"kept words\"}}\nAfter\n"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	refs := Parse(got).References()
	if len(refs) != 2 || refs[0].Words != Left || refs[1].Words != "kept words" {
		t.Errorf("what is left is read as %+v", refs)
	}
}
