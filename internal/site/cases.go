package site

import (
	"strconv"

	"fener/internal/api"
	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
	"fener/locale"
)

var casesPage = Page{
	Pattern: "cases", Template: "cases", Nav: "cases.title", Params: []string{"court", "year", "outcome", "trafficking", "page"}, Build: buildCases,
	JSON:  func(r *Request) (any, error) { return casesData(r) },
	Parts: casesWhole,
}

// casesWhole sends every case that the choice of the address asks for.
func casesWhole(r *Request, send func(*api.Sheet) error) error {
	v, err := r.publicView()
	if err != nil {
		return err
	}
	names, _, err := r.courtNames()
	if err != nil {
		return err
	}
	filter, err := r.caseFilter(names)
	if err != nil {
		return err
	}
	return parts(r.Context(), func(after *view.CaseRow) ([]view.CaseRow, error) {
		return v.CasesAfter(r.Context(), filter, after, partRows)
	},
		func(rows []view.CaseRow) *api.Sheet {
			d := api.Cases(api.Head{}, rows, api.List{}, names)
			return d.Sheet()
		}, send)
}

// casesContent is the list of cases, with a form that chooses among them.
type casesContent struct {
	Base
	Action      string
	Courts      []Choice
	Years       []Choice
	Outcomes    []Choice
	Trafficking bool
	Chosen      bool // something was chosen
	Found       string
	Cases       Table
	Pager       Pager
}

// Choice is an entry of a list to choose from.
type Choice struct {
	Value, Text string
	Lang        locale.Lang
	Chosen      bool
}

// caseList is what an address asks of the list of cases, and what the record answers.
type caseList struct {
	filter view.CaseFilter
	rows   []view.CaseRow
	total  int
	names  map[string]record.Names
	courts []view.CourtRow
}

func (r *Request) caseList() (*caseList, error) {
	l := &caseList{}
	var err error
	if l.names, l.courts, err = r.courtNames(); err != nil {
		return nil, err
	}
	if l.filter, err = r.caseFilter(l.names); err != nil {
		return nil, err
	}
	l.rows, l.total, err = r.casesOf(l.filter)
	return l, err
}

var caseIndex = NewOnce(func(r *Request) (*view.CaseIndex, error) {
	v, err := r.publicView()
	if err != nil {
		return nil, err
	}
	return v.CaseIndex(r.Context())
})

// casesOf are one part of the cases that a filter chooses, and how many it chooses in all. The last part costs what the first does.
func (r *Request) casesOf(f view.CaseFilter) ([]view.CaseRow, int, error) {
	v, err := r.publicView()
	if err != nil {
		return nil, 0, err
	}
	index, err := caseIndex.Of(r)
	if err != nil {
		return nil, 0, err
	}
	ids, total := index.Find(f)
	rows, err := v.CasesByID(r.Context(), ids)
	return rows, total, err
}

// caseFilter reads the choice from the address. What no form of ours sends is refused, and the page says what was wrong.
func (r *Request) caseFilter(courts map[string]record.Names) (f view.CaseFilter, err error) {
	if f.Page, err = r.paging(); err != nil {
		return f, err
	}
	if id := r.Query.Get("court"); id != "" {
		if _, ok := courts[id]; !ok {
			return f, r.wrong("court", "cases.court")
		}
		f.Court = id
	}
	if text := r.Query.Get("year"); text != "" {
		if f.Year, err = strconv.Atoi(text); err != nil || f.Year < firstYear || f.Year > lastYear {
			return f, r.wrong("year", "cases.year")
		}
	}
	if text := r.Query.Get("outcome"); text != "" {
		if f.Outcomes, err = law.ParseOutcomes(text); err != nil {
			return f, r.wrong("outcome", "cases.outcome")
		}
	}
	switch r.Query.Get("trafficking") {
	case "":
	case "yes":
		f.Trafficking = true
	default:
		return f, r.wrong("trafficking", "cases.trafficking")
	}
	return f, nil
}

// The years that an address may name.
const (
	firstYear = 1900
	lastYear  = 2200
)

func buildCases(r *Request) (Content, error) {
	l, err := r.caseList()
	if err != nil {
		return nil, err
	}
	p := &casesContent{Base: r.Base(r.T("cases.title")), Action: r.URL(r.Pattern()), Trafficking: l.filter.Trafficking}
	p.Description = r.T("cases.lede")
	p.Chosen = l.filter.Court != "" || l.filter.Year != 0 || l.filter.Outcomes != 0 || l.filter.Trafficking
	p.choices(r, l)
	p.Found = r.T("cases.found", "n", l.total)
	p.Cases = Table{ID: "cases", Caption: p.Found, Empty: r.T("cases.none"), Columns: []Column{
		{Head: r.T("cases.case")}, {Head: r.T("cases.court")}, {Head: r.T("cases.last")}, {Head: r.T("cases.persons"), Number: true},
		{Head: r.T("cases.judgments"), Number: true}, {Head: r.T("cases.findings")},
	}}
	if !p.Chosen && l.total == 0 {
		p.Cases.Empty = r.T("error.no_data.says")
	}
	for _, c := range l.rows {
		court := Link{}
		if c.Court != "" {
			court = r.courtLink(l.names[c.Court], c.Court)
		}
		p.Cases.Rows = append(p.Cases.Rows, []Link{
			{Text: r.caseTitle(c.Title), Href: r.URL(api.CasePath(c.ID))}, court, {Text: r.dated(c.Last)},
			{Text: locale.Integer(r.Lang, int64(c.Defendants))}, {Text: locale.Integer(r.Lang, int64(c.Judgments))}, {Text: r.answers(c.Answers)},
		})
	}
	p.Pager = r.pager(r.Pattern(), l.filter.Page, l.total)
	return p, nil
}

// caseTitle names a case by its numbers, and says so where none is on record.
func (r *Request) caseTitle(title string) string {
	if title == "" {
		return r.T("case.no_number")
	}
	return title
}

// choices fill the form.
func (p *casesContent) choices(r *Request, l *caseList) {
	first, last := 0, 0
	for _, c := range l.courts {
		name := r.courtName(c.Names, c.ID)
		p.Courts = append(p.Courts, Choice{Value: c.ID, Text: name.Text, Lang: name.Lang, Chosen: c.ID == l.filter.Court})
		if c.First > 0 && (first == 0 || c.First < first) {
			first = c.First
		}
		last = max(last, c.Last)
	}
	locale.Sort(r.Lang, p.Courts, func(c Choice) string { return c.Text })
	for year := last; year >= first && year > 0; year-- {
		text := strconv.Itoa(year)
		p.Years = append(p.Years, Choice{Value: text, Text: text, Chosen: year == l.filter.Year})
	}
	for _, o := range law.AllOutcomes() {
		p.Outcomes = append(p.Outcomes, Choice{Value: o.String(), Text: capital(o.Text(r.Lang)), Chosen: l.filter.Outcomes == law.OutcomesOf(o)})
	}
}

func casesData(r *Request) (*api.CasesDocument, error) {
	l, err := r.caseList()
	if err != nil {
		return nil, err
	}
	d := api.Cases(r.Head("cases"), l.rows, r.list(l.total, l.filter.Page.Offset, l.filter.Page.Limit), l.names)
	return &d, nil
}
