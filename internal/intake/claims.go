package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	fact "fener/internal/record" // the name record is a row of CSV here
	"fener/period"
)

// maxClaims is the largest file of claims, in bytes.
const maxClaims = 4 << 20

// ArticleClaims is an article with what it claims, in its order.
type ArticleClaims struct {
	Line int // where the article begins in the file
	ID   string
	fact.Article
	Claims []ClaimEntry
}

// ClaimEntry is one claim of a file.
type ClaimEntry struct {
	Line int
	ID   string
	fact.Claim
}

// Known says what claims can be compared with; a nil function takes every id.
type Known struct {
	Observed func(id string) bool // is there an observed indicator
	Figure   func(id string) bool // is there a figure computed from the record
}

// The file's form: a list of articles, each with its claims.
type (
	articleFile struct {
		ID        string      `yaml:"id"`
		Title     string      `yaml:"title"`
		Author    string      `yaml:"author"`
		Published string      `yaml:"published"`
		Source    string      `yaml:"source"`
		Claims    []claimFile `yaml:"claims"`
	}
	claimFile struct {
		ID         string         `yaml:"id"` // the article's id and the claim's number where empty
		Statement  namesFile      `yaml:"statement"`
		Quote      string         `yaml:"quote"`
		Where      string         `yaml:"where"`
		Comparison comparisonFile `yaml:"comparison"`
	}
	namesFile struct {
		SQ string `yaml:"sq"`
		SR string `yaml:"sr"`
		EN string `yaml:"en"`
	}
	comparisonFile struct {
		Figure    string   `yaml:"figure"`
		Indicator string   `yaml:"indicator"`
		Related   []string `yaml:"related"`
		Law       string   `yaml:"law"`
		Place     string   `yaml:"place"`
		From      string   `yaml:"from"`
		To        string   `yaml:"to"`
		Then      string   `yaml:"then"`
		Operator  string   `yaml:"operator"`
		Value     string   `yaml:"value"`
		Tolerance string   `yaml:"tolerance"`
		Unit      string   `yaml:"unit"`
	}
)

// Claims reads a YAML file of articles and their claims, called name in
// messages. A claim with an error is left out; every error is listed, with the
// line it stands in. err is of r alone.
func Claims(name string, r io.Reader, known Known) ([]ArticleClaims, []Problem, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxClaims+1))
	if err != nil {
		return nil, nil, err
	}
	f := claimsReader{at: Problem{File: name}, known: known, ids: map[string]int{}}
	if len(data) > maxClaims {
		f.problems = append(f.problems, Problem{File: name, Code: tableTooBig, Want: maxClaims >> 20})
		return nil, f.problems, nil
	}
	var written []articleFile
	if !f.parse(data, &written) {
		return nil, f.problems, nil
	}
	var articles []ArticleClaims
	for i := range written {
		if a, ok := f.article(i, &written[i]); ok {
			articles = append(articles, a)
		}
	}
	return articles, f.problems, nil
}

type claimsReader struct {
	at       Problem
	known    Known
	file     *ast.File
	ids      map[string]int // lines of the ids so far
	problems []Problem
}

func (f *claimsReader) parse(data []byte, into *[]articleFile) bool {
	if len(bytes.TrimSpace(data)) == 0 {
		f.at.Code = emptyFile
		f.problems = append(f.problems, f.at)
		return false
	}
	file, err := decodeYAML(data, into)
	if err == nil {
		f.file = file
		return true
	}
	p := f.at
	p.Code, p.Row, p.Found = badYAML, 1, excerpt(err.Error())
	var at yaml.Error
	if errors.As(err, &at) {
		p.Found = excerpt(at.GetMessage())
		if token := at.GetToken(); token != nil && token.Position != nil {
			p.Row = max(token.Position.Line, 1)
		}
	}
	f.problems = append(f.problems, p)
	return false
}

// decodeYAML reads YAML, and keeps what it is made of for its lines. The
// library panics at some broken files; that is an error of the file.
func decodeYAML(data []byte, into any) (file *ast.File, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("not YAML (%v)", broken)
		}
	}()
	if file, err = parser.ParseBytes(data, 0); err != nil {
		return nil, err
	}
	return file, yaml.UnmarshalWithOptions(data, into, yaml.DisallowUnknownField())
}

// line is where a place of the file stands; that of what holds it, where the
// place itself is not written.
func (f *claimsReader) line(place string) int {
	for place != "" {
		if path, err := yaml.PathString("$" + place); err == nil {
			if node, err := path.FilterFile(f.file); err == nil && node != nil && node.GetToken() != nil {
				return node.GetToken().Position.Line
			}
		}
		cut := strings.LastIndexAny(place, ".[")
		if cut < 0 {
			break
		}
		place = place[:cut]
	}
	return 1
}

func (f *claimsReader) fail(place, field string, code Code, found string) *Problem {
	p := f.at
	p.Row, p.Column, p.Code, p.Found = f.line(place+"."+field), field, code, excerpt(found)
	f.problems = append(f.problems, p)
	return &f.problems[len(f.problems)-1]
}

func (f *claimsReader) date(place, field, text string) period.Date {
	p := parseDate(strings.TrimSpace(text))
	if text != "" && p.code != "" && p.kind == Error {
		f.fail(place, field, p.code, text)
	}
	return p.value
}

func (f *claimsReader) article(i int, w *articleFile) (ArticleClaims, bool) {
	place, before := fmt.Sprintf("[%d]", i), len(f.problems)
	a := ArticleClaims{Line: f.line(place), ID: w.ID, Article: fact.Article{Title: w.Title, Author: w.Author,
		Published: f.date(place, "published", w.Published), Source: w.Source}}
	for _, need := range []struct{ field, text string }{{"id", w.ID}, {"title", w.Title}, {"source", w.Source}} {
		if strings.TrimSpace(need.text) == "" {
			f.fail(place, need.field, emptyCell, "")
		}
	}
	f.id(place, w.ID)
	ok := len(f.problems) == before
	for n := range w.Claims {
		if c, good := f.claim(fmt.Sprintf("%s.claims[%d]", place, n), w.ID, n+1, &w.Claims[n]); good {
			a.Claims = append(a.Claims, c)
		}
	}
	return a, ok
}

// id reports an id that stands twice in the file.
func (f *claimsReader) id(place, id string) {
	if id == "" {
		return
	}
	if first := f.ids[id]; first > 0 {
		f.fail(place, "id", sameID, id).Want = first
		return
	}
	f.ids[id] = f.line(place + ".id")
}

func (f *claimsReader) claim(place, article string, n int, w *claimFile) (ClaimEntry, bool) {
	before := len(f.problems)
	c := ClaimEntry{Line: f.line(place), ID: w.ID, Claim: fact.Claim{Article: article, N: n, Statement: fact.Names(w.Statement),
		Quote: strings.TrimSpace(w.Quote), Where: w.Where, Comparison: f.comparison(place+".comparison", &w.Comparison)}}
	if c.ID == "" {
		c.ID = fmt.Sprintf("%s-%d", article, n)
	}
	f.id(place, c.ID)
	for _, fault := range c.Validate() {
		code, found := badEntry, fault.What
		switch fault.Field {
		case "article": // said of the article itself
			continue
		case "comparison.operator":
			code, found = unknownOperator, w.Comparison.Operator
		case "comparison.tolerance":
			code, found = badTolerance, w.Comparison.Tolerance
		case "comparison.to":
			f.fail(place, fault.Field, periodReversed, w.Comparison.To).Other = w.Comparison.From
			continue
		}
		f.fail(place, fault.Field, code, found)
	}
	return c, len(f.problems) == before
}

func (f *claimsReader) comparison(place string, w *comparisonFile) fact.Comparison {
	date := func(field, text string) period.Date { return f.date(place, field, text) }
	unknown := func(known func(string) bool, field, id string) {
		if id != "" && known != nil && !known(id) {
			f.fail(place, field, unknownIndicator, id)
		}
	}
	unknown(f.known.Observed, "indicator", w.Indicator)
	unknown(f.known.Figure, "figure", w.Figure)
	for i, id := range w.Related {
		unknown(f.known.Observed, fmt.Sprintf("related[%d]", i), id)
	}
	return fact.Comparison{Figure: w.Figure, Indicator: w.Indicator, Related: w.Related, Law: w.Law, Place: w.Place, From: date("from", w.From),
		To: date("to", w.To), Then: date("then", w.Then), Operator: fact.Operator(w.Operator), Value: w.Value, Tolerance: w.Tolerance, Unit: w.Unit}
}
