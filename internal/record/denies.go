package record

import (
	"slices"
	"strings"

	"fener/locale"
)

// The words with which a statement begins that says that there was none, folded.
var noneBegins = []string{"nobody ", "no one ", "none ", "never ", "not one ", "not a single ", "there is no ", "there are no ", "there was no ", "there were no ", "askush ", "asnje ",
	"asnjeri ", "asnjehere ", "nuk ka asnje ", "nuk kishte asnje ", "nuk pati asnje ", "niko ", "nijedan ", "nijedna ", "nijedno ", "nikad ", "nikada ", "nema nijedn", "nije bilo nijedn"}

// Denies tells whether the claim's statement begins with words that say that
// there was none: "Nobody was acquitted". Held against whether there was one,
// the answer would be the wrong way round.
func (c *Claim) Denies() bool {
	for _, text := range []string{c.Statement.SQ, c.Statement.SR, c.Statement.EN} {
		begin := locale.Fold(strings.TrimSpace(text)) + " "
		if slices.ContainsFunc(noneBegins, func(w string) bool { return strings.HasPrefix(begin, w) }) {
			return true
		}
	}
	return false
}
