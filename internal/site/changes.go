package site

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"fener/internal/api"
	"fener/internal/record"
	"fener/internal/view"
)

var changesPage = Page{
	Pattern: "changes", Template: "changes", Foot: "changes.title", Worded: true, Params: []string{"page"}, Build: buildChanges, Atom: changesFeed,
	JSON:  func(r *Request) (any, error) { return changesData(r) },
	Parts: changesWhole,
}

// changesContent is what changed after it was published: what, when and why.
type changesContent struct {
	Base
	Changes []changePart
	Pager   Pager
	Latest  []latestChange
	Feeds   []Link
}

// changePart is one correction or withdrawal.
type changePart struct {
	What     Link
	Kind     string
	Entry    historyEntry
	At       time.Time
	Rev      int
	Position int64 // of the record
}

// changesRead is how many of the record's latest entries are looked through for corrections, changesShown how many of them a page shows.
const changesRead = view.MaxLimit

const (
	changesShown = 20
	changesFed   = 40
)

// correctedThings are the things among the latest entries that were corrected or taken back after they were published, the newest first.
func (r *Request) correctedThings() ([]view.Meta, error) { return corrected.Of(r) }

var corrected = NewOnce(func(r *Request) ([]view.Meta, error) {
	v, err := r.publicView()
	if err != nil {
		return nil, err
	}
	recent, err := v.Recent(r.Context(), changesRead)
	if err != nil {
		return nil, fmt.Errorf("reading the latest changes: %w", err)
	}
	var out []view.Meta
	for _, m := range recent {
		if m.Gone == view.Standing {
			if m.Rev < 2 {
				continue
			}
			revisions, err := r.revisions(&m)
			if err != nil {
				return nil, err
			}
			if len(revisions) < 2 {
				continue // it was worked on before it was published, and stands as it was published
			}
		}
		out = append(out, m)
	}
	return out, nil
})

func (r *Request) revisions(m *view.Meta) ([]view.Revision, error) {
	revisions, err := r.Public().History(r.Context(), m.Kind, m.ID)
	if err != nil && !errors.Is(err, view.ErrNotFound) {
		return nil, fmt.Errorf("reading the history of %s %q: %w", m.Kind, m.ID, err)
	}
	return revisions, nil
}

// correctedParts are the latest corrections and withdrawals, the newest first, at most n after skipping some; total counts those found. Without
// kinds they are of every kind.
func (r *Request) correctedParts(offset, n int, kinds ...record.Kind) (list []changePart, total int, err error) {
	things, err := r.correctedThings()
	if err != nil {
		return nil, 0, err
	}
	for i := range things {
		m := &things[i]
		if len(kinds) > 0 && !slices.Contains(kinds, m.Kind) {
			continue
		}
		total++
		if total <= offset || len(list) == n {
			continue
		}
		revisions, err := r.revisions(m)
		if err != nil {
			return nil, 0, err
		}
		if len(revisions) == 0 {
			continue // it went away since the list was read
		}
		part, err := r.changePart(m, revisions)
		if err != nil {
			return nil, 0, err
		}
		list = append(list, part)
	}
	return list, total, nil
}

func (r *Request) changePart(m *view.Meta, revisions []view.Revision) (changePart, error) {
	kind := "kind." + string(m.Kind)
	p := changePart{Kind: capital(r.T(kind)), At: m.At, Rev: m.Rev}
	coarsened, err := r.coarsened(m)
	if err == nil {
		p.Position, err = r.positionOf(m.Seq)
	}
	if err != nil {
		return p, err
	}
	if p.What, err = r.changed(m); err != nil {
		return p, err
	}
	last := &revisions[len(revisions)-1]
	p.Entry = r.revision(last, p.Kind, len(revisions) == 1, coarsened, func(_, id string) string { return id })
	if m.Gone != view.Standing {
		gone := "home." + m.Gone.String()
		p.Entry.Gone, p.Entry.First, p.Entry.Changes = capital(r.T(gone))+".", false, nil
		if !coarsened {
			p.Entry.Date, p.Entry.Why = r.dated(day(m.At)), m.Why
		}
	}
	return p, nil
}

// coarsened tells whether a change concerns a case with a child victim, of which only years are told.
func (r *Request) coarsened(m *view.Meta) (bool, error) {
	var c *view.CaseFile
	var err error
	switch m.Kind {
	case record.CaseKind:
		c, err = r.Public().Case(r.Context(), m.ID)
	case record.JudgmentKind:
		var j *view.JudgmentFile
		if j, err = r.Public().Judgment(r.Context(), m.ID); err == nil {
			return j.Coarsened, nil
		}
	default:
		return false, nil
	}
	if errors.Is(err, view.ErrNotFound) || errors.Is(err, view.ErrGone) {
		return true, nil // it can no longer be looked at, so the least is told
	}
	if err != nil {
		return false, err
	}
	return c.Coarsened, nil
}

// changed names what changed, and leads to it where it stands.
func (r *Request) changed(m *view.Meta) (Link, error) {
	link := Link{Text: m.Title}
	if m.Gone != view.Standing {
		if m.Kind == record.JudgmentKind { // its id may hold a day, and whether a child was among the victims can no longer be asked
			kind := "kind." + string(m.Kind)
			link.Text = capital(r.T(kind))
		}
		if link.Text == "" {
			link.Text = m.ID
		}
		return link, nil
	}
	set, err := r.said()
	if err != nil && !isNoData(err) {
		return link, err
	}
	switch m.Kind {
	case record.JudgmentKind:
		j, err := r.Public().Judgment(r.Context(), m.ID)
		if err == nil {
			link = Link{Text: r.judgmentTitle(j), Href: r.URL(api.CasePath(j.Case))}
		} else if !errors.Is(err, view.ErrNotFound) && !errors.Is(err, view.ErrGone) {
			return link, fmt.Errorf("reading judgment %q: %w", m.ID, err)
		}
	case record.CaseKind:
		link = Link{Text: r.caseTitle(m.Title), Href: r.URL(api.CasePath(m.ID))}
	case record.SourceKind:
		link.Href = r.URL(api.SourcePath(m.ID))
	case record.InstitutionKind:
		if link, err = r.institutionLink(m.ID); err != nil {
			return link, err
		}
	}
	if set != nil {
		switch m.Kind {
		case record.ObservationKind:
			if o := set.Observation(m.ID); o != nil {
				link = Link{Text: strings.TrimSuffix(r.indicatorName(o.Indicator)+", "+r.spanText(o.Span()), ", "), Href: r.URL(api.ObservationPath(o))}
			}
		case record.ArticleKind:
			link.Href = r.URL(api.ArticlePath(m.ID))
		case record.ClaimKind:
			if c := set.Claim(m.ID); c != nil {
				name, in := c.Statement.In(r.Lang)
				link = Link{Text: name, Lang: in, Href: r.URL(api.ClaimPath(c.Article, c.N))}
			}
		}
	}
	if link.Text == "" {
		link.Text = m.ID
	}
	return link, nil
}

func changesData(r *Request) (*api.ChangesDocument, error) {
	page, err := r.paging()
	if err != nil {
		return nil, err
	}
	n := page.Offset / pageSize
	list, total, err := r.correctedParts(n*changesShown, changesShown)
	if err != nil {
		return nil, err
	}
	return changesDocument(r.Head("changes"), list, r.list(total, n*changesShown, changesShown)), nil
}

func changesDocument(head api.Head, list []changePart, of api.List) *api.ChangesDocument {
	d := &api.ChangesDocument{Head: head, List: of, Changes: []api.Changed{}}
	for i := range list {
		c := &list[i]
		one := api.Changed{Kind: c.Kind, What: c.What.Text, Rev: c.Rev, When: c.Entry.Date, Why: c.Entry.Why, Gone: c.Entry.Gone, Path: c.What.Href}
		for _, f := range c.Entry.Changes {
			one.Fields = append(one.Fields, api.ChangedField{Field: f.What, Before: f.Before, After: f.After})
		}
		d.Changes = append(d.Changes, one)
	}
	return d
}

// changesWhole sends every correction.
func changesWhole(r *Request, send func(*api.Sheet) error) error {
	read := 0
	return parts(r.Context(), func(*changePart) ([]changePart, error) {
		list, _, err := r.correctedParts(read, partRows)
		read += len(list)
		return list, err
	}, func(list []changePart) *api.Sheet { return changesDocument(api.Head{}, list, api.List{}).Sheet() }, send)
}

func buildChanges(r *Request) (Content, error) {
	page, err := r.paging()
	if err != nil {
		return nil, err
	}
	p := &changesContent{Base: r.Base(r.T("changes.title"))}
	p.Description = r.T("changes.lede")
	n := page.Offset / pageSize
	var total int
	if p.Changes, total, err = r.correctedParts(n*changesShown, changesShown); err != nil && !isNoData(err) {
		return nil, err
	}
	p.Pager = r.pagerOf(r.Pattern(), n+1, (total+changesShown-1)/changesShown)
	p.Feeds = []Link{{Text: r.T("changes.feed"), Href: r.URL("changes.atom")}, {Text: r.T("findings.feed"), Href: r.URL("findings.atom")}}
	if n == 0 && r.Public() != nil {
		p.Latest, err = r.changesOf(latestListed)
		if err != nil {
			return nil, err
		}
	}
	return p, nil
}

// latestListed is how many of the record's latest entries the page of changes lists.
const latestListed = 25

// feed opens a feed of this page.
func (r *Request) feed(title, says string, updated time.Time) *api.Feed {
	at := r.absolute(r.URL(r.Path()))
	return &api.Feed{Lang: r.Lang.BCP47(), ID: api.FeedID("feed", r.absolute(""), string(r.Lang), r.Path()), Title: title, Says: says, Updated: api.FeedTime(updated),
		Author: api.FeedAuthor{Name: "Fener"}, Links: []api.FeedLink{{Rel: "self", Type: "application/atom+xml", Href: at + ".atom"}, {Rel: "alternate", Type: "text/html", Href: at}}}
}

func changesFeed(r *Request) (*api.Feed, error) {
	list, _, err := r.correctedParts(0, changesFed)
	if err != nil && !isNoData(err) {
		return nil, err
	}
	f := r.feed("Fener: "+r.T("changes.title"), r.T("changes.lede"), time.Unix(0, 0))
	for i := range list {
		c := &list[i]
		if i == 0 {
			f.Updated = api.FeedTime(c.At)
		}
		var says []string
		for _, text := range []string{c.Entry.Gone, c.Entry.Why} {
			if text != "" {
				says = append(says, text)
			}
		}
		for _, ch := range c.Entry.Changes {
			says = append(says, ch.What+": "+dashed(ch.Before)+" → "+dashed(ch.After))
		}
		e := api.FeedEntry{ID: api.FeedID("change", c.Kind, c.Position), Title: c.Kind + ": " + c.What.Text, Updated: api.FeedTime(c.At), Summary: strings.Join(says, " | ")}
		if c.What.Href != "" {
			e.Link = &api.FeedLink{Rel: "alternate", Type: "text/html", Href: r.absolute(c.What.Href)}
		} else {
			e.Link = &api.FeedLink{Rel: "alternate", Type: "text/html", Href: r.absolute(r.URL("changes"))}
		}
		f.Entries = append(f.Entries, e)
	}
	return f, nil
}
