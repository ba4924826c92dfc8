package search

import (
	"strings"
	"testing"
)

func TestSnippetsShowTheWordsInAnySpelling(t *testing.T) {
	f := finder{words: []string{"strehim", "grate"}, open: false}
	long := strings.Repeat("fjalë ", 60) + "Strehim për gratë " + strings.Repeat("tjetër ", 60)
	got := ""
	for _, p := range f.snippet([]string{"", "Titulli", long}, "Titulli") {
		if p.Found {
			got += "[" + p.Text + "]"
		} else {
			got += p.Text
		}
	}
	if !strings.HasPrefix(got, "… fjalë ") || !strings.Contains(got, "[Strehim] për [gratë]") || !strings.HasSuffix(got, " …") || len(got) > 300 {
		t.Errorf("the snippet is %q", got)
	}
	if p := f.snippet([]string{"Titulli"}, "Titulli"); p != nil {
		t.Errorf("the title alone gives %v", p)
	}
	if p := f.snippet([]string{"x", "Something else."}, "x"); len(p) != 1 || p[0].Found || p[0].Text != "Something else." {
		t.Errorf("a text without the words gives %v", p)
	}
}
