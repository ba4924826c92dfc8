package ledger

import (
	"context"
	"database/sql"
	"errors"
)

// errAltered marks an entry that is not the one that was appended.
var errAltered = errors.New("not what was appended")

// A linker holds entries, in the order of their numbers or in any other, against
// their commitments and against the chain of the entry before.
type linker struct {
	seq   int64 // the last entry that was checked
	chain [32]byte
	room  []byte
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
	var chain []byte
	err := q.QueryRowContext(ctx, chainSQL, seq-1).Scan(&chain)
	if errors.Is(err, sql.ErrNoRows) || err == nil && len(chain) != len(k.chain) {
		return errors.Join(errAltered, errors.New("the entry before it is missing or has no chain"))
	}
	copy(k.chain[:], chain)
	return err
}
