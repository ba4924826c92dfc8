package talks

import (
	"html/template"
	"slices"
	"strings"
	"unicode/utf8"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
)

// posterPage is a talk on one sheet of A4, to be printed and put up, with a code that leads to the talk's page.
var posterPage = page.Page{Pattern: "talks/{talk}/poster", Template: "poster", Build: buildPoster}

type posterContent struct {
	page.Base
	Name     page.Link
	Density  string // how small the letters are, so that all of it stands on the sheet
	Stage    string // that it was put off or called off
	Series   page.Link
	Summary  page.Link
	Day      string
	Hours    string
	Where    []page.Link
	Access   page.Link
	Facts    []fact
	Asks     []page.Link
	Speakers [][]page.Link // who said that they come, or came
	Invited  [][]page.Link // who was asked to come
	More     string        // how many guests there is no room for
	Support  []page.Link
	Picture  *picture
	Code     template.HTML
	Address  string // without the protocol, to be typed
	NoCode   string // what is said where the site does not know its address
	Back     page.Link
}

// The most that a sheet holds.
const (
	posterGuests  = 8
	posterAsks    = 3
	posterSupport = 4
	posterSummary = 320 // letters, where there is much else
)

func buildPoster(r *page.Request) (page.Content, error) {
	t, err := one(r, "talk")
	if err != nil {
		return nil, err
	}
	name, in := t.Names.In(r.Lang)
	p := &posterContent{Base: r.Base(r.T("talks.poster"), trail(r, shown.TalkLink(r, t))...), Name: page.Link{Text: name, Lang: in, Quiet: true}, Series: seriesName(t.Series),
		Summary: quiet(shown.InOwn(r, t.Summary)), Access: quiet(shown.InOwn(r, t.Place.Access)), Picture: pictureOf(r, t), Back: page.Link{Text: r.T("talks.box_more"), Href: r.URL(shown.TalkPath(t.ID))}}
	p.NoIndex, p.Styles = true, []string{"poster.css"}
	p.Base.Title = name
	if in != r.Lang {
		p.TitleLang = in
	}
	if t.Stage == "cancelled" || t.Stage == "postponed" {
		p.Stage = shown.StageName(r, t)
	}
	if w := t.Course.Now; !t.Course.Pending {
		p.Day, p.Hours = shown.DayText(r, w), shown.HoursText(r, w)
	}
	for _, link := range where(r, t) {
		p.Where = append(p.Where, quiet(link))
	}
	p.fillPeople(r, t)
	p.fillLanguages(r, t)
	return p, p.fillCode(r, t)
}

// fillPeople adds who speaks, who was asked to and did not decline, and who leads the talk.
func (p *posterContent) fillPeople(r *page.Request, t *reads.Talk) {
	for i := range t.Asks {
		if i < posterAsks {
			p.Asks = append(p.Asks, quiet(shown.InOwn(r, t.Asks[i])))
		}
	}
	more := 0
	for i := range t.Guests {
		g := &t.Guests[i]
		if g.Answer == "declined" || g.Answer == "no_answer" || g.Answer == "absent" {
			continue
		}
		if len(p.Speakers)+len(p.Invited) == posterGuests {
			more++
			continue
		}
		parts := unlinked(speaker(r, &g.Speaker))
		switch {
		case len(parts) == 0:
		case g.Answer == "accepted" || g.Answer == "came":
			p.Speakers = append(p.Speakers, parts)
		default: // nobody is announced who has not said that they come
			p.Invited = append(p.Invited, parts)
		}
	}
	if more > 0 {
		p.More = r.T("talks.more_guests", "n", more)
	}
	if t.Moderator != (record.Speaker{}) {
		p.Facts = append(p.Facts, fact{r.T("talks.moderator"), unlinked(speaker(r, &t.Moderator))})
	}
	for i, s := range t.Supporters {
		if i == posterSupport {
			p.Support = append(p.Support, page.Link{Text: r.T("talks.more_guests", "n", len(t.Supporters)-i)})
			break
		}
		p.Support = append(p.Support, shown.InstitutionNamed(r, s.Name))
	}
	p.Support = unlinked(p.Support)
}

func (p *posterContent) fillLanguages(r *page.Request, t *reads.Talk) {
	if len(t.Spoken) > 0 {
		p.Facts = append(p.Facts, fact{r.T("talks.spoken"), []page.Link{{Text: shown.LanguageNames(r, t.Spoken)}}})
	}
	if list := interpreted(r, t); len(list) > 0 {
		p.Facts = append(p.Facts, fact{r.T("talks.interpretation"), list})
	}
}

// fillCode adds the code and chooses how small the letters are. A site that does not know its own address has none to put up.
func (p *posterContent) fillCode(r *page.Request, t *reads.Talk) (err error) {
	address := r.Absolute(r.URL(shown.TalkPath(t.ID)))
	if page.WebAddress(address) == "" {
		p.NoCode = r.T("talks.no_address")
	} else {
		if p.Code, err = page.QR(address, r.T("talks.code", "address", address)); err != nil {
			return err
		}
		_, p.Address, _ = strings.Cut(address, "://")
	}
	p.fit()
	return nil
}

// fit chooses how small the letters are, and leaves out what a sheet has no room for even then.
func (p *posterContent) fit() {
	letters := utf8.RuneCountInString(p.Name.Text)*2 + utf8.RuneCountInString(p.Summary.Text) + utf8.RuneCountInString(p.Access.Text)
	for _, list := range append(slices.Concat(p.Speakers, p.Invited), p.Asks, p.Support, p.Where) {
		for _, link := range list {
			letters += utf8.RuneCountInString(link.Text) + 10
		}
	}
	switch {
	case letters > 1300:
		p.Density, p.Asks, p.Summary.Text = "densest", nil, cut(p.Summary.Text, posterSummary)
	case letters > 700:
		p.Density, p.Summary.Text = "dense", cut(p.Summary.Text, posterSummary)
	}
}

// cut is the beginning of a text, up to the end of a word.
func cut(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	text = string(runes[:most])
	if i := strings.LastIndexByte(text, ' '); i > 0 {
		text = text[:i]
	}
	return strings.TrimRight(text, " ,;:.") + "…"
}

// unlinked are texts that lead nowhere, for paper.
func unlinked(list []page.Link) []page.Link {
	out := make([]page.Link, 0, len(list))
	for _, link := range list {
		link.Href, link.Quiet = "", true
		out = append(out, link)
	}
	return out
}
