// Package codepage tells the character set of a text that does not say it: UTF-8, or one of the code pages that files of the region come in.
package codepage

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// sniffed is how much of a text is looked at, in bytes.
const sniffed = 64 << 10

// pages are the code pages that files of the region come in; the first is taken
// where nothing tells.
var pages = []struct {
	page *charmap.Charmap
	name string
}{{charmap.Windows1250, "Windows-1250"}, {charmap.Windows1251, "Windows-1251"}, {charmap.CodePage852, "DOS 852"}, {charmap.Macintosh, "Mac Roman"}}

// Likeliest is the code page in which a text has the most letters of the
// region's languages, and its name.
func Likeliest(text string) (page *charmap.Charmap, name string) {
	text = text[:min(len(text), sniffed)]
	most := -1 << 30
	for _, p := range pages {
		decoded, err := p.page.NewDecoder().String(text)
		if err != nil {
			continue
		}
		if n := plausible(decoded); n > most {
			most, page, name = n, p.page, p.name
		}
	}
	return page, name
}

// plausible counts letters that the languages have, against those that they
// have not and alphabets mixed in a word.
func plausible(s string) (n int) {
	before := ' '
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf:
		case strings.ContainsRune("ëçËÇčćžšđČĆŽŠĐ", r):
			n += 2
			if unicode.Is(unicode.Cyrillic, before) {
				n -= 3
			}
		case strings.ContainsRune("абвгдђежзијклљмнњопрстћуфхцчџшАБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШ", r):
			n += 2
			if before < utf8.RuneSelf && unicode.IsLetter(before) {
				n -= 5
			}
		case strings.ContainsRune("€–—„“”’‘§…«» \u00a0", r):
		case unicode.IsLetter(r):
			n--
		default:
			n -= 3
		}
		before = r
	}
	return n
}

// ASCII reports whether a text has no letter beyond ASCII.
func ASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// MostlyUTF8 tells a damaged UTF-8 text from one in Windows-1250, in which
// bytes that make up a letter in UTF-8 are rare.
func MostlyUTF8(s string) bool {
	letters, strays := 0, 0
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			strays++
		case n > 1:
			letters++
		}
		i += n
	}
	return letters > strays
}
