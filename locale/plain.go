package locale

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Plain is a text as the person who typed it saw it, for reading values and
// references: without signs that nobody sees (soft hyphens, zero-width signs,
// marks of direction), with plain spaces and hyphens for their unbreakable
// kinds, letters and marks put together, and letters of another alphabet that
// only look right in a word (a Cyrillic е in vjet) in the word's own. Plain
// twice changes nothing. A text in ASCII comes back as it is.
func Plain(s string) string {
	if isPlain(s) {
		return s
	}
	s = norm.NFC.String(strings.ToValidUTF8(strings.Map(seen, s), "\uFFFD"))
	if !mixes(s) {
		return s
	}
	var b strings.Builder
	for s != "" {
		end := strings.IndexFunc(s, unicode.IsLetter)
		if end < 0 {
			end = len(s)
		}
		b.WriteString(s[:end])
		s = s[end:]
		if end = strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }); end < 0 {
			end = len(s)
		}
		b.WriteString(oneAlphabet(s[:end]))
		s = s[end:]
	}
	return norm.NFC.String(b.String())
}

// isPlain finds the texts that nearly all are: in ASCII and whole Latin letters
// of Latin-1 and Latin Extended-A, or in digits, signs and Cyrillic letters.
func isPlain(s string) bool {
	latin, cyrillic := false, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c < utf8.RuneSelf:
			latin = latin || c|0x20 >= 'a' && c|0x20 <= 'z'
		case i+1 == len(s) || s[i+1] < 0x80 || s[i+1] > 0xBF:
			return false
		case c >= 0xC3 && c <= 0xC5: // U+00C0 to U+017F
			latin = true
			i++
		case c == 0xD0 && s[i+1] >= 0x82 || c == 0xD1 && s[i+1] <= 0x9F: // U+0402 to U+045F
			cyrillic = true
			i++
		default:
			return false
		}
	}
	return !(latin && cyrillic)
}

// seen maps a sign to what a reader sees; -1 where that is nothing.
func seen(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		return r
	case unicode.Is(unicode.Cf, r), r >= 0xFE00 && r <= 0xFE0F, r == 0x034F, r == 0x3164, r == 0x115F, r == 0x1160:
		return -1 // soft hyphen, zero-width signs, direction, the mark of byte order, variants of signs
	case unicode.IsSpace(r), unicode.Is(unicode.Z, r):
		return ' ' // a line separator is one as well
	case r == '\u2010', r == '\u2011', r == '\u2012', r == '\u2043', r == '\uFE63':
		return '-'
	case r >= '\uFF01' && r <= '\uFF5E':
		return r - '\uFF01' + '!' // full width
	}
	return r
}

// mixes reports whether letters of more than one alphabet stand in a text.
func mixes(s string) bool {
	latin, other := false, false
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf:
			latin = latin || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
		case unicode.Is(unicode.Cyrillic, r), unicode.Is(unicode.Greek, r):
			other = true
		case unicode.Is(unicode.Latin, r):
			latin = true
		}
	}
	return latin && other
}

// The letters that look alike, Cyrillic and Greek beside Latin.
var toLookalike, toCyrillicLookalike = func() (latin, cyrillic map[rune]rune) {
	latin, cyrillic = map[rune]rune{}, map[rune]rune{}
	const cyr, lat = "аеорсухјіѕԁһԛԝёїАВЕЅІЈКМНОРСТХЁЇҺ", "aeopcyxjisdhqwëïABESIJKMHOPCTXËÏH"
	other := []rune(cyr)
	for i, r := range []rune(lat) {
		latin[other[i]] = r
		if _, again := cyrillic[r]; !again {
			cyrillic[r] = other[i]
		}
	}
	other = []rune("οανιυκρΑΒΕΖΗΙΚΜΝΟΡΤΥΧ")
	for i, r := range []rune("oaviukpABEZHIKMNOPTYX") {
		latin[other[i]] = r
	}
	return latin, cyrillic
}()

// oneAlphabet writes a word in the alphabet of the letters that tell it. A word
// of one alphabet stays as it is.
func oneAlphabet(word string) string {
	var latin, foreign, cyrillicOnly, latinOnly int
	for _, r := range word {
		switch {
		case unicode.Is(unicode.Latin, r):
			latin++
			if _, alike := toCyrillicLookalike[r]; !alike {
				latinOnly++
			}
		case unicode.Is(unicode.Cyrillic, r), unicode.Is(unicode.Greek, r):
			foreign++
			if _, alike := toLookalike[r]; !alike {
				cyrillicOnly++
			}
		}
	}
	if latin == 0 || foreign == 0 {
		return word
	}
	to := toLookalike
	if cyrillicOnly > latinOnly || cyrillicOnly == latinOnly && foreign > latin {
		to = toCyrillicLookalike
	}
	return strings.Map(func(r rune) rune {
		if alike, ok := to[r]; ok {
			return alike
		}
		return r
	}, word)
}
