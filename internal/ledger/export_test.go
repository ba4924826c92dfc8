package ledger

import (
	"context"
	"database/sql"
	"time"
)

// MakeLogAnew throws a ledger's proof log away and makes it from its entries, as a ledger of an older form gets one.
func MakeLogAnew(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	for _, statement := range []string{`DELETE FROM log_leaves`, `DELETE FROM log_tiles`, `UPDATE log SET size = 0, edge = '0'`} {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	if err := logEntries(ctx, tx); err != nil {
		return err
	}
	return tx.Commit()
}

// SetFindFor bounds how long an append whose commit was not answered is looked for, and returns what undoes that.
func SetFindFor(d time.Duration) (undo func()) {
	before := findFor
	findFor = d
	return func() { findFor = before }
}
