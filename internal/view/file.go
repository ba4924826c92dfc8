package view

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"

	"fener/internal/disk"
	"fener/internal/ledger"
	"fener/internal/sqlitefile"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// The writer's handle has one connection that takes the lock when a transaction
// begins. synchronous=NORMAL lets SQLite wait for the disk at checkpoints only:
// a power cut can take the last batches but cannot tear the file, and what it
// took is folded again from the ledger, which does wait.
var (
	writing = url.Values{
		"_txlock": {"immediate"},
		"_pragma": {"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(NORMAL)", "secure_delete(FAST)", "cache_size(-65536)",
			"wal_autocheckpoint(8000)", "temp_store(MEMORY)"},
	}
	// building is for a new file that takes its name when it is whole: until then
	// nothing can be lost. What is coarsened while it is built must not stay in its
	// freed room all the same.
	building = url.Values{
		"_txlock": {"immediate"},
		"_pragma": {"journal_mode(OFF)", "synchronous(OFF)", "secure_delete(ON)", "cache_size(-131072)", "temp_store(MEMORY)"},
	}
	looking = url.Values{
		"mode":    {"rw"},
		"_pragma": {"busy_timeout(10000)", "query_only(1)", "cache_size(-16384)", "temp_store(MEMORY)", "mmap_size(268435456)"},
	}
)

func openFile(path string, parameters url.Values) (*sql.DB, error) {
	db, err := sqlitefile.Open(path, parameters)
	if err != nil {
		return nil, fmt.Errorf("view: %w", err)
	}
	return db, nil
}

// identity is what a view's file says about itself.
type identity struct {
	schema int
	scope  string
	pack   string // hash of the law pack that its findings come from
	ledger string // name of the ledger that it was folded from
	seq    int64  // last entry that is in it
	shown  int64  // last entry of those that can have changed what reads see
	chain  string // chain of that entry, hexadecimal
	tree   ledger.Tree
	public counted
}

func readIdentity(ctx context.Context, db querier) (identity, error) {
	values := map[string]string{}
	err := each(ctx, db, func(row *sql.Rows) error {
		var name, value string
		err := row.Scan(&name, &value)
		values[name] = value
		return err
	}, `SELECT name, value FROM meta`)
	if err != nil {
		return identity{}, err
	}
	id := identity{scope: values["scope"], pack: values["pack"], ledger: values["ledger"], chain: values["chain"]}
	id.schema, _ = strconv.Atoi(values["schema"]) // 0 is no version, so a wrong value is seen as such
	if id.seq, err = strconv.ParseInt(values["seq"], 10, 64); err != nil {
		return id, errors.Join(ErrDamaged, fmt.Errorf("meta has no number of the last entry: %w", err))
	}
	if id.shown, err = strconv.ParseInt(values["shown"], 10, 64); err != nil || id.shown > id.seq {
		return id, errors.Join(ErrDamaged, fmt.Errorf("meta has no number of the last entry that shows: %w", err))
	}
	if err := id.tree.UnmarshalText([]byte(values["tree"])); err != nil || id.tree.Size() != id.seq {
		return id, errors.Join(ErrDamaged, fmt.Errorf("meta has no tree over %d entries", id.seq), err)
	}
	if err := id.public.UnmarshalText([]byte(values["public"])); err != nil || id.public.last > id.seq || id.public.tree.Size() > id.public.last {
		return id, errors.Join(ErrDamaged, errors.New("meta has no count of what is public"), err)
	}
	return id, nil
}

// begin makes the tables of an empty view, all or none; a bare one still lacks the
// indices that can be made when everything is there.
func begin(ctx context.Context, db *sql.DB, id identity, bare bool) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("view: begin a new file: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // after a commit this does nothing
	for _, statement := range schema() {
		if bare && isIndex(statement) {
			continue
		}
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("view: %s: %w", firstWords(statement), err)
		}
	}
	// A batch fits into the index's own memory, so that it makes one segment.
	for _, index := range []string{"search", "search_names"} {
		if _, err := tx.ExecContext(ctx, "INSERT INTO "+index+" ("+index+", rank) VALUES ('hashsize', 16777216)"); err != nil {
			return fmt.Errorf("view: set up the index %s: %w", index, err)
		}
	}
	for name, value := range map[string]string{"schema": strconv.Itoa(id.schema), "scope": id.scope, "pack": id.pack,
		"ledger": id.ledger, "seq": "0", "shown": "0", "chain": "", "tree": "0", "public": "0 0", "erased": "0"} {
		if _, err := tx.ExecContext(ctx, setMetaSQL, name, value); err != nil {
			return fmt.Errorf("view: write %s: %w", name, err)
		}
	}
	return tx.Commit()
}

// touch reads the first page of every table, which finds a file that is no
// longer what its header says.
func touchTables(ctx context.Context, db querier) error {
	names, err := texts(ctx, db, `SELECT name FROM sqlite_schema WHERE type = 'table'`)
	if err != nil {
		return err
	}
	for _, name := range names {
		var one int
		err := db.QueryRowContext(ctx, `SELECT 1 FROM "`+name+`" LIMIT 1`).Scan(&one)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("table %s: %w", name, err)
		}
	}
	return nil
}

// removeFile removes a view's file and what lies beside it. The seal goes first, so
// that it is never that of another file.
func removeFile(path string) error {
	for _, name := range []string{sealPath(path), sealPath(path) + ".new"} {
		if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("view: remove %s: %w", name, err)
		}
	}
	if err := sqlitefile.Remove(path); err != nil {
		return fmt.Errorf("view: remove %s: %w", path, err)
	}
	return nil
}

// replaceFile gives a finished file its name.
func replaceFile(from, to string) error {
	if err := removeFile(to); err != nil {
		return err
	}
	if err := disk.Replace(from, to); err != nil {
		return fmt.Errorf("view: put the new file in place: %w", err)
	}
	return nil
}

// private makes sure that a file is there and that only this user can read it: it
// may hold drafts.
func private(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, disk.PrivateFile)
	if err != nil {
		return fmt.Errorf("view: open %s: %w", path, troubled(path, err))
	}
	return errors.Join(file.Close(), os.Chmod(path, disk.PrivateFile))
}

// troubled adds why a file cannot be opened where that is not the file's fault.
func troubled(path string, err error) error {
	if why := sqlitefile.Trouble(path, err); why != "" {
		return fmt.Errorf("%s: %w", why, err)
	}
	return err
}

// isDamage reports whether an error says that the file is not what was written.
func isDamage(err error) bool {
	if errors.Is(err, ErrDamaged) || errors.Is(err, errPacked) || sqlitefile.Damaged(err) {
		return true
	}
	var e *sqlite.Error
	if !errors.As(err, &e) || e.Code()&0xff != sqlite3.SQLITE_ERROR {
		return false
	}
	return strings.Contains(e.Error(), "no such table") || strings.Contains(e.Error(), "malformed") || strings.Contains(e.Error(), "no such column")
}
