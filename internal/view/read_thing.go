package view

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"fener/internal/record"
	"fener/internal/sqlitefile"
	"fener/law"
)

const (
	// Revisions are counted as the reader sees them: how many drafts lie between is nobody's business. What was erased lies among the earlier ones.
	nthColumn     = `(SELECT count(*) FROM earlier e WHERE e.doc = t.doc) + (t.gone <> 2)`
	thingColumns  = `t.kind, t.id, t.seq, ` + nthColumn + `, t.state, t.at, t.author, t.reason, t.title, t.gone, coalesce(t.body, '')`
	thingSQL      = `SELECT ` + thingColumns + ` FROM things t WHERE t.kind = ? AND t.id = ?`
	thingsSQL     = `SELECT ` + thingColumns + ` FROM things t WHERE t.kind = ? AND t.gone = 0 ORDER BY t.id LIMIT ? OFFSET ?`
	thingsSumSQL  = `SELECT count(*) FROM things WHERE kind = ? AND gone = 0`
	someThingsSQL = `SELECT ` + thingColumns + ` FROM things t WHERE t.gone = 0 AND t.kind = ?`
	// What changed last is among as many of the last revised and as many of the
	// last begun: whatever began later than a thing was never changed before it.
	recentSQL = `SELECT ` + thingColumns + ` FROM things t WHERE t.doc IN (
		SELECT doc FROM (SELECT doc FROM things WHERE seq <> doc ORDER BY seq DESC LIMIT ?1)
		UNION SELECT doc FROM (SELECT doc FROM things ORDER BY doc DESC LIMIT ?1)) ORDER BY t.seq DESC LIMIT ?1`
)

type scanner interface{ Scan(dest ...any) error }

// scanThing reads thingColumns, and more columns after them.
func scanThing(row scanner, t *Thing, more ...any) error {
	var at string
	var body []byte
	dest := append([]any{&t.Kind, &t.ID, &t.Seq, &t.Rev, &t.State, &at, &t.By, &t.Why, &t.Title, &t.Gone, &body}, more...)
	if err := row.Scan(dest...); err != nil {
		return err
	}
	if t.Gone == erasedUnexplained {
		t.Gone = Erased
	}
	t.Body = nil
	if len(body) > 0 {
		t.Body = body
	}
	var err error
	if t.At, err = sqlitefile.ParseTime(at); err != nil {
		return errors.Join(ErrDamaged, err)
	}
	return nil
}

func findThing(ctx context.Context, db querier, kind record.Kind, id string) (*Thing, error) {
	var t Thing
	switch err := scanThing(db.QueryRowContext(ctx, thingSQL, string(kind), id), &t); {
	case errors.Is(err, sql.ErrNoRows):
		return nil, fmt.Errorf("%s %q: %w", kind, id, ErrNotFound)
	case err != nil:
		return nil, err
	}
	return &t, nil
}

// findStanding is findThing with a *GoneError for what is gone.
func findStanding(ctx context.Context, db querier, kind record.Kind, id string) (*Thing, error) {
	t, err := findThing(ctx, db, kind, id)
	if err == nil && t.Gone != Standing {
		return nil, &GoneError{t.Meta}
	}
	return t, err
}

// Thing is one record of any kind. What is gone comes back as its tombstone,
// without an error. Errors: ErrNotFound.
func (v *View) Thing(ctx context.Context, kind record.Kind, id string) (t *Thing, err error) {
	err = v.read("read a "+string(kind), func(db querier) error {
		t, err = findThing(ctx, db, kind, id)
		return err
	})
	return t, err
}

// Things lists what stands of a kind, by id, and how many there are.
func (v *View) Things(ctx context.Context, kind record.Kind, p Page) (list []Thing, total int, err error) {
	p = p.bounded()
	err = v.read("list things", func(db querier) error {
		if err := db.QueryRowContext(ctx, thingsSumSQL, string(kind)).Scan(&total); err != nil {
			return err
		}
		list, err = queryThings(ctx, db, thingsSQL, string(kind), p.Limit, p.Offset)
		return err
	})
	return list, total, err
}

// Recent lists what changed last, newest first, the tombstones among it.
func (v *View) Recent(ctx context.Context, limit int) (list []Meta, err error) {
	err = v.read("list what changed", func(db querier) error {
		things, err := queryThings(ctx, db, recentSQL, Page{Limit: limit}.bounded().Limit)
		for i := range things {
			list = append(list, things[i].Meta)
		}
		return err
	})
	return list, err
}

func queryThings(ctx context.Context, db querier, query string, args ...any) ([]Thing, error) {
	return collect(ctx, db, func(row scanner) (t Thing, err error) {
		err = scanThing(row, &t)
		return t, err
	}, query, args...)
}

// Explain answers one count of a judgment again, with the steps that lead to its
// finding. It reads nothing but its arguments and the law pack.
func (v *View) Explain(j *JudgmentFile, c *record.Count) (law.Answer, error) {
	facts := v.checker.facts(j.Date, c, j.ChildVictim)
	a, err := law.Explain(v.opts.Pack, &facts)
	if err != nil {
		return a, fmt.Errorf("view: explain a count: %w", err)
	}
	return a, nil
}
