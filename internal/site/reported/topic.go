package reported

import (
	"slices"

	"fener/internal/evidence"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/locale"
)

// topicPages are the pages of what was reported, one for each topic: reported/shelters.
func topicPages() []page.Page {
	var out []page.Page
	for _, topic := range record.Topics {
		data := func(r *page.Request) (*ReportedDocument, error) { return topicData(r, topic) }
		out = append(out, page.Page{
			Pattern: topicPath(topic), Template: "topic", Build: func(r *page.Request) (page.Content, error) { return buildTopic(r, topic) },
			JSON: page.DocumentOf(data),
			CSV:  page.RowsOf(data),
		})
	}
	return out
}

func topicPath(topic record.Topic) string { return "reported/" + string(topic) }

func topicName(r *page.Request, topic record.Topic) string {
	key := "topic." + string(topic)
	return r.T(key)
}

// topicContent lists what was reported on one topic.
type topicContent struct {
	page.Base
	State  *page.State
	Series page.Table
	Every  page.Link // to each figure of the topic
	Others []page.NavLink
}

// topicData is the part of the list of everything reported that belongs to one topic.
func topicData(r *page.Request, topic record.Topic) (*ReportedDocument, error) {
	d, err := reportedData(r)
	if err != nil {
		return nil, err
	}
	d.Series = slices.DeleteFunc(d.Series, func(e SeriesEntry) bool { return e.Topic != string(topic) })
	return d, nil
}

func buildTopic(r *page.Request, topic record.Topic) (page.Content, error) {
	name := topicName(r, topic)
	p := &topicContent{Base: r.Base(name, page.Link{Text: r.T("reported.title"), Href: r.URL(reportedPage.Pattern)})}
	p.Base.Title = r.T("reported.topic", "topic", name)
	p.Description = r.T("reported.lede")
	for _, other := range record.Topics {
		link := page.NavLink{Link: page.Link{Text: topicName(r, other), Href: r.URL(topicPath(other))}}
		if other == topic {
			link.Current = "page"
		}
		p.Others = append(p.Others, link)
	}
	d, err := topicData(r, topic)
	if page.IsNoData(err) || err == nil && len(d.Series) == 0 {
		state := r.NoData()
		p.State = &state
		return p, nil
	}
	if err != nil {
		return nil, err
	}
	p.Every = page.Link{Text: r.T("reported.every_topic"), Href: r.URL(everyPattern) + "?topic=" + string(topic)}
	locale.Sort(r.Lang, d.Series, func(e SeriesEntry) string { return shown.IndicatorName(r, e.Indicator) })
	p.Series = page.Table{ID: "series", Caption: name, Quiet: true, Columns: []page.Column{{Head: r.T("reported.what")}, {Head: r.T("reported.observations"), Number: true},
		{Head: r.T("reported.years")}}}
	for _, e := range d.Series {
		p.Series.Rows = append(p.Series.Rows, []page.Link{{Text: shown.IndicatorName(r, e.Indicator), Href: r.URL(e.Path)}, {Text: locale.Integer(r.Lang, int64(e.Observations))},
			{Text: page.Dashed(reads.YearList(e.Years))}})
	}
	return p, nil
}

// topicsTable is the list of topics, with how much was reported on each.
func topicsTable(r *page.Request, all []SeriesEntry) page.Table {
	t := page.Table{ID: "topics", Caption: r.T("reported.topics"), Columns: []page.Column{{Head: r.T("reported.topic_head")}, {Head: r.T("reported.subjects"), Number: true},
		{Head: r.T("reported.observations"), Number: true}, {Head: r.T("reported.years")}}}
	for _, topic := range evidence.Topics {
		series, observations, years := 0, 0, []int{}
		for _, e := range all {
			if e.Topic == string(topic) {
				series, observations, years = series+1, observations+e.Observations, append(years, e.Years...)
			}
		}
		if series == 0 {
			continue
		}
		slices.Sort(years)
		t.Rows = append(t.Rows, []page.Link{{Text: topicName(r, topic), Href: r.URL(topicPath(topic))}, {Text: locale.Integer(r.Lang, int64(series))},
			{Text: locale.Integer(r.Lang, int64(observations))}, {Text: page.Dashed(reads.YearList(slices.Compact(years)))}})
	}
	return t
}
