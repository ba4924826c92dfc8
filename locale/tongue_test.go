package locale_test

import (
	"fmt"
	"testing"

	"fener/locale"
)

func TestTongue(t *testing.T) {
	for _, row := range []struct {
		text string
		want locale.Lang
	}{
		{"third paragraph", locale.EN},
		{"Government of Kosovo, as reported by the US Department of State", locale.EN},
		{"just over 100,000", locale.EN},
		{"grievous bodily harm", locale.EN},
		{"trafficking in persons; organised crime", locale.EN},
		{"the example of Kosovo, from public reporting", locale.EN},
		{"sipas raportit të Policisë", locale.SQ},
		{"faqja 12", locale.SQ},
		{"Kodi Penal i Republikës së Kosovës", locale.SQ},
		{"u prvoj polovini godine", locale.SRLatn},
		{"stav 2 presude", locale.SRLatn},
		{"трговина људима", locale.SR},
		// Names and numbers say nothing, and what could be two languages is left open.
		{"Kosovo 2.0", ""}, {"Kosova Women's Network", ""}, {"PAKR 52/14", ""}, {"12", ""}, {"", ""}, {"Petrović", ""}, {"i", ""},
		{"Tier 2", ""},
	} {
		if got := locale.Tongue(row.text); got != row.want {
			t.Errorf("%q is taken for %q, want %q", row.text, got, row.want)
		}
	}
}

func ExampleTongue() {
	fmt.Println(locale.Tongue("according to reports"))
	fmt.Println(locale.Tongue("sipas raporteve të policisë"))
	fmt.Printf("%q\n", locale.Tongue("KosovaPress, 2023"))
	// Output:
	// en
	// sq
	// ""
}
