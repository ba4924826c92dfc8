package cases

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"fener/internal/figure"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/answer"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/internal/view"
	"fener/law"
	"fener/locale"
)

var courtPage = page.Page{
	Pattern: "courts/{court}", Template: "court",
	Addresses: func(r *page.Request, from, n int) ([]string, int, error) {
		courts, silent, err := shown.CourtsOnRecord(r)
		if err != nil {
			return nil, 0, err
		}
		var all []string
		for _, c := range append(courts, silent...) {
			all = append(all, "courts/"+url.PathEscape(c.ID))
		}
		return page.AddressPart(all, from, n)
	},
	Build: buildCourt, JSON: page.DocumentOf(courtJSON), CSV: courtCSV,
}

type courtContent struct {
	page.Base
	Names   []page.Summary
	Notes   []string
	Figures page.Table
	Cases   page.Table
	More    page.Link // to all of its cases
	Missing []string
	AsOf    string
}

// courtFigures are the figures that a court's page shows.
var courtFigures = []string{"judgments", "persons_judged", "persons_convicted", "persons_acquitted", "persons_suspended", "persons_fined_only",
	"persons_below_minimum", "persons_downgraded", "imprisonment_range", "days_to_judgment_median"}

// mostCases is how many cases a court's page lists; the rest is a link away.
const mostCases = 25

func buildCourt(r *page.Request) (page.Content, error) {
	of, err := reads.Numbers(r)
	if err != nil {
		return nil, err
	}
	row, body, err := court(r)
	if err != nil {
		return nil, err
	}
	name := shown.CourtName(r, row.Names, row.ID)
	p := &courtContent{Base: r.Base(name.Text, page.Link{Text: r.T("courts.title"), Href: r.URL("courts")}), AsOf: shown.AsOf(r, of)}
	p.TitleIn(name.Lang)
	p.Description = r.T("court.description", "court", name.Text)
	for _, n := range []struct {
		lang locale.Lang
		name string
	}{{locale.SQ, row.Names.SQ}, {locale.SRLatn, row.Names.SR}, {locale.SR, locale.Cyrillic(row.Names.SR)}, {locale.EN, row.Names.EN}} {
		if n.name != "" {
			p.Names = append(p.Names, page.Summary{Term: n.lang.Name(), Text: page.Link{Text: n.name, Lang: n.lang}})
		}
	}
	if body != nil {
		p.Names = append(p.Names, courtNotes(r, body)...)
	}
	if p.Figures, err = figuresTable(r, of, row.ID); err != nil {
		return nil, err
	}
	if err := courtCases(r, p, row.ID); err != nil {
		return nil, err
	}
	p.Missing, err = courtMissing(r, of, row)
	return p, err
}

// courtNotes say what else is known of a court: other names, branches, what became of it.
func courtNotes(r *page.Request, body *record.Institution) []page.Summary {
	var out []page.Summary
	if len(body.Aliases) > 0 {
		out = append(out, page.Summary{Term: r.T("court.aliases"), Text: page.Typed(strings.Join(body.Aliases, "; "))})
	}
	if body.Role != "" {
		out = append(out, page.Summary{Term: r.T("court.role"), Text: page.Link{Text: body.Role, Lang: locale.EN}})
	}
	if body.Successor != "" {
		out = append(out, page.Summary{Term: r.T("court.successor"), Text: shown.InstitutionNamed(r, body.Successor)})
	}
	return out
}

// courtValues are a court's figures.
func courtValues(of *reads.Reading, court string) ([]figure.Value, error) {
	filter, err := figure.Filter{}.With(figure.Court, court)
	if err != nil {
		return nil, fmt.Errorf("the figures of court %q: %w", court, err)
	}
	var out []figure.Value
	for _, id := range courtFigures {
		v, err := of.Figures.FixedFigure(figure.Query{Measure: id, Filter: filter})
		if err != nil {
			return nil, fmt.Errorf("computing %s of court %q: %w", id, court, err)
		}
		out = append(out, v)
	}
	return out, nil
}

func figuresTable(r *page.Request, of *reads.Reading, court string) (page.Table, error) {
	t := page.Table{ID: "figures", Caption: r.T("court.figures"), Note: r.T("figure.not_ranked"), Columns: []page.Column{{Head: r.T("figures.figure")},
		{Head: r.T("figures.value"), Number: true}, {Head: r.T("figures.behind"), Number: true}, {Head: r.T("figures.note")}}}
	values, err := courtValues(of, court)
	for i := range values {
		v := &values[i]
		behind := page.Link{Text: page.Dashed(shown.OfText(r, v))}
		if v.State != figure.NoData {
			behind.Href = shown.RowsURL(r, v.Query)
		}
		t.Rows = append(t.Rows, []page.Link{{Text: v.Indicator.Names.In(r.Lang), Href: r.URL("figures/"+v.Indicator.ID) + "?by=court"},
			{Text: shown.ValueText(r, v)}, behind, {Text: page.Dashed(shown.Remarks(r, v))}})
		if !slices.Contains(v.Indicator.Breakdowns, figure.Court) {
			t.Rows[len(t.Rows)-1][0].Href = r.URL("figures/" + v.Indicator.ID)
		}
	}
	return t, err
}

func courtCases(r *page.Request, p *courtContent, court string) error {
	rows, total, err := reads.CasesOf(r, view.CaseFilter{Court: court, Page: view.Page{Limit: mostCases}})
	if err != nil {
		return fmt.Errorf("reading the cases of court %q: %w", court, err)
	}
	p.Cases = page.Table{ID: "cases", Caption: r.T("court.cases", "n", total), Empty: r.T("court.no_cases"), Columns: []page.Column{{Head: r.T("line.case")},
		{Head: r.T("court.last")}, {Head: r.T("courts.persons"), Number: true}, {Head: r.T("line.finding")}}}
	for _, c := range rows {
		p.Cases.Rows = append(p.Cases.Rows, []page.Link{{Text: c.Title, Href: r.URL("cases/" + url.PathEscape(c.ID))}, {Text: locale.Date(r.Lang, c.Last)},
			{Text: locale.Integer(r.Lang, int64(c.Defendants))}, {Text: page.Dashed(answer.Answers(r, c.Answers))}})
	}
	if total > len(rows) {
		p.More = page.Link{Text: r.T("court.all_cases", "n", total), Href: r.URL("cases") + "?court=" + url.QueryEscape(court)}
	}
	return nil
}

// courtMissing says what the record lacks of a court. That is not the same as what the court did not do.
func courtMissing(r *page.Request, of *reads.Reading, row view.CourtRow) ([]string, error) {
	var out []string
	if row.Judgments == 0 {
		return []string{r.T("court.nothing")}, nil
	}
	filter, err := figure.Filter{}.With(figure.Court, row.ID)
	if err != nil {
		return nil, fmt.Errorf("what is missing of court %q: %w", row.ID, err)
	}
	byYear, err := of.Figures.Fixed(figure.Query{Measure: "judgments", Rows: figure.Year, Filter: filter})
	if err != nil {
		return nil, fmt.Errorf("what is missing of court %q: %w", row.ID, err)
	}
	t := reads.Totals{ByYear: map[int]reads.YearTotals{}}
	undated := 0
	for i, h := range byYear.Rows {
		var year int
		if _, err := fmt.Sscanf(h.Key, "%d", &year); err != nil {
			undated += byYear.RowTotals[i].N
			continue
		}
		t.ByYear[year] = reads.YearTotals{Judgments: byYear.RowTotals[i].N}
	}
	if row.First != 0 {
		if spans := t.MissingYears(row.First, max(row.Last, of.Changed.Year())); len(spans) > 0 {
			out = append(out, r.T("home.missing_years", "years", reads.YearSpans(spans)))
		}
	}
	if undated > 0 {
		out = append(out, r.T("court.undated", "n", undated))
	}
	open, err := filter.With(figure.Final, law.NotKnown.String())
	if err != nil {
		return nil, fmt.Errorf("what is missing of court %q: %w", row.ID, err)
	}
	v, err := of.Figures.FixedFigure(figure.Query{Measure: "judgments", Filter: open})
	if err != nil {
		return nil, fmt.Errorf("what is missing of court %q: %w", row.ID, err)
	}
	if v.N > 0 {
		out = append(out, r.T("home.missing_final", "n", v.N))
	}
	return out, nil
}

func courtJSON(r *page.Request) (*CourtDocument, error) {
	of, err := reads.Numbers(r)
	if err != nil {
		return nil, err
	}
	row, _, err := court(r)
	if err != nil {
		return nil, err
	}
	persons, err := reads.PersonsByCourt(of)
	if err != nil {
		return nil, err
	}
	values, err := courtValues(of, row.ID)
	if err != nil {
		return nil, err
	}
	d := &CourtDocument{Head: r.Head("court"), AsOf: of.Changed, Court: newCourt(row, persons[row.ID])}
	for i := range values {
		d.Figures = append(d.Figures, shown.OneFigure{Definition: shown.NewDefinition(values[i].Indicator), Figure: shown.NewFigureValue(&values[i])})
	}
	return d, nil
}

func courtCSV(r *page.Request) (*page.Sheet, error) {
	of, err := reads.Numbers(r)
	if err != nil {
		return nil, err
	}
	row, _, err := court(r)
	if err != nil {
		return nil, err
	}
	values, err := courtValues(of, row.ID)
	if err != nil {
		return nil, err
	}
	return shown.FiguresSheet(values), nil
}
