package page

import (
	"net/url"
	"slices"
	"strings"
)

// What a page says of its data must be so: a link to data that there are not, as before a question is asked, is a dead end for programs too. A page that
// finds out only while it is made takes its links back here.

// WithoutData takes the links to the page's data back: those to forms of these endings, and without any named all of them.
func (b *Base) WithoutData(endings ...string) {
	lacks := func(href string) bool {
		path, _, _ := strings.Cut(href, "?")
		return len(endings) == 0 || slices.ContainsFunc(endings, func(ending string) bool { return strings.HasSuffix(path, ending) })
	}
	b.Downloads = slices.DeleteFunc(b.Downloads, func(l Link) bool { return lacks(l.Href) })
	b.Alternates = slices.DeleteFunc(b.Alternates, func(a Alternate) bool { return a.Type != OembedType && lacks(a.Href) })
}

// DataOf lets the links to the page's data ask what the page answers, where that is more than its address says: what is shown before anything is asked.
func (b *Base) DataOf(asked url.Values) {
	of := func(href string) string {
		path, _, _ := strings.Cut(href, "?")
		return path + "?" + asked.Encode()
	}
	for i := range b.Downloads {
		b.Downloads[i].Href = of(b.Downloads[i].Href)
	}
	for i := range b.Alternates {
		if b.Alternates[i].Type != OembedType {
			b.Alternates[i].Href = of(b.Alternates[i].Href)
		}
	}
}

// WithoutEmbed takes back that other sites can show the page's chart: there is nothing to draw.
func (b *Base) WithoutEmbed() {
	b.Alternates = slices.DeleteFunc(b.Alternates, func(a Alternate) bool { return a.Type == OembedType })
}
