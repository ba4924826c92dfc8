package backup

import (
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fener/internal/account"
	"fener/internal/ledger"
	"fener/internal/sqlitefile"
)

// Who may work at the desk comes back with the record, and nobody's session does.
func TestAccountsComeBackWithTheRecord(t *testing.T) {
	dir := t.TempDir()
	l, err := ledger.Open(t.Context(), dir, ledger.Options{Now: time.Now, Rand: rand.Reader, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	s, err := account.Open(t.Context(), filepath.Join(dir, account.FileName), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close() // in use while it is copied
	link, err := s.FirstLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ada, err := s.Accept(t.Context(), link, account.Coming{Login: "ada", Name: "Ada", Password: "seven lanterns over Gračanica"})
	if err != nil {
		t.Fatal(err)
	}
	if err := (account.Sessions{Store: s}).CommitCtx(t.Context(), "token", []byte("x"), time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := s.Belongs(t.Context(), "token", ada.ID, "a browser"); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "copy.tar.gz")
	if _, err := Write(t.Context(), dir, file, time.Now()); err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "back")
	if _, err := Restore(t.Context(), file, to); err != nil {
		t.Fatal(err)
	}
	back, err := account.Open(t.Context(), filepath.Join(to, account.FileName), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer back.Close()
	if a, _, err := back.SignIn(t.Context(), "ada", "seven lanterns over Gračanica", ""); err != nil || a.Name != "Ada" {
		t.Errorf("Ada comes back as %+v, %v", a, err)
	}
	if list, err := back.SessionsOf(t.Context(), ada.ID); err != nil || len(list) != 0 {
		t.Errorf("%d sessions come back (%v)", len(list), err)
	}
}

// A stop between the making of the file of accounts and that of its tables leaves a file with nothing in it: the backup is made without accounts.
func TestAFileOfAccountsWithoutTables(t *testing.T) {
	for what, make := range map[string]func(path string) error{
		"no bytes": func(path string) error { return os.WriteFile(path, nil, 0o600) },
		"no tables": func(path string) error {
			db, err := sqlitefile.OpenPrivate(t.Context(), path, `CREATE TABLE a (b TEXT) STRICT`)
			if err != nil {
				return err
			}
			_, err = db.ExecContext(t.Context(), `DROP TABLE a`)
			return errors.Join(err, db.Close())
		},
	} {
		dir := t.TempDir()
		l, err := ledger.Open(t.Context(), dir, ledger.Options{Now: time.Now, Rand: rand.Reader, Create: true})
		if err != nil {
			t.Fatal(err)
		}
		if err := make(filepath.Join(dir, account.FileName)); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "copy.tar.gz")
		if _, err := Write(t.Context(), dir, file, time.Now()); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if _, err := Restore(t.Context(), file, filepath.Join(t.TempDir(), "back")); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
