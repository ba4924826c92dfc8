package batch

import (
	"context"
	"io"

	"fener/internal/intake"
	"fener/internal/ledger"
	"fener/internal/record"
)

// Sources takes a table of sources into the record. What the table has no
// column for, the archived copy, stays as it stands.
func Sources(ctx context.Context, l ledger.Ledger, name string, from io.Reader, opt Options) (Summary, error) {
	f := &file{kinds: []record.Kind{record.SourceKind}, read: func(p *planner, name string, from io.Reader) (list []*brought, _ []intake.Problem, err error) {
		rows, problems, err := intake.Sources(name, from, func(id string) bool {
			return p.known.stands(record.Thing{Kind: record.SourceKind, ID: p.known.named(record.SourceKind, id)})
		})
		for i := range rows {
			s := &rows[i].Source
			list = append(list, &brought{kind: record.SourceKind, words: rows[i].ID, line: rows[i].Line, body: s,
				look: func(ctx context.Context, it *Item) error {
					p.sameAddress(it, s)
					return p.keepCopy(ctx, it.ID, s)
				}})
		}
		return list, problems, err
	}}
	return f.take(ctx, l, name, from, opt)
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
