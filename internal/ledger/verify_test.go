package ledger_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fener/internal/ledger"
	"fener/internal/record"
)

// edit changes a ledger's file by hand, as somebody with a SQLite shell would.
func edit(t *testing.T, dir string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, ledger.FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range statements {
		result, err := db.Exec(s)
		if err != nil {
			t.Fatalf("%s: %v", s, err)
		}
		if n, _ := result.RowsAffected(); n == 0 && !strings.HasPrefix(s, "PRAGMA") {
			t.Fatalf("%s changed nothing", s)
		}
	}
}

// written makes a ledger of seven entries in a folder and closes it: thing a in
// three revisions (entries 1, 3, 5), thing b in two (2, 4; the first erased by
// entry 6), and c (7).
func written(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	l := open(t, dir)
	appendOne := func(base int, id string, state record.State) {
		change := ledger.Change{
			Kind: "judgment", ID: id, Base: base, State: state, By: "officer", Why: "why", Batch: "batch",
			Body: fmt.Appendf(nil, `{"id":%q,"change":%d}`, id, base),
		}
		if _, err := l.Append(t.Context(), []ledger.Change{change}); err != nil {
			t.Fatal(err)
		}
	}
	appendOne(0, "a", record.Draft)
	appendOne(0, "b", record.Draft)
	appendOne(1, "a", record.Submitted)
	appendOne(1, "b", record.Submitted)
	appendOne(2, "a", record.Verified)
	if _, err := l.Erase(t.Context(), ledger.Order{Kind: "judgment", ID: "b", Revs: []int{1}, By: "officer", Why: "court order"}); err != nil {
		t.Fatal(err)
	}
	appendOne(0, "c", record.Published)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestVerifyFindsEditsByHand(t *testing.T) {
	const blob = `randomblob(32)`
	for _, tt := range []struct {
		name string
		edit []string
		seq  int64 // entry at which a fault is expected
		what ledger.FaultKind
	}{
		{"another author", []string{`UPDATE entries SET author = 'nobody' WHERE seq = 3`}, 3, ledger.FaultChain},
		{"another reason", []string{`UPDATE entries SET reason = '' WHERE seq = 3`}, 3, ledger.FaultCommitment},
		{"another salt of a reason", []string{`UPDATE entries SET reason_salt = randomblob(16) WHERE seq = 3`}, 3, ledger.FaultCommitment},
		{"another commitment to a reason", []string{`UPDATE entries SET reason_commitment = ` + blob + ` WHERE seq = 3`}, 3, ledger.FaultChain},
		{"an entry made one of the first form", []string{`UPDATE entries SET reason_commitment = NULL, reason_salt = NULL WHERE seq = 3`}, 3, ledger.FaultChain},
		{"a reason erased by hand", []string{`UPDATE entries SET reason = NULL, reason_salt = NULL WHERE seq = 3`}, 3, ledger.FaultErasure},
		{"a reason of an erasure erased by hand", []string{`UPDATE entries SET reason = NULL, reason_salt = NULL WHERE seq = 6`}, 6, ledger.FaultErasure},
		{"the hash of the key", []string{`UPDATE ledger SET key_hash = ` + blob}, 0, ledger.FaultKey},
		{"no hash of the key", []string{`UPDATE ledger SET key_hash = NULL`}, 0, ledger.FaultKey},
		{"another batch", []string{`UPDATE entries SET batch = 'x' WHERE seq = 3`}, 3, ledger.FaultChain},
		{"another state", []string{`UPDATE entries SET state = 'draft' WHERE seq = 3`}, 3, ledger.FaultChain},
		{"a state that is none", []string{`UPDATE entries SET state = 'final' WHERE seq = 3`}, 3, ledger.FaultTransition},
		{"another time", []string{`UPDATE entries SET at = '2001-01-01T00:00:00.000000Z' WHERE seq = 3`}, 3, ledger.FaultChain},
		{"a time before the entry before", []string{`UPDATE entries SET at = '2001-01-01T00:00:00.000000Z' WHERE seq = 3`}, 3, ledger.FaultTime},
		{"a time in another spelling", []string{`UPDATE entries SET at = replace(at, 'Z', '+00:00') WHERE seq = 3`}, 3, ledger.FaultColumn},
		{"no time at all", []string{`UPDATE entries SET at = 'yesterday' WHERE seq = 3`}, 3, ledger.FaultColumn},
		{"another kind", []string{`UPDATE entries SET kind = 'source' WHERE seq = 3`}, 3, ledger.FaultChain},
		{"another id", []string{`UPDATE entries SET id = 'x' WHERE seq = 3`}, 3, ledger.FaultChain},
		{"another revision", []string{`UPDATE entries SET rev = 9 WHERE seq = 3`}, 3, ledger.FaultRevision},
		{"a byte of a body", []string{`UPDATE entries SET body = replace(body, '1', '2') WHERE seq = 3`}, 3, ledger.FaultCommitment},
		{"another salt", []string{`UPDATE entries SET salt = randomblob(16) WHERE seq = 3`}, 3, ledger.FaultCommitment},
		{"a short salt", []string{`UPDATE entries SET salt = x'00' WHERE seq = 3`}, 3, ledger.FaultColumn},
		{"another commitment", []string{`UPDATE entries SET commitment = ` + blob + ` WHERE seq = 3`}, 3, ledger.FaultCommitment},
		{"a short commitment", []string{`UPDATE entries SET commitment = x'' WHERE seq = 3`}, 3, ledger.FaultColumn},
		{"another chain", []string{`UPDATE entries SET chain = ` + blob + ` WHERE seq = 3`}, 3, ledger.FaultChain},
		{"a long chain", []string{`UPDATE entries SET chain = randomblob(33) WHERE seq = 3`}, 3, ledger.FaultColumn},
		{"the last entry", []string{`UPDATE entries SET author = 'nobody' WHERE seq = 7`}, 7, ledger.FaultChain},
		{"the first entry", []string{`UPDATE entries SET author = 'nobody' WHERE seq = 1`}, 1, ledger.FaultChain},
		{"a header of what is erased", []string{`UPDATE entries SET author = 'nobody' WHERE seq = 2`}, 2, ledger.FaultChain},
		{"a removed entry", []string{`DELETE FROM entries WHERE seq = 3`}, 4, ledger.FaultGap},
		{"a removed first entry", []string{`DELETE FROM entries WHERE seq = 1`}, 2, ledger.FaultGap},
		{"a removed end", []string{`DELETE FROM entries WHERE seq = 7`}, 0, ledger.FaultHead},
		{"a removed thing, closed up", []string{`DELETE FROM entries WHERE seq = 3`, `UPDATE entries SET seq = seq - 1 WHERE seq > 3`,
			`UPDATE ledger SET seq = seq - 1`}, 3, ledger.FaultChain},
		{"an entry number", []string{`UPDATE entries SET seq = 70 WHERE seq = 7`, `UPDATE ledger SET seq = 70`}, 70, ledger.FaultGap},
		{"two entries swapped", []string{`UPDATE entries SET seq = 70 WHERE seq = 3`, `UPDATE entries SET seq = 3 WHERE seq = 5`,
			`UPDATE entries SET seq = 5 WHERE seq = 70`}, 3, ledger.FaultRevision},
		{"an erasure by hand", []string{`UPDATE entries SET body = NULL, salt = NULL WHERE seq = 3`}, 3, ledger.FaultErasure},
		{"what was erased comes back", []string{`UPDATE entries SET body = '{}', salt = randomblob(16), reason = '', reason_salt = randomblob(16) WHERE seq = 2`}, 6, ledger.FaultErasure},
		{"the reason of an erasure", []string{`UPDATE entries SET reason = '' WHERE seq = 6`}, 6, ledger.FaultCommitment},
		{"an erasure of another entry", []string{`UPDATE entries SET id = '1' WHERE seq = 6`}, 6, ledger.FaultErasure},
		{"an erasure of nothing", []string{`UPDATE entries SET id = 'x' WHERE seq = 6`}, 6, ledger.FaultErasure},
		{"an erasure of what comes later", []string{`UPDATE entries SET id = '7' WHERE seq = 6`}, 6, ledger.FaultErasure},
		{"an added entry", []string{`INSERT INTO entries SELECT 8, at, kind, 'd', 1, state, author, batch, commitment, reason_commitment, chain, reason_salt, reason, salt, body
			FROM entries WHERE seq = 7`}, 8, ledger.FaultChain},
		{"another name of the ledger", []string{`UPDATE ledger SET name = 'x'`}, 1, ledger.FaultChain},
		{"the end's number", []string{`UPDATE ledger SET seq = 6`}, 0, ledger.FaultHead},
		{"the end's chain", []string{`UPDATE ledger SET chain = ` + blob}, 0, ledger.FaultHead},
		{"the end's time", []string{`UPDATE ledger SET at = '2001-01-01T00:00:00.000000Z'`}, 0, ledger.FaultHead},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := written(t)
			edit(t, dir, tt.edit...)
			report, err := ledger.Audit(t.Context(), dir, nil, nil)
			if err != nil {
				t.Fatal(err)
			}
			if !errors.Is(report.Err(), ledger.ErrDamaged) {
				t.Errorf("the report's error is %v", report.Err())
			}
			for _, f := range report.Faults {
				if f.Seq == tt.seq && f.What == tt.what && f.Text != "" {
					return
				}
			}
			t.Errorf("no fault %q at entry %d among %v", tt.what, tt.seq, report.Faults)
		})
	}
}

func TestOneEditIsOneFault(t *testing.T) {
	dir := written(t)
	edit(t, dir, `UPDATE entries SET author = 'nobody' WHERE seq = 1`)
	report, err := ledger.Audit(t.Context(), dir, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Faults) != 1 || report.Faults[0].Seq != 1 {
		t.Errorf("faults %v, want the first entry alone", report.Faults)
	}
}

func TestAnUntouchedLedgerHasNoFault(t *testing.T) {
	report, err := ledger.Audit(t.Context(), written(t), nil, nil)
	if err != nil || report.Err() != nil || report.Entries != 7 || report.Erased != 1 {
		t.Errorf("report %+v, %v", report, err)
	}
}

func TestAuditFindsAnIndexThatHidesARow(t *testing.T) {
	dir := written(t)
	edit(t, dir, `PRAGMA writable_schema = 1`,
		`UPDATE sqlite_schema SET sql = replace(sql, 'UNIQUE (kind, id, rev)', 'UNIQUE (kind, id, seq)') WHERE name = 'entries'`)
	report, err := ledger.Audit(t.Context(), dir, nil, nil)
	if err != nil {
		if !errors.Is(err, ledger.ErrDamaged) {
			t.Fatal(err)
		}
		return
	}
	if report.OK() {
		t.Error("an index that does not fit its table was not found")
	}
}

func TestFaultsAreCountedBeyondTheLimit(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir)
	if _, err := l.Append(t.Context(), syntheticChanges(0, 1500)); err != nil {
		t.Fatal(err)
	}
	l.Close()
	edit(t, dir, `UPDATE entries SET salt = randomblob(16)`)
	report, err := ledger.Audit(t.Context(), dir, nil, nil)
	if err != nil || len(report.Faults) != 1000 || report.More != 500 {
		t.Errorf("%d faults and %d more, %v", len(report.Faults), report.More, err)
	}
}

func TestOpenFindsAnEndThatWasCutOff(t *testing.T) {
	for name, statement := range map[string]string{
		"last entry removed":    `DELETE FROM entries WHERE seq = 7`,
		"last entry's chain":    `UPDATE entries SET chain = randomblob(32) WHERE seq = 7`,
		"all entries removed":   `DELETE FROM entries`,
		"the end's row removed": `DELETE FROM ledger`,
		"the end's time":        `UPDATE ledger SET at = 'yesterday'`,
	} {
		dir := written(t)
		edit(t, dir, statement)
		before, err := os.ReadFile(filepath.Join(dir, ledger.FileName))
		if err != nil {
			t.Fatal(err)
		}
		for _, readOnly := range []bool{false, true} {
			opts := options()
			opts.ReadOnly = readOnly
			if l, err := ledger.Open(t.Context(), dir, opts); !errors.Is(err, ledger.ErrDamaged) {
				t.Errorf("%s: opened as %v, %v", name, l, err)
			}
		}
		if after, err := os.ReadFile(filepath.Join(dir, ledger.FileName)); err != nil || string(after) != string(before) {
			t.Errorf("%s: opening changed the file (%v)", name, err)
		}
	}
}

// Every column of every row, one after the other: nothing in a ledger can be
// changed by hand without a fault.
func TestEveryColumnOfEveryRowIsCovered(t *testing.T) {
	dir := written(t)
	path := filepath.Join(dir, ledger.FileName)
	clean, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	tried, found := 0, 0
	for table, rows := range map[string]string{"entries": "seq", "ledger": "one"} {
		for _, column := range columnsOf(t, dir, table) {
			for _, value := range []string{`%[1]s || 'x'`, `%[1]s + 1`, `NULL`, `''`, `randomblob(32)`, `(SELECT max(%[1]s) FROM %[2]s)`} {
				for row := range 7 {
					if err := os.WriteFile(path, clean, 0o600); err != nil {
						t.Fatal(err)
					}
					statement := fmt.Sprintf(`UPDATE %[2]s SET %[1]s = `+value+` WHERE %[3]s = %[4]d`, column, table, rows, row+1)
					db := shell(t, dir)
					before := dump(t, db)
					_, err := db.Exec(statement)
					changed := err == nil && dump(t, db) != before // what the table itself refuses needs no finding
					db.Close()
					if !changed {
						continue
					}
					tried++
					report, err := ledger.Audit(t.Context(), dir, nil, nil)
					if err != nil || !report.OK() {
						found++
						continue
					}
					t.Errorf("%s was not found", statement)
				}
			}
		}
	}
	if tried < 200 {
		t.Errorf("only %d edits were possible", tried)
	}
	t.Logf("%d of %d edits found", found, tried)
}

func columnsOf(t *testing.T, dir, table string) (names []string) {
	t.Helper()
	db := shell(t, dir)
	defer db.Close()
	rows, err := db.Query(`SELECT name FROM pragma_table_info(?)`, table)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	return names
}

// dump is everything that the two tables hold.
func dump(t *testing.T, db *sql.DB) string {
	t.Helper()
	var text string
	if err := db.QueryRow(`SELECT group_concat(quote(seq) || quote(at) || quote(kind) || quote(id) || quote(rev) || quote(state) || quote(author) || quote(reason) ||
		quote(batch) || quote(commitment) || quote(chain) || quote(salt) || quote(body)) FROM (SELECT * FROM entries ORDER BY seq)`).Scan(&text); err != nil {
		t.Fatal(err)
	}
	var head string
	if err := db.QueryRow(`SELECT group_concat(quote(one) || quote(name) || quote(seq) || quote(at) || quote(chain)) FROM ledger`).Scan(&head); err != nil {
		t.Fatal(err)
	}
	return text + head
}
