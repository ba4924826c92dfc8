package view

import (
	"context"
	"fmt"

	"fener/internal/record"
	"fener/internal/sqlitefile"
)

// replace lets another revision stand.
func (w *writer) replace(ctx context.Context, old *standing, p *prepared) error {
	e := p.entry
	p.silent = p.silent || heldBack(old.body.V) // "it was one" says what stood before
	if old.gone != Erased {                     // that revision lies among the earlier ones already
		if err := w.exec(ctx, archiveSQL, old.seq, old.doc, old.rev, old.state, old.at, old.author, old.reason, old.batch, old.stored()); err != nil {
			return err
		}
	}
	// A change of state alone, as in an import that is published later, leaves
	// lists, findings and search as they are.
	same := old.gone == Standing && p.gone == Standing && string(old.body.V) == string(p.reading.body)
	if old.gone == Standing && !same {
		if err := w.gather(ctx, e.Kind, e.ID, old); err != nil {
			return err
		}
	}
	if p.gone == Standing && !same {
		for i := range p.reading.rows { // the thing keeps its number
			p.reading.rows[i] = w.renumbered(p.reading.rows[i], e.Seq, old.doc)
		}
		if err := w.spread(ctx, e.Kind, old.doc, &p.reading, false); err != nil {
			return err
		}
		w.fresh[thing{e.Kind, e.ID}] = true
	}
	r := &p.reading
	if p.gone != Standing {
		r.parent = old.parent // so that what is gone is still coarsened with its case
	}
	return w.exec(ctx, updateSQL, e.Seq, e.Rev, string(e.State), sqlitefile.FormatTime(e.At), e.By, p.why(), e.Batch, r.title, r.parent,
		int64(p.gone), number(r.synthetic), text(r.body), old.doc)
}

// renumbered puts a thing's own number in the place of the entry's, which was
// all that could be known when the entry was read.
func (w *writer) renumbered(r row, from, to int64) row {
	for i, c := range r.table.columns {
		if n, ok := r.values[i].(int64); ok && c == "doc" && n == from {
			r.values[i] = to
		}
	}
	return r
}

// gather takes what stands of a thing out of the tables of its kind, by reading
// its stored body once more: a reading names all its rows.
func (w *writer) gather(ctx context.Context, kind record.Kind, id string, old *standing) error {
	if err := w.exec(ctx, indexOf(kind).remove(), searchRow(old.doc)); err != nil {
		return err
	}
	if !old.body.Valid {
		return nil
	}
	r, err := readBody(w.checker, kind, old.doc, id, old.body.V, never)
	if err != nil {
		return fmt.Errorf("read what stands of %s %q: %w", kind, id, err)
	}
	for i := range r.rows {
		if err := w.exec(ctx, r.rows[i].table.remove(), r.rows[i].values[:r.rows[i].table.keys]...); err != nil {
			return err
		}
	}
	for _, source := range r.cites {
		if err := w.exec(ctx, citesTable.remove(), source, old.doc); err != nil {
			return err
		}
	}
	w.touch(kind, &r, false)
	return nil
}
