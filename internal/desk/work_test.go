package desk

import (
	"errors"
	"net/url"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"fener/internal/record"
	"fener/internal/tables"
	"fener/internal/tables/tablestest"
	"fener/period"
)

// TestMain runs all tests over SQLite, and again over PostgreSQL.
func TestMain(m *testing.M) { os.Exit(tablestest.Run(m)) }

var noon = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

func work(t *testing.T, place tables.Place, now func() time.Time) *Work {
	t.Helper()
	w, err := OpenWork(t.Context(), place, now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	return w
}

func TestWhatWasTypedIsKeptForWhoTypedIt(t *testing.T) {
	now := noon
	place := tablestest.Place(t, WorkName)
	w := work(t, place, func() time.Time { return now })
	ctx, thing := t.Context(), record.Thing{Kind: record.SourceKind, ID: "a"}
	for _, title := range []string{"First", "Second"} {
		if err := w.keep(ctx, "ana", thing, 3, url.Values{"title": {title}}); err != nil {
			t.Fatal(err)
		}
		now = now.Add(time.Minute)
	}
	k, err := w.keptOf(ctx, "ana", thing)
	if err != nil || k == nil || k.Base != 3 || k.Values.Get("title") != "Second" || !k.At.Equal(noon.Add(time.Minute)) {
		t.Errorf("%+v, %v", k, err)
	}
	if k, err := w.keptOf(ctx, "edi", thing); k != nil || err != nil {
		t.Errorf("somebody else is shown it: %+v, %v", k, err)
	}
	other := record.Thing{Kind: record.SourceKind, ID: "b"}
	if err := w.keep(ctx, "ana", other, 0, url.Values{"title": {"Other"}}); err != nil {
		t.Fatal(err)
	}
	if list, err := w.keptThings(ctx, "ana"); err != nil || !slices.Equal(list, []record.Thing{other, thing}) {
		t.Errorf("the newest first: %v, %v", list, err)
	}
	if err := w.drop(ctx, "ana", other); err != nil {
		t.Fatal(err)
	}
	now = now.AddDate(0, 0, keptDays+1)
	if err := errors.Join(w.keep(ctx, "edi", other, 0, url.Values{}), w.Close()); err != nil {
		t.Fatal(err)
	}
	w = work(t, place, func() time.Time { return now })
	if list, err := w.keptThings(ctx, "ana"); err != nil || len(list) != 0 {
		t.Errorf("after a month: %v, %v", list, err)
	}
	if list, err := w.keptThings(ctx, "edi"); err != nil || len(list) != 1 {
		t.Errorf("typed a moment ago: %v, %v", list, err)
	}
}

func TestWhoLooksAtAThing(t *testing.T) {
	now := noon
	w := work(t, tablestest.Place(t, WorkName), func() time.Time { return now })
	ctx, thing := t.Context(), record.Thing{Kind: record.SourceKind, ID: "a"}
	looks := func(name string, want ...string) {
		t.Helper()
		if others, err := w.looks(ctx, thing, name); err != nil || !slices.Equal(others, want) {
			t.Errorf("%s sees %v, want %v (%v)", name, others, want, err)
		}
	}
	looks("Ana")
	looks("Edi", "Ana")
	looks("Ana", "Edi")
	now = now.Add(present + time.Second)
	looks("Zef")
	looks("Ana", "Zef")
	if err := w.leaves(ctx, thing, "Zef"); err != nil {
		t.Fatal(err)
	}
	looks("Ana")
}

func TestPlans(t *testing.T) {
	p, err := OpenPlans(t.Context(), tablestest.Place(t, PlansName))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	ctx, a, b := t.Context(), record.Thing{Kind: record.SourceKind, ID: "a"}, record.Thing{Kind: record.SourceKind, ID: "b"}
	day := period.DateOf(noon)
	for _, of := range []record.Thing{a, b} {
		if err := p.setDue(ctx, of, day, "ana"); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.setDue(ctx, b, period.Date{}, "ana"); err != nil {
		t.Fatal(err)
	}
	if list, err := p.allDue(ctx); err != nil || !slices.Equal(list, []due{{a, day}}) {
		t.Errorf("%v, %v", list, err)
	}
	if got, err := p.dueOf(ctx, b); err != nil || !got.IsZero() {
		t.Errorf("%v, %v", got, err)
	}
	for i, of := range []record.Thing{b, a} {
		if err := p.hold(ctx, &embargo{Thing: of, Rev: 2, At: noon.Add(time.Duration(i) * time.Hour), Account: "ana", Looked: []string{"x", "y"}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.fail(ctx, a, failedChanged); err != nil {
		t.Fatal(err)
	}
	list, err := p.held(ctx, record.Thing{})
	if err != nil || len(list) != 2 || list[0].Thing != b || list[1].Failed != failedChanged || !slices.Equal(list[0].Looked, []string{"x", "y"}) {
		t.Errorf("%+v, %v", list, err)
	}
	if err := p.lift(ctx, a); err != nil {
		t.Fatal(err)
	}
	if list, err := p.held(ctx, a); err != nil || len(list) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
	if list, err := p.held(ctx, b); err != nil || len(list) != 1 || !list[0].At.Equal(noon) {
		t.Errorf("%+v, %v", list, err)
	}
}

// Two nodes see each other's people, and do in turn what one of them does.
func TestTwoNodesAtTheDesk(t *testing.T) {
	place := tablestest.Nodes(t)
	now := func() time.Time { return noon }
	a, b := work(t, place, now), work(t, place, now)
	ctx, thing := t.Context(), record.Thing{Kind: record.SourceKind, ID: "a"}
	if err := a.keep(ctx, "ana", thing, 1, url.Values{"title": {"Typed at the first"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := a.looks(ctx, thing, "Ana"); err != nil {
		t.Fatal(err)
	}
	if others, err := b.looks(ctx, thing, "Edi"); err != nil || !slices.Equal(others, []string{"Ana"}) {
		t.Errorf("at the second node Edi sees %v (%v)", others, err)
	}
	if k, err := b.keptOf(ctx, "ana", thing); err != nil || k == nil || k.Values.Get("title") != "Typed at the first" {
		t.Errorf("what was typed, at the second node: %+v, %v", k, err)
	}
	if err := ForgetTyped(ctx, place); err != nil {
		t.Fatal(err)
	}
	if k, err := a.keptOf(ctx, "ana", thing); err != nil || k != nil {
		t.Errorf("what was typed is left: %+v, %v", k, err)
	}
	var wait sync.WaitGroup
	var mu sync.Mutex
	inside, most := 0, 0
	for _, w := range []*Work{a, b, a, b} {
		wait.Go(func() {
			err := w.db.Alone(ctx, "publishing", func() error {
				mu.Lock()
				inside++
				most = max(most, inside)
				mu.Unlock()
				time.Sleep(20 * time.Millisecond)
				mu.Lock()
				inside--
				mu.Unlock()
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if most != 1 {
		t.Errorf("%d did at once what one does at a time", most)
	}
}
