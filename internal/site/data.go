package site

import (
	"net/http"
	"path"
	"strings"

	"fener/internal/api"
	"fener/locale"
)

// form is the shape that an address asks for.
type form int

const (
	asPage form = iota
	asJSON
	asCSV
)

var endings = [...]string{asPage: "", asJSON: ".json", asCSV: ".csv"}

func (f form) ending() string { return endings[f] }

var mediaTypes = [...]string{asPage: "text/html; charset=utf-8", asJSON: "application/json", asCSV: "text/csv; charset=utf-8"}

// has tells whether the page has a document of this form.
func (p Page) has(f form) bool {
	return f == asPage || f == asJSON && p.JSON != nil || f == asCSV && p.CSV != nil
}

// formOf tells by an address's ending which of the page's forms is asked for.
func (p Page) formOf(path string) form {
	for _, f := range []form{asJSON, asCSV} {
		if p.has(f) && strings.HasSuffix(path, f.ending()) {
			return f
		}
	}
	return asPage
}

// patterns are the page's address and those of its data. Where the last part of the address is a {name}, it takes them in already.
func (p Page) patterns() []string {
	out := []string{p.pattern()}
	if p.Pattern == "" || strings.HasSuffix(p.Pattern, "}") {
		return out
	}
	for _, f := range []form{asJSON, asCSV} {
		if p.has(f) {
			out = append(out, p.Pattern+f.ending())
		}
	}
	return out
}

// matcher reads the parts of an address, the last one without the ending that asks for data.
func (p Page) matcher(r *http.Request, f form) func(string) string {
	return func(name string) string {
		value := r.PathValue(name)
		if strings.HasSuffix(p.Pattern, "{"+name+"}") {
			value = strings.TrimSuffix(value, f.ending())
		}
		return value
	}
}

// build makes one form of a page, ready to be kept.
func (s *Site) build(p Page, f form, r *Request) (*Kept, error) {
	body, err := s.body(p, f, r)
	if err != nil {
		return nil, err
	}
	return Keep(mediaTypes[f], body)
}

func (s *Site) body(p Page, f form, r *Request) ([]byte, error) {
	switch f {
	case asJSON:
		document, err := p.JSON(r)
		if err != nil {
			return nil, err
		}
		return api.JSON(document)
	case asCSV:
		sheet, err := p.CSV(r)
		if err != nil {
			return nil, err
		}
		return sheet.CSV(s.config.Synthetic)
	}
	content, err := p.Build(r)
	if err != nil {
		return nil, err
	}
	return s.templates.render(p.Template, content)
}

// headers let other sites read the data, which are open, and give a downloaded file a name.
func (f form) headers(h http.Header, address string) {
	if f == asPage {
		return
	}
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	if f == asCSV {
		h.Set("Content-Disposition", `attachment; filename="fener-`+fileName(address)+`"`)
	}
}

// fileName is an address as a name that every file system takes.
func fileName(address string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '.', c == '-':
			return c
		}
		return '-'
	}, address)
}

// Alternate is the address of the same page as data, for programs that look for it in the page's head.
type Alternate struct{ Type, Href string }

// downloads are the addresses of the page's data, with the same query.
func (r *Request) downloads() (links []Link, alternates []Alternate) {
	if r.path == "" {
		return nil, nil
	}
	query := ""
	if len(r.Query) > 0 {
		query = "?" + r.Query.Encode()
	}
	for _, f := range []form{asJSON, asCSV} {
		if r.page.has(f) {
			href := r.URL(escapePath(r.path)) + f.ending() + query
			links = append(links, Link{Text: strings.ToUpper(f.ending()[1:]), Href: href})
			alternates = append(alternates, Alternate{Type: strings.TrimSuffix(mediaTypes[f], "; charset=utf-8"), Href: href})
		}
	}
	return links, alternates
}

// Head opens a JSON document of this page.
func (r *Request) Head(document string) api.Head {
	return api.NewHead(document, r.Seq, r.Site.config.Synthetic)
}

// isData tells whether an address asks for data, so that an error of it is data too.
func isData(address string) bool {
	ending := path.Ext(address)
	return ending == asJSON.ending() || ending == asCSV.ending()
}

// serveProblem answers a request for data with the error as data.
func (s *Site) serveProblem(w http.ResponseWriter, l locale.Lang, e *Error) {
	words := shown[e.Kind]
	message := s.messages.T(l, words.says)
	if e.Detail != "" {
		message += " " + e.Detail
	}
	status := words.status
	if e.Kind == NoData { // a page can say so and be well; data cannot be there and not there
		status = http.StatusNotFound
	}
	body, err := api.JSON(api.Failure{Error: api.Problem{
		Kind: strings.ReplaceAll(words.name, " ", "_"), Message: message, Field: e.Field,
	}})
	if err != nil {
		s.config.Log.Error("the document of an error could not be made", "kind", words.name, "error", err)
		http.Error(w, message, status)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Access-Control-Allow-Origin", "*")
	w.WriteHeader(status)
	w.Write(body) // an error here means that the reader has gone
}

// footer are the pages that explain the site; they stand at the foot of every page.
func (r *Request) footer() []NavLink {
	var out []NavLink
	for _, p := range r.Site.pages {
		if p.Foot != "" {
			out = append(out, NavLink{Link{Text: r.T(p.Foot), Href: r.URL(p.Pattern)}, current(p.Pattern, r.path)})
		}
	}
	return out
}
