package site

import (
	"fmt"
	"strconv"
	"strings"

	"fener/internal/view"
	"fener/law"
	"fener/locale"
	"fener/period"
)

var homePage = Page{Pattern: "", Template: "home", Build: buildHome}

// homeContent is the first page: the line and the dots, and beside it how much is on record and what is missing. Without a record it says so.
type homeContent struct {
	Base
	State    *State
	Chart    *Chart
	Reported Table
	Coverage []Summary // how much of what was reported is on record; empty where no reported total is
	Record   []Summary // how much is on record
	Missing  []string
	Changes  []latestChange
	AsOf     string
}

// latestChange is one of the record's latest changes.
type latestChange struct {
	When string
	What Link
	Kind string
}

func buildHome(r *Request) (Content, error) {
	p := &homeContent{Base: r.Base(r.T("home.title"))}
	p.Description = r.T("home.lede")
	of, err := r.reading()
	if err != nil && !isNoData(err) {
		return nil, err
	}
	if err != nil || of.totals.counts == 0 {
		state := r.NoData()
		p.State = &state
		return p, nil
	}
	reported, err := r.reported()
	if err != nil {
		return nil, err
	}
	if p.Reported, err = r.reportedTable(reported); err != nil {
		return nil, err
	}
	if r.Law() != nil {
		c := r.lineChart(of, reported)
		c.Top = true
		p.Chart = &c
	}
	p.Coverage, p.AsOf = r.coverage(of, reported), r.asOf(of)
	if p.Record, err = r.onRecord(of); err != nil {
		return nil, err
	}
	if p.Missing, err = r.missing(of); err != nil {
		return nil, err
	}
	p.Changes, err = r.changes()
	return p, err
}

// onRecord says how much the record holds.
func (r *Request) onRecord(of *reading) ([]Summary, error) {
	_, sources, err := r.Public().Sources(r.Context(), view.Page{Limit: 1})
	if err != nil {
		return nil, fmt.Errorf("counting the sources: %w", err)
	}
	line := func(key string, n int, path string) Summary {
		s := Summary{r.T(key), Link{Text: locale.Integer(r.Lang, int64(n))}}
		if path != "" {
			s.Text.Href = r.URL(path)
		}
		return s
	}
	list := []Summary{
		line("home.cases", of.totals.cases, "cases"), line("home.judgments", of.totals.judgments, "figures/judgments"),
		line("home.persons", of.totals.persons, "figures/persons_judged"), line("home.sentences", len(of.sentences), "sentences"),
	}
	c := compare(of.sentences)
	list = append(list, line("home.open", c.open, "sentences"), line("home.compared", c.below+c.not, "sentences"))
	if c.below+c.not > 0 { // none below of none compared would read as good news
		list = append(list, line("home.below", c.below, "figures/persons_below_minimum"), line("home.not_below", c.not, ""))
	}
	return append(list, line("home.sources", sources, "sources")), nil
}

// missing says what the record is known to lack.
func (r *Request) missing(of *reading) ([]string, error) {
	var out []string
	first := 0
	if pack := r.Law(); pack != nil {
		limits := traffickingLimits(pack)
		unread := 0
		for _, l := range limits {
			if first == 0 {
				first = inForce(l.provision).From.Year()
			}
			if l.floor.State == law.LimitUnknown {
				unread++
			}
		}
		if unread > 0 {
			out = append(out, r.T("home.missing_floors", "n", unread, "of", len(limits)))
		}
	}
	if first > 0 && of.changed.Year() > 0 {
		if spans := of.totals.missingYears(first, of.changed.Year()); len(spans) > 0 {
			out = append([]string{r.T("home.missing_years", "years", yearSpans(spans))}, out...)
		}
	}
	_, silent, err := r.courtsOnRecord()
	if err != nil {
		return nil, err
	}
	if len(silent) > 0 {
		out = append(out, r.T("home.missing_courts", "n", len(silent)))
	}
	if n := of.totals.noTerm; n > 0 {
		out = append(out, r.T("home.missing_terms", "n", n))
	}
	if n := of.totals.finalUnknown; n > 0 {
		out = append(out, r.T("home.missing_final", "n", n))
	}
	return out, nil
}

// yearSpans writes spans of years: "2002–2004, 2014".
func yearSpans(spans []period.Span) string {
	var out []string
	for _, s := range spans {
		out = append(out, spanOfYears(s.From.Year(), s.To.Year()))
	}
	return strings.Join(out, ", ")
}

// latest is how many changes the first page lists.
const latest = 5

// changes are the record's latest changes, each with a way to what changed.
func (r *Request) changes() ([]latestChange, error) { return r.changesOf(latest) }

// changesOf are the record's latest changes, at most so many.
func (r *Request) changesOf(n int) ([]latestChange, error) {
	list, err := r.Public().Recent(r.Context(), n)
	if err != nil {
		return nil, fmt.Errorf("reading the latest changes: %w", err)
	}
	var out []latestChange
	for _, m := range list {
		kind := "kind." + string(m.Kind)
		c := latestChange{When: locale.Date(r.Lang, period.DateOf(m.At)), Kind: r.T(kind)}
		if c.What, err = r.changed(&m); err != nil {
			return nil, err
		}
		if m.Rev > 1 {
			c.Kind += ", " + r.T("home.revision", "n", strconv.Itoa(m.Rev))
		}
		if m.Gone != view.Standing {
			gone := "home." + m.Gone.String()
			c.Kind += ", " + r.T(gone)
		}
		out = append(out, c)
	}
	return out, nil
}

// judgmentTitle names a judgment: by its number, or by its court and date where it has none on record.
func (r *Request) judgmentTitle(j *view.JudgmentFile) string {
	if len(j.Numbers) > 0 {
		return strings.Join(j.Numbers, ", ")
	}
	court := r.courtName(j.CourtName, j.Court).Text
	if court == "" {
		court = r.T("home.no_court")
	}
	return court + ", " + locale.Date(r.Lang, j.Date)
}
