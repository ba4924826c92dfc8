package ledger

import (
	"context"
	"crypto/hmac"
	"database/sql"
	"errors"
	"os"
	"path/filepath"

	"fener/internal/postgres"
	"fener/internal/sqlitefile"
)

const (
	wholeHeadSQL = `SELECT name, seq, at, chain, key_hash FROM ledger WHERE one = 1`
	copyPage     = 1000 // rows that are copied at a time

	moveHeadSQL         = `INSERT INTO ledger (one, name, seq, at, chain, key_hash) VALUES (1, ?, ?, ?, ?, ?)`
	moveDatabaseHeadSQL = `INSERT INTO ledger (one, name, seq, at, chain, key_hash, ids_key) VALUES (1, ?, ?, ?, ?, ?, ?)`
	moveLogSQL          = `UPDATE log SET size = ?, edge = ? WHERE one = 1`

	// A move holds everybody off who would append meanwhile, for as long as it takes.
	holdOffSQL = `SET LOCAL idle_in_transaction_session_timeout = 0; LOCK TABLE ledger IN EXCLUSIVE MODE`
)

// A MoveReport says what was moved, and by what it was proved to be equal.
type MoveReport struct {
	From, To string   // where the ledger was, and where it is too
	Report            // of verifying both, which is the same
	Sum      [32]byte // SHA-256 over every column of every row, which is the same
}

// Move copies the ledger of one place (a data folder, or the address of a database) into another that has none: every row as it is, with its name, its chain,
// its proof log, its salts and its tombstones, and the key of ids. It verifies both and compares every column before the new one can be opened; a move that is
// cut off anywhere leaves no ledger there. Nobody appends to the old one meanwhile; it stays as it is.
//
// Errors: ErrExists where there is a ledger already, ErrInUse where the old one is being written to, ErrDamaged where it does not hold, and those of Open.
func Move(ctx context.Context, from, to string, opts Options, progress func(done, total int64)) (done MoveReport, err error) {
	old, err := Open(ctx, from, Options{Now: opts.Now, Built: opts.Built, Rand: opts.Rand})
	if err != nil {
		return done, err
	}
	defer func() { err = errors.Join(err, old.Close()) }()
	m := &moving{from: old, progress: progress}
	if m.key, err = old.Key(); err != nil && !errors.Is(err, ErrNoKey) {
		return done, err
	}
	tx, err := old.still(ctx)
	if err != nil {
		return done, err
	}
	defer func() { _ = tx.Rollback() }() // it only read
	if err := m.look(ctx, tx); err != nil {
		return done, err
	}
	into := m.intoFolder
	if postgres.IsAddress(to) {
		into = m.intoDatabase
	}
	if done.To, err = into(ctx, to, opts); err != nil {
		return done, err
	}
	done.From, done.Report, done.Sum = old.path(), m.report, m.sum
	return done, nil
}

// still is a transaction that reads one moment, after which nobody appends until it ends.
func (l *Store) still(ctx context.Context) (*sql.Tx, error) {
	tx, err := l.reader.BeginTx(ctx, l.engine.holdingOff())
	if err != nil {
		return nil, l.explain(err, "reading it")
	}
	if l.Shared() { // a folder is this process's alone
		if _, err := tx.ExecContext(ctx, holdOffSQL); err != nil {
			return nil, errors.Join(l.explain(err, "holding off who appends"), tx.Rollback())
		}
	}
	return tx, nil
}

// A moving is one move under way.
type moving struct {
	from     *Store
	source   querier
	key      *IDKey // nil in a ledger begun before there was one
	report   Report // of the source
	sum      [32]byte
	progress func(done, total int64)
}

// look verifies what is to be copied, as a transaction sees it.
func (m *moving) look(ctx context.Context, tx *sql.Tx) (err error) {
	m.source = tx
	if m.report, err = verifyIn(ctx, tx, m.from.engine, nil, nil); err != nil {
		return m.from.explain(err, "verifying")
	}
	if err := m.report.Err(); err != nil {
		return err
	}
	m.sum, err = sumOf(ctx, tx)
	return m.from.explain(err, "reading it")
}

// intoDatabase moves into a database, in one transaction.
func (m *moving) intoDatabase(ctx context.Context, place string, opts Options) (to string, err error) {
	d, err := reachDatabase(ctx, place)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	if err := d.checkDurable(ctx); err != nil {
		return "", err
	}
	if err := postgres.Migrate(ctx, d.db, d.address, databaseForms()); err != nil {
		return "", d.explain(err, "making its tables")
	}
	if err := d.checkMade(ctx, d.db); err != nil {
		return "", err
	}
	tx, err := d.db.BeginTx(ctx, d.writing())
	if err != nil {
		return "", d.explain(err, "beginning to copy")
	}
	defer func() { _ = tx.Rollback() }() // after a commit this does nothing
	if _, err := tx.ExecContext(ctx, holdOffSQL); err != nil {
		return "", d.explain(err, "holding off who appends")
	}
	var begun bool
	if err := tx.QueryRowContext(ctx, begunSQL).Scan(&begun); err != nil {
		return "", d.explain(err, "looking for a ledger")
	}
	if begun {
		return "", faultf(ErrExists, nil, "%s holds a ledger already; nothing was changed: move into another database or schema", d.place())
	}
	if err := m.copy(ctx, tx, d); err != nil {
		return "", err
	}
	if err := m.compare(ctx, tx, d); err != nil {
		return "", err
	}
	return d.place(), d.explain(tx.Commit(), "writing the copy")
}

// intoFolder moves into a data folder. The file gets its name when it is whole.
func (m *moving) intoFolder(ctx context.Context, dir string, _ Options) (to string, err error) {
	f := &fileEngine{path: filepath.Join(dir, FileName)}
	if err := makeFolder(dir); err != nil {
		return "", faultf(ErrFolder, err, "making the folder %s", dir)
	}
	if err := refuseLinks(dir); err != nil {
		return "", err
	}
	if f.lock, err = lockFolder(dir); err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, f.lock.release()) }()
	closeToOthers(dir)
	if _, err := os.Lstat(f.path); err == nil {
		return "", faultf(ErrExists, nil, "%s is there already; nothing was changed: move into another folder", f.path)
	}
	if err := refuseLeftovers(f.path); err != nil {
		return "", err
	}
	if err := m.placeKey(dir); err != nil {
		return "", err
	}
	building := f.path + ".new"
	if err := sqlitefile.Remove(building); err != nil {
		return "", faultf(ErrFolder, err, "removing %s, which an earlier attempt left", building)
	}
	defer func() { err = errors.Join(err, sqlitefile.Remove(building)) }()
	if err := m.build(ctx, building); err != nil {
		return "", err
	}
	if err := moveIntoPlace(building, f.path); err != nil {
		return "", faultf(ErrFolder, err, "moving the new ledger to %s", f.path)
	}
	return f.path, nil
}

// placeKey puts the key of ids into a folder. One of another ledger is never replaced.
func (m *moving) placeKey(dir string) error {
	if m.key == nil {
		return nil
	}
	path := filepath.Join(dir, KeyName)
	if _, err := os.Lstat(path); err != nil {
		return m.key.write(path)
	}
	there, err := readKey(dir)
	if err == nil && !hmac.Equal(there[:], m.key[:]) {
		err = faultf(ErrExists, nil, "%s is the key of another ledger; nothing was changed: move into another folder", path)
	}
	return err
}

// build makes a file with everything in it, and proves that it is equal.
func (m *moving) build(ctx context.Context, path string) (err error) {
	db, err := makeTables(ctx, path)
	if err != nil {
		return err
	}
	f := &fileEngine{path: path, writer: db}
	defer func() { err = errors.Join(err, f.close()) }()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return f.explain(err, "beginning to copy")
	}
	defer func() { _ = tx.Rollback() }() // after a commit this does nothing
	if err := m.copy(ctx, tx, f); err != nil {
		return err
	}
	if err := m.compare(ctx, tx, f); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return f.explain(err, "writing the copy")
	}
	return emptyLog(ctx, db, path)
}

// copy writes all rows into a transaction on empty tables.
func (m *moving) copy(ctx context.Context, tx *sql.Tx, to engine) error {
	if err := m.copyHead(ctx, tx, to); err != nil {
		return err
	}
	for after := int64(0); ; {
		rows, err := readRows(ctx, m.source, readSQL, after, copyPage)
		if err != nil {
			return m.from.explain(err, "reading its entries")
		}
		if len(rows) == 0 {
			break
		}
		after = rows[len(rows)-1].seq
		written, err := to.insert(ctx, tx, rows)
		if err != nil {
			return to.explain(err, "copying the entries")
		}
		if written < len(rows) {
			return faultf(ErrDamaged, nil, "%s: entry %d stands there twice", m.from.path(), rows[written].seq)
		}
		if m.progress != nil {
			m.progress(after, max(m.report.Head.Seq, after))
		}
	}
	for after := int64(-1); ; {
		leaves, err := readLeaves(ctx, m.source, after, copyPage)
		if err != nil {
			return m.from.explain(err, "reading its proof log")
		}
		if len(leaves) == 0 {
			return m.copyTiles(ctx, tx, to)
		}
		after = leaves[len(leaves)-1].number
		if err := to.insertLeaves(ctx, tx, leaves); err != nil {
			return to.explain(err, "copying the proof log")
		}
	}
}

func (m *moving) copyHead(ctx context.Context, tx *sql.Tx, to engine) error {
	var name, at string
	var seq int64
	var chain, keyHash []byte
	if err := m.source.QueryRowContext(ctx, wholeHeadSQL).Scan(&name, &seq, &at, &chain, &keyHash); err != nil {
		return m.from.explain(err, "reading where it ends")
	}
	statement, args := moveHeadSQL, []any{name, seq, at, chain, keyHash}
	if _, database := to.(*databaseEngine); database {
		var key []byte // NULL where there is none
		if m.key != nil {
			key = m.key[:]
		}
		statement, args = moveDatabaseHeadSQL, append(args, key)
	}
	_, err := tx.ExecContext(ctx, statement, args...)
	return to.explain(err, "writing where it ends")
}

func (m *moving) copyTiles(ctx context.Context, tx *sql.Tx, to engine) error {
	var size int64
	var edge string
	if err := m.source.QueryRowContext(ctx, logStateSQL).Scan(&size, &edge); err != nil {
		return m.from.explain(err, "reading how far the proof log has come")
	}
	if _, err := tx.ExecContext(ctx, moveLogSQL, size, edge); err != nil {
		return to.explain(err, "writing how far the proof log has come")
	}
	return m.from.explain(eachTile(ctx, m.source, func(t *storedTile) error {
		_, err := tx.ExecContext(ctx, tileSQL, t.level, t.number, t.root, t.hashes)
		return to.explain(err, "copying the proof log")
	}), "reading its proof log")
}

// compare proves that the copy holds and is equal.
func (m *moving) compare(ctx context.Context, tx *sql.Tx, to engine) error {
	report, err := verifyIn(ctx, tx, to, nil, nil)
	if err != nil {
		return to.explain(err, "verifying the copy")
	}
	if err := report.Err(); err != nil {
		return faultf(ErrDamaged, err, "the copy in %s does not hold, and was not kept", to.place())
	}
	sum, err := sumOf(ctx, tx)
	if err != nil {
		return to.explain(err, "reading the copy")
	}
	if sum != m.sum || report.Head != m.report.Head || report.Checkpoint() != m.report.Checkpoint() ||
		report.Log.Size() != m.report.Log.Size() || report.Log.Root() != m.report.Log.Root() {
		return faultf(ErrDamaged, nil, "the copy in %s is not equal to what was copied from %s, and was not kept", to.place(), m.from.path())
	}
	return nil
}

// backup copies the rows of a database, as they stand at this moment, into a new file, beside which its key does not lie.
func (d *databaseEngine) backup(ctx context.Context, path string) (err error) {
	tx, err := d.db.BeginTx(ctx, d.moment())
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()                                                                // it only read
	if _, err := tx.ExecContext(ctx, `SET LOCAL idle_in_transaction_session_timeout = 0`); err != nil { // it waits while the copy is verified
		return err
	}
	m := &moving{from: &Store{engine: d, closed: make(chan struct{})}}
	if err := m.look(ctx, tx); err != nil {
		return err
	}
	return m.build(ctx, path)
}

// WriteKey writes the key of ids to a file of its own, as it lies in a data folder. A ledger begun before there was one has none.
func (l *Store) WriteKey(path string) error {
	key, err := l.Key()
	if errors.Is(err, ErrNoKey) {
		return nil
	}
	if err != nil {
		return err
	}
	return key.write(path)
}
