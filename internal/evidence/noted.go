package evidence

import (
	"strings"

	"fener/locale"
)

// The words with which people note that a figure is probably wrong, folded.
// They are looked for in the note and the reason of an observation, not in what
// the source says.
var doubtWords = []string{
	"swapped", "probably wrong", "wrong figure", "is wrong", "misprint", "typo", "mistake", "mistaken", "mistakenly", "erroneous", "in error", "mixed up", "confused with",
	"incorrect", "implausible", "unreliable", "cannot be right", "not credible", "misquoted", "misread",
	"gabim", "gabimisht", "ngaterruar", "te ngaterruara", "kembyer", "pasakte", "e pabesueshme",
	"pogresno", "pogresan", "pogresna", "greska", "greskom", "zamenjen", "zamenjeno", "zamenjeni", "zamenjene", "zamijenjen", "netacno", "netacan", "netacna", "neverovatno",
}

// noted reports whether the record notes of an observation that its figure is
// probably wrong.
func noted(o *Observation) bool {
	if o.Note == "" && o.Reason == "" {
		return false
	}
	text := " " + strings.Join(strings.FieldsFunc(locale.Fold(o.Note+" . "+o.Reason), func(r rune) bool { return (r < 'a' || r > 'z') && r != '.' }), " ") + " "
	for _, w := range doubtWords {
		if at := strings.Index(text, " "+w); at >= 0 && !negated(text[:at]) {
			return true
		}
	}
	return false
}

// negated reports whether a text ends with a word that denies what follows.
func negated(text string) bool {
	for _, no := range []string{" not", " no", " nuk", " jo", " nije", " bez", " pa"} {
		if strings.HasSuffix(text, no) {
			return true
		}
	}
	return false
}

// Remark is what the record itself says of an observation's figure, where it
// notes that it is probably wrong; else empty.
func (o *Observation) Remark() string {
	if !noted(o) {
		return ""
	}
	return strings.TrimSpace(strings.TrimSpace(o.Reason + " " + o.Note))
}
