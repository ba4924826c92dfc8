package postgres_test

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"fener/internal/postgres"
	"fener/internal/postgres/postgrestest"
)

func mustParse(t *testing.T, address string) postgres.Address {
	t.Helper()
	a, err := postgres.ParseAddress(address)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func mustOpen(t *testing.T, a postgres.Address) *sql.DB {
	t.Helper()
	db, err := postgres.Open(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestAnAddressKeepsItsPassword(t *testing.T) {
	t.Setenv("PGPASSWORD", "hush-hush")
	for _, row := range []struct{ address, shown, schema string }{
		{"postgres://u:s3cret@db.example/fener?sslmode=verify-full", "postgres://u@db.example:5432/fener", "fener"},
		{"postgresql://u:s3cret@db.example:6000/fener?schema=kosovo&sslmode=require", "postgres://u@db.example:6000/fener?schema=kosovo", "kosovo"},
		{"postgres://u:s3cret@a.example,b.example:6000/fener?target_session_attrs=read-write&sslmode=disable", "postgres://u@a.example:5432,b.example:6000/fener", "fener"},
	} {
		a := mustParse(t, row.address)
		if a.String() != row.shown || a.Schema() != row.schema {
			t.Errorf("%s is shown as %s with schema %s", row.address, a, a.Schema())
		}
		if room := a.Room("accounts"); room.Schema() != row.schema+"_accounts" {
			t.Errorf("its room is %s", room)
		}
	}
	for _, bad := range []string{
		"postgres://u:s3cret@db.example/fener", "postgres://u:s3cret@127.0.0.1,db.example/fener?sslmode=prefer", "db.example/fener", "postgres://u:s3cret@db.example:port/fener", "postgres://u:s3cret%zz@db.example/fener", "postgres://u:s3cret@db.example/fener?schema=a%22b",
		"postgres://u:s3cret@db.example/fener?schema=Kosovo", "postgres://u@db.example/fener?password=s3cret&sslmode=never", "postgres://u:s3cret@db.example/fener?a;b",
	} {
		_, err := postgres.ParseAddress(bad)
		if err == nil || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func TestAPasswordStandsInNoError(t *testing.T) {
	address := postgrestest.Database(t)
	wrong := strings.Replace(address, ":", ":wrong", 2) // within the password
	wrong = strings.Replace(wrong, "postgres:wrong//", "postgres://", 1)
	gone := "postgres://u:s3cret@127.0.0.1:1/fener?sslmode=disable"
	for _, one := range []string{wrong, gone} {
		_, err := postgres.Open(t.Context(), mustParse(t, one))
		_, word, _ := strings.Cut(strings.TrimPrefix(one, "postgres://"), ":")
		word, _, _ = strings.Cut(word, "@")
		if err == nil || strings.Contains(err.Error(), word) {
			t.Errorf("%s: %v", one, err)
		}
		if postgres.Away(err) != (one == gone) {
			t.Errorf("%v: away is %v", err, postgres.Away(err))
		}
	}
}

var rooms = fstest.MapFS{
	"00001_first.sql":  {Data: []byte("-- +goose Up\nCREATE TABLE words (n BIGINT PRIMARY KEY, word TEXT NOT NULL);\n")},
	"00002_second.sql": {Data: []byte("-- +goose Up\nALTER TABLE words ADD COLUMN more BYTEA;\n")},
}

func TestNodesMakeTablesOnce(t *testing.T) {
	ledger := mustParse(t, postgrestest.Database(t))
	a := ledger.Room("accounts")
	errs := make(chan error)
	for range 4 {
		db := mustOpen(t, a)
		go func() { errs <- postgres.Migrate(t.Context(), db, a, rooms) }()
	}
	for range 4 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	db := mustOpen(t, a)
	if _, err := db.Exec(`INSERT INTO words (n, word, more) VALUES (?, ?, ?)`, 1, "why?", []byte{0, 255}); err != nil {
		t.Fatal(err)
	}
	var word string
	var more []byte
	if err := db.QueryRow(`SELECT word, more FROM `+a.Schema()+`.words WHERE n = ? AND word <> '?'`, 1).Scan(&word, &more); err != nil || word != "why?" || string(more) != "\x00\xff" {
		t.Errorf("read %q, %x, %v", word, more, err)
	}
	older := fstest.MapFS{"00001_first.sql": rooms["00001_first.sql"]}
	var form *postgres.FormError
	if err := postgres.Migrate(t.Context(), db, a, older); !errors.As(err, &form) || form.Has != 2 || form.Known != 1 {
		t.Errorf("an older program: %v", err)
	}
	if _, err := mustOpen(t, ledger).Exec(`SELECT * FROM words`); postgres.Code(err) != postgres.UndefinedTable || postgres.Away(err) {
		t.Errorf("a table of another schema: %v", err)
	}
}

func TestAServerThatIsAwayComesBack(t *testing.T) {
	server := postgrestest.Start(t)
	db := mustOpen(t, mustParse(t, server.Database(t)))
	rung := make(chan struct{}, 100)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		postgres.Listen(ctx, db, "a channel", func() { rung <- struct{}{} })
		close(ended)
	}()
	<-rung // it listens
	if _, err := db.Exec(postgres.Notify, "a channel"); err != nil {
		t.Fatal(err)
	}
	<-rung
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	server.Kill(t)
	if _, err := tx.Exec(`SELECT 1`); !postgres.Away(err) {
		t.Errorf("in a transaction: %v", err)
	}
	if err := tx.Commit(); !postgres.Away(err) {
		t.Errorf("committing: %v", err)
	}
	if _, err := db.Exec(`SELECT 1`); !postgres.Away(err) {
		t.Errorf("a new statement: %v", err)
	}
	server.Again(t)
	select {
	case <-rung: // it listens again
	case <-time.After(30 * time.Second):
		t.Error("nobody listens any more")
	}
	for range 3 { // connections that broke unnoticed are not met by who begins something
		tx, err := db.Begin()
		if err != nil {
			t.Fatalf("it is back: %v", err)
		}
		if err := tx.Commit(); err != nil {
			t.Error(err)
		}
	}
	cancel()
	<-ended
}
