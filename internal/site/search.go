package site

import (
	"net/url"

	"fener/internal/api"
	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
)

var searchPage = Page{
	Pattern: "search", Template: "search", Nav: "search.title", Params: []string{"q"}, Build: buildSearch,
	JSON: func(r *Request) (any, error) { return searchData(r) },
	CSV: func(r *Request) (*api.Sheet, error) {
		d, err := searchData(r)
		if err != nil {
			return nil, err
		}
		return d.Sheet(), nil
	},
}

// maxHits is how many results a search shows.
const maxHits = 60

// searchContent is a search with its results by kind.
type searchContent struct {
	Base
	Action string
	Query  string
	Asked  bool
	Found  string
	Groups []hitGroup
}

// hitGroup is the results of one kind.
type hitGroup struct {
	Head string
	Hits []Link
}

// hitKinds are the groups in the order in which they are shown.
var hitKinds = []record.Kind{record.CaseKind, view.ProvisionKind, record.SourceKind, record.InstitutionKind}

func (r *Request) hits() ([]view.Hit, error) {
	q := r.Query.Get("q")
	if q == "" {
		return nil, nil
	}
	v, err := r.publicView()
	if err != nil {
		return nil, err
	}
	return v.Search(r.ctx, q, maxHits)
}

func buildSearch(r *Request) (Content, error) {
	hits, err := r.hits()
	if err != nil {
		return nil, err
	}
	q := r.Query.Get("q")
	p := &searchContent{Base: r.Base(r.T("search.title")), Action: r.URL(r.page.Pattern), Query: q, Asked: q != ""}
	p.NoIndex = p.Asked
	if !p.Asked {
		return p, nil
	}
	p.Found = r.T("search.found", "n", len(hits))
	if len(hits) == maxHits {
		p.Found = r.T("search.found_most", "n", len(hits))
	}
	for _, kind := range hitKinds {
		key := "search." + string(kind)
		g := hitGroup{Head: r.T(key)}
		for _, h := range hits {
			if h.Kind == kind {
				g.Hits = append(g.Hits, r.hit(h))
			}
		}
		if len(g.Hits) > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
	return p, nil
}

// hit leads to what was found. A provision is named by the law, a court leads to its own page.
func (r *Request) hit(h view.Hit) Link {
	out := Link{Text: r.caseTitle(h.Title)}
	if path := api.HitPath(h); path != "" {
		out.Href = r.URL(path)
	}
	pack := r.Site.config.Pack
	if h.Kind == view.ProvisionKind && pack != nil {
		if ref, ok := law.ParseRef(h.ID); ok {
			if at := pack.Find(ref); len(at) > 0 {
				out = r.rule(at[0])
				out.Text += ": " + at[0].Names.In(r.Lang)
			}
		}
	}
	if h.Kind == record.InstitutionKind && r.public() != nil {
		if row, err := r.public().Institution(r.ctx, h.ID); err == nil {
			href := out.Href
			out = r.courtName(row.Names, h.ID)
			out.Href = href
			if row.Judgments > 0 {
				out.Href = r.URL("courts/" + url.PathEscape(h.ID))
			}
		}
	}
	return out
}

func searchData(r *Request) (*api.SearchDocument, error) {
	hits, err := r.hits()
	if err != nil {
		return nil, err
	}
	d := api.Search(r.Head("search"), r.Query.Get("q"), hits)
	return &d, nil
}
