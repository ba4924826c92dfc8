package webhook

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"fener/internal/sqlitefile"
)

// FileName is the file in a data folder that holds the addresses, their secrets, and how far each has been told.
const FileName = "webhooks.db"

// Most is how many addresses there may be.
const Most = 20

// MostAddress is how long one may be, in bytes.
const MostAddress = 500

const schema = `CREATE TABLE IF NOT EXISTS hook (
	id TEXT PRIMARY KEY, address TEXT NOT NULL, secret TEXT NOT NULL, by TEXT NOT NULL, created TEXT NOT NULL, position INTEGER NOT NULL,
	message TEXT NOT NULL DEFAULT '', body BLOB NOT NULL DEFAULT x'', upto INTEGER NOT NULL DEFAULT 0,
	tries INTEGER NOT NULL DEFAULT 0, failing TEXT NOT NULL DEFAULT '', next TEXT NOT NULL DEFAULT '', answered TEXT NOT NULL DEFAULT '',
	failure TEXT NOT NULL DEFAULT '', detail TEXT NOT NULL DEFAULT '', stopped TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID`

// A Failure is why a message was not taken, as one of these words.
type Failure string

// Failures.
const (
	Unreachable Failure = "unreachable" // no connection, or not a secure one
	Inside      Failure = "inside"      // the address is of a network that is not the internet
	Slow        Failure = "slow"        // no answer in time
	Elsewhere   Failure = "elsewhere"   // it sends us on to somewhere else
	Refused     Failure = "refused"     // an answer that does not say that it was taken
	Ended       Failure = "ended"       // 410: it wants nothing more
)

// Failures are all of them.
var Failures = []Failure{Unreachable, Inside, Slow, Elsewhere, Refused, Ended}

// A Hook is one address that is told of changes.
type Hook struct {
	ID, Address, By string
	Created         time.Time
	Position        int64     // up to where it has been told
	Tries           int       // of the message that waits now
	Failing         time.Time // since when that one fails; zero: it does not
	Next            time.Time // when it is tried again
	Answered        time.Time // when a message was last taken; zero: never
	Failure         Failure   // of the last try
	Detail          string    // such as the status of the answer
	Stopped         time.Time // zero: it is told

	secret  string
	message string // the id of the message that waits; empty: none does
	body    []byte
	upto    int64
}

// ErrAddress says that nothing can be told to an address: errors of Add match it.
var ErrAddress = errors.New("webhook: no address to which messages can be sent")

// ErrMany says that there are as many addresses as there may be.
var ErrMany = errors.New("webhook: as many addresses as there may be")

// ErrNone says that there is no such hook.
var ErrNone = errors.New("webhook: there is none")

// A Store holds the hooks of a data folder.
type Store struct {
	db       *sql.DB
	now      func() time.Time
	loopback bool

	mu   sync.Mutex
	woke chan struct{} // closed when something is to be looked at anew
}

// Open opens the file, which it makes where there is none, closed to all other users. loopback also takes addresses of this machine, without TLS: for tests.
func Open(ctx context.Context, path string, now func() time.Time, loopback bool) (*Store, error) {
	db, err := sqlitefile.OpenPrivate(ctx, path, schema, "synchronous(FULL)")
	if err != nil {
		return nil, fmt.Errorf("opening who is told of changes: %w", err)
	}
	return &Store{db: db, now: now, loopback: loopback, woke: make(chan struct{})}, nil
}

// Close closes the file.
func (s *Store) Close() error { return s.db.Close() }

// changed is closed when an address is added or told again.
func (s *Store) changed() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.woke
}

func (s *Store) wake() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.woke)
	s.woke = make(chan struct{})
}

// parse reads an address to which messages can be sent.
func (s *Store) parse(address string) (string, error) {
	address = strings.TrimSpace(address)
	u, err := url.Parse(address)
	switch {
	case err != nil || len(address) > MostAddress:
		return "", fmt.Errorf("%w: it cannot be read, or has more than %d bytes", ErrAddress, MostAddress)
	case u.Scheme != "https" && !(s.loopback && u.Scheme == "http"):
		return "", fmt.Errorf("%w: it does not begin with https://", ErrAddress)
	case u.Hostname() == "" || u.User != nil || u.Fragment != "" || u.Opaque != "":
		return "", fmt.Errorf("%w: it has no host, or a name and password, or a fragment", ErrAddress)
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && s.guard(ip, u.Port()) != nil { // a name is looked at when it is dialled
		return "", fmt.Errorf("%w: it is of a network that is not the internet", ErrAddress)
	}
	return u.String(), nil
}

// Add registers an address, which is told what comes after a position, and first that it was registered. The secret by which its receiver knows our messages is
// given once, and stands in the file after that.
func (s *Store) Add(ctx context.Context, address, by string, position int64) (h *Hook, secret string, err error) {
	if address, err = s.parse(address); err != nil {
		return nil, "", err
	}
	var id [8]byte
	var key [32]byte
	_, _ = rand.Read(id[:]) // never fails
	_, _ = rand.Read(key[:])
	h = &Hook{ID: hex.EncodeToString(id[:]), Address: address, By: by, Created: s.now().UTC(), Position: position, secret: "whsec_" + base64.StdEncoding.EncodeToString(key[:])}
	h.message, h.upto = h.messageID(position)+"_hello", position
	if h.body, err = hello(h.Created, position); err != nil {
		return nil, "", err
	}
	done, err := s.db.ExecContext(ctx, `INSERT INTO hook (id, address, secret, by, created, position, message, body, upto) SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9 WHERE (SELECT count(*) FROM hook) < $10`,
		h.ID, h.Address, h.secret, h.By, sqlitefile.FormatTime(h.Created), h.Position, h.message, h.body, h.upto, Most)
	if err != nil {
		return nil, "", fmt.Errorf("registering an address: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return nil, "", errors.Join(ErrMany, err)
	}
	s.wake()
	return h, h.secret, nil
}

// messageID is the id of the message that tells up to a position; each try of it has the same.
func (h *Hook) messageID(upto int64) string { return fmt.Sprintf("msg_%s_%d", h.ID, upto) }

// Remove takes an address out.
func (s *Store) Remove(ctx context.Context, id string) error {
	return s.change(ctx, `DELETE FROM hook WHERE id = $1`, id)
}

// Resume tells an address again that was stopped or waits; what it missed comes first.
func (s *Store) Resume(ctx context.Context, id string) error {
	if err := s.change(ctx, `UPDATE hook SET stopped = '', failing = '', next = '', tries = 0 WHERE id = $1`, id); err != nil {
		return err
	}
	s.wake()
	return nil
}

func (s *Store) change(ctx context.Context, query string, args ...any) error {
	done, err := s.db.ExecContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("changing who is told of changes: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(ErrNone, err)
	}
	return nil
}

// hook is one of them as it stands now; nil where it was removed.
func (s *Store) hook(ctx context.Context, id string) (*Hook, error) {
	list, err := s.Hooks(ctx)
	if at := slices.IndexFunc(list, func(h *Hook) bool { return h.ID == id }); at >= 0 {
		return list[at], err
	}
	return nil, err
}

// Hooks are all of them, the oldest first.
func (s *Store) Hooks(ctx context.Context) (list []*Hook, err error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, address, secret, by, created, position, message, body, upto, tries, failing, next, answered, failure, detail, stopped FROM hook ORDER BY created, id`)
	if err != nil {
		return nil, fmt.Errorf("reading who is told of changes: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var h Hook
		var created, failing, next, answered, stopped string
		if err := rows.Scan(&h.ID, &h.Address, &h.secret, &h.By, &created, &h.Position, &h.message, &h.body, &h.upto, &h.Tries, &failing, &next, &answered, &h.Failure, &h.Detail, &stopped); err != nil {
			return nil, fmt.Errorf("reading who is told of changes: %w", err)
		}
		for _, t := range []struct {
			text string
			at   *time.Time
		}{{created, &h.Created}, {failing, &h.Failing}, {next, &h.Next}, {answered, &h.Answered}, {stopped, &h.Stopped}} {
			if t.text == "" {
				continue
			}
			if *t.at, err = sqlitefile.ParseTime(t.text); err != nil {
				return nil, fmt.Errorf("reading who is told of changes: %w", err)
			}
		}
		list = append(list, &h)
	}
	return list, rows.Err()
}

// prepare writes down the message that is sent next, before it is sent.
func (s *Store) prepare(ctx context.Context, h *Hook) error {
	return s.change(ctx, `UPDATE hook SET message = $2, body = $3, upto = $4, tries = 0, failing = '', next = '' WHERE id = $1 AND message = '' AND position = $5`, h.ID, h.message, h.body, h.upto, h.Position)
}

// taken notes that the message was taken.
func (s *Store) taken(ctx context.Context, h *Hook) error {
	return s.change(ctx, `UPDATE hook SET position = upto, message = '', body = x'', tries = 0, failing = '', next = '', failure = '', detail = '', answered = $2 WHERE id = $1 AND message = $3`, h.ID, sqlitefile.FormatTime(s.now()), h.message)
}

// failed notes that it was not.
func (s *Store) failed(ctx context.Context, h *Hook) error {
	stopped := ""
	if !h.Stopped.IsZero() {
		stopped = sqlitefile.FormatTime(h.Stopped)
	}
	return s.change(ctx, `UPDATE hook SET tries = $2, failing = $3, next = $4, failure = $5, detail = $6, stopped = $7 WHERE id = $1 AND message = $8`,
		h.ID, h.Tries, sqlitefile.FormatTime(h.Failing), sqlitefile.FormatTime(h.Next), string(h.Failure), h.Detail, stopped, h.message)
}
