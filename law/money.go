package law

import (
	"fmt"

	"golang.org/x/text/currency"

	"fener/locale"
	"fener/period"
)

// money is a pack's currency; the zero money is the euro. Amounts are held in
// hundredths of it, whatever its coins are: cents of a euro or a dollar.
type money struct{ code string }

// currencyOf reads an ISO 4217 code; empty is the euro.
func currencyOf(code string) (money, error) {
	if code == "" || code == "EUR" {
		return money{}, nil
	}
	unit, err := currency.ParseISO(code)
	if err != nil || unit.String() != code {
		return money{}, fmt.Errorf("%q is no currency: expected three capitals of ISO 4217, such as EUR, USD or ALL", code)
	}
	return money{code}, nil
}

// text writes an amount of hundredths in a form in which texts are put
// together: "600 euros", "600 USD", "1,250.50 USD".
func (m money) text(l locale.Lang, hundredths int64) string {
	if m.code == "" {
		return locale.Money(building(l), hundredths)
	}
	decimals := 2
	if hundredths%100 == 0 {
		decimals = 0
	}
	return locale.Decimal(building(l), float64(hundredths)/100, decimals) + " " + verbatim(l, m.code)
}

// CurrencyCode is the ISO 4217 code of the pack's currency.
func (p *Pack) CurrencyCode() string {
	if p == nil || p.at.currency.code == "" {
		return "EUR"
	}
	return p.at.currency.code
}

// LongestTerm is the longest term of years that any law of the country has had,
// as the pack says; what is longer in a file is a mistake or a sum.
func (p *Pack) LongestTerm() period.Length {
	if p == nil || p.Longest.IsZero() {
		return period.Years(period.Longest)
	}
	return p.Longest
}

// Money writes an amount in the pack's currency, given in hundredths: "600
// euros", "600 USD". A nil pack counts in euros.
func (p *Pack) Money(l locale.Lang, hundredths int64) string {
	var m money
	if p != nil {
		m = p.at.currency
	}
	return finish(l, m.text(l, hundredths))
}
