package ledger_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"fener/internal/ledger"
	"fener/internal/postgres/postgrestest"
	"fener/internal/record"
)

// lived is a folder with a ledger in which things were published, changed, withdrawn and erased.
func lived(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	l := open(t, dir)
	changes := syntheticChanges(0, 700)
	for i := range changes {
		if i%2 == 0 {
			changes[i].State = record.Published
		}
	}
	mustAppend(t, l, changes...)
	withdrawn := changes[2]
	withdrawn.Base, withdrawn.State = 1, record.Withdrawn
	mustAppend(t, l, withdrawn)
	for _, order := range []ledger.Order{
		{Kind: changes[4].Kind, ID: changes[4].ID, Revs: []int{1}, By: "officer", Why: "decision 12/2024"},
		{Kind: changes[5].Kind, ID: changes[5].ID, Revs: []int{1}, By: "officer", Why: "decision 13/2024"},
	} {
		if _, err := l.Erase(t.Context(), order); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func mustAppend(t *testing.T, l ledger.Ledger, changes ...ledger.Change) {
	t.Helper()
	if _, err := l.Append(t.Context(), changes); err != nil {
		t.Fatal(err)
	}
}

func audited(t *testing.T, place string) ledger.Report {
	t.Helper()
	report, err := ledger.Audit(t.Context(), place, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := report.Err(); err != nil {
		t.Fatal(err)
	}
	return report
}

func idsOf(t *testing.T, place string) string {
	t.Helper()
	l, err := ledger.Open(t.Context(), place, ledger.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	key, err := l.Key()
	if err != nil {
		t.Fatal(err)
	}
	return key.ID("judgment", "PKR.nr. 1/21")
}

func TestALedgerMovesThereAndBack(t *testing.T) {
	t.Parallel()
	first, database, last := lived(t), postgrestest.Database(t), filepath.Join(t.TempDir(), "back")
	there, err := ledger.Move(t.Context(), first, database, options(), nil)
	if err != nil {
		t.Fatal(err)
	}
	back, err := ledger.Move(t.Context(), database, last, options(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if there.Sum != back.Sum || there.Sum == [32]byte{} || there.Entries != 703 || there.Erased != 2 {
		t.Errorf("moved %d entries, %d erased, %x and %x", there.Entries, there.Erased, there.Sum, back.Sum)
	}
	before := audited(t, first)
	for _, place := range []string{database, last} {
		if after := audited(t, place); !reflect.DeepEqual(after, before) {
			t.Errorf("%s is verified as %+v, want %+v", place, after, before)
		}
		c, was := before.Checkpoint(), audited(t, place)
		if now := was.Checkpoint(); now.String() != c.String() {
			t.Errorf("its checkpoint is %s, want %s", now, c)
		}
		if idsOf(t, place) != idsOf(t, first) {
			t.Error("new things would get other ids")
		}
	}
	// It goes on from there, and what went on can be moved too.
	l := openDatabase(t, database)
	mustAppend(t, l, syntheticChanges(1000, 3)...)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := ledger.Move(t.Context(), database, filepath.Join(t.TempDir(), "again"), options(), nil)
	if err != nil || again.Entries != 706 {
		t.Errorf("%+v, %v", again, err)
	}
}

func TestAMoveReplacesNothing(t *testing.T) {
	t.Parallel()
	first, database := lived(t), postgrestest.Database(t)
	if err := openDatabase(t, database).Close(); err != nil {
		t.Fatal(err)
	}
	other := t.TempDir()
	open(t, other).Close()
	for _, to := range []string{database, other} {
		before := audited(t, to)
		if _, err := ledger.Move(t.Context(), first, to, options(), nil); !errors.Is(err, ledger.ErrExists) {
			t.Errorf("moving to %s: %v", to, err)
		}
		if after := audited(t, to); !reflect.DeepEqual(after, before) {
			t.Errorf("%s was changed", to)
		}
	}
	keyed := t.TempDir()
	if err := os.WriteFile(filepath.Join(keyed, ledger.KeyName), []byte("0000000000000000000000000000000000000000000000000000000000000000\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ledger.Move(t.Context(), first, keyed, options(), nil); !errors.Is(err, ledger.ErrExists) {
		t.Errorf("beside another ledger's key: %v", err)
	}
	held := open(t, first)
	if _, err := ledger.Move(t.Context(), first, t.TempDir(), options(), nil); !errors.Is(err, ledger.ErrInUse) {
		t.Errorf("from a folder that is served: %v", err)
	}
	held.Close()
}

// TestAMoveThatIsCutOff ends a move anywhere: there is no ledger then, and the next move makes one.
func TestAMoveThatIsCutOff(t *testing.T) {
	t.Parallel()
	first := lived(t)
	for name, to := range map[string]string{"a database": postgrestest.Database(t), "a folder": t.TempDir()} {
		for _, after := range []time.Duration{20 * time.Millisecond, 60 * time.Millisecond, 120 * time.Millisecond} {
			ctx, cancel := context.WithTimeout(t.Context(), after)
			_, err := ledger.Move(ctx, first, to, options(), nil)
			cancel()
			if err == nil {
				t.Logf("%s: done within %s", name, after)
				break
			}
			if _, err := ledger.Open(t.Context(), to, ledger.Options{ReadOnly: true}); !errors.Is(err, ledger.ErrNoLedger) {
				t.Fatalf("%s, cut off after %s: %v", name, after, err)
			}
		}
		if _, err := ledger.Open(t.Context(), to, ledger.Options{ReadOnly: true}); errors.Is(err, ledger.ErrNoLedger) {
			if _, err := ledger.Move(t.Context(), first, to, options(), nil); err != nil {
				t.Errorf("%s, once more: %v", name, err)
			}
		}
		audited(t, to)
	}
}

func TestADatabaseIsBackedUpAsAFile(t *testing.T) {
	t.Parallel()
	first, database, file := lived(t), postgrestest.Database(t), filepath.Join(t.TempDir(), "copy.db")
	if _, err := ledger.Move(t.Context(), first, database, options(), nil); err != nil {
		t.Fatal(err)
	}
	l := openDatabase(t, database)
	head, err := l.Backup(t.Context(), file)
	if err != nil || head.Seq != 703 {
		t.Fatalf("%+v, %v", head, err)
	}
	if got, err := ledger.Inspect(t.Context(), file); err != nil || got != head {
		t.Errorf("%+v, %v", got, err)
	}
	mustAppend(t, l, syntheticChanges(1000, 1)...) // nobody is held off
}
