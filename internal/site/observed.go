package site

import (
	"slices"
	"strings"

	"fener/internal/api"
	"fener/internal/evidence"
	"fener/internal/record"
	"fener/internal/site/chart"
	"fener/period"
)

// Said is one reported value as it was said, with everything needed to judge it. No part of the page sums up several of them.
type Said struct {
	ID       string
	Value    Link   // in the words of its source
	Period   string // which it was reported for
	Relation string // of that period to the one looked at; may be empty
	Doubt    string // says that the quotation could not be verified
	Facts    []Summary
	Marks    []string // a retelling, a censored value, what it restates
	Differs  string   // why it need not agree with the others
	Reason   Link     // the reason that the record knows
	Quote    Citation
	Changed  []historyEntry // corrections after it was published
	Replies  []Replied
}

// stated is a value in the words of its source, which stay as they are. What is no number stands in quotation marks.
func (r *Request) stated(o *evidence.Observation) Link {
	l := Link{Text: r.statedText(o.Value)}
	if o.Value.Kind == record.InWords {
		l.Text = "“" + l.Text + "”"
	}
	return l
}

// statedText is a value in the words of its source; of one that is held back, that it is.
func (r *Request) statedText(v record.Stated) string {
	if v.Kind == record.HeldBack {
		return r.T("reported.held_back", "n", record.SmallUnder)
	}
	return v.Text
}

// carePart is the place on the method page that says which figures of victims are held back.
const carePart = "method#victims"

// saidValue is one observation as a part of a page.
func (r *Request) saidValue(set *evidence.Set, o *evidence.Observation) (Said, error) {
	s := Said{ID: o.ID, Value: r.stated(o), Period: r.spanText(o.Span()), Marks: r.marks(set, o)}
	add := func(key, text string) {
		if text != "" {
			s.Facts = append(s.Facts, Summary{r.T(key), Link{Text: text}})
		}
	}
	add("reported.unit", r.unitName(o.Unit))
	add("reported.counted", o.Counted)
	s.Facts = append(s.Facts, Summary{r.T("figure.counted_by"), r.institutionNamed(o.CountedBy)})
	if o.Place != wholeCountry {
		add("reported.place", o.Place)
	}
	add("reported.published", r.dated(o.Published))
	for _, a := range []struct{ key, text string }{
		{"reported.victims_sex", o.Sex}, {"reported.victims_age", o.Age}, {"reported.victims_origin", o.Origin}, {"reported.exploitation", o.Form},
	} {
		add(a.key, a.text)
	}
	if o.Value.Kind == record.HeldBack {
		s.Facts = append(s.Facts, Summary{r.T("method.title"), Link{Text: r.T("method.care"), Href: r.URL(carePart)}})
	}
	if o.Doubtful {
		s.Doubt = r.T("reported.doubtful")
	}
	if o.Reason != "" {
		s.Reason = Link{Text: o.Reason}
	}
	src := set.Source(o.Citation.Source)
	if src == nil {
		src = &record.Source{}
	}
	s.Quote = r.cite(o.Citation, *src)
	var err error
	if s.Changed, err = r.corrections(record.ObservationKind, o.ID); err != nil {
		return s, err
	}
	s.Replies, err = r.replies(set, record.ObservationKind, o.ID)
	return s, err
}

// marks say what must be known of a value before it is read as a number.
func (r *Request) marks(set *evidence.Set, o *evidence.Observation) []string {
	var out []string
	if o.Retelling {
		out = append(out, r.T("reported.retelling"))
	}
	switch o.Value.Kind {
	case record.Fewer:
		out = append(out, r.T("reported.fewer"))
	case record.MoreThan:
		out = append(out, r.T("reported.more_than"))
	case record.NoMore:
		out = append(out, r.T("reported.at_most"))
	case record.NoFewer:
		out = append(out, r.T("reported.at_least"))
	case record.About:
		out = append(out, r.T("reported.about"))
	case record.InWords:
		out = append(out, r.T("reported.in_words"))
	case record.HeldBack:
		out = append(out, r.T("reported.held_says"))
	}
	for _, id := range o.Restates {
		if earlier := set.Observation(id); earlier != nil {
			out = append(out, once(r.T("reported.restates", "value", r.statedText(earlier.Value), "period", r.spanText(earlier.Span()))))
		}
	}
	for _, other := range set.Observations(evidence.Series{Indicator: o.Indicator, Place: o.Place}) {
		if slices.Contains(other.Restates, o.ID) {
			out = append(out, r.T("reported.restated", "value", r.statedText(other.Value)))
		}
	}
	return out
}

// saidTable lists observations, one in each row.
func (r *Request) saidTable(set *evidence.Set, id, caption string, list []*evidence.Observation) Table {
	t := Table{ID: id, Caption: caption, Empty: r.T("error.no_data.says"), Columns: []Column{
		{Head: r.T("figure.period")}, {Head: r.T("figures.value"), Number: true}, {Head: r.T("reported.counted")}, {Head: r.T("figure.counted_by")},
		{Head: r.T("reported.published")}, {Head: r.T("figure.source")}, {Head: r.T("reported.quote"), Wide: true}, {Head: r.T("figures.note"), Wide: true},
	}}
	for _, o := range list {
		when := Link{Text: r.spanText(o.Span()), Href: r.URL(api.ObservationPath(o))}
		if when.Text == "" {
			when = Link{Text: r.T("reported.no_period")}
		}
		counted := strings.TrimSuffix(r.unitName(o.Unit)+": "+o.Counted, ": ")
		quote := Link{Text: o.Citation.Quote}
		if src := set.Source(o.Citation.Source); src != nil {
			quote.Lang = writtenIn(src.Language)
		}
		note := strings.Join(r.marks(set, o), " ")
		if o.Doubtful {
			note = strings.TrimSpace(r.T("reported.doubtful") + " " + note)
		}
		said := Link{Text: dashed(note)}
		if o.Value.Kind == record.HeldBack {
			said.Href = r.URL(carePart)
		}
		t.Rows = append(t.Rows, []Link{when, r.stated(o), {Text: counted}, r.institutionNamed(o.CountedBy), {Text: dashed(r.dated(o.Published))},
			r.sourceLink(set, o.Citation), quote, said})
	}
	return t
}

// drawn is an observation as a mark in a picture; ok is false for what is not drawn: words, doubtful quotations, and what has no period.
func drawn(o *evidence.Observation) (m chart.Observed, ok bool) {
	if o.Doubtful || o.From.IsZero() {
		return m, false
	}
	m = chart.Observed{From: o.Span().First(), To: o.Span().Last(), Label: o.Value.Text, Retold: o.Retelling}
	low, lowOK := decimal(o.Value.Low)
	high, highOK := decimal(o.Value.High)
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
func (r *Request) seriesChart(id, title string, list []*evidence.Observation, first, last int, empty []int) (Chart, int) {
	unit := commonUnit(list)
	t := Table{ID: id + "-table", Caption: title, Columns: []Column{{Head: r.T("figure.period")}, {Head: r.T("figures.value"), Unit: r.unitName(unit), Number: true}, {Head: r.T("figure.counted_by")}}}
	s := &chart.Series{First: first, Last: last, Unit: capital(r.unitName(unit)), Empty: empty, EmptyWords: r.T("reported.no_figure"), Tick: r.plainNumber}
	var used [5][2]bool
	left := 0
	for _, o := range list {
		m, ok := drawn(o)
		if !ok || o.Unit != unit || len(s.Marks) == mostMarks || m.To.Year() < first || m.From.Year() > last {
			left++
			continue
		}
		s.Marks = append(s.Marks, m)
		who := r.institutionNamed(o.CountedBy)
		who.Href = ""
		t.Rows = append(t.Rows, []Link{{Text: r.spanText(o.Span())}, r.stated(o), who})
		retold := 0
		if m.Retold {
			retold = 1
		}
		used[m.Stated][retold] = true
	}
	c := Chart{ID: id, Title: title, Says: r.T("reported.says", "n", len(s.Marks)), Table: t}
	if len(s.Marks) == 0 {
		return c, left
	}
	if len(s.Marks) > mostInChartTable {
		c.Table = Table{}
	}
	c.Source = Link{Text: r.T("reported.sources_beside"), Href: "#said"}
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
			c.Key = append(c.Key, KeyLine{chart.SeriesKey(k.stated, k.retold), k.text})
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
