package shelters

import (
	"slices"

	"fener/internal/coverage"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/locale"
)

var funderPage = page.Page{
	Pattern: "funders/{funder}", Template: "funder", Params: []string{"page"}, Build: buildFunder,
	Addresses: func(r *page.Request, from, n int) ([]string, int, error) {
		return addresses(r, from, n, func(of *reads.Shelters) (paths []string) {
			for _, text := range fundersOf(of) {
				if path := shown.FunderPath(r, text); !slices.Contains(paths, path) {
					paths = append(paths, path)
				}
			}
			return paths
		})
	},
	JSON:  page.DocumentOf(funderData),
	Parts: givenWhole,
}

// funderContent is who gives: the calls, planned and as they came, how late they were, and what was given.
type funderContent struct {
	page.Base
	Institution page.Link
	Names       []page.Link // of those that it took over from, or that took over from it
	Bands       []page.Summary
	Held        page.Table
	Money       page.Table
	Unsummed    page.Table // what sources tell of without a sum
	Pager       page.Pager
}

// fundersOf are all who give, as sources name them.
func fundersOf(of *reads.Shelters) []string {
	var list []string
	add := func(more []string) {
		for _, text := range more {
			if !slices.Contains(list, text) {
				list = append(list, text)
			}
		}
	}
	for _, c := range of.Calls() {
		add(c.Funders)
	}
	for _, g := range of.Grants() {
		add(g.Funders)
	}
	for _, p := range of.Payments() {
		add(p.Funders)
	}
	return list
}

// givers are who gives, by name, each once.
func givers(r *page.Request, of *reads.Shelters) []page.Link {
	var list []page.Link
	for _, text := range fundersOf(of) {
		if link := funder(r, text); !slices.ContainsFunc(list, func(l page.Link) bool { return l.Href == link.Href }) {
			list = append(list, link)
		}
	}
	locale.Sort(r.Lang, list, func(l page.Link) string { return l.Text })
	return list
}

// giver is the funder that an address names.
type giver struct {
	id    string
	text  string // as a source names it
	names []string
	mine  func(text string) bool // tells whether a source means it, by any name through which it went
}

func giverOf(r *page.Request) (*reads.Shelters, *giver, error) {
	of, err := reads.Told(r)
	if err != nil {
		return nil, nil, err
	}
	g := &giver{id: r.PathValue("funder")}
	after := succeeds(r)
	own := coverage.Heir(g.id, after)
	g.mine = func(text string) bool { return coverage.Heir(shown.FunderID(r, text), after) == own }
	for _, text := range fundersOf(of) {
		switch {
		case shown.FunderID(r, text) == g.id:
			g.text = text
		case g.mine(text):
			g.names = append(g.names, text)
		}
	}
	if g.text == "" {
		return nil, nil, page.NotFoundf("nobody of the name %q gave money to shelters", g.id)
	}
	return of, g, nil
}

// given are the sums that a funder gave, also with others.
func (g *giver) given(of *reads.Shelters) []coverage.Sum {
	var out []coverage.Sum
	for _, s := range of.Money() {
		told := s.Told[:0:0]
		for _, m := range s.Told {
			if slices.ContainsFunc(m.Funders, g.mine) {
				told = append(told, m)
			}
		}
		if len(told) == 0 {
			continue
		}
		if len(told) < len(s.Told) { // of others too: its sum is not this funder's
			s.Sum, s.Total = nil, ""
		}
		s.Told = told
		out = append(out, s)
	}
	return out
}

func buildFunder(r *page.Request) (page.Content, error) {
	of, g, err := giverOf(r)
	if err != nil {
		return nil, err
	}
	name := funder(r, g.text)
	p := &funderContent{Base: r.Base(name.Text, trail(r)...)}
	p.Description = r.T("shelters.funder_lede", "name", name.Text)
	if all, err := reads.Institutions(r); err == nil && all[g.id] != nil {
		p.Institution = page.Link{Text: r.T("shelters.to_institution"), Href: r.URL(shown.InstitutionPath(g.id))}
	}
	for _, text := range g.names {
		link := funder(r, text)
		if !slices.Contains(p.Names, link) {
			p.Names = append(p.Names, link)
		}
	}
	ids := calls(r, of, g.mine)
	if len(ids) > 0 {
		p.Bands = bandCounts(r, of, ids)
	}
	window, err := r.Paging()
	if err != nil {
		return nil, err
	}
	n, sums, silent := window.Offset/page.PageSize, g.given(of), g.withoutSums(of)
	p.Held, p.Money, p.Unsummed = callsTable(r, of, ids, n), moneyTable(r, of, sums, constant{}, n), unsummed(r, of, silent, n)
	p.Pager = r.PagerOf(shown.FunderPath(r, g.text), n+1, max(pagesOf(len(ids), callRows), pagesOf(told(sums), moneyRows), pagesOf(len(silent), callRows)))
	return p, nil
}

// unsummed lists money of which sources state no sum; the part of the list that the page n shows, from 0.
func unsummed(r *page.Request, of *reads.Shelters, list []record.Thing, n int) page.Table {
	t := page.Table{ID: "unsummed", Caption: r.T("shelters.unsummed", "n", len(list)), Columns: []page.Column{{Head: r.T("figure.period")}, {Head: r.T("shelters.step")},
		{Head: r.T("shelters.for_whom")}, {Head: r.T("figure.source")}}}
	for _, thing := range list[min(n*callRows, len(list)):min((n+1)*callRows, len(list))] {
		what, at, _ := factsOf(r, of, thing)
		t.Rows = append(t.Rows, []page.Link{{Text: at}, {Text: what}, several(r, of, reads.SheltersOf(of.Thing(thing))), loud(cited(r, of, reads.TellingOf(of.Thing(thing))).Source)})
	}
	return t
}

// withoutSums are the tellings of a funder that state no sum.
func (g *giver) withoutSums(of *reads.Shelters) []record.Thing {
	var list []record.Thing
	for id, grant := range of.Grants() {
		if grant.Amount == nil && slices.ContainsFunc(grant.Funders, g.mine) {
			list = append(list, record.Thing{Kind: record.GrantKind, ID: id})
		}
	}
	for id, p := range of.Payments() {
		if p.Amount == nil && slices.ContainsFunc(p.Funders, g.mine) {
			list = append(list, record.Thing{Kind: record.PaymentKind, ID: id})
		}
	}
	sortThings(of, list)
	return list
}
