package intake

import (
	"io"
	"strings"
	"unicode/utf8"

	"fener/internal/codepage"

	"golang.org/x/text/encoding/charmap"
)

// coded is what a text's bytes are taken for.
type coded struct {
	utf8 bool
	page *charmap.Charmap // nil: UTF-8, or nothing but ASCII so far
}

// decode brings the block to UTF-8. The code pages have ASCII in its place, so
// cutting into rows came before.
func (bl *blocks) decode(b *Batch) error {
	in := &b.input
	if bl.coded.page == nil {
		if utf8.ValidString(in.text) {
			if !bl.coded.utf8 && !codepage.ASCII(in.text) {
				bl.coded.utf8 = true
			}
			return nil
		}
		if bl.coded.utf8 || codepage.MostlyUTF8(in.text) {
			bl.coded.utf8, in.invalid = true, true
			return nil
		}
		p := bl.at
		p.Code, p.Kind = readAs1250, Doubt
		bl.coded.page, p.Other = codepage.Likeliest(in.text)
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

// binary reports whether a text has so many NUL bytes that it is none.
func binary(s string) bool { return strings.Count(s, "\x00")*100 > len(s) }

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
