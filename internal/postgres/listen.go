package postgres

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"time"

	"github.com/jackc/pgx/v5"
)

// Notify is the statement that wakes those who listen to the channel that is its argument. In a transaction it takes effect with the commit. A notification
// can be lost; who waits looks by itself each second too.
const Notify = `SELECT pg_notify(?, '')`

// Listen calls ring whenever somebody notifies the channel, until ctx is done. While the database is away it tries again each second, and rings once it is
// back, since it cannot know what it missed.
func Listen(ctx context.Context, db *sql.DB, channel string, ring func()) {
	for ctx.Err() == nil {
		listen(ctx, db, channel, ring)
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
}

// listen listens until the connection ends, which is then used for nothing else.
func listen(ctx context.Context, db *sql.DB, channel string, ring func()) {
	c, err := db.Conn(ctx)
	if err != nil {
		return
	}
	defer c.Close()
	_ = Raw(ctx, c, func(ctx context.Context, own *pgx.Conn) error {
		if _, err := own.Exec(ctx, "LISTEN "+pgx.Identifier{channel}.Sanitize()); err != nil {
			return driver.ErrBadConn
		}
		for ring(); ; ring() {
			if _, err := own.WaitForNotification(ctx); err != nil {
				return driver.ErrBadConn
			}
		}
	})
}
