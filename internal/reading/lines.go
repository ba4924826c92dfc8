package reading

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// splitLines finds the lines of a text; a page break ends one.
func splitLines(text string) (lines []line) {
	from := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\n':
			lines = append(lines, line{from: from, to: i})
			from = i + 1
		case '\f':
			lines = append(lines, line{from: from, to: i}, line{from: i + 1, to: i + 1, skip: true})
			from = i + 1
		}
	}
	return append(lines, line{from: from, to: len(text)})
}

var (
	pageNumber = regexp.MustCompile(`^(?i:faqe|faqja|strana|str\.?|страна|page|p\.)?\s*[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:/|nga|od|од|of|prej)\s*\d{1,4})?$`)
	item       = regexp.MustCompile(`^(?:\d{1,3}\.(?:\s+\S|\s*\p{Lu})|(?:[a-zçë]\.|[a-z]\)|[-–•▪]|[IVX]{1,5}\.|\(?\d{1,2}\))\s*\S)`)
	spaced     = regexp.MustCompile(`^(?:(?:\pL\pM*){1,3}\s+){3,}(?:\pL\pM*){1,3}\s*[:,.]?$`)
)

const (
	halfLine  = 45 // a line shorter than this ended before its sentence had to break
	shout     = 60 // no heading in capitals or with spaces between its letters is longer
	nearPage  = 4  // lines around a page number in which a running head stands
	headShare = 4  // a running head stands on one page in four at least: titles of decisions in a volume come again more rarely
)

// markPages leaves out page numbers, and the lines beside them or beside a page break that come again on other pages.
func markPages(text string, lines []line) {
	blank := func(i int) bool {
		return i < 0 || i >= len(lines) || strings.TrimSpace(text[lines[i].from:lines[i].to]) == ""
	}
	var marks []int
	for i := range lines {
		if lines[i].skip {
			marks = append(marks, i)
			continue
		}
		if lines[i].to-lines[i].from > 80 {
			continue
		}
		trimmed := strings.TrimSpace(text[lines[i].from:lines[i].to])
		if trimmed != "" && (blank(i-1) || blank(i+1)) && pageNumber.MatchString(trimmed) {
			lines[i].skip = true
			marks = append(marks, i)
		}
	}
	heads := map[string]int{}
	beside := func(do func(i int, key string)) {
		for _, mark := range marks {
			for _, step := range []int{1, -1} {
				for k := 1; k <= nearPage; k++ {
					if i := mark + step*k; !blank(i) && !lines[i].skip {
						if lines[i].to-lines[i].from < 160 {
							do(i, headKey(text[lines[i].from:lines[i].to]))
						}
						break
					} else if i < 0 || i >= len(lines) {
						break
					}
				}
			}
		}
	}
	last := map[int]bool{}
	beside(func(i int, key string) {
		if !last[i] {
			last[i] = true
			heads[key]++
		}
	})
	beside(func(i int, key string) {
		lines[i].skip = lines[i].skip || heads[key] > 1 && heads[key]*headShare >= len(marks)
	})
}

// headKey is a line without its digits and spaces: running heads differ in the page's number alone.
func headKey(s string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r >= '0' && r <= '9' {
			return -1
		}
		return r
	}, s)
}

// markParagraphs says where paragraphs begin: after an empty line and before a number, a letter or a dash of a list; in a text whose lines are not
// broken, at every line.
func markParagraphs(text string, lines []line) {
	long, all := make([]int, len(lines)+1), make([]int, len(lines)+1) // how many there are before a line
	for i, l := range lines {
		long[i+1], all[i+1] = long[i], all[i]
		if n := l.to - l.from; n > 0 {
			all[i+1]++
			if n > 200 {
				long[i+1]++
			}
		}
	}
	unbroken := func(i int) bool { // around here
		a, b := max(0, i-25), min(len(lines), i+25)
		return (long[b]-long[a])*8 > all[b]-all[a]
	}
	after, ended := true, true
	for i := range lines {
		l := &lines[i]
		if l.skip {
			continue
		}
		trimmed := strings.TrimSpace(text[l.from:min(l.to, l.from+300)])
		if trimmed == "" {
			after = true
			continue
		}
		l.spaced = len(trimmed) < shout && isSpaced(trimmed)
		title := l.spaced || len(trimmed) < shout && isTitle(trimmed)
		l.para = after || unbroken(i) || title || ended && item.MatchString(trimmed[:min(len(trimmed), 40)])
		after = title
		last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text[l.from:l.to], " \t\r"))
		ended = strings.ContainsRune(".:;\"”’“)", last) || len(trimmed) < halfLine
	}
}

// isTitle says that a line is in capitals, as headings are: "KRIV JE", "AKTGJYKIM".
func isTitle(s string) bool {
	letters := 0
	for _, c := range s {
		switch {
		case unicode.IsUpper(c):
			letters++
		case unicode.IsLetter(c) || unicode.IsDigit(c) || c == '.':
			return false
		}
	}
	return letters > 4
}

// isSpaced says that a line is a heading with spaces between its letters, also where some letters stand together: "O b ra z l o ž e nje".
func isSpaced(s string) bool {
	if !spaced.MatchString(s) {
		return false
	}
	words := strings.Fields(s)
	single := 0
	for _, w := range words {
		letters := 0
		for _, c := range w {
			if unicode.IsLetter(c) {
				letters++
			}
		}
		if letters == 1 {
			single++
		}
	}
	return single*10 >= len(words)*6
}
