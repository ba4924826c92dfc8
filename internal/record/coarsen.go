package record

import (
	"fener/period"
)

// What shares a source with the case of a child victim is coarsened with it: a
// headline, its day and its address say what the case page keeps back. A source
// keeps who published it and in which year.

// Plain says the plain form of an offence written in any way: its provision and nothing of the words around it. Nil says nothing of any.
type Plain func(offence string) string

func (p Plain) of(offence string) string {
	if p == nil || offence == "" {
		return ""
	}
	return p(offence)
}

func year(d period.Date) period.Date {
	y, err := period.NewDate(d.Year(), 0, 0)
	if err != nil { // the unknown date
		return period.Date{}
	}
	return y
}
