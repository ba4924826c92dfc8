package ledger

import (
	"context"
	"database/sql"
	"errors"
	"slices"
)

// errAltered marks an entry that is not the one that was appended.
var errAltered = errors.New("not what was appended")

// A linker holds entries, in the order of their numbers or in any other, against
// their commitments and against the chain of the entry before.
type linker struct {
	seq   int64 // the last entry that was checked
	chain [32]byte
	room  []byte

	beside map[int64][]byte // chains of entries before those that do not follow one another, read at once
}

// besideIDs is how many chains are asked for at once.
const besideIDs = 256

var besideSQL = `SELECT seq, chain FROM entries WHERE seq IN ` + tuples(1, besideIDs)

// gather reads the chains before entries that do not follow one another: asking for each by itself is a journey to the database for each.
func (k *linker) gather(ctx context.Context, q querier, rows []row) error {
	var wanted []int64
	for i := range rows {
		if seq := rows[i].seq; seq > 1 && (i == 0 || seq != rows[i-1].seq+1) {
			wanted = append(wanted, seq-1)
		}
	}
	if len(wanted) < 2 {
		return nil
	}
	k.beside = make(map[int64][]byte, len(wanted))
	for group := range slices.Chunk(wanted, besideIDs) {
		args := make([]any, besideIDs)
		for i := range args {
			args[i] = group[min(i, len(group)-1)] // a short group is filled up with its last one
		}
		if err := k.gatherSome(ctx, q, args); err != nil {
			return err
		}
	}
	return nil
}

func (k *linker) gatherSome(ctx context.Context, q querier, args []any) error {
	rows, err := q.QueryContext(ctx, besideSQL, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var seq int64
		var chain []byte
		if err := rows.Scan(&seq, &chain); err != nil {
			return err
		}
		k.beside[seq] = chain
	}
	return rows.Err()
}

// check returns an error that matches errAltered for an entry that does not hold.
func (k *linker) check(ctx context.Context, q querier, e *Entry, at string) error {
	if body, why := e.holds(); !body || !why {
		return errors.Join(errAltered, errors.New("its text or its reason, or a salt of them, is not the one that was committed to"))
	}
	if k.seq == 0 || e.Seq != k.seq+1 {
		if err := k.before(ctx, q, e.Seq); err != nil {
			return err
		}
	}
	if k.room == nil {
		k.room = make([]byte, 0, 1024)
	}
	if chainInto(k.room, k.chain, e, at) != e.Chain {
		return errors.Join(errAltered, errors.New("its header, or its link to the entry before, was altered"))
	}
	k.seq, k.chain = e.Seq, e.Chain
	return nil
}

// before finds the chain that an entry must follow.
func (k *linker) before(ctx context.Context, q querier, seq int64) error {
	if seq == 1 {
		var name string
		err := q.QueryRowContext(ctx, nameSQL).Scan(&name)
		k.chain = Genesis(name)
		return err
	}
	chain, read := k.beside[seq-1]
	var err error
	if !read {
		err = q.QueryRowContext(ctx, chainSQL, seq-1).Scan(&chain)
	}
	if errors.Is(err, sql.ErrNoRows) || err == nil && len(chain) != len(k.chain) {
		return errors.Join(errAltered, errors.New("the entry before it is missing or has no chain"))
	}
	copy(k.chain[:], chain)
	return err
}
