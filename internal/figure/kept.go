package figure

import (
	"fmt"
	"strconv"
	"strings"

	"fener/period"
)

// between two ends of a value that is kept.
const ends = ".."

// Kept is the value in one word, by which it can be kept and compared later:
// "12", "0.35" of a share, "4y 6m" of a length, "3..7" of a range or of a number of
// which something is open, and else its state. ParseKept reads it.
func (v *Value) Kept() string {
	number := func(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
	quantity := func(q Quantity) string {
		if v.Indicator.Unit == Length {
			return q.Length.String()
		}
		return number(q.Number)
	}
	switch {
	case v.Bounds != nil && v.Indicator.Measure == Number:
		return number(v.Bounds.AtLeast) + ends + number(v.Bounds.AtMost)
	case v.State != Known:
		return string(v.State)
	case v.Indicator.Measure == Range:
		return quantity(v.Low) + ends + quantity(v.High)
	}
	return quantity(v.Quantity)
}

// ParseKept reads what Kept wrote of a value of the indicator. Only what the word
// says is in the value.
func (in *Indicator) ParseKept(text string) (Value, error) {
	v := Value{Indicator: in, State: Known}
	switch s := State(text); s {
	case NoData, NotKnown, Nothing:
		v.State = s
		return v, nil
	}
	low, high, two := strings.Cut(text, ends)
	first, err := in.keptQuantity(low)
	if err != nil {
		return v, err
	}
	if !two {
		v.Quantity = first
		return v, nil
	}
	last, err := in.keptQuantity(high)
	if err != nil {
		return v, err
	}
	if in.Measure == Number {
		v.Bounds = &Bounds{AtLeast: first.Number, AtMost: last.Number}
		return v, nil
	}
	v.Quantity, v.Low, v.High = first, first, last
	return v, nil
}

func (in *Indicator) keptQuantity(text string) (q Quantity, err error) {
	if in.Unit == Length {
		if q.Length, err = period.ParseLength(text); err != nil {
			return q, fmt.Errorf("a kept value of %s: %w", in.ID, err)
		}
		q.Number = trim(q.Length.NominalDays())
		return q, nil
	}
	if q.Number, err = strconv.ParseFloat(text, 64); err != nil {
		return q, fmt.Errorf("a kept value of %s: %q is no number", in.ID, text)
	}
	return q, nil
}
