package reading

import (
	"strings"
	"unicode/utf8"
)

// even is a text made even, so that patterns need not know how it was set: ASCII letters with their case, one space between words, words that were
// divided at the end of a line whole again, without page numbers and running heads. Every byte remembers where it stood.
type even struct {
	original string
	clean    string // as above
	low      string // clean in small letters; the same length
	at       []int32
	starts   []int // where paragraphs begin in clean, in order
	latin    bool  // mostly in Latin letters
}

// span is the place in the original of clean[from:to].
func (e *even) span(from, to int) Span {
	if from >= to || from >= len(e.at) {
		return Span{}
	}
	last := int(e.at[to-1])
	_, size := utf8.DecodeRuneInString(e.original[last:])
	return Span{Start: int(e.at[from]), End: last + size}
}

// line is one line of the original, without its end.
type line struct {
	from, to int
	skip     bool // a page number or a running head
	para     bool // a paragraph begins here
	spaced   bool // a heading with spaces between its letters
}

// makeEven takes a text apart into lines, and writes what belongs to the decision into one run of words. It takes time in proportion to the text.
func makeEven(original string) *even {
	lines := splitLines(original)
	markPages(original, lines)
	markParagraphs(original, lines)
	e := &even{original: original, at: make([]int32, 0, len(original)+1), latin: mostlyLatin(original)}
	out := make([]byte, 0, len(original))
	for _, l := range lines {
		if l.skip {
			continue
		}
		joined := false
		if out, joined = e.join(out, original[l.from:l.to]); joined {
			e.at = e.at[:len(out)]
			l.from += len(original[l.from:l.to]) - len(strings.TrimLeft(original[l.from:l.to], " \t\u00a0"))
		} else {
			out = e.space(out, max(0, l.from-1))
		}
		if l.para {
			e.starts = append(e.starts, len(out))
		}
		from := len(out)
		out = e.line(out, l)
		out = e.closeSpaced(out, from)
	}
	digits(out)
	e.clean = string(out)
	e.low = strings.ToLower(e.clean) // ASCII only, so its length stays
	return e
}

func (e *even) space(out []byte, from int) []byte {
	if len(out) == 0 || out[len(out)-1] == ' ' {
		return out
	}
	e.at = append(e.at, int32(from))
	return append(out, ' ')
}

// line writes the letters of one line.
func (e *even) line(out []byte, l line) []byte {
	text := e.original
	for i := l.from; i < l.to; {
		c := text[i]
		if c < utf8.RuneSelf {
			switch {
			case c > ' ' && c != 0x7f:
				out = append(out, c)
				e.at = append(e.at, int32(i))
			case !l.spaced:
				out = e.space(out, i)
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:l.to])
		to := plain(r)
		if e.latin && r > 0x3ff {
			if like, ok := lookalikes[r]; ok {
				to = like
			}
		}
		if to == " " {
			if !l.spaced {
				out = e.space(out, i)
			}
			to = ""
		}
		for k := range len(to) {
			out = append(out, to[k])
			e.at = append(e.at, int32(i))
		}
		i += size
	}
	return out
}

// join brings a word together that was divided at the end of a line: "kohë-" and "zgjatje" become one word, "KPRK-" and "së" keep the hyphen that
// belongs to them. It says whether the two lines are one word now.
func (e *even) join(out []byte, next string) ([]byte, bool) {
	n := len(out)
	for n > 0 && out[n-1] == ' ' {
		n--
	}
	if n < 2 || out[n-1] != '-' || !isLetter(out[n-2]) {
		return out, false
	}
	next = strings.TrimLeft(next, " \t\u00a0")
	r, _ := utf8.DecodeRuneInString(next)
	to := plain(r)
	if r < utf8.RuneSelf {
		to = string(r)
	}
	if to == "" || !isLower(to[0]) {
		return out, false
	}
	if isUpper(out[n-2]) {
		return out[:n], true
	}
	return out[:n-1], true
}

// digits puts right what a typist or a scan wrote for digits: l and I for 1, o for 0, in a run that holds digits and no other letter ("20l5",
// "5.000,oo"), and l that stands alone after the word for a paragraph ("stav l"). "KPRK- së" within a line is closed.
func digits(out []byte) {
	for i := 0; i < len(out); {
		if !inNumber(out[i]) || i > 0 && isLetter(out[i-1]) {
			i++
			continue
		}
		end, number := i, false
		for end < len(out) && inNumber(out[end]) {
			number = number || isDigit(out[end])
			end++
		}
		whole := end == len(out) || !isLetter(out[end])
		if number && (whole || isDigit(out[i])) || whole && end == i+1 && out[i] == 'l' && afterParagraph(out[:i]) {
			for k := i; k < end; k++ {
				switch out[k] {
				case 'l', 'I':
					out[k] = '1'
				case 'o', 'O':
					if !whole && k+1 == end { // "138/17od": the o begins the word that follows
						continue
					}
					out[k] = '0'
				}
			}
		}
		i = end
	}
}

func inNumber(c byte) bool {
	return isDigit(c) || c == 'l' || c == 'I' || c == 'o' || c == 'O' || c == '.' || c == ',' || c == '/' || c == ':'
}

func afterParagraph(before []byte) bool {
	s := strings.ToLower(strings.TrimRight(string(before[max(0, len(before)-12):]), " "))
	for _, word := range []string{"stav", "stava", "st.", "stv", "par.", "paragrafi", "tacka", "tac."} {
		if strings.HasSuffix(s, word) {
			return true
		}
	}
	return false
}
