package locale

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold brings a text to the one form in which words are searched, for the
// index and for the query alike: small letters, Cyrillic in Latin, đ and dj as
// d, every other letter without its marks (ë e, ç c, š s, ž z, č and ć c).
// "Ђорђе", "Đorđe" and "Djordje" are one, as are "Gjykatë" and "gjykate".
// Folding twice changes nothing. A text already folded comes back unchanged.
func Fold(s string) string {
	start := foldedPrefix(s)
	if start == len(s) {
		return s
	}
	f := folder{buf: make([]byte, 0, len(s)+len(s)/8)}
	f.buf = append(f.buf, s[:start]...)
	for i := start; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			f.ascii(c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		f.rune(r)
		i += n
	}
	return string(f.buf)
}

// foldedPrefix is how much of s is folded already: ASCII, no capitals, no dj.
func foldedPrefix(s string) int {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf || c >= 'A' && c <= 'Z' || c == 'j' && i > 0 && s[i-1] == 'd' {
			return i
		}
	}
	return len(s)
}

type folder struct{ buf []byte }

func (f *folder) ascii(c byte) {
	if c >= 'A' && c <= 'Z' {
		c += 'a' - 'A'
	}
	if c == 'j' && len(f.buf) > 0 && f.buf[len(f.buf)-1] == 'd' {
		return // dj is one way to type đ
	}
	f.buf = append(f.buf, c)
}

func (f *folder) rune(r rune) {
	if r < foldTableEnd {
		if to := foldTable[r]; to != "" {
			f.text(to)
			return
		}
	}
	if unicode.In(r, unicode.Mn, unicode.Cf) {
		return // marks, and signs without width such as the soft hyphen
	}
	f.decomposed(r)
}

func (f *folder) text(s string) {
	for i := 0; i < len(s); i++ {
		f.ascii(s[i])
	}
}

// decomposed writes the letters that a rare sign is made of: ﬁ is f and i.
func (f *folder) decomposed(r rune) {
	var in, out [64]byte // the longest decomposition has 18 letters
	parts := norm.NFKD.Append(out[:0], in[:utf8.EncodeRune(in[:], r)]...)
	for len(parts) > 0 {
		p, n := utf8.DecodeRune(parts)
		parts = parts[n:]
		p = unicode.ToLower(p)
		switch {
		case p < utf8.RuneSelf:
			f.ascii(byte(p))
		case p < foldTableEnd && foldTable[p] != "":
			f.text(foldTable[p])
		case !unicode.In(p, unicode.Mn, unicode.Cf):
			f.buf = utf8.AppendRune(f.buf, p)
		}
	}
}

// foldTableEnd closes the blocks whose letters are looked up: Latin up to
// Extended-B, and Cyrillic.
const foldTableEnd = 0x0500

// foldTable has the folded form of each letter that the four language forms
// and their neighbours use.
var foldTable = makeFoldTable()

func makeFoldTable() (t [foldTableEnd]string) {
	for r := rune(utf8.RuneSelf); r < 0x0250; r++ {
		if base := norm.NFKD.String(string(r)); base[0] < utf8.RuneSelf && unicode.IsLetter(r) {
			t[r] = strings.ToLower(strings.Map(asciiOnly, base))
		}
	}
	for letter, latin := range toLatin {
		t[letter] = strings.ToLower(strings.Map(asciiOnly, norm.NFD.String(latin)))
	}
	for letter, to := range map[rune]string{ // these have no mark that could be taken off
		'đ': "d", 'Đ': "d", 'ђ': "d", 'Ђ': "d", 'ð': "d", 'Ð': "d", 'ł': "l", 'Ł': "l", 'ø': "o", 'Ø': "o",
		'æ': "ae", 'Æ': "ae", 'œ': "oe", 'Œ': "oe", 'ß': "ss", 'ı': "i",
	} {
		t[letter] = to
	}
	return t
}

func asciiOnly(r rune) rune {
	if r >= utf8.RuneSelf {
		return -1
	}
	return r
}
