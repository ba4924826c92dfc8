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
	"sync"
	"time"

	"fener/internal/postgres"
	"fener/internal/sqlitefile"
)

//go:embed migrations/postgres/*.sql
var databaseMigrations embed.FS

func databaseForms() fs.FS {
	files, err := fs.Sub(databaseMigrations, "migrations/postgres")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return files
}

const (
	// holdSQL reads where the ledger ends and keeps everybody else from appending until the transaction ends. It reads the form of the tables too: a newer
	// program may have brought them to its own since.
	holdSQL = `SELECT name, seq, at, chain, (SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version WHERE is_applied) FROM ledger WHERE one = 1 FOR UPDATE`

	beginDatabaseSQL = `INSERT INTO ledger (one, name, seq, at, chain, key_hash, ids_key) VALUES (1, ?, 0, ?, ?, ?, ?) ON CONFLICT DO NOTHING`
	idsSQL           = `SELECT ids_key FROM ledger WHERE one = 1`
	begunSQL         = `SELECT EXISTS (SELECT 1 FROM ledger)`
)

// A databaseEngine is a ledger in PostgreSQL. Any number of processes may append, each of them one at a time.
type databaseEngine struct {
	address postgres.Address
	opts    Options
	db      *sql.DB
	known   int64       // the form that this program knows
	clock   time.Time   // of the database, when it was opened
	lock    *folderLock // on Options.Folder; nil where there is none

	stop context.CancelFunc // ends listening; nil where nobody listens
	wait sync.WaitGroup
}

// openDatabase opens the ledger in a database.
func openDatabase(ctx context.Context, place string, opts Options) (d *databaseEngine, err error) {
	if d, err = reachDatabase(ctx, place); err != nil {
		return nil, err
	}
	d.opts = opts
	defer func() {
		if err != nil {
			err = errors.Join(err, d.close())
			d = nil
		}
	}()
	if opts.Folder != "" && !opts.ReadOnly {
		if err := d.lockFolder(); err != nil {
			return d, err
		}
	}
	if !opts.ReadOnly {
		if err := d.checkDurable(ctx); err != nil {
			return d, err
		}
	}
	if err := d.bringUp(ctx); err != nil {
		return d, err
	}
	if err := d.checkMade(ctx, d.db); err != nil {
		return d, err
	}
	if err := d.db.QueryRowContext(ctx, `SELECT now()`).Scan(&d.clock); err != nil {
		return d, d.explain(err, "asking for its clock")
	}
	return d, checkEnd(ctx, d.db, d)
}

// reachDatabase opens a database, whatever is in it.
func reachDatabase(ctx context.Context, place string) (*databaseEngine, error) {
	address, err := postgres.ParseAddress(place)
	if err != nil {
		return nil, faultf(ErrInvalid, err, "where the ledger is")
	}
	d := &databaseEngine{address: address}
	if d.db, err = postgres.Open(ctx, address); err != nil {
		return nil, d.explain(err, "opening it")
	}
	if _, d.known, err = postgres.Form(ctx, d.db, address, databaseForms()); err != nil {
		return nil, errors.Join(d.explain(err, "reading its form"), d.db.Close())
	}
	return d, nil
}

// openForAudit opens a database whose ledger may be one that Open refuses.
func openForAudit(ctx context.Context, place string) (*databaseEngine, error) {
	d, err := reachDatabase(ctx, place)
	if err != nil {
		return nil, err
	}
	d.opts.ReadOnly = true
	if err := d.bringUp(ctx); err != nil {
		return nil, errors.Join(err, d.close())
	}
	return d, nil
}

// lockFolder takes the data folder of the node, in which a ledger of its own would be taken for the record by whoever forgets to name the database.
func (d *databaseEngine) lockFolder() (err error) {
	dir := d.opts.Folder
	if err := makeFolder(dir); err != nil {
		return faultf(ErrFolder, err, "making the folder %s", dir)
	}
	if err := refuseOwnLedger(dir); err != nil {
		return err
	}
	if d.lock, err = lockFolder(dir); err != nil {
		return err
	}
	closeToOthers(dir)
	return nil
}

// checkDurable refuses a database that says that something is committed before it is on the disk.
func (d *databaseEngine) checkDurable(ctx context.Context) error {
	for _, setting := range []string{"synchronous_commit", "fsync", "full_page_writes"} {
		var value string
		if err := d.db.QueryRowContext(ctx, `SHOW `+setting).Scan(&value); err != nil {
			return d.explain(err, "reading its settings")
		}
		if value == "off" {
			return faultf(ErrFolder, nil, "%s: %s is off there, so that what was acknowledged can be lost with the power; switch it on (ALTER SYSTEM SET %s = on, and for the role and the database), then start again",
				d.place(), setting, setting)
		}
	}
	return nil
}

// bringUp brings the tables to the current form, and begins a ledger where it may.
func (d *databaseEngine) bringUp(ctx context.Context) error {
	has, known, err := postgres.Form(ctx, d.db, d.address, databaseForms())
	switch {
	case err != nil:
		return d.explain(err, "reading its form")
	case has > known:
		return faultf(ErrNewer, nil, "%s has form %d, this program knows forms up to %d; it was left as it is: use the newer Fener that wrote it", d.place(), has, known)
	case has == 0 && !d.opts.Create:
		return d.noLedger()
	case has < known && d.opts.ReadOnly:
		return faultf(ErrOlder, nil, "%s has form %d, this program reads form %d; open it for writing once (fener serve), which brings it up to date", d.place(), has, known)
	case has < known:
		if err := postgres.Migrate(ctx, d.db, d.address, databaseForms()); err != nil {
			return d.explain(err, "bringing it to the current form")
		}
	}
	if d.opts.Create {
		if err := d.begin(ctx); err != nil {
			return err
		}
	}
	var begun bool
	if err := d.db.QueryRowContext(ctx, begunSQL).Scan(&begun); err != nil {
		return d.explain(err, "looking for a ledger")
	}
	if !begun {
		return d.noLedger()
	}
	return nil
}

func (d *databaseEngine) noLedger() error {
	return faultf(ErrNoLedger, nil, "there is no ledger in %s; begin one there (fener init --ledger), or move one there (fener move)", d.place())
}

// begin begins a ledger where there is none. Of two nodes that do it at once one does it.
func (d *databaseEngine) begin(ctx context.Context) error {
	key, err := d.opts.newKey()
	if err != nil {
		return err
	}
	var name [16]byte
	if _, err := io.ReadFull(d.opts.Rand, name[:]); err != nil {
		return fmt.Errorf("ledger: drawing the ledger's name: %w", err)
	}
	genesis := Genesis(hex.EncodeToString(name[:]))
	_, err = d.db.ExecContext(ctx, beginDatabaseSQL, hex.EncodeToString(name[:]), sqlitefile.FormatTime(d.opts.Now()), genesis[:], key.hash(), key[:])
	return d.explain(err, "beginning the ledger")
}

func (d *databaseEngine) place() string { return d.address.String() }

// listen rings whenever another process appends, until the ledger is closed.
func (d *databaseEngine) listen(ring func()) {
	ctx, stop := context.WithCancel(context.Background())
	d.stop = stop
	d.wait.Go(func() { postgres.Listen(ctx, d.db, d.channel(), ring) })
}

// channel is the one on which appends to this ledger are told.
func (d *databaseEngine) channel() string { return d.address.Schema() + " appended" }

func (d *databaseEngine) close() error {
	if d.stop != nil {
		d.stop()
		d.wait.Wait()
	}
	err := d.explain(d.db.Close(), "closing it")
	if d.lock != nil {
		err = errors.Join(err, d.lock.release())
	}
	return err
}

// explain ties an error to one of the package's kinds, as the function of the same name does for SQLite.
func (d *databaseEngine) explain(err error, doing string) error {
	var known *fault
	switch {
	case err == nil, errors.As(err, &known), errors.Is(err, context.Canceled):
		return err
	case postgres.Away(err):
		return faultf(ErrAway, err, "%s: %s: the database does not answer; nothing of it was kept: it is asked again with the next try", d.place(), doing)
	case errors.Is(err, context.DeadlineExceeded):
		return err
	}
	switch code := postgres.Code(err); {
	case code == postgres.LockTimeout:
		return faultf(ErrInUse, err, "%s: %s: somebody else has been appending for longer than is waited for; nothing of it was kept: try again", d.place(), doing)
	case code == "53100", code == "53200":
		return faultf(ErrFull, err, "%s: %s: the database has no space left; nothing of it was kept: free some space there and try again", d.place(), doing)
	case len(code) == 5 && code[:2] == "XX":
		return faultf(ErrDamaged, err, "%s: %s: the database says that it is damaged; it was left as it is: restore a backup", d.place(), doing)
	case code == "42501", len(code) == 5 && code[:2] == "28":
		return faultf(ErrFolder, err, "%s: %s: the role of the address may not do that", d.place(), doing)
	case code == postgres.UndefinedTable, code == "42703":
		return faultf(ErrDamaged, err, "%s: %s: its tables are not those of a ledger of this form; they were left as they are", d.place(), doing)
	}
	return faultf(nil, err, "%s: %s", d.place(), doing)
}

// present has nothing to look at: a database that is away says so at the next question.
func (d *databaseEngine) present() error { return nil }

func (d *databaseEngine) touchedAt() time.Time { return d.clock }
