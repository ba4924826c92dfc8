package stories

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/internal/story"
	"fener/locale"
	"fener/period"
)

var storyPage = page.Page{
	Pattern: "stories/{story}", Template: "story", Params: []string{"page"}, Build: buildStory, Cite: citeStory,
	JSON: page.DocumentOf(storyData),
	Addresses: func(r *page.Request, from, n int) ([]string, int, error) {
		list, err := read(r)
		if err != nil {
			return nil, 0, err
		}
		var paths []string
		for _, t := range list {
			paths = append(paths, shown.StoryPath(t.Name))
		}
		return page.AddressPart(paths, from, n)
	},
}

// storyContent is one story as it reads now.
type storyContent struct {
	page.Base
	Name     page.Link
	Summary  []page.Summary
	Dates    string
	Missing  string      // says that it is not written in the page's language
	Written  locale.Lang // of the text, where it is not the page's language
	Contents []page.Link
	Parts    []part
	Pager    page.Pager
	Sources  []page.Link
	Changed  []shown.HistoryEntry
	AsOf     page.Link // leads to the story as it stands now, for later
	Export   page.Export
}

// part is a piece of a story: what the author wrote, or what is placed there.
type part struct {
	HTML   template.HTML // from package story, never from input
	Placed *placed

	text string // as HTML, in Markdown
}

func buildStory(r *page.Request) (page.Content, error) {
	t, err := asked(r)
	if err != nil {
		return nil, err
	}
	b, parts, headings, err := unfold(r, t)
	if err != nil {
		return nil, err
	}
	window, err := r.Paging()
	if err != nil {
		return nil, err
	}
	pages, n := paged(parts), window.Offset/page.PageSize
	if n >= max(len(pages), 1) {
		return nil, r.Wrong("page", "paging.page")
	}
	name := t.title(r.Lang)
	p := &storyContent{Base: r.Base(name.Text, page.Link{Text: r.T("stories.title"), Href: r.URL(storiesPage.Pattern)}), Name: name,
		Dates: dated(r, t, b.of.Changed), Sources: b.sources, Pager: r.PagerOf(shown.StoryPath(t.Name), n+1, len(pages))}
	p.AsOf = page.Link{Text: shown.AsOf(r, b.of), Href: r.AtPosition(p.URL(shown.StoryPath(t.Name)))}
	p.TitleIn(name.Lang)
	if len(pages) > 0 {
		p.Parts = pages[n]
	}
	p.Description, p.Synthetic = lede(r, t).Text, p.Synthetic || t.Story.Synthetic
	p.Summary = []page.Summary{{Term: r.T("claims.author"), Text: page.Link{Text: t.Author}}, {Term: r.T("stories.written"), Text: page.Link{Text: r.Dated(t.Date)}}}
	if !sameLanguage(b.in, r.Lang) {
		p.Written = b.in
		p.Missing = r.T("stories.not_written", "language", r.Lang.Name(), "other", b.in.Name())
	}
	if len(headings) >= leastContents {
		p.Contents = contents(r, t, headings, pages, n, b.in)
	}
	if p.Changed, err = shown.Corrections(r, record.StoryKind, t.ID); err != nil {
		return nil, err
	}
	for i := range p.Changed { // the words before may be words of what was taken back since
		p.Changed[i].Changes = nil
	}
	p.Export, err = r.Export(citeStory)
	return p, err
}

// contents lead to the headings, on whichever page of the story they stand.
func contents(r *page.Request, t *told, headings []story.Heading, pages [][]part, here int, in locale.Lang) (list []page.Link) {
	for _, h := range headings {
		if h.Level != 2 {
			continue
		}
		link := page.Link{Text: h.Text, Href: "#" + h.ID, Lang: in}
		for n, parts := range pages {
			stands := slices.ContainsFunc(parts, func(p part) bool { return strings.Contains(string(p.HTML), ` id="`+h.ID+`"`) })
			if stands && n != here {
				link.Href = r.URL(shown.StoryPath(t.Name)) + "?page=" + strconv.Itoa(n+1) + link.Href
			}
		}
		list = append(list, link)
	}
	return list
}

// paged divides a long story: a page must stay light. It goes on where a piece of
// text or something placed ends.
func paged(parts []part) (pages [][]part) {
	weight := mostWeight
	for _, p := range parts {
		if w := p.weight(); weight+w > mostWeight {
			pages, weight = append(pages, nil), w
		} else {
			weight += w
		}
		last := len(pages) - 1
		pages[last] = append(pages[last], p)
	}
	return pages
}

// mostWeight is how many bytes of HTML one page of a story may come to, about, beside what stands around it.
const mostWeight = 40_000

// weight is about how many bytes a part takes.
func (p *part) weight() int {
	switch {
	case p.Placed == nil:
		return len(p.HTML)
	case p.Placed.Chart != nil && p.Placed.Figure != nil:
		return 8000
	case p.Placed.Chart != nil:
		return len(p.Placed.Chart.Picture) + 1500
	case p.Placed.Table != nil:
		return 500 + 500*len(p.Placed.Table.Rows)
	}
	return 1000
}

// leastContents is from how many headings on a story has a list of them.
const leastContents = 3

// sameLanguage reports whether a reader of one language form reads the other. The
// two scripts of Serbian are one language, and each is written for itself.
func sameLanguage(text, reader locale.Lang) bool { return text == reader }

// unfold is a story with everything that it places, as it stands now.
func unfold(r *page.Request, t *told) (*builder, []part, []story.Heading, error) {
	of, err := reads.Numbers(r)
	if err != nil {
		return nil, nil, nil, err
	}
	set, err := reads.Said(r)
	if err != nil {
		return nil, nil, nil, err
	}
	b := &builder{Request: r, told: t, of: of, set: set, seen: map[string]bool{}}
	text, in := t.text(r.Lang)
	b.in = in
	pieces, headings, err := story.Parse(text).Render(writer(r, in, b.phrase))
	if err != nil {
		return nil, nil, nil, fmt.Errorf("story %q: %w", t.Name, err)
	}
	var parts []part
	for _, piece := range pieces {
		one := part{HTML: piece.HTML, text: piece.Text}
		if piece.Placed != nil {
			if one.Placed, err = b.place(piece.Placed); err != nil {
				return nil, nil, nil, fmt.Errorf("story %q places %s: %w", t.Name, piece.Placed.Named(), err)
			}
		}
		parts = append(parts, one)
	}
	return b, parts, headings, nil
}

func citeStory(r *page.Request) (*page.Cited, error) {
	t, err := asked(r)
	if err != nil {
		return nil, err
	}
	return r.Cited(t.title(r.Lang).Text+" ("+t.Author+")", shown.StoryPath(t.Name))
}

// StoryDocument is one story: its text in parts, in Markdown, and what is placed
// between them and in them, as it stands and as it stood.
type StoryDocument struct {
	page.Head
	Story    StoryEntry   `json:"story"`
	Written  string       `json:"written_in"`         // language of the parts
	WasAsOf  period.Date  `json:"was_as_of,omitzero"` // the day of which "was" tells
	NowAsOf  period.Date  `json:"now_as_of,omitzero"` // the day of which "now" tells
	Parts    []StoryPart  `json:"parts"`
	InText   []StoryPlace `json:"in_text,omitempty"` // placed within sentences
	Contents []string     `json:"contents,omitempty"`
}

// StoryPart is a piece of a story: text, or what is placed.
type StoryPart struct {
	Text   string      `json:"text,omitempty"`
	Placed *StoryPlace `json:"placed,omitempty"`
}

// StoryPlace is one thing placed. Of what went away nothing is told but that it did.
type StoryPlace struct {
	Verb    story.Verb `json:"verb"`
	Named   string     `json:"named,omitempty"`
	Path    string     `json:"path,omitempty"`
	Now     string     `json:"now,omitempty"`
	Was     string     `json:"was,omitempty"`
	Missing bool       `json:"missing,omitempty"`
}

func storyData(r *page.Request) (*StoryDocument, error) {
	t, err := asked(r)
	if err != nil {
		return nil, err
	}
	b, parts, headings, err := unfold(r, t)
	if err != nil {
		return nil, err
	}
	d := &StoryDocument{Head: r.Head("story"), Story: entryOf(t), Written: b.in.BCP47(), WasAsOf: t.Story.AsOf, NowAsOf: b.of.Changed, Parts: []StoryPart{}, InText: b.inText}
	for _, h := range headings {
		d.Contents = append(d.Contents, h.Text)
	}
	for _, p := range parts {
		one := StoryPart{Text: p.text}
		if p.Placed != nil {
			one.Placed = &p.Placed.data
		}
		d.Parts = append(d.Parts, one)
	}
	return d, nil
}
