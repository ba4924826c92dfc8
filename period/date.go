// Package period holds dates with a stated precision, spans between them, and
// lengths of sentences in years, months and days. It knows nothing of courts
// or law; it only refuses to know more about time than its source said.
package period

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Precision says how much of a date is known.
type Precision uint8

// The precisions a date can have, from nothing known to the day.
const (
	None Precision = iota
	Year
	Month
	Day
)

// Date is a calendar date known to the day, the month or the year. The zero
// Date is not known at all. Dates are comparable with ==.
type Date struct {
	year       int16
	month, day uint8
}

// Years outside these bounds are refused: no instrument, offence or judgment
// that the record can hold lies outside them, and they catch slips of the pen.
const (
	MinYear = 1900
	MaxYear = 2199
)

// NewDate makes a date from its parts; month and day may be zero (not known).
// It errors when the parts do not name a date of the Gregorian calendar.
func NewDate(year, month, day int) (Date, error) {
	switch {
	case year < MinYear || year > MaxYear:
		return Date{}, fmt.Errorf("year %d is outside %d to %d", year, MinYear, MaxYear)
	case month == 0 && day == 0:
		return Date{year: int16(year)}, nil
	case month < 1 || month > 12:
		return Date{}, fmt.Errorf("there is no month %d", month)
	case day < 0 || day > daysIn(year, month):
		return Date{}, fmt.Errorf("%s %d has no day %d", time.Month(month), year, day)
	}
	return Date{year: int16(year), month: uint8(month), day: uint8(day)}, nil
}

// MustDate is ParseDate for dates written in the program itself.
func MustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// ParseDate reads 2017-12-31, 31.12.2017, 2017-12, 12.2017 and 2017. An empty
// text is the unknown date.
func ParseDate(s string) (Date, error) {
	if d, ok := parseISO(s); ok {
		return d, nil
	}
	t := strings.TrimSpace(s)
	if t == "" {
		return Date{}, nil
	}
	parts, dotted, ok := splitDate(t)
	if !ok {
		return Date{}, fmt.Errorf("%q is not a date: expected 2017-12-31, 31.12.2017, 2017-12 or 2017", s)
	}
	if dotted {
		for i, j := 0, len(parts)-1; i < j; i, j = i+1, j-1 {
			parts[i], parts[j] = parts[j], parts[i]
		}
	}
	var ymd [3]int
	for i, p := range parts {
		n, err := strconv.Atoi(p)
		if err != nil || (i > 0 && n == 0) {
			return Date{}, fmt.Errorf("%q is not a date: expected 2017-12-31, 31.12.2017, 2017-12 or 2017", s)
		}
		ymd[i] = n
	}
	d, err := NewDate(ymd[0], ymd[1], ymd[2])
	if err != nil {
		return Date{}, fmt.Errorf("%q is not a date: %w", s, err)
	}
	return d, nil
}

// parseISO is the fast path for the form most files use, 2017-12-31.
func parseISO(s string) (Date, bool) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return Date{}, false
	}
	year, ok1 := digits(s[0:4])
	month, ok2 := digits(s[5:7])
	day, ok3 := digits(s[8:10])
	if !ok1 || !ok2 || !ok3 || month == 0 || day == 0 {
		return Date{}, false
	}
	d, err := NewDate(year, month, day)
	return d, err == nil
}

func digits(s string) (n int, ok bool) {
	for i := 0; i < len(s); i++ {
		c := s[i] - '0'
		if c > 9 {
			return 0, false
		}
		n = n*10 + int(c)
	}
	return n, true
}

// splitDate cuts a date at its dots or hyphens, tolerating the spaces and the
// closing dot that are usual in Albanian and Serbian ("31. 12. 2017.").
func splitDate(t string) (parts []string, dotted, ok bool) {
	if strings.Contains(t, ".") {
		parts = strings.Split(strings.TrimSuffix(t, "."), ".")
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		dotted = len(parts) > 1
	} else {
		parts = strings.Split(t, "-")
	}
	if len(parts) > 3 {
		return nil, false, false
	}
	for i, p := range parts {
		isYear := (dotted && i == len(parts)-1) || (!dotted && i == 0)
		if _, num := digits(p); !num || p == "" || (isYear && len(p) != 4) || (!isYear && len(p) > 2) {
			return nil, false, false
		}
	}
	return parts, dotted, true
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// Parts returns year, month and day; unknown parts are zero.
func (d Date) Parts() (year, month, day int) { return int(d.year), int(d.month), int(d.day) }

// Year returns the year, zero when the date is not known.
func (d Date) Year() int { return int(d.year) }

// IsZero reports whether nothing is known of the date.
func (d Date) IsZero() bool { return d.year == 0 }

// Precision says how much of the date is known.
func (d Date) Precision() Precision {
	switch {
	case d.year == 0:
		return None
	case d.month == 0:
		return Year
	case d.day == 0:
		return Month
	}
	return Day
}

// First is the first day the date can mean: 2017 begins on 2017-01-01.
func (d Date) First() Date {
	if d.year == 0 {
		return d
	}
	return Date{year: d.year, month: max(d.month, 1), day: max(d.day, 1)}
}

// Last is the last day the date can mean: 2017 ends on 2017-12-31.
func (d Date) Last() Date {
	if d.year == 0 {
		return d
	}
	if d.month == 0 {
		return Date{year: d.year, month: 12, day: 31}
	}
	if d.day == 0 {
		return Date{year: d.year, month: d.month, day: uint8(daysIn(int(d.year), int(d.month)))}
	}
	return d
}

func (d Date) key() int32 { return int32(d.year)<<9 | int32(d.month)<<5 | int32(d.day) }

// Before reports whether d certainly lies before e: its last day before e's
// first. An unknown date lies neither before nor after anything.
func (d Date) Before(e Date) bool {
	return d.year != 0 && e.year != 0 && d.Last().key() < e.First().key()
}

// Compare orders dates for lists: by first day, then the more exact date
// first; unknown dates come last.
func (d Date) Compare(e Date) int {
	switch {
	case d == e:
		return 0
	case d.year == 0:
		return 1
	case e.year == 0:
		return -1
	}
	if a, b := d.First().key(), e.First().key(); a != b {
		return int(a - b)
	}
	return int(e.Precision()) - int(d.Precision())
}

// AddDays moves a date known to the day; other dates come back unchanged. A
// move past MinYear or MaxYear stops at the first or last day there is.
func (d Date) AddDays(n int) Date {
	if d.day == 0 {
		return d
	}
	const all = (MaxYear - MinYear + 1) * 366
	t := d.Time().AddDate(0, 0, max(-all, min(n, all)))
	switch {
	case t.Year() < MinYear:
		return Date{year: MinYear, month: 1, day: 1}
	case t.Year() > MaxYear:
		return Date{year: MaxYear, month: 12, day: 31}
	}
	return DateOf(t)
}

// DaysUntil counts the days from d to e; ok only where both are known to the day.
func (d Date) DaysUntil(e Date) (days int, ok bool) {
	if d.day == 0 || e.day == 0 {
		return 0, false
	}
	return int(e.Time().Sub(d.Time()).Hours() / 24), true
}

// Time is the first moment of the date's first day in UTC.
func (d Date) Time() time.Time {
	f := d.First()
	return time.Date(int(f.year), time.Month(f.month), int(f.day), 0, 0, 0, 0, time.UTC)
}

// DateOf is the day of t in UTC. A time outside MinYear to MaxYear, such as the
// zero time, is the unknown date, as nothing the record holds can lie there.
func DateOf(t time.Time) Date {
	y, m, day := t.UTC().Date()
	if y < MinYear || y > MaxYear {
		return Date{}
	}
	return Date{year: int16(y), month: uint8(m), day: uint8(day)}
}

// Swapped is the same date with day and month exchanged, the other reading of
// a date typed in the wrong order. ok only where both readings exist and differ.
func (d Date) Swapped() (Date, bool) {
	if d.day == 0 || d.day > 12 || d.day == d.month {
		return Date{}, false
	}
	return Date{year: d.year, month: d.day, day: d.month}, true
}

// String writes the date in ISO 8601, as far as it is known; empty if not.
func (d Date) String() string {
	b, _ := d.AppendText(nil)
	return string(b)
}

// AppendText appends String to b.
func (d Date) AppendText(b []byte) ([]byte, error) {
	if d.year == 0 {
		return b, nil
	}
	b = strconv.AppendInt(b, int64(d.year), 10)
	if d.month != 0 {
		b = append(b, '-', '0'+d.month/10, '0'+d.month%10)
	}
	if d.day != 0 {
		b = append(b, '-', '0'+d.day/10, '0'+d.day%10)
	}
	return b, nil
}

// MarshalText writes String, so that JSON and YAML hold plain dates.
func (d Date) MarshalText() ([]byte, error) { return d.AppendText(nil) }

// UnmarshalText reads what ParseDate reads.
func (d *Date) UnmarshalText(b []byte) (err error) {
	*d, err = ParseDate(string(b))
	return err
}

// After reports whether d certainly lies after e.
func (d Date) After(e Date) bool { return e.Before(d) }
