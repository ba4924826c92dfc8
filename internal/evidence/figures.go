package evidence

import (
	"strconv"

	"fener/internal/figure"
	"fener/period"
)

// country is the place of figures over the whole record; it may be left out.
const country = "Kosovo"

// RecordedIn answers for the figures that the record computes, from columns
// that are asked for each time. They are of whole years and of the whole
// country: for another place or period there is no such figure. The record is
// never taken to be complete.
func RecordedIn(columns func() *figure.Columns) Figures {
	return func(indicator, place string, span period.Span) (Recorded, bool) {
		if place != "" && place != country {
			return Recorded{}, false
		}
		years, whole := wholeYears(span)
		if !whole {
			return Recorded{}, false
		}
		filter, err := figure.Filter{}.With(figure.Year, years)
		if err != nil {
			return Recorded{}, false
		}
		value, err := columns().Figure(figure.Query{Measure: indicator, Filter: filter})
		if err != nil {
			return Recorded{}, false
		}
		return recorded(&value), true
	}
}

func recorded(v *figure.Value) Recorded {
	r := Recorded{Value: v.Number}
	switch v.Indicator.Measure {
	case figure.Number, figure.Highest:
	case figure.Lowest:
		r.Bound = AtMostThat
	default:
		r.Bound = EitherWay
	}
	switch {
	case v.State == figure.Known:
		r.Text = strconv.FormatFloat(v.Number, 'f', -1, 64)
	case v.Indicator.Measure == figure.Number: // none on record, of which there may be some
		r.Text = "0"
	default:
		r.Bound = EitherWay
	}
	return r
}

// wholeYears is a span as the year's filter writes it, empty for an unknown
// one; ok is false for a part of a year.
func wholeYears(span period.Span) (text string, ok bool) {
	if span.IsZero() {
		return "", true
	}
	first, last := span.First(), span.Last()
	from, to := yearSpan(first.Year()), yearSpan(last.Year())
	if first != from.First() || last != to.Last() {
		return "", false
	}
	if first.Year() == last.Year() {
		return strconv.Itoa(first.Year()), true
	}
	return strconv.Itoa(first.Year()) + ".." + strconv.Itoa(last.Year()), true
}
