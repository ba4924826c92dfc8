package period

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/quick"
	"time"
)

func TestParseDate(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"ISO", "2017-12-31", "2017-12-31"},
		{"ISO with spaces around", " 2017-12-31\n", "2017-12-31"},
		{"ISO without leading zeros", "2017-1-5", "2017-01-05"},
		{"Albanian and Serbian", "31.12.2017", "2017-12-31"},
		{"Serbian with spaces and closing dot", "31. 12. 2017.", "2017-12-31"},
		{"no-break spaces", "5.\u00a03.\u00a02019", "2019-03-05"},
		{"month", "2017-12", "2017-12"},
		{"month with a dot", "12.2017", "2017-12"},
		{"year", "2017", "2017"},
		{"Serbian year", "2017.", "2017"},
		{"leap day", "29.2.2020", "2020-02-29"},
		{"leap day of 2000", "2000-02-29", "2000-02-29"},
		{"not known", "", ""},
		{"only spaces", "  ", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, err := ParseDate(tt.in)
			if err != nil || d.String() != tt.want {
				t.Errorf("ParseDate(%q) = %q, %v, want %q", tt.in, d, err, tt.want)
			}
		})
	}
}

func TestParseDateRefuses(t *testing.T) {
	for _, tt := range []struct{ name, in string }{
		{"no such day", "2019-02-29"},
		{"no leap year in 1900", "29.2.1900"},
		{"no such month", "2019-13"},
		{"American order", "12/31/2017"},
		{"day zero", "2017-12-00"},
		{"month zero", "2017-00"},
		{"year of two digits", "31.12.17"},
		{"day without a year", "31.12."},
		{"year first with dots", "2017.12.31"},
		{"digits torn apart", "3 1.12.2017"},
		{"four parts", "1.2.3.2017"},
		{"two closing dots", "31.12.2017.."},
		{"before the record", "1899-12-31"},
		{"after the record", "2200"},
		{"a time as well", "2017-12-31T00:00:00"},
		{"a word", "dhjetor 2017"},
		{"signs", "+2017"},
		{"Arabic digits", "٢٠١٧"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, err := ParseDate(tt.in)
			if err == nil || !d.IsZero() {
				t.Fatalf("ParseDate(%q) = %q, %v, want an error", tt.in, d, err)
			}
			if !strings.Contains(err.Error(), "is not a date") {
				t.Errorf("the error does not say what is wrong: %v", err)
			}
		})
	}
}

// anyDate makes a date of any precision from three numbers.
func anyDate(y, m, day uint16) Date {
	d := Date{year: int16(MinYear + y%(MaxYear-MinYear+1))}
	if m%16 < 3 {
		if m%16 == 0 {
			return Date{}
		}
		return d
	}
	d.month = uint8(m%16 - 3)
	if d.month == 0 {
		return d
	}
	d.day = uint8(int(day) % (daysIn(int(d.year), int(d.month)) + 1))
	return d
}

func TestDateRoundTrip(t *testing.T) {
	if err := quick.Check(func(y, m, day uint16) bool {
		d := anyDate(y, m, day)
		back, err := ParseDate(d.String())
		made, err2 := NewDate(d.Parts())
		return err == nil && back == d && (d.IsZero() || err2 == nil && made == d)
	}, &quick.Config{MaxCount: 5000}); err != nil {
		t.Error(err)
	}
}

func TestDateCompareIsAnOrder(t *testing.T) {
	if err := quick.Check(func(a, b, c, e, f, g, h, i, j uint16) bool {
		x, y, z := anyDate(a%3, b, c), anyDate(e%3, f, g), anyDate(h%3, i, j)
		return sign(int32(x.Compare(y))) == -sign(int32(y.Compare(x))) &&
			(x.Compare(y) == 0) == (x == y) &&
			(x.Compare(y) > 0 || y.Compare(z) > 0 || x.Compare(z) <= 0) &&
			(!x.Before(y) || x.Compare(y) < 0)
	}, &quick.Config{MaxCount: 20000}); err != nil {
		t.Error(err)
	}
}

func TestDateFirstLast(t *testing.T) {
	for _, tt := range []struct{ in, first, last string }{
		{"2017", "2017-01-01", "2017-12-31"},
		{"2020-02", "2020-02-01", "2020-02-29"},
		{"2019-02", "2019-02-01", "2019-02-28"},
		{"2019-04-14", "2019-04-14", "2019-04-14"},
		{"", "", ""},
	} {
		d := MustDate(tt.in)
		if d.First().String() != tt.first || d.Last().String() != tt.last {
			t.Errorf("%q runs from %s to %s, want %s to %s", tt.in, d.First(), d.Last(), tt.first, tt.last)
		}
	}
}

func TestDateBefore(t *testing.T) {
	for _, tt := range []struct {
		name, a, b string
		want       bool
	}{
		{"a day before", "2019-04-13", "2019-04-14", true},
		{"the same day", "2019-04-14", "2019-04-14", false},
		{"the year before the day", "2018", "2019-04-14", true},
		{"a day in the year is in doubt", "2019-04-14", "2019", false},
		{"the year of the day is in doubt", "2019", "2019-04-14", false},
		{"not known", "", "2019-04-14", false},
		{"before the unknown", "2019-04-14", "", false},
	} {
		if got := MustDate(tt.a).Before(MustDate(tt.b)); got != tt.want {
			t.Errorf("%s: %q before %q = %v", tt.name, tt.a, tt.b, got)
		}
	}
}

func TestDateDays(t *testing.T) {
	d := MustDate("2020-02-28")
	for _, tt := range []struct {
		n    int
		want string
	}{{1, "2020-02-29"}, {2, "2020-03-01"}, {-59, "2019-12-31"}, {366, "2021-02-28"}, {1 << 40, "2199-12-31"}, {-1 << 40, "1900-01-01"}} {
		if got := d.AddDays(tt.n); got.String() != tt.want {
			t.Errorf("%s and %d days = %s, want %s", d, tt.n, got, tt.want)
		}
	}
	if got := MustDate("2020-02").AddDays(3); got != MustDate("2020-02") {
		t.Errorf("a month moved by days became %s", got)
	}
	if err := quick.Check(func(y, m, day uint16, n int16) bool {
		a := anyDate(y%200+20, m, day)
		days, ok := a.DaysUntil(a.AddDays(int(n % 7000)))
		return ok == (a.Precision() == Day) && (!ok || days == int(n%7000))
	}, nil); err != nil {
		t.Error(err)
	}
}

func TestDateOf(t *testing.T) {
	pristina := time.FixedZone("CET", 3600)
	if got := DateOf(time.Date(2024, 1, 1, 0, 30, 0, 0, pristina)); got != MustDate("2023-12-31") {
		t.Errorf("half past midnight in Pristina is %s in UTC", got)
	}
	if got := DateOf(time.Time{}); !got.IsZero() {
		t.Errorf("the zero time is %s, want the unknown date", got)
	}
}

func TestDateSwapped(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"2017-03-05", "2017-05-03"}, {"2017-03-13", ""}, {"2017-05-05", ""}, {"2017-05", ""},
	} {
		got, ok := MustDate(tt.in).Swapped()
		if got.String() != tt.want || ok != (tt.want != "") {
			t.Errorf("%s swapped = %q, %v, want %q", tt.in, got, ok, tt.want)
		}
	}
}

func TestDateInJSON(t *testing.T) {
	type row struct{ Offence, Judgment, Final Date }
	const text = `{"Offence":"2017","Judgment":"2019-04-14","Final":""}`
	var r row
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		t.Fatal(err)
	}
	if r.Offence.Precision() != Year || r.Judgment.Precision() != Day || r.Final.Precision() != None {
		t.Errorf("read %+v", r)
	}
	if b, err := json.Marshal(r); err != nil || string(b) != text {
		t.Errorf("wrote %s, %v, want %s", b, err, text)
	}
	if err := json.Unmarshal([]byte(`{"Offence":"31/12"}`), &r); err == nil {
		t.Error("a date that is none was read")
	}
}

func TestMustDatePanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("MustDate took a date that does not exist")
		}
	}()
	MustDate("2019-02-30")
}
