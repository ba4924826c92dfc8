package intake

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

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

// Known says what claims can be compared with; a nil function takes everything.
type Known struct {
	Observed func(id string) bool // is there an observed indicator
	Figure   func(id string) bool // is there a figure computed from the record
	// Nearest are the ids that may be meant by one that is not known.
	Nearest func(id string) []string
	// Law says whether a comparison's law is on record: what is wrong, empty for
	// nothing, and what there is instead.
	Law func(text string) (wrong Code, have []string)
}

// The file's form: a list of articles, each with its claims.
type (
	articleFile struct {
		ID        string      `yaml:"id"`
		Title     string      `yaml:"title"`
		Author    string      `yaml:"author"`
		Published asWritten   `yaml:"published"`
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
		Figure    string    `yaml:"figure"`
		Indicator string    `yaml:"indicator"`
		Related   []string  `yaml:"related"`
		Law       string    `yaml:"law"`
		Told      string    `yaml:"told"`
		Shelter   string    `yaml:"shelter"`
		Cause     string    `yaml:"cause"`
		By        string    `yaml:"by"`
		Place     string    `yaml:"place"`
		From      asWritten `yaml:"from"`
		To        asWritten `yaml:"to"`
		Then      asWritten `yaml:"then"`
		Operator  string    `yaml:"operator"`
		Value     asWritten `yaml:"value"`
		Tolerance asWritten `yaml:"tolerance"`
		Unit      string    `yaml:"unit"`
	}
	// asWritten is a text that YAML would take for a number: 65.000 is 65 to it.
	asWritten string
)

// UnmarshalYAML takes the text as it stands in the file.
func (a *asWritten) UnmarshalYAML(node ast.Node) error {
	switch node.(type) {
	case *ast.NullNode:
		return nil
	case *ast.MappingNode, *ast.MappingValueNode, *ast.SequenceNode:
		return &yaml.UnexpectedNodeTypeError{Actual: node.Type(), Expected: ast.StringType, Token: node.GetToken()}
	}
	*a = asWritten(node.GetToken().Value)
	return nil
}

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
		f.starts = append(f.starts, f.line(fmt.Sprintf("[%d]", i)))
		for n := range written[i].Claims {
			f.starts = append(f.starts, f.line(fmt.Sprintf("[%d].claims[%d]", i, n)))
		}
	}
	for i := range written {
		if a, ok := f.article(i, &written[i]); ok {
			articles = append(articles, a)
		}
	}
	slices.SortStableFunc(f.problems, func(a, b Problem) int { return a.Row - b.Row })
	return articles, f.problems, nil
}

type claimsReader struct {
	at       Problem
	known    Known
	file     *ast.File
	ids      map[string]int // lines of the ids so far
	mended   []int          // lines that were mended to go on reading; what stands there is not taken
	broken   []int          // lines of which a part was lost, so that the rest says nothing
	starts   []int          // lines in which articles and claims begin
	problems []Problem
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
	p.Line, p.Row, p.Column, p.Code, p.Found = true, f.line(place+"."+field), field, code, excerpt(found)
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
		Published: f.date(place, "published", string(w.Published)), Source: w.Source}}
	for _, need := range []struct{ field, text string }{{"id", w.ID}, {"title", w.Title}, {"source", w.Source}} {
		if strings.TrimSpace(need.text) == "" {
			f.fail(place, need.field, emptyCell, "")
		}
	}
	f.id(place, w.ID)
	ok := len(f.problems) == before && !f.within(a.Line, f.mended) && !f.within(a.Line, f.broken)
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
	if f.within(f.line(place), f.broken) {
		return ClaimEntry{}, false
	}
	before := len(f.problems)
	c := ClaimEntry{Line: f.line(place), ID: w.ID, Claim: fact.Claim{Article: article, N: n, Statement: fact.Names(w.Statement),
		Quote: strings.TrimSpace(w.Quote), Where: w.Where, Comparison: f.comparison(place+".comparison", &w.Comparison)}}
	if c.ID == "" {
		c.ID = fmt.Sprintf("%s-%d", article, n)
	}
	f.id(place, c.ID)
	for _, fault := range c.Validate(false) {
		f.fault(place, w, fault)
	}
	good := len(f.problems) == before
	if c.Denies() && c.Comparison.Operator == fact.Exists {
		f.fail(place, "statement", noneClaimed, c.Quote).Kind = Doubt
	}
	return c, good && !f.within(c.Line, f.mended)
}

// within reports whether one of the lines stands in the article or claim that
// begins in the line given.
func (f *claimsReader) within(start int, lines []int) bool {
	return slices.ContainsFunc(lines, func(line int) bool {
		begins := 0
		for _, s := range f.starts {
			if s <= line {
				begins = max(begins, s)
			}
		}
		return begins == start
	})
}

// fault says in words of the file what is wrong with a claim.
func (f *claimsReader) fault(place string, w *claimFile, fault fact.Fault) {
	for _, p := range f.problems {
		if p.Row == f.line(place+"."+fault.Field) && p.Column != "" && strings.HasSuffix(fault.Field, "."+p.Column) {
			return // it was said already
		}
	}
	cmp := &w.Comparison
	switch fault.Field {
	case "article": // said of the article itself
	case "statement", "comparison.value":
		f.fail(place, fault.Field, emptyCell, "")
	case "quote":
		p := f.fail(place, fault.Field, textTooLong, w.Quote)
		p.Want, p.Got = fact.MaxQuote, len(w.Quote)
	case "comparison":
		f.fail(place, fault.Field, oneSubject, "")
	case "comparison.then":
		f.fail(place, fault.Field, twoPeriods, "").Other = cmp.Operator
	case "comparison.operator":
		f.fail(place, fault.Field, unknownOperator, cmp.Operator)
	case "comparison.tolerance":
		f.fail(place, fault.Field, badTolerance, string(cmp.Tolerance))
	case "comparison.to":
		f.fail(place, fault.Field, periodReversed, string(cmp.To)).Other = string(cmp.From)
	default:
		f.fail(place, fault.Field, badEntry, fault.What)
	}
}
