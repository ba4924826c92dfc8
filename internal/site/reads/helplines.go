package reads

import (
	"fmt"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/view"
)

// HelpLine is a help line on record with the source that gives it.
type HelpLine struct {
	ID string
	record.HelpLine
	Source record.Source
}

// HelpLines are the help lines on record, those with a number first, in the order in which they were entered.
func HelpLines(r *page.Request) ([]HelpLine, error) { return helpLines.Of(r) }

var helpLines = page.NewOnce(func(r *page.Request) ([]HelpLine, error) {
	v, err := r.Record()
	if err != nil {
		return nil, err
	}
	things, _, err := v.Things(r.Context(), record.HelpLineKind, view.Page{Limit: view.MaxLimit})
	if err != nil {
		return nil, fmt.Errorf("reading the help lines: %w", err)
	}
	var with, without []HelpLine
	for i := range things {
		one := HelpLine{ID: things[i].ID}
		if things[i].Gone != view.Standing {
			continue
		}
		if err := record.Decode(things[i].Body, &one.HelpLine); err != nil {
			return nil, fmt.Errorf("reading help line %s: %w", one.ID, err)
		}
		if s, err := v.BareSource(r.Context(), one.Citation.Source); err == nil {
			one.Source = s.Source
		}
		if one.Number != "" {
			with = append(with, one)
		} else {
			without = append(without, one)
		}
	}
	return append(with, without...), nil
})
