package account

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"fener/internal/sqlitefile"

	"github.com/go-webauthn/webauthn/webauthn"
)

// ErrCopied is that a passkey answers as a copy of itself would: its count went back.
var ErrCopied = errors.New("account: the passkey may have been copied")

// ErrOnlyWay is that nothing would be left to sign in with.
var ErrOnlyWay = errors.New("account: it is the only way in")

// Holder is somebody who holds passkeys, as the ceremony asks for them (webauthn.User).
type Holder struct {
	ID, Login, Name string
	keys            []webauthn.Credential
}

var _ webauthn.User = (*Holder)(nil)

// WebAuthnID implements webauthn.User.
func (h *Holder) WebAuthnID() []byte { return []byte(h.ID) }

// WebAuthnName implements webauthn.User.
func (h *Holder) WebAuthnName() string { return h.Login }

// WebAuthnDisplayName implements webauthn.User.
func (h *Holder) WebAuthnDisplayName() string { return h.Name }

// WebAuthnCredentials implements webauthn.User.
func (h *Holder) WebAuthnCredentials() []webauthn.Credential { return h.keys }

// NewID draws an id for an account that is about to be made.
func NewID() string { return token()[:16] }

// Holder is the holder of an account's passkeys.
func (s *Store) Holder(ctx context.Context, id string) (h *Holder, err error) {
	a, err := s.Account(ctx, id)
	if err != nil {
		return nil, err
	}
	if !a.Ended.IsZero() {
		return nil, ErrEnded
	}
	h = &Holder{ID: a.ID, Login: a.Login, Name: a.Name}
	rows, err := s.db.QueryContext(ctx, `SELECT body FROM passkeys WHERE account = ? ORDER BY created`, id)
	if err != nil {
		return nil, fmt.Errorf("account: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var body []byte
		if err := rows.Scan(&body); err != nil {
			return nil, fmt.Errorf("account: %w", err)
		}
		var key webauthn.Credential
		if err := json.Unmarshal(body, &key); err != nil {
			return nil, fmt.Errorf("account: reading a passkey: %w", err)
		}
		h.keys = append(h.keys, key)
	}
	return h, rows.Err()
}

// Passkey is one of an account's passkeys, as its holder sees them listed.
type Passkey struct {
	ID, Name      string
	Created, Used time.Time // Used is zero before the first time
}

// Passkeys are those of an account, the oldest first.
func (s *Store) Passkeys(ctx context.Context, id string) (list []Passkey, err error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, name, created, used FROM passkeys WHERE account = ? ORDER BY created, id`, id)
	if err != nil {
		return nil, fmt.Errorf("account: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var p Passkey
		var created, used string
		if err := rows.Scan(&p.ID, &p.Name, &created, &used); err != nil {
			return nil, fmt.Errorf("account: %w", err)
		}
		if p.Created, err = sqlitefile.ParseTime(created); err == nil && used != "" {
			p.Used, err = sqlitefile.ParseTime(used)
		}
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, rows.Err()
}

func keyID(key *webauthn.Credential) string { return base64.RawURLEncoding.EncodeToString(key.ID) }

// AddPasskey adds a passkey that a ceremony ended with. The name tells it from others; an empty one is allowed.
func (s *Store) AddPasskey(ctx context.Context, id, name string, key *webauthn.Credential) error {
	return s.transact(ctx, func(tx *sql.Tx) error { return s.addPasskey(ctx, tx, id, name, key) })
}

func (s *Store) addPasskey(ctx context.Context, tx *sql.Tx, id, name string, key *webauthn.Credential) error {
	body, err := json.Marshal(key)
	if err != nil {
		return fmt.Errorf("account: writing a passkey: %w", err)
	}
	if name = strings.TrimSpace(name); !utf8.ValidString(name) || utf8.RuneCountInString(name) > mostName {
		name = ""
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO passkeys (id, account, name, body, created) VALUES (?, ?, ?, ?, ?)`, keyID(key), id, name, string(body), sqlitefile.FormatTime(s.now())); err != nil {
		return fmt.Errorf("account: %w", err)
	}
	return s.did(ctx, tx, id, "added a passkey", name)
}

// SignedIn notes that somebody signed in with a passkey, and keeps what it counts. A passkey whose count went back is refused.
func (s *Store) SignedIn(ctx context.Context, id string, key *webauthn.Credential) (*Account, error) {
	if key.Authenticator.CloneWarning {
		return nil, ErrCopied
	}
	a, err := s.Account(ctx, id)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(key)
	if err != nil {
		return nil, fmt.Errorf("account: writing a passkey: %w", err)
	}
	return a, s.transact(ctx, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `UPDATE passkeys SET body = ?, used = ? WHERE id = ? AND account = ?`, string(body), sqlitefile.FormatTime(s.now()), keyID(key), id)
		if err := spent(done, err); err != nil {
			return err
		}
		return s.did(ctx, tx, a.Name, "signed in", "passkey")
	})
}

// DropPasskey takes a passkey away, unless nothing would be left to sign in with.
func (s *Store) DropPasskey(ctx context.Context, account, id string) error {
	return s.transact(ctx, func(tx *sql.Tx) error {
		var others int
		var password string
		if err := tx.QueryRowContext(ctx, `SELECT (SELECT COUNT(*) FROM passkeys WHERE account = $1 AND id <> $2), password FROM accounts WHERE id = $1`, account, id).Scan(&others, &password); err != nil {
			return fmt.Errorf("account: %w", err)
		}
		if others == 0 && password == "" {
			return ErrOnlyWay
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM passkeys WHERE account = ? AND id = ?`, account, id); err != nil {
			return fmt.Errorf("account: %w", err)
		}
		return s.did(ctx, tx, account, "dropped a passkey", "")
	})
}
