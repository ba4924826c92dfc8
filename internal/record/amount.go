package record

import (
	"fmt"
	"math/big"
	"strings"
	"unicode"

	"fener/locale"
)

// Amount is a sum of money as a source states it: exactly, about, or as more than something. Its value is an exact decimal, never a binary fraction.
type Amount struct {
	Stated
	Currency string `json:"currency"`      // ISO 4217, such as EUR
	Per      string `json:"per,omitempty"` // "shelter": for each; empty: for all that it names together
}

// The currencies in which sources about Kosovo state sums. Which others a record holds is refused rather than guessed.
var currencies = []string{"EUR", "USD", "GBP", "CHF", "ALL", "MKD", "RSD", "NOK", "SEK", "DEM"}

// amountPer are the words that say of what a sum is one of several.
var amountPer = []string{"shelter"}

// Currencies are the codes of the currencies that an amount can have, ISO 4217.
func Currencies() []string { return currencies }

// CurrencyWords are the signs and words, folded, that people write for a currency; none for what is no code of one.
func CurrencyWords(code string) (list []string) {
	for word, of := range currencyWords {
		if of == code {
			list = append(list, word)
		}
	}
	return list
}

func (a *Amount) validate(fs *Faults) {
	if a == nil {
		return
	}
	a.Stated.validateIn(fs, "amount")
	if strings.HasPrefix(a.Low, "-") || strings.HasPrefix(a.High, "-") {
		fs.say(FaultBelowZero, a.Text, "", "amount", "%s: a sum is not below zero; what was paid back is a note", a.Text)
	}
	fs.oneOf("currency", a.Currency, true, currencies)
	fs.oneOf("per", a.Per, false, amountPer)
}

// Rat is the sum as an exact number; ok only where a single one was stated: exactly, about, or as what is reached ("just over 100,000").
func (a *Amount) Rat() (r *big.Rat, ok bool) {
	if a == nil || a.Kind != Exact && a.Kind != About && a.Kind != MoreThan && a.Kind != NoFewer {
		return nil, false
	}
	return new(big.Rat).SetString(a.Low)
}

func (a *Amount) String() string {
	if a == nil {
		return ""
	}
	return given(" ", a.Text, a.Currency)
}

// currencyWords are the signs and words of currencies, folded.
var currencyWords = func() map[string]string {
	m := map[string]string{}
	for code, words := range map[string]string{
		"EUR": "€, eur, euro, euros, eura, evra, evro, eure, euri, eurosh", "USD": "$, us$, usd, dollar, dollars, dollare, dolara", "GBP": "£, gbp, pounds", "CHF": "chf, franc, francs, franga, franaka",
		"ALL": "all, lek, leke, leka, lekesh", "MKD": "mkd, denar, denara, denare", "RSD": "rsd, din, dinar, dinara, dinare", "NOK": "nok", "SEK": "sek", "DEM": "dem, dm",
	} {
		for w := range strings.SplitSeq(words, ", ") {
			m[w] = code
		}
	}
	return m
}()

// AmountError is why a text is no sum of money.
type AmountError struct {
	Code, Found, Other string // as in Fault
	What               string
}

func (e *AmountError) Error() string { return e.What }

// ParseAmount reads a sum of money as people write it: 72.000,00; 72,000.00; 72 000 €; 72000 EUR; just over 100,000 euros; 1.5 million. currency is what
// stands beside it, and may be empty where the text names one. other is how else the number can be read: 72.000 is seventy-two thousand, and in English
// seventy-two. Anything that is no sum is an error, and so is a sum of which nobody says the currency, or two.
func ParseAmount(text, currency string) (a *Amount, other string, err error) {
	text = strings.TrimSpace(text)
	rest, code := cutCurrency(text)
	if beside := strings.TrimSpace(currency); beside != "" {
		known := currencyWords[strings.TrimSpace(locale.Fold(beside))]
		switch {
		case known == "":
			return nil, "", &AmountError{FaultCurrency, beside, strings.Join(currencies, ", "), fmt.Sprintf("%q is no currency that is known here: expected one of %s", beside, strings.Join(currencies, ", "))}
		case code != "" && code != known:
			return nil, "", &AmountError{FaultTwoCurrencies, text, known, fmt.Sprintf("%q names %s, and the currency beside it is %s", text, code, known)}
		}
		code = known
	}
	s := ParseStated(rest)
	s.Text = text
	switch {
	case s.Kind == InWords && strings.ContainsFunc(rest, unicode.IsDigit):
		return nil, "", &AmountError{FaultSum, text, strings.Join(currencies, ", "), fmt.Sprintf("%q is no sum that can be read: expected a number such as 72000, 72.000,00 or 72,000.00, with one of the currencies %s", text, strings.Join(currencies, ", "))}
	case s.Kind == InWords:
		return nil, "", &AmountError{FaultSum, text, strings.Join(currencies, ", "), fmt.Sprintf("%q is no sum; leave it empty where the source gives none, and write its words under note", text)}
	case code == "":
		return nil, "", &AmountError{FaultNoCurrency, text, "", fmt.Sprintf("%q does not say its currency: write it under currency, such as EUR", text)}
	}
	if n, ok := locale.ParseNumber(rest); ok && n.Either {
		other = strings.Replace(rest, ",", ".", 1)
	}
	return &Amount{Stated: s, Currency: code}, other, nil
}

// cutCurrency takes the sign or the word of a currency off either end of a text.
func cutCurrency(text string) (rest, code string) {
	for _, sign := range []string{"US$", "€", "$", "£"} {
		if after, ok := strings.CutPrefix(text, sign); ok {
			return strings.TrimSpace(after), currencyWords[strings.ToLower(sign)]
		}
		if before, ok := strings.CutSuffix(text, sign); ok {
			return strings.TrimSpace(before), currencyWords[strings.ToLower(sign)]
		}
	}
	fields := strings.Fields(text)
	if len(fields) < 2 {
		if at := strings.LastIndexAny(text, "0123456789") + 1; at > 0 && at < len(text) { // 72000EUR
			if code = currencyWords[locale.Fold(text[at:])]; code != "" {
				return text[:at], code
			}
		}
		return text, ""
	}
	last, first := len(fields)-1, 0
	if code = currencyWords[strings.TrimRight(locale.Fold(fields[last]), ".")]; code != "" {
		return strings.Join(fields[:last], " "), code
	}
	if code = currencyWords[locale.Fold(fields[first])]; code != "" {
		return strings.Join(fields[1:], " "), code
	}
	return text, ""
}
