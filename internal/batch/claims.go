package batch

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"

	"fener/internal/evidence"
	"fener/internal/figure"
	"fener/internal/intake"
	"fener/internal/ledger"
	"fener/internal/record"
	"fener/law"
	"fener/locale"
)

// Comparable says what a claim can be compared with: the indicators that are
// observed, the figures that the record computes, and the law of a pack; without a
// pack any law is taken.
func Comparable(pack *law.Pack) intake.Known {
	known := intake.Known{Observed: evidence.KnownIndicator, Figure: knownFigure,
		Nearest: func(text string) []string { return evidence.NearestIndicators(text, mostNear) }}
	if pack != nil {
		known.Law = func(text string) (intake.Code, []string) {
			wrong, have := evidence.CheckLaw(pack, text)
			return lawCodes[wrong], have
		}
	}
	return known
}

// mostNear is how many ids are named for one that nobody knows.
const mostNear = 4

var lawCodes = map[evidence.LawProblem]intake.Code{evidence.NoReference: intake.LawNoReference, evidence.UnknownLaw: intake.LawUnknown,
	evidence.NoProvision: intake.LawNoProvision, evidence.NeedsParagraph: intake.LawNeedsParagraph}

func knownFigure(id string) bool {
	list, err := figure.Indicators()
	return err == nil && slices.ContainsFunc(list, func(in *figure.Indicator) bool { return in.ID == id })
}

// Claims takes articles with their claims into the record, from YAML.
func Claims(ctx context.Context, l ledger.Ledger, name string, file io.Reader, opt Options) (Summary, error) {
	run, err := begin(ctx, l, record.ClaimKind, opt)
	if err != nil {
		return Summary{}, err
	}
	articles, problems, err := intake.Claims(name, file, Comparable(opt.Pack))
	if err != nil {
		return Summary{}, fmt.Errorf("reading %s: %w", name, err)
	}
	wrong, err := opt.trouble(problems)
	if err != nil {
		return Summary{}, err
	}
	doubts := doubtsOf(articles, wrong.doubt)
	var list []planned
	for i := range articles {
		a := &articles[i]
		list = append(list, planned{a.Line, func(ctx context.Context) (plan, error) { return run.planner.article(ctx, a, doubts[a.ID]) }})
		for n := range a.Claims {
			c := &a.Claims[n]
			// A claim stands behind its article, also where both begin in one line.
			list = append(list, planned{max(c.Line, a.Line), func(ctx context.Context) (plan, error) { return run.planner.claim(ctx, a, c, doubts[c.ID]) }})
		}
	}
	return run.inOrder(ctx, wrong, list)
}

// doubtsOf gives each doubt, which stands at a line, to the article or claim that
// begins last before it, by their ids.
func doubtsOf(articles []intake.ArticleClaims, byLine map[int][]Reason) map[string][]Reason {
	of := map[string][]Reason{}
	for _, line := range slices.Sorted(maps.Keys(byLine)) {
		begins, id := 0, ""
		see := func(at int, it string) {
			if at <= line && at >= begins {
				begins, id = at, it
			}
		}
		for i := range articles {
			see(articles[i].Line, articles[i].ID)
			for n := range articles[i].Claims {
				see(articles[i].Claims[n].Line, articles[i].Claims[n].ID)
			}
		}
		of[id] = append(of[id], byLine[line]...)
	}
	return of
}

func (p *planner) article(ctx context.Context, a *intake.ArticleClaims, doubts []Reason) (plan, error) {
	body := a.Article
	body.Synthetic = body.Synthetic || p.opt.Synthetic
	it := &Item{Kind: record.ArticleKind, ID: p.known.named(record.ArticleKind, a.ID), Name: a.ID, Title: a.Title, Lines: []int{a.Line}, Doubts: doubts}
	var needs plan
	var err error
	if body.Source, err = p.cited(ctx, it, &needs, a.Line, "source", a.Source); err != nil {
		return plan{}, err
	}
	p.care(it, &body)
	a.Source = body.Source // for the quotations of its claims
	return p.settle(ctx, it, &body, nil, []record.Thing{{Kind: record.SourceKind, ID: body.Source}}, needs)
}

func (p *planner) claim(ctx context.Context, a *intake.ArticleClaims, c *intake.ClaimEntry, doubts []Reason) (plan, error) {
	body := c.Claim
	body.Synthetic = body.Synthetic || p.opt.Synthetic
	it := &Item{Kind: record.ClaimKind, ID: p.known.named(record.ClaimKind, c.ID), Name: c.ID, Lines: []int{c.Line}, Doubts: doubts}
	it.Title, _ = c.Statement.In(locale.EN)
	body.Article = p.known.named(record.ArticleKind, body.Article)
	article := record.Thing{Kind: record.ArticleKind, ID: body.Article}
	if !p.known.stands(article) {
		it.missing(c.Line, "article", p.known.say(article)) // it was refused itself
	}
	if err := p.quotes(ctx, it, c.Line, "quote", record.Citation{Source: a.Source, Quote: c.Quote}, false); err != nil {
		return plan{}, err
	}
	p.care(it, &body)
	p.claimHeldBack(it, &body)
	return p.settle(ctx, it, &body, body.Validate(false), []record.Thing{article}, plan{})
}
