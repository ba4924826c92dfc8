package site

import (
	"errors"
	"fmt"
	"time"

	"fener/internal/api"
	"fener/internal/record"
	"fener/internal/view"
	"fener/locale"
)

var findingsPage = Page{
	Pattern: "findings", Template: "findings", Build: buildFindings, Atom: findingsFeed,
}

// findingsContent are the latest findings.
type findingsContent struct {
	Base
	Table Table
	Feed  Link
}

// newFinding is what the check found for a judgment that came on record.
type newFinding struct {
	meta     view.Meta
	judgment *view.JudgmentFile
	answers  view.Answers
}

// findingsListed is how many of the latest judgments are listed with their findings.
const findingsListed = 40

func (r *Request) newFindings() ([]newFinding, error) {
	v, err := r.publicView()
	if err != nil {
		return nil, err
	}
	recent, err := v.Recent(r.Context(), changesRead)
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

func buildFindings(r *Request) (Content, error) {
	p := &findingsContent{Base: r.Base(r.T("findings.title")), Feed: Link{Text: r.T("findings.feed"), Href: r.URL("findings.atom")}}
	p.Description = r.T("findings.lede")
	list, err := r.newFindings()
	if err != nil && !isNoData(err) {
		return nil, err
	}
	p.Table = Table{ID: "findings", Caption: r.T("findings.title"), Empty: r.T("error.no_data.says"), Columns: []Column{{Head: r.T("findings.judgment")}, {Head: r.T("findings.entered")},
		{Head: r.T("findings.term")}}}
	for i := range list {
		f := &list[i]
		p.Table.Rows = append(p.Table.Rows, []Link{{Text: r.judgmentTitle(f.judgment), Href: r.URL(api.CasePath(f.judgment.Case))},
			{Text: locale.Date(r.Lang, day(f.meta.At))}, {Text: dashed(r.answers(f.answers))}})
	}
	return p, nil
}

func findingsFeed(r *Request) (*api.Feed, error) {
	list, err := r.newFindings()
	if err != nil && !isNoData(err) {
		return nil, err
	}
	f := r.feed("Fener: "+r.T("findings.title"), r.T("findings.lede"), time.Unix(0, 0))
	for i := range list {
		n := &list[i]
		if i == 0 {
			f.Updated = api.FeedTime(n.meta.At)
		}
		position, err := r.positionOf(n.meta.Seq)
		if err != nil {
			return nil, err
		}
		f.Entries = append(f.Entries, api.FeedEntry{ID: api.FeedID("finding", position), Title: r.judgmentTitle(n.judgment), Updated: api.FeedTime(n.meta.At),
			Link:    &api.FeedLink{Rel: "alternate", Type: "text/html", Href: r.absolute(r.URL(api.CasePath(n.judgment.Case)))},
			Summary: capital(r.answers(n.answers))})
	}
	return f, nil
}
