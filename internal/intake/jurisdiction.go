package intake

import (
	"strings"

	"fener/law"
	"fener/locale"
	"fener/period"
)

// withinTerm refuses a term longer than any that the law pack knows: such a
// length in a file is a mistake, or a sum of several.
func withinTerm(pack *law.Pack, parse func(string) parsed[punishment]) func(string) parsed[punishment] {
	longest := pack.LongestTerm()
	return func(s string) parsed[punishment] {
		p := parse(s)
		if p.value.State == law.ForTerm && p.value.Term.Compare(longest) > 0 {
			return wrong[punishment](tooLong)
		}
		return p
	}
}

// withinVerification is withinTerm for the time of a suspended sentence.
func withinVerification(pack *law.Pack, parse func(string) parsed[period.Length]) func(string) parsed[period.Length] {
	longest := pack.LongestTerm()
	return func(s string) parsed[period.Length] {
		if p := parse(s); p.value.Compare(longest) <= 0 {
			return p
		}
		return wrong[period.Length](tooLong)
	}
}

// currencySigns are the signs that stand for a currency in amounts.
var currencySigns = map[string]string{"USD": "$", "GBP": "£", "JPY": "¥", "TRY": "₺", "INR": "₹", "ILS": "₪", "KRW": "₩", "UAH": "₴"}

// inCurrency reads an amount in the pack's currency. Where that is not the euro,
// its code and sign are what the euro's are elsewhere, and euros are another
// currency, which is never taken for it.
func inCurrency(pack *law.Pack, parse func(string) parsed[law.Fine]) func(string) parsed[law.Fine] {
	code := pack.CurrencyCode()
	if code == "EUR" {
		return parse
	}
	return func(s string) parsed[law.Fine] {
		rest := s
		for _, own := range []string{code, strings.ToLower(code), currencySigns[code]} {
			if own != "" {
				rest = strings.ReplaceAll(rest, own, " ")
			}
		}
		for _, w := range strings.Fields(locale.Fold(rest)) {
			if strings.Contains(w, "€") || currency[wordKey(w)] {
				return wrong[law.Fine](badCurrency)
			}
		}
		if rest = strings.TrimSpace(rest); rest == "" {
			return wrong[law.Fine](badFine)
		}
		return parse(rest)
	}
}
