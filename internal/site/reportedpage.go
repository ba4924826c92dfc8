package site

import (
	"slices"

	"fener/internal/api"
	"fener/internal/evidence"
	"fener/locale"
)

var reportedPage = Page{
	Pattern: "reported", Template: "reported", Nav: "reported.title", Build: buildReported,
	JSON: func(r *Request) (any, error) { return reportedData(r) },
	CSV: func(r *Request) (*api.Sheet, error) {
		d, err := reportedData(r)
		if err != nil {
			return nil, err
		}
		return d.Sheet(), nil
	},
}

// reportedContent lists what was reported, by topic.
type reportedContent struct {
	Base
	State  *State
	Topics []Table
}

// indicatorsOf are the indicators of which something was reported, in order.
func indicatorsOf(set *evidence.Set) []string {
	var out []string
	for _, key := range set.AllSeries() {
		if !slices.Contains(out, key.Indicator) {
			out = append(out, key.Indicator)
		}
	}
	return out
}

// seriesEntry says how much was reported of one indicator.
func (r *Request) seriesEntry(set *evidence.Set, indicator string) api.SeriesEntry {
	differing := r.differing()
	e := api.SeriesEntry{Indicator: indicator, Name: indicatorNames(indicator), Topic: topicOf(indicator), Path: api.SeriesPath(indicator),
		Years: []int{}, Gaps: []int{}, Conflicts: []int{}}
	for _, key := range seriesOf(set, indicator) {
		e.Places = append(e.Places, key.Place)
		list := set.Observations(key)
		e.Observations += len(list)
		for _, o := range list {
			if o.Doubtful {
				e.Doubtful++
			}
		}
		covered, _ := yearsCovered(set, key)
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

func reportedData(r *Request) (*api.ReportedDocument, error) {
	set, err := r.said()
	if err != nil {
		return nil, err
	}
	d := &api.ReportedDocument{Head: r.Head("reported"), Series: []api.SeriesEntry{}}
	for _, indicator := range indicatorsOf(set) {
		d.Series = append(d.Series, r.seriesEntry(set, indicator))
	}
	return d, nil
}

func buildReported(r *Request) (Content, error) {
	p := &reportedContent{Base: r.Base(r.T("reported.title"))}
	p.Description = r.T("reported.lede")
	d, err := reportedData(r)
	if isNoData(err) || err == nil && len(d.Series) == 0 {
		state := r.NoData()
		p.State = &state
		return p, nil
	}
	if err != nil {
		return nil, err
	}
	for _, topic := range evidence.Topics {
		var mine []api.SeriesEntry
		for _, e := range d.Series {
			if e.Topic == string(topic) {
				mine = append(mine, e)
			}
		}
		if len(mine) == 0 {
			continue
		}
		locale.Sort(r.Lang, mine, func(e api.SeriesEntry) string { return r.indicatorName(e.Indicator) })
		caption := "topic." + string(topic)
		t := Table{ID: "topic-" + string(topic), Caption: r.T(caption), Quiet: true, Columns: []Column{{Head: r.T("reported.what")}, {Head: r.T("reported.observations"), Number: true},
			{Head: r.T("reported.years")}, {Head: r.T("reported.gaps")}, {Head: r.T("reported.differing")}}}
		for _, e := range mine {
			differing := Link{Text: dashed(yearList(e.Conflicts))}
			if n := len(e.Conflicts); n > 0 {
				differing.Href = r.URL(api.YearPath(e.Indicator, e.Conflicts[n-1]))
				if n > 1 {
					differing.Href = r.URL(e.Path) + "#differing"
				}
			}
			t.Rows = append(t.Rows, []Link{{Text: r.indicatorName(e.Indicator), Href: r.URL(e.Path)}, {Text: locale.Integer(r.Lang, int64(e.Observations))},
				{Text: dashed(yearList(e.Years))}, {Text: dashed(yearList(e.Gaps))}, differing})
		}
		p.Topics = append(p.Topics, t)
	}
	return p, nil
}
