package record

import "testing"

func TestUnitsGoByManyNames(t *testing.T) {
	for word, want := range map[string]string{"people": "persons", "Persons": "persons", "persona": "persons", "лица": "persons", "žrtava": "persons",
		"€": "EUR", "euro": "EUR", "evra": "EUR", "%": "percent", "për qind": "percent", "raste": "cases", "slučajeva": "cases", "muaj": "months",
		"strehimore": "shelters", "kallëzime": "reports", "kg": "", "": ""} {
		if unit, ok := ParseUnit(word); unit != want || ok != (want != "") {
			t.Errorf("%q is %q, %v, expected %q", word, unit, ok, want)
		}
	}
}

func TestANumberAndItsUnitArePutApart(t *testing.T) {
	for text, want := range map[string][2]string{
		"49 persons": {"49", "persons"}, "49 viktima": {"49", "persons"}, "at least 5 people": {"at least 5", "persons"}, "€65,000": {"65,000", "EUR"},
		"65.000 €": {"65.000", "EUR"}, "65 mijë euro": {"65 mijë", "EUR"}, "EUR 600": {"600", "EUR"}, "44%": {"44", "percent"}, "44 për qind": {"44", "percent"},
		"3 criminal reports": {"3", "reports"}, "8 months": {"8", "months"},
	} {
		if rest, unit, ok := SplitUnit(text); !ok || rest != want[0] || unit != want[1] {
			t.Errorf("%q is %q and %q, %v, expected %q", text, rest, unit, ok, want)
		}
	}
	for _, text := range []string{"49", "16 girls and two boys", "all victims", "most suspects", "", "€", "3 years 4 months"} {
		if rest, unit, ok := SplitUnit(text); ok {
			t.Errorf("%q is taken for %q and %q", text, rest, unit)
		}
	}
}
