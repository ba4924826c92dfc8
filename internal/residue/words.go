package residue

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"fener/locale"

	"golang.org/x/text/unicode/norm"
)

// Bounds of what is asked.
const (
	MaxWords     = 200 // words and phrases at once
	MaxWordBytes = 300
	minLetters   = 2 // one letter stands in every file
)

// A pattern is one way through one word: its letters in one encoding.
type pattern struct {
	word    int // which word or phrase, from 0
	form    Form
	letters []letter
}

// phrases are the words and phrases to look for, each with single spaces.
func phrases(words []string, eachWord bool) ([]string, error) {
	var out []string
	for i, w := range words {
		w = strings.Join(strings.Fields(norm.NFC.String(w)), " ")
		switch {
		case len(w) > MaxWordBytes:
			return nil, fmt.Errorf("word %d has %d bytes; at most %d are looked for", i+1, len(w), MaxWordBytes)
		case !utf8.ValidString(w) || strings.ContainsFunc(w, unicode.IsControl):
			return nil, fmt.Errorf("word %d is not text in UTF-8", i+1)
		case letters(w) < minLetters:
			return nil, fmt.Errorf("word %d has fewer than %d letters and digits; it would be found everywhere", i+1, minLetters)
		}
		out = append(out, w)
	}
	if eachWord {
		for _, w := range out[:len(words)] {
			if parts := strings.Fields(w); len(parts) > 1 {
				for _, part := range parts {
					if letters(part) >= minLetters {
						out = append(out, part)
					}
				}
			}
		}
	}
	switch {
	case len(out) == 0:
		return nil, fmt.Errorf("no word to look for")
	case len(out) > MaxWords:
		return nil, fmt.Errorf("%d words; at most %d are looked for at once", len(out), MaxWords)
	}
	return out, nil
}

func letters(s string) (n int) {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// variants are the letter sequences that one phrase may stand in.
func variants(phrase string) []text {
	out := []text{{phrase, 0}}
	add := func(s string, f Form) {
		for _, t := range out {
			if strings.EqualFold(t.s, s) {
				return
			}
		}
		out = append(out, text{s, f})
	}
	latin := norm.NFC.String(locale.Latin(phrase))
	add(latin, OtherScript)
	joined := strings.NewReplacer("dj", "đ", "Dj", "Đ", "DJ", "Đ").Replace(latin)
	for _, l := range []string{latin, joined} {
		add(locale.Cyrillic(l), OtherScript)
		// Capitals are letter pairs too, and an abbreviation keeps its script.
		add(locale.Cyrillic(strings.ToLower(l)), OtherScript|OtherCase)
	}
	add(joined, OtherMarks)
	folded := NoMarks
	if strings.ContainsFunc(phrase, unicode.IsUpper) {
		folded |= OtherCase
	}
	add(locale.Fold(phrase), folded)
	return out
}

// patternsOf are all patterns of the phrases.
func patternsOf(list []string) (all []*pattern) {
	ways := encodings()
	for i, phrase := range list {
		for _, v := range variants(phrase) {
			for _, e := range ways {
				if e.form == CodePage && isASCII(v.s) && !hasMarked(v.s) {
					continue // the same bytes as in UTF-8
				}
				p := &pattern{word: i, form: v.form | e.form}
				ok := true
				for _, r := range v.s {
					l, can := letterOf(r, &e)
					if ok = can; !ok {
						break
					}
					p.letters = append(p.letters, l)
				}
				if ok {
					all = append(all, p)
				}
			}
		}
	}
	return all
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

// hasMarked reports whether a plain letter of s may stand with a mark, which a
// code page writes in its own byte.
func hasMarked(s string) bool { return strings.ContainsAny(strings.ToLower(s), "ecszdgiouaeio") }

// match finds the spelling of the whole of b, with its forms.
func (p *pattern) match(b []byte) (Form, bool) {
	f, ok := p.from(0, b, len(p.letters)*len(b)*8+64)
	return f | p.form, ok
}

// from matches b with the letters from i on. steps bounds what is tried.
func (p *pattern) from(i int, b []byte, steps int) (Form, bool) {
	if steps <= 0 {
		return 0, false
	}
	if i == len(p.letters) {
		return 0, len(b) == 0
	}
	l := &p.letters[i]
	if l.gap {
		if f, ok := p.from(i+1, b, steps-1); ok {
			return f, true
		}
	}
	best, found := Form(0), false
	for _, s := range l.spellings {
		if len(s.bytes) > len(b) || string(b[:len(s.bytes)]) != s.bytes {
			continue
		}
		next := i + 1
		if l.gap {
			next = i
		}
		if f, ok := p.from(next, b[len(s.bytes):], steps-1); ok && (!found || simpler(f|s.form, best)) {
			best, found = f|s.form, true
		}
	}
	return best, found
}
