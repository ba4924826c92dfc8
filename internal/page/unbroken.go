package page

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"fener/locale"
	"fener/period"
)

// noBreak is U+00A0 as it stands in a page.
const noBreak = "\u00a0"

// unbroken keeps together, in a page as it was made, what a line should not part: the day, month and year of a date, a number with its unit, a
// case number, and an article with its number. It looks at text alone: what stands in tags, scripts, styles, pictures and code is left as it is.
func unbroken(page []byte) []byte {
	var out []byte // nil until something changes
	copied := 0
	for at := 0; at < len(page); {
		open := bytes.IndexByte(page[at:], '<')
		if open < 0 {
			open = len(page) - at
		}
		text := page[at : at+open]
		for i := bytes.IndexByte(text, ' '); i >= 0; {
			if together(text, i) {
				if out == nil {
					out = make([]byte, 0, len(page)+len(page)/32)
				}
				out = append(append(out, page[copied:at+i]...), noBreak...)
				copied = at + i + 1
			}
			next := bytes.IndexByte(text[i+1:], ' ')
			if next < 0 {
				break
			}
			i += 1 + next
		}
		at = afterTag(page, at+open)
	}
	if out == nil {
		return page
	}
	return append(out, page[copied:]...)
}

// untouched are the elements whose text is left as it is, with the ends that close them.
var untouched = []struct{ open, end string }{
	{"<script", "</script>"}, {"<style", "</style>"}, {"<svg", "</svg>"}, {"<pre", "</pre>"}, {"<code", "</code>"}, {"<textarea", "</textarea>"}, {"<title", "</title>"},
}

// afterTag is where text begins again after the tag at this place, or after the element where its text is left as it is.
func afterTag(page []byte, at int) int {
	rest := page[at:]
	if len(rest) == 0 {
		return at
	}
	if len(rest) > 2 && strings.IndexByte("scpt", rest[1]) >= 0 { // most tags begin otherwise
		for _, u := range untouched {
			if !bytes.HasPrefix(rest, []byte(u.open)) || !endsName(rest[len(u.open):]) {
				continue
			}
			if end := bytes.Index(rest, []byte(u.end)); end >= 0 {
				return at + end + len(u.end)
			}
			return len(page)
		}
	}
	end := bytes.IndexByte(rest, '>') // the templates escape this sign in attributes
	if end < 0 {
		return len(page)
	}
	return at + end + 1
}

// endsName tells whether a tag's name ends here: <pre> is not <preview>.
func endsName(rest []byte) bool { return len(rest) > 0 && (rest[0] == '>' || rest[0] == ' ') }

// together tells whether the words on both sides of the space at i belong on one line.
func together(text []byte, i int) bool {
	if i == 0 || i+1 == len(text) {
		return false
	}
	before, after := text[i-1], text[i+1]
	switch {
	case digit(after) && !digit(before):
		number := wordAfter(text, i+1, false)
		if bytes.IndexByte(number, '/') > 0 { // a case number, or a law's
			return true
		}
		word := wordBefore(text, i)
		return beforeNumber[string(word)] || len(number) == 4 && months[string(word)]
	case digit(before) || before == '.' && i > 1 && digit(text[i-2]):
		word := wordAfter(text, i+1, true)
		return afterNumber[string(word)] || months[string(word)] && len(numberBefore(text, i)) <= 2
	}
	return false
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// wordBefore is what stands before the space at i, back to the sign that parts it from what is before.
func wordBefore(text []byte, i int) []byte {
	from := i
	for from > 0 && text[from-1] != ' ' && text[from-1] != '(' && text[from-1] != '\n' && !bytes.HasSuffix(text[:from], []byte(noBreak)) {
		from--
	}
	return text[from:i]
}

// wordAfter is the word, or the number with its signs, that begins at i.
func wordAfter(text []byte, i int, letters bool) []byte {
	to := i
	for to < len(text) {
		r, n := utf8.DecodeRune(text[to:])
		if letters && !unicode.IsLetter(r) && r != '%' && r != '€' || !letters && !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '/' {
			break
		}
		to += n
	}
	return text[i:to]
}

// numberBefore are the digits before the space at i, without the full stop of an ordinal.
func numberBefore(text []byte, i int) []byte {
	to := i
	if text[to-1] == '.' {
		to--
	}
	from := to
	for from > 0 && digit(text[from-1]) {
		from--
	}
	return text[from:to]
}

var (
	// months are the names of the months as dates have them, in all languages.
	months = map[string]bool{}
	// afterNumber are the units that follow a number: those of lengths as the languages write them, and of money.
	afterNumber = map[string]bool{"%": true, "€": true}
	// beforeNumber are the words that a number follows.
	beforeNumber = map[string]bool{}
)

func init() {
	add := func(set map[string]bool, word string) {
		word = strings.Trim(word, ".,")
		set[word], set[Capital(word)] = true, true
	}
	for _, l := range locale.All {
		for month := 1; month <= 12; month++ {
			if d, err := period.NewDate(2018, month, 2); err == nil {
				add(months, strings.FieldsFunc(locale.Date(l, d), unicode.IsSpace)[1])
			}
		}
		for n := range 12 {
			for _, length := range []period.Length{period.Years(n + 1), period.Months(n + 1), period.Days(n + 1)} {
				for _, word := range strings.FieldsFunc(locale.Length(l, length), unicode.IsSpace)[1:] {
					add(afterNumber, word)
				}
			}
			for _, word := range strings.FieldsFunc(locale.Money(l, int64(n)*100), unicode.IsSpace)[1:] {
				add(afterNumber, word)
			}
		}
	}
	for _, word := range []string{
		"article", "articles", "paragraph", "section", "point", "page", "pages", "no.", "nr.", "p.",
		"neni", "nenin", "nenit", "paragrafi", "paragrafin", "paragrafit", "pika", "faqe", "faqja",
		"član", "člana", "članu", "stav", "stava", "stavu", "tačka", "odeljak", "strana", "str.", "br.",
	} {
		for _, form := range []string{word, locale.Cyrillic(word)} {
			beforeNumber[form], beforeNumber[Capital(form)] = true, true
		}
	}
}
