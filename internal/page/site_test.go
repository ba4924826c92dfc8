package page

import (
	"errors"
	"strings"
	"testing"

	"fener/locale"
)

func TestEveryKindOfErrorIsMapped(t *testing.T) {
	for kind := ServerError; kind <= NotAllowed; kind++ {
		if words, ok := shown[kind]; !ok || words.status == 0 || words.name == "" {
			t.Errorf("kind %d has no page", kind)
		}
	}
	wrapped := errors.Join(errors.New("reading the case"), NotFoundf("no case %q", "x"))
	if got := kindOf(wrapped).Kind; got != NotFound {
		t.Errorf("a wrapped error became %v, want NotFound", got)
	}
}

func TestNavigationShowsWhereOneIs(t *testing.T) {
	for _, row := range []struct{ nav, path, want string }{
		{"cases", "cases", "page"}, {"cases", "cases/12", "true"}, {"cases", "casesx", ""}, {"cases", "", ""}, {"", "", "page"}, {"", "cases", ""},
	} {
		if got := current(row.nav, row.path); got != row.want {
			t.Errorf("current(%q, %q) = %q, want %q", row.nav, row.path, got, row.want)
		}
	}
}

// What is written by others into a page comes out as text.
func TestContentIsEscaped(t *testing.T) {
	s, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	hostile := `"><script>alert(1)</script>`
	r := &Request{Site: s, Lang: locale.EN, path: "x"}
	p := &errorContent{Base: r.Base(hostile, Link{Text: hostile, Href: "javascript:alert(1)"}), Says: hostile, Next: hostile, Detail: hostile,
		Tombstone: []Summary{{Term: hostile, Text: Link{Text: hostile, Href: `javascript:alert(1)`, Lang: locale.Lang(hostile)}}}}
	html, err := s.templates.render("error", p)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(html), "<script>") || strings.Contains(string(html), `"javascript:`) {
		t.Errorf("hostile text came through:\n%s", html)
	}
}
