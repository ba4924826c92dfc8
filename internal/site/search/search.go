package search

import (
	"strings"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/view"
)

var searchPage = page.Page{
	Pattern: "search", Template: "search", Nav: "search.title", Params: []string{"q"}, Free: true, Build: buildSearch,
	JSON: page.DocumentOf(searchData),
	CSV:  page.RowsOf(searchData),
}

// maxHits is how many results a search shows.
const maxHits = 60

// searchContent is a search with its results by kind.
type searchContent struct {
	page.Base
	Action string
	Query  string
	Asked  bool
	Found  string
	Groups []hitGroup
}

// hitGroup is the results of one kind.
type hitGroup struct {
	Head string
	Hits []foundThing
}

// hitKinds are the groups: what readers ask for most stands first, and every other kind that search finds after it.
var hitKinds = func() []record.Kind {
	list := []record.Kind{record.CaseKind, seriesKind}
	for _, d := range record.Definitions {
		if d.Kind != record.CaseKind && d.Kind != record.JudgmentKind { // a judgment is found as its case
			list = append(list, d.Kind)
		}
	}
	return append(list, view.ProvisionKind)
}()

func buildSearch(r *page.Request) (page.Content, error) {
	things, err := things(r)
	if err != nil {
		return nil, err
	}
	q := r.Query.Get("q")
	p := &searchContent{Base: r.Base(r.T("search.title")), Action: r.URL(r.Pattern()), Query: q, Asked: q != ""}
	p.NoIndex = p.Asked
	if !p.Asked {
		return p, nil
	}
	p.Found = r.T("search.found", "n", len(things))
	if len(things) >= maxHits {
		p.Found = r.T("search.found_most", "n", len(things))
	}
	for _, kind := range hitKinds {
		key := "search." + string(kind)
		g := hitGroup{Head: r.T(key)}
		for _, one := range things {
			if one.kind == kind {
				g.Hits = append(g.Hits, one)
			}
		}
		if len(g.Hits) > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
	return p, nil
}

func searchData(r *page.Request) (*SearchDocument, error) {
	things, err := things(r)
	if err != nil {
		return nil, err
	}
	d := &SearchDocument{Head: r.Head("search"), Query: r.Query.Get("q"), Limit: maxHits, Found: []Found{}}
	for i := range things {
		one := &things[i]
		f := Found{Kind: one.kind, ID: one.id, Title: one.title, Exact: one.exact, Path: strings.TrimPrefix(one.Link.Href, r.URL(""))}
		for _, p := range one.Snippet {
			f.Snippet += p.Text
		}
		d.Found = append(d.Found, f)
	}
	return d, nil
}
