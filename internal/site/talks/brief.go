package talks

import (
	"fmt"
	"slices"
	"strings"

	"fener/internal/evidence"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/internal/talk"
)

// briefPage is what the record says of one institution that was asked to come to a talk: one page, for the screen and for paper.
var briefPage = page.Page{Pattern: "talks/{talk}/brief/{institution}", Template: "brief", Also: page.Daily, Build: buildBrief}

// briefContent is the evidence on an institution.
type briefContent struct {
	page.Base
	Name     page.Link
	Made     page.Link // for which talk
	Day      string    // as of which day
	Role     page.Link
	Figures  page.Table
	More     page.Link // to the figures that a page has no room for
	Promised page.Table
	Kept     string // how many commitments stand as kept, and are not listed
	Claims   []claimed
	On       []claimed
	Asked    []askedOf
	Replies  []shown.Replied
	Whole    page.Link
}

// claimed is a claim with how it stands.
type claimed struct {
	Claim    page.Link
	Standing string
}

// askedOf is a question that was put to the institution, at whatever talk.
type askedOf struct {
	Question page.Link
	Talk     page.Link
	Given    string
}

// The most that a page of evidence holds; the page of the institution has all of it.
const (
	briefEach     = 3  // values of one figure
	briefFigures  = 30 // rows
	briefPromises = 20
	briefClaims   = 12
	briefAsked    = 20
	briefReplies  = 5
)

// buildBrief is the public page: it is there when those who hold the talk want it public.
func buildBrief(r *page.Request) (page.Content, error) {
	t, err := one(r, "talk")
	if err != nil {
		return nil, err
	}
	id := r.PathValue("institution")
	if !t.Briefs || !slices.Contains(guestInstitutions(r, t), id) {
		return nil, page.NotFoundf("talk %q has no public page of evidence on %q", t.ID, id)
	}
	return Brief(r, t, id)
}

// Brief is the page of evidence on an institution for a talk, also for those who prepare the talk while the page is not public. Its template is "brief".
func Brief(r *page.Request, t *reads.Talk, id string) (page.Content, error) {
	all, err := reads.Institutions(r)
	if err != nil {
		return nil, err
	}
	in := all[id]
	if in == nil {
		return nil, shown.Absent(r, record.InstitutionKind, id)
	}
	name := shown.CourtName(r, in.Names, id)
	p := &briefContent{Base: r.Base(name.Text, trail(r, shown.TalkLink(r, t))...), Name: name, Made: shown.TalkLink(r, t), Role: shown.RoleOf(r, in),
		Whole: page.Link{Text: r.T("talks.brief.whole"), Href: r.URL(shown.InstitutionPath(id))}}
	p.Base.Title = r.T("talks.brief.title", "institution", name.Text)
	p.NoIndex = true
	changed, err := r.Changed()
	if err != nil {
		return nil, err
	}
	p.Day = r.Dated(changed)
	if err := p.fillPromises(r, id); err != nil {
		return nil, err
	}
	if err := p.fillAsked(r, all, id); err != nil {
		return nil, err
	}
	set, err := reads.SaidIfAny(r)
	if err != nil || set == nil {
		return p, err
	}
	mine := shown.CountedBy(set, all)[id]
	p.fillFigures(r, set, mine)
	p.fillClaims(r, set, all, id, mine)
	for _, reply := range set.RepliesBy(id) {
		if len(p.Replies) < briefReplies {
			p.Replies = append(p.Replies, shown.NewReplied(r, set, reply, shown.Subject(r, set, reply)))
		}
	}
	return p, nil
}

// fillFigures lists the latest values of each figure that the institution counted, and beside each what others say of the same time.
func (p *briefContent) fillFigures(r *page.Request, set *evidence.Set, mine []*evidence.Observation) {
	p.Figures = page.Table{ID: "figures", Caption: r.T("talks.brief.figures"), Quiet: true, Empty: r.T("talks.brief.no_figures"), Columns: []page.Column{
		{Head: r.T("reported.what")}, {Head: r.T("figure.period")}, {Head: r.T("figures.value")}, {Head: r.T("figure.source")}, {Head: r.T("talks.brief.others")},
	}}
	list := slices.Clone(mine)
	slices.SortStableFunc(list, func(a, b *evidence.Observation) int { return b.Span().Last().Compare(a.Span().Last()) })
	each := map[string]int{}
	left := 0
	for _, o := range list {
		if each[o.Indicator]++; each[o.Indicator] > briefEach || len(p.Figures.Rows) == briefFigures || o.Doubtful {
			left++
			continue
		}
		when := page.Link{Text: shown.SpanText(r, o.Span()), Href: r.URL(shown.ObservationPath(o))}
		if when.Text == "" {
			when.Text = r.T("reported.no_period")
		}
		value := shown.Stated(r, set, o)
		if o.Unit != "" && o.Unit != "words" && o.Value.Kind != record.InWords {
			value.Tail = " " + shown.UnitOf(r, o)
		}
		p.Figures.Rows = append(p.Figures.Rows, []page.Link{{Text: shown.IndicatorName(r, o.Indicator), Href: r.URL(shown.SeriesPath(o.Indicator))}, when, value,
			shown.SourceCited(r, set, o.Citation), others(r, set, o)})
	}
	slices.SortStableFunc(p.Figures.Rows, func(a, b []page.Link) int { return strings.Compare(a[0].Text, b[0].Text) })
	if left > 0 {
		p.More = page.Link{Text: r.T("talks.brief.more_figures", "n", left), Href: p.Whole.Href}
	}
}

// others are the values that differ from one, for the same time and in the same unit, each with who counted.
func others(r *page.Request, set *evidence.Set, o *evidence.Observation) page.Link {
	if o.Span().IsZero() {
		return page.Link{Text: page.Dashed("")}
	}
	var said []string
	for _, b := range set.Conflict(evidence.Series{Indicator: o.Indicator, Place: o.Place}, o.Span()).Said {
		if b.Relation != evidence.SamePeriod || b.Doubtful || b.Unit != o.Unit || evidence.SameValue(b.Value, o.Value) {
			continue
		}
		who := shown.InstitutionNamed(r, b.CountedBy).Text
		if who == "" {
			who = shown.SourceCited(r, set, b.Citation).Text
		}
		if text := fmt.Sprintf("%s (%s)", shown.StatedText(r, b.Value), who); !slices.Contains(said, text) {
			said = append(said, text)
		}
	}
	if len(said) == 0 {
		return page.Link{Text: page.Dashed("")}
	}
	return page.Link{Text: strings.Join(said, "; "), Href: r.URL(shown.ObservationPath(o))}
}

// fillPromises lists what the institution said it would do, but for what stands as kept.
func (p *briefContent) fillPromises(r *page.Request, id string) error {
	all, err := reads.CommitmentsOf(r, id)
	if err != nil {
		return err
	}
	open := slices.DeleteFunc(slices.Clone(all), func(c reads.Commitment) bool { return c.Standing.Supports == talk.Kept })
	p.Promised = shown.CommitmentsTable(r, open[:min(len(open), briefPromises)], r.T("commitments.found", "n", len(open)), false)
	p.Promised.Empty = r.T("talks.brief.no_promises")
	if kept := len(all) - len(open); kept > 0 {
		p.Kept = r.T("talks.brief.kept", "n", kept)
	}
	return nil
}

// fillClaims adds the claims that the institution made, and those on which its numbers bear.
func (p *briefContent) fillClaims(r *page.Request, set *evidence.Set, all map[string]*record.Institution, id string, mine []*evidence.Observation) {
	counted := map[string]bool{}
	for _, o := range mine {
		counted[o.ID] = true
	}
	for _, claim := range set.ClaimIDs() {
		c := set.Claim(claim)
		st, _ := set.Standing(claim)
		statement, in := c.Statement.In(r.Lang)
		one := claimed{page.Link{Text: statement, Lang: in, Href: r.URL(shown.ClaimPath(c.Article, c.N))}, page.Capital(st.Text(r.Lang))}
		switch {
		case madeBy(set, all, c.Article, id):
			if len(p.Claims) < briefClaims {
				p.Claims = append(p.Claims, one)
			}
		case slices.ContainsFunc(st.Evidence, func(e evidence.Evidence) bool { return e.Observation != nil && counted[e.Observation.ID] }):
			if len(p.On) < briefClaims {
				p.On = append(p.On, one)
			}
		}
	}
}

// madeBy reports whether an institution made the claims of an article: as its author, or as who published it.
func madeBy(set *evidence.Set, all map[string]*record.Institution, article, id string) bool {
	a := set.Article(article)
	if a == nil {
		return false
	}
	if a.Author != "" && reads.IdOfInstitution(all, a.Author) == id {
		return true
	}
	src := set.Source(a.Source)
	return a.Author == "" && src != nil && src.Publisher != "" && reads.IdOfInstitution(all, src.Publisher) == id
}

// fillAsked lists the questions that were put to the institution, the latest talk first, and whether each was answered.
func (p *briefContent) fillAsked(r *page.Request, all map[string]*record.Institution, id string) error {
	list, err := reads.Talks(r)
	if err != nil {
		return err
	}
	for _, t := range list {
		questions, err := reads.QuestionsOf(r, t.ID)
		if err != nil {
			return err
		}
		for _, q := range questions {
			if q.To == "" || reads.IdOfInstitution(all, q.To) != id || len(p.Asked) == briefAsked {
				continue
			}
			words, in := q.Words.In(r.Lang)
			one := askedOf{Question: page.Link{Text: words, Lang: in, Href: r.URL(shown.QuestionPath(questions, q))}, Talk: shown.TalkLink(r, t), Given: r.T("talks.no_answer")}
			if n := len(q.Answers); n > 0 {
				one.Given = page.Capital(r.T("talks.given." + q.Answers[n-1].Given))
			}
			p.Asked = append(p.Asked, one)
		}
	}
	return nil
}

// briefLinks lead to the pages of evidence on the institutions that were asked to come, where those are public.
func briefLinks(r *page.Request, t *reads.Talk) (list []page.Link) {
	if !t.Briefs {
		return nil
	}
	for _, id := range guestInstitutions(r, t) {
		if link, err := shown.InstitutionLink(r, id); err == nil {
			link.Href = r.URL(shown.BriefPath(t.ID, id))
			list = append(list, link)
		}
	}
	return list
}

// Institutions are the institutions that were asked to come to a talk and are on record: those on which there is a page of evidence. The address of each is
// its path below that of the talk.
func Institutions(r *page.Request, t *reads.Talk) (list []page.Link) {
	for _, id := range guestInstitutions(r, t) {
		if link, err := shown.InstitutionLink(r, id); err == nil {
			link.Href = "brief/" + id
			list = append(list, link)
		}
	}
	return list
}

// guestInstitutions are the ids of the institutions that were asked to come and are on record, each once.
func guestInstitutions(r *page.Request, t *reads.Talk) (ids []string) {
	all, err := reads.Institutions(r)
	if err != nil {
		return nil
	}
	for i := range t.Guests {
		if id := reads.IdOfInstitution(all, t.Guests[i].Institution); id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}
