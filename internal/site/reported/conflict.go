package reported

import (
	"slices"
	"strconv"
	"strings"

	"fener/internal/evidence"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/locale"
)

var conflictPage = page.Page{
	Pattern: "reported/{indicator}/{year}", Template: "conflict", Params: []string{"page"}, Build: buildConflict, Cite: citeConflict, Picture: conflictPicture,
	JSON: page.DocumentOf(conflictData),
	CSV:  page.RowsOf(conflictData),
}

// conflictContent is everything reported of one indicator for one year, each value as it was said. It has no field for a value of the page.
type conflictContent struct {
	page.Base
	Lede     string
	Warning  string
	Chart    *page.Chart
	Said     []Said
	Pager    page.Pager
	Doubtful []Said
	Undated  []Said // values whose source does not say when
	Related  page.Table
	Recorded []page.Summary
	Around   []page.Link
	Export   page.Export
}

// askedYear reads the year of an address.
func askedYear(r *page.Request) (int, error) {
	text := r.PathValue("year")
	year, err := strconv.Atoi(text)
	if err != nil || len(text) != 4 || year < 1900 || year > 2999 {
		return 0, page.NotFoundf("%.20q is no year", text)
	}
	return year, nil
}

// conflicts are what was said of an indicator in a year, one for each place.
func conflictsOf(r *page.Request) (set *evidence.Set, year int, found []evidence.Conflict, err error) {
	if year, err = askedYear(r); err != nil {
		return nil, 0, nil, err
	}
	set, keys, err := series(r)
	if err != nil {
		return nil, 0, nil, err
	}
	dated := false
	for _, key := range keys {
		c := set.Conflict(key, reads.YearSpanOf(year))
		if len(c.Said) == 0 {
			continue
		}
		found = append(found, c)
		dated = dated || slices.ContainsFunc(c.Said, func(b evidence.Beside) bool { return b.Relation != evidence.NoPeriod })
	}
	if !dated {
		return nil, 0, nil, page.NotFoundf("nothing was reported of %q for %d", r.PathValue("indicator"), year)
	}
	return set, year, found, nil
}

// conflictCards is how many values a page shows in full; a page must stay light.
const conflictCards = 12

func buildConflict(r *page.Request) (page.Content, error) {
	set, year, found, err := conflictsOf(r)
	if err != nil {
		return nil, err
	}
	window, err := r.Paging()
	if err != nil {
		return nil, err
	}
	indicator := found[0].Indicator
	name := shown.IndicatorName(r, indicator)
	title := r.T("conflict.title", "what", name, "year", strconv.Itoa(year))
	p := &conflictContent{Base: r.Base(title, reportedTrail(r, page.Link{Text: name, Href: r.URL(shown.SeriesPath(indicator))})...)}
	p.Trail[len(p.Trail)-1].Text = strconv.Itoa(year)
	of, err := reads.Numbers(r)
	if err != nil {
		return nil, err
	}
	var said, doubtful, undated []evidence.Beside
	for _, c := range found {
		if c.Disagree {
			p.Warning = r.T("conflict.disagree")
		}
		for _, b := range c.Said {
			switch {
			case b.Doubtful:
				doubtful = append(doubtful, b)
			case b.Relation == evidence.NoPeriod:
				undated = append(undated, b)
			default:
				said = append(said, b)
			}
		}
	}
	p.Lede = r.T("conflict.lede", "n", len(said))
	p.Description = p.Lede
	if c := yearChart(r, set, title, found, shown.AsOf(r, of)); c.Picture != "" {
		c.Downloads = r.PictureLinks()
		p.Chart = &c
	}
	n := window.Offset / page.PageSize
	from, to := min(n*conflictCards, len(said)), min((n+1)*conflictCards, len(said))
	p.Pager = r.PagerOf(shown.YearPath(indicator, year), n+1, (len(said)+conflictCards-1)/conflictCards)
	if p.Said, err = saidBeside(r, set, said[from:to]); err != nil {
		return nil, err
	}
	if p.Doubtful, err = saidBeside(r, set, doubtful[:min(len(doubtful), conflictCards)]); err != nil {
		return nil, err
	}
	if p.Undated, err = saidBeside(r, set, undated[:min(len(undated), conflictCards)]); err != nil {
		return nil, err
	}
	p.Related = related(r, set, indicator, year)
	if p.Recorded, err = shown.RecordedYear(r, set, indicator, year); err != nil {
		return nil, err
	}
	p.Around = yearsAround(r, set, indicator, year)
	p.Export, err = r.Export(citeConflict)
	return p, err
}

// yearChart is the picture of what was said of the year in its first place; longer periods are listed only.
func yearChart(r *page.Request, set *evidence.Set, title string, found []evidence.Conflict, asOf string) page.Chart {
	var drawable []*evidence.Observation
	said := 0
	for _, c := range found {
		for _, b := range c.Said {
			if b.Doubtful || b.Relation == evidence.NoPeriod {
				continue
			}
			said++
			if c.Place == found[0].Place && (b.Relation == evidence.SamePeriod || b.Relation == evidence.PartOfIt) {
				drawable = append(drawable, b.Observation)
			}
		}
	}
	year := found[0].Span.First().Year()
	c, _ := seriesChart(r, set, "year", title, drawable, year, year, nil)
	c.Top, c.AsOf = true, asOf
	if longer := said - len(drawable); longer > 0 {
		c.Notes = append(c.Notes, r.T("conflict.longer", "n", longer))
	}
	return c
}

// conflictPicture is the page's chart.
func conflictPicture(r *page.Request) (page.Chart, error) {
	set, year, found, err := conflictsOf(r)
	if err != nil {
		return page.Chart{}, err
	}
	of, err := reads.Numbers(r)
	if err != nil {
		return page.Chart{}, err
	}
	title := r.T("conflict.title", "what", shown.IndicatorName(r, found[0].Indicator), "year", strconv.Itoa(year))
	return yearChart(r, set, title, found, shown.AsOf(r, of)), nil
}

// saidBeside are values with how each stands to the year and to the others.
func saidBeside(r *page.Request, set *evidence.Set, list []evidence.Beside) ([]Said, error) {
	var out []Said
	for _, b := range list {
		s, err := saidValue(r, set, b.Observation)
		if err != nil {
			return nil, err
		}
		s.Relation = b.Relation.Text(r.Lang)
		var words []string
		for _, d := range b.Differences {
			words = append(words, d.Text(r.Lang))
		}
		if len(words) > 0 {
			s.Differs = r.T("conflict.differs", "why", strings.Join(words, "; "))
		}
		out = append(out, s)
	}
	return out, nil
}

// related lists what was reported for the same year and counts something near: arrests with related offences beside arrests without.
func related(r *page.Request, set *evidence.Set, indicator string, year int) page.Table {
	t := page.Table{ID: "related", Caption: r.T("conflict.related"), Note: r.T("conflict.related_note"), Columns: []page.Column{
		{Head: r.T("reported.what")}, {Head: r.T("figure.period")}, {Head: r.T("figures.value"), Number: true}, {Head: r.T("figure.counted_by")}, {Head: r.T("figure.source")},
	}}
	for _, other := range shown.RelatedTo(set, indicator) {
		for _, key := range reads.SeriesOf(set, other) {
			for _, b := range set.Conflict(key, reads.YearSpanOf(year)).Said {
				if b.Relation == evidence.NoPeriod || b.Doubtful || len(t.Rows) == mostRelated {
					continue
				}
				t.Rows = append(t.Rows, []page.Link{{Text: shown.IndicatorName(r, other), Href: r.URL(shown.ObservationPath(b.Observation))}, {Text: shown.SpanText(r, b.Span())},
					shown.Stated(r, set, b.Observation), shown.InstitutionNamed(r, b.CountedBy), shown.SourceCited(r, set, b.Citation)})
			}
		}
	}
	return t
}

// mostRelated is how many values of other indicators are listed beside a year.
const mostRelated = 15

// yearsAround lead to the other years of an indicator.
func yearsAround(r *page.Request, set *evidence.Set, indicator string, year int) []page.Link {
	years := seriesEntry(r, set, indicator).Years
	at, found := slices.BinarySearch(years, year)
	var out []page.Link
	if at > 0 {
		out = append(out, page.Link{Text: r.T("conflict.before", "year", strconv.Itoa(years[at-1])), Href: r.URL(shown.YearPath(indicator, years[at-1]))})
	}
	if found {
		at++
	}
	if at < len(years) {
		out = append(out, page.Link{Text: r.T("conflict.after", "year", strconv.Itoa(years[at])), Href: r.URL(shown.YearPath(indicator, years[at]))})
	}
	return out
}

func conflictData(r *page.Request) (*ConflictDocument, error) {
	set, year, found, err := conflictsOf(r)
	if err != nil {
		return nil, err
	}
	d := &ConflictDocument{Head: r.Head("reported_year"), Indicator: found[0].Indicator, Year: year, Said: []Compared{}, Path: shown.YearPath(found[0].Indicator, year)}
	for _, c := range found {
		d.Disagree = d.Disagree || c.Disagree
		for _, b := range c.Said {
			d.Said = append(d.Said, Compared{Observation: shown.NewObservation(b.Observation, set.Source(b.Citation.Source)), Relation: b.Relation, Differences: b.Differences})
		}
	}
	if of, err := reads.Numbers(r); err == nil {
		d.AsOf = of.Changed
	} else if !page.IsNoData(err) {
		return nil, err
	}
	return d, nil
}

func citeConflict(r *page.Request) (*page.Cited, error) {
	_, year, found, err := conflictsOf(r)
	if err != nil {
		return nil, err
	}
	return r.Cited(r.T("conflict.title", "what", shown.IndicatorName(r, found[0].Indicator), "year", strconv.Itoa(year)), shown.YearPath(found[0].Indicator, year))
}

var conflictsPage = page.Page{
	Pattern: "conflicts", Data: "conflicts.title", Template: "conflicts", Foot: "conflicts.title", Params: []string{"page"}, Build: buildConflicts,
	JSON: page.DocumentOf(conflictsData),
	Parts: func(r *page.Request, send func(*page.Sheet) error) error {
		set, err := reads.Said(r)
		if err != nil {
			return err
		}
		return send(conflictsDocument(set.Conflicts()).Sheet())
	},
}

// conflictsContent lists the years for which different values were reported.
type conflictsContent struct {
	page.Base
	Table page.Table
	Pager page.Pager
}

func conflictsData(r *page.Request) (*ConflictsDocument, error) {
	set, err := reads.Said(r)
	if err != nil {
		return nil, err
	}
	window, err := r.Paging()
	if err != nil {
		return nil, err
	}
	all := set.Conflicts()
	d := conflictsDocument(all[min(window.Offset, len(all)):min(window.Offset+window.Limit, len(all))])
	d.Head, d.List = r.Head("conflicts"), r.List(len(all), window.Offset, window.Limit)
	return d, nil
}

func conflictsDocument(list []evidence.Conflict) *ConflictsDocument {
	d := &ConflictsDocument{Conflicts: []Differing{}}
	for i := range list {
		c := &list[i]
		year := c.Span.First().Year()
		one := Differing{Indicator: c.Indicator, Place: c.Place, Year: year, Disagree: c.Disagree, Path: shown.YearPath(c.Indicator, year)}
		for _, b := range c.Said {
			text := b.Value.Text
			if b.Value.Kind == record.HeldBack {
				text = string(b.Value.Kind)
			}
			if b.Doubtful {
				text += " (?)"
			}
			if b.Relation != evidence.NoPeriod && b.Value.Kind != record.InWords && !slices.Contains(one.Values, text) {
				one.Values = append(one.Values, text)
			}
		}
		d.Conflicts = append(d.Conflicts, one)
	}
	return d
}

func buildConflicts(r *page.Request) (page.Content, error) {
	d, err := conflictsData(r)
	if err != nil {
		return nil, err
	}
	p := &conflictsContent{Base: r.Base(r.T("conflicts.title"), reportedTrail(r)...), Pager: r.PagerOf(r.Pattern(), d.Offset/page.PageSize+1, (d.Total+page.PageSize-1)/page.PageSize)}
	p.Description = r.T("conflicts.lede")
	p.Table = page.Table{ID: "conflicts", Caption: r.T("conflicts.found", "n", d.Total), Empty: r.T("error.no_data.says"), Note: r.T("conflicts.doubtful"), Columns: []page.Column{
		{Head: r.T("reported.what")}, {Head: r.T("reported.year")}, {Head: r.T("conflicts.values")}, {Head: r.T("conflicts.same_period")},
	}}
	for _, c := range d.Conflicts {
		name := shown.IndicatorName(r, c.Indicator)
		if c.Place != reads.WholeCountry {
			name += ", " + c.Place
		}
		same := r.T("conflicts.elsewhere")
		if c.Disagree {
			same = r.T("conflicts.same")
		}
		p.Table.Rows = append(p.Table.Rows, []page.Link{{Text: name, Href: r.URL(c.Path)}, {Text: locale.Date(r.Lang, reads.YearDate(c.Year))}, {Text: strings.ReplaceAll(strings.Join(c.Values, " · "), string(record.HeldBack), r.T("reported.held_back", "n", record.SmallUnder))}, {Text: same}})
	}
	return p, nil
}
