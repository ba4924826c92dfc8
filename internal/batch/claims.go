package batch

import (
	"context"
	"io"
	"maps"
	"slices"

	"fener/internal/evidence"
	"fener/internal/figure"
	"fener/internal/intake"
	"fener/internal/ledger"
	"fener/internal/record"
	"fener/law"
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
func Claims(ctx context.Context, l ledger.Ledger, name string, from io.Reader, opt Options) (Summary, error) {
	f := &file{kinds: []record.Kind{record.ClaimKind}, share: shareDoubts, read: func(p *planner, name string, from io.Reader) (list []*brought, _ []intake.Problem, err error) {
		articles, problems, err := intake.Claims(name, from, Comparable(opt.Pack))
		for i := range articles {
			a := &articles[i]
			list = append(list, &brought{kind: record.ArticleKind, words: a.ID, line: a.Line, body: &a.Article})
			for n := range a.Claims {
				c := &a.Claims[n]
				// A claim stands behind its article, also where both begin in one line.
				list = append(list, &brought{kind: record.ClaimKind, words: c.ID, line: max(c.Line, a.Line), body: &c.Claim,
					look: func(ctx context.Context, it *Item) error { // by then the article has the id of its source
						return p.quotes(ctx, it, c.Line, "quote", record.Citation{Source: a.Source, Quote: c.Quote}, false)
					}})
			}
		}
		return list, problems, err
	}}
	return f.take(ctx, l, name, from, opt)
}

// shareDoubts gives each doubt, which stands at a line, to the article or claim
// that begins last before it.
func shareDoubts(list []*brought, doubts map[spot][]Reason) {
	for _, at := range slices.SortedFunc(maps.Keys(doubts), func(a, b spot) int { return a.line - b.line }) {
		var last *brought
		for _, b := range list {
			if b.line <= at.line && (last == nil || b.line >= last.line) {
				last = b
			}
		}
		if last != nil {
			last.doubts = append(last.doubts, doubts[at]...)
		}
	}
}
