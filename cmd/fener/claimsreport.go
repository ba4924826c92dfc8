package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"fener/internal/evidence"
	"fener/internal/intake"
	"fener/internal/record"
	"fener/locale"
	"fener/period"
)

// claimsReport is the answer of `fener claims check`. Its JSON form is kept
// stable.
type claimsReport struct {
	AsOf struct {
		Seq  int64  `json:"seq"`  // last entry of the ledger that was read
		Date string `json:"date"` // of that entry
	} `json:"as_of"`
	Articles []checkedArticle `json:"articles"`

	lang locale.Lang
}

type checkedArticle struct {
	ID     string         `json:"id"`
	Title  string         `json:"title"`
	Claims []checkedClaim `json:"claims"`
}

type checkedClaim struct {
	ID        string           `json:"id"`
	N         int              `json:"n"`
	Statement string           `json:"statement"`
	Verdict   evidence.Verdict `json:"verdict"`
	Why       evidence.Why     `json:"why"`
	Text      string           `json:"text"` // the standing in words
	Evidence  []shownEvidence  `json:"evidence"`
}

type shownEvidence struct {
	Bearing     evidence.Bearing `json:"bearing"`
	Cause       evidence.Cause   `json:"cause,omitempty"` // why it cannot be compared
	Text        string           `json:"text"`            // the bearing in words
	Value       string           `json:"value"`
	Unit        string           `json:"unit,omitempty"`
	From        string           `json:"from,omitempty"`
	To          string           `json:"to,omitempty"`
	Observation string           `json:"observation,omitempty"`
	Indicator   string           `json:"indicator,omitempty"`
	Source      string           `json:"source,omitempty"` // id
	Title       string           `json:"title,omitempty"`  // of the source
	Place       string           `json:"place,omitempty"`
	Quote       string           `json:"quote,omitempty"`
	Told        string           `json:"told,omitempty"` // what is told of a shelter: the kind and id of the thing
	Law         string           `json:"law,omitempty"`
	Limit       evidence.Limit   `json:"limit,omitempty"` // of the law: minimum or maximum
	Noted       string           `json:"noted,omitempty"` // by the record, that the figure is probably wrong

	period string // in words
}

func newClaimsReport(l locale.Lang, set *evidence.Set, articles []intake.ArticleClaims) *claimsReport {
	r := &claimsReport{Articles: []checkedArticle{}, lang: l}
	seq, at := set.Position()
	r.AsOf.Seq, r.AsOf.Date = seq, at.Format("2006-01-02")
	for i := range articles {
		a := &articles[i]
		draft := set.Draft(a.ID, a.Article)
		shown := checkedArticle{ID: a.ID, Title: a.Title, Claims: []checkedClaim{}}
		for n := range a.Claims {
			c := &a.Claims[n]
			standing := draft.Judge(&c.Claim)
			one := checkedClaim{ID: c.ID, N: c.N, Verdict: standing.Verdict, Why: standing.Why, Text: standing.Text(l), Evidence: []shownEvidence{}}
			one.Statement, _ = c.Statement.In(l)
			for _, e := range standing.Evidence {
				one.Evidence = append(one.Evidence, show(l, set, &e))
			}
			shown.Claims = append(shown.Claims, one)
		}
		r.Articles = append(r.Articles, shown)
	}
	return r
}

// exitCode tells the standings apart: a claim that is contradicted before one
// that cannot be checked, and that before all being supported.
func (r *claimsReport) exitCode() int {
	code := exitDone
	for _, a := range r.Articles {
		for _, c := range a.Claims {
			switch c.Verdict {
			case evidence.Contradicted:
				return exitFindings
			case evidence.CannotBe:
				code = exitOpen
			}
		}
	}
	return code
}

func show(l locale.Lang, set *evidence.Set, e *evidence.Evidence) shownEvidence {
	s := shownEvidence{Bearing: e.Bearing, Cause: e.Cause, Text: e.Words(l), Value: e.Text, Law: e.Law, Limit: e.Limit}
	if length, err := period.ParseLength(e.Text); e.Law != "" && err == nil {
		s.Value = locale.Length(l, length)
	}
	if e.Limit != "" {
		s.Value = strings.TrimSpace(e.Limit.Text(l) + ": " + s.Value)
	}
	if t, ok := evidence.TellingOf(set.Told(e.Told)); ok {
		return s.telling(l, set, e.Told, &t)
	}
	o := e.Observation
	if o == nil {
		return s
	}
	s.Value, s.Unit, s.Observation, s.Indicator = o.Value.Text, o.Unit, o.ID, o.Indicator
	s.Source, s.Place, s.Quote = o.Citation.Source, o.Citation.Place, o.Citation.Quote
	s.Noted = o.Remark()
	if src := set.Source(o.Citation.Source); src != nil {
		s.Title = src.Title
	}
	s.From, s.To, s.period = o.From.String(), o.To.String(), periodText(l, o.Span())
	return s
}

// telling fills in what is told of a shelter.
func (s shownEvidence) telling(l locale.Lang, set *evidence.Set, thing record.Thing, t *evidence.Telling) shownEvidence {
	s.Told, s.Source, s.Place, s.Quote = string(thing.Kind)+":"+thing.ID, t.Citation.Source, t.Citation.Place, t.Citation.Quote
	s.Value = t.What(l)
	if value := t.Value(l); value != "" {
		s.Value += ": " + value
	}
	if src := set.Source(t.Citation.Source); src != nil {
		s.Title = src.Title
	}
	s.From, s.To, s.period = t.Span.From.String(), t.Span.To.String(), periodText(l, t.Span)
	return s
}

// periodText is a period in words: 1 January to 31 December 2017 is 2017.
func periodText(l locale.Lang, span period.Span) string {
	if span.IsZero() {
		return ""
	}
	if year, err := period.NewDate(span.First().Year(), 0, 0); err == nil && year.First() == span.First() && year.Last() == span.Last() {
		return locale.Date(l, year)
	}
	if span.To.IsZero() {
		return locale.Date(l, span.From)
	}
	return locale.Date(l, span.From) + " – " + locale.Date(l, span.To)
}

func (r *claimsReport) json(w io.Writer) error {
	out := json.NewEncoder(w)
	out.SetIndent("", " ")
	return out.Encode(r)
}

// table writes each claim with its standing and, under it, a line for each piece
// of evidence: value, period, source, and what it does for the claim.
func (r *claimsReport) table(w io.Writer) error {
	var b strings.Builder
	for _, a := range r.Articles {
		fmt.Fprintf(&b, "%s (%s)\n", a.Title, a.ID)
		for _, c := range a.Claims {
			fmt.Fprintf(&b, "\n%2d. %s\n    %s\n", c.N, c.Statement, strings.ToUpper(string([]rune(c.Text)[:1]))+string([]rune(c.Text)[1:]))
			rows := make([][]string, len(c.Evidence))
			for i, e := range c.Evidence {
				rows[i] = e.cells(r.lang)
			}
			writeAligned(&b, rows, func(i int) string { return c.Evidence[i].beneath() })
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// cells are one piece of evidence in four columns.
func (e *shownEvidence) cells(l locale.Lang) []string {
	value := e.Value
	if e.Unit != "" && e.Unit != "words" {
		value += " (" + evidence.UnitFor(l, e.Unit, record.ParseStated(e.Value)) + ")"
	}
	from := e.Title
	switch {
	case e.Law != "":
		from = e.Law
	case from == "":
		from = e.Source
	}
	return []string{value, e.period, from, e.Text}
}

// widest is how wide a column before the last may get; a longer text is cut,
// and stands whole in the JSON form.
const widest = 46

// beneath is what stands under a line of evidence: the source's own words where
// a person has to judge them, and the record's note that a figure is wrong.
func (e *shownEvidence) beneath() string {
	switch {
	case e.Noted != "":
		return e.Noted
	case e.Bearing == evidence.Worded && e.Quote != "":
		return "“" + e.Quote + "”"
	}
	return ""
}

func writeAligned(b *strings.Builder, rows [][]string, beneath func(i int) string) {
	if len(rows) == 0 {
		return
	}
	width := make([]int, len(rows[0]))
	for _, row := range rows {
		for i := range row {
			if runes := []rune(row[i]); i < len(row)-1 && len(runes) > widest {
				row[i] = string(runes[:widest-1]) + "…"
			}
			width[i] = max(width[i], utf8.RuneCountInString(row[i]))
		}
	}
	for at, row := range rows {
		line := "      "
		for i, cell := range row {
			if width[i] == 0 {
				continue
			}
			line += cell
			if i < len(row)-1 {
				line += strings.Repeat(" ", width[i]-utf8.RuneCountInString(cell)+2)
			}
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
		if more := beneath(at); more != "" {
			b.WriteString("          " + more + "\n")
		}
	}
}
