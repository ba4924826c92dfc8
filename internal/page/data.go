package page

import (
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"fener/internal/akomantoso"
	"fener/locale"
)

// form is the shape that an address asks for.
type form int

const (
	asPage form = iota
	asJSON
	asCSV
	asAtom
	asBib
	asCSL
	asSVG
	asPNG
	asCard
	asLines
	asCalendar
	asJSONStat
	asPX
	asSDMX
	asAKN
)

var endings = [...]string{asPage: "", asJSON: ".json", asCSV: ".csv", asAtom: ".atom", asBib: ".bib", asCSL: ".csl.json", asSVG: ".svg", asPNG: ".png", asCard: ".card.png", asLines: ".jsonl", asCalendar: ".ics",
	asJSONStat: ".jsonstat.json", asPX: ".px", asSDMX: ".sdmx.csv", asAKN: ".akn.xml"}

// OembedType announces where other sites learn how to show a page's chart.
const OembedType = "application/json+oembed"

// dataForms are the forms beside the page, the longer endings before those that they end in.
var dataForms = []form{asCSL, asJSONStat, asSDMX, asPX, asJSON, asCSV, asAtom, asBib, asSVG, asCard, asPNG, asLines, asCalendar, asAKN}

func (f form) ending() string { return endings[f] }

var mediaTypes = [...]string{asPage: "text/html; charset=utf-8", asJSON: "application/json", asCSV: "text/csv; charset=utf-8",
	asAtom: "application/atom+xml; charset=utf-8", asBib: "application/x-bibtex; charset=utf-8", asCSL: "application/vnd.citationstyles.csl+json",
	asSVG: "image/svg+xml", asPNG: "image/png", asCard: "image/png", asLines: "application/jsonl; charset=utf-8", asCalendar: "text/calendar; charset=utf-8",
	asJSONStat: "application/json", asPX: "text/x-pcaxis; charset=utf-8", asSDMX: "application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8", asAKN: akomantoso.MediaType,
}

// formNames are what forms are called that are not called like their endings, in every language.
var formNames = map[form]string{asJSONStat: "JSON-stat", asSDMX: "SDMX-CSV", asAKN: "Akoma Ntoso"}

// name is what readers know the form by.
func (f form) name() string {
	if name, ok := formNames[f]; ok {
		return name
	}
	return strings.ToUpper(f.ending()[1:])
}

// Has tells whether the page has a document of this form.
func (p Page) has(f form) bool {
	switch f {
	case asJSON:
		return p.JSON != nil
	case asCSV:
		return p.CSV != nil || p.Parts != nil
	case asAtom:
		return p.Atom != nil
	case asBib, asCSL:
		return p.Cite != nil
	case asSVG, asPNG, asCard:
		return p.Picture != nil
	case asLines:
		return p.Lines != nil
	case asCalendar:
		return p.Calendar != nil
	case asJSONStat, asPX, asSDMX:
		return p.Cube != nil
	case asAKN:
		return p.AkomaNtoso != nil
	}
	return true
}

// formOf tells by an address's ending which of the page's forms is asked for.
func (p Page) formOf(path string) form {
	for _, f := range dataForms {
		if p.has(f) && strings.HasSuffix(path, f.ending()) {
			return f
		}
	}
	return asPage
}

// Endings are what the addresses of the page's data end in.
func (p Page) Endings() []string {
	var out []string
	for _, f := range dataForms {
		if p.has(f) {
			out = append(out, f.ending())
		}
	}
	return out
}

// patterns are the page's address and those of its data. Where the last part of the address is a {name}, it takes them in already.
func (p Page) patterns() []string {
	out := []string{p.pattern()}
	if p.Pattern == "" || strings.HasSuffix(p.Pattern, "}") {
		return out
	}
	for _, f := range dataForms {
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
	return s.keep(mediaTypes[f], body)
}

func (s *Site) body(p Page, f form, r *Request) ([]byte, error) {
	switch f {
	case asJSON:
		document, err := p.JSON.make(r)
		if err != nil {
			return nil, err
		}
		return JSON(document)
	case asLines:
		return p.Lines(r)
	case asCalendar:
		return p.Calendar(r)
	case asAKN:
		return p.AkomaNtoso(r)
	case asCSV:
		sheet, err := p.CSV(r)
		if err != nil {
			return nil, err
		}
		return sheet.CSV(s.config.Synthetic)
	}
	if f == asSVG || f == asPNG || f == asCard {
		return s.picture(p, f, r)
	}
	if body, err, done := p.other(f, r); done {
		return body, err
	}
	content, err := p.Build(r)
	if err != nil {
		return nil, err
	}
	html, err := s.templates.render(p.Template, content)
	if err == nil && r.moment != nil {
		html = r.moment.stay(s, html)
	}
	return html, err
}

// statistics writes the page's cube in a form that statistics are exchanged in.
func (p Page) statistics(f form, r *Request) ([]byte, error) {
	c, err := p.Cube(r)
	if err != nil {
		return nil, err
	}
	switch f {
	case asPX:
		return c.PX()
	case asSDMX:
		return c.SDMXCSV()
	}
	return c.JSONStat()
}

// other makes the forms that are neither pages nor rows: feeds, citations and cubes.
func (p Page) other(f form, r *Request) (body []byte, err error, done bool) {
	switch f {
	case asAtom:
		feed, err := p.Atom(r)
		if err != nil {
			return nil, err, true
		}
		body, err := feed.XML()
		return body, err, true
	case asJSONStat, asPX, asSDMX:
		body, err := p.statistics(f, r)
		return body, err, true
	case asBib, asCSL:
		c, err := p.Cite(r)
		if err != nil {
			return nil, err, true
		}
		if f == asBib {
			return []byte(c.BibTeX()), nil, true
		}
		body, err := JSON(c.CSL())
		return body, err, true
	}
	return nil, nil, false
}

// headers let other sites read the data, which are open, and give a downloaded file a name.
func (f form) headers(h http.Header, address string, m *moment) {
	if f == asPage {
		return
	}
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	if m != nil {
		address = m.named(address)
	}
	switch f {
	case asCSV, asCalendar, asPX, asSDMX:
		h.Set("Content-Disposition", `attachment; filename="fener-`+FileName(address)+`"`)
	case asSVG, asPNG: // shown, and saved under a name
		h.Set("Content-Disposition", `inline; filename="fener-`+FileName(address)+`"`)
	}
}

// FileName is an address as a name that every file system takes.
func FileName(address string) string {
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
	for _, f := range []form{asJSON, asCSV, asJSONStat, asPX, asSDMX, asAKN, asAtom, asCalendar} {
		if r.page.has(f) {
			asked := url.Values{}
			for name, values := range r.Query {
				if (name != "page" || !r.page.isWhole(f)) && !slices.Contains(r.page.PageParams, name) {
					asked[name] = values
				}
			}
			query := ""
			if len(asked) > 0 {
				query = "?" + asked.Encode()
			}
			href := r.URL(EscapePath(r.path)) + f.ending() + query
			links = append(links, Link{Text: f.name(), Href: href})
			alternates = append(alternates, Alternate{Type: strings.TrimSuffix(mediaTypes[f], "; charset=utf-8"), Href: href})
		}
	}
	if r.page.Embed != "" {
		alternates = append(alternates, Alternate{Type: OembedType, Href: r.oembedURL()})
	}
	return links, alternates
}

// Head opens a JSON document of this page.
func (r *Request) Head(document string) Head {
	h := NewHead(document, r.Position, r.Site.config.Synthetic)
	if r.moment != nil && !r.moment.day.IsZero() {
		h.AsItStood = r.moment.day.String()
	}
	return h
}

// isData tells whether an address asks for data, so that an error of it is data too.
func isData(address string) bool {
	switch path.Ext(address) {
	case asJSON.ending(), asCSV.ending(), asAtom.ending(), asBib.ending(), asCalendar.ending(), asSVG.ending(), asPNG.ending(), asPX.ending(), asLines.ending():
		return true
	}
	return address == oembedPath || strings.HasSuffix(address, asAKN.ending())
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
	body, err := JSON(Failure{Title: s.messages.T(l, words.title), Status: status, Detail: message, Error: Problem{
		Kind: strings.ReplaceAll(words.name, " ", "_"), Message: message, Field: e.Field,
	}})
	if err != nil {
		s.config.Log.Error("the document of an error could not be made", "kind", words.name, "error", err)
		http.Error(w, message, status)
		return
	}
	w.Header().Set("Content-Type", problemType)
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
