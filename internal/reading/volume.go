package reading

import (
	"slices"
	"sort"
	"strings"
)

const (
	headReach   = 420  // bytes within which a head has its parts: number, court, formula
	actReach    = 5000 // within which the heading of the act follows
	shortestOne = 700  // bytes of the shortest decision: what is shorter is a line of a table of contents
)

// Split finds the decisions in a text that holds several, such as a court's collection or a file of many judgments. A decision begins where a new head
// begins: the title of a collection with its number, or a number and a court with the formula or the heading of the act behind them. What stands
// before the first of several belongs to none. A text with one head, or none, is one decision.
func Split(text string) []Span {
	all, err := languages()
	if err != nil {
		return []Span{{0, len(text)}}
	}
	e := makeEven(text)
	var heads []head
	for _, l := range all {
		r := newReader(e, l)
		heads = append(heads, r.heads()...)
	}
	slices.SortStableFunc(heads, func(a, b head) int { return a.at - b.at })
	var spans []Span
	key := ""
	for _, h := range heads {
		if h.key == key {
			continue
		}
		at := e.span(h.at, h.at+1).Start
		if n := len(spans); n > 0 && at-spans[n-1].Start < shortestOne {
			spans = spans[:n-1]
		}
		key = h.key
		spans = append(spans, Span{Start: at})
	}
	if len(spans) < 2 {
		return []Span{{0, len(text)}}
	}
	for i := range spans {
		spans[i].End = len(text)
		if i+1 < len(spans) {
			spans[i].End = spans[i+1].Start
		}
	}
	return spans
}

// head is where a decision may begin.
type head struct {
	at  int // in the even text
	key string
}

func (r *reader) heads() (all []head) {
	for _, n := range r.numbers {
		if n.instance == Prosecution {
			continue
		}
		p := r.paragraph(n.from)
		if m, ok := r.first("head.new", Span{max(0, n.from-160), n.from}); ok && n.from-m.to < 40 {
			all = append(all, head{r.paragraph(m.from).Start, commonKey(n.key)})
			continue
		}
		lead := strings.Trim(r.low[p.Start:n.from], " .:-\"'")
		if len(lead) > 40 || n.from-p.Start > 60 {
			continue
		}
		if r.opening(n) {
			all = append(all, head{r.backToCourt(p.Start), commonKey(n.key)})
		}
	}
	return all
}

// opening says whether the parts of a head follow a number: the formula, or a court at the beginning of a paragraph and then the heading of the act.
func (r *reader) opening(n numberAt) bool {
	near := Span{n.to, min(len(r.low), n.to+headReach)}
	if len(r.within("head.people", Span{max(0, n.from-40), near.End})) > 0 {
		return true
	}
	court := false
	for _, field := range []string{"court.first", "court.appeal", "court.supreme"} {
		for _, m := range r.within(field, Span{max(0, n.from-200), near.End}) {
			court = court || r.startsParagraph(m.from)
		}
	}
	if !court {
		return false
	}
	_, act := r.heading("head.act", Span{n.to, min(len(r.low), n.to+actReach)})
	return act
}

// backToCourt is where the head begins that has its court or the formula above the number.
func (r *reader) backToCourt(at int) int {
	begin := at
	for _, field := range []string{"court.first", "court.appeal", "court.supreme", "head.people"} {
		for _, m := range r.within(field, Span{max(0, at-160), at}) {
			if p := r.paragraph(m.from); p.Start == m.from && p.Start < begin && r.distance(p.Start, at) <= 2 {
				begin = p.Start
			}
		}
	}
	return begin
}

// distance is how many paragraphs lie between two places.
func (r *reader) distance(a, b int) int {
	return sort.SearchInts(r.starts, b) - sort.SearchInts(r.starts, a)
}
