package reading

import (
	"slices"
	"strings"
)

// offenceAt is an offence with its article, as a text cites it.
type offenceAt struct {
	from, to int
	count    Count
	point    string // the point of the operative part named beside it
	known    bool   // "for the offence under point II": no article of its own
	times    int    // "two offences of"
	charge   bool   // that of the charge, not of the conviction
}

// offences finds the articles cited as those of an offence in a piece of the text.
func (r *reader) offences(s Span) (all []offenceAt) {
	for _, m := range r.within("article", s) {
		if o, ok := r.offence(m, s); ok {
			all = append(all, o)
		}
	}
	for _, m := range r.within("point", s) {
		from, to := m.group("value")
		before := r.low[max(s.Start, m.from-30):m.from]
		inside := slices.ContainsFunc(all, func(o offenceAt) bool { return m.from >= o.from && m.from < o.to })
		if !inside && (m.rule.Value == "refers" || strings.Contains(before, "vepr") || strings.HasSuffix(before, "per ") || strings.Contains(before, "djel")) {
			all = append(all, offenceAt{from: m.from, to: m.to, point: pointOf(r.low[from:to]), known: true})
		}
	}
	slices.SortFunc(all, func(a, b offenceAt) int { return a.from - b.from })
	return all
}

// offence reads a citation: the article, the first paragraph, the law, and the offence in words before it. Laws of procedure hold no offences.
func (r *reader) offence(m mention, s Span) (offenceAt, bool) {
	for _, k := range r.within("related", Span{max(0, m.from-160), m.from}) {
		if k.to > m.from {
			return offenceAt{}, false // an article of the general part, cited with the one before
		}
	}
	from, to := m.group("art")
	o := offenceAt{from: m.from, to: m.to, times: 1}
	o.count.Article = value(r, r.low[from:to], m.rule.ID, from, to)
	for _, g := range []string{"par", "par2"} {
		if from, to := m.group(g); from >= 0 {
			o.count.Paragraph = value(r, r.low[from:to], m.rule.ID, from, to)
		}
	}
	law, end := r.code(m.to, min(s.End, m.to+160))
	if law != nil {
		o.to = end
		if law.Procedure {
			return o, false
		}
		name := law.Value
		if name == "ligj" {
			if k, ok := r.first("related", Span{r.codeFrom(m.to), end}); ok {
				end = k.from
				for end > m.to && r.low[end-1] == ' ' {
					end--
				}
			}
			name = r.written(r.codeFrom(m.to), end)
		}
		o.count.Code = value(r, name, r.lang.Language+".code", r.codeFrom(m.to), end)
	}
	if !r.words(&o, s) {
		return o, false
	}
	r.forms(&o, m, law)
	if p, ok := r.first("point", Span{o.to, min(s.End, o.to+24)}); ok && p.rule.Value != "refers" {
		from, to := p.group("value")
		o.point = pointOf(r.low[from:to])
		o.to = p.to
	}
	return o, true
}

func pointOf(s string) string { return strings.Trim(strings.ToLower(s), " .,") }

// code is the law named behind an article: directly, or behind further paragraphs and articles that belong to the same citation.
func (r *reader) code(at, end int) (*code, int) {
	from := r.codeFrom(at)
	if from >= end {
		return nil, 0
	}
	for i := range r.lang.Codes {
		c := &r.lang.Codes[i]
		if loc := c.re.FindStringIndex(r.low[from:min(len(r.low), from+130)]); loc != nil {
			return c, from + loc[1]
		}
	}
	return nil, 0
}

// codeFrom is where the law's name begins behind a citation.
func (r *reader) codeFrom(at int) int {
	if at >= len(r.low) {
		return at
	}
	return at + r.lang.tail.FindStringIndex(r.low[at:min(len(r.low), at+160)])[1]
}

const longName = 130 // bytes that names of offences rarely go beyond

// words finds the offence in words before its citation. It is false where nothing says that an offence is cited.
func (r *reader) words(o *offenceAt, s Span) bool {
	from := max(s.Start, o.from-260)
	text := r.low[from:o.from]
	lead := -1
	for _, m := range r.within("offence.lead", Span{from, o.from}) {
		lead, o.times = m.to, 1
		o.charge = false
		for _, c := range r.within("charged", Span{max(0, m.from-160), m.to}) {
			o.charge = o.charge || c.to >= m.to-4 && c.from < m.from && c.to <= m.to+4
		}
		if n := m.group2(r, "times"); n != "" {
			if v, ok := r.lang.numeral(n); ok && v > 1 && v < 20 {
				o.times = v
			}
		}
	}
	open := strings.LastIndexByte(strings.TrimRight(text, " ,\""), '"')
	closed := strings.HasSuffix(strings.TrimRight(text, " ,"), "\"")
	switch {
	case closed && open >= 0 && len(text)-open < 140:
		a, b := from+open+1, from+len(strings.TrimRight(text, " ,\""))
		o.count.Offence = value(r, r.written(a, b), r.lang.Language+".offence.quoted", a, b)
		o.from = a
		return true
	case lead >= 0:
		a, b := lead, o.from
		for a < b && strings.IndexByte(" :,-\"'", r.low[a]) >= 0 {
			a++
		}
		for b > a && strings.IndexByte(" :,-\"'", r.low[b-1]) >= 0 {
			b--
		}
		if len(r.within("article", Span{a, b})) > 0 { // "... and Y under article 32": the words behind the last citation and its "and"
			if a = r.lastArticle(a, b); a < 0 {
				return false
			}
		}
		a, b = r.trim(a, b)
		if _, other := r.first("offence.not", Span{a, b}); other || b-a > 200 {
			return false
		}
		if b > a {
			o.count.Offence = value(r, r.written(a, b), r.lang.Language+".offence", a, b)
			o.from = a
			if b-a > longName {
				o.count.Offence.doubt("it is longer than names of offences are")
			}
		} else {
			o.count.Article.doubt("no offence is named before it")
		}
		return true
	}
	return false
}

// group2 is the text of a named group.
func (m mention) group2(r *reader, name string) string {
	from, to := m.group(name)
	if from < 0 {
		return ""
	}
	return r.low[from:to]
}

// lastArticle is where a citation ends that stands between a and b, behind its law and the word that joins the next offence to it; -1 where no
// such word stands there.
func (r *reader) lastArticle(a, b int) int {
	at := a
	for _, m := range r.within("article", Span{a, b}) {
		at = m.to
		if _, end := r.code(m.to, min(b, m.to+160)); end > 0 {
			at = end
		}
	}
	if m, ok := r.first("join", Span{at, b}); ok && m.from-at < 40 {
		return m.to
	}
	return -1
}

// trim leaves out the words for forms and fillers around an offence's name.
func (r *reader) trim(a, b int) (int, int) {
	for {
		before := a
		for _, m := range r.within("offence.skip", Span{a, a + 1}) {
			a = min(b, m.to)
		}
		for a < b && strings.IndexByte(" :,-\"'", r.low[a]) >= 0 {
			a++
		}
		if a == before {
			break
		}
	}
	for _, m := range r.within("offence.stop", Span{a, b}) {
		if m.from > a+3 {
			b = m.from
			break
		}
	}
	for b > a && strings.IndexByte(" :,-\"'(", r.low[b-1]) >= 0 {
		b--
	}
	return a, b
}

// forms finds forms in the words around an offence and in the articles of the general part cited with it.
func (r *reader) forms(o *offenceAt, m mention, law *code) {
	add := func(v Value[Form]) {
		for _, f := range o.count.Forms {
			if f.Value == v.Value {
				return
			}
		}
		o.count.Forms = append(o.count.Forms, v)
	}
	for _, f := range r.within("form", Span{max(0, o.from-70), o.to}) {
		if f.to < o.from && strings.ContainsAny(r.low[f.to:o.from], ".;") {
			continue
		}
		if f.to < o.from && len(r.within("article", Span{f.to, o.from})) > 0 {
			continue // the form of the offence before
		}
		add(value(r, Form(f.rule.Value), f.rule.ID, f.from, f.to))
	}
	for _, f := range r.within("form", Span{o.to, o.to + 30}) { // "..., in co-perpetration under article 31"
		if !strings.ContainsAny(r.low[o.to:f.from], ".;:") && !strings.Contains(r.low[o.to:f.from], "dhe ") && len(r.within("join", Span{o.to, f.from})) == 0 {
			add(value(r, Form(f.rule.Value), f.rule.ID, f.from, f.to))
		}
	}
	if law == nil || len(law.Forms) == 0 {
		return
	}
	for _, a := range r.within("related", Span{m.from, o.to}) {
		from, to := a.group("list")
		for i := from; i < to; i++ {
			if !isDigit(r.low[i]) || i > from && (isDigit(r.low[i-1]) || r.low[i-1] == '.') {
				continue
			}
			n, end := 0, i
			for end < to && isDigit(r.low[end]) {
				n = n*10 + int(r.low[end]-'0')
				end++
			}
			if form, ok := law.Forms[n]; ok {
				add(value(r, Form(form), r.lang.Language+".form.article", i, end))
			}
		}
	}
}
