package main

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"fener/internal/account"
	"fener/internal/desk"
	"fener/internal/live"
	"fener/internal/postgres/postgrestest"
	"fener/internal/tables"
)

// signsIn fails unless somebody signs in with the accounts of a place.
func signsIn(t *testing.T, home tables.Home) {
	t.Helper()
	s, err := account.OpenIn(t.Context(), home.Place(account.FileName), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = s.SignIn(t.Context(), "edi", "nine purple lanterns hum", "")
	if err := errors.Join(err, s.Close()); err != nil {
		t.Errorf("signing in: %v", err)
	}
}

func homeAt(t *testing.T, place string) tables.Home {
	t.Helper()
	home, err := homeOf(place)
	if err != nil {
		t.Fatal(err)
	}
	return home
}

// Accounts, what was typed and what waits at talks go with the ledger, into a database and back, and accounts into a backup.
func TestWhatTheDeskKeepsMovesToo(t *testing.T) {
	address := postgrestest.Database(t)
	dir, back, file := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "back"), filepath.Join(t.TempDir(), "backup.tar.gz")
	want(t, exitDone, "a new record", "init", dir)
	home := homeAt(t, dir)
	s, err := account.OpenIn(t.Context(), home.Place(account.FileName), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	link, err := s.FirstLink(t.Context())
	if err == nil {
		_, err = s.Accept(t.Context(), link, account.Coming{Login: "edi", Name: "Edi", Password: "nine purple lanterns hum"})
	}
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	work, err := desk.OpenWork(t.Context(), home.Place(desk.WorkName), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	plans, err := desk.OpenPlans(t.Context(), home.Place(desk.PlansName))
	if err != nil {
		t.Fatal(err)
	}
	rooms, err := live.Open(t.Context(), live.Options{Place: home.Place(live.FileName), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(work.Close(), plans.Close(), rooms.Close()); err != nil {
		t.Fatal(err)
	}

	want(t, exitDone, "copied: what came in at talks", "move", "--from", dir, "--to", address)
	signsIn(t, homeAt(t, address))
	want(t, exitDone, "left as it is, since something lies there already: the accounts", "move", "--desk", "--from", dir, "--to", address)
	node := filepath.Join(t.TempDir(), "node")
	want(t, exitDone, "it was read back and holds", "backup", file, "--data", node, "--ledger", address)
	restored := filepath.Join(t.TempDir(), "restored")
	want(t, exitDone, "every commitment holds", "restore", file, "--data", restored)
	signsIn(t, homeAt(t, restored))
	want(t, exitDone, "copied: the accounts", "move", "--from", address, "--to", back)
	signsIn(t, homeAt(t, back))
}
