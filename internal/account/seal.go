package account

import (
	"context"
	"crypto/cipher"
	"crypto/rand"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fener/internal/disk"

	"golang.org/x/crypto/chacha20poly1305"
)

// KeyName is what the file of the key is called that opens the secrets of authenticators. It belongs outside the data folder.
const KeyName = "accounts.key"

// sealedForm begins what is sealed: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03), a nonce of 24 bytes and what it seals, in base64. No secret of an authenticator begins so, since those are base32.
const sealedForm = "x1."

// What is sealed, which is bound to it and to the account's id, so that what was sealed for one opens for no other.
const (
	authenticator = "authenticator"
	settingUp     = "authenticator being set up"
)

// keyForm begins the line of the key in its file.
const keyForm = "fener-accounts-key-1 "

// The kinds of error of sealed secrets.
var (
	ErrNoKey = errors.New("account: no key is known by which the secrets of authenticators are sealed")
	ErrLost  = errors.New("account: the secret of the authenticator does not open with the key that is here")
)

// Sealing is what came of sealing the secrets of a file.
type Sealing struct {
	NewKey bool // there was none, and it was made
	Sealed int  // secrets that stood in the file as they are
	Lost   int  // accounts whose secret the key does not open: they sign in with a recovery code or a passkey, and set up their authenticator anew
}

// SealWith takes the key in a file, which is made, closed to all other users, where there is none, and seals every secret of an authenticator that is not sealed yet: all of them or none. Without it no authenticator can be
// set up or used.
func (s *Store) SealWith(ctx context.Context, keyFile string) (did Sealing, err error) {
	key, err := os.ReadFile(keyFile)
	if errors.Is(err, fs.ErrNotExist) {
		did.NewKey = true
		key, err = newKey(keyFile)
	}
	if err != nil {
		return did, fmt.Errorf("the key of the secrets of authenticators: %w", err)
	}
	if s.seal, err = readKey(string(key)); err != nil {
		return did, fmt.Errorf("%s: %w", keyFile, err)
	}
	if err := s.transact(ctx, func(tx *sql.Tx) error { return s.sealRows(ctx, tx, &did) }); err != nil {
		return did, err
	}
	if s.db.Shared { // the database's own pages are its keeper's
		return did, nil
	}
	// What stood in the file is overwritten (secure_delete); here it leaves the file at once, and the log beside it. A stop before leaves that to the next opening.
	if _, err := s.db.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		return did, fmt.Errorf("account: emptying the log of the file: %w", err)
	}
	return did, nil
}

// sealRows seals what is not sealed, and counts what does not open.
func (s *Store) sealRows(ctx context.Context, tx *sql.Tx, did *Sealing) (err error) {
	rows, err := tx.QueryContext(ctx, `SELECT id, totp FROM accounts WHERE totp <> ''`)
	if err != nil {
		return fmt.Errorf("account: %w", err)
	}
	open := map[string]string{}
	for rows.Next() {
		var id, secret string
		if err := rows.Scan(&id, &secret); err != nil {
			return errors.Join(fmt.Errorf("account: %w", err), rows.Close())
		}
		if !strings.HasPrefix(secret, sealedForm) {
			open[id] = secret
		} else if _, err := s.opened(authenticator, id, secret); err != nil {
			did.Lost++
		}
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return fmt.Errorf("account: %w", err)
	}
	for id, secret := range open {
		if secret, err = s.sealed(authenticator, id, secret); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE accounts SET totp = $1 WHERE id = $2`, secret, id); err != nil {
			return fmt.Errorf("account: %w", err)
		}
	}
	did.Sealed = len(open)
	return nil
}

// Hidden seals what an authenticator is set up with, to be kept in a session until its first code was seen.
func (s *Store) Hidden(id, text string) (string, error) { return s.sealed(settingUp, id, text) }

// Shown opens what Hidden sealed. Errors: ErrLost, ErrNoKey.
func (s *Store) Shown(id, hidden string) (string, error) { return s.opened(settingUp, id, hidden) }

func (s *Store) sealed(what, id, text string) (string, error) {
	if s.seal == nil {
		return "", ErrNoKey
	}
	nonce := make([]byte, s.seal.NonceSize(), s.seal.NonceSize()+len(text)+s.seal.Overhead())
	_, _ = rand.Read(nonce) // never fails
	return sealedForm + base64.RawURLEncoding.EncodeToString(s.seal.Seal(nonce, nonce, []byte(text), boundTo(what, id))), nil
}

func (s *Store) opened(what, id, text string) (string, error) {
	if s.seal == nil {
		return "", ErrNoKey
	}
	whole, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(text, sealedForm))
	if n := s.seal.NonceSize(); err == nil && strings.HasPrefix(text, sealedForm) && len(whole) > n {
		if out, err := s.seal.Open(nil, whole[:n], whole[n:], boundTo(what, id)); err == nil {
			return string(out), nil
		}
	}
	return "", ErrLost
}

func boundTo(what, id string) []byte { return []byte("fener accounts\x00" + what + "\x00" + id) }

func readKey(text string) (cipher.AEAD, error) {
	for line := range strings.Lines(text) {
		if rest, is := strings.CutPrefix(strings.TrimSpace(line), keyForm); is {
			if key, err := base64.StdEncoding.DecodeString(rest); err == nil && len(key) == chacha20poly1305.KeySize {
				return chacha20poly1305.NewX(key)
			}
		}
	}
	return nil, fmt.Errorf("this is no key of the secrets of authenticators: expected a line %sand 32 bytes in base64. Put the key back that was here; where it is lost, take the file away, and a new one is made", keyForm)
}

// newKey makes a key, which is in its file as a whole or not at all, and on the disk before anything is sealed with it.
func newKey(path string) (text []byte, err error) {
	key := make([]byte, chacha20poly1305.KeySize)
	_, _ = rand.Read(key) // never fails
	text = []byte("# opens the secrets of authenticators in the accounts of a Fener. No backup holds it: keep a copy apart from them\n" + keyForm + base64.StdEncoding.EncodeToString(key) + "\n")
	if err := os.MkdirAll(filepath.Dir(path), disk.PrivateFolder); err != nil {
		return nil, err
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".key-*") // closed to all others
	if err != nil {
		return nil, err
	}
	_, err = file.Write(text)
	if err = errors.Join(err, file.Sync(), file.Close()); err == nil {
		err = disk.Replace(file.Name(), path)
	}
	if err != nil {
		return nil, errors.Join(err, os.Remove(file.Name()))
	}
	return text, disk.SyncFolder(filepath.Dir(path))
}
