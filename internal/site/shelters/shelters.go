package shelters

import (
	"fener/internal/coverage"
	"fener/internal/page"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
)

// sheltersPath is the address of the page of all shelters below the language.
const sheltersPath = "shelters"

var sheltersPage = page.Page{
	Pattern: sheltersPath, Template: "shelters", Nav: "shelters.title", Build: buildShelters, Picture: sheltersPicture,
	JSON: func(r *page.Request) (any, error) { return sheltersData(r) },
	CSV: func(r *page.Request) (*page.Sheet, error) {
		d, err := sheltersData(r)
		if err != nil {
			return nil, err
		}
		return d.Sheet(), nil
	},
}

// sheltersContent is all shelters, what was told of their money, and how their days stand.
type sheltersContent struct {
	page.Base
	State  *page.State
	Points []string
	Chart  *page.Chart
	Houses page.Table
	Groups page.Table
	Money  page.Table
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
	p.Houses = housesTable(r, of, "houses", r.T("shelters.houses_found", "n", len(houses)), houses)
	p.Groups = housesTable(r, of, "groups", r.T("shelters.groups_found", "n", len(groups)), groups)
	sums := of.Money()
	p.Money = moneyTable(r, of, "money", r.T("shelters.money_found", "n", told(sums)), sums, nil)
	p.Held = callsTable(r, of, calls(r, of, nil))
	p.Givers = givers(r, of)
	return p, nil
}

// housesTable lists shelters: who runs them, for whom, and the municipality at most.
func housesTable(r *page.Request, of *reads.Shelters, id, caption string, ids []string) page.Table {
	t := page.Table{ID: id, Caption: caption, Columns: []page.Column{{Head: r.T("shelters.shelter")}, {Head: r.T("shelters.sort")}, {Head: r.T("shelters.run_by")}, {Head: r.T("shelters.takes")},
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
	from, to := yearSpan(of.First, of.Last)
	for _, id := range byName(r, of) {
		if of.Shelter(id).Means == "unnamed" { // it is one of the others, so its days stand there as perhaps
			continue
		}
		if !blank(of.Strip(id, from, to)) {
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
	ids := drawn(r, of)
	if len(ids) == 0 {
		return nil
	}
	years := reads.SpanOfYears(of.First, of.Last)
	c := overview(r, of, ids, r.T("shelters.overview", "years", years), r.T("shelters.overview_says", "n", len(ids), "years", years), linked)
	c.Downloads = r.PicturesOf(sheltersPath, nil)
	return &c
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
	from, to := yearSpan(of.First, of.Last)
	for id, s := range of.Shelters() {
		if s.Means != "one" {
			continue
		}
		houses++
		if of.First == 0 {
			continue
		}
		for state, n := range of.Strip(id, from, to).Count() {
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
