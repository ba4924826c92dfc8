package ledger

import (
	"context"
	"database/sql"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/pressly/goose/v3"

	"fener/internal/sqlitefile"
)

//go:embed migrations/*.sql
var migrations embed.FS

const (
	// Goose keeps the versions it has applied in this table.
	versionSQL = `SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version WHERE is_applied`

	beginSQL = `INSERT INTO ledger (one, name, seq, at, chain, key_hash) VALUES (1, $1, 0, $2, $3, $4)`
)

// migrator returns goose with the embedded migrations and the newest version
// among them.
func migrator(db *sql.DB) (*goose.Provider, int64, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, 0, fmt.Errorf("ledger: embedded migrations: %w", err)
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, files, goose.WithDisableGlobalRegistry(true), goose.WithGoMigrations(beginLog))
	if err != nil {
		return nil, 0, fmt.Errorf("ledger: embedded migrations: %w", err)
	}
	sources := provider.ListSources()
	return provider, sources[len(sources)-1].Version, nil
}

// checkForm refuses a file whose form this program does not know, and one that
// it could only read after migrating it.
func checkForm(ctx context.Context, db *sql.DB, path string) error {
	_, known, err := migrator(db)
	if err != nil {
		return err
	}
	var has int64
	if err := db.QueryRowContext(ctx, versionSQL).Scan(&has); err != nil {
		return explain(err, path, "reading the version of its form")
	}
	switch {
	case has > known:
		return faultf(ErrNewer, nil, "%s has form %d, this program knows forms up to %d; it was left as it is: use the newer Fener that wrote it", path, has, known)
	case has < known:
		return faultf(ErrOlder, nil, "%s has form %d, this program reads form %d; open it for writing once (fener serve), which brings it up to date", path, has, known)
	}
	return nil
}

// openChecked opens an existing ledger whose form this program knows.
func openChecked(ctx context.Context, path string, mode fileMode) (*sql.DB, error) {
	if err := checkHeader(path); err != nil {
		return nil, err
	}
	db, err := openFile(path, mode)
	if err != nil {
		return nil, err
	}
	if err := checkForm(ctx, db, path); err != nil {
		return nil, errors.Join(err, explain(db.Close(), path, "closing it"))
	}
	return db, nil
}

// migrate brings a file to the current form. Each migration is a transaction.
func migrate(ctx context.Context, db *sql.DB, path string) error {
	err := checkForm(ctx, db, path)
	if !errors.Is(err, ErrOlder) {
		return err
	}
	provider, _, err := migrator(db)
	if err != nil {
		return err
	}
	if _, err := provider.Up(ctx); err != nil {
		return explainMigrating(err, path, "bringing it to the current form")
	}
	return nil
}

// Migrate brings a ledger file that nobody has open, one out of a backup for
// instance, to the current form.
func Migrate(ctx context.Context, path string) (err error) {
	if err := checkHeader(path); err != nil {
		return err
	}
	db, err := openFile(path, forBuilding)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, explain(db.Close(), path, "closing it")) }()
	if err := migrate(ctx, db, path); err != nil {
		return err
	}
	return emptyLog(ctx, db, path)
}

// createIfAsked begins a ledger if there is none. It is built under another
// name: a file called ledger.db is always a whole ledger, and one that is empty
// or cut off is never mistaken for a new one.
func (f *fileEngine) createIfAsked(ctx context.Context) error {
	_, err := os.Lstat(f.path)
	if !f.opts.Create || !errors.Is(err, os.ErrNotExist) {
		return nil // checkHeader says what is wrong, if anything is
	}
	if err := refuseLeftovers(f.path); err != nil {
		return err
	}
	building := f.path + ".new"
	if err := sqlitefile.Remove(building); err != nil {
		return faultf(ErrFolder, err, "removing %s, which an earlier attempt left", building)
	}
	if err := f.build(ctx, building); err != nil {
		return errors.Join(err, sqlitefile.Remove(building))
	}
	if err := moveIntoPlace(building, f.path); err != nil {
		return faultf(ErrFolder, err, "moving the new ledger to %s", f.path)
	}
	return nil
}

// refuseLeftovers protects a log without its file: it may hold entries, and a
// new file beside it would make them unreadable.
func refuseLeftovers(path string) error {
	for _, suffix := range []string{"-wal", "-journal"} {
		if _, err := os.Lstat(path + suffix); err == nil {
			return faultf(ErrExists, nil, "%s%s is there without its ledger and may hold entries; put the ledger back beside it, or move it away", path, suffix)
		}
	}
	return nil
}

// build makes an empty ledger in a new file.
func (f *fileEngine) build(ctx context.Context, path string) (err error) {
	db, err := makeTables(ctx, path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, explain(db.Close(), path, "closing it")) }()
	key, err := f.makeKey()
	if err != nil {
		return err
	}
	var name [16]byte
	if _, err := io.ReadFull(f.opts.Rand, name[:]); err != nil {
		return fmt.Errorf("ledger: drawing the ledger's name: %w", err)
	}
	genesis := Genesis(hex.EncodeToString(name[:]))
	if _, err := db.ExecContext(ctx, beginSQL, hex.EncodeToString(name[:]), sqlitefile.FormatTime(f.opts.Now()), genesis[:], key.hash()); err != nil {
		return explain(err, path, "beginning the ledger")
	}
	return emptyLog(ctx, db, path)
}

// makeTables makes a file that only this user can read, with the tables of a
// ledger and nothing in them.
func makeTables(ctx context.Context, path string) (*sql.DB, error) {
	if err := reserve(path); err != nil {
		return nil, faultf(ErrFolder, err, "making %s; its folder must be there and be writable by this user", path)
	}
	db, err := openFile(path, forBuilding)
	if err != nil {
		return nil, err
	}
	if err := fillTables(ctx, db, path); err != nil {
		return nil, errors.Join(err, explain(db.Close(), path, "closing it"))
	}
	return db, nil
}

func fillTables(ctx context.Context, db *sql.DB, path string) error {
	if _, err := db.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", applicationID)); err != nil {
		return explain(err, path, "marking the file as a ledger")
	}
	provider, _, err := migrator(db)
	if err != nil {
		return err
	}
	if _, err := provider.Up(ctx); err != nil {
		return explainMigrating(err, path, "making the tables")
	}
	return nil
}

// explainMigrating is explain for the migrator, which tries again and again until
// the time is over and then tells only that.
func explainMigrating(err error, path, doing string) error {
	if explained := explain(err, path, doing); explained != err {
		return explained
	}
	return faultf(nil, err, "%s: %s", path, doing)
}
