package ledger

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"math"

	"fener/internal/proof"
	"fener/internal/record"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	allLeavesSQL = `SELECT number, seq, leaf FROM log_leaves WHERE number > $1 ORDER BY number LIMIT $2`
	oneTileSQL   = `SELECT root, hashes FROM log_tiles WHERE level = $1 AND number = $2`
	countTileSQL = `SELECT count(*) FROM log_tiles`
)

// A logAuditor holds the proof log against the entries as they are read: each leaf against its entry, the tiles and the edge against the leaves.
// That revisions are counted right shows when they are read in the order of things (auditor.revision). It needs memory only for erasures.
type logAuditor struct {
	a     *auditor
	page  []storedLeaf // that were read, the first of them comes next
	more  bool         // leaves may follow those
	left  bool         // number, seq and text are a leaf that no entry has come for yet
	next  storedLeaf
	seq   int64 // entry of the last leaf
	tree  Tree
	gone  map[int64]*proof.Leaf // leaves of entries whose text or reason is gone
	tiles int64
	level [][]tlog.Hash // of each level, the hashes of the tile that is not full yet
}

type storedLeaf struct {
	number, seq int64
	text        []byte
}

func (l *logAuditor) begin(ctx context.Context, q querier) error {
	l.more = true
	l.next.number = math.MinInt64
	return l.advance(ctx, q)
}

// advance goes on to the next leaf.
func (l *logAuditor) advance(ctx context.Context, q querier) (err error) {
	if len(l.page) == 0 && l.more {
		if l.page, err = readLeaves(ctx, q, l.next.number, auditPage); err != nil {
			l.left = false
			return err
		}
		l.more = len(l.page) == auditPage
	}
	if l.left = len(l.page) > 0; l.left {
		l.next, l.page = l.page[0], l.page[1:]
	}
	return nil
}

// readLeaves reads leaves behind one.
func readLeaves(ctx context.Context, q querier, after int64, limit int) (leaves []storedLeaf, err error) {
	rows, err := q.QueryContext(ctx, allLeavesSQL, after, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var leaf storedLeaf
		if err := rows.Scan(&leaf.number, &leaf.seq, &leaf.text); err != nil {
			return nil, err
		}
		leaves = append(leaves, leaf)
	}
	return leaves, rows.Err()
}

func (l *logAuditor) fault(seq int64, format string, args ...any) {
	l.a.report.add(seq, FaultLog, format, args...)
}

// entry takes the next entry, with its leaf if it has one.
func (l *logAuditor) entry(ctx context.Context, q querier, e *Entry) error {
	for l.left && l.next.seq < e.Seq {
		l.fault(0, "leaf %d is of entry %d, which is not there", l.next.number, l.next.seq)
		if err := l.take(ctx, q); err != nil {
			return err
		}
	}
	if !l.left || l.next.seq != e.Seq {
		if l.mustHave(e) {
			l.fault(e.Seq, "%s %q became %s in public without a leaf in the proof log", e.Kind, e.ID, e.State)
		}
		return nil
	}
	l.hold(e)
	return l.take(ctx, q)
}

// mustHave reports whether an entry is without doubt one that has a leaf. Whether the public had seen what was withdrawn shows later.
func (l *logAuditor) mustHave(e *Entry) bool {
	if e.Kind == Erasure {
		return l.gone[erasedBy(e)] != nil
	}
	return mayBePublic(e) && e.State == record.Published
}

// hold holds the leaf that comes next against its entry.
func (l *logAuditor) hold(e *Entry) {
	leaf, err := proof.ParseLeaf(l.next.text)
	if err != nil {
		l.fault(e.Seq, "its leaf in the proof log: %v", err)
		return
	}
	if e.Erased || e.WhyErased {
		l.gone[e.Seq] = leaf
	}
	var want *proof.Leaf
	switch gone := l.gone[erasedBy(e)]; {
	case e.Kind == Erasure && gone != nil:
		want = leafOfErasure(e, gone)
	case e.Kind == Erasure || !mayBePublic(e):
		l.fault(e.Seq, "%s %q has a leaf in the proof log, and was not public", e.Kind, e.ID)
		return
	default:
		if want, err = leafOf(e, nil, leaf.Rev); err != nil { // the log was begun over it
			want = &proof.Leaf{Act: proof.Published, Kind: string(e.Kind), ID: e.ID, Rev: leaf.Rev}
		}
		if e.Erased && e.State == record.Published {
			want.Text = leaf.Text // nobody can tell any more; the tiles can
		}
	}
	if !bytes.Equal(want.Encode(), l.next.text) {
		l.fault(e.Seq, "its leaf in the proof log says other than the entry: it is %q, expected %q", l.next.text, want.Encode())
	}
}

// take adds the leaf that comes next to the tree, and goes on to the one after.
func (l *logAuditor) take(ctx context.Context, q querier) error {
	if l.next.number != l.tree.Size() {
		l.fault(l.next.seq, "it has leaf %d of the proof log, where leaf %d was expected", l.next.number, l.tree.Size())
	}
	if l.next.seq <= l.seq {
		l.fault(l.next.seq, "its leaf stands behind that of entry %d", l.seq)
	}
	l.seq = l.next.seq
	l.tree.AddLeaf(l.next.text)
	if err := l.add(ctx, q, 0, tlog.RecordHash(l.next.text)); err != nil {
		return err
	}
	return l.advance(ctx, q)
}

// add adds a hash to a level, and holds a tile that it fills against the one that is stored.
func (l *logAuditor) add(ctx context.Context, q querier, level int, hash tlog.Hash) error {
	if level == len(l.level) {
		l.level = append(l.level, make([]tlog.Hash, 0, tileWidth))
	}
	l.level[level] = append(l.level[level], hash)
	if len(l.level[level]) < tileWidth {
		return nil
	}
	hashes := l.level[level]
	root := rootOf(hashes)
	number := l.tree.Size()/pow(tileWidth, level+1) - 1
	var has, stored []byte
	switch err := q.QueryRowContext(ctx, oneTileSQL, level, number).Scan(&has, &stored); {
	case errors.Is(err, sql.ErrNoRows):
		l.fault(0, "tile %d of level %d of the proof log is missing", number, level)
	case err != nil:
		return err
	case !bytes.Equal(has, root[:]) || !bytes.Equal(stored, joinHashes(hashes)):
		l.fault(0, "tile %d of level %d of the proof log is not made of its leaves", number, level)
	}
	l.tiles++
	l.level[level] = hashes[:0]
	return l.add(ctx, q, level+1, root)
}

func pow(base int64, n int) int64 {
	product := int64(1)
	for range n {
		product *= base
	}
	return product
}

// finish takes the leaves behind the last entry, and compares what only the whole shows.
func (l *logAuditor) finish(ctx context.Context, q querier) error {
	for l.left {
		l.fault(0, "leaf %d is of entry %d, which is not there", l.next.number, l.next.seq)
		if err := l.take(ctx, q); err != nil {
			return err
		}
	}
	stored, err := readLog(ctx, q)
	switch {
	case errors.Is(err, ErrDamaged):
		l.fault(0, "%v", err)
	case err != nil:
		return err
	case stored.Size() != l.tree.Size():
		l.fault(0, "the proof log should have %d leaves, and has %d", stored.Size(), l.tree.Size())
	case stored.Root() != l.tree.Root():
		l.fault(0, "the leaves of the proof log are not those that its edge was made of")
	}
	var tiles int64
	if err := q.QueryRowContext(ctx, countTileSQL).Scan(&tiles); err != nil {
		return err
	}
	if tiles > l.tiles {
		l.fault(0, "the proof log has %d tiles more than its leaves fill", tiles-l.tiles)
	}
	l.a.report.Log = l.tree
	return nil
}

// counted holds the number that a leaf gives its revision against how many of the thing were public before. Revisions come in the order of things.
func (a *auditor) counted(seq int64, kind record.Kind, id string, state record.State, leaf []byte) {
	if Own(kind) {
		return
	}
	public := state == record.Published || state == record.Withdrawn && a.nth > 0
	if public {
		a.nth++
	}
	switch read, err := proof.ParseLeaf(leaf); {
	case leaf == nil && public && state == record.Withdrawn:
		a.report.add(seq, FaultLog, "%s %q was taken back in public without a leaf in the proof log", kind, id)
	case leaf != nil && !public:
		a.report.add(seq, FaultLog, "%s %q has a leaf in the proof log, and was not public", kind, id)
	case leaf != nil && err == nil && read.Rev != a.nth:
		a.report.add(seq, FaultLog, "%s %q: its leaf counts it as revision %d that was public, and it is number %d", kind, id, read.Rev, a.nth)
	}
}
