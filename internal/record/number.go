package record

import (
	"regexp"
	"strings"

	"fener/locale"
)

// caseNumber matches one court's number in the spellings seen in Kosovo:
// "P.Nr.1970/2024", "PKR.nr. 64/21", "P 309/10", "PN.1.S. nr. 49/2023",
// "Pml.Kzz 92/2016", "PA-II. nr. 2/2020", "PP 898-4/2012", "KI180/24".
var caseNumber = regexp.MustCompile(`(?i)^\s*(.*?)\s*(?:(?:^|[\s.\-])(?:nr|no|br|бр)\b\.?)?\s*(\d+(?:-\d+)?)\s*/\s*(\d{4}|\d{2})\.?\s*$`)

// electronicNumber matches the courts' new numbers, "2022:19820".
var electronicNumber = regexp.MustCompile(`^\s*(\d{4})\s*:\s*(\d+)\s*$`)

// numberJoint splits several numbers in one text.
var numberJoint = regexp.MustCompile(`(?i)\s*[;,+]\s*|\s+(?:and|dhe|e|i|и|&)\s+`)

// CaseNumbers splits a text into the case numbers it holds.
func CaseNumbers(s string) []string {
	s = strings.TrimSpace(s)
	if s != "" && isOne(s) {
		return []string{s}
	}
	var list []string
	for _, part := range numberJoint.Split(s, -1) {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// NumberKey is the one spelling of a case number by which cases are matched:
// "PKR.nr. 64/21" and "PKR.Nr.64/2021" are both "pkr-64-2021". Letter case,
// dots, spaces and two-digit years do not matter. A text that is not a case
// number comes back folded, so that equal texts still match; ok is then false.
func NumberKey(s string) (key string, ok bool) {
	prefix, number, year, plain := plainCaseNumber(s)
	if !plain {
		if m := electronicNumber.FindStringSubmatch(s); m != nil {
			return m[1] + "-" + m[2], true
		}
		m := caseNumber.FindStringSubmatch(s)
		if m == nil {
			return slug(s), false
		}
		prefix, number, year = m[1], m[2], m[3]
	}
	if len(year) == 2 {
		if year <= "69" {
			year = "20" + year
		} else {
			year = "19" + year
		}
	}
	prefix = strings.ReplaceAll(slug(prefix), "-", "")
	if prefix == "" {
		prefix = "nr"
	}
	return prefix + "-" + number + "-" + year, true
}

// slug is the folded text with single hyphens for all but letters and digits.
func slug(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range locale.Fold(s) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
			continue
		}
		gap = true
	}
	return b.String()
}

// Slug makes an id from a name; at most 80 bytes.
func Slug(s string) string {
	t := slug(s)
	if len(t) > 80 {
		t = strings.TrimRight(t[:80], "-")
	}
	return t
}
