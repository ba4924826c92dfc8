package stories

import (
	"time"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/shown"
	"fener/internal/story"
	"fener/locale"
	"fener/period"
)

var storiesPage = page.Page{
	Pattern: "stories", Template: "stories", Nav: "stories.title", Build: buildStories, Atom: storiesFeed,
	JSON: page.DocumentOf(storiesData),
}

// storiesContent lists the stories.
type storiesContent struct {
	page.Base
	State   *page.State
	Stories []listed
	Feed    page.Link
}

// listed is one story in a list.
type listed struct {
	Title  page.Link
	Date   string
	Author string
	Lede   page.Link
}

func buildStories(r *page.Request) (page.Content, error) {
	p := &storiesContent{Base: r.Base(r.T("stories.title")), Feed: page.Link{Text: r.T("stories.feed"), Href: r.URL("stories.atom")}}
	p.Description = r.T("stories.lede")
	list, err := read(r)
	if err != nil && !page.IsNoData(err) {
		return nil, err
	}
	if len(list) == 0 {
		state := r.NoData()
		p.State = &state
		return p, nil
	}
	for _, t := range list {
		one := listed{Title: t.title(r.Lang), Date: r.Dated(t.Date), Author: t.Author, Lede: lede(r, t)}
		one.Title.Href = r.URL(shown.StoryPath(t.Name))
		p.Stories = append(p.Stories, one)
	}
	return p, nil
}

// lede is how the story begins. What is placed in it is left out.
func lede(r *page.Request, t *told) page.Link {
	text, in := t.text(r.Lang)
	return page.Link{Text: story.Parse(text).Lede(writer(r, in, func(*story.Reference) story.Phrase { return story.Phrase{Text: "…"} })), Lang: in}
}

// StoryEntry is one story in a list.
type StoryEntry struct {
	Name      string       `json:"name"`
	Titles    record.Names `json:"titles"`
	Author    string       `json:"author"`
	Date      period.Date  `json:"date"`
	Languages []string     `json:"languages"`
	Synthetic bool         `json:"synthetic,omitempty"`
	Path      string       `json:"path"`
}

func entryOf(t *told) StoryEntry {
	e := StoryEntry{Name: t.Name, Titles: t.Names, Author: t.Author, Date: t.Date, Languages: []string{}, Synthetic: t.Story.Synthetic, Path: shown.StoryPath(t.Name)}
	for _, l := range []struct{ name, text string }{{"sq", t.Written.SQ}, {"sr", t.Written.SR}, {"en", t.Written.EN}} {
		if l.text != "" {
			e.Languages = append(e.Languages, l.name)
		}
	}
	return e
}

// StoriesDocument lists the stories.
type StoriesDocument struct {
	page.Head
	Stories []StoryEntry `json:"stories"`
}

func storiesData(r *page.Request) (*StoriesDocument, error) {
	list, err := read(r)
	if err != nil && !page.IsNoData(err) {
		return nil, err
	}
	d := &StoriesDocument{Head: r.Head("stories"), Stories: []StoryEntry{}}
	for _, t := range list {
		d.Stories = append(d.Stories, entryOf(t))
	}
	return d, nil
}

// fed is how many stories the feed holds.
const fed = 20

func storiesFeed(r *page.Request) (*page.Feed, error) {
	list, err := read(r)
	if err != nil && !page.IsNoData(err) {
		return nil, err
	}
	updated := time.Unix(0, 0)
	for _, t := range list {
		if t.At.After(updated) {
			updated = t.At
		}
	}
	f := r.Feed("Fener: "+r.T("stories.title"), r.T("stories.lede"), updated)
	for _, t := range list[:min(len(list), fed)] {
		f.Entries = append(f.Entries, page.FeedEntry{ID: page.FeedID("story", t.ID), Title: t.title(r.Lang).Text, Updated: page.FeedTime(t.At), Summary: lede(r, t).Text,
			Link: &page.FeedLink{Rel: "alternate", Type: "text/html", Href: r.Absolute(r.URL(shown.StoryPath(t.Name)))}})
	}
	return f, nil
}

// dated says when the text was written and of which day its figures are.
func dated(r *page.Request, t *told, now period.Date) string {
	return page.OneStop(r.T("stories.dates", "written", locale.DateAfter(r.Lang, t.Date), "now", locale.Date(r.Lang, now)))
}
