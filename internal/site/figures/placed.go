package figures

import (
	"fmt"

	"fener/internal/figure"
	"fener/internal/page"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
)

// Placed is a figure laid out by the rows of a query, for pages that people write;
// id is its place on the page. The chart has no picture where there is nothing to draw.
func Placed(r *page.Request, of *reads.Reading, q figure.Query, id string) (page.Chart, error) {
	pivot, err := of.Figures.Fixed(q)
	if err != nil {
		return page.Chart{}, fmt.Errorf("computing %s by %s: %w", q.Measure, q.Rows, err)
	}
	pivot.ByName(r.Lang, func(h figure.Head) string { return shown.HeadText(r, of, h).Text })
	return breakdown(r, of, pivot, id), nil
}
