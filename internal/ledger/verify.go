package ledger

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"

	"fener/internal/record"
)

const (
	verifySQL    = `SELECT ` + columns + ` FROM entries ORDER BY seq`
	revisionsSQL = `SELECT e.seq, e.kind, e.id, e.rev, e.state, g.leaf FROM entries AS e LEFT JOIN log_leaves AS g ON g.seq = e.seq ORDER BY e.kind, e.id, e.rev`
	integritySQL = `PRAGMA integrity_check(20)`
)

// progressEvery is how many entries Verify checks between two words of progress.
const progressEvery = 5000

// Verify implements Ledger. It looks at one moment of the ledger; appends go on
// meanwhile.
func (l *SQLite) Verify(ctx context.Context, progress func(done, total int64)) (Report, error) {
	return l.VerifyAgainst(ctx, nil, progress)
}

// VerifyAgainst is Verify with checkpoints that were kept elsewhere, see Audit.
func (l *SQLite) VerifyAgainst(ctx context.Context, against []Checkpoint, progress func(done, total int64)) (Report, error) {
	if err := l.open(); err != nil {
		return Report{}, err
	}
	report, err := verify(ctx, l.reader, l.path(), against, progress)
	return report, l.explain(err, "verifying")
}

// Audit verifies the ledger of a data folder, also one that Open refuses because
// its end was altered, and also while another process writes to it. The error
// is for what kept it from looking: ErrNoLedger, ErrNewer, ErrOlder, ErrFolder,
// or ErrDamaged when the file cannot be read as a ledger at all.
//
// Checkpoints that were kept elsewhere show what the ledger cannot show by
// itself: that it was rewritten as a whole, cut, or replaced by an older copy.
func Audit(ctx context.Context, dir string, against []Checkpoint, progress func(done, total int64)) (report Report, err error) {
	path := filepath.Join(dir, FileName)
	db, err := openChecked(ctx, path, forReading)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, explain(db.Close(), path, "closing it")) }()
	report, err = verify(ctx, db, path, against, progress)
	return report, explain(err, path, "verifying")
}

// verify checks the ledger in a database.
func verify(ctx context.Context, db *sql.DB, path string, against []Checkpoint, progress func(done, total int64)) (Report, error) {
	if progress == nil {
		progress = func(_, _ int64) {}
	}
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return Report{}, err
	}
	defer func() { _ = tx.Rollback() }() // it only read

	head, err := readHead(ctx, tx, path)
	if err != nil {
		return Report{}, err
	}
	a := newAuditor(head, against)
	for _, pass := range []func() error{
		func() error { return auditEntries(ctx, tx, a, progress) },
		func() error { return auditRevisions(ctx, tx, a) },
		func() error { return auditForm(ctx, tx, a) },
		func() error { return auditKey(ctx, tx, a, path) },
		func() error { return auditFile(ctx, tx, a) },
	} {
		// A file too damaged to read on is a finding like others.
		if err := pass(); errors.Is(explain(err, path, "verifying"), ErrDamaged) {
			a.report.add(0, FaultFile, "after entry %d: %v", a.seq, err)
		} else if err != nil {
			return Report{}, err
		}
	}
	progress(a.report.Entries, max(head.Seq, a.report.Entries))
	return *a.finish(), nil
}

func auditEntries(ctx context.Context, q querier, a *auditor, progress func(done, total int64)) error {
	rows, err := q.QueryContext(ctx, verifySQL)
	if err != nil {
		return err
	}
	defer rows.Close()
	if err := a.log.begin(ctx, q); err != nil {
		return err
	}
	defer a.log.close()
	for rows.Next() {
		var r row
		if err := r.scan(rows); err != nil {
			return err
		}
		e := a.entry(&r)
		if err := a.log.entry(ctx, q, &e); err != nil {
			return err
		}
		if a.report.Entries%progressEvery == 0 {
			progress(a.report.Entries, max(a.report.Head.Seq, a.report.Entries))
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return a.log.finish(ctx, q)
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
