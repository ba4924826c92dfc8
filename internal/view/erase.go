package view

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/sqlitefile"
)

// erase folds the erasure of one revision: the text and the reason go from wherever
// the view has them. A thing whose standing revision was erased leaves a tombstone; an
// earlier revision does not come back in its place.
//
// The ledger has removed the text already, so a view that is built later meets
// an empty entry first and its erasure afterwards. Both roads end the same.
func (w *writer) erase(ctx context.Context, p *prepared) error {
	e := p.entry
	var target ledger.Erased
	if err := json.Unmarshal(e.Body, &target); err != nil {
		return fmt.Errorf("read which entry was erased: %w", err)
	}
	if err := w.exec(ctx, setMetaSQL, "erased", strconv.FormatInt(e.Seq, 10)); err != nil { // see Care
		return err
	}
	if target.Kind == ledger.Erasure { // its reason, which stands on a tombstone
		w.removed = true
		return w.exec(ctx, hushSQL, target.Seq)
	}
	old, err := w.find(ctx, target.Kind, target.ID)
	if err != nil || old == nil {
		return err
	}
	if err := w.countErasure(ctx, e, old, target.Seq); err != nil {
		return err
	}
	w.removed = true
	if old.seq != target.Seq {
		return w.exec(ctx, forgetSQL, old.doc, target.Rev)
	}
	if old.gone == Standing {
		if err := w.gather(ctx, target.Kind, target.ID, old); err != nil {
			return err
		}
	}
	if err := w.exec(ctx, archiveSQL, old.seq, old.doc, old.rev, old.state, old.at, old.author, "", old.batch, nil); err != nil {
		return err
	}
	if target.Kind == record.CaseKind {
		w.dirty[target.ID] = true
	}
	return w.exec(ctx, updateSQL, e.Seq, old.rev, old.state, sqlitefile.FormatTime(e.At), e.By, e.Why, e.Batch, "", old.parent,
		int64(Erased), 0, nil, old.doc)
}
