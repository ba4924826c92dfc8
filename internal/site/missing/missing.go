package missing

import (
	"slices"
	"strconv"

	"fener/internal/evidence"
	"fener/internal/page"
	"fener/internal/site/line"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/locale"
)

var missingPage = page.Page{
	Pattern: "missing", Data: "missing.title", Template: "missing", Foot: "missing.title", Build: buildMissing,
	JSON: page.DocumentOf(missingData),
	CSV:  page.RowsOf(missingData),
}

// missingContent is what the record lacks, as a list that somebody can work through.
type missingContent struct {
	page.Base
	State  *page.State
	Parts  []missingPart
	Totals []string
}

// missingPart is one kind of what is missing.
type missingPart struct {
	Says  string
	Table page.Table
}

func missingData(r *page.Request) (*MissingDocument, error) {
	of, err := reads.Numbers(r)
	if err != nil {
		return nil, err
	}
	d := &MissingDocument{Head: r.Head("missing"), Missing: []Gap{}}
	set, err := reads.Said(r)
	if err == nil {
		d.Missing = append(d.Missing, reportedGaps(of, set)...)
	} else if !page.IsNoData(err) {
		return nil, err
	}
	courts, silent, err := shown.CourtsOnRecord(r)
	if err != nil {
		return nil, err
	}
	for _, c := range silent {
		d.Missing = append(d.Missing, Gap{Kind: "court", Court: c.ID, Path: "courts/" + page.EscapePath(c.ID)})
	}
	first, last := yearsToCover(r, of)
	for _, y := range yearsWithout(of, first, last) {
		d.Missing = append(d.Missing, Gap{Kind: "year", Year: y})
	}
	for _, c := range courts {
		if c.Judgments > 0 && c.First > 0 {
			for y := c.First; y <= last; y++ {
				if of.Totals.ByCourt[c.ID][y] == 0 {
					d.Missing = append(d.Missing, Gap{Kind: "court_year", Year: y, Court: c.ID, Path: "courts/" + page.EscapePath(c.ID)})
				}
			}
		}
	}
	texts, err := wantedTexts(r)
	if err != nil {
		return nil, err
	}
	d.Missing = append(d.Missing, textGaps(texts)...)
	if set != nil {
		for _, key := range set.AllSeries() {
			for _, y := range set.Gaps(key) {
				d.Missing = append(d.Missing, Gap{Kind: "figure", Year: y, Indicator: key.Indicator, Path: shown.SeriesPath(key.Indicator)})
			}
		}
	}
	return d, nil
}

// reportedGaps are the totals that sources report of whole years, of which not all are on record.
func reportedGaps(of *reads.Reading, set *evidence.Set) []Gap {
	var out []Gap
	for _, indicator := range []string{reads.ReportedConvicted, reads.ReportedSuspended, reads.ReportedFined} {
		for _, o := range set.Observations(evidence.Series{Indicator: indicator, Place: reads.WholeCountry}) {
			year, whole := reads.WholeYearOf(o.Span())
			stated, number := o.Value.Number()
			if !whole || !number || o.Doubtful {
				continue
			}
			v, ok := reads.FigureOf(of, shown.RecordedAs[indicator], reads.YearSpanOf(year))
			if !ok {
				continue
			}
			if n := shown.RecordedNumber(of, indicator, year, &v); float64(n) < stated {
				out = append(out, Gap{Kind: "cases", Year: year, Indicator: indicator, Reported: o.Value.Text, Recorded: n, Path: shown.ObservationPath(o)})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Gap) int { return b.Year - a.Year })
	return out
}

// yearsToCover are the years from the first law on trafficking until the record's last change.
func yearsToCover(r *page.Request, of *reads.Reading) (first, last int) {
	if pack := r.Law(); pack != nil {
		for _, l := range line.TraffickingLimits(pack) {
			if y := line.InForce(l.Provision).From.Year(); first == 0 || y > 0 && y < first {
				first = y
			}
		}
	}
	return first, of.Changed.Year() - 1 // the year that runs is not over
}

func yearsWithout(of *reads.Reading, first, last int) []int {
	var out []int
	for y := first; y > 0 && y <= last; y++ {
		if of.Totals.ByYear[y].Judgments == 0 {
			out = append(out, y)
		}
	}
	return out
}

func buildMissing(r *page.Request) (page.Content, error) {
	p := &missingContent{Base: r.Base(r.T("missing.title"))}
	p.Description = r.T("missing.lede")
	d, err := missingData(r)
	if page.IsNoData(err) {
		state := r.NoData()
		p.State = &state
		return p, nil
	}
	if err != nil {
		return nil, err
	}
	of, err := reads.Numbers(r)
	if err != nil {
		return nil, err
	}
	texts, err := wantedTexts(r)
	if err != nil {
		return nil, err
	}
	bodies, err := reads.Institutions(r)
	if err != nil {
		return nil, err
	}
	courts := func(id string) page.Link {
		if in := bodies[id]; in != nil {
			return shown.CourtLink(r, in.Names, id)
		}
		return shown.CourtLink(r, of.Courts[id], id)
	}
	year := func(y int) string { return strconv.Itoa(y) }
	worked := page.Table{ID: "cases", Caption: r.T("missing.cases"), Quiet: true, Empty: r.T("missing.none"), Columns: []page.Column{{Head: r.T("reported.year")}, {Head: r.T("reported.what")},
		{Head: r.T("missing.reported"), Number: true}, {Head: r.T("missing.recorded"), Number: true}}}
	silent := page.Table{ID: "silent", Caption: r.T("missing.courts"), Quiet: true, Empty: r.T("missing.none"), Columns: []page.Column{{Head: r.T("cases.court")}, {Head: r.T("missing.what")}}}
	byCourt := page.Table{ID: "court-years", Caption: r.T("missing.court_years"), Quiet: true, Empty: r.T("missing.none"), Columns: []page.Column{{Head: r.T("cases.court")}, {Head: r.T("missing.years_without")}}}
	ones := page.Table{ID: "figures", Caption: r.T("missing.figures"), Quiet: true, Empty: r.T("missing.none"), Columns: []page.Column{{Head: r.T("reported.what")}, {Head: r.T("missing.years_without")}}}
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
			worked.Rows = append(worked.Rows, []page.Link{{Text: year(g.Year), Href: r.URL(g.Path)}, {Text: shown.IndicatorName(r, g.Indicator)}, {Text: g.Reported}, {Text: locale.Integer(r.Lang, int64(g.Recorded))}})
		case "court":
			silent.Rows = append(silent.Rows, []page.Link{courts(g.Court), {Text: r.T("missing.all_years")}})
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
			byCourt.Rows = append(byCourt.Rows, []page.Link{courts(id), {Text: reads.YearList(grouped[key])}})
			continue
		}
		ones.Rows = append(ones.Rows, []page.Link{{Text: shown.IndicatorName(r, id), Href: r.URL(shown.SeriesPath(id))}, {Text: reads.YearList(grouped[key])}})
	}
	p.Parts = []missingPart{textsPart(r, texts), {r.T("missing.cases_says"), worked}, {r.T("missing.courts_says"), silent}, {r.T("missing.court_years_says"), byCourt}, {r.T("missing.figures_says"), ones}}
	if len(years) > 0 {
		p.Totals = append(p.Totals, r.T("home.missing_years", "years", reads.YearList(years)))
	}
	if n := of.Totals.NoTerm; n > 0 {
		p.Totals = append(p.Totals, r.T("home.missing_terms", "n", n))
	}
	if n := of.Totals.FinalUnknown; n > 0 {
		p.Totals = append(p.Totals, r.T("home.missing_final", "n", n))
	}
	return p, nil
}
