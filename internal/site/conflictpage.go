package site

import (
	"slices"
	"strconv"
	"strings"

	"fener/internal/api"
	"fener/internal/evidence"
	"fener/internal/record"
	"fener/locale"
	"fener/period"
)

var conflictPage = Page{
	Pattern: "reported/{indicator}/{year}", Template: "conflict", Params: []string{"page"}, Build: buildConflict, Cite: citeConflict,
	JSON: func(r *Request) (any, error) { return conflictData(r) },
	CSV: func(r *Request) (*api.Sheet, error) {
		d, err := conflictData(r)
		if err != nil {
			return nil, err
		}
		return d.Sheet(), nil
	},
}

// conflictContent is everything reported of one indicator for one year, each value as it was said. It has no field for a value of the page.
type conflictContent struct {
	Base
	Lede     string
	Warning  string
	Chart    *Chart
	Said     []Said
	Pager    Pager
	Doubtful []Said
	Undated  []Said // values whose source does not say when
	Related  Table
	Recorded []Summary
	Around   []Link
	Export   Export
}

// askedYear reads the year of an address.
func (r *Request) askedYear() (int, error) {
	text := r.PathValue("year")
	year, err := strconv.Atoi(text)
	if err != nil || len(text) != 4 || year < 1900 || year > 2999 {
		return 0, NotFoundf("%.20q is no year", text)
	}
	return year, nil
}

func yearSpanOf(year int) period.Span {
	d := yearDate(year)
	return period.Span{From: d.First(), To: d.Last()}
}

// conflicts are what was said of an indicator in a year, one for each place.
func (r *Request) conflictsOf() (set *evidence.Set, year int, found []evidence.Conflict, err error) {
	if year, err = r.askedYear(); err != nil {
		return nil, 0, nil, err
	}
	set, keys, err := r.series()
	if err != nil {
		return nil, 0, nil, err
	}
	dated := false
	for _, key := range keys {
		c := set.Conflict(key, yearSpanOf(year))
		if len(c.Said) == 0 {
			continue
		}
		found = append(found, c)
		dated = dated || slices.ContainsFunc(c.Said, func(b evidence.Beside) bool { return b.Relation != evidence.NoPeriod })
	}
	if !dated {
		return nil, 0, nil, NotFoundf("nothing was reported of %q for %d", r.PathValue("indicator"), year)
	}
	return set, year, found, nil
}

// conflictCards is how many values a page shows in full; a page must stay light.
const conflictCards = 12

func buildConflict(r *Request) (Content, error) {
	set, year, found, err := r.conflictsOf()
	if err != nil {
		return nil, err
	}
	page, err := r.paging()
	if err != nil {
		return nil, err
	}
	indicator := found[0].Indicator
	name := r.indicatorName(indicator)
	title := r.T("conflict.title", "what", name, "year", strconv.Itoa(year))
	p := &conflictContent{Base: r.Base(title, r.reportedTrail(Link{Text: name, Href: r.URL(api.SeriesPath(indicator))})...)}
	p.Trail[len(p.Trail)-1].Text = strconv.Itoa(year)
	of, err := r.reading()
	if err != nil {
		return nil, err
	}
	var said, doubtful, undated []evidence.Beside
	var drawable []*evidence.Observation
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
				if c.Place == found[0].Place && (b.Relation == evidence.SamePeriod || b.Relation == evidence.PartOfIt) {
					drawable = append(drawable, b.Observation)
				}
			}
		}
	}
	p.Lede = r.T("conflict.lede", "n", len(said))
	p.Description = p.Lede
	if c, _ := r.seriesChart("year", title, drawable, year, year, nil); c.Picture != "" {
		c.Top, c.AsOf = true, r.asOf(of)
		if longer := len(said) - len(drawable); longer > 0 {
			c.Notes = append(c.Notes, r.T("conflict.longer", "n", longer))
		}
		p.Chart = &c
	}
	n := page.Offset / pageSize
	from, to := min(n*conflictCards, len(said)), min((n+1)*conflictCards, len(said))
	p.Pager = r.pagerOf(api.YearPath(indicator, year), n+1, (len(said)+conflictCards-1)/conflictCards)
	if p.Said, err = r.saidBeside(set, said[from:to]); err != nil {
		return nil, err
	}
	if p.Doubtful, err = r.saidBeside(set, doubtful[:min(len(doubtful), conflictCards)]); err != nil {
		return nil, err
	}
	if p.Undated, err = r.saidBeside(set, undated[:min(len(undated), conflictCards)]); err != nil {
		return nil, err
	}
	p.Related = r.related(set, indicator, year)
	if p.Recorded, err = r.recordedYear(set, indicator, year); err != nil {
		return nil, err
	}
	p.Around = r.yearsAround(set, indicator, year)
	p.Export, err = r.export(citeConflict)
	return p, err
}

// saidBeside are values with how each stands to the year and to the others.
func (r *Request) saidBeside(set *evidence.Set, list []evidence.Beside) ([]Said, error) {
	var out []Said
	for _, b := range list {
		s, err := r.saidValue(set, b.Observation)
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
func (r *Request) related(set *evidence.Set, indicator string, year int) Table {
	t := Table{ID: "related", Caption: r.T("conflict.related"), Note: r.T("conflict.related_note"), Columns: []Column{
		{Head: r.T("reported.what")}, {Head: r.T("figure.period")}, {Head: r.T("figures.value"), Number: true}, {Head: r.T("figure.counted_by")}, {Head: r.T("figure.source")},
	}}
	for _, other := range relatedTo(set, indicator) {
		for _, key := range seriesOf(set, other) {
			for _, b := range set.Conflict(key, yearSpanOf(year)).Said {
				if b.Relation == evidence.NoPeriod || b.Doubtful || len(t.Rows) == mostRelated {
					continue
				}
				t.Rows = append(t.Rows, []Link{{Text: r.indicatorName(other), Href: r.URL(api.ObservationPath(b.Observation))}, {Text: r.spanText(b.Span())},
					r.stated(b.Observation), r.institutionNamed(b.CountedBy), r.sourceLink(set, b.Citation)})
			}
		}
	}
	return t
}

// mostRelated is how many values of other indicators are listed beside a year.
const mostRelated = 15

// yearsAround lead to the other years of an indicator.
func (r *Request) yearsAround(set *evidence.Set, indicator string, year int) []Link {
	years := r.seriesEntry(set, indicator).Years
	at, found := slices.BinarySearch(years, year)
	var out []Link
	if at > 0 {
		out = append(out, Link{Text: r.T("conflict.before", "year", strconv.Itoa(years[at-1])), Href: r.URL(api.YearPath(indicator, years[at-1]))})
	}
	if found {
		at++
	}
	if at < len(years) {
		out = append(out, Link{Text: r.T("conflict.after", "year", strconv.Itoa(years[at])), Href: r.URL(api.YearPath(indicator, years[at]))})
	}
	return out
}

func conflictData(r *Request) (*api.ConflictDocument, error) {
	set, year, found, err := r.conflictsOf()
	if err != nil {
		return nil, err
	}
	d := &api.ConflictDocument{Head: r.Head("reported_year"), Indicator: found[0].Indicator, Year: year, Said: []api.Compared{}, Path: api.YearPath(found[0].Indicator, year)}
	for _, c := range found {
		d.Disagree = d.Disagree || c.Disagree
		for _, b := range c.Said {
			d.Said = append(d.Said, api.Compared{Observation: api.NewObservation(b.Observation, set.Source(b.Citation.Source)), Relation: b.Relation, Differences: b.Differences})
		}
	}
	if of, err := r.reading(); err == nil {
		d.AsOf = of.changed
	} else if !isNoData(err) {
		return nil, err
	}
	return d, nil
}

func citeConflict(r *Request) (*api.Cited, error) {
	_, year, found, err := r.conflictsOf()
	if err != nil {
		return nil, err
	}
	return r.cited(r.T("conflict.title", "what", r.indicatorName(found[0].Indicator), "year", strconv.Itoa(year)), api.YearPath(found[0].Indicator, year))
}

var conflictsPage = Page{
	Pattern: "conflicts", Template: "conflicts", Foot: "conflicts.title", Params: []string{"page"}, Build: buildConflicts,
	JSON: func(r *Request) (any, error) { return conflictsData(r) },
	Parts: func(r *Request, send func(*api.Sheet) error) error {
		set, err := r.said()
		if err != nil {
			return err
		}
		return send(conflictsDocument(set.Conflicts()).Sheet())
	},
}

// conflictsContent lists the years for which different values were reported.
type conflictsContent struct {
	Base
	Table Table
	Pager Pager
}

func conflictsData(r *Request) (*api.ConflictsDocument, error) {
	set, err := r.said()
	if err != nil {
		return nil, err
	}
	page, err := r.paging()
	if err != nil {
		return nil, err
	}
	all := set.Conflicts()
	d := conflictsDocument(all[min(page.Offset, len(all)):min(page.Offset+page.Limit, len(all))])
	d.Head, d.List = r.Head("conflicts"), r.list(len(all), page.Offset, page.Limit)
	return d, nil
}

func conflictsDocument(list []evidence.Conflict) *api.ConflictsDocument {
	d := &api.ConflictsDocument{Conflicts: []api.Differing{}}
	for i := range list {
		c := &list[i]
		year := c.Span.First().Year()
		one := api.Differing{Indicator: c.Indicator, Place: c.Place, Year: year, Disagree: c.Disagree, Path: api.YearPath(c.Indicator, year)}
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

func buildConflicts(r *Request) (Content, error) {
	d, err := conflictsData(r)
	if err != nil {
		return nil, err
	}
	p := &conflictsContent{Base: r.Base(r.T("conflicts.title"), r.reportedTrail()...), Pager: r.pagerOf(r.Pattern(), d.Offset/pageSize+1, (d.Total+pageSize-1)/pageSize)}
	p.Description = r.T("conflicts.lede")
	p.Table = Table{ID: "conflicts", Caption: r.T("conflicts.found", "n", d.Total), Empty: r.T("error.no_data.says"), Note: r.T("conflicts.doubtful"), Columns: []Column{
		{Head: r.T("reported.what")}, {Head: r.T("reported.year")}, {Head: r.T("conflicts.values")}, {Head: r.T("conflicts.same_period")},
	}}
	for _, c := range d.Conflicts {
		name := r.indicatorName(c.Indicator)
		if c.Place != wholeCountry {
			name += ", " + c.Place
		}
		same := r.T("conflicts.elsewhere")
		if c.Disagree {
			same = r.T("conflicts.same")
		}
		p.Table.Rows = append(p.Table.Rows, []Link{{Text: name, Href: r.URL(c.Path)}, {Text: locale.Date(r.Lang, yearDate(c.Year))}, {Text: strings.ReplaceAll(strings.Join(c.Values, " · "), string(record.HeldBack), r.T("reported.held_back", "n", record.SmallUnder))}, {Text: same}})
	}
	return p, nil
}
