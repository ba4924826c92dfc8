package figures

import (
	"fener/internal/figure"
	"fener/internal/page"
	"fener/internal/site/shown"
)

var figureEmbed = page.EmbedPage("embed/figures/{indicator}", buildFigureEmbed)

func buildFigureEmbed(r *page.Request) (page.Content, error) {
	in, pivots, of, err := breakdowns(r)
	if err != nil {
		return nil, err
	}
	pivots[0].ByName(r.Lang, func(h figure.Head) string { return shown.HeadText(r, of, h).Text })
	chart := breakdown(r, of, pivots[0])
	if chart.Picture == "" {
		return nil, page.NotFoundf("%q has nothing to draw", in.ID)
	}
	return r.Embedded(chart, shown.AsOf(r, of), "figures/"+in.ID)
}
