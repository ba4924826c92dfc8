package api

import (
	"net/url"
	"strconv"
	"time"

	"fener/internal/evidence"
	"fener/internal/record"
	"fener/period"
)

// ArticlePath is the address of an article's claims below the language, ClaimPath that of one claim.
func ArticlePath(id string) string { return "claims/" + url.PathEscape(id) }

// ClaimPath is the address of one claim below the language.
func ClaimPath(article string, n int) string { return ArticlePath(article) + "/" + strconv.Itoa(n) }

// InstitutionPath is the address of an institution's page below the language.
func InstitutionPath(id string) string { return "institutions/" + url.PathEscape(id) }

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

// NewArticle is an article with its claims counted by how they stand.
func NewArticle(set *evidence.Set, id string, a *record.Article) Article {
	d := Article{ID: id, Title: a.Title, Author: a.Author, Published: a.Published, Source: a.Source, Path: ArticlePath(id)}
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

// ArticlesDocument lists the articles whose claims are followed.
type ArticlesDocument struct {
	Head
	Articles []Article `json:"articles"`
}

// Sheet is the list as rows.
func (d *ArticlesDocument) Sheet() *Sheet {
	s := &Sheet{Columns: []string{"article", "title", "author", "published", "source", "claims", "supported", "contradicted", "cannot_be_checked", "path"}}
	for _, a := range d.Articles {
		s.Rows = append(s.Rows, []string{a.ID, a.Title, a.Author, a.Published.String(), a.Source, strconv.Itoa(a.Claims), strconv.Itoa(a.Supported),
			strconv.Itoa(a.Contradicted), strconv.Itoa(a.CannotBe), a.Path})
	}
	return s
}

// Claim is a statement made in public, with how it stands.
type Claim struct {
	ID         string            `json:"id"`
	Article    string            `json:"article"`
	N          int               `json:"n"`
	Statement  Names             `json:"statement"`
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
	Bearing     evidence.Bearing `json:"bearing"`
	Cause       evidence.Cause   `json:"cause,omitempty"`                // why it cannot be compared: period, undated, place, unit, kind, quotation, one_amount, held_back
	Noted       bool             `json:"noted_probably_wrong,omitempty"` // by the record, in the observation's note or reason
	Observation *Observation     `json:"observation,omitempty"`
	Law         string           `json:"law,omitempty"`
	Limit       evidence.Limit   `json:"limit,omitempty"` // of the law: minimum or maximum
	Text        string           `json:"text,omitempty"`
}

// PastStanding is how a claim stood from a moment until the next.
type PastStanding struct {
	Since   time.Time        `json:"since"`
	Seq     int64            `json:"seq"`
	Verdict evidence.Verdict `json:"standing"`
	Why     evidence.Why     `json:"why"`
}

// NewClaim is a claim as it stands in a set; positionOf gives the place of a ledger's entry among the public ones.
func NewClaim(set *evidence.Set, c *evidence.Claim, positionOf func(seq int64) (int64, error)) (Claim, error) {
	st, _ := set.Standing(c.ID)
	d := Claim{ID: c.ID, Article: c.Article, N: c.N, Statement: recordNames(c.Statement), Quote: c.Quote, Comparison: c.Comparison, Verdict: st.Verdict, Why: st.Why,
		Evidence: []Bears{}, Path: ClaimPath(c.Article, c.N)}
	for _, e := range st.Evidence {
		b := Bears{Bearing: e.Bearing, Cause: e.Cause, Noted: e.Noted, Law: e.Law, Limit: e.Limit, Text: e.Text}
		if e.Observation != nil {
			o := NewObservation(e.Observation, set.Source(e.Observation.Citation.Source))
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
	Head
	Article Article `json:"article"`
	Claims  []Claim `json:"claims"`
}

// Sheet is the claims as rows.
func (d *ArticleDocument) Sheet() *Sheet {
	s := &Sheet{Columns: []string{"article", "n", "statement_en", "statement_sq", "statement_sr", "quote", "standing", "why", "evidence", "path"}}
	for _, c := range d.Claims {
		s.Rows = append(s.Rows, []string{c.Article, strconv.Itoa(c.N), c.Statement.EN, c.Statement.SQ, c.Statement.SR, c.Quote, string(c.Verdict), string(c.Why),
			strconv.Itoa(len(c.Evidence)), c.Path})
	}
	return s
}

// ClaimDocument is one claim with everything that bears on it.
type ClaimDocument struct {
	Head
	Claim Claim `json:"claim"`
}

// Sheet is what bears on the claim as rows.
func (d *ClaimDocument) Sheet() *Sheet {
	s := &Sheet{Columns: append([]string{"claim", "standing", "why", "bearing", "law", "text"}, observationColumns...)}
	for _, e := range d.Claim.Evidence {
		row := []string{d.Claim.ID, string(d.Claim.Verdict), string(d.Claim.Why), string(e.Bearing), e.Law, e.Text}
		if e.Observation == nil {
			e.Observation = &Observation{}
		}
		s.Rows = append(s.Rows, append(row, e.Observation.row()...))
	}
	return s
}

// Reply is an institution's answer to something on record.
type Reply struct {
	ID string `json:"id"`
	record.Reply
}

// Institution is a body that answers for something.
type Institution struct {
	ID        string   `json:"id"`
	Names     Names    `json:"names"`
	Type      string   `json:"type,omitempty"`
	Role      string   `json:"role,omitempty"`
	Aliases   []string `json:"aliases,omitempty"`
	Successor string   `json:"successor,omitempty"`
	Path      string   `json:"path"`
}

// NewInstitution is an institution on record.
func NewInstitution(id string, in *record.Institution) Institution {
	return Institution{ID: id, Names: recordNames(in.Names), Type: in.Type, Role: in.Role, Aliases: in.Aliases, Successor: in.Successor, Path: InstitutionPath(id)}
}

func (i *Institution) row() []string {
	return []string{i.ID, i.Names.SQ, i.Names.SR, i.Names.EN, i.Type, i.Role, i.Successor, i.Path}
}

var institutionColumns = []string{"institution", "name_sq", "name_sr", "name_en", "type", "role", "successor", "path"}

// InstitutionsDocument lists the institutions on record.
type InstitutionsDocument struct {
	Head
	Institutions []Institution `json:"institutions"`
}

// Sheet is the list as rows.
func (d *InstitutionsDocument) Sheet() *Sheet {
	s := &Sheet{Columns: institutionColumns}
	for i := range d.Institutions {
		s.Rows = append(s.Rows, d.Institutions[i].row())
	}
	return s
}

// InstitutionDocument is one institution, what it counted and how it replied.
type InstitutionDocument struct {
	Head
	Institution  Institution   `json:"institution"`
	Predecessors []Institution `json:"predecessors,omitempty"`
	Counted      []Observation `json:"counted_by_it"`
	Replies      []Reply       `json:"replies"`
}

// Sheet is what the institution counted as rows.
func (d *InstitutionDocument) Sheet() *Sheet {
	s := &Sheet{Columns: observationColumns}
	for i := range d.Counted {
		s.Rows = append(s.Rows, d.Counted[i].row())
	}
	return s
}
