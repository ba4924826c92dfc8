package page

import (
	"net/http"
)

// embedTemplate is the frame that stands in other sites' pages.
const embedTemplate = "embed"

// embedContent is one chart with its source and the way back.
type embedContent struct {
	Base
	Chart Chart
	Back  string
}

// EmbedPage is a page that other sites may show in a frame. Build makes its content by Embedded.
func EmbedPage(pattern string, build func(*Request) (Content, error)) Page {
	return Page{Pattern: pattern, Template: embedTemplate, Files: templateFiles, Frame: true, Build: build}
}

// Embedded is a chart for other sites, drawn without navigation, help or script; path, below the language, is the page that it leads back to.
func (r *Request) Embedded(c Chart, asOf, path string) (Content, error) {
	p := &embedContent{Base: r.Base(c.Title), Chart: c, Back: r.URL(path)}
	p.Chart.AsOf, p.NoIndex = asOf, true
	return p, nil
}

// frameable lets other sites show the answer in a frame. It is the only answer that they may.
func frameable(h http.Header) {
	h.Set("Content-Security-Policy", framePolicy)
	h.Del("X-Frame-Options")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
}

const framePolicy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
