package ledger

import (
	"context"
	"database/sql"
	"fmt"

	"fener/internal/proof"
	"fener/internal/record"

	"github.com/pressly/goose/v3"
)

// beginLog is the third form of a ledger: it has the proof log. What was published before gets its leaves from the entries as they stand, so that
// equal ledgers get equal logs. It is a migration in Go because leaves are hashes; it is one transaction like the others.
var beginLog = goose.NewGoMigration(3, &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
	for _, statement := range logTables {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return logEntries(ctx, tx)
}}, nil)

// logTables are the tables of the log: its leaves in their order, the whole tiles of hashes (256 of them, eight levels of the tree) each with the
// root over it, and one row that says how far the log has come and keeps the right edge of the tree.
var logTables = []string{
	`CREATE TABLE log_leaves (
    number INTEGER PRIMARY KEY,
    seq    INTEGER NOT NULL UNIQUE,
    leaf   TEXT    NOT NULL
) STRICT`,
	`CREATE TABLE log_tiles (
    level  INTEGER NOT NULL,
    number INTEGER NOT NULL,
    root   BLOB    NOT NULL,
    hashes BLOB    NOT NULL,
    PRIMARY KEY (level, number)
) STRICT`,
	`CREATE TABLE log (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    size INTEGER NOT NULL,
    edge TEXT    NOT NULL
) STRICT`,
	`INSERT INTO log (one, size, edge) VALUES (1, 0, '0')`,
}

// logEntries writes the leaves of all entries of a ledger that has none.
func logEntries(ctx context.Context, tx *sql.Tx) error {
	insert, err := tx.PrepareContext(ctx, leafSQL)
	if err != nil {
		return err
	}
	defer insert.Close()
	l := logAudit{shown: map[thing]int{}, leaves: map[int64]*proof.Leaf{}}
	var times timeReader
	for after := int64(0); ; {
		entries, err := readPage(ctx, tx, &times, after)
		if err != nil || len(entries) == 0 {
			if err == nil {
				err = finishLog(ctx, tx, &l.tree)
			}
			return err
		}
		for i := range entries {
			e := &entries[i]
			after = e.Seq
			leaf, err := l.leaf(e)
			if err != nil { // it was published all the same, and its text is unknown to the log
				leaf = &proof.Leaf{Act: proof.Published, Kind: string(e.Kind), ID: e.ID, Rev: l.shown[thing{e.Kind, e.ID}]}
			}
			if leaf == nil {
				continue
			}
			text := leaf.Encode()
			if _, err := insert.ExecContext(ctx, l.tree.Size(), e.Seq, string(text)); err != nil {
				return fmt.Errorf("the leaf of entry %d: %w", e.Seq, err)
			}
			l.tree.AddLeaf(text)
			if l.tree.Size()%tileWidth == 0 {
				if err := fillTiles(ctx, tx, l.tree.Size()); err != nil {
					return err
				}
			}
		}
	}
}

func finishLog(ctx context.Context, tx *sql.Tx, tree *Tree) error {
	edge, err := tree.MarshalText()
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, logMoveSQL, tree.Size(), string(edge))
	return err
}

// readPage reads entries as the columns hold them: who verifies says what does not hold, and the log begins with what is there.
func readPage(ctx context.Context, q querier, times *timeReader, after int64) (entries []Entry, err error) {
	rows, err := q.QueryContext(ctx, readSQL, after, carryPage)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var r row
		if err := r.scan(rows); err != nil {
			return nil, err
		}
		e, err := r.entry(times)
		if err != nil {
			return nil, faultf(ErrDamaged, err, "entry %d was altered by hand; the file was left as it is: restore a backup (fener restore)", r.seq)
		}
		entries = append(entries, e)
	}
	return entries, rows.Err()
}

// A logAudit says which leaf each entry must have, as entries are read to it in their order. It needs memory for every thing that was published.
type logAudit struct {
	tree   Tree
	shown  map[thing]int         // revisions of a thing that were public
	leaves map[int64]*proof.Leaf // those of entries whose text or reason is gone, for their erasures
}

// leaf is the leaf of the next entry; nil where it has none. Where the error says that a text cannot be committed to, the revision is counted.
func (l *logAudit) leaf(e *Entry) (leaf *proof.Leaf, err error) {
	key := thing{e.Kind, e.ID}
	switch {
	case !mayBePublic(e):
		return nil, nil
	case e.Kind == Erasure:
		gone := l.leaves[erasedBy(e)]
		if gone == nil {
			return nil, nil
		}
		leaf = leafOfErasure(e, gone)
	case e.State == record.Withdrawn && l.shown[key] == 0:
		return nil, nil
	default:
		l.shown[key]++
		leaf, err = leafOf(e, nil, l.shown[key])
	}
	if e.Erased || e.WhyErased {
		l.leaves[e.Seq] = leaf
	}
	return leaf, err
}
