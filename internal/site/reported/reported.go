package reported

import (
	"slices"

	"fener/internal/evidence"
	"fener/internal/page"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
)

var reportedPage = page.Page{
	Pattern: "reported", Data: "reported.title", Template: "reported", Nav: "reported.nav", Build: buildReported,
	JSON: page.DocumentOf(reportedData),
	CSV:  page.RowsOf(reportedData),
}

// reportedContent leads to what was reported, by topic. Which years have no figure and which have several stands on the pages of the
// series, of the conflicts and of what is missing, to which the page leads: in this list it would be a dash in most rows.
type reportedContent struct {
	page.Base
	State  *page.State
	Facets []page.Facet // of every reported figure, which stand at a page of their own
	Topics *page.Table
}

// seriesEntry says how much was reported of one indicator.
func seriesEntry(r *page.Request, set *evidence.Set, indicator string) SeriesEntry {
	differing := shown.Differing(r)
	e := SeriesEntry{Indicator: indicator, Name: shown.IndicatorNames(indicator), Topic: shown.TopicOf(indicator), Path: shown.SeriesPath(indicator),
		Years: []int{}, Gaps: []int{}, Conflicts: []int{}}
	for _, key := range reads.SeriesOf(set, indicator) {
		e.Places = append(e.Places, key.Place)
		list := set.Observations(key)
		e.Observations += len(list)
		for _, o := range list {
			if o.Doubtful {
				e.Doubtful++
			}
		}
		covered, _ := reads.YearsCovered(set, key)
		for _, y := range covered {
			if !slices.Contains(e.Years, y) {
				e.Years = append(e.Years, y)
			}
		}
		for _, y := range differing[key] {
			if !slices.Contains(e.Conflicts, y) {
				e.Conflicts = append(e.Conflicts, y)
			}
		}
	}
	slices.Sort(e.Years)
	slices.Sort(e.Conflicts)
	for i := 1; i < len(e.Years); i++ {
		for y := e.Years[i-1] + 1; y < e.Years[i]; y++ {
			e.Gaps = append(e.Gaps, y)
		}
	}
	return e
}

func reportedData(r *page.Request) (*ReportedDocument, error) {
	set, err := reads.Said(r)
	if err != nil {
		return nil, err
	}
	d := &ReportedDocument{Head: r.Head("reported"), Series: []SeriesEntry{}}
	for _, indicator := range shown.IndicatorsOf(set) {
		d.Series = append(d.Series, seriesEntry(r, set, indicator))
	}
	return d, nil
}

func buildReported(r *page.Request) (page.Content, error) {
	p := &reportedContent{Base: r.Base(r.T("reported.title"))}
	p.Description = r.T("reported.lede")
	d, err := reportedData(r)
	if page.IsNoData(err) || err == nil && len(d.Series) == 0 {
		state := r.NoData()
		p.State = &state
		return p, nil
	}
	if err != nil {
		return nil, err
	}
	topics := topicsTable(r, d.Series)
	p.Topics = &topics
	_, facets, err := figureChoice(r)
	if err != nil {
		return nil, err
	}
	p.Facets = r.FacetsAt(everyPattern, facets[:len(facets)-1]) // without their order, which is chosen where they stand
	return p, nil
}
