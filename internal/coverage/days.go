package coverage

import "fener/period"

// Days are counted from 1 January 1970, as a number: a strip compares many.

func dayOf(d period.Date) int32 {
	y, m, day := d.Parts()
	if m <= 2 { // the year is taken to begin in March, so that the leap day is its last (H. Hinnant, days_from_civil)
		y--
		m += 12
	}
	era := y / 400
	ofEra := y - era*400
	ofYear := (153*(m-3)+2)/5 + day - 1
	return int32(era*146097 + ofEra*365 + ofEra/4 - ofEra/100 + ofYear - 719468)
}

func dateOf(day int32) period.Date {
	z := int(day) + 719468
	era := z / 146097
	of := z - era*146097
	ofEra := (of - of/1460 + of/36524 - of/146096) / 365
	ofYear := of - (365*ofEra + ofEra/4 - ofEra/100)
	m := (5*ofYear + 2) / 153
	d := ofYear - (153*m+2)/5 + 1
	y := ofEra + era*400
	if m += 3; m > 12 {
		m -= 12
		y++
	}
	date, err := period.NewDate(y, m, d)
	if err != nil { // out of what dates hold: nothing on record lies there
		return period.Date{}
	}
	return date
}

// days are a run of days, both ends included; empty where the first is after the last.
type days struct{ first, last int32 }

func (d days) has(day int32) bool { return d.first <= day && day <= d.last }

// reach is what a period says of days: of those in outer it may speak, of those in inner it speaks for sure. A period that is known to the month begins on some
// day of its first month.
type reach struct {
	outer, inner days
	coarse       bool // an end is known to the year alone
}

// reachOf is the reach of a period; an end that is missing is taken to lie with the other, and known lasts where nothing is known of either.
func reachOf(from, to period.Date) (r reach, known bool) {
	if from.IsZero() {
		from = to
	}
	if to.IsZero() {
		to = from
	}
	if from.IsZero() {
		return reach{}, false
	}
	r.outer = days{dayOf(from.First()), dayOf(to.Last())}
	r.inner = days{dayOf(from.Last()), dayOf(to.First())}
	r.coarse = from.Precision() == period.Year || to.Precision() == period.Year
	return r, r.outer.first <= r.outer.last
}

// with is the days from the first of both to the last of both.
func (d days) with(e days) days { return days{min(d.first, e.first), max(d.last, e.last)} }
