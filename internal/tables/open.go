// Package tables opens what a room of the program keeps beside the ledger: in a SQLite file of a data folder, or in a schema of the PostgreSQL database that
// several nodes share. What is written for the one runs on the other; what differs, which is who waits for whom, is here.
package tables

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"fener/internal/postgres"
	"fener/internal/sqlitefile"
)

// A Room is what a room of the program keeps.
type Room struct {
	Name    string   // of its schema, behind that of the ledger: "accounts" is fener_accounts
	Schema  string   // what makes its tables in SQLite, where there are none
	Pragmas []string // of SQLite
	Forms   fs.FS    // migrations that make them in PostgreSQL
	Lock    string   // the table that whoever writes in a transaction holds in PostgreSQL, so that one does after the other
}

// A Place is where a room has its tables. The zero value is none.
type Place struct {
	file    string
	address postgres.Address
	shared  bool
}

// File is a SQLite file.
func File(path string) Place { return Place{file: path} }

// Database is the database in which the ledger lies.
func Database(ledger postgres.Address) Place { return Place{address: ledger, shared: true} }

// Shared reports whether several nodes have the same tables.
func (p Place) Shared() bool { return p.shared }

// DB is the tables of a room. Its methods may be called from several goroutines.
type DB struct {
	*sql.DB
	// Shared reports whether other nodes write to the same tables.
	Shared bool

	room    *Room
	address postgres.Address
	alone   chan struct{} // holds as many as may be in Alone at once
}

// How many connections a room has at most, since those of PostgreSQL are processes; how many stay open; and how many of them wait for other nodes at once: what
// is done alone needs others.
const (
	connections = 6
	idle        = 2
	mostAlone   = 2
)

// Open opens the tables of a room, which it makes where there are none.
func Open(ctx context.Context, p Place, r *Room) (*DB, error) {
	if !p.shared {
		db, err := sqlitefile.OpenPrivate(ctx, p.file, r.Schema, r.Pragmas...)
		if err != nil {
			return nil, err
		}
		return &DB{DB: db, room: r}, nil
	}
	address := p.address.Room(r.Name)
	db, err := postgres.Open(ctx, address)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(idle)
	if err := postgres.Migrate(ctx, db, address, r.Forms); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &DB{DB: db, Shared: true, room: r, address: address, alone: make(chan struct{}, mostAlone)}, nil
}

// Carry fills the empty tables of a room with those that it has elsewhere, as [Copy] does.
func Carry(ctx context.Context, r *Room, from, to Place, names ...string) (err error) {
	old, err := Open(ctx, from, r)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, old.Close()) }()
	filled, err := Open(ctx, to, r)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, filled.Close()) }()
	return Copy(ctx, old, filled, names...)
}

// There reports whether a place has anything that could be carried: a file that is not there is not made for that.
func (p Place) There() bool {
	if p.shared {
		return true
	}
	_, err := os.Lstat(p.file)
	return err == nil
}

// Begin begins a transaction that writes. Those that write do one after the other, on whatever node.
func (db *DB) Begin(ctx context.Context) (*sql.Tx, error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	if !db.Shared || db.room.Lock == "" {
		return tx, nil
	}
	if _, err := tx.ExecContext(ctx, `LOCK TABLE `+db.room.Lock+` IN SHARE ROW EXCLUSIVE MODE`); err != nil {
		return nil, errors.Join(err, tx.Rollback())
	}
	return tx, nil
}

// Channel is by what name the nodes that share the tables wake each other.
func (db *DB) Channel() string { return db.address.Schema() }

// Alone does something while no other node does anything under the same name; what this node does at once is for its caller to see to. Where the
// connection breaks the others may go on.
func (db *DB) Alone(ctx context.Context, name string, do func() error) (err error) {
	if !db.Shared {
		return do()
	}
	select {
	case db.alone <- struct{}{}:
		defer func() { <-db.alone }()
	case <-ctx.Done():
		return ctx.Err()
	}
	c, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	const key = `(hashtext($1), hashtext($2))`
	if _, err := c.ExecContext(ctx, `SELECT pg_advisory_lock`+key, db.address.Schema(), name); err != nil {
		return fmt.Errorf("waiting for the other nodes: %w", err)
	}
	defer func() {
		if _, unlocked := c.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock`+key, db.address.Schema(), name); unlocked != nil && !postgres.Away(unlocked) {
			err = errors.Join(err, unlocked)
		}
	}()
	return do()
}

// Below are the files of a folder of embedded migrations.
func Below(files fs.FS, folder string) fs.FS {
	below, err := fs.Sub(files, folder)
	if err != nil {
		panic(err) // of a name that cannot be one
	}
	return below
}
