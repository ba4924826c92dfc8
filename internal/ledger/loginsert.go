package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"fener/internal/proof"
	"fener/internal/record"

	"golang.org/x/mod/sumdb/tlog"
)

// The proof log has a leaf for everything that becomes of a thing in public, written in the transaction of its entry: a revision that is
// published, its withdrawal, its erasure. What is public is decided as for the public tree (public.go), so that both count alike.

const (
	logStateSQL = `SELECT size, edge FROM log WHERE one = 1`
	logMoveSQL  = `UPDATE log SET size = $1, edge = $2 WHERE one = 1`
	leafSQL     = `INSERT INTO log_leaves (number, seq, leaf) VALUES (?, ?, ?)`
	leafOfSQL   = `SELECT number, leaf FROM log_leaves WHERE seq = $1`
	leavesSQL   = `SELECT leaf FROM log_leaves WHERE number >= $1 AND number < $2 ORDER BY number`
	tileSQL     = `INSERT INTO log_tiles (level, number, root, hashes) VALUES ($1, $2, $3, $4)`
	rootsSQL    = `SELECT root FROM log_tiles WHERE level = $1 AND number >= $2 AND number < $3 ORDER BY number`
)

var shownSQL = shownQuery(standingIDs)

// shownQuery returns the question for how many revisions of so many things were public.
func shownQuery(things int) string {
	return `WITH asked (kind, id) AS (VALUES ` + tuples(things, 2) + `)
SELECT e.kind, e.id, count(*)
FROM asked AS a JOIN entries AS e ON e.kind = a.kind AND e.id = a.id JOIN log_leaves AS g ON g.seq = e.seq
GROUP BY e.kind, e.id`
}

// tileWidth is how many hashes a tile has: eight levels of the tree.
const tileWidth = 256

// A growing is the log as a transaction makes it longer.
type growing struct {
	tree    Tree
	pending []storedLeaf // in the tree, and not written yet
}

// log writes the leaves of entries that were just inserted.
func (tx *appendTx) log(ctx context.Context, p *prepared) error {
	entries := p.entries
	any := false
	for i := range entries {
		any = any || mayBePublic(&entries[i])
	}
	if !any {
		return nil
	}
	if err := tx.openLog(ctx); err != nil {
		return &engineError{err}
	}
	shown, err := tx.shown(ctx, entries)
	if err != nil {
		return &engineError{err}
	}
	for i := range entries {
		var text *[32]byte
		if p.texts != nil {
			text = p.texts[i]
		}
		if err := tx.logOne(ctx, &entries[i], text, shown); err != nil {
			return err
		}
	}
	return tx.writeLeaves(ctx)
}

// mayBePublic reports whether an entry is of the sort that readers hear of.
func mayBePublic(e *Entry) bool {
	return !Aside(e.Kind) && (e.State == record.Published || e.State == record.Withdrawn)
}

func (tx *appendTx) openLog(ctx context.Context) (err error) {
	if tx.grows != nil {
		return nil
	}
	g := &growing{}
	if g.tree, err = readLog(ctx, tx.sql); err == nil {
		tx.grows = g
	}
	return err
}

// writeLeaves writes those that were added to the tree.
func (tx *appendTx) writeLeaves(ctx context.Context) error {
	g := tx.grows
	if len(g.pending) == 0 {
		return nil
	}
	if err := tx.engine.insertLeaves(ctx, tx.sql, g.pending); err != nil {
		return &engineError{err}
	}
	g.pending = g.pending[:0]
	return nil
}

// readLog reads how far the log has come.
func readLog(ctx context.Context, q querier) (t Tree, err error) {
	var size int64
	var edge string
	if err := q.QueryRowContext(ctx, logStateSQL).Scan(&size, &edge); err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			return t, faultf(ErrDamaged, nil, "what says how far the proof log has come is missing; it was left as it is: restore a backup (fener restore)")
		}
		return t, err
	}
	if err := t.UnmarshalText([]byte(edge)); err != nil || t.Size() != size {
		return t, faultf(ErrDamaged, err, "what says how far the proof log has come was altered by hand; it was left as it is: restore a backup (fener restore)")
	}
	return t, nil
}

// shown counts the revisions of changed things that were public before; a first revision has none before it. The entries themselves have no
// leaves yet, so that nothing of them is counted.
func (tx *appendTx) shown(ctx context.Context, entries []Entry) (map[thing]int, error) {
	counts := map[thing]int{}
	asked := map[thing]bool{}
	var changed []thing
	for i := range entries {
		if e := &entries[i]; e.Rev > 1 && mayBePublic(e) && !asked[thing{e.Kind, e.ID}] {
			asked[thing{e.Kind, e.ID}] = true
			changed = append(changed, thing{e.Kind, e.ID})
		}
	}
	for group := range slices.Chunk(changed, standingIDs) {
		args := make([]any, 0, 2*standingIDs)
		for _, t := range group {
			args = append(args, string(t.kind), t.id)
		}
		for len(args) < 2*standingIDs { // nothing is of no kind
			args = append(args, "")
		}
		if err := tx.collectShown(ctx, counts, args); err != nil {
			return nil, err
		}
	}
	return counts, nil
}

func (tx *appendTx) collectShown(ctx context.Context, counts map[thing]int, args []any) error {
	rows, err := tx.sql.QueryContext(ctx, shownSQL, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var key thing
		var n int
		if err := rows.Scan(&key.kind, &key.id, &n); err != nil {
			return err
		}
		counts[key] = n
	}
	return rows.Err()
}

// logOne writes the leaf of an entry, where it has one. text is the commitment to what it says, where that was made already.
func (tx *appendTx) logOne(ctx context.Context, e *Entry, text *[32]byte, shown map[thing]int) error {
	key := thing{e.Kind, e.ID}
	var leaf *proof.Leaf
	var err error
	switch {
	case !mayBePublic(e):
		return nil
	case e.Kind == Erasure:
		if leaf, err = tx.erasureLeaf(ctx, e); err != nil || leaf == nil {
			return err
		}
	case e.State == record.Withdrawn && shown[key] == 0:
		return nil // the public never saw it
	default:
		if leaf, err = leafOf(e, text, shown[key]+1); err != nil {
			return err
		}
	}
	shown[key]++
	g := tx.grows
	line := leaf.Encode()
	g.pending = append(g.pending, storedLeaf{number: g.tree.Size(), seq: e.Seq, text: line})
	g.tree.AddLeaf(line)
	if g.tree.Size()%tileWidth == 0 {
		if err := tx.writeLeaves(ctx); err != nil {
			return err
		}
		if err := fillTiles(ctx, tx.sql, g.tree.Size()); err != nil {
			return &engineError{err}
		}
	}
	return nil
}

// leafOf is the leaf of an entry that became public as the nth revision of its thing; text is the commitment to what it says, or nil where that is
// to be made.
func leafOf(e *Entry, text *[32]byte, nth int) (*proof.Leaf, error) {
	leaf := &proof.Leaf{Act: proof.Withdrawn, Kind: string(e.Kind), ID: e.ID, Rev: nth}
	if e.Form != FirstForm {
		leaf.Chain = &e.Chain
	}
	if e.State != record.Published {
		return leaf, nil
	}
	leaf.Act = proof.Published
	if leaf.Text = text; text != nil || e.Erased {
		return leaf, nil
	}
	made, err := proof.Text(e.Salt, e.Body)
	if err != nil {
		return nil, faultf(ErrInvalid, err, "%s %q cannot be published", e.Kind, e.ID)
	}
	leaf.Text = &made
	return leaf, nil
}

// erasureLeaf is the leaf of an erasure; nil where the public never saw what was erased.
func (tx *appendTx) erasureLeaf(ctx context.Context, e *Entry) (*proof.Leaf, error) {
	var number int64
	var text string
	err := tx.sql.QueryRowContext(ctx, leafOfSQL, erasedBy(e)).Scan(&number, &text)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, &engineError{err}
	}
	gone, err := proof.ParseLeaf([]byte(text))
	if err != nil {
		return nil, faultf(ErrDamaged, err, "leaf %d of the proof log", number)
	}
	return leafOfErasure(e, gone), nil
}

// erasedBy is the entry that an erasure says it erased; 0 where it says none.
func erasedBy(e *Entry) int64 {
	var target Erased
	if json.Unmarshal(e.Body, &target) != nil {
		return 0
	}
	return target.Seq
}

func leafOfErasure(e *Entry, gone *proof.Leaf) *proof.Leaf {
	leaf := &proof.Leaf{Act: proof.Erased, Kind: gone.Kind, ID: gone.ID, Rev: gone.Rev}
	if e.Form != FirstForm {
		leaf.Chain = &e.Chain
	}
	return leaf
}

// moveLog writes down how far the log has come, in the same transaction.
func (tx *appendTx) moveLog(ctx context.Context) error {
	if tx.grows == nil {
		return nil
	}
	edge, err := tx.grows.tree.MarshalText()
	if err != nil {
		return err
	}
	_, err = tx.sql.ExecContext(ctx, logMoveSQL, tx.grows.tree.Size(), string(edge))
	return err
}

// AddLeaf adds a leaf of the log.
func (t *Tree) AddLeaf(text []byte) {
	t.room = append(t.room[:0], text...)
	t.grow()
}

// An execer is what writing needs: a transaction.
type execer interface {
	querier
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// fillTiles writes the tiles that a log of a size, a multiple of a tile's width, has filled last. A whole tile is never written again.
func fillTiles(ctx context.Context, q execer, size int64) error {
	for level := 0; size > 0 && size%tileWidth == 0; level++ {
		size /= tileWidth // hashes at this level / width: whole tiles
		hashes, err := tileHashes(ctx, q, level, size-1, tileWidth)
		if err != nil {
			return err
		}
		root := rootOf(hashes)
		if _, err := q.ExecContext(ctx, tileSQL, level, size-1, root[:], joinHashes(hashes)); err != nil {
			return fmt.Errorf("tile %d of level %d: %w", size-1, level, err)
		}
	}
	return nil
}

// tileHashes makes the first hashes of a tile from what lies below it: leaves, or the roots of whole tiles.
func tileHashes(ctx context.Context, q querier, level int, number int64, width int) ([]tlog.Hash, error) {
	first := number * tileWidth
	query, args := leavesSQL, []any{first, first + int64(width)}
	if level > 0 {
		query, args = rootsSQL, []any{level - 1, first, first + int64(width)}
	}
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	hashes := make([]tlog.Hash, 0, width)
	for rows.Next() {
		var b []byte
		if err := rows.Scan(&b); err != nil {
			return nil, err
		}
		switch {
		case level == 0:
			hashes = append(hashes, tlog.RecordHash(b))
		case len(b) != tlog.HashSize:
			return nil, faultf(ErrDamaged, nil, "the root of a tile of the proof log has %d bytes", len(b))
		default:
			hashes = append(hashes, tlog.Hash(b))
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	if len(hashes) != width {
		return nil, faultf(ErrDamaged, nil, "the proof log lacks what tile %d of level %d is made of: it has %d of %d", number, level, len(hashes), width)
	}
	return hashes, nil
}

// rootOf is the root of a whole tile.
func rootOf(hashes []tlog.Hash) tlog.Hash {
	level := slices.Clone(hashes)
	for len(level) > 1 {
		for i := range len(level) / 2 {
			level[i] = tlog.NodeHash(level[2*i], level[2*i+1])
		}
		level = level[:len(level)/2]
	}
	return level[0]
}

func joinHashes(hashes []tlog.Hash) []byte {
	b := make([]byte, 0, len(hashes)*tlog.HashSize)
	for i := range hashes {
		b = append(b, hashes[i][:]...)
	}
	return b
}
