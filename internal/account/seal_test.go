package account

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fener/internal/sqlitefile"

	"github.com/pquerna/otp/totp"
)

const oldSecret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

// kept is a file of accounts and its key, as they lie on disks.
type kept struct{ file, key string }

func newKept(t *testing.T) kept {
	return kept{filepath.Join(t.TempDir(), FileName), filepath.Join(t.TempDir(), "keys", KeyName)}
}

func (k kept) open(t *testing.T, now time.Time) (*Store, Sealing) {
	t.Helper()
	s, err := Open(t.Context(), k.file, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	did, err := s.SealWith(t.Context(), k.key)
	if err != nil {
		t.Fatal(err)
	}
	return s, did
}

// anywhere tells which file of a folder holds some bytes.
func anywhere(t *testing.T, dir, words string) (files []string) {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte(words)) {
			files = append(files, e.Name())
		}
	}
	return files
}

// old gives an account the secret of an authenticator as it stood before secrets were sealed.
func (k kept) old(t *testing.T, ids ...string) {
	t.Helper()
	db, err := sqlitefile.OpenPrivate(t.Context(), k.file, schema)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		if _, err := db.ExecContext(t.Context(), `UPDATE accounts SET totp = ?, totp_step = 0 WHERE id = ?`, oldSecret, id); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func codeAt(t *testing.T, secret string, now time.Time) string {
	t.Helper()
	text, err := totp.GenerateCode(secret, now)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

var noon = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

// A secret stands in no file beside the accounts, neither once it counts nor while it is set up; and opens for its account alone.
func TestSecretsOfAuthenticatorsAreSealed(t *testing.T) {
	k := newKept(t)
	s, did := k.open(t, noon)
	if !did.NewKey {
		t.Error("no key was made")
	}
	a, b := come(t, s, "edi"), come(t, s, "ana", Verifier)
	secret, address, err := s.NewTOTP(a, "Fener")
	if err != nil {
		t.Fatal(err)
	}
	hidden, err := s.Hidden(a.ID, secret+" "+address)
	if err != nil {
		t.Fatal(err)
	}
	if err := (Sessions{s}).CommitCtx(t.Context(), "token", []byte(hidden), time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if text, err := s.Shown(a.ID, hidden); err != nil || text != secret+" "+address {
		t.Errorf("what was hidden is shown as %q, %v", text, err)
	}
	if _, err := s.Shown(b.ID, hidden); !errors.Is(err, ErrLost) {
		t.Errorf("to somebody else: %v", err)
	}
	if _, err := s.ConfirmTOTP(t.Context(), a.ID, secret, codeAt(t, secret, noon)); err != nil {
		t.Fatal(err)
	}
	if found := anywhere(t, filepath.Dir(k.file), secret); len(found) > 0 {
		t.Errorf("the secret stands in %v", found)
	}
	if info, err := os.Stat(k.key); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key is %v (%v)", info, err)
	}
	// Whoever can write into the file gives another account the secret of their own.
	if _, err := s.db.ExecContext(t.Context(), `UPDATE accounts SET totp = (SELECT totp FROM accounts WHERE id = $1), totp_step = 0 WHERE id = $2`, a.ID, b.ID); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.SignIn(t.Context(), "ana", good, codeAt(t, secret, noon)); !errors.Is(err, ErrLost) {
		t.Errorf("by the secret of another account: %v", err)
	}
}

// Without its key a file of accounts sets up no authenticator and takes no code.
func TestWithoutAKeyNothingIsSealed(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), FileName), func() time.Time { return noon })
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	a := come(t, s, "edi")
	if _, err := s.ConfirmTOTP(t.Context(), a.ID, oldSecret, codeAt(t, oldSecret, noon)); !errors.Is(err, ErrNoKey) {
		t.Errorf("%v", err)
	}
	for what, text := range map[string]string{"empty": "", "another thing": "AGE-SECRET-KEY-1\n", "half a key": keyForm + "AAAA\n"} {
		key := filepath.Join(t.TempDir(), KeyName)
		if err := os.WriteFile(key, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := s.SealWith(t.Context(), key); err == nil || !strings.Contains(err.Error(), key) {
			t.Errorf("a file that is %s: %v", what, err)
		}
	}
}

// What an older program wrote is sealed at the first opening, leaves every file, and people go on as they did.
func TestOldSecretsAreSealed(t *testing.T) {
	k := newKept(t)
	s, _ := k.open(t, noon)
	a, b := come(t, s, "edi"), come(t, s, "ana", Verifier)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	k.old(t, a.ID, b.ID)
	if len(anywhere(t, filepath.Dir(k.file), oldSecret)) == 0 {
		t.Fatal("the old form is not in the file, so this test shows nothing")
	}
	s, did := k.open(t, noon)
	if did != (Sealing{Sealed: 2}) {
		t.Errorf("%+v", did)
	}
	if found := anywhere(t, filepath.Dir(k.file), oldSecret); len(found) > 0 {
		t.Errorf("the secret still stands in %v", found)
	}
	if _, second, err := s.SignIn(t.Context(), "ana", good, codeAt(t, oldSecret, noon)); err != nil || !second {
		t.Errorf("Ana signs in: %v, %v", second, err)
	}
	if _, again := k.open(t, noon); again != (Sealing{}) {
		t.Errorf("at the next opening: %+v", again)
	}
}

// Where the key is lost, people get in by a code on paper, are told, and set their authenticator up anew.
func TestALostKeyKeepsNobodyOut(t *testing.T) {
	k := newKept(t)
	s, _ := k.open(t, noon)
	a := come(t, s, "edi")
	secret, _, err := s.NewTOTP(a, "Fener")
	if err != nil {
		t.Fatal(err)
	}
	recovery, err := s.ConfirmTOTP(t.Context(), a.ID, secret, codeAt(t, secret, noon))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Close(), os.Remove(k.key)); err != nil {
		t.Fatal(err)
	}
	later := noon.Add(time.Hour)
	s, did := k.open(t, later)
	if did != (Sealing{NewKey: true, Lost: 1}) {
		t.Errorf("%+v", did)
	}
	for code, want := range map[string]error{codeAt(t, secret, later): ErrLost, "": ErrLost, "aaaa-bbbb-cccc-dddd": ErrLost} {
		if _, _, err := s.SignIn(t.Context(), "edi", good, code); !errors.Is(err, want) {
			t.Errorf("by %q: %v", code, err)
		}
	}
	if _, _, err := s.SignIn(t.Context(), "edi", "another long password here", recovery[0]); !errors.Is(err, ErrRefused) {
		t.Errorf("by a wrong password it is told that the key is lost: %v", err)
	}
	back, second, err := s.SignIn(t.Context(), "edi", good, recovery[0])
	if err != nil || !second || !back.LostTOTP || !back.HasTOTP {
		t.Fatalf("by a code on paper: %+v, %v, %v", back, second, err)
	}
	if _, err := s.ConfirmTOTP(t.Context(), a.ID, oldSecret, codeAt(t, oldSecret, later)); err != nil {
		t.Fatal(err)
	}
	if back, err = s.Account(t.Context(), a.ID); err != nil || back.LostTOTP {
		t.Errorf("after setting it up anew: %+v, %v", back, err)
	}
}

// Killed at any moment while old secrets are sealed, the file is whole: the next opening ends it, and everybody signs in as before.
func TestKilledWhileSealing(t *testing.T) {
	if file := os.Getenv("FENER_SEAL"); file != "" {
		s, err := Open(t.Context(), file, func() time.Time { return noon })
		if err == nil {
			_, err = s.SealWith(t.Context(), os.Getenv("FENER_SEAL_KEY"))
		}
		if err != nil {
			t.Fatal(err)
		}
		return
	}
	k := newKept(t)
	s, _ := k.open(t, noon)
	var ids []string
	for _, name := range []string{"edi", "ana", "ben", "cen"} {
		ids = append(ids, come(t, s, name, Verifier).ID)
	}
	if err := errors.Join(s.Close(), os.Remove(k.key)); err != nil {
		t.Fatal(err)
	}
	k.old(t, ids...)
	whole, err := os.ReadFile(k.file)
	if err != nil {
		t.Fatal(err)
	}
	cut := 0
	for wait := time.Duration(0); wait < 60*time.Millisecond; wait += 4 * time.Millisecond {
		at := newKept(t)
		if err := os.WriteFile(at.file, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		c := exec.Command(os.Args[0], "-test.run=^TestKilledWhileSealing$")
		c.Env = append(os.Environ(), "FENER_SEAL="+at.file, "FENER_SEAL_KEY="+at.key)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(wait)
		_ = c.Process.Kill() // it may have ended
		if c.Wait() != nil {
			cut++
		}
		s, did := at.open(t, noon)
		if did.Lost > 0 || did.Sealed != 0 && did.Sealed != len(ids) {
			t.Errorf("killed after %s: %+v", wait, did)
		}
		if found := anywhere(t, filepath.Dir(at.file), oldSecret); len(found) > 0 {
			t.Errorf("killed after %s: the secret stands in %v", wait, found)
		}
		if _, _, err := s.SignIn(context.WithoutCancel(t.Context()), "cen", good, codeAt(t, oldSecret, noon)); err != nil {
			t.Errorf("killed after %s: Cen does not get in: %v", wait, err)
		}
	}
	if cut == 0 {
		t.Error("none was killed before its end, so this test shows nothing")
	}
}
