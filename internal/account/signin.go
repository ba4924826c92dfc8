package account

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"fener/internal/sqlitefile"
	"fener/locale"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
)

// commonParts are what passwords are made of that everybody tries, folded. Length does most; this keeps out the long ones that are one word again and again.
var commonParts = []string{"password", "fjalekalimi", "lozinka", "sifra", "fener", "kosova", "kosovo", "prishtina", "qwerty", "123456789", "letmein", "admin"}

// goodPassword asks for a password that is long and no variation of what everybody, or somebody who knows the person, would try.
func goodPassword(password string, known ...string) error {
	n := utf8.RuneCountInString(password)
	if n < MinPassword || n > MaxPassword || !utf8.ValidString(password) {
		return ErrWeak
	}
	left := locale.Fold(password)
	for _, part := range append(strings.Fields(strings.Join(known, " ")), commonParts...) {
		if part = locale.Fold(part); len(part) > 2 {
			left = strings.ReplaceAll(left, part, "")
		}
	}
	distinct := map[rune]bool{}
	for _, r := range left {
		distinct[r] = true
	}
	if utf8.RuneCountInString(left) < 8 || len(distinct) < 5 {
		return ErrWeak
	}
	return nil
}

// SignIn checks a password and, where the account has one, a code of its authenticator or a recovery code. Each code is taken once. What is wrong is not said,
// and takes as long where there is no such account. An account with a password and no second factor gets in only to set one up: second is false then. Where it has a passkey and no authenticator the passkey is its second
// factor, and a password alone gets in nowhere: whoever stole it could set one up. Where the secret of the authenticator does not open, a recovery code gets in; any other code is ErrLost, after the right password.
func (s *Store) SignIn(ctx context.Context, login, password, code string) (a *Account, second bool, err error) {
	var id, hash, secret, ended string
	var step int64
	var keys int
	err = s.db.QueryRowContext(ctx, `SELECT id, password, totp, totp_step, ended, (SELECT COUNT(*) FROM passkeys WHERE account = accounts.id) FROM accounts WHERE login = ?`, loginOf(login)).
		Scan(&id, &hash, &secret, &step, &ended, &keys)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, false, fmt.Errorf("account: %w", err)
	}
	if hash == "" || utf8.RuneCountInString(password) > MaxPassword {
		hash, password = nobody, password[:min(len(password), MaxPassword)]
		holds(hash, password)
		return nil, false, ErrRefused
	}
	if !holds(hash, password) || ended != "" || secret == "" && keys > 0 {
		return nil, false, ErrRefused
	}
	if secret != "" {
		if err := s.spend(ctx, id, secret, step, code); err != nil {
			return nil, false, err
		}
	}
	a, err = s.Account(ctx, id)
	if err != nil {
		return nil, false, err
	}
	return a, secret != "", s.transact(ctx, func(tx *sql.Tx) error { return s.did(ctx, tx, a.Name, "signed in", "password") })
}

// spend takes a code: of the authenticator, whose time must be after that of the last one taken (RFC 6238, section 5.2), or one of those written down.
func (s *Store) spend(ctx context.Context, id, secret string, last int64, code string) error {
	code = strings.ReplaceAll(strings.TrimSpace(code), " ", "")
	secret, lost := s.opened(authenticator, id, secret)
	if at, ok := s.step(secret, code); ok && lost == nil {
		if at <= last {
			return ErrUsedCode
		}
		done, err := s.db.ExecContext(ctx, `UPDATE accounts SET totp_step = ? WHERE id = ? AND totp_step < ?`, at, id, at)
		return spent(done, err)
	}
	if len(code) < 16 {
		return cmp.Or(lost, ErrRefused)
	}
	done, err := s.db.ExecContext(ctx, `UPDATE recovery SET used = ? WHERE account = ? AND digest = ? AND used = ''`, sqlitefile.FormatTime(s.now()), id, digest(code))
	if err := spent(done, err); err != nil {
		return cmp.Or(lost, ErrRefused)
	}
	return nil
}

func spent(done sql.Result, err error) error {
	if err != nil {
		return fmt.Errorf("account: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil || n != 1 { // somebody was quicker with the same code
		return ErrUsedCode
	}
	return nil
}

// The authenticator's codes: six digits, a new one each 30 seconds; one before and one after are taken, for clocks that differ.
const (
	stepSeconds = 30
	stepSkew    = 1
)

var codeForm = totp.ValidateOpts{Period: stepSeconds, Skew: 0, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}

// step is the time of a code; ok is false where it is none of now.
func (s *Store) step(secret, code string) (at int64, ok bool) {
	now := s.now()
	for skew := int64(-stepSkew); skew <= stepSkew; skew++ {
		t := now.Add(time.Duration(skew*stepSeconds) * time.Second)
		if good, err := totp.ValidateCustom(code, secret, t, codeForm); err == nil && good {
			return t.Unix() / stepSeconds, true
		}
	}
	return 0, false
}

// NewTOTP draws the secret of an authenticator, with the address that its picture holds. It counts once Confirm has seen a code of it.
func (s *Store) NewTOTP(a *Account, issuer string) (secret, address string, err error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: a.Login, Period: stepSeconds, SecretSize: 20})
	if err != nil {
		return "", "", fmt.Errorf("account: %w", err)
	}
	return key.Secret(), key.URL(), nil
}

// ConfirmTOTP makes an authenticator the account's second factor, and gives the codes to write down, which are shown once and take the place of earlier ones.
func (s *Store) ConfirmTOTP(ctx context.Context, id, secret, code string) (recovery []string, err error) {
	at, ok := s.step(secret, strings.TrimSpace(code))
	if !ok {
		return nil, ErrRefused
	}
	kept, err := s.sealed(authenticator, id, secret)
	if err != nil {
		return nil, err
	}
	err = s.transact(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `UPDATE accounts SET totp = ?, totp_step = ? WHERE id = ? AND ended = ''`, kept, at, id); err != nil {
			return fmt.Errorf("account: %w", err)
		}
		recovery, err = s.newRecovery(ctx, tx, id)
		return errors.Join(err, s.did(ctx, tx, id, "second factor", ""))
	})
	return recovery, err
}

// recoveryCodes is how many codes are written down.
const recoveryCodes = 10

func (s *Store) newRecovery(ctx context.Context, tx *sql.Tx, id string) (codes []string, err error) {
	if _, err := tx.ExecContext(ctx, `DELETE FROM recovery WHERE account = ?`, id); err != nil {
		return nil, fmt.Errorf("account: %w", err)
	}
	for range recoveryCodes {
		code := recoveryCode()
		if _, err := tx.ExecContext(ctx, `INSERT INTO recovery (digest, account) VALUES (?, ?)`, digest(code), id); err != nil {
			return nil, fmt.Errorf("account: %w", err)
		}
		codes = append(codes, code)
	}
	return codes, nil
}

// SetPassword changes a password and ends all other sessions.
func (s *Store) SetPassword(ctx context.Context, id, password, keepSession string) error {
	a, err := s.Account(ctx, id)
	if err != nil {
		return err
	}
	if err := goodPassword(password, a.Login, a.Name); err != nil {
		return err
	}
	hash := hashPassword(password)
	return s.transact(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `UPDATE accounts SET password = ? WHERE id = ? AND ended = ''`, hash, id); err != nil {
			return fmt.Errorf("account: %w", err)
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM sessions WHERE account = ? AND digest <> ?`, id, digest(keepSession)); err != nil {
			return fmt.Errorf("account: %w", err)
		}
		return s.did(ctx, tx, a.Name, "changed the password", "")
	})
}

// Holds reports whether a password is an account's, as it is asked for before it is changed.
func (s *Store) Holds(ctx context.Context, id, password string) (bool, error) {
	var hash string
	if err := s.db.QueryRowContext(ctx, `SELECT password FROM accounts WHERE id = ?`, id).Scan(&hash); err != nil {
		return false, fmt.Errorf("account: %w", err)
	}
	return utf8.RuneCountInString(password) <= MaxPassword && holds(hash, password), nil
}
