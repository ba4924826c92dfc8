package site

import (
	"slices"
	"strconv"

	"fener/internal/api"
	"fener/internal/evidence"
	"fener/locale"
)

var missingPage = Page{
	Pattern: "missing", Template: "missing", Foot: "missing.title", Build: buildMissing,
	JSON: func(r *Request) (any, error) { return missingData(r) },
	CSV: func(r *Request) (*api.Sheet, error) {
		d, err := missingData(r)
		if err != nil {
			return nil, err
		}
		return d.Sheet(), nil
	},
}

// missingContent is what the record lacks, as a list that somebody can work through.
type missingContent struct {
	Base
	State  *State
	Parts  []missingPart
	Totals []string
}

// missingPart is one kind of what is missing.
type missingPart struct {
	Says  string
	Table Table
}

func missingData(r *Request) (*api.MissingDocument, error) {
	of, err := r.reading()
	if err != nil {
		return nil, err
	}
	d := &api.MissingDocument{Head: r.Head("missing"), Missing: []api.Gap{}}
	set, err := r.said()
	if err == nil {
		d.Missing = append(d.Missing, reportedGaps(of, set)...)
	} else if !isNoData(err) {
		return nil, err
	}
	courts, silent, err := r.courtsOnRecord()
	if err != nil {
		return nil, err
	}
	for _, c := range silent {
		d.Missing = append(d.Missing, api.Gap{Kind: "court", Court: c.ID, Path: "courts/" + escapePath(c.ID)})
	}
	first, last := r.yearsToCover(of)
	for _, y := range yearsWithout(of, first, last) {
		d.Missing = append(d.Missing, api.Gap{Kind: "year", Year: y})
	}
	for _, c := range courts {
		if c.Judgments > 0 && c.First > 0 {
			for y := c.First; y <= last; y++ {
				if of.totals.byCourt[c.ID][y] == 0 {
					d.Missing = append(d.Missing, api.Gap{Kind: "court_year", Year: y, Court: c.ID, Path: "courts/" + escapePath(c.ID)})
				}
			}
		}
	}
	texts, err := r.wantedTexts()
	if err != nil {
		return nil, err
	}
	d.Missing = append(d.Missing, textGaps(texts)...)
	if set != nil {
		for _, key := range set.AllSeries() {
			for _, y := range set.Gaps(key) {
				d.Missing = append(d.Missing, api.Gap{Kind: "figure", Year: y, Indicator: key.Indicator, Path: api.SeriesPath(key.Indicator)})
			}
		}
	}
	return d, nil
}

// reportedGaps are the totals that sources report of whole years, of which not all are on record.
func reportedGaps(of *reading, set *evidence.Set) []api.Gap {
	var out []api.Gap
	for _, indicator := range []string{reportedConvicted, reportedSuspended, reportedFined} {
		for _, o := range set.Observations(evidence.Series{Indicator: indicator, Place: wholeCountry}) {
			year, whole := wholeYearOf(o.Span())
			stated, number := o.Value.Number()
			if !whole || !number || o.Doubtful {
				continue
			}
			v, ok := figureOf(of, recordedAs[indicator], yearSpanOf(year))
			if !ok {
				continue
			}
			if n := recordedNumber(of, indicator, year, &v); float64(n) < stated {
				out = append(out, api.Gap{Kind: "cases", Year: year, Indicator: indicator, Reported: o.Value.Text, Recorded: n, Path: api.ObservationPath(o)})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b api.Gap) int { return b.Year - a.Year })
	return out
}

// yearsToCover are the years from the first law on trafficking until the record's last change.
func (r *Request) yearsToCover(of *reading) (first, last int) {
	if pack := r.Law(); pack != nil {
		for _, l := range traffickingLimits(pack) {
			if y := inForce(l.provision).From.Year(); first == 0 || y > 0 && y < first {
				first = y
			}
		}
	}
	return first, of.changed.Year() - 1 // the year that runs is not over
}

func yearsWithout(of *reading, first, last int) []int {
	var out []int
	for y := first; y > 0 && y <= last; y++ {
		if of.totals.byYear[y].judgments == 0 {
			out = append(out, y)
		}
	}
	return out
}

func buildMissing(r *Request) (Content, error) {
	p := &missingContent{Base: r.Base(r.T("missing.title"))}
	p.Description = r.T("missing.lede")
	d, err := missingData(r)
	if isNoData(err) {
		state := r.NoData()
		p.State = &state
		return p, nil
	}
	if err != nil {
		return nil, err
	}
	of, err := r.reading()
	if err != nil {
		return nil, err
	}
	texts, err := r.wantedTexts()
	if err != nil {
		return nil, err
	}
	bodies, err := r.institutions()
	if err != nil {
		return nil, err
	}
	courts := func(id string) Link {
		if in := bodies[id]; in != nil {
			return r.courtLink(in.Names, id)
		}
		return r.courtLink(of.courts[id], id)
	}
	year := func(y int) string { return strconv.Itoa(y) }
	cases := Table{ID: "cases", Caption: r.T("missing.cases"), Quiet: true, Empty: r.T("missing.none"), Columns: []Column{{Head: r.T("reported.year")}, {Head: r.T("reported.what")},
		{Head: r.T("missing.reported"), Number: true}, {Head: r.T("missing.recorded"), Number: true}}}
	silent := Table{ID: "silent", Caption: r.T("missing.courts"), Quiet: true, Empty: r.T("missing.none"), Columns: []Column{{Head: r.T("cases.court")}, {Head: r.T("missing.what")}}}
	byCourt := Table{ID: "court-years", Caption: r.T("missing.court_years"), Quiet: true, Empty: r.T("missing.none"), Columns: []Column{{Head: r.T("cases.court")}, {Head: r.T("missing.years_without")}}}
	figures := Table{ID: "figures", Caption: r.T("missing.figures"), Quiet: true, Empty: r.T("missing.none"), Columns: []Column{{Head: r.T("reported.what")}, {Head: r.T("missing.years_without")}}}
	var years []int
	grouped := map[string][]int{}
	var order []string
	group := func(key string, y int) {
		if grouped[key] == nil {
			order = append(order, key)
		}
		if !slices.Contains(grouped[key], y) {
			grouped[key] = append(grouped[key], y)
		}
	}
	for _, g := range d.Missing {
		switch g.Kind {
		case "cases":
			cases.Rows = append(cases.Rows, []Link{{Text: year(g.Year), Href: r.URL(g.Path)}, {Text: r.indicatorName(g.Indicator)}, {Text: g.Reported}, {Text: locale.Integer(r.Lang, int64(g.Recorded))}})
		case "court":
			silent.Rows = append(silent.Rows, []Link{courts(g.Court), {Text: r.T("missing.all_years")}})
		case "year":
			years = append(years, g.Year)
		case "court_year":
			group("c "+g.Court, g.Year)
		case "figure":
			group("f "+g.Indicator, g.Year)
		}
	}
	for _, key := range order {
		id := key[2:]
		slices.Sort(grouped[key])
		if key[0] == 'c' {
			byCourt.Rows = append(byCourt.Rows, []Link{courts(id), {Text: yearList(grouped[key])}})
			continue
		}
		figures.Rows = append(figures.Rows, []Link{{Text: r.indicatorName(id), Href: r.URL(api.SeriesPath(id))}, {Text: yearList(grouped[key])}})
	}
	p.Parts = []missingPart{r.textsPart(texts), {r.T("missing.cases_says"), cases}, {r.T("missing.courts_says"), silent}, {r.T("missing.court_years_says"), byCourt}, {r.T("missing.figures_says"), figures}}
	if len(years) > 0 {
		p.Totals = append(p.Totals, r.T("home.missing_years", "years", yearList(years)))
	}
	if n := of.totals.noTerm; n > 0 {
		p.Totals = append(p.Totals, r.T("home.missing_terms", "n", n))
	}
	if n := of.totals.finalUnknown; n > 0 {
		p.Totals = append(p.Totals, r.T("home.missing_final", "n", n))
	}
	return p, nil
}
