package about

import (
	"math"

	"fener/internal/page"
	"fener/internal/site/reads"
)

var aboutPage = page.Page{
	Pattern: "about", Template: "about", Foot: "about.title", Build: buildAbout,
	JSON: page.DocumentOf(func(r *page.Request) (*Explanation, error) {
		p, err := buildAbout(r)
		if err != nil {
			return nil, err
		}
		about := p.(*aboutContent)
		d := &Explanation{Head: r.Head("about"), Language: r.Lang.BCP47(), Title: r.T("about.heading"), Text: []string{r.T("about.lede")}}
		for _, s := range about.Sections {
			d.Sections = append(d.Sections, Section{Title: s.Head, Text: []string{s.Says}})
		}
		return d, nil
	}),
}

// aboutContent says what the site is.
type aboutContent struct {
	page.Base
	Sections []section
	Method   page.Link
	Keep     page.Link // to the checkpoint
}

// section is a heading with what it says.
type section struct{ Head, Says string }

func buildAbout(r *page.Request) (page.Content, error) {
	p := &aboutContent{Base: r.Base(r.T("about.title")), Method: page.Link{Text: r.T("about.method_link"), Href: r.URL(methodPage.Pattern)},
		Keep: page.Link{Text: r.T("checkpoint.title"), Href: r.URL(checkpointPage.Pattern)}}
	p.Description = r.T("about.lede")
	kept, err := keptBy(r)
	if err != nil {
		return nil, err
	}
	p.Sections = []section{
		{r.T("about.holds"), r.T("about.holds_says")},
		{r.T("about.people"), r.T("about.people_says")},
		{r.T("about.judges"), r.T("about.judges_says")},
		{r.T("about.changes"), r.T("about.changes_says")},
		{r.T("about.kept"), kept},
		{r.T("about.data"), r.T("about.data_says")},
	}
	return p, nil
}

// keptBy says whether two people stand behind what is published from now on, or one may alone.
func keptBy(r *page.Request) (string, error) {
	if r.Public() == nil {
		return r.T("about.kept_one"), nil
	}
	two, err := reads.Checked(r, math.MaxInt64)
	if two {
		return r.T("about.kept_two"), err
	}
	return r.T("about.kept_one"), err
}
