package law

import (
	"fmt"
	"regexp"
	"strings"
)

// Ref names a place in a law: an instrument (may be empty, when the dates are
// to tell), an article and a paragraph (may be empty). Paragraphs keep the
// gazette's own numbering, so Article 165, paragraph 4.1 is {"…", "165", "4.1"};
// a paragraph that a pack's own form takes whole keeps its marks, as in
// {"…", "1591", "(b)(1)"}, where it has several of them.
type Ref struct {
	Instrument, Article, Paragraph string
}

// String writes the reference as the project does everywhere:
// "06/L-074:165(1)", or "165(1)" without an instrument.
func (r Ref) String() string {
	s := r.Article
	switch {
	case strings.HasPrefix(r.Paragraph, "("):
		s += r.Paragraph
	case r.Paragraph != "":
		s += "(" + r.Paragraph + ")"
	}
	if r.Instrument != "" {
		s = r.Instrument + ":" + s
	}
	return s
}

// IsZero reports whether the reference names nothing.
func (r Ref) IsZero() bool { return r == Ref{} }

// References says how a jurisdiction's law is cited, beyond the words for
// article and paragraph that the program knows in its languages. The parts are
// regular expressions for one article's number, for a paragraph as it stands
// behind it, and for the numbers and short names of laws.
type References struct {
	Article   string   `yaml:"article"`   // such as \d{1,3}(?:/[a-z])?; empty: \d{1,3}[a-z]?
	Paragraph string   `yaml:"paragraph"` // such as (?:\([a-z0-9]+\))+, taken whole; empty: (1), /1 and the words
	Words     []string `yaml:"words"`     // before an article, beside Article, neni and član
	Laws      []string `yaml:"laws"`      // as they stand before or behind a place
	Cite      Names    `yaml:"cite"`      // such as {en: "section {article}{paragraph}"}; empty: Article 165, paragraph 1

	forms *refForms
}

// refForms are the compiled forms of a reference.
type refForms struct {
	short, long, law, lawFirst *regexp.Regexp
	scan                       *regexp.Regexp // every place in a text; nil where the pack declares no forms
	whole                      bool           // the pack takes a paragraph whole
}

const (
	nothing       = `([^\x00-\x{10FFFF}])` // a group that matches nothing
	articleForm   = `\d{1,3}[a-z]?`
	paragraphWord = `paragraphs?|paras?|par|paragrafi|paragrafit|paragrafin|stav|stava|st|став|става|ст`
	articleWord   = `articles?|arts?|neni|nenit|nenin|neneve|član|clan|člana|clana|čl|cl|члан|члана|чл`
)

// plainForms are those of a pack that declares none.
var plainForms = mustForms(&References{})

func mustForms(r *References) *refForms {
	forms, err := r.compile()
	if err != nil {
		panic(err)
	}
	return forms
}

// compile builds the forms. It errors on an expression that cannot be read, or
// that holds a group of its own.
func (r *References) compile() (*refForms, error) {
	parts := map[string]string{"article": r.Article, "paragraph": r.Paragraph}
	for i, l := range r.Laws {
		parts[fmt.Sprintf("laws[%d]", i)] = l
	}
	for place, part := range parts {
		re, err := regexp.Compile(part)
		switch {
		case err != nil:
			return nil, placedError{place, fmt.Errorf("%q is no regular expression: %w", part, err)}
		case re.NumSubexp() > 0:
			return nil, placedError{place, fmt.Errorf("%q holds a group: write (?:...) for (...), and \\( for a parenthesis", part)}
		case part != "" && re.MatchString(""):
			return nil, placedError{place, fmt.Errorf("%q matches nothing at all: an expression must need a letter or a digit", part)}
		}
	}
	article, words := articleForm, articleWord
	if r.Article != "" {
		article = r.Article
	}
	for _, w := range r.Words {
		words += "|" + regexp.QuoteMeta(w)
	}
	behind, own := `\(([^()]+)\)`, `()`
	if r.Paragraph != "" {
		own = `((?:` + r.Paragraph + `))`
	}
	laws := nothing
	if len(r.Laws) > 0 {
		laws = `(?:^|[^\pL\d])((?:` + strings.Join(r.Laws, "|") + `))(?:[^\pL\d]|$)`
	}
	f := &refForms{whole: r.Paragraph != ""}
	paragraph := `(?:` + own + `|` + behind + `|[/.,]\s*([\d.]+))?`
	if !f.whole {
		paragraph = `(?:` + behind + `|[/.,]\s*([\d.]+)` + own + `)?`
	}
	f.short = regexp.MustCompile(`(?i)^(` + article + `)\s*` + paragraph + `$`)
	long := behind + `|[,\s]*(?:` + paragraphWord + `)\.?\s*([\d.]*\d)\.?`
	if f.whole {
		long = own + `|` + long
	} else {
		long += own
	}
	f.long = regexp.MustCompile(`(?i)^(?:` + words + `)\.?\s*(` + article + `)\.?\s*(?:` + long + `)?` +
		`(?:[,\s]+(?:sub-?paragraph|sub-?par|nën-?paragrafi|nen-?paragrafi|nën-?par|pika|tačka|tacka|тачка|point)\.?\s*([\d.]*\d)\.?)?(.*)$`)
	if r.Article != "" || r.Paragraph != "" {
		taken := own
		if !f.whole {
			taken = nothing // an empty group would be taken before any paragraph
		}
		f.scan = regexp.MustCompile(`(?i)(?:((?:^|[^\pL\d])(?:` + words + `)\.?\s*)|(?:^|[^\pL\d./]))(` + article + `)\s*(?:` + taken + `|` + behind + `|[,\s]*(?:` + paragraphWord + `)\.?\s*([\d.]*\d))?(?:[^\pL\d]|$)`)
	}
	f.law = regexp.MustCompile(`(?i)` + laws)
	f.lawFirst = regexp.MustCompile(`(?i)^` + strings.TrimPrefix(laws, `(?:^|[^\pL\d])`))
	return f, nil
}

// placedError is an error at one key of a shape.
type placedError struct {
	place string
	error
}

// ParseRef reads a reference as it is written in codes, judgments and reports:
// "06/L-074:165(1)", "165(4.1)", "Art. 165 par. 1", "Article 165, paragraph 1",
// "neni 165 paragrafi 1", "član 165 stav 1", "члан 165 став 1". The numbers of
// laws and forms of a jurisdiction's own are known to its pack alone: see
// Pack.ParseRef. ok is false when the text is not a reference.
func ParseRef(s string) (ref Ref, ok bool) { return plainForms.parse(s) }

// ParseRef reads a reference as ParseRef does, and in the forms that the pack
// declares. A law's number or short name before the place or behind it names
// the instrument. A nil pack declares nothing.
func (p *Pack) ParseRef(s string) (ref Ref, ok bool) { return p.refForms().parse(s) }

func (p *Pack) refForms() *refForms {
	if p == nil || p.References.forms == nil {
		return plainForms
	}
	return p.References.forms
}

// canonical is what Ref.String writes behind the instrument's colon, whatever
// a jurisdiction's articles look like.
var canonical = regexp.MustCompile(`^([\pL\d][\pL\d./-]*)((?:\([^()]+\))*)$`)

func (f *refForms) parse(s string) (ref Ref, ok bool) {
	t := f.tidy(s)
	if law, rest, found := cutInstrument(t); found {
		ref.Instrument, t = law, rest
		if m := canonical.FindStringSubmatch(rest); m != nil && strings.Count(m[2], "(") != 1 && !f.short.MatchString(rest) {
			return Ref{law, m[1], m[2]}, true
		}
	} else if law, rest, found := f.cutLaw(t); found {
		ref.Instrument, t = law, rest
	}
	if m := f.short.FindStringSubmatch(t); m != nil {
		ref.Article, ref.Paragraph = m[1], f.paragraph(m[2]+m[3]+m[4])
		return ref, true
	}
	m := f.long.FindStringSubmatch(t)
	if m == nil {
		return Ref{}, false
	}
	ref.Article, ref.Paragraph = m[1], f.paragraph(m[2]+m[3]+m[4])
	if sub := cleanParagraph(m[5]); sub != "" {
		if strings.Contains(sub, ".") || ref.Paragraph == "" {
			ref.Paragraph = sub
		} else {
			ref.Paragraph += "." + sub
		}
	}
	if tail := strings.TrimSpace(m[6]); tail != "" && ref.Instrument == "" {
		if law := f.law.FindStringSubmatch(tail); law != nil {
			ref.Instrument = law[1]
		}
	}
	return ref, true
}

// joinedParagraphs tells several paragraphs in one pair of brackets from one.
var joinedParagraphs = regexp.MustCompile(`^\d[\d.]*\s*(?:,|-|dhe|e|i|and|&|и)\s*\d`)

// shortReference reads the project's own way of writing one place, and nothing
// around it: 06/L-074:165(1), 165/1, 165; and a place in the pack's own form.
func (p *Pack) shortReference(s string) (Ref, bool) {
	f := p.refForms()
	t := f.tidy(s)
	var ref Ref
	if law, rest, found := cutInstrument(t); found {
		ref.Instrument, t = law, rest
	} else if law, rest, found := f.cutLaw(t); found {
		ref.Instrument, t = law, rest
	}
	m := f.short.FindStringSubmatch(t)
	if m == nil || joinedParagraphs.MatchString(m[2]) {
		return Ref{}, false
	}
	ref.Article, ref.Paragraph = m[1], f.paragraph(m[2]+m[3]+m[4])
	return ref, true
}

// findLaw is where the number or short name of a law stands in a text; nil if
// nowhere.
func (f *refForms) findLaw(text string) []int {
	if m := f.law.FindStringSubmatchIndex(text); m != nil {
		return m[2:4]
	}
	return nil
}

// cutLaw splits "18 U.S.C. 1591(a)" behind the law's number or short name.
func (f *refForms) cutLaw(t string) (law, rest string, ok bool) {
	m := f.lawFirst.FindStringSubmatchIndex(t)
	if m == nil || m[3] >= len(t) {
		return "", "", false
	}
	return t[m[2]:m[3]], strings.TrimLeft(t[m[3]:], " ,"), true
}

// tidy puts one space where several stand, and none between the groups of a
// paragraph that the pack takes whole.
func (f *refForms) tidy(s string) string {
	t := strings.Join(strings.Fields(s), " ")
	if f.whole {
		t = strings.ReplaceAll(t, ") (", ")(")
	}
	return t
}

// betweenPlaces is what stands between two places of one citation.
var betweenPlaces = regexp.MustCompile(`(?i)^(?:[\s,;&]|and|or|dhe|ose|i|e|ili|§)*$`)

// ownCitations finds the places cited in a text in the forms that the pack
// declares itself: "18 U.S.C. §§ 1591(a)(1) and 1594(c)". A bare number counts
// only at the start, behind a word for articles, with a paragraph, or behind
// another place; nil for a pack that declares no forms.
func (p *Pack) ownCitations(text string) (found []cited) {
	f := p.refForms()
	if f.scan == nil {
		return nil
	}
	t := f.tidy(text)
	instrument := ""
	if m := f.law.FindStringSubmatchIndex(t); m != nil {
		instrument = t[m[2]:m[3]]
		t = strings.TrimLeft(t[:m[2]]+t[m[3]:], " ,")
	}
	last := -1 // where the place before ended
	for _, m := range f.scan.FindAllStringSubmatchIndex(t, -1) {
		part := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return t[m[2*i]:m[2*i+1]]
		}
		paragraph := part(3) + part(4) + part(5)
		if part(1) == "" && paragraph == "" && m[4] != 0 && (last < 0 || !betweenPlaces.MatchString(t[last:m[4]])) {
			continue
		}
		last = m[1]
		connected := false
		before := foldWords(t[:m[0]])
		for _, phrase := range connecting {
			connected = connected || strings.HasSuffix(before, phrase)
		}
		found = append(found, cited{Ref{instrument, part(2), f.paragraph(paragraph)}, connected})
	}
	return found
}

// paragraph cleans a paragraph. One group in parentheses loses them; several,
// as in (b)(1), keep them.
func (f *refForms) paragraph(s string) string {
	if !f.whole || !strings.HasPrefix(strings.TrimSpace(s), "(") {
		return cleanParagraph(s)
	}
	s = strings.Join(strings.Fields(s), "")
	if inner := strings.TrimSuffix(s[1:], ")"); !strings.ContainsAny(inner, "()") {
		return inner
	}
	return s
}

// cutInstrument splits "06/L-074:165(1)" at its colon.
func cutInstrument(t string) (law, rest string, ok bool) {
	i := strings.LastIndexByte(t, ':')
	if i <= 0 || i == len(t)-1 {
		return "", "", false
	}
	return strings.TrimSpace(t[:i]), strings.TrimSpace(t[i+1:]), true
}

func cleanParagraph(s string) string {
	return strings.Trim(strings.TrimSpace(s), ".")
}

// packRef is for references that a pack file wrote; the error names the text.
func (p *Pack) packRef(s string) (Ref, error) {
	r, ok := p.ParseRef(s)
	if !ok || r.Instrument != "" {
		return Ref{}, fmt.Errorf("%q is not a reference: expected an article and a paragraph such as 165(1), or the form that references: of pack.yaml declares", s)
	}
	return r, nil
}
