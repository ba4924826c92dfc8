package view_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"testing"

	"fener/internal/record"
	"fener/internal/view"
)

// sealed is a closed view in which every table has rows, and its path.
func sealed(t *testing.T) (*desk, string) {
	t.Helper()
	d := newDesk(t)
	appendAll(t, d, syntheticChanges(t, 30))
	d.enter(record.SourceKind, "birn-2020", 0, record.Published, &record.Source{Title: "Monitoring report"})
	d.enter(record.SourceKind, "birn-2021", 0, record.Published, &record.Source{Title: "Of the case"})
	d.enter(record.CaseKind, "child", 0, record.Published, map[string]any{"child_victim": "yes"})
	d.enter(record.JudgmentKind, "child-first", 0, record.Published, judgment("child", "2021-05-06", "A.B.", "6y"))
	d.enter(record.JudgmentKind, "child-first", 1, record.Published, judgment("child", "2021-05-06", "A.B.", "7y"))
	d.enter("note", "n", 0, record.Published, map[string]any{"id": "n"})
	if err := d.open(view.Public).Close(); err != nil {
		t.Fatal(err)
	}
	return d, d.options(view.Public).Path
}

// edits are one change for each column of each table of a view's file, the
// hidden ones of the search index among them, and some of what else there is.
func edits(t *testing.T, path string) (all []string) {
	t.Helper()
	tables, err := view.Made()
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, table := range tables {
		var first any
		if err := db.QueryRow(`SELECT 1 FROM "` + table + `"`).Scan(&first); err != nil || strings.HasSuffix(table, "_words") || table == "search" || table == "search_names" {
			continue // nothing in it, or only another way to see others
		}
		rows, err := db.Query(`SELECT name, type FROM pragma_table_info(?)`, table)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var name, kind string
			if err := rows.Scan(&name, &kind); err != nil {
				t.Fatal(err)
			}
			value := fmt.Sprintf(`"%s" || 'x'`, name)
			switch kind {
			case "INTEGER":
				value = fmt.Sprintf(`coalesce("%s", 0) + 1000000`, name)
			case "BLOB":
				value = fmt.Sprintf(`CAST("%s" || x'00' AS BLOB)`, name)
			}
			all = append(all, fmt.Sprintf(`UPDATE OR REPLACE "%s" SET "%s" = %s`, table, name, value))
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
		all = append(all, `DELETE FROM "`+table+`"`)
	}
	return append(all, `CREATE TABLE mine (t TEXT)`, `CREATE TRIGGER keep AFTER DELETE ON things BEGIN SELECT 1; END`, `DROP INDEX things_id`, `PRAGMA user_version = 7`,
		`CREATE VIEW more AS SELECT 1`)
}

// Every column, table and index: what somebody changed while nobody looked is not
// shown at the next start.
func TestAnEditedViewIsNotShown(t *testing.T) {
	d, path := sealed(t)
	clean := map[string][]byte{}
	for _, suffix := range []string{"", ".seal"} {
		data, err := os.ReadFile(path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		clean[suffix] = data
	}
	all := edits(t, path)
	if len(all) < 80 {
		t.Fatalf("only %d edits", len(all))
	}
	found := 0
	for _, edit := range all {
		for suffix, data := range clean {
			if err := os.WriteFile(path+suffix, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		shell(t, path, edit)
		if now, err := os.ReadFile(path); err == nil && bytes.Equal(now, clean[""]) {
			t.Errorf("%s changed nothing", edit)
			continue
		}
		var log bytes.Buffer
		d.log = slog.New(slog.NewTextHandler(&log, nil))
		v, err := view.Open(t.Context(), d.options(view.Public)) // nothing is folded yet
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(log.String(), "built anew") && v.Seq() == 0 {
			found++
		} else {
			t.Errorf("%s was not found", edit)
		}
		if err := v.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d of %d edits found", found, len(all))
}

// The same while the view is open: by what SQLite counts, and by its seal.
func TestAViewThatIsEditedWhileItIsOpen(t *testing.T) {
	for name, edit := range map[string]func(t *testing.T, path string){
		"a statement": func(t *testing.T, path string) { shell(t, path, `UPDATE things SET title = 'nobody said this'`) },
		"the file replaced": func(t *testing.T, path string) {
			if err := errors.Join(os.Rename(path, path+".old"), os.WriteFile(path, []byte("x"), 0o600)); err != nil {
				t.Fatal(err)
			}
		},
		"a byte": func(t *testing.T, path string) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			at := bytes.Index(data, []byte("Monitoring report"))
			file, err := os.OpenFile(path, os.O_RDWR, 0)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := file.WriteAt([]byte("N"), int64(at)); err != nil {
				t.Fatal(err)
			}
			file.Close()
		},
	} {
		t.Run(name, func(t *testing.T) {
			d, path := sealed(t)
			v := d.open(view.Public)
			if err := errors.Join(v.Watch(t.Context()), v.Verify(t.Context())); err != nil || !v.Trusted() {
				t.Fatalf("an untouched file is not trusted, %v", err)
			}
			edit(t, path)
			if err := errors.Join(v.Watch(t.Context()), v.Verify(t.Context())); err != nil || v.Trusted() {
				t.Fatalf("it is trusted, %v", err)
			}
			if things, err := v.Recent(t.Context(), 3); !errors.Is(err, view.ErrForeign) {
				t.Errorf("it shows %v, %v", things, err)
			}
			d.catchUp(v)
			if source, err := v.Source(t.Context(), "birn-2020"); err != nil || source.Source.Title != "Monitoring report" || !v.Trusted() {
				t.Errorf("after it was built anew: %v, %v", source, err)
			}
		})
	}
}

// Somebody who follows a view finds it by itself, within seconds.
func TestAFollowingViewLooksAfterItself(t *testing.T) {
	d, path := sealed(t)
	v := d.open(view.Public)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- v.Run(ctx) }()
	shell(t, path, `UPDATE things SET title = 'nobody said this'`)
	eventually(t, "the file built anew", func() bool {
		source, err := v.Source(t.Context(), "birn-2020")
		return err == nil && source.Meta.Title == "Monitoring report"
	})
	stop()
	<-ended
}

// A seal is there after every end that is in order, and a file without one is not
// believed: whoever can change it can take the seal away.
func TestSeals(t *testing.T) {
	d, path := sealed(t)
	if err := os.Remove(path + ".seal"); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	d.log = slog.New(slog.NewTextHandler(&log, nil))
	v := d.open(view.Public)
	if !strings.Contains(log.String(), "it has no seal") {
		t.Errorf("without a seal it was believed: %q", log.String())
	}
	// One that is killed after it rested leaves a file that is believed.
	d.enter("note", "more", 0, record.Published, map[string]any{"id": "more"})
	d.catchUp(v)
	if err := v.Seal(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, suffix := range []string{"", "-wal", "-shm", ".seal"} { // as it lies there after a kill
		data, err := os.ReadFile(path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(d.dir+"/killed.db"+suffix, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	log.Reset()
	o := d.options(view.Public)
	o.Path = d.dir + "/killed.db"
	killed, err := view.Open(t.Context(), o)
	if err != nil || log.Len() > 0 || killed.Seq() != 37 {
		t.Fatalf("%v, ends with %d, and the log says %q", err, killed.Seq(), log.String())
	}
	if err := killed.Close(); err != nil {
		t.Error(err)
	}
}
