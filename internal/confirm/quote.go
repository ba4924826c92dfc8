package confirm

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fener/internal/reading"
)

// A quotation is widened below fewQuoted bytes, by mostWider on each side, and mostQuote bounds what two places are drawn together over.
const (
	fewQuoted  = 60
	mostWider  = 90
	mostQuote  = 320
	widerLabel = 30
)

// widen gives a short quotation the words around it: to the ends of its sentence, or so far that it can be understood.
func widen(text string, start, end, wider int) (int, int) {
	if start < 0 || end > len(text) || start >= end || end-start >= fewQuoted {
		return start, end
	}
	from := start
	for from > 0 && start-from < wider && !ends(text[:from]) {
		_, n := utf8.DecodeLastRuneInString(text[:from])
		from -= n
	}
	if start-from >= wider { // in the middle of a sentence: from its next whole word on
		for from < start && !unicode.IsSpace(rune(text[from])) {
			from++
		}
	}
	to := end
	for to < len(text) && to-end < wider && !ends(text[:to]) {
		_, n := utf8.DecodeRuneInString(text[to:])
		to += n
	}
	if to-end >= wider {
		for to > end && !unicode.IsSpace(rune(text[to-1])) {
			to--
		}
	}
	from += len(text[from:start]) - len(strings.TrimLeftFunc(text[from:start], unicode.IsSpace))
	to -= len(text[end:to]) - len(strings.TrimRightFunc(text[end:to], unicode.IsSpace))
	return from, to
}

// ends reports whether a text ends as a sentence, a paragraph or a page does: with an empty line, a form feed, a semicolon, or a full stop before which a word of
// more than three letters stands, so that it is none of an abbreviation or of a number.
func ends(text string) bool {
	trimmed := strings.TrimRight(text, " ")
	switch {
	case trimmed == "", strings.HasSuffix(trimmed, "\f"), strings.HasSuffix(trimmed, "\n\n"), strings.HasSuffix(trimmed, ";"):
		return true
	case !strings.HasSuffix(strings.TrimRight(trimmed, "\n"), "."):
		return false
	}
	before := strings.TrimRight(strings.TrimRight(trimmed, "\n"), ".")
	letters := 0
	for before != "" {
		r, n := utf8.DecodeLastRuneInString(before)
		if !unicode.IsLetter(r) {
			break
		}
		letters++
		before = before[:len(before)-n]
	}
	return letters > 3
}

// Quote are the words of a text from start to before end, in one line, with the full names that stand in them reduced to initials.
func Quote(text string, start, end int, names []reading.Span) string {
	start, end = max(0, start), min(end, len(text))
	if start >= end {
		return ""
	}
	var b strings.Builder
	at := start
	for _, n := range names {
		if n.End <= at || n.Start >= end || n.Start < at {
			continue
		}
		b.WriteString(text[at:n.Start])
		b.WriteString(Initials(text[n.Start:min(n.End, len(text))]))
		at = min(n.End, end)
	}
	b.WriteString(text[at:end])
	return strings.Join(strings.Fields(b.String()), " ")
}

// Initials are those of a name: "Agim Krasniqi" is A.K., and "Shpresa Gjoka" is Sh.Gj., as Albanian letters go.
func Initials(name string) string {
	var b strings.Builder
	for word := range strings.FieldsFuncSeq(name, func(r rune) bool { return !unicode.IsLetter(r) }) {
		first, n := utf8.DecodeRuneInString(word)
		b.WriteRune(unicode.ToUpper(first))
		if next, _ := utf8.DecodeRuneInString(word[n:]); n < len(word) {
			switch string(unicode.ToLower(first)) + string(unicode.ToLower(next)) {
			case "sh", "xh", "zh", "gj", "rr", "ll", "nj", "dh", "th", "lj", "dž":
				b.WriteRune(unicode.ToLower(next))
			}
		}
		b.WriteByte('.')
	}
	return b.String()
}
