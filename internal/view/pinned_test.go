package view_test

import (
	"fmt"
	"sync"
	"testing"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/view"
)

// A moment may be read by several at once, and from inside another read of the same kind: nobody gets another's rows.
func TestAMomentIsReadBySeveralAtOnce(t *testing.T) {
	d := filled(t, 60)
	v := d.open(view.Public)
	snapshot, release, err := v.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	read := func(inside bool) error {
		n := 0
		err := snapshot.EachCount(t.Context(), func(c *view.CountRow) error {
			n++
			j, err := snapshot.Judgment(t.Context(), c.Judgment)
			if err != nil || j.ID != c.Judgment || j.Case != c.Case {
				return fmt.Errorf("for %q came %+v, %w", c.Judgment, j, err)
			}
			if !inside {
				return nil
			}
			inside = false
			m := 0
			err = snapshot.EachCount(t.Context(), func(*view.CountRow) error { m++; return nil })
			if err == nil && m < 60 {
				err = fmt.Errorf("inside came %d counts", m)
			}
			return err
		})
		if err == nil && n < 60 {
			err = fmt.Errorf("came %d counts", n)
		}
		return err
	}
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			if err := read(true); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
}

// Of a source on which very much rests the last are told, and how many there are; without them it is read by itself.
func TestASourceOnWhichMuchRests(t *testing.T) {
	d := newDesk(t)
	d.enter(record.SourceKind, "birn-2021", 0, record.Published, source("Monitoring"))
	var all []ledger.Change
	for i := range view.MaxRests + 7 {
		id := fmt.Sprintf("j%03d", i)
		all = append(all, d.change(record.JudgmentKind, id, 0, record.Published, judgment(id, "2021-05-06", "A.B.", "6y")))
	}
	d.enterAll(all...)
	v := d.open(view.Public)
	s, err := v.Source(t.Context(), "birn-2021")
	if err != nil || s.Resting != view.MaxRests+7 || len(s.Rests) != view.MaxRests || s.Rests[0].ID != "j007" {
		t.Errorf("%d rest on it, told are %d, %v", s.Resting, len(s.Rests), err)
	}
	if s, err = v.BareSource(t.Context(), "birn-2021"); err != nil || s.Source.Title != "Monitoring" || len(s.Rests) != 0 {
		t.Errorf("by itself it is %+v, %v", s, err)
	}
}
