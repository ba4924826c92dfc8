package ledger

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"

	"fener/internal/proof"
	"fener/internal/record"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	wholeTileSQL   = `SELECT hashes FROM log_tiles WHERE level = $1 AND number = $2`
	leavesOfSQL    = `SELECT g.number, g.seq, g.leaf FROM entries AS e JOIN log_leaves AS g ON g.seq = e.seq WHERE e.kind = $1 AND e.id = $2 ORDER BY e.rev`
	tileHeight     = 8
	entriesOfLevel = -1 // the level at which package tlog has the leaves themselves
)

// LogTree is how many leaves the proof log has, and the root over them.
func (l *Store) LogTree(ctx context.Context) (tlog.Tree, error) {
	if err := l.open(); err != nil {
		return tlog.Tree{}, err
	}
	t, err := readLog(ctx, l.reader)
	return tlog.Tree{N: t.Size(), Hash: t.Root()}, l.explain(err, "reading how far the proof log has come")
}

// LogTile is a tile of the proof log, whole or the beginning of it, as C2SP tlog-tiles has it: hashes, and at level -1 the leaves, each behind
// its length. The error matches ErrNotFound where the log has not come so far.
func (l *Store) LogTile(ctx context.Context, t tlog.Tile) ([]byte, error) {
	if err := l.open(); err != nil {
		return nil, err
	}
	data, err := readTile(ctx, l.reader, t)
	return data, l.explain(err, "reading a tile of the proof log")
}

func readTile(ctx context.Context, q querier, t tlog.Tile) ([]byte, error) {
	if t.H != tileHeight || t.L < entriesOfLevel || t.L > 7 || t.N < 0 || t.N >= 1<<40 || t.W < 1 || t.W > tileWidth {
		return nil, faultf(ErrNotFound, nil, "the proof log has no tile %s", t.Path())
	}
	if t.L == entriesOfLevel {
		return readBundle(ctx, q, t)
	}
	var whole []byte
	switch err := q.QueryRowContext(ctx, wholeTileSQL, t.L, t.N).Scan(&whole); {
	case errors.Is(err, sql.ErrNoRows):
	case err != nil:
		return nil, err
	case len(whole) != tileWidth*tlog.HashSize:
		return nil, faultf(ErrDamaged, nil, "%s of the proof log has %d bytes", t.Path(), len(whole))
	default:
		return whole[:t.W*tlog.HashSize], nil
	}
	hashes, err := tileHashes(ctx, q, t.L, t.N, t.W)
	if errors.Is(err, ErrDamaged) {
		return nil, faultf(ErrNotFound, nil, "the proof log has not come as far as %s", t.Path())
	}
	return joinHashes(hashes), err
}

// readBundle reads leaves as they are sent.
func readBundle(ctx context.Context, q querier, t tlog.Tile) (data []byte, err error) {
	rows, err := q.QueryContext(ctx, leavesSQL, t.N*tileWidth, t.N*tileWidth+int64(t.W))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	n := 0
	for ; rows.Next(); n++ {
		var leaf []byte
		if err := rows.Scan(&leaf); err != nil {
			return nil, err
		}
		data = binary.BigEndian.AppendUint16(data, uint16(len(leaf))) // MaxID keeps it far below
		data = append(data, leaf...)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	if n != t.W {
		return nil, faultf(ErrNotFound, nil, "the proof log has not come as far as %s", t.Path())
	}
	return data, nil
}

// A Logged is a leaf of the proof log, with its place.
type Logged struct {
	Number int64 // from 0
	Seq    int64 // the entry that it is of
	Text   []byte
	Leaf   *proof.Leaf
}

// LogOf lists the leaves of the revisions of a thing that were public, in their order. Erasures have leaves of their own and are not among them.
func (l *Store) LogOf(ctx context.Context, kind record.Kind, id string) (list []Logged, err error) {
	if err := l.open(); err != nil {
		return nil, err
	}
	rows, err := l.reader.QueryContext(ctx, leavesOfSQL, string(kind), id)
	if err != nil {
		return nil, l.explain(err, "reading the proof log")
	}
	defer rows.Close()
	for rows.Next() {
		var g Logged
		if err := rows.Scan(&g.Number, &g.Seq, &g.Text); err != nil {
			return nil, l.explain(err, "reading the proof log")
		}
		if g.Leaf, err = proof.ParseLeaf(g.Text); err != nil {
			return nil, faultf(ErrDamaged, err, "%s: leaf %d of the proof log", l.path(), g.Number)
		}
		list = append(list, g)
	}
	return list, l.explain(rows.Err(), "reading the proof log")
}

// LogHashes reads the hashes of the log as it was at a size and a root, each held against them: what was altered by hand is never given away.
func (l *Store) LogHashes(ctx context.Context, at tlog.Tree) tlog.HashReader {
	return tlog.TileHashReader(at, &tileReader{ctx, l})
}

// RootAt is the root over the first leaves of the log, which can be fewer than it has now.
func (l *Store) RootAt(ctx context.Context, size int64) (root tlog.Hash, err error) {
	now, err := l.LogTree(ctx)
	if err != nil {
		return root, err
	}
	switch {
	case size == now.N:
		return now.Hash, nil
	case size == 0:
		return tlog.TreeHash(0, nil)
	case size > now.N:
		return root, faultf(ErrNotFound, nil, "the proof log has %d leaves and not %d", now.N, size)
	}
	root, err = tlog.TreeHash(size, l.LogHashes(ctx, now))
	if err != nil {
		return root, faultf(ErrDamaged, err, "%s: the proof log does not hold", l.path())
	}
	return root, nil
}

// A tileReader gives package tlog the tiles of a ledger.
type tileReader struct {
	ctx context.Context
	l   *Store
}

func (*tileReader) Height() int { return tileHeight }

func (r *tileReader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, t := range tiles {
		var err error
		if data[i], err = r.l.LogTile(r.ctx, t); err != nil {
			return nil, fmt.Errorf("%s: %w", t.Path(), err)
		}
	}
	return data, nil
}

func (*tileReader) SaveTiles([]tlog.Tile, [][]byte) {}
