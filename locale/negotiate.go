package locale

import (
	"strconv"
	"strings"
)

// Negotiate chooses a language form from an Accept-Language header (RFC 9110,
// section 12.5.4): the one with the highest weight, the first of equals, and
// Albanian where none is wanted that we have.
//
// The choice is our own because x/text takes Croatian and Bosnian readers to
// Albanian, and Serbian readers in Latin to Cyrillic.
func Negotiate(acceptLanguage string) Lang {
	best, bestWeight := SQ, 0.0
	for item := range strings.SplitSeq(acceptLanguage, ",") {
		tag, params, _ := strings.Cut(item, ";")
		l, ok := understood(strings.ToLower(strings.TrimSpace(tag)))
		if w := weight(params); ok && w > bestWeight {
			best, bestWeight = l, w
		}
	}
	return best
}

// weight reads "q=0.8"; no weight is 1, and what is not a weight counts as 0.
func weight(params string) float64 {
	params = strings.TrimSpace(params)
	if params == "" {
		return 1
	}
	name, value, _ := strings.Cut(params, "=")
	w, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if !strings.EqualFold(strings.TrimSpace(name), "q") || err != nil || !(w >= 0 && w <= 1) {
		return 0
	}
	return w
}

// understood is the language form that a reader of the tag (in lower case) can
// read. Croatian, Bosnian and Montenegrin readers read Serbian in Latin.
func understood(tag string) (Lang, bool) {
	primary, rest, _ := strings.Cut(tag, "-")
	rest = "-" + rest + "-"
	switch primary {
	case "*", "sq", "als", "aln":
		return SQ, true
	case "en":
		return EN, true
	case "sr", "srp", "hr", "bs", "sh", "hbs", "cnr", "me":
		latin := primary != "sr" && primary != "srp" || strings.Contains(rest, "-me-")
		if strings.Contains(rest, "-latn-") || latin && !strings.Contains(rest, "-cyrl-") {
			return SRLatn, true
		}
		return SR, true
	}
	return "", false
}
