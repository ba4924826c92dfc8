package locale

// Plural is the CLDR plural category of a count: "one", "few" or "other".
// Serbian counts 1 predmet, 21 predmet (one), 2 predmeta (few), 5 and 11
// predmeta (other); Albanian and English know one and other. The rules are
// CLDR's cardinal rules for whole numbers; x/text has the same, but only
// behind its message machinery, so they are checked against it in a test.
func Plural(l Lang, n int64) string {
	if l != SR && l != SRLatn {
		if n == 1 || n == -1 {
			return "one"
		}
		return "other"
	}
	last, lastTwo := n%10, n%100
	if n < 0 {
		last, lastTwo = -last, -lastTwo
	}
	switch {
	case last == 1 && lastTwo != 11:
		return "one"
	case last >= 2 && last <= 4 && (lastTwo < 12 || lastTwo > 14):
		return "few"
	}
	return "other"
}

// forms are a noun's forms for the plural categories.
type forms struct{ one, few, other string }

func (f forms) of(l Lang, n int64) string {
	switch Plural(l, n) {
	case "one":
		return f.one
	case "few":
		return f.few
	}
	return f.other
}
