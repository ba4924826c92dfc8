// Package locale writes and reads what depends on a language: numbers, money,
// plurals, dates, lengths of sentences, the two Serbian scripts, sorting and
// the folding of words for search. It knows four language forms and needs no
// message catalogue; the rules follow the Unicode CLDR unless a comment says why not.
package locale

import (
	"fmt"
	"strings"
)

// Lang is one of the four language forms. The value is the short tag that
// stands in addresses and files.
type Lang string

// The language forms: Albanian, Serbian in Cyrillic, Serbian in Latin, English.
const (
	SQ     Lang = "sq"
	SR     Lang = "sr"
	SRLatn Lang = "sr-Latn"
	EN     Lang = "en"
)

// All are the language forms in the order in which they are offered.
var All = []Lang{SQ, SR, SRLatn, EN}

// ParseLang reads sq, sr, sr-Cyrl, sr-Latn or en in any case.
func ParseLang(s string) (Lang, error) {
	switch strings.ToLower(s) {
	case "sq":
		return SQ, nil
	case "sr", "sr-cyrl":
		return SR, nil
	case "sr-latn":
		return SRLatn, nil
	case "en":
		return EN, nil
	}
	return "", fmt.Errorf("there is no language %q here: use sq, sr, sr-Latn or en", s)
}

// Name is the language's own name for itself; the two Serbian forms differ in script.
func (l Lang) Name() string {
	switch l {
	case SR:
		return "Српски"
	case SRLatn:
		return "Srpski"
	case EN:
		return "English"
	}
	return "Shqip"
}

// BCP47 is the full tag for a page's lang attribute. It names the Serbian
// script both times, since screen readers choose a voice by it.
func (l Lang) BCP47() string {
	if l == SR {
		return "sr-Cyrl"
	}
	return string(l)
}
