package evidence

import (
	"slices"
	"strings"

	"fener/internal/record"
	"fener/locale"
	"fener/period"
)

// changes reports whether a comparison is about a change between two periods.
func changes(cmp *record.Comparison) bool {
	return cmp.Operator == record.FellFrom || cmp.Operator == record.RoseFrom
}

// weighChange sets the amounts of the two periods against each other, where one
// independent source gives both: only then were they counted alike.
func weighChange(cmp *record.Comparison, list []Evidence) {
	for i := range list {
		for j := range list {
			a, b := list[i].Observation, list[j].Observation
			if list[i].Bearing != Unlike || list[j].Bearing != Unlike || list[i].Cause != OneAmount || list[j].Cause != OneAmount ||
				a.Citation.Source != b.Citation.Source || a.Unit != b.Unit || !sameSpan(a.Span(), cmpSpan(cmp)) || !sameSpan(b.Span(), period.Span{From: cmp.Then}) {
				continue
			}
			if bearing := changed(cmp, a.Value, b.Value); bearing != Unlike {
				list[i].Bearing, list[j].Bearing = bearing, bearing
				list[i].Cause, list[j].Cause = "", ""
			}
		}
	}
}

// changed says whether the value moved from before to after as is claimed.
func changed(cmp *record.Comparison, before, after record.Stated) Bearing {
	low1, high1 := bounds(before)
	low2, high2 := bounds(after)
	fell, rose := high2 < low1, low2 > high1
	if cmp.Operator == record.RoseFrom {
		fell, rose = rose, fell
	}
	switch {
	case fell:
		return Supports
	case rose, low1 == high1 && low2 == high2: // it moved the other way, or not at all
		return Contradicts
	}
	return Unlike
}

// bearOn are the indicators whose observations bear on a comparison: its own,
// those it names as related, and of a change the directions beside its own.
func bearOn(cmp *record.Comparison) []string {
	list := append([]string{cmp.Indicator}, cmp.Related...)
	if !changes(cmp) {
		return list
	}
	all, err := Indicators()
	if err != nil {
		return list
	}
	for _, in := range all {
		own := find(all, cmp.Indicator)
		beside := slices.Contains(in.Beside, cmp.Indicator) || own != nil && slices.Contains(own.Beside, in.ID)
		if in.Trend && beside && !slices.Contains(list, in.ID) {
			list = append(list, in.ID)
		}
	}
	return list
}

func isTrend(indicator string) bool {
	list, err := Indicators()
	if err != nil {
		return false
	}
	in := find(list, indicator)
	return in != nil && in.Trend
}

// direction says what a statement in words that gives the direction of a change
// does for the claim of a change.
func direction(cmp *record.Comparison, o *Observation) Evidence {
	way := Direction(o.Value)
	want := -1
	if cmp.Operator == record.RoseFrom {
		want = 1
	}
	switch {
	case !withinChange(cmp, o):
		return Evidence{Bearing: Unlike, Cause: periodCause(o)}
	case way == 0 && plainWords(o):
		return Evidence{Bearing: Worded}
	case way == 0:
		return Evidence{Bearing: Unlike, Cause: OtherKind}
	case way == want:
		return Evidence{Bearing: Supports}
	}
	return Evidence{Bearing: Contradicts}
}

// withinChange reports whether an observation lies in the time over which a
// change is claimed: after the first period ended, until the second did. A
// trend is against the period before, so that of the first period itself says
// how it came to its value, not what came after.
func withinChange(cmp *record.Comparison, o *Observation) bool {
	span := o.Span()
	return !span.IsZero() && cmp.From.Last().Before(span.First()) && !cmp.Then.Last().Before(span.Last())
}

// The beginnings of words that give a direction, folded, and those that turn it
// round or leave it open.
var (
	fallWords = strings.Fields("decreas fell fall fewer low lower reduc cut declin drop less shrank halv ulj renie rene zvogel pakes pakt pak smanj pad opad opao opala manj niz")
	riseWords = strings.Fields("increas rose rise risen rising more higher grew grow doubl tripl rritj rritur rrit shtim shtua dyfish shume povec porast rast vis udvostruc")
	openWords = strings.Fields("no not nor never nuk s'ka ska pa jo ne nije nisu bez unchanged same njejt isti isto ista")
)

// Direction reads a value in words as a fall (-1), a rise (+1) or neither (0).
// "No decrease" and "more in one, fewer in the other" are neither.
func Direction(v record.Stated) int {
	if v.Kind != record.InWords {
		return 0
	}
	falls, rises := false, false
	for _, w := range strings.FieldsFunc(locale.Fold(v.Text), func(r rune) bool { return (r < 'a' || r > 'z') && r != '\'' }) {
		switch {
		case slices.Contains(openWords, w):
			return 0
		case begins(w, fallWords):
			falls = true
		case begins(w, riseWords):
			rises = true
		}
	}
	switch {
	case falls && !rises:
		return -1
	case rises && !falls:
		return 1
	}
	return 0
}

// begins reports whether a word begins with one of the beginnings; short
// ones must be the whole word or nearly: fell is not fellow.
func begins(word string, beginnings []string) bool {
	return slices.ContainsFunc(beginnings, func(b string) bool {
		return strings.HasPrefix(word, b) && (len(b) > 4 || len(word) <= len(b)+1)
	})
}
