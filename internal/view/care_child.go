package view

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/law"
)

const (
	holdChildSQL   = `INSERT INTO children (case_id) VALUES (?) ON CONFLICT DO NOTHING`
	loosenChildSQL = `DELETE FROM children WHERE case_id = ?`
	hasChildSQL    = `SELECT EXISTS (SELECT 1 FROM children WHERE case_id = ?)`
	isCarefulSQL   = `SELECT EXISTS (SELECT 1 FROM careful WHERE case_id = ?)`
	packedSQL      = `SELECT packed FROM judgments WHERE case_id = ? AND doc = ?`
)

// childCare is how a folder asks a careful whether the findings of a case may
// rest on a child being among the victims. That is another question than whether
// the case is coarsened: protection needs no certainty, and a finding does.
func childCare(caseID string) string { return "child/" + caseID }

// childCase is the case that childCare asks of; empty for other questions.
func childCase(of string) string {
	id, ok := strings.CutPrefix(of, "child/")
	if !ok {
		return ""
	}
	return id
}

// decides reports whether a revision in the state is one that the scope shows.
func (s Scope) decides(state record.State) bool {
	return state == record.Published || s == Desk && state != record.Withdrawn
}

// hearChild takes in what the next revision of a case says of a child victim, as
// far as the scope shows it: yes and no count, silence changes nothing, and what
// cannot be read says nothing.
func (s Scope) hearChild(now bool, e *ledger.Entry) bool {
	if e.Erased || !s.decides(e.State) {
		return now
	}
	var said struct {
		ChildVictim law.Tri `json:"child_victim"`
	}
	if err := json.Unmarshal(e.Body, &said); err != nil || said.ChildVictim == law.NotKnown {
		return now
	}
	return said.ChildVictim == law.Yes
}

// watchChild notes whether findings may rest on a child victim. In public they
// do so only where the case is coarsened, which its page says: a finding gives
// away nothing that the page keeps back.
func (r *reader) watchChild(ctx context.Context, b *batch, e *ledger.Entry) error {
	id, now := e.ID, false
	switch e.Kind {
	case record.CaseKind:
		now = r.scope.hearChild(r.child[id], e)
	case ledger.Erasure:
		var target ledger.Erased
		if err := json.Unmarshal(e.Body, &target); err != nil || target.Kind != record.CaseKind {
			return nil // what cannot be read is told when the entry is folded
		}
		history, err := r.entries.History(ctx, target.Kind, target.ID)
		if err != nil {
			return fmt.Errorf("view: read the history of case %q: %w", target.ID, err)
		}
		id = target.ID
		for i := range history {
			if history[i].Seq < e.Seq {
				now = r.scope.hearChild(now, &history[i])
			}
		}
	default:
		return nil
	}
	now = now && (r.scope == Desk || r.care[id])
	if r.child[id] == now {
		return nil
	}
	if now {
		r.child[id] = true
	} else {
		delete(r.child, id)
	}
	b.children[id] = now
	return nil
}

// holdChildren notes for later batches which cases have a child victim.
func (w *writer) holdChildren(ctx context.Context, b *batch) error {
	for id, child := range b.children {
		query := loosenChildSQL
		if child {
			query = holdChildSQL
		}
		if err := w.exec(ctx, query, id); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) hasChild(ctx context.Context, caseID string) (child bool, err error) {
	return child, w.conn.QueryRowContext(ctx, hasChildSQL, caseID).Scan(&child)
}

// refold checks the judgments of a case anew, as coarse as it stands.
func (w *writer) refold(ctx context.Context, caseID string) error {
	var care bool
	if err := w.conn.QueryRowContext(ctx, isCarefulSQL, caseID).Scan(&care); err != nil {
		return err
	}
	return w.turn(ctx, caseID, care)
}

// samePacked reports whether a reading brings no other finding than the one that
// is stored: most cases come before their judgments, which then are right.
func (w *writer) samePacked(ctx context.Context, r *reading) (bool, error) {
	for i := range r.rows {
		row := &r.rows[i]
		if row.table != judgmentsTable {
			continue
		}
		stmt, err := w.prepared(ctx, packedSQL)
		if err != nil {
			return false, err
		}
		var stored []byte
		if err := stmt.QueryRowContext(ctx, row.values[0], row.values[1]).Scan(&stored); err != nil {
			return false, fmt.Errorf("read the stored findings: %w", err)
		}
		return bytes.Equal(stored, row.values[len(row.values)-1].([]byte)), nil
	}
	return true, nil
}

// readChildren is which cases have a child victim as of the last batch.
func readChildren(ctx context.Context, conn *sql.Conn) (map[string]bool, error) {
	return set(ctx, conn, `SELECT case_id FROM children`)
}
