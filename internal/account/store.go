package account

import (
	"context"
	"crypto/cipher"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"fener/internal/sqlitefile"
	"fener/internal/tables"
	"fener/locale"
)

// FileName is the file in a data folder that holds the accounts.
const FileName = "accounts.db"

const schema = `
CREATE TABLE IF NOT EXISTS accounts (
	id TEXT PRIMARY KEY, login TEXT NOT NULL UNIQUE, name TEXT NOT NULL, roles TEXT NOT NULL, institution TEXT NOT NULL DEFAULT '',
	created TEXT NOT NULL, ended TEXT NOT NULL DEFAULT '',
	password TEXT NOT NULL DEFAULT '', totp TEXT NOT NULL DEFAULT '', totp_step INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS passkeys (
	id TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES accounts(id), name TEXT NOT NULL, body TEXT NOT NULL, created TEXT NOT NULL, used TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE IF NOT EXISTS recovery (digest TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES accounts(id), used TEXT NOT NULL DEFAULT '') STRICT;
CREATE TABLE IF NOT EXISTS invitations (
	digest TEXT PRIMARY KEY, name TEXT NOT NULL, roles TEXT NOT NULL, institution TEXT NOT NULL DEFAULT '', invited_by TEXT NOT NULL, expires TEXT NOT NULL, used TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE IF NOT EXISTS sessions (
	digest TEXT PRIMARY KEY, account TEXT NOT NULL DEFAULT '', body BLOB NOT NULL, expires TEXT NOT NULL, begun TEXT NOT NULL, seen TEXT NOT NULL, device TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE IF NOT EXISTS deeds (n INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, of TEXT NOT NULL DEFAULT '') STRICT;
`

// Errors. Their texts are for the log; pages say them in the reader's language.
var (
	ErrNotFound  = errors.New("account: no such account")
	ErrRefused   = errors.New("account: the name, the password or the code is wrong")
	ErrEnded     = errors.New("account: the account has ended")
	ErrTaken     = errors.New("account: the name for signing in is taken")
	ErrLink      = errors.New("account: the link was used, has expired, or was never given")
	ErrWeak      = errors.New("account: the password is too short, too long or among those that everybody tries")
	ErrName      = errors.New("account: the name is empty or too long, or holds what is no text")
	ErrLastAdmin = errors.New("account: somebody must be left who can invite others")
	ErrUsedCode  = errors.New("account: the code was used already")
)

// Account is somebody who may work at the desk.
type Account struct {
	ID          string // opaque
	Login       string // what they sign in by
	Name        string // by which they answer for entries; it outlives the account
	Roles       []Role
	Institution string // of the role institution: whose answers they give
	Created     time.Time
	Ended       time.Time // zero while it may sign in
	HasPassword bool
	HasTOTP     bool
	LostTOTP    bool // its secret does not open with the key that is here
}

// Is reports whether the account has a role.
func (a *Account) Is(r Role) bool { return slices.Contains(a.Roles, r) }

//go:embed forms/*.sql
var forms embed.FS

// room is what is kept of accounts.
var room = tables.Room{Name: "accounts", Schema: schema, Pragmas: []string{"synchronous(FULL)", "foreign_keys(1)"}, Forms: tables.Below(forms, "forms"), Lock: "accounts"}

// Store is the accounts of a data folder, or of all nodes that share a ledger. Its methods may be called from several goroutines.
type Store struct {
	db   *tables.DB
	now  func() time.Time
	seal cipher.AEAD // of the secrets of authenticators; nil before SealWith
}

// Open opens the accounts in a file, which it makes where there is none, closed to all other users.
func Open(ctx context.Context, path string, now func() time.Time) (*Store, error) {
	return OpenIn(ctx, tables.File(path), now)
}

// OpenIn opens the accounts wherever they lie.
func OpenIn(ctx context.Context, place tables.Place, now func() time.Time) (*Store, error) {
	db, err := tables.Open(ctx, place, &room)
	if err != nil {
		return nil, fmt.Errorf("opening the accounts: %w", err)
	}
	return &Store{db: db, now: now}, nil
}

// Copy copies the accounts of a file, also while they are in use, into a file that is not there yet; it does nothing where there are none, also where a stop came before the tables were made. Sessions are left out:
// whoever puts the copy in place signs in anew.
func Copy(ctx context.Context, from, to string) error {
	if err := sqlitefile.CopyPrivate(ctx, from, to, `DELETE FROM sessions`); err != nil {
		return fmt.Errorf("copying the accounts: %w", err)
	}
	return nil
}

// Copied are the tables that go along where accounts are moved or backed up: all but sessions.
var copied = []string{"accounts", "passkeys", "recovery", "invitations", "deeds"}

// Carry fills empty tables with the accounts that lie elsewhere. Sessions are left out: everybody signs in anew. Errors: tables.ErrHolds.
func Carry(ctx context.Context, from, to tables.Place) error {
	if err := tables.Carry(ctx, &room, from, to, copied...); err != nil {
		return fmt.Errorf("copying the accounts: %w", err)
	}
	return nil
}

// Close closes the file.
func (s *Store) Close() error { return s.db.Close() }

// transact does something in one transaction.
func (s *Store) transact(ctx context.Context, do func(tx *sql.Tx) error) error {
	tx, err := s.db.Begin(ctx)
	if err != nil {
		return fmt.Errorf("account: %w", err)
	}
	if err := do(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("account: %w", err)
	}
	return nil
}

const accountColumns = `id, login, name, roles, institution, created, ended, password <> '', totp`

type row interface{ Scan(...any) error }

func (s *Store) scan(r row) (*Account, error) {
	var a Account
	var roles, created, ended, secret string
	err := r.Scan(&a.ID, &a.Login, &a.Name, &roles, &a.Institution, &created, &ended, &a.HasPassword, &secret)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("account: %w", err)
	}
	if a.HasTOTP = secret != ""; a.HasTOTP && s.seal != nil {
		_, lost := s.opened(authenticator, a.ID, secret)
		a.LostTOTP = lost != nil
	}
	for r := range strings.FieldsSeq(roles) {
		a.Roles = append(a.Roles, Role(r))
	}
	if a.Created, err = sqlitefile.ParseTime(created); err == nil && ended != "" {
		a.Ended, err = sqlitefile.ParseTime(ended)
	}
	return &a, err
}

// Account is the account with an id.
func (s *Store) Account(ctx context.Context, id string) (*Account, error) {
	return s.scan(s.db.QueryRowContext(ctx, `SELECT `+accountColumns+` FROM accounts WHERE id = ?`, id))
}

// Accounts are all accounts by their names, those that have ended too.
func (s *Store) Accounts(ctx context.Context) (list []*Account, err error) {
	rows, err := s.db.QueryContext(ctx, `SELECT `+accountColumns+` FROM accounts ORDER BY name, id`)
	if err != nil {
		return nil, fmt.Errorf("account: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		a, err := s.scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, rows.Err()
}

// login is what somebody signs in by, as it is compared: without marks over letters, in small letters.
func loginOf(text string) string { return strings.Join(strings.Fields(locale.Fold(text)), " ") }

// mostName bounds names, in characters.
const mostName = 80

func goodName(text string) bool {
	return strings.TrimSpace(text) != "" && utf8.ValidString(text) && utf8.RuneCountInString(text) <= mostName && !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f })
}

func joinRoles(roles []Role) (string, error) {
	var words []string
	for _, r := range roles {
		if !slices.Contains(Roles, r) {
			return "", fmt.Errorf("account: %q is no role", r)
		}
		words = append(words, string(r))
	}
	if len(words) == 0 {
		return "", errors.New("account: without a role nothing can be done")
	}
	slices.Sort(words)
	return strings.Join(slices.Compact(words), " "), nil
}

// SetRoles changes what somebody may do. Whoever invites others last cannot lose that.
func (s *Store) SetRoles(ctx context.Context, by, id string, roles []Role) error {
	text, err := joinRoles(roles)
	if err != nil {
		return err
	}
	return s.transact(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `UPDATE accounts SET roles = ? WHERE id = ?`, text, id); err != nil {
			return fmt.Errorf("account: %w", err)
		}
		return errors.Join(someAdmin(ctx, tx), s.did(ctx, tx, by, "roles", id+" "+text))
	})
}

// End ends an account: it signs in no more, and its sessions are over. What it answers for keeps its name.
func (s *Store) End(ctx context.Context, by, id string) error {
	return s.transact(ctx, func(tx *sql.Tx) error {
		for _, do := range []string{`UPDATE accounts SET ended = $2, password = '', totp = '' WHERE id = $1`, `DELETE FROM sessions WHERE account = $1 AND $2 <> ''`,
			`DELETE FROM passkeys WHERE account = $1 AND $2 <> ''`, `DELETE FROM recovery WHERE account = $1 AND $2 <> ''`} {
			if _, err := tx.ExecContext(ctx, do, id, sqlitefile.FormatTime(s.now())); err != nil {
				return fmt.Errorf("account: %w", err)
			}
		}
		return errors.Join(someAdmin(ctx, tx), s.did(ctx, tx, by, "ended", id))
	})
}

func someAdmin(ctx context.Context, tx *sql.Tx) error {
	var n int
	err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM accounts WHERE ended = '' AND (' ' || roles || ' ') LIKE '% administrator %'`).Scan(&n)
	if err != nil {
		return fmt.Errorf("account: %w", err)
	}
	if n == 0 {
		return ErrLastAdmin
	}
	return nil
}

// did writes down what somebody, of an id or a name, did with accounts. It holds no secret.
func (s *Store) did(ctx context.Context, tx *sql.Tx, who, what, of string) error {
	if _, err := tx.ExecContext(ctx, `INSERT INTO deeds (at, who, what, of) VALUES ($1, COALESCE((SELECT name FROM accounts WHERE id = $2), $2), $3, $4)`, sqlitefile.FormatTime(s.now()), who, what, of); err != nil {
		return fmt.Errorf("account: %w", err)
	}
	return nil
}

// Deed is something that was done with accounts.
type Deed struct {
	At   time.Time `json:"at"`
	Who  string    `json:"who"`
	What string    `json:"what"`
	Of   string    `json:"of,omitempty"`
}

// Deeds are the last of what was done with accounts, the newest first.
func (s *Store) Deeds(ctx context.Context, most int) (list []Deed, err error) {
	rows, err := s.db.QueryContext(ctx, `SELECT at, who, what, of FROM deeds ORDER BY n DESC LIMIT ?`, most)
	if err != nil {
		return nil, fmt.Errorf("account: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var d Deed
		var at string
		if err := rows.Scan(&at, &d.Who, &d.What, &d.Of); err != nil {
			return nil, fmt.Errorf("account: %w", err)
		}
		if d.At, err = sqlitefile.ParseTime(at); err != nil {
			return nil, err
		}
		list = append(list, d)
	}
	return list, rows.Err()
}
