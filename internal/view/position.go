package view

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"fener/internal/ledger"
)

// The public counts what it can see: its n-th entry is the n-th that was
// published, took back what had been published or erased it. A number of the
// ledger would tell how many drafts there are.
//
// The table positions holds where a run of public entries begins that follow each
// other in the ledger; a batch that is published at once is one run.
const (
	runOfSQL       = `SELECT number, seq FROM positions WHERE seq <= ? ORDER BY seq DESC LIMIT 1`
	runSQL         = `INSERT INTO positions (number, seq) VALUES (?, ?)`
	positionSQL    = `SELECT value FROM meta WHERE name = 'public'`
	wasShownSQL    = `SELECT count(*) FROM earlier WHERE doc = ? AND seq = ?`
	revisionsOfSQL = `SELECT count(*) FROM earlier WHERE doc = ?`
)

var positionSchema = []string{
	`CREATE TABLE positions (number INTEGER PRIMARY KEY, seq INTEGER NOT NULL) STRICT`,
	`CREATE UNIQUE INDEX positions_seq ON positions (seq)`,
}

// counted is how far the public entries are counted.
type counted struct {
	last int64       // the last of them, as the ledger numbers it
	tree ledger.Tree // over them alone
}

// MarshalText writes how far is counted: the number of public entries, the last
// of them, and the tree.
func (c *counted) MarshalText() ([]byte, error) {
	tree, err := c.tree.MarshalText()
	return fmt.Appendf(nil, "%d %s", c.last, tree), err
}

// UnmarshalText reads what MarshalText wrote.
func (c *counted) UnmarshalText(text []byte) error {
	last, tree, _ := strings.Cut(string(text), " ")
	var err error
	if c.last, err = strconv.ParseInt(last, 10, 64); err != nil {
		return fmt.Errorf("view: the last public entry is %q: %w", last, err)
	}
	return c.tree.UnmarshalText([]byte(tree))
}

// count counts an entry that the public sees; nth says which revision of its thing
// it is there, and erased, of an erasure, which public entry it erased.
func (w *writer) count(ctx context.Context, e *ledger.Entry, nth int, erased int64) error {
	if w.scope != Public {
		return nil
	}
	before := w.counted.last
	w.counted.tree.AddPublic(e, nth, erased)
	w.counted.last = e.Seq
	if before > 0 && e.Seq == before+1 {
		return nil
	}
	return w.exec(ctx, runSQL, w.counted.tree.Size(), e.Seq)
}

// nth is which revision the next one of a thing will be in what the scope shows.
// The revision that stands was not put among the earlier ones yet, unless it was
// erased.
func (w *writer) nth(ctx context.Context, old *standing) (int, error) {
	if w.scope != Public {
		return 0, nil
	}
	stmt, err := w.prepared(ctx, revisionsOfSQL)
	if err != nil {
		return 0, err
	}
	var before int
	if err := stmt.QueryRowContext(ctx, old.doc).Scan(&before); err != nil {
		return 0, fmt.Errorf("count its revisions: %w", err)
	}
	if old.gone != Erased {
		before++
	}
	return before + 1, nil
}

// countErasure counts an erasure of something that the public had seen; it hears
// of no other.
func (w *writer) countErasure(ctx context.Context, e *ledger.Entry, old *standing, target int64) error {
	if w.scope != Public {
		return nil
	}
	if old.seq != target {
		stmt, err := w.prepared(ctx, wasShownSQL)
		if err != nil {
			return err
		}
		var shown int
		if err := stmt.QueryRowContext(ctx, old.doc, target).Scan(&shown); err != nil || shown == 0 {
			return err
		}
	}
	stmt, err := w.prepared(ctx, runOfSQL)
	if err != nil {
		return err
	}
	var number, seq int64
	if err := stmt.QueryRowContext(ctx, target).Scan(&number, &seq); err != nil {
		return fmt.Errorf("find which public entry was erased: %w", err)
	}
	return w.count(ctx, e, 1, number+target-seq)
}

// Position is how many entries the reader of this scope has seen: the number of
// the last public entry. In the desk's scope, which sees everything, it is Seq.
func (v *View) Position() int64 {
	switch {
	case v.opts.Scope != Public:
		return v.Seq()
	case v.pin != nil:
		return v.pin.position
	}
	return v.position.Load()
}

// PositionOf is the position at which readers of this scope could see an entry of
// the ledger: its own number among those that they see, or, of one that they do not
// see, that of the next.
func (v *View) PositionOf(ctx context.Context, seq int64) (position int64, err error) {
	if v.opts.Scope != Public {
		return seq, nil
	}
	err = v.read("find the position of an entry", func(db querier) error {
		position, err = positionOf(ctx, db, seq)
		return err
	})
	return position, err
}

func positionOf(ctx context.Context, db querier, seq int64) (int64, error) {
	var number, first, next int64
	switch err := db.QueryRowContext(ctx, runOfSQL, seq).Scan(&number, &first); {
	case errors.Is(err, sql.ErrNoRows):
		return 1, nil
	case err != nil:
		return 0, err
	}
	err := db.QueryRowContext(ctx, `SELECT number FROM positions WHERE number > ? ORDER BY number LIMIT 1`, number).Scan(&next)
	if errors.Is(err, sql.ErrNoRows) {
		if next, err = readPosition(ctx, db); err == nil {
			next++
		}
	}
	return min(number+seq-first, next), err
}

func readPosition(ctx context.Context, db querier) (position int64, err error) {
	var text string
	if err := db.QueryRowContext(ctx, positionSQL).Scan(&text); err != nil {
		return 0, err
	}
	var c counted
	if err := c.UnmarshalText([]byte(text)); err != nil {
		return 0, errors.Join(ErrDamaged, err)
	}
	return c.tree.Size(), nil
}

// PublicCheckpoint is what everybody may keep elsewhere of the public record as
// reads see it. It tells nothing of drafts, not even how many there are.
func (v *View) PublicCheckpoint(ctx context.Context) (c ledger.Checkpoint, err error) {
	if v.opts.Scope != Public {
		return c, errors.New("view: only the public view has a public checkpoint")
	}
	err = v.read("read the public checkpoint", func(db querier) error {
		id, err := readIdentity(ctx, db)
		c = id.public.tree.PublicCheckpoint(id.ledger)
		return err
	})
	return c, err
}
