package view_test

import (
	"context"
	"crypto/rand"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
	"fener/period"
)

// desk is a ledger with its two views in one folder.
type desk struct {
	t      testing.TB
	dir    string
	ledger *ledger.Store
	pack   *law.Pack
	log    *slog.Logger
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	dir := t.TempDir()
	l := openLedger(t, dir)
	pack, err := law.Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	return &desk{t: t, dir: dir, ledger: l, pack: pack, log: slog.New(slog.DiscardHandler)}
}

// openLedger opens or begins a ledger with a clock of its own.
func openLedger(t testing.TB, dir string) *ledger.Store {
	t.Helper()
	clock := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	l, err := ledger.Open(t.Context(), dir, ledger.Options{
		Now: func() time.Time { clock = clock.Add(time.Minute); return clock }, Rand: rand.Reader, Create: true, Poll: 10 * time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

func (d *desk) options(scope view.Scope) view.Options {
	return view.Options{Path: filepath.Join(d.dir, scope.FileName()), Scope: scope, Ledger: d.ledger, Pack: d.pack, Log: d.log}
}

// open opens a view and folds everything into it.
func (d *desk) open(scope view.Scope) *view.View {
	d.t.Helper()
	v, err := view.Open(d.t.Context(), d.options(scope))
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { _ = v.Close() })
	d.catchUp(v)
	return v
}

func (d *desk) catchUp(v *view.View) {
	d.t.Helper()
	if err := v.CatchUp(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
}

// enter appends one revision of a thing.
func (d *desk) enter(kind record.Kind, id string, base int, state record.State, thing any) {
	d.t.Helper()
	d.enterAll(d.change(kind, id, base, state, thing))
}

func (d *desk) change(kind record.Kind, id string, base int, state record.State, thing any) ledger.Change {
	d.t.Helper()
	body, err := record.Encode(thing)
	if err != nil {
		d.t.Fatal(err)
	}
	return ledger.Change{Kind: kind, ID: id, Base: base, State: state, By: "officer", Why: "entered for a test", Body: body}
}

// enterAll enters many in one go.
func (d *desk) enterAll(changes ...ledger.Change) {
	d.t.Helper()
	if _, err := d.ledger.Append(context.Background(), changes); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) erase(kind record.Kind, id string, revs ...int) {
	d.t.Helper()
	if _, err := d.ledger.Erase(context.Background(), ledger.Order{Kind: kind, ID: id, Revs: revs, By: "officer", Why: "court order"}); err != nil {
		d.t.Fatal(err)
	}
}

// judgment is a conviction under Article 165, paragraph 1, of the code of 2019.
func judgment(caseID, date, label, term string) *record.Judgment {
	return &record.Judgment{
		Case: caseID, Numbers: []string{"PKR.Nr.64/2021"}, Court: "court-prishtina", Instance: record.FirstInstance,
		Date: period.MustDate(date), Final: law.No,
		Defendants: []record.Defendant{{Label: label, Counts: []record.Count{{
			Charged: "06/L-074:165(1)", Convicted: "06/L-074:165(1)", From: period.MustDate("2020-03-04"), Verdict: law.Convicted,
			Sentence: record.Sentence{Imprisonment: years(term), Fine: law.Fine{State: law.FineOfAmount, Cents: 100_000}},
			Place:    "p. 3", Quote: "shpallet fajtor në Gjakovë",
		}}}},
		Citations: []record.Citation{{Source: "birn-2021", Place: "p. 1", Quote: "dënohet në Llapushnik"}},
	}
}

func years(s string) law.Imprisonment {
	length, err := period.ParseLength(s)
	if err != nil {
		panic(err)
	}
	return law.Imprisonment{State: law.ForTerm, Term: length}
}

func source(title string) *record.Source { return &record.Source{Title: title, Publisher: "BIRN"} }

func sorted(list []string) []string { slices.Sort(list); return list }

func hits(list []view.Hit) string {
	var b strings.Builder
	for _, h := range list {
		b.WriteString(string(h.Kind) + " " + h.ID + "\n")
	}
	return b.String()
}
