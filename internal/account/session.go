package account

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"fener/internal/sqlitefile"

	"github.com/alexedwards/scs/v2"
)

// Sessions is the store of sessions, for scs: a token is kept as its digest alone, so that who reads the file can sign in as nobody.
type Sessions struct{ *Store }

var _ scs.CtxStore = Sessions{}

// FindCtx implements scs.CtxStore.
func (s Sessions) FindCtx(ctx context.Context, token string) (body []byte, found bool, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT body FROM sessions WHERE digest = ? AND expires > ?`, digest(token), sqlitefile.FormatTime(s.now())).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("account: %w", err)
	}
	return body, true, nil
}

// CommitCtx implements scs.CtxStore, which gives the expiry by time.Now. A session that was ended meanwhile stays ended.
func (s Sessions) CommitCtx(ctx context.Context, token string, body []byte, expiry time.Time) error {
	now := sqlitefile.FormatTime(s.now())
	_, err := s.db.ExecContext(ctx, `INSERT INTO sessions (digest, body, expires, begun, seen) VALUES ($1, $2, $3, $4, $4)
ON CONFLICT (digest) DO UPDATE SET body = $2, expires = $3, seen = $4`, digest(token), body, sqlitefile.FormatTime(s.now().Add(time.Until(expiry))), now) // by the clock that it is held against
	if err != nil {
		return fmt.Errorf("account: %w", err)
	}
	return nil
}

// DeleteCtx implements scs.CtxStore.
func (s Sessions) DeleteCtx(ctx context.Context, token string) error {
	if _, err := s.db.ExecContext(ctx, `DELETE FROM sessions WHERE digest = ?`, digest(token)); err != nil {
		return fmt.Errorf("account: %w", err)
	}
	return nil
}

// Find implements scs.Store.
func (s Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit implements scs.Store.
func (s Sessions) Commit(token string, body []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, body, expiry)
}

// Delete implements scs.Store.
func (s Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// Session is one of somebody's sessions, as they see them listed.
type Session struct {
	ID      string // of the list; not the token
	Device  string
	Begun   time.Time
	Seen    time.Time
	Expires time.Time
}

// Belongs says whose a session is, and what it was begun with.
func (s *Store) Belongs(ctx context.Context, token, account, device string) error {
	if r := []rune(device); len(r) > 200 {
		device = string(r[:200])
	}
	if _, err := s.db.ExecContext(ctx, `UPDATE sessions SET account = ?, device = ? WHERE digest = ?`, account, device, digest(token)); err != nil {
		return fmt.Errorf("account: %w", err)
	}
	return nil
}

// SessionsOf are the sessions of an account, those seen last first.
func (s *Store) SessionsOf(ctx context.Context, account string) (list []Session, err error) {
	rows, err := s.db.QueryContext(ctx, `SELECT digest, device, begun, seen, expires FROM sessions WHERE account = ? AND expires > ? ORDER BY seen DESC`, account, sqlitefile.FormatTime(s.now()))
	if err != nil {
		return nil, fmt.Errorf("account: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var one Session
		var begun, seen, expires string
		if err := rows.Scan(&one.ID, &one.Device, &begun, &seen, &expires); err != nil {
			return nil, fmt.Errorf("account: %w", err)
		}
		for _, t := range []struct {
			text string
			into *time.Time
		}{{begun, &one.Begun}, {seen, &one.Seen}, {expires, &one.Expires}} {
			if *t.into, err = sqlitefile.ParseTime(t.text); err != nil {
				return nil, err
			}
		}
		list = append(list, one)
	}
	return list, rows.Err()
}

// EndSession ends one of an account's sessions, or all of them where id is empty.
func (s *Store) EndSession(ctx context.Context, account, id string) error {
	if _, err := s.db.ExecContext(ctx, `DELETE FROM sessions WHERE account = $1 AND ($2 = '' OR digest = $2)`, account, id); err != nil {
		return fmt.Errorf("account: %w", err)
	}
	return nil
}

// Sweep removes what has expired: sessions, and invitations that nobody used.
func (s *Store) Sweep(ctx context.Context) error {
	now := sqlitefile.FormatTime(s.now())
	for _, do := range []string{`DELETE FROM sessions WHERE expires <= ?`, `DELETE FROM invitations WHERE expires <= ? AND used = ''`} {
		if _, err := s.db.ExecContext(ctx, do, now); err != nil {
			return fmt.Errorf("account: %w", err)
		}
	}
	return nil
}
