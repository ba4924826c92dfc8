package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"hash"
)

const tilesSQL = `SELECT level, number, root, hashes FROM log_tiles ORDER BY level, number`

type storedTile struct {
	level, number int64
	root, hashes  []byte
}

// eachTile reads the tiles in their order.
func eachTile(ctx context.Context, q querier, do func(*storedTile) error) error {
	rows, err := q.QueryContext(ctx, tilesSQL)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var t storedTile
		if err := rows.Scan(&t.level, &t.number, &t.root, &t.hashes); err != nil {
			return err
		}
		if err := do(&t); err != nil {
			return err
		}
	}
	return rows.Err()
}

// sumOf is a hash over every column of every row of a ledger, but for what its engine keeps for itself.
func sumOf(ctx context.Context, q querier) (sum [32]byte, err error) {
	s := &summing{sha256.New()}
	var name, at, edge string
	var seq, size int64
	var chain, keyHash []byte
	if err := q.QueryRowContext(ctx, wholeHeadSQL).Scan(&name, &seq, &at, &chain, &keyHash); err != nil {
		return sum, err
	}
	if err := q.QueryRowContext(ctx, logStateSQL).Scan(&size, &edge); err != nil {
		return sum, err
	}
	s.numbers(seq, size)
	s.texts([]byte(name), []byte(at), chain, keyHash, []byte(edge))
	for after := int64(0); ; {
		rows, err := readRows(ctx, q, readSQL, after, copyPage)
		if err != nil {
			return sum, err
		}
		if len(rows) == 0 {
			break
		}
		for i := range rows {
			r := &rows[i]
			after = r.seq
			var reason []byte
			if r.reason.Valid {
				reason = append([]byte{}, r.reason.String...)
			}
			s.numbers(r.seq, r.rev)
			s.texts([]byte(r.at), []byte(r.kind), []byte(r.id), []byte(r.state), []byte(r.author), []byte(r.batch), r.commitment, r.whyCommitment, r.chain, r.whySalt, reason, r.salt, r.body)
		}
	}
	for after := int64(-1); ; {
		leaves, err := readLeaves(ctx, q, after, copyPage)
		if err != nil {
			return sum, err
		}
		if len(leaves) == 0 {
			break
		}
		for _, leaf := range leaves {
			after = leaf.number
			s.numbers(leaf.number, leaf.seq)
			s.texts(leaf.text)
		}
	}
	err = eachTile(ctx, q, func(t *storedTile) error {
		s.numbers(t.level, t.number)
		s.texts(t.root, t.hashes)
		return nil
	})
	return [32]byte(s.Sum(nil)), err
}

type summing struct{ hash.Hash }

func (s *summing) numbers(list ...int64) {
	for _, n := range list {
		s.Write(binary.BigEndian.AppendUint64(nil, uint64(n)))
	}
}

// texts adds texts, each behind its length; what is not there differs from what is empty.
func (s *summing) texts(list ...[]byte) {
	for _, b := range list {
		if b == nil {
			s.numbers(-1)
			continue
		}
		s.numbers(int64(len(b)))
		s.Write(b)
	}
}
