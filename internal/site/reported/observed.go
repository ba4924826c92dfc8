package reported

import (
	"fener/internal/evidence"
	"fener/internal/page"
	"fener/internal/page/chart"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/period"
)

// Said is one reported value as it was said, with everything needed to judge it. No part of the page sums up several of them.
type Said struct {
	ID       string
	Value    page.Link // in the words of its source
	Period   string    // which it was reported for
	Relation string    // of that period to the one looked at; may be empty
	Doubt    string    // says that the quotation could not be verified
	Facts    []page.Summary
	Marks    []string  // a retelling, a censored value, what it restates
	Differs  string    // why it need not agree with the others
	Reason   page.Link // the reason that the record knows
	Quote    page.Citation
	Changed  []shown.HistoryEntry // corrections after it was published
	Replies  []shown.Replied
	Proof    string // address of its proof; empty where there is none
}

// saidValue is one observation as a part of a page.
func saidValue(r *page.Request, set *evidence.Set, o *evidence.Observation) (Said, error) {
	s := Said{ID: o.ID, Value: shown.Stated(r, set, o), Period: shown.SpanText(r, o.Span()), Marks: shown.Marks(r, set, o)}
	add := func(key string, text page.Link) {
		if text.Text != "" {
			s.Facts = append(s.Facts, page.Summary{Term: r.T(key), Text: text})
		}
	}
	add("reported.unit", page.Link{Text: shown.UnitName(r, o.Unit)})
	add("reported.counted", page.Typed(o.Counted))
	s.Facts = append(s.Facts, page.Summary{Term: r.T("figure.counted_by"), Text: shown.InstitutionNamed(r, o.CountedBy)})
	if o.Place != reads.WholeCountry {
		add("reported.place", page.Typed(o.Place))
	}
	add("reported.published", page.Link{Text: r.Dated(o.Published)})
	for _, a := range []struct{ key, text string }{
		{"reported.victims_sex", o.Sex}, {"reported.victims_age", o.Age}, {"reported.victims_origin", o.Origin}, {"reported.exploitation", o.Form},
	} {
		add(a.key, page.Typed(a.text))
	}
	if o.Value.Kind == record.HeldBack {
		s.Facts = append(s.Facts, page.Summary{Term: r.T("method.title"), Text: page.Link{Text: r.T("method.care"), Href: r.URL(shown.CarePart)}})
	}
	if o.Doubtful {
		s.Doubt = r.T("reported.doubtful")
	}
	if o.Reason != "" {
		s.Reason = page.Typed(o.Reason)
	}
	src := set.Source(o.Citation.Source)
	if src == nil {
		src = &record.Source{}
	}
	s.Quote = shown.Cite(r, o.Citation, *src)
	var err error
	if s.Changed, err = shown.Corrections(r, record.ObservationKind, o.ID); err != nil {
		return s, err
	}
	s.Proof = r.Proof(record.ObservationKind, o.ID, len(s.Changed)+1)
	s.Replies, err = shown.Replies(r, set, record.ObservationKind, o.ID)
	return s, err
}

// drawn is an observation as a mark in a picture; ok is false for what is not drawn: words, doubtful quotations, and what has no period.
func drawn(o *evidence.Observation) (m chart.Observed, ok bool) {
	if o.Doubtful || o.From.IsZero() {
		return m, false
	}
	m = chart.Observed{From: o.Span().First(), To: o.Span().Last(), Label: o.Value.Text, Retold: o.Retelling}
	low, lowOK := shown.Decimal(o.Value.Low)
	high, highOK := shown.Decimal(o.Value.High)
	switch o.Value.Kind {
	case record.Exact:
		m.Stated, ok = chart.Exactly, lowOK
	case record.About:
		m.Stated, ok = chart.Roughly, lowOK
	case record.MoreThan, record.NoFewer:
		m.Stated, ok = chart.Above, lowOK
	case record.Fewer, record.NoMore:
		m.Stated, ok = chart.Under, highOK
	case record.Range:
		m.Stated, ok = chart.Between, lowOK && highOK
	}
	m.Low, m.High = low, high
	return m, ok && m.Low >= 0 && m.High >= 0
}

// mostInChartTable is how many values stand in a table of the chart's own too. More are only in the list of every value on the same page.
const mostInChartTable = 20

// mostMarks is how many values one picture draws; more could not be told apart.
const mostMarks = 120

// seriesChart draws the observations that can be drawn, those of the most frequent unit, between two years.
func seriesChart(r *page.Request, set *evidence.Set, id, title string, list []*evidence.Observation, first, last int, empty []int) (page.Chart, int) {
	unit := commonUnit(list)
	t := page.Table{ID: id + "-table", Caption: title, Columns: []page.Column{{Head: r.T("figure.period")}, {Head: r.T("figures.value"), Unit: shown.UnitName(r, unit), Number: true}, {Head: r.T("figure.counted_by")}}}
	s := &chart.Series{First: first, Last: last, Unit: page.Capital(shown.UnitName(r, unit)), Empty: empty, EmptyWords: r.T("reported.no_figure"), Tick: func(v float64) string { return shown.PlainNumber(r, v) }}
	var used [5][2]bool
	left := 0
	for _, o := range list {
		m, ok := drawn(o)
		if !ok || o.Unit != unit || len(s.Marks) == mostMarks || m.To.Year() < first || m.From.Year() > last {
			left++
			continue
		}
		s.Marks = append(s.Marks, m)
		who := shown.InstitutionNamed(r, o.CountedBy)
		who.Href = ""
		t.Rows = append(t.Rows, []page.Link{{Text: shown.SpanText(r, o.Span())}, shown.Stated(r, set, o), who})
		retold := 0
		if m.Retold {
			retold = 1
		}
		used[m.Stated][retold] = true
	}
	c := page.Chart{ID: id, Title: title, Says: r.T("reported.says", "n", len(s.Marks)), Table: t}
	if len(s.Marks) < chart.Least {
		return c, left
	}
	if len(s.Marks) > mostInChartTable {
		c.Table = page.Table{}
	}
	c.Source = page.Link{Text: r.T("reported.sources_beside"), Href: "#said"}
	s.Words = chart.Words{ID: id, Title: title, Says: c.Says}
	c.Picture = s.SVG()
	for _, k := range []struct {
		stated chart.Exactness
		retold bool
		text   string
	}{
		{chart.Exactly, false, r.T("reported.key_exact")}, {chart.Exactly, true, r.T("reported.key_retold")}, {chart.Roughly, false, r.T("reported.key_about")},
		{chart.Between, false, r.T("reported.key_range")}, {chart.Above, false, r.T("reported.key_above")}, {chart.Under, false, r.T("reported.key_under")},
	} {
		retold := 0
		if k.retold {
			retold = 1
		}
		if used[k.stated][retold] || !k.retold && k.stated != chart.Exactly && used[k.stated][1] {
			c.Key = append(c.Key, page.KeyLine{Mark: chart.SeriesKey(k.stated, k.retold), Text: k.text})
		}
	}
	c.Notes = append(c.Notes, r.T("reported.how"))
	if left > 0 {
		c.Notes = append(c.Notes, r.T("reported.not_drawn", "n", left))
	}
	return c, left
}

// commonUnit is the unit of most of the values that can be drawn. Values of another are listed, since one axis cannot measure two things.
func commonUnit(list []*evidence.Observation) string {
	count, best := map[string]int{}, ""
	for _, o := range list {
		if _, ok := drawn(o); ok {
			count[o.Unit]++
		}
	}
	for _, o := range list { // in the order of the list, so that the choice is the same every time
		if count[o.Unit] > count[best] {
			best = o.Unit
		}
	}
	return best
}

// firstYears are the years that pictures of these observations begin and end with.
func firstYears(list []*evidence.Observation) (first, last int) {
	take := func(d period.Date) {
		if y := d.Year(); y > 0 {
			if first == 0 || y < first {
				first = y
			}
			last = max(last, y)
		}
	}
	for _, o := range list {
		if _, ok := drawn(o); ok {
			take(o.Span().First())
			take(o.Span().Last())
		}
	}
	return first, last
}
