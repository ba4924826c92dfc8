package changes

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"fener/internal/page"
	"fener/internal/site/shown"
	"fener/internal/view"
)

var changesPage = page.Page{
	Pattern: "changes", Data: "changes.title", Template: "changes", Foot: "changes.title", Worded: true, Params: append(chosenBy, "sort", "page"), DataParams: []string{sinceParam}, Build: buildChanges, Atom: changesFeed,
	JSON:  page.DocumentOf(changesData),
	Parts: changesWhole,
}

// changesContent is what changed after it was published: what, when and why.
type changesContent struct {
	page.Base
	Facets  []page.Facet
	Found   string // how many there are; empty where there is none
	None    string // what is said where there is none
	Changes []shown.ChangePart
	Pager   page.Pager
	Latest  []shown.LatestChange
	Feeds   []page.Link
}

const (
	changesShown = 20
	changesFed   = 40
)

// changedPart is the part of the corrections that the address asks for.
func changedPart(r *page.Request) (list []shown.ChangePart, facets []page.Facet, n, total int, err error) {
	window, err := r.Paging()
	if err != nil {
		return nil, nil, 0, 0, err
	}
	n = window.Offset / page.PageSize
	all, facets, err := changeChoice(r)
	if err != nil {
		return nil, nil, n, 0, err
	}
	list, err = shown.ChangeParts(r, page.Part(all, n*changesShown, changesShown))
	return list, facets, n, len(all), err
}

func changesData(r *page.Request) (*ChangesDocument, error) {
	list, _, n, total, err := changedPart(r)
	if err != nil {
		return nil, err
	}
	return changesDocument(r.Head("changes"), list, r.List(total, n*changesShown, changesShown)), nil
}

func changesDocument(head page.Head, list []shown.ChangePart, of page.List) *ChangesDocument {
	d := &ChangesDocument{Head: head, List: of, Changes: []Changed{}}
	for i := range list {
		c := &list[i]
		one := Changed{Kind: c.Kind, What: c.What.Text, Rev: c.Rev, At: c.Position, When: c.Entry.Date, Why: c.Entry.Why, Gone: c.Entry.Gone, Path: c.What.Href}
		for _, f := range c.Entry.Changes {
			one.Fields = append(one.Fields, ChangedField{Field: f.What, Before: f.Before, After: f.After})
		}
		d.Changes = append(d.Changes, one)
	}
	return d
}

// changesWhole sends every correction that the choice of the address asks for.
func changesWhole(r *page.Request, send func(*page.Sheet) error) error {
	all, _, err := changeChoice(r)
	if err != nil {
		return err
	}
	return page.PartsOf(all, func(part []view.Meta) (*page.Sheet, error) {
		list, err := shown.ChangeParts(r, part)
		if err != nil {
			return nil, err
		}
		return changesDocument(page.Head{}, list, page.List{}).Sheet(), nil
	}, send)
}

func buildChanges(r *page.Request) (page.Content, error) {
	p := &changesContent{Base: r.Base(r.T("changes.title")), None: r.T("changes.none")}
	p.Description = r.T("changes.lede")
	list, facets, n, total, err := changedPart(r)
	if err != nil && !page.IsNoData(err) {
		return nil, err
	}
	p.Changes, p.Facets, p.Pager = list, facets, r.PagerOf(r.Pattern(), n+1, (total+changesShown-1)/changesShown)
	if total > 0 {
		p.Found = r.T("changes.found", "n", total)
	}
	chosen := url.Values{}
	for _, param := range chosenBy {
		if v := r.Query.Get(param); v != "" {
			chosen.Set(param, v)
		}
	}
	feed := r.URL("changes.atom")
	if len(chosen) > 0 {
		feed += "?" + chosen.Encode()
		p.None = r.T("changes.fits")
	}
	p.Feeds = []page.Link{{Text: r.T("changes.feed"), Href: feed}, {Text: r.T("findings.feed"), Href: r.URL("findings.atom")}}
	if n == 0 && len(chosen) == 0 && r.Public() != nil {
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
	all, _, err := changeChoice(r)
	slices.SortStableFunc(all, func(a, b view.Meta) int { return b.At.Compare(a.At) }) // in whatever order the page has them
	var list []shown.ChangePart
	if err == nil {
		list, err = shown.ChangeParts(r, page.Part(all, 0, changesFed))
	}
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
