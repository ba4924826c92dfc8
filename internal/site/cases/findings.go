package cases

import (
	"errors"
	"fmt"
	"time"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/answer"
	"fener/internal/site/shown"
	"fener/internal/view"
	"fener/locale"
)

var findingsPage = page.Page{
	Pattern: "findings", Template: "findings", Build: buildFindings, Atom: findingsFeed,
}

// findingsContent are the latest findings.
type findingsContent struct {
	page.Base
	Table page.Table
	Feed  page.Link
}

// newFinding is what the check found for a judgment that came on record.
type newFinding struct {
	meta     view.Meta
	judgment *view.JudgmentFile
	answers  view.Answers
}

// findingsListed is how many of the latest judgments are listed with their findings.
const findingsListed = 40

func newFindings(r *page.Request) ([]newFinding, error) {
	v, err := r.Record()
	if err != nil {
		return nil, err
	}
	recent, err := v.Recent(r.Context(), shown.ChangesRead)
	if err != nil {
		return nil, fmt.Errorf("reading the latest changes: %w", err)
	}
	var out []newFinding
	for _, m := range recent {
		if m.Kind != record.JudgmentKind || m.Gone != view.Standing || len(out) == findingsListed {
			continue
		}
		j, err := v.Judgment(r.Context(), m.ID)
		if errors.Is(err, view.ErrNotFound) || errors.Is(err, view.ErrGone) {
			continue // it went away since the list was read
		}
		if err != nil {
			return nil, fmt.Errorf("reading judgment %q: %w", m.ID, err)
		}
		f := newFinding{meta: m, judgment: j}
		for _, d := range j.Files {
			for _, c := range d.Counts {
				f.answers |= c.Finding.Answers()
			}
		}
		out = append(out, f)
	}
	return out, nil
}

func buildFindings(r *page.Request) (page.Content, error) {
	p := &findingsContent{Base: r.Base(r.T("findings.title")), Feed: page.Link{Text: r.T("findings.feed"), Href: r.URL("findings.atom")}}
	p.Description = r.T("findings.lede")
	list, err := newFindings(r)
	if err != nil && !page.IsNoData(err) {
		return nil, err
	}
	p.Table = page.Table{ID: "findings", Caption: r.T("findings.title"), Empty: r.T("error.no_data.says"), Columns: []page.Column{{Head: r.T("findings.judgment")}, {Head: r.T("findings.entered")},
		{Head: r.T("findings.term")}}}
	for i := range list {
		f := &list[i]
		p.Table.Rows = append(p.Table.Rows, []page.Link{{Text: shown.JudgmentTitle(r, f.judgment), Href: r.URL(shown.CasePath(f.judgment.Case))},
			{Text: locale.Date(r.Lang, page.Day(f.meta.At))}, {Text: page.Dashed(answer.Answers(r, f.answers))}})
	}
	return p, nil
}

func findingsFeed(r *page.Request) (*page.Feed, error) {
	list, err := newFindings(r)
	if err != nil && !page.IsNoData(err) {
		return nil, err
	}
	f := r.Feed("Fener: "+r.T("findings.title"), r.T("findings.lede"), time.Unix(0, 0))
	for i := range list {
		n := &list[i]
		if i == 0 {
			f.Updated = page.FeedTime(n.meta.At)
		}
		position, err := r.PositionOf(n.meta.Seq)
		if err != nil {
			return nil, err
		}
		f.Entries = append(f.Entries, page.FeedEntry{ID: page.FeedID("finding", position), Title: shown.JudgmentTitle(r, n.judgment), Updated: page.FeedTime(n.meta.At),
			Link:    &page.FeedLink{Rel: "alternate", Type: "text/html", Href: r.Absolute(r.URL(shown.CasePath(n.judgment.Case)))},
			Summary: page.Capital(answer.Answers(r, n.answers))})
	}
	return f, nil
}
