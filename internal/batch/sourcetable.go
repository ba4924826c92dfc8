package batch

import (
	"context"
	"fmt"
	"io"

	"fener/internal/intake"
	"fener/internal/ledger"
	"fener/internal/record"
)

// Sources takes a table of sources into the record. What the table has no
// column for, the archived copy, stays as it stands.
func Sources(ctx context.Context, l ledger.Ledger, name string, file io.Reader, opt Options) (Summary, error) {
	run, err := begin(ctx, l, record.SourceKind, opt)
	if err != nil {
		return Summary{}, err
	}
	rows, problems, err := intake.Sources(name, file, func(id string) bool {
		return run.planner.known.stands(record.Thing{Kind: record.SourceKind, ID: run.planner.known.named(record.SourceKind, id)})
	})
	if err != nil {
		return Summary{}, fmt.Errorf("reading %s: %w", name, err)
	}
	wrong, err := opt.trouble(problems)
	if err != nil {
		return Summary{}, err
	}
	inFile := map[string]bool{}
	for i := range rows {
		inFile[run.planner.known.named(record.SourceKind, rows[i].ID)] = true
	}
	var list []planned
	for i := range rows {
		row := &rows[i]
		list = append(list, planned{row.Line, func(ctx context.Context) (plan, error) {
			return run.planner.source(ctx, row, wrong.doubt[row.Line], inFile)
		}})
	}
	return run.inOrder(ctx, wrong, list)
}

func (p *planner) source(ctx context.Context, row *intake.SourceRow, doubts []Reason, inFile map[string]bool) (plan, error) {
	s := row.Source
	s.Synthetic = s.Synthetic || p.opt.Synthetic
	s.Retells = p.known.named(record.SourceKind, s.Retells)
	it := &Item{Kind: record.SourceKind, ID: p.known.named(record.SourceKind, row.ID), Name: row.ID, Title: s.Title, Lines: []int{row.Line}, Doubts: doubts}
	if err := p.keepCopy(ctx, it.ID, &s); err != nil {
		return plan{}, err
	}
	p.sameAddress(it, &s)
	p.care(it, &s)
	var rests []record.Thing
	if s.Retells != "" && !inFile[s.Retells] {
		rests = append(rests, record.Thing{Kind: record.SourceKind, ID: s.Retells})
	}
	return p.settle(ctx, it, &s, s.Validate(false), rests, plan{})
}

// keepCopy lets a source on record keep its archived copy.
func (p *planner) keepCopy(ctx context.Context, id string, s *record.Source) error {
	if s.Archive != nil || p.known.things[p.known.thing(record.SourceKind, id)].rev == 0 {
		return nil
	}
	var stood record.Source
	if err := p.readIfKept(ctx, record.SourceKind, id, &stood); err != nil {
		return err
	}
	s.Archive = stood.Archive
	return nil
}

// sameAddress doubts a new source at an address that another one has.
func (p *planner) sameAddress(it *Item, s *record.Source) {
	if s.Address == "" {
		return
	}
	if other := p.known.sources.byKey[addressKey(s.Address)]; other != "" && other != it.ID && p.known.stands(record.Thing{Kind: record.SourceKind, ID: other}) {
		it.Doubts = append(it.Doubts, Reason{Code: DoubtSameSource, Field: "address", Detail: p.known.say(record.Thing{Kind: record.SourceKind, ID: other})})
	}
}
