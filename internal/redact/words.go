package redact

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fener/locale"
)

// token is a word or a number of a text, without marks over letters, in small letters, and where it stands. A word that is broken at the end of a line is one.
type token struct {
	letters    string
	start, end int
}

func tokensOf(s string) (list []token) {
	var now strings.Builder
	start, end := -1, 0
	flush := func() {
		if now.Len() > 0 {
			list = append(list, token{now.String(), start, end})
		}
		now.Reset()
		start = -1
	}
	for at := 0; at < len(s); {
		r, n := utf8.DecodeRuneInString(s[at:])
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if start < 0 {
				start = at
			}
			now.WriteString(locale.Fold(string(r)))
			end = at + n
		case unicode.Is(unicode.Mn, r) && start >= 0: // a mark that stands by itself
			end = at + n
		case (r == '-' || r == '\u00ad') && start >= 0 && brokenAt(s[at+n:]) > 0:
			n += brokenAt(s[at+n:])
		default:
			flush()
		}
		at += n
	}
	flush()
	return list
}

// brokenAt is how many bytes after a hyphen lead to the rest of a word in the next line; 0 where the word is not broken there.
func brokenAt(rest string) int {
	trimmed := strings.TrimLeft(rest, " \t")
	if !strings.HasPrefix(trimmed, "\n") {
		return 0
	}
	trimmed = strings.TrimLeft(trimmed, " \t\n")
	if r, _ := utf8.DecodeRuneInString(trimmed); !unicode.IsLower(r) {
		return 0
	}
	return len(rest) - len(trimmed)
}

// Inflected words have at most mostEnding letters more than the word that is looked for; below fewLetters nothing is taken as inflected.
const (
	mostEnding = 4
	fewLetters = 4
)

// find tells of each place in a text where words stand.
func find(text, want []token, each func(span)) {
	for i := 0; len(want) > 0 && i+len(want) <= len(text); i++ {
		if text[i].letters[0] == want[0].letters[0] && stand(text[i:i+len(want)], want) { // inflected words begin alike
			each(span{text[i].start, text[i+len(want)-1].end})
		}
	}
}

// stand reports whether words stand in a text one after the other, each as it is or inflected: Krasniqi in Krasniqit, Drita in Dritës, Petar in Petra.
func stand(text, want []token) bool {
	for i := range want {
		if !inflects(want[i].letters, text[i].letters) {
			return false
		}
	}
	return true
}

func inflects(want, word string) bool {
	if want == word {
		return true
	}
	if utf8.RuneCountInString(want) < fewLetters || strings.ContainsFunc(want, unicode.IsDigit) || utf8.RuneCountInString(word) > utf8.RuneCountInString(want)+mostEnding {
		return false
	}
	if strings.HasPrefix(word, want) {
		return true
	}
	last, n := utf8.DecodeLastRuneInString(want)
	stem := want[:len(want)-n]
	if strings.ContainsRune("aeiou", last) {
		return strings.HasPrefix(word, stem) && utf8.RuneCountInString(stem) >= fewLetters-1
	}
	if before, m := utf8.DecodeLastRuneInString(stem); before == 'a' { // Petar, Petra; Stefan keeps its a
		short := stem[:len(stem)-m] + string(last)
		return strings.HasPrefix(word, short) && utf8.RuneCountInString(word) <= utf8.RuneCountInString(short)+mostEnding
	}
	return false
}
