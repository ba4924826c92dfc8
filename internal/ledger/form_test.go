package ledger_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"fener/internal/ledger"
)

// added is what somebody with a SQLite shell can put into a ledger beside its rows.
var added = []struct{ name, statement, says string }{
	{"a trigger that copies what is erased", `CREATE TRIGGER keep BEFORE UPDATE ON entries BEGIN INSERT INTO copies VALUES (old.body); END`, "trigger keep on entries"},
	{"a trigger that drops what is appended", `CREATE TRIGGER drops BEFORE INSERT ON entries BEGIN SELECT RAISE(IGNORE); END`, "trigger drops on entries"},
	{"a table", `CREATE TABLE copies (body TEXT)`, "table copies"},
	{"a table that SQLite makes for ANALYZE", `ANALYZE`, "table sqlite_stat1"},
	{"a virtual table", `CREATE VIRTUAL TABLE words USING fts5(body)`, "table words"},
	{"a view in the place of nothing", `CREATE VIEW more AS SELECT * FROM entries`, "view more"},
	{"an index", `CREATE INDEX bodies ON entries (body)`, "index bodies on entries"},
	{"a column", `ALTER TABLE entries ADD COLUMN note TEXT`, "table entries"},
	{"a renamed column", `ALTER TABLE ledger RENAME COLUMN name TO title`, ""}, // cannot even be read as a ledger
}

func TestWhatFenerNeverMadeIsRefusedAndFound(t *testing.T) {
	for _, tt := range added {
		t.Run(tt.name, func(t *testing.T) {
			dir := written(t)
			if strings.Contains(tt.statement, "copies VALUES") {
				editSchema(t, dir, `CREATE TABLE copies (body TEXT)`)
			}
			editSchema(t, dir, tt.statement)
			for _, readOnly := range []bool{false, true} {
				opts := options()
				opts.ReadOnly = readOnly
				if l, err := ledger.Open(t.Context(), dir, opts); err == nil || tt.says != "" && (!errors.Is(err, ledger.ErrDamaged) || !strings.Contains(err.Error(), tt.says)) {
					t.Errorf("opened as %v: %v, want an error that names the %s", l, err, tt.says)
				}
			}
			report, err := ledger.Audit(t.Context(), dir, nil, nil)
			if tt.says == "" {
				if err == nil {
					t.Errorf("the audit could read it: %v", report.Faults)
				}
				return
			}
			if err != nil || !hasFault(report, 0, ledger.FaultForm, tt.says) {
				t.Errorf("faults %v, %v, want one that names the %s", report.Faults, err, tt.says)
			}
			if _, err := ledger.Restore(t.Context(), filepath.Join(dir, ledger.FileName), t.TempDir()); !errors.Is(err, ledger.ErrUnfitting) {
				t.Errorf("restored as a backup: %v", err)
			}
		})
	}
}

func hasFault(r ledger.Report, seq int64, what ledger.FaultKind, says string) bool {
	for _, f := range r.Faults {
		if f.Seq == seq && f.What == what && strings.Contains(f.Text, says) {
			return true
		}
	}
	return false
}

// editSchema changes what a ledger is made of.
func editSchema(t *testing.T, dir, statement string) {
	t.Helper()
	db := shell(t, dir)
	if _, err := db.Exec(statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// A trigger that is added while the ledger is open changes what the next append
// does: the first that dropped entries lost an import that was acknowledged.
func TestATriggerAddedMeanwhileLosesNothing(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir)
	if _, err := l.Append(t.Context(), syntheticChanges(0, 3)); err != nil {
		t.Fatal(err)
	}
	editSchema(t, dir, `CREATE TRIGGER drops BEFORE INSERT ON entries BEGIN SELECT RAISE(IGNORE); END`)
	if span, err := l.Append(t.Context(), syntheticChanges(3, 3)); !errors.Is(err, ledger.ErrDamaged) {
		t.Fatalf("appended %v, %v although a trigger drops it", span, err)
	}
	editSchema(t, dir, `DROP TRIGGER drops`)
	if span, err := l.Append(t.Context(), syntheticChanges(3, 3)); err != nil || span.First != 4 {
		t.Errorf("after the trigger was dropped: %v, %v", span, err)
	}
}

// What lies in a file beside its rows must not travel: not in pages that were
// freed, not in tables that the rows do not need.
func TestABackupCarriesRowsAlone(t *testing.T) {
	const words = "what-nobody-may-read"
	dir := written(t)
	editSchema(t, dir, `PRAGMA secure_delete = 0`)
	db := shell(t, dir)
	for _, statement := range []string{`CREATE TABLE x (t TEXT)`, `INSERT INTO x VALUES ('` + strings.Repeat(words+" ", 400) + `')`, `DROP TABLE x`} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	db.Close()
	if !holds(t, filepath.Join(dir, ledger.FileName), words) {
		t.Fatal("the file holds no freed page, so there is nothing to test")
	}
	opts := options()
	opts.ReadOnly = true
	l, err := ledger.Open(t.Context(), dir, opts)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	copied := filepath.Join(t.TempDir(), "copy.db")
	if _, err := l.Backup(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	if holds(t, copied, words) {
		t.Error("the backup holds what lay in a freed page")
	}
	into := t.TempDir()
	if _, err := ledger.Restore(t.Context(), filepath.Join(dir, ledger.FileName), into); err != nil {
		t.Fatal(err)
	}
	if holds(t, filepath.Join(into, ledger.FileName), words) {
		t.Error("the restored ledger holds what lay in a freed page")
	}
}

func TestTheMigratorsTableIsLookedAt(t *testing.T) {
	for _, statement := range []string{`DELETE FROM goose_db_version WHERE version_id = 0`, `UPDATE goose_db_version SET is_applied = 0 WHERE version_id = 0`,
		`INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, 1)`} {
		dir := written(t)
		edit(t, dir, statement)
		if report, err := ledger.Audit(t.Context(), dir, nil, nil); err != nil || !hasFault(report, 0, ledger.FaultForm, "the forms it was brought to") {
			t.Errorf("%s: faults %v, %v", statement, report.Faults, err)
		}
	}
}
