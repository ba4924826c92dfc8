package locale

import (
	"math"
	"strconv"
)

// noBreak is the no-break space, which groups digits in Albanian.
const noBreak = "\u00a0"

// marks are the signs between thousands and before decimals.
func marks(l Lang) (group, point string) {
	switch l {
	case SR, SRLatn:
		return ".", ","
	case EN:
		return ",", "."
	}
	return noBreak, ","
}

// Integer writes a whole number with its thousands grouped: sr 1.234.567,
// sq 1 234 567 (no-break spaces), en 1,234,567.
func Integer(l Lang, n int64) string {
	var b [24]byte
	return grouped(l, strconv.AppendInt(b[:0], n, 10))
}

// maxDigits is what a float64 can hold; more decimals would be invented.
const maxDigits = 15

// Decimal writes a number with so many decimals (0 to 15), rounded and with
// its thousands grouped. What is not a finite number is a dash.
func Decimal(l Lang, f float64, digits int) string {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return "–"
	}
	var b [64]byte
	text := strconv.AppendFloat(b[:0], f, 'f', max(0, min(digits, maxDigits)), 64)
	if text[0] == '-' && isZero(text[1:]) {
		text = text[1:] // -0.04 rounds to 0.0, which has no sign
	}
	return grouped(l, text)
}

func isZero(text []byte) bool {
	for _, c := range text {
		if c != '0' && c != '.' {
			return false
		}
	}
	return true
}

// grouped puts the language's marks into a plain number such as -1234567.89.
func grouped(l Lang, plain []byte) string {
	group, point := marks(l)
	whole := 0
	for whole < len(plain) && plain[whole] != '.' {
		whole++
	}
	out := make([]byte, 0, len(plain)+len(plain)/3*len(group)+1)
	for i, c := range plain[:whole] {
		if left := whole - i; i > 0 && left%3 == 0 && plain[i-1] != '-' {
			out = append(out, group...)
		}
		out = append(out, c)
	}
	if whole < len(plain) {
		out = append(append(out, point...), plain[whole+1:]...)
	}
	return string(out)
}

// Percent writes a share of 1 in per cent with one decimal at most: 0.5 is
// 50%, 0.423 is 42.3%. A share that is neither nothing nor all never reads as
// 0% or 100%: one conviction in ten thousand is "< 0.1%".
func Percent(l Lang, share float64) string {
	switch {
	case share > 0 && share < 0.0005:
		return "< " + Decimal(l, 0.1, 1) + "%"
	case share >= 0.9995 && share < 1:
		return "> " + Decimal(l, 99.9, 1) + "%"
	}
	tenths := math.Round(share * 1000)
	if math.Mod(tenths, 10) == 0 {
		return Decimal(l, tenths/10, 0) + "%"
	}
	return Decimal(l, tenths/10, 1) + "%"
}

// euros are the forms of the currency; few and other are one in Serbian.
var euros = map[Lang]forms{
	SQ:     {"euro", "euro", "euro"},
	SR:     {"евро", "евра", "евра"},
	SRLatn: {"evro", "evra", "evra"},
	EN:     {"euro", "euros", "euros"},
}

// Money writes an amount of euros given in cents: 60000 is "600 euro", "600
// евра", "600 evra", "600 euros". Cents stand only where there are some, and
// the noun is then in the plural.
func Money(l Lang, cents int64) string {
	var b [32]byte
	whole, rest := cents/100, cents%100
	if rest == 0 {
		return Integer(l, whole) + " " + euros[l].of(l, whole)
	}
	text := b[:0]
	if cents < 0 {
		text = append(text, '-') // -0.50 would lose its sign with the whole euros
		whole, rest = -whole, -rest
	}
	text = strconv.AppendInt(text, whole, 10)
	text = append(text, '.', byte('0'+rest/10), byte('0'+rest%10))
	return grouped(l, text) + " " + euros[l].other
}
