package talks

import (
	"html/template"
	"strconv"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/locale"
)

var talkPage = page.Page{
	Pattern: "talks/{talk}", Template: "talk", PageParams: []string{"page"}, Also: page.Daily, Build: buildTalk, Calendar: talkCalendar, Embed: "embed/talks/{box}",
	Addresses: func(r *page.Request, from, n int) ([]string, int, error) {
		list, err := reads.Talks(r)
		var all []string
		for _, t := range list {
			all = append(all, shown.TalkPath(t.ID))
		}
		if err != nil {
			return nil, 0, err
		}
		return page.AddressPart(all, from, n)
	},
	JSON: page.DocumentOf(talkData),
}

// talkContent is one talk: what was announced, who was asked, what was asked and answered, and what nobody knows.
type talkContent struct {
	page.Base
	Name       page.Link
	Stage      page.Badge
	Notes      []string // that it was put off, moved or called off
	Lede       page.Link
	Facts      []fact
	Actions    []page.Link
	Picture    *picture
	Text       []page.Link
	Asks       []page.Link
	Guests     page.Table
	NoGuests   string
	Supporters page.Table
	Related    []related
	Briefs     []page.Link
	Unknown    []string
	Minutes    []page.Link
	Found      string // how many questions there are
	Questions  []questionPart
	Pager      page.Pager
	Promised   []page.Link
	Cited      *page.Citation
	Note       page.Link
	Replies    []shown.Replied
	Changed    []shown.HistoryEntry
	Event      template.JS // schema.org Event, as JSON
	Frame      string
	Preview    page.Link
}

// fact is one thing that is announced, in one or several pieces; without any it is not known.
type fact struct {
	Term  string
	Texts []page.Link
}

// related is something that belongs to a talk and stands elsewhere.
type related struct {
	Sort string
	Link page.Link
	When page.Link
}

// one is the talk that the address names.
func one(r *page.Request, name string) (*reads.Talk, error) {
	id := r.PathValue(name)
	t, err := reads.TalkOf(r, id)
	if err != nil {
		return nil, err
	}
	if t == nil {
		return nil, shown.Absent(r, record.TalkKind, id)
	}
	return t, nil
}

func trail(r *page.Request, more ...page.Link) []page.Link {
	return append([]page.Link{{Text: r.T("talks.title"), Href: r.URL(talksPage.Pattern)}}, more...)
}

func buildTalk(r *page.Request) (page.Content, error) {
	t, err := one(r, "talk")
	if err != nil {
		return nil, err
	}
	name, in := t.Names.In(r.Lang)
	p := &talkContent{Base: r.Base(name, trail(r)...), Name: page.Link{Text: name, Lang: in}, Stage: shown.StageBadge(r, t), Notes: notes(r, t), Lede: shown.InOwn(r, t.Summary)}
	if e := calendarEntry(r, t); !e.Has() {
		p.WithoutData(".ics")
	}
	p.TitleIn(in)
	p.Description = p.Lede.Text
	p.Facts, p.Actions, p.Picture = facts(r, t), actions(r, t), pictureOf(r, t)
	p.Text, p.Minutes = shown.Paragraphs(r, t.Written), shown.Paragraphs(r, t.Minutes)
	for _, ask := range t.Asks {
		p.Asks = append(p.Asks, shown.InOwn(r, ask))
	}
	p.Guests = guestTable(r, t)
	if len(t.Guests) == 0 {
		p.NoGuests = r.T("talks.no_guests")
	}
	p.Supporters, p.Related, p.Briefs = supporterTable(r, t), relatedOf(r, t), briefLinks(r, t)
	if err := p.fillQuestions(r, t); err != nil {
		return nil, err
	}
	p.Unknown = unknown(r, t, len(p.Questions) > 0)
	if err := p.fillRecord(r, t); err != nil {
		return nil, err
	}
	if p.Event, err = eventOf(r, t); err != nil {
		return nil, err
	}
	p.Frame, p.Preview = r.Frame(name, boxWidth, boxHeight)
	return p, nil
}

// notes say what everyone must know before they set out.
func notes(r *page.Request, t *reads.Talk) (list []string) {
	before := shown.WhenText(r, t.Course.Before)
	switch {
	case t.Stage == "cancelled":
		return []string{r.T("talks.note.cancelled")}
	case t.Course.Pending:
		return []string{r.T("talks.note.postponed")}
	case before != "" && (t.Stage == "announced" || t.Stage == "open" || t.Stage == "postponed"):
		return []string{r.T("talks.note.moved", "before", before)}
	}
	return nil
}

// facts are when and where it is, and in which languages. What is not known stands there as not known.
func facts(r *page.Request, t *reads.Talk) []fact {
	list := []fact{{Term: r.T("talks.when")}, {Term: r.T("talks.where")}}
	if when := whenOf(r, t); when != "" {
		list[0].Texts = []page.Link{{Text: when}}
	}
	add := func(f *fact, link page.Link) {
		if link.Text != "" {
			f.Texts = append(f.Texts, link)
		}
	}
	add(&list[1], shown.InOwn(r, t.Place.Names))
	add(&list[1], page.Typed(t.Place.Address))
	optional := func(term string, links ...page.Link) {
		f := fact{Term: r.T(term)}
		for _, link := range links {
			add(&f, link)
		}
		if len(f.Texts) > 0 {
			list = append(list, f)
		}
	}
	optional("talks.directions", shown.InOwn(r, t.Place.Directions))
	list = append(list, fact{Term: r.T("talks.access")})
	add(&list[len(list)-1], shown.InOwn(r, t.Place.Access))
	list = append(list, fact{Term: r.T("talks.spoken")})
	add(&list[len(list)-1], page.Link{Text: shown.LanguageNames(r, t.Spoken)})
	optional("talks.interpretation", interpreted(r, t)...)
	list = append(list, fact{Term: r.T("talks.moderator"), Texts: speaker(r, &t.Moderator)})
	optional("talks.series", seriesName(t.Series))
	return append(list, after(r, t)...)
}

// interpreted are the languages into which it is put while people talk.
func interpreted(r *page.Request, t *reads.Talk) (list []page.Link) {
	for _, i := range t.Interpreted {
		into := shown.LanguageName(r, i.Into)
		text := r.T("talks.interpreted_into", "into", into)
		if i.From != "" {
			text = r.T("talks.interpreted_from", "from", shown.LanguageName(r, i.From), "into", into)
		}
		list = append(list, page.Link{Text: text})
	}
	return list
}

// after are what is known of a talk that was held.
func after(r *page.Request, t *reads.Talk) []fact {
	if !over(t) {
		return nil
	}
	attended, recording := fact{Term: r.T("talks.attended")}, fact{Term: r.T("talks.recording")}
	if t.Attended != nil {
		attended.Texts = []page.Link{page.Typed(t.Attended.Text)}
	}
	if t.Recording != "" {
		recording.Texts = []page.Link{{Text: t.Recording, Href: page.WebAddress(t.Recording), Outside: true}}
	}
	return []fact{attended, recording}
}

// over reports whether a talk was held.
func over(t *reads.Talk) bool {
	return t.Stage == "held" || t.Stage == "answered" || t.Stage == "followed"
}

// unknown is what is not known of a talk that was held.
func unknown(r *page.Request, t *reads.Talk, asked bool) (list []string) {
	if over(t) && t.Minutes == (record.Names{}) && t.Recording == "" && !asked {
		list = append(list, r.T("talks.unknown.said"))
	}
	return list
}

// speaker is who somebody is, in which capacity and of which institution.
func speaker(r *page.Request, s *record.Speaker) (list []page.Link) {
	for _, link := range []page.Link{page.Typed(s.Name), quiet(shown.InOwn(r, s.Role)), shown.InstitutionNamed(r, s.Institution)} {
		if link.Text != "" {
			list = append(list, link)
		}
	}
	return list
}

func quiet(link page.Link) page.Link {
	link.Quiet = true
	return link
}

// actions are what a reader can do about a talk.
func actions(r *page.Request, t *reads.Talk) (list []page.Link) {
	coming := t.Stage == "announced" || t.Stage == "open" || t.Stage == "live" || t.Stage == "postponed"
	if t.Stage == "open" || t.Stage == "live" {
		list = append(list, page.Link{Text: r.T("talks.take_part"), Href: r.URL(shown.TakePartPath(t.ID))})
	}
	if coming && t.Course.Shown().OnDay() {
		list = append(list, page.Link{Text: r.T("talks.add_to_calendar"), Href: r.URL(shown.TalkPath(t.ID)) + ".ics"})
	}
	return append(list, page.Link{Text: r.T("talks.poster"), Href: r.URL(shown.PosterPath(t.ID))})
}

// guestTable lists who was asked to come, and what came of it. Silence is shown.
func guestTable(r *page.Request, t *reads.Talk) page.Table {
	table := page.Table{ID: "guests", Caption: r.T("talks.guests"), Quiet: true, Columns: []page.Column{
		{Head: r.T("talks.guest")}, {Head: r.T("talks.role")}, {Head: r.T("talks.institution")}, {Head: r.T("talks.invitation")},
	}}
	for i := range t.Guests {
		g := &t.Guests[i]
		who := page.Typed(g.Name)
		if g.Name == "" {
			who = page.Link{Text: r.T("talks.no_name")}
		}
		var came page.Link
		if g.Answer != "" {
			came.Text = r.T("talks.guest." + g.Answer)
			if g.Answer == "invited" && over(t) {
				came.Text = r.T("talks.guest_unknown")
			}
		}
		institution := shown.InstitutionNamed(r, g.Institution)
		institution.Text = page.Dashed(institution.Text)
		table.Rows = append(table.Rows, []page.Link{who, quiet(shown.InOwn(r, g.Role)), institution, came})
	}
	return table
}

func supporterTable(r *page.Request, t *reads.Talk) page.Table {
	table := page.Table{ID: "supporters", Caption: r.T("talks.supporters"), Quiet: true, Columns: []page.Column{{Head: r.T("talks.supporter")}, {Head: r.T("talks.paid_for")}}}
	for _, s := range t.Supporters {
		table.Rows = append(table.Rows, []page.Link{shown.InstitutionNamed(r, s.Name), shown.InOwn(r, s.For)})
	}
	return table
}

func relatedOf(r *page.Request, t *reads.Talk) (list []related) {
	for _, at := range t.Related {
		sort := r.T("talks.see_also")
		if at.Sort != "other" {
			sort = r.T("talks.related." + at.Sort)
		}
		one := related{Sort: sort, Link: shown.InOwn(r, at.Names), When: page.Typed(at.When)}
		one.Link.Href, one.Link.Outside = page.WebAddress(at.Address), true
		if one.Link.Text == "" {
			one.Link.Text = at.Address
		}
		list = append(list, one)
	}
	return list
}

// fillRecord adds what the record says of the talk itself: its source, what was promised there, replies and corrections.
func (p *talkContent) fillRecord(r *page.Request, t *reads.Talk) (err error) {
	set, err := reads.SaidIfAny(r)
	if err != nil {
		return err
	}
	if t.Citation.Source != "" && set != nil {
		src := set.Source(t.Citation.Source)
		if src == nil {
			src = &record.Source{}
		}
		c := shown.Cite(r, t.Citation, *src)
		p.Cited = &c
	}
	p.Note = page.Typed(t.Telling.Note)
	promised, err := reads.CommitmentsOfTalk(r, t.ID)
	if err != nil && !page.IsNoData(err) {
		return err
	}
	for i := range promised {
		c := &promised[i]
		link, err := shown.Name(r, set, record.Thing{Kind: record.CommitmentKind, ID: c.ID}, "")
		if err != nil {
			return err
		}
		what := shown.InOwn(r, c.What)
		what.Href = link.Href
		p.Promised = append(p.Promised, what)
	}
	if p.Replies, err = shown.RepliesTo(r, record.TalkKind, t.ID); err != nil {
		return err
	}
	p.Changed, err = shown.Corrections(r, record.TalkKind, t.ID)
	return err
}

// numbered is a count in the page's language.
func numbered(l locale.Lang, n int) string { return locale.Integer(l, int64(n)) }

// page n of the questions is read from the address.
func pageOf(r *page.Request, total int) (int, error) {
	text := r.Query.Get("page")
	if text == "" {
		return 1, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > max(1, (total+shown.QuestionsShown-1)/shown.QuestionsShown) {
		return 0, r.Wrong("page", "paging.page")
	}
	return n, nil
}
