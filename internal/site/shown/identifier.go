package shown

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"regexp"
	"strings"
)

// The identifier of a judgment has the five parts of a European Case Law Identifier (Council conclusions 2011/C 127/01, annex): a word, the country, at most
// seven letters and digits for the court, the year of the decision, and at most 25 letters, digits and points. It does not begin with ECLI, since
// nobody whom the conclusions name gave it: Kosovo has no coordinator, and XK is a code that ISO 3166 leaves to its users.
const identifierWord = "FENER"

var (
	identifierForm = regexp.MustCompile(`^FENER:[A-Z]{2}:[A-Z][A-Z0-9]{0,6}:[0-9]{4}:([0-9A-Z.]{1,25})$`)
	ordinalForm    = regexp.MustCompile(`^[0-9a-z]{1,25}$`)
	courtLetters   = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)
)

// JudgmentIdentifier is a judgment's identifier in the shape of an ECLI; empty where the country, the court or the year is not known, and where the id says
// more than the record (see JudgmentID). Its last part is the judgment's id, which never changes and by itself says which judgment is meant: what stood in
// the others may be corrected.
func JudgmentIdentifier(country, court string, year int, id string) string {
	if len(country) != 2 || court == "" || year < 1000 || year > 9999 || !ordinalForm.MatchString(id) {
		return ""
	}
	return fmt.Sprintf("%s:%s:%s:%d:%s", identifierWord, strings.ToUpper(country), courtCode(court), year, strings.ToUpper(id))
}

// JudgmentMeant is the id of the judgment that an identifier names.
func JudgmentMeant(identifier string) (id string, ok bool) {
	m := identifierForm.FindStringSubmatch(strings.ToUpper(identifier))
	if m == nil {
		return "", false
	}
	return strings.ToLower(m[1]), true
}

// courtCode is a code of seven letters for a court: the first letters of the words of its id, three at most, then a hash of it, since nobody has given the
// courts codes of their own. BCP.... is one of the basic courts of Prishtina, Prizren and Peja.
func courtCode(court string) string {
	code := ""
	for word := range strings.FieldsFuncSeq(strings.ToUpper(court), func(c rune) bool { return c < 'A' || c > 'Z' }) {
		if len(code) < 3 {
			code += word[:1]
		}
	}
	if code == "" {
		code = "C"
	}
	sum := sha256.Sum256([]byte(court))
	return code + courtLetters.EncodeToString(sum[:])[:7-len(code)]
}
