package page

import (
	"net/http"
	"strings"
)

// embedTemplate is the frame that stands in other sites' pages.
const embedTemplate = "embed"

// embedContent is one chart with its source and the way back.
type embedContent struct {
	Base
	Chart Chart
	Back  string
}

// embedPrefix stands before the path of the page whose chart it is.
const embedPrefix = "embed/"

// EmbedPage is the Picture of a page, for other sites that show it in a frame: drawn without navigation, help or script. Its pattern is that of the page
// after "embed/", and it leads back to the page.
func EmbedPage(pattern string, picture func(*Request) (Chart, error)) Page {
	return Page{Pattern: pattern, Template: embedTemplate, Files: templateFiles, Frame: true, Build: func(r *Request) (Content, error) {
		c, err := picture(r)
		if err != nil {
			return nil, err
		}
		if c.Picture == "" {
			return nil, NotFoundf("%q has nothing to draw", r.path)
		}
		p := &embedContent{Base: r.Base(c.Title), Chart: c, Back: r.URL(EscapePath(strings.TrimPrefix(r.path, embedPrefix)))}
		p.NoIndex = true
		return p, nil
	}}
}

// frameable lets other sites show the answer in a frame. It is the only answer that they may.
func frameable(h http.Header) {
	h.Set("Content-Security-Policy", framePolicy)
	h.Del("X-Frame-Options")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
}

const framePolicy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
