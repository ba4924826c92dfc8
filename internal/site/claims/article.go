package claims

import (
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strconv"

	"fener/internal/evidence"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/locale"
)

var articlePage = page.Page{
	Pattern: "claims/{article}", Template: "article", Params: []string{"page"}, Build: buildArticle,
	Addresses: func(r *page.Request, from, n int) ([]string, int, error) {
		set, err := reads.Said(r)
		if err != nil {
			return nil, 0, err
		}
		var all []string
		for _, id := range set.ArticleIDs() {
			all = append(all, shown.ArticlePath(id))
			for _, c := range set.ArticleClaims(id) {
				all = append(all, shown.ClaimPath(id, c.N))
			}
		}
		return page.AddressPart(all, from, n)
	},
	JSON: page.DocumentOf(articleData),
	CSV:  page.RowsOf(articleData),
}

// articleContent is one article with its claims under each other.
type articleContent struct {
	page.Base
	Name    page.Link
	Summary []page.Summary
	Claims  []ClaimPart
	Pager   page.Pager
	AsOf    string
	Replies []shown.Replied
	Sum     string // of how the claims stand
}

// claimsShown is how many claims a page shows with their evidence.
const claimsShown = 25

func article(r *page.Request) (*evidence.Set, *record.Article, error) {
	set, err := reads.Said(r)
	if err != nil {
		return nil, nil, err
	}
	id := r.PathValue("article")
	a := set.Article(id)
	if a == nil {
		return nil, nil, shown.Absent(r, record.ArticleKind, id)
	}
	return set, a, nil
}

func articleData(r *page.Request) (*ArticleDocument, error) {
	set, a, err := article(r)
	if err != nil {
		return nil, err
	}
	id := r.PathValue("article")
	d := &ArticleDocument{Head: r.Head("article"), Article: newArticle(set, id, a), Claims: []Claim{}}
	for _, c := range set.ArticleClaims(id) {
		one, err := newClaim(set, c, r.PositionOf)
		if err != nil {
			return nil, err
		}
		d.Claims = append(d.Claims, one)
	}
	return d, nil
}

func claimsTrail(r *page.Request, more ...page.Link) []page.Link {
	return append([]page.Link{{Text: r.T("claims.title"), Href: r.URL(claimsPage.Pattern)}}, more...)
}

// articleLink names an article in its own language.
func articleLink(r *page.Request, set *evidence.Set, id string, a *record.Article) page.Link {
	link := page.Link{Text: a.Title, Href: r.URL(shown.ArticlePath(id)), Lang: locale.Tongue(a.Title)}
	if src := set.Source(a.Source); src != nil {
		link.Lang = page.LangOf(src.Language, a.Title)
	}
	return link
}

func buildArticle(r *page.Request) (page.Content, error) {
	set, a, err := article(r)
	if err != nil {
		return nil, err
	}
	window, err := r.Paging()
	if err != nil {
		return nil, err
	}
	id := r.PathValue("article")
	of, err := reads.Numbers(r)
	if err != nil {
		return nil, err
	}
	p := &articleContent{Base: r.Base(a.Title, claimsTrail(r)...), Name: page.Link{Text: a.Title}, AsOf: shown.AsOf(r, of)}
	p.Description = r.T("claims.article_lede")
	if src := set.Source(a.Source); src != nil {
		p.Name.Lang = page.LangOf(src.Language, a.Title)
		p.TitleIn(p.Name.Lang)
		p.Summary = append(p.Summary, page.Summary{Term: r.T("sources.publisher"), Text: page.Typed(src.Publisher)})
	}
	p.Summary = append(p.Summary, page.Summary{Term: r.T("claims.author"), Text: page.Link{Text: a.Author}}, page.Summary{Term: r.T("sources.published"), Text: page.Link{Text: r.Dated(a.Published)}},
		page.Summary{Term: r.T("figure.source"), Text: shown.SourceCited(r, set, record.Citation{Source: a.Source})})
	sum := newArticle(set, id, a)
	p.Sum = SumOf(r, &sum)
	all := set.ArticleClaims(id)
	n := window.Offset / page.PageSize
	for _, c := range all[min(n*claimsShown, len(all)):min((n+1)*claimsShown, len(all))] {
		part, err := claimPart(r, set, c, true)
		if err != nil {
			return nil, err
		}
		p.Claims = append(p.Claims, part)
	}
	p.Pager = r.PagerOf(shown.ArticlePath(id), n+1, (len(all)+claimsShown-1)/claimsShown)
	p.Replies, err = shown.Replies(r, set, record.ArticleKind, id)
	return p, err
}

var claimPage = page.Page{
	Pattern: "claims/{article}/{n}", Template: "claim", Build: buildClaim,
	JSON: page.DocumentOf(claimData),
	CSV:  page.RowsOf(claimData),
}

// claimContent is one claim with everything that bears on it.
type claimContent struct {
	page.Base
	Claim    ClaimPart
	Past     []string
	Compared string
	AsOf     string
	Around   []page.Link
	Review   template.JS // schema.org ClaimReview, as JSON
}

func claim(r *page.Request) (*evidence.Set, *record.Article, *evidence.Claim, error) {
	set, a, err := article(r)
	if err != nil {
		return nil, nil, nil, err
	}
	text := r.PathValue("n")
	n, err := strconv.Atoi(text)
	if err != nil || strconv.Itoa(n) != text {
		return nil, nil, nil, page.NotFoundf("%.20q is no number of a claim", text)
	}
	all := set.ArticleClaims(r.PathValue("article"))
	i := slices.IndexFunc(all, func(c *evidence.Claim) bool { return c.N == n })
	if i < 0 {
		return nil, nil, nil, page.NotFoundf("article %q has no claim %d", r.PathValue("article"), n)
	}
	return set, a, all[i], nil
}

func claimData(r *page.Request) (*ClaimDocument, error) {
	set, _, c, err := claim(r)
	if err != nil {
		return nil, err
	}
	one, err := newClaim(set, c, r.PositionOf)
	return &ClaimDocument{Head: r.Head("claim"), Claim: one}, err
}

func buildClaim(r *page.Request) (page.Content, error) {
	set, a, c, err := claim(r)
	if err != nil {
		return nil, err
	}
	of, err := reads.Numbers(r)
	if err != nil {
		return nil, err
	}
	part, err := claimPart(r, set, c, false)
	if err != nil {
		return nil, err
	}
	past, err := past(r, set, c.ID)
	if err != nil {
		return nil, err
	}
	part.Statement.Href = ""
	name := r.T("claims.n", "n", c.N)
	p := &claimContent{Base: r.Base(name, claimsTrail(r, articleLink(r, set, c.Article, a))...), Claim: part, Past: past, AsOf: shown.AsOf(r, of)}
	p.Base.Title = name + ": " + part.Statement.Text
	p.Description = part.Standing.Text + ": " + part.Why
	for _, other := range set.ArticleClaims(c.Article) {
		switch other.N {
		case c.N - 1:
			p.Around = append(p.Around, page.Link{Text: r.T("claims.before"), Href: r.URL(shown.ClaimPath(c.Article, other.N))})
		case c.N + 1:
			p.Around = append(p.Around, page.Link{Text: r.T("claims.after"), Href: r.URL(shown.ClaimPath(c.Article, other.N))})
		}
	}
	p.Review, err = claimReview(r, set, a, c, &part)
	return p, err
}

// claimReview is the claim as search engines read it.
func claimReview(r *page.Request, set *evidence.Set, a *record.Article, c *evidence.Claim, part *ClaimPart) (template.JS, error) {
	review := ClaimReview{Context: "https://schema.org", Type: "ClaimReview", URL: r.Absolute(r.URL(shown.ClaimPath(c.Article, c.N))), Claim: part.Statement.Text,
		Language: r.Lang.BCP47(), Author: Organization{Type: "Organization", Name: "Fener", URL: r.Absolute("/")},
		ItemReviewed: ReviewedItem{Type: "Claim", Published: a.Published.String(), Appearance: &Appearance{Type: "CreativeWork", Headline: a.Title}},
		Rating:       Rating{Type: "Rating", Name: part.Standing.Text, Why: part.Why}, Body: part.Standing.Text + ": " + part.Why}
	if past := set.Past(c.ID); len(past) > 0 {
		review.Published = page.Day(past[len(past)-1].At).String()
	}
	if a.Author != "" {
		review.ItemReviewed.Author = &Organization{Type: "Person", Name: a.Author}
	}
	if src := set.Source(a.Source); src != nil {
		review.ItemReviewed.Appearance.URL = page.WebAddress(src.Address)
		if a.Author == "" && src.Publisher != "" {
			review.ItemReviewed.Author = &Organization{Type: "Organization", Name: src.Publisher}
		}
	}
	b, err := json.Marshal(review) // it escapes <, > and &, so that nothing in it can end the element
	if err != nil {
		return "", fmt.Errorf("writing the review of claim %q: %w", c.ID, err)
	}
	return template.JS(b), nil
}

// SumOf says how an article's claims stand, all together.
func SumOf(r *page.Request, a *Article) string {
	return r.T("claims.sum", "n", a.Claims, "supported", a.Supported, "contradicted", a.Contradicted, "open", a.CannotBe)
}
