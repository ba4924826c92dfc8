package reading

import (
	"slices"
	"sort"
	"strings"

	"golang.org/x/text/unicode/norm"

	"fener/locale"
)

// reader holds what was found in one text while it is put together.
type reader struct {
	*even
	lang     *language
	mentions []mention            // in order
	byField  map[string][]mention // in order
	numbers  []numberAt
	dates    []dateAt
	names    []nameAt
	special  map[string]Instance // registers that mean something else in this text
	people   []personAt
	masked   []Span // places in the even text whose amounts are none of a sentence
	layout   layout
}

func newReader(e *even, l *language) *reader {
	r := &reader{even: e, lang: l, byField: map[string][]mention{}}
	r.mentions = l.scan(e)
	for _, m := range r.mentions {
		r.byField[m.rule.Field] = append(r.byField[m.rule.Field], m)
	}
	for word, meaning := range l.Where {
		if strings.Contains(e.low, word) {
			r.special = meaning
		}
	}
	r.names = r.findNames()
	r.dates = r.findDates()
	r.numbers = r.findNumbers()
	return r
}

func (r *reader) of(field string) []mention { return r.byField[field] }

// within are the mentions of a field in a piece of the text.
func (r *reader) within(field string, s Span) []mention {
	all := r.byField[field]
	i := sort.Search(len(all), func(i int) bool { return all[i].from >= s.Start })
	k := i + sort.Search(len(all)-i, func(k int) bool { return all[i+k].from >= s.End })
	return all[i:k]
}

// first is the first mention of a field in a piece of the text.
func (r *reader) first(field string, s Span) (mention, bool) {
	if all := r.within(field, s); len(all) > 0 {
		return all[0], true
	}
	return mention{}, false
}

// quote is clean[from:to] as it stands in the original, with full names reduced to initials.
func (r *reader) quote(from, to int) Quote {
	s := r.span(from, to)
	text := r.original[s.Start:s.End]
	if len(r.names) > 0 {
		text = r.withoutNames(from, to)
	}
	return Quote{Text: strings.ToValidUTF8(text, "?"), Span: s}
}

// written is clean[from:to] in the original's letters, with single spaces.
func (r *reader) written(from, to int) string {
	q := r.quote(from, to)
	return norm.NFC.String(locale.Latin(strings.Join(strings.Fields(unhyphen(q.Text)), " "))) // values are in Latin letters, quotations as they stand
}

// unhyphen closes words that were divided at the end of a line, as join does.
func unhyphen(s string) string {
	if !strings.Contains(s, "-\n") {
		return s
	}
	var b strings.Builder
	for {
		before, after, found := strings.Cut(s, "-\n")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		if n := len(before); n > 0 && isUpper(before[n-1]) {
			b.WriteByte('-')
		}
		s = strings.TrimLeft(after, " \t")
	}
}

// value makes a value from a mention's words.
func value[T any](r *reader, v T, rule string, from, to int) Value[T] {
	return Value[T]{Value: v, Quote: r.quote(from, to), Rule: rule, Sure: true}
}

const longestSentence = 4000 // bytes looked back for where a sentence begins

// sentenceStart is where the sentence or paragraph that holds i begins.
func (r *reader) sentenceStart(i int) int {
	k := sort.SearchInts(r.starts, i+1) - 1
	from := 0
	if k >= 0 {
		from = r.starts[k]
	}
	for j := i - 1; j > max(from+1, i-longestSentence); j-- {
		if r.low[j] == ' ' && r.endsSentence(j-1) {
			return j + 1
		}
	}
	return max(from, i-longestSentence)
}

// endsSentence says whether the sign at i ends a sentence: a full stop behind a word of three letters or more that is not an abbreviation, and
// a capital behind it.
func (r *reader) endsSentence(i int) bool {
	if r.low[i] != '.' && r.low[i] != ';' {
		return false
	}
	if r.low[i] == ';' {
		return true
	}
	if i+2 >= len(r.clean) || !isUpper(r.clean[i+2]) && r.clean[i+2] != '"' {
		return false
	}
	n := i
	for n > 0 && isLetter(r.low[n-1]) {
		n--
	}
	word := r.low[n:i]
	return len(word) >= 4 || len(word) == 3 && !slices.Contains([]string{"par", "tac", "god", "mld", "adv", "sec", "art"}, word) ||
		len(word) == 0 && i > 0 && (isDigit(r.low[i-1]) || r.low[i-1] == ')' || r.low[i-1] == '"')
}

// paragraph is the place of the paragraph that holds i.
func (r *reader) paragraph(i int) Span {
	k := sort.SearchInts(r.starts, i+1)
	s := Span{0, len(r.low)}
	if k > 0 {
		s.Start = r.starts[k-1]
	}
	if k < len(r.starts) {
		s.End = r.starts[k]
	}
	return s
}

// startsParagraph says whether a paragraph begins at i, or just before it behind a number or a letter of a list.
func (r *reader) startsParagraph(i int) bool {
	s := r.paragraph(i)
	lead := strings.Trim(r.low[s.Start:i], " .-)(\"'")
	return len(lead) <= 4 && !strings.Contains(lead, " ")
}
