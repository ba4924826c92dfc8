package desk

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fener/internal/account"
	"fener/locale"

	"github.com/google/go-cmp/cmp"
)

func readGuide(t *testing.T, l locale.Lang) *Guide {
	t.Helper()
	all, err := allGuides()
	if err != nil {
		t.Fatal(err)
	}
	return all[l]
}

var (
	tags    = regexp.MustCompile(`<[^>]*>`)
	latin   = regexp.MustCompile(`[A-Za-zčćšžđ]+`)
	allowed = []string{"Ctrl", "S"}
)

// Every role has a section in every language, no longer than a page; nothing in it is left in Latin letters where the page is in Cyrillic.
func TestEveryRoleHasAGuide(t *testing.T) {
	for _, l := range locale.All {
		g := readGuide(t, l)
		parts := map[account.Role]string{"everybody": string(g.All)}
		for r, text := range g.Roles {
			parts[r] = string(text)
		}
		if len(parts) != len(account.Roles)+1 {
			t.Errorf("%s has %d parts", l, len(parts))
		}
		for r, made := range parts {
			text := tags.ReplaceAllString(made, "")
			if n := len(strings.Fields(text)); n < 15 || n > 500 { // a page and a half, since contributors do two things: type, and confirm
				t.Errorf("%s: %s: %d words are no page", l, r, n)
			}
			if strings.Contains(text, "[[") || strings.Contains(text, "**") {
				t.Errorf("%s: %s: something was not read: %s", l, r, text)
			}
			if l != locale.SR {
				continue
			}
			for _, word := range latin.FindAllString(text, -1) {
				if !slices.Contains(allowed, word) {
					t.Errorf("%s: %s: %q is in Latin letters", l, r, word)
				}
			}
		}
	}
}

// The guides of all languages name the same buttons in the same order, so that none says less than another.
func TestGuidesNameTheSameButtons(t *testing.T) {
	keys := func(l locale.Lang) map[string][]string {
		text, err := guides.ReadFile("guides/" + string(l) + ".md")
		if err != nil {
			t.Fatal(err)
		}
		found := map[string][]string{}
		for part := range strings.SplitSeq(string(text), "\n## ") {
			role, _, _ := strings.Cut(part, "\n")
			if strings.Contains(role, " ") {
				role = "everybody"
			}
			for _, m := range regexp.MustCompile(`\[\[([a-z0-9_.]+)\]\]|\]\(([a-z]+)\)`).FindAllStringSubmatch(part, -1) { // buttons and pictures
				found[role] = append(found[role], m[1]+m[2])
			}
			found[role] = append(found[role], strings.Repeat("step ", len(regexp.MustCompile(`(?m)^\d+\. `).FindAllString(part, -1))))
		}
		return found
	}
	english := keys(locale.EN)
	if len(english["contributor"]) < 10 {
		t.Fatalf("the contributor's guide names only %v", english["contributor"])
	}
	for _, l := range []locale.Lang{locale.SQ, locale.SRLatn} {
		if diff := cmp.Diff(english, keys(l)); diff != "" {
			t.Errorf("%s names other buttons than English: %s", l, diff)
		}
	}
}

// What a guide says of a button is what stands on the button; one that there is not is an error, and words from a message are words.
func TestAGuideNamesWhatThereIs(t *testing.T) {
	has := func(key string) bool { return key == "known" }
	say := func(string) string { return "Save <now> & *here*" }
	made, err := guidePart("Press [[known]], `fener serve` <script>alert(1)</script>\n", locale.SR, locale.Cyrillic, say, has)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(made), "<b>Save &lt;now&gt; &amp; *here*</b>, <code>fener serve</code>"; !strings.Contains(got, want) || strings.Contains(got, "<script") {
		t.Errorf("got %s, want %s in it", got, want)
	}
	if _, err := guidePart("Press [[unknown]].", locale.SR, locale.Cyrillic, say, has); err == nil {
		t.Error("a button that there is not was let pass")
	}
	if _, err := ReadGuide(locale.EN, say, func(string) bool { return false }); err == nil {
		t.Error("a guide whose messages are gone was let pass")
	}
}

// Each picture that a guide names is there in each language, small, in the words of its page, and is described; none lies there that no guide names.
func TestPicturesOfTheGuides(t *testing.T) {
	shown, sum := map[string]bool{}, int64(0)
	for _, l := range locale.All {
		g := readGuide(t, l)
		parts := []string{string(g.All)}
		for _, text := range g.Roles {
			parts = append(parts, string(text))
		}
		pictures := regexp.MustCompile(`<img class="shot" src="(guide-[a-z]+-`+string(l)+`\.png)" width="\d+" height="\d+" loading="lazy" alt="([^"]{40,})">`).FindAllStringSubmatch(strings.Join(parts, ""), -1)
		if n := strings.Count(strings.Join(parts, ""), "<img"); len(pictures) != n || n < len(account.Roles)+1 {
			t.Errorf("%s: %d of %d pictures are in the language and described", l, len(pictures), n)
		}
		for _, m := range pictures {
			shown[m[1]] = true
			if l == locale.SR && latin.MatchString(m[2]) {
				t.Errorf("%s: the words of %s are in Latin letters: %s", l, m[1], m[2])
			}
		}
	}
	list, err := fs.ReadDir(Pictures, "static")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		if sum += info.Size(); info.Size() > 60<<10 {
			t.Errorf("%s has %d KB; 60 are the most", e.Name(), info.Size()>>10)
		}
		if !shown[e.Name()] {
			t.Errorf("no guide shows %s", e.Name())
		}
	}
	if sum > 1<<20 {
		t.Errorf("the pictures have %d KB in all; 1024 are the most", sum>>10)
	}
	if _, err := guidePart("![words](nowhere)", locale.EN, strings.ToUpper, nil, nil); err == nil || !strings.Contains(err.Error(), "FENER_PICTURES") {
		t.Errorf("a picture that is not there: %v", err)
	}
	if _, err := guidePart("![](verify)", locale.EN, strings.ToUpper, nil, nil); err == nil || !strings.Contains(err.Error(), "no words") {
		t.Errorf("a picture without words: %v", err)
	}
}
