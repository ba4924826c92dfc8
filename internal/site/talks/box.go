package talks

import (
	"fener/internal/page"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
)

// boxPage is a talk for other sites that show it in a frame: what it is, when and where, and the ways to its page and into a calendar.
var boxPage = page.Page{Pattern: "embed/talks/{box}", Template: "box", Frame: true, Also: page.Daily, Build: buildBox}

// The size of a box, unless the one who embeds it wants another.
const (
	boxWidth  = 480
	boxHeight = 360
)

type boxContent struct {
	page.Base
	Name    page.Link
	Stage   page.Badge
	Notes   []string
	When    string
	Where   []page.Link
	Summary page.Link
	Ways    []page.Link
}

func buildBox(r *page.Request) (page.Content, error) {
	t, err := one(r, "box")
	if err != nil {
		return nil, err
	}
	name, in := t.Names.In(r.Lang)
	p := &boxContent{Base: r.Base(name), Name: page.Link{Text: name, Lang: in}, Stage: shown.StageBadge(r, t), Notes: notes(r, t), When: whenOf(r, t), Summary: shown.InOwn(r, t.Summary)}
	p.NoIndex = true
	p.TitleIn(in)
	p.Where = where(r, t)
	p.Ways = []page.Link{{Text: r.T("talks.box_more"), Href: r.URL(shown.TalkPath(t.ID))}}
	if t.Stage != "cancelled" && !over(t) && t.Course.Shown().OnDay() {
		p.Ways = append(p.Ways, page.Link{Text: r.T("talks.add_to_calendar"), Href: r.URL(shown.TalkPath(t.ID)) + ".ics"})
	}
	return p, nil
}

// where is where a talk is held: what the place is called, and its address.
func where(r *page.Request, t *reads.Talk) (list []page.Link) {
	for _, link := range []page.Link{shown.InOwn(r, t.Place.Names), page.Typed(t.Place.Address)} {
		if link.Text != "" {
			list = append(list, link)
		}
	}
	return list
}
