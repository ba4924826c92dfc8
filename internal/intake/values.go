package intake

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"fener/law"
	"fener/period"
)

// longestTerm bounds a term of imprisonment that is not for life. No code in
// force in Kosovo since 1999 has one longer (the Provisional Criminal Code of
// 2003 knew long-term imprisonment up to forty years).
var longestTerm = period.Years(40)

// parseImprisonment reads a length, life, none or unknown.
func parseImprisonment(s string) (p parsed[law.Imprisonment]) {
	if c := s[0]; c < '0' || c > '9' || s == "0" || s == "1" {
		key := wordKey(s)
		switch {
		case lifeWords[key]:
			p.value.State = law.ForLife
			return p
		case unknownWords[key], yesWords[key] && key != "1":
			p.value.State = law.ForUnknownTerm
			return p
		case noneWords[key]:
			return p
		}
	}
	l := parseTerm(s)
	if l.code != "" || l.value.IsZero() {
		return parsed[law.Imprisonment]{code: l.code}
	}
	return parsed[law.Imprisonment]{value: law.Imprisonment{State: law.ForTerm, Term: l.value}}
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

// parseVerification reads the verification time of a suspended sentence.
func parseVerification(s string) (p parsed[period.Length]) {
	if key := wordKey(s); unknownWords[key] || noneWords[key] {
		return p
	}
	return parseTerm(s)
}

// parseFine reads a fine in euros: an amount, none, unknown (not known whether
// one was imposed) or yes (imposed, the amount not known).
func parseFine(s string) (p parsed[law.Fine]) {
	if s == "0" {
		return p
	}
	if c := s[0]; c < '0' || c > '9' {
		key := wordKey(s)
		switch {
		case noneWords[key]:
			return p
		case unknownWords[key]:
			p.value.State = law.FineNotKnown
			return p
		case yesWords[key]:
			p.value.State = law.FineAmountUnknown
			return p
		}
	}
	cents, code := parseEuros(s)
	if code != "" || cents == 0 {
		return parsed[law.Fine]{code: code}
	}
	p.value = law.Fine{State: law.FineOfAmount, Cents: cents}
	return p
}

var currency = words(map[string]bool{"€, eur, euro, euros, eura, evra, evro, evri, eure": true})

// mostDigits keeps an amount in cents within what the figures can add up.
const mostDigits = 12

// parseEuros reads an amount of money in every usual form: 10.000,00;
// 10,000.00; 10 000; 900,-; €900; 900 EUR. One mark followed by three digits
// divides thousands, since no amount of euros has three decimals.
func parseEuros(s string) (cents int64, code Code) {
	t := strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsLetter(r) || r == '€' || r == '.' })
	if around := strings.Replace(s, t, " ", 1); strings.TrimSpace(around) != "" && !currency[strings.Trim(wordKey(around), ". ")] {
		return 0, badFine
	}
	for _, minus := range []string{"-", "−", "–"} {
		if rest, ok := strings.CutPrefix(t, minus); ok {
			if _, code := parseEuros(rest); code == "" {
				return 0, negativeFine
			}
			return 0, badFine
		}
	}
	for _, end := range []string{",-", ",–", ",—", ".-", ".–", ".—"} {
		t = strings.TrimSuffix(t, end)
	}
	whole, decimals, ok := splitAmount(t)
	if !ok || len(whole) == 0 || len(whole) > mostDigits || len(decimals) > 2 {
		return 0, badFine
	}
	n, err := strconv.ParseInt(whole+(decimals + "00")[:2], 10, 64)
	if err != nil {
		return 0, badFine
	}
	return n, ""
}

// splitAmount takes the marks out of an amount.
func splitAmount(t string) (whole, decimals string, ok bool) {
	var groups []string // of digits
	var marks []rune    // between them
	start := 0
	for i, r := range t {
		if r >= '0' && r <= '9' {
			continue
		}
		if unicode.IsSpace(r) || r == '’' {
			r = '\''
		}
		if r != '.' && r != ',' && r != '\'' {
			return "", "", false
		}
		groups, marks = append(groups, t[start:i]), append(marks, r)
		start = i + len(string([]rune(t[i:])[:1]))
	}
	groups = append(groups, t[start:])
	if n := len(marks); n > 0 && marks[n-1] != '\'' {
		alone := n == 1 || marks[n-1] != marks[n-2]
		thousands := len(groups[n]) == 3 && (n > 1 && !alone || n == 1 && groups[0] != "0")
		if alone && !thousands {
			decimals, groups, marks = groups[n], groups[:n], marks[:n-1]
			if decimals == "" {
				return "", "", false
			}
		}
	}
	for i, g := range groups {
		switch {
		case len(marks) == 0:
		case i == 0 && (len(g) < 1 || len(g) > 3), i > 0 && len(g) != 3, i > 1 && marks[i-1] != marks[0]:
			return "", "", false
		}
	}
	return strings.Join(groups, ""), decimals, true
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
	if amount == "" && (noneWords[key] || unknownWords[key]) || s == "0" {
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
		p.value.cents, p.code = parseEuros(amount)
	}
	if p.code != "" {
		return wrong[replaced](badReplaced)
	}
	return p
}

var hourWords = words(map[string]bool{", h, hour, hours, orë, ore, sat, sata, sati, časova, čas, časa, hrs": true})

// mostHours bounds community work: more than a year of working days is a slip.
const mostHours = 3000

// parseHours reads a whole number of hours.
func parseHours(s string) (p parsed[int]) {
	digits := strings.TrimRightFunc(s, func(r rune) bool { return !unicode.IsDigit(r) })
	if key := wordKey(s); digits == "" && (noneWords[key] || unknownWords[key]) {
		return p
	}
	n, err := strconv.Atoi(digits)
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
	digits := strings.TrimSpace(strings.TrimSuffix(t, "+"))
	for _, sign := range []string{"≥", ">="} {
		if rest, ok := strings.CutPrefix(t, sign); ok {
			digits = strings.TrimSpace(rest)
		}
	}
	n, err := strconv.ParseUint(digits, 10, 32)
	if err != nil || n > mostPeople {
		return wrong[Count](badCount)
	}
	p.value = Count{N: int(n), Reported: true, AtLeast: digits != t}
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
