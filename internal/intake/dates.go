package intake

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"fener/locale"
	"fener/period"
)

var (
	// clock is what exports put behind a day.
	clock = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\.?)[T ,]\s*\d{1,2}[:.]\d{2}([:.]\d{2}(\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2}|[AaPp][Mm])?$`)
	// dateShape is what looks like a date of ours, though there may be no such day.
	dateShape = regexp.MustCompile(`^(\d{4}[-/]\d{1,2}([-/]\d{1,2})?|(\d{1,2}[./]\s*)?\d{1,2}[./]\s*\d{4}\.?|\d{4})$`)
	// threeParts is day, month and year in some order, all with the same mark between them.
	threeParts = regexp.MustCompile(`^(\d{1,4})\s*([./-])\s*(\d{1,2})\s*[./-]\s*(\d{1,4})\s*\.?$`)
	compact    = regexp.MustCompile(`^(?:19|20)\d{6}$`)
)

// dateReader reads the dates of one file.
type dateReader struct {
	now   period.Date
	order func() dayOrder // what the whole file says of dates such as 04/05/2021; nil: nothing
}

// dayOrder is what stands first in a file's dates with slashes.
type dayOrder uint8

const (
	orderUnknown dayOrder = iota
	dayIsFirst
	monthIsFirst
	ordersDiffer // some dates can only be one, some only the other
)

// parseDate reads a date by itself, without a file around it.
func parseDate(s string) parsed[period.Date] { return dateReader{}.parse(s) }

// parse reads what period.ParseDate reads, and the other forms in which dates
// stand in files and judgments. A date with slashes is day first, as everywhere
// in the region, unless the file's other dates show the month first; where
// nothing tells, that is a doubt that names both readings.
func (r dateReader) parse(s string) (p parsed[period.Date]) {
	if m := clock.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	if d, err := period.ParseDate(s); err == nil {
		p.value = d
		return p
	}
	if key := wordKey(s); unknownWords[key] || missingWords[key] {
		return p
	}
	s = strings.TrimSpace(locale.Plain(s))
	if m := threeParts.FindStringSubmatch(s); m != nil {
		if p = r.parts(s, m[1], m[2], m[3], m[4]); p.code != badDate {
			return p
		}
	}
	if d, ok := r.written(s); ok {
		p.code, p.kind, p.value = "", Error, d
		return p
	}
	if strings.Contains(s, "/") && dateShape.MatchString(s) {
		if p = monthAndYear(s); p.code == "" {
			return p
		}
	}
	if bare := bareDate(s); bare != s {
		if p = r.parse(bare); p.code != badDate && p.code != serialNumber && p.code != rangeHere {
			return p
		}
	}
	if from, to, ok := r.span(s); ok {
		return parsed[period.Date]{code: rangeHere, other: from.String(), hint: to.String()}
	}
	switch {
	case compact.MatchString(s):
		return r.parse(s[:4] + "-" + s[4:6] + "-" + s[6:])
	case dateShape.MatchString(s):
		return wrong[period.Date](noSuchDay)
	}
	if d, ok := serialDate(s, false); ok {
		return parsed[period.Date]{code: serialNumber, hint: d.String()}
	}
	return wrong[period.Date](badDate)
}

// monthAndYear reads 12/2017 and 2017/12.
func monthAndYear(s string) parsed[period.Date] {
	a, b, _ := strings.Cut(s, "/")
	first, err := strconv.Atoi(strings.TrimSpace(a))
	second, err2 := strconv.Atoi(strings.TrimSpace(b))
	if err != nil || err2 != nil || first == 0 || second == 0 {
		return wrong[period.Date](noSuchDay)
	}
	if len(a) != 4 {
		first, second = second, first
	}
	date, err := period.NewDate(first, second, 0)
	if err != nil {
		return wrong[period.Date](noSuchDay)
	}
	return parsed[period.Date]{value: date}
}

// parts reads three numbers as a date.
func (r dateReader) parts(s, a, mark, b, c string) parsed[period.Date] {
	x, errX := strconv.Atoi(a)
	y, errY := strconv.Atoi(b)
	z, errZ := strconv.Atoi(c)
	if errX != nil || errY != nil || errZ != nil {
		return wrong[period.Date](badDate)
	}
	only := func(year, month, day int) parsed[period.Date] {
		d, err := period.NewDate(year, month, day)
		if err != nil || month == 0 || day == 0 {
			return wrong[period.Date](noSuchDay)
		}
		return parsed[period.Date]{value: d}
	}
	switch {
	case len(a) == 4 && len(c) <= 2:
		return only(x, y, z)
	case len(a) > 2 || len(c) != 4 && len(c) != 2:
		return wrong[period.Date](badDate)
	}
	if len(c) == 2 {
		z = r.century(z)
	}
	if mark == "." {
		return only(z, y, x)
	}
	dayFirst, monthFirstDate := only(z, y, x), only(z, x, y)
	switch {
	case dayFirst.code != "" && monthFirstDate.code != "":
		return dayFirst
	case dayFirst.code != "":
		monthFirstDate.code, monthFirstDate.kind, monthFirstDate.other = monthFirst, Doubt, monthFirstDate.value.String()
		if r.order != nil && r.order() == ordersDiffer {
			return parsed[period.Date]{code: ordersMixed}
		}
		return monthFirstDate
	case monthFirstDate.code != "" || dayFirst.value == monthFirstDate.value:
		return dayFirst
	}
	order := orderUnknown
	if r.order != nil {
		order = r.order()
	}
	switch order {
	case dayIsFirst:
		return dayFirst
	case monthIsFirst:
		return monthFirstDate
	case ordersDiffer:
		return parsed[period.Date]{code: ordersMixed}
	}
	return parsed[period.Date]{value: dayFirst.value, code: dayOrMonth, kind: Doubt, other: dayFirst.value.String(), hint: monthFirstDate.value.String()}
}

// tells says which order a date with slashes or hyphens proves by itself.
func tells(s string) dayOrder {
	if m := clock.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	m := threeParts.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil || m[2] == "." || len(m[1]) > 2 {
		return orderUnknown
	}
	first, _ := strconv.Atoi(m[1])
	second, _ := strconv.Atoi(m[3])
	switch {
	case first > 12 && first <= 31 && second >= 1 && second <= 12:
		return dayIsFirst
	case second > 12 && second <= 31 && first >= 1 && first <= 12:
		return monthIsFirst
	}
	return orderUnknown
}

// century is the year that two figures mean: the last such year that has come.
func (r dateReader) century(yy int) int {
	latest := r.now.Year()
	if latest == 0 {
		latest = 2049
	}
	year := latest - latest%100 + yy
	if year > latest {
		year -= 100
	}
	return year
}

// serialDate reads the number of days by which a spreadsheet keeps a date.
func serialDate(s string, date1904 bool) (period.Date, bool) {
	whole, _, _ := strings.Cut(s, ".")
	serial, err := strconv.ParseFloat(s, 64)
	if err != nil || len(whole) < 5 || len(whole) > 6 || strings.ContainsAny(s, "eExX_+-nNiI") {
		return period.Date{}, false
	}
	t, err := excelize.ExcelDateToTime(math.Floor(serial), date1904)
	if err != nil {
		return period.Date{}, false
	}
	d := period.DateOf(t.Round(time.Hour))
	return d, !d.IsZero() && d.Year() < 2100
}

// parseSerial reads a workbook's date, which is a number of days; what has
// fewer than five digits is a year or a text.
func (r dateReader) parseSerial(date1904 bool) func(string) parsed[period.Date] {
	return func(s string) parsed[period.Date] {
		if d, ok := serialDate(s, date1904); ok {
			return parsed[period.Date]{value: d}
		}
		p := r.parse(s)
		if p.code == badDate && len(s) >= 5 && strings.Trim(s, "0123456789.") == "" {
			p.code = noSuchDay
		}
		return p
	}
}
