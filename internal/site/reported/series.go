package reported

import (
	"net/url"
	"slices"
	"strconv"

	"fener/internal/evidence"
	"fener/internal/page"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
)

var seriesPage = page.Page{
	Pattern: "reported/{indicator}", Template: "series", Params: []string{"page"}, DataParams: []string{"place"}, Build: buildSeries, Cite: citeSeries,
	Addresses: func(r *page.Request, from, n int) ([]string, int, error) {
		set, err := reads.Said(r)
		if err != nil {
			return nil, 0, err
		}
		var all []string
		for _, id := range shown.IndicatorsOf(set) {
			all = append(all, shown.SeriesPath(id))
		}
		return page.AddressPart(all, from, n)
	},
	Picture: seriesPicture, Embed: "embed/reported/{indicator}",
	JSON: page.DocumentOf(seriesData),
	CSV:  page.RowsOf(seriesData),
}

// seriesContent is everything reported of one indicator.
type seriesContent struct {
	page.Base
	Definition string
	Places     []placePart
	Listed     page.Table // in words, or of another unit, of one page
	Pager      page.Pager
	Doubtful   page.Table
	Differing  []page.Link
	Recorded   []page.Summary
	Export     page.Export
}

// placePart is the picture of what was reported of one place.
type placePart struct {
	Heading string
	Chart   page.Chart
	Gaps    string
}

// mostPlaces is how many places are drawn. Others are in the table.
const mostPlaces = 3

func series(r *page.Request) (*evidence.Set, []evidence.Series, error) {
	set, err := reads.Said(r)
	if err != nil {
		return nil, nil, err
	}
	list := reads.SeriesOf(set, r.PathValue("indicator"))
	if len(list) == 0 {
		return nil, nil, page.NotFoundf("nothing was reported of %q", r.PathValue("indicator"))
	}
	return set, list, nil
}

func reportedTrail(r *page.Request, more ...page.Link) []page.Link {
	return append([]page.Link{{Text: r.T("reported.title"), Href: r.URL(reportedPage.Pattern)}}, more...)
}

func buildSeries(r *page.Request) (page.Content, error) {
	set, keys, err := series(r)
	if err != nil {
		return nil, err
	}
	window, err := r.Paging()
	if err != nil {
		return nil, err
	}
	window.Limit, window.Offset = shown.SeriesRows, window.Offset/page.PageSize*shown.SeriesRows
	indicator := keys[0].Indicator
	name := shown.IndicatorName(r, indicator)
	p := &seriesContent{Base: r.Base(name, reportedTrail(r)...), Definition: shown.IndicatorDefinition(r, indicator)}
	p.Description = r.T("reported.series_lede", "what", name)
	of, err := reads.Numbers(r)
	if err != nil {
		return nil, err
	}
	var all, doubtful []*evidence.Observation
	differing := shown.Differing(r)
	for i, key := range keys {
		list := set.Observations(key)
		for _, o := range list {
			if o.Doubtful {
				doubtful = append(doubtful, o)
			} else {
				all = append(all, o)
			}
		}
		if i < mostPlaces {
			if part, ok := placeOf(r, set, key, i, len(keys) > 1, shown.AsOf(r, of)); ok {
				p.Places = append(p.Places, part)
			}
		}
		for _, year := range differing[key] {
			link := page.Link{Text: strconv.Itoa(year), Href: r.URL(shown.YearPath(indicator, year))}
			if !slices.Contains(p.Differing, link) {
				p.Differing = append(p.Differing, link)
			}
		}
	}
	from, to := min(window.Offset, len(all)), min(window.Offset+window.Limit, len(all))
	p.Listed = shown.SaidTable(r, set, "said", r.T("reported.found", "n", len(all)), all[from:to])
	p.Pager = r.PagerOf(shown.SeriesPath(indicator), window.Offset/window.Limit+1, (len(all)+window.Limit-1)/window.Limit)
	if len(doubtful) > 0 {
		p.Doubtful = shown.SaidTable(r, set, "doubtful", r.T("reported.doubtful_found", "n", len(doubtful)), doubtful)
	}
	if p.Recorded, err = shown.RecordedBeside(r, set, indicator); err != nil {
		return nil, err
	}
	if p.Export, err = r.Export(citeSeries); err != nil {
		return nil, err
	}
	if len(p.Places) == 0 { // nothing to be shown elsewhere
		p.Export.Frame = ""
		p.WithoutEmbed()
	}
	return p, nil
}

func placeOf(r *page.Request, set *evidence.Set, key evidence.Series, i int, several bool, asOf string) (placePart, bool) {
	list := set.Observations(key)
	first, last := firstYears(list)
	if first == 0 {
		return placePart{}, false
	}
	title := shown.IndicatorName(r, key.Indicator)
	part := placePart{}
	if several {
		title += ", " + key.Place
	}
	covered, _ := reads.YearsCovered(set, key)
	var empty []int
	for y := first; y <= last; y++ {
		if !slices.Contains(covered, y) {
			empty = append(empty, y)
		}
	}
	part.Chart, _ = seriesChart(r, set, "series-"+strconv.Itoa(i+1), title, list, first, last, empty)
	if part.Chart.Picture == "" {
		return part, false
	}
	query := url.Values{}
	if i > 0 {
		query.Set("place", strconv.Itoa(i+1))
	}
	part.Chart.Downloads = r.PicturesOf(shown.SeriesPath(key.Indicator), query)
	if len(empty) > 0 {
		part.Chart.Notes = append(part.Chart.Notes, r.T("reported.gap_years", "years", reads.YearList(empty)))
	}
	part.Chart.Top, part.Chart.AsOf = true, asOf
	return part, true
}

// seriesPicture is the picture of one of the places that the page shows; the first where none is asked for.
func seriesPicture(r *page.Request) (page.Chart, error) {
	set, keys, err := series(r)
	if err != nil {
		return page.Chart{}, err
	}
	i := 0
	if text := r.Query.Get("place"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > min(len(keys), mostPlaces) {
			return page.Chart{}, r.Wrong("place", "reported.place")
		}
		i = n - 1
	}
	of, err := reads.Numbers(r)
	if err != nil {
		return page.Chart{}, err
	}
	part, ok := placeOf(r, set, keys[i], i, len(keys) > 1, shown.AsOf(r, of))
	if !ok { // its title still stands on the card
		return page.Chart{Title: shown.IndicatorName(r, keys[i].Indicator), Says: shown.IndicatorDefinition(r, keys[i].Indicator)}, nil
	}
	return part.Chart, nil
}

func seriesData(r *page.Request) (*SeriesDocument, error) {
	set, keys, err := series(r)
	if err != nil {
		return nil, err
	}
	d := &SeriesDocument{Head: r.Head("series"), SeriesEntry: seriesEntry(r, set, keys[0].Indicator), Said: []shown.Observation{}}
	for _, key := range keys {
		for _, o := range set.Observations(key) {
			d.Said = append(d.Said, shown.NewObservation(o, set.Source(o.Citation.Source)))
		}
	}
	return d, nil
}

func citeSeries(r *page.Request) (*page.Cited, error) {
	_, keys, err := series(r)
	if err != nil {
		return nil, err
	}
	return r.Cited(shown.IndicatorName(r, keys[0].Indicator)+": "+r.T("reported.as_reported"), shown.SeriesPath(keys[0].Indicator))
}
