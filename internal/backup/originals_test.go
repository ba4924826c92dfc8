package backup

import (
	"crypto/rand"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fener/internal/ledger"
	"fener/internal/sealed"
)

// Sealed originals come back, sealed; the key stays where it is.
func TestSealedOriginalsComeBack(t *testing.T) {
	dir, key := t.TempDir(), filepath.Join(t.TempDir(), "originals.key")
	l, err := ledger.Open(t.Context(), dir, ledger.Options{Now: time.Now, Rand: rand.Reader, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	s, err := sealed.Open(dir, key)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Put("source-1", "a.pdf", strings.NewReader("SYNTHETIC original")); err != nil {
		t.Fatal(err)
	}
	file, to := filepath.Join(t.TempDir(), "copy.tar.gz"), filepath.Join(t.TempDir(), "back")
	if _, err := Write(t.Context(), dir, file, time.Now()); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(t.Context(), file, to); err != nil {
		t.Fatal(err)
	}
	back, err := sealed.Open(to, key)
	if err != nil {
		t.Fatal(err)
	}
	if name, data, err := back.Get("source-1"); err != nil || name != "a.pdf" || string(data) != "SYNTHETIC original" {
		t.Errorf("it comes back as %q, %q, %v", name, data, err)
	}
}
