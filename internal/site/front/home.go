package front

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/answer"
	"fener/internal/site/claims"
	"fener/internal/site/commitments"
	"fener/internal/site/line"
	"fener/internal/site/reads"
	"fener/internal/site/shelters"
	"fener/internal/site/shown"
	"fener/internal/view"
	"fener/law"
	"fener/locale"
)

var homePage = page.Page{Pattern: "", Template: "home", Build: buildHome, Also: page.Daily}

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
	Demands  []page.Summary // what each code demands for trafficking, the newest first
	Gave     []string       // what is known of what courts gave: certain, possible, not known
	Houses   []string       // what shelters were promised and got
	Days     *page.Chart    // how their days were paid for
	Shelters []page.Link    // what was reported of shelters' money
	Talks    []page.Link    // that come next, or were last
	Promised []string       // how stands what was promised in public
	Dated    []page.Link    // commitments whose dates come next, or passed last
	Articles []said         // what was said in public, with how it stands
	Ways     []way
}

// said is an article with the sum of its claims.
type said struct {
	Title page.Link
	Sum   string
}

// way is a way in for one kind of reader.
type way struct {
	Who   string
	Links []page.Link
}

// buildHome gathers what is on record. A record can hold one subject alone, such as talks and what was promised at them: what there is nothing of is left out.
func buildHome(r *page.Request) (page.Content, error) {
	p := &homeContent{Base: r.Base(r.T("home.title"))}
	p.Description = r.T("home.lede")
	of, err := reads.Numbers(r)
	if err != nil && !page.IsNoData(err) {
		return nil, err
	}
	if err != nil || r.Position == 0 {
		state := r.NoData()
		p.State = &state
		return p, nil
	}
	if of.Totals.Counts > 0 {
		if err := p.sentences(r, of); err != nil {
			return nil, err
		}
	}
	if p.Articles, p.Shelters, err = public(r); err != nil {
		return nil, err
	}
	if p.Houses, p.Days, err = shelters.Front(r); err != nil {
		return nil, err
	}
	if p.Promised, p.Dated, err = commitments.Front(r); err != nil {
		return nil, err
	}
	if p.Talks, err = talks(r); err != nil {
		return nil, err
	}
	if len(p.Record)+len(p.Articles)+len(p.Shelters)+len(p.Houses)+len(p.Promised)+len(p.Talks) == 0 {
		state := r.NoData()
		p.State = &state
		return p, nil
	}
	p.AsOf, p.Ways = shown.AsOf(r, of), ways(r, p.Shelters)
	p.Changes, err = changes(r)
	return p, err
}

// sentences are what the record says of what courts gave.
func (p *homeContent) sentences(r *page.Request, of *reads.Reading) error {
	reported, err := line.Reported(r)
	if err != nil {
		return err
	}
	if p.Reported, err = line.ReportedTable(r, reported); err != nil {
		return err
	}
	if r.Law() != nil {
		c := line.LineChart(r, of, reported)
		c.Top = true
		if p.Chart = &c; c.Picture != "" {
			p.Card = r.CardOf("sentences")
		}
	}
	p.Coverage = line.Coverage(r, of, reported)
	if p.Record, err = onRecord(r, of); err != nil {
		return err
	}
	if p.Missing, err = missing(r, of); err != nil {
		return err
	}
	p.Demands, p.Gave = demands(r), gave(r, of)
	return nil
}

// demands are what the codes prescribe for trafficking, the one in force first.
func demands(r *page.Request) []page.Summary {
	if r.Law() == nil {
		return nil
	}
	var out []page.Summary
	limits := line.TraffickingLimits(r.Law())
	for i := len(limits) - 1; i >= 0; i-- {
		l := &limits[i]
		text := page.Capital(answer.Prescribes(r, l.Provision))
		if l.Floor.State != law.LimitUnknown && l.Floor.State != law.LimitNone {
			text += ". " + r.T("home.floor", "floor", l.Floor.Text(r.Lang))
		}
		in := line.InForce(l.Provision)
		out = append(out, page.Summary{Term: r.T("home.since", "year", strconv.Itoa(in.From.Year())), Text: page.Link{Text: text, Href: r.URL(answer.ProvisionPath(l.Provision.Ref))}})
	}
	return out
}

// gave says what is known of the sentences on record: what is certain, what is possible, and what nobody knows. Where nothing could be compared it says that, and not
// that none was below.
func gave(r *page.Request, of *reads.Reading) []string {
	c := reads.Compare(of.Sentences)
	all := len(of.Sentences)
	list := []string{r.T("home.gave_all", "n", all)}
	if c.Below+c.Not > 0 {
		list = append(list, r.T("home.gave_below", "n", c.Below), r.T("home.gave_not", "n", c.Not))
	}
	if c.Open > 0 {
		list = append(list, r.T("home.gave_open", "n", c.Open))
	}
	return list
}

// public is what was said in public: the articles followed with how their claims stand, and what was reported of shelters' money.
func public(r *page.Request) (articles []said, shelters []page.Link, err error) {
	set, err := reads.Said(r)
	if page.IsNoData(err) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	for _, id := range set.ArticleIDs() {
		title, err := shown.Name(r, set, record.Thing{Kind: record.ArticleKind, ID: id}, "")
		if err != nil {
			return nil, nil, err
		}
		sum := claims.Sum(set, id)
		articles = append(articles, said{title, claims.SumOf(r, &sum)})
	}
	for _, id := range shown.IndicatorsOf(set) {
		if strings.HasPrefix(id, "ngo_shelter") || strings.HasPrefix(id, "shelter_closure") {
			shelters = append(shelters, page.Link{Text: shown.IndicatorName(r, id), Href: r.URL(shown.SeriesPath(id))})
		}
	}
	return articles, shelters, nil
}

// ways are the ways in, for each reader whom the record is for; reported is what was reported of shelters' money.
func ways(r *page.Request, reported []page.Link) []way {
	to := func(key, path string) page.Link { return page.Link{Text: r.T(key), Href: r.URL(path)} }
	shelter := []page.Link{to("shelters.title", "shelters"), to("shelters.turn", "shelters/turn-of-the-year")}
	money := to("home.way_shelter_money", "reported/ngo_shelter_government_funding_total")
	if slices.ContainsFunc(reported, func(l page.Link) bool { return l.Href == money.Href }) {
		shelter = append(shelter, money)
	}
	return []way{
		{r.T("home.way_help"), []page.Link{to("help.title", "help")}},
		{r.T("home.way_journalist"), []page.Link{to("reported.all", "reported"), to("figures.title", "figures"), to("search.title", "search")}},
		{r.T("home.way_lawyer"), []page.Link{to("check_page.title", "check"), to("courts.title", "courts"), to("provisions.title", "provisions"), to("cases.title", "cases")}},
		{r.T("home.way_shelter"), shelter},
		{r.T("home.way_official"), []page.Link{to("institutions.title", "institutions"), to("changes.title", "changes"), to("method.title", "method")}},
	}
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
