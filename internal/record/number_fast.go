package record

import "strings"

// Nearly every case number is written in plain ASCII in one of a few ways, and
// the two expressions of number.go take 2.6 and 1.7 µs for one. What follows
// reads the plain ones in a tenth of that; where it is in doubt it says so, and
// the expressions decide. A fuzz test holds both ways to one answer.

// isPlain reports whether a text has nothing but printable ASCII.
func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// isOne reports whether a text surely holds no joint between two numbers.
func isOne(s string) bool {
	if !isPlain(s) || strings.ContainsAny(s, ";,+&") {
		return false
	}
	for s != "" {
		var word string
		word, s, _ = strings.Cut(s, " ")
		switch len(word) {
		case 1:
			if word == "e" || word == "E" || word == "i" || word == "I" {
				return false
			}
		case 3:
			if strings.EqualFold(word, "and") || strings.EqualFold(word, "dhe") {
				return false
			}
		}
	}
	return true
}

// plainCaseNumber takes "PKR.nr. 64/21" apart from its end; ok is false in doubt.
func plainCaseNumber(s string) (prefix, number, year string, ok bool) {
	slash := strings.LastIndexByte(s, '/')
	if slash < 0 || s[0] == ' ' || !isPlain(s) {
		return "", "", "", false
	}
	year = strings.TrimLeft(strings.TrimSuffix(strings.TrimRight(s[slash+1:], " "), "."), " ")
	if len(year) != 2 && len(year) != 4 || digitsAtEnd(year) != 0 {
		return "", "", "", false
	}
	before := strings.TrimRight(s[:slash], " ")
	at := digitsAtEnd(before)
	if at == len(before) {
		return "", "", "", false
	}
	if at > 0 && before[at-1] == '-' { // "898-4"
		if first := digitsAtEnd(before[:at-1]); first < at-1 {
			at = first
		}
	}
	return withoutNr(before[:at]), before[at:], year, true
}

// digitsAtEnd is where the digits begin that a text ends with.
func digitsAtEnd(s string) int {
	i := len(s)
	for i > 0 && s[i-1] >= '0' && s[i-1] <= '9' {
		i--
	}
	return i
}

// withoutNr takes the word for "number" from the end of what stands before one.
func withoutNr(s string) string {
	t := strings.TrimSuffix(strings.TrimRight(s, " "), ".")
	if len(t) == len(s) || len(t) < 2 { // it runs into the digits, so it is no word
		return s
	}
	word, rest := t[len(t)-2:], t[:len(t)-2]
	if !strings.EqualFold(word, "nr") && !strings.EqualFold(word, "no") && !strings.EqualFold(word, "br") {
		return s
	}
	if rest == "" || strings.IndexByte(" .-", rest[len(rest)-1]) >= 0 {
		return rest
	}
	return s
}
