package intake

import (
	"fmt"
	"slices"
	"strings"

	fact "fener/internal/record" // the name record is a row of CSV here
	"fener/locale"
	"fener/period"
)

func (f *claimsReader) comparison(place string, w *comparisonFile) fact.Comparison {
	date := func(field string, text asWritten) period.Date { return f.date(place, field, string(text)) }
	f.knows(place, "indicator", w.Indicator, f.known.Observed)
	f.knows(place, "figure", w.Figure, f.known.Figure)
	for i, id := range w.Related {
		f.knows(place, fmt.Sprintf("related[%d]", i), id, f.known.Observed)
	}
	c := fact.Comparison{Figure: w.Figure, Indicator: w.Indicator, Related: w.Related, Law: strings.TrimSpace(w.Law), Told: w.Told, Shelter: strings.TrimSpace(w.Shelter), Cause: w.Cause, By: strings.TrimSpace(w.By), Place: strings.TrimSpace(w.Place),
		From: date("from", w.From), To: date("to", w.To), Then: date("then", w.Then), Operator: fact.Operator(w.Operator), Tolerance: share(string(w.Tolerance))}
	c.Value, c.Unit = f.claimed(place, w)
	f.law(place, w)
	f.unused(place, w)
	if w.Indicator != "" && c.Place == "" {
		f.fail(place, "place", noPlace, "")
	}
	return c
}

// knows says of an id that nobody knows what may be meant.
func (f *claimsReader) knows(place, field, id string, known func(string) bool) {
	if known != nil && id != "" && !known(id) {
		code, near := f.known.near(id)
		f.fail(place, field, code, id).Other = near
	}
}

// observed says what is wrong with the id of an observed indicator, nothing
// where it is known, and which may be meant.
func (k *Known) observed(id string) (wrong Code, near string) {
	if id == "" || k.Observed == nil || k.Observed(id) {
		return "", ""
	}
	return k.near(id)
}

func (k *Known) near(id string) (Code, string) {
	if k.Nearest != nil {
		if near := k.Nearest(id); len(near) > 0 {
			return nearIndicator, strings.Join(near, ", ")
		}
	}
	return unknownIndicator, ""
}

// law says what is wrong with the law that is named.
func (f *claimsReader) law(place string, w *comparisonFile) {
	if w.Law == "" || f.known.Law == nil {
		return
	}
	if wrong, have := f.known.Law(w.Law); wrong != "" {
		f.fail(place, "law", wrong, w.Law).Other = strings.Join(have, ", ")
	}
}

// unused says of fields that have no meaning with the operator: what is written
// and not read would look as if it had been compared.
func (f *claimsReader) unused(place string, w *comparisonFile) {
	op := fact.Operator(w.Operator)
	two := op == fact.FellFrom || op == fact.RoseFrom
	for _, field := range []struct {
		name, text string
		used       bool
	}{
		{"value", string(w.Value), !two && op != fact.Exists},
		{"tolerance", string(w.Tolerance), op == fact.AboutThat},
		{"then", string(w.Then), two},
	} {
		if field.text != "" && !field.used && slices.Contains(operators, op) {
			f.fail(place, field.name, unusedField, field.text).Other = w.Operator
		}
	}
}

var operators = []fact.Operator{fact.Equals, fact.AboutThat, fact.AtLeast, fact.AtMost, fact.FellFrom, fact.RoseFrom, fact.Exists}

// claimed reads the value and the unit of a comparison: a number in any of the
// languages, with its unit beside it or not, or a length of time.
func (f *claimsReader) claimed(place string, w *comparisonFile) (value, unit string) {
	text := strings.TrimSpace(locale.Plain(string(w.Value)))
	unit = strings.TrimSpace(w.Unit)
	if known, ok := fact.ParseUnit(unit); ok {
		unit = known
	} else if unit != "" {
		f.fail(place, "unit", unknownUnit, unit).Other = strings.Join(fact.Units(), ", ")
	}
	if text == "" {
		return "", unit
	}
	if rest, beside, ok := fact.SplitUnit(text); ok {
		switch {
		case unit == beside, unit == "" && !fact.Lasting(beside):
			text, unit = rest, beside
		case !fact.Lasting(beside):
			p := f.fail(place, "value", otherUnit, text)
			p.Other, p.Hint = beside, unit
			return text, unit
		}
	}
	if length, ok := fact.ParseLasting(text, unit); w.Law != "" {
		if !ok && !parseLife(text) {
			f.fail(place, "value", badLength, text)
		}
		return choose(ok, length, text), choose(ok, "", unit)
	} else if ok {
		if unit == "" || unit == "length" {
			return length, unit
		}
	}
	stated := fact.ParseStated(text)
	n, plain := locale.ParseNumber(text)
	switch {
	case unit == "tier":
	case plain && n.Either && inParts(unit):
		p := f.fail(place, "value", thousandsOrDecimals, text)
		p.Other, p.Hint = n.Plain, strings.Replace(text, ",", ".", 1)
	case stated.Kind == fact.Exact:
		return stated.Low, unit
	case stated.Kind != fact.InWords:
		f.fail(place, "value", boundValue, text)
	default:
		f.fail(place, "value", badNumber, text)
	}
	return text, unit
}

func choose(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

// parseLife reports whether a term is for life.
func parseLife(text string) bool { return lifeWords[wordKey(text)] }

// share is a tolerance as a share: 5% is 0.05.
func share(text string) string {
	text = strings.TrimSpace(text)
	if number, ok := strings.CutSuffix(text, "%"); ok {
		if n, ok := locale.ParseNumber(number); ok && !n.Either {
			if digits, rest, _ := strings.Cut(n.Plain, "."); len(digits) <= 3 && n.Plain[0] != '-' {
				digits = strings.Repeat("0", 3-len(digits)) + digits
				return digits[:1] + "." + digits[1:] + rest
			}
		}
	}
	return strings.Replace(text, ",", ".", 1)
}
