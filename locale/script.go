package locale

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The private markers around text that keeps its script.
const (
	verbatimOpen  = '\uE000'
	verbatimClose = '\uE001'
)

var withoutMarkers = strings.NewReplacer(string(verbatimOpen), "", string(verbatimClose), "")

// Verbatim marks text that must keep its script, such as a name from a court
// file or an Albanian word, until Cyrillic or Latin takes the markers away.
// Markers inside s are dropped, so that no text from outside can end its own.
func Verbatim(s string) string {
	return string(verbatimOpen) + withoutMarkers.Replace(s) + string(verbatimClose)
}

// Cyrillic writes Serbian Latin in Serbian Cyrillic. It leaves as they are:
// what Verbatim marked (it takes the markers away), words with a digit or a
// letter that Serbian does not have (q, w, x, y, ë, ...), the abbreviations in
// kept, web and mail addresses, and citations such as 06/L-074. The letter
// pairs lj, nj and dž are one letter, except in the words listed in splitAnywhere and splitAtStart.
func Cyrillic(s string) string {
	var b strings.Builder
	b.Grow(len(s) * 2)
	for s != "" {
		before, rest, found := strings.Cut(s, string(verbatimOpen))
		cyrillicText(&b, before)
		if !found {
			break
		}
		inside, after, _ := strings.Cut(rest, string(verbatimClose))
		b.WriteString(withoutMarkers.Replace(inside))
		s = after
	}
	return b.String()
}

// cyrillicText converts text without opening markers, a chunk between spaces at a time.
func cyrillicText(b *strings.Builder, s string) {
	s = withoutMarkers.Replace(s)
	for s != "" {
		end := strings.IndexFunc(s, unicode.IsSpace)
		switch {
		case end == 0:
			_, n := utf8.DecodeRuneInString(s)
			b.WriteString(s[:n])
			s = s[n:]
			continue
		case end < 0:
			end = len(s)
		}
		chunk := s[:end]
		if strings.Contains(chunk, "://") || strings.Contains(chunk, "@") || strings.HasPrefix(chunk, "www.") {
			b.WriteString(chunk)
		} else {
			cyrillicChunk(b, chunk)
		}
		s = s[end:]
	}
}

// cyrillicChunk converts the words of a chunk and copies the signs between them.
func cyrillicChunk(b *strings.Builder, chunk string) {
	for i := 0; i < len(chunk); {
		n := strings.IndexFunc(chunk[i:], func(r rune) bool { return !inWord(r) })
		if n < 0 {
			n = len(chunk) - i
		}
		if n == 0 {
			_, n = utf8.DecodeRuneInString(chunk[i:])
			b.WriteString(chunk[i : i+n])
		} else if word := chunk[i : i+n]; keeps(word) || cited(chunk, i, i+n) {
			b.WriteString(word)
		} else {
			cyrillicWord(b, norm.NFC.String(word))
		}
		i += n
	}
}

func inWord(r rune) bool { return unicode.In(r, unicode.L, unicode.M, unicode.Nd) }

// cited reports whether chunk[i:j] stands between numbers as in 06/L-074.
func cited(chunk string, i, j int) bool {
	return i >= 2 && j+1 < len(chunk) && isDigit(chunk[i-2]) && isDigit(chunk[j+1]) &&
		strings.IndexByte("/-", chunk[i-1]) >= 0 && strings.IndexByte("/-", chunk[j]) >= 0
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// keeps reports whether a word stays in its script: it is on the list of
// abbreviations, or it has a digit or a Latin letter that Serbian has not.
func keeps(word string) bool {
	if kept[word] {
		return true
	}
	for _, r := range norm.NFC.String(word) {
		_, serbian := toCyrillic[r]
		if !serbian && (unicode.IsDigit(r) || unicode.Is(unicode.Latin, r)) {
			return true
		}
	}
	return false
}

func cyrillicWord(b *strings.Builder, word string) {
	splits := splitPairs(word)
	var open rune // a letter that may begin a pair
	for i, r := range word {
		if open != 0 {
			if pair := pairs[[2]rune{open, r}]; pair != 0 && !splits.at(i) {
				b.WriteRune(pair)
				open = 0
				continue
			}
			b.WriteRune(toCyrillic[open])
			open = 0
		}
		switch c, ok := toCyrillic[r]; {
		case strings.ContainsRune("LlNnDd", r):
			open = r
		case ok:
			b.WriteRune(c)
		default:
			b.WriteRune(r)
		}
	}
	if open != 0 {
		b.WriteRune(toCyrillic[open])
	}
}

// Latin writes Serbian Cyrillic in Serbian Latin and takes the markers of
// Verbatim away; what they enclose, and every other letter, stays. Љ, Њ and Џ
// become LJ, NJ and DŽ among capitals and Lj, Nj and Dž otherwise.
func Latin(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for s != "" {
		before, rest, found := strings.Cut(s, string(verbatimOpen))
		latinText(&b, withoutMarkers.Replace(before))
		if !found {
			break
		}
		inside, after, _ := strings.Cut(rest, string(verbatimClose))
		b.WriteString(withoutMarkers.Replace(inside))
		s = after
	}
	return b.String()
}

func latinText(b *strings.Builder, s string) {
	prev := rune(0)
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		next, _ := utf8.DecodeRuneInString(s[i+n:])
		latin, ok := toLatin[r]
		switch {
		case !ok:
			b.WriteString(s[i : i+n])
		case len(latin) > 1 && unicode.IsUpper(r) && (unicode.IsUpper(next) || !unicode.IsLetter(next) && unicode.IsUpper(prev)):
			b.WriteString(strings.ToUpper(latin))
		default:
			b.WriteString(latin)
		}
		prev, i = r, i+n
	}
}
