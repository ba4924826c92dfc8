package reported

import (
	"fener/internal/evidence"
	"fener/internal/page"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
)

// Placed is the picture of what was reported of an indicator, of the whole country
// where there is such a series, for pages that people write; n is its number on the
// page. ok is false where nothing of it can be drawn.
func Placed(r *page.Request, set *evidence.Set, of *reads.Reading, indicator string, n int) (c page.Chart, ok bool) {
	keys := reads.SeriesOf(set, indicator)
	if len(keys) == 0 {
		return c, false
	}
	part, ok := placeOf(r, set, keys[0], n, len(keys) > 1, shown.AsOf(r, of))
	part.Chart.Top = false
	part.Chart.Source.Href = r.URL(shown.SeriesPath(indicator)) + part.Chart.Source.Href
	return part.Chart, ok
}
