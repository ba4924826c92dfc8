package site

import (
	"slices"
	"strconv"

	"fener/internal/api"
	"fener/internal/evidence"
)

var seriesPage = Page{
	Pattern: "reported/{indicator}", Template: "series", Params: []string{"page"}, Build: buildSeries, Cite: citeSeries, Embed: "embed/reported/{indicator}",
	JSON: func(r *Request) (any, error) { return seriesData(r) },
	CSV: func(r *Request) (*api.Sheet, error) {
		d, err := seriesData(r)
		if err != nil {
			return nil, err
		}
		return d.Sheet(), nil
	},
}

// seriesContent is everything reported of one indicator.
type seriesContent struct {
	Base
	Definition string
	Places     []placePart
	Listed     Table // in words, or of another unit, of one page
	Pager      Pager
	Doubtful   Table
	Differing  []Link
	Recorded   []Summary
	Export     Export
}

// placePart is the picture of what was reported of one place.
type placePart struct {
	Heading string
	Chart   Chart
	Gaps    string
}

// mostPlaces is how many places are drawn. Others are in the table.
const mostPlaces = 3

func (r *Request) series() (*evidence.Set, []evidence.Series, error) {
	set, err := r.said()
	if err != nil {
		return nil, nil, err
	}
	list := seriesOf(set, r.PathValue("indicator"))
	if len(list) == 0 {
		return nil, nil, NotFoundf("nothing was reported of %q", r.PathValue("indicator"))
	}
	return set, list, nil
}

func (r *Request) reportedTrail(more ...Link) []Link {
	return append([]Link{{Text: r.T("reported.title"), Href: r.URL(reportedPage.Pattern)}}, more...)
}

func buildSeries(r *Request) (Content, error) {
	set, keys, err := r.series()
	if err != nil {
		return nil, err
	}
	page, err := r.paging()
	if err != nil {
		return nil, err
	}
	page.Limit, page.Offset = seriesRows, page.Offset/pageSize*seriesRows
	indicator := keys[0].Indicator
	name := r.indicatorName(indicator)
	p := &seriesContent{Base: r.Base(name, r.reportedTrail()...), Definition: r.indicatorDefinition(indicator)}
	p.Description = r.T("reported.series_lede", "what", name)
	of, err := r.reading()
	if err != nil {
		return nil, err
	}
	var all, doubtful []*evidence.Observation
	differing := r.differing()
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
			if part, ok := r.placePart(set, key, i, len(keys) > 1, r.asOf(of)); ok {
				p.Places = append(p.Places, part)
			}
		}
		for _, year := range differing[key] {
			link := Link{Text: strconv.Itoa(year), Href: r.URL(api.YearPath(indicator, year))}
			if !slices.Contains(p.Differing, link) {
				p.Differing = append(p.Differing, link)
			}
		}
	}
	from, to := min(page.Offset, len(all)), min(page.Offset+page.Limit, len(all))
	p.Listed = r.saidTable(set, "said", r.T("reported.found", "n", len(all)), all[from:to])
	p.Pager = r.pagerOf(api.SeriesPath(indicator), page.Offset/page.Limit+1, (len(all)+page.Limit-1)/page.Limit)
	if len(doubtful) > 0 {
		p.Doubtful = r.saidTable(set, "doubtful", r.T("reported.doubtful_found", "n", len(doubtful)), doubtful)
	}
	if p.Recorded, err = r.recordedBeside(set, indicator); err != nil {
		return nil, err
	}
	if p.Export, err = r.export(citeSeries); err != nil {
		return nil, err
	}
	if len(p.Places) == 0 { // nothing to be shown elsewhere
		p.Export.Frame = ""
		p.Alternates = slices.DeleteFunc(p.Alternates, func(a Alternate) bool { return a.Type == oembedType })
	}
	return p, nil
}

// seriesRows is how many observations a page of a series lists; their quotations are long.
const seriesRows = 10

func (r *Request) placePart(set *evidence.Set, key evidence.Series, i int, several bool, asOf string) (placePart, bool) {
	list := set.Observations(key)
	first, last := firstYears(list)
	if first == 0 {
		return placePart{}, false
	}
	title := r.indicatorName(key.Indicator)
	part := placePart{}
	if several {
		title += ", " + key.Place
	}
	covered, _ := yearsCovered(set, key)
	var empty []int
	for y := first; y <= last; y++ {
		if !slices.Contains(covered, y) {
			empty = append(empty, y)
		}
	}
	part.Chart, _ = r.seriesChart("series-"+strconv.Itoa(i+1), title, list, first, last, empty)
	if part.Chart.Picture == "" {
		return part, false
	}
	if len(empty) > 0 {
		part.Chart.Notes = append(part.Chart.Notes, r.T("reported.gap_years", "years", yearList(empty)))
	}
	part.Chart.Top, part.Chart.AsOf = true, asOf
	return part, true
}

func seriesData(r *Request) (*api.SeriesDocument, error) {
	set, keys, err := r.series()
	if err != nil {
		return nil, err
	}
	d := &api.SeriesDocument{Head: r.Head("series"), SeriesEntry: r.seriesEntry(set, keys[0].Indicator), Said: []api.Observation{}}
	for _, key := range keys {
		for _, o := range set.Observations(key) {
			d.Said = append(d.Said, api.NewObservation(o, set.Source(o.Citation.Source)))
		}
	}
	return d, nil
}

func citeSeries(r *Request) (*api.Cited, error) {
	_, keys, err := r.series()
	if err != nil {
		return nil, err
	}
	return r.cited(r.indicatorName(keys[0].Indicator)+": "+r.T("reported.as_reported"), api.SeriesPath(keys[0].Indicator))
}
