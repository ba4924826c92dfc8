package reads

import (
	"strings"

	"fener/period"
)

// YearSpanOf is a calendar year as a span.
func YearSpanOf(year int) period.Span {
	d := YearDate(year)
	return period.Span{From: d.First(), To: d.Last()}
}

// YearSpans writes spans of years: "2002–2004, 2014".
func YearSpans(spans []period.Span) string {
	var out []string
	for _, s := range spans {
		out = append(out, SpanOfYears(s.From.Year(), s.To.Year()))
	}
	return strings.Join(out, ", ")
}

// YearsOf is a length in years, for drawing: whole months are twelfths, so that five years lie on the line of five years.
func YearsOf(n period.Length) float64 {
	years, months, days := n.Parts()
	return float64(years) + float64(months)/12 + float64(days)/365.25
}
