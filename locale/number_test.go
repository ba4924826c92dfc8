package locale

import (
	"math"
	"testing"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// every checks one value of each language form against the rows.
func every(t *testing.T, what string, write func(Lang) string, want map[Lang]string) {
	t.Helper()
	for _, l := range All {
		if got := write(l); got != want[l] {
			t.Errorf("%s in %s is %q, want %q", what, l, got, want[l])
		}
	}
}

// same is the text that is one in all languages.
func same(s string) map[Lang]string { return map[Lang]string{SQ: s, SR: s, SRLatn: s, EN: s} }

// serbian gives both Serbian forms one text.
func serbian(sq, sr, en string) map[Lang]string {
	return map[Lang]string{SQ: sq, SR: sr, SRLatn: sr, EN: en}
}

func TestInteger(t *testing.T) {
	for n, want := range map[int64]map[Lang]string{
		0:             same("0"),
		999:           same("999"),
		-999:          same("-999"),
		1000:          serbian("1\u00a0000", "1.000", "1,000"),
		-123456:       serbian("-123\u00a0456", "-123.456", "-123,456"),
		1234567:       serbian("1\u00a0234\u00a0567", "1.234.567", "1,234,567"),
		math.MinInt64: serbian("-9\u00a0223\u00a0372\u00a0036\u00a0854\u00a0775\u00a0808", "-9.223.372.036.854.775.808", "-9,223,372,036,854,775,808"),
	} {
		every(t, "an integer", func(l Lang) string { return Integer(l, n) }, want)
	}
}

func TestDecimal(t *testing.T) {
	for _, tt := range []struct {
		name   string
		f      float64
		digits int
		want   map[Lang]string
	}{
		{"thousands and decimals", 1234567.89, 2, serbian("1\u00a0234\u00a0567,89", "1.234.567,89", "1,234,567.89")},
		{"no decimals", 1234.5, 0, serbian("1\u00a0234", "1.234", "1,234")},
		{"zeros kept", 3, 2, serbian("3,00", "3,00", "3.00")},
		{"negative", -0.25, 1, serbian("-0,2", "-0,2", "-0.2")},
		{"rounds to nothing, without a sign", -0.04, 1, serbian("0,0", "0,0", "0.0")},
		{"fewer than no decimals", 7.6, -3, same("8")},
		{"more decimals than there are", 0.5, 99, serbian("0,500000000000000", "0,500000000000000", "0.500000000000000")},
		{"not a number", math.NaN(), 2, same("–")},
		{"infinite", math.Inf(-1), 2, same("–")},
	} {
		every(t, tt.name, func(l Lang) string { return Decimal(l, tt.f, tt.digits) }, tt.want)
	}
	if got := Decimal(SR, math.MaxFloat64, 15); len(got) < 309 {
		t.Errorf("the largest number has %d letters", len(got))
	}
}

func TestPercent(t *testing.T) {
	for share, want := range map[float64]map[Lang]string{
		0:          same("0%"),
		1:          same("100%"),
		0.5:        same("50%"),
		0.07:       same("7%"),
		0.29:       same("29%"),
		0.423:      serbian("42,3%", "42,3%", "42.3%"),
		7.0 / 12:   serbian("58,3%", "58,3%", "58.3%"),
		1.0 / 1e4:  serbian("< 0,1%", "< 0,1%", "< 0.1%"),
		0.99999:    serbian("> 99,9%", "> 99,9%", "> 99.9%"),
		0.999:      serbian("99,9%", "99,9%", "99.9%"),
		12.5:       serbian("1\u00a0250%", "1.250%", "1,250%"),
		-0.125:     serbian("-12,5%", "-12,5%", "-12.5%"),
		math.NaN(): same("–%"),
	} {
		every(t, "a share", func(l Lang) string { return Percent(l, share) }, want)
	}
}

func TestMoney(t *testing.T) {
	for cents, want := range map[int64]map[Lang]string{
		60000:     {SQ: "600 euro", SR: "600 евра", SRLatn: "600 evra", EN: "600 euros"},
		100:       {SQ: "1 euro", SR: "1 евро", SRLatn: "1 evro", EN: "1 euro"},
		2100:      {SQ: "21 euro", SR: "21 евро", SRLatn: "21 evro", EN: "21 euros"},
		1100:      {SQ: "11 euro", SR: "11 евра", SRLatn: "11 evra", EN: "11 euros"},
		0:         {SQ: "0 euro", SR: "0 евра", SRLatn: "0 evra", EN: "0 euros"},
		60050:     {SQ: "600,50 euro", SR: "600,50 евра", SRLatn: "600,50 evra", EN: "600.50 euros"},
		105:       {SQ: "1,05 euro", SR: "1,05 евра", SRLatn: "1,05 evra", EN: "1.05 euros"},
		-50:       {SQ: "-0,50 euro", SR: "-0,50 евра", SRLatn: "-0,50 evra", EN: "-0.50 euros"},
		123456700: {SQ: "1\u00a0234\u00a0567 euro", SR: "1.234.567 евра", SRLatn: "1.234.567 evra", EN: "1,234,567 euros"},
		math.MinInt64: {SQ: "-92\u00a0233\u00a0720\u00a0368\u00a0547\u00a0758,08 euro", SR: "-92.233.720.368.547.758,08 евра",
			SRLatn: "-92.233.720.368.547.758,08 evra", EN: "-92,233,720,368,547,758.08 euros"},
	} {
		every(t, "an amount", func(l Lang) string { return Money(l, cents) }, want)
	}
}

func TestPlural(t *testing.T) {
	for _, tt := range []struct {
		n           int64
		sr, sq, say string
	}{
		{0, "other", "other", "0 predmeta"}, {1, "one", "one", "1 predmet"}, {2, "few", "other", "2 predmeta"},
		{4, "few", "other", "4 predmeta"}, {5, "other", "other", "5 predmeta"}, {11, "other", "other", "11 predmeta"},
		{12, "other", "other", "12 predmeta"}, {21, "one", "other", "21 predmet"}, {22, "few", "other", "22 predmeta"},
		{101, "one", "other", "101 predmet"}, {111, "other", "other", "111 predmeta"}, {-1, "one", "one", "-1 predmet"},
		{-22, "few", "other", "-22 predmeta"}, {math.MinInt64, "other", "other", "…808"},
	} {
		every(t, tt.say, func(l Lang) string { return Plural(l, tt.n) }, serbian(tt.sq, tt.sr, tt.sq))
	}
}

func TestPluralAgreesWithCLDR(t *testing.T) {
	names := map[plural.Form]string{plural.One: "one", plural.Few: "few", plural.Other: "other"}
	for _, l := range All {
		tag := language.MustParse(l.BCP47())
		for n := range 10_000 {
			if got, want := Plural(l, int64(n)), names[plural.Cardinal.MatchPlural(tag, n, 0, 0, 0, 0)]; got != want {
				t.Fatalf("%d in %s is %q, CLDR says %q", n, l, got, want)
			}
		}
	}
}
