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
func Observations(ctx context.Context, l ledger.Ledger, name string, file io.Reader, opt Options) (Summary, error) {
	run, err := begin(ctx, l, record.ObservationKind, opt)
	if err != nil {
		return Summary{}, err
	}
	rows, problems, err := intake.Observations(name, file, Comparable(nil))
	if err != nil {
		return Summary{}, fmt.Errorf("reading %s: %w", name, err)
	}
	wrong, err := opt.trouble(problems)
	if err != nil {
		return Summary{}, err
	}
	inFile := map[string]bool{}
	for i := range rows {
		if rows[i].ID == "" {
			rows[i].ID = observationName(&rows[i].Observation)
		}
		inFile[run.planner.known.named(record.ObservationKind, rows[i].ID)] = true
	}
	var list []planned
	for i := range rows {
		row := &rows[i]
		list = append(list, planned{row.Line, func(ctx context.Context) (plan, error) {
			return run.planner.observation(ctx, row, wrong.doubt[row.Line], inFile)
		}})
	}
	return run.inOrder(ctx, wrong, list)
}

// observationName names an observation by what it is of, so that a second import
// of the file finds it. The value is no part of it: a correction keeps the id.
func observationName(o *record.Observation) string {
	parts := []string{o.Indicator, o.From.String(), o.To.String()}
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	return record.Slug(strings.Join(parts, "-")) + "-" + shortHash(o.Identity())
}

func observationTitle(o *record.Observation) string {
	return strings.Join([]string{o.Indicator, o.Place, o.From.String() + ".." + o.To.String(), o.Value.Text}, ", ")
}

func (p *planner) observation(ctx context.Context, row *intake.ObservationRow, doubts []Reason, inFile map[string]bool) (plan, error) {
	o := row.Observation
	o.Synthetic = o.Synthetic || p.opt.Synthetic
	it := &Item{Kind: record.ObservationKind, ID: p.known.named(record.ObservationKind, row.ID), Name: row.ID, Lines: []int{row.Line}, Doubts: doubts,
		Title: observationTitle(&o)}
	var needs plan
	var err error
	if o.Citation.Source, err = p.cited(ctx, it, &needs, row.Line, "source_id", o.Citation.Source); err != nil {
		return plan{}, err
	}
	o.Restates = slices.Clone(o.Restates)
	for i := range o.Restates {
		id := p.known.named(record.ObservationKind, o.Restates[i])
		o.Restates[i] = id
		if t := (record.Thing{Kind: record.ObservationKind, ID: id}); !inFile[id] && !p.known.stands(t) {
			it.missing(row.Line, "restates", p.known.say(t))
		}
	}
	if err := p.otherValues(ctx, it, &o); err != nil {
		return plan{}, err
	}
	if err := p.quotes(ctx, it, row.Line, "quote", o.Citation, o.Doubtful); err != nil {
		return plan{}, err
	}
	p.care(it, &o)
	if err := p.holdBack(ctx, it, &o); err != nil {
		return plan{}, err
	}
	out, err := p.settle(ctx, it, &o, o.Validate(p.opt.State == record.Published), []record.Thing{{Kind: record.SourceKind, ID: o.Citation.Source}}, needs)
	p.published(it, &o)
	return out, err
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
