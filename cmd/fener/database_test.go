package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fener/internal/postgres/postgrestest"
)

// TestARecordInADatabase goes the way of docs/operations.md: a record in a folder is moved into a database, served and added to there, backed up, and moved back.
func TestARecordInADatabase(t *testing.T) {
	address := postgrestest.Database(t)
	t.Setenv("FENER_BY", "A. Editor")
	dir, back, file := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "back"), filepath.Join(t.TempDir(), "backup.tar.gz")
	want(t, exitDone, "a new record", "init", dir)
	want(t, exitDone, "", "import", "judgments", judgmentsFile(t, "first.csv", 0, 2), "--data", dir, "--why", "SYNTHETIC")
	_, before := fener(t, "ledger", "checkpoint", "--data", dir)
	proof := func(says string) string { return regexp.MustCompile(`(?s)SHA-256.*`).FindString(says) }

	code, there := fener(t, "move", "--from", dir, "--to", address)
	if code != exitDone || !strings.Contains(there, "equal in every column") {
		t.Fatalf("moving: %d\n%s", code, there)
	}
	want(t, exitUnreadable, "holds a ledger already", "move", "--from", dir, "--to", address)
	want(t, exitUsage, "is a ledger of its own", "import", "judgments", judgmentsFile(t, "second.csv", 2, 3), "--data", dir, "--ledger", address, "--why", "SYNTHETIC")
	if err := os.Rename(filepath.Join(dir, "ledger.db"), filepath.Join(dir, "ledger.db.moved")); err != nil {
		t.Fatal(err)
	}
	t.Setenv("FENER_LEDGER", address)
	if _, after := fener(t, "ledger", "checkpoint", "--data", dir); after != before || before == "" {
		t.Errorf("the checkpoint was\n%s and is\n%s", before, after)
	}
	want(t, exitDone, "every commitment and every number holds", "verify", "--data", dir)
	want(t, exitDone, "", "import", "judgments", judgmentsFile(t, "third.csv", 2, 4), "--data", dir, "--why", "SYNTHETIC")
	want(t, exitDone, "follows ledger", "init", filepath.Join(t.TempDir(), "second"))
	want(t, exitDone, "it was read back and holds", "backup", file, "--data", dir)
	want(t, exitDone, "folded", "view", "rebuild", "--data", dir)
	_, now := fener(t, "ledger", "checkpoint", "--data", dir)

	code, again := fener(t, "move", "--from", "postgres", "--to", back)
	if code != exitDone {
		t.Fatalf("moving back: %d\n%s", code, again)
	}
	t.Setenv("FENER_LEDGER", "")
	if _, after := fener(t, "ledger", "checkpoint", "--data", back); after != now {
		t.Errorf("the checkpoint was\n%s and is\n%s", now, after)
	}
	restored := filepath.Join(t.TempDir(), "restored")
	want(t, exitDone, "every commitment holds", "restore", file, "--data", restored)
	if _, after := fener(t, "ledger", "checkpoint", "--data", restored); after != now {
		t.Errorf("the backup's checkpoint is\n%s", after)
	}
	key, err := os.ReadFile(filepath.Join(dir, "ids.key"))
	other, errs := os.ReadFile(filepath.Join(restored, "ids.key"))
	if err != nil || errs != nil || string(key) != string(other) {
		t.Errorf("the key of ids in the backup: %v, %v", err, errs)
	}
	if proof(there) == "" || proof(there) == proof(again) {
		t.Error("two moves of different entries are proved alike")
	}
	for _, says := range []string{there, again} {
		if word := regexp.MustCompile(`://fener:([^@]*)@`).FindStringSubmatch(address)[1]; strings.Contains(says, word) {
			t.Error("the password was printed")
		}
	}
}

// TestADatabaseThatIsWrong names places that are none.
func TestADatabaseThatIsWrong(t *testing.T) {
	gone := "postgres://u:hush@127.0.0.1:1/fener?sslmode=disable"
	for _, row := range []struct {
		code int
		says string
		args []string
	}{
		{exitUsage, "needs two places", []string{"move", "--from", "x"}},
		{exitUsage, "FENER_LEDGER, and that is empty", []string{"move", "--from", "postgres", "--to", "x"}},
		{exitUsage, "begins with postgres://", []string{"verify", "--data", t.TempDir(), "--ledger", "db.example"}},
		{exitUsage, "cannot be read", []string{"serve", "--data", t.TempDir(), "--ledger", "postgres://u:hush@h:port/x"}},
		{exitUnreadable, "does not answer", []string{"serve", "--data", t.TempDir(), "--ledger", gone}},
		{exitUnreadable, "does not answer", []string{"ledger", "verify", "--data", t.TempDir(), "--ledger", gone}},
		{exitUnreadable, "does not answer", []string{"backup", filepath.Join(t.TempDir(), "b"), "--data", t.TempDir(), "--ledger", gone}},
	} {
		want(t, row.code, row.says, row.args...)
		if _, says := fener(t, row.args...); strings.Contains(says, "hush") {
			t.Errorf("%v: the password was printed", row.args)
		}
	}
}
