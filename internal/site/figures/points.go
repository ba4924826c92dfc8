package figures

import (
	"reflect"
	"slices"

	"fener/internal/figure"
	"fener/internal/page"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
)

// mainPoints say in a few sentences what a figure tells: its value, the years of most and of least, and what is not known. Courts are not among
// them, since courts are not ranked.
func mainPoints(r *page.Request, of *reads.Reading, in *figure.Indicator, total *figure.Value) ([]string, error) {
	if total.State == figure.NoData {
		return nil, nil
	}
	value := shown.ValueText(r, total)
	if unit := shown.UnitText(r, in); unit != "" && total.State == figure.Known {
		value += " " + unit
	}
	out := []string{page.OneStop(r.T("figure.point_value", "value", value, "period", shown.Period(r, total)))}
	years, err := yearPoints(r, of, in)
	if err != nil {
		return nil, err
	}
	out = append(out, years...)
	if total.Bounds != nil && total.Unknown > 0 {
		out = append(out, r.T("figure.point_unknown", "n", total.Unknown))
	}
	if shown.SmallText(r, total) != "" {
		out = append(out, r.T("figure.small_says"))
	}
	return out, nil
}

// yearPoints name the year with the highest value, where there are at least three whose values differ and are certain. The lowest is not named: of a record that
// holds a part of all judgments it says only of which year least was entered.
func yearPoints(r *page.Request, of *reads.Reading, in *figure.Indicator) ([]string, error) {
	if !slices.Contains(in.Breakdowns, figure.Year) || in.Measure == figure.Range {
		return nil, nil
	}
	pivot, err := laidOut(r, of, in, figure.Year)
	if err != nil {
		return nil, err
	}
	high, n, differ := -1, 0, false
	for i := range pivot.RowTotals {
		v := &pivot.RowTotals[i]
		if v.State != figure.Known || v.Bounds != nil || pivot.Rows[i].Key == figure.None {
			continue
		}
		n++
		differ = differ || high >= 0 && v.Number != pivot.RowTotals[high].Number
		if high < 0 || v.Number > pivot.RowTotals[high].Number {
			high = i
		}
	}
	if n < leastYears || !differ {
		return nil, nil
	}
	return []string{page.OneStop(r.T("figure.point_most", "year", shown.HeadText(r, of, pivot.Rows[high]).Text, "value", shown.ValueText(r, &pivot.RowTotals[high])))}, nil
}

// leastYears is how many years must have a value for one of them to be called the highest.
const leastYears = 3

// mostRelated is how many other figures a figure leads to.
const mostRelated = 5

// relatedFigures lead to figures near this one: first those of the same persons or sentences, such as the share beside the number, then those beside
// it in the list, which is in the order of what they tell.
func relatedFigures(r *page.Request, in *figure.Indicator) ([]page.Link, error) {
	all, err := figure.Indicators()
	if err != nil {
		return nil, err
	}
	at := slices.Index(all, in)
	distance := func(i int) int {
		d := 2 * max(i-at, at-i)
		if in.Filter != nil && reflect.DeepEqual(all[i].Filter, in.Filter) {
			return d - 2*len(all)
		}
		return d
	}
	order := make([]int, 0, len(all))
	for i := range all {
		if i != at {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return distance(a) - distance(b) })
	var out []page.Link
	for _, i := range order[:min(mostRelated, len(order))] {
		out = append(out, page.Link{Text: all[i].Names.In(r.Lang), Href: r.URL("figures/" + all[i].ID)})
	}
	return out, nil
}
