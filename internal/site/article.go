package site

import (
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strconv"

	"fener/internal/api"
	"fener/internal/evidence"
	"fener/internal/record"
)

var articlePage = Page{
	Pattern: "claims/{article}", Template: "article", Params: []string{"page"}, Build: buildArticle,
	JSON: func(r *Request) (any, error) { return articleData(r) },
	CSV: func(r *Request) (*api.Sheet, error) {
		d, err := articleData(r)
		if err != nil {
			return nil, err
		}
		return d.Sheet(), nil
	},
}

// articleContent is one article with its claims under each other.
type articleContent struct {
	Base
	Name    Link
	Summary []Summary
	Claims  []ClaimPart
	Pager   Pager
	AsOf    string
	Replies []Replied
}

// claimsShown is how many claims a page shows with their evidence.
const claimsShown = 8

func (r *Request) article() (*evidence.Set, *record.Article, error) {
	set, err := r.said()
	if err != nil {
		return nil, nil, err
	}
	id := r.PathValue("article")
	a := set.Article(id)
	if a == nil {
		return nil, nil, r.absent(record.ArticleKind, id)
	}
	return set, a, nil
}

// absent says why a thing is not there: it was withdrawn, or it never was.
func (r *Request) absent(kind record.Kind, id string) error {
	v, err := r.publicView()
	if err != nil {
		return err
	}
	t, err := v.Thing(r.Context(), kind, id)
	if err != nil {
		return gone(err)
	}
	if err := goneThing(t); err != nil {
		return gone(err)
	}
	return NotFoundf("no %s %q", kind, id)
}

func articleData(r *Request) (*api.ArticleDocument, error) {
	set, a, err := r.article()
	if err != nil {
		return nil, err
	}
	id := r.PathValue("article")
	d := &api.ArticleDocument{Head: r.Head("article"), Article: api.NewArticle(set, id, a), Claims: []api.Claim{}}
	for _, c := range set.ArticleClaims(id) {
		one, err := api.NewClaim(set, c, r.positionOf)
		if err != nil {
			return nil, err
		}
		d.Claims = append(d.Claims, one)
	}
	return d, nil
}

func (r *Request) claimsTrail(more ...Link) []Link {
	return append([]Link{{Text: r.T("claims.title"), Href: r.URL(claimsPage.Pattern)}}, more...)
}

func buildArticle(r *Request) (Content, error) {
	set, a, err := r.article()
	if err != nil {
		return nil, err
	}
	page, err := r.paging()
	if err != nil {
		return nil, err
	}
	id := r.PathValue("article")
	of, err := r.reading()
	if err != nil {
		return nil, err
	}
	p := &articleContent{Base: r.Base(a.Title, r.claimsTrail()...), Name: Link{Text: a.Title}, AsOf: r.asOf(of)}
	p.Description = r.T("claims.article_lede")
	if src := set.Source(a.Source); src != nil {
		p.Name.Lang = writtenIn(src.Language)
		p.Summary = append(p.Summary, Summary{r.T("sources.publisher"), Link{Text: src.Publisher}})
	}
	p.Summary = append(p.Summary, Summary{r.T("claims.author"), Link{Text: a.Author}}, Summary{r.T("sources.published"), Link{Text: r.dated(a.Published)}},
		Summary{r.T("figure.source"), r.sourceLink(set, record.Citation{Source: a.Source})})
	all := set.ArticleClaims(id)
	n := page.Offset / pageSize
	for _, c := range all[min(n*claimsShown, len(all)):min((n+1)*claimsShown, len(all))] {
		part, err := r.claimPart(set, c, true)
		if err != nil {
			return nil, err
		}
		p.Claims = append(p.Claims, part)
	}
	p.Pager = r.pagerOf(api.ArticlePath(id), n+1, (len(all)+claimsShown-1)/claimsShown)
	p.Replies, err = r.replies(set, record.ArticleKind, id)
	return p, err
}

var claimPage = Page{
	Pattern: "claims/{article}/{n}", Template: "claim", Build: buildClaim,
	JSON: func(r *Request) (any, error) { return claimData(r) },
	CSV: func(r *Request) (*api.Sheet, error) {
		d, err := claimData(r)
		if err != nil {
			return nil, err
		}
		return d.Sheet(), nil
	},
}

// claimContent is one claim with everything that bears on it.
type claimContent struct {
	Base
	Claim    ClaimPart
	Past     []string
	Compared string
	AsOf     string
	Around   []Link
	Review   template.JS // schema.org ClaimReview, as JSON
}

func (r *Request) claim() (*evidence.Set, *record.Article, *evidence.Claim, error) {
	set, a, err := r.article()
	if err != nil {
		return nil, nil, nil, err
	}
	text := r.PathValue("n")
	n, err := strconv.Atoi(text)
	if err != nil || strconv.Itoa(n) != text {
		return nil, nil, nil, NotFoundf("%.20q is no number of a claim", text)
	}
	all := set.ArticleClaims(r.PathValue("article"))
	i := slices.IndexFunc(all, func(c *evidence.Claim) bool { return c.N == n })
	if i < 0 {
		return nil, nil, nil, NotFoundf("article %q has no claim %d", r.PathValue("article"), n)
	}
	return set, a, all[i], nil
}

func claimData(r *Request) (*api.ClaimDocument, error) {
	set, _, c, err := r.claim()
	if err != nil {
		return nil, err
	}
	one, err := api.NewClaim(set, c, r.positionOf)
	return &api.ClaimDocument{Head: r.Head("claim"), Claim: one}, err
}

func buildClaim(r *Request) (Content, error) {
	set, a, c, err := r.claim()
	if err != nil {
		return nil, err
	}
	of, err := r.reading()
	if err != nil {
		return nil, err
	}
	part, err := r.claimPart(set, c, false)
	if err != nil {
		return nil, err
	}
	past, err := r.past(set, c.ID)
	if err != nil {
		return nil, err
	}
	part.Statement.Href = ""
	name := r.T("claims.n", "n", c.N)
	p := &claimContent{Base: r.Base(name, r.claimsTrail(Link{Text: a.Title, Href: r.URL(api.ArticlePath(c.Article))})...), Claim: part, Past: past, AsOf: r.asOf(of)}
	p.Base.Title = name + ": " + part.Statement.Text
	p.Description = part.Standing.Text + ": " + part.Why
	for _, other := range set.ArticleClaims(c.Article) {
		switch other.N {
		case c.N - 1:
			p.Around = append(p.Around, Link{Text: r.T("claims.before"), Href: r.URL(api.ClaimPath(c.Article, other.N))})
		case c.N + 1:
			p.Around = append(p.Around, Link{Text: r.T("claims.after"), Href: r.URL(api.ClaimPath(c.Article, other.N))})
		}
	}
	p.Review, err = r.claimReview(set, a, c, &part)
	return p, err
}

// claimReview is the claim as search engines read it.
func (r *Request) claimReview(set *evidence.Set, a *record.Article, c *evidence.Claim, part *ClaimPart) (template.JS, error) {
	review := api.ClaimReview{Context: "https://schema.org", Type: "ClaimReview", URL: r.absolute(r.URL(api.ClaimPath(c.Article, c.N))), Claim: part.Statement.Text,
		Language: r.Lang.BCP47(), Author: api.Organization{Type: "Organization", Name: "Fener", URL: r.absolute("/")},
		ItemReviewed: api.ReviewedItem{Type: "Claim", Published: a.Published.String(), Appearance: &api.Appearance{Type: "CreativeWork", Headline: a.Title}},
		Rating:       api.Rating{Type: "Rating", Name: part.Standing.Text, Why: part.Why}, Body: part.Standing.Text + ": " + part.Why}
	if past := set.Past(c.ID); len(past) > 0 {
		review.Published = day(past[len(past)-1].At).String()
	}
	if a.Author != "" {
		review.ItemReviewed.Author = &api.Organization{Type: "Person", Name: a.Author}
	}
	if src := set.Source(a.Source); src != nil {
		review.ItemReviewed.Appearance.URL = webAddress(src.Address)
		if a.Author == "" && src.Publisher != "" {
			review.ItemReviewed.Author = &api.Organization{Type: "Organization", Name: src.Publisher}
		}
	}
	b, err := json.Marshal(review) // it escapes <, > and &, so that nothing in it can end the element
	if err != nil {
		return "", fmt.Errorf("writing the review of claim %q: %w", c.ID, err)
	}
	return template.JS(b), nil
}
