package desk

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"image/png"
	"io/fs"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"

	"fener/internal/account"
	"fener/internal/lang"
	"fener/internal/page"
	"fener/locale"

	"github.com/yuin/goldmark"
	"golang.org/x/net/html"
)

// guides say how the work of each role is done. A file has what everybody needs, then a section for each role, which begins with "## ROLE"; [[desk.edit.save]] stands
// for what a button or a heading is called on the page, so that a guide names it as it is. ![WORDS](NAME) is a picture: guide-NAME-LANG.png in guides/static, which
// TestBrowserPicturesOfTheGuides makes; its words say what is seen to whom does not see it.
//
//go:embed guides/*.md guides/static
var guides embed.FS

// Pictures are those of the guides, as static files.
var Pictures, _ = fs.Sub(guides, "guides") // never fails for a name that is one

// Guide is how the work is done: for everybody, and for each role.
type Guide struct {
	All   template.HTML
	Roles map[account.Role]template.HTML
}

// allGuides are the guides of all languages, read once.
var allGuides = sync.OnceValues(func() (map[locale.Lang]*Guide, error) {
	messages, err := lang.Load()
	if err != nil {
		return nil, err
	}
	all := map[locale.Lang]*Guide{}
	for _, l := range locale.All {
		all[l], err = ReadGuide(l, func(key string) string { return messages.T(l, key) }, func(key string) bool { return messages.Has(l, key) })
		if err != nil {
			return nil, err
		}
	}
	return all, nil
})

// ReadGuide reads the guide in a language; say gives a message of the interface in it, and has tells whether there is one. It errors where the guide names a message or a
// role that there is not, or leaves a role out.
func ReadGuide(l locale.Lang, say func(key string) string, has func(key string) bool) (*Guide, error) {
	name, script := "guides/"+string(l)+".md", func(s string) string { return s }
	if l == locale.SR {
		name, script = "guides/"+string(locale.SRLatn)+".md", locale.Cyrillic
	}
	text, err := guides.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("no guide in %s: %w", l.Name(), err)
	}
	g := &Guide{Roles: map[account.Role]template.HTML{}}
	for i, part := range strings.Split(string(text), "\n## ") {
		role := ""
		if i > 0 {
			role, part, _ = strings.Cut(part, "\n")
		}
		made, err := guidePart(part, l, script, say, has)
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", name, role, err)
		}
		if i == 0 {
			g.All = made
			continue
		}
		if !slices.Contains(account.Roles, account.Role(role)) {
			return nil, fmt.Errorf("%s: %q is no role", name, role)
		}
		g.Roles[account.Role(role)] = made
	}
	for _, r := range account.Roles {
		if g.Roles[r] == "" {
			return nil, fmt.Errorf("%s says nothing to the %s", name, r)
		}
	}
	return g, nil
}

// named is a message that a guide names.
var named = regexp.MustCompile(`\[\[([a-z0-9_.]+)\]\]`)

// guidePart renders a part of a guide in its script. What stands in code is a command, and is left as it is typed.
func guidePart(text string, l locale.Lang, script func(string) string, say func(string) string, has func(string) bool) (template.HTML, error) {
	var rendered bytes.Buffer
	if err := goldmark.Convert([]byte(text), &rendered); err != nil { // it leaves out HTML that stands in a text
		return "", err
	}
	var b strings.Builder
	code := false
	for tokens := html.NewTokenizer(&rendered); ; {
		if tokens.Next() == html.ErrorToken {
			return template.HTML(b.String()), nil // of our own text, written out by the tokenizer and escaped
		}
		t := tokens.Token()
		if t.Data == "code" {
			code = t.Type == html.StartTagToken
		}
		if t.Data == "img" && t.Type != html.TextToken {
			if err := guidePicture(&b, t, l, script); err != nil {
				return "", err
			}
			continue
		}
		if t.Type != html.TextToken || code {
			b.WriteString(t.String())
			continue
		}
		last := 0
		for _, at := range named.FindAllStringSubmatchIndex(t.Data, -1) {
			key := t.Data[at[2]:at[3]]
			if !has(key) {
				return "", fmt.Errorf("there is no message %s", key)
			}
			b.WriteString(html.EscapeString(script(t.Data[last:at[0]])) + "<b>" + html.EscapeString(say(key)) + "</b>")
			last = at[1]
		}
		b.WriteString(html.EscapeString(script(t.Data[last:])))
	}
}

// guidePicture writes a picture of a guide, with its words and its size. Its address is known only to a site: see addressed.
func guidePicture(b *strings.Builder, t html.Token, l locale.Lang, script func(string) string) error {
	of := map[string]string{}
	for _, a := range t.Attr {
		of[a.Key] = a.Val
	}
	name := "guide-" + of["src"] + "-" + string(l) + ".png"
	file, err := guides.Open("guides/static/" + name)
	if err != nil {
		return fmt.Errorf("there is no picture %s; FENER_PICTURES=1 makes it: %w", of["src"], err)
	}
	defer file.Close()
	size, err := png.DecodeConfig(file)
	if err != nil {
		return fmt.Errorf("reading the picture %s: %w", name, err)
	}
	if strings.TrimSpace(of["alt"]) == "" {
		return fmt.Errorf("the picture %s has no words", of["src"])
	}
	fmt.Fprintf(b, `<img class="shot" src="%s" width="%d" height="%d" loading="lazy" alt="%s">`, name, size.Width, size.Height, html.EscapeString(script(of["alt"])))
	return nil
}

// pictured is a picture that guidePicture wrote.
var pictured = regexp.MustCompile(` src="(guide-[a-zA-Z-]+\.png)"`)

// addressed has the pictures of a part of a guide at their addresses.
func addressed(part template.HTML, address func(name string) (string, error)) (_ template.HTML, err error) {
	out := pictured.ReplaceAllStringFunc(string(part), func(found string) string {
		at, missing := address(pictured.FindStringSubmatch(found)[1])
		err = errors.Join(err, missing)
		return ` src="` + html.EscapeString(at) + `"`
	})
	return template.HTML(out), err
}

// guideContent is how the work is done; what concerns whoever asks comes first.
type guideContent struct {
	page.Base
	All      template.HTML
	Sections []guideSection
}

type guideSection struct {
	ID, Name string
	Text     template.HTML
	Own      bool // whoever asks has this role
}

func (v *visit) guide() error {
	all, err := allGuides()
	if err != nil {
		return err
	}
	g := all[v.Lang]
	c := &guideContent{Base: v.base(v.T("desk.guide.title"))}
	if c.All, err = addressed(g.All, c.Asset); err != nil {
		return err
	}
	for _, own := range []bool{true, false} {
		for _, r := range account.Roles {
			if own != (v.who != nil && v.who.Is(r)) {
				continue
			}
			text, err := addressed(g.Roles[r], c.Asset)
			if err != nil {
				return err
			}
			c.Sections = append(c.Sections, guideSection{ID: string(r), Name: page.Capital(v.T("desk.role." + string(r))), Text: text, Own: own})
		}
	}
	return v.show(http.StatusOK, "guide", c)
}
