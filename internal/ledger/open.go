package ledger

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"sync"
	"time"

	"fener/internal/postgres"
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

	// Folder is the data folder of a node whose ledger lies in a database; it is taken for this
	// process. Empty: none is.
	Folder string

	Create   bool          // begin a ledger where there is none, with its folder
	ReadOnly bool          // take no lock, append nothing; another process may write meanwhile
	Poll     time.Duration // how often Follow looks for entries of another process; 0 means one second
}

// Store is a Ledger in a database: a SQLite file in a data folder, which one process at a
// time may write to, or PostgreSQL, to which any number may.
type Store struct {
	opts   Options
	engine engine
	writer *sql.DB // nil when reading only
	reader *sql.DB

	closing sync.Once
	closed  chan struct{} // closed by Close

	bell sqlitefile.Bell // rung after each commit
	join joining         // appends to a database that wait to be written together
	turn chan struct{}   // full while somebody in this process appends
}

var _ Ledger = (*Store)(nil)

// Open opens the ledger in a place, a data folder or the address of a database of PostgreSQL,
// brings it to the current form if it has an older one, and checks that it ends where it says
// it ends.
//
// Errors: ErrNoLedger (and Create is not set), ErrInUse, ErrFolder, ErrDamaged,
// ErrNewer, ErrFull, of a database ErrAway; for reading only also ErrOlder. None of them
// changes the ledger.
func Open(ctx context.Context, place string, opts Options) (*Store, error) {
	if opts.Poll <= 0 {
		opts.Poll = time.Second
	}
	if opts.Rand != nil {
		opts.Rand = &sharedReader{source: opts.Rand}
	}
	if !opts.ReadOnly && (opts.Now == nil || opts.Rand == nil) {
		return nil, errors.New("ledger: Options.Now and Options.Rand are needed for writing")
	}
	l := &Store{opts: opts, closed: make(chan struct{}), turn: make(chan struct{}, 1)}
	if postgres.IsAddress(place) {
		d, err := openDatabase(ctx, place, opts)
		if err != nil {
			return nil, err
		}
		l.engine, l.reader = d, d.db
		if !opts.ReadOnly {
			l.writer = d.db
		}
		d.listen(l.bell.Ring)
		return l, nil
	}
	f, err := openFolder(ctx, place, opts)
	if err != nil {
		return nil, err
	}
	l.engine, l.writer, l.reader = f, f.writer, f.reader
	return l, nil
}

func (l *Store) path() string { return l.engine.place() }

// Present reports whether what was opened is still there: a file that was removed or replaced can be
// read and written to the end by who has it open, and everything that is written is lost.
func (l *Store) Present() error { return l.engine.present() }

// Shared reports whether other processes may append too, so that nobody has the ledger for itself.
func (l *Store) Shared() bool {
	_, shared := l.engine.(*databaseEngine)
	return shared
}

// Close ends followers, folds what is in SQLite's log into the file and lets go of the folder.
// Closing again does nothing.
func (l *Store) Close() error {
	var err error
	l.closing.Do(func() {
		close(l.closed)
		err = l.engine.close()
	})
	return err
}

// checkEnd compares the end that is written down with the last entry. It is the
// part of Verify that is cheap enough for every start.
func checkEnd(ctx context.Context, db *sql.DB, e engine) error {
	head, err := readHead(ctx, db, e)
	if err != nil {
		return e.explain(err, "reading the end of the ledger")
	}
	var seq int64
	chain := []byte(nil)
	err = db.QueryRowContext(ctx, lastEntrySQL).Scan(&seq, &chain)
	if errors.Is(err, sql.ErrNoRows) {
		genesis := Genesis(head.Ledger)
		seq, chain, err = 0, genesis[:], nil
	}
	if err != nil {
		return e.explain(err, "reading the last entry")
	}
	if seq != head.Seq || string(chain) != string(head.Chain[:]) {
		return faultf(ErrDamaged, nil, "%s: it should end with entry %d, but its last entry is %d or was altered; it was left as it is: look at it with fener ledger verify, or restore a backup", e.place(), head.Seq, seq)
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
