package batch

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"fener/internal/evidence"
	"fener/internal/intake"
	"fener/internal/ledger"
	"fener/internal/record"
)

// Observations takes a table of reported figures into the record. A file of
// which something is refused is refused as a whole, see Options.SkipRefused.
//
// Two observations of one identity with different values are refused, whether
// both stand in the file or one on record, unless one restates the other.
func Observations(ctx context.Context, l ledger.Ledger, name string, from io.Reader, opt Options) (Summary, error) {
	f := &file{kinds: []record.Kind{record.ObservationKind}, read: func(p *planner, name string, from io.Reader) (list []*brought, _ []intake.Problem, err error) {
		rows, problems, err := intake.Observations(name, from, Comparable(nil))
		for i := range rows {
			row := &rows[i]
			if row.ID == "" {
				row.ID = observationName(&row.Observation)
			}
			list = append(list, &brought{kind: record.ObservationKind, words: row.ID, title: observationTitle(&row.Observation), line: row.Line,
				body: &row.Observation, doubtful: row.Doubtful, columns: map[string]string{"source": "source_id"},
				look: func(ctx context.Context, it *Item) error { return p.otherValues(ctx, it, &row.Observation) }})
		}
		return list, problems, err
	}}
	return f.take(ctx, l, name, from, opt)
}

// observationName names an observation by what it is of, so that a second import
// of the file finds it. The value is no part of it: a correction keeps the id.
func observationName(o *record.Observation) string {
	parts := []string{o.Indicator, o.From.String(), o.To.String()}
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	return record.Slug(strings.Join(parts, "-")) + "-" + record.ShortHash(o.Identity())
}

func observationTitle(o *record.Observation) string {
	return strings.Join([]string{o.Indicator, o.Place, o.From.String() + ".." + o.To.String(), o.Value.Text}, ", ")
}

// otherValues compares an observation with those of its identity on record. The
// file's own were compared by its reader.
func (p *planner) otherValues(ctx context.Context, it *Item, o *record.Observation) error {
	for _, seq := range p.known.said[p.known.digest([]byte(o.Identity()))] {
		entries, err := p.led.Read(ctx, seq-1, 1)
		if err != nil {
			return fmt.Errorf("looking up an observation on record: %w", err)
		}
		e := &entries[0]
		at := p.known.things[p.known.thing(e.Kind, e.ID)]
		if e.ID == it.ID || int(at.rev) != e.Rev || at.planned || at.state() == record.Withdrawn || e.Erased {
			continue
		}
		var q record.Observation
		if err := record.Decode(e.Body, &q); err != nil {
			return fmt.Errorf("observation %s: %w", e.ID, err)
		}
		switch {
		case q.Identity() != o.Identity() || slices.Contains(o.Restates, e.ID) || slices.Contains(q.Restates, it.ID):
		case evidence.SameValue(o.Value, q.Value):
			it.Doubts = append(it.Doubts, Reason{Code: DoubtSaidTwice, Line: it.Lines[0], Detail: p.known.say(record.Thing{Kind: e.Kind, ID: e.ID}) + " (" + observationTitle(&q) + ")"})
		default:
			it.Refused = append(it.Refused, Reason{Code: RefusedTwoValues, Line: it.Lines[0], Field: "value",
				Detail: fmt.Sprintf("%s: %s; %s (%s)", it.Name, o.Value, p.known.say(record.Thing{Kind: e.Kind, ID: e.ID}), observationTitle(&q))})
		}
	}
	return nil
}
