package sqlitefile

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"

	"fener/internal/disk"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Open opens a SQLite file with parameters of the driver. Nothing is read before
// the first query.
func Open(path string, parameters url.Values) (*sql.DB, error) {
	address, err := disk.Address(path, parameters)
	if err != nil {
		return nil, fmt.Errorf("finding %s: %w", path, err)
	}
	db, err := sql.Open("sqlite", address)
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", path, err)
	}
	return db, nil
}

// OpenPrivate opens a small file that is closed to all other users, which it makes where there is none, and runs what makes its tables. It has one connection,
// which keeps what is done in order.
func OpenPrivate(ctx context.Context, path, schema string, pragmas ...string) (*sql.DB, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, disk.PrivateFile)
	if err != nil {
		return nil, fmt.Errorf("making %s: %w", path, err)
	}
	if err := errors.Join(f.Chmod(disk.PrivateFile), f.Close()); err != nil {
		return nil, fmt.Errorf("closing %s to others: %w", path, err)
	}
	db, err := Open(path, url.Values{"_pragma": append([]string{"journal_mode(WAL)", "busy_timeout(5000)", "secure_delete(1)"}, pragmas...), "_txlock": {"immediate"}})
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	if err := makeTables(ctx, db, schema); err != nil {
		return nil, errors.Join(fmt.Errorf("making the tables of %s: %w", path, err), db.Close())
	}
	return db, nil
}

// makeTables makes all tables or none, so that a stop in the middle leaves a file with nothing in it.
func makeTables(ctx context.Context, db *sql.DB, schema string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, schema); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// CopyPrivate copies a small file, also while it is in use, into one that is not there yet, and then does something to the copy; it does nothing where there is no file, also where a stop came before its tables were made.
func CopyPrivate(ctx context.Context, from, to, then string) (err error) {
	if _, err := os.Stat(from); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	db, err := Open(from, url.Values{"_pragma": {"busy_timeout(5000)"}, "mode": {"ro"}})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if blank, err := Blank(ctx, db); err != nil || blank {
		return err
	}
	if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, to); err != nil {
		return fmt.Errorf("copying %s: %w", from, err)
	}
	return errors.Join(Change(ctx, to, then), os.Chmod(to, disk.PrivateFile))
}

// Change does something to a small file that is not in use; nothing of what it removes stays in it.
func Change(ctx context.Context, path, do string) error {
	db, err := Open(path, url.Values{"_pragma": {"secure_delete(1)"}})
	if err != nil {
		return err
	}
	if _, err = db.ExecContext(ctx, do); err != nil {
		err = fmt.Errorf("changing %s: %w", path, err)
	}
	return errors.Join(err, db.Close())
}

// Blank reports whether a file holds no table: a stop came between its making and that of its tables.
func Blank(ctx context.Context, db *sql.DB) (bool, error) {
	var n int
	if err := db.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema`).Scan(&n); err != nil {
		return false, fmt.Errorf("looking for tables: %w", err)
	}
	return n == 0, nil
}

// Where SQLite's file format has what is read of a file before SQLite opens it,
// in bytes from its beginning.
const (
	magic           = "SQLite format 3\x00"
	pageSizeAt      = 16
	pageCountAt     = 28
	applicationIDAt = 68
	headerSize      = 100
)

// A CutError says that a file is shorter than it must be.
type CutError struct {
	Has, Want int64 // bytes; Want is 0 where not even the header is whole
}

func (e *CutError) Error() string {
	if e.Want == 0 {
		return fmt.Sprintf("it has only %d bytes, so it was cut off", e.Has)
	}
	return fmt.Sprintf("it has %d of its %d bytes, so it was cut off", e.Has, e.Want)
}

// ErrNotSQLite says that a file does not begin as one of SQLite's.
var ErrNotSQLite = errors.New("it does not begin as a SQLite file")

// Look checks, before SQLite opens it, that a file begins as one of SQLite's and
// is as long as its header says, and returns the mark of the program it belongs
// to. That finds most of what a full disk or a broken copy leaves; the rest shows
// when it is read. While there is a log the length may differ, and SQLite looks
// after it.
//
// Errors: CutError, ErrNotSQLite, and those of opening and reading.
func Look(path string) (applicationID uint32, err error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	var header [headerSize]byte
	n, err := io.ReadFull(file, header[:])
	switch {
	case err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF):
		return 0, err
	case n < len(header):
		return 0, &CutError{Has: int64(n)}
	case !strings.HasPrefix(string(header[:]), magic):
		return 0, ErrNotSQLite
	}
	applicationID = binary.BigEndian.Uint32(header[applicationIDAt:])
	if log, err := os.Stat(path + "-wal"); err == nil && log.Size() > 0 {
		return applicationID, nil
	}
	info, err := file.Stat()
	if err != nil {
		return 0, err
	}
	page := int64(binary.BigEndian.Uint16(header[pageSizeAt:]))
	if page == 1 { // so the file format writes 65536
		page = 65536
	}
	if want := page * int64(binary.BigEndian.Uint32(header[pageCountAt:])); info.Size() < want {
		return applicationID, &CutError{Has: info.Size(), Want: want}
	}
	return applicationID, nil
}

// Remove removes a SQLite file and whatever stands beside it. The file goes before
// its log: without its log it may be torn, while a log without its file is known
// for what it is. What is not there is no error.
func Remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	var errs []error
	for _, suffix := range []string{"-wal", "-shm", "-journal"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// EmptyLog folds SQLite's write-ahead log into the file and cuts it to nothing;
// done is false where a reader holds it.
func EmptyLog(ctx context.Context, db RowQuerier) (done bool, err error) {
	var busy, frames, moved int
	if err := db.QueryRowContext(ctx, "PRAGMA main.wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &moved); err != nil {
		return false, err
	}
	return busy == 0, nil
}

// A RowQuerier is a database or a connection.
type RowQuerier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// Damaged reports whether an error of SQLite says that the file is not what was
// written.
func Damaged(err error) bool {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT:
		return true
	}
	return e.Code() == sqlite3.SQLITE_IOERR_SHORT_READ
}
