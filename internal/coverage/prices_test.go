package coverage_test

import (
	"math/big"
	"testing"

	"fener/internal/coverage"
	"fener/internal/record"
)

// change is a year's change of prices, as a source has it.
func change(source string, year int, percent string) *record.Price {
	return &record.Price{Country: "XK", Currency: "EUR", Year: year, Change: percent, Citation: record.Citation{Source: source}}
}

// Made-up changes, SYNTHETIC: 10 % twice, and a fall by half.
func TestASumIsToldInThePricesOfAnotherYear(t *testing.T) {
	list := coverage.NewPrices(map[string]*record.Price{"a": change("s", 2016, "10"), "b": change("s", 2017, "10"), "c": change("s", 2018, "-50")})
	if len(list) != 1 || list[0].First != 2015 || list[0].Last != 2018 {
		t.Fatalf("got %+v; want one series from 2015 to 2018", list)
	}
	for _, row := range []struct {
		what   string
		of, in int
		want   string // of 100; empty: cannot be told
	}{
		{"its own year", 2016, 2016, "100"},
		{"one year later", 2015, 2016, "110"},
		{"two years later, one change upon the other", 2015, 2017, "121"},
		{"a fall halves", 2017, 2018, "50"},
		{"backwards, what later prices were worth before", 2017, 2015, "82.64"},
		{"a year before the first is not known", 2014, 2017, ""},
		{"a year after the last is not known", 2015, 2019, ""},
		{"a sum whose year nobody says", 0, 2017, ""},
	} {
		r, ok := list[0].In(big.NewRat(100, 1), row.of, row.in)
		got := ""
		if ok {
			got = coverage.Decimal(r)
		}
		if got != row.want {
			t.Errorf("%s: 100 of %d in the prices of %d is %q; want %q", row.what, row.of, row.in, got, row.want)
		}
	}
}

func TestASeriesHasNoYearMissing(t *testing.T) {
	for _, row := range []struct {
		what        string
		of          map[string]*record.Price
		first, last int // 0: no series
	}{
		{"years with one missing: the longest run", map[string]*record.Price{"a": change("s", 2010, "1"), "b": change("s", 2012, "1"), "c": change("s", 2013, "1")}, 2011, 2013},
		{"two runs as long: the later", map[string]*record.Price{"a": change("s", 2010, "1"), "b": change("s", 2012, "1")}, 2011, 2012},
		{"a year that is stated twice alike", map[string]*record.Price{"a": change("s", 2010, "1"), "b": change("s", 2010, "1"), "c": change("s", 2011, "1")}, 2009, 2011},
		{"a year that is stated twice differently", map[string]*record.Price{"a": change("s", 2010, "1"), "b": change("s", 2010, "2"), "c": change("s", 2011, "1"), "d": change("s", 2012, "1")}, 2010, 2012},
		{"a year of which only a bound is stated", map[string]*record.Price{"a": change("s", 2010, "<1")}, 0, 0},
		{"two sources make two series, the longer first", map[string]*record.Price{"a": change("s", 2010, "1"), "b": change("t", 2011, "1"), "c": change("t", 2012, "1")}, 2010, 2012},
	} {
		list := coverage.NewPrices(row.of)
		first, last := 0, 0
		if len(list) > 0 {
			first, last = list[0].First, list[0].Last
		}
		if first != row.first || last != row.last {
			t.Errorf("%s: the series goes from %d to %d; want %d to %d", row.what, first, last, row.first, row.last)
		}
	}
}
