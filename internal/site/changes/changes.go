package changes

import (
	"strings"
	"time"

	"fener/internal/page"
	"fener/internal/site/shown"
)

var changesPage = page.Page{
	Pattern: "changes", Template: "changes", Foot: "changes.title", Worded: true, Params: []string{"page"}, Build: buildChanges, Atom: changesFeed,
	JSON:  func(r *page.Request) (any, error) { return changesData(r) },
	Parts: changesWhole,
}

// changesContent is what changed after it was published: what, when and why.
type changesContent struct {
	page.Base
	Changes []shown.ChangePart
	Pager   page.Pager
	Latest  []shown.LatestChange
	Feeds   []page.Link
}

const (
	changesShown = 20
	changesFed   = 40
)

func changesData(r *page.Request) (*ChangesDocument, error) {
	window, err := r.Paging()
	if err != nil {
		return nil, err
	}
	n := window.Offset / page.PageSize
	list, total, err := shown.CorrectedParts(r, n*changesShown, changesShown)
	if err != nil {
		return nil, err
	}
	return changesDocument(r.Head("changes"), list, r.List(total, n*changesShown, changesShown)), nil
}

func changesDocument(head page.Head, list []shown.ChangePart, of page.List) *ChangesDocument {
	d := &ChangesDocument{Head: head, List: of, Changes: []Changed{}}
	for i := range list {
		c := &list[i]
		one := Changed{Kind: c.Kind, What: c.What.Text, Rev: c.Rev, When: c.Entry.Date, Why: c.Entry.Why, Gone: c.Entry.Gone, Path: c.What.Href}
		for _, f := range c.Entry.Changes {
			one.Fields = append(one.Fields, ChangedField{Field: f.What, Before: f.Before, After: f.After})
		}
		d.Changes = append(d.Changes, one)
	}
	return d
}

// changesWhole sends every correction.
func changesWhole(r *page.Request, send func(*page.Sheet) error) error {
	read := 0
	return page.Parts(r.Context(), func(*shown.ChangePart) ([]shown.ChangePart, error) {
		list, _, err := shown.CorrectedParts(r, read, page.PartRows)
		read += len(list)
		return list, err
	}, func(list []shown.ChangePart) *page.Sheet {
		return changesDocument(page.Head{}, list, page.List{}).Sheet()
	}, send)
}

func buildChanges(r *page.Request) (page.Content, error) {
	window, err := r.Paging()
	if err != nil {
		return nil, err
	}
	p := &changesContent{Base: r.Base(r.T("changes.title"))}
	p.Description = r.T("changes.lede")
	n := window.Offset / page.PageSize
	var total int
	if p.Changes, total, err = shown.CorrectedParts(r, n*changesShown, changesShown); err != nil && !page.IsNoData(err) {
		return nil, err
	}
	p.Pager = r.PagerOf(r.Pattern(), n+1, (total+changesShown-1)/changesShown)
	p.Feeds = []page.Link{{Text: r.T("changes.feed"), Href: r.URL("changes.atom")}, {Text: r.T("findings.feed"), Href: r.URL("findings.atom")}}
	if n == 0 && r.Public() != nil {
		p.Latest, err = shown.ChangesOf(r, latestListed)
		if err != nil {
			return nil, err
		}
	}
	return p, nil
}

// latestListed is how many of the record's latest entries the page of changes lists.
const latestListed = 25

func changesFeed(r *page.Request) (*page.Feed, error) {
	list, _, err := shown.CorrectedParts(r, 0, changesFed)
	if err != nil && !page.IsNoData(err) {
		return nil, err
	}
	f := r.Feed("Fener: "+r.T("changes.title"), r.T("changes.lede"), time.Unix(0, 0))
	for i := range list {
		c := &list[i]
		if i == 0 {
			f.Updated = page.FeedTime(c.At)
		}
		var says []string
		for _, text := range []string{c.Entry.Gone, c.Entry.Why} {
			if text != "" {
				says = append(says, text)
			}
		}
		for _, ch := range c.Entry.Changes {
			says = append(says, ch.What+": "+page.Dashed(ch.Before)+" → "+page.Dashed(ch.After))
		}
		e := page.FeedEntry{ID: page.FeedID("change", c.Kind, c.Position), Title: c.Kind + ": " + c.What.Text, Updated: page.FeedTime(c.At), Summary: strings.Join(says, " | ")}
		if c.What.Href != "" {
			e.Link = &page.FeedLink{Rel: "alternate", Type: "text/html", Href: r.Absolute(c.What.Href)}
		} else {
			e.Link = &page.FeedLink{Rel: "alternate", Type: "text/html", Href: r.Absolute(r.URL("changes"))}
		}
		f.Entries = append(f.Entries, e)
	}
	return f, nil
}
