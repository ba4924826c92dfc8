package sqlitefile_test

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fener/internal/sqlitefile"
)

// made is a SQLite file with a table and a mark, and its bytes.
func made(t *testing.T) (path string, content []byte) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "a.db")
	db, err := sqlitefile.Open(path, url.Values{"_pragma": {"journal_mode(WAL)"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{"PRAGMA application_id = 7", "CREATE TABLE a (b TEXT)", "INSERT INTO a VALUES ('c')"} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	if done, err := sqlitefile.EmptyLog(context.Background(), db); err != nil || !done {
		t.Fatalf("the log was not emptied: %v, %v", done, err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if content, err = os.ReadFile(path); err != nil {
		t.Fatal(err)
	}
	return path, content
}

func TestLookSaysWhatAFileIs(t *testing.T) {
	path, whole := made(t)
	for name, c := range map[string]struct {
		content, log []byte
		cut          bool
		is           error
	}{
		"whole":                     {content: whole},
		"longer than it says":       {content: append(append([]byte{}, whole...), 0)},
		"cut in its header":         {content: whole[:99], cut: true},
		"empty":                     {content: nil, cut: true},
		"cut by a byte":             {content: whole[:len(whole)-1], cut: true},
		"cut, with a log beside it": {content: whole[:len(whole)-1], log: []byte("log")},
		"cut, with an empty log":    {content: whole[:len(whole)-1], log: []byte{}, cut: true},
		"of another program":        {content: append([]byte("PK"), whole[2:]...), is: sqlitefile.ErrNotSQLite},
	} {
		t.Run(name, func(t *testing.T) {
			if err := sqlitefile.Remove(path); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, c.content, 0o600); err != nil {
				t.Fatal(err)
			}
			if c.log != nil {
				if err := os.WriteFile(path+"-wal", c.log, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			mark, err := sqlitefile.Look(path)
			var cut *sqlitefile.CutError
			if errors.As(err, &cut) != c.cut || !errors.Is(err, c.is) && c.is != nil || err == nil && (c.cut || c.is != nil || mark != 7) {
				t.Errorf("Look says %d, %v", mark, err)
			}
		})
	}
	if err := sqlitefile.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := sqlitefile.Look(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
	if err := sqlitefile.Remove(path); err != nil {
		t.Errorf("removing what is not there: %v", err)
	}
}

func TestDamagedIsToldFromOtherErrors(t *testing.T) {
	path, whole := made(t)
	for i := 100; i < len(whole); i++ {
		whole[i] = 0xff
	}
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := sqlitefile.Open(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("SELECT * FROM a"); !sqlitefile.Damaged(err) {
		t.Errorf("overwritten pages are no damage: %v", err)
	}
	if _, err := db.Exec("nonsense"); sqlitefile.Damaged(err) {
		t.Errorf("a wrong statement is damage: %v", err)
	}
}

func TestTimesHaveOneSpelling(t *testing.T) {
	at := time.Date(2026, 1, 2, 4, 4, 5, 6000, time.FixedZone("", 3600))
	text := sqlitefile.FormatTime(at)
	if text != "2026-01-02T03:04:05.000006Z" {
		t.Errorf("the time is written %s", text)
	}
	if back, err := sqlitefile.ParseTime(text); err != nil || !back.Equal(at) {
		t.Errorf("it is read as %s, %v", back, err)
	}
	for _, other := range []string{"", "2026-01-02T03:04:05Z", "2026-01-02T03:04:05.000006+00:00", "2026-1-2T03:04:05.000006Z", "2026-01-02T03:04:05.0000061Z"} {
		if _, err := sqlitefile.ParseTime(other); err == nil {
			t.Errorf("%q is taken for a time of the files", other)
		}
	}
}

func TestABellWakesAllWhoWait(t *testing.T) {
	var b sqlitefile.Bell
	b.Ring() // nobody waits
	first, second := b.Next(), b.Next()
	select {
	case <-first:
		t.Fatal("it rang before anybody waited")
	default:
	}
	b.Ring()
	<-first
	<-second
	select {
	case <-b.Next():
		t.Error("it still rings")
	default:
	}
}
