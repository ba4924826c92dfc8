package batch

import (
	"fmt"
	"slices"
	"strings"

	"fener/internal/figure"
	"fener/internal/story"
)

// FigureQuery is what a reference to a figure asks: the figure of that id, by the
// field or for the year or court that the reference names.
func FigureQuery(ref *story.Reference, id string) (figure.Query, error) {
	q := figure.Query{Measure: id}
	all, err := figure.Indicators()
	if err != nil {
		return q, err
	}
	at := slices.IndexFunc(all, func(in *figure.Indicator) bool { return in.ID == id })
	if at < 0 {
		return q, fmt.Errorf("there is no figure %q; each figure's page ends in its id, as in /en/figures/judgments", id)
	}
	for _, of := range []struct {
		name  string
		field figure.Field
	}{{"year", figure.Year}, {"court", figure.Court}} {
		if value := ref.Options[of.name]; value != "" {
			if q.Filter, err = q.Filter.With(of.field, value); err != nil {
				return q, err
			}
		}
	}
	by := ref.Options["by"]
	if by == "" && ref.Verb == story.Chart && len(all[at].Breakdowns) > 0 {
		by = all[at].Breakdowns[0].String()
	}
	if by != "" {
		if err := q.Rows.UnmarshalText([]byte(by)); err != nil || !slices.Contains(all[at].Breakdowns, q.Rows) {
			return q, fmt.Errorf("%s is not laid out by %q; expected one of %s", id, by, fieldList(all[at].Breakdowns))
		}
	}
	return q, q.Validate()
}

func fieldList(fields []figure.Field) string {
	var names []string
	for _, f := range fields {
		names = append(names, f.String())
	}
	return strings.Join(names, ", ")
}

// chartOf is where a chart is from, figures or reported, and of what.
func chartOf(ref *story.Reference) (room, id string, err error) {
	room, id, ok := strings.Cut(ref.Args[0], "/")
	if !ok {
		return "", "", fmt.Errorf("%q is no chart", ref.Args[0])
	}
	return room, id, nil
}
