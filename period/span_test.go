package period

import "testing"

func span(from, to string) Span { return Span{MustDate(from), MustDate(to)} }

func TestSpan(t *testing.T) {
	for _, tt := range []struct {
		name             string
		s                Span
		first, last      string
		unknown, swapped bool
	}{
		{"days", span("2017-01-03", "2017-05-09"), "2017-01-03", "2017-05-09", false, false},
		{"years", span("2016", "2017"), "2016-01-01", "2017-12-31", false, false},
		{"a single month", span("2017-02", ""), "2017-02-01", "2017-02-28", false, false},
		{"only the end", span("", "2017-02"), "", "2017-02-28", false, false},
		{"unknown", Span{}, "", "", true, false},
		{"ends before it starts", span("2017-05", "2017-04-30"), "2017-05-01", "2017-04-30", false, true},
		{"may end before it starts", span("2017-05", "2017"), "2017-05-01", "2017-12-31", false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.s.First().String() != tt.first || tt.s.Last().String() != tt.last {
				t.Errorf("runs from %q to %q, want %q to %q", tt.s.First(), tt.s.Last(), tt.first, tt.last)
			}
			if tt.s.IsZero() != tt.unknown || tt.s.Reversed() != tt.swapped {
				t.Errorf("unknown %v, reversed %v", tt.s.IsZero(), tt.s.Reversed())
			}
		})
	}
}

func TestSpanOverlaps(t *testing.T) {
	for _, tt := range []struct {
		name string
		a, b Span
		want bool
	}{
		{"one day shared", span("2017-01-01", "2017-04-14"), span("2017-04-14", "2018"), true},
		{"next day", span("2017-01-01", "2017-04-13"), span("2017-04-14", "2018"), false},
		{"a year that may hold it", span("2017", ""), span("2017-12-31", "2018"), true},
		{"a single day does not run on", span("2017-01-01", ""), span("2018", "2019"), false},
		{"unknown", Span{}, span("2018", "2019"), true},
	} {
		if tt.a.Overlaps(tt.b) != tt.want || tt.b.Overlaps(tt.a) != tt.want {
			t.Errorf("%s: overlap is not %v both ways", tt.name, tt.want)
		}
	}
}

// The Criminal Code 06/L-074 is in force from 14 April 2019, the one before it
// from 1 January 2013 until the day before.
func TestRange(t *testing.T) {
	older := Range{MustDate("2013-01-01"), MustDate("2019-04-13")}
	newer := Range{From: MustDate("2019-04-14")}
	for _, tt := range []struct {
		day          string
		older, newer bool
	}{
		{"2012-12-31", false, false}, {"2013-01-01", true, false}, {"2019-04-13", true, false},
		{"2019-04-14", false, true}, {"2150-01-01", false, true}, {"2019", true, true}, {"2019-03", true, false}, {"", true, true},
	} {
		d := MustDate(tt.day)
		if older.Contains(d) != tt.older || newer.Contains(d) != tt.newer {
			t.Errorf("%q lies in the older law %v, in the newer %v", tt.day, older.Contains(d), newer.Contains(d))
		}
	}
	if older.Meets(newer) || newer.Meets(older) {
		t.Error("two laws in force on one day")
	}
	if overlong := (Range{From: older.From}); !overlong.Meets(newer) || !newer.Meets(overlong) {
		t.Error("a law without an end must meet the next")
	}
}
