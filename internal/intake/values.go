package intake

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"fener/law"
	"fener/locale"
	"fener/period"
)

// longestTerm bounds what is read as a length at all; how long a term can be in
// a country, its law pack says (withinTerm).
var longestTerm = period.Years(period.Longest)

// parseImprisonment reads a length, life, none or unknown, and what people
// write beside a length.
func parseImprisonment(s string) (p parsed[punishment]) {
	if c := s[0]; c < '0' || c > '9' || s == "0" || s == "1" {
		key := wordKey(s)
		switch {
		case lifeWords[key]:
			p.value.State = law.ForLife
			return p
		case missingWords[key]:
			p.value.notKnown, p.value.more = true, true
			return p
		case unknownWords[key], yesWords[key] && key != "1":
			p.value.State = law.ForUnknownTerm
			return p
		case noneWords[key], noPrison[key]:
			return p
		}
	}
	l := parseTerm(s)
	switch {
	case l.code == tooLong:
		p.code = tooLong
	case l.code != "":
		return parsePunishment(s)
	case !l.value.IsZero():
		p.value.State, p.value.Term = law.ForTerm, l.value
	}
	return p
}

// parseTerm reads a length of at most longestTerm.
func parseTerm(s string) (p parsed[period.Length]) {
	l, err := period.ParseLength(s)
	switch {
	case err == nil && l.Compare(longestTerm) > 0, err != nil && lengthBut(s):
		return wrong[period.Length](tooLong)
	case err != nil:
		return wrong[period.Length](badLength)
	}
	p.value = l
	return p
}

var firstNumber = regexp.MustCompile(`\d+`)

// lengthBut reports whether only its number keeps a text from being a length.
func lengthBut(s string) bool {
	at := firstNumber.FindStringIndex(s)
	if at == nil || at[1]-at[0] < 3 {
		return false
	}
	_, err := period.ParseLength(s[:at[0]] + "1" + s[at[1]:])
	return err == nil
}

// parseVerification reads the verification period of a suspended sentence.
func parseVerification(s string) (p parsed[period.Length]) {
	if key := wordKey(s); unknownWords[key] || missingWords[key] || noneWords[key] {
		return p
	}
	if p = parseTerm(s); p.code != badLength {
		return p
	}
	r := lengthReader{words: lengthWords(s)}
	if code := r.read(); code == ageNotLength || code == numbersDisagree {
		return wrong[period.Length](code)
	} else if code != "" || !r.lengthRead || r.life || !r.verification.IsZero() {
		return wrong[period.Length](badLength)
	}
	return parsed[period.Length]{value: r.length}
}

// replaced is what imprisonment was replaced by, and how much of it.
type replaced struct {
	by    law.Replaced
	cents int64
	hours int
}

// parseReplaced reads "fine 900", "work 120h", either word alone, or none.
func parseReplaced(s string) (p parsed[replaced]) {
	i := strings.IndexFunc(s, unicode.IsDigit)
	word, amount := s, ""
	if i >= 0 {
		word, amount = s[:i], s[i:]
	}
	key := strings.TrimRight(wordKey(word), " :=€")
	if amount == "" && (noneWords[key] || unknownWords[key] || missingWords[key]) || s == "0" {
		return p
	}
	by, ok := replacedWords[key]
	if negative := strings.TrimRight(word, "-−–") != word; !ok || negative {
		return wrong[replaced](badReplaced)
	}
	p.value.by = by
	if amount == "" {
		return p
	}
	if by == law.ReplacedByWork {
		h := parseHours(amount)
		p.value.hours, p.code = h.value, h.code
	} else {
		p.value.cents, p.code = parseMoney(amount)
	}
	if p.code != "" {
		return wrong[replaced](badReplaced)
	}
	return p
}

var hourWords = words(map[string]bool{", h, hour, hours, orë, ore, sat, sata, sati, časova, čas, časa, hrs, orë pune, sati rada, časova rada, hours of work": true})

// mostHours bounds community work: more than a year of working days is a slip.
const mostHours = 3000

// parseHours reads a whole number of hours.
func parseHours(s string) (p parsed[int]) {
	digits := strings.TrimRightFunc(s, func(r rune) bool { return !unicode.IsDigit(r) })
	if key := wordKey(s); digits == "" && (noneWords[key] || unknownWords[key] || missingWords[key]) {
		return p
	}
	whole := digits
	if number, ok := locale.ParseNumber(digits); ok && !number.Either {
		whole = number.Plain
	}
	n, err := strconv.Atoi(whole)
	if err != nil || n < 0 || n > mostHours || !hourWords[wordKey(s[len(digits):])] {
		return wrong[int](badHours)
	}
	p.value = n
	return p
}

// mostPeople bounds a reported total.
const mostPeople = 10_000_000

// parseCount reads a reported total: 7, or 1+ for one or more.
func parseCount(s string) (p parsed[Count]) {
	t := strings.TrimSpace(s)
	if key := wordKey(t); missingWords[key] || unknownWords[key] {
		return p
	}
	digits := strings.TrimSpace(strings.TrimSuffix(t, "+"))
	for _, sign := range []string{"≥", ">="} {
		if rest, ok := strings.CutPrefix(t, sign); ok {
			digits = strings.TrimSpace(rest)
		}
	}
	number, ok := locale.ParseNumber(digits)
	n, err := strconv.ParseUint(number.Plain, 10, 32)
	if !ok || err != nil || n > mostPeople || number.Either && strings.Contains(digits, ",") {
		return wrong[Count](badCount)
	}
	p.value = Count{N: int(n), Reported: true, AtLeast: digits != t}
	return p
}

// parseAge reads an age in whole years.
func parseAge(s string) (p parsed[uint8]) {
	if key := wordKey(s); missingWords[key] || unknownWords[key] {
		return p
	}
	fields := strings.Fields(wordKey(s))
	number, ok := locale.ParseNumber(fields[0])
	n, err := strconv.ParseUint(number.Plain, 10, 8)
	for _, w := range fields[1:] {
		ok = ok && (ageUnits[w] || lengthUnits[w] == 'y' || w == "old" || w == "starosti" || w == "zivota")
	}
	if !ok || err != nil || n < 10 || n > 110 {
		return wrong[uint8](badAge)
	}
	p.value = uint8(n)
	return p
}

// plainNumber undoes what binary fractions do to a workbook's decimals:
// 600.10000000000002 is 600.1.
func plainNumber(s string) string {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) || !strings.ContainsAny(s, ".eE") {
		return s
	}
	return strconv.FormatFloat(math.Round(f*1e6)/1e6, 'f', -1, 64)
}
