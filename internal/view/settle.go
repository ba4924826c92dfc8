package view

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"fener/law"
	"fener/period"
)

const (
	shareRowsSQL = `SELECT j.court, j.date, j.defendants, j.outcomes, j.answers, j.trafficking, j.care, j.synthetic, t.title
		FROM judgments j JOIN things t ON t.doc = j.doc WHERE j.case_id = ? ORDER BY j.doc`
	caseEntrySQL  = `SELECT title, synthetic FROM case_entries WHERE case_id = ?`
	carefulSQL    = `SELECT count(*) FROM careful WHERE case_id = ?`
	removeCaseSQL = `DELETE FROM cases WHERE id = ?`
)

// settle brings the rows of cases up to date at the end of a batch.
func (w *writer) settle(ctx context.Context) error {
	// A case that is worked out anew counts its new judgments too, so what they
	// would add must be in the tables by then, and not be added twice.
	for id := range w.dirty {
		delete(w.shares, id)
	}
	dirty := make([]string, 0, len(w.dirty))
	for id := range w.dirty {
		dirty = append(dirty, id)
	}
	slices.Sort(dirty)
	if err := w.flush(ctx); err != nil {
		return err
	}
	for _, id := range dirty {
		if err := w.exec(ctx, removeCaseSQL, id); err != nil {
			return err
		}
		s, err := w.workOut(ctx, id)
		if err != nil {
			return fmt.Errorf("work out case %q: %w", id, err)
		}
		if s == nil {
			continue
		}
		if err := w.bulks[casesTable].add(ctx, s.values()...); err != nil {
			return err
		}
	}
	clear(w.dirty)
	return w.bulks[casesTable].flush(ctx)
}

// workOut makes a case's row from all that stands; nil where nothing does.
func (w *writer) workOut(ctx context.Context, id string) (*share, error) {
	s := share{id: id}
	entry, err := w.caseEntry(ctx, id, &s)
	if err != nil {
		return nil, err
	}
	stmt, err := w.prepared(ctx, shareRowsSQL)
	if err != nil {
		return nil, err
	}
	rows, err := stmt.QueryContext(ctx, id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		one := share{id: id, judgments: 1}
		var date string
		var outcomes int64
		if err := rows.Scan(&one.court, &date, &one.defendants, &outcomes, &one.answers, &one.trafficking, &one.care, &one.synthetic, &one.title); err != nil {
			return nil, err
		}
		if one.last, err = period.ParseDate(date); err != nil {
			return nil, err
		}
		one.outcomes = law.Outcomes(outcomes)
		s.add(&one)
	}
	if !entry && s.judgments == 0 {
		return nil, rows.Err()
	}
	return &s, rows.Err()
}

// caseEntry begins a case's row with what its own entry says.
func (w *writer) caseEntry(ctx context.Context, id string, s *share) (found bool, err error) {
	stmt, err := w.prepared(ctx, caseEntrySQL)
	if err != nil {
		return false, err
	}
	switch err := stmt.QueryRowContext(ctx, id).Scan(&s.title, &s.synthetic); {
	case err == sql.ErrNoRows:
	case err != nil:
		return false, err
	default:
		found = true
	}
	if stmt, err = w.prepared(ctx, carefulSQL); err != nil {
		return false, err
	}
	return found, stmt.QueryRowContext(ctx, id).Scan(&s.care)
}
