package account

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"fener/internal/sqlitefile"

	"github.com/go-webauthn/webauthn/webauthn"
)

// How long a link for coming in works.
const (
	firstLasts  = 24 * time.Hour
	inviteLasts = 7 * 24 * time.Hour
)

// first is who invites the first administrator: the program itself.
const first = "fener"

// FirstLink is the one-time link's token for the first administrator; empty once there is an account. Each call takes back the one before, so that of several
// starts only the last one's link works.
func (s *Store) FirstLink(ctx context.Context) (token string, err error) {
	err = s.transact(ctx, func(tx *sql.Tx) error {
		var n int
		if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM accounts`).Scan(&n); err != nil {
			return fmt.Errorf("account: %w", err)
		}
		if n > 0 {
			return nil
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM invitations WHERE invited_by = ?`, first); err != nil {
			return fmt.Errorf("account: %w", err)
		}
		token, err = s.invite(ctx, tx, first, "", []Role{Administrator, Editor}, "", firstLasts)
		return err
	})
	return token, err
}

// Invite makes a link by which somebody comes in with these roles. name is how they will answer for entries, and may be empty: then they choose it.
func (s *Store) Invite(ctx context.Context, by, name string, roles []Role, institution string) (token string, err error) {
	if name != "" && !goodName(name) {
		return "", ErrName
	}
	err = s.transact(ctx, func(tx *sql.Tx) error {
		if token, err = s.invite(ctx, tx, by, name, roles, institution, inviteLasts); err != nil {
			return err
		}
		return s.did(ctx, tx, by, "invited", name)
	})
	return token, err
}

func (s *Store) invite(ctx context.Context, tx *sql.Tx, by, name string, roles []Role, institution string, lasts time.Duration) (string, error) {
	words, err := joinRoles(roles)
	if err != nil {
		return "", err
	}
	secret := token()
	_, err = tx.ExecContext(ctx, `INSERT INTO invitations (digest, name, roles, institution, invited_by, expires) VALUES (?, ?, ?, ?, ?, ?)`,
		digest(secret), strings.TrimSpace(name), words, institution, by, sqlitefile.FormatTime(s.now().Add(lasts)))
	if err != nil {
		return "", fmt.Errorf("account: %w", err)
	}
	return secret, nil
}

// Open are the invitations that nobody has used and that work still, the newest last. The program's own, for the first administrator, is not among them.
func (s *Store) Open(ctx context.Context) (list []Invitation, err error) {
	rows, err := s.db.QueryContext(ctx, `SELECT digest, name, roles, institution, invited_by, expires FROM invitations WHERE used = '' AND invited_by <> ? AND expires > ? ORDER BY expires`,
		first, sqlitefile.FormatTime(s.now()))
	if err != nil {
		return nil, fmt.Errorf("account: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var i Invitation
		var roles, expires string
		if err := rows.Scan(&i.ID, &i.Name, &roles, &i.Institution, &i.By, &expires); err != nil {
			return nil, fmt.Errorf("account: %w", err)
		}
		if i.Expires, err = sqlitefile.ParseTime(expires); err != nil {
			return nil, err
		}
		for r := range strings.FieldsSeq(roles) {
			i.Roles = append(i.Roles, Role(r))
		}
		list = append(list, i)
	}
	return list, rows.Err()
}

// TakeBack takes an invitation back that nobody has used: its link leads nowhere from then on. ErrLink says that there is none, or that it was used.
func (s *Store) TakeBack(ctx context.Context, by, id string) error {
	return s.transact(ctx, func(tx *sql.Tx) error {
		var name string
		err := tx.QueryRowContext(ctx, `DELETE FROM invitations WHERE digest = ? AND used = '' AND invited_by <> ? RETURNING name`, id, first).Scan(&name)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrLink
		}
		if err != nil {
			return fmt.Errorf("account: %w", err)
		}
		return s.did(ctx, tx, by, "took back the invitation to", name)
	})
}

// Invitation is what a link asks somebody to.
type Invitation struct {
	ID                    string // by which it is taken back; nobody comes in with it
	Name, By, Institution string
	Roles                 []Role
	Expires               time.Time
}

// Invited is the invitation that a link carries, if it still works.
func (s *Store) Invited(ctx context.Context, secret string) (*Invitation, error) {
	return s.invited(ctx, s.db, secret)
}

type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func (s *Store) invited(ctx context.Context, q querier, secret string) (*Invitation, error) {
	var i Invitation
	var roles, expires, used string
	err := q.QueryRowContext(ctx, `SELECT name, roles, institution, invited_by, expires, used FROM invitations WHERE digest = ?`, digest(secret)).
		Scan(&i.Name, &roles, &i.Institution, &i.By, &expires, &used)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrLink
	}
	if err != nil {
		return nil, fmt.Errorf("account: %w", err)
	}
	if i.Expires, err = sqlitefile.ParseTime(expires); err != nil {
		return nil, err
	}
	if used != "" || !s.now().Before(i.Expires) {
		return nil, ErrLink
	}
	for r := range strings.FieldsSeq(roles) {
		i.Roles = append(i.Roles, Role(r))
	}
	return &i, nil
}

// Coming is what somebody gives who comes in by a link.
type Coming struct {
	Login, Name, Password string // the password may be empty where a passkey follows
}

// Accept makes the account that a link asks to, once. An account without a password must get a passkey before it is of use.
func (s *Store) Accept(ctx context.Context, secret string, c Coming) (*Account, error) {
	return s.accept(ctx, secret, NewID(), c, nil)
}

// AcceptWithKey does so with a passkey that was made for it, under the id that the ceremony was given (NewID).
func (s *Store) AcceptWithKey(ctx context.Context, secret, id string, c Coming, named string, key *webauthn.Credential) (*Account, error) {
	c.Password = ""
	return s.accept(ctx, secret, id, c, func(tx *sql.Tx) error { return s.addPasskey(ctx, tx, id, named, key) })
}

// accept makes the account, and does something more in the same transaction where it is asked to.
func (s *Store) accept(ctx context.Context, secret, id string, c Coming, also func(*sql.Tx) error) (*Account, error) {
	if c.Password != "" {
		if err := goodPassword(c.Password, c.Login, c.Name); err != nil {
			return nil, err
		}
	}
	hash := ""
	if c.Password != "" {
		hash = hashPassword(c.Password)
	}
	err := s.transact(ctx, func(tx *sql.Tx) error {
		i, err := s.invited(ctx, tx, secret)
		if err != nil {
			return err
		}
		name := firstOf(i.Name, strings.TrimSpace(c.Name))
		login := loginOf(firstOf(c.Login, name))
		if !goodName(name) || !goodName(login) {
			return ErrName
		}
		if err := free(ctx, tx, login, name); err != nil {
			return err
		}
		words, err := joinRoles(i.Roles)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO accounts (id, login, name, roles, institution, created, password) VALUES (?, ?, ?, ?, ?, ?, ?)`, id, login, name, words,
			i.Institution, sqlitefile.FormatTime(s.now()), hash); err != nil {
			return fmt.Errorf("account: %w", err)
		}
		if _, err := tx.ExecContext(ctx, `UPDATE invitations SET used = ? WHERE digest = ?`, sqlitefile.FormatTime(s.now()), digest(secret)); err != nil {
			return fmt.Errorf("account: %w", err)
		}
		if also != nil {
			if err := also(tx); err != nil {
				return err
			}
		}
		return s.did(ctx, tx, name, "came in", i.By)
	})
	if err != nil {
		return nil, err
	}
	return s.Account(ctx, id)
}

// free refuses names that somebody has or had: what an ended account answers for must not become another's. Two spellings of one name are one name, as they are
// for the rule of four eyes.
func free(ctx context.Context, tx *sql.Tx, login, name string) (err error) {
	rows, err := tx.QueryContext(ctx, `SELECT login, name FROM accounts`)
	if err != nil {
		return fmt.Errorf("account: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var l, n string
		if err := rows.Scan(&l, &n); err != nil {
			return fmt.Errorf("account: %w", err)
		}
		if l == login || loginOf(n) == loginOf(name) {
			return ErrTaken
		}
	}
	return rows.Err()
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
