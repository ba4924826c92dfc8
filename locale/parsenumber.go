package locale

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// Written is a number read from a text.
type Written struct {
	Plain string // as a plain decimal number: 1234567.5, -3
	// Either tells that one mark stands before three digits: 100.000 is a hundred
	// thousand in Albanian and Serbian and a hundred in English. It is read as
	// thousands, since nobody counts people or euros in thousandths; who measures
	// something finer must ask.
	Either bool
}

var (
	digitsOnly = regexp.MustCompile(`^\d+$`)
	decimals   = regexp.MustCompile(`^(\d*)[.,](\d+)$`)
	scientific = regexp.MustCompile(`^\d+(?:\.\d+)?[eE][+-]?\d{1,2}$`)
	// groups of three with one mark between them all, then perhaps another mark and decimals
	byPoint = regexp.MustCompile(`^\d{1,3}(?:\.\d{3})+(?:,\d+)?$`)
	byComma = regexp.MustCompile(`^\d{1,3}(?:,\d{3})+(?:\.\d+)?$`)
	bySpace = regexp.MustCompile(`^\d{1,3}(?:['’\s\x{00A0}\x{2009}\x{202F}]\d{3})+(?:[.,]\d+)?$`)
)

// multipliers are the words that stand after a number for its thousands, folded.
var multipliers = map[string]int{
	"thousand": 3, "mije": 3, "hiljada": 3, "hiljade": 3, "hiljadu": 3, "tisuca": 3, "tisuce": 3, "k": 3,
	"million": 6, "millions": 6, "milion": 6, "milione": 6, "milioni": 6, "miliona": 6, "milijun": 6, "milijuna": 6, "mil": 6, "mln": 6, "mio": 6,
}

// mostDigits bounds what is read as a number; a longer row of digits is the number of a file or an account.
const mostDigits = 15

// ParseNumber reads a number as people and programs write it, in any of the
// languages: 24; 100,000; 100.000; 1 234 567; 1'234,50; 2.5; 2,5; 65 mijë;
// 1.5 million; 1e+05. It knows nothing of units; ok is false for anything else.
func ParseNumber(text string) (n Written, ok bool) {
	t := strings.TrimSpace(text)
	for _, minus := range []string{"-", "−"} {
		if rest, found := strings.CutPrefix(t, minus); found {
			n, ok = ParseNumber(rest)
			if !ok || strings.HasPrefix(n.Plain, "-") {
				return Written{}, false
			}
			if n.Plain != "0" {
				n.Plain = "-" + n.Plain
			}
			return n, true
		}
	}
	zeros := 0
	if at := strings.IndexFunc(t, unicode.IsLetter); at > 0 && !scientific.MatchString(t) {
		if zeros, ok = multipliers[strings.TrimRight(Fold(strings.TrimSpace(t[at:])), ".")]; !ok {
			return Written{}, false
		}
		t = strings.TrimSpace(t[:at])
	}
	if n, ok = parseDigits(t); !ok || zeros == 0 {
		return n, ok
	}
	if n.Either { // "1.500 million" is one and a half million, and nobody writes a thousand million so
		n, _ = plain(strings.Cut(strings.Replace(t, ",", ".", 1), "."))
	}
	n.Plain, n.Either = times(n.Plain, zeros), false
	return n, true
}

func parseDigits(t string) (Written, bool) {
	strip := func(marks, point string) (Written, bool) {
		whole, rest := t, ""
		if at := strings.LastIndexAny(t, point); at >= 0 {
			whole, rest = t[:at], t[at+1:]
		}
		for _, mark := range marks {
			whole = strings.ReplaceAll(whole, string(mark), "")
		}
		return plain(whole, rest, true)
	}
	switch {
	case digitsOnly.MatchString(t):
		return plain(t, "", true)
	case scientific.MatchString(t):
		f, err := strconv.ParseFloat(t, 64)
		if err != nil {
			return Written{}, false
		}
		return plain(strings.Cut(strconv.FormatFloat(f, 'f', -1, 64), "."))
	case byPoint.MatchString(t) && t[0] != '0':
		n, ok := strip(".", ",")
		n.Either = strings.Count(t, ".") == 1 && !strings.Contains(t, ",")
		return n, ok
	case byComma.MatchString(t) && t[0] != '0':
		n, ok := strip(",", ".")
		n.Either = strings.Count(t, ",") == 1 && !strings.Contains(t, ".")
		return n, ok
	case bySpace.MatchString(t):
		return strip("'’ \t\u00a0\u2009\u202f", ".,")
	}
	if m := decimals.FindStringSubmatch(t); m != nil {
		return plain(m[1], m[2], true)
	}
	return Written{}, false
}

// plain puts a number together, without zeros that say nothing.
func plain(whole, rest string, _ bool) (Written, bool) { // the third as strings.Cut gives it
	if len(whole)+len(rest) > mostDigits || whole+rest == "" {
		return Written{}, false
	}
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if rest = strings.TrimRight(rest, "0"); rest != "" {
		whole += "." + rest
	}
	return Written{Plain: whole}, true
}

// times moves the decimal point to the right.
func times(number string, zeros int) string {
	whole, rest, _ := strings.Cut(number, ".")
	for len(rest) < zeros {
		rest += "0"
	}
	n, _ := plain(whole+rest[:zeros], rest[zeros:], true)
	return n.Plain
}
