package ledger_test

import (
	"crypto/rand"
	"testing"
	"time"

	"fener/internal/ledger"
	"fener/internal/ledger/ledgertest"
)

// open begins or opens a ledger in dir and closes it when the test ends.
func open(t testing.TB, dir string) *ledger.Store {
	t.Helper()
	l, err := ledger.Open(t.Context(), dir, options())
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

func options() ledger.Options {
	return ledger.Options{Now: time.Now, Rand: rand.Reader, Create: true}
}

func TestSQLite(t *testing.T) {
	ledgertest.Run(t, func(t *testing.T) ledger.Ledger { return open(t, t.TempDir()) })
}
