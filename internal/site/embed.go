package site

import (
	"net/http"

	"fener/internal/figure"
)

// embedPages are the charts that other sites may show in a frame. They have no navigation, no script and no cookie, name their source and lead back.
var seriesEmbed = Page{Pattern: "embed/reported/{indicator}", Template: embedTemplate, Frame: true, Build: buildSeriesEmbed}

var figureEmbed = Page{Pattern: "embed/figures/{indicator}", Template: embedTemplate, Frame: true, Build: buildFigureEmbed}

// embedTemplate is the frame that stands in other sites' pages.
const embedTemplate = "embed"

// embedContent is one chart with its source and the way back.
type embedContent struct {
	Base
	Chart Chart
	Back  string
}

func buildSeriesEmbed(r *Request) (Content, error) {
	set, keys, err := r.series()
	if err != nil {
		return nil, err
	}
	part, ok := r.placePart(set, keys[0], 0, len(keys) > 1, "")
	if !ok {
		return nil, NotFoundf("nothing of %q can be drawn", keys[0].Indicator)
	}
	of, err := r.reading()
	if err != nil {
		return nil, err
	}
	return r.embedded(part.Chart, r.asOf(of), "reported/"+keys[0].Indicator)
}

func buildFigureEmbed(r *Request) (Content, error) {
	in, pivots, of, err := breakdowns(r)
	if err != nil {
		return nil, err
	}
	pivots[0].ByName(r.Lang, func(h figure.Head) string { return r.headText(of, h).Text })
	chart := r.breakdown(of, pivots[0])
	if chart.Picture == "" {
		return nil, NotFoundf("%q has nothing to draw", in.ID)
	}
	return r.embedded(chart, r.asOf(of), "figures/"+in.ID)
}

func (r *Request) embedded(c Chart, asOf, path string) (Content, error) {
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
