package talks

import (
	"slices"
	"strconv"

	"fener/internal/page"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/internal/talk"
	"fener/locale"
)

var talksPage = page.Page{
	Pattern: "talks", Data: "talks.title", Template: "talks", Nav: "talks.title", Params: []string{"series", "page"}, Also: page.Daily, Build: buildTalks, Calendar: talksCalendar, Atom: talksFeed,
	JSON:  page.DocumentOf(talksData),
	Parts: talksWhole,
}

// talksContent lists the talks: those to come first, then the others by year.
type talksContent struct {
	page.Base
	State  *page.State
	Facets []page.Facet
	Coming []listed
	None   string // what is said where none is to come
	Years  []year
	Pager  page.Pager
	Ways   []page.Link // the calendar and the feed
}

// year holds the talks of a year, the latest first.
type year struct {
	Name  string
	Talks []listed
}

// listed is one talk in a list.
type listed struct {
	Title   page.Link
	When    string
	Where   page.Link
	Series  page.Link
	Stage   page.Badge
	Summary page.Link
}

// chosen are the talks that the address chooses, the latest first, with the links to other choices. Where nothing is on record there are none.
func chosen(r *page.Request) ([]*reads.Talk, []page.Facet, error) {
	all, err := reads.Talks(r)
	if page.IsNoData(err) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	list := slices.Clone(all)
	return page.Choose(r, list, []page.By[*reads.Talk]{{Param: "series", Name: "talks.series",
		Of: func(t **reads.Talk) []string { return seriesOf(*t) }, Text: seriesName}})
}

func seriesOf(t *reads.Talk) []string {
	if t.Series == "" {
		return nil
	}
	return []string{t.Series}
}

// seriesName is what a series is called. What tells no language by its words is taken for English, in which most are.
func seriesName(text string) page.Link {
	link := page.Typed(text)
	if link.Lang == "" {
		link.Lang = locale.EN
	}
	return link
}

// split parts talks into those that are still to come on the page's day, the next one first, and those that are over, the latest first.
func split(r *page.Request, list []*reads.Talk) (coming, past []*reads.Talk, err error) {
	today, err := r.Day()
	if err != nil {
		return nil, nil, err
	}
	for _, t := range list {
		if talk.Ahead(t.Stage, t.Course, today) {
			coming = append(coming, t)
		} else {
			past = append(past, t)
		}
	}
	slices.Reverse(coming)
	slices.SortStableFunc(coming, func(a, b *reads.Talk) int { // one whose day nobody knows comes after those whose day is known
		return noDay(a) - noDay(b)
	})
	return coming, past, nil
}

func noDay(t *reads.Talk) int {
	if t.Course.Pending || t.Course.Now.Day.IsZero() {
		return 1
	}
	return 0
}

func buildTalks(r *page.Request) (page.Content, error) {
	p := &talksContent{Base: r.Base(r.T("talks.title"))}
	p.Description = r.T("talks.lede")
	window, err := r.Paging()
	if err != nil {
		return nil, err
	}
	list, facets, err := chosen(r)
	if err != nil {
		return nil, err
	}
	p.Ways = []page.Link{{Text: r.T("talks.subscribe"), Href: r.URL("talks.ics")}, {Text: r.T("talks.feed"), Href: r.URL("talks.atom")}}
	if len(list) == 0 {
		state := r.NoData()
		p.State = &state
		return p, nil
	}
	coming, past, err := split(r, list)
	if err != nil {
		return nil, err
	}
	if len(facets) > 0 && len(facets[0].Choices) > 1 {
		p.Facets = facets
	}
	if window.Offset == 0 {
		for _, t := range coming {
			p.Coming = append(p.Coming, list1(r, t))
		}
		if len(coming) == 0 {
			p.None = r.T("talks.none_coming")
		}
	}
	p.Years = byYear(r, page.Part(past, window.Offset, window.Limit))
	p.Pager = r.Pager(r.Pattern(), window, len(past))
	return p, nil
}

// byYear groups talks by their years, those without a day at last.
func byYear(r *page.Request, list []*reads.Talk) (years []year) {
	var undated []listed
	for _, t := range list {
		day := t.Course.Day()
		if day.IsZero() {
			undated = append(undated, list1(r, t))
			continue
		}
		name := strconv.Itoa(day.Year())
		if n := len(years); n == 0 || years[n-1].Name != name {
			years = append(years, year{Name: name})
		}
		years[len(years)-1].Talks = append(years[len(years)-1].Talks, list1(r, t))
	}
	if len(undated) > 0 {
		years = append(years, year{r.T("talks.undated"), undated})
	}
	return years
}

func list1(r *page.Request, t *reads.Talk) listed {
	return listed{Title: shown.TalkLink(r, t), When: whenOf(r, t), Where: shown.InOwn(r, t.Place.Names), Series: seriesName(t.Series), Stage: shown.StageBadge(r, t), Summary: shown.InOwn(r, t.Summary)}
}

// whenOf says when a talk is. Of one that was put off, for when it was announced.
func whenOf(r *page.Request, t *reads.Talk) string {
	if !t.Course.Pending {
		return shown.WhenText(r, t.Course.Now)
	}
	if was := t.Course.Shown(); !was.Day.IsZero() {
		return r.T("talks.was_announced", "when", shown.WhenText(r, was))
	}
	return ""
}

// title is a talk's title in the page's language, or in one that it has.
func title(l locale.Lang, t *reads.Talk) string {
	name, _ := t.Names.In(l)
	return name
}
