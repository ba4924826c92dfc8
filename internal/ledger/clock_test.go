package ledger_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fener/internal/ledger"
)

// A clock that is wrong once must not date everything after it.
func TestAClockThatCannotBeRight(t *testing.T) {
	noon := time.Now().UTC().Truncate(time.Microsecond)
	for _, tt := range []struct {
		name string
		now  time.Time
		says string // empty: it is believed
	}{
		{"the next day", noon.AddDate(0, 0, 1), ""},
		{"an hour back, as when a time zone was wrong", noon.Add(-time.Hour), ""},
		{"after two months of rest", noon.AddDate(0, 2, 0), ""},
		{"in 2099", time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC), "all later entries would be dated by it"},
		{"a year ahead", noon.AddDate(1, 0, 0), "nothing here is newer than"},
		{"two days back", noon.AddDate(0, 0, -2), "one of the two is wrong"},
		{"in 1970, a board without a battery", time.Unix(0, 0), "before this program was built"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			now := noon
			opts := options()
			opts.Now = func() time.Time { return now }
			opts.Built = noon.AddDate(0, -1, 0)
			l, err := ledger.Open(t.Context(), t.TempDir(), opts)
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			if _, err := l.Append(t.Context(), syntheticChanges(0, 2)); err != nil {
				t.Fatal(err)
			}
			now = tt.now
			_, err = l.Append(t.Context(), syntheticChanges(2, 1))
			if tt.says == "" && err != nil || tt.says != "" && (!errors.Is(err, ledger.ErrClock) || !strings.Contains(err.Error(), tt.says)) {
				t.Fatalf("appended with %v, want %q", err, tt.says)
			}
			if tt.says == "" {
				return
			}
			if _, err := l.Erase(t.Context(), ledger.Order{Kind: "judgment", ID: syntheticChanges(0, 1)[0].ID, Revs: []int{1}, By: "x", Why: "y"}); !errors.Is(err, ledger.ErrClock) {
				t.Errorf("erased: %v", err)
			}
			now = noon.Add(time.Minute) // the clock is put right, and everything goes on
			if span, err := l.Append(t.Context(), syntheticChanges(2, 1)); err != nil || span.First != 3 {
				t.Errorf("after the clock was put right: %v, %v", span, err)
			}
		})
	}
}

// What a wrong clock dated before stays dated so; entries after it must not.
func TestAClockThatWasPutRightGoesOn(t *testing.T) {
	dir := t.TempDir()
	wrong := time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC)
	now := wrong
	opts := options()
	opts.Now = func() time.Time { return now }
	l, err := ledger.Open(t.Context(), dir, opts) // begun in 2099, so that nothing contradicts it
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := l.Append(t.Context(), syntheticChanges(0, 1)); err != nil {
		t.Fatal(err)
	}
	now = time.Now().UTC().Truncate(time.Microsecond)
	if _, err := l.Append(t.Context(), syntheticChanges(1, 1)); !errors.Is(err, ledger.ErrClock) || !strings.Contains(err.Error(), "fener ledger clock") {
		t.Fatalf("appended beside an entry of 2099: %v, want an error that names the remedy", err)
	}
	if _, err := l.TrustClock(t.Context(), "officer", ""); !errors.Is(err, ledger.ErrInvalid) {
		t.Errorf("without a reason: %v", err)
	}
	if span, err := l.TrustClock(t.Context(), "officer", "the board's battery was empty"); err != nil || span.First != 2 {
		t.Fatalf("%v, %v", span, err)
	}
	if _, err := l.Append(t.Context(), syntheticChanges(1, 1)); err != nil {
		t.Fatal(err)
	}
	entries, err := l.Read(t.Context(), 0, 10)
	if err != nil || len(entries) != 3 {
		t.Fatal(entries, err)
	}
	if !entries[0].At.Equal(wrong) || !entries[1].At.Equal(now) || !entries[2].At.Equal(now) || entries[1].Kind != ledger.Clock {
		t.Errorf("dated %v, %v, %v; want 2099 and twice %v", entries[0].At, entries[1].At, entries[2].At, now)
	}
	if report, err := l.Verify(t.Context(), nil); err != nil || !report.OK() {
		t.Errorf("%v, %v", report.Faults, err)
	}
	if _, err := l.Append(t.Context(), []ledger.Change{{Kind: ledger.Clock, ID: "9", State: "published", By: "x", Body: []byte("{}")}}); !errors.Is(err, ledger.ErrInvalid) {
		t.Errorf("an entry of that kind from outside: %v", err)
	}
	if _, err := l.Erase(t.Context(), ledger.Order{Kind: ledger.Clock, ID: "2", Revs: []int{1}, By: "x", Why: "y"}); err != nil {
		t.Errorf("erasing the reason of one: %v", err)
	}
	if report, err := l.Verify(t.Context(), nil); err != nil || !report.OK() {
		t.Errorf("without its reason: %v, %v", report.Faults, err)
	}
}

// The file's own time is the third thing that a clock is held against.
func TestAClockIsHeldAgainstTheFileSystem(t *testing.T) {
	dir := written(t)
	later := time.Now().AddDate(1, 0, 0)
	if err := os.Chtimes(filepath.Join(dir, ledger.FileName), later, later); err != nil {
		t.Fatal(err)
	}
	opts := options()
	opts.Now = func() time.Time { return later.AddDate(0, 1, 0) }
	l, err := ledger.Open(t.Context(), dir, opts)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := l.Append(t.Context(), syntheticChanges(0, 1)); err != nil {
		t.Errorf("a month after the file was last written: %v", err)
	}
}
