package residue_test

import (
	"bytes"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fener/internal/residue"

	_ "modernc.org/sqlite"
)

// database makes a SQLite file in a folder of its own and runs statements in it.
func database(t *testing.T, statements ...string) (path string, db *sql.DB) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "record.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	return path, db
}

func TestAFreedPageIsSearched(t *testing.T) {
	long := "'" + name + strings.Repeat(" and what was said then", 1000) + "'"
	path, db := database(t, "PRAGMA secure_delete = 0", "CREATE TABLE entries (id INTEGER PRIMARY KEY, body TEXT)", "INSERT INTO entries VALUES (1, 'other')",
		"INSERT INTO entries VALUES (2, "+long+")")
	if report := search(t, []string{name}, path); len(report.Found) != 1 || report.Found[0].Part != "table or index entries" || report.Found[0].Page != 2 {
		t.Errorf("standing: %+v", report)
	}
	for _, s := range []string{"CREATE TABLE other AS SELECT * FROM entries", "DROP TABLE entries"} {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	report := search(t, []string{name}, path)
	parts := map[string]int{}
	for _, f := range report.Found {
		parts[f.Part]++
	}
	if parts["free page"] != 1 || parts["table or index other"] != 1 {
		t.Errorf("dropped: %+v", report.Found)
	}
	for _, s := range []string{"PRAGMA secure_delete = 1", "DROP TABLE other", "VACUUM"} {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	if report := search(t, []string{name}, path); !report.Gone() {
		t.Errorf("after VACUUM: %+v", report)
	}
}

func TestARemovedRowIsSearched(t *testing.T) {
	path, _ := database(t, "PRAGMA secure_delete = 0", "CREATE TABLE entries (id INTEGER PRIMARY KEY, body TEXT)", "INSERT INTO entries VALUES (1, 'one'), (2, '"+name+"'), (3, 'three')",
		"DELETE FROM entries WHERE id = 2")
	report := search(t, []string{name}, path)
	if len(report.Found) != 1 || report.Found[0].Part != "table or index entries, unused part of the page" {
		t.Errorf("%+v", report.Found)
	}
}

// divisible is a value of 8,668 bytes, of which SQLite keeps the first 484 in the
// row's page and 4,092 in each further one.
func divisible(before int) string {
	return strings.Repeat("x", before) + name + strings.Repeat("y", 8668-before-len(name))
}

// A long value goes on in other pages; wherever it is cut, the word is found.
func TestAWordThatTwoPagesDivideIsFound(t *testing.T) {
	path, db := database(t, "CREATE TABLE entries (id INTEGER PRIMARY KEY, body TEXT)")
	for i := range 60 {
		for _, before := range []int{440, 4532} {
			if _, err := db.Exec("INSERT INTO entries (body) VALUES (?)", divisible(before+i)); err != nil {
				t.Fatal(err)
			}
		}
	}
	report := search(t, []string{name}, path)
	divided, copies := 0, 0
	for _, f := range report.Found {
		if strings.Contains(f.Part, "unused") {
			copies++ // a row that moved to another page
		}
		if f.Form&residue.Divided != 0 {
			divided++
		}
	}
	if len(report.Found) != 120+copies || divided < 20 {
		t.Errorf("found %d of 120, %d copies, %d divided", len(report.Found), copies, divided)
	}
	// The same inside an archive, where no page can be looked up.
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if packed := search(t, []string{name}, write(t, "backup.tar.gz", gzipped(tarred("ledger.db", content)))); len(packed.Found) != len(report.Found) || len(packed.NotSearched) > 0 {
		t.Errorf("in an archive: found %d, not searched %+v", len(packed.Found), packed.NotSearched)
	}
}

func TestTheLogIsSearched(t *testing.T) {
	path, db := database(t, "PRAGMA journal_mode = WAL", "PRAGMA wal_autocheckpoint = 0", "CREATE TABLE entries (id INTEGER PRIMARY KEY, body TEXT)")
	for i := range 40 {
		if _, err := db.Exec("INSERT INTO entries (body) VALUES (?)", divisible(450+i)); err != nil {
			t.Fatal(err)
		}
	}
	report := search(t, []string{name}, filepath.Dir(path))
	seen := map[string]bool{}
	for _, f := range report.Found {
		if filepath.Base(f.File) == "record.db-wal" && f.Page > 0 {
			seen[fmt.Sprint(f.Form)] = true
		}
	}
	if !seen["as given"] || !seen["divided"] {
		t.Errorf("%v: %+v", seen, report.Found)
	}
}

func TestATermOfTheIndexIsFound(t *testing.T) {
	path, db := database(t, "CREATE VIRTUAL TABLE search USING fts5(text, content='', contentless_delete=1, detail='none', tokenize='ascii')")
	for _, text := range []string{"zenjanin saqir", "zenjelin saqirov", "zenje zzz", "a saqirovic", "zenje the saqirovic"} {
		if _, err := db.Exec("INSERT INTO search (text) VALUES (?)", text); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.Exec("INSERT INTO search (search) VALUES ('optimize')"); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("VACUUM"); err != nil || bytes.Contains(content, []byte("zenje the")) {
		t.Fatalf("the test is not what it was: %v", err)
	}
	report := search(t, []string{name, "Saqirovic", "nobody"}, path)
	var got []string
	for _, f := range report.Found {
		if f.Form == residue.Term {
			got = append(got, fmt.Sprint(f.Word, " ", f.Part))
		}
	}
	if want := "1 full-text index search, documents: 1; 2 full-text index search, documents: 2"; strings.Join(got, "; ") != want {
		t.Errorf("%q, want %q; %+v", strings.Join(got, "; "), want, report)
	}
	if report := search(t, []string{name}, write(t, "view.gz", gzipped(content))); len(report.NotSearched) != 1 || !strings.Contains(report.NotSearched[0].Why, "full-text index") {
		t.Errorf("an index inside an archive: %+v", report)
	}
}

func TestABrokenDatabaseIsSearchedAsBytes(t *testing.T) {
	path, db := database(t, "CREATE TABLE entries (body TEXT)", "INSERT INTO entries VALUES ('"+name+"')")
	db.Close()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	copy(content[100:], "\xff\xff\xff\xff\xff\xff\xff\xff")
	report := search(t, []string{name}, write(t, "broken.db", content))
	if len(report.Found) != 1 || len(report.NotSearched) != 1 {
		t.Errorf("%+v", report)
	}
	for _, cut := range []int{50, 99, 100, 101, 4096, 5000} {
		search(t, []string{name}, write(t, "cut.db", content[:min(cut, len(content))]))
	}
}
