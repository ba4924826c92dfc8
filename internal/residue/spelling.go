package residue

import (
	"fmt"
	"html"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"fener/locale"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// A spelling is one way to write a letter: its bytes, and what form that is.
type spelling struct {
	bytes string
	form  Form
}

// A letter is one place of a word with all its spellings. A gap is what may
// stand between two words, any number of times or not at all.
type letter struct {
	spellings []spelling
	gap       bool
}

// A text is a letter in one of its shapes before it is encoded.
type text struct {
	s    string
	form Form
}

// markedLetters are the letters with marks that the languages of the region and
// their neighbours write, each of which somebody leaves out or puts in.
const markedLetters = "ëçčćšžđğıöüşâäéèáàíóúîôû"

// serbianLetters are those of the Serbian Cyrillic alphabet: a name that was
// typed without marks has several.
const serbianLetters = "абвгдђежзијклљмнњопрстћуфхцчџш"

// shapes are the ways in which a letter may stand: cases, marks, composed or not.
func shapes(r rune) []text {
	var out []text
	seen := map[string]bool{}
	add := func(s string, f Form) {
		if !seen[s] {
			seen[s] = true
			out = append(out, text{s, f})
		}
	}
	own := r
	cases := func(r rune, f Form) {
		for c := r; ; {
			g := f
			if unicode.IsUpper(c) != unicode.IsUpper(own) {
				g |= OtherCase
			}
			add(string(c), g)
			if apart := norm.NFD.String(string(c)); apart != string(c) {
				add(apart, g|Decomposed)
			}
			if c = unicode.SimpleFold(c); c == r {
				return
			}
		}
	}
	cases(r, 0)
	folded := locale.Fold(string(r))
	if !unicode.IsLetter(r) || folded == "" {
		return out
	}
	alphabet := markedLetters
	if unicode.Is(unicode.Cyrillic, r) {
		alphabet = serbianLetters
	} else if plain, n := utf8.DecodeRuneInString(folded); n == len(folded) {
		cases(plain, NoMarks)
	}
	for _, other := range alphabet {
		if locale.Fold(string(other)) == folded {
			cases(other, OtherMarks)
		}
	}
	if folded == "d" && !unicode.Is(unicode.Cyrillic, r) && unicode.ToLower(r) == 'đ' {
		for _, pair := range []string{"dj", "Dj", "DJ"} {
			add(pair, OtherMarks)
		}
	}
	return out
}

// gaps are what may stand between two words.
var gaps = []string{" ", "\t", "\n", "\r", "\u00a0", "\u2009", "\u202f", ".", ",", "_", "-"}

// escapedGaps are those that only bytes of text have.
var escapedGaps = []spelling{{"&nbsp;", EscapedHTML}, {"&#160;", EscapedHTML}, {"&#xa0;", EscapedHTML}, {"%20", EscapedPercent}, {"+", EscapedPercent}, {"%0A", EscapedPercent},
	{`\n`, EscapedJSON}, {`\r`, EscapedJSON}, {`\t`, EscapedJSON}, {`\u00a0`, EscapedJSON}, {"=20", EscapedMail}, {"=\n", EscapedMail}, {"=\r\n", EscapedMail}}

// An encoding makes bytes of a shape; ok is false where it has none for it.
type encoding struct {
	form    Form
	escapes bool
	bytes   func(s string) (b string, ok bool)
}

// encodings are the ways to write whole texts. The old code pages are those
// that Albanian, Serbian and Western European texts came in.
func encodings() []encoding {
	all := []encoding{
		{0, true, func(s string) (string, bool) { return s, true }},
		{UTF16LE, false, func(s string) (string, bool) { return wide(s, 0, 8), true }},
		{UTF16BE, false, func(s string) (string, bool) { return wide(s, 8, 0), true }},
	}
	for _, page := range []*charmap.Charmap{charmap.Windows1250, charmap.Windows1251, charmap.Windows1252, charmap.ISO8859_2, charmap.ISO8859_5, charmap.CodePage852} {
		all = append(all, encoding{CodePage, false, func(s string) (string, bool) {
			var b strings.Builder
			for _, r := range s {
				c, ok := page.EncodeRune(r)
				if !ok {
					return "", false
				}
				b.WriteByte(c)
			}
			return b.String(), true
		}})
	}
	return all
}

func wide(s string, first, second int) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		b.WriteByte(byte(u >> first))
		b.WriteByte(byte(u >> second))
	}
	return b.String()
}

// letterOf is a letter of a word in an encoding; ok is false where the encoding
// cannot write it at all.
func letterOf(r rune, e *encoding) (l letter, ok bool) {
	if r == ' ' {
		l.gap = true
		for _, g := range gaps {
			if b, ok := e.bytes(g); ok {
				l.spellings = append(l.spellings, spelling{b, 0})
			}
		}
		if e.escapes {
			l.spellings = append(l.spellings, escapedGaps...)
		}
		return l, true
	}
	for _, t := range shapes(r) {
		if b, ok := e.bytes(t.s); ok {
			l.spellings = append(l.spellings, spelling{b, t.form})
		}
		if e.escapes {
			l.spellings = append(l.spellings, escapes(t)...)
		}
	}
	return l, len(l.spellings) > 0
}

// escapes are the ways in which programs write a shape that is not plain ASCII
// letters and digits.
func escapes(t text) []spelling {
	var out []spelling
	add := func(form Form, one func(r rune) string) {
		var b strings.Builder
		changed := false
		for _, r := range t.s {
			if r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
				b.WriteRune(r)
				continue
			}
			e := one(r)
			if e == "" {
				return
			}
			changed = true
			b.WriteString(e)
		}
		if changed {
			out = append(out, spelling{b.String(), t.form | form})
		}
	}
	for _, format := range []string{`\u%04x`, `\u%04X`} {
		add(EscapedJSON, func(r rune) string {
			var b strings.Builder
			for _, u := range utf16.Encode([]rune{r}) {
				fmt.Fprintf(&b, format, u)
			}
			return b.String()
		})
	}
	for _, format := range []string{"&#%d;", "&#x%x;", "&#x%X;"} {
		add(EscapedHTML, func(r rune) string { return fmt.Sprintf(format, r) })
	}
	add(EscapedHTML, func(r rune) string { return entities[r] })
	for format, form := range map[string]Form{"%%%02X": EscapedPercent, "%%%02x": EscapedPercent, "=%02X": EscapedMail} {
		add(form, func(r rune) string {
			var b strings.Builder
			for _, c := range []byte(string(r)) {
				fmt.Fprintf(&b, format, c)
			}
			return b.String()
		})
	}
	return out
}

// entities are the names that HTML has for letters with marks and for signs in names.
var entities = func() map[rune]string {
	m := map[rune]string{}
	for base := 'A'; base <= 'z'; base++ {
		for _, mark := range []string{"uml", "cedil", "acute", "grave", "circ", "caron", "breve", "tilde", "ring", "strok", "slash"} {
			name := "&" + string(base) + mark + ";"
			if s := []rune(html.UnescapeString(name)); len(s) == 1 {
				m[s[0]] = name
			}
		}
	}
	for r, name := range map[rune]string{'ı': "&imath;", '&': "&amp;", '\'': "&apos;", '"': "&quot;", '’': "&rsquo;"} {
		m[r] = name
	}
	return m
}()
