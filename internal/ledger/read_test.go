package ledger_test

import (
	"errors"
	"testing"

	"fener/internal/ledger"
)

// Whoever folds or shows entries reads them; what was edited must stop them there,
// not at the next time that somebody verifies.
func TestWhatWasEditedIsNotRead(t *testing.T) {
	for _, statement := range []string{
		`UPDATE entries SET body = '{"id":"a","change":7}' WHERE seq = 3`,
		`UPDATE entries SET salt = randomblob(16) WHERE seq = 3`,
		`UPDATE entries SET commitment = randomblob(32) WHERE seq = 3`,
		`UPDATE entries SET author = 'nobody' WHERE seq = 3`,
		`UPDATE entries SET reason = 'none' WHERE seq = 3`,
		`UPDATE entries SET batch = 'x' WHERE seq = 3`,
		`UPDATE entries SET state = 'published' WHERE seq = 3`,
		`UPDATE entries SET at = '2001-01-01T00:00:00.000000Z' WHERE seq = 3`,
		`UPDATE entries SET chain = randomblob(32) WHERE seq = 2`,
		`UPDATE entries SET body = '{}', salt = randomblob(16) WHERE seq = 2`,
		`DELETE FROM entries WHERE seq = 2`,
	} {
		t.Run(statement, func(t *testing.T) {
			dir := written(t)
			l := openOld(t, dir)
			defer l.Close()
			edit(t, dir, statement)
			if entries, err := l.Read(t.Context(), 0, 100); !errors.Is(err, ledger.ErrDamaged) {
				t.Errorf("read %d entries, %v", len(entries), err)
			}
			if entries, err := l.Read(t.Context(), 1, 2); !errors.Is(err, ledger.ErrDamaged) {
				t.Errorf("read %d entries from the second on, %v", len(entries), err)
			}
			_, errA := l.History(t.Context(), "judgment", "a")
			_, errB := l.History(t.Context(), "judgment", "b")
			if !errors.Is(errors.Join(errA, errB), ledger.ErrDamaged) {
				t.Errorf("read the histories: %v, %v", errA, errB)
			}
			for _, err := range l.Follow(t.Context(), 0) {
				if errors.Is(err, ledger.ErrDamaged) {
					return
				}
			}
			t.Error("followed to the end")
		})
	}
}
