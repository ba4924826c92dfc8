package node

import (
	"crypto/rand"
	"strings"
	"sync"
	"testing"
	"time"

	"fener/internal/demo"
	"fener/internal/ledger"
	"fener/law"
)

// What the tests inside and outside the package begin with.

// LawOfKosovo is the pack that every test node applies.
func LawOfKosovo(t testing.TB) *law.Pack {
	t.Helper()
	pack, err := law.Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	return pack
}

// DemoFolder is a folder with the example on record, and so many generated judgments.
func DemoFolder(t testing.TB, now time.Time, synthetic int) string {
	t.Helper()
	dir := t.TempDir()
	led, err := ledger.Open(t.Context(), dir, ledger.Options{Now: func() time.Time { return now }, Rand: rand.Reader, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := demo.Fill(t.Context(), led, demo.Options{Pack: LawOfKosovo(t), Now: now, Synthetic: synthetic}); err != nil {
		t.Fatal(err)
	}
	if err := led.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Logged is a log that can be read while it is written.
type Logged struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *Logged) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *Logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
