// Package tablestest runs a package's tests over each kind of tables.
package tablestest

import (
	"path/filepath"
	"sync"
	"testing"

	"fener/internal/postgres"
	"fener/internal/postgres/postgrestest"
	"fener/internal/tables"
)

var onPostgres bool

// quick lets the server not wait for the disk: none of these tests cuts the power.
var quick sync.Once

// Run runs all tests over SQLite files, and then again over PostgreSQL.
func Run(m *testing.M) int {
	onPostgres = false
	if code := m.Run(); code != 0 {
		return code
	}
	onPostgres = true
	return m.Run()
}

// Place is where a test has the tables of a room: in a file of that name, or in a database of the test's own.
func Place(t testing.TB, file string) tables.Place {
	t.Helper()
	return PlaceIn(t, t.TempDir(), file)
}

// PlaceIn is Place with the file in a folder.
func PlaceIn(t testing.TB, dir, file string) tables.Place {
	t.Helper()
	if !onPostgres {
		return tables.File(filepath.Join(dir, file))
	}
	return Shared(t)
}

// Nodes is the place that the nodes of a test share. Such a test runs once, with those over PostgreSQL.
func Nodes(t testing.TB) tables.Place {
	t.Helper()
	if !onPostgres {
		t.Skip("it runs with those over PostgreSQL")
	}
	return Shared(t)
}

// Shared is a place in a database of PostgreSQL.
func Shared(t testing.TB) tables.Place {
	t.Helper()
	address := postgrestest.Database(t)
	quick.Do(func() { postgrestest.Do(t, address, `ALTER SYSTEM SET fsync = off`, `SELECT pg_reload_conf()`) })
	a, err := postgres.ParseAddress(address)
	if err != nil {
		t.Fatal(err)
	}
	return tables.Database(a)
}
