package page

import (
	"html/template"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"fener/locale"
)

// Export is how to take a page along: a citation in three forms, and a line that shows its chart elsewhere.
type Export struct {
	Text    string
	BibTeX  string
	CSL     string
	Files   []Link
	Frame   string // markup to be copied; empty where the page has no chart
	Preview Link
}

var notKey = regexp.MustCompile(`[^a-z0-9]+`)

// Cited is a citation of a page as it stands at this position of the record.
func (r *Request) Cited(title, path string) (*Cited, error) {
	changed, err := r.Changed()
	if err != nil {
		return nil, err
	}
	seq := strconv.FormatInt(r.Position, 10)
	return &Cited{
		Key: "fener-" + strings.Trim(notKey.ReplaceAllString(strings.ToLower(path), "-"), "-") + "-" + seq, Title: title, Language: r.Lang.BCP47(),
		AsOf: changed, Note: r.T("export.position", "seq", seq), URL: r.Absolute(r.AtPosition(r.URL(path))),
	}, nil
}

// Absolute is an address with the host that readers find the site at, where that is known.
func (r *Request) Absolute(path string) string { return r.Site.absolute(path) }

func (s *Site) absolute(path string) string { return strings.TrimSuffix(s.config.Address, "/") + path }

// Export is how to take a page along.
func (r *Request) Export(cite func(*Request) (*Cited, error)) (Export, error) {
	c, err := cite(r)
	if err != nil {
		return Export{}, err
	}
	csl, err := JSON(c.CSL())
	if err != nil {
		return Export{}, err
	}
	e := Export{BibTeX: c.BibTeX(), CSL: string(csl)}
	e.Text = OneStop(r.T("export.text", "title", c.Title, "date", locale.DateAfter(r.Lang, c.AsOf), "note", c.Note, "url", c.URL))
	address := r.URL(EscapePath(r.path))
	e.Files = []Link{{Text: "BibTeX", Href: address + asBib.ending()}, {Text: "CSL-JSON", Href: address + asCSL.ending()}}
	if r.page.Embed != "" {
		e.Frame, e.Preview = r.Frame(c.Title, embedWidth, embedHeight)
	}
	return e, nil
}

// Frame is the line of markup that shows this page's chart or box in another page, and the way to see how it looks.
func (r *Request) Frame(title string, width, height int) (markup string, preview Link) {
	at := r.URL("embed/" + EscapePath(r.path))
	return frameOf(r.Absolute(r.Kept(at)), title, width, height), Link{Text: r.T("export.preview"), Href: at}
}

// The size of an embedded chart, unless the one who embeds it wants another.
const (
	embedWidth  = 680
	embedHeight = 520
)

// frameOf is the line of markup that shows a chart in another page.
func frameOf(address, title string, width, height int) string {
	return `<iframe src="` + template.HTMLEscapeString(address) + `" title="` + template.HTMLEscapeString(title) + `" width="` + strconv.Itoa(width) +
		`" height="` + strconv.Itoa(height) + `" loading="lazy" referrerpolicy="no-referrer"></iframe>`
}

// oembedURL is where other sites learn how to show this page's chart.
func (r *Request) oembedURL() string {
	return "/oembed?url=" + url.QueryEscape(r.Absolute(r.URL(EscapePath(r.path))))
}
