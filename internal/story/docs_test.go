package story

import (
	"os"
	"strings"
	"testing"
)

// docs/stories.md shows a whole story and every form of a placement.
func TestTheGuideIsTrue(t *testing.T) {
	content, err := os.ReadFile("../../docs/stories.md")
	if err != nil {
		t.Fatal(err)
	}
	guide := string(content)
	_, example, found := strings.Cut(guide, "```markdown\n")
	example, _, closed := strings.Cut(example, "```\n")
	if !found || !closed {
		t.Fatal("the guide shows no story")
	}
	f, problems := read(t, example)
	for _, p := range problems {
		if p.Code != Differs {
			t.Error(p)
		}
	}
	if f.Name == "" || len(f.References) < 6 {
		t.Errorf("the example is read as %+v", f)
	}
	for _, form := range forms {
		for one := range strings.SplitSeq(strings.ReplaceAll(form.how, " or ", ", "), ", ") {
			if !strings.Contains(guide, "`"+one+"`") {
				t.Errorf("the guide does not show %s", one)
			}
		}
	}
}
