package claims

import (
	"net/url"
	"slices"
	"strconv"

	"fener/internal/evidence"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/answer"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/locale"
	"fener/period"
)

var claimsPage = page.Page{
	Pattern: "claims", Data: "claims.title", Template: "claims", Nav: "claims.nav", Params: []string{"standing", "article", "sort", "page"}, Build: buildClaims,
	JSON:  page.DocumentOf(claimsData),
	Parts: claimsWhole,
}

// claimsContent lists the articles whose claims are followed, or the claims that the address chooses.
type claimsContent struct {
	page.Base
	State  *page.State
	Facets []page.Facet
	Table  page.Table
	Pager  page.Pager
}

// claimsWhole sends every claim that the choice of the address asks for.
func claimsWhole(r *page.Request, send func(*page.Sheet) error) error {
	list, _, err := claimChoice(r)
	if err != nil {
		return err
	}
	set, err := reads.Said(r)
	if err != nil {
		return err
	}
	return page.PartsOf(list, func(part []listed) (*page.Sheet, error) {
		d := ClaimsDocument{Claims: newEntries(part)}
		return d.Sheet(set), nil
	}, send)
}

// articlesOf are the articles that make the claims of a list, the newest first; all of them where nothing was chosen, also those without a claim.
func articlesOf(r *page.Request, set *evidence.Set, list []listed) []Article {
	out, made := []Article{}, map[string]bool{}
	for _, l := range list {
		made[l.Article] = true
	}
	for _, id := range set.ArticleIDs() {
		if made[id] || r.Query.Get("standing") == "" && r.Query.Get("article") == "" {
			out = append(out, newArticle(set, id, set.Article(id)))
		}
	}
	slices.SortStableFunc(out, func(a, b Article) int { return b.Published.Compare(a.Published) })
	return out
}

func claimsData(r *page.Request) (*ClaimsDocument, error) {
	window, err := r.Paging()
	if err != nil {
		return nil, err
	}
	list, _, err := claimChoice(r)
	if err != nil {
		return nil, err
	}
	set, err := reads.Said(r)
	if err != nil {
		return nil, err
	}
	return &ClaimsDocument{Head: r.Head("claims"), List: r.List(len(list), window.Offset, window.Limit), Articles: articlesOf(r, set, list),
		Claims: newEntries(page.Part(list, window.Offset, window.Limit))}, nil
}

func buildClaims(r *page.Request) (page.Content, error) {
	p := &claimsContent{Base: r.Base(r.T("claims.title"))}
	p.Description = r.T("claims.lede")
	window, err := r.Paging()
	if err != nil {
		return nil, err
	}
	list, facets, err := claimChoice(r)
	if err != nil && !page.IsNoData(err) {
		return nil, err
	}
	var articles []Article
	set, err := reads.SaidIfAny(r)
	if err != nil {
		return nil, err
	}
	if set != nil {
		articles = articlesOf(r, set, list)
	}
	switch {
	case len(r.Query) > 0 && set != nil && len(set.ClaimIDs()) > 0:
		p.Facets = facets
		p.Table = chosenTable(r, set, list, page.Part(list, window.Offset, window.Limit))
		p.Pager = r.Pager(r.Pattern(), window, len(list))
	case len(articles) == 0:
		state := r.NoData()
		p.State = &state
	default:
		p.Facets, p.Table = facets, articlesTable(r, set, articles)
	}
	return p, nil
}

// articlesTable lists articles with how many of their claims stand how; the numbers lead to those claims.
func articlesTable(r *page.Request, set *evidence.Set, list []Article) page.Table {
	verdict := func(v evidence.Verdict) page.Column {
		return page.Column{Head: page.Capital(v.Text(r.Lang)), Number: true}
	}
	t := page.Table{ID: "articles", Caption: r.T("claims.articles", "n", len(list)), Columns: []page.Column{
		{Head: r.T("claims.article")}, {Head: r.T("sources.published")}, {Head: r.T("claims.claims"), Number: true},
	}}
	for _, v := range standings {
		t.Columns = append(t.Columns, verdict(evidence.Verdict(v)))
	}
	for i := range list {
		a := &list[i]
		number := func(n int, v evidence.Verdict) page.Link {
			link := page.Link{Text: locale.Integer(r.Lang, int64(n))}
			if n > 0 {
				query := url.Values{"article": {a.ID}}
				if v != "" {
					query.Set("standing", string(v))
				}
				link.Href = r.URL("claims") + "?" + query.Encode()
			}
			return link
		}
		title := articleLink(r, set, a.ID, &record.Article{Title: a.Title, Source: a.Source})
		t.Rows = append(t.Rows, []page.Link{title, {Text: r.Dated(a.Published)}, number(a.Claims, ""), number(a.Supported, evidence.Supported),
			number(a.Contradicted, evidence.Contradicted), number(a.CannotBe, evidence.CannotBe)})
	}
	return t
}

// ClaimPart is a claim with how it stands and what bears on it.
type ClaimPart struct {
	N         int
	Statement page.Link
	Quote     page.Citation
	Standing  page.Badge
	Why       string
	Evidence  []BearingPart
	More      page.Link // to what bears on it and is not listed here
	Until     string    // "was supported until ..."
	Past      []string
	Changed   []shown.HistoryEntry
	Replies   []shown.Replied
	Proof     string // address of its proof; empty where there is none
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
	What    page.Link
	Value   page.Link
	When    string
	Remark  string // by the record, that the figure is probably wrong
	Quote   page.Citation
}

var verdictShapes = map[evidence.Verdict]string{evidence.Supported: page.ShapeWithin, evidence.Contradicted: page.ShapeAgainst, evidence.CannotBe: page.ShapeUnknown}

var bearingShapes = map[evidence.Bearing]string{evidence.Supports: page.ShapeWithin, evidence.Contradicts: page.ShapeAgainst, evidence.Part: page.ShapePart}

// claimPart is a claim as a part of a page: with everything that bears on it, or in short with what decides.
func claimPart(r *page.Request, set *evidence.Set, c *evidence.Claim, short bool) (ClaimPart, error) {
	st, _ := set.Standing(c.ID)
	name, in := c.Statement.In(r.Lang)
	p := ClaimPart{N: c.N, Statement: page.Link{Text: name, Href: r.URL(shown.ClaimPath(c.Article, c.N)), Lang: in},
		Standing: page.Badge{Shape: verdictShapes[st.Verdict], Text: page.Capital(st.Verdict.Text(r.Lang))}, Why: page.Capital(st.Reason(r.Lang))}
	if a := set.Article(c.Article); a != nil {
		src := set.Source(a.Source)
		if src == nil {
			src = &record.Source{}
		}
		p.Quote = shown.Cite(r, record.Citation{Source: a.Source, Place: c.Where, Quote: c.Quote}, *src)
	}
	more := 0
	for i := range st.Evidence {
		e := &st.Evidence[i]
		if short && (e.Bearing == evidence.Unlike || len(p.Evidence) == mostInShort) || len(p.Evidence) == mostEvidence {
			more++
			continue
		}
		part := bearingPart(r, set, c, e)
		if short && e.Bearing == evidence.Itself { // its words stand above
			part.Quote = page.Citation{}
		}
		p.Evidence = append(p.Evidence, part)
	}
	if more > 0 {
		p.More = page.Link{Text: r.T("claims.more", "n", more), Href: r.URL(shown.ClaimPath(c.Article, c.N))}
		if !short {
			p.More.Href += ".csv"
		}
	}
	if before, ended, ok := set.Until(c.ID); ok {
		p.Until = page.OneStop(r.T("claims.until", "standing", before.Verdict.Text(r.Lang), "why", before.Why.Text(r.Lang), "date", locale.DateAfter(r.Lang, page.Day(ended))))
	}
	var err error
	if p.Changed, err = shown.Corrections(r, record.ClaimKind, c.ID); err != nil {
		return p, err
	}
	p.Proof = r.Proof(record.ClaimKind, c.ID, len(p.Changed)+1)
	p.Replies, err = shown.Replies(r, set, record.ClaimKind, c.ID)
	return p, err
}

func bearingPart(r *page.Request, set *evidence.Set, c *evidence.Claim, e *evidence.Evidence) BearingPart {
	p := BearingPart{Shape: page.ShapeNone, Bearing: page.Capital(e.Words(r.Lang)), Value: page.Link{Text: e.Text}}
	if shape, ok := bearingShapes[e.Bearing]; ok {
		p.Shape = shape
	}
	if t, ok := evidence.TellingOf(set.Told(e.Told)); ok {
		return toldPart(r, set, p, &t)
	}
	switch {
	case e.Observation != nil:
		o := e.Observation
		p.What = page.Link{Text: shown.IndicatorName(r, o.Indicator), Href: r.URL(shown.ObservationPath(o))}
		p.Value, p.When, p.Remark = shown.Stated(r, set, o), shown.SpanText(r, o.Span()), o.Remark()
		if o.Unit != "" && o.Unit != "words" {
			p.Value.Tail = " " + shown.UnitOf(r, o)
		}
		src := set.Source(o.Citation.Source)
		if src == nil {
			src = &record.Source{}
		}
		p.Quote = shown.Cite(r, o.Citation, *src)
	case e.Law != "":
		p.What = page.Link{Text: e.Law}
		if ref, ok := shown.LawRef(e.Law); ok {
			p.What.Href = r.URL(answer.ProvisionPath(ref))
			if versions := r.Law().Find(ref); len(versions) > 0 {
				p.What = answer.Rule(r, versions[0])
			}
		}
		if length, err := period.ParseLength(e.Text); err == nil {
			key := "claims.law_minimum"
			if e.Limit == evidence.Maximum {
				key = "claims.law_maximum"
			}
			p.Value.Text = r.T(key, "length", locale.Length(r.Lang, length))
		} else if e.Bearing == evidence.Unread {
			p.Value.Text = ""
		}
	default:
		p.What = page.Link{Text: r.T("claims.recorded"), Href: r.URL("figures/" + page.EscapePath(c.Comparison.Figure))}
		p.When = shown.SpanText(r, period.Span{From: c.Comparison.From, To: c.Comparison.To})
	}
	return p
}

// toldPart is what one source tells of a shelter or a group, and leads to the shelter's page where it has one.
func toldPart(r *page.Request, set *evidence.Set, p BearingPart, t *evidence.Telling) BearingPart {
	p.What = page.Link{Text: page.Capital(t.What(r.Lang))}
	if b, is := set.Told(record.Thing{Kind: record.ShelterKind, ID: t.Shelters[0]}).(*record.Shelter); is {
		name, _ := b.Names.In(r.Lang)
		p.What.Text += ": " + name
		if path := shown.PagePath(record.Thing{Kind: record.ShelterKind, ID: t.Shelters[0]}); path != "" {
			p.What.Href = r.URL(path)
		}
	}
	p.Value, p.When = page.Link{Text: t.Value(r.Lang)}, shown.SpanText(r, t.Span)
	if t.Without == nil { // a sum stands in its source's words
		p.Value = page.Typed(t.Value(r.Lang))
	}
	src := set.Source(t.Citation.Source)
	if src == nil {
		src = &record.Source{}
	}
	p.Quote = shown.Cite(r, t.Citation, *src)
	return p
}

// past are the standings that a claim has had, in words, the newest first.
func past(r *page.Request, set *evidence.Set, claim string) (out []string, err error) {
	list := set.Past(claim)
	for i := len(list) - 1; i >= 0; i-- {
		p := &list[i]
		position, err := r.PositionOf(p.Seq)
		if err != nil {
			return nil, err
		}
		out = append(out, page.OneStop(r.T("claims.since", "date", locale.DateAfter(r.Lang, page.Day(p.At)), "seq", strconv.FormatInt(position, 10), "standing", p.Verdict.Text(r.Lang),
			"why", p.Why.Text(r.Lang))))
	}
	return out, nil
}
