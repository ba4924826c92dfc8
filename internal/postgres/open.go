package postgres

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// OldestVersion is the first release of PostgreSQL that this is tried with.
const OldestVersion = 15

// connections is how many connections one opened database has at most: those of PostgreSQL are processes, and it has a hundred by default.
const connections = 12

// session are the settings of every session. A node that is cut off in the middle of a transaction must not hold the others up for ever: the server looks
// whether it is still there, and ends what does nothing.
var session = map[string]string{
	"application_name":                    "fener",
	"timezone":                            "UTC",
	"default_transaction_isolation":       "read committed",
	"standard_conforming_strings":         "on",
	"client_encoding":                     "UTF8",
	"idle_in_transaction_session_timeout": "60s",
	"lock_timeout":                        "15s",
	"tcp_keepalives_idle":                 "10",
	"tcp_keepalives_interval":             "5",
	"tcp_keepalives_count":                "3",
	"tcp_user_timeout":                    "25000",
}

// Open opens a database and asks it once whether it is there. Statements may mark their arguments with ?, as for SQLite, or with $1; tables are looked for
// in the schema of the address and nowhere else. The schema need not be there yet: see [Migrate].
//
// The error matches what [Away] asks for where the database did not answer.
func Open(ctx context.Context, a Address) (*sql.DB, error) {
	if a.config == nil {
		return nil, errors.New("opening a database without an address")
	}
	config := a.config.Copy()
	for name, value := range session {
		config.RuntimeParams[name] = value
	}
	config.RuntimeParams["search_path"] = a.schema
	config.DialFunc = dial
	// A connection that nobody used may be gone with the server it led to: it is asked before each use, a tenth of a millisecond, so that after a failover nobody
	// is told again and again that the database is away.
	asked := stdlib.OptionShouldPing(func(context.Context, stdlib.ShouldPingParams) bool { return true })
	db := sql.OpenDB(connector{stdlib.GetConnector(*config, asked)})
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	if err := check(ctx, db); err != nil {
		return nil, errors.Join(fmt.Errorf("the database %s: %w", a, err), db.Close())
	}
	return db, nil
}

// check asks the server for its release.
func check(ctx context.Context, db *sql.DB) error {
	var text string
	if err := db.QueryRowContext(ctx, `SHOW server_version_num`).Scan(&text); err != nil {
		return fmt.Errorf("it does not answer: %w", err)
	}
	if n, err := strconv.Atoi(text); err != nil || n < OldestVersion*10000 {
		return fmt.Errorf("the server is PostgreSQL %s; %d or newer is needed", text, OldestVersion)
	}
	return nil
}

// A connector makes connections whose statements may have question marks.
type connector struct{ driver.Connector }

func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	made, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &conn{made.(*stdlib.Conn)}, nil
}

// A conn is a connection of pgx; everything that takes a statement numbers its question marks first.
type conn struct{ *stdlib.Conn }

func (c *conn) Prepare(query string) (driver.Stmt, error) { return c.Conn.Prepare(numbered(query)) }

func (c *conn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	return c.Conn.PrepareContext(ctx, numbered(query))
}

// BeginTx tells database/sql to take another connection where this one broke while nobody used it: nothing was begun on it.
func (c *conn) BeginTx(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	tx, err := c.Conn.BeginTx(ctx, opts)
	if err != nil && ctx.Err() == nil && c.Conn.Conn().IsClosed() {
		return nil, driver.ErrBadConn
	}
	return tx, err
}

func (c *conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	return c.Conn.ExecContext(ctx, numbered(query), args)
}

func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	return c.Conn.QueryContext(ctx, numbered(query), args)
}

// Raw lets a function use a connection as pgx knows it, for what database/sql has no words for: copying, listening.
func Raw(ctx context.Context, c *sql.Conn, use func(context.Context, *pgx.Conn) error) error {
	return c.Raw(func(raw any) error {
		own, ok := raw.(*conn)
		if !ok {
			return fmt.Errorf("%T is no connection of package postgres", raw)
		}
		return use(ctx, own.Conn.Conn())
	})
}
