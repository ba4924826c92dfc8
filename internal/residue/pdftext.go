package residue

import (
	"bytes"
	"encoding/hex"
	"strings"
	"unicode/utf16"
)

// maxFonts is how many tables of fonts are kept, and maxGlyphs how large each may be.
const (
	maxFonts  = 64
	maxGlyphs = 1 << 16
)

// eachString gives every string of a page or a dictionary, ( ) and < >, without
// its escapes. plain is one that stands so in the file.
func eachString(b []byte, give func(piece []byte, plain bool)) {
	for i := 0; i < len(b); {
		switch b[i] {
		case '(':
			piece, n, plain := literal(b[i:])
			give(piece, plain)
			i += n
		case '<':
			end := bytes.IndexByte(b[i:], '>')
			if end < 0 {
				return
			}
			if piece, ok := hexadecimal(b[i+1 : i+end]); ok {
				give(piece, false)
				i += end
			}
			i++
		default:
			i++
		}
	}
}

// literal reads ( ... ), in which brackets come in pairs and \ escapes.
func literal(b []byte) (piece []byte, n int, plain bool) {
	plain = true
	depth := 0
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c == '(':
			if depth++; depth == 1 {
				continue
			}
		case c == ')':
			if depth--; depth == 0 {
				return piece, i + 1, plain
			}
		case c == '\\' && i+1 < len(b):
			plain = false
			i++
			switch c := b[i]; {
			case c >= '0' && c <= '7':
				v := 0
				for k := 0; k < 3 && i < len(b) && b[i] >= '0' && b[i] <= '7'; k++ {
					v = v*8 + int(b[i]-'0')
					i++
				}
				i--
				piece = append(piece, byte(v))
			case c == '\n' || c == '\r':
			default:
				piece = append(piece, strings.NewReplacer("n", "\n", "r", "\r", "t", "\t", "b", "\b", "f", "\f").Replace(string(rune(c)))...)
			}
			continue
		}
		piece = append(piece, b[i])
	}
	return piece, len(b), plain
}

func hexadecimal(b []byte) (piece []byte, ok bool) {
	digits := make([]byte, 0, len(b)+1)
	for _, c := range b {
		switch {
		case c == ' ' || c == '\n' || c == '\r' || c == '\t':
		case c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f':
			digits = append(digits, c)
		default:
			return nil, false
		}
	}
	if len(digits)%2 == 1 {
		digits = append(digits, '0')
	}
	piece = make([]byte, len(digits)/2)
	_, err := hex.Decode(piece, digits)
	return piece, err == nil && len(piece) > 0
}

// A fontTable says which letters a font's codes are (ToUnicode, ISO 32000-1, 9.10.3).
type fontTable struct {
	bytes   int // of a code
	letters map[uint32]string
}

// text is a string of the font in letters.
func (t *fontTable) text(piece []byte) []byte {
	var out []byte
	for i := 0; i+t.bytes <= len(piece); i += t.bytes {
		out = append(out, t.letters[number(piece[i:i+t.bytes])]...)
	}
	return out
}

func number(b []byte) (n uint32) {
	for _, c := range b {
		n = n<<8 | uint32(c)
	}
	return n
}

// font keeps the table of a font, if a stream is one.
func (p *pdf) font(b []byte) {
	if !bytes.Contains(b, []byte("beginbfchar")) && !bytes.Contains(b, []byte("beginbfrange")) {
		return
	}
	if len(p.fonts) == maxFonts {
		p.r.unsearched(p.at, "PDF: it has more fonts than are read")
		return
	}
	t := fontTable{letters: map[uint32]string{}}
	section(b, "beginbfchar", "endbfchar", func(s [][]byte) {
		for ; len(s) >= 2; s = s[2:] {
			t.set(s[0], number(s[0]), s[1], 0)
		}
	})
	section(b, "beginbfrange", "endbfrange", func(s [][]byte) {
		for ; len(s) >= 3; s = s[3:] {
			first, last := number(s[0]), number(s[1])
			for c := first; c <= last && c-first < maxGlyphs; c++ {
				t.set(s[0], c, s[2], uint16(c-first))
			}
		}
	})
	if t.bytes > 0 {
		p.fonts = append(p.fonts, t)
	}
}

func (t *fontTable) set(code []byte, c uint32, utf16be []byte, plus uint16) {
	if len(t.letters) >= maxGlyphs || len(code) > 4 {
		return
	}
	t.bytes = max(t.bytes, len(code))
	var units []uint16
	for i := 0; i+1 < len(utf16be); i += 2 {
		units = append(units, uint16(utf16be[i])<<8|uint16(utf16be[i+1]))
	}
	if len(units) > 0 {
		units[len(units)-1] += plus
		t.letters[c] = string(utf16.Decode(units))
	}
}

// section gives the strings of each part of a table. A range with a list of its
// letters, [ ... ], is written out as that many of one code.
func section(b []byte, begin, end string, give func([][]byte)) {
	for {
		_, rest, ok := bytes.Cut(b, []byte(begin))
		if !ok {
			return
		}
		part, after, _ := bytes.Cut(rest, []byte(end))
		b = after
		var all [][]byte
		for len(part) > 0 {
			before, tail, listed := bytes.Cut(part, []byte("["))
			eachString(before, func(piece []byte, _ bool) { all = append(all, piece) })
			list, next, _ := bytes.Cut(tail, []byte("]"))
			part = next
			if !listed || len(all) < 2 {
				continue
			}
			code, first := all[len(all)-2], number(all[len(all)-2])
			all = all[:len(all)-2]
			eachString(list, func(piece []byte, _ bool) {
				one := make([]byte, len(code))
				for i, c := 0, first; i < len(one); i++ {
					one[len(one)-1-i] = byte(c >> (8 * i))
				}
				all = append(all, one, one, piece)
				first++
			})
		}
		give(all)
	}
}
