package view

import (
	"context"
	"fmt"
	"time"

	"fener/internal/record"
	"fener/internal/sqlitefile"
)

const (
	// A draft was returned where what stood before it was handed in by somebody else than who made it a draft again.
	returnedColumn = `EXISTS (SELECT 1 FROM earlier e WHERE e.doc = t.doc AND e.rev = t.rev - 1 AND e.state = 'submitted' AND e.author <> t.author AND t.state = 'draft')`
	openSQL        = `SELECT ` + thingColumns + `, t.rev, ` + returnedColumn + ` FROM things t WHERE t.state = ?1 AND t.state IN ('draft', 'submitted', 'verified') AND t.gone = 0 AND (?2 = '' OR t.author = ?2)
		ORDER BY t.seq DESC LIMIT ?3 OFFSET ?4`
	openSumSQL = `SELECT count(*) FROM things t WHERE t.state = ?1 AND t.state IN ('draft', 'submitted', 'verified') AND t.gone = 0 AND (?2 = '' OR t.author = ?2)`
)

// Unfinished is something that people have still to work on. Rev is the revision's number in the ledger.
type Unfinished struct {
	Meta
	Returned bool // it was handed in, and somebody else gave it back
}

// Unfinished lists what stands in a state before publication, what changed last first, and how many there are; by narrows it to what one person changed last. Only the
// desk's view holds any.
func (v *View) Unfinished(ctx context.Context, state record.State, by string, p Page) (list []Unfinished, total int, err error) {
	p = p.bounded()
	err = v.read("list what is open", func(db querier) error {
		if err := db.QueryRowContext(ctx, openSumSQL, string(state), by).Scan(&total); err != nil {
			return err
		}
		list, err = collect(ctx, db, func(row scanner) (o Unfinished, err error) {
			var t Thing
			var rev int
			err = scanThing(row, &t, &rev, &o.Returned)
			o.Meta, o.Rev = t.Meta, rev
			return o, err
		}, openSQL, string(state), by, p.Limit, p.Offset)
		return err
	})
	return list, total, err
}

// Find lists what of a kind is found by a text, what fits best first: for a field that names another thing.
func (v *View) Find(ctx context.Context, kind record.Kind, text string, most int) ([]Hit, error) {
	if record.DefinitionOf(kind) == nil {
		return nil, fmt.Errorf("view: %q is no kind: %w", kind, ErrNotFound)
	}
	hits, err := v.Search(ctx, text, 200)
	if err != nil {
		return nil, err
	}
	var of []Hit
	for _, h := range hits {
		if h.Kind == kind && len(of) < most {
			of = append(of, h)
		}
	}
	return of, nil
}

// draftBatchesSQL lists what batches brought that stands as it was brought, unpublished.
const draftBatchesSQL = `SELECT t.batch, max(t.at), count(*) FROM things t WHERE t.state = 'draft' AND t.gone = 0 AND t.author = ?1 AND t.batch <> '' GROUP BY t.batch ORDER BY max(t.seq) DESC LIMIT ?2`

// A Brought batch is what is left of what one file brought: so many things that stand as drafts, as it brought them.
type Brought struct {
	Label string
	At    time.Time // of the last entry
	N     int
}

// DraftBatches lists the batches of one person of which something stands as it was brought, the last first. Only the desk's view holds any.
func (v *View) DraftBatches(ctx context.Context, by string, most int) (list []Brought, err error) {
	err = v.read("list batches", func(db querier) error {
		list, err = collect(ctx, db, func(row scanner) (b Brought, err error) {
			var at string
			if err := row.Scan(&b.Label, &at, &b.N); err != nil {
				return b, err
			}
			b.At, err = sqlitefile.ParseTime(at)
			return b, err
		}, draftBatchesSQL, by, most)
		return err
	})
	return list, err
}
