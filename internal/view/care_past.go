package view

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"fener/internal/record"
)

// Care is what the public record keeps back at one moment: which cases are coarse for
// a child victim and which sources they share, what was taken back or erased, and
// stories, whose earlier words no page shows once they were corrected. A past moment
// is folded with the care of today, so that it never shows more than today's pages:
// withdrawing takes a thing from every page at once, those of the past too.
type Care struct {
	cases, sources map[string]bool
	gone           map[thing]tombstone
	stories        map[string]int64 // the entry that stands of each
	taken          int64            // the last entry by which something was taken back or erased
	seq            int64            // the last entry that was read
	sum            [sha256.Size]byte
}

// tombstone is what remains visible of a thing.
type tombstone struct {
	at, author, reason string
	gone               Gone
}

const (
	goneSQL    = `SELECT kind, id, seq, at, author, reason, gone FROM things WHERE gone <> 0 ORDER BY doc`
	storiesSQL = `SELECT id, seq FROM things WHERE kind = 'story' AND gone = 0 ORDER BY id`
	erasureSQL = `SELECT value FROM meta WHERE name = 'erased'`
)

// Care reads what the public record keeps back now.
func (v *View) Care(ctx context.Context) (*Care, error) {
	if v.opts.Scope != Public {
		return nil, errors.New("view: only the public view keeps anything back")
	}
	held, release, err := v.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	c := &Care{cases: map[string]bool{}, sources: map[string]bool{}, gone: map[thing]tombstone{}, stories: map[string]int64{}}
	return c, held.read("read what is kept back", func(db querier) error { return c.read(ctx, db) })
}

func (c *Care) read(ctx context.Context, db querier) error {
	sum := sha256.New()
	for _, part := range []struct {
		query string
		into  map[string]bool
	}{{`SELECT case_id FROM careful ORDER BY case_id`, c.cases}, {`SELECT id FROM careful_sources ORDER BY id`, c.sources}} {
		list, err := texts(ctx, db, part.query)
		if err != nil {
			return err
		}
		for _, id := range list {
			part.into[id] = true
		}
		fmt.Fprintf(sum, "%q\n", list)
	}
	if err := each(ctx, db, func(row *sql.Rows) error {
		var t thing
		var stone tombstone
		var seq int64
		if err := row.Scan(&t.kind, &t.id, &seq, &stone.at, &stone.author, &stone.reason, &stone.gone); err != nil {
			return err
		}
		if stone.gone == erasedUnexplained {
			stone.gone = Erased
		}
		c.gone[t], c.taken = stone, max(c.taken, seq)
		fmt.Fprintf(sum, "%q %q %d %q\n", t.kind, t.id, seq, stone.reason)
		return nil
	}, goneSQL); err != nil {
		return err
	}
	if err := each(ctx, db, func(row *sql.Rows) error {
		var id string
		var seq int64
		err := row.Scan(&id, &seq)
		c.stories[id] = seq
		fmt.Fprintf(sum, "%q %d\n", id, seq)
		return err
	}, storiesSQL); err != nil {
		return err
	}
	if err := db.QueryRowContext(ctx, seqSQL).Scan(&c.seq); err != nil {
		return err
	}
	var erased string
	if err := db.QueryRowContext(ctx, erasureSQL).Scan(&erased); err != nil {
		return err
	}
	n, err := strconv.ParseInt(erased, 10, 64)
	if err != nil {
		return errors.Join(ErrDamaged, fmt.Errorf("meta has no number of the last erasure: %w", err))
	}
	c.taken = max(c.taken, n)
	fmt.Fprintf(sum, "%s\n", erased)
	sum.Sum(c.sum[:0])
	return nil
}

// Same reports whether two moments keep back the same.
func (c *Care) Same(d *Care) bool { return d != nil && c.sum == d.sum }

// IsCoarse reports whether a case is coarse for a child victim; of no care, that it is not.
func (c *Care) IsCoarse(caseID string) bool { return c != nil && c.cases[caseID] }

// IsGone reports whether a thing was taken back or erased; of no care, that it was not.
func (c *Care) IsGone(kind record.Kind, id string) bool {
	if c == nil {
		return false
	}
	_, gone := c.gone[thing{kind, id}]
	return gone
}

// Seq is the last entry of the ledger that was read for it.
func (c *Care) Seq() int64 { return c.seq }

// Coarse are the cases that are coarse for a child victim.
func (c *Care) Coarse() map[string]bool { return c.cases }

// Shared are the sources that are shared with a case that is coarse for a child victim.
func (c *Care) Shared() map[string]bool { return c.sources }

// hold puts what is protected today into the empty file of a past moment.
func (c *Care) hold(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("view: note what is protected today: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // after a commit this does nothing
	for query, ids := range map[string]map[string]bool{becomeCareSQL: c.cases, holdSourceSQL: c.sources} {
		for id := range ids {
			if _, err := tx.ExecContext(ctx, query, id); err != nil {
				return fmt.Errorf("view: note what is protected today: %w", err)
			}
		}
	}
	return tx.Commit()
}

// keepsBack reports whether nothing of a thing may be shown at the moment, as an entry has it.
func (p *past) keepsBack(t thing, seq int64) bool {
	if p == nil {
		return false
	}
	_, gone := p.care.gone[t]
	return gone || t.kind == record.StoryKind && p.isRewritten(t.id, seq)
}

// isRewritten reports whether a story was corrected after the moment, and something was
// taken off the record after its revision of an entry: the words of that one may be
// words of what was taken.
func (p *past) isRewritten(story string, seq int64) bool {
	return p.care.stories[story] > p.until && p.care.taken > seq
}

// holds reports whether a case must stay coarse, and holdsSource whether a source must
// (asked by sourceCare), whatever the entries up to the moment say.
func (p *past) holds(caseID string) bool { return p != nil && p.care.cases[caseID] }
func (p *past) holdsSource(of string) bool {
	id, is := strings.CutPrefix(of, sourceCare(""))
	return is && p != nil && p.care.sources[id]
}
