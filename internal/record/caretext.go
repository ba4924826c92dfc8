package record

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"fener/locale"
)

// careToken is a word, a number or somebody's initials in a free text.
type careToken struct {
	from, to int    // bytes of the text
	word     string // folded
	initials bool
	number   bool // in digits
	after    byte // what parts it from the token before it: 0 nothing, ',' a comma, '.' the end of a sentence
}

// careInitials are somebody's initials at the beginning of a text.
var careInitials = regexp.MustCompile(`^(?:(?:\p{Lu}\p{Ll}?\.[ \x{a0}]?){1,3}\p{Lu}\p{Ll}?\.|\p{Lu}\.\p{Lu}\b)`)

// nextToken is the next initials, word or number of a text from a place on; from is below zero where there is none. A word may have hyphens inside.
func nextToken(text string, at int) (from, to int) {
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		switch {
		case r >= '0' && r <= '9':
			to = at + 1
			for to < len(text) && text[to] >= '0' && text[to] <= '9' {
				to++
			}
			return at, to
		case unicode.IsLetter(r):
			if unicode.IsUpper(r) && strings.IndexByte(text[at:min(len(text), at+2*utf8.UTFMax)], '.') > 0 {
				if end := careInitials.FindStringIndex(text[at:]); end != nil {
					return at, at + end[1]
				}
			}
			return at, wordEnd(text, at+size)
		}
		at += size
	}
	return -1, -1
}

// wordEnd is where a word ends of which the first letter was read.
func wordEnd(text string, at int) int {
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) {
			next, more := utf8.DecodeRuneInString(text[min(len(text), at+size):])
			if r != '-' || !unicode.IsLetter(next) {
				return at
			}
			size += more
		}
		at += size
	}
	return at
}

// tokens are the words of a text in their order.
func tokens(text string) []careToken {
	var list []careToken
	end := 0
	for from, to := nextToken(text, 0); from >= 0; from, to = nextToken(text, to) {
		t := careToken{from: from, to: to}
		raw := text[t.from:t.to]
		switch {
		case strings.Contains(raw, "."):
			t.initials = true
		case unicode.IsDigit(rune(raw[0])):
			t.number, t.word = true, raw
		default:
			t.word = locale.Fold(raw)
			if soft[t.word] && !strings.ContainsAny(raw[:1]+raw[1:min(2, len(raw))], "jJ") {
				t.word = "" // Serbian "dali" is no son, which Albanian writes "djali"
			}
		}
		switch gap := text[end:t.from]; {
		case end == 0:
		case strings.ContainsAny(gap, ".;!?"):
			t.after = '.'
		case strings.ContainsAny(gap, ",:()–—"):
			t.after = ','
		}
		list, end = append(list, t), t.to
	}
	return list
}

// soft are words that folding makes out of two: Albanian "djali" loses its j.
var soft = map[string]bool{"dali": true, "dalin": true, "dalit": true, "dale": true, "dem": true}

// near finds the first token after i, at most so many further and in the same
// sentence, for which ok holds; -1 where there is none.
func near(list []careToken, i, most int, ok func(*careToken) bool) int {
	for j := i + 1; j < len(list) && j <= i+most && list[j].after != '.'; j++ {
		if ok(&list[j]) {
			return j
		}
	}
	return -1
}

// description finds words that point at one person without a name: a relative of
// somebody, a position, the only one of a kind. Empty where there is nothing.
func description(text string) string { return descriptionIn(text, tokens(text)) }

func descriptionIn(text string, list []careToken) string {
	is := func(w careWords) func(*careToken) bool { return func(t *careToken) bool { return w.has(t.word) } }
	for i := range list {
		t := &list[i]
		to := -1
		switch {
		case belongingWords.has(t.word):
			to = near(list, i, 4, is(kinWords))
		case t.initials:
			to = near(list, i, 3, is(kinWords))
		}
		if to < 0 && kinWords.has(t.word) {
			to = near(list, i, 2, func(t *careToken) bool { return belongingWords.has(t.word) || roleWords.has(t.word) || t.initials })
		}
		if to < 0 && roleWords.has(t.word) {
			to = tied(list, i)
		}
		if to < 0 && singlingWords.has(t.word) {
			to = near(list, i, 2, is(roleWords))
		}
		if to < 0 && lone(list, i) {
			to = near(list, i, 3, func(t *careToken) bool { return personWords.has(t.word) && !t.number })
		}
		if to >= 0 {
			return text[t.from:list[to].to]
		}
	}
	return ""
}

// tied says up to where a role is tied to a relative, a rank or a place.
func tied(list []careToken, i int) int {
	if to := near(list, i, 2, func(t *careToken) bool { return kinWords.has(t.word) || singlingWords.has(t.word) }); to >= 0 && !comma(list, i, to) {
		return to
	}
	to := near(list, i, 4, func(t *careToken) bool { return placeNouns.has(t.word) })
	if to < 0 || comma(list, i, to) {
		return -1
	}
	return to
}

func comma(list []careToken, from, to int) bool {
	for j := from + 1; j <= to; j++ {
		if list[j].after != 0 {
			return true
		}
	}
	return false
}

// lone reports whether a word says that somebody is the only one. English "only"
// does so after an article alone: "only two girls" are not.
func lone(list []careToken, i int) bool {
	if !loneWords.has(list[i].word) {
		return false
	}
	if w := list[i].word; w == "only" || w == "single" || w == "sole" {
		return i > 0 && list[i].after == 0 && (list[i-1].word == "the" || list[i-1].word == "whose")
	}
	return true
}

// kindsOf are the attributes that a text tells persons apart by.
func kindsOf(text string) (kinds [attributes]bool) {
	list := tokens(text)
	for i := range list {
		for a := range attributes {
			kinds[a] = kinds[a] || attributeWords[a].has(list[i].word)
		}
	}
	return kinds
}

// smallGroup finds a number below SmallUnder beside words that tell the persons
// apart by more attributes than a figure may have: "two boys", "a girl of 14".
// Empty where there is nothing.
func smallGroup(text string) string { return smallGroupIn(text, tokens(text)) }

func smallGroupIn(text string, list []careToken) string {
	for i := range list {
		if n := list[i].count(); n < 1 || n >= SmallUnder {
			continue
		}
		var kinds [attributes]bool
		for j := i + 1; j < len(list) && j <= i+4 && list[j].after == 0 && list[j].count() < 0; j++ {
			for a := range attributes {
				kinds[a] = kinds[a] || attributeWords[a].has(list[j].word)
			}
			if howMany(kinds) > CoarseAttributes {
				return text[list[i].from:list[j].to]
			}
		}
	}
	return ""
}

func howMany(kinds [attributes]bool) (n int) {
	for _, is := range kinds {
		if is {
			n++
		}
	}
	return n
}

// count is the number that a token is, in digits or a word; -1 for others. "A
// girl" is one.
func (t *careToken) count() int {
	word := t.word
	if word == "a" || word == "an" {
		word = "one"
	}
	plain, ok := smallNumbers[word]
	if !ok && !t.number {
		return -1
	}
	if t.number {
		plain = word
	}
	if len(plain) > 6 {
		return 1 << 20
	}
	n := 0
	for _, c := range plain {
		n = n*10 + int(c-'0')
	}
	return n
}
