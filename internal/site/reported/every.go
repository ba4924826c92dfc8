package reported

import (
	"slices"
	"strconv"

	"fener/internal/evidence"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/locale"
)

// everyPattern is the address of every reported figure, below the language.
const everyPattern = "reported/all"

var everyPage = page.Page{
	Pattern: everyPattern, Data: "reported.every", Template: "every", Params: []string{"topic", "year", "by", "sort", "page"}, Build: buildEvery,
	JSON:  page.DocumentOf(everyData),
	Parts: everyWhole,
}

// everyContent lists every reported figure, with the ways to choose among them.
type everyContent struct {
	page.Base
	Facets []page.Facet
	Table  page.Table
	Pager  page.Pager
}

// figure is a reported figure in the list.
type figure struct {
	*evidence.Observation
	topic string
	years []string // that its period touches
	by    string   // who counted: the id of an institution, or the words of the source; empty where it is not said
}

// everyFigure is all that was reported, by what it is of and its period.
var everyFigure = page.NewOnce(func(r *page.Request) ([]figure, error) {
	set, err := reads.Said(r)
	if err != nil {
		return nil, err
	}
	institutions, err := reads.Institutions(r)
	if err != nil && !page.IsNoData(err) {
		return nil, err
	}
	var all []figure
	counters := map[string]string{}
	for _, key := range set.AllSeries() {
		topic := shown.TopicOf(key.Indicator)
		for _, o := range set.Observations(key) {
			f := figure{Observation: o, topic: topic}
			for _, year := range reads.YearsTold(o) {
				f.years = append(f.years, strconv.Itoa(year))
			}
			if by, known := counters[o.CountedBy]; known {
				f.by = by
			} else if f.by = shown.CounterOf(institutions, o.CountedBy); f.by == "" {
				f.by = o.CountedBy
			}
			counters[o.CountedBy] = f.by
			all = append(all, f)
		}
	}
	return all, nil
})

// The most choices that each facet offers.
const (
	mostCounters = 30
	mostYears    = 40
)

// figureChoice are the figures that the address chooses, in the order that it asks for, with the links to other choices.
func figureChoice(r *page.Request) ([]figure, []page.Facet, error) {
	all, err := everyFigure.Of(r)
	if err != nil {
		return nil, nil, err
	}
	one := func(v string) []string {
		if v == "" {
			return nil
		}
		return []string{v}
	}
	list, facets, err := page.Choose(r, all, []page.By[figure]{
		{Param: "topic", Name: "reported.topic_head", Known: topicWords(), Of: func(f *figure) []string { return one(f.topic) },
			Text: func(v string) page.Link { return page.Link{Text: topicName(r, record.Topic(v))} },
			Order: func(a, b string) int {
				return slices.Index(record.Topics, record.Topic(a)) - slices.Index(record.Topics, record.Topic(b))
			}},
		{Param: "year", Name: "reported.year", Most: mostYears, Of: func(f *figure) []string { return f.years },
			Text: func(v string) page.Link { return page.Link{Text: v} }, Order: newerYear},
		{Param: "by", Name: "figure.counted_by", Most: mostCounters, Of: func(f *figure) []string { return one(f.by) },
			Text: func(v string) page.Link { return counterName(r, v) }},
	})
	if err != nil {
		return nil, nil, err
	}
	names, order := map[string]string{}, locale.NewCollator(r.Lang)
	for _, f := range list {
		if _, known := names[f.Indicator]; !known {
			names[f.Indicator] = shown.IndicatorName(r, f.Indicator)
		}
	}
	sorted, err := page.Sort(r, list, []page.SortBy[figure]{
		{Name: "facet.newest", Compare: func(a, b *figure) int { return byDay(a, b, true) }},
		{Value: "oldest", Name: "facet.oldest", Compare: func(a, b *figure) int { return byDay(a, b, false) }},
		{Value: "name", Name: "facet.name", Compare: func(a, b *figure) int { return order.Compare(names[a.Indicator], names[b.Indicator]) }},
	})
	return list, append(facets, sorted), err
}

// topicWords are the topics as they stand in addresses.
func topicWords() (out []string) {
	for _, topic := range record.Topics {
		out = append(out, string(topic))
	}
	return out
}

// newerYear puts the later of two years first.
func newerYear(a, b string) int {
	m, _ := strconv.Atoi(a) // both were written from numbers
	n, _ := strconv.Atoi(b)
	return n - m
}

// byDay compares figures by the last day of their periods; those of which no period is told stand last either way.
func byDay(a, b *figure, newest bool) int {
	if a.From.IsZero() != b.From.IsZero() {
		if a.From.IsZero() {
			return 1
		}
		return -1
	}
	if a.From.IsZero() {
		return 0
	}
	if newest {
		a, b = b, a
	}
	return a.Span().Last().Compare(b.Span().Last())
}

// counterName is who counted, by a name on record or in the words of the source.
func counterName(r *page.Request, by string) page.Link {
	link := shown.InstitutionNamed(r, by)
	link.Href = ""
	return link
}

// everyRows is how many figures a page lists; their quotations are long.
const everyRows = 20

// figurePart is the part of the figures that the address asks for.
func figurePart(r *page.Request) (part []figure, facets []page.Facet, n, total int, err error) {
	window, err := r.Paging()
	if err != nil {
		return nil, nil, 0, 0, err
	}
	list, facets, err := figureChoice(r)
	n = window.Offset / page.PageSize
	return page.Part(list, n*everyRows, everyRows), facets, n, len(list), err
}

func buildEvery(r *page.Request) (page.Content, error) {
	p := &everyContent{Base: r.Base(r.T("reported.every"), reportedTrail(r)...)}
	p.Description = r.T("reported.every_lede")
	part, facets, n, total, err := figurePart(r)
	if err != nil && !page.IsNoData(err) {
		return nil, err
	}
	set, err := reads.SaidIfAny(r)
	if err != nil {
		return nil, err
	}
	p.Facets, p.Pager = facets, r.PagerOf(r.Pattern(), n+1, (total+everyRows-1)/everyRows)
	var list []*evidence.Observation
	for _, f := range part {
		list = append(list, f.Observation)
	}
	p.Table = shown.SubjectTable(r, set, "figures", r.T("reported.found", "n", total), list)
	if len(r.Query) > 0 {
		p.Table.Empty = r.T("reported.none")
	}
	return p, nil
}

func everyData(r *page.Request) (*FiguresDocument, error) {
	part, _, n, total, err := figurePart(r)
	if err != nil {
		return nil, err
	}
	set, err := reads.Said(r)
	if err != nil {
		return nil, err
	}
	return figuresDocument(r.Head("reported-figures"), set, r.List(total, n*everyRows, everyRows), part), nil
}

func figuresDocument(head page.Head, set *evidence.Set, of page.List, part []figure) *FiguresDocument {
	d := &FiguresDocument{Head: head, List: of, Said: []shown.Observation{}}
	for _, f := range part {
		d.Said = append(d.Said, shown.NewObservation(f.Observation, set.Source(f.Citation.Source)))
	}
	return d
}

// everyWhole sends every figure that the choice of the address asks for.
func everyWhole(r *page.Request, send func(*page.Sheet) error) error {
	list, _, err := figureChoice(r)
	if err != nil {
		return err
	}
	set, err := reads.Said(r)
	if err != nil {
		return err
	}
	return page.PartsOf(list, func(part []figure) (*page.Sheet, error) {
		return figuresDocument(page.Head{}, set, page.List{}, part).Sheet(), nil
	}, send)
}
