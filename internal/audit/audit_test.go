package audit

import (
	"crypto/rand"
	"fmt"
	"testing"
	"time"

	"fener/internal/ledger"
	"fener/internal/record"
)

// Whoever stands behind what is public is named, and what only its maker has seen is found.
func TestWhoStandsBehindWhatIsPublic(t *testing.T) {
	l, err := ledger.Open(t.Context(), t.TempDir(), ledger.Options{Now: time.Now, Rand: rand.Reader, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	add := func(kind record.Kind, id string, base int, state record.State, by, number string) {
		t.Helper()
		if _, err := l.Append(t.Context(), []ledger.Change{{Kind: kind, ID: id, Base: base, State: state, By: by, Body: fmt.Appendf(nil, `{"numbers":[%q]}`, number)}}); err != nil {
			t.Fatal(err)
		}
	}
	add(record.CaseKind, "two", 0, record.Submitted, "Ana", "1")
	add(record.CaseKind, "two", 1, record.Verified, "Ben", "1")
	add(record.CaseKind, "two", 2, record.Published, "Ana", "1")
	add(record.CaseKind, "alone", 0, record.Published, "Ana", "2")
	add(record.CaseKind, "changed", 0, record.Submitted, "Ana", "3")
	add(record.CaseKind, "changed", 1, record.Verified, "Ben", "3")
	add(record.CaseKind, "changed", 2, record.Published, "Ben", "3")
	add(record.CaseKind, "changed", 3, record.Published, "Ben", "4")
	add(record.CaseKind, "gone", 0, record.Published, "Ana", "5")
	add(record.CaseKind, "gone", 1, record.Withdrawn, "Ben", "5")
	add(record.CaseKind, "own", 0, record.Submitted, "Ana", "6")
	add(record.CaseKind, "own", 1, record.Verified, " ana", "6")
	add(record.CaseKind, "own", 2, record.Published, "Ben", "6")
	add(record.CaseKind, "draft", 0, record.Draft, "Ben", "7")
	if _, err := l.Append(t.Context(), []ledger.Change{{Kind: record.SourceKind, ID: "s", State: record.Published, By: "Ana", Body: []byte(`{"title":"x"}`)}}); err != nil {
		t.Fatal(err)
	}
	r, err := Read(t.Context(), l)
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, a := range r.Alone {
		got += a.ID + " by " + a.By + "; "
	}
	if want := "alone by Ana; changed by Ben; own by Ben; "; got != want || r.Public != 4 || r.TwoPeople {
		t.Errorf("alone are %q of %d, two people %t; want %q of 4", got, r.Public, r.TwoPeople, want)
	}
	for _, p := range r.People {
		if p.Name == "Ben" && (p.Wrote != 2 || p.Verified != 2 || p.Published != 3 || p.Withdrew != 1) {
			t.Errorf("Ben: %+v", p)
		}
	}
}
