package law

import (
	"fmt"
	"regexp"
	"strings"
)

// Ref names a place in a law: an instrument (may be empty, when the dates are
// to tell), an article and a paragraph (may be empty). Paragraphs keep the
// gazette's own numbering, so Article 165, paragraph 4.1 is {"…", "165", "4.1"}.
type Ref struct {
	Instrument, Article, Paragraph string
}

// String writes the reference as the project does everywhere:
// "06/L-074:165(1)", or "165(1)" without an instrument.
func (r Ref) String() string {
	s := r.Article
	if r.Paragraph != "" {
		s += "(" + r.Paragraph + ")"
	}
	if r.Instrument != "" {
		s = r.Instrument + ":" + s
	}
	return s
}

// IsZero reports whether the reference names nothing.
func (r Ref) IsZero() bool { return r == Ref{} }

var (
	shortRef = regexp.MustCompile(`^(\d{1,3}[a-z]?)\s*(?:\(([^()]+)\)|[/.,]\s*([\d.]+))?$`)
	longRef  = regexp.MustCompile(`(?i)^(?:articles?|arts?|neni|nenit|nenin|neneve|član|clan|člana|clana|čl|cl|члан|члана|чл)\.?\s*(\d{1,3}[a-z]?)\.?\s*(?:\(([^()]+)\)|[,\s]*(?:paragraph|para|par|paragrafi|paragrafit|paragrafin|stav|stava|st|став|става|ст)\.?\s*([\d.]*\d)\.?)?(?:[,\s]+(?:sub-?paragraph|sub-?par|nën-?paragrafi|nen-?paragrafi|nën-?par|pika|tačka|tacka|тачка|point)\.?\s*([\d.]*\d)\.?)?(.*)$`)
	// lawNumber finds a law's number, or the one abbreviation that names a single
	// code, in what follows a reference. KPRK, CCRK and KZRK stand for the codes
	// of 2012 and 2019 alike, so they name none and the dates decide.
	lawNumber = regexp.MustCompile(`(?i)\b(?:\d{2}/L-\d{1,3}|(?:UNMIK/)?(?:REG/)?\d{4}/\d{1,2}|PCCK|KPPK|PKPK)\b`)
)

// ParseRef reads a reference as it is written in codes, judgments and reports:
// "06/L-074:165(1)", "165(4.1)", "Art. 165 par. 1", "Article 165, paragraph 1",
// "neni 165 paragrafi 1", "član 165 stav 1", "члан 165 став 1". What follows a
// long form names the instrument. ok is false when the text is not a reference.
func ParseRef(s string) (ref Ref, ok bool) {
	t := strings.Join(strings.Fields(s), " ")
	if law, rest, found := cutInstrument(t); found {
		ref.Instrument, t = law, rest
	}
	if m := shortRef.FindStringSubmatch(t); m != nil {
		ref.Article, ref.Paragraph = m[1], cleanParagraph(m[2]+m[3])
		return ref, true
	}
	m := longRef.FindStringSubmatch(t)
	if m == nil {
		return Ref{}, false
	}
	ref.Article, ref.Paragraph = m[1], cleanParagraph(m[2]+m[3])
	if sub := cleanParagraph(m[4]); sub != "" {
		if strings.Contains(sub, ".") || ref.Paragraph == "" {
			ref.Paragraph = sub
		} else {
			ref.Paragraph += "." + sub
		}
	}
	if tail := strings.TrimSpace(m[5]); tail != "" && ref.Instrument == "" {
		ref.Instrument = lawNumber.FindString(tail)
	}
	return ref, true
}

// joinedParagraphs tells several paragraphs in one pair of brackets from one.
var joinedParagraphs = regexp.MustCompile(`^\d[\d.]*\s*(?:,|-|dhe|e|i|and|&|и)\s*\d`)

// shortReference reads the project's own way of writing one place, and nothing
// around it: 06/L-074:165(1), 165/1, 165.
func shortReference(s string) (Ref, bool) {
	t := strings.Join(strings.Fields(s), " ")
	var ref Ref
	if law, rest, found := cutInstrument(t); found {
		ref.Instrument, t = law, rest
	}
	m := shortRef.FindStringSubmatch(t)
	if m == nil || joinedParagraphs.MatchString(m[2]) {
		return Ref{}, false
	}
	ref.Article, ref.Paragraph = m[1], cleanParagraph(m[2]+m[3])
	return ref, true
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

// mustRef is for references that a pack file wrote; the error names the text.
func packRef(s string) (Ref, error) {
	r, ok := ParseRef(s)
	if !ok {
		return Ref{}, fmt.Errorf("%q is not a reference: expected an article and a paragraph such as 165(1)", s)
	}
	return r, nil
}
