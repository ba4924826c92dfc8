package postgres

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// Code is PostgreSQL's code of an error (SQLSTATE) that a statement gave, such as 23505 for what is there already; empty for other errors.
func Code(err error) string {
	var of *pgconn.PgError
	if errors.As(err, &of) {
		return of.Code
	}
	return ""
}

// Codes that callers ask for.
const (
	UniqueViolation = "23505"
	UndefinedTable  = "42P01"
	LockTimeout     = "55P03"
	InvalidSchema   = "3F000"
)

// Away reports whether an error says that the database could not be asked, or stopped answering: it, the network or its switch to another server, and not
// the statement. The same thing can be tried again later. Where it is the error of a commit, whether that was carried out is unknown.
func Away(err error) bool {
	if err == nil || errors.Is(err, context.Canceled) {
		return false
	}
	switch code := Code(err); {
	case code == "":
	case strings.HasPrefix(code, "08"), // the connection
		strings.HasPrefix(code, "57P"), // the server is being stopped, or starts
		code == "53300",                // it has no connection left
		code == "25006",                // it became a standby, which writes nothing
		code == "25P03":                // the transaction did nothing for too long and was ended
		return true
	default:
		return false
	}
	var connect *pgconn.ConnectError
	var network net.Error
	switch {
	case errors.As(err, &connect), errors.As(err, &network), errors.Is(err, driver.ErrBadConn), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return true
	}
	return pgconn.Timeout(err) || strings.Contains(err.Error(), "conn closed") // pgx has no name for this one
}
