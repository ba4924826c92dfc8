package view

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"fener/internal/record"
)

// ownCare asks a careful whether the thing's own case is protected.
const ownCare = ""

const (
	docsOfCaseSQL = `SELECT 'judgment', id FROM judgments WHERE case_id = ?
		UNION SELECT kind, id FROM things WHERE parent = ? AND gone <> 0
		UNION SELECT kind, id FROM things WHERE kind = 'case' AND id = ?`
	recareSQL       = `UPDATE earlier SET body = ? WHERE seq = ? AND doc = ? AND body IS NOT NULL`
	setBodySQL      = `UPDATE things SET body = ?, title = ? WHERE doc = ?`
	becomeCareSQL   = `INSERT INTO careful (case_id) VALUES (?) ON CONFLICT DO NOTHING`
	noLongerCareSQL = `DELETE FROM careful WHERE case_id = ?`
)

// turn folds a case and its judgments anew because it was found to have a child
// victim, or found not to. What stands and what stood before are both read from
// the ledger again: a file that holds the coarse text has lost the fine one.
func (w *writer) turn(ctx context.Context, caseID string, care bool) error {
	query := noLongerCareSQL
	if care {
		query = becomeCareSQL
	}
	if err := w.exec(ctx, query, caseID); err != nil {
		return err
	}
	if err := w.flush(ctx); err != nil {
		return err
	}
	list, err := w.thingsOfCase(ctx, caseID)
	if err != nil {
		return err
	}
	child, err := w.hasChild(ctx, caseID)
	if err != nil {
		return err
	}
	for _, t := range list {
		if err := w.recare(ctx, t, func(of string) bool {
			if childCase(of) != "" {
				return child
			}
			return care && !strings.HasPrefix(of, sourceCare(""))
		}); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) thingsOfCase(ctx context.Context, caseID string) ([]thing, error) {
	if err := w.complete(ctx); err != nil {
		return nil, err
	}
	list, err := collect(ctx, w.conn, scanName, docsOfCaseSQL, caseID, caseID, caseID)
	if err != nil {
		return nil, fmt.Errorf("list what belongs to the case: %w", err)
	}
	return list, nil
}

// recare reads every revision of one thing again, with another care.
func (w *writer) recare(ctx context.Context, t thing, careful func(string) bool) error {
	old, err := w.find(ctx, t.kind, t.id)
	if err != nil || old == nil {
		return err
	}
	if record.OfCourts(t.kind) && careful(ownCare) {
		if err := w.silence(ctx, old.doc); err != nil {
			return err
		}
	}
	inner := careful
	careful = func(of string) bool { return of == publicCare && w.scope == Public || of != publicCare && inner(of) }
	history, err := w.entries.History(ctx, t.kind, t.id)
	if err != nil {
		return fmt.Errorf("read the history of %s %q: %w", t.kind, t.id, err)
	}
	for i := range history {
		e := &history[i]
		if e.Erased || !w.scope.decides(e.State) || e.Seq > old.seq || e.Seq != old.seq && w.scope == Desk { // only the public view coarsens
			continue
		}
		r, err := readBody(w.checker, t.kind, old.doc, t.id, e.Body, careful)
		if err != nil { // it was left out when it was folded first
			continue
		}
		if r.silent {
			if err := w.silence(ctx, old.doc); err != nil {
				return err
			}
		}
		if e.Seq != old.seq {
			if err := w.exec(ctx, recareSQL, text(r.body), e.Seq, old.doc); err != nil {
				return err
			}
			w.removed = true
			continue
		}
		if old.gone != Standing {
			continue
		}
		if string(r.body) != string(old.body.V) {
			w.removed = true
		} else if same, err := w.samePacked(ctx, &r); err != nil || same {
			if err != nil {
				return err
			}
			continue
		}
		if err := w.gather(ctx, t.kind, t.id, old); err != nil {
			return err
		}
		if err := w.spread(ctx, t.kind, old.doc, &r, false); err != nil {
			return err
		}
		if err := w.exec(ctx, setBodySQL, text(r.body), r.title, old.doc); err != nil {
			return err
		}
	}
	return w.flush(ctx)
}

// readCare is the set of cases that are coarsened as of the last batch.
func readCare(ctx context.Context, conn *sql.Conn) (map[string]bool, error) {
	return set(ctx, conn, `SELECT case_id FROM careful`)
}
