package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fener/internal/ledger"
	"fener/internal/ledger/ledgertest"
	"fener/internal/postgres/postgrestest"
	"fener/internal/record"
)

// openDatabase begins or opens the ledger of a database and closes it when the test ends.
func openDatabase(t testing.TB, address string) *ledger.Store {
	t.Helper()
	l, err := ledger.Open(t.Context(), address, options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	})
	return l
}

func TestPostgreSQL(t *testing.T) {
	ledgertest.Run(t, func(t *testing.T) ledger.Ledger { return openDatabase(t, postgrestest.Database(t)) })
}

// readable is a new thing that readers see, so that it has a leaf in the proof log.
func readable(id string) ledger.Change {
	return ledger.Change{Kind: "judgment", ID: id, State: record.Published, By: "officer", Why: "entered", Body: fmt.Appendf(nil, `{"number":%q}`, id)}
}

// wantAll checks that everything that was acknowledged is there, that it verifies, and that each entry has its leaf.
func wantAll(t *testing.T, l *ledger.Store, acknowledged map[string]bool) {
	t.Helper()
	report, err := l.Verify(t.Context(), nil)
	if err != nil || report.Err() != nil {
		t.Fatalf("%v, %v", err, report.Err())
	}
	if report.Log.Size() != report.Entries {
		t.Errorf("%d entries have %d leaves", report.Entries, report.Log.Size())
	}
	entries, err := l.Read(t.Context(), 0, 1_000_000)
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for i, e := range entries {
		there[e.ID] = true
		if e.Seq != int64(i)+1 {
			t.Fatalf("entry %d stands at place %d", e.Seq, i+1)
		}
	}
	for id := range acknowledged {
		if !there[id] {
			t.Errorf("%s was acknowledged and is not there", id)
		}
	}
}

func TestSeveralProcessesAppend(t *testing.T) {
	t.Parallel()
	address := postgrestest.Database(t)
	nodes := []*ledger.Store{openDatabase(t, address), openDatabase(t, address), openDatabase(t, address)}
	const writers, appends = 3, 20
	acknowledged := map[string]bool{}
	var mu sync.Mutex
	var group sync.WaitGroup
	for n, l := range nodes[:2] {
		for w := range writers {
			group.Go(func() {
				for a := range appends {
					id := fmt.Sprintf("n%d-w%d-%d", n, w, a)
					if _, err := l.Append(t.Context(), []ledger.Change{readable(id)}); err != nil {
						t.Errorf("%s: %v", id, err)
						return
					}
					mu.Lock()
					acknowledged[id] = true
					mu.Unlock()
				}
			})
		}
	}
	seq := int64(0)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for e, err := range nodes[2].Follow(ctx, 0) { // who follows in a third process meets no gap
		if err != nil || e.Seq != seq+1 {
			t.Fatalf("entry %d came behind entry %d: %v", e.Seq, seq, err)
		}
		if seq = e.Seq; seq == 2*writers*appends {
			break
		}
	}
	group.Wait()
	wantAll(t, nodes[2], acknowledged)
}

// TestACommitThatIsNotAnswered breaks the connection at the commit: what was kept is acknowledged, what was not is told as failed, and where nobody can know
// that is said.
func TestACommitThatIsNotAnswered(t *testing.T) {
	defer ledger.SetFindFor(2 * time.Second)()
	server := postgrestest.Start(t)
	address := server.Database(t)
	between := postgrestest.Between(t, server.Host())
	l := openDatabase(t, strings.Replace(address, server.Host(), between.Addr, 1))
	direct := openDatabase(t, address)
	has := func(id string) bool {
		_, err := direct.History(t.Context(), "judgment", id)
		return err == nil
	}
	for _, tt := range []struct {
		name        string
		heard, stay bool // the database heard the commit; it stays away after it
		kept        bool
		want        error
	}{
		{"it was carried out", true, false, true, nil},
		{"it was not", false, false, false, ledger.ErrAway},
		{"carried out, and nobody can ask", true, true, true, ledger.ErrUnsure},
		{"not carried out, and nobody can ask", false, true, false, ledger.ErrUnsure},
	} {
		t.Run(tt.name, func(t *testing.T) {
			id := strings.ReplaceAll(tt.name, " ", "-")
			broken := between.BreakAt("commit\x00", tt.heard, tt.stay)
			span, err := l.Append(t.Context(), []ledger.Change{readable(id)})
			<-broken
			between.Mend()
			if !errors.Is(err, tt.want) || err == nil && span.Len() != 1 || err != nil && strings.Contains(err.Error(), server.Password()) {
				t.Errorf("the append gave %v, %v", span, err)
			}
			if has(id) != tt.kept {
				t.Errorf("it was kept: %v, want %v", has(id), tt.kept)
			}
			if err == nil != tt.kept && !errors.Is(err, ledger.ErrUnsure) {
				t.Error("what was told is not so")
			}
			if _, err := l.Append(t.Context(), []ledger.Change{readable(id + "-next")}); err != nil {
				t.Errorf("the next append: %v", err)
			}
		})
	}
	wantAll(t, direct, nil)
}

// writers append again and again, whatever becomes of the server, and note what was acknowledged.
type writers struct {
	mu           sync.Mutex
	acknowledged map[string]bool
	group        sync.WaitGroup
	end          context.CancelFunc
}

func appendOn(t *testing.T, l *ledger.Store, count int) *writers {
	ctx, end := context.WithCancel(t.Context())
	w := &writers{acknowledged: map[string]bool{}, end: end}
	for n := range count {
		w.group.Go(func() {
			for a := 0; ctx.Err() == nil; a++ {
				id := fmt.Sprintf("w%d-%d", n, a)
				_, err := l.Append(ctx, []ledger.Change{readable(id)})
				switch {
				case err == nil:
					w.mu.Lock()
					w.acknowledged[id] = true
					w.mu.Unlock()
				case ctx.Err() != nil:
				case errors.Is(err, ledger.ErrAway), errors.Is(err, ledger.ErrUnsure):
					time.Sleep(20 * time.Millisecond)
				default:
					t.Errorf("%s: %v", id, err)
				}
			}
		})
	}
	return w
}

func (w *writers) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.acknowledged)
}

// stop ends them and gives what was acknowledged.
func (w *writers) stop() map[string]bool {
	w.end()
	w.group.Wait()
	return w.acknowledged
}

// TestAServerThatIsKilled kills the server again and again while several append: everything that was acknowledged is there, with its leaf.
func TestAServerThatIsKilled(t *testing.T) {
	t.Parallel()
	server := postgrestest.Start(t)
	l := openDatabase(t, server.Database(t))
	w := appendOn(t, l, 3)
	for range 2 {
		time.Sleep(300 * time.Millisecond)
		server.Kill(t)
		server.Again(t)
	}
	time.Sleep(300 * time.Millisecond)
	acknowledged := w.stop()
	t.Logf("%d appends were acknowledged", len(acknowledged))
	if len(acknowledged) < 10 {
		t.Error("hardly anything was appended between the kills, so that they showed nothing")
	}
	wantAll(t, l, acknowledged)
}

// TestAFailover loses the first of two servers while several append, and lets the second take its place: everything that was acknowledged is there.
func TestAFailover(t *testing.T) {
	t.Parallel()
	first := postgrestest.Start(t)
	address := first.Database(t)
	second := first.Standby(t)
	l := openDatabase(t, postgrestest.Either(address, first, second))
	w := appendOn(t, l, 3)
	time.Sleep(700 * time.Millisecond)
	first.Kill(t)
	before := w.count()
	second.Promote(t)
	for until := time.Now().Add(30 * time.Second); w.count() < before+3 && time.Now().Before(until); {
		time.Sleep(50 * time.Millisecond)
	}
	acknowledged := w.stop()
	t.Logf("%d appends were acknowledged, %d of them by the first server", len(acknowledged), before)
	if before < 3 || len(acknowledged) < before+3 {
		t.Error("too little was appended to show anything")
	}
	wantAll(t, l, acknowledged)
}

func TestADatabaseOfANewerProgram(t *testing.T) {
	t.Parallel()
	address := postgrestest.Database(t)
	l := openDatabase(t, address)
	postgrestest.Do(t, address, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, true)`)
	if _, err := l.Append(t.Context(), []ledger.Change{readable("a")}); !errors.Is(err, ledger.ErrNewer) {
		t.Errorf("appending while it was open: %v", err)
	}
	for _, o := range []ledger.Options{options(), {ReadOnly: true}} {
		if _, err := ledger.Open(t.Context(), address, o); !errors.Is(err, ledger.ErrNewer) {
			t.Errorf("opening: %v", err)
		}
	}
}

func TestADatabaseThatWasChangedByHand(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		statement string
		open      error
		fault     ledger.FaultKind
	}{
		"a trigger":             {`CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; CREATE TRIGGER keep BEFORE INSERT ON entries FOR EACH ROW EXECUTE FUNCTION keep()`, ledger.ErrDamaged, ledger.FaultForm},
		"a rule":                {`CREATE RULE keep AS ON INSERT TO entries DO INSTEAD NOTHING`, ledger.ErrDamaged, ledger.FaultForm},
		"a table beside":        {`CREATE TABLE copies (body TEXT)`, ledger.ErrDamaged, ledger.FaultForm},
		"an index that is gone": {`ALTER TABLE entries DROP CONSTRAINT entries_kind_id_rev_key`, ledger.ErrDamaged, ledger.FaultForm},
		"a text":                {`UPDATE entries SET body = '{"number":"b"}' WHERE seq = 1`, nil, ledger.FaultCommitment},
		"an author":             {`UPDATE entries SET author = 'somebody' WHERE seq = 1`, nil, ledger.FaultChain},
		"the last one cut off":  {`DELETE FROM entries WHERE seq = 2`, ledger.ErrDamaged, ledger.FaultHead},
		"a leaf":                {`DELETE FROM log_leaves WHERE number = 1`, nil, ledger.FaultLog},
		"the key of ids":        {`UPDATE ledger SET ids_key = decode(repeat('00', 32), 'hex')`, nil, ledger.FaultKey},
		"no key of ids":         {`UPDATE ledger SET ids_key = NULL`, nil, ledger.FaultKey},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address := postgrestest.Database(t)
			l := openDatabase(t, address)
			mustAppend(t, l, readable("a"), readable("b"))
			l.Close()
			postgrestest.Do(t, address, tt.statement)
			opened, err := ledger.Open(t.Context(), address, options())
			if err == nil {
				opened.Close()
			}
			if !errors.Is(err, tt.open) {
				t.Errorf("opening: %v", err)
			}
			report, err := ledger.Audit(t.Context(), address, nil, nil)
			if err != nil {
				t.Fatal(err)
			}
			found := false
			for _, f := range report.Faults {
				found = found || f.What == tt.fault
			}
			if !found {
				t.Errorf("the audit found %v", report.Faults)
			}
		})
	}
}

func TestADatabaseThatMayForget(t *testing.T) {
	t.Parallel()
	address := postgrestest.Start(t).Database(t)
	openDatabase(t, address).Close()
	postgrestest.Do(t, address, `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$`)
	if _, err := ledger.Open(t.Context(), address, options()); err == nil || !strings.Contains(err.Error(), "synchronous_commit is off") {
		t.Errorf("opening: %v", err)
	}
}

func TestANodesFolder(t *testing.T) {
	t.Parallel()
	address, dir, own := postgrestest.Database(t), t.TempDir(), t.TempDir()
	open(t, own).Close()
	o := options()
	o.Folder = own
	if _, err := ledger.Open(t.Context(), address, o); !errors.Is(err, ledger.ErrExists) {
		t.Errorf("with a folder that has a ledger of its own: %v", err)
	}
	o.Folder = dir
	l, err := ledger.Open(t.Context(), address, o)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := ledger.Open(t.Context(), address, o); !errors.Is(err, ledger.ErrInUse) {
		t.Errorf("with a folder that another node has: %v", err)
	}
	if _, err := ledger.Open(t.Context(), strings.Replace(address, "/postgres?", "/none?", 1), options()); err == nil || errors.Is(err, ledger.ErrAway) {
		t.Errorf("a database that is not there: %v", err)
	}
	if _, err := ledger.Open(t.Context(), address+"_elsewhere", ledger.Options{ReadOnly: true}); !errors.Is(err, ledger.ErrNoLedger) {
		t.Errorf("a schema that is not there: %v", err)
	}
}

// TestErasedTextLeavesTheDatabase looks for an erased text in the files of the server, but for its write-ahead log, which goes with time.
func TestErasedTextLeavesTheDatabase(t *testing.T) {
	t.Parallel()
	server := postgrestest.Start(t)
	address := server.Database(t)
	l := openDatabase(t, address)
	secret := readable("a")
	secret.Body = []byte(`{"number":"a","note":"a-name-nobody-may-read"}`)
	mustAppend(t, l, readable("b"), secret)
	holding := func() (files []string) {
		postgrestest.Do(t, address, `CHECKPOINT`)
		err := filepath.WalkDir(filepath.Join(server.Dir(), "base"), func(path string, entry os.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			text, err := os.ReadFile(path)
			if err == nil && strings.Contains(string(text), "a-name-nobody-may-read") {
				files = append(files, path)
			}
			return nil // one that went meanwhile
		})
		if err != nil {
			t.Fatal(err)
		}
		return files
	}
	if len(holding()) == 0 {
		t.Fatal("the text is in no file, so that nothing would be shown")
	}
	if _, err := l.Erase(t.Context(), ledger.Order{Kind: "judgment", ID: "a", Revs: []int{1}, By: "officer", Why: "decision 12/2024"}); err != nil {
		t.Fatal(err)
	}
	if left := holding(); len(left) > 0 {
		t.Errorf("the text stands in %v", left)
	}
}

// TestAlone lets two nodes do something alone: one after the other, also where one fails.
func TestAlone(t *testing.T) {
	t.Parallel()
	address := postgrestest.Database(t)
	a, b := openDatabase(t, address), openDatabase(t, address)
	inside := make(chan struct{}, 1) // holds one
	var group sync.WaitGroup
	for n := range 10 {
		l := a
		if n%2 == 1 {
			l = b
		}
		group.Go(func() {
			fails := errors.New("failed")
			err := l.Alone(t.Context(), func() error {
				select {
				case inside <- struct{}{}:
				default:
					t.Error("two did it at once")
				}
				time.Sleep(10 * time.Millisecond)
				<-inside
				return fails
			})
			if !errors.Is(err, fails) {
				t.Errorf("it gave %v", err)
			}
		})
	}
	group.Wait()
}
