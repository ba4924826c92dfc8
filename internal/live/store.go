package live

import (
	"context"
	"crypto/rand"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"time"

	"fener/internal/postgres"
	"fener/internal/tables"
)

// FileName is the file in a data folder that holds what waits at talks, and what was counted.
const FileName = "talks.db"

// Files are the files of which it is made.
func Files() []string { return []string{FileName, FileName + "-wal", FileName + "-shm"} }

const schema = `
CREATE TABLE IF NOT EXISTS key (one INTEGER PRIMARY KEY CHECK (one = 1), key BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS room (talk TEXT PRIMARY KEY, now INTEGER NOT NULL DEFAULT 0, next INTEGER NOT NULL DEFAULT 0, numbers INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS question (
	seq INTEGER PRIMARY KEY AUTOINCREMENT, talk TEXT NOT NULL, form BLOB NOT NULL UNIQUE, code BLOB NOT NULL, language TEXT NOT NULL, words TEXT NOT NULL, folded BLOB NOT NULL, guest TEXT NOT NULL,
	during INTEGER NOT NULL, day TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '', joined INTEGER NOT NULL DEFAULT 0, n INTEGER NOT NULL DEFAULT 0, id TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX IF NOT EXISTS question_talk ON question (talk, seq);
CREATE INDEX IF NOT EXISTS question_folded ON question (talk, folded);
CREATE INDEX IF NOT EXISTS question_code ON question (code);
CREATE TABLE IF NOT EXISTS support (question INTEGER NOT NULL, ballot BLOB NOT NULL, PRIMARY KEY (question, ballot)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS speaker (
	seq INTEGER PRIMARY KEY AUTOINCREMENT, talk TEXT NOT NULL, n INTEGER NOT NULL, panel INTEGER NOT NULL, name TEXT NOT NULL, ballot BLOB, state TEXT NOT NULL, day TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS speaker_talk ON speaker (talk, seq);
`

//go:embed forms/*.sql
var forms embed.FS

// held is what is kept of talks. In a database whoever writes changes the row of clock first, so that one does after the other and each change has the number after
// the one before.
var held = tables.Room{Name: "talks", Schema: schema, Pragmas: []string{"synchronous(FULL)"}, Forms: tables.Below(forms, "forms")}

// store writes to the file, or the database. What arrives while something is being written is written together after it, and is acknowledged once it is on the disk.
type store struct {
	db     *tables.DB
	writes chan *write
	closed chan struct{}
	ended  chan struct{}
}

type write struct {
	do   func(*sql.Tx) error
	err  error
	done chan struct{}
}

// Carry fills empty tables with what came in at talks elsewhere. Errors: tables.ErrHolds.
func Carry(ctx context.Context, from, to tables.Place) error {
	if err := tables.Carry(ctx, &held, from, to, "key", "room", "question", "support", "speaker"); err != nil {
		return fmt.Errorf("copying what came in at talks: %w", err)
	}
	return nil
}

// writeWithin is how long a database may take to write.
const writeWithin = 30 * time.Second

// mostTogether is how many writes one transaction holds.
const mostTogether = 512

func openStore(ctx context.Context, place tables.Place) (*store, []byte, error) {
	db, err := tables.Open(ctx, place, &held)
	if err != nil {
		return nil, nil, fmt.Errorf("opening what waits at talks: %w", err)
	}
	fresh := make([]byte, 32)
	_, _ = rand.Read(fresh) // never fails
	var key []byte
	if _, err = db.ExecContext(ctx, `INSERT INTO key (one, key) VALUES (1, $1) ON CONFLICT DO NOTHING`, fresh); err == nil {
		err = db.QueryRowContext(ctx, `SELECT key FROM key`).Scan(&key)
	}
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("opening what waits at talks: %w", err), db.Close())
	}
	s := &store{db: db, writes: make(chan *write, mostTogether), closed: make(chan struct{}), ended: make(chan struct{})}
	go s.run()
	return s, key, nil
}

// errClosed says that the node is stopping.
var errClosed = errors.New("live: closed")

// write does something in a transaction and returns when it is durable. What returned an error left nothing.
func (s *store) write(do func(*sql.Tx) error) error {
	w := &write{do: do, done: make(chan struct{})}
	select {
	case s.writes <- w:
	case <-s.closed:
		return errClosed
	}
	select {
	case <-w.done:
		return w.err
	case <-s.ended: // it may have been written just before
		select {
		case <-w.done:
			return w.err
		default:
			return errClosed
		}
	}
}

func (s *store) run() {
	defer close(s.ended)
	for {
		select {
		case w := <-s.writes:
			s.together(w)
		case <-s.closed:
			for {
				select {
				case w := <-s.writes:
					s.together(w)
				default:
					return
				}
			}
		}
	}
}

func (s *store) together(first *write) {
	list := []*write{first}
more:
	for len(list) < mostTogether {
		select {
		case w := <-s.writes:
			list = append(list, w)
		default:
			break more
		}
	}
	err := s.commit(list)
	for _, w := range list {
		if w.err == nil {
			w.err = err
		}
		close(w.done)
	}
}

func (s *store) commit(list []*write) error {
	ctx, cancel := context.WithTimeout(context.Background(), writeWithin)
	defer cancel()
	tx, err := s.db.Begin(ctx)
	if err != nil {
		return fmt.Errorf("writing what came in at a talk: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // after a commit this does nothing
	if s.db.Shared {
		if _, err := tx.Exec(`UPDATE clock SET v = v + 1`); err != nil {
			return fmt.Errorf("writing what came in at a talk: %w", err)
		}
	}
	for _, w := range list {
		if _, err := tx.Exec(`SAVEPOINT one`); err != nil {
			return fmt.Errorf("writing what came in at a talk: %w", err)
		}
		if w.err = w.do(tx); w.err != nil {
			if _, err := tx.Exec(`ROLLBACK TO one`); err != nil {
				return fmt.Errorf("writing what came in at a talk: %w", err)
			}
		}
		if _, err := tx.Exec(`RELEASE one`); err != nil {
			return fmt.Errorf("writing what came in at a talk: %w", err)
		}
	}
	if s.db.Shared {
		if _, err := tx.Exec(postgres.Notify, s.db.Channel()); err != nil {
			return fmt.Errorf("writing what came in at a talk: %w", err)
		}
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("writing what came in at a talk: %w", err)
	}
	return nil
}

func (s *store) close() error {
	close(s.closed)
	<-s.ended
	return s.db.Close()
}
