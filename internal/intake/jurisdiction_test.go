package intake

import (
	"testing"

	"fener/law"
	"fener/period"
)

func embedded(t *testing.T, country string) *law.Pack {
	t.Helper()
	pack, err := law.Embedded(country)
	if err != nil {
		t.Fatal(err)
	}
	return pack
}

// How long a term can be, each country's law says: forty years in Kosovo, any
// number of them in the United States.
func TestATermIsBoundByItsCountry(t *testing.T) {
	for _, c := range []struct {
		country, term string
		code          Code
	}{{"xk", "40 years", ""}, {"xk", "41 years", tooLong}, {"us", "41 years", ""}, {"us", "100 years", ""}, {"us", "300 years", tooLong}} {
		if p := withinTerm(embedded(t, c.country), parseImprisonment)(c.term); p.code != c.code {
			t.Errorf("%s in %s: %q, expected %q", c.term, c.country, p.code, c.code)
		}
		verification := func(s string) parsed[period.Length] { return parseVerification(s) }
		if p := withinVerification(embedded(t, c.country), verification)(c.term); p.code != c.code {
			t.Errorf("verification of %s in %s: %q, expected %q", c.term, c.country, p.code, c.code)
		}
	}
}

// An amount is in the currency of the country's law: one in another is refused,
// never taken for it.
func TestAFineIsInTheCurrencyOfItsCountry(t *testing.T) {
	for _, c := range []struct {
		country, fine string
		cents         int64
		code          Code
	}{
		{"us", "$5,000.00", 500000, ""}, {"us", "5000 USD", 500000, ""}, {"us", "5000", 500000, ""}, {"us", "5000 EUR", 0, badCurrency}, {"us", "€ 600", 0, badCurrency},
		{"us", "none", 0, ""}, {"xk", "600 €", 60000, ""}, {"xk", "$600", 0, badCurrency},
	} {
		p := inCurrency(embedded(t, c.country), parseFine)(c.fine)
		if p.code != c.code || p.value.Cents != c.cents {
			t.Errorf("%q in %s: %d, %q; expected %d, %q", c.fine, c.country, p.value.Cents, p.code, c.cents, c.code)
		}
	}
}

// The grounds that a pack declares are read from files, in its words for them.
func TestGroundsThatAPackDeclares(t *testing.T) {
	embedded(t, "us")
	for _, text := range []string{"substantial_assistance", "Substantial assistance", "government motion", "3553(e)"} {
		if p := parseGrounds(text); p.code != "" || p.value.String() != "substantial_assistance" {
			t.Errorf("%q reads as %q, %q", text, p.value, p.code)
		}
	}
}
