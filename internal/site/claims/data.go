package claims

import (
	"strconv"
	"time"

	"fener/internal/evidence"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/shown"
	"fener/period"
)

// Article is a piece that makes claims, with how many of them stand how.
type Article struct {
	ID           string      `json:"id"`
	Title        string      `json:"title"`
	Author       string      `json:"author,omitempty"`
	Published    period.Date `json:"published,omitzero"`
	Source       string      `json:"source"`
	Claims       int         `json:"claims"`
	Supported    int         `json:"supported"`
	Contradicted int         `json:"contradicted"`
	CannotBe     int         `json:"cannot_be_checked"`
	Path         string      `json:"path"`
}

// Sum is an article with how its claims stand, all together.
func Sum(set *evidence.Set, id string) Article { return newArticle(set, id, set.Article(id)) }

// newArticle is an article with its claims counted by how they stand.
func newArticle(set *evidence.Set, id string, a *record.Article) Article {
	d := Article{ID: id, Title: a.Title, Author: a.Author, Published: a.Published, Source: a.Source, Path: shown.ArticlePath(id)}
	for _, c := range set.ArticleClaims(id) {
		d.Claims++
		switch st, _ := set.Standing(c.ID); st.Verdict {
		case evidence.Supported:
			d.Supported++
		case evidence.Contradicted:
			d.Contradicted++
		default:
			d.CannotBe++
		}
	}
	return d
}

// ClaimEntry is a claim in a list, with how it stands.
type ClaimEntry struct {
	ID        string           `json:"id"`
	Article   string           `json:"article"`
	N         int              `json:"n"`
	Statement shown.Names      `json:"statement"`
	Quote     string           `json:"quote,omitempty"`
	Verdict   evidence.Verdict `json:"standing"`
	Why       evidence.Why     `json:"why"`
	Evidence  int              `json:"evidence"` // how much on record bears on it
	Path      string           `json:"path"`
}

func newEntries(list []listed) []ClaimEntry {
	out := []ClaimEntry{}
	for _, l := range list {
		out = append(out, ClaimEntry{ID: l.ID, Article: l.Article, N: l.N, Statement: shown.RecordNames(l.Statement), Quote: l.Quote, Verdict: l.Verdict, Why: l.Why, Evidence: len(l.Standing.Evidence),
			Path: shown.ClaimPath(l.Article, l.N)})
	}
	return out
}

// ClaimsDocument lists the articles whose claims are followed, and their claims in parts; where the address chooses claims, those and their articles.
type ClaimsDocument struct {
	page.Head
	page.List
	Articles []Article    `json:"articles"`
	Claims   []ClaimEntry `json:"claims"`
}

// Sheet is the claims as rows, each with its article.
func (d *ClaimsDocument) Sheet(set *evidence.Set) *page.Sheet {
	s := &page.Sheet{Columns: []string{"article", "article_title", "author", "published", "source", "n", "statement_en", "statement_sq", "statement_sr", "quote", "standing", "why", "evidence", "path"}}
	for _, c := range d.Claims {
		a := set.Article(c.Article)
		if a == nil {
			a = &record.Article{}
		}
		s.Rows = append(s.Rows, []string{c.Article, a.Title, a.Author, a.Published.String(), a.Source, strconv.Itoa(c.N), c.Statement.EN, c.Statement.SQ, c.Statement.SR, c.Quote, string(c.Verdict), string(c.Why),
			strconv.Itoa(c.Evidence), c.Path})
	}
	return s
}

// Claim is a statement made in public, with how it stands.
type Claim struct {
	ID         string            `json:"id"`
	Article    string            `json:"article"`
	N          int               `json:"n"`
	Statement  shown.Names       `json:"statement"`
	Quote      string            `json:"quote,omitempty"`
	Comparison record.Comparison `json:"comparison"`
	Verdict    evidence.Verdict  `json:"standing"`
	Why        evidence.Why      `json:"why"`
	Evidence   []Bears           `json:"evidence"`
	Past       []PastStanding    `json:"past,omitempty"`
	Path       string            `json:"path"`
}

// Bears is one thing that bears on a claim.
type Bears struct {
	Bearing     evidence.Bearing   `json:"bearing"`
	Cause       evidence.Cause     `json:"cause,omitempty"`                // why it cannot be compared: period, undated, place, unit, kind, quotation, one_amount, held_back, one_part, step, funder, shelter
	Noted       bool               `json:"noted_probably_wrong,omitempty"` // by the record, in the observation's note or reason
	Observation *shown.Observation `json:"observation,omitempty"`
	Told        *Told              `json:"told,omitempty"`
	Law         string             `json:"law,omitempty"`
	Limit       evidence.Limit     `json:"limit,omitempty"` // of the law: minimum or maximum
	Text        string             `json:"text,omitempty"`
}

// Told is what one source tells of shelters.
type Told struct {
	Thing    record.Thing `json:"thing"`
	Says     string       `json:"says"` // a step of money: planned, promised, awarded, contracted, reported, called, applied, paid; or closure, gap
	Shelters []string     `json:"shelters"`
	Some     bool         `json:"some,omitempty"` // only some of them
	From     period.Date  `json:"from,omitzero"`
	To       period.Date  `json:"to,omitzero"`
	Amount   string       `json:"amount,omitempty"` // as the source has it, with its currency
	Lasted   string       `json:"lasted,omitempty"`
	Why      string       `json:"cause,omitempty"`
	Source   string       `json:"source"`
	Quote    string       `json:"quote,omitempty"`
}

func newTold(thing record.Thing, t *evidence.Telling) *Told {
	d := &Told{Thing: thing, Says: t.Says, Shelters: t.Shelters, Some: t.Some, From: t.Span.From, To: t.Span.To, Amount: t.Amount.String(), Source: t.Citation.Source, Quote: t.Citation.Quote}
	if t.Without != nil {
		d.Lasted, d.Why = t.Without.Lasted.String(), t.Without.Cause
	}
	return d
}

// PastStanding is how a claim stood from a moment until the next.
type PastStanding struct {
	Since   time.Time        `json:"since"`
	Seq     int64            `json:"seq"`
	Verdict evidence.Verdict `json:"standing"`
	Why     evidence.Why     `json:"why"`
}

// newClaim is a claim as it stands in a set; positionOf gives the place of a ledger's entry among the public ones.
func newClaim(set *evidence.Set, c *evidence.Claim, positionOf func(seq int64) (int64, error)) (Claim, error) {
	st, _ := set.Standing(c.ID)
	d := Claim{ID: c.ID, Article: c.Article, N: c.N, Statement: shown.RecordNames(c.Statement), Quote: c.Quote, Comparison: c.Comparison, Verdict: st.Verdict, Why: st.Why,
		Evidence: []Bears{}, Path: shown.ClaimPath(c.Article, c.N)}
	for _, e := range st.Evidence {
		b := Bears{Bearing: e.Bearing, Cause: e.Cause, Noted: e.Noted, Law: e.Law, Limit: e.Limit, Text: e.Text}
		if t, ok := evidence.TellingOf(set.Told(e.Told)); ok {
			b.Told = newTold(e.Told, &t)
		}
		if e.Observation != nil {
			o := shown.NewObservation(e.Observation, set.Source(e.Observation.Citation.Source))
			b.Observation = &o
		}
		d.Evidence = append(d.Evidence, b)
	}
	for _, p := range set.Past(c.ID) {
		position, err := positionOf(p.Seq)
		if err != nil {
			return Claim{}, err
		}
		d.Past = append(d.Past, PastStanding{p.At, position, p.Verdict, p.Why})
	}
	return d, nil
}

// ArticleDocument is one article with its claims.
type ArticleDocument struct {
	page.Head
	Article Article `json:"article"`
	Claims  []Claim `json:"claims"`
}

// Sheet is the claims as rows.
func (d *ArticleDocument) Sheet() *page.Sheet {
	s := &page.Sheet{Columns: []string{"article", "n", "statement_en", "statement_sq", "statement_sr", "quote", "standing", "why", "evidence", "path"}}
	for _, c := range d.Claims {
		s.Rows = append(s.Rows, []string{c.Article, strconv.Itoa(c.N), c.Statement.EN, c.Statement.SQ, c.Statement.SR, c.Quote, string(c.Verdict), string(c.Why),
			strconv.Itoa(len(c.Evidence)), c.Path})
	}
	return s
}

// ClaimDocument is one claim with everything that bears on it.
type ClaimDocument struct {
	page.Head
	Claim Claim `json:"claim"`
}

// Sheet is what bears on the claim as rows.
func (d *ClaimDocument) Sheet() *page.Sheet {
	s := &page.Sheet{Columns: append([]string{"claim", "standing", "why", "bearing", "law", "text"}, shown.ObservationColumns...)}
	for _, e := range d.Claim.Evidence {
		row := []string{d.Claim.ID, string(d.Claim.Verdict), string(d.Claim.Why), string(e.Bearing), e.Law, e.Text}
		if e.Observation == nil {
			e.Observation = &shown.Observation{}
		}
		s.Rows = append(s.Rows, append(row, e.Observation.Row()...))
	}
	return s
}
