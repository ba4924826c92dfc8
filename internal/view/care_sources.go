package view

import (
	"context"
	"fmt"

	"fener/internal/record"
)

const (
	// What a case of a child victim rests on, as far as the scope shows it, and
	// was not coarsened yet; and what was, and no such case rests on any more.
	restedOnSQL = `SELECT c.source FROM cites c JOIN judgments j ON j.doc = c.doc WHERE j.care = 1
		UNION SELECT c.source FROM careful f JOIN things t ON t.kind = 'case' AND t.id = f.case_id JOIN cites c ON c.doc = t.doc`
	newSourcesSQL   = restedOnSQL + ` EXCEPT SELECT id FROM careful_sources`
	freeSourcesSQL  = `SELECT id FROM careful_sources EXCEPT SELECT * FROM (` + restedOnSQL + `)`
	holdSourceSQL   = `INSERT INTO careful_sources (id) VALUES (?) ON CONFLICT DO NOTHING`
	loosenSourceSQL = `DELETE FROM careful_sources WHERE id = ?`
	sharersSQL      = `SELECT t.kind, t.id FROM cites c JOIN things t ON t.doc = c.doc WHERE c.source = ? AND t.kind NOT IN ('case', 'judgment')`
	anyCarefulSQL   = `SELECT EXISTS (SELECT 1 FROM careful) OR EXISTS (SELECT 1 FROM careful_sources)`
	silenceSQL      = `UPDATE things SET reason = '' WHERE doc = ?`
	silenceOldSQL   = `UPDATE earlier SET reason = '' WHERE doc = ?`
)

// sourceCare is how a folder asks whether a source is shared with the case of a
// child victim. Ids of cases have no slash.
func sourceCare(id string) string { return "source/" + id }

// shareCare coarsens every source that a case of a child victim rests on, and
// what else rests on such a source, and lays open again those that none does.
// It runs after each batch over what the tables say by then, so it does not
// matter in which order the entries came.
func (w *writer) shareCare(ctx context.Context, b *batch) error {
	if w.scope != Public {
		return nil
	}
	var any bool
	if err := w.one(ctx, anyCarefulSQL, &any); err != nil || !any {
		return err
	}
	if err := w.flush(ctx); err != nil {
		return err
	}
	held, err := w.texts(ctx, newSourcesSQL)
	if err != nil {
		return err
	}
	for _, id := range held {
		if err := w.turnSource(ctx, id, holdSourceSQL, true); err != nil {
			return err
		}
	}
	var free []string
	for _, care := range b.turned { // only a lifted protection sets sources free
		if !care {
			if free, err = w.texts(ctx, freeSourcesSQL); err != nil {
				return err
			}
		}
	}
	for _, id := range free {
		if w.past.holdsSource(sourceCare(id)) {
			continue
		}
		if err := w.turnSource(ctx, id, loosenSourceSQL, false); err != nil {
			return err
		}
	}
	return w.recareBatch(ctx, b)
}

// recareBatch coarsens what came in this batch on sources that were known before.
func (w *writer) recareBatch(ctx context.Context, b *batch) error {
	held, err := w.texts(ctx, `SELECT id FROM careful_sources`)
	if err != nil || len(held) == 0 {
		return err
	}
	careful := map[string]bool{}
	for _, id := range held {
		careful[sourceCare(id)] = true
	}
	for i := range b.prepared {
		e := b.prepared[i].entry
		concerned := e.Kind == record.SourceKind && careful[sourceCare(e.ID)]
		for _, source := range b.prepared[i].reading.cites {
			concerned = concerned || careful[sourceCare(source)]
		}
		if concerned && !record.OfCourts(e.Kind) {
			if err := w.recare(ctx, thing{e.Kind, e.ID}, func(id string) bool { return careful[id] }); err != nil {
				return err
			}
		}
	}
	return nil
}

// turnSource folds a source and what rests on it anew.
func (w *writer) turnSource(ctx context.Context, id, statement string, care bool) error {
	if err := w.exec(ctx, statement, id); err != nil {
		return err
	}
	sharing, err := collect(ctx, w.conn, scanName, sharersSQL, id)
	if err != nil {
		return fmt.Errorf("list what rests on source %q: %w", id, err)
	}
	for _, t := range append([]thing{{record.SourceKind, id}}, sharing...) {
		if err := w.recare(ctx, t, func(of string) bool { return care && of == sourceCare(id) }); err != nil {
			return err
		}
	}
	return nil
}

// silence takes away why the revisions of a thing were made: a reason such as "the
// day was the 12th of March" says what was kept back.
func (w *writer) silence(ctx context.Context, doc int64) error {
	if err := w.exec(ctx, silenceSQL, doc); err != nil {
		return err
	}
	return w.exec(ctx, silenceOldSQL, doc)
}

func (w *writer) one(ctx context.Context, query string, into any) error {
	stmt, err := w.prepared(ctx, query)
	if err != nil {
		return err
	}
	return stmt.QueryRowContext(ctx).Scan(into)
}

func (w *writer) texts(ctx context.Context, query string) ([]string, error) {
	list, err := texts(ctx, w.conn, query)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", firstWords(query), err)
	}
	return list, nil
}
