package intake

import (
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// coded is what a text's bytes are taken for.
type coded struct {
	utf8 bool
	page *charmap.Charmap // nil: UTF-8, or nothing but ASCII so far
}

// pages are the code pages that files of the region come in; the first is taken
// where nothing tells.
var pages = []struct {
	page *charmap.Charmap
	name string
}{{charmap.Windows1250, "Windows-1250"}, {charmap.Windows1251, "Windows-1251"}, {charmap.CodePage852, "DOS 852"}, {charmap.Macintosh, "Mac Roman"}}

// decode brings the block to UTF-8. The code pages have ASCII in its place, so
// cutting into rows came before.
func (bl *blocks) decode(b *Batch) error {
	in := &b.input
	if bl.coded.page == nil {
		if utf8.ValidString(in.text) {
			if !bl.coded.utf8 && !ascii(in.text) {
				bl.coded.utf8 = true
			}
			return nil
		}
		if bl.coded.utf8 || mostlyUTF8(in.text) {
			bl.coded.utf8, in.invalid = true, true
			return nil
		}
		p := bl.at
		p.Code, p.Kind = readAs1250, Doubt
		bl.coded.page, p.Other = likeliest(in.text)
		if bl.coded.page != charmap.Windows1250 {
			p.Code = readAs
		}
		b.Problems = append(b.Problems, p)
	}
	text, err := bl.coded.page.NewDecoder().String(in.text)
	if err != nil {
		return err
	}
	in.text = text
	return nil
}

// likeliest is the code page in which a text has the most letters of the
// region's languages, and its name.
func likeliest(text string) (page *charmap.Charmap, name string) {
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

// binary reports whether a text has so many NUL bytes that it is none.
func binary(s string) bool { return strings.Count(s, "\x00")*100 > len(s) }

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// mostlyUTF8 tells a damaged UTF-8 text from one in Windows-1250, in which
// bytes that make up a letter in UTF-8 are rare.
func mostlyUTF8(s string) bool {
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

// lineFeeds turns carriage returns, alone or before a line feed, into line feeds.
type lineFeeds struct {
	r     io.Reader
	after bool // a carriage return came last
}

func (l *lineFeeds) Read(p []byte) (int, error) {
	for {
		n, err := l.r.Read(p)
		out := 0
		for _, c := range p[:n] {
			if c == '\n' && l.after {
				l.after = false
				continue
			}
			if l.after = c == '\r'; l.after {
				c = '\n'
			}
			p[out] = c
			out++
		}
		if out > 0 || err != nil || n == 0 {
			return out, err
		}
	}
}
