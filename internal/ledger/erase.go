package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"fener/internal/record"
)

const (
	findSQL = `SELECT seq, body IS NULL OR reason IS NULL, reason_commitment IS NULL FROM entries WHERE kind = $1 AND id = $2 AND rev = $3`

	eraseBodySQL = `UPDATE entries SET body = NULL, salt = NULL WHERE seq = $1`
	eraseWhySQL  = `UPDATE entries SET reason = NULL, reason_salt = NULL WHERE seq = $1`
)

// Erased is the body of an Erasure: which entry it erased.
type Erased struct {
	Seq  int64       `json:"seq"`
	Kind record.Kind `json:"kind"`
	ID   string      `json:"id"`
	Rev  int         `json:"rev"`
}

// Erase implements Ledger. It also lets the engine remove what it keeps of the text: SQLite's
// log, freed rows of PostgreSQL. When a long reader (Verify, Backup, another
// process) holds the log for more than ten seconds, the erasure stands, the Span
// says so, the error matches ErrInUse, and the copy goes at the next Erase or Open.
func (l *Store) Erase(ctx context.Context, order Order) (Span, error) {
	if err := checkOrder(order); err != nil {
		return Span{}, err
	}
	span, err := l.transact(ctx, "erasing", func(tx *appendTx) error {
		if err := l.date(tx); err != nil {
			return err
		}
		for _, rev := range order.Revs {
			if err := tx.erase(ctx, order, rev, l.opts.Rand); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Span{}, err
	}
	// The erasure is done, so the caller's deadline no longer matters.
	return span, l.engine.forget(context.WithoutCancel(ctx))
}

func checkOrder(order Order) error {
	sorted := slices.Sorted(slices.Values(order.Revs))
	switch {
	case order.Why == "":
		return faultf(ErrInvalid, nil, "erasing %s %q: the reason is missing; name the legal ground, it stays visible, so it must not say what was erased", order.Kind, order.ID)
	case len(sorted) == 0:
		return faultf(ErrInvalid, nil, "erasing %s %q: name the revisions to erase", order.Kind, order.ID)
	case len(slices.Compact(sorted)) != len(order.Revs):
		return faultf(ErrInvalid, nil, "erasing %s %q: a revision is named twice in %v", order.Kind, order.ID, order.Revs)
	}
	return nil
}

// erase removes the text of one revision and appends the entry that says so.
func (tx *appendTx) erase(ctx context.Context, order Order, rev int, random io.Reader) error {
	target := Erased{Kind: order.Kind, ID: order.ID, Rev: rev}
	var gone, first bool
	err := tx.sql.QueryRowContext(ctx, findSQL, string(order.Kind), order.ID, rev).Scan(&target.Seq, &gone, &first)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return faultf(ErrNotFound, nil, "there is no revision %d of %s %q to erase", rev, order.Kind, order.ID)
	case err != nil:
		return &engineError{err}
	case gone:
		return faultf(ErrErased, nil, "revision %d of %s %q (entry %d) is erased already", rev, order.Kind, order.ID, target.Seq)
	}
	if first && Own(order.Kind) {
		return faultf(ErrInvalid, nil, "the reason of %s %q (entry %d) stands in the chain of a ledger begun by an older Fener and cannot be erased there; "+
			"carry the ledger over first (fener ledger carry)", order.Kind, order.ID, target.Seq)
	}
	if !Own(order.Kind) {
		if _, err := tx.sql.ExecContext(ctx, eraseBodySQL, target.Seq); err != nil {
			return &engineError{err}
		}
	}
	if !first {
		if _, err := tx.sql.ExecContext(ctx, eraseWhySQL, target.Seq); err != nil {
			return &engineError{err}
		}
	}
	body, err := json.Marshal(target)
	if err != nil {
		return fmt.Errorf("ledger: writing the erasure of entry %d: %w", target.Seq, err)
	}
	salt, err := drawSalts(random)
	if err != nil {
		return err
	}
	var entry Entry
	change := Change{
		Kind: Erasure, ID: strconv.FormatInt(target.Seq, 10), State: record.Published,
		By: order.By, Why: order.Why, Body: body,
	}
	if err := fill(&entry, &change, 0, salt); err != nil {
		return err
	}
	return tx.write(ctx, &prepared{entries: []Entry{entry}}, 0)
}
