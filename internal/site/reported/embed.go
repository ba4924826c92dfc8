package reported

import (
	"fener/internal/page"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
)

// embedPages are the charts that other sites may show in a frame. They have no navigation, no script and no cookie, name their source and lead back.
var seriesEmbed = page.EmbedPage("embed/reported/{indicator}", buildSeriesEmbed)

func buildSeriesEmbed(r *page.Request) (page.Content, error) {
	set, keys, err := series(r)
	if err != nil {
		return nil, err
	}
	part, ok := placeOf(r, set, keys[0], 0, len(keys) > 1, "")
	if !ok {
		return nil, page.NotFoundf("nothing of %q can be drawn", keys[0].Indicator)
	}
	of, err := reads.Numbers(r)
	if err != nil {
		return nil, err
	}
	return r.Embedded(part.Chart, shown.AsOf(r, of), "reported/"+keys[0].Indicator)
}
