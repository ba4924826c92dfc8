package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fener/internal/record"
)

// counted is a source of randomness that says how often it was asked.
type counted struct{ asked atomic.Int64 }

func (c *counted) Read(b []byte) (int, error) {
	c.asked.Add(1)
	time.Sleep(20 * time.Microsecond) // preparing a portionSize takes a while
	return copy(b, bytes.Repeat([]byte{7}, len(b))), nil
}

// Whoever appends may use the bodies again as soon as AppendAll has returned, also where it returned an error: nothing of it goes on reading them.
func TestNothingGoesOnAfterAFailedAppend(t *testing.T) {
	random := &counted{}
	l, err := Open(t.Context(), t.TempDir(), Options{Now: time.Now, Rand: random, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, err = l.AppendAll(t.Context(), func(yield func(Change, error) bool) {
		for i := range 2 * portionSize {
			c := Change{Kind: record.SourceKind, ID: fmt.Sprint("source-", i), State: record.Draft, By: "officer", Body: []byte(`{"title":"` + strings.Repeat("x", 100) + `"}`)}
			if i == 0 {
				c.Base = 5 // nothing stands that it could follow, so the first portion is refused while the second is prepared
			}
			if !yield(c, nil) {
				return
			}
		}
	})
	if !errors.Is(err, ErrConflict) {
		t.Fatalf("got %v, want a conflict", err)
	}
	at := random.asked.Load()
	time.Sleep(50 * time.Millisecond)
	if after := random.asked.Load(); after != at {
		t.Errorf("%d more changes were prepared after the error was returned", after-at)
	}
}
