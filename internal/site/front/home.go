package front

import (
	"fmt"

	"fener/internal/page"
	"fener/internal/site/line"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/internal/view"
	"fener/law"
	"fener/locale"
)

var homePage = page.Page{Pattern: "", Template: "home", Build: buildHome}

// homeContent is the first page: the line and the dots, and beside it how much is on record and what is missing. Without a record it says so.
type homeContent struct {
	page.Base
	State    *page.State
	Chart    *page.Chart
	Reported page.Table
	Coverage []page.Summary // how much of what was reported is on record; empty where no reported total is
	Record   []page.Summary // how much is on record
	Missing  []string
	Changes  []shown.LatestChange
	AsOf     string
}

func buildHome(r *page.Request) (page.Content, error) {
	p := &homeContent{Base: r.Base(r.T("home.title"))}
	p.Description = r.T("home.lede")
	of, err := reads.Numbers(r)
	if err != nil && !page.IsNoData(err) {
		return nil, err
	}
	if err != nil || of.Totals.Counts == 0 {
		state := r.NoData()
		p.State = &state
		return p, nil
	}
	reported, err := line.Reported(r)
	if err != nil {
		return nil, err
	}
	if p.Reported, err = line.ReportedTable(r, reported); err != nil {
		return nil, err
	}
	if r.Law() != nil {
		c := line.LineChart(r, of, reported)
		c.Top = true
		if p.Chart = &c; c.Picture != "" {
			p.Card = r.CardOf("sentences")
		}
	}
	p.Coverage, p.AsOf = line.Coverage(r, of, reported), shown.AsOf(r, of)
	if p.Record, err = onRecord(r, of); err != nil {
		return nil, err
	}
	if p.Missing, err = missing(r, of); err != nil {
		return nil, err
	}
	p.Changes, err = changes(r)
	return p, err
}

// onRecord says how much the record holds.
func onRecord(r *page.Request, of *reads.Reading) ([]page.Summary, error) {
	_, counted, err := r.Public().Sources(r.Context(), view.Page{Limit: 1})
	if err != nil {
		return nil, fmt.Errorf("counting the sources: %w", err)
	}
	entry := func(key string, n int, path string) page.Summary {
		s := page.Summary{Term: r.T(key), Text: page.Link{Text: locale.Integer(r.Lang, int64(n))}}
		if path != "" {
			s.Text.Href = r.URL(path)
		}
		return s
	}
	list := []page.Summary{
		entry("home.cases", of.Totals.Cases, "cases"), entry("home.judgments", of.Totals.Judgments, "figures/judgments"),
		entry("home.persons", of.Totals.Persons, "figures/persons_judged"), entry("home.sentences", len(of.Sentences), "sentences"),
	}
	c := reads.Compare(of.Sentences)
	list = append(list, entry("home.open", c.Open, "sentences"), entry("home.compared", c.Below+c.Not, "sentences"))
	if c.Below+c.Not > 0 { // none below of none compared would read as good news
		list = append(list, entry("home.below", c.Below, "figures/persons_below_minimum"), entry("home.not_below", c.Not, ""))
	}
	return append(list, entry("home.sources", counted, "sources")), nil
}

// missing says what the record is known to lack.
func missing(r *page.Request, of *reads.Reading) ([]string, error) {
	var out []string
	first := 0
	if pack := r.Law(); pack != nil {
		limits := line.TraffickingLimits(pack)
		unread := 0
		for _, l := range limits {
			if first == 0 {
				first = line.InForce(l.Provision).From.Year()
			}
			if l.Floor.State == law.LimitUnknown {
				unread++
			}
		}
		if unread > 0 {
			out = append(out, r.T("home.missing_floors", "n", unread, "of", len(limits)))
		}
	}
	if first > 0 && of.Changed.Year() > 0 {
		if spans := of.Totals.MissingYears(first, of.Changed.Year()); len(spans) > 0 {
			out = append([]string{r.T("home.missing_years", "years", reads.YearSpans(spans))}, out...)
		}
	}
	_, silent, err := shown.CourtsOnRecord(r)
	if err != nil {
		return nil, err
	}
	if len(silent) > 0 {
		out = append(out, r.T("home.missing_courts", "n", len(silent)))
	}
	if n := of.Totals.NoTerm; n > 0 {
		out = append(out, r.T("home.missing_terms", "n", n))
	}
	if n := of.Totals.FinalUnknown; n > 0 {
		out = append(out, r.T("home.missing_final", "n", n))
	}
	return out, nil
}

// latest is how many changes the first page lists.
const latest = 5

// changes are the record's latest changes, each with a way to what changed.
func changes(r *page.Request) ([]shown.LatestChange, error) { return shown.ChangesOf(r, latest) }
