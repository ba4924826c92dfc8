package site

import (
	"slices"
	"strconv"

	"fener/internal/api"
	"fener/internal/evidence"
	"fener/internal/record"
	"fener/locale"
	"fener/period"
)

var claimsPage = Page{
	Pattern: "claims", Template: "claims", Nav: "claims.title", Build: buildClaims,
	JSON: func(r *Request) (any, error) { return claimsData(r) },
	CSV: func(r *Request) (*api.Sheet, error) {
		d, err := claimsData(r)
		if err != nil {
			return nil, err
		}
		return d.Sheet(), nil
	},
}

// claimsContent lists the articles whose claims are followed.
type claimsContent struct {
	Base
	State *State
	Table Table
}

func claimsData(r *Request) (*api.ArticlesDocument, error) {
	set, err := r.said()
	if err != nil {
		return nil, err
	}
	d := &api.ArticlesDocument{Head: r.Head("claims"), Articles: []api.Article{}}
	for _, id := range set.ArticleIDs() {
		d.Articles = append(d.Articles, api.NewArticle(set, id, set.Article(id)))
	}
	slices.SortStableFunc(d.Articles, func(a, b api.Article) int { return b.Published.Compare(a.Published) })
	return d, nil
}

func buildClaims(r *Request) (Content, error) {
	p := &claimsContent{Base: r.Base(r.T("claims.title"))}
	p.Description = r.T("claims.lede")
	d, err := claimsData(r)
	if isNoData(err) || err == nil && len(d.Articles) == 0 {
		state := r.NoData()
		p.State = &state
		return p, nil
	}
	if err != nil {
		return nil, err
	}
	set, err := r.said()
	if err != nil {
		return nil, err
	}
	number := func(n int) Link { return Link{Text: locale.Integer(r.Lang, int64(n))} }
	verdict := func(v evidence.Verdict) Column { return Column{Head: capital(v.Text(r.Lang)), Number: true} }
	p.Table = Table{ID: "articles", Caption: r.T("claims.articles", "n", len(d.Articles)), Columns: []Column{
		{Head: r.T("claims.article")}, {Head: r.T("sources.published")}, {Head: r.T("claims.claims"), Number: true},
		verdict(evidence.Supported), verdict(evidence.Contradicted), verdict(evidence.CannotBe),
	}}
	for i := range d.Articles {
		a := &d.Articles[i]
		title := Link{Text: a.Title, Href: r.URL(a.Path)}
		if src := set.Source(a.Source); src != nil {
			title.Lang = writtenIn(src.Language)
		}
		p.Table.Rows = append(p.Table.Rows, []Link{title, {Text: r.dated(a.Published)}, number(a.Claims), number(a.Supported), number(a.Contradicted), number(a.CannotBe)})
	}
	return p, nil
}

// ClaimPart is a claim with how it stands and what bears on it.
type ClaimPart struct {
	N         int
	Statement Link
	Quote     Citation
	Standing  Badge
	Why       string
	Evidence  []BearingPart
	More      Link   // to what bears on it and is not listed here
	Until     string // "was supported until ..."
	Past      []string
	Changed   []historyEntry
	Replies   []Replied
}

// mostInShort and mostEvidence are how much of what bears on a claim is listed, beside others and on its own page.
const (
	mostInShort  = 4
	mostEvidence = 40
)

// BearingPart is one thing that bears on a claim, and what it does for it.
type BearingPart struct {
	Shape   string
	Bearing string
	What    Link
	Value   string
	When    string
	Remark  string // by the record, that the figure is probably wrong
	Quote   Citation
}

var verdictShapes = map[evidence.Verdict]string{evidence.Supported: ShapeWithin, evidence.Contradicted: ShapeAgainst, evidence.CannotBe: ShapeUnknown}

var bearingShapes = map[evidence.Bearing]string{evidence.Supports: ShapeWithin, evidence.Contradicts: ShapeAgainst, evidence.Part: ShapePart}

// claimPart is a claim as a part of a page: with everything that bears on it, or in short with what decides.
func (r *Request) claimPart(set *evidence.Set, c *evidence.Claim, short bool) (ClaimPart, error) {
	st, _ := set.Standing(c.ID)
	name, in := c.Statement.In(r.Lang)
	p := ClaimPart{N: c.N, Statement: Link{Text: name, Href: r.URL(api.ClaimPath(c.Article, c.N)), Lang: in},
		Standing: Badge{verdictShapes[st.Verdict], capital(st.Verdict.Text(r.Lang))}, Why: capital(st.Reason(r.Lang))}
	if a := set.Article(c.Article); a != nil {
		src := set.Source(a.Source)
		if src == nil {
			src = &record.Source{}
		}
		p.Quote = r.cite(record.Citation{Source: a.Source, Place: c.Where, Quote: c.Quote}, *src)
	}
	more := 0
	for i := range st.Evidence {
		e := &st.Evidence[i]
		if short && (e.Bearing == evidence.Unlike || len(p.Evidence) == mostInShort) || len(p.Evidence) == mostEvidence {
			more++
			continue
		}
		part := r.bearingPart(set, c, e)
		if short && e.Bearing == evidence.Itself { // its words stand above
			part.Quote = Citation{}
		}
		p.Evidence = append(p.Evidence, part)
	}
	if more > 0 {
		p.More = Link{Text: r.T("claims.more", "n", more), Href: r.URL(api.ClaimPath(c.Article, c.N))}
		if !short {
			p.More.Href += ".csv"
		}
	}
	if before, ended, ok := set.Until(c.ID); ok {
		p.Until = once(r.T("claims.until", "standing", before.Verdict.Text(r.Lang), "why", before.Why.Text(r.Lang), "date", locale.DateAfter(r.Lang, day(ended))))
	}
	var err error
	if p.Changed, err = r.corrections(record.ClaimKind, c.ID); err != nil {
		return p, err
	}
	p.Replies, err = r.replies(set, record.ClaimKind, c.ID)
	return p, err
}

func (r *Request) bearingPart(set *evidence.Set, c *evidence.Claim, e *evidence.Evidence) BearingPart {
	p := BearingPart{Shape: ShapeNone, Bearing: capital(e.Words(r.Lang)), Value: e.Text}
	if shape, ok := bearingShapes[e.Bearing]; ok {
		p.Shape = shape
	}
	switch {
	case e.Observation != nil:
		o := e.Observation
		p.What = Link{Text: r.indicatorName(o.Indicator), Href: r.URL(api.ObservationPath(o))}
		p.Value, p.When, p.Remark = r.stated(o).Text, r.spanText(o.Span()), o.Remark()
		if o.Unit != "" && o.Unit != "words" {
			p.Value += " " + r.unitOf(o)
		}
		src := set.Source(o.Citation.Source)
		if src == nil {
			src = &record.Source{}
		}
		p.Quote = r.cite(o.Citation, *src)
	case e.Law != "":
		p.What = Link{Text: e.Law}
		if ref, ok := lawRef(e.Law); ok {
			p.What.Href = r.URL(api.ProvisionPath(ref))
			if versions := r.Law().Find(ref); len(versions) > 0 {
				p.What = r.rule(versions[0])
			}
		}
		if length, err := period.ParseLength(e.Text); err == nil {
			key := "claims.law_minimum"
			if e.Limit == evidence.Maximum {
				key = "claims.law_maximum"
			}
			p.Value = r.T(key, "length", locale.Length(r.Lang, length))
		} else if e.Bearing == evidence.Unread {
			p.Value = ""
		}
	default:
		p.What = Link{Text: r.T("claims.recorded"), Href: r.URL("figures/" + escapePath(c.Comparison.Figure))}
		p.When = r.spanText(period.Span{From: c.Comparison.From, To: c.Comparison.To})
	}
	return p
}

// past are the standings that a claim has had, in words, the newest first.
func (r *Request) past(set *evidence.Set, claim string) (out []string, err error) {
	list := set.Past(claim)
	for i := len(list) - 1; i >= 0; i-- {
		p := &list[i]
		position, err := r.positionOf(p.Seq)
		if err != nil {
			return nil, err
		}
		out = append(out, once(r.T("claims.since", "date", locale.DateAfter(r.Lang, day(p.At)), "seq", strconv.FormatInt(position, 10), "standing", p.Verdict.Text(r.Lang),
			"why", p.Why.Text(r.Lang))))
	}
	return out, nil
}
