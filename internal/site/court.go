package site

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"fener/internal/api"
	"fener/internal/figure"
	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
	"fener/locale"
)

var courtPage = Page{
	Pattern: "courts/{court}", Template: "court",
	Build: buildCourt, JSON: courtJSON, CSV: courtCSV,
}

type courtContent struct {
	Base
	Names   []Summary
	Notes   []string
	Figures Table
	Cases   Table
	More    Link // to all of its cases
	Missing []string
	AsOf    string
}

// courtFigures are the figures that a court's page shows.
var courtFigures = []string{"judgments", "persons_judged", "persons_convicted", "persons_acquitted", "persons_suspended", "persons_fined_only",
	"persons_below_minimum", "persons_downgraded", "imprisonment_range", "days_to_judgment_median"}

// mostCases is how many cases a court's page lists; the rest is a link away.
const mostCases = 25

func buildCourt(r *Request) (Content, error) {
	of, err := r.reading()
	if err != nil {
		return nil, err
	}
	row, body, err := r.court()
	if err != nil {
		return nil, err
	}
	name := r.courtName(row.Names, row.ID)
	p := &courtContent{Base: r.Base(name.Text, Link{Text: r.T("courts.title"), Href: r.URL("courts")}), AsOf: r.asOf(of)}
	p.Description = r.T("court.description", "court", name.Text)
	for _, n := range []struct {
		lang locale.Lang
		name string
	}{{locale.SQ, row.Names.SQ}, {locale.SRLatn, row.Names.SR}, {locale.SR, locale.Cyrillic(row.Names.SR)}, {locale.EN, row.Names.EN}} {
		if n.name != "" {
			p.Names = append(p.Names, Summary{n.lang.Name(), Link{Text: n.name, Lang: n.lang}})
		}
	}
	if body != nil {
		p.Names = append(p.Names, r.courtNotes(body)...)
	}
	if p.Figures, err = r.courtFigures(of, row.ID); err != nil {
		return nil, err
	}
	if err := r.courtCases(p, row.ID); err != nil {
		return nil, err
	}
	p.Missing, err = r.courtMissing(of, row)
	return p, err
}

// courtNotes say what else is known of a court: other names, branches, what became of it.
func (r *Request) courtNotes(body *record.Institution) []Summary {
	var out []Summary
	if len(body.Aliases) > 0 {
		out = append(out, Summary{r.T("court.aliases"), Link{Text: strings.Join(body.Aliases, "; ")}})
	}
	if body.Role != "" {
		out = append(out, Summary{r.T("court.role"), Link{Text: body.Role, Lang: locale.EN}})
	}
	if body.Successor != "" {
		out = append(out, Summary{r.T("court.successor"), Link{Text: body.Successor, Href: r.URL("courts/" + url.PathEscape(body.Successor))}})
	}
	return out
}

// courtValues are a court's figures.
func courtValues(of *reading, court string) ([]figure.Value, error) {
	filter, err := figure.Filter{}.With(figure.Court, court)
	if err != nil {
		return nil, fmt.Errorf("the figures of court %q: %w", court, err)
	}
	var out []figure.Value
	for _, id := range courtFigures {
		v, err := of.figures.FixedFigure(figure.Query{Measure: id, Filter: filter})
		if err != nil {
			return nil, fmt.Errorf("computing %s of court %q: %w", id, court, err)
		}
		out = append(out, v)
	}
	return out, nil
}

func (r *Request) courtFigures(of *reading, court string) (Table, error) {
	t := Table{ID: "figures", Caption: r.T("court.figures"), Note: r.T("figure.not_ranked"), Columns: []Column{{Head: r.T("figures.figure")},
		{Head: r.T("figures.value"), Number: true}, {Head: r.T("figures.behind"), Number: true}, {Head: r.T("figures.note")}}}
	values, err := courtValues(of, court)
	for i := range values {
		v := &values[i]
		behind := Link{Text: dashed(r.ofText(v))}
		if v.State != figure.NoData {
			behind.Href = r.rowsURL(v.Query)
		}
		t.Rows = append(t.Rows, []Link{{Text: v.Indicator.Names.In(r.Lang), Href: r.URL("figures/"+v.Indicator.ID) + "?by=court"},
			{Text: r.valueText(v)}, behind, {Text: dashed(r.remarks(v))}})
		if !slices.Contains(v.Indicator.Breakdowns, figure.Court) {
			t.Rows[len(t.Rows)-1][0].Href = r.URL("figures/" + v.Indicator.ID)
		}
	}
	return t, err
}

func (r *Request) courtCases(p *courtContent, court string) error {
	rows, total, err := r.casesOf(view.CaseFilter{Court: court, Page: view.Page{Limit: mostCases}})
	if err != nil {
		return fmt.Errorf("reading the cases of court %q: %w", court, err)
	}
	p.Cases = Table{ID: "cases", Caption: r.T("court.cases", "n", total), Empty: r.T("court.no_cases"), Columns: []Column{{Head: r.T("line.case")},
		{Head: r.T("court.last")}, {Head: r.T("courts.persons"), Number: true}, {Head: r.T("line.finding")}}}
	for _, c := range rows {
		p.Cases.Rows = append(p.Cases.Rows, []Link{{Text: c.Title, Href: r.URL("cases/" + url.PathEscape(c.ID))}, {Text: locale.Date(r.Lang, c.Last)},
			{Text: locale.Integer(r.Lang, int64(c.Defendants))}, {Text: dashed(r.answers(c.Answers))}})
	}
	if total > len(rows) {
		p.More = Link{Text: r.T("court.all_cases", "n", total), Href: r.URL("cases") + "?court=" + url.QueryEscape(court)}
	}
	return nil
}

// courtMissing says what the record lacks of a court. That is not the same as what the court did not do.
func (r *Request) courtMissing(of *reading, row view.CourtRow) ([]string, error) {
	var out []string
	if row.Judgments == 0 {
		return []string{r.T("court.nothing")}, nil
	}
	filter, err := figure.Filter{}.With(figure.Court, row.ID)
	if err != nil {
		return nil, fmt.Errorf("what is missing of court %q: %w", row.ID, err)
	}
	byYear, err := of.figures.Fixed(figure.Query{Measure: "judgments", Rows: figure.Year, Filter: filter})
	if err != nil {
		return nil, fmt.Errorf("what is missing of court %q: %w", row.ID, err)
	}
	t := totals{byYear: map[int]yearTotals{}}
	undated := 0
	for i, h := range byYear.Rows {
		var year int
		if _, err := fmt.Sscanf(h.Key, "%d", &year); err != nil {
			undated += byYear.RowTotals[i].N
			continue
		}
		t.byYear[year] = yearTotals{judgments: byYear.RowTotals[i].N}
	}
	if row.First != 0 {
		if spans := t.missingYears(row.First, max(row.Last, of.changed.Year())); len(spans) > 0 {
			out = append(out, r.T("home.missing_years", "years", yearSpans(spans)))
		}
	}
	if undated > 0 {
		out = append(out, r.T("court.undated", "n", undated))
	}
	open, err := filter.With(figure.Final, law.NotKnown.String())
	if err != nil {
		return nil, fmt.Errorf("what is missing of court %q: %w", row.ID, err)
	}
	v, err := of.figures.FixedFigure(figure.Query{Measure: "judgments", Filter: open})
	if err != nil {
		return nil, fmt.Errorf("what is missing of court %q: %w", row.ID, err)
	}
	if v.N > 0 {
		out = append(out, r.T("home.missing_final", "n", v.N))
	}
	return out, nil
}

func courtJSON(r *Request) (any, error) {
	of, err := r.reading()
	if err != nil {
		return nil, err
	}
	row, _, err := r.court()
	if err != nil {
		return nil, err
	}
	persons, err := personsByCourt(of)
	if err != nil {
		return nil, err
	}
	values, err := courtValues(of, row.ID)
	if err != nil {
		return nil, err
	}
	d := &api.CourtDocument{Head: r.Head("court"), AsOf: of.changed, Court: api.NewCourt(row, persons[row.ID])}
	for i := range values {
		d.Figures = append(d.Figures, api.OneFigure{Definition: api.NewDefinition(values[i].Indicator), Figure: api.NewFigureValue(&values[i])})
	}
	return d, nil
}

func courtCSV(r *Request) (*api.Sheet, error) {
	of, err := r.reading()
	if err != nil {
		return nil, err
	}
	row, _, err := r.court()
	if err != nil {
		return nil, err
	}
	values, err := courtValues(of, row.ID)
	if err != nil {
		return nil, err
	}
	return api.FiguresSheet(values), nil
}
