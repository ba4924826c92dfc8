package ledger

import (
	"context"
	"database/sql"
	"errors"
	"math"
	"path/filepath"

	"fener/internal/postgres"
	"fener/internal/record"
)

const (
	revisionsSQL = `SELECT e.seq, e.kind, e.id, e.rev, e.state, g.leaf FROM entries AS e LEFT JOIN log_leaves AS g ON g.seq = e.seq ORDER BY e.kind, e.id, e.rev`
	integritySQL = `PRAGMA integrity_check(20)`
)

const (
	progressEvery = 5000 // entries that Verify checks between two words of progress
	auditPage     = 1000 // entries, or leaves, that it reads at a time
)

// Verify implements Ledger. It looks at one moment of the ledger; appends go on
// meanwhile.
func (l *Store) Verify(ctx context.Context, progress func(done, total int64)) (Report, error) {
	return l.VerifyAgainst(ctx, nil, progress)
}

// VerifyAgainst is Verify with checkpoints that were kept elsewhere, see Audit.
func (l *Store) VerifyAgainst(ctx context.Context, against []Checkpoint, progress func(done, total int64)) (Report, error) {
	if err := l.open(); err != nil {
		return Report{}, err
	}
	report, err := verify(ctx, l.reader, l.engine, against, progress)
	return report, l.explain(err, "verifying")
}

// Audit verifies the ledger of a data folder, or of a database, also one that Open refuses because
// its end was altered, and also while another process writes to it. The error
// is for what kept it from looking: ErrNoLedger, ErrNewer, ErrOlder, ErrFolder,
// or ErrDamaged when the file cannot be read as a ledger at all.
//
// Checkpoints that were kept elsewhere show what the ledger cannot show by
// itself: that it was rewritten as a whole, cut, or replaced by an older copy.
func Audit(ctx context.Context, place string, against []Checkpoint, progress func(done, total int64)) (report Report, err error) {
	if postgres.IsAddress(place) {
		d, err := openForAudit(ctx, place)
		if err != nil {
			return report, err
		}
		defer func() { err = errors.Join(err, d.close()) }()
		report, err = verify(ctx, d.db, d, against, progress)
		return report, d.explain(err, "verifying")
	}
	f := &fileEngine{path: filepath.Join(place, FileName)}
	db, err := openChecked(ctx, f.path, forReading)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, f.explain(db.Close(), "closing it")) }()
	report, err = verify(ctx, db, f, against, progress)
	return report, f.explain(err, "verifying")
}

// verify checks the ledger in a database.
func verify(ctx context.Context, db *sql.DB, e engine, against []Checkpoint, progress func(done, total int64)) (Report, error) {
	tx, err := db.BeginTx(ctx, e.moment())
	if err != nil {
		return Report{}, err
	}
	defer func() { _ = tx.Rollback() }() // it only read
	return verifyIn(ctx, tx, e, against, progress)
}

// verifyIn checks the ledger as a transaction sees it.
func verifyIn(ctx context.Context, tx querier, e engine, against []Checkpoint, progress func(done, total int64)) (Report, error) {
	if progress == nil {
		progress = func(_, _ int64) {}
	}
	head, err := readHead(ctx, tx, e)
	if err != nil {
		return Report{}, err
	}
	a := newAuditor(head, against)
	for _, pass := range []func() error{
		func() error { return auditEntries(ctx, tx, a, progress) },
		func() error { return auditRevisions(ctx, tx, a) },
		func() error { return e.auditEngine(ctx, tx, a) },
	} {
		if err := a.survives(e, pass()); err != nil {
			return Report{}, err
		}
	}
	progress(a.report.Entries, max(head.Seq, a.report.Entries))
	return *a.finish(), nil
}

// survives makes a finding of an error that says that the database is too damaged to read on, and returns every other.
func (a *auditor) survives(e engine, err error) error {
	if errors.Is(e.explain(err, "verifying"), ErrDamaged) {
		a.report.add(0, FaultFile, "after entry %d: %v", a.seq, err)
		return nil
	}
	return err
}

// auditEntries reads all entries, those too that somebody numbered below the first.
func auditEntries(ctx context.Context, q querier, a *auditor, progress func(done, total int64)) error {
	if err := a.log.begin(ctx, q); err != nil {
		return err
	}
	for after := int64(math.MinInt64); ; {
		rows, failed := readRows(ctx, q, readSQL, after, auditPage)
		for i := range rows {
			r := &rows[i]
			e := a.entry(r)
			after = r.seq
			if err := a.log.entry(ctx, q, &e); err != nil {
				return err
			}
			if a.report.Entries%progressEvery == 0 {
				progress(a.report.Entries, max(a.report.Head.Seq, a.report.Entries))
			}
		}
		if failed != nil {
			return failed
		}
		if len(rows) < auditPage {
			return a.log.finish(ctx, q)
		}
	}
}

func auditRevisions(ctx context.Context, q querier, a *auditor) error {
	rows, err := q.QueryContext(ctx, revisionsSQL)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var seq int64
		var kind, id, state string
		var rev int
		var leaf []byte
		if err := rows.Scan(&seq, &kind, &id, &rev, &state, &leaf); err != nil {
			return err
		}
		a.revision(seq, record.Kind(kind), id, rev, record.State(state))
		a.counted(seq, record.Kind(kind), id, record.State(state), leaf)
	}
	return rows.Err()
}

// auditFile lets SQLite look at its own structures, so that an index which
// hides a row is found too.
func auditFile(ctx context.Context, q querier, a *auditor) error {
	rows, err := q.QueryContext(ctx, integritySQL)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return err
		}
		if text != "ok" {
			a.report.add(0, FaultFile, "%s", text)
		}
	}
	return rows.Err()
}
