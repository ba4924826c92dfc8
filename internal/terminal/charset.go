package terminal

import (
	"strings"

	"fener/locale"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// charset is how a terminal writes that says it is none of UTF-8, as sr_RS.ISO-8859-2 does; nil for UTF-8, and where nothing is
// said, as with LANG=C, which is what containers have whatever their terminal knows. Windows takes characters, not bytes.
func charset(env func(string) string) transform.Transformer {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		value := env(name)
		if value == "" {
			continue
		}
		value, _, _ = strings.Cut(value, "@")
		_, set, said := strings.Cut(value, ".")
		if !said || strings.EqualFold(strings.ReplaceAll(set, "-", ""), "utf8") {
			return nil
		}
		known, err := ianaindex.IANA.Encoding(set)
		if err != nil || known == nil {
			return simply{}
		}
		return reducing{known.NewEncoder()}.chain()
	}
	return nil
}

func recoded(t transform.Transformer, text []byte) []byte {
	out, _, err := transform.Bytes(t, text)
	if err != nil {
		return text
	}
	return out
}

// reducing writes what a character set has, and what it has not as simply as simply does.
type reducing struct{ to *encoding.Encoder }

func (r reducing) chain() transform.Transformer {
	return transform.Chain(spelled{func(c rune) bool {
		_, err := r.to.String(string(c))
		return err == nil
	}}, encoding.ReplaceUnsupported(r.to))
}

// simply writes in ASCII alone.
type simply struct{}

func (simply) Reset() {}

func (simply) Transform(dst, src []byte, atEOF bool) (int, int, error) {
	return spelled{func(c rune) bool { return c < 0x80 }}.Transform(dst, src, atEOF)
}

// spelled replaces the characters that are not had by others: č by c, a line of the table by -, what has no likeness by ?.
type spelled struct{ has func(rune) bool }

func (spelled) Reset() {}

func (s spelled) Transform(dst, src []byte, _ bool) (nDst, nSrc int, err error) {
	for _, r := range string(src) {
		text := string(r)
		if r >= 0x80 && !s.has(r) {
			text = s.likeness(r)
		}
		if nDst+len(text) > len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		nDst += copy(dst[nDst:], text)
		nSrc += len(string(r))
	}
	return nDst, nSrc, nil
}

var likenesses = map[rune]string{'─': "-", '–': "-", '—': "-", '·': "*", '…': "...", '„': `"`, '“': `"`, '”': `"`, '’': "'", '‘': "'",
	'€': "EUR", 'đ': "dj", 'Đ': "Dj", '→': "->", '≥': ">=", '≤': "<=", '×': "x", '\u00a0': " ", '\u202f': " ", '\u2011': "-"}

// likeness spells Cyrillic in Latin letters before it looks for one of those.
func (s spelled) likeness(r rune) string {
	if text, ok := likenesses[r]; ok {
		return text
	}
	if latin := []rune(locale.Latin(string(r))); len(latin) > 0 && latin[0] != r {
		var all strings.Builder
		for _, one := range latin {
			if one < 0x80 || s.has(one) {
				all.WriteRune(one)
			} else {
				all.WriteString(s.likeness(one))
			}
		}
		return all.String()
	}
	if apart := norm.NFD.String(string(r)); apart[0] < 0x80 {
		return apart[:1]
	}
	return "?"
}
