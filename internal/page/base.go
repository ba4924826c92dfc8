package page

import (
	"net/url"
	"strings"

	"fener/locale"
	"fener/period"
)

// Base is the part that all pages share: embed it, made by Request.Base, in a page's struct.
type Base struct {
	Lang        locale.Lang
	Title       string
	TitleLang   locale.Lang // where the title is not in the page's language
	Description string      // one sentence for search engines; where it is empty, one is made of the title
	Path        string      // below the language
	Home        bool
	NoIndex     bool
	Synthetic   bool
	Nav         []NavLink
	Footer      []NavLink
	Languages   []LangLink
	Trail       []Link // from the first page to this one; the last has no Href
	Downloads   []Link // the same as data
	Alternates  []Alternate
	Chosen      bool     // the address chooses a part of a list
	Canonical   string   // the page's one address, with the host where that is known
	Neutral     string   // the same in a language that is the reader's own
	AsOf        string   // the day of the record's last change; empty where nothing is on record
	Calls       []Call   // numbers to call
	Card        string   // address of the picture that social networks show beside the page's
	Contact     string   // how to reach the people behind the site; may be empty
	Moment      *Moment  // at which the page shows the record; nil on pages that know none
	Private     bool     // made for one person, who is signed in or about to
	Styles      []string // names of static files of its own looks
	Scripts     []string // names of static files that the page works better with

	site    *Site
	data    bool        // its data stand in the catalogue
	changed period.Date // of AsOf
}

func (b *Base) base() *Base { return b }

// NavLink is an entry of the navigation. Current is "page" on the page itself, "true" below it, else empty.
type NavLink struct {
	Link
	Current string
}

// LangLink leads to the same page in another language.
type LangLink struct {
	Lang    locale.Lang
	Name    string // the language's name for itself
	Href    string
	Current bool
}

// Base makes the shared part of a page with this title; the trail leads from the first page over the links given to the title.
func (r *Request) Base(title string, trail ...Link) Base {
	b := Base{Lang: r.Lang, Title: title, Path: r.path, Synthetic: r.Site.config.Synthetic, Footer: r.footer(), site: r.Site}
	b.Downloads, b.Alternates = r.downloads()
	b.data = r.page.Data != "" || r.page.DataSets != nil
	query := ""
	if len(r.Query) > 0 {
		query = "?" + r.Query.Encode()
	}
	b.Card = r.card()
	b.Chosen = query != ""
	for _, l := range locale.All {
		b.Languages = append(b.Languages, LangLink{
			Lang: l, Name: l.Name(), Href: "/" + string(l) + "/" + EscapePath(r.path) + query, Current: l == r.Lang,
		})
	}
	for _, p := range r.Site.pages {
		if p.Nav != "" {
			b.Nav = append(b.Nav, NavLink{Link{Text: r.T(p.Nav), Href: r.URL(p.Pattern)}, current(p.Pattern, r.path)})
		}
	}
	b.Canonical, b.Neutral = r.canonical()
	b.Contact = r.Site.config.Contact
	if r.held != nil { // the page of an error holds no moment of the record, and must not wait for those that do
		if changed, err := r.Changed(); err == nil {
			b.AsOf, b.changed = r.Dated(changed), changed
		}
		if !r.page.Always && (!r.page.Frame || r.moment != nil) {
			b.Moment = r.newMoment()
		}
		b.NoIndex = r.moment != nil
		if r.Site.config.Calls != nil {
			b.Calls = r.Site.config.Calls(r)
		}
	}
	if r.path == "" {
		b.Home = true
		return b
	}
	b.Trail = append([]Link{{Text: r.T("frame.home"), Href: r.URL("")}}, trail...)
	b.Trail = append(b.Trail, Link{Text: title})
	return b
}

// TitleIn says that the page's title is in a language, which may be the page's own.
func (b *Base) TitleIn(l locale.Lang) {
	if l == "" || l == b.Lang {
		return
	}
	b.TitleLang = l
	if n := len(b.Trail); n > 0 {
		b.Trail[n-1].Lang = l
	}
}

// Tongue names a language form in the page's language, for templates.
func (b *Base) Tongue(l locale.Lang) string {
	if l == locale.SRLatn {
		l = locale.SR
	}
	key := "language." + string(l)
	if !b.site.messages.Has(b.Lang, key) {
		return string(l)
	}
	return b.T(key)
}

func current(nav, path string) string {
	switch {
	case nav == path:
		return "page"
	case nav != "" && strings.HasPrefix(path, nav+"/"):
		return "true"
	}
	return ""
}

// EscapePath escapes each part of a path that net/http has already unescaped.
func EscapePath(path string) string {
	return strings.TrimPrefix((&url.URL{Path: "/" + path}).EscapedPath(), "/")
}

// T is a message in the page's language, for templates.
func (b *Base) T(key string, args ...any) string { return b.site.messages.T(b.Lang, key, args...) }

// URL is the address of a page in the same language, for templates.
func (b *Base) URL(path string) string { return "/" + string(b.Lang) + "/" + path }

// Asset is the address of a static file, with the hash of its content in the name.
func (b *Base) Asset(name string) (string, error) { return b.site.assets.address(name) }

// Absolute is an address with the host that readers find the site at, where that is known, for templates.
func (b *Base) Absolute(path string) string { return b.site.absolute(path) }

// canonical is the page's one address: with what its list chooses, and without what only turns its pages.
func (r *Request) canonical() (own, neutral string) {
	query := ""
	if len(r.Query) > 0 {
		query = "?" + r.Query.Encode()
	}
	at := EscapePath(r.path) + query
	return r.Absolute(r.URL(at)), r.Absolute("/" + at)
}

// Describes is what a page holds, in one sentence for search engines and cards.
func (b *Base) Describes() string {
	if b.Description != "" {
		return b.Description
	}
	return b.T("site.describes", "title", b.Title)
}

// Joined is a list of words in a line, for templates.
func (b *Base) Joined(words []string) string { return strings.Join(words, ", ") }
