package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"sync"

	"fener/internal/sqlitefile"
)

const (
	schemaVersionSQL = `PRAGMA schema_version`
	versionsSQL      = `SELECT version_id, is_applied FROM goose_db_version ORDER BY id`
	headsSQL         = `SELECT count(*) FROM ledger`
)

// gooseTable is the migrator's own. Its text is that of the migrator's release,
// which an older ledger was made with, so it is not compared.
const gooseTable = "goose_db_version"

// made is what a ledger of the current form is made of, found by making one.
var made = sync.OnceValues(func() ([]sqlitefile.Object, error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, fmt.Errorf("ledger: making a ledger in memory: %w", err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1) // each connection would have a memory of its own
	ctx := context.Background()
	provider, _, err := migrator(db)
	if err != nil {
		return nil, err
	}
	if _, err := provider.Up(ctx); err != nil {
		return nil, fmt.Errorf("ledger: making a ledger in memory: %w", err)
	}
	return formOf(ctx, db)
})

func formOf(ctx context.Context, q sqlitefile.Querier) ([]sqlitefile.Object, error) {
	objects, err := sqlitefile.Objects(ctx, q)
	for i := range objects {
		if objects[i].Name == gooseTable {
			objects[i].SQL = ""
		}
	}
	return objects, err
}

// formFaults says what a ledger is made of beside what Fener made: a trigger
// could copy what is erased, or drop what is appended, without any entry changing.
func formFaults(ctx context.Context, q sqlitefile.Querier) ([]string, error) {
	want, err := made()
	if err != nil {
		return nil, err
	}
	found, err := formOf(ctx, q)
	if err != nil {
		return nil, err
	}
	return sqlitefile.Differences(want, found), nil
}

// checkMade refuses a ledger that holds what Fener did not make.
func checkMade(ctx context.Context, q sqlitefile.Querier, path string) error {
	faults, err := formFaults(ctx, q)
	if err != nil {
		return explain(err, path, "reading what it is made of")
	}
	if len(faults) > 0 {
		return faultf(ErrDamaged, nil, "%s was changed by hand: %s; nothing can be said of what was entered since. It was left as it is: restore a backup (fener restore), "+
			"or remove what was added with a SQLite shell and see what fener ledger verify finds", path, strings.Join(faults, "; "))
	}
	return nil
}

// checkStill refuses a ledger that is no longer the one that was opened, and one
// whose tables somebody changed since they were last looked at: SQLite counts
// every such change.
func (f *fileEngine) checkStill(ctx context.Context, q querier) error {
	if err := f.present(); err != nil {
		return err
	}
	var version int64
	if err := q.QueryRowContext(ctx, schemaVersionSQL).Scan(&version); err != nil {
		return f.explain(err, "reading what it is made of")
	}
	if version == f.made.Load() {
		return nil
	}
	if err := checkMade(ctx, q, f.path); err != nil {
		return err
	}
	f.made.Store(version)
	return nil
}

// auditForm looks at what no entry says: what the file is made of, which forms
// it was brought to, and that it says once where it ends.
func auditForm(ctx context.Context, q querier, a *auditor) error {
	faults, err := formFaults(ctx, q)
	if err != nil {
		return err
	}
	for _, text := range faults {
		a.report.add(0, FaultForm, "%s", text)
	}
	var heads int
	if err := q.QueryRowContext(ctx, headsSQL).Scan(&heads); err != nil {
		return err
	}
	if heads != 1 {
		a.report.add(0, FaultHead, "where the ledger ends is said %d times", heads)
	}
	return auditVersions(ctx, q, a)
}

func auditVersions(ctx context.Context, q querier, a *auditor) error {
	rows, err := q.QueryContext(ctx, versionsSQL)
	if err != nil {
		return err
	}
	defer rows.Close()
	var got, want []string
	for rows.Next() {
		var version, applied int64
		if err := rows.Scan(&version, &applied); err != nil {
			return err
		}
		want = append(want, fmt.Sprintf("%d:1", len(want)))
		got = append(got, fmt.Sprintf("%d:%d", version, applied))
	}
	if !slices.Equal(got, want) {
		a.report.add(0, FaultForm, "the forms it was brought to were altered: they are %v, expected %v", got, want)
	}
	return rows.Err()
}
