package ledger

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"fener/internal/sqlitefile"
)

// FileName is the ledger's file in a data folder.
const FileName = "ledger.db"

// Options are what a ledger takes from outside. Now and Rand are required for
// writing; the zero value of the rest is the careful choice.
type Options struct {
	Now   func() time.Time // the clock that dates entries
	Built time.Time        // when the program was built, if that is known: no entry can be older
	Rand  io.Reader        // a cryptographic source: it draws salts and the ledger's name

	// Key makes the ids of a ledger that is begun; nil draws one. A key that is
	// known to others lets them test guesses.
	Key *IDKey

	Create   bool          // begin a ledger where there is none, with its folder
	ReadOnly bool          // take no lock, append nothing; another process may write meanwhile
	Poll     time.Duration // how often Follow looks for entries of another process; 0 means one second
}

// SQLite is a Ledger in one SQLite file. One process at a time may write.
type SQLite struct {
	dir    string
	opts   Options
	lock   *folderLock // nil when reading only
	writer *sql.DB     // one connection, nil when reading only
	reader *sql.DB
	made   atomic.Int64 // version of the tables when they were last looked at

	touched time.Time   // when the file was last written before it was opened
	file    os.FileInfo // the file that was opened, as the system knows it
	locked  os.FileInfo // and that of the lock; nil when reading only

	closing sync.Once
	closed  chan struct{} // closed by Close

	bell sqlitefile.Bell // rung after each commit
}

var _ Ledger = (*SQLite)(nil)

// Open opens the ledger in a data folder, brings it to the current form if it
// has an older one, and checks that it ends where it says it ends.
//
// Errors: ErrNoLedger (and Create is not set), ErrInUse, ErrFolder, ErrDamaged,
// ErrNewer, ErrFull; for reading only also ErrOlder. None of them changes the file.
func Open(ctx context.Context, dir string, opts Options) (*SQLite, error) {
	if opts.Poll <= 0 {
		opts.Poll = time.Second
	}
	l := &SQLite{dir: dir, opts: opts, closed: make(chan struct{})}
	if opts.Rand != nil {
		l.opts.Rand = &sharedReader{source: opts.Rand}
	}
	open := l.openForWriting
	if opts.ReadOnly {
		open = l.openForReading
	}
	if err := open(ctx); err != nil {
		return nil, errors.Join(err, l.release())
	}
	return l, nil
}

func (l *SQLite) path() string { return filepath.Join(l.dir, FileName) }

func (l *SQLite) openForWriting(ctx context.Context) (err error) {
	if l.opts.Now == nil || l.opts.Rand == nil {
		return errors.New("ledger: Options.Now and Options.Rand are needed for writing")
	}
	if l.opts.Create {
		if err := makeFolder(l.dir); err != nil {
			return faultf(ErrFolder, err, "making the folder %s", l.dir)
		}
	}
	if err := refuseLinks(l.dir); err != nil {
		return err
	}
	l.touched = timeOf(l.path())
	if l.lock, err = lockFolder(l.dir); err != nil {
		return err
	}
	if l.locked, err = os.Lstat(filepath.Join(l.dir, lockName)); err != nil {
		return faultf(ErrFolder, err, "looking at the lock of %s", l.dir)
	}
	closeToOthers(l.dir)
	if err := l.createIfAsked(ctx); err != nil {
		return err
	}
	if err := checkHeader(l.path()); err != nil {
		return err
	}
	if l.writer, err = openFile(l.path(), forWriting); err != nil {
		return err
	}
	if err := migrate(ctx, l.writer, l.path()); err != nil {
		return err
	}
	if err := checkMade(ctx, l.writer, l.path()); err != nil {
		return err
	}
	if err := l.giveKey(ctx); err != nil {
		return err
	}
	// What a killed process left in the log goes into the file now.
	if err := emptyLog(ctx, l.writer, l.path()); err != nil {
		return err
	}
	if l.reader, err = openFile(l.path(), forReading); err != nil {
		return err
	}
	return l.checkOpened(ctx)
}

func (l *SQLite) openForReading(ctx context.Context) (err error) {
	if l.reader, err = openChecked(ctx, l.path(), forReading); err != nil {
		return err
	}
	if err := checkMade(ctx, l.reader, l.path()); err != nil {
		return err
	}
	return l.checkOpened(ctx)
}

// checkOpened ends opening: it notes which file was opened and looks at its end.
func (l *SQLite) checkOpened(ctx context.Context) (err error) {
	if l.file, err = os.Stat(l.path()); err != nil {
		return faultf(ErrFolder, err, "looking at %s", l.path())
	}
	return checkEnd(ctx, l.reader, l.path())
}

// Close ends followers, folds the log into the file and lets go of the folder.
// Closing again does nothing.
func (l *SQLite) Close() error {
	var err error
	l.closing.Do(func() {
		close(l.closed)
		err = l.release()
	})
	return err
}

// release closes whatever was opened. The lock goes last, so that the next
// process finds the file at rest.
func (l *SQLite) release() error {
	var errs []error
	if l.reader != nil {
		errs = append(errs, explain(l.reader.Close(), l.path(), "closing it"))
	}
	if l.writer != nil {
		errs = append(errs, explain(l.writer.Close(), l.path(), "closing it"))
	}
	if l.lock != nil {
		errs = append(errs, l.lock.release())
	}
	return errors.Join(errs...)
}

// checkEnd compares the end that is written down with the last entry. It is the
// part of Verify that is cheap enough for every start.
func checkEnd(ctx context.Context, db *sql.DB, path string) error {
	head, err := readHead(ctx, db, path)
	if err != nil {
		return explain(err, path, "reading the end of the ledger")
	}
	var seq int64
	chain := []byte(nil)
	err = db.QueryRowContext(ctx, lastEntrySQL).Scan(&seq, &chain)
	if errors.Is(err, sql.ErrNoRows) {
		genesis := Genesis(head.Ledger)
		seq, chain, err = 0, genesis[:], nil
	}
	if err != nil {
		return explain(err, path, "reading the last entry")
	}
	if seq != head.Seq || string(chain) != string(head.Chain[:]) {
		return faultf(ErrDamaged, nil, "%s: it should end with entry %d, but its last entry is %d or was altered; it was left as it is: look at it with fener ledger verify, or restore a backup", path, head.Seq, seq)
	}
	return nil
}

// A sharedReader lets several appends draw from a source that is made for one
// reader at a time.
type sharedReader struct {
	mu     sync.Mutex
	source io.Reader
}

func (r *sharedReader) Read(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.source.Read(p)
}
