package ledger

import (
	"context"
	"database/sql"
	"time"
)

// An engine is what differs between the databases that a ledger can lie in: a SQLite file in a data folder (fileEngine), or a database of PostgreSQL that
// several nodes share (databaseEngine). Statements are the same for both wherever they can be.
type engine interface {
	// place is the file, or the address of the database without its password, for sentences.
	place() string
	// explain ties an error of the engine to one of the package's kinds and says what to do about it.
	explain(err error, doing string) error
	// close lets go of everything that is open.
	close() error

	// moment is a transaction that reads, in all its statements, what stood at one moment.
	moment() *sql.TxOptions
	// holdingOff is one that reads one moment and may keep others from appending.
	holdingOff() *sql.TxOptions
	// writing is one that appends.
	writing() *sql.TxOptions
	// hold reads where the ledger ends, in a transaction beside which nobody else appends until it ends. It refuses a ledger that is no longer the one
	// that was opened, and one whose tables are not those that this program knows.
	hold(ctx context.Context, tx *sql.Tx) (Head, error)
	// insert writes entries that are new by their number. It returns how many it wrote before one that is there already by kind, id and revision.
	insert(ctx context.Context, tx *sql.Tx, rows []row) (written int, err error)
	// insertLeaves writes leaves of the proof log.
	insertLeaves(ctx context.Context, tx *sql.Tx, leaves []storedLeaf) error
	// notify wakes those who follow the ledger in other processes, once the transaction is committed.
	notify(ctx context.Context, tx *sql.Tx) error
	// unsure reports whether an error of a commit leaves open whether it was carried out.
	unsure(err error) bool
	// forget removes what the engine itself keeps of texts that were erased.
	forget(ctx context.Context) error

	// touchedAt is when the ledger was certainly not in the future: when its file was last written to before it was opened, or what the database's clock said.
	touchedAt() time.Time
	// present reports whether what was opened is still there.
	present() error
	// ids reads the key of ids, which nobody has compared yet.
	ids(ctx context.Context, q querier) (*IDKey, error)
	// backup writes a copy of the ledger, as it stands at this moment, into a new file.
	backup(ctx context.Context, path string) error

	// auditEngine looks at what no entry says: what the database is made of, whether its own structures hold, and the key of ids.
	auditEngine(ctx context.Context, q querier, a *auditor) error
}

// row is what the engine writes of an entry.
func (e *Entry) row(at string) row {
	r := row{seq: e.Seq, rev: int64(e.Rev), at: at, kind: string(e.Kind), id: e.ID, state: string(e.State), author: e.By, batch: e.Batch,
		commitment: e.Commitment[:], chain: e.Chain[:]}
	if e.Form != FirstForm {
		r.whyCommitment = e.WhyCommitment[:]
	}
	if !e.WhyErased {
		r.reason = sql.NullString{String: e.Why, Valid: true}
	}
	if !e.WhyErased && e.Form != FirstForm {
		r.whySalt = e.WhySalt[:]
	}
	if !e.Erased {
		r.body, r.salt = e.Body, e.Salt[:]
	}
	return r
}
