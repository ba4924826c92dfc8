package ledger

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"

	"fener/internal/disk"
	"fener/internal/sqlitefile"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// applicationID marks a SQLite file as a ledger of Fener ("Fenr" in ASCII), at
// the place that SQLite's file format has for it.
const applicationID = 0x46656e72

// maxReaders bounds the connections for reading, each with a cache of its own.
// Nobody holds one while it waits for something else.
const maxReaders = 8

// A fileMode says what a file is opened for.
type fileMode int

const (
	forWriting fileMode = iota
	forReading
	forCopying  // to be read by the one that writes a copy elsewhere
	forBuilding // a new file that is moved into place when it is whole
	forLooking  // a file at rest that must not be touched, nor anything be put beside it
)

// parameters are those of the driver for each mode. A transaction for writing
// takes the lock when it begins: one that takes it later can fail in spite of
// any waiting. secure_delete overwrites with zeros what an erasure frees.
var parameters = map[fileMode]url.Values{
	forWriting: {
		"mode":    {"rw"},
		"_txlock": {"immediate"},
		"_pragma": {"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "secure_delete(1)", "cache_size(-32768)", "wal_autocheckpoint(4000)", "journal_size_limit(67108864)"},
	},
	forReading: {
		"mode":    {"rw"}, // so that a log left by a killed process can be read
		"_pragma": {"busy_timeout(10000)", "query_only(1)", "cache_size(-8192)"},
	},
	forCopying: {"mode": {"rw"}}, // as for reading
	forBuilding: {
		"mode":    {"rw"}, // the file is there, and is this user's alone
		"_txlock": {"immediate"},
		"_pragma": {"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)"},
	},
	forLooking: {
		"mode":      {"ro"},
		"immutable": {"1"},
		"_pragma":   {"query_only(1)", "cache_size(-8192)"},
	},
}

// openFile opens a SQLite file. Nothing is read before the first query.
func openFile(path string, mode fileMode) (*sql.DB, error) {
	db, err := sqlitefile.Open(path, parameters[mode])
	if err != nil {
		return nil, faultf(ErrFolder, err, "%s cannot be opened", path)
	}
	if mode == forReading {
		db.SetMaxOpenConns(maxReaders)
		db.SetMaxIdleConns(maxReaders)
	} else {
		db.SetMaxOpenConns(1)
	}
	return db, nil
}

// checkHeader looks at the first bytes of a file, before SQLite does, to say
// plainly what is wrong with one that is no ledger.
func checkHeader(path string) error {
	const restore = "it was left as it is: restore a backup (fener restore)"
	mark, err := sqlitefile.Look(path)
	var cut *sqlitefile.CutError
	var opening *os.PathError
	switch {
	case err == nil && mark == applicationID:
		return nil
	case errors.Is(err, os.ErrNotExist):
		return faultf(ErrNoLedger, nil, "there is no %s; begin a ledger there first (fener init)", path)
	case errors.As(err, &cut) && cut.Want == 0:
		return faultf(ErrDamaged, nil, "%s has only %d bytes, so it was cut off; %s", path, cut.Has, restore)
	case errors.Is(err, sqlitefile.ErrNotSQLite):
		return faultf(ErrDamaged, nil, "%s is no ledger (it does not begin as a SQLite file); %s", path, restore)
	case mark != applicationID && (err == nil || errors.As(err, &cut)):
		return faultf(ErrDamaged, nil, "%s is a SQLite file, but no ledger of Fener; it was left as it is", path)
	case errors.As(err, &cut):
		return faultf(ErrDamaged, nil, "%s has %d of its %d bytes, so it was cut off; %s", path, cut.Has, cut.Want, restore)
	case errors.As(err, &opening) && opening.Op == "open":
		return cannotOpen(path, err)
	}
	return faultf(ErrFolder, err, "reading %s", path)
}

// cannotOpen says why a file cannot be opened.
func cannotOpen(path string, err error) error {
	if why := sqlitefile.Trouble(path, err); why != "" {
		return faultf(ErrFolder, err, "%s cannot be opened: %s", path, why)
	}
	return faultf(ErrFolder, err, "%s cannot be opened; its folder must be one that this user may write to", path)
}

// explain ties a driver's error to one of the package's kinds and says what to
// do about it. Errors that are explained already, and those of a context that is
// done, pass unchanged.
func explain(err error, path, doing string) error {
	var known *fault
	if err == nil || errors.As(err, &known) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	var driver *sqlite.Error
	if !errors.As(err, &driver) {
		return faultf(nil, err, "%s: %s", path, doing)
	}
	if driver.Code() == sqlite3.SQLITE_IOERR_SHMSIZE { // 32 kB that every process makes beside the file, also to read
		return faultf(ErrFull, err, "%s: %s: the disk is full, and even reading needs a little space beside the file; nothing was lost: free some space and try again", path, doing)
	}
	switch driver.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		return faultf(ErrFull, err, "%s: %s: the disk is full; nothing of it was kept: free some space and try again", path, doing)
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return faultf(ErrDamaged, err, "%s: %s: the file is damaged or was cut off; it was left as it is: restore a backup (fener restore)", path, doing)
	case sqlite3.SQLITE_CANTOPEN:
		if why := sqlitefile.Trouble(path, err); why != "" {
			return faultf(ErrFolder, err, "%s: %s: %s", path, doing, why)
		}
		fallthrough
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		return faultf(ErrFolder, err, "%s: %s: the file and its folder must be writable by this user", path, doing)
	case sqlite3.SQLITE_IOERR:
		return faultf(ErrFolder, err, "%s: %s: the disk reports an error; nothing of it was kept", path, doing)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return faultf(ErrInUse, err, "%s: %s: another program holds the file", path, doing)
	}
	return faultf(nil, err, "%s: %s", path, doing)
}

// emptyLog folds SQLite's write-ahead log into the file and cuts it to nothing.
func emptyLog(ctx context.Context, db *sql.DB, path string) error {
	done, err := sqlitefile.EmptyLog(ctx, db)
	if err != nil {
		return explain(err, path, "folding the log into the file")
	}
	if !done {
		return faultf(ErrInUse, nil, "%s: a reader held the log for too long; it could not be folded into the file", path)
	}
	return nil
}

// moveIntoPlace makes a finished file durable under its real name, in one step
// that a crash cannot divide. The caller has seen that the name is free.
func moveIntoPlace(from, to string) error {
	if err := disk.Sync(from); err != nil {
		return err
	}
	return disk.Replace(from, to)
}
