package page

import (
	"bytes"
	"io/fs"
	"net/http"

	"fener/locale"
)

// Private are pages that are made for one person: anew for each request, kept nowhere, and found by no search engine. They stand in the frame of the public
// pages, and what a reader may cost does not bound them: whoever serves them does that.
type Private struct {
	site      *Site
	templates templates
}

// Private parses the templates of private pages, each of which defines "main", and the parts that they draw with, in addition to those of the site.
func (s *Site) Private(files fs.FS, names []string, parts ...fs.FS) (*Private, error) {
	var pages []Page
	for _, name := range names {
		pages = append(pages, Page{Template: name, Files: files})
	}
	parsed, err := parseTemplates(pages, append(parts, s.config.Parts...))
	if err != nil {
		return nil, err
	}
	return &Private{s, parsed}, nil
}

// Request is a request for a private page: its context ends with the reader's own.
func (p *Private) Request(r *http.Request, l locale.Lang) *Request {
	return &Request{Site: p.site, Lang: l, Query: r.URL.Query(), ctx: r.Context(), bare: true, path: belowLanguage(r.URL.Path), match: r.PathValue}
}

// Over lets a private page read the public record, at one moment of it, until release is called.
func (p *Private) Over(r *Request) (release func(), err error) {
	r.bare = false
	return r.hold()
}

// PrivateBase makes the shared part of a private page, with its own navigation, the first of which is its home.
func (r *Request) PrivateBase(title string, nav []NavLink, trail ...Link) Base {
	b := r.Base(title, trail...)
	b.Private, b.NoIndex, b.Nav = true, true, nav
	b.Downloads, b.Alternates, b.Chosen = nil, nil, false
	if len(nav) > 0 {
		b.Trail[0] = nav[0].Link
	}
	return b
}

// Render makes a private page, or a part of one that its templates define.
func (p *Private) Render(template, part string, c Content) ([]byte, error) {
	if part == "" {
		return p.templates.render(template, c)
	}
	made, err := execute(p.templates[template], part, c)
	return unbroken(made), err
}

// Write sends a page that was made, so that nobody keeps it.
func (p *Private) Write(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = bytes.NewReader(body).WriteTo(w) // an error means that the reader has gone
}

// privatePolicy lets a private page's own script send what was typed.
const privatePolicy = policy + "; connect-src 'self'"

// SecurePrivate sets the headers that every answer of private pages carries.
func SecurePrivate(next http.Handler) http.Handler {
	return Secure(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", privatePolicy)
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Robots-Tag", "noindex")
		next.ServeHTTP(w, r)
	}))
}
