package intake

import (
	"strings"

	fact "fener/internal/record" // the name record is a row of CSV here
	"fener/locale"
)

// stated reads the value and the unit of a row: the unit by any of its names,
// and out of the value where it stands there ("49 persons", "65.000 €").
func (t *table) stated(row tableRow) (v fact.Stated, unit string, wrong []Problem) {
	fail := func(code Code, other, hint string) {
		p := t.problem(row, obsValue, code)
		p.Other, p.Hint = other, hint
		wrong = append(wrong, p)
	}
	text, unit := row.cells[obsValue], row.cells[obsUnit]
	if known, ok := fact.ParseUnit(unit); ok {
		unit = known
	}
	if fact.NoFigure(text) {
		fail(noFigure, "", "")
		return v, unit, wrong
	}
	if rest, beside, ok := fact.SplitUnit(text); ok {
		switch {
		case unit == beside, unit == "" && !fact.Lasting(beside):
			text, unit = rest, beside
		case !fact.Lasting(beside):
			fail(otherUnit, beside, unit)
		}
	}
	if n, ok := locale.ParseNumber(text); ok && n.Either && inParts(unit) {
		fail(thousandsOrDecimals, n.Plain, strings.Replace(strings.Replace(text, ",", ".", 1), "\u00a0", "", 1))
	}
	return fact.ParseStated(text), unit, wrong
}

// inParts tells whether thousandths of a unit make sense, so that 12.345 can be
// twelve and a part.
func inParts(unit string) bool { return unit == "percent" || fact.Lasting(unit) }
