package reads

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"fener/internal/batch"
	"fener/internal/evidence"
	"fener/internal/figure"
	"fener/internal/record"
	"fener/internal/story"
	"fener/internal/view"
	"fener/law"
	"fener/period"
)

// Standing is how things stand in public, for a story that is taken into the
// record: v is the public view at the end of the ledger that entries are of.
func Standing(ctx context.Context, v *view.View, entries evidence.Entries, pack *law.Pack) (*batch.Standing, error) {
	last, err := v.Recent(ctx, 1)
	if err != nil {
		return nil, fmt.Errorf("reading the last change: %w", err)
	}
	var day period.Date
	if len(last) > 0 {
		day = period.DateOf(last[0].At)
	}
	figures, err := ReadFigures(ctx, v, figure.AsOf{Seq: v.Position(), Date: day})
	if err != nil {
		return nil, err
	}
	kept, err := evidence.Fold(ctx, evidence.Options{Scope: view.Public, Entries: entries, Pack: pack,
		Figures: evidence.RecordedIn(func() *figure.Columns { return figures.Columns })})
	if err != nil {
		return nil, fmt.Errorf("folding what was said: %w", err)
	}
	set := kept.Set()
	return &batch.Standing{Day: day, Of: func(ref *story.Reference, placed *record.Placed) (string, error) {
		return StandingOf(figures, set, ref, placed.Claim)
	}}, nil
}

// StandingOf is how what a reference names stands, in one word that a story keeps
// and that is the same until it changes: a figure's value, a claim's verdict, how
// many values were reported. claim is the id of the claim, if it is one. Provisions,
// quotations and cases have no such word.
func StandingOf(figures *Figures, set *evidence.Set, ref *story.Reference, claim string) (string, error) {
	switch ref.Verb {
	case story.Claim:
		if st, ok := set.Standing(claim); ok {
			return string(st.Verdict), nil
		}
	case story.Said:
		n := 0
		for _, key := range SeriesOf(set, ref.Args[0]) {
			for _, b := range set.Conflict(key, YearSpanOf(ref.Number(1))).Said {
				if b.Relation != evidence.NoPeriod {
					n++
				}
			}
		}
		return strconv.Itoa(n), nil
	case story.Value, story.Figure, story.Chart:
		room, id, chart := strings.Cut(ref.Args[0], "/")
		if !chart {
			id = room
		} else if room == "reported" {
			n := 0
			for _, key := range SeriesOf(set, id) {
				n += len(set.Observations(key))
			}
			return strconv.Itoa(n), nil
		}
		q, err := batch.FigureQuery(ref, id)
		if err != nil {
			return "", err
		}
		v, err := figures.FixedFigure(q)
		return v.Kept(), err
	}
	return "", nil
}
