package period

import "testing"

// Laws that let mitigation go down to a part of the minimum, such as a half of it, name
// no remainder; a part that falls between two days counts as the shorter one.
func TestPart(t *testing.T) {
	for _, tt := range []struct {
		name     string
		of       string
		num, den int
		want     string
	}{
		{"half of an even number of years", "10y", 1, 2, "5y"},
		{"half of an odd number of years is years and months", "5y", 1, 2, "2y 6m"},
		{"half of an odd number of months is months and fifteen days", "7m", 1, 2, "3m 15d"},
		{"a third of a year", "1y", 1, 3, "4m"},
		{"two thirds of a year", "1y", 2, 3, "8m"},
		{"a quarter of a month is seven days, not seven and a half", "1m", 1, 4, "7d"},
		{"a third of ten days is three days", "10d", 1, 3, "3d"},
		{"months and days each give their part", "3m 9d", 1, 2, "1m 19d"},
		{"the whole is itself", "2y 3m 4d", 1, 1, "2y 3m 4d"},
		{"a part of none is none", "", 1, 2, ""},
	} {
		of, err := ParseLength(tt.of)
		if err != nil {
			t.Fatal(err)
		}
		part := of.Part(tt.num, tt.den)
		if part.String() != tt.want {
			t.Errorf("%s: %d/%d of %q is %q, want %q", tt.name, tt.num, tt.den, tt.of, part, tt.want)
		}
		if part.Compare(of) > 0 {
			t.Errorf("%s: %q is longer than the %q it is a part of", tt.name, part, of)
		}
	}
}

func TestAfterIsTheOtherSideOfBefore(t *testing.T) {
	for _, tt := range []struct {
		name, d, e string
		want       bool
	}{
		{"the day after", "2019-04-14", "2019-04-13", true},
		{"the same day", "2019-04-14", "2019-04-14", false},
		{"a month may still hold the day", "2019-04", "2019-04-14", false},
		{"a later month", "2019-05", "2019-04-14", true},
		{"a later year", "2020", "2019-12", true},
		{"an unknown date is after nothing", "", "2019-04-14", false},
		{"nothing is after an unknown date", "2019-04-14", "", false},
	} {
		if got := MustDate(tt.d).After(MustDate(tt.e)); got != tt.want {
			t.Errorf("%s: %q after %q: %v", tt.name, tt.d, tt.e, got)
		}
	}
}
