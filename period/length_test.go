package period

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"testing/quick"
	"time"
)

func TestParseLength(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"3y 6m", "3y 6m"},
		{"3y6m", "3y 6m"},
		{"42 months", "3y 6m"},
		{"90 days", "90d"},
		{"1 year, 2 months and 10 days", "1y 2m 10d"},
		{"3 vjet e 6 muaj", "3y 6m"},
		{"3 vjet dhe 6 muaj", "3y 6m"},
		{"1 VIT", "1y"},
		{"90 ditë", "90d"},
		{"90 dite", "90d"},
		{"90 dite\u0308", "90d"},
		{"3,5 vjet", "3y 6m"},
		{"2.25 years", "2y 3m"},
		{"0,5 godina", "6m"},
		{"3 godine i 6 meseci", "3y 6m"},
		{"3 god. 6 mes.", "3y 6m"},
		{"3 године и 6 месеци", "3y 6m"},
		{"21 ДАН", "21d"},
		{"5\u00a0vjet", "5y"},
		{"5\u202fvjet\te\n2 muaj", "5y 2m"},
		{"0 days", ""},
		{"", ""},
		{"200 years", "200y"},
	} {
		l, err := ParseLength(tt.in)
		if err != nil || l.String() != tt.want {
			t.Errorf("ParseLength(%q) = %q, %v, want %q", tt.in, l, err, tt.want)
		}
	}
}

func TestParseLengthRefuses(t *testing.T) {
	for _, tt := range []struct{ name, in string }{
		{"no unit", "3"},
		{"no number", "years"},
		{"a range", "3-5 years"},
		{"negative", "-3 years"},
		{"twice the same unit", "3 years 2 years"},
		{"wrong order", "6 months 3 years"},
		{"half a month", "3.5 months"},
		{"a third of a month", "3.51 years"},
		{"half a year and months", "3.5 years 2 months"},
		{"nothing after and", "3 vjet e"},
		{"and twice", "3 vjet e e 6 muaj"},
		{"begins with and", "e 3 vjet"},
		{"fines are not lengths", "600 euro"},
		{"too long", "201 years"},
		{"far too long", "99999999999999999999 years"},
		{"thousands mark", "1.234,5 years"},
		{"for life", "burgim i përjetshëm"},
	} {
		l, err := ParseLength(tt.in)
		if err == nil || !l.IsZero() {
			t.Errorf("%s: ParseLength(%q) = %q, %v, want an error", tt.name, tt.in, l, err)
		} else if !strings.Contains(err.Error(), "is not a length") {
			t.Errorf("%s: the error does not say what is wrong: %v", tt.name, err)
		}
	}
}

func anyLength(m, d uint16) Length {
	return Length{months: int32(m) % (Longest*12 + 1), days: int32(d)}
}

func TestLengthRoundTrip(t *testing.T) {
	if err := quick.Check(func(m, d uint16) bool {
		l := anyLength(m, d)
		back, err := ParseLength(l.String())
		made, err2 := NewLength(l.Parts())
		return err == nil && back == l && err2 == nil && made == l
	}, &quick.Config{MaxCount: 5000}); err != nil {
		t.Error(err)
	}
}

func TestLengthCompareProperties(t *testing.T) {
	if err := quick.Check(func(a, b, c, d uint16) bool {
		l, k := anyLength(a%60, b%2000), anyLength(c%60, d%2000)
		got := l.Compare(k)
		if got != -k.Compare(l) || l.Compare(l) != 0 {
			return false
		}
		short := k.Minus(l)
		return short.IsZero() == (got >= 0) && short.days >= 0 && short.months >= 0
	}, &quick.Config{MaxCount: 20000}); err != nil {
		t.Error(err)
	}
}

// Every certain answer of Compare must hold from every day of the calendar, and
// up to six months, which are also imposed in days, thirty days are a month.
func TestLengthCompareAgainstTheCalendar(t *testing.T) {
	for months := 1; months <= 60; months++ {
		lo, hi := math.MaxInt, 0
		for day := MustDate("2015-01-01"); day.Year() < 2024; day = day.AddDays(1) {
			if _, _, d := day.Parts(); d > 28 {
				continue // a month later does not exist everywhere
			}
			n := int(day.Time().AddDate(0, months, 0).Sub(day.Time()) / (24 * time.Hour))
			lo, hi = min(lo, n), max(hi, n)
		}
		if months <= 6 {
			lo = 30 * months
		}
		for days := lo; days <= hi; days++ {
			if got := Months(months).Compare(Days(days)); got != 0 {
				t.Errorf("%d months can be %d days, yet compare as %d", months, days, got)
			}
		}
		if got := Months(months).Compare(Days(hi + 1)); got != -1 {
			t.Errorf("%d months are at most %d days, yet compare with %d as %d", months, hi, hi+1, got)
		}
		if got := Months(months).Compare(Days(lo - 2)); got != 1 {
			t.Errorf("%d months are at least %d days, yet compare with %d as %d", months, lo, lo-2, got)
		}
	}
}

func TestLengthCompareAndMinus(t *testing.T) {
	for _, tt := range []struct {
		name, imposed, minimum string
		compare                int
		lacks                  string
	}{
		{"half a year under the minimum", "4y 6m", "5y", -1, "6m"},
		{"at the minimum", "5y", "5y", 0, ""},
		{"over the minimum", "5y 1m", "5y", 1, ""},
		{"60 months are five years", "60m", "5y", 0, ""},
		{"90 days may be three months", "90d", "3m", 0, ""},
		{"88 days are less than three months", "88d", "3m", -1, "2d"},
		{"one day under five years", "4y 11m 29d", "5y", -1, "1d"},
		{"one day under three years", "2y 11m 29d", "3y", -1, "1d"},
		{"a shortfall is in years, months and days", "1y 11m 29d", "4y 6m", -1, "2y 6m 1d"},
		{"days beyond six months", "364d", "3y", -1, "2y 1d"},
		{"180 days are six months", "180d", "6m", 0, ""},
		{"93 days are more than three months", "93d", "3m", 1, ""},
		{"no sentence", "", "30d", -1, "30d"},
		{"the common ten years cancel out", "10y 32d", "10y 1m", 1, ""},
		{"days under the minimum", "20d", "30d", -1, "10d"},
	} {
		l, k := mustLength(t, tt.imposed), mustLength(t, tt.minimum)
		if got := l.Compare(k); got != tt.compare {
			t.Errorf("%s: compare = %d, want %d", tt.name, got, tt.compare)
		}
		if got := k.Minus(l).String(); got != tt.lacks {
			t.Errorf("%s: lacks %q, want %q", tt.name, got, tt.lacks)
		}
	}
}

func mustLength(t *testing.T, s string) Length {
	t.Helper()
	l, err := ParseLength(s)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestNewLengthRefuses(t *testing.T) {
	for _, p := range [][3]int{{-1, 0, 0}, {0, -1, 0}, {0, 0, -1}, {201, 0, 0}, {200, 1, 0}, {0, 0, 1e9}, {math.MaxInt, math.MaxInt, 0}} {
		if l, err := NewLength(p[0], p[1], p[2]); err == nil {
			t.Errorf("NewLength(%v) = %q, want an error", p, l)
		}
	}
}

func TestNominalDays(t *testing.T) {
	for _, tt := range []struct {
		days float64
		want Length
	}{
		{0, Length{}}, {-4, Length{}}, {math.NaN(), Length{}}, {math.Inf(1), Years(Longest)},
		{12.4, Days(12)}, {29, Days(29)}, {30, Months(1)}, {365, Years(1)}, {1278, Months(42)},
	} {
		if got := FromNominalDays(tt.days); got != tt.want {
			t.Errorf("%v days = %q, want %q", tt.days, got, tt.want)
		}
	}
	for m := 1; m <= Longest*12; m++ {
		if got := FromNominalDays(Months(m).NominalDays()); got != Months(m) {
			t.Fatalf("%d months came back as %q", m, got)
		}
	}
}

func TestLengthText(t *testing.T) {
	b, err := Months(42).AppendText([]byte("imposed"))
	if err != nil || string(b) != "imposed3y 6m" {
		t.Errorf("appended %q, %v: what stood before must not matter", b, err)
	}
	var v struct{ Sentence Length }
	if err := json.Unmarshal([]byte(`{"Sentence":"3 vjet e 6 muaj"}`), &v); err != nil || v.Sentence != Months(42) {
		t.Errorf("read %q, %v", v.Sentence, err)
	}
	if b, err := json.Marshal(v); err != nil || string(b) != `{"Sentence":"3y 6m"}` {
		t.Errorf("wrote %s, %v", b, err)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"3y 6m", "3,5 vjet", "3 godine i 6 meseci", "90 ditë", "31. 12. 2017.", "2017-12", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if l, err := ParseLength(s); err == nil {
			if back, err := ParseLength(l.String()); err != nil || back != l {
				t.Errorf("%q is %q, which reads as %q, %v", s, l, back, err)
			}
		}
		if d, err := ParseDate(s); err == nil {
			if back, err := ParseDate(d.String()); err != nil || back != d {
				t.Errorf("%q is %q, which reads as %q, %v", s, d, back, err)
			}
		}
	})
}
