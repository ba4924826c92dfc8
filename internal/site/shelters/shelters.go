package shelters

import (
	"slices"

	"fener/internal/coverage"
	"fener/internal/page"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
)

// sheltersPath is the address of the page of all shelters below the language.
const sheltersPath = "shelters"

var sheltersPage = page.Page{
	Pattern: sheltersPath, Data: "shelters.title", Template: "shelters", Params: []string{"page"}, Nav: "shelters.nav", Build: buildShelters, Picture: sheltersPicture,
	JSON:  page.DocumentOf(sheltersData),
	Parts: moneyWhole,
}

// sheltersContent is all shelters, what was told of their money, and how their days stand.
type sheltersContent struct {
	page.Base
	State  *page.State
	Points []string
	Chart  *page.Chart
	Houses page.Table
	Groups page.Table
	Pager  page.Pager
	Held   page.Table
	Givers []page.Link
}

func buildShelters(r *page.Request) (page.Content, error) {
	p := &sheltersContent{Base: r.Base(r.T("shelters.title"))}
	p.Description = r.T("shelters.lede")
	of, err := reads.ToldIfAny(r)
	if err != nil {
		return nil, err
	}
	if of == nil {
		state := r.NoData()
		p.State = &state
		return p, nil
	}
	window, err := r.Paging()
	if err != nil {
		return nil, err
	}
	n := window.Offset / page.PageSize
	from, to := n*sheltersRows, (n+1)*sheltersRows
	p.Points = points(r, of)
	if c := picture(r, of, true); c != nil {
		p.Chart = c
	}
	var houses, groups []string
	for _, id := range byName(r, of) {
		if of.Shelter(id).Means == "one" {
			houses = append(houses, id)
		} else {
			groups = append(groups, id)
		}
	}
	p.Houses = housesTable(r, of, r.T("shelters.houses_found", "n", len(houses)), houses[min(from, len(houses)):min(to, len(houses))])
	held, gives := calls(r, of, nil), givers(r, of)
	p.Groups = groupsTable(r, of, r.T("shelters.groups_found", "n", len(groups)), groups[clamp(from-len(houses), len(groups)):clamp(to-len(houses), len(groups))])
	p.Pager = r.PagerOf(sheltersPath, n+1, max(pagesOf(len(houses)+len(groups), sheltersRows), pagesOf(len(held), callRows), pagesOf(len(gives), giverRows)))
	p.Held = callsTable(r, of, held, n)
	p.Givers = gives[min(n*giverRows, len(gives)):min((n+1)*giverRows, len(gives))]
	return p, nil
}

// How many shelters a page lists, groups among them, how many calls, and how many of those who give.
const (
	sheltersRows = 35
	callRows     = 10
	giverRows    = 40
)

// pagesOf is how many pages so many rows take.
func pagesOf(rows, each int) int { return (rows + each - 1) / each }

// part is the part n of a list, from 0, of which a page shows so many rows.
func part[T any](list []T, n, rows int) []T { return page.Part(list, n*rows, rows) }

func clamp(n, most int) int { return max(0, min(n, most)) }

// groupsTable lists groups and unnamed shelters, with those that are known to belong to them or that they could be.
func groupsTable(r *page.Request, of *reads.Shelters, caption string, ids []string) page.Table {
	t := page.Table{ID: "groups", Caption: caption, Columns: []page.Column{{Head: r.T("shelters.shelter")}, {Head: r.T("shelters.members")}, {Head: r.T("shelters.sums"), Number: true}}, Empty: r.T("error.no_data.says")}
	for _, id := range ids {
		members := several(r, of, of.Shelter(id).Members)
		if members.Text == "" {
			members.Text = r.T("shelters.no_members")
		}
		t.Rows = append(t.Rows, []page.Link{named(r, of, id), members, {Text: number(r, told(of.MoneyOf(id)))}})
	}
	return t
}

// housesTable lists shelters: who runs them, for whom, and the municipality at most.
func housesTable(r *page.Request, of *reads.Shelters, caption string, ids []string) page.Table {
	t := page.Table{ID: "houses", Caption: caption, Columns: []page.Column{{Head: r.T("shelters.shelter")}, {Head: r.T("shelters.sort")}, {Head: r.T("shelters.run_by")}, {Head: r.T("shelters.takes")},
		{Head: r.T("shelters.town")}, {Head: r.T("shelters.sums"), Number: true}}, Empty: r.T("error.no_data.says")}
	for _, id := range ids {
		s := of.Shelter(id)
		run := shown.InstitutionNamed(r, s.RunBy)
		if run.Text == "" {
			run.Text = page.Dashed(word(r, "shelters.runs."+s.Runs))
		}
		takes := said(r, s.Takes)
		takes.Text = page.Dashed(takes.Text)
		t.Rows = append(t.Rows, []page.Link{named(r, of, id), {Text: word(r, "shelters.sort."+s.Sort)}, run, takes, {Text: page.Dashed(s.Town)}, {Text: number(r, told(of.MoneyOf(id)))}})
	}
	return t
}

// drawn are the shelters that have a day of which something is told: single houses first.
func drawn(r *page.Request, of *reads.Shelters) []string {
	var ids []string
	sums := of.Summed()
	for _, id := range byName(r, of) {
		if of.Shelter(id).Means == "unnamed" { // it is one of the others, so its days stand there as perhaps
			continue
		}
		if sum, told := sums[id]; told && !sum.Blank {
			ids = append(ids, id)
		}
	}
	return ids
}

// picture is the chart of all shelters; nil where there is nothing to draw.
func picture(r *page.Request, of *reads.Shelters, linked bool) *page.Chart {
	if of.First == 0 {
		return nil
	}
	all := drawn(r, of)
	ids := mostKnown(of, all, mostDrawn)
	if len(ids) == 0 {
		return nil
	}
	years := reads.SpanOfYears(of.First, of.Last)
	says := r.T("shelters.overview_says", "n", len(ids), "years", years)
	if len(ids) < len(all) {
		says = r.T("shelters.overview_most", "n", len(ids), "all", number(r, len(all)), "years", years)
	}
	c := overview(r, of, ids, r.T("shelters.overview", "years", years), says, linked)
	c.Downloads = r.PicturesOf(sheltersPath, nil)
	return &c
}

// mostDrawn is how many shelters the picture of all shows.
const mostDrawn = 10

// mostKnown are those of a list of which most days are known, in the list's order, at most so many.
func mostKnown(of *reads.Shelters, ids []string, most int) []string {
	if len(ids) <= most {
		return ids
	}
	sums, best := of.Summed(), slices.Clone(ids)
	slices.SortStableFunc(best, func(a, b string) int { return sums[a].Days[coverage.NotKnown] - sums[b].Days[coverage.NotKnown] })
	best = best[:most]
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !slices.Contains(best, id) })
}

func sheltersPicture(r *page.Request) (page.Chart, error) {
	of, err := reads.ToldIfAny(r)
	if err != nil {
		return page.Chart{}, err
	}
	if of != nil {
		if c := picture(r, of, false); c != nil {
			return *c, nil
		}
	}
	return page.Chart{Title: r.T("shelters.title"), Says: r.T("shelters.lede")}, nil
}

// points are what the page says in a minute.
func points(r *page.Request, of *reads.Shelters) []string {
	houses, days, known, without := 0, 0, 0, map[string]bool{}
	for id, s := range of.Shelters() {
		if s.Means != "one" {
			continue
		}
		houses++
		for state, n := range of.Summed()[id].Days {
			days += n
			if state != coverage.NotKnown {
				known += n
			}
			if state == coverage.Without && n > 0 {
				without[id] = true
			}
		}
	}
	list := []string{r.T("shelters.point_houses", "n", houses)}
	if days > 0 {
		list = append(list, r.T("shelters.point_known", "n", known, "share", share(r, known, days), "years", reads.SpanOfYears(of.First, of.Last)))
	}
	if len(without) > 0 {
		list = append(list, r.T("shelters.point_without", "n", len(without)))
	}
	return list
}
