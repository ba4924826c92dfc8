package reading

import (
	"regexp"
	"sort"
	"strconv"
	"strings"

	"fener/period"
)

// dateAt is a date in the text.
type dateAt struct {
	from, to int
	date     period.Date
	bad      bool // not a day of the calendar, or its year is cut
}

var numericDate = regexp.MustCompile(`^(\d{1,2})([./-]) ?(\d{1,2})[./-]{1,2} ?(\d{2,5})`)

// findDates finds days written in digits or with the name of the month. Days that no calendar has are kept as bad, so that nobody takes a later
// date for them.
func (r *reader) findDates() (all []dateAt) {
	low := r.low
	for i := 0; i < len(low); i++ {
		if !isDigit(low[i]) || i > 0 && (isDigit(low[i-1]) || isLetter(low[i-1]) && !wordBeforeDate(low[:i]) || (low[i-1] == '/' || low[i-1] == '.') && i > 1 && isDigit(low[i-2])) {
			continue
		}
		d, ok := r.dateAt(i)
		if ok {
			all = append(all, d)
			i = d.to - 1
		}
	}
	return all
}

// wordBeforeDate lets "od01.02.2020" and "dt01.02.2020" be dates.
func wordBeforeDate(s string) bool {
	return strings.HasSuffix(s, "od") || strings.HasSuffix(s, "dt") || strings.HasSuffix(s, "dana") || strings.HasSuffix(s, "dated")
}

func (r *reader) dateAt(i int) (dateAt, bool) {
	text := r.low[i:min(len(r.low), i+40)]
	if m := numericDate.FindStringSubmatch(text); m != nil {
		end := i + len(m[0])
		if len(m[4]) == 2 && (end < len(r.low) && r.low[end] == '/' || m[2] != ".") {
			return dateAt{}, false
		}
		return makeDate(i, end, m[4], m[3], m[1]), true
	}
	return r.namedDate(i, text)
}

// namedDate reads "24 shkurt 2025", "05. septembra 2022", "29 April 2013".
func (r *reader) namedDate(i int, text string) (dateAt, bool) {
	k := 0
	for k < len(text) && isDigit(text[k]) {
		k++
	}
	if k > 2 {
		return dateAt{}, false
	}
	day := text[:k]
	k += len(text[k:]) - len(strings.TrimLeft(text[k:], ". "))
	if rest, ok := strings.CutPrefix(text[k:], "th "); ok {
		k = len(text) - len(rest)
	}
	word := k
	for k < len(text) && isLetter(text[k]) {
		k++
	}
	if k-word < 3 {
		return dateAt{}, false
	}
	month := 0
	for start, n := range r.lang.Months {
		if strings.HasPrefix(text[word:k], start) {
			month = n
		}
	}
	if month == 0 {
		return dateAt{}, false
	}
	k += len(text[k:]) - len(strings.TrimLeft(text[k:], "., "))
	year := k
	for k < len(text) && isDigit(text[k]) {
		k++
	}
	if k == year {
		return dateAt{}, false
	}
	return makeDate(i, i+k, text[year:k], strconv.Itoa(month), day), true
}

func makeDate(from, to int, year, month, day string) dateAt {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	date, err := period.NewDate(y, m, d)
	return dateAt{from: from, to: to, date: date, bad: err != nil || m == 0 || d == 0 || len(year) != 4 || y > 2100}
}

// dateFrom is the first date that begins in a piece of the text.
func (r *reader) dateFrom(s Span) (dateAt, bool) {
	i := sort.Search(len(r.dates), func(i int) bool { return r.dates[i].from >= s.Start })
	if i < len(r.dates) && r.dates[i].from < s.End {
		return r.dates[i], true
	}
	return dateAt{}, false
}
