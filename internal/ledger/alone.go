package ledger

import (
	"context"
	"database/sql/driver"
)

const (
	aloneSQL  = `SELECT pg_advisory_lock(hashtextextended($1, 0))`
	anyoneSQL = `SELECT pg_advisory_unlock(hashtextextended($1, 0))`
)

// Alone does something while no other node that shares the ledger does anything by Alone: what looks at the whole record and appends by what it saw, such as
// publishing, which refuses what would tell of somebody together with what is public. Within a process who calls it sees to that, and a folder's ledger has one
// process. Appends of others go on.
//
// The error is that of do, or matches ErrInUse where others take too long, or ErrAway.
func (l *Store) Alone(ctx context.Context, do func() error) (err error) {
	if err := l.open(); err != nil {
		return err
	}
	d, shared := l.engine.(*databaseEngine)
	if !shared {
		return do()
	}
	conn, err := d.db.Conn(ctx)
	if err != nil {
		return l.explain(err, "waiting for others who publish")
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, aloneSQL, d.address.Schema()); err != nil {
		return l.explain(err, "waiting for others who publish")
	}
	defer func() {
		if _, failed := conn.ExecContext(context.WithoutCancel(ctx), anyoneSQL, d.address.Schema()); failed != nil {
			_ = conn.Raw(func(any) error { return driver.ErrBadConn }) // the lock goes with the connection
		}
	}()
	return do()
}
