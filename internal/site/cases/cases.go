package cases

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/answer"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/internal/view"
	"fener/law"
	"fener/locale"
)

var casesPage = page.Page{
	Pattern: "cases", Data: "cases.title", Template: "cases", Nav: "cases.title", Params: []string{"court", "year", "outcome", "trafficking", "sort", "page"}, Build: buildCases,
	JSON:  page.DocumentOf(casesData),
	Parts: casesWhole,
}

// casesWhole sends every case that the choice of the address asks for.
func casesWhole(r *page.Request, send func(*page.Sheet) error) error {
	v, err := r.Record()
	if err != nil {
		return err
	}
	names, _, err := reads.CourtNames(r)
	if err != nil {
		return err
	}
	filter, err := caseFilter(r, names)
	if err != nil {
		return err
	}
	return page.Parts(r.Context(), func(after *view.CaseRow) ([]view.CaseRow, error) {
		return v.CasesAfter(r.Context(), filter, after, page.PartRows)
	},
		func(rows []view.CaseRow) *page.Sheet {
			d := casesDocument(page.Head{}, rows, page.List{}, names)
			return d.Sheet()
		}, send)
}

// casesContent is the list of cases, with the ways to choose among them.
type casesContent struct {
	page.Base
	Action string // the whole list
	Facets []page.Facet
	Chosen bool // something was chosen
	Found  string
	Cases  page.Table
	Pager  page.Pager
}

// caseList is what an address asks of the list of cases, and what the record answers.
type caseList struct {
	filter view.CaseFilter
	rows   []view.CaseRow
	total  int
	names  map[string]record.Names
	courts []view.CourtRow
}

func askedCases(r *page.Request) (*caseList, error) {
	l := &caseList{}
	var err error
	if l.names, l.courts, err = reads.CourtNames(r); err != nil {
		return nil, err
	}
	if l.filter, err = caseFilter(r, l.names); err != nil {
		return nil, err
	}
	l.rows, l.total, err = reads.CasesOf(r, l.filter)
	return l, err
}

// caseFilter reads the choice from the address. What no form of ours sends is refused, and the page says what was wrong.
func caseFilter(r *page.Request, courts map[string]record.Names) (f view.CaseFilter, err error) {
	if f.Page, err = r.Paging(); err != nil {
		return f, err
	}
	if id := r.Query.Get("court"); id != "" {
		if _, ok := courts[id]; !ok {
			return f, r.Wrong("court", "cases.court")
		}
		f.Court = id
	}
	if text := r.Query.Get("year"); text != "" {
		if f.Year, err = strconv.Atoi(text); err != nil || f.Year < firstYear || f.Year > lastYear {
			return f, r.Wrong("year", "cases.year")
		}
	}
	if text := r.Query.Get("outcome"); text != "" {
		if f.Outcomes, err = law.ParseOutcomes(text); err != nil {
			return f, r.Wrong("outcome", "cases.outcome")
		}
	}
	switch r.Query.Get("sort") {
	case "":
	case "oldest":
		f.Oldest = true
	default:
		return f, r.Wrong("sort", "facet.order")
	}
	switch r.Query.Get("trafficking") {
	case "":
	case "yes":
		f.Trafficking = true
	default:
		return f, r.Wrong("trafficking", "cases.trafficking")
	}
	return f, nil
}

// The years that an address may name.
const (
	firstYear = 1900
	lastYear  = 2200
)

func buildCases(r *page.Request) (page.Content, error) {
	l, err := askedCases(r)
	if err != nil {
		return nil, err
	}
	p := &casesContent{Base: r.Base(r.T("cases.title")), Action: r.URL(r.Pattern())}
	p.Description = r.T("cases.lede")
	p.Chosen = l.filter.Court != "" || l.filter.Year != 0 || l.filter.Outcomes != 0 || l.filter.Trafficking
	if p.Facets, err = caseFacets(r, l); err != nil {
		return nil, err
	}
	p.Found = r.T("cases.found", "n", l.total)
	p.Cases = page.Table{ID: "cases", Caption: p.Found, Empty: r.T("cases.none"), Columns: []page.Column{
		{Head: r.T("cases.case")}, {Head: r.T("cases.court")}, {Head: r.T("cases.last")}, {Head: r.T("cases.persons"), Number: true},
		{Head: r.T("cases.judgments"), Number: true}, {Head: r.T("cases.findings")},
	}}
	if !p.Chosen && l.total == 0 {
		p.Cases.Empty = r.T("error.no_data.says")
	}
	for _, c := range l.rows {
		court := page.Link{}
		if c.Court != "" {
			court = shown.CourtLink(r, l.names[c.Court], c.Court)
		}
		p.Cases.Rows = append(p.Cases.Rows, []page.Link{
			{Text: shown.CaseTitle(r, c.Title), Href: r.URL(shown.CasePath(c.ID))}, court, {Text: r.Dated(c.Last)},
			{Text: locale.Integer(r.Lang, int64(c.Defendants))}, {Text: locale.Integer(r.Lang, int64(c.Judgments))}, {Text: answer.Answers(r, c.Answers)},
		})
	}
	p.Pager = r.Pager(r.Pattern(), l.filter.Page, l.total)
	return p, nil
}

// caseFacets are the ways to choose among cases, each with how many it would leave, and their order.
func caseFacets(r *page.Request, l *caseList) ([]page.Facet, error) {
	n, err := reads.CaseCounts(r, l.filter)
	if err != nil {
		return nil, err
	}
	var courts, years, outcomes []page.Choice
	for id, count := range n.Courts {
		if id != "" {
			courts = append(courts, page.Choice{Value: id, Text: shown.CourtName(r, l.names[id], id), N: count})
		}
	}
	slices.SortFunc(courts, func(a, b page.Choice) int { return strings.Compare(a.Value, b.Value) })
	locale.Sort(r.Lang, courts, func(c page.Choice) string { return c.Text.Text })
	for _, year := range slices.Backward(slices.Sorted(maps.Keys(n.Years))) {
		if year > 0 {
			text := strconv.Itoa(year)
			years = append(years, page.Choice{Value: text, Text: page.Link{Text: text}, N: n.Years[year]})
		}
	}
	for _, o := range law.AllOutcomes() {
		outcomes = append(outcomes, page.Choice{Value: o.String(), Text: page.Link{Text: page.Capital(o.Text(r.Lang))}, N: n.Outcomes[o]})
	}
	order, err := page.Sort(r, l.rows, []page.SortBy[view.CaseRow]{{Name: "facet.newest"}, {Value: "oldest", Name: "facet.oldest"}}) // the index has sorted them
	if err != nil {
		return nil, err
	}
	return []page.Facet{
		r.Facet("cases.court", "court", n.AnyCourt, courts), r.Facet("cases.year", "year", n.AnyYear, years), r.Facet("cases.outcome", "outcome", n.AnyOutcome, outcomes),
		r.Facet("cases.trafficking", "trafficking", n.AnyTrafficking, []page.Choice{{Value: "yes", Text: page.Link{Text: r.T("facet.yes")}, N: n.Trafficking}}), order,
	}, nil
}

func casesData(r *page.Request) (*CasesDocument, error) {
	l, err := askedCases(r)
	if err != nil {
		return nil, err
	}
	d := casesDocument(r.Head("cases"), l.rows, r.List(l.total, l.filter.Page.Offset, l.filter.Page.Limit), l.names)
	return &d, nil
}
