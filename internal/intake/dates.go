package intake

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"fener/period"
)

var (
	// clock is what exports put behind a day.
	clock = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}\.?)[T ]\s*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$`)
	// dateShape is what looks like a date of ours, though there may be no such day.
	dateShape = regexp.MustCompile(`^(\d{4}[-/]\d{1,2}([-/]\d{1,2})?|(\d{1,2}[./]\s*)?\d{1,2}[./]\s*\d{4}\.?|\d{4})$`)
)

// parseDate reads what period.ParseDate reads, and dates with slashes. A date
// with slashes is day first, as everywhere in the region; where month first is
// possible as well, that is a doubt that names both readings.
func parseDate(s string) (p parsed[period.Date]) {
	if m := clock.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	if d, err := period.ParseDate(s); err == nil {
		p.value = d
		return p
	}
	if strings.Contains(s, "/") {
		return parseSlashes(s)
	}
	switch {
	case unknownWords[wordKey(s)]:
		return p
	case dateShape.MatchString(s):
		return wrong[period.Date](noSuchDay)
	}
	return wrong[period.Date](badDate)
}

func parseSlashes(s string) (p parsed[period.Date]) {
	if unknownWords[wordKey(s)] {
		return p
	}
	if !dateShape.MatchString(s) || strings.Contains(s, ".") {
		return wrong[period.Date](badDate)
	}
	parts := strings.Split(s, "/")
	var n [3]int
	for i, part := range parts {
		v, err := strconv.Atoi(strings.TrimSpace(part))
		if err != nil || v == 0 {
			return wrong[period.Date](noSuchDay)
		}
		n[i] = v
	}
	if len(parts[0]) == 4 || len(parts) == 2 {
		y, m, d := n[0], n[1], n[2]
		if len(parts[0]) != 4 {
			y, m = n[1], n[0]
		}
		date, err := period.NewDate(y, m, d)
		if err != nil {
			return wrong[period.Date](noSuchDay)
		}
		p.value = date
		return p
	}
	dayFirst, err := period.NewDate(n[2], n[1], n[0])
	monthFirstDate, err2 := period.NewDate(n[2], n[0], n[1])
	switch {
	case err != nil && err2 != nil:
		return wrong[period.Date](noSuchDay)
	case err != nil:
		return parsed[period.Date]{value: monthFirstDate, code: monthFirst, kind: Doubt, other: monthFirstDate.String()}
	case err2 == nil && dayFirst != monthFirstDate:
		return parsed[period.Date]{value: dayFirst, code: dayOrMonth, kind: Doubt, other: dayFirst.String(), hint: monthFirstDate.String()}
	}
	p.value = dayFirst
	return p
}

// parseSerial reads a workbook's date, which is a number of days; what has
// fewer than five digits is a year or a text.
func parseSerial(date1904 bool) func(string) parsed[period.Date] {
	return func(s string) parsed[period.Date] {
		whole, _, _ := strings.Cut(s, ".")
		serial, err := strconv.ParseFloat(s, 64)
		if err != nil || len(whole) < 5 || len(whole) > 6 || strings.ContainsAny(s, "eExX_+-nNiI") {
			return parseDate(s)
		}
		t, err := excelize.ExcelDateToTime(math.Floor(serial), date1904)
		if err != nil {
			return wrong[period.Date](badDate)
		}
		d := period.DateOf(t.Round(time.Hour))
		if d.IsZero() {
			return wrong[period.Date](noSuchDay)
		}
		return parsed[period.Date]{value: d}
	}
}
