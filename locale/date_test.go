package locale

import (
	"testing"

	"fener/period"
)

func TestDate(t *testing.T) {
	for _, tt := range []struct{ in, sq, sr, srLatn, en string }{
		{"2017-12-31", "31 dhjetor 2017", "31. децембар 2017.", "31. decembar 2017.", "31 December 2017"},
		{"2019-04-01", "1 prill 2019", "1. април 2019.", "1. april 2019.", "1 April 2019"},
		{"2020-11", "nëntor 2020", "новембар 2020.", "novembar 2020.", "November 2020"},
		{"2017", "2017", "2017.", "2017.", "2017"},
		{"", "data nuk dihet", "датум није познат", "datum nije poznat", "date not known"},
	} {
		d := period.MustDate(tt.in)
		every(t, tt.in, func(l Lang) string { return Date(l, d) }, map[Lang]string{SQ: tt.sq, SR: tt.sr, SRLatn: tt.srLatn, EN: tt.en})
	}
}

// After since, until and on, Serbian asks for the genitive; the other languages have no case to change.
func TestDateAfterAPreposition(t *testing.T) {
	for _, tt := range []struct{ in, sq, sr, srLatn, en string }{
		{"2026-11-25", "25 nëntor 2026", "25. новембра 2026.", "25. novembra 2026.", "25 November 2026"},
		{"2019-04-14", "14 prill 2019", "14. априла 2019.", "14. aprila 2019.", "14 April 2019"},
		{"2013-01", "janar 2013", "јануара 2013.", "januara 2013.", "January 2013"},
		{"2020-08", "gusht 2020", "августа 2020.", "avgusta 2020.", "August 2020"},
		{"2004", "2004", "2004.", "2004.", "2004"},
	} {
		d := period.MustDate(tt.in)
		every(t, tt.in, func(l Lang) string { return DateAfter(l, d) }, map[Lang]string{SQ: tt.sq, SR: tt.sr, SRLatn: tt.srLatn, EN: tt.en})
	}
}

func TestMonthNamesOfBothScriptsAgree(t *testing.T) {
	for i, name := range monthNames[SRLatn] {
		if got := Cyrillic(name); got != monthNames[SR][i] {
			t.Errorf("%s is %s in Cyrillic, the table has %s", name, got, monthNames[SR][i])
		}
	}
}

func TestLength(t *testing.T) {
	for _, tt := range []struct{ in, sq, srLatn, en string }{
		{"", "asnjë", "nema", "none"},
		{"3y 6m", "3 vjet e 6 muaj", "3 godine i 6 meseci", "3 years 6 months"},
		{"1y", "1 vit", "1 godina", "1 year"},
		{"2y", "2 vjet", "2 godine", "2 years"},
		{"5y", "5 vjet", "5 godina", "5 years"},
		{"12y", "12 vjet", "12 godina", "12 years"},
		{"21y", "21 vjet", "21 godina", "21 years"},
		{"22y", "22 vjet", "22 godine", "22 years"},
		{"1m", "1 muaj", "1 mesec", "1 month"},
		{"2m", "2 muaj", "2 meseca", "2 months"},
		{"11m", "11 muaj", "11 meseci", "11 months"},
		{"1d", "1 ditë", "1 dan", "1 day"},
		{"2d", "2 ditë", "2 dana", "2 days"},
		{"21d", "21 ditë", "21 dan", "21 days"},
		{"90d", "90 ditë", "90 dana", "90 days"},
		{"1y 2m 10d", "1 vit, 2 muaj e 10 ditë", "1 godina, 2 meseca i 10 dana", "1 year 2 months 10 days"},
		{"1y 10d", "1 vit e 10 ditë", "1 godina i 10 dana", "1 year 10 days"},
		{"1096d", "1096 ditë", "1096 dana", "1096 days"},
	} {
		n, err := period.ParseLength(tt.in)
		if err != nil {
			t.Fatal(err)
		}
		every(t, tt.in, func(l Lang) string { return Length(l, n) },
			map[Lang]string{SQ: tt.sq, SR: Cyrillic(tt.srLatn), SRLatn: tt.srLatn, EN: tt.en})
	}
}

func TestLengthReadsBack(t *testing.T) {
	for _, l := range All {
		for months := range 30 {
			for _, days := range []int{0, 1, 2, 5, 11, 21, 90} {
				n, err := period.NewLength(0, months, days)
				if err != nil || n.IsZero() {
					continue
				}
				if back, err := period.ParseLength(Length(l, n)); err != nil || back != n {
					t.Errorf("%q reads back as %q, %v", Length(l, n), back, err)
				}
			}
		}
	}
}
