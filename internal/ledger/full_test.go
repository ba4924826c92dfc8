package ledger

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"testing"
	"time"

	"fener/internal/record"
)

// TestDatabaseFull makes SQLite refuse more pages, which it reports as it does a
// full disk: nothing of the batch is kept, and once there is room it goes on.
func TestDatabaseFull(t *testing.T) {
	l, err := Open(t.Context(), t.TempDir(), Options{Now: time.Now, Rand: rand.Reader, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	limit := func(pages int) {
		if _, err := l.writer.ExecContext(context.Background(), fmt.Sprintf("PRAGMA max_page_count = %d", pages)); err != nil {
			t.Fatal(err)
		}
	}
	changes := make([]Change, 3000)
	for i := range changes {
		changes[i] = Change{
			Kind: "judgment", ID: fmt.Sprint(i), State: record.Draft, By: "officer",
			Body: append(append([]byte(`{"text":"`), bytes.Repeat([]byte("x"), 500)...), `"}`...),
		}
	}
	if _, err := l.Append(t.Context(), changes[:10]); err != nil {
		t.Fatal(err)
	}
	limit(100)
	if span, err := l.Append(t.Context(), changes[10:]); !errors.Is(err, ErrFull) || span.Len() != 0 {
		t.Fatalf("span %v, %v, want %v", span, err, ErrFull)
	}
	report, err := l.Verify(t.Context(), nil)
	if err != nil || !report.OK() || report.Head.Seq != 10 {
		t.Fatalf("report %+v, %v", report, err)
	}
	limit(1 << 20)
	if span, err := l.Append(t.Context(), changes[10:]); err != nil || span.Last != 3000 {
		t.Fatalf("with room again: span %v, %v", span, err)
	}
}
