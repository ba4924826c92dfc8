package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// A FormError says that the tables of a schema have another form than the program knows. They were left as they are.
type FormError struct {
	Schema     string
	Has, Known int64
}

func (e *FormError) Error() string {
	if e.Has > e.Known {
		return fmt.Sprintf("the tables of schema %s have form %d, this program knows forms up to %d; they were left as they are: use the newer Fener that made them", e.Schema, e.Has, e.Known)
	}
	return fmt.Sprintf("the tables of schema %s have form %d, this program needs form %d", e.Schema, e.Has, e.Known)
}

// Migrate makes the schema of an address where there is none and brings its tables to the newest of the given forms. Several nodes may do it at once: one
// does it, the others wait. Errors: a [FormError] where the tables are those of a newer program, or those of a migration.
func Migrate(ctx context.Context, db *sql.DB, a Address, files fs.FS) error {
	has, known, err := Form(ctx, db, a, files)
	switch {
	case err != nil:
		return err
	case has > known:
		return &FormError{Schema: a.schema, Has: has, Known: known}
	case has == known:
		return nil
	}
	if err := makeSchema(ctx, db, a.schema); err != nil {
		return err
	}
	one, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 60), lock.WithUnlockTimeout(1, 10))
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db, files, goose.WithDisableGlobalRegistry(true), goose.WithSessionLocker(one))
	if err != nil {
		return fmt.Errorf("the migrations of schema %s: %w", a.schema, err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("bringing the tables of schema %s to the current form: %w", a.schema, err)
	}
	return nil
}

// Form is the form that the tables of a schema have, 0 where there are none, and the newest that the given migrations know.
func Form(ctx context.Context, db *sql.DB, a Address, files fs.FS) (has, known int64, err error) {
	provider, err := goose.NewProvider(goose.DialectPostgres, db, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return 0, 0, fmt.Errorf("the migrations of schema %s: %w", a.schema, err)
	}
	sources := provider.ListSources()
	known = sources[len(sources)-1].Version
	err = db.QueryRowContext(ctx, `SELECT COALESCE(MAX(version_id), 0) FROM `+a.schema+`.goose_db_version WHERE is_applied`).Scan(&has)
	if code := Code(err); code == UndefinedTable || code == InvalidSchema {
		return 0, known, nil
	}
	if err != nil {
		return 0, known, fmt.Errorf("reading the form of the tables of schema %s: %w", a.schema, err)
	}
	return has, known, nil
}

// makeSchema makes a schema where there is none. Who may not make any may use one that somebody else made. Two that make it at once get an error that says
// it is there.
func makeSchema(ctx context.Context, db *sql.DB, name string) error {
	var there bool
	if err := db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = ?)`, name).Scan(&there); err != nil || there {
		return err
	}
	_, err := db.ExecContext(ctx, `CREATE SCHEMA IF NOT EXISTS `+name)
	if Code(err) == UniqueViolation || Code(err) == "42P06" {
		return nil
	}
	if err != nil {
		return errors.Join(fmt.Errorf("making the schema %s; the role of the address needs CREATE on the database, or somebody makes the schema for it: %w", name, err))
	}
	return nil
}
