package batch

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"fener/internal/record"
	"fener/period"
)

// generic are the words of a court's id that do not tell it from its like.
var generic = map[string]bool{"court": true, "of": true, "in": true, "the": true, "basic": true, "district": true,
	"municipal": true, "gjykata": true, "sud": true, "synthetic": true}

// courtPart is what distinguishes a court in a case's id: "prishtina" of
// basic_court_prishtina, "appeals" of court_of_appeals.
func courtPart(court string) string {
	words := strings.FieldsFunc(court, func(r rune) bool { return r == '_' || r == '-' })
	var own []string
	for _, w := range words {
		if !generic[w] {
			own = append(own, w)
		}
	}
	if len(own) == 0 {
		return strings.Join(words, "-")
	}
	return strings.Join(own, "-")
}

// caseID is the id of the case that the first of the numbers names at a court.
func caseID(keys []string, court string) string {
	id := keys[0]
	if part := courtPart(court); part != "" {
		id += "-" + part
	}
	return id
}

// noNumber begins the ids of cases whose number nobody knows.
const noNumber = "no-number-"

// unnumberedID is the id of a case whose number is not on record: it is known
// by everything else that is.
func unnumberedID(court string, date period.Date, instance record.Instance, source string) string {
	return noNumber + shortHash(court, date.String(), instance.String(), source)
}

func judgmentID(ownCase string, instance record.Instance, date period.Date) string {
	id := ownCase + "-" + instance.String()
	if !date.IsZero() {
		id += "-" + date.String()
	}
	return id
}

// sourceID is the id of a new source.
func sourceID(s *record.Source) string {
	slug := record.Slug(s.Title)
	if len(slug) > 60 {
		slug = strings.TrimRight(slug[:60], "-")
	}
	return strings.TrimLeft(slug+"-"+shortHash(s.Title, s.Publisher, s.Address), "-")
}

// shortHash is eight hexadecimal digits; the parts cannot run into each other.
func shortHash(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:4])
}

// caseNumbers are the numbers of a case column.
type caseNumbers struct {
	numbers []string // as written
	keys    []string // by which they are matched
	odd     []string // those that do not look like a case number
}

func readNumbers(text string) (c caseNumbers) {
	for _, n := range record.CaseNumbers(text) {
		key, ok := record.NumberKey(n)
		if key == "" {
			continue
		}
		if !ok {
			c.odd = append(c.odd, n)
		}
		c.numbers, c.keys = append(c.numbers, n), append(c.keys, key)
	}
	return c
}
