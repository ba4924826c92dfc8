package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"fener/internal/postgres"
)

// A whole portion goes to the database in one statement: each one is a journey there and back.
const (
	insertRowsSQL = `INSERT INTO entries (` + columns + `)
SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::text[],
	$9::bytea[], $10::bytea[], $11::bytea[], $12::bytea[], $13::text[], $14::bytea[], $15::text[])
ON CONFLICT (kind, id, rev) DO NOTHING`
	insertLeavesSQL = `INSERT INTO log_leaves (number, seq, leaf) SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[])`

	// writtenSQL finds which of the entries that were to be written are there.
	writtenSQL = `SELECT seq FROM entries WHERE seq >= $1 ORDER BY seq`
)

// Each statement of a transaction that appends sees what was committed before it: once the row that says where the ledger ends is held, that is everything.
func (d *databaseEngine) writing() *sql.TxOptions {
	return &sql.TxOptions{Isolation: sql.LevelReadCommitted}
}

func (d *databaseEngine) moment() *sql.TxOptions {
	return &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
}

func (d *databaseEngine) holdingOff() *sql.TxOptions {
	return &sql.TxOptions{Isolation: sql.LevelRepeatableRead}
}

func (d *databaseEngine) hold(ctx context.Context, tx *sql.Tx) (Head, error) {
	var form int64
	head, err := scanHead(tx.QueryRowContext(ctx, holdSQL), d, &form)
	if err == nil && form != d.known {
		return head, faultf(ErrNewer, nil, "%s was brought to form %d while it was open, and this program knows form %d; nothing was appended: use the newer Fener", d.place(), form, d.known)
	}
	return head, err
}

func (d *databaseEngine) insert(ctx context.Context, tx *sql.Tx, rows []row) (written int, err error) {
	if len(rows) == 0 {
		return 0, nil
	}
	n := len(rows)
	seqs, revs := make([]int64, n), make([]int64, n)
	var texts [6][]string                                     // at, kind, id, state, author, batch
	var bytes [5][][]byte                                     // commitment, reason_commitment, chain, reason_salt, salt
	reasons, bodies := make([]*string, n), make([]*string, n) // nil: erased
	for i := range texts {
		texts[i] = make([]string, n)
	}
	for i := range bytes {
		bytes[i] = make([][]byte, n)
	}
	for i := range rows {
		r := &rows[i]
		seqs[i], revs[i] = r.seq, r.rev
		texts[0][i], texts[1][i], texts[2][i], texts[3][i], texts[4][i], texts[5][i] = r.at, r.kind, r.id, r.state, r.author, r.batch
		bytes[0][i], bytes[1][i], bytes[2][i], bytes[3][i], bytes[4][i] = r.commitment, r.whyCommitment, r.chain, r.whySalt, r.salt
		if r.reason.Valid {
			reasons[i] = &r.reason.String
		}
		if r.body != nil {
			body := string(r.body)
			bodies[i] = &body
		}
	}
	result, err := tx.ExecContext(ctx, insertRowsSQL, seqs, texts[0], texts[1], texts[2], revs, texts[3], texts[4], texts[5],
		bytes[0], bytes[1], bytes[2], bytes[3], reasons, bytes[4], bodies)
	if err != nil {
		return 0, fmt.Errorf("entries %d to %d: %w", rows[0].seq, rows[n-1].seq, err)
	}
	if count, err := result.RowsAffected(); err != nil || count == int64(n) {
		return n, err
	}
	return firstLacking(ctx, tx, rows)
}

// firstLacking finds the first entry that was not written.
func firstLacking(ctx context.Context, tx *sql.Tx, rows []row) (int, error) {
	found, err := tx.QueryContext(ctx, writtenSQL, rows[0].seq)
	if err != nil {
		return 0, err
	}
	defer found.Close()
	n := 0
	for ; found.Next(); n++ {
		var seq int64
		if err := found.Scan(&seq); err != nil {
			return n, err
		}
		if seq != rows[n].seq {
			break
		}
	}
	return n, found.Err()
}

func (d *databaseEngine) insertLeaves(ctx context.Context, tx *sql.Tx, leaves []storedLeaf) error {
	numbers, seqs, texts := make([]int64, len(leaves)), make([]int64, len(leaves)), make([]string, len(leaves))
	for i, leaf := range leaves {
		numbers[i], seqs[i], texts[i] = leaf.number, leaf.seq, string(leaf.text)
	}
	_, err := tx.ExecContext(ctx, insertLeavesSQL, numbers, seqs, texts)
	return err
}

func (d *databaseEngine) notify(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, postgres.Notify, d.channel())
	return err
}

// A commit whose answer did not come may have been carried out.
func (d *databaseEngine) unsure(err error) bool {
	return postgres.Away(err) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// forget writes the table anew: rows that were changed lie in it as they were until then. Copies in the write-ahead log go as the database recycles that,
// and those in its archive and its backups when somebody removes them.
func (d *databaseEngine) forget(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Minute)
	defer cancel()
	if _, err := d.db.ExecContext(ctx, `VACUUM (FULL) entries`); err != nil {
		return faultf(ErrInUse, err, "%s: the texts are erased, but their old rows could not be removed from the database's files; let somebody run VACUUM FULL %s.entries", d.place(), d.address.Schema())
	}
	return nil
}

// How long an append whose commit was not answered is looked for.
// A person who waits for an answer of the desk is cut off after half a minute (package node), so both waits, for others who append and for this, end before.
var findFor = 10 * time.Second // a variable for tests

const findAgain = 200 * time.Millisecond

// findOut looks whether a transaction was committed whose commit was not answered; it returns nil where it was. It waits for the row that the transaction
// held: the server may be carrying it out still.
func (l *Store) findOut(ctx context.Context, end Head, cause error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), findFor) // the answer matters more than who waits for it
	defer cancel()
	for {
		there, err := l.lookFor(ctx, end)
		switch {
		case err == nil && there:
			return nil
		case err == nil:
			return faultf(ErrAway, cause, "%s: the database stopped answering while it was to keep this; it was looked for since, and nothing of it was kept: try again", l.path())
		}
		select {
		case <-time.After(findAgain):
		case <-l.closed:
			return l.unsure(cause)
		case <-ctx.Done():
			return l.unsure(cause)
		}
	}
}

func (l *Store) unsure(cause error) error {
	return faultf(ErrUnsure, cause, "%s: the database stopped answering while it was to keep this, and did not come back for %s: nobody knows yet whether it was kept; "+
		"look for it when the database is back, and enter it again only if it is not there", l.path(), findFor)
}

// lookFor reports whether an entry with the number and the chain of an end is there.
func (l *Store) lookFor(ctx context.Context, end Head) (there bool, err error) {
	tx, err := l.writer.BeginTx(ctx, l.engine.writing())
	if err != nil {
		return false, err
	}
	defer func() { _ = tx.Rollback() }() // it only read
	if _, err := l.engine.hold(ctx, tx); err != nil {
		return false, err
	}
	var chain []byte
	err = tx.QueryRowContext(ctx, chainSQL, end.Seq).Scan(&chain)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return string(chain) == string(end.Chain[:]), err
}

func (d *databaseEngine) ids(ctx context.Context, q querier) (*IDKey, error) {
	var key []byte
	if err := q.QueryRowContext(ctx, idsSQL).Scan(&key); err != nil {
		return nil, err
	}
	k := &IDKey{}
	if key == nil {
		return nil, faultf(ErrDamaged, fs.ErrNotExist, "%s: the key of ids is missing; things that are on record would be taken for new ones. Put it back from a backup", d.place())
	}
	if len(key) != len(k) {
		return nil, faultf(ErrDamaged, nil, "%s: the key of ids has %d bytes instead of %d; put it back from a backup", d.place(), len(key), len(k))
	}
	copy(k[:], key)
	return k, nil
}
