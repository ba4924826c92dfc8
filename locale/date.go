package locale

import (
	"strconv"

	"fener/period"
)

var monthNames = map[Lang][12]string{
	SQ: {"janar", "shkurt", "mars", "prill", "maj", "qershor",
		"korrik", "gusht", "shtator", "tetor", "nëntor", "dhjetor"},
	SR: {"јануар", "фебруар", "март", "април", "мај", "јун",
		"јул", "август", "септембар", "октобар", "новембар", "децембар"},
	SRLatn: {"januar", "februar", "mart", "april", "maj", "jun",
		"jul", "avgust", "septembar", "oktobar", "novembar", "decembar"},
	EN: {"January", "February", "March", "April", "May", "June",
		"July", "August", "September", "October", "November", "December"},
}

var dateUnknown = map[Lang]string{
	SQ:     "data nuk dihet",
	SR:     "датум није познат",
	SRLatn: "datum nije poznat",
	EN:     "date not known",
}

// Date writes a date in words as far as it is known: "31 dhjetor 2017",
// "31. децембар 2017.", "31. decembar 2017.", "31 December 2017", "December
// 2017", "2017". A date not known at all is said to be so, never left empty.
func Date(l Lang, d period.Date) string { return dateWith(l, d, monthNames) }

// DateAfter is a date as it stands after a preposition such as since, until or
// on: in Serbian in the genitive, "25. novembra 2026."
func DateAfter(l Lang, d period.Date) string { return dateWith(l, d, monthsAfter) }

// monthsAfter are the months in the genitive, where a language has one.
var monthsAfter = map[Lang][12]string{
	SQ: monthNames[SQ],
	SR: {"јануара", "фебруара", "марта", "априла", "маја", "јуна",
		"јула", "августа", "септембра", "октобра", "новембра", "децембра"},
	SRLatn: {"januara", "februara", "marta", "aprila", "maja", "juna",
		"jula", "avgusta", "septembra", "oktobra", "novembra", "decembra"},
	EN: monthNames[EN],
}

func dateWith(l Lang, d period.Date, months map[Lang][12]string) string {
	year, month, day := d.Parts()
	if d.IsZero() {
		return dateUnknown[l]
	}
	dot := ""
	if l == SR || l == SRLatn {
		dot = "." // the Serbian full stop makes an ordinal of the day and the year
	}
	text := strconv.Itoa(year) + dot
	if month != 0 {
		text = months[l][month-1] + " " + text
	}
	if day != 0 {
		text = strconv.Itoa(day) + dot + " " + text
	}
	return text
}
