package ledger_test

import (
	"testing"

	"fener/internal/ledger"
	"fener/internal/ledger/ledgertest"
	"fener/internal/postgres/postgrestest"
)

// openDatabase begins or opens the ledger of a database and closes it when the test ends.
func openDatabase(t testing.TB, address string) *ledger.SQLite {
	t.Helper()
	l, err := ledger.Open(t.Context(), address, options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	})
	return l
}

func TestPostgreSQL(t *testing.T) {
	ledgertest.Run(t, func(t *testing.T) ledger.Ledger { return openDatabase(t, postgrestest.Database(t)) })
}
