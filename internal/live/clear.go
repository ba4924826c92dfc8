package live

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fener/internal/sqlitefile"
	"fener/internal/tables"
)

// keptDays is how long is kept what never came onto the record, so that its asker can see what became of it, and by which number somebody was counted.
const keptDays = 90

// sweep removes what was kept for long enough: words that were declined, joined or never read, who was counted by which number, who spoke.
func sweep(ctx context.Context, db *tables.DB, now time.Time) error {
	day := now.UTC().AddDate(0, 0, -keptDays).Format(time.DateOnly)
	for _, statement := range []string{
		`DELETE FROM support WHERE question IN (SELECT seq FROM question WHERE day < $1)`,
		`DELETE FROM question WHERE day < $1 AND state <> 'accepted'`,
		`DELETE FROM speaker WHERE day < $1`,
	} {
		if _, err := db.ExecContext(ctx, statement, day); err != nil {
			return fmt.Errorf("removing what came in at talks long ago: %w", err)
		}
	}
	return nil
}

// Forget removes questions that are erased from the record, and those that were joined to them, from the file of a node that is not running, so that no words of them
// are left in it; or from a database, which nodes may be using.
func Forget(ctx context.Context, place tables.Place, ids []string) (err error) {
	if len(ids) == 0 || !place.There() {
		return nil
	}
	db, err := tables.Open(ctx, place, &held)
	if err != nil {
		return fmt.Errorf("opening what waits at talks: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	for _, id := range ids {
		for _, statement := range []string{
			`DELETE FROM support WHERE question IN (SELECT seq FROM question WHERE id = $1)`,
			`DELETE FROM question WHERE joined IN (SELECT seq FROM question WHERE id = $1)`,
			`DELETE FROM question WHERE id = $1`,
		} {
			if _, err := db.ExecContext(ctx, statement, id); err != nil {
				return fmt.Errorf("removing a question: %w", err)
			}
		}
	}
	if db.Shared { // written anew, as SQLite's is
		if _, err := db.ExecContext(ctx, `VACUUM FULL question`); err != nil {
			return fmt.Errorf("removing a question: %w", err)
		}
		return nil
	}
	if _, err := db.ExecContext(ctx, `VACUUM`); err != nil {
		return fmt.Errorf("removing a question: %w", err)
	}
	if _, err := sqlitefile.EmptyLog(ctx, db); err != nil {
		return fmt.Errorf("removing a question: %w", err)
	}
	return nil
}
