package claims

import (
	"cmp"
	"slices"

	"fener/internal/evidence"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
)

// listed is a claim in the list, with how it stands and the article that makes it.
type listed struct {
	*evidence.Claim
	evidence.Standing
	article *record.Article // nil where it is not on record
}

// standings are the ways in which a claim can stand, in the order in which the list offers them.
var standings = []string{string(evidence.Supported), string(evidence.Contradicted), string(evidence.CannotBe)}

// allClaims are the claims on record, those of the newest article first, in the order of each article.
var allClaims = page.NewOnce(func(r *page.Request) ([]listed, error) {
	set, err := reads.Said(r)
	if err != nil {
		return nil, err
	}
	var all []listed
	for _, id := range set.ClaimIDs() {
		l := listed{Claim: set.Claim(id)}
		l.Standing, _ = set.Standing(id)
		l.article = set.Article(l.Article)
		all = append(all, l)
	}
	slices.SortStableFunc(all, func(a, b listed) int { return newest(&a, &b) })
	return all, nil
})

// newest puts the claims of the newest article first.
func newest(a, b *listed) int {
	var da, db record.Article
	if a.article != nil {
		da = *a.article
	}
	if b.article != nil {
		db = *b.article
	}
	return cmp.Or(db.Published.Compare(da.Published), cmp.Compare(a.Article, b.Article), a.N-b.N)
}

// claimChoice are the claims that the address chooses, in the order that it asks for, with the links to other choices.
func claimChoice(r *page.Request) ([]listed, []page.Facet, error) {
	all, err := allClaims.Of(r)
	if err != nil {
		return nil, nil, err
	}
	set, err := reads.Said(r)
	if err != nil {
		return nil, nil, err
	}
	list, facets, err := page.Choose(r, all, []page.By[listed]{
		{Param: "standing", Name: "claims.standing", Known: standings, Of: func(l *listed) []string { return []string{string(l.Verdict)} },
			Text:  func(v string) page.Link { return page.Link{Text: page.Capital(evidence.Verdict(v).Text(r.Lang))} },
			Order: func(a, b string) int { return slices.Index(standings, a) - slices.Index(standings, b) }},
		{Param: "article", Name: "claims.article", Most: mostArticles, Of: func(l *listed) []string { return []string{l.Article} },
			Text: func(v string) page.Link { return articleName(r, set, v) }},
	})
	if err != nil {
		return nil, nil, err
	}
	order, err := page.Sort(r, list, []page.SortBy[listed]{{Name: "facet.newest"},
		{Value: "oldest", Name: "facet.oldest", Compare: func(a, b *listed) int {
			if a.Article == b.Article {
				return 0
			}
			return newest(b, a)
		}},
		{Value: "evidence", Name: "facet.evidence", Compare: func(a, b *listed) int { return len(b.Evidence) - len(a.Evidence) }}})
	return list, append(facets, order), err
}

// mostArticles is how many articles the list offers to choose from.
const mostArticles = 40

// articleName is the title of an article, in its language, without a way to it; its id where it is not on record.
func articleName(r *page.Request, set *evidence.Set, id string) page.Link {
	a := set.Article(id)
	if a == nil {
		return page.Link{Text: id}
	}
	link := articleLink(r, set, id, a)
	link.Href = ""
	return link
}

// chosenTable is a part of the claims that were chosen.
func chosenTable(r *page.Request, set *evidence.Set, list, part []listed) page.Table {
	t := page.Table{ID: "claims", Caption: r.T("claims.found", "n", len(list)), Empty: r.T("claims.none"), Columns: []page.Column{
		{Head: r.T("claims.claim")}, {Head: r.T("claims.standing")}, {Head: r.T("claims.why"), Wide: true}, {Head: r.T("claims.article")},
	}}
	for _, l := range part {
		name, in := l.Statement.In(r.Lang)
		article := articleName(r, set, l.Article)
		if l.article != nil {
			article.Href = r.URL(shown.ArticlePath(l.Article))
		}
		t.Rows = append(t.Rows, []page.Link{{Text: name, Href: r.URL(shown.ClaimPath(l.Article, l.N)), Lang: in}, {Text: page.Capital(l.Verdict.Text(r.Lang))},
			{Text: page.Capital(l.Reason(r.Lang))}, article})
	}
	return t
}
